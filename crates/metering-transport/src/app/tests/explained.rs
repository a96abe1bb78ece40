//! What explains: codes, problems and the page of the API, for programs and for people.

use actix_web::http::header::{ACCEPT, ACCEPT_ENCODING};
use actix_web::test::read_body;

use super::*;
use crate::assets;

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const QUARTER_HOURS: &str = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0";

/// Without a credential.
fn open(path: &str) -> TestRequest {
    TestRequest::get().uri(path)
}

fn browse(path: &str) -> TestRequest {
    open(path).insert_header((ACCEPT, BROWSER))
}

#[actix_web::test]
async fn a_reading_type_is_explained_part_by_part() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    let told = send!(app, open(&format!("/codes/reading-types/{QUARTER_HOURS}"))).expect(200);
    assert_eq!(told["explanation"], "15-minute interval, forward active energy (secondary metered), kWh");
    assert_eq!(told["obis"], "1-0:1.29.0*255");
    assert_eq!((&told["listed"], &told["wellKnown"]), (&json!(true), &json!(true)));
    let words = json!({
        "readingType": "intervalData", "measurement": "activeEnergy", "interval": "PT15M", "unit": "kWh",
        "energyDirection": "forward", "multiplier": 0,
    });
    assert_eq!(told["words"], words);
    let parts = told["parts"].as_array().unwrap();
    assert_eq!(parts.len(), 18);
    let third = json!({
        "part": 3, "name": "measuringPeriod", "code": 2, "meaning": "15 minutes", "listed": true, "confirmed": true,
    });
    assert_eq!(parts[2], third);
    assert!(parts[11].get("listed").is_none(), "the time of use is a number");
    // What no list has is explained too, and said to be so.
    let odd = send!(app, open("/codes/reading-types/0.0.2.4.1.7.60000.0.0.0.0.0.0.0.0.3.72.0")).expect(200);
    assert_eq!((&odd["listed"], &odd["parts"][6]["listed"]), (&json!(false), &json!(false)));
    assert_eq!(odd["parts"][6]["meaning"], Value::Null);
    assert!(odd["noObis"].as_str().unwrap().contains("commodity"), "{odd}");
    assert!(odd.get("obis").is_none());
}

#[actix_web::test]
async fn words_make_a_reading_type() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    for query in [
        "flow=forward&unit=kWh&interval=PT15M",
        "energyDirection=forward&unit=kWh&interval=PT15M&readingType=intervalData&measurement=activeEnergy",
    ] {
        let told = send!(app, open(&format!("/codes/reading-types?{query}"))).expect(200);
        assert_eq!(told["code"], QUARTER_HOURS, "{query}");
        assert_eq!(told["parts"].as_array().unwrap().len(), 18);
    }
    let told =
        send!(app, open("/codes/reading-types?readingType=registerRead&unit=kWh&phase=A&timeOfUse=2")).expect(200);
    assert_eq!((&told["words"]["phase"], &told["words"]["timeOfUse"]), (&json!("A"), &json!(2)));
    let all = send!(app, open("/codes/reading-types")).expect(200);
    let all = all["readingTypes"].as_array().unwrap();
    assert_eq!(all.len(), metering_model::ReadingType::WELL_KNOWN.len());
    assert!(all.iter().any(|it| it["code"] == QUARTER_HOURS));
}

#[actix_web::test]
async fn wrong_words_are_told_with_what_would_be_right() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    for (query, parameter, right) in [
        ("readingType=registerRead&unit=kwh", "unit", "did you mean `kWh`?"),
        ("interval=PT15M&unit=V&measurement=activeEnergy", "unit", "V does not measure activeEnergy"),
        ("interval=PT15M&unit=kWh&flow=forwards", "flow", "did you mean `forward`?"),
        ("interval=PT15M&unit=kWh&flow=forward&energyDirection=forward", "flow", "give one of them"),
        ("unit=kWh", "readingType", "intervalData"),
        ("unit=kWh&interval=PT15M&multiplier=x", "multiplier", "`x`"),
        ("unit=kWh&interval=PT15M&intervall=1", "intervall", "did you mean interval?"),
    ] {
        let told = send!(app, open(&format!("/codes/reading-types?{query}")));
        told.problem(422, "invalid");
        let errors = told.json()["errors"].clone();
        let error = errors.as_array().unwrap().iter().find(|it| it["parameter"] == parameter);
        let detail = error.unwrap_or_else(|| panic!("{query}: {errors}"))["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(right), "{query}: {detail}");
    }
    for (path, right) in [
        ("/codes/reading-types/1.2.3", "18 parts"),
        ("/codes/event-types/1.2", "4 parts"),
        ("/codes/event-types/powerOutge", "did you mean powerOutage?"),
        ("/codes/control-types/3.31.0.x", "part 4"),
        ("/codes/qualities/estimatd", "did you mean `estimated`?"),
    ] {
        let told = send!(app, open(path));
        told.problem(404, "not-found");
        assert!(told.json()["detail"].as_str().unwrap().contains(right), "{path}: {}", told.text);
    }
}

