//! A database for each test, and requests to try it with.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use metering_model::{OrganisationId, Principal, Roles, Sha256, TimeStamp};
use metering_persistence::{
    Answer, Answered, Call, Change, ChangeRequest, Clock, Config, Database, Result, ServerKey, Settings, Store,
    StoreRole,
};
use sha2::Digest;

/// Makes tests of cases: `battery! { a_case, another }`, each a `fn(&Trial)`.
macro_rules! battery {
    ($($case:ident),* $(,)?) => {
        mod on_sqlite {
            $( #[test] fn $case() { $crate::support::Trial::on_sqlite(super::$case); } )*
        }
        mod on_postgresql {
            $( #[test] fn $case() { $crate::support::Trial::on_postgresql(super::$case); } )*
        }
    };
}

/// A database of its own, gone when the test is done.
pub(crate) struct Trial {
    pub(crate) database: Database,
    pub(crate) key: ServerKey,
    folder: Option<PathBuf>,
    server: Option<(String, String)>,
}

static NEXT: AtomicU32 = AtomicU32::new(1);

fn name() -> String {
    format!("metering_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

impl Trial {
    pub(crate) fn on_sqlite(case: fn(&Trial)) {
        let folder = std::env::temp_dir().join(name());
        std::fs::create_dir_all(&folder).unwrap();
        let trial = Trial {
            database: Database::Sqlite { file: folder.join("metering.db") },
            key: ServerKey::new([7; 32]),
            folder: Some(folder),
            server: None,
        };
        case(&trial);
    }

    pub(crate) fn on_postgresql(case: fn(&Trial)) {
        static SAY: Once = Once::new();
        let Ok(server) = std::env::var("METERING_TEST_DATABASE_URL") else {
            // Written past the test harness, which keeps what is printed by tests that pass.
            SAY.call_once(|| {
                let said = "METERING_TEST_DATABASE_URL is not set: nothing is tried on PostgreSQL";
                let _ = writeln!(std::io::stderr(), "{said}");
            });
            return;
        };
        let name = name();
        PgConnection::establish(&server).unwrap().batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        let (place, query) = server.split_at(server.find('?').unwrap_or(server.len()));
        let authority = place.rsplit_once('/').unwrap().0;
        let url = format!("{authority}/{name}{query}");
        let trial = Trial {
            database: Database::Postgresql { url: url.into() },
            key: ServerKey::new([7; 32]),
            folder: None,
            server: Some((server, name)),
        };
        case(&trial);
    }

    pub(crate) fn config(&self) -> Config {
        Config {
            database: self.database.clone(),
            readers: 2,
            waiting: 1_000,
            role: StoreRole::Server,
            settings: Settings::default(),
            // Behind what any request says: a change is recorded when it arrived, unless a case says else.
            clock: Clock::new(|| TimeStamp::MIN),
        }
    }

    /// Opens the database as the server does.
    pub(crate) fn store(&self) -> Store {
        Store::open(self.config(), &self.key).unwrap()
    }

    /// A connection past the store, for tampering; `None` where there is no such database.
    pub(crate) fn sqlite(&self) -> Option<SqliteConnection> {
        let Database::Sqlite { file } = &self.database else { return None };
        let key: String = self.key.derive("sqlite").iter().map(|byte| format!("{byte:02x}")).collect();
        let mut connection = SqliteConnection::establish(&file.to_string_lossy()).unwrap();
        connection.batch_execute(&format!("PRAGMA key = \"x'{key}'\"; PRAGMA busy_timeout = 5000")).unwrap();
        Some(connection)
    }

    /// The same on PostgreSQL.
    pub(crate) fn postgresql(&self) -> Option<PgConnection> {
        use secrecy::ExposeSecret;
        let Database::Postgresql { url } = &self.database else { return None };
        Some(PgConnection::establish(url.expose_secret()).unwrap())
    }

    /// Executes statements past the store, on whichever database it is.
    pub(crate) fn execute(&self, sql: &str) {
        if let Some(mut connection) = self.sqlite() {
            connection.batch_execute(sql).unwrap();
        }
        if let Some(mut connection) = self.postgresql() {
            connection.batch_execute(sql).unwrap();
        }
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
        if let Some((server, name)) = &self.server
            && let Ok(mut connection) = PgConnection::establish(server)
        {
            let _ = connection.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

pub(crate) fn organisation() -> OrganisationId {
    "default".parse().unwrap()
}

pub(crate) fn at(text: &str) -> TimeStamp {
    text.parse().unwrap()
}

/// A request with `body`, which arrived at 10:00.
pub(crate) fn request(body: &str) -> ChangeRequest {
    let received_at = at("2026-11-24T10:00:00Z");
    ChangeRequest {
        principal: Principal {
            id: "mk_test".into(),
            organisation: organisation(),
            roles: Roles::default(),
            quota: 100,
            limits: None,
        },
        call: Call {
            organisation: Some(organisation()),
            principal: Some("mk_test".into()),
            method: "POST".into(),
            path: "/meter-readings".into(),
            status: 0,
            request_id: "r-1".into(),
            peer: "127.0.0.1".into(),
            at: received_at,
        },
        received_at,
        sha256: Sha256(sha2::Sha256::digest(body).into()),
        idempotency_key: None,
    }
}

/// The same under an idempotency key.
pub(crate) fn keyed(body: &str, key: &str) -> ChangeRequest {
    ChangeRequest { idempotency_key: Some(key.into()), ..request(body) }
}

/// The answer 201 with the number of the change as its body.
pub(crate) fn created(change: &Change<'_>) -> Result<Answer> {
    Ok(Answer { status: 201, body: change.number().to_string().into_bytes(), location: None, etag: None })
}

/// Does one change that only answers with its number.
pub(crate) fn do_one(store: &Store, request: ChangeRequest) -> Result<Answered> {
    store.change_and_wait(request, |change| created(change))
}

/// The number in such an answer.
pub(crate) fn number(answered: &Answered) -> i64 {
    std::str::from_utf8(&answered.answer.body).unwrap().parse().unwrap()
}

/// Waits up to ten seconds for something to become so.
pub(crate) fn soon(what: &str, mut is: impl FnMut() -> bool) {
    for _ in 0..1_000 {
        if is() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("{what} did not come about within ten seconds");
}
