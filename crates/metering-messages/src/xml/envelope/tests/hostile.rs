use super::*;
use crate::envelope::ReplyCode;

/// What is told of a body: the code, and why.
fn told(body: &str) -> String {
    match read_text(body) {
        Ok(received) => panic!("read: {received:?}"),
        Err(refused) => refused.to_string(),
    }
}

/// Each body with the code and a piece of what is told.
fn refused(table: &[(String, &str, &str)]) {
    for (body, code, piece) in table {
        let told = told(body);
        let shown: String = body.chars().take(400).collect();
        assert!(told.starts_with(&format!("{code}: ")) && told.contains(piece), "{shown}\n{told}");
    }
}

#[test]
fn what_is_no_envelope_is_told() {
    let message_space = "http://iec.ch/TC57/2011/schema/message";
    refused(&[
        (String::new(), "1.8", "the body has no XML element"),
        ("{}".to_owned(), "1.8", "text outside the root element"),
        ("<RequestMessage/>".to_owned(), "1.8", "this one is in none"),
        ("<RequestMessage xmlns='urn:x'/>".to_owned(), "1.8", "this one is in `urn:x`"),
        (format!("<Message xmlns='{message_space}'/>"), "1.8", "an envelope is expected"),
        (payload("MeterReadings"), "1.8", "an envelope is expected"),
        (format!("<CreateMeterReadings xmlns='{message_space}'/>"), "1.8", "MeterReadingsMessage"),
        ("<CreateMeterReadings xmlns='http://iec.ch/TC57/2011/MeterConfigMessage'/>".to_owned(), "1.8", "is read in"),
        (format!("<!DOCTYPE RequestMessage><RequestMessage xmlns='{message_space}'/>"), "1.8", "DOCTYPE"),
        (message("RequestMessage", "<Header>"), "1.8", "expected `</Header>`"),
        (format!("{0}{0}", request("get", "MeterReadings", "")), "1.8", "a second root element"),
    ]);
}

#[test]
fn a_header_must_be_whole() {
    let header = |content: &str| message("RequestMessage", &format!("<Header>{content}</Header>"));
    let good = "<Verb>get</Verb><Noun>MeterReadings</Noun>";
    refused(&[
        (message("RequestMessage", ""), "1.5", "`Header` is missing"),
        (message("RequestMessage", "<Header/>"), "1.5", "`Header/Verb` is missing"),
        (header("<Verb>get</Verb>"), "1.5", "`Header/Noun` is missing or empty"),
        (header("<Verb/><Noun>MeterReadings</Noun>"), "1.5", "`Header/Verb` is missing or empty"),
        (header(&format!("{good}<Verb>get</Verb>")), "1.8", "`Verb` stands twice"),
        (
            message("RequestMessage", &format!("<Header>{good}</Header><Header>{good}</Header>")),
            "1.8",
            "`Header` stands twice",
        ),
        (header(&format!("{good}<Timestamp>today</Timestamp>")), "1.8", "`Timestamp`: `today`"),
        (header(&format!("{good}<Timestamp>2024-01-15T10:00:00</Timestamp>")), "1.8", "offset"),
        (header(&format!("{good}<AckRequired>yes</AckRequired>")), "1.8", "true, false, 1 or 0"),
        (
            header(&format!("{good}<ReplayDetection><Nonce>n</Nonce></ReplayDetection>")),
            "1.5",
            "ReplayDetection/Created",
        ),
        (header(&format!("{good}<User><Organization>o</Organization></User>")), "1.5", "User/UserID"),
        (header(&format!("{good}<Property><Value>o</Value></Property>")), "1.5", "Property/Name"),
    ]);
    // Behind verb, noun and ids an answer can be made.
    let broken = header(&format!("{good}<Timestamp>today</Timestamp><MessageID>m</MessageID>"));
    assert_eq!(read_text(&broken).unwrap_err().header.unwrap().message_id.as_deref(), Some("m"));
}

