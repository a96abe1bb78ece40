//! The real program, and a load generator of real HTTPS clients with kept connections.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use ureq::tls::{Certificate, RootCerts, TlsConfig};

use crate::day::{Day, digits};
use crate::yardsticks::Scratch;

pub(crate) struct Running {
    child: Child,
    url: String,
    key: String,
    certificate: Vec<u8>,
    _scratch: Scratch,
    _database: Option<crate::yardsticks::Database>,
}

pub(crate) struct Ingest {
    pub(crate) time: Duration,
    pub(crate) resident: u64,
}

impl Running {
    pub(crate) fn start(postgresql: Option<&str>) -> Self {
        let scratch = Scratch::new();
        let data: PathBuf = scratch.0.join("data");
        let database = postgresql.map(crate::yardsticks::Database::create);
        let mut command = Command::new(env!("CARGO_BIN_EXE_metering-server"));
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("METERING_")) {
            command.env_remove(name);
        }
        command.args(["--listen", "127.0.0.1:0", "--data-dir"]).arg(&data).env("METERING_RATE", "100000000");
        if let Some(database) = &database {
            command.env("METERING_DATABASE_URL", &database.url);
        }
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = loop {
            let line = lines.next().expect("the server ended").unwrap();
            if let Some(at) = line.find("https://127.0.0.1:").filter(|_| line.contains("listening on")) {
                break line[at..].split_whitespace().next().unwrap().to_owned();
            }
        };
        std::thread::spawn(move || lines.for_each(drop));
        let key = std::fs::read_to_string(data.join("first-api-key")).unwrap().trim().to_owned();
        let certificate = std::fs::read(data.join("tls.crt")).unwrap();
        Self { child, url, key, certificate, _scratch: scratch, _database: database }
    }

    fn agent(&self) -> ureq::Agent {
        let certificate = Certificate::from_pem(&self.certificate).unwrap();
        let tls = TlsConfig::builder().root_certs(RootCerts::new_with_certs(&[certificate])).build();
        ureq::Agent::config_builder().tls_config(tls).http_status_as_error(false).build().into()
    }

    fn resident(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0");
        line.split_whitespace().next().unwrap().parse::<u64>().unwrap() * 1024
    }

    /// Every request once, spread over `clients` that each keep one connection.
    pub(crate) fn send(&self, day: &Day, clients: usize) -> Ingest {
        let (next, done) = (AtomicUsize::new(0), AtomicBool::new(false));
        std::thread::scope(|scope| {
            let memory = scope.spawn(|| {
                let mut most = 0;
                while !done.load(Ordering::Relaxed) {
                    most = most.max(self.resident());
                    std::thread::sleep(Duration::from_millis(20));
                }
                most
            });
            let started = Instant::now();
            let senders: Vec<_> = (0..clients)
                .map(|_| {
                    scope.spawn(|| {
                        let agent = self.agent();
                        while let Some(body) = day.requests.get(next.fetch_add(1, Ordering::Relaxed)) {
                            let request = agent.post(format!("{}/meter-readings", self.url));
                            let request =
                                request.header("X-API-Key", &self.key).content_type(day.notation.content_type());
                            let mut answer = request.send(body.as_slice()).unwrap();
                            let text = answer.body_mut().read_to_string().unwrap();
                            assert_eq!(answer.status(), 201, "{text}");
                        }
                    })
                })
                .collect();
            senders.into_iter().for_each(|sender| sender.join().unwrap());
            let time = started.elapsed();
            done.store(true, Ordering::Relaxed);
            Ingest { time, resident: memory.join().unwrap() }
        })
    }

    fn get(&self, agent: &ureq::Agent, path: &str) -> Vec<u8> {
        let mut answer = agent.get(format!("{}{path}", self.url)).header("X-API-Key", &self.key).call().unwrap();
        let mut body = Vec::new();
        answer.body_mut().as_reader().read_to_end(&mut body).unwrap();
        assert_eq!(answer.status(), 200, "{}", String::from_utf8_lossy(&body));
        body
    }

    /// The median time of one meter's day, and of `/health`, in turn over one connection.
    pub(crate) fn one_meters_day(&self, day: &Day) -> (Duration, Duration) {
        let agent = self.agent();
        let (mut reads, mut alive) = (Vec::new(), Vec::new());
        for at in 0..200 {
            let started = Instant::now();
            let body = self.get(&agent, &format!("/meter-readings?meterId=M{:07}", at * 7919 % day.meters));
            reads.push(started.elapsed());
            assert_eq!(body.windows(8).filter(|it| it == b"\"value\":").count(), 96);
            let started = Instant::now();
            self.get(&agent, "/health");
            alive.push(started.elapsed());
        }
        reads.sort();
        alive.sort();
        (reads[100], alive[100])
    }

    /// Fetches all of it and compares every digit and time with what was sent.
    pub(crate) fn fetch_and_compare(&self, day: &Day) -> Duration {
        let agent = self.agent();
        let (mut cursor, mut at, started) = (String::new(), 0, Instant::now());
        loop {
            let body = self.get(&agent, &format!("/meter-readings?limit=100000{cursor}"));
            let text = std::str::from_utf8(&body).unwrap();
            for item in text.split("{\"meterId\":\"M").skip(1) {
                let (meter, quarter) = (at / 96, at % 96);
                let digits = digits(meter, quarter);
                let value = format!("\"value\":{}.{:03},", digits / 1000, digits % 1000);
                let time = format!("\"readingDateTime\":\"{}\"", Day::time(quarter));
                let same = item.starts_with(&format!("{meter:07}\"")) && item.contains(&value) && item.contains(&time);
                assert!(same, "{meter} {quarter}: {item}");
                at += 1;
            }
            let next = text.rsplit_once("\"next\":").unwrap().1.trim_end_matches('}').trim().trim_matches('"');
            if next == "null" {
                break;
            }
            cursor = format!("&cursor={next}");
        }
        assert_eq!(at, day.readings());
        started.elapsed()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
