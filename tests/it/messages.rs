//! Envelopes of IEC 61968-100 at `/messages`: what each noun and verb does, and how it is answered.

use std::io::Write as _;

use data_encoding::BASE64;
use flate2::Compression;
use flate2::write::GzEncoder;
use metering_model::TimeStamp;

use crate::server::{Answer, Backend, Server, on_each_backend};

on_each_backend! {
    readings_are_created_and_got,
    a_part_or_nothing_is_told_item_by_item,
    a_message_id_binds_its_first_answer,
    a_nonce_is_used_once,
    a_disconnect_is_created_followed_and_cancelled,
    a_configuration_is_created_changed_and_deleted,
    events_tell_what_happened,
    pages_are_told_and_followed,
    a_set_is_done_as_a_whole_or_in_parts,
    what_is_compressed_is_read,
    what_cannot_be_done_is_told_in_a_reply,
    nobody_does_by_a_message_what_they_may_not_do,
    the_call_is_in_the_audit_log,
    the_endpoints_of_the_nouns_take_envelopes_of_theirs,
}

const XML: (&str, &str) = ("Content-Type", "application/xml");
const ENVELOPE: &str = "http://iec.ch/TC57/2011/schema/message";
const REGISTER: &str = "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0";

fn namespace(noun: &str) -> String {
    format!("http://iec.ch/TC57/2011/{noun}#")
}

fn message(noun: &str, content: &str) -> String {
    format!("<{noun} xmlns=\"{}\">{content}</{noun}>", namespace(noun))
}

/// A request with these pieces of the header, and what is behind it.
fn envelope(verb: &str, noun: &str, header: &str, behind: &str) -> String {
    format!(
        "<RequestMessage xmlns=\"{ENVELOPE}\"><Header><Verb>{verb}</Verb><Noun>{noun}</Noun>{header}</Header>{behind}\
         </RequestMessage>"
    )
}

fn payload(noun: &str, content: &str) -> String {
    format!("<Payload>{}</Payload>", message(noun, content))
}

fn reading(meter: &str, time: &str, value: &str) -> String {
    format!(
        "<MeterReading><Meter><mRID>{meter}</mRID></Meter><Readings><timeStamp>{time}</timeStamp><value>{value}</value>\
         <ReadingType ref=\"{REGISTER}\"/></Readings></MeterReading>"
    )
}

fn disconnect(mrid: &str, meter: &str) -> String {
    format!(
        "<EndDeviceControl><mRID>{mrid}</mRID><reason>unpaid</reason><EndDeviceControlType ref=\"3.31.0.23\"/>\
         <EndDevices><mRID>{meter}</mRID></EndDevices></EndDeviceControl>"
    )
}

fn meter(mrid: &str, serial: &str) -> String {
    format!("<Meter><mRID>{mrid}</mRID><serialNumber>{serial}</serialNumber></Meter>")
}

fn send(server: &Server, body: impl AsRef<[u8]>) -> Answer {
    let answer = server.post_with("/messages", &[XML], body);
    assert_eq!(answer.header("content-type"), Some("application/xml"), "{}", answer.text);
    answer
}

/// Sends, and makes sure of status and result.
#[track_caller]
fn told(server: &Server, body: impl AsRef<[u8]>, status: u16, result: &str) -> Answer {
    let answer = send(server, body);
    assert_eq!((answer.status, first(&answer, "Result")), (status, result), "{}", answer.text);
    answer
}

/// What stands in the first element of this name.
#[track_caller]
fn first<'a>(answer: &'a Answer, element: &str) -> &'a str {
    let open = format!("<{element}>");
    let from = answer.text.find(&open).unwrap_or_else(|| panic!("no {element}: {}", answer.text)) + open.len();
    let to = answer.text[from..].find(&format!("</{element}>")).unwrap();
    &answer.text[from..from + to]
}

/// The value of a property of the header.
fn property<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    let open = format!("<Name>{name}</Name><Value>");
    let from = answer.text.find(&open)? + open.len();
    answer.text[from..].split('<').next()
}

