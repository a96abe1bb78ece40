use super::*;
use crate::envelope::{Envelope, Header, MessageNoun, Outcome, Payload, Refusal, Reply, ReplyCode, Response, Verb};
use crate::xml::envelope::{Bounds, EnvelopeNamespaces, Form, Reading, read_part};
use crate::xml::meter_readings;

/// Requests as a stock SOAP client makes them from our description.
const CREATE_1_1: &str = include_str!("../../../tests/fixtures/soap/create_1_1.xml");
const CREATE_1_2: &str = include_str!("../../../tests/fixtures/soap/create_1_2.xml");

fn read_text(body: &str, version: Version) -> Result<Message<'_>, Box<Fault>> {
    read(body.as_bytes(), version, &Limits::default())
}

/// A SOAP message of this content.
fn soap(version: Version, content: &str) -> String {
    format!("<s:Envelope xmlns:s=\"{}\">{content}</s:Envelope>", version.namespace())
}

#[test]
fn what_a_stock_client_sends_is_read_to_the_last_reading() {
    let (namespaces, limits, bounds) = (EnvelopeNamespaces::default(), Limits::default(), Bounds::default());
    for (body, version) in [(CREATE_1_1, Version::V1_1), (CREATE_1_2, Version::V1_2)] {
        let message = read_text(body, version).unwrap();
        let reading = Reading { namespaces: &namespaces, limits: &limits, bounds: &bounds };
        let received = read_part(&message.body, &reading).unwrap();
        assert!(received.tolerances.is_empty(), "{:?}", received.tolerances);
        assert_eq!(received.envelope.header().unwrap().message_id.as_deref(), Some("m-1"));
        let Some(Payload::Plain(part)) = received.envelope.payload() else { panic!("a payload") };
        let read =
            part.read(&Namespaces::default(), |text, spaces| meter_readings::read(text, spaces, &limits)).unwrap();
        assert!(read.tolerances.is_empty() && read.read.violations.is_empty());
        assert_eq!(read.read.value.readings[0].value.unwrap().to_string(), "1.50");
    }
}

#[test]
fn prefixes_from_the_outermost_element_hold_in_the_innermost_and_problems_are_told_where_they_are() {
    let body = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"\n\
                xmlns=\"http://iec.ch/TC57/2011/schema/message\" xmlns:r=\"http://iec.ch/TC57/2011/MeterReadings#\">\n\
                <s:Header/><s:Body>\n\
                <RequestMessage><Header><Verb>create</Verb><Noun>MeterReadings</Noun></Header><Payload>\n\
                <r:MeterReadings><r:MeterReading/></r:MeterReadings></Payload></RequestMessage>\n\
                </s:Body></s:Envelope>";
    let message = read_text(body, Version::V1_1).unwrap();
    let (namespaces, limits, bounds) = (EnvelopeNamespaces::default(), Limits::default(), Bounds::default());
    let reading = Reading { namespaces: &namespaces, limits: &limits, bounds: &bounds };
    let received = read_part(&message.body, &reading).unwrap();
    let Some(Payload::Plain(part)) = received.envelope.payload() else { panic!("a payload") };
    assert!(part.read(&Namespaces::default(), |text, spaces| meter_readings::read(text, spaces, &limits)).is_ok());
    let few = Limits { depth: 1, ..limits };
    let told = part.read(&Namespaces::default(), |text, spaces| meter_readings::read(text, spaces, &few)).unwrap_err();
    assert_eq!(told.to_string(), "more than 1 elements within each other at line 5, column 18");
    let reading = Reading { limits: &few, ..reading };
    let told = read_part(&message.body, &reading).unwrap_err();
    assert_eq!(told.refusal.detail, "more than 1 elements within each other at line 4, column 17");
}

