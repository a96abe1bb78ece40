//! Replies that come later, to an address of the settings.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use rustls::pki_types::PrivateKeyDer;

use crate::server::{Answer, Backend, Folder, Server};

const XML: (&str, &str) = ("Content-Type", "application/xml");
const ENVELOPE: &str = "http://iec.ch/TC57/2011/schema/message";
const OK: &str = "200 OK";

/// A bus that replies are sent to: answers each request with the next of the statuses it was given,
/// the last one again and again.
struct Bus {
    address: String,
    received: Receiver<Reply>,
}

/// What was sent to it.
struct Reply {
    head: String,
    body: String,
}

impl Reply {
    /// The text of the first element of this name.
    fn first(&self, element: &str) -> &str {
        let behind =
            self.body.split_once(&format!("<{element}>")).unwrap_or_else(|| panic!("{element}: {}", self.body));
        behind.1.split_once('<').unwrap().0
    }
}

impl Bus {
    fn plain(statuses: &'static [&'static str]) -> Self {
        Self::listening("http", |stream| Box::new(stream), statuses)
    }

    /// Over TLS, with a certificate of its own; which one, in PEM.
    fn secure(statuses: &'static [&'static str]) -> (Self, String) {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let config = Arc::new(config);
        let tls = move |stream| -> Box<dyn Stream> {
            let connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            Box::new(rustls::StreamOwned::new(connection, stream))
        };
        (Self::listening("https", tls, statuses), made.cert.pem())
    }

    fn listening(
        scheme: &str,
        open: impl Fn(std::net::TcpStream) -> Box<dyn Stream> + Send + 'static,
        statuses: &'static [&'static str],
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("{scheme}://localhost:{}/replies", listener.local_addr().unwrap().port());
        let (tell, received) = channel();
        std::thread::spawn(move || {
            let mut statuses = statuses.iter();
            let mut status = OK;
            for stream in listener.incoming().map_while(Result::ok) {
                // Whoever does not believe in the certificate goes away in the handshake.
                let Some((reply, mut stream)) = taken(open(stream)) else { continue };
                status = statuses.next().copied().unwrap_or(status);
                let _ = write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                let _ = stream.flush();
                if tell.send(reply).is_err() {
                    return;
                }
            }
        });
        Self { address, received }
    }

    #[track_caller]
    fn next(&self) -> Reply {
        self.received.recv_timeout(Duration::from_secs(30)).expect("a reply")
    }

    #[track_caller]
    fn nothing_for(&self, time: Duration) {
        if let Ok(reply) = self.received.recv_timeout(time) {
            panic!("{}{}", reply.head, reply.body);
        }
    }
}

trait Stream: Read + Write + Send {}
impl<T: Read + Write + Send> Stream for T {}

fn taken(stream: Box<dyn Stream>) -> Option<(Reply, Box<dyn Stream>)> {
    let (mut reader, mut head) = (BufReader::new(stream), String::new());
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length?];
    reader.read_exact(&mut body).ok()?;
    Some((Reply { head, body: String::from_utf8(body).ok()? }, reader.into_inner()))
}

/// The settings for this bus, in a file.
fn settings(folder: &Folder, bus: &Bus, more: &str) -> PathBuf {
    let file = folder.0.join("metering.toml");
    std::fs::write(&file, format!("reply_addresses = \"{}\"\n{more}", bus.address)).unwrap();
    file
}

/// A request whose answer is to come later.
fn envelope(verb: &str, id: &str, address: &str, behind: &str) -> String {
    format!(
        "<RequestMessage xmlns=\"{ENVELOPE}\"><Header><Verb>{verb}</Verb><Noun>MeterReadings</Noun>\
         <AsyncReplyFlag>true</AsyncReplyFlag><ReplyAddress>{address}</ReplyAddress><MessageID>{id}</MessageID></Header>\
         {behind}</RequestMessage>"
    )
}

fn readings(time: &str) -> String {
    format!(
        "<Payload><MeterReadings xmlns=\"http://iec.ch/TC57/2011/MeterReadings#\"><MeterReading><Meter><mRID>m</mRID>\
         </Meter><Readings><timeStamp>{time}</timeStamp><value>4.25</value>\
         <ReadingType ref=\"0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0\"/></Readings></MeterReading></MeterReadings></Payload>"
    )
}

fn send(server: &Server, body: &str) -> Answer {
    server.post_with("/messages", &[XML], body)
}

#[track_caller]
fn promised(answer: &Answer) {
    assert_eq!((answer.status, answer.text.as_str()), (202, ""), "{:?}", answer.headers);
}

