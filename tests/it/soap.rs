//! SOAP at `/soap`: a client of another make, and what it is told where something is wrong.

use std::process::{Command, Stdio};

use crate::server::{Answer, Backend, Credential, Folder, Server, on_each_backend};

on_each_backend! {
    messages_are_answered_in_the_version_they_came_in,
    what_is_no_message_is_a_fault,
    the_description_and_its_schemas_are_served,
}

const V1_1: (&str, &str) = ("http://schemas.xmlsoap.org/soap/envelope/", "text/xml; charset=utf-8");
const V1_2: (&str, &str) =
    ("http://www.w3.org/2003/05/soap-envelope", "application/soap+xml; charset=utf-8; action=\"Request\"");
const ENVELOPE: &str = "http://iec.ch/TC57/2011/schema/message";

fn soap((namespace, _): (&str, &str), head: &str, body: &str) -> String {
    format!("<s:Envelope xmlns:s=\"{namespace}\">{head}<s:Body>{body}</s:Body></s:Envelope>")
}

fn request(verb: &str, noun: &str, header: &str, behind: &str) -> String {
    format!(
        "<RequestMessage xmlns=\"{ENVELOPE}\"><Header><Verb>{verb}</Verb><Noun>{noun}</Noun>{header}</Header>{behind}\
         </RequestMessage>"
    )
}

fn readings(value: &str) -> String {
    format!(
        "<Payload><MeterReadings xmlns=\"http://iec.ch/TC57/2011/MeterReadings#\"><MeterReading>\
         <Meter><mRID>m</mRID></Meter><Readings><timeStamp>2024-01-15T10:00:00Z</timeStamp><value>{value}</value>\
         <ReadingType ref=\"0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0\"/></Readings></MeterReading></MeterReadings></Payload>"
    )
}

fn send(server: &Server, version: (&str, &str), body: &str) -> Answer {
    // As the libraries do: an action, and no answer but one of SOAP.
    let headers = [
        ("Content-Type", version.1),
        ("SOAPAction", "\"urn:metering-data-exchange:2:Request\""),
        ("Accept", "application/soap+xml, text/xml"),
    ];
    server.post_with("/soap", &headers, body)
}

fn messages_are_answered_in_the_version_they_came_in(server: &Server) {
    for (version, kind, id) in
        [(V1_1, "text/xml; charset=utf-8", "m-1"), (V1_2, "application/soap+xml; charset=utf-8", "m-2")]
    {
        let id = format!("<MessageID>{id}</MessageID>");
        let create = |value| request("create", "MeterReadings", &id, &readings(value));
        let made = send(server, version, &soap(version, "", &create("1")));
        assert_eq!((made.status, made.header("content-type")), (200, Some(kind)), "{}", made.text);
        assert!(
            made.text.contains(&format!("<s:Envelope xmlns:s=\"{}\"><s:Body><ResponseMessage ", version.0)),
            "{}",
            made.text
        );
        assert!(made.text.contains("<Result>OK</Result>"), "{}", made.text);
        let again = send(server, version, &soap(version, "", &create("1")));
        assert_eq!((again.header("idempotency-replayed"), &again.text), (Some("true"), &made.text));
        // What failed as a message is no fault of SOAP.
        let other = send(server, version, &soap(version, "", &create("2")));
        assert_eq!(other.status, 200, "{}", other.text);
        assert!(other.text.contains("<Result>FAILED</Result>") && other.text.contains("2.15"), "{}", other.text);
        let got = request("get", "MeterReadings", "", "<Request><ID objectType=\"EndDevice\">m</ID></Request>");
        let got = send(server, version, &soap(version, "<s:Header/>", &got));
        assert!(got.text.contains("<value>1</value>"), "{}", got.text);
    }
}

