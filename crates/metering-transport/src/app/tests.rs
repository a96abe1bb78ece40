//! The application in process, on a store of its own.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use actix_web::http::Method;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{HttpResponse, web};
use metering_model::{Principal, Sha256};
use metering_persistence::api_keys::{self, NewApiKey};
use metering_persistence::{Answer, Call, ChangeRequest, Clock, Database, ServerKey, Settings, Store, StoreRole};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use super::*;
use crate::problem::Problem;
use crate::{Claims, Config, TokenKey};

/// A store and what runs on it; it goes when it is dropped.
struct Server {
    state: State,
    store: Store,
    folder: PathBuf,
}

impl Server {
    fn new() -> Self {
        Self::with(Config { quota: 1_000, ..Config::default() })
    }

    fn with(config: Config) -> Self {
        Self::with_waiting(config, 64)
    }

    /// With room for so many changes that wait for the writer.
    fn with_waiting(config: Config, waiting: usize) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("metering-transport-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let store = Store::open(
            metering_persistence::Config {
                database: Database::Sqlite { file: folder.join("data.sqlite") },
                readers: 2,
                waiting,
                role: StoreRole::Server,
                settings: Settings::default(),
                clock: Clock::system(),
            },
            &ServerKey::new([5; 32]),
        )
        .unwrap();
        let state = State::new(store.clone(), vec![key()], config);
        Self { state, store, folder }
    }

    /// An API key with these roles.
    fn api_key(&self, roles: &str) -> String {
        let new = NewApiKey { name: "test".into(), roles: roles.parse().unwrap(), quota: 3, expires_at: None };
        let (made, made_there) = std::sync::mpsc::channel();
        let work = move |change: &mut metering_persistence::Change<'_>| {
            let (_, text) = api_keys::create(change, &new, &[9; 38])?;
            let _ = made.send(text.expose_secret().to_owned());
            Ok(Answer::default())
        };
        // On a thread of its own, for it blocks.
        let store = self.store.clone();
        std::thread::spawn(move || store.change_and_wait(command(), work).unwrap()).join().unwrap();
        made_there.recv().unwrap()
    }
}

/// A request as a command makes it.
fn command() -> ChangeRequest {
    let now = Clock::system().now();
    let principal = Principal {
        id: "test".into(),
        organisation: "default".parse().unwrap(),
        roles: "engineer".parse().unwrap(),
        quota: 0,
        limits: None,
    };
    let call = Call {
        organisation: Some(principal.organisation.clone()),
        principal: None,
        method: "COMMAND".into(),
        path: "test".into(),
        status: 0,
        request_id: String::new(),
        peer: String::new(),
        at: now,
    };
    ChangeRequest { principal, call, received_at: now, sha256: Sha256([0; 32]), idempotency_key: None }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.store.close();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn key() -> TokenKey {
    TokenKey::hs256(Some("k"), &[7; 32], "issuer", "audience").unwrap()
}

fn token(roles: &str) -> String {
    let claims = Claims {
        subject: format!("tester-{roles}"),
        organisation: "default".parse().unwrap(),
        roles: roles.parse().unwrap(),
        lifetime: Duration::from_secs(600),
    };
    key().mint(&claims, Clock::system().now()).unwrap()
}

const ALL: &str = "viewer,operator,switching,engineer,head-end";

fn get(path: &str) -> TestRequest {
    TestRequest::get().uri(path).insert_header(("Authorization", format!("Bearer {}", token(ALL))))
}

fn post(path: &str, body: impl Into<web::Bytes>) -> TestRequest {
    get(path).method(Method::POST).insert_header(("Content-Type", "application/json")).set_payload(body)
}

fn reading(value: &str, at: &str) -> String {
    format!(
        r#"{{"meterId":"1234LG","readingType":"intervalData","readingDateTime":"{at}","value":{value},"unit":"kWh","energyDirection":"forward"}}"#
    )
}

/// What came back: the status, the headers, the body as text.
struct Told {
    status: u16,
    headers: actix_web::http::header::HeaderMap,
    text: String,
}

impl Told {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|it| it.to_str().unwrap())
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    #[track_caller]
    fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.json()
    }

    #[track_caller]
    fn problem(&self, status: u16, slug: &str) {
        let body = self.expect(status);
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        assert_eq!(body["type"], format!("/problems/{slug}"));
        assert_eq!(body["requestId"].as_str(), self.header("x-request-id"));
        for name in ["x-content-type-options", "content-security-policy", "referrer-policy"] {
            assert!(self.header(name).is_some(), "{name}");
        }
    }
}

macro_rules! send {
    ($app:expr, $request:expr) => {{
        let response = call_service(&$app, $request.to_request()).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = String::from_utf8(read_body(response).await.to_vec()).unwrap();
        Told { status, headers, text }
    }};
}