fn readings_are_created_and_got(server: &Server) {
    let body = reading("m-1", "2024-01-15T10:00:00Z", "1.50") + &reading("m-2", "2024-01-15T10:00:00Z", "2");
    let header = "<MessageID>a-1</MessageID><CorrelationID>c-1</CorrelationID>";
    let made = envelope("create", "MeterReadings", header, &payload("MeterReadings", &body));
    let made = told(server, made, 201, "OK");
    assert!(made.text.contains(&format!("<ResponseMessage xmlns=\"{ENVELOPE}\">")), "{}", made.text);
    assert_eq!((first(&made, "Verb"), first(&made, "Noun")), ("reply", "MeterReadings"));
    assert_eq!(first(&made, "CorrelationID"), "c-1");
    let receipt = server.get(&format!("/receipts/{}", property(&made, "receipt").unwrap())).expect(200);
    assert_eq!(receipt["counts"]["inserted"], 2);
    // The same again changes nothing; another value is a revision.
    let again = |value| {
        envelope(
            "change",
            "MeterReadings",
            "",
            &payload("MeterReadings", &reading("m-1", "2024-01-15T10:00:00Z", value)),
        )
    };
    told(server, again("1.50"), 200, "OK");
    told(server, again("1.75"), 201, "OK");

    let profile = |meter: &str| {
        format!(
            "<Request><GetMeterReadings xmlns=\"{}\"><EndDevice><mRID>{meter}</mRID></EndDevice>\
             <TimeSchedule><scheduleInterval><start>2024-01-15T00:00:00Z</start><end>2024-01-16T00:00:00Z</end>\
             </scheduleInterval></TimeSchedule></GetMeterReadings></Request>",
            namespace("GetMeterReadings")
        )
    };
    let got = told(server, envelope("get", "MeterReadings", "", &profile("m-1")), 200, "OK");
    assert!(got.text.contains("<value>1.75</value>") && !got.text.contains("m-2"), "{}", got.text);
    let nothing = told(server, envelope("get", "MeterReadings", "", &profile("m-9")), 200, "OK");
    assert!(!nothing.text.contains("<MeterReading>"), "{}", nothing.text);
    // Without a profile, the times and ids of the request select.
    let plain = "<Request><StartTime>2024-01-15T00:00:00Z</StartTime><EndTime>2024-01-16T00:00:00Z</EndTime>\
        <ID objectType=\"EndDevice\">m-2</ID></Request>";
    let got = told(server, envelope("get", "MeterReadings", "", plain), 200, "OK");
    assert!(got.text.contains("<value>2</value>") && !got.text.contains("m-1"), "{}", got.text);
    // What one notation stores, the other one reads.
    assert!(server.get("/meter-readings?meterId=m-1").text.contains("\"value\":1.75"));
}

fn a_part_or_nothing_is_told_item_by_item(server: &Server) {
    let (good, bad) = (reading("m", "2024-01-15T10:00:00Z", "1"), reading("m", "2999-01-15T10:00:00Z", "1"));
    let create = |content: &str| envelope("create", "MeterReadings", "", &payload("MeterReadings", content));
    let part = told(server, create(&(good.clone() + &bad)), 207, "PARTIAL");
    assert_eq!((first(&part, "code"), first(&part, "reason")), ("7.7", "in-the-future"));
    assert!(part.text.contains("/*/e:Payload/m:MeterReadings/m:MeterReading[2]/m:Readings[1]"), "{}", part.text);
    assert_eq!(server.get("/meter-readings?meterId=m").json()["readings"].as_array().unwrap().len(), 1);
    let failed = told(server, create(&bad), 422, "FAILED");
    assert_eq!(first(&failed, "code"), "7.7");
    // All or nothing, where that is preferred.
    let strict = create(&(reading("n", "2024-01-15T10:00:00Z", "1") + &bad));
    let strict = server.post_with("/messages", &[XML, ("Prefer", "handling=strict")], strict);
    assert_eq!((strict.status, first(&strict, "Result")), (422, "FAILED"), "{}", strict.text);
    assert!(server.get("/meter-readings?meterId=n").json()["readings"].as_array().unwrap().is_empty());
}