/// Waits until the server has counted so many replies of this fate.
#[track_caller]
fn counted(server: &Server, fate: &str, count: u32) {
    let line = format!("metering_replies_total{{fate=\"{fate}\"}} {count}\n");
    let mut metrics = String::new();
    for _ in 0..200 {
        metrics = server.get("/metrics").text;
        if metrics.contains(&line) {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("{line}{metrics}");
}

fn on_each_backend(case: fn(Backend)) {
    case(Backend::Sqlite);
    case(Backend::Postgresql);
}

#[test]
fn a_reply_comes_to_its_address() {
    on_each_backend(|backend| {
        let folder = Folder::new();
        let (bus, certificate) = Bus::secure(&[OK]);
        let believed = folder.0.join("bus.pem");
        std::fs::write(&believed, certificate).unwrap();
        let more = format!("reply_certificates = {believed:?}\nreply_authorization = \"Bearer of-the-bus\"\n");
        let file = settings(&folder, &bus, &more);
        let Some(server) = Server::start_with(backend, &["--config", file.to_str().unwrap()]) else { return };

        let create = envelope("create", "m-1", &bus.address, &readings("2024-01-15T10:00:00Z"));
        promised(&send(&server, &create));
        let first = bus.next();
        let head = first.head.to_ascii_lowercase();
        assert!(head.starts_with("post /replies http/1.1\r\n"), "{head}");
        for line in ["content-type: application/xml", "authorization: bearer of-the-bus"] {
            assert!(head.contains(&format!("\r\n{line}\r\n")), "{line}: {head}");
        }
        assert!(first.body.contains(&format!("<ResponseMessage xmlns=\"{ENVELOPE}\">")), "{}", first.body);
        assert_eq!((first.first("CorrelationID"), first.first("Result")), ("m-1", "OK"));
        assert!(server.get("/meter-readings?meterId=m").text.contains("4.25"));

        // A repeat gets the first answer again, at the same place.
        promised(&send(&server, &create));
        assert_eq!(bus.next().body, first.body);

        let get = envelope("get", "m-2", &bus.address, "");
        promised(&send(&server, &get));
        let got = bus.next();
        assert!(got.body.contains("<value>4.25</value>"), "{}", got.body);
        assert_eq!(got.first("CorrelationID"), "m-2");

        // What was taken on and cannot be done is told there too.
        promised(&send(&server, &envelope("create", "m-3", &bus.address, &readings("2999-01-15T10:00:00Z"))));
        let failed = bus.next();
        assert_eq!((failed.first("Result"), failed.first("CorrelationID")), ("FAILED", "m-3"));

        let soap = "http://www.w3.org/2003/05/soap-envelope";
        let body = format!("<s:Envelope xmlns:s=\"{soap}\"><s:Body>{get}</s:Body></s:Envelope>");
        promised(&server.post_with("/soap", &[("Content-Type", "application/soap+xml")], body));
        let in_soap = bus.next();
        assert!(in_soap.head.to_ascii_lowercase().contains("content-type: application/soap+xml"), "{}", in_soap.head);
        assert!(in_soap.body.contains(&format!("<s:Envelope xmlns:s=\"{soap}\">")), "{}", in_soap.body);

        // Refused before anything was taken on: at once, and nothing is sent anywhere.
        let elsewhere = bus.address.replace("/replies", "/others");
        let refused = send(&server, &envelope("create", "m-4", &elsewhere, &readings("2024-01-15T11:00:00Z")));
        assert!(refused.status == 403 && refused.text.contains("<code>7.7</code>"), "{}", refused.text);
        bus.nothing_for(Duration::from_millis(500));
        counted(&server, "sent", 5);
        // What the bus is told by is in no log.
        let log = std::fs::read_to_string(server.data.with_extension("log")).unwrap();
        assert!(!log.contains("of-the-bus"), "{log}");
    });
}

#[test]
fn a_reply_is_sent_until_it_is_taken() {
    on_each_backend(|backend| {
        let (folder, bus) = (Folder::new(), Bus::plain(&["503 Service Unavailable", "500 Internal Server Error", OK]));
        let file = settings(&folder, &bus, "");
        let arguments = ["--config", file.to_str().unwrap()];
        let Some(mut server) = Server::start_with(backend, &arguments) else { return };
        promised(&send(&server, &envelope("create", "m-1", &bus.address, &readings("2024-01-15T10:00:00Z"))));
        let first = bus.next();
        counted(&server, "failed", 1);
        // A server that was started anew owes it too.
        server.kill();
        let server = Server::launch(&server.data, server.database(), &arguments, None);
        assert_eq!(bus.next().body, first.body);
        assert_eq!(bus.next().body, first.body);
        bus.nothing_for(Duration::from_secs(2));
        drop(server);
    });
}

#[test]
fn an_address_that_nobody_vouches_for_gets_nothing() {
    let (folder, (bus, _)) = (Folder::new(), Bus::secure(&[OK]));
    let file = settings(&folder, &bus, "");
    let server = Server::start_with(Backend::Sqlite, &["--config", file.to_str().unwrap()]).unwrap();
    promised(&send(&server, &envelope("create", "m-1", &bus.address, &readings("2024-01-15T10:00:00Z"))));
    counted(&server, "failed", 2);
    bus.nothing_for(Duration::ZERO);
}

#[test]
fn no_redirect_is_followed() {
    let other = Bus::plain(&[OK]);
    let location: &'static str = Box::leak(format!("307 Temporary Redirect\r\nLocation: {}", other.address).into());
    let (folder, bus) = (Folder::new(), Bus::plain(Box::leak(Box::new([location]))));
    let file = settings(&folder, &bus, "");
    let server = Server::start_with(Backend::Sqlite, &["--config", file.to_str().unwrap()]).unwrap();
    promised(&send(&server, &envelope("create", "m-1", &bus.address, &readings("2024-01-15T10:00:00Z"))));
    bus.next();
    bus.next();
    other.nothing_for(Duration::from_millis(500));
    drop(server);
}