mod access;
mod admission;
mod description;
mod explained;

#[actix_web::test]
async fn readings_go_in_and_come_back_digit_for_digit() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    let first = send!(app, post("/meter-readings", reading("1234.50", "2024-01-15T10:00:00Z")));
    assert_eq!(first.expect(201)["counts"]["inserted"], 1);
    let again = send!(app, post("/meter-readings", reading("1234.5", "2024-01-15T10:00:00Z")));
    assert_eq!(again.expect(200)["counts"]["unchanged"], 1);
    let page = send!(app, get("/meter-readings?meterId=1234LG"));
    assert!(page.text.contains("\"value\":1234.50"), "{}", page.text);
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let receipt = first.json()["receipt"].as_str().unwrap().to_owned();
    assert_eq!(send!(app, get(&format!("/receipts/{receipt}"))).expect(200)["counts"], first.json()["counts"]);
    for path in ["/meter-readings/latest?meterId=1234LG", "/meter-readings/series"] {
        assert!(send!(app, get(path)).expect(200).to_string().contains("1234LG"), "{path}");
    }
}

#[actix_web::test]
async fn rejected_items_are_named_and_the_others_stored() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    let (good, bad) = (reading("1", "2024-01-15T10:00:00Z"), reading("2", "2999-01-15T10:00:00Z"));
    let both = format!("{{\"readings\":[{good},{bad}]}}");
    let strict = send!(app, post("/meter-readings", both.clone()).insert_header(("Prefer", "handling=strict")));
    strict.problem(422, "invalid");
    assert_eq!(strict.header("preference-applied"), Some("handling=strict"));
    assert_eq!(send!(app, get("/meter-readings")).expect(200)["readings"], json!([]));
    let part = send!(app, post("/meter-readings", both)).expect(207);
    assert_eq!((&part["counts"]["inserted"], &part["counts"]["rejected"]), (&json!(1), &json!(1)));
    assert_eq!(part["errors"][0]["pointer"], "#/readings/1/readingDateTime");
    let none = send!(app, post("/meter-readings", bad));
    none.problem(422, "invalid");
    assert_eq!(none.json()["errors"][0]["pointer"], "#/readingDateTime");
    assert_eq!(send!(app, post("/meter-readings", "{\"readings\":[]}")).status, 200);
}

#[actix_web::test]
async fn an_idempotency_key_gives_the_first_answer_again() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    let keyed = |body: String| post("/meter-readings", body).insert_header(("Idempotency-Key", "k1"));
    let first = send!(app, keyed(reading("1", "2024-01-15T10:00:00Z")));
    let again = send!(app, keyed(reading("1", "2024-01-15T10:00:00Z")));
    assert_eq!((again.status, &again.text), (201, &first.text));
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    send!(app, keyed(reading("2", "2024-01-15T10:00:00Z"))).problem(422, "idempotency-key-reused");
    send!(app, post("/meter-readings", "{").insert_header(("Idempotency-Key", "a b"))).problem(400, "malformed");
}

#[actix_web::test]
async fn refusals_keep_their_order_and_are_all_problems() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    let stranger = send!(app, TestRequest::get().uri("/nowhere"));
    stranger.problem(401, "unauthenticated");
    assert_eq!(stranger.header("www-authenticate"), Some("Bearer"));
    let bad = send!(app, TestRequest::get().uri("/status").insert_header(("X-API-Key", "mk_bad")));
    bad.problem(401, "unauthenticated");
    assert_eq!(bad.header("www-authenticate"), Some("Bearer error=\"invalid_token\""));
    send!(app, get("/status").insert_header(("X-API-Key", "mk_bad"))).problem(400, "malformed");
    send!(app, get("/nowhere")).problem(404, "not-found");
    let wrong_method = send!(app, get("/meter-readings").method(Method::DELETE));
    wrong_method.problem(405, "method-not-allowed");
    assert!(wrong_method.header("allow").unwrap().contains("POST"));
    assert!(wrong_method.header("ratelimit").is_some(), "a refusal tells how the caller stands too");
    let viewer = post("/meter-readings", "{").insert_header(("Authorization", format!("Bearer {}", token("viewer"))));
    send!(app, viewer.insert_header(("Content-Type", "text/csv"))).problem(403, "forbidden");
    let csv = post("/meter-readings", "{").insert_header(("Content-Type", "text/csv"));
    send!(app, csv.insert_header(("Accept", "image/png"))).problem(415, "unsupported-media-type");
    send!(app, post("/meter-readings", "{").insert_header(("Accept", "image/png"))).problem(406, "not-acceptable");
    send!(app, get("/meter-readings").insert_header(("Accept", "image/png"))).problem(406, "not-acceptable");
    let coded = post("/meter-readings", "{").insert_header(("Content-Encoding", "gzip, gzip"));
    assert_eq!(send!(app, coded).header("accept-encoding"), Some("gzip, zstd, br"));
    send!(app, post("/meter-readings", "{")).problem(400, "malformed");
    send!(app, get("/meter-readings?meterid=1")).problem(422, "invalid");
    send!(app, get("/meter-readings?cursor=x")).problem(422, "invalid");
    for path in ["/receipts/x", "/end-device-controls/x", "/end-device-events/x", "/meter-config/x"] {
        send!(app, get(path)).problem(404, "not-found");
    }
}

