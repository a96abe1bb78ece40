//! The real program over real TLS, as its users meet it: started on a free port with a data folder
//! of its own, ended when the test ends.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use crate::postgresql::Database;

/// Which database stands behind the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Backend {
    Sqlite,
    Postgresql,
}

/// Makes of each function over a [`Server`] a test on SQLite and one on PostgreSQL; the latter
/// passes at once where `METERING_TEST_DATABASE_URL` is not set (the first such test says so).
macro_rules! on_each_backend {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[test] fn $name() { super::$name(&$crate::server::Server::start($crate::server::Backend::Sqlite).unwrap()); })*
        }
        mod postgresql {
            $(#[test] fn $name() {
                if let Some(server) = $crate::server::Server::start($crate::server::Backend::Postgresql) {
                    super::$name(&server);
                }
            })*
        }
    };
}
pub(crate) use on_each_backend;

/// A folder that goes when it is dropped.
#[derive(Debug)]
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("metering-it-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A running server.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
    pub(crate) data: PathBuf,
    pub(crate) key: String,
    agent: ureq::Agent,
    // Dropped last: the server is gone by then.
    _folder: Option<Folder>,
    database: Option<Database>,
}

/// An answer, its body read.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: ureq::http::HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// The body as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The body, after making sure of the status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        if self.text.is_empty() { Value::Null } else { self.json() }
    }

    /// The body of an answer in XML, after making sure of the status.
    #[track_caller]
    pub(crate) fn expect_xml(self, status: u16) -> String {
        assert_eq!(self.status, status, "{}", self.text);
        self.text
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// A credential as a header.
#[derive(Debug, Clone)]
pub(crate) enum Credential {
    Key(String),
    Token(String),
    None,
}

impl Server {
    pub(crate) fn start(backend: Backend) -> Option<Self> {
        Self::start_with(backend, &[])
    }

    /// `None` where the back end is not at hand.
    pub(crate) fn start_with(backend: Backend, arguments: &[&str]) -> Option<Self> {
        let folder = Folder::new();
        let data = folder.0.join("data");
        let database = match backend {
            Backend::Sqlite => None,
            Backend::Postgresql => Some(Database::create()?),
        };
        let mut server = Self::launch(&data, database.as_ref(), arguments, None);
        server._folder = Some(folder);
        server.database = database;
        Some(server)
    }

    /// Starts the program on `data`, and waits until it listens.
    pub(crate) fn launch(data: &Path, database: Option<&Database>, arguments: &[&str], quota: Option<u32>) -> Self {
        let mut command = program();
        command.arg("--listen").arg("127.0.0.1:0").arg("--data-dir").arg(data);
        // Tests send more than a person does; the limit has tests of its own.
        command.env("METERING_RATE", quota.unwrap_or(1_000_000).to_string());
        if let Some(database) = database {
            command.env("METERING_DATABASE_URL", &database.url);
        }
        // Its log is told only where the test fails. It lies beside the data, which may be full.
        let log = data.with_extension("log");
        let stderr = std::fs::File::options().create(true).append(true).open(&log).unwrap();
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(stderr);
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let started = Instant::now();
        let address = loop {
            let Some(Ok(line)) = lines.next() else {
                let said = std::fs::read_to_string(&log).unwrap_or_default();
                panic!("the server ended before it listened: {:?} {said}", child.wait());
            };
            if let Some(at) = line.find("listening on https://") {
                break line[at + "listening on https://".len()..].split_whitespace().next().unwrap().to_owned();
            }
            assert!(started.elapsed() < Duration::from_secs(60), "the server does not listen");
        };
        // What it says later must not block it.
        std::thread::spawn(move || lines.for_each(drop));
        let key = std::fs::read_to_string(data.join("first-api-key")).unwrap_or_default().trim().to_owned();
        Self { child, address, data: data.to_owned(), key, agent: agent(data), _folder: None, database: None }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn database(&self) -> Option<&Database> {
        self.database.as_ref()
    }

    /// SIGKILL, and a new start on the same data.
    pub(crate) fn kill_and_restart(&mut self) {
        self.kill();
        let mut next = Self::launch(&self.data, self.database.as_ref(), &[], None);
        std::mem::swap(&mut self.child, &mut next.child);
        std::mem::swap(&mut self.address, &mut next.address);
        std::mem::swap(&mut self.agent, &mut next.agent);
    }

    pub(crate) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Sends a signal by name, as an operator would.
    pub(crate) fn signal(&self, name: &str) {
        let done = Command::new("sh").arg("-c").arg(format!("kill -{name} {}", self.id())).status().unwrap();
        assert!(done.success());
    }

    /// Waits for the program's end.
    pub(crate) fn wait(&mut self, longest: Duration) -> Option<std::process::ExitStatus> {
        let started = Instant::now();
        while started.elapsed() < longest {
            if let Some(status) = self.child.try_wait().unwrap() {
                return Some(status);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        None
    }

    /// Resident memory in bytes.
    pub(crate) fn resident(&self) -> u64 {
        self.memory("VmRSS:")
    }

    /// The most resident memory there was so far, in bytes.
    pub(crate) fn most_resident(&self) -> u64 {
        self.memory("VmHWM:")
    }

    fn memory(&self, of: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with(of)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
    }

    pub(crate) fn agent(&self) -> ureq::Agent {
        self.agent.clone()
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("https://{}{path}", self.address)
    }

    pub(crate) fn first_key(&self) -> Credential {
        Credential::Key(self.key.clone())
    }

    /// Any request; the body is JSON unless a header says otherwise.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        credential: &Credential,
        headers: &[(&str, &str)],
        body: impl AsRef<[u8]>,
    ) -> Answer {
        try_send(&self.agent, &self.url(path), method, credential, headers, body.as_ref()).unwrap()
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &self.first_key(), &[], "")
    }

    pub(crate) fn post(&self, path: &str, body: impl AsRef<[u8]>) -> Answer {
        self.send("POST", path, &self.first_key(), &[], body)
    }

    pub(crate) fn post_with(&self, path: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Answer {
        self.send("POST", path, &self.first_key(), headers, body)
    }

    /// A command of the program beside the running server; its standard output.
    pub(crate) fn command(&self, arguments: &[&str]) -> Result<String, String> {
        let mut command = program();
        command.args(arguments).arg("--data-dir").arg(&self.data);
        if let Some(database) = &self.database {
            command.env("METERING_DATABASE_URL", &database.url);
        }
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
    }

    /// A new key with these roles, made by the program's own command.
    pub(crate) fn new_key(&self, roles: &str) -> Credential {
        let made = self.command(&["keys", "create", "--name", "test", "--roles", roles, "--json"]).unwrap();
        let made: Value = serde_json::from_str(&made).unwrap();
        Credential::Key(made["key"].as_str().unwrap().to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            let log = std::fs::read_to_string(self.data.with_extension("log")).unwrap_or_default();
            eprintln!("--- the server said:\n{log}");
        }
    }
}

/// The program with nothing of this process's own settings.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_metering-server"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("METERING_") {
            command.env_remove(name);
        }
    }
    command
}

