//! The crate as somebody else uses it: `tests/stranger` at the top is a workspace of its own.

use std::path::Path;
use std::process::Command;

/// Builds and tests it with what is on the machine: its lock file names nothing the main one does not.
#[test]
fn a_stranger_can_build_on_it() {
    let stranger = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/stranger");
    let output = Command::new(env!("CARGO"))
        .args(["test", "--offline", "--locked", "--all-features", "--quiet"])
        .current_dir(&stranger)
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
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let packages = |file: &str| -> Vec<String> {
        let lock = std::fs::read_to_string(top.join(file)).unwrap();
        lock.split("[[package]]").skip(1).map(|it| it.lines().skip(1).take(2).collect()).collect()
    };
    let ours = packages("Cargo.lock");
    for package in packages("tests/stranger/Cargo.lock") {
        assert!(package.contains("\"stranger\"") || ours.contains(&package), "{package} is not in Cargo.lock");
    }
}
