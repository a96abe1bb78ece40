//! Credentials, the rate limit, the audit log, TLS and the headers every answer carries.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Stdio;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use serde_json::Value;

use crate::server::{Answer, Backend, Credential, Folder, Server, on_each_backend, program};

on_each_backend![
    a_key_lives_until_it_is_revoked,
    a_rotated_key_gives_way_to_the_new_one,
    every_call_is_in_the_audit_log,
];

const READING: &str =
    r#"{"meterId":"m","readingType":"registerRead","unit":"kWh","readingDateTime":"2024-01-15T10:00:00Z","value":1}"#;

fn made(server: &Server, arguments: &[&str]) -> Value {
    let mut arguments = arguments.to_vec();
    arguments.push("--json");
    serde_json::from_str(&server.command(&arguments).unwrap()).unwrap()
}

fn status(server: &Server, key: &str) -> u16 {
    server.send("GET", "/meter-readings", &Credential::Key(key.to_owned()), &[], "").status
}

fn a_key_lives_until_it_is_revoked(server: &Server) {
    let key = made(server, &["keys", "create", "--name", "n", "--roles", "viewer", "--expires", "90d"]);
    let (id, key) = (key["id"].as_str().unwrap(), key["key"].as_str().unwrap());
    assert_eq!(status(server, key), 200);
    // Nothing but the key itself opens.
    let flipped: String = key
        .chars()
        .map(|it| if it.is_lowercase() { it.to_ascii_uppercase() } else { it.to_ascii_lowercase() })
        .collect();
    for wrong in [&key[..key.len() - 1], &format!("{key}x"), &flipped, id, "*", "mk_"] {
        assert_eq!(status(server, wrong), 401, "{wrong}");
    }
    let listed = server.command(&["keys", "list", "--json"]).unwrap();
    assert!(listed.contains(id) && !listed.contains(key), "a key is shown once");
    server.command(&["keys", "revoke", id]).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1200));
    assert_eq!(status(server, key), 401);
    assert!(server.command(&["keys", "create", "--name", "n", "--roles", "root"]).unwrap_err().contains("root"));
}

fn a_rotated_key_gives_way_to_the_new_one(server: &Server) {
    let old = made(server, &["keys", "create", "--name", "n", "--roles", "viewer"]);
    let new = made(server, &["keys", "rotate", old["id"].as_str().unwrap()]);
    assert_eq!(status(server, new["key"].as_str().unwrap()), 200);
    assert_ne!(new["key"], old["key"]);
}

fn every_call_is_in_the_audit_log(server: &Server) {
    let tagged = |id: &'static str| [("X-Request-Id", id)];
    server.post_with("/meter-readings", &tagged("t-write"), READING).expect(201);
    server.send("GET", "/meter-readings?meterId=secret-search", &server.first_key(), &tagged("t-read"), "");
    server.send("GET", "/nowhere", &server.first_key(), &tagged("t-404"), "");
    server.send("GET", "/meter-readings", &Credential::Key("mk_bad".into()), &tagged("t-401"), "");
    server.send("POST", "/meter-readings", &server.new_key("viewer"), &tagged("t-403"), READING);
    server.post_with("/meter-readings", &tagged("t-422"), READING.replace("kWh", "V"));
    let mut log = String::new();
    for _ in 0..50 {
        log = server.command(&["audit", "export", "--json"]).unwrap();
        if ["t-write", "t-read", "t-404", "t-401", "t-403", "t-422"].iter().all(|it| log.contains(it)) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    for (id, status) in
        [("t-write", 201), ("t-read", 200), ("t-404", 404), ("t-401", 401), ("t-403", 403), ("t-422", 422)]
    {
        let lines: Vec<Value> =
            log.lines().filter(|line| line.contains(id)).map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 1, "{id}: {lines:?}");
        assert_eq!(lines[0]["status"], status, "{id}");
    }
    assert!(!log.contains(&server.key), "no secret in the log");
    assert!(!log.contains("secret-search"), "no values of the query in the log");
    server.command(&["audit", "verify"]).unwrap();
}

