//! What all messages have in common: strict out, and nothing that comes in is fatal.

use std::process::{Command, Stdio};

use metering_model::ConfigurationKind;
use proptest::prelude::*;

use super::schema::xsd;
use super::{Namespaces, configuration, end_device_controls, end_device_events, meter_readings};
use crate::{Limits, Malformed};

/// The golden samples, each written by hand.
const GOLDEN: [(&str, &str); 7] = [
    ("MeterReadings", include_str!("../../tests/fixtures/meter_readings.xml")),
    ("EndDeviceControls", include_str!("../../tests/fixtures/end_device_controls.xml")),
    ("EndDeviceEvents", include_str!("../../tests/fixtures/end_device_events.xml")),
    ("EndDeviceConfig", include_str!("../../tests/fixtures/end_device_config.xml")),
    ("MeterConfig", include_str!("../../tests/fixtures/meter_config.xml")),
    ("UsagePointConfig", include_str!("../../tests/fixtures/usage_point_config.xml")),
    ("ComModuleConfig", include_str!("../../tests/fixtures/com_module_config.xml")),
];

/// Reads a message and writes it again; gives how many items were received.
fn again(noun: &str, body: &[u8], out: &mut Vec<u8>) -> Result<u32, Malformed> {
    let (namespaces, limits) = (Namespaces::default(), Limits::default());
    let kind = match noun {
        "MeterReadings" => {
            let value = meter_readings::read(body, &namespaces, &limits)?.read.value;
            let _ = meter_readings::write(&value, &namespaces, out);
            return Ok(value.received);
        }
        "EndDeviceControls" => {
            let value = end_device_controls::read(body, &namespaces, &limits)?.read.value;
            let _ = end_device_controls::write(&value, &namespaces, out);
            return Ok(value.received);
        }
        "EndDeviceEvents" => {
            let value = end_device_events::read(body, &namespaces, &limits)?.read.value;
            let _ = end_device_events::write(&value, &namespaces, out);
            return Ok(value.received);
        }
        "EndDeviceConfig" => ConfigurationKind::EndDevice,
        "MeterConfig" => ConfigurationKind::Meter,
        "UsagePointConfig" => ConfigurationKind::UsagePoint,
        _ => ConfigurationKind::ComModule,
    };
    let value = configuration::read(kind, body, &namespaces, &limits)?.read.value;
    let _ = configuration::write(&value, &namespaces, out);
    Ok(value.received)
}

#[test]
fn what_is_written_validates() {
    if Command::new("xmllint").arg("--version").stderr(Stdio::null()).status().is_err() {
        println!("xmllint is not installed; the schemas were not tried");
        return;
    }
    let folder = std::env::temp_dir().join(format!("metering-messages-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (noun, golden) in GOLDEN {
        let mut out = Vec::new();
        assert!(again(noun, golden.as_bytes(), &mut out).unwrap() > 0);
        let written = folder.join(format!("{noun}.xml"));
        std::fs::write(&written, out).unwrap();
        let output =
            Command::new("xmllint").args(["--noout", "--schema"]).arg(xsd::file(noun)).arg(&written).output().unwrap();
        assert!(output.status.success(), "{noun}: {}", String::from_utf8_lossy(&output.stderr));
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn every_message_is_read_in_the_form_of_drafts() {
    for (noun, golden) in GOLDEN {
        let mut out = Vec::new();
        let received = again(noun, golden.as_bytes(), &mut out).unwrap();
        let draft = golden.replace("http://iec.ch/", "http://www.iec.ch/");
        let mut same = Vec::new();
        assert_eq!(again(noun, draft.as_bytes(), &mut same), Ok(received));
        assert_eq!(out, same, "{noun}");
        let other = golden.replace("http://iec.ch/", "http://example.com/");
        assert!(matches!(again(noun, other.as_bytes(), &mut Vec::new()), Err(Malformed::Message(_))));
    }
}

#[test]
fn what_attacks_a_reader_is_refused_by_every_message() {
    for (noun, golden) in GOLDEN {
        let refused = |body: &str| again(noun, body.as_bytes(), &mut Vec::new()).unwrap_err().to_string();
        let (declaration, message) = golden.split_at(golden.find('\n').unwrap());
        let laughs = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>";
        assert!(refused(&format!("{declaration}{laughs}{message}")).contains("DOCTYPE"), "{noun}");
        assert!(refused(&golden.replacen("</", "&b;</", 1)).contains("the entity `b`"), "{noun}");
        let instruction = golden.replacen("</", "<?xml-stylesheet href='x'?></", 1);
        assert!(refused(&instruction).contains("processing instruction"), "{noun}");
        assert!(refused(&format!("{golden}{message}")).contains("a second root element"), "{noun}");
        assert!(refused(&golden.replacen("</", "\u{0}</", 1)).contains("control character"), "{noun}");
        assert!(refused(&golden.replacen("UTF-8", "UTF-7", 1)).contains("UTF-7"), "{noun}");
        let deep = golden.replacen("</", &format!("{}</", "<x>".repeat(10_000)), 1);
        assert!(refused(&deep).contains("elements within each other"), "{noun}");
    }
}

#[test]
fn what_nobody_knows_is_read_past_wherever_it_stands() {
    let unknown = "<v:x xmlns:v='urn:v' v:a='1'><v:y>&lt;</v:y><!-- --><mRID>z</mRID></v:x>";
    for (noun, golden) in GOLDEN {
        let mut expected = Vec::new();
        let received = again(noun, golden.as_bytes(), &mut expected).unwrap();
        for (at, _) in golden.match_indices("</") {
            let (before, behind) = golden.split_at(at);
            let mut out = Vec::new();
            assert_eq!(again(noun, format!("{before}{unknown}{behind}").as_bytes(), &mut out), Ok(received));
            assert_eq!(out, expected, "{noun} {before}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn anything_is_read_or_refused(which in 0usize..7, at in 0usize..20_000, cut in 0usize..64, bytes: Vec<u8>) {
        let (noun, golden) = GOLDEN[which];
        let _ = again(noun, &bytes, &mut Vec::new());
        let mut body = golden.as_bytes().to_vec();
        let at = at % body.len();
        let end = (at + cut).min(body.len());
        body.splice(at..end, bytes);
        let _ = again(noun, &body, &mut Vec::new());
    }

    #[test]
    fn pieces_of_messages_are_read_or_refused(which in 0usize..7, pieces in proptest::collection::vec(0usize..400, 0..80)) {
        let (noun, golden) = GOLDEN[which];
        let parts: Vec<&str> = golden.split_inclusive(['>', '\n']).collect();
        let body: String = pieces.iter().map(|at| parts[at % parts.len()]).collect();
        let _ = again(noun, body.as_bytes(), &mut Vec::new());
        let _ = again(noun, format!("{}{body}", parts[..3].concat()).as_bytes(), &mut Vec::new());
    }
}