#[test]
fn what_is_refused_is_answered_as_far_as_it_was_understood() {
    let now = "2024-01-15T10:00:00Z".parse().unwrap();
    let broken = "<Verb>get</Verb><Noun>Poles</Noun><Timestamp>x</Timestamp><MessageID>m</MessageID><CorrelationID/>";
    let body = message("RequestMessage", &format!("<Header>{broken}</Header>"));
    let answer: Envelope<Part<'_>> = read_text(&body).unwrap_err().into_answer("a", now);
    let text = written(&answer, Form::Generic);
    for piece in ["<Verb>reply</Verb><Noun>Poles</Noun>", "<CorrelationID>m</CorrelationID>", "<code>1.8</code>"] {
        assert!(text.contains(piece), "{text}");
    }
    let answer: Envelope<Part<'_>> = read_text("<x/>").unwrap_err().into_answer("a", now);
    assert!(written(&answer, Form::Generic).contains("<FaultMessage "));
    let body = message("ResponseMessage", &format!("<Header>{}</Header>", broken.replace("get", "reply")));
    let answer: Envelope<Part<'_>> = read_text(&body).unwrap_err().into_answer("a", now);
    assert!(matches!(answer, Envelope::Fault(_)));
}

#[test]
fn gigantic_headers_are_refused() {
    let header = |content: &str| {
        let good = "<Verb>get</Verb><Noun>MeterReadings</Noun>";
        message("RequestMessage", &format!("<Header>{good}{content}</Header>"))
    };
    let property = "<Property><Name>n</Name><Value>v</Value></Property>";
    let long = "x".repeat(60_000);
    refused(&[
        (header(&property.repeat(1_001)), "3.1", "more than 1000 properties"),
        (header(&property.repeat(100_000)), "3.1", "`Header` has more than 3032 elements"),
        (header(&format!("<Source>{long}</Source><Comment>{long}</Comment>")), "3.1", "more than 65536 bytes"),
        (header(&format!("<Source>{}</Source>", "x".repeat(1 << 20))), "3.1", "more than 65536 bytes"),
        (
            header(&format!("<Source {}/>", (0..40).map(|it| format!("a{it}='' ")).collect::<String>())),
            "1.8",
            "attributes",
        ),
    ]);
    let limits = Limits { text: 10, ..Limits::default() };
    let told = read_within(&header("<Source>12345678901</Source>"), &limits, &Bounds::default()).unwrap_err();
    assert!(told.refusal.detail.starts_with("a text of more than 10 bytes"), "{told}");
    assert!(read_text(&header(&property.repeat(1_000))).is_ok());
}

