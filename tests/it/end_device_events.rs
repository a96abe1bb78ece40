//! Events: nothing a device reports is refused for its wording.

use serde_json::json;

use crate::server::{Server, on_each_backend};

on_each_backend![
    unknown_words_are_kept_and_marked,
    a_type_is_found_by_word_and_by_code,
    lists_page_by_the_events_time,
    an_event_needs_a_device_and_a_time
];

fn unknown_words_are_kept_and_marked(server: &Server) {
    let event = json!({"deviceId": "d", "eventType": "flickering", "eventDateTime": "2024-01-15T10:00:00Z", "severity": "meh",
        "details": {"count": "7"}, "issuerTrackingID": "T-1"});
    let stored = server.post("/end-device-events", event.to_string()).expect(201);
    assert_eq!(stored["warnings"][0]["code"], "unmapped");
    let event = &stored["events"][0];
    assert_eq!(event["eventType"], "flickering");
    assert_eq!(event["unmapped"], true);
    assert_eq!(event["severity"], "meh");
    assert_eq!(event["details"]["count"], "7");
    assert_eq!(event["issuerTrackingID"], "T-1");
    assert_eq!(server.get("/end-device-events?severity=meh").expect(200)["events"][0], *event);
    let code = json!({"deviceId": "d", "eventTypeCode": "3.99.1.9999", "eventDateTime": "2024-01-15T10:00:00Z"});
    let stored = server.post("/end-device-events", code.to_string()).expect(201);
    assert_eq!(stored["events"][0]["eventTypeCode"], "3.99.1.9999");
}

fn a_type_is_found_by_word_and_by_code(server: &Server) {
    let events = json!({"events": [
        {"deviceId": "a", "eventType": "powerOutage", "eventDateTime": "2024-01-15T10:00:00Z"},
        {"deviceId": "b", "eventTypeCode": "0.26.0.85", "eventDateTime": "2024-01-15T10:00:01Z"},
        {"deviceId": "c", "eventType": "powerRestored", "eventDateTime": "2024-01-15T10:00:02Z"}]});
    let stored = server.post("/end-device-events", events.to_string()).expect(201);
    assert_eq!(stored["events"][0]["eventTypeCode"], "3.26.0.85");
    assert_eq!(stored["events"][1]["eventType"], "powerOutage");
    let found = server.get("/end-device-events?eventType=powerOutage").expect(200);
    let devices: Vec<_> =
        found["events"].as_array().unwrap().iter().map(|it| it["deviceId"].as_str().unwrap()).collect();
    assert_eq!(devices, ["b", "a"]);
}

fn lists_page_by_the_events_time(server: &Server) {
    let events: Vec<_> = (0..10)
        .map(|minute| json!({"deviceId": "d", "eventType": "lowBattery", "eventDateTime": format!("2024-01-15T10:0{minute}:00Z")}))
        .collect();
    server.post("/end-device-events", json!({"events": events}).to_string()).expect(201);
    let mut times = Vec::new();
    let query = "/end-device-events?from=2024-01-15T10:02:00Z&to=2024-01-15T10:08:00Z&limit=4";
    let mut path = query.to_owned();
    loop {
        let page = server.get(&path).expect(200);
        times.extend(
            page["events"]
                .as_array()
                .unwrap()
                .iter()
                .map(|it| it["eventDateTime"].as_str().unwrap()[14..16].to_owned()),
        );
        let Some(next) = page["next"].as_str() else { break };
        path = format!("{query}&cursor={next}");
    }
    assert_eq!(times, ["07", "06", "05", "04", "03", "02"]);
}

fn an_event_needs_a_device_and_a_time(server: &Server) {
    let refused = server.post("/end-device-events", r#"{"eventType":"powerOutage"}"#).expect(422);
    let mut missing: Vec<_> =
        refused["errors"].as_array().unwrap().iter().map(|it| it["pointer"].as_str().unwrap()).collect();
    missing.sort_unstable();
    assert_eq!(missing, ["#/deviceId", "#/eventDateTime"]);
    assert_eq!(refused["errors"][0]["code"], "missing");
}
