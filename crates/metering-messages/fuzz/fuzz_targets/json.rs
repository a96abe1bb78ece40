//! Every reader of JSON. What was read says the same behind XML, where all of it has a place there.

#![no_main]

use std::fmt::Debug;

use libfuzzer_sys::fuzz_target;
use metering_messages::xml::{self, Namespaces, Omitted, Received};
use metering_messages::{Limits, Malformed, Read, json};
use metering_model::ConfigurationKind;

fuzz_target!(|body: &[u8]| {
    let (limits, spaces) = (Limits::default(), Namespaces::default());
    behind_xml(
        json::meter_readings::read(body, &limits),
        |value, out| xml::meter_readings::write(value, &spaces, out),
        |text| xml::meter_readings::read(text, &spaces, &limits),
    );
    behind_xml(
        json::end_device_controls::read(body, &limits),
        |value, out| xml::end_device_controls::write(value, &spaces, out),
        |text| xml::end_device_controls::read(text, &spaces, &limits),
    );
    behind_xml(
        json::end_device_events::read(body, &limits),
        |value, out| xml::end_device_events::write(value, &spaces, out),
        |text| xml::end_device_events::read(text, &spaces, &limits),
    );
    for &kind in ConfigurationKind::ALL {
        behind_xml(
            json::configuration::read(kind, body, &limits),
            |value, out| xml::configuration::write(value, &spaces, out),
            |text| xml::configuration::read(kind, text, &spaces, &limits),
        );
    }
});

/// Writes what was read as XML and reads it again; what is written of that has to be the same.
fn behind_xml<T: Debug>(
    read: Result<Read<T>, Malformed>,
    write: impl Fn(&T, &mut Vec<u8>) -> Omitted,
    again: impl Fn(&[u8]) -> Result<Received<T>, Malformed>,
) {
    let Ok(read) = read else { return };
    let mut text = Vec::new();
    let omitted = write(&read.value, &mut text);
    let shown = String::from_utf8_lossy(&text);
    let received = again(&text).unwrap_or_else(|error| panic!("{error}: {shown}"));
    if omitted.is_empty() {
        assert_eq!(received.read.violations, [], "{shown}");
        let mut same = Vec::new();
        let _ = write(&received.read.value, &mut same);
        assert_eq!(String::from_utf8_lossy(&same), shown);
    }
}
