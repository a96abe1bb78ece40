//! The page of the API as a person meets it: in a browser, by day and by night, at a desk and on a phone.

use serde_json::json;

use crate::document_examples::READING;
use crate::server::{Backend, Folder, Server};

mod browser;

use browser::Browser;

/// Width, height, whether dark, and what the picture is called.
const LOOKS: [(u32, u32, bool, &str); 4] = [
    (1280, 900, false, "wide-light"),
    (1280, 900, true, "wide-dark"),
    (390, 844, false, "phone-light"),
    (390, 844, true, "phone-dark"),
];

const SERIES: &str = "#operations-MeterReadings-getMeterReadingsSeries";

/// Pictures go where `METERING_TEST_PICTURES` says, else they go with the test.
struct Album {
    path: std::path::PathBuf,
    _folder: Option<Folder>,
}

impl Album {
    fn new() -> Self {
        match std::env::var_os("METERING_TEST_PICTURES") {
            Some(path) => Self { path: path.into(), _folder: None },
            None => {
                let folder = Folder::new();
                Self { path: folder.0.clone(), _folder: Some(folder) }
            }
        }
    }

    #[track_caller]
    fn take(&self, browser: &Browser, name: &str) {
        let picture = browser.picture();
        assert!(picture.starts_with(b"\x89PNG"), "{name}");
        std::fs::write(self.path.join(format!("{name}.png")), picture).unwrap();
    }
}

/// Waits until the operations are there.
fn open_docs(browser: &Browser, server: &Server) {
    browser.open(&server.url("/docs"));
    browser.until("return document.querySelectorAll('.opblock').length > 20");
    browser.until("return document.getElementById('alive').textContent.includes('ready')");
}

/// Gives the page a key, as a person does.
fn authorize(browser: &Browser, key: &str) {
    browser.press(".btn.authorize");
    browser.write("input[aria-label='auth-apikey-value'], #api_key_value", key);
    browser.run(
        "const key = document.querySelector('#api_key_value'); \
         key.closest('form').querySelector('.auth-btn-wrapper .authorize').click()",
    );
    browser.press(".btn-done");
}