#[test]
fn verbs_names_and_payloads_must_agree() {
    let ids = "<Request><ID>x</ID></Request>";
    let named = |name: &str, verb: &str, noun: &str| {
        format!(
            "<{name} xmlns='http://iec.ch/TC57/2011/MeterReadingsMessage' xmlns:e='http://iec.ch/TC57/2011/schema/message'>\
             <Header><e:Verb>{verb}</e:Verb><e:Noun>{noun}</e:Noun></Header>{}</{name}>",
            payload(noun)
        )
    };
    refused(&[
        (
            request("created", "MeterReadings", &payload("MeterReadings")),
            "2.9",
            "the verb of `RequestMessage` is create",
        ),
        (request("show", "MeterReadings", ""), "2.9", "not `show`"),
        (request("Create", "MeterReadings", &payload("MeterReadings")), "2.9", "not `Create`"),
        (request("reply", "MeterReadings", ""), "2.9", "not `reply`"),
        (
            request("create", "MeterReadings", &payload("MeterConfig")),
            "2.5",
            "the header says `MeterReadings`, and the payload is `MeterConfig`",
        ),
        (request("create", "MeterReadings", &payload("RequestMessage")), "2.5", "the payload is `RequestMessage`"),
        (request("create", "PricingStructureConfig", &payload("MeterConfig")), "2.5", "the payload is `MeterConfig`"),
        (request("create", "MeterReadings", "<Payload/>"), "1.7", "`Payload` is missing"),
        (request("create", "MeterReadings", ""), "1.7", "`Payload` is missing; `create` needs one"),
        (request("create", "MeterReadings", ids), "1.7", "`Payload` is missing"),
        (request("cancel", "EndDeviceControls", ""), "1.6", "`Request/ID` or a `Payload`"),
        (request("get", "MeterReadings", &payload("MeterReadings")), "1.8", "carries nothing but a selection"),
        (request("get", "MeterReadings", &payload("GetMeterConfig")), "1.8", "carries nothing but a selection"),
        (
            request("get", "MeterReadings", "<Request><GetMeterConfig xmlns='u'/></Request>"),
            "2.5",
            "the selection is `GetMeterConfig`",
        ),
        (
            request(
                "create",
                "MeterReadings",
                &format!("<Request><GetMeterReadings xmlns='u'/></Request>{}", payload("MeterReadings")),
            ),
            "2.5",
            "the selection",
        ),
        (
            request(
                "get",
                "MeterReadings",
                "<Request><GetMeterReadings xmlns='u'/><GetMeterReadings xmlns='u'/></Request>",
            ),
            "1.8",
            "a second selection",
        ),
        (
            request("execute", "MeterReadings", &payload("MeterReadings")),
            "2.9",
            "`execute` is done to an `OperationSet`",
        ),
        (
            request("create", "OperationSet", "<Payload><OperationSet/></Payload>"),
            "2.9",
            "`execute` is done to an `OperationSet`",
        ),
        (
            message("EventMessage", "<Header><Verb>created</Verb><Noun>MeterReadings</Noun></Header>"),
            "1.7",
            "an event has one",
        ),
        (
            message("ResponseMessage", "<Header><Verb>reply</Verb><Noun>MeterReadings</Noun></Header>"),
            "1.6",
            "`Reply` is missing",
        ),
        (message("FaultMessage", "<Reply><Result>FATAL</Result></Reply>"), "1.8", "OK or PARTIAL or FAILED"),
        (message("FaultMessage", "<Reply><Result>FAILED</Result></Reply>"), "1.8", "no `Error` says why"),
        (message("FaultMessage", "<Reply><Result>OK</Result><Error/></Reply>"), "1.8", "`Error/code`"),
        (
            named("CreateMeterReadings", "change", "MeterReadings"),
            "2.9",
            "the header says `change`, and the name of the message `create`",
        ),
        (named("CreateMeterReadings", "create", "MeterConfig"), "2.5", "the name of the message `MeterReadings`"),
        (named("CreatedMeterReadings", "create", "MeterReadings"), "2.9", "the verb of `EventMessage` is created"),
    ]);
}

#[test]
fn there_is_one_payload() {
    let two = format!("<Payload>{0}{0}</Payload>", "<MeterReadings xmlns='http://iec.ch/TC57/2011/MeterReadings#'/>");
    let set = "<OperationSet><Operation><operationId>1</operationId><noun>MeterConfig</noun><verb>get</verb></Operation></OperationSet>";
    refused(&[
        (request("create", "MeterReadings", &two), "1.8", "`MeterReadings` is a second payload"),
        (
            request("create", "MeterReadings", &format!("{0}{0}", payload("MeterReadings"))),
            "1.8",
            "`Payload` stands twice",
        ),
        (
            request("execute", "OperationSet", &format!("<Payload>{set}{set}</Payload>")),
            "1.8",
            "`OperationSet` is a second payload",
        ),
        (
            request("execute", "OperationSet", &format!("<Payload>{set}<Compressed>x</Compressed></Payload>")),
            "1.8",
            "`Compressed` is not base64",
        ),
        (
            request("create", "MeterReadings", &format!("<Payload><MeterReadings xmlns='u'/>{set}</Payload>")),
            "1.8",
            "`OperationSet` is a second payload",
        ),
    ]);
}

#[test]
fn envelopes_within_envelopes_end_somewhere() {
    let mut body = request("get", "MeterReadings", "");
    for _ in 0..12 {
        body = request("create", "MeterReadings", &format!("<Payload>{body}</Payload>"));
    }
    refused(&[(body.clone(), "2.5", "the payload is `RequestMessage`")]);
    for _ in 0..12 {
        body = request("create", "MeterReadings", &format!("<Payload>{body}</Payload>"));
    }
    refused(&[(body, "1.8", "more than 32 elements within each other")]);
}

