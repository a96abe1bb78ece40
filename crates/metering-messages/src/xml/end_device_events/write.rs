//! Events out, as the standard has them.

use metering_model::{EndDeviceEvent, EndDeviceEvents, EventType, RecordedEvent};

use super::read::EVENT_CODE;
use super::table::{Detail, EndDeviceEvent as Element, NOUN};
use crate::xml::elements::{Named, Reference};
use crate::xml::message::{carried, write_items};
use crate::xml::{Namespaces, Omitted};

/// Appends a message of events as they were reported.
pub fn write(message: &EndDeviceEvents, namespaces: &Namespaces, out: &mut Vec<u8>) -> Omitted {
    let mut omitted = Omitted::default();
    let elements = message.events.iter().map(|(_, event)| element(event, &mut omitted));
    write_items(NOUN, elements, namespaces, out);
    omitted
}

/// Appends a message of events as they are stored: each has its id as mRID.
pub fn write_recorded(events: &[RecordedEvent], namespaces: &Namespaces, out: &mut Vec<u8>) -> Omitted {
    let mut omitted = Omitted::default();
    omitted.note("recordedAt", !events.is_empty());
    let elements = events.iter().map(|recorded| {
        let mut element = element(&recorded.event, &mut omitted);
        element.mrid = carried(Some(recorded.id.as_str()), "id", &mut omitted);
        element
    });
    write_items(NOUN, elements, namespaces, out);
    omitted
}

/// The event as the schema has it.
fn element(event: &EndDeviceEvent, omitted: &mut Omitted) -> Element {
    let EndDeviceEvent {
        mrid,
        device,
        event_type,
        word,
        created,
        severity,
        description,
        event_code,
        usage_point,
        issuer_tracking_id,
        details,
    } = event;
    // Beside a code there is no place for a word.
    omitted.note("eventType", word.is_some());
    let code = match event_type {
        EventType::Code(code) => Some(code.to_string()),
        EventType::Unmapped(word) => {
            let plain = word.replace(['\t', '\n', '\r'], " ");
            // In an attribute line ends become blanks, and blanks around a code are read past.
            omitted.note("eventType", plain.trim_matches(' ') != *word);
            carried(Some(&plain), "eventType", omitted)
        }
    };
    // It would be taken for the maker's code.
    omitted.note("details", event_code.is_none() && details.iter().any(|(name, _)| name == EVENT_CODE));
    let code_detail = event_code.as_deref().map(|code| (EVENT_CODE, code, "eventCode"));
    let details = code_detail
        .into_iter()
        .chain(details.iter().map(|(name, text)| (name.as_str(), text.as_str(), "details")))
        .map(|(name, text, field)| Detail {
            name: carried(Some(name), field, omitted),
            value: carried(Some(text), field, omitted),
        })
        .collect();
    let named =
        |id: &str, field, omitted: &mut Omitted| Named { mrid: carried(Some(id), field, omitted), names: Vec::new() };
    Element {
        mrid: carried(mrid.as_ref().map(|it| it.as_str()), "mRID", omitted),
        created: Some(created.to_string()),
        issuer_tracking_id: carried(issuer_tracking_id.as_deref(), "issuerTrackingID", omitted),
        reason: carried(description.as_deref(), "description", omitted),
        severity: carried(severity.as_deref(), "severity", omitted),
        asset: Some(named(device.as_str(), "deviceId", omitted)),
        details,
        event_type: Some(Reference { code }),
        usage_point: usage_point.as_ref().map(|it| named(it.as_str(), "usagePointId", omitted)),
    }
}
