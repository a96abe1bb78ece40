//! The API document's four examples, word for word, on a fresh server with nothing configured.

use serde_json::Value;

use crate::server::{Credential, Server, on_each_backend};

pub(crate) const READING: &str = r#"{"readings":[{"meterId":"1234LG","readingType":"intervalData","readingDateTime":"2024-01-15T10:00:00Z","value":1234.56,"unit":"kWh","multiplier":0,"phase":"ABC","energyDirection":"forward","quality":"good"}]}"#;
pub(crate) const LOAD_CONTROL: &str = r#"{"controls":[{"deviceId":"3dc53ee5-777e-50b4-8699-a1c224d493d","controlType":"loadControlSignal","controlValue":"50","controlUnit":"kW","effectiveDateTime":"2024-01-15T10:30:00Z","reason":"Demand response event","priority":"high"}]}"#;
pub(crate) const EVENT: &str = r#"{"deviceId":"3dc53ee5-777e-50b4-8699-a1c224d493d","eventType":"tamperingAlert","eventDateTime":"2024-01-15T10:15:00Z","severity":"high","description":"Potential tampering detected on meter","eventCode":"TAM001"}"#;
pub(crate) const DISCONNECT: &str = r#"{"controls":[{"deviceId":"3dc53ee5-777e-50b4-8699-a1c224d493d","controlType":"remoteDisconnect","reason":"Non-payment","priority":"high"}]}"#;

on_each_backend![the_reading, the_load_control, the_event, the_disconnect, all_four_with_the_first_token];

fn counts(answer: &Value) -> (u64, u64) {
    (answer["counts"]["inserted"].as_u64().unwrap(), answer["counts"]["unchanged"].as_u64().unwrap())
}

fn the_reading(server: &Server) {
    let first = server.post("/meter-readings", READING).expect(201);
    assert_eq!(counts(&first), (1, 0));
    let page = server.get("/meter-readings?meterId=1234LG").expect(200);
    let reading = &page["readings"][0];
    for (field, value) in [
        ("meterId", "1234LG"),
        ("readingType", "intervalData"),
        ("measurement", "activeEnergy"),
        ("readingDateTime", "2024-01-15T10:00:00Z"),
        ("unit", "kWh"),
        ("phase", "ABC"),
        ("energyDirection", "forward"),
        ("quality", "good"),
        ("readingTypeCode", "0.0.0.4.1.1.12.0.0.0.0.0.0.0.224.3.72.0"),
    ] {
        assert_eq!(reading[field], value, "{field}");
    }
    assert!(server.get("/meter-readings").text.contains("\"value\":1234.56,"));
    assert_eq!(reading["qualityCodes"], serde_json::json!(["1.0.0"]));
    assert_eq!(page["next"], Value::Null);
    let again = server.post("/meter-readings", READING).expect(200);
    assert_eq!(counts(&again), (0, 1));
    let receipt = first["receipt"].as_str().unwrap();
    assert_eq!(server.get(&format!("/receipts/{receipt}")).expect(200)["counts"], first["counts"]);
}

/// Its time is long past: it is kept as what it is, expired, and never sent.
fn the_load_control(server: &Server) {
    let first = server.post("/end-device-controls", LOAD_CONTROL).expect(201);
    assert_eq!(counts(&first), (1, 0));
    assert_eq!(first["warnings"][0]["code"], "effective-time-passed");
    let control = &first["controls"][0];
    assert_eq!(control["status"], "expired");
    assert_eq!(control["controlValue"], "50");
    assert_eq!(control["priority"], "high");
    let id = control["id"].as_str().unwrap();
    assert_eq!(&server.get(&format!("/end-device-controls/{id}")).expect(200), control);
    let again = server.post("/end-device-controls", LOAD_CONTROL).expect(200);
    assert_eq!(counts(&again), (0, 1));
    assert_eq!(&again["controls"][0], control);
}

fn the_event(server: &Server) {
    let answer = server.post("/end-device-events", EVENT);
    let location = answer.header("Location").unwrap().to_owned();
    let first = answer.expect(201);
    let event = &first["events"][0];
    assert_eq!(event["eventType"], "tamperingAlert");
    assert_eq!(event["eventTypeCode"], "3.12.0.257");
    assert_eq!(event["eventCode"], "TAM001");
    assert_eq!(&server.get(&location).expect(200), event);
    let again = server.post("/end-device-events", EVENT).expect(200);
    assert_eq!(counts(&again), (0, 1));
    assert_eq!(again["events"][0]["id"], event["id"]);
    let found = server.get("/end-device-events?deviceId=3dc53ee5-777e-50b4-8699-a1c224d493d").expect(200);
    assert_eq!(&found["events"][0], event);
}

/// No time means as soon as possible; the repeat is answered with the same control.
fn the_disconnect(server: &Server) {
    let first = server.post("/end-device-controls", DISCONNECT).expect(201);
    let control = &first["controls"][0];
    assert_eq!(control["status"], "received");
    assert_eq!(control["controlTypeCode"], "3.31.0.23");
    assert_eq!(control["steps"][0]["status"], "received");
    assert_eq!(control["verification"], "none");
    let again = server.post("/end-device-controls", DISCONNECT).expect(200);
    assert_eq!(counts(&again), (0, 1));
    assert_eq!(again["controls"][0]["id"], control["id"]);
}

fn all_four_with_the_first_token(server: &Server) {
    let token = std::fs::read_to_string(server.data.join("first-token")).unwrap().trim().to_owned();
    let token = Credential::Token(token);
    for (path, body) in [
        ("/meter-readings", READING),
        ("/end-device-controls", LOAD_CONTROL),
        ("/end-device-events", EVENT),
        ("/end-device-controls", DISCONNECT),
    ] {
        server.send("POST", path, &token, &[], body).expect(201);
    }
}