#[actix_web::test]
async fn events_controls_and_qualities_are_explained_by_code_name_and_word() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    for path in ["0.26.0.85", "powerOutage"] {
        let told = send!(app, open(&format!("/codes/event-types/{path}"))).expect(200);
        assert_eq!(told["word"], "powerOutage", "{path}");
        assert_eq!(told["wellKnown"], true);
        let by_name = format!("/codes/event-types/{}", told["standardName"].as_str().unwrap());
        assert_eq!(send!(app, open(&by_name)).expect(200)["code"], told["code"], "{by_name}");
    }
    let told = send!(app, open("/codes/control-types/3.31.0.18")).expect(200);
    assert_eq!((&told["word"], &told["parts"][3]["part"]), (&json!("remoteReconnect"), &json!(4)));
    let told = send!(app, open("/codes/event-types/3.999.0.85")).expect(200);
    assert_eq!((&told["parts"][1]["listed"], &told["wellKnown"]), (&json!(false), &json!(false)));
    let told = send!(app, open("/codes/qualities/3.8.0")).expect(200);
    assert_eq!((&told["word"], &told["explainsNoValue"]), (&json!("estimated"), &json!(false)));
    assert_eq!(send!(app, open("/codes/qualities/missing")).expect(200)["code"], "2.5.259");
    for (list, part) in [("event-types", "outage"), ("control-types", "disconnect"), ("qualities", "estimated")] {
        let field = match list {
            "event-types" => "eventTypes",
            "control-types" => "controlTypes",
            _ => "qualities",
        };
        let count = |told: Value| told[field].as_array().unwrap().len();
        let all = count(send!(app, open(&format!("/codes/{list}"))).expect(200));
        let told = send!(app, open(&format!("/codes/{list}?name={}", part.to_uppercase()))).expect(200);
        for entry in told[field].as_array().unwrap() {
            assert!(entry.to_string().to_lowercase().contains(part), "{entry}");
            send!(app, open(entry["address"].as_str().unwrap())).expect(200);
        }
        let found = count(told);
        assert!(found > 0 && found < all, "{list}: {found} of {all}");
        assert_eq!(count(send!(app, open(&format!("/codes/{list}?name=nothing-so"))).expect(200)), 0);
    }
}

#[actix_web::test]
async fn the_same_is_told_as_json_xml_and_a_page() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    for path in [
        "/codes",
        "/codes/reading-types",
        &format!("/codes/reading-types/{QUARTER_HOURS}"),
        "/codes/event-types/powerOutage",
        "/codes/control-types",
        "/codes/qualities?name=estimated",
        "/problems",
        "/problems/invalid",
    ] {
        let json = send!(app, open(path));
        assert!(json.expect(200).is_object());
        assert_eq!(json.header("content-type"), Some("application/json"));
        let xml = send!(app, open(path).insert_header((ACCEPT, "application/xml")));
        assert_eq!((xml.status, xml.header("content-type")), (200, Some("application/xml")));
        assert!(xml.text.starts_with("<?xml"), "{path}: {}", xml.text);
        let page = send!(app, browse(path));
        assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
        assert!(page.text.starts_with("<!DOCTYPE html>") && page.text.contains("<main>"), "{path}");
        for told in [&json, &xml, &page] {
            assert!(told.header("vary").unwrap().contains("Accept"), "{path}");
            assert_eq!(told.header("cache-control"), Some("public, max-age=3600"));
        }
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(send!(app, browse(path).method(Method::HEAD)).status, 200);
        send!(app, open(path).insert_header((ACCEPT, "image/png"))).problem(406, "not-acceptable");
    }
    let page = send!(app, browse(&format!("/codes/reading-types/{QUARTER_HOURS}"))).text;
    for said in ["15-minute interval, forward active energy", "1-0:1.29.0*255", "<td>measuringPeriod</td>"] {
        assert!(page.contains(said), "{said} in {page}");
    }
}