#[actix_web::test]
async fn events_and_configurations_come_back_whole() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    let event = r#"{"deviceId":"d","eventType":"tamperingAlert","eventDateTime":"2024-01-15T10:15:00Z"}"#;
    let told = send!(app, post("/end-device-events", event));
    assert_eq!(send!(app, get(told.header("location").unwrap())).expect(200), told.expect(201)["events"][0]);
    assert_eq!(
        send!(app, get("/end-device-events?eventType=tamperingAlert")).expect(200)["events"][0]["deviceId"],
        "d"
    );
    let made = send!(app, post("/meter-config", r#"{"mRID":"a/b","serialNumber":"S1"}"#));
    assert_eq!(made.header("location"), Some("/meter-config/a%2Fb"));
    made.expect(201);
    let one = send!(app, get("/meter-config/a%2Fb"));
    let etag = one.header("etag").unwrap().to_owned();
    assert_eq!(send!(app, get("/meter-config?mRID=a/b")).expect(200), one.expect(200));
    let put = |tag: Option<&str>, body: &'static str| {
        let request = post("/meter-config/a%2Fb", body).method(Method::PUT);
        match tag {
            Some(tag) => request.insert_header(("If-Match", tag.to_owned())),
            None => request,
        }
    };
    send!(app, put(None, r#"{"serialNumber":"S2"}"#)).problem(428, "precondition-required");
    let changed = send!(app, put(Some(&etag), r#"{"serialNumber":"S2"}"#));
    assert_eq!(changed.expect(200)["serialNumber"], "S2");
    assert_ne!(changed.header("etag"), Some(etag.as_str()));
    send!(app, put(Some(&etag), r#"{"serialNumber":"S3"}"#)).problem(412, "precondition-failed");
    let delete = get("/meter-config/a%2Fb").method(Method::DELETE);
    assert_eq!(send!(app, delete).expect(200)["status"], "retired");
    assert_eq!(send!(app, get("/meter-config?status=active")).expect(200)["meters"], json!([]));
}

#[actix_web::test]
async fn a_page_put_together_of_pieces_reads_like_one() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    let start: metering_model::TimeStamp = "2024-01-01T00:00:00Z".parse().unwrap();
    let items: Vec<String> =
        (0..12_000).map(|at| reading(&at.to_string(), &start.plus_seconds(60 * at).to_string())).collect();
    let body = format!("{{\"readings\":[{}]}}", items.join(","));
    assert_eq!(send!(app, post("/meter-readings", body)).expect(201)["counts"]["inserted"], 12_000);
    let values = |page: &Value| -> Vec<u64> {
        page["readings"].as_array().unwrap().iter().map(|it| it["value"].as_u64().unwrap()).collect()
    };
    let whole = send!(app, get("/meter-readings?limit=100000")).expect(200);
    assert_eq!(values(&whole).iter().zip(0..).find(|(a, b)| **a != *b), None);
    assert_eq!(values(&whole).len(), 12_000);
    assert_eq!(whole["next"], Value::Null);
    let most = send!(app, get("/meter-readings?limit=11000")).expect(200);
    assert!(values(&most).into_iter().eq(0..11_000));
    let rest = send!(app, get(&format!("/meter-readings?cursor={}", most["next"].as_str().unwrap())));
    assert!(values(&rest.expect(200)).into_iter().eq(11_000..12_000));
    let small = send!(app, get("/meter-readings?limit=5"));
    let link = small.header("link").unwrap();
    assert!(link.contains(small.json()["next"].as_str().unwrap()) && link.contains("limit=5"), "{link}");
}

#[actix_web::test]
async fn what_only_describes_is_open_and_answers_head() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    assert_eq!(send!(app, TestRequest::get().uri("/health")).expect(200), json!({"status": "pass"}));
    assert_eq!(send!(app, TestRequest::get().uri("/")).header("location"), Some("/docs"));
    assert!(send!(app, TestRequest::get().uri("/docs")).text.contains("/meter-readings"));
    let codes = send!(app, TestRequest::get().uri("/problems/invalid")).expect(200)["codes"].clone();
    assert!(codes.as_array().unwrap().contains(&json!("unit-measurement-mismatch")));
    send!(app, TestRequest::get().uri("/problems/none")).problem(404, "not-found");
    let head = TestRequest::default().method(Method::HEAD).uri("/health/ready");
    assert_eq!(send!(app, head).status, 200);
    server.state.drain();
    send!(app, TestRequest::get().uri("/health/ready")).problem(503, "unavailable");
}

#[actix_web::test]
async fn status_and_metrics_need_a_credential_and_hold_no_ids() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    send!(app, TestRequest::get().uri("/metrics")).problem(401, "unauthenticated");
    send!(app, get("/end-device-controls/secret-id")).problem(404, "not-found");
    let page = send!(app, get("/metrics"));
    assert!(page.text.contains("metering_requests_total") && page.text.contains("/end-device-controls/{id}"));
    assert!(!page.text.contains("secret-id"));
    let status = send!(app, get("/status")).expect(200);
    assert_eq!((&status["apiVersion"], &status["database"]["kind"]), (&json!("2.3.0"), &json!("sqlite")));
}

#[actix_web::test]
async fn a_panic_ends_one_request_with_a_problem() {
    async fn fails() -> Result<HttpResponse, Problem> {
        panic!("on purpose");
    }
    let server = Server::new();
    let panicking = App::new()
        .app_data(Data::new(server.state.clone()))
        .service(web::resource("/fails").wrap(from_fn(crate::middleware::caught)).route(web::get().to(fails)))
        .wrap(from_fn(rate_limit))
        .wrap(from_fn(authenticate))
        .wrap(from_fn(problems))
        .wrap(from_fn(audit))
        .wrap(from_fn(request_id))
        .wrap(from_fn(security_headers))
        .wrap(from_fn(last_resort));
    let app = init_service(panicking).await;
    let told = send!(app, get("/fails"));
    told.problem(500, "internal");
    assert!(!told.text.contains("on purpose"));
    send!(app, get("/fails")).problem(500, "internal");
}

#[actix_web::test]
async fn every_call_is_audited_once_and_without_values() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    let tagged = |request: TestRequest, id: &'static str| request.insert_header(("X-Request-Id", id));
    send!(app, tagged(post("/meter-readings", reading("1", "2024-01-15T10:00:00Z")), "t-write"));
    send!(app, tagged(get("/meter-readings?meterId=secret-search"), "t-read"));
    send!(app, tagged(TestRequest::get().uri("/meter-readings"), "t-401"));
    send!(app, tagged(post("/meter-readings", "{"), "t-400"));
    send!(app, tagged(get("/health"), "t-health"));
    let put =
        post("/meter-config/m", r#"{"serialNumber":"S"}"#).method(Method::PUT).insert_header(("If-Match", "\"1\""));
    send!(app, post("/meter-config", r#"{"mRID":"m"}"#)).expect(201);
    send!(app, tagged(put, "t-put")).expect(200);
    send!(app, tagged(get("/meter-config/m").method(Method::DELETE), "t-delete")).expect(200);
    let control = r#"{"mRID":"c","deviceId":"d","controlType":"remoteDisconnect","reason":"r"}"#;
    send!(app, post("/end-device-controls", control)).expect(201);
    send!(app, tagged(get("/end-device-controls/c/cancel").method(Method::POST), "t-cancel")).expect(200);
    // The next change takes along what waits.
    send!(app, post("/meter-readings", reading("2", "2024-01-15T10:15:00Z")));
    let organisations = ["default".parse().unwrap(), metering_persistence::audit_log::unidentified().unwrap()];
    let log = web::block({
        let store = server.store.clone();
        move || {
            std::thread::sleep(Duration::from_millis(300));
            let read = |id| {
                store.read(id, |snapshot| {
                    metering_persistence::audit_log::export(snapshot).collect::<metering_persistence::Result<Vec<_>>>()
                })
            };
            organisations.iter().flat_map(|id| read(id).unwrap()).collect::<Vec<_>>()
        }
    })
    .await
    .unwrap();
    let found = |id: &str| -> Vec<(u16, String)> {
        let of = log.iter().filter(|it| it.call.request_id == id);
        of.map(|it| (it.call.status, it.call.path.clone())).collect()
    };
    assert_eq!(found("t-write"), [(201, "/meter-readings".to_owned())]);
    assert_eq!(found("t-read"), [(200, "/meter-readings?meterId".to_owned())]);
    assert_eq!(found("t-401"), [(401, "/meter-readings".to_owned())]);
    assert_eq!(found("t-400"), [(400, "/meter-readings".to_owned())]);
    assert_eq!(found("t-health"), []);
    // What leaves no receipt is a change all the same, with a number in the log.
    for id in ["t-write", "t-put", "t-delete", "t-cancel"] {
        let of: Vec<_> = log.iter().filter(|it| it.call.request_id == id).collect();
        assert!(matches!(of[..], [one] if one.change_number.is_some()), "{id}");
    }
}
