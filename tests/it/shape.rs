//! Tests that hold the shape of the project.

mod docs;
mod files;
mod floors;
mod migrations;

use std::path::PathBuf;

/// The top of the repository.
fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Every file with this ending below `folder`.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    fn walk(folder: &std::path::Path, ending: &str, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if path.file_name().is_some_and(|it| it == "target") {
                    continue; // of a workspace of its own
                }
                walk(&path, ending, found);
            } else if path.extension().is_some_and(|it| it == ending) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&top().join(folder), ending, &mut found);
    found.sort();
    found
}
