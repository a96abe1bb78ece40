//! Controls: accepted is not executed, a repeat is no second command, and switching is guarded.

use serde_json::{Value, json};

use crate::server::{Credential, Server, on_each_backend};

on_each_backend![
    an_open_control_asked_for_again_is_the_same_control,
    switching_again_after_a_cancellation_may_be_a_replay,
    only_the_switching_role_switches,
    a_scheduled_control_expires_unsent,
    what_is_wrong_with_a_control_is_named,
    a_control_for_several_devices_has_a_result_for_each,
    lists_are_filtered_and_paged_newest_first,
    the_callers_own_id_is_the_id,
    a_usage_point_stands_for_the_meter_installed_there,
    nothing_is_sent_to_a_retired_meter,
];

fn disconnect(device: &str) -> String {
    json!({"controls": [{"deviceId": device, "controlType": "remoteDisconnect", "reason": "Non-payment"}]}).to_string()
}

fn first_control(answer: &Value) -> &Value {
    &answer["controls"][0]
}

fn an_open_control_asked_for_again_is_the_same_control(server: &Server) {
    let mut body = json!({"deviceId": "d", "controlType": "loadControlSignal", "controlValue": 5.50, "controlUnit": "kW",
        "issuerTrackingID": "T-1"});
    let first = server.post("/end-device-controls", body.to_string()).expect(201);
    let again = server.post("/end-device-controls", body.to_string()).expect(200);
    assert_eq!(first_control(&again)["id"], first_control(&first)["id"]);
    // Another number does not make it another command.
    body["issuerTrackingID"] = json!("T-2");
    let renumbered = server.post("/end-device-controls", body.to_string()).expect(200);
    assert_eq!(first_control(&renumbered)["id"], first_control(&first)["id"]);
    assert_eq!(first_control(&renumbered)["issuerTrackingID"], "T-1");
    assert_eq!(again["counts"]["unchanged"], 1);
    // The same again under another key is meant as another.
    let meant = server.post_with("/end-device-controls", &[("Idempotency-Key", "2")], body.to_string()).expect(201);
    assert_ne!(first_control(&meant)["id"], first_control(&first)["id"]);
}