fn what_is_no_message_is_a_fault(server: &Server) {
    let good = request("get", "MeterReadings", "", "");
    let must = |namespace: &str| {
        format!("<s:Header><x:Security xmlns:x=\"urn:x\" s:mustUnderstand=\"1\" xmlns:s=\"{namespace}\"/></s:Header>")
    };
    for (version, sender, status) in [(V1_1, "s:Client", 500), (V1_2, "s:Sender", 400)] {
        let other = if version == V1_1 { V1_2 } else { V1_1 };
        for (what, body, code, status) in [
            ("no XML", "<".to_owned(), sender, status),
            ("cut", soap(version, "", &good)[..120].to_owned(), sender, status),
            ("no SOAP", good.clone(), sender, status),
            ("an empty body", soap(version, "", ""), sender, status),
            ("no envelope of ours", soap(version, "", "<x/>"), sender, status),
            ("an unknown verb", soap(version, "", &good.replace("get", "show")), sender, status),
            ("the other version", soap(other, "", &good), "s:VersionMismatch", 500),
            ("a header to understand", soap(version, &must(version.0), &good), "s:MustUnderstand", 500),
            ("a document type", format!("<!DOCTYPE a>{}", soap(version, "", &good)), sender, status),
        ] {
            let fault = send(server, version, &body);
            assert_eq!(fault.status, status, "{what}: {}", fault.text);
            assert!(fault.text.contains("<s:Fault>") && fault.text.contains(code), "{what}: {}", fault.text);
        }
    }
    let body = soap(V1_1, "", &good);
    server.post("/soap", "{}").expect(415);
    assert_eq!(server.send("POST", "/soap", &Credential::None, &[("Content-Type", V1_1.1)], &body).status, 401);
    let auditor = server.new_key("security-auditor");
    assert_eq!(server.send("POST", "/soap", &auditor, &[("Content-Type", V1_1.1)], &body).status, 403);
    let operator = server.new_key("operator");
    let refused = server.send("POST", "/soap", &operator, &[("Content-Type", V1_1.1)], &body);
    assert!(refused.status == 200 && refused.text.contains("<code>7.5</code>"), "{}", refused.text);
}

fn the_description_and_its_schemas_are_served(server: &Server) {
    let wsdl = server.get("/soap?wsdl").expect_xml(200);
    assert_eq!(wsdl.matches(&format!("location=\"https://{}/soap\"", server.address)).count(), 2, "{wsdl}");
    let beside = server.get("/soap/metering.wsdl").expect_xml(200);
    for part in wsdl.split("schemaLocation=\"").skip(1) {
        let path = part.split('"').next().unwrap();
        assert!(path.starts_with("soap/"), "{path}");
        let schema = server.get(&format!("/{path}")).expect_xml(200);
        assert!(schema.contains("targetNamespace"), "{path}");
        assert!(beside.contains(&path["soap/".len()..]));
    }
    server.get("/soap").expect(404);
    server.get("/soap/other.xsd").expect(404);
    assert_eq!(server.send("GET", "/soap?wsdl", &Credential::None, &[], "").status, 401);
}

/// zeep, in an environment of its own. Where Python or its packages cannot be had, nothing is tried.
#[test]
fn a_client_of_another_make_finds_its_way_by_the_description() {
    let folder = Folder::new();
    let environment = folder.0.join("venv");
    let quiet = |command: &mut Command| {
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|it| it.success())
    };
    let python = environment.join("bin/python");
    let made = quiet(Command::new("python3").args(["-m", "venv"]).arg(&environment))
        && quiet(Command::new(&python).args(["-m", "pip", "install", "--quiet", "zeep>=4.3,<5"]));
    if !made {
        eprintln!("python3 with zeep cannot be had: no SOAP client of another make is tried");
        return;
    }
    let server = Server::start(Backend::Sqlite).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/soap/client.py");
    for port in ["Soap11", "Soap12"] {
        let mut client = Command::new(&python);
        client.arg(script).arg(server.url("")).arg(server.data.join("tls.crt")).arg(&server.key).arg(port);
        let output = client.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{port}: {said}");
    }
}
