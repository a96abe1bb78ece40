//! A browser as a person has it, led by the WebDriver protocol.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::server::Folder;

const BROWSER: &str = "/usr/bin/chromium";
const DRIVER: &str = "/usr/bin/chromedriver";

/// A browser with a window of its own; it ends when it is dropped.
pub(super) struct Browser {
    driver: Child,
    agent: ureq::Agent,
    session: String,
    _profile: Folder,
}

impl Browser {
    /// `None` where none is installed, which is said.
    pub(super) fn start() -> Option<Self> {
        if !Path::new(BROWSER).exists() || !Path::new(DRIVER).exists() {
            eprintln!("the page of the API is not looked at: there is no {BROWSER} with {DRIVER} here");
            return None;
        }
        let profile = Folder::new();
        let mut command = Command::new(DRIVER);
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut driver = command.spawn().unwrap();
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = loop {
            let line = lines.next().expect("the driver ended before it listened").unwrap();
            if let Some((_, port)) = line.split_once("successfully on port ") {
                break port.trim_end_matches('.').to_owned();
            }
        };
        std::thread::spawn(move || lines.for_each(drop));
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .into();
        let mut browser =
            Self { driver, agent, session: format!("http://127.0.0.1:{port}/session"), _profile: profile };
        let arguments = [
            "--headless=new".to_owned(),
            // Where tests run as root, or in a container, there is no sandbox to be had.
            "--no-sandbox".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--disable-gpu".to_owned(),
            format!("--user-data-dir={}", browser._profile.0.display()),
        ];
        let wanted = json!({"capabilities": {"alwaysMatch": {
            // The server made its certificate itself.
            "acceptInsecureCerts": true,
            "goog:chromeOptions": {"binary": BROWSER, "args": arguments},
            "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"},
        }}});
        let made = browser.call("POST", "", &wanted);
        browser.session = format!("{}/{}", browser.session, made["sessionId"].as_str().unwrap());
        // What the browser asks itself for its first tab is not what is looked at.
        browser.open("about:blank");
        browser.asked();
        Some(browser)
    }

    /// Opens an address.
    pub(super) fn open(&self, url: &str) {
        self.call("POST", "/url", &json!({"url": url}));
    }

    /// Where it is.
    pub(super) fn address(&self) -> String {
        self.call("GET", "/url", &Value::Null).as_str().unwrap().to_owned()
    }

    /// A window of this size, in the colours that a person prefers.
    pub(super) fn look(&self, width: u32, height: u32, dark: bool) {
        let colours =
            json!({"features": [{"name": "prefers-color-scheme", "value": if dark { "dark" } else { "light" }}]});
        self.devtools("Emulation.setEmulatedMedia", &colours);
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        self.devtools("Emulation.setDeviceMetricsOverride", &size);
    }

    /// A picture of what the window shows, as PNG.
    pub(super) fn picture(&self) -> Vec<u8> {
        let text = self.call("GET", "/screenshot", &Value::Null);
        data_encoding::BASE64.decode(text.as_str().unwrap().as_bytes()).unwrap()
    }

    /// What a script in the page returns.
    pub(super) fn run(&self, script: &str) -> Value {
        self.call("POST", "/execute/sync", &json!({"script": script, "args": []}))
    }

    /// Waits until a script in the page returns what is something.
    #[track_caller]
    pub(super) fn until(&self, script: &str) -> Value {
        let started = Instant::now();
        loop {
            let told = self.run(script);
            if !told.is_null() && told != json!(false) && told != json!("") {
                return told;
            }
            let shown = || self.run("return document.body.innerText");
            assert!(started.elapsed() < Duration::from_secs(20), "in vain: {script}\n{}", shown());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Presses what the selector names.
    #[track_caller]
    pub(super) fn press(&self, selector: &str) {
        self.until(&format!(
            "const it = document.querySelector({selector:?}); if (!it) return false; \
             it.scrollIntoView({{block: 'center'}}); it.click(); return true"
        ));
    }

    /// Types into the field that the selector names, in the place of what is there.
    #[track_caller]
    pub(super) fn write(&self, selector: &str, text: &str) {
        self.until(&format!("return document.querySelector({selector:?}) !== null"));
        let found = self.call("POST", "/element", &json!({"using": "css selector", "value": selector}));
        let element = found.as_object().unwrap().values().next().unwrap().as_str().unwrap().to_owned();
        self.call("POST", &format!("/element/{element}/clear"), &json!({}));
        self.call("POST", &format!("/element/{element}/value"), &json!({"text": text}));
    }

    /// The addresses asked for since the last call of this.
    pub(super) fn asked(&self) -> Vec<String> {
        let entries = self.call("POST", "/se/log", &json!({"type": "performance"}));
        let messages = entries.as_array().unwrap().iter();
        messages
            .map(|it| serde_json::from_str::<Value>(it["message"].as_str().unwrap()).unwrap())
            .filter(|it| it["message"]["method"] == "Network.requestWillBeSent")
            .map(|it| it["message"]["params"]["request"]["url"].as_str().unwrap().to_owned())
            .collect()
    }

    /// The errors that the browser met since the last call of this; what a policy refused is one.
    pub(super) fn errors(&self) -> Vec<String> {
        let entries = self.call("POST", "/se/log", &json!({"type": "browser"}));
        let errors = entries.as_array().unwrap().iter().filter(|it| it["level"] == "SEVERE");
        errors.map(|it| it["message"].as_str().unwrap().to_owned()).collect()
    }

    fn devtools(&self, method: &str, parameters: &Value) {
        self.call("POST", "/goog/cdp/execute", &json!({"cmd": method, "params": parameters}));
    }

    #[track_caller]
    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let url = format!("{}{path}", self.session);
        let mut answer = match method {
            "GET" => self.agent.get(&url).call(),
            "DELETE" => self.agent.delete(&url).call(),
            _ => self.agent.post(&url).header("Content-Type", "application/json").send(body.to_string()),
        }
        .unwrap();
        let text = answer.body_mut().with_config().limit(1 << 28).read_to_string().unwrap();
        assert!(answer.status().is_success(), "{method} {path}: {text}");
        serde_json::from_str::<Value>(&text).unwrap()["value"].take()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver ends its browser with the session.
        let _ = self.agent.delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
