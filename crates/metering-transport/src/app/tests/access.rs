//! Who may call, how often, and what they get to see.

use biscuit::jws::{Header, RegisteredHeader, Secret};
use biscuit::{ClaimsSet, Empty};

use super::*;
use crate::token_key::{PrivateClaims, Token};

/// A header with a token that says `claims`, beside what every good token says.
fn bearer(claims: &Value) -> (&'static str, String) {
    let now = Clock::system().now().micros() / 1_000_000;
    let mut all = json!({
        "iss": "issuer", "aud": "audience", "sub": "somebody", "exp": now + 600,
        "organisation": "default", "roles": ["viewer"],
    });
    all.as_object_mut().unwrap().extend(claims.as_object().unwrap().clone());
    let head = RegisteredHeader { key_id: Some("k".into()), ..RegisteredHeader::default() };
    let claims: ClaimsSet<PrivateClaims> = serde_json::from_value(all).unwrap();
    let token = Token::new_decoded(Header { registered: head, private: Empty {} }, claims);
    let signed = token.encode(&Secret::Bytes(vec![7; 32])).unwrap();
    ("Authorization", format!("Bearer {}", signed.encoded().unwrap()))
}

/// The meters of a list, in its order.
#[track_caller]
fn meters(told: &Told) -> Vec<String> {
    let body = told.expect(200);
    let list = body.get("readings").or(body.get("series")).unwrap().as_array().unwrap();
    list.iter().map(|it| it["meterId"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn a_token_for_some_meters_sees_their_readings_and_nothing_else() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    send!(app, post("/usage-point-config", r#"{"mRID":"up"}"#)).expect(201);
    let installed = r#"{"mRID":"D","installations":[{"usagePointId":"up"}]}"#;
    send!(app, post("/meter-config", installed)).expect(201);
    for meter in ["A", "B", "C", "D"] {
        let body = reading("1", "2024-01-15T10:00:00Z").replace("1234LG", meter);
        send!(app, post("/meter-readings", body)).expect(201);
    }
    let of = |limits: &Value, path: &str| TestRequest::get().uri(path).insert_header(bearer(limits));
    let (one, point) = (json!({"meters": ["A"]}), json!({"usagePoints": ["up"]}));
    let both = json!({"meters": ["A", "D"], "usagePoints": ["up"]});
    for (limits, seen, query, of_query) in [
        (&one, "A", "meterId=A&meterId=B", Some("A")),
        (&one, "A", "meterId=B&meterId=C", None),
        (&one, "A", "usagePointId=up", None),
        (&point, "D", "usagePointId=up&usagePointId=other", Some("D")),
        (&point, "D", "usagePointId=other", None),
        (&point, "D", "meterId=D", Some("D")),
        (&point, "D", "meterId=A", None),
        (&both, "D", "meterId=A", None),
    ] {
        for path in ["/meter-readings", "/meter-readings/latest", "/meter-readings/series"] {
            assert_eq!(meters(&send!(app, of(limits, path))), [seen], "{limits} {path}");
            let told = send!(app, of(limits, &format!("{path}?{query}")));
            assert_eq!(meters(&told), Vec::from_iter(of_query), "{limits} {path}?{query}");
        }
    }
    for nothing in [
        json!({"meters": []}),
        json!({"meters": ["A"], "usagePoints": []}),
        json!({"meters": [], "usagePoints": ["up"]}),
    ] {
        assert_eq!(meters(&send!(app, of(&nothing, "/meter-readings"))), [""; 0], "{nothing}");
    }
    assert_eq!(meters(&send!(app, of(&one, "/meter-readings?revisions=true"))), ["A"]);
    // The cursor of somebody who sees more leads no further.
    let cursor = send!(app, get("/meter-readings?limit=1")).json()["next"].as_str().unwrap().to_owned();
    let stolen = send!(app, of(&one, &format!("/meter-readings?cursor={cursor}")));
    assert!(stolen.status == 422 || meters(&stolen).is_empty(), "{}", stolen.text);

    let envelope = |verb: &str, noun: &str| {
        format!(
            r#"<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>{verb}</Verb><Noun>{noun}</Noun>
            </Header><Request><ID>x</ID></Request></RequestMessage>"#
        )
    };
    let message = |limits: &Value, body: String| {
        let request = of(limits, "/messages").method(Method::POST).insert_header(("Content-Type", "application/xml"));
        request.set_payload(body)
    };
    let all = envelope("get", "MeterReadings").replace("<Request><ID>x</ID></Request>", "");
    let got = send!(app, message(&one, all.clone()));
    assert!(got.status == 200 && got.text.contains("<mRID>A</mRID>"), "{}", got.text);
    assert!(["B", "C", "D"].iter().all(|other| !got.text.contains(&format!("<mRID>{other}</mRID>"))), "{}", got.text);
    let got = send!(app, message(&json!({"meters": []}), all));
    assert!(got.status == 200 && !got.text.contains("<mRID>"), "{}", got.text);
    for (verb, noun) in [("get", "EndDeviceControls"), ("get", "MeterConfig"), ("delete", "MeterConfig")] {
        assert_eq!(send!(app, message(&one, envelope(verb, noun))).status, 403, "{verb} {noun}");
    }

    for path in
        ["/end-device-controls", "/end-device-events", "/meter-config", "/meter-config/A", "/receipts", "/status"]
    {
        send!(app, of(&one, path)).problem(403, "forbidden");
    }
    let everything = bearer(&json!({"meters": ["A"], "roles": ["viewer", "head-end", "operator", "engineer"]}));
    for path in ["/meter-readings", "/end-device-controls", "/end-device-events", "/meter-config"] {
        send!(app, post(path, "{}").insert_header(everything.clone())).problem(403, "forbidden");
    }
    for unreadable in [json!({"meters": "A"}), json!({"usagePoints": [1]})] {
        send!(app, of(&unreadable, "/meter-readings")).problem(401, "unauthenticated");
    }
}

#[actix_web::test]
async fn a_token_of_an_organisation_that_is_not_there_is_no_credential() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    let unidentified = metering_persistence::audit_log::unidentified().unwrap();
    for organisation in ["nowhere", unidentified.as_str()] {
        let of = || bearer(&json!({"organisation": organisation, "roles": ["viewer", "head-end"]}));
        for path in ["/meter-readings", "/end-device-controls", "/status"] {
            let told = send!(app, TestRequest::get().uri(path).insert_header(of()));
            told.problem(401, "unauthenticated");
        }
        let written = TestRequest::post().uri("/meter-readings").insert_header(of());
        send!(app, written.set_payload(reading("1", "2024-01-15T10:00:00Z"))).problem(401, "unauthenticated");
    }
}

#[actix_web::test]
async fn a_switching_request_is_not_answered_again_to_one_who_may_not_switch_any_more() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    let disconnect = |roles: &str| {
        TestRequest::post()
            .uri("/end-device-controls")
            .insert_header(bearer(&json!({"roles": roles})))
            .insert_header(("Idempotency-Key", "k"))
            .insert_header(("Content-Type", "application/json"))
            .set_payload(r#"{"deviceId":"d","controlType":"remoteDisconnect","reason":"Non-payment"}"#)
    };
    let first = send!(app, disconnect("operator switching"));
    let again = send!(app, disconnect("operator switching"));
    assert_eq!((first.expect(201), again.header("idempotency-replayed")), (again.expect(201), Some("true")));
    let without = send!(app, disconnect("operator"));
    without.problem(403, "forbidden");
    assert!(!without.text.contains("Non-payment"));
}

#[actix_web::test]
async fn an_api_key_has_its_own_quota_in_each_of_its_forms() {
    let server = Server::new();
    let key = server.api_key("viewer");
    let app = init_service(app(server.state.clone())).await;
    let with =
        |name: &'static str, value: String| TestRequest::get().uri("/meter-readings").insert_header((name, value));
    let id = &key[..15];
    let basic = |id: &str| format!("Basic {}", data_encoding::BASE64.encode(format!("{id}:{key}").as_bytes()));
    for wrong in [&key[..key.len() - 1], &key.to_uppercase(), id] {
        assert_eq!(send!(app, with("X-API-Key", wrong.to_owned())).status, 401, "{wrong}");
    }
    assert_eq!(send!(app, with("Authorization", basic("mk_000000000000"))).status, 401);
    let first = send!(app, with("X-API-Key", key.clone()));
    assert_eq!((first.status, first.header("ratelimit-policy")), (200, Some("\"default\";q=3;w=60")));
    assert_eq!(send!(app, with("Authorization", basic(id))).status, 200);
    assert_eq!(send!(app, with("X-API-Key", key.clone())).status, 200);
    let over = send!(app, with("Authorization", basic(id)));
    over.problem(429, "quota-exceeded");
    assert!((1..=60).contains(&over.header("retry-after").unwrap().parse::<u32>().unwrap()));
    assert_eq!(send!(app, get("/meter-readings")).status, 200, "others are not held up");
}

#[actix_web::test]
async fn guessing_is_slowed_down_and_a_good_credential_still_works() {
    let server = Server::with(Config { failed_logins: 2, ..Config::default() });
    let app = init_service(app(server.state.clone())).await;
    let guess = || TestRequest::get().uri("/status").insert_header(("Authorization", "Bearer a.b.c"));
    assert_eq!(send!(app, guess()).status, 401);
    assert_eq!(send!(app, guess()).status, 401);
    send!(app, guess()).problem(429, "quota-exceeded");
    assert_eq!(send!(app, get("/status")).status, 200);
}

#[actix_web::test]
async fn a_control_is_issued_followed_and_withdrawn_by_the_right_roles_only() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    let body = r#"{"deviceId":"d","controlType":"remoteDisconnect","reason":"Non-payment"}"#;
    let operator = ("Authorization", format!("Bearer {}", token("operator")));
    send!(app, post("/end-device-controls", body).insert_header(operator.clone())).problem(403, "forbidden");
    let made = send!(app, post("/end-device-controls", body));
    let location = made.header("location").unwrap().to_owned();
    assert_eq!(send!(app, get(&location)).expect(200), made.expect(201)["controls"][0]);
    let cancel = format!("{location}/cancel");
    send!(app, post(&cancel, "{}").insert_header(operator)).problem(403, "forbidden");
    send!(app, post(&cancel, r#"{"why":"paid"}"#)).problem(400, "malformed");
    let without_body = get(&cancel).method(actix_web::http::Method::POST);
    assert_eq!(send!(app, without_body).expect(200)["status"], "cancelled");
    let found = send!(app, get("/end-device-controls?deviceId=d&status=cancelled")).expect(200);
    assert_eq!(found["controls"].as_array().unwrap().len(), 1);
    send!(app, get("/end-device-controls?status=done")).problem(422, "invalid");
}