#[test]
fn never_more_than_the_quota_in_any_minute() {
    let folder = Folder::new();
    let server = Server::launch(&folder.0.join("data"), None, &[], Some(20));
    let mut statuses = Vec::new();
    for _ in 0..30 {
        let answer = server.get("/meter-readings");
        if answer.status == 429 {
            assert_eq!(answer.json()["type"], "/problems/quota-exceeded");
            let seconds: u32 = answer.header("Retry-After").unwrap().parse().unwrap();
            assert!((1..=60).contains(&seconds));
        } else {
            assert!(answer.header("RateLimit").unwrap().contains("r="));
            assert_eq!(answer.header("RateLimit-Policy"), Some("\"default\";q=20;w=60"));
        }
        statuses.push(answer.status);
    }
    assert_eq!(statuses.iter().filter(|it| **it == 200).count(), 20, "{statuses:?}");
    // What the first key used up is not the token's, and health does not count.
    let token = std::fs::read_to_string(server.data.join("first-token")).unwrap();
    assert_eq!(server.send("GET", "/meter-readings", &Credential::Token(token.trim().into()), &[], "").status, 200);
    assert_eq!(server.get("/health").status, 200);
}

#[test]
fn tokens_are_believed_only_as_far_as_they_are_signed() {
    let server = Server::start(Backend::Sqlite).unwrap();
    let token = made(&server, &["token", "--roles", "viewer", "--hours", "1"])["token"].as_str().unwrap().to_owned();
    let get = |token: &str| server.send("GET", "/meter-readings", &Credential::Token(token.to_owned()), &[], "").status;
    assert_eq!(get(&token), 200);
    assert_eq!(server.send("POST", "/meter-readings", &Credential::Token(token.clone()), &[], READING).status, 403);
    let parts: Vec<&str> = token.split('.').collect();
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0";
    for wrong in [
        format!("{none}.{}.", parts[1]),
        format!("{}.{}.{}", none, parts[1], parts[2]),
        format!("{}.{}.", parts[0], parts[1]),
        format!("{}.{}.{}", parts[0], parts[1], &parts[2][..parts[2].len() - 2]),
        format!("{}.{}", parts[0], parts[1]),
        "x".repeat(9_000),
        String::from("a.b.c"),
    ] {
        assert!(matches!(get(&wrong), 401 | 431), "{}", &wrong[..wrong.len().min(60)]);
    }
}

/// An identity provider with a key and names of its own for the claims; its token may be limited
/// to some meters.
#[test]
fn tokens_from_elsewhere_are_believed_by_their_key() {
    use metering_transport::{ClaimNames, Claims, TokenKey};
    let folder = Folder::new();
    let secret = [b's'; 40];
    std::fs::write(folder.0.join("secret"), secret).unwrap();
    let file = folder.0.join("metering.toml");
    let text = format!(
        "[[token_keys]]\nkid = \"idp\"\nalgorithm = \"HS256\"\nsecret_file = {:?}\nissuer = \"i\"\naudience = \"a\"\n\
         claims = {{ organisation = \"tenant\", roles = \"groups\" }}\n",
        folder.0.join("secret"),
    );
    std::fs::write(&file, text).unwrap();
    let server = Server::launch(&folder.0.join("data"), None, &["--config", file.to_str().unwrap()], None);
    let names = ClaimNames { organisation: "tenant".into(), roles: "groups".into(), ..ClaimNames::default() };
    let key = TokenKey::hs256(Some("idp"), &secret, "i", "a").unwrap();
    let claims = Claims {
        subject: "analyst".into(),
        organisation: "default".parse().unwrap(),
        roles: "viewer".parse().unwrap(),
        lifetime: std::time::Duration::from_secs(600),
    };
    let now = metering_persistence::Clock::system().now();
    let get = |token: &str| server.send("GET", "/meter-readings", &Credential::Token(token.into()), &[], "").status;
    assert_eq!(get(&key.clone().with_claims(names).mint(&claims, now).unwrap()), 200);
    assert_eq!(get(&key.mint(&claims, now).unwrap()), 401, "an organisation under another name is none");
    let other = TokenKey::hs256(Some("idp"), &[b'x'; 40], "i", "a").unwrap();
    assert_eq!(get(&other.mint(&claims, now).unwrap()), 401);
}

#[test]
fn the_status_tells_what_came_in_of_late() {
    let server = Server::start(Backend::Sqlite).unwrap();
    server.post("/meter-readings", READING).expect(201);
    server.post("/meter-readings", READING.replace("kWh", "V")).expect(422);
    let status = server.get("/status").expect(200);
    assert_eq!(status["apiVersion"], "2.3.0");
    assert_eq!(status["database"]["kind"], "sqlite");
    assert_eq!(status["database"]["state"], "writable");
    assert_eq!(status["database"]["encryptedAtRestBy"], "this server");
    assert!(status["database"]["bytesFree"].as_u64().unwrap() > 0);
    assert!(status["readingsPerSecond"].as_f64().unwrap() > 0.0);
    let rejected: Vec<_> = status["rejectedItems"].as_object().unwrap().values().cloned().collect();
    assert_eq!(rejected, [1]);
}