#[test]
fn headers_that_must_be_understood_end_it() {
    let with = |version, blocks: &str| {
        let header = format!("<s:Header>{blocks}</s:Header><s:Body><x/></s:Body>");
        match read_text(&soap(version, &header), version) {
            Ok(_) => "read".to_owned(),
            Err(fault) => format!("{} {}", fault.code.as_str(version), fault.reason),
        }
    };
    let security = "<w:Security xmlns:w='urn:w' s:mustUnderstand='1'/>";
    let next = |role: &str| format!("<w:Route xmlns:w='urn:w' s:mustUnderstand='1' {role}/>");
    for version in Version::ALL {
        let must = "MustUnderstand headers that must be understood are not: `Security`";
        assert_eq!(with(version, security), must);
        assert_eq!(with(version, &security.replace("'1'", "'true'")), must);
        assert_eq!(with(version, &format!("<y/>{security}{security}")), format!("{must}, `Security`"));
        assert_eq!(with(version, "<w:Security xmlns:w='urn:w' s:mustUnderstand='0'/><y mustUnderstand='1'/>"), "read");
        assert!(
            with(version, "<y s:mustUnderstand='yes'/>").contains("`mustUnderstand` is true, false, 1 or 0, not `yes`")
        );
    }
    assert_eq!(with(Version::V1_1, &next("s:actor='urn:somebody-else'")), "read");
    assert!(
        with(Version::V1_1, &next("s:actor='http://schemas.xmlsoap.org/soap/actor/next'"))
            .starts_with("MustUnderstand")
    );
    assert_eq!(with(Version::V1_2, &next("s:role='http://www.w3.org/2003/05/soap-envelope/role/none'")), "read");
    for role in ["next", "ultimateReceiver"] {
        let role = format!("s:role='http://www.w3.org/2003/05/soap-envelope/role/{role}'");
        assert!(with(Version::V1_2, &next(&role)).starts_with("MustUnderstand"), "{role}");
    }
    // A prefix that is declared around the header is as good.
    let body = soap(
        Version::V1_1,
        "<s:Header xmlns:t='http://schemas.xmlsoap.org/soap/envelope/'><y t:mustUnderstand='1'/></s:Header><s:Body><x/></s:Body>",
    );
    assert_eq!(read_text(&body, Version::V1_1).unwrap_err().code, FaultCode::MustUnderstand);
}

#[test]
fn what_is_no_soap_message_is_told() {
    let other = |version| if version == Version::V1_1 { Version::V1_2 } else { Version::V1_1 };
    for version in Version::ALL {
        let sender = FaultCode::Sender.as_str(version);
        let foreign = format!("<o:Body xmlns:o='{}'><x/></o:Body>", other(version).namespace());
        let block = format!(
            "<s:Header><y xmlns:o='{}' o:mustUnderstand='1'/></s:Header><s:Body><x/></s:Body>",
            other(version).namespace()
        );
        for (body, code, told) in [
            (String::new(), sender, "no XML element"),
            ("<x/>".to_owned(), sender, "an `Envelope` of SOAP is expected, not `x`"),
            ("<Envelope/>".to_owned(), "VersionMismatch", "in the namespace ``"),
            ("<Envelope xmlns='urn:x'/>".to_owned(), "VersionMismatch", "in the namespace `urn:x`"),
            (soap(other(version), "<s:Body><x/></s:Body>"), "VersionMismatch", "its content type means"),
            (
                format!("<!DOCTYPE s:Envelope [<!ENTITY x 'y'>]>{}", soap(version, "<s:Body><x/></s:Body>")),
                sender,
                "DOCTYPE",
            ),
            (
                format!("<?xml-stylesheet href='x'?>{}", soap(version, "<s:Body><x/></s:Body>")),
                sender,
                "processing instruction",
            ),
            (soap(version, ""), sender, "the `Body` is missing"),
            (soap(version, "<s:Header/>"), sender, "the `Body` is missing"),
            (soap(version, "<s:Body/>"), sender, "the `Body` is empty"),
            (soap(version, "<s:Body><x/><x/></s:Body>"), sender, "more than one element"),
            (soap(version, &format!("<s:Body>{}</s:Body>", "<x/>".repeat(100_000))), sender, "more than one element"),
            (soap(version, "<s:Body><x/></s:Body><s:Body><x/></s:Body>"), sender, "`Body` stands twice"),
            (soap(version, "<s:Body><x/></s:Body><y xmlns='urn:y'/>"), sender, "`y` is no element of an `Envelope`"),
            (soap(version, &foreign), "VersionMismatch", "`Body` is of another version"),
            (soap(version, &block), "VersionMismatch", "`mustUnderstand` is of another version"),
            (soap(version, "<s:Body><x></s:Body>"), sender, "expected `</x>`"),
            (soap(version, &format!("<s:Body>{}</s:Body>", "<x>".repeat(50))), sender, "more than 32 elements"),
        ] {
            let fault = read_text(&body, version).unwrap_err();
            let shown: String = body.chars().take(300).collect();
            assert_eq!(fault.code.as_str(version), code, "{shown}: {}", fault.reason);
            assert!(fault.reason.contains(told), "{shown}: {}", fault.reason);
        }
        // SOAP within SOAP is no envelope of ours.
        let twice = soap(version, &format!("<s:Body>{}</s:Body>", soap(version, "<s:Body><x/></s:Body>")));
        let message = read_text(&twice, version).unwrap();
        let (namespaces, limits, bounds) = (EnvelopeNamespaces::default(), Limits::default(), Bounds::default());
        let reading = Reading { namespaces: &namespaces, limits: &limits, bounds: &bounds };
        let refused = read_part(&message.body, &reading).unwrap_err();
        let fault = Fault::of_refused(version, *refused);
        assert!(fault.reason.contains("an envelope is expected") && fault.reply.is_some(), "{}", fault.reason);
    }
}

