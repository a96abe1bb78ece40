//! Every reader of XML: SOAP, the envelope, what both carry, and messages that come bare. What was
//! read is written again, and what was written says the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use metering_messages::envelope::{Envelope, MessageNoun, Noun, Payload};
use metering_messages::soap::{Fault, Version};
use metering_messages::xml::envelope::{self, Bounds, EnvelopeNamespaces, Message, Part, Reading, Received, Refused};
use metering_messages::xml::{
    Namespaces, Omitted, configuration, end_device_controls, end_device_events, meter_readings, soap,
};
use metering_messages::{Limits, Malformed};
use metering_model::TimeStamp;

fuzz_target!(|body: &[u8]| {
    let (namespaces, limits, bounds) = (EnvelopeNamespaces::default(), Limits::default(), Bounds::default());
    let reading = Reading { namespaces: &namespaces, limits: &limits, bounds: &bounds };
    for version in Version::ALL {
        let fault = match soap::read(body, version, &limits) {
            Ok(message) => match envelope::read_part(&message.body, &reading) {
                Ok(received) => {
                    look_into(received, &reading);
                    continue;
                }
                Err(refused) => Fault::of_refused(version, *refused),
            },
            Err(fault) => *fault,
        };
        let mut out = Vec::new();
        soap::write_fault(&fault, &namespaces, &mut out);
        soap::read(&out, version, &limits).expect("a fault is SOAP");
    }
    match envelope::read(body, &reading) {
        Ok(received) => look_into(received, &reading),
        Err(refused) => answer(*refused, &reading),
    }
    for &noun in MessageNoun::ALL {
        let Ok(message) = bare(noun, body, &limits) else { continue };
        let (text, omitted) = written(&message);
        let again = bare(noun, &text, &limits).unwrap_or_else(|error| panic!("{error}: {}", shown(&text)));
        assert_eq!(violations(&again), 0, "{}", shown(&text));
        if omitted.is_empty() {
            assert_eq!(shown(&written(&again).0), shown(&text));
        }
    }
});

/// Reads what an envelope carries as the server does, and writes and reads the whole again.
fn look_into(received: Received<'_>, reading: &Reading<'_>) {
    let spaces = Namespaces::default();
    if let Envelope::Request(request) = &received.envelope
        && let Noun::Message(noun) = request.header.noun
    {
        let _ = envelope::select(noun, &request.parameters, &spaces, reading);
        let _ = envelope::targets(noun, request, &spaces, reading);
    }
    let form = received.form;
    let Some((envelope, omitted)) = with_messages_written(received, reading) else { return };
    let text = written_around(&envelope, form, reading);
    let again = envelope::read(&text, reading).unwrap_or_else(|refused| panic!("{refused}: {}", shown(&text)));
    let (again, _) = with_messages_written(again, reading).expect("what was written is read");
    if omitted.is_empty() {
        assert_eq!(shown(&written_around(&again, form, reading)), shown(&text));
    }
}

/// The same envelope around messages that were read and written; `None` where one is none.
fn with_messages_written(received: Received<'_>, reading: &Reading<'_>) -> Option<(Envelope<Vec<u8>>, Omitted)> {
    let properties = received.envelope.header().map(|it| it.properties.clone()).unwrap_or_default();
    let mut omitted: Vec<&'static str> = Vec::new();
    let envelope = received.envelope.try_map(|part: Part<'_>| {
        let noun = MessageNoun::ALL.iter().find(|it| it.as_str() == part.name()).ok_or(())?;
        let message = part.message(*noun, &properties, &Namespaces::default(), reading.limits).map_err(|_| ())?;
        let (text, left_out) = written(&message);
        omitted.extend(left_out.iter());
        Ok::<_, ()>(text)
    });
    Some((envelope.ok()?, omitted.into_iter().collect()))
}

fn written_around(envelope: &Envelope<Vec<u8>>, form: envelope::Form, reading: &Reading<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    envelope::write(envelope, form, reading.namespaces, &mut out, |message, out| out.extend_from_slice(message));
    out
}

/// Whatever is refused is answered by an envelope.
fn answer(refused: Refused, reading: &Reading<'_>) {
    let form = refused.form;
    let answer: Envelope<Vec<u8>> = refused.into_answer("answer", TimeStamp::EPOCH);
    let text = written_around(&answer, form, reading);
    let again = envelope::read(&text, reading).unwrap_or_else(|refused| panic!("{refused}: {}", shown(&text)));
    assert!(again.envelope.payload().and_then(Payload::message).is_none());
}

/// A message that nothing is around.
fn bare(noun: MessageNoun, body: &[u8], limits: &Limits) -> Result<Message, Malformed> {
    let spaces = Namespaces::default();
    Ok(match (noun, noun.configuration()) {
        (_, Some(kind)) => Message::Configurations(configuration::read(kind, body, &spaces, limits)?),
        (MessageNoun::EndDeviceControls, _) => {
            Message::EndDeviceControls(end_device_controls::read(body, &spaces, limits)?)
        }
        (MessageNoun::EndDeviceEvents, _) => Message::EndDeviceEvents(end_device_events::read(body, &spaces, limits)?),
        _ => Message::MeterReadings(meter_readings::read(body, &spaces, limits)?),
    })
}

fn written(message: &Message) -> (Vec<u8>, Omitted) {
    let (spaces, mut out) = (Namespaces::default(), Vec::new());
    let omitted = match message {
        Message::MeterReadings(it) => meter_readings::write(&it.read.value, &spaces, &mut out),
        Message::EndDeviceControls(it) => end_device_controls::write(&it.read.value, &spaces, &mut out),
        Message::EndDeviceEvents(it) => end_device_events::write(&it.read.value, &spaces, &mut out),
        Message::Configurations(it) => configuration::write(&it.read.value, &spaces, &mut out),
    };
    (out, omitted)
}

fn violations(message: &Message) -> usize {
    match message {
        Message::MeterReadings(it) => it.read.violations.len(),
        Message::EndDeviceControls(it) => it.read.violations.len(),
        Message::EndDeviceEvents(it) => it.read.violations.len(),
        Message::Configurations(it) => it.read.violations.len(),
    }
}

fn shown(text: &[u8]) -> &str {
    std::str::from_utf8(text).expect("what is written is UTF-8")
}