fn a_message_id_binds_its_first_answer(server: &Server) {
    let create = |id: &str, value: &str| {
        let header = format!("<MessageID>{id}</MessageID>");
        envelope(
            "create",
            "MeterReadings",
            &header,
            &payload("MeterReadings", &reading("m", "2024-01-15T10:00:00Z", value)),
        )
    };
    for id in ["id-1", "an id with blanks and \u{e4}", &"x".repeat(400)] {
        let one = send(server, create(id, "1"));
        assert_eq!(one.header("idempotency-replayed"), None);
        let again = send(server, create(id, "1"));
        assert_eq!((again.status, &again.text), (one.status, &one.text), "the first answer, word for word");
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
        let other = told(server, create(id, "2"), 422, "FAILED");
        assert_eq!(first(&other, "code"), "2.15");
    }
    // What failed binds nothing: the same id may be used for what is right.
    let failed = create("id-2", "1").replace("2024-01-15", "2999-01-15");
    told(server, failed, 422, "FAILED");
    told(server, create("id-2", "3"), 201, "OK");
}

fn now() -> TimeStamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    TimeStamp::EPOCH.plus_seconds(since.as_secs().try_into().unwrap())
}

#[test]
fn a_nonce_is_remembered_by_a_server_that_was_started_anew() {
    for backend in [Backend::Sqlite, Backend::Postgresql] {
        let Some(mut server) = Server::start(backend) else { continue };
        let header = format!("<ReplayDetection><Nonce>n</Nonce><Created>{}</Created></ReplayDetection>", now());
        let create =
            |time| envelope("create", "MeterReadings", &header, &payload("MeterReadings", &reading("m", time, "1")));
        told(&server, create("2024-01-15T10:00:00Z"), 201, "OK");
        server.kill_and_restart();
        let again = told(&server, create("2024-01-15T11:00:00Z"), 403, "FAILED");
        assert_eq!(first(&again, "code"), "7.7");
    }
}

fn a_nonce_is_used_once(server: &Server) {
    let now = now();
    let create = |id: &str, nonce: &str, made: TimeStamp, value: &str| {
        let header = format!(
            "<ReplayDetection><Nonce>{nonce}</Nonce><Created>{made}</Created></ReplayDetection><MessageID>{id}</MessageID>"
        );
        envelope(
            "create",
            "MeterReadings",
            &header,
            &payload("MeterReadings", &reading("m", "2024-01-15T10:00:00Z", value)),
        )
    };
    let one = create("n-1", "nonce-1", now, "1");
    told(server, &one, 201, "OK");
    // A repeat gets its answer before its nonce is looked at.
    assert_eq!(told(server, &one, 201, "OK").header("idempotency-replayed"), Some("true"));
    let used = told(server, create("n-2", "nonce-1", now, "2"), 403, "FAILED");
    assert_eq!(first(&used, "code"), "7.7");
    // That it was refused does not free it: it is the first message's.
    told(server, create("n-4", "nonce-1", now, "2"), 403, "FAILED");
    told(server, create("n-1", "nonce-1", now, "5"), 422, "FAILED");
    told(server, create("n-5", "nonce-1", now, "2"), 403, "FAILED");
    for (hours, status) in [(-25, 403), (1, 403), (-23, 201)] {
        let (made, id) = (now.plus_seconds(hours * 3_600), format!("at-{hours}"));
        let answer = send(server, create(&id, &id, made, &(hours + 50).to_string()));
        assert_eq!(answer.status, status, "{made}: {}", answer.text);
    }
    // The nonce of what failed is free.
    let failed = create("n-3", "nonce-3", now, "1").replace("2024-01-15T10:00:00Z", "2999-01-15T10:00:00Z");
    told(server, failed, 422, "FAILED");
    told(server, create("n-3", "nonce-3", now, "9"), 201, "OK");
}

