//! The standard's messages in XML: sent, asked for, refused.

use serde_json::Value;

use crate::server::{Answer, Server, on_each_backend};

on_each_backend! {
    the_seven_messages_are_taken_and_given_back,
    both_notations_say_the_same,
    pages_and_their_next_are_told_in_xml,
    what_is_refused_is_told_in_xml,
    tolerances_are_told_and_places_are_paths,
    a_key_binds_whatever_the_notation_of_the_answer,
    hostile_documents_are_refused,
    a_hundred_thousand_readings_in_one_message_take_little_memory,
}

const XML: (&str, &str) = ("Content-Type", "application/xml");

fn namespace(noun: &str) -> String {
    format!("http://iec.ch/TC57/2011/{noun}#")
}

fn message(noun: &str, content: &str) -> String {
    format!("<{noun} xmlns=\"{}\">{content}</{noun}>", namespace(noun))
}

/// One quarter hour of a meter.
fn readings(meter: &str, values: &[(&str, &str)]) -> String {
    let reading = |(time, value): &(&str, &str)| {
        format!("<IntervalReadings><timeStamp>{time}</timeStamp><value>{value}</value></IntervalReadings>")
    };
    let all: String = values.iter().map(reading).collect();
    let block =
        format!("<IntervalBlocks>{all}<ReadingType ref=\"0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0\"/></IntervalBlocks>");
    message("MeterReadings", &format!("<MeterReading>{block}<Meter><mRID>{meter}</mRID></Meter></MeterReading>"))
}

fn ask(server: &Server, path: &str, accept: &str) -> Answer {
    server.send("GET", path, &server.first_key(), &[("Accept", accept)], "")
}

fn profile(noun: &str) -> String {
    format!("application/xml;profile=\"{}\"", namespace(noun))
}

/// What stands in the first element of this name.
fn first<'a>(answer: &'a Answer, element: &str) -> &'a str {
    let open = format!("<{element}>");
    let from = answer.text.find(&open).unwrap_or_else(|| panic!("no {element}: {}", answer.text)) + open.len();
    let to = answer.text[from..].find(&format!("</{element}>")).unwrap();
    &answer.text[from..from + to]
}

fn the_seven_messages_are_taken_and_given_back(server: &Server) {
    let cases = [
        ("/meter-readings", "MeterReadings", readings("m-1", &[("2024-01-15T10:15:00Z", "0.250")])),
        (
            "/end-device-controls",
            "EndDeviceControls",
            message(
                "EndDeviceControls",
                "<EndDeviceControl><mRID>c-1</mRID><reason>unpaid</reason>\
                 <EndDeviceControlType ref=\"3.31.0.23\"/><EndDevices><mRID>m-1</mRID></EndDevices></EndDeviceControl>",
            ),
        ),
        (
            "/end-device-events",
            "EndDeviceEvents",
            message(
                "EndDeviceEvents",
                "<EndDeviceEvent><mRID>e-1</mRID><createdDateTime>2024-01-15T10:20:00Z</createdDateTime>\
                 <Assets><mRID>m-1</mRID></Assets><EndDeviceEventType ref=\"3.26.0.85\"/></EndDeviceEvent>",
            ),
        ),
        (
            "/end-device-config",
            "EndDeviceConfig",
            message("EndDeviceConfig", "<EndDevice><mRID>d-1</mRID><serialNumber>S7</serialNumber></EndDevice>"),
        ),
        (
            "/meter-config",
            "MeterConfig",
            message("MeterConfig", "<Meter><mRID>m-1</mRID><serialNumber>S1</serialNumber></Meter>"),
        ),
        (
            "/usage-point-config",
            "UsagePointConfig",
            message("UsagePointConfig", "<UsagePoint><mRID>up-1</mRID></UsagePoint>"),
        ),
        (
            "/com-module-config",
            "ComModuleConfig",
            message("ComModuleConfig", "<ComModule><mRID>cm-1</mRID></ComModule>"),
        ),
    ];
    for (path, noun, body) in &cases {
        let sent = server.post_with(path, &[XML], body);
        assert_eq!(sent.status, 201, "{noun}: {}", sent.text);
        assert_eq!(sent.header("content-type"), Some("application/xml"));
        assert_eq!((first(&sent, "received"), first(&sent, "inserted"), first(&sent, "rejected")), ("1", "1", "0"));
        // The same again, in either notation, changes nothing.
        let again = server.post_with(path, &[XML, ("Accept", "application/json")], body);
        assert_eq!(again.expect(200)["counts"]["unchanged"], 1, "{noun}");

        let given = ask(server, path, &profile(noun));
        assert_eq!(given.status, 200, "{noun}: {}", given.text);
        assert!(given.text.contains(&format!("<{noun} xmlns=\"{}\">", namespace(noun))), "{}", given.text);
        assert!(given.header("omitted-fields").is_some_and(|it| it.contains("recordedAt") || it.contains("status")));
        // What was given can be sent as it is, and changes nothing either.
        let back = server.post_with(path, &[XML, ("Accept", "application/json")], &given.text);
        let counts = back.expect(200)["counts"].clone();
        assert_eq!(counts["unchanged"], counts["received"], "{noun}: {}", given.text);
    }
    let control = ask(server, "/end-device-controls/c-1", "application/xml");
    assert_eq!((first(&control, "status"), first(&control, "controlTypeCode")), ("received", "3.31.0.23"));
}

