//! The crate as somebody else uses it: `tests/stranger` at the top is a workspace of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The top of the repository; a published package has none around it.
fn top() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    (!here.join("Cargo.toml.orig").exists()).then(|| here.join("../.."))
}

/// Builds and tests it with what is on the machine: its lock file names nothing the main one does not.
#[test]
fn a_stranger_can_build_on_it() {
    let Some(top) = top() else { return };
    let output = Command::new(env!("CARGO"))
        .args(["test", "--offline", "--locked", "--all-features", "--quiet"])
        .current_dir(top.join("tests/stranger"))
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("stranger"))
        .output()
        .unwrap();
    let (out, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}\n{errors}");
    assert!(!errors.contains("warning:"), "{errors}");
    assert!(out.matches("test result: ok. ").count() >= 3, "{out}");
}

/// The versions of both lock files are the same, so that the two are never about different libraries.
#[test]
fn its_libraries_are_those_of_the_workspace() {
    let Some(top) = top() else { return };
    let packages = |file: &str| -> Vec<String> {
        let lock = std::fs::read_to_string(top.join(file)).unwrap();
        lock.split("[[package]]").skip(1).map(|it| it.lines().skip(1).take(2).collect()).collect()
    };
    let ours = packages("Cargo.lock");
    // The fuzz targets have a few libraries besides.
    let theirs = ["stranger", "metering-model-fuzz", "metering-messages-fuzz", "libfuzzer-sys", "arbitrary"];
    let theirs = theirs.map(|it| format!("\"{it}\""));
    for file in ["tests/stranger", "crates/metering-model/fuzz", "crates/metering-messages/fuzz"] {
        let file = &format!("{file}/Cargo.lock");
        for package in packages(file) {
            let known = ours.contains(&package) || theirs.iter().any(|it| package.contains(it));
            assert!(known, "{file}: {package} is not in Cargo.lock");
        }
    }
}