#[test]
fn a_person_finds_reads_and_tries_the_api() {
    let Some(browser) = Browser::start() else { return };
    let server = Server::start(Backend::Sqlite).unwrap();
    server.post("/meter-readings", READING).expect(201);
    let pictures = Album::new();

    // Who opens the bare address is led to the page, and told what this is and what to do.
    browser.open(&server.url("/"));
    browser.until("return document.querySelectorAll('.opblock').length > 20");
    assert_eq!(browser.address(), server.url("/docs"));
    let said = browser.run("return document.querySelector('main').innerText").to_string();
    for needed in ["IEC 61968-9", "alive", "What to do next", "first-api-key", "Authorize"] {
        assert!(said.contains(needed), "{needed} in {said}");
    }

    for (width, height, dark, name) in LOOKS {
        browser.look(width, height, dark);
        open_docs(&browser, &server);
        pictures.take(&browser, name);
        let fits = browser.run("return [document.documentElement.scrollWidth, window.innerWidth]");
        assert!(fits[0].as_u64() <= fits[1].as_u64(), "{name} is wider than its window: {fits}");
        let paper = browser.run("return getComputedStyle(document.body).backgroundColor");
        let brightness: u32 = paper
            .as_str()
            .unwrap()
            .trim_matches(|it: char| !it.is_ascii_digit())
            .split(", ")
            .map(|it| it.parse::<u32>().unwrap())
            .sum();
        assert_eq!(brightness < 300, dark, "{name}: {paper}");
        for path in ["/codes/reading-types/0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0", "/problems"] {
            browser.open(&server.url(path));
            let fits = browser.run("return [document.documentElement.scrollWidth, window.innerWidth]");
            assert!(fits[0].as_u64() <= fits[1].as_u64(), "{name} of {path} is wider than its window: {fits}");
            pictures.take(&browser, &format!("{name}-{}", path.split('/').nth(1).unwrap()));
        }
        open_docs(&browser, &server);
        browser.press(&format!("{SERIES} .opblock-summary-control"));
        browser.until(&format!("return document.querySelector('{SERIES} .examples') !== null"));
        browser.run(&format!("document.querySelector('{SERIES}').scrollIntoView()"));
        pictures.take(&browser, &format!("{name}-operation"));
        let fits = browser.run("return [document.documentElement.scrollWidth, window.innerWidth]");
        assert!(fits[0].as_u64() <= fits[1].as_u64(), "{name}, an operation is wider than its window: {fits}");
    }
    browser.look(1280, 900, false);
    open_docs(&browser, &server);

    // The search finds by what is said of an operation.
    browser.write(".operation-filter-input", "withdraw control");
    browser.until("return document.querySelectorAll('.opblock').length === 1");
    let found = browser.run("return document.querySelector('.opblock').innerText").to_string();
    assert!(found.contains("/end-device-controls/{id}/cancel"), "{found}");
    pictures.take(&browser, "search");

    // Examples in three languages, of this server.
    open_docs(&browser, &server);
    browser.press(&format!("{SERIES} .opblock-summary-control"));
    for (at, language, has) in
        [(1, "curl", "curl 'https://"), (2, "Python", "import requests"), (3, "TypeScript", "await fetch(\"https://")]
    {
        browser.press(&format!("{SERIES} .examples .tabs button:nth-child({at})"));
        let shown = browser.until(&format!("return document.querySelector('{SERIES} .examples').innerText"));
        let shown = shown.as_str().unwrap();
        assert!(shown.contains(language) && shown.contains(has), "{shown}");
        assert!(shown.contains(&server.url("/meter-readings/series")), "{shown}");
    }

    // With a wrong key the refusal is told in words, with the way to what it means.
    authorize(&browser, "mk_wrong");
    browser.press(&format!("{SERIES} .execute"));
    let said = browser.until(&format!("return document.querySelector('{SERIES} .said')?.innerText"));
    for needed in ["Credential needed", "X-API-Key", "What this means"] {
        assert!(said.as_str().unwrap().contains(needed), "{needed} in {said}");
    }
    browser.run(&format!("document.querySelector('{SERIES} .said').scrollIntoView({{block: 'center'}})"));
    pictures.take(&browser, "wrong-key");
    let meaning = browser.run(&format!("return document.querySelector('{SERIES} .said a').pathname"));
    assert_eq!(meaning, json!("/problems/unauthenticated"));

    // With one's own key the request succeeds.
    open_docs(&browser, &server);
    authorize(&browser, &server.key);
    browser.press(&format!("{SERIES} .opblock-summary-control"));
    browser.press(&format!("{SERIES} .execute"));
    let status = browser.until(&format!(
        "return document.querySelector('{SERIES} .live-responses-table tbody .response-col_status')?.innerText"
    ));
    assert!(status.as_str().unwrap().starts_with("200"), "{status}");
    let body = browser
        .until(&format!("return document.querySelector('{SERIES} .live-responses-table .highlight-code')?.innerText"));
    assert!(body.as_str().unwrap().contains("1234LG"), "{body}");
    browser
        .run(&format!("document.querySelector('{SERIES} .live-responses-table').scrollIntoView({{block: 'center'}})"));
    pictures.take(&browser, "own-key");

    // So does one that writes, with the example as its body.
    let submit = "#operations-MeterReadings-submitMeterReadings";
    browser.press(&format!("{submit} .opblock-summary-control"));
    browser.press(&format!("{submit} .execute"));
    let status = browser.until(&format!(
        "return document.querySelector('{submit} .live-responses-table tbody .response-col_status')?.innerText"
    ));
    assert!(status.as_str().unwrap().starts_with("200"), "it is there already: {status}");

    // Nothing came from elsewhere, and the policy of the page had nothing to refuse.
    let asked = browser.asked();
    assert!(asked.iter().any(|it| *it == server.url("/openapi.json")), "{asked:?}");
    let elsewhere: Vec<&String> =
        asked.iter().filter(|it| !it.starts_with(&server.url("/")) && !it.starts_with("data:")).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
    let errors = browser.errors();
    // The wrong key's 401 is one that a browser tells of.
    let other: Vec<&String> = errors.iter().filter(|it| !it.contains("status of 401")).collect();
    assert!(other.is_empty(), "{other:?}");
}