fn written_fault(fault: &Fault) -> String {
    let mut out = Vec::new();
    write_fault(fault, &EnvelopeNamespaces::default(), &mut out);
    String::from_utf8(out).unwrap()
}

#[test]
fn faults_carry_the_standards_codes_in_both_versions() {
    let refusal = || Refusal::new(ReplyCode::INVALID_NOUN, "`X` & `Y` are not known");
    let detail = "<FaultMessage xmlns=\"http://iec.ch/TC57/2011/schema/message\"><Reply><Result>FAILED</Result><Error>\
                  <code>2.5</code><level>FATAL</level><details>`X` &amp; `Y` are not known</details></Error></Reply></FaultMessage>";
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    assert_eq!(
        written_fault(&Fault::of(Version::V1_1, refusal())),
        format!(
            "{head}<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><s:Fault>\
             <faultcode>s:Client</faultcode><faultstring>`X` &amp; `Y` are not known</faultstring><detail>{detail}</detail>\
             </s:Fault></s:Body></s:Envelope>"
        )
    );
    assert_eq!(
        written_fault(&Fault::of(Version::V1_2, refusal())),
        format!(
            "{head}<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body><s:Fault>\
             <s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text xml:lang=\"en\">`X` &amp; `Y` are not known</s:Text>\
             </s:Reason><s:Detail>{detail}</s:Detail></s:Fault></s:Body></s:Envelope>"
        )
    );
    let must = soap(
        Version::V1_2,
        "<s:Header><w:Security xmlns:w='urn:w' s:mustUnderstand='1'/></s:Header><s:Body><x/></s:Body>",
    );
    let fault = read_text(&must, Version::V1_2).unwrap_err();
    let text = written_fault(&fault);
    assert!(text.contains("<s:Header><s:NotUnderstood qname=\"h:Security\" xmlns:h=\"urn:w\"/></s:Header>"), "{text}");
    // In SOAP 1.1 a detail is about the body only.
    let fault =
        read_text(&must.replace(Version::V1_2.namespace(), Version::V1_1.namespace()), Version::V1_1).unwrap_err();
    assert!(!written_fault(&fault).contains("detail"));
    let fault = read_text("<Envelope/>", Version::V1_2).unwrap_err();
    assert_eq!((fault.http_status(), written_fault(&fault).matches("<s:SupportedEnvelope").count()), (500, 2));
}

#[test]
fn answers_are_wrapped_and_read_again() {
    let header = Header::new(Verb::Reply, MessageNoun::MeterConfig);
    let answer: Envelope<()> = Envelope::Response(Response { header, reply: Reply::new(Outcome::Ok), payload: None });
    for version in Version::ALL {
        let mut out = Vec::new();
        let namespaces = EnvelopeNamespaces::default();
        write(version, &mut out, |out| {
            crate::xml::envelope::write(&answer, Form::Generic, &namespaces, out, |(), _| {})
        });
        let message = read(&out, version, &Limits::default()).unwrap();
        assert_eq!((message.version, message.body.name()), (version, "ResponseMessage"));
        let (limits, bounds) = (Limits::default(), Bounds::default());
        let reading = Reading { namespaces: &namespaces, limits: &limits, bounds: &bounds };
        let again = read_part(&message.body, &reading).unwrap();
        assert_eq!(again.envelope.try_map(|_| Ok::<(), ()>(())), Ok(answer.clone()));
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>, at in 0usize..2_000) {
        let mut body = CREATE_1_2.as_bytes().to_vec();
        let at = at % body.len();
        body.splice(at..at, bytes.iter().copied());
        for body in [&bytes, &body] {
            for version in Version::ALL {
                if let Err(fault) = read(body, version, &Limits::default()) {
                    let text = written_fault(&fault);
                    proptest::prop_assert!(read(text.as_bytes(), version, &Limits::default()).is_ok(), "{}", text);
                }
            }
        }
    }
}
