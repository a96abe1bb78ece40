//! Migrations: the same in both databases, and each can be undone.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use metering_persistence::{Error, OpenError, Store};

use crate::support::Trial;

battery! {
    up_and_down_and_up_again_leaves_the_same_schema,
    a_newer_schema_is_refused_by_name,
}

fn folder(of: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(of)
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |of| -> BTreeSet<String> {
        let entries = std::fs::read_dir(folder(of)).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    assert_eq!(names("sqlite"), names("postgresql"));
    assert!(names("sqlite").contains("0001_organisations"));
}

#[derive(QueryableByName, Debug, PartialEq, Eq)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

const SQLITE: &str = "SELECT coalesce(sql, name) AS line FROM sqlite_master ORDER BY 1";
const POSTGRESQL: &str = "SELECT line FROM (\
    SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) AS line \
    FROM information_schema.columns WHERE table_schema = 'public' \
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' \
    UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint \
    WHERE connamespace = 'public'::regnamespace) all_lines ORDER BY 1";

fn up_and_down_and_up_again_leaves_the_same_schema(trial: &Trial) {
    trial.store().close();
    if let Some(mut connection) = trial.sqlite() {
        let source = || FileBasedMigrations::from_path(folder("sqlite")).unwrap();
        let lines = |it: &mut SqliteConnection| diesel::sql_query(SQLITE).load::<Line>(it).unwrap();
        let up = lines(&mut connection);
        connection.revert_all_migrations(source()).unwrap();
        let down = lines(&mut connection);
        assert!(down.iter().all(|it| it.line.contains("__diesel_schema_migrations")), "{down:#?}");
        connection.run_pending_migrations(source()).unwrap();
        assert_eq!(lines(&mut connection), up);
    }
    if let Some(mut connection) = trial.postgresql() {
        let source = || FileBasedMigrations::from_path(folder("postgresql")).unwrap();
        let lines = |it: &mut PgConnection| diesel::sql_query(POSTGRESQL).load::<Line>(it).unwrap();
        let up = lines(&mut connection);
        connection.revert_all_migrations(source()).unwrap();
        let down = lines(&mut connection);
        assert!(down.iter().all(|it| it.line.contains("__diesel_schema_migrations")), "{down:#?}");
        connection.run_pending_migrations(source()).unwrap();
        assert_eq!(lines(&mut connection), up);
    }
}

fn a_newer_schema_is_refused_by_name(trial: &Trial) {
    trial.store().close();
    trial.execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')");
    let outcome = Store::open(trial.config(), &trial.key);
    assert!(
        matches!(&outcome, Err(Error::Open(OpenError::NewerSchema { versions })) if versions == "9999"),
        "{outcome:?}"
    );
}