fn both_notations_say_the_same(server: &Server) {
    server.post_with("/meter-readings", &[XML], readings("m", &[("2024-01-15T24:00:00Z", "1.50")])).expect_xml(201);
    let json = server.get("/meter-readings?meterId=m");
    assert!(json.text.contains("\"value\":1.50"), "{}", json.text);
    let reading = &json.json()["readings"][0];
    assert_eq!(reading["readingDateTime"], "2024-01-16T00:00:00Z", "24:00:00 is the next day's midnight");
    let xml = ask(server, "/meter-readings?meterId=m", "application/xml");
    assert_eq!(first(&xml, "value"), "1.50");
    for member in ["meterId", "readingTypeCode", "readingDateTime", "unit", "quality", "recordedAt"] {
        assert_eq!(first(&xml, member), reading[member].as_str().unwrap(), "{member}");
    }
    for (path, root) in [("/status", "status"), ("/receipts", "page"), ("/meter-readings/series", "page")] {
        let answer = ask(server, path, "application/xml");
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert!(answer.text.contains(&format!("<{root} xmlns=\"urn:metering-data-exchange:2\"")), "{}", answer.text);
    }
}

fn pages_and_their_next_are_told_in_xml(server: &Server) {
    let values = [("2024-01-15T10:15:00Z", "1"), ("2024-01-15T10:30:00Z", "2"), ("2024-01-15T10:45:00Z", "3")];
    server.post_with("/meter-readings", &[XML], readings("m", &values)).expect_xml(201);
    let page = ask(server, "/meter-readings?limit=2", "application/xml");
    let cursor = first(&page, "next").to_owned();
    let rest = ask(server, &format!("/meter-readings?limit=2&cursor={cursor}"), "application/xml");
    assert_eq!(first(&rest, "value"), "3");
    assert!(!rest.text.contains("<next>"));
    let message = ask(server, "/meter-readings?limit=2", &profile("MeterReadings"));
    assert_eq!(message.text.matches("<IntervalReadings>").count(), 2);
    let link = message.header("link").unwrap().to_owned();
    let next = link.strip_prefix('<').unwrap().split('>').next().unwrap();
    assert_eq!(first(&ask(server, next, &profile("MeterReadings")), "value"), "3");
    let converted = ask(server, "/meter-readings?unit=Wh", &profile("MeterReadings"));
    assert_eq!((converted.status, first(&converted, "parameter")), (422, "unit"));
}

fn what_is_refused_is_told_in_xml(server: &Server) {
    for (answer, status, kind) in [
        (ask(server, "/nowhere", "application/xml"), 404, "not-found"),
        (ask(server, "/meter-readings?meterID=m", "application/xml"), 422, "invalid"),
        (server.post_with("/meter-readings", &[XML], "<MeterReadings"), 400, "malformed"),
        (server.post_with("/meter-readings", &[XML], message("MeterConfig", "")), 400, "malformed"),
        (server.post_with("/meter-readings", &[XML], readings("m", &[("2999-01-01T00:00:00Z", "1")])), 422, "invalid"),
    ] {
        assert_eq!(answer.status, status, "{}", answer.text);
        assert_eq!(answer.header("content-type"), Some("application/problem+xml"), "{}", answer.text);
        assert_eq!(first(&answer, "type"), format!("/problems/{kind}"));
        assert!(!first(&answer, "requestId").is_empty());
    }
    let media = server.post_with("/meter-readings", &[("Content-Type", "application/soap+xml")], "<a/>");
    assert_eq!(media.status, 415, "{}", media.text);
}