#[test]
fn every_answer_carries_the_security_headers() {
    let server = Server::start(Backend::Sqlite).unwrap();
    let check = |answer: &Answer, at: &str| {
        for (name, part) in [
            ("Strict-Transport-Security", "max-age="),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Security-Policy", "frame-ancestors 'none'"),
            ("Referrer-Policy", "no-referrer"),
        ] {
            assert!(answer.header(name).is_some_and(|value| value.contains(part)), "{at}: {name}");
        }
        assert_eq!(answer.header("Server"), None);
        assert!(answer.header("X-Request-Id").is_some(), "{at}");
        assert_eq!(answer.header("Access-Control-Allow-Origin"), None);
    };
    let get = server.get("/meter-readings");
    assert_eq!(get.header("Cache-Control"), Some("no-store"));
    check(&get, "read");
    check(&server.post("/meter-readings", READING), "write");
    check(&server.post("/meter-readings", "{"), "malformed");
    check(&server.get("/nowhere"), "not found");
    check(&server.get("/health"), "health");
    check(&server.send("GET", "/meter-readings", &Credential::None, &[], ""), "no credential");
    let own = server.send("GET", "/health", &Credential::None, &[("X-Request-Id", "mine-1")], "");
    assert_eq!(own.header("X-Request-Id"), Some("mine-1"));
    let foreign = server.send("GET", "/health", &Credential::None, &[("X-Request-Id", &"x".repeat(129))], "");
    assert_ne!(foreign.header("X-Request-Id").unwrap().len(), 129);
}

fn tls(server: &Server, versions: &[&'static rustls::SupportedProtocolVersion]) -> std::io::Result<String> {
    let pem = std::fs::read(server.data.join("tls.crt")).unwrap();
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(&pem).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(versions)
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let connection = rustls::ClientConnection::new(Arc::new(config), name).unwrap();
    let mut stream = rustls::StreamOwned::new(connection, TcpStream::connect(&server.address)?);
    stream.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    Ok(format!("{:?} {}", stream.conn.protocol_version().unwrap(), text.lines().next().unwrap_or_default()))
}

#[test]
fn tls_is_1_2_or_1_3_and_nothing_else() {
    let server = Server::start(Backend::Sqlite).unwrap();
    assert_eq!(tls(&server, &[&rustls::version::TLS12]).unwrap(), "TLSv1_2 HTTP/1.1 200 OK");
    assert_eq!(tls(&server, &[&rustls::version::TLS13]).unwrap(), "TLSv1_3 HTTP/1.1 200 OK");
    // A ClientHello that offers TLS 1.1 at the most, written by hand: no client library here speaks it.
    let hello: &[u8] = &[
        0x16, 0x03, 0x01, 0x00, 0x2f, 0x01, 0x00, 0x00, 0x2b, 0x03, 0x02, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
        14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 0x00, 0x00, 0x04, 0xc0, 0x14, 0xc0,
        0x13, 0x01, 0x00,
    ];
    let mut plain = TcpStream::connect(&server.address).unwrap();
    plain.write_all(hello).unwrap();
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer);
    assert_eq!(answer.first().copied().unwrap_or(0x15), 0x15, "an alert, or the connection closed: {answer:?}");
    // Plain HTTP on the TLS port gets no answer of ours.
    let mut plain = TcpStream::connect(&server.address).unwrap();
    plain.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer);
    assert!(!String::from_utf8_lossy(&answer).contains("pass"));
}

#[test]
fn what_the_first_start_makes_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut server = Server::start(Backend::Sqlite).unwrap();
    for file in ["server.key", "tls.key", "first-api-key", "first-token"] {
        let mode = std::fs::metadata(server.data.join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
    server.post("/meter-readings", READING.replace("\"m\"", "\"PLAINTEXT-METER\"")).expect(201);
    server.kill();
    for entry in std::fs::read_dir(&server.data).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.windows(15).any(|it| it == b"PLAINTEXT-METER"), "{path:?} is readable without the key");
        assert!(!bytes.starts_with(b"SQLite format 3"), "{path:?} is not encrypted");
    }
    // Without its key the store is never started with a new one.
    std::fs::rename(server.data.join("server.key"), server.data.join("gone")).unwrap();
    let output = program()
        .arg("--data-dir")
        .arg(&server.data)
        .args(["--listen", "127.0.0.1:0"])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("server.key"), "{said}");
    assert!(!server.data.join("server.key").exists());
}