fn a_disconnect_is_created_followed_and_cancelled(server: &Server) {
    server.post("/meter-config", r#"{"mRID":"m-1"}"#).expect(201);
    let create = envelope("create", "EndDeviceControls", "", &payload("EndDeviceControls", &disconnect("c-1", "m-1")));
    let made = told(server, create, 201, "OK");
    assert!(made.text.contains("objectType=\"EndDeviceControl\">c-1</"), "{}", made.text);
    assert_eq!(first(&made, "code"), "0.3", "taken on, and not done yet");
    let get = envelope("get", "EndDeviceControls", "", "<Request><ID>c-1</ID></Request>");
    let got = told(server, &get, 200, "OK");
    assert!(got.text.contains("ref=\"3.31.0.23\""), "{}", got.text);
    assert_eq!(property(&got, "status:c-1"), Some("received"), "{}", got.text);
    let cancel = envelope("cancel", "EndDeviceControls", "", "<Request><ID>c-1</ID></Request>");
    told(server, &cancel, 200, "OK");
    assert_eq!(property(&told(server, &get, 200, "OK"), "status:c-1"), Some("cancelled"));
    // By the payload, of which only the mRID is looked at; what is not there is told.
    let content =
        "<EndDeviceControl><mRID>c-1</mRID></EndDeviceControl><EndDeviceControl><mRID>c-9</mRID></EndDeviceControl>";
    let part = told(
        server,
        envelope("cancel", "EndDeviceControls", "", &payload("EndDeviceControls", content)),
        207,
        "PARTIAL",
    );
    assert_eq!(first(&part, "code"), "2.15");
    assert!(part.text.contains(">c-9</"), "{}", part.text);
    let nothing = envelope("get", "EndDeviceControls", "", "<Request><ID>c-9</ID></Request>");
    assert_eq!(first(&told(server, nothing, 404, "FAILED"), "code"), "2.15");
}

fn a_configuration_is_created_changed_and_deleted(server: &Server) {
    let with = |verb: &str, content: &str| envelope(verb, "MeterConfig", "", &payload("MeterConfig", content));
    let made = told(server, with("create", &(meter("m-1", "S1") + &meter("m-2", "S2"))), 201, "OK");
    assert!(made.text.contains("objectType=\"Meter\">m-1</"), "{}", made.text);
    told(server, with("change", &meter("m-1", "S1-b")), 200, "OK");
    let stored = server.get("/meter-config/m-1").expect(200);
    assert_eq!((&stored["serialNumber"], &stored["revision"]), (&"S1-b".into(), &2.into()));
    // One of two is not there: the other is changed all the same, and only that.
    let part = told(server, with("change", &(meter("m-2", "S2-b") + &meter("m-9", "S9"))), 207, "PARTIAL");
    assert_eq!(first(&part, "code"), "2.15");
    assert_eq!(server.get("/meter-config/m-2").expect(200)["serialNumber"], "S2-b");
    server.get("/meter-config/m-9").expect(404);
    told(server, with("change", &meter("m-9", "S9")), 404, "FAILED");
    let got =
        told(server, envelope("get", "MeterConfig", "", "<Request><ID>m-1</ID><ID>m-9</ID></Request>"), 207, "PARTIAL");
    assert!(got.text.contains("<serialNumber>S1-b</serialNumber>"), "{}", got.text);
    told(server, envelope("delete", "MeterConfig", "", "<Request><ID>m-1</ID></Request>"), 200, "OK");
    assert_eq!(server.get("/meter-config/m-1").expect(200)["status"], "retired");
    told(server, envelope("delete", "MeterConfig", "", "<Request><ID>m-9</ID></Request>"), 404, "FAILED");
}

fn events_tell_what_happened(server: &Server) {
    let event = "<EndDeviceEvent><mRID>e-1</mRID><createdDateTime>2024-01-15T10:20:00Z</createdDateTime>\
        <Assets><mRID>m-1</mRID></Assets><EndDeviceEventType ref=\"3.26.0.85\"/></EndDeviceEvent>";
    // The message called after what it carries; so is the answer.
    let (named, own) = ("http://iec.ch/TC57/2011/EndDeviceEventsMessage", payload("EndDeviceEvents", event));
    let body = format!(
        "<CreatedEndDeviceEvents xmlns=\"{named}\" xmlns:e=\"{ENVELOPE}\"><Header><e:Verb>created</e:Verb>\
         <e:Noun>EndDeviceEvents</e:Noun></Header>{own}</CreatedEndDeviceEvents>"
    );
    let answer = send(server, body);
    assert_eq!((answer.status, first(&answer, "e:Result")), (201, "OK"), "{}", answer.text);
    assert!(answer.text.contains("<EndDeviceEventsResponseMessage "), "{}", answer.text);
    let got = told(server, envelope("get", "EndDeviceEvents", "", "<Request><ID>e-1</ID></Request>"), 200, "OK");
    assert!(got.text.contains("ref=\"3.26.0.85\""), "{}", got.text);
    // Who wants no answer gets none; the status says it all.
    let silent =
        envelope("create", "EndDeviceEvents", "<AckRequired>false</AckRequired>", &payload("EndDeviceEvents", event));
    let silent = server.post_with("/messages", &[XML], silent);
    assert_eq!((silent.status, silent.text.as_str()), (200, ""));
}

fn pages_are_told_and_followed(server: &Server) {
    let items: String = (0..5_100).fold(String::new(), |all, n| {
        let time = TimeStamp::EPOCH.plus_seconds(1_700_000_100 + 900 * n);
        all + &format!(
            "<Readings><timeStamp>{time}</timeStamp><value>{n}</value><ReadingType ref=\"{REGISTER}\"/></Readings>"
        )
    });
    let content = format!("<MeterReading><Meter><mRID>m</mRID></Meter>{items}</MeterReading>");
    told(server, envelope("create", "MeterReadings", "", &payload("MeterReadings", &content)), 201, "OK");
    let get = |header: &str| {
        envelope("get", "MeterReadings", header, "<Request><ID objectType=\"EndDevice\">m</ID></Request>")
    };
    let page = told(server, get(""), 207, "PARTIAL");
    assert_eq!(first(&page, "code"), "0.2");
    let cursor = property(&page, "cursor").unwrap();
    let rest = get(&format!("<Property><Name>cursor</Name><Value>{cursor}</Value></Property>"));
    let rest = told(server, rest, 200, "OK");
    let count = |answer: &Answer| answer.text.matches("<value>").count();
    assert_eq!((count(&page), count(&rest)), (5_000, 100));
    let wrong = get("<Property><Name>cursor</Name><Value>nonsense</Value></Property>");
    told(server, wrong, 422, "FAILED");
}

fn a_set_is_done_as_a_whole_or_in_parts(server: &Server) {
    let operation = |id: u32, verb: &str, noun: &str, content: &str| {
        format!(
            "<Operation><operationId>{id}</operationId><noun>{noun}</noun><verb>{verb}</verb>{}</Operation>",
            message(noun, content)
        )
    };
    let set = |whole: bool, operations: &str| {
        let set = format!(
            "<Payload><OperationSet><enforceMsgSequence>true</enforceMsgSequence>\
             <enforceTransactionalIntegrity>{whole}</enforceTransactionalIntegrity>{operations}</OperationSet></Payload>"
        );
        envelope("execute", "OperationSet", "", &set)
    };
    let good = |name: &str| {
        operation(2, "create", "MeterReadings", &reading(name, "2024-01-15T10:00:00Z", "1"))
            + &operation(1, "create", "MeterConfig", &meter(name, "S"))
    };
    let bad = operation(3, "change", "MeterConfig", &meter("m-9", "S"));
    let failed = told(server, set(true, &(good("a") + &bad)), 404, "FAILED");
    assert!(failed.text.contains("<code>5.9</code>") && failed.text.contains("<code>2.15</code>"), "{}", failed.text);
    assert!(failed.text.contains("e:Operation[3]/m:MeterConfig/m:Meter[1]/m:mRID"), "{}", failed.text);
    server.get("/meter-config/a").expect(404);
    assert!(server.get("/meter-readings?meterId=a").json()["readings"].as_array().unwrap().is_empty());

    let part = told(server, set(false, &(good("b") + &bad)), 207, "PARTIAL");
    assert!(part.text.contains("<code>2.15</code>") && !part.text.contains("<code>5.9</code>"), "{}", part.text);
    assert_eq!(server.get("/meter-config/b").expect(200)["serialNumber"], "S");
    assert_eq!(server.get("/meter-readings?meterId=b").json()["readings"].as_array().unwrap().len(), 1);

    let done = told(server, set(true, &good("c")), 201, "OK");
    let receipt = server.get(&format!("/receipts/{}", property(&done, "receipt").unwrap())).expect(200);
    assert_eq!(receipt["counts"]["inserted"], 2);
    let delete = operation(1, "delete", "MeterConfig", "<Meter><mRID>c</mRID></Meter>");
    told(server, set(true, &delete), 200, "OK");
    // What cannot be part of a set.
    let get = operation(1, "get", "MeterConfig", "");
    told(server, set(true, &get), 400, "FAILED");
    told(server, set(true, ""), 400, "FAILED");
}

fn what_is_compressed_is_read(server: &Server) {
    let pack = |bytes: &[u8]| {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(bytes).unwrap();
        BASE64.encode(&gzip.finish().unwrap())
    };
    let text = message("MeterReadings", &reading("m", "2024-01-15T10:00:00Z", "4.25"));
    let with = |packed: &str| {
        let payload = format!("<Payload><Compressed>{packed}</Compressed><Format>XML</Format></Payload>");
        envelope("create", "MeterReadings", "", &payload)
    };
    told(server, with(&pack(text.as_bytes())), 201, "OK");
    assert!(server.get("/meter-readings?meterId=m").text.contains("4.25"));
    told(server, with("no base64"), 400, "FAILED");
    // What becomes too large is refused, however small it is sent.
    let bomb = pack(&vec![b' '; 65 << 20]);
    let bomb = told(server, with(&bomb), 413, "FAILED");
    assert_eq!(first(&bomb, "code"), "3.1");
}

fn what_cannot_be_done_is_told_in_a_reply(server: &Server) {
    let content = payload("MeterReadings", &reading("m", "2024-01-15T10:00:00Z", "1"));
    let good = envelope("create", "MeterReadings", "<MessageID>x</MessageID>", &content);
    let with = |header: &str| envelope("create", "MeterReadings", header, &content);
    for (body, status, code) in [
        (with("<Context>TESTING</Context>"), 403, "7.7"),
        (with("<Revision>7</Revision>"), 400, "1.9"),
        (with("<AsyncReplyFlag>true</AsyncReplyFlag>"), 400, "1.5"),
        (with("<AsyncReplyFlag>true</AsyncReplyFlag><ReplyAddress>http://169.254.169.254/</ReplyAddress>"), 403, "7.7"),
        (good.replace("create", "delete"), 400, "2.9"),
        (good.replace("create", "show"), 400, "2.9"),
        (good.replace("<Noun>MeterReadings", "<Noun>PricingStructureConfig"), 404, "2.5"),
        (envelope("create", "PricingStructureConfig", "", "<Payload><PricingStructureConfig/></Payload>"), 404, "2.5"),
        (envelope("create", "MeterReadings", "", ""), 400, "1.7"),
        (envelope("cancel", "EndDeviceControls", "", ""), 400, "1.6"),
        (
            envelope("get", "MeterConfig", "", "<Request><StartTime>2024-01-15T00:00:00Z</StartTime></Request>"),
            400,
            "1.8",
        ),
        (good.replace(&namespace("MeterReadings"), "urn:another"), 400, "1.8"),
    ] {
        let answer = told(server, &body, status, "FAILED");
        assert!(answer.text.contains("<ResponseMessage "), "{body}\n{}", answer.text);
        assert_eq!(first(&answer, "code"), code, "{body}\n{}", answer.text);
    }
    // Where not even a header can be read, the answer is a fault.
    for body in [
        good.replace(ENVELOPE, "urn:another"),
        good[..good.len() - 20].to_owned(),
        good[..40].to_owned(),
        good.replace("<Header>", "<Header><!DOCTYPE a>"),
        message("MeterReadings", ""),
        String::new(),
    ] {
        let answer = send(server, &body);
        assert_eq!(answer.status, 400, "{body}\n{}", answer.text);
        assert!(
            answer.text.contains("Message xmlns") && answer.text.contains("<Result>FAILED</Result>"),
            "{}",
            answer.text
        );
    }
    let answer = format!(
        "<ResponseMessage xmlns=\"{ENVELOPE}\"><Header><Verb>reply</Verb><Noun>MeterReadings</Noun></Header>\
         <Reply><Result>OK</Result></Reply></ResponseMessage>"
    );
    told(server, answer, 400, "FAILED");
    // Nothing of it was done.
    assert!(server.get("/meter-readings?meterId=m").json()["readings"].as_array().unwrap().is_empty());
    // What is no message in XML at all is refused as everywhere.
    server.post("/messages", "{}").expect(415);
    let json = server.post_with("/messages", &[XML, ("Accept", "application/json")], &good);
    assert_eq!(json.expect(406)["type"], "/problems/not-acceptable");
}

fn nobody_does_by_a_message_what_they_may_not_do(server: &Server) {
    let nouns = [
        ("MeterReadings", &["create", "change", "get"][..], reading("m", "2024-01-15T10:00:00Z", "1")),
        ("EndDeviceControls", &["create", "cancel", "get"], disconnect("c", "m")),
        (
            "EndDeviceEvents",
            &["create", "get"],
            "<EndDeviceEvent><mRID>e</mRID><Assets><mRID>m</mRID></Assets><EndDeviceEventType ref=\"3.26.0.85\"/>\
             <createdDateTime>2024-01-15T10:20:00Z</createdDateTime></EndDeviceEvent>"
                .to_owned(),
        ),
        ("EndDeviceConfig", &["create", "change", "delete", "get"], "<EndDevice><mRID>d</mRID></EndDevice>".to_owned()),
        ("MeterConfig", &["create", "change", "delete", "get"], meter("m", "S")),
        (
            "UsagePointConfig",
            &["create", "change", "delete", "get"],
            "<UsagePoint><mRID>u</mRID></UsagePoint>".to_owned(),
        ),
        ("ComModuleConfig", &["create", "change", "delete", "get"], "<ComModule><mRID>k</mRID></ComModule>".to_owned()),
    ];
    // Of each noun and verb: who may, among those who may do something.
    let may = |noun: &str, verb: &str| match (noun, verb) {
        ("MeterReadings", "get") => &["viewer", "billing"][..],
        ("EndDeviceControls", "get") => &["viewer", "operator", "switching", "billing"],
        ("EndDeviceControls", _) => &["switching"],
        ("EndDeviceEvents", "get") => &["viewer"],
        ("MeterReadings" | "EndDeviceEvents", _) => &["head-end"],
        (_, "get") => &["viewer", "engineer", "installer", "billing"],
        ("UsagePointConfig", _) => &["engineer"],
        _ => &["engineer", "installer"],
    };
    let roles = ["viewer", "operator", "switching", "engineer", "installer", "head-end", "billing"];
    let keys: Vec<_> = roles.iter().map(|role| (*role, server.new_key(role))).collect();
    for (noun, verbs, content) in &nouns {
        for verb in *verbs {
            let behind = if *verb == "get" { String::new() } else { payload(noun, content) };
            let body = envelope(verb, noun, "", &behind);
            for (role, key) in &keys {
                let answer = server.send("POST", "/messages", key, &[XML], &body);
                let allowed = may(noun, verb).contains(role);
                assert_eq!(answer.status != 403, allowed, "{verb} {noun} as {role}: {}", answer.text);
                if !allowed {
                    assert_eq!(
                        (first(&answer, "Result"), first(&answer, "code")),
                        ("FAILED", "7.5"),
                        "{}",
                        answer.text
                    );
                }
            }
        }
    }
    // Who may do nothing by a message is refused before it is read.
    let auditor = server.new_key("security-auditor");
    let refused = server.send("POST", "/messages", &auditor, &[XML], "<");
    assert_eq!(refused.header("content-type"), Some("application/problem+xml"));
    refused.expect_xml(403);
    // Within a set too, and then nothing of it is done.
    let operation = |id: u32, noun: &str, content: &str| {
        format!(
            "<Operation><operationId>{id}</operationId><noun>{noun}</noun><verb>create</verb>{}</Operation>",
            message(noun, content)
        )
    };
    let set = operation(1, "MeterReadings", &reading("set", "2024-01-15T10:00:00Z", "1"))
        + &operation(2, "MeterConfig", &meter("set", "S"));
    let body =
        envelope("execute", "OperationSet", "", &format!("<Payload><OperationSet>{set}</OperationSet></Payload>"));
    let (_, head_end) = &keys[5];
    let answer = server.send("POST", "/messages", head_end, &[XML], body);
    assert_eq!((answer.status, first(&answer, "Result")), (403, "FAILED"), "{}", answer.text);
    assert!(server.get("/meter-readings?meterId=set").json()["readings"].as_array().unwrap().is_empty());
}

fn the_call_is_in_the_audit_log(server: &Server) {
    told(server, envelope("create", "MeterConfig", "", &payload("MeterConfig", &meter("m", "S"))), 201, "OK");
    told(server, envelope("delete", "MeterReadings", "", "<Request><ID>m</ID></Request>"), 400, "FAILED");
    std::thread::sleep(std::time::Duration::from_millis(600));
    let log = server.command(&["audit", "export"]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(log.matches("/messages").count(), 2, "{log}");
}

fn the_endpoints_of_the_nouns_take_envelopes_of_theirs(server: &Server) {
    let body =
        envelope("create", "MeterReadings", "", &payload("MeterReadings", &reading("m", "2024-01-15T10:00:00Z", "1")));
    let taken = server.post_with("/meter-readings", &[XML], &body);
    assert_eq!((taken.status, first(&taken, "Result")), (201, "OK"), "{}", taken.text);
    let config = envelope("create", "MeterConfig", "", &payload("MeterConfig", &meter("m", "S")));
    let taken = server.post_with("/meter-config", &[XML], &config);
    assert_eq!((taken.status, first(&taken, "Result")), (201, "OK"), "{}", taken.text);
    let get = envelope("get", "MeterReadings", "", "<Request><ID objectType=\"EndDevice\">m</ID></Request>");
    assert_eq!(first(&server.post_with("/meter-readings", &[XML], &get), "value"), "1");
    for (path, body) in [("/meter-readings", &config), ("/meter-config", &body), ("/end-device-config", &config)] {
        let refused = server.post_with(path, &[XML], body);
        assert_eq!((refused.status, first(&refused, "code")), (404, "2.5"), "{path}: {}", refused.text);
    }
    // Compressed on the wire it is the same.
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(body.as_bytes()).unwrap();
    let taken = server.post_with("/meter-readings", &[XML, ("Content-Encoding", "gzip")], gzip.finish().unwrap());
    assert_eq!((taken.status, first(&taken, "Result")), (200, "OK"), "{}", taken.text);
}
