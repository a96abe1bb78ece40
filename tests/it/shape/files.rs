//! The rooms: how large they grow and what they are called.

use super::{files, top};

/// Longer than this, a file holds two rooms. Pure code lists are exempt.
const LONGEST: usize = 600;

#[test]
fn no_file_outgrows_its_room() {
    for folder in ["crates", "bins", "tests"] {
        for file in files(folder, "rs") {
            if file.components().any(|it| it.as_os_str() == "reading_type") {
                continue;
            }
            let lines = std::fs::read_to_string(&file).unwrap().lines().count();
            assert!(lines <= LONGEST, "{} has {lines} lines; which two rooms does it hold?", file.display());
        }
    }
}

#[test]
fn names_say_what_a_thing_is() {
    for folder in ["crates", "bins", "tests"] {
        for file in files(folder, "rs") {
            let name = file.file_stem().unwrap().to_str().unwrap();
            for vague in ["utils", "util", "common", "helpers", "helper", "core", "misc", "types", "manager", "mod"] {
                assert_ne!(name, vague, "{}", file.display());
            }
        }
    }
}

/// One noun, the same file name on every floor.
#[test]
fn each_noun_has_its_room_on_every_floor() {
    for noun in ["meter_readings", "end_device_controls", "end_device_events", "configuration"] {
        for room in [
            "metering-model/src",
            "metering-messages/src/json",
            "metering-validation/src",
            "metering-persistence/src",
            "metering-transport/src/endpoints",
        ] {
            let file = top().join("crates").join(room).join(format!("{noun}.rs"));
            assert!(file.exists(), "{} is missing", file.display());
        }
    }
}
