//! Slow, stalled, oversized, bomb-like and broken bodies: each gets its answer, memory stays within
//! bounds, and `/health` does not notice.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};

use crate::server::{Backend, Credential, Server, try_send};

type Stream = rustls::StreamOwned<rustls::ClientConnection, TcpStream>;

fn connect(server: &Server) -> Stream {
    let pem = std::fs::read(server.data.join("tls.crt")).unwrap();
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(&pem).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connection =
        rustls::ClientConnection::new(Arc::new(config), ServerName::try_from("localhost").unwrap()).unwrap();
    let socket = TcpStream::connect(&server.address).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    rustls::StreamOwned::new(connection, socket)
}

fn head(server: &Server, more: &str) -> String {
    format!(
        "POST /meter-readings HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {}\r\nContent-Type: application/json\r\n{more}\r\n",
        server.key
    )
}

/// The status of the answer, 0 when the connection was closed without one.
fn status(stream: &mut Stream) -> u16 {
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    while !answer.windows(4).any(|it| it == b"\r\n\r\n") {
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => break,
            Ok(read) => answer.extend_from_slice(&buffer[..read]),
        }
    }
    String::from_utf8_lossy(&answer).split(' ').nth(1).and_then(|it| it.parse().ok()).unwrap_or(0)
}

/// Zeros behind a JSON head, compressed: `megabytes` of them.
fn bomb(coding: &str, megabytes: usize) -> Vec<u8> {
    let zeros = vec![b' '; 1 << 20];
    match coding {
        "gzip" => {
            let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            (0..megabytes).for_each(|_| out.write_all(&zeros).unwrap());
            out.finish().unwrap()
        }
        "zstd" => {
            let mut out = zstd::stream::write::Encoder::new(Vec::new(), 3).unwrap();
            (0..megabytes).for_each(|_| out.write_all(&zeros).unwrap());
            out.finish().unwrap()
        }
        "br" => {
            let mut out = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 9, 22);
            (0..megabytes).for_each(|_| out.write_all(&zeros).unwrap());
            out.into_inner()
        }
        other => panic!("{other}"),
    }
}

#[test]
fn hostile_bodies_cost_nobody_else_anything() {
    let server = Server::start_with(Backend::Sqlite, &["--body-stall-seconds", "2"]).unwrap();
    server.post("/meter-readings", "{\"readings\":[]}");
    let before = server.resident();
    let bombs: Vec<_> = ["gzip", "zstd", "br"].into_iter().map(|coding| (coding, bomb(coding, 512))).collect();
    let done = Arc::new(AtomicBool::new(false));
    let slowest = std::thread::scope(|scope| {
        // Stalled: the head promises a body that never comes, or comes a byte at a time.
        for stalled in 0..8 {
            let server = &server;
            scope.spawn(move || {
                let mut stream = connect(server);
                stream.write_all(head(server, "Content-Length: 1000\r\n").as_bytes()).unwrap();
                if stalled % 2 == 0 {
                    for _ in 0..4 {
                        let _ = stream.write_all(b"{");
                        std::thread::sleep(Duration::from_millis(200));
                    }
                }
                let started = Instant::now();
                let status = status(&mut stream);
                assert!(matches!(status, 0 | 408), "{status}");
                assert!(started.elapsed() < Duration::from_secs(30), "a stalled body holds its connection");
            });
        }
        for (coding, bomb) in &bombs {
            let server = &server;
            scope.spawn(move || {
                for _ in 0..3 {
                    let answer = server.post_with("/meter-readings", &[("Content-Encoding", coding)], bomb);
                    assert_eq!(answer.status, 413, "{coding}: {}", answer.text);
                }
            });
        }
        // Declared too large: refused without being read.
        let oversized = scope.spawn(|| {
            let mut stream = connect(&server);
            stream.write_all(head(&server, "Content-Length: 10000000000\r\n").as_bytes()).unwrap();
            status(&mut stream)
        });
        // Chunks without end.
        let endless = scope.spawn(|| {
            let mut stream = connect(&server);
            stream.write_all(head(&server, "Transfer-Encoding: chunked\r\n").as_bytes()).unwrap();
            let chunk = [b"10000\r\n".as_slice(), &vec![b' '; 1 << 16], b"\r\n"].concat();
            for _ in 0..2_000 {
                if stream.write_all(&chunk).is_err() {
                    break;
                }
            }
            status(&mut stream)
        });
        for coding in ["gzip", "zstd", "br"] {
            let answer = server.post_with("/meter-readings", &[("Content-Encoding", coding)], "this is not compressed");
            assert_eq!(answer.status, 400, "{coding}: {}", answer.text);
        }
        assert_eq!(server.post_with("/meter-readings", &[("Content-Encoding", "gzip, gzip")], "x").status, 415);
        let health = scope.spawn({
            let done = Arc::clone(&done);
            let (agent, url) = (server.agent(), server.url("/health"));
            move || {
                let mut slowest = Duration::ZERO;
                while !done.load(Ordering::Relaxed) {
                    let started = Instant::now();
                    assert_eq!(try_send(&agent, &url, "GET", &Credential::None, &[], b"").unwrap().status, 200);
                    slowest = slowest.max(started.elapsed());
                    std::thread::sleep(Duration::from_millis(20));
                }
                slowest
            }
        });
        assert_eq!(oversized.join().unwrap(), 413);
        assert!(matches!(endless.join().unwrap(), 0 | 413));
        std::thread::sleep(Duration::from_secs(1));
        done.store(true, Ordering::Relaxed);
        health.join().unwrap()
    });
    // On a machine that runs other tests beside this one: far below what one held-up answer takes.
    assert!(slowest < Duration::from_secs(5), "/health took {slowest:?}");
    let grown = server.resident().saturating_sub(before);
    assert!(grown < 300 << 20, "memory grew by {} MB", grown >> 20);
    server.post("/meter-readings", r#"{"meterId":"m","readingType":"registerRead","unit":"kWh","readingDateTime":"2024-01-15T10:00:00Z","value":1}"#).expect(201);
}

#[test]
fn compressed_bodies_are_read_and_hashed_inflated() {
    let server = Server::start(Backend::Sqlite).unwrap();
    let body = r#"{"meterId":"m","readingType":"registerRead","unit":"kWh","readingDateTime":"2024-01-15T10:00:00Z","value":1}"#;
    let plain = server.post("/meter-readings", body).expect(201);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(body.as_bytes()).unwrap();
    let zstd = zstd::encode_all(body.as_bytes(), 3).unwrap();
    for (coding, body) in [("gzip", gzip.finish().unwrap()), ("zstd", zstd)] {
        let again = server.post_with("/meter-readings", &[("Content-Encoding", coding)], body).expect(200);
        assert_eq!(again["sha256"], plain["sha256"], "{coding}");
    }
}
