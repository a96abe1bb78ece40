//! The four configurations: created, read, replaced under a condition, retired and still readable.

use serde_json::{Value, json};

use crate::server::{Server, on_each_backend};

on_each_backend![
    the_four_configurations_live_alike,
    a_replacement_needs_the_state_it_was_made_from,
    what_exists_is_not_overwritten,
    secrets_are_written_and_never_read_back,
    a_provisional_meter_is_adopted_with_its_readings,
    a_provisional_meter_is_adopted_by_its_mrid_before_a_name,
    an_installation_stays_where_it_was_made,
    an_ambiguous_name_is_refused,
    former_revisions_stay_readable,
    unknown_fields_are_refused_by_name,
];

const ALL: [(&str, &str); 4] = [
    ("/end-device-config", "endDevices"),
    ("/meter-config", "meters"),
    ("/usage-point-config", "usagePoints"),
    ("/com-module-config", "comModules"),
];

fn the_four_configurations_live_alike(server: &Server) {
    for (path, list) in ALL {
        let id = format!("one-of-{list}");
        let body = json!({list: [{"mRID": id, "names": [{"name": format!("name of {id}")}]}]}).to_string();
        let made = server.post(path, &body).expect(201);
        assert_eq!(made[list][0]["mRID"], id, "{path}");
        assert_eq!(server.post(path, &body).expect(200)["counts"]["unchanged"], 1);
        let one = server.get(&format!("{path}/{id}"));
        let etag = one.header("ETag").unwrap().to_owned();
        let one = one.expect(200);
        assert_eq!(one["status"], "active");
        assert_eq!(server.get(&format!("{path}?mRID={id}")).expect(200), one);
        let listed = server.get(&format!("{path}?status=active")).expect(200);
        assert_eq!(listed[list], json!([one]));
        assert_eq!(server.get(&format!("{path}?name=name%20of%20{id}")).expect(200)[list][0]["mRID"], id);

        let mut changed = one.clone();
        changed["names"] = json!([{"name": "another"}]);
        let put = server.send(
            "PUT",
            &format!("{path}/{id}"),
            &server.first_key(),
            &[("If-Match", &etag)],
            changed.to_string(),
        );
        let etag = put.header("ETag").unwrap().to_owned();
        assert_eq!(put.expect(200)["names"][0]["name"], "another");

        server.send("DELETE", &format!("{path}/{id}"), &server.first_key(), &[("If-Match", &etag)], "");
        assert_eq!(server.get(&format!("{path}/{id}")).expect(200)["status"], "retired");
        assert_eq!(server.get(&format!("{path}?status=active")).expect(200)[list], json!([]));
        assert_eq!(server.get(&format!("{path}/nobody")).status, 404);
    }
}

