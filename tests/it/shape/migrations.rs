//! Both back ends have the same migrations, each with a way back.

use super::top;

#[test]
fn both_back_ends_have_the_same_migrations() {
    let names = |back_end: &str| {
        let folder = top().join("migrations").join(back_end);
        let mut names: Vec<_> =
            std::fs::read_dir(&folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        for name in &names {
            for file in ["up.sql", "down.sql"] {
                let text = std::fs::read_to_string(folder.join(name).join(file)).unwrap();
                assert!(!text.trim().is_empty(), "{back_end}/{name}/{file} is empty");
            }
        }
        names
    };
    assert_eq!(names("sqlite"), names("postgresql"));
}

/// What a PostgreSQL that is spread over several machines refuses, or does without saying so.
#[test]
fn the_schema_stays_distributable() {
    for file in super::files("migrations/postgresql", "sql") {
        let text = std::fs::read_to_string(&file).unwrap().to_uppercase();
        let mut words = text.split(|it: char| !it.is_alphanumeric() && it != '_');
        let refused = ["TRIGGER", "SERIAL", "BIGSERIAL", "NOW", "CLOCK_TIMESTAMP", "XMAX", "RECURSIVE"];
        let found = words.find(|word| refused.contains(word));
        assert_eq!(found, None, "{}", file.display());
    }
}