#[actix_web::test]
async fn a_browser_is_refused_in_words() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    for (path, status, said) in [
        ("/meter-readings", 401, "Credential needed"),
        ("/codes/reading-types?unit=kwh", 422, "did you mean <code>kWh</code>?"),
        ("/codes/event-types/%3Cscript%3E", 404, "<code>&lt;script&gt;</code>"),
    ] {
        let page = send!(app, browse(path));
        assert_eq!(page.status, status, "{path}");
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
        assert!(page.text.contains(said), "{path}: {}", page.text);
        assert!(page.text.contains("<a href=\"/problems/") && !page.text.contains("<script"), "{path}");
        assert_eq!(page.header("www-authenticate").is_some(), status == 401);
        assert!(page.header("content-security-policy").unwrap().contains("style-src 'self'"));
    }
    send!(app, open("/meter-readings")).problem(401, "unauthenticated");
}

#[actix_web::test]
async fn every_problem_has_a_page() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    let all = send!(app, open("/problems")).expect(200);
    for problem in all["problems"].as_array().unwrap() {
        let path = problem["address"].as_str().unwrap();
        assert_eq!(send!(app, open(path)).expect(200)["explanation"], problem["explanation"]);
        let page = send!(app, browse(path));
        assert!(page.text.contains(&format!("<h1>{}</h1>", problem["title"].as_str().unwrap())), "{path}");
    }
}

#[actix_web::test]
async fn the_rules_are_told_in_words() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    let told = send!(app, open("/problems/invalid")).expect(200);
    let rule = told["rules"].as_array().unwrap().iter().find(|it| it["code"] == "missing").unwrap();
    assert_eq!(rule["meaning"], "A field that must be there is not.");
    let page = send!(app, browse("/problems/invalid")).text;
    assert!(page.contains("<td>missing</td><td>A field that must be there is not.</td>"), "{page}");
    assert!(send!(app, open("/problems/stalled")).expect(200).get("rules").is_none());
}

#[actix_web::test]
async fn the_page_is_made_of_files_of_this_server_alone() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    let page = send!(app, browse("/docs"));
    assert_eq!(page.status, 200);
    let policy = page.header("content-security-policy").unwrap();
    for strict in ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'"] {
        assert!(policy.contains(strict), "{policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
    for loaded in page.text.split("src=\"").skip(1).chain(page.text.split("href=\"").skip(1)) {
        let path = loaded.split('"').next().unwrap();
        assert!(path.starts_with('/') && !path.starts_with("//"), "{path}");
        assert_eq!(send!(app, open(path)).status, 200, "{path}");
    }
    for inline in ["<style", "style=", "onclick", "<script>", "{docs", "{operations}"] {
        assert!(!page.text.contains(inline), "{inline}");
    }
    for asset in assets::all() {
        let path = asset.address();
        let plain = send!(app, open(&path));
        assert_eq!(plain.text.as_bytes(), asset.inflated().unwrap(), "{path}");
        assert_eq!(plain.header("cache-control"), Some("public, max-age=31536000, immutable"));
        let etag = plain.header("etag").unwrap().to_owned();
        let again = send!(app, open(&path).insert_header(("If-None-Match", etag)));
        assert_eq!((again.status, again.text.as_str()), (304, ""));
        let response = call_service(&app, open(&path).insert_header((ACCEPT_ENCODING, "gzip, br")).to_request()).await;
        assert_eq!(response.headers().get("content-encoding").unwrap(), "br", "{path}");
        let body = read_body(response).await;
        let mut inflated = Vec::new();
        std::io::Read::read_to_end(&mut brotli::Decompressor::new(&body[..], 4_096), &mut inflated).unwrap();
        assert_eq!(inflated, asset.inflated().unwrap(), "{path}");
    }
    send!(app, open("/docs/0123456789abcdef-docs.js")).problem(404, "not-found");
}