fn a_replacement_needs_the_state_it_was_made_from(server: &Server) {
    let alone = server.post("/meter-config", r#"{"mRID":"m","serialNumber":"S1"}"#);
    assert_eq!(alone.header("Location"), Some("/meter-config/m"));
    alone.expect(201);
    let key = server.first_key();
    let etag = server.get("/meter-config/m").header("ETag").unwrap().to_owned();
    let body = r#"{"mRID":"m","serialNumber":"S2"}"#;
    assert_eq!(server.send("PUT", "/meter-config/m", &key, &[], body).status, 428);
    server.send("PUT", "/meter-config/m", &key, &[("If-Match", &etag)], body).expect(200);
    assert_eq!(server.send("PUT", "/meter-config/m", &key, &[("If-Match", &etag)], body).status, 412);
    assert_eq!(server.get("/meter-config?serialNumber=S2").expect(200)["meters"][0]["mRID"], "m");
}

fn what_exists_is_not_overwritten(server: &Server) {
    server.post("/meter-config", r#"{"mRID":"m","serialNumber":"S1"}"#).expect(201);
    let refused = server.post("/meter-config", r#"{"mRID":"m","serialNumber":"S2"}"#).expect(422);
    assert_eq!(refused["errors"][0]["code"], "exists");
    // A meter is an end device: one id space.
    assert_eq!(server.post("/end-device-config", r#"{"mRID":"m"}"#).expect(422)["errors"][0]["code"], "exists");
    server.post("/usage-point-config", r#"{"mRID":"m"}"#).expect(201);
    assert_eq!(
        server.post("/meter-config", r#"{"serialNumber":"S3"}"#).expect(422)["errors"][0]["code"],
        "no-identity"
    );
    let named = server.post("/meter-config", r#"{"names":[{"name":"1234LG"}]}"#).expect(201);
    assert!(named["meters"][0]["mRID"].as_str().unwrap().len() >= 32);
}

fn secrets_are_written_and_never_read_back(server: &Server) {
    let device = json!({"mRID": "d", "installCode": "s3cr3t-install", "electronicAddress": {"lan": "10.0.0.7", "password": "s3cr3t-pass"}});
    let answer = server.post("/end-device-config", device.to_string());
    assert!(!answer.text.contains("s3cr3t"));
    answer.expect(201);
    let read = server.get("/end-device-config/d");
    assert!(!read.text.contains("s3cr3t"));
    assert_eq!(read.json()["electronicAddress"]["lan"], "10.0.0.7");
}

fn a_provisional_meter_is_adopted_with_its_readings(server: &Server) {
    let reading = json!({"meterId": "m", "readingType": "registerRead", "unit": "kWh", "energyDirection": "forward",
        "readingDateTime": "2024-01-15T10:00:00Z", "value": 1});
    server.post("/meter-readings", reading.to_string()).expect(201);
    let listed = server.get("/meter-config?status=provisional").expect(200);
    assert_eq!(listed["meters"][0]["mRID"], "m");
    server.post("/meter-config", r#"{"mRID":"m","names":[{"name":"kitchen"}]}"#).expect(201);
    assert_eq!(server.get("/meter-config?status=provisional").expect(200)["meters"], json!([]));
    // By its name now, and the same series goes on.
    let mut by_name = reading.clone();
    by_name["meterId"] = json!("kitchen");
    assert_eq!(server.post("/meter-readings", by_name.to_string()).expect(200)["counts"]["unchanged"], 1);
    assert_eq!(server.get("/meter-readings?meterId=m").expect(200)["readings"].as_array().unwrap().len(), 1);
}

/// Data came under `1001`; of two new meters one has that as its name, the other as its very mRID.
fn a_provisional_meter_is_adopted_by_its_mrid_before_a_name(server: &Server) {
    let reading = json!({"meterId": "1001", "readingType": "registerRead", "unit": "kWh", "energyDirection": "forward",
        "readingDateTime": "2024-01-15T10:00:00Z", "value": 1});
    server.post("/meter-readings", reading.to_string()).expect(201);
    let meters = json!({"meters": [{"mRID": "A", "names": [{"name": "1001"}]}, {"mRID": "1001"}]});
    server.post("/meter-config", meters.to_string()).expect(201);
    assert_eq!(server.get("/meter-readings?meterId=1001").expect(200)["readings"].as_array().unwrap().len(), 1);
    assert_eq!(server.get("/meter-readings?meterId=A").expect(200)["readings"], json!([]));
}

/// A name of a usage point passes on to another one; the meter that was there stays where it was.
fn an_installation_stays_where_it_was_made(server: &Server) {
    let key = server.first_key();
    let point = |mrid: &str| json!({"mRID": mrid, "names": [{"name": "House 5"}]}).to_string();
    server.post("/usage-point-config", point("first")).expect(201);
    let meter = json!({"mRID": "m", "installations": [{"usagePointId": "House 5", "from": "2024-01-01T00:00:00Z", "to": "2024-02-01T00:00:00Z"}]});
    server.post("/meter-config", meter.to_string()).expect(201);
    let reading = json!({"meterId": "m", "readingType": "registerRead", "unit": "kWh", "energyDirection": "forward",
        "readingDateTime": "2024-01-15T10:00:00Z", "value": 1});
    server.post("/meter-readings", reading.to_string()).expect(201);
    server.send("DELETE", "/usage-point-config/first", &key, &[], "");
    server.post("/usage-point-config", point("second")).expect(201);
    let at = |point: &str| {
        let found = server.get(&format!("/meter-readings?usagePointId={point}")).expect(200);
        found["readings"].as_array().unwrap().len()
    };
    let answer = server.get("/meter-config/m");
    let etag = answer.header("ETag").unwrap().to_owned();
    let mut changed = answer.expect(200);
    changed["serialNumber"] = json!("S1");
    server.send("PUT", "/meter-config/m", &key, &[("If-Match", &etag)], changed.to_string()).expect(200);
    assert_eq!((at("first"), at("second")), (1, 0));
    server.send("DELETE", "/meter-config/m", &key, &[], "");
    assert_eq!((at("first"), at("second")), (1, 0));
}

fn an_ambiguous_name_is_refused(server: &Server) {
    let meters =
        json!({"meters": [{"mRID": "a", "names": [{"name": "attic"}]}, {"mRID": "b", "names": [{"name": "attic"}]}]});
    server.post("/meter-config", meters.to_string()).expect(201);
    let reading = json!({"meterId": "attic", "readingType": "registerRead", "unit": "kWh", "energyDirection": "forward",
        "readingDateTime": "2024-01-15T10:00:00Z", "value": 1});
    let refused = server.post("/meter-readings", reading.to_string()).expect(422);
    assert_eq!(refused["errors"][0]["code"], "ambiguous-name");
    assert_eq!(refused["errors"][0]["pointer"], "#/meterId");
}

fn former_revisions_stay_readable(server: &Server) {
    let made = server.post("/usage-point-config", r#"{"mRID":"up","readRoute":"R1"}"#).expect(201);
    let then = made["recordedAt"].as_str().unwrap();
    let etag = server.get("/usage-point-config/up").header("ETag").unwrap().to_owned();
    let body = r#"{"mRID":"up","readRoute":"R2"}"#;
    server.send("PUT", "/usage-point-config/up", &server.first_key(), &[("If-Match", &etag)], body).expect(200);
    assert_eq!(server.get("/usage-point-config/up").expect(200)["readRoute"], "R2");
    assert_eq!(server.get(&format!("/usage-point-config/up?asOf={then}")).expect(200)["readRoute"], "R1");
}

fn unknown_fields_are_refused_by_name(server: &Server) {
    for (path, list) in ALL {
        let refused =
            server.post(path, json!({list: [{"mRID": "x", "serialNumbr": "1", "names": [{"nam": "n"}]}]}).to_string());
        let refused = refused.expect(422);
        let pointers: Vec<_> =
            refused["errors"].as_array().unwrap().iter().map(|it: &Value| it["pointer"].as_str().unwrap()).collect();
        assert!(pointers.contains(&format!("#/{list}/0/serialNumbr").as_str()), "{pointers:?}");
        assert!(pointers.contains(&format!("#/{list}/0/names/0/nam").as_str()), "{pointers:?}");
    }
}