/// A client that trusts the certificate the server made for itself, and no other.
fn agent(data: &Path) -> ureq::Agent {
    let pem = std::fs::read(data.join("tls.crt")).unwrap();
    let certificate = Certificate::from_pem(&pem).unwrap();
    let tls = TlsConfig::builder().root_certs(RootCerts::new_with_certs(&[certificate])).build();
    ureq::Agent::config_builder()
        .tls_config(tls)
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(120)))
        .max_redirects(0)
        .build()
        .into()
}

/// One request; an error is the network's, never a status.
pub(crate) fn try_send(
    agent: &ureq::Agent,
    url: &str,
    method: &str,
    credential: &Credential,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Result<Answer, ureq::Error> {
    let mut request = ureq::http::Request::builder().method(method).uri(url);
    match credential {
        Credential::Key(key) => request = request.header("X-API-Key", key),
        Credential::Token(token) => request = request.header("Authorization", format!("Bearer {token}")),
        Credential::None => {}
    }
    let has_body = matches!(method, "POST" | "PUT");
    if has_body && !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
        request = request.header("Content-Type", "application/json");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut response =
        if has_body { agent.run(request.body(body).unwrap())? } else { agent.run(request.body(()).unwrap())? };
    let text = response.body_mut().with_config().limit(1 << 30).read_to_string()?;
    Ok(Answer { status: response.status().as_u16(), headers: response.headers().clone(), text })
}
