//! Whatever goes wrong, the answer is a problem that says what, where, and what would be right.

use crate::server::{Answer, Credential, Server, on_each_backend};

on_each_backend![
    every_refusal_is_a_problem,
    refusals_keep_their_order,
    control_characters_are_in_no_address,
    a_problems_type_explains_itself,
    broken_json_is_placed
];

#[track_caller]
fn problem(answer: &Answer, status: u16, kind: &str) {
    assert_eq!(answer.status, status, "{}", answer.text);
    assert_eq!(answer.header("Content-Type").unwrap().split(';').next(), Some("application/problem+json"));
    let body = answer.json();
    assert_eq!(body["type"], format!("/problems/{kind}"));
    assert_eq!(body["status"], status);
    assert!(!body["title"].as_str().unwrap().is_empty());
    assert_eq!(body["requestId"].as_str(), answer.header("X-Request-Id"));
    for word in ["SELECT", "diesel", "panicked", "metering_", "src/", "sqlite", "Postgres"] {
        assert!(!answer.text.contains(word), "{word} in {}", answer.text);
    }
}

const GOOD: &str =
    r#"{"meterId":"m","readingType":"registerRead","unit":"kWh","readingDateTime":"2024-01-15T10:00:00Z","value":1}"#;

fn every_refusal_is_a_problem(server: &Server) {
    let key = server.first_key();
    let send =
        |method: &str, path: &str, headers: &[(&str, &str)], body: &str| server.send(method, path, &key, headers, body);
    problem(&server.send("GET", "/meter-readings", &Credential::None, &[], ""), 401, "unauthenticated");
    problem(
        &server.send("GET", "/meter-readings", &Credential::Key("mk_wrong".into()), &[], ""),
        401,
        "unauthenticated",
    );
    problem(&server.send("GET", "/nowhere", &key, &[], ""), 404, "not-found");
    let wrong_method = server.send("DELETE", "/meter-readings", &key, &[], "");
    assert!(wrong_method.header("Allow").unwrap().contains("POST"));
    problem(&wrong_method, 405, "method-not-allowed");
    problem(&server.send("GET", "/meter-readings", &server.new_key("head-end"), &[], ""), 403, "forbidden");
    problem(&send("POST", "/meter-readings", &[("Content-Type", "text/csv")], GOOD), 415, "unsupported-media-type");
    problem(&send("POST", "/meter-readings", &[("Content-Encoding", "rot13")], GOOD), 415, "unsupported-media-type");
    problem(&send("POST", "/meter-readings", &[("Accept", "image/png")], GOOD), 406, "not-acceptable");
    problem(&send("POST", "/meter-readings", &[], "{"), 400, "malformed");
    problem(&send("POST", "/meter-readings", &[], ""), 400, "malformed");
    problem(&send("POST", "/meter-readings", &[], &GOOD.replace("kWh", "V")), 422, "invalid");
    problem(&send("GET", "/end-device-controls/none", &[], ""), 404, "not-found");
    problem(&send("GET", "/receipts/none", &[], ""), 404, "not-found");
    problem(&send("PUT", "/meter-config/m", &[], "{}"), 428, "precondition-required");
    let both = server.send("GET", "/meter-readings", &key, &[("Authorization", "Bearer x")], "");
    problem(&both, 400, "malformed");
    let unauthenticated = server.send("GET", "/meter-readings", &Credential::None, &[], "");
    assert!(unauthenticated.header("WWW-Authenticate").unwrap().starts_with("Bearer"));
}

fn refusals_keep_their_order(server: &Server) {
    let (key, none) = (server.new_key("viewer"), Credential::None);
    let wrong = [("Content-Type", "text/csv"), ("Accept", "image/png")];
    // 401 before 404 and 405, 405 before 403, 403 before 415, 415 before 406, 406 before 400.
    assert_eq!(server.send("GET", "/nowhere", &none, &[], "").status, 401);
    assert_eq!(server.send("DELETE", "/meter-readings", &none, &[], "").status, 401);
    assert_eq!(server.send("DELETE", "/meter-readings", &key, &wrong, "").status, 405);
    assert_eq!(server.send("POST", "/meter-readings", &key, &wrong, "{").status, 403);
    assert_eq!(server.post_with("/meter-readings", &wrong, "{").status, 415);
    assert_eq!(server.post_with("/meter-readings", &wrong[1..], "{").status, 406);
    assert_eq!(server.post("/meter-readings", "{").status, 400);
}

/// PostgreSQL takes no NUL in a text; nobody may notice.
fn control_characters_are_in_no_address(server: &Server) {
    for path in ["/meter-config/%00", "/end-device-controls/a%00b", "/end-device-events/%01", "/receipts/%7F"] {
        problem(&server.get(path), 404, "not-found");
    }
    problem(&server.post("/end-device-controls/%00/cancel", "{}"), 404, "not-found");
    for query in ["/meter-config?name=%00", "/end-device-events?severity=%00", "/receipts?idempotencyKey=%00"] {
        problem(&server.get(query), 422, "invalid");
    }
}

fn a_problems_type_explains_itself(server: &Server) {
    let refused = server.post("/meter-readings", "{").json();
    let kind = refused["type"].as_str().unwrap();
    let explained = server.send("GET", kind, &Credential::None, &[], "");
    assert_eq!(explained.status, 200, "{}", explained.text);
    assert!(explained.text.contains(refused["title"].as_str().unwrap()));
}

fn broken_json_is_placed(server: &Server) {
    let refused = server.post("/meter-readings", "{\"readings\":[\n  {\"meterId\": \"m\",,}]}").expect(400);
    let detail = refused["detail"].as_str().unwrap();
    assert!(detail.contains("line 2"), "{detail}");
    for (body, said) in [
        ("[]", "readings"),
        ("{\"reading\":[]}", "readings"),
        ("{\"readings\":{}}", "list"),
        ("{\"readings\":[]} x", ""),
        ("\u{feff}{\"readings\":[]}", ""),
    ] {
        let refused = server.post("/meter-readings", body);
        assert!(matches!(refused.status, 400 | 422), "{body}: {} {}", refused.status, refused.text);
        assert!(refused.text.contains(said), "{body}: {}", refused.text);
    }
}