#[test]
fn operations_are_bounded_and_whole() {
    let set = |operations: &str| {
        request("execute", "OperationSet", &format!("<Payload><OperationSet>{operations}</OperationSet></Payload>"))
    };
    let one = "<Operation><operationId>1</operationId><noun>MeterConfig</noun><verb>get</verb></Operation>";
    let many = |most: u32| (0..most).map(|id| one.replace('1', &id.to_string())).collect::<String>();
    let reading = "<MeterReadings xmlns='u'/>";
    refused(&[
        (set(&many(10_000)), "3.1", "more than 1000 of `Operation`"),
        (set("<Operation/>"), "1.7", "operation 1 of the set has no `verb`"),
        (
            set(&format!("{one}<Operation><verb>get</verb><noun>MeterConfig</noun></Operation>")),
            "1.7",
            "operation 2 of the set has no `operationId`",
        ),
        (set(&one.replace('1', "one")), "1.8", "a whole number"),
        (
            set(&one.replace("</Operation>", &format!("{reading}</Operation>"))),
            "1.7",
            "is about `MeterConfig` and has a `MeterReadings`",
        ),
        (
            set(&one
                .replace("MeterConfig", "MeterReadings")
                .replace("</Operation>", &format!("{reading}{reading}</Operation>"))),
            "1.7",
            "a second payload",
        ),
        (set(&one.replace("</Operation>", "<verb>get</verb></Operation>")), "1.8", "`verb` stands twice"),
        (set(&one.repeat(2)), "1.7", "operation 2 of the set has the `operationId` 1 of another one"),
    ]);
    assert!(read_text(&set(&many(1_000))).is_ok());
    let ids = format!("<Request>{}</Request>", "<ID>x</ID>".repeat(10_001));
    refused(&[(request("cancel", "EndDeviceControls", &ids), "3.1", "more than 10000 of `ID`")]);
}

#[test]
fn compressed_rubbish_and_bombs_are_refused() {
    let body = |text: &str| {
        request(
            "create",
            "MeterReadings",
            &format!("<Payload><Compressed>{text}</Compressed><Format>XML</Format></Payload>"),
        )
    };
    let deflate = super::super::compressed::deflate;
    refused(&[
        (body("rubbish!"), "1.8", "`Compressed` is not base64"),
        (body(""), "1.8", "`Compressed` is not gzip"),
        (body("cnViYmlzaA=="), "1.8", "`Compressed` is not gzip"),
        (body(&deflate(b"rubbish")), "1.8", "what was `Compressed` is no message"),
        (body(&deflate(b"\xff\xfe")), "1.8", "what was `Compressed` is no message"),
        (body(&deflate(b"<!DOCTYPE x><x/>")), "1.8", "DOCTYPE"),
        (body(&deflate(b"<MeterConfig xmlns='u'/>")), "2.5", "the payload is `MeterConfig`"),
    ]);
    let bounds = Bounds { inflated: 1 << 20, ..Bounds::default() };
    let bomb = body(&deflate(format!("<MeterReadings>{}</MeterReadings>", " ".repeat(8 << 20)).as_bytes()));
    let told = read_within(&bomb, &Limits::default(), &bounds).unwrap_err();
    assert_eq!(told.refusal.code, ReplyCode::TOO_MANY_ITEMS);
    // A long text is allowed there, and only there.
    let mut state = 1u32;
    let filler: String = (0..200_000)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b'a' + (state >> 24) as u8 % 26)
        })
        .collect();
    let long = deflate(format!("<MeterReadings xmlns='u'><!--{filler}--></MeterReadings>").as_bytes());
    assert!(long.len() > 65_536);
    assert_eq!(read_text(&body(&long)).unwrap().envelope.payload().unwrap().message().unwrap().name(), "MeterReadings");
}

#[test]
fn an_envelope_cut_anywhere_is_refused() {
    let body = good::golden("request_operations").trim_end();
    for end in 0..body.len() {
        assert!(read_text(&body[..end]).is_err(), "{end}");
    }
}