fn tolerances_are_told_and_places_are_paths(server: &Server) {
    let body = "<m:MeterReadings xmlns:m=\"http://www.iec.ch/TC57/2011/MeterReadings#\"><m:MeterReading>\
        <m:Meter><m:mRID>m</m:mRID></m:Meter><m:Readings><m:timeStamp>2024-01-15T24:00:00Z</m:timeStamp>\
        <m:value>1</m:value><m:ReadingType ref=\"0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0\"/></m:Readings>\
        <m:Readings><m:value>1</m:value><m:timeStamp>2999-01-15T10:00:00Z</m:timeStamp>\
        <m:ReadingType ref=\"0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0\"/></m:Readings></m:MeterReading></m:MeterReadings>";
    let part = server.post_with("/meter-readings", &[XML, ("Accept", "application/json")], body).expect(207);
    assert_eq!((&part["counts"]["inserted"], &part["counts"]["rejected"]), (&Value::from(1), &Value::from(1)));
    let xpath = part["errors"][0]["xpath"].as_str().unwrap();
    assert!(xpath.starts_with("/m:MeterReadings/m:MeterReading[1]/m:Readings[2]"), "{xpath}");
    assert!(!part["warnings"].as_array().unwrap().is_empty(), "{part}");
    // The stored receipt says the same in either notation.
    let id = part["receipt"].as_str().unwrap();
    let stored = server.get(&format!("/receipts/{id}")).expect(200);
    assert!(stored["errors"][0]["xpath"].as_str().unwrap().contains("m:MeterReadings"), "{stored}");
    assert_eq!(first(&ask(server, &format!("/receipts/{id}"), "application/xml"), "receipt"), id);
}

fn a_key_binds_whatever_the_notation_of_the_answer(server: &Server) {
    let body = readings("m", &[("2024-01-15T10:15:00Z", "1")]);
    let key = ("Idempotency-Key", "k-1");
    let one = server.post_with("/meter-readings", &[XML, key], &body);
    assert_eq!(one.status, 201);
    let other = server.post_with("/meter-readings", &[XML, key, ("Accept", "application/json")], &body);
    assert_eq!(other.header("idempotency-replayed"), Some("true"));
    assert_eq!(other.expect(201)["receipt"], first(&one, "receipt"));
}

fn hostile_documents_are_refused(server: &Server) {
    let deep = format!("{}{}", "<a>".repeat(10_000), "</a>".repeat(10_000));
    let attributes: String = (0..10_000).map(|number| format!(" a{number}=\"1\"")).collect();
    for (what, body) in [
        ("a document type", "<!DOCTYPE a [<!ENTITY x \"y\">]><MeterReadings/>".to_owned()),
        ("a file", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>".to_owned()),
        ("an entity", message("MeterReadings", "&x;")),
        ("depth", message("MeterReadings", &deep)),
        ("attributes", format!("<MeterReadings xmlns=\"{}\"{attributes}/>", namespace("MeterReadings"))),
        (
            "another encoding",
            format!("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>{}", message("MeterReadings", "")),
        ),
        ("a cut", readings("m", &[("2024-01-15T10:15:00Z", "1")]).replace("</MeterReadings>", "")),
        ("nothing", String::new()),
    ] {
        let refused = server.post_with("/meter-readings", &[XML], &body);
        assert_eq!(refused.status, 400, "{what}: {}", refused.text);
        assert!(!refused.text.contains("root:"), "{what}");
    }
    server.get("/health").expect(200);
}

/// The body itself is some 11 MB; what is made of it while it is read, checked, packed and stored stays
/// of its size. Several such messages at once are bounded by `max_in_flight`.
fn a_hundred_thousand_readings_in_one_message_take_little_memory(server: &Server) {
    const METERS: usize = 100;
    let mut content = String::new();
    for meter in 0..METERS {
        content.push_str("<MeterReading><IntervalBlocks>");
        for quarter in 1..=1_000 {
            let minutes = quarter * 15;
            let (day, hour, minute) = (1 + minutes / 1_440, minutes % 1_440 / 60, minutes % 60);
            content.push_str(&format!(
                "<IntervalReadings><timeStamp>2024-01-{day:02}T{hour:02}:{minute:02}:00Z</timeStamp><value>0.{quarter:04}</value></IntervalReadings>"
            ));
        }
        content.push_str("<ReadingType ref=\"0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0\"/></IntervalBlocks>");
        content.push_str(&format!("<Meter><mRID>m-{meter}</mRID></Meter></MeterReading>"));
    }
    let body = message("MeterReadings", &content);
    server.get("/health").expect(200);
    let before = server.resident();
    let sent = server.post_with("/meter-readings", &[XML, ("Accept", "application/json")], &body).expect(201);
    assert_eq!(sent["counts"]["inserted"], 100_000);
    let grown = server.most_resident().saturating_sub(before);
    let allowed = 100 << 20;
    assert!(grown < allowed, "{} MB for a body of {} MB", grown >> 20, body.len() >> 20);
    let last = server.get("/meter-readings?meterId=m-99&from=2024-01-11T09:45:00Z").expect(200);
    assert_eq!(last["readings"].as_array().unwrap().len(), 1);
    assert_eq!(last["readings"][0]["readingDateTime"], "2024-01-11T10:00:00Z");
}
