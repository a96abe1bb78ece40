//! What is in an envelope is cut out of the body, not copied.

use std::fmt::Write as _;

use allocation_counter::measure;
use metering_messages::Limits;
use metering_messages::envelope::{Envelope, Payload};
use metering_messages::soap::Version;
use metering_messages::xml::envelope::{Bounds, EnvelopeNamespaces, Reading, read_part};
use metering_messages::xml::{Namespaces, meter_readings, soap};

/// So many readings, in a request, in SOAP; all prefixes are declared at the very beginning.
fn body(readings: u32) -> String {
    let mut text = String::from(
        r#"<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:e="http://iec.ch/TC57/2011/schema/message"
        xmlns:m="http://iec.ch/TC57/2011/MeterReadings#"><s:Body><e:RequestMessage><e:Header><e:Verb>create</e:Verb>
        <e:Noun>MeterReadings</e:Noun></e:Header><e:Payload><m:MeterReadings><m:MeterReading>
        <m:Meter><m:mRID>m-1</m:mRID></m:Meter>"#,
    );
    for number in 0..readings {
        let (day, hour, minute) = (1 + number / 1_440, number / 60 % 24, number % 60);
        let _ = write!(
            text,
            r#"<m:Readings><m:timeStamp>2024-01-{day:02}T{hour:02}:{minute:02}:00Z</m:timeStamp><m:value>{number}.50</m:value><m:ReadingType ref="0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/></m:Readings>"#
        );
    }
    text + "</m:MeterReading></m:MeterReadings></e:Payload></e:RequestMessage></s:Body></s:Envelope>"
}

#[test]
fn a_payload_is_not_copied() {
    let body = body(10_000);
    let (namespaces, limits, bounds) = (EnvelopeNamespaces::default(), Limits::default(), Bounds::default());
    let reading = Reading { namespaces: &namespaces, limits: &limits, bounds: &bounds };
    let mut message = None;
    let mut counted = measure(|| message = soap::read(body.as_bytes(), Version::V1_2, &limits).ok());
    let message = message.expect("a SOAP message");
    let mut received = None;
    counted += measure(|| received = read_part(&message.body, &reading).ok());
    let received = received.expect("an envelope");
    assert!(body.len() > 1_000_000);
    // Nothing is allocated for a reading, and a few kB for the rest.
    assert!(counted.bytes_total < 64 << 10 && counted.count_total < 500, "{counted:?} of {} bytes", body.len());
    let Envelope::Request(request) = received.envelope else { panic!("a request") };
    let Some(Payload::Plain(part)) = request.payload else { panic!("a payload") };
    let readings = part.read(&Namespaces::default(), |text, spaces| meter_readings::read(text, spaces, &limits));
    assert_eq!(readings.expect("readings").read.value.readings.len(), 10_000);
}
