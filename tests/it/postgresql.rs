//! A database of its own on the PostgreSQL that `METERING_TEST_DATABASE_URL` names.

use std::io::Write as _;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::{Connection as _, PgConnection, connection::SimpleConnection as _};

/// Says why something was not tested, past the test harness, which keeps what tests print that pass.
pub(crate) fn say(what: &str) {
    let _ = writeln!(std::io::stderr(), "{what}");
}

/// Dropped from the server when the test ends.
#[derive(Debug)]
pub(crate) struct Database {
    name: String,
    server: String,
    pub(crate) url: String,
}

impl Database {
    /// `None`, and one line that says so, where no server is named.
    pub(crate) fn create() -> Option<Self> {
        static SAY: Once = Once::new();
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let Ok(server) = std::env::var("METERING_TEST_DATABASE_URL") else {
            SAY.call_once(|| say("METERING_TEST_DATABASE_URL is not set: nothing is tested on PostgreSQL"));
            return None;
        };
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("metering_it_{}_{number}", std::process::id());
        let mut connection = PgConnection::establish(&server).unwrap();
        connection.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).unwrap();
        connection.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        let (front, parameters) = server.split_once('?').map_or((server.as_str(), None), |(a, b)| (a, Some(b)));
        let front = front.rsplit_once('/').unwrap().0;
        let url = format!("{front}/{name}{}", parameters.map(|it| format!("?{it}")).unwrap_or_default());
        Some(Self { name, server, url })
    }
}

impl Database {
    /// Ends every connection to it, as a restart of the database server would.
    pub(crate) fn disconnect_everybody(&self) {
        let mut connection = PgConnection::establish(&self.server).unwrap();
        let end = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'", self.name);
        connection.batch_execute(&end).unwrap();
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Ok(mut connection) = PgConnection::establish(&self.server) {
            let _ = connection.batch_execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
        }
    }
}
