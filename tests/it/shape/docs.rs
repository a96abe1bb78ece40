//! The documents name what the code has.

use super::{files, top};

fn document(name: &str) -> String {
    std::fs::read_to_string(top().join(name)).unwrap()
}

#[test]
fn every_setting_is_in_the_operators_guide() {
    let guide = document("docs/operating.md");
    let mut found = 0;
    for file in files("bins/metering-server/src", "rs") {
        let text = std::fs::read_to_string(&file).unwrap();
        for (at, _) in text.match_indices("METERING_") {
            let name: String = text[at..]
                .chars()
                .take_while(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || *it == '_')
                .collect();
            if name.len() > "METERING_".len() && !name.starts_with("METERING_TEST") && !name.ends_with('_') {
                assert!(guide.contains(&name), "{name} ({}) is not in docs/operating.md", file.display());
                found += 1;
            }
        }
    }
    assert!(found > 5, "the settings were not found in the code");
}

#[test]
fn every_problem_has_its_heading() {
    let errors = document("docs/errors.md");
    let table = document("crates/metering-transport/src/problem.rs");
    for kind in [
        "malformed",
        "invalid",
        "unauthenticated",
        "forbidden",
        "not-found",
        "quota-exceeded",
        "unavailable",
        "internal",
    ] {
        assert!(table.contains(&format!("\"{kind}\"")), "{kind} is not in the table of problems");
        assert!(errors.lines().any(|line| line.starts_with('#') && line.contains(kind)), "{kind} has no heading");
    }
    for code in metering_model::ViolationCode::ALL {
        assert!(errors.contains(&format!("`{code}`")), "{code} is not in docs/errors.md");
    }
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut names = vec![top().join("README.md"), top().join("CHANGELOG.md")];
    names.extend(files("docs", "md"));
    for file in names {
        let text = std::fs::read_to_string(&file).unwrap();
        for (at, _) in text.match_indices("](") {
            let link = text[at + 2..].split([')', '#', ' ']).next().unwrap();
            if !link.is_empty() && !link.contains("://") {
                let target = file.parent().unwrap().join(link);
                assert!(target.exists(), "{}: {link} leads nowhere", file.display());
            }
        }
    }
}