fn switching_again_after_a_cancellation_may_be_a_replay(server: &Server) {
    let first = server.post("/end-device-controls", disconnect("d")).expect(201);
    let id = first_control(&first)["id"].as_str().unwrap().to_owned();
    let cancelled = server.post(&format!("/end-device-controls/{id}/cancel"), r#"{"reason":"paid"}"#).expect(200);
    assert_eq!(cancelled["status"], "cancelled");
    assert_eq!(cancelled["steps"].as_array().unwrap().last().unwrap()["reason"], "paid");
    // A repeated cancellation is harmless; what never was to be sent cannot be cancelled.
    let again = server.post(&format!("/end-device-controls/{id}/cancel"), "{}").expect(200);
    assert_eq!(again["steps"], cancelled["steps"]);
    let past = json!({"deviceId": "d", "controlType": "loadControlSignal", "controlValue": "1", "controlUnit": "kW",
        "effectiveDateTime": "2024-01-15T10:30:00Z"});
    let past = server.post("/end-device-controls", past.to_string()).expect(201);
    let past = first_control(&past)["id"].as_str().unwrap().to_owned();
    assert_eq!(server.post(&format!("/end-device-controls/{past}/cancel"), "{}").status, 409);
    let replay = server.post("/end-device-controls", disconnect("d")).expect(422);
    assert_eq!(replay["errors"][0]["code"], "possible-replay");
    assert!(replay["errors"][0]["detail"].as_str().unwrap().contains(&id));
    let meant = server.post_with("/end-device-controls", &[("Idempotency-Key", "meant")], disconnect("d")).expect(201);
    // The reason in XML.
    let cancel = format!("/end-device-controls/{}/cancel", first_control(&meant)["id"].as_str().unwrap());
    let xml = [("Content-Type", "application/xml"), ("Accept", "application/json")];
    let with = |content: &str| format!("<withdrawal xmlns=\"urn:metering-data-exchange:2\">{content}</withdrawal>");
    server.post_with(&cancel, &xml, with("<because>paid</because>")).expect(400);
    let cancelled = server.post_with(&cancel, &xml, with("<reason>paid at last</reason>")).expect(200);
    assert_eq!(cancelled["steps"].as_array().unwrap().last().unwrap()["reason"], "paid at last");
}

fn only_the_switching_role_switches(server: &Server) {
    let operator = server.new_key("operator");
    let switching = server.new_key("switching");
    let load = json!({"deviceId": "d", "controlType": "loadControlSignal", "controlValue": "1", "controlUnit": "kW"})
        .to_string();
    let path = "/end-device-controls";
    assert_eq!(server.send("POST", path, &operator, &[], disconnect("d")).expect(403)["type"], "/problems/forbidden");
    assert_eq!(server.get(path).expect(200)["controls"], json!([]));
    assert_eq!(server.send("POST", path, &switching, &[], &load).status, 403);
    server.send("POST", path, &operator, &[], &load).expect(201);
    let made = server.send("POST", path, &switching, &[], disconnect("d")).expect(201);
    let id = first_control(&made)["id"].as_str().unwrap();
    assert_eq!(server.send("POST", &format!("{path}/{id}/cancel"), &operator, &[], "{}").status, 403);
    server.send("POST", &format!("{path}/{id}/cancel"), &switching, &[], "{}").expect(200);
}

fn a_scheduled_control_expires_unsent(server: &Server) {
    let soon = |seconds: i64| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() as i64;
        chrono::DateTime::from_timestamp(now + seconds, 0).unwrap().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    };
    let body = json!({"controls": [
        {"deviceId": "later", "controlType": "remoteDisconnect", "reason": "r", "effectiveDateTime": soon(3600)},
        {"deviceId": "brief", "controlType": "remoteDisconnect", "reason": "r", "expiresAt": soon(2)}]});
    let made = server.post("/end-device-controls", body.to_string()).expect(201);
    assert_eq!(made["controls"][0]["status"], "scheduled");
    assert_eq!(made["controls"][1]["status"], "received");
    let id = made["controls"][1]["id"].as_str().unwrap();
    let mut status = Value::Null;
    for _ in 0..100 {
        status = server.get(&format!("/end-device-controls/{id}")).expect(200)["status"].clone();
        if status == "expired" {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    assert_eq!(status, "expired");
}

fn what_is_wrong_with_a_control_is_named(server: &Server) {
    for (control, field, code) in [
        (json!({"controlType": "remoteDisconnect", "reason": "r"}), "", "no-target"),
        (json!({"deviceId": "d", "controlType": "remoteDisconnect"}), "/reason", "reason-missing"),
        (json!({"deviceId": "d", "controlType": "remoteDisconnekt", "reason": "r"}), "/controlType", "unknown-word"),
        (
            json!({"deviceId": "d", "controlType": "loadControlSignal", "controlUnit": "kW"}),
            "/controlValue",
            "control-value",
        ),
        (
            json!({"deviceId": "d", "controlType": "loadControlSignal", "controlValue": "many", "controlUnit": "kW"}),
            "/controlValue",
            "control-value",
        ),
        (
            json!({"deviceId": "d", "controlType": "loadControlSignal", "controlValue": "5", "controlUnit": "kWh"}),
            "/controlUnit",
            "control-value",
        ),
        (
            json!({"deviceId": "d", "controlType": "remoteDisconnect", "reason": "r", "effectiveDateTime": "2024-01-15T10:30:00"}),
            "/effectiveDateTime",
            "invalid-time",
        ),
        (
            json!({"deviceId": "d", "controlType": "remoteDisconnect", "reason": "r", "status": "completed"}),
            "/status",
            "server-owned",
        ),
        (json!({"group": "nobody", "controlType": "remoteDisconnect", "reason": "r"}), "/group", "unknown-target"),
    ] {
        let refused = server.post("/end-device-controls", json!({"controls": [control]}).to_string()).expect(422);
        let errors = refused["errors"].as_array().unwrap();
        let found = errors.iter().any(|it| it["code"] == code && it["pointer"] == format!("#/controls/0{field}"));
        assert!(found, "{control}: {errors:?}");
    }
    assert_eq!(server.get("/end-device-controls").expect(200)["controls"], json!([]));
}

fn a_control_for_several_devices_has_a_result_for_each(server: &Server) {
    let body = json!({"deviceIds": ["a", "b"], "controlType": "priceSignal", "controlValue": "0.31", "controlUnit": "EUR/kWh"});
    let made = server.post("/end-device-controls", body.to_string()).expect(201);
    let results = first_control(&made)["results"].as_array().unwrap();
    assert_eq!(results.iter().map(|it| it["deviceId"].as_str().unwrap()).collect::<Vec<_>>(), ["a", "b"]);
    for device in ["a", "b"] {
        let found = server.get(&format!("/end-device-controls?deviceId={device}")).expect(200);
        assert_eq!(found["controls"][0]["id"], first_control(&made)["id"]);
    }
}

fn lists_are_filtered_and_paged_newest_first(server: &Server) {
    for device in 0..7 {
        server.post("/end-device-controls", disconnect(&format!("d{device}"))).expect(201);
    }
    let load = json!({"deviceId": "d0", "controlType": "loadControlSignal", "controlValue": "1", "controlUnit": "kW"});
    server.post("/end-device-controls", load.to_string()).expect(201);
    let mut devices = Vec::new();
    let mut path = "/end-device-controls?controlType=remoteDisconnect&status=received&limit=3".to_owned();
    loop {
        let page = server.get(&path).expect(200);
        devices
            .extend(page["controls"].as_array().unwrap().iter().map(|it| it["deviceId"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/end-device-controls?controlType=remoteDisconnect&status=received&limit=3&cursor={next}");
    }
    assert_eq!(devices, ["d6", "d5", "d4", "d3", "d2", "d1", "d0"]);
    assert_eq!(server.get("/end-device-controls?to=2024-01-01T00:00:00Z").expect(200)["controls"], json!([]));
    assert_eq!(server.get("/end-device-controls?status=done").expect(422)["errors"][0]["parameter"], "status");
}

fn the_callers_own_id_is_the_id(server: &Server) {
    let body = |reason: &str| {
        json!({"mRID": "my-1", "deviceId": "d", "controlType": "remoteReconnect", "reason": reason}).to_string()
    };
    let answer = server.post("/end-device-controls", body("paid"));
    assert_eq!(answer.header("Location"), Some("/end-device-controls/my-1"));
    answer.expect(201);
    server.post("/end-device-controls", body("paid")).expect(200);
    let other = server.post("/end-device-controls", body("other")).expect(422);
    assert_eq!(other["errors"][0]["code"], "exists");
    let viewer = server.new_key("viewer");
    server.send("GET", "/end-device-controls/my-1", &viewer, &[], "").expect(200);
    assert_eq!(server.send("GET", "/end-device-controls/my-1", &Credential::None, &[], "").status, 401);
}

fn nothing_is_sent_to_a_retired_meter(server: &Server) {
    let installed = |meter: &str| {
        json!({"mRID": meter, "names": [{"name": format!("name of {meter}")}],
            "installations": [{"usagePointId": "up", "from": "2024-01-01T00:00:00Z"}]})
    };
    let meters = json!({"meters": [installed("old"), installed("new")]}).to_string();
    server.post("/meter-config", meters).expect(201);
    server.send("DELETE", "/meter-config/old", &server.first_key(), &[], "");
    for device in ["old", "name of old"] {
        let refused = server.post("/end-device-controls", disconnect(device)).expect(422);
        assert_eq!(refused["errors"][0]["code"], "unknown-target", "{device}");
    }
    let there = json!({"usagePointId": "up", "controlType": "remoteDisconnect", "reason": "r"}).to_string();
    server.post("/end-device-controls", there).expect(201);
    assert_eq!(server.get("/end-device-controls?deviceId=old").expect(200)["controls"], json!([]));
    assert_eq!(server.get("/end-device-controls?deviceId=new").expect(200)["controls"].as_array().unwrap().len(), 1);
}

fn a_usage_point_stands_for_the_meter_installed_there(server: &Server) {
    let body = json!({"usagePointId": "up", "controlType": "remoteDisconnect", "reason": "r"}).to_string();
    let nobody = server.post("/end-device-controls", &body).expect(422);
    assert_eq!(nobody["errors"][0]["code"], "unknown-target");
    let meter =
        json!({"meters": [{"mRID": "m", "installations": [{"usagePointId": "up", "from": "2024-01-01T00:00:00Z"}]}]});
    server.post("/meter-config", meter.to_string()).expect(201);
    server.post("/end-device-controls", &body).expect(201);
    assert_eq!(server.get("/end-device-controls?deviceId=m").expect(200)["controls"][0]["usagePointId"], "up");
}
