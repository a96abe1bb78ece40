//! What the machine does with no server in front.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use metering_messages::{Limits, json};
use metering_persistence::meter_readings::{Buffers, pack};
use metering_validation::{Facts, Rules, meter_readings};

use crate::day::{BATCH, Day};

/// (a) Reading, checking and packing every request on one core.
pub(crate) fn read_check_and_pack(day: &Day) -> Duration {
    let facts = Facts { now: "2024-01-16T00:00:00Z".parse().unwrap(), rules: Rules::default() };
    let (limits, mut buffers, mut packed) = (Limits::default(), Buffers::default(), 0);
    let started = Instant::now();
    for body in &day.requests {
        let mut read = json::meter_readings::read(body, &limits).unwrap();
        let valid = meter_readings::check(read.value, &facts, &mut read.violations, &mut read.warnings);
        assert!(read.violations.is_empty());
        packed += pack(&valid, &mut buffers);
    }
    let time = started.elapsed();
    assert!(packed > 0);
    time
}

/// (b) The bare engine: prepared row inserts keyed by series and time, one durable transaction a
/// request. The file is not encrypted, which the server's is.
pub(crate) fn rows_in_sqlite(day: &Day) -> Duration {
    let scratch = Scratch::new();
    let connection = rusqlite::Connection::open(scratch.0.join("rows.db")).unwrap();
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE readings (series INTEGER, time INTEGER, digits INTEGER, scale INTEGER, quality INTEGER,
                 PRIMARY KEY (series, time)) WITHOUT ROWID;",
        )
        .unwrap();
    let mut insert = connection
        .prepare("INSERT INTO readings VALUES (?, ?, ?, 3, 0) ON CONFLICT DO UPDATE SET digits = excluded.digits")
        .unwrap();
    let mut rows = day.rows();
    let started = Instant::now();
    for _ in 0..day.requests.len() {
        connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        for row in rows.by_ref().take(BATCH) {
            insert.execute(row).unwrap();
        }
        connection.execute_batch("COMMIT").unwrap();
    }
    started.elapsed()
}

diesel::table! {
    plain_rows (series, time) {
        series -> BigInt,
        time -> BigInt,
        digits -> BigInt,
        scale -> Integer,
        quality -> Integer,
    }
}

/// (c) COPY of plain rows without a key, one durable transaction a request.
pub(crate) fn copy_to_postgresql(day: &Day, url: &str) -> Duration {
    let database = Database::create(url);
    let mut connection = PgConnection::establish(&database.url).unwrap();
    connection
        .batch_execute(
            "CREATE TABLE plain_rows (series bigint, time bigint, digits bigint, scale integer, quality integer)",
        )
        .unwrap();
    let mut rows = day.rows();
    let started = Instant::now();
    for _ in 0..day.requests.len() {
        let mut text = String::with_capacity(BATCH * 40);
        for (series, time, digits) in rows.by_ref().take(BATCH) {
            use std::fmt::Write as _;
            writeln!(text, "{series}\t{time}\t{digits}\t3\t0").unwrap();
        }
        let copied = diesel::copy_from(plain_rows::table).from_raw_data(plain_rows::table, |copy| {
            std::io::Write::write_all(copy, text.as_bytes())
                .map_err(|error| diesel::result::Error::SerializationError(error.into()))
        });
        assert_eq!(copied.execute(&mut connection).unwrap(), text.lines().count());
    }
    let time = started.elapsed();
    let stored: i64 = plain_rows::table.count().get_result(&mut connection).unwrap();
    assert_eq!(stored as usize, day.readings());
    time
}

/// A folder that goes when it is dropped.
pub(crate) struct Scratch(pub(crate) PathBuf);

static COUNT: AtomicU32 = AtomicU32::new(0);

impl Scratch {
    pub(crate) fn new() -> Self {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("metering-bench-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A database of its own on a PostgreSQL.
pub(crate) struct Database {
    name: String,
    server: String,
    pub(crate) url: String,
}

impl Database {
    pub(crate) fn create(server: &str) -> Self {
        let name = format!("metering_bench_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let mut connection = PgConnection::establish(server).unwrap();
        connection.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        let url = format!("{}/{name}", server.rsplit_once('/').unwrap().0);
        Self { name, server: server.to_owned(), url }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Ok(mut connection) = PgConnection::establish(&self.server) {
            let _ = connection.batch_execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
        }
    }
}
