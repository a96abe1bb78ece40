//! What the API has and the standard's messages have no place for, carried in the header: a property
//! for each field of each item, called `field:mRID`.

use std::collections::HashMap;

use metering_model::{
    ControlMode, ControlValue, Decimal, EndDeviceControl, EndDeviceControls, EndDeviceEvent, EndDeviceEvents, Excerpt,
    Priority, RecordedControl, RecordedEvent, Violation, ViolationCode, words,
};

use super::Property;
use crate::items::bound;

#[cfg(test)]
mod tests;

/// What became of fields that a message has no place for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    /// Those that go into the header.
    pub properties: Vec<Property>,
    /// The names of those that are lost all the same, each once: of items without an mRID.
    pub lost: Vec<&'static str>,
}

impl Carried {
    /// Carries those fields of an item that `omitted` says the message leaves out.
    fn fields<T>(&mut self, item: &T, mrid: Option<&str>, fields: &[Field<T>], omitted: &impl Fn(&str) -> bool) {
        for (name, get, _) in fields.iter().filter(|(name, ..)| omitted(name)) {
            self.field(name, mrid, get(item));
        }
    }

    /// Carries a field of the item with this mRID, where there is something to carry.
    fn field(&mut self, name: &'static str, mrid: Option<&str>, value: Option<String>) {
        let Some(value) = value else { return };
        match mrid {
            Some(mrid) => self.properties.push(Property { name: format!("{name}:{mrid}"), value: Some(value) }),
            None if self.lost.contains(&name) => {}
            None => self.lost.push(name),
        }
    }
}

/// The properties for those fields of controls that `omitted` says the message leaves out.
///
/// ```
/// use metering_messages::envelope::control_properties;
/// use metering_model::{EndDeviceControl, EndDeviceControlType, EndDeviceControls, Priority};
///
/// let mut control = EndDeviceControl::new(EndDeviceControlType::LOAD_CONTROL);
/// control.mrid = Some("c-1".parse()?);
/// control.priority = Priority::High;
/// let message = EndDeviceControls { controls: vec![(0, control)], received: 1 };
/// let carried = control_properties(&message, |field| field == "priority");
/// assert_eq!(carried.properties[0].name, "priority:c-1");
/// assert_eq!(carried.properties[0].value.as_deref(), Some("high"));
/// # Ok::<(), metering_model::MridError>(())
/// ```
#[must_use]
pub fn control_properties(message: &EndDeviceControls, omitted: impl Fn(&str) -> bool) -> Carried {
    let mut carried = Carried::default();
    for (_, control) in &message.controls {
        carried.fields(control, control.mrid.as_ref().map(|it| it.as_str()), CONTROL_FIELDS, &omitted);
    }
    carried
}

/// The same of stored controls, each called by its id; and what became of each.
#[must_use]
pub fn recorded_control_properties(controls: &[RecordedControl], omitted: impl Fn(&str) -> bool) -> Carried {
    let mut carried = Carried::default();
    for recorded in controls {
        let id = Some(recorded.id.as_str());
        // When it expires is always known of a stored one.
        let asked = EndDeviceControl { expires: Some(recorded.expires), ..recorded.control.clone() };
        carried.fields(&asked, id, CONTROL_FIELDS, &omitted);
        for (name, value) in [
            ("receivedAt", recorded.received_at.to_string()),
            ("status", recorded.status.as_str().to_owned()),
            ("verification", words::verification_word(recorded.verification).to_owned()),
        ] {
            if omitted(name) {
                carried.field(name, id, Some(value));
            }
        }
    }
    carried
}

/// The properties for those fields of events that `omitted` says the message leaves out.
#[must_use]
pub fn event_properties(message: &EndDeviceEvents, omitted: impl Fn(&str) -> bool) -> Carried {
    let mut carried = Carried::default();
    for (_, event) in &message.events {
        carried.fields(event, event.mrid.as_ref().map(|it| it.as_str()), EVENT_FIELDS, &omitted);
    }
    carried
}

/// The same of stored events, each called by its id; and when each arrived.
#[must_use]
pub fn recorded_event_properties(events: &[RecordedEvent], omitted: impl Fn(&str) -> bool) -> Carried {
    let mut carried = Carried::default();
    for RecordedEvent { id, event, recorded_at } in events {
        carried.fields(event, Some(id.as_str()), EVENT_FIELDS, &omitted);
        if omitted("recordedAt") {
            carried.field("recordedAt", Some(id.as_str()), Some(recorded_at.to_string()));
        }
    }
    carried
}

/// Gives controls the fields that the header carries for them. A number among them is a number
/// again, whatever it was before.
///
/// A field that the message has too must say the same there, else it is told; so is a value that is
/// none. Properties of other names, and for what is not in the message, are somebody else's.
pub fn restore_controls(message: &mut EndDeviceControls, properties: &[Property]) -> Vec<Violation> {
    let items = message.controls.iter_mut().map(|(place, it)| (*place, it.mrid.as_ref().map(ToString::to_string), it));
    restore(items, properties, CONTROL_FIELDS)
}

/// Gives events the fields that the header carries for them, as [`restore_controls`] does.
pub fn restore_events(message: &mut EndDeviceEvents, properties: &[Property]) -> Vec<Violation> {
    let items = message.events.iter_mut().map(|(place, it)| (*place, it.mrid.as_ref().map(ToString::to_string), it));
    restore(items, properties, EVENT_FIELDS)
}

/// A field: its name, its text, and how it gets one; the error says what would be right.
type Field<T> = (&'static str, fn(&T) -> Option<String>, fn(&mut T, &str) -> Result<(), Fault>);

/// Why a property cannot be what its field says.
enum Fault {
    /// It says something else than the message.
    Contradiction,
    /// It is no such value.
    Code(ViolationCode, String),
}

const CONTROL_FIELDS: &[Field<EndDeviceControl>] = &[
    (
        "controlValue",
        |control| match control.value.as_ref()? {
            ControlValue::Text(text) => Some(text.clone()),
            ControlValue::Number(number) => Some(number.to_string()),
        },
        |control, text| {
            let value = match text.parse::<Decimal>() {
                Ok(number) => ControlValue::Number(number),
                Err(_) => ControlValue::Text(text.to_owned()),
            };
            let same =
                |there: &ControlValue| *there == value || there.number().is_some_and(|it| Some(it) == value.number());
            match &control.value {
                Some(there) if !same(there) => return Err(Fault::Contradiction),
                Some(_) => {}
                None => control.value = Some(value),
            }
            Ok(())
        },
    ),
    ("controlUnit", |control| control.unit.clone(), |control, text| set(&mut control.unit, text.to_owned())),
    (
        "mode",
        |control| (control.mode != ControlMode::default()).then(|| words::control_mode_word(control.mode).to_owned()),
        |control, text| {
            let mode = words::control_mode(text).ok_or_else(|| unknown("mode", text, words::CONTROL_MODE_WORDS))?;
            replace(&mut control.mode, mode)
        },
    ),
    (
        "expiresAt",
        |control| control.expires.map(|it| it.to_string()),
        |control, text| {
            let time = text.parse().map_err(|error| {
                let error: metering_model::TimeStampError = error;
                Fault::Code(ViolationCode::InvalidTime, format!("`{}`: {error}", Excerpt(text)))
            })?;
            set(&mut control.expires, time)
        },
    ),
    (
        "reasonCode",
        |control| control.reason_code.clone(),
        |control, text| set(&mut control.reason_code, text.to_owned()),
    ),
    (
        "priority",
        |control| (control.priority != Priority::default()).then(|| words::priority_word(control.priority).to_owned()),
        |control, text| {
            let priority = words::priority(text).ok_or_else(|| unknown("priority", text, words::PRIORITY_WORDS))?;
            replace(&mut control.priority, priority)
        },
    ),
];

const EVENT_FIELDS: &[Field<EndDeviceEvent>] = &[
    ("eventCode", |event| event.event_code.clone(), |event, text| set(&mut event.event_code, text.to_owned())),
    ("eventType", |event| event.word.clone(), |event, text| set(&mut event.word, text.to_owned())),
];

/// Fills in what is not there.
fn set<T: PartialEq>(field: &mut Option<T>, value: T) -> Result<(), Fault> {
    match field {
        Some(there) if *there != value => Err(Fault::Contradiction),
        _ => {
            *field = Some(value);
            Ok(())
        }
    }
}

/// Fills in what is as it is where nothing is said.
fn replace<T: PartialEq + Default>(field: &mut T, value: T) -> Result<(), Fault> {
    if *field != value && *field != T::default() {
        return Err(Fault::Contradiction);
    }
    *field = value;
    Ok(())
}

fn unknown(name: &str, word: &str, known: &[&str]) -> Fault {
    Fault::Code(ViolationCode::UnknownWord, words::unknown_word(name, word, known))
}

/// A property's value, and whether another property of the same name has another one.
type Said<'p> = (&'p str, bool);

fn restore<'t, T: 't>(
    items: impl Iterator<Item = (u32, Option<String>, &'t mut T)>,
    properties: &[Property],
    fields: &[Field<T>],
) -> Vec<Violation> {
    let mut said: HashMap<&str, Said<'_>> = HashMap::new();
    for Property { name, value } in properties {
        let Some(value) = value.as_deref() else { continue };
        let (first, contradicts) = said.entry(name).or_insert((value, false));
        *contradicts |= *first != value;
    }
    let mut violations = Vec::new();
    if said.is_empty() {
        return violations;
    }
    for (place, mrid, item) in items {
        let Some(mrid) = mrid else { continue };
        let before = violations.len();
        for (field, _, set) in fields {
            let Some((value, contradicts)) = said.get(format!("{field}:{mrid}").as_str()) else { continue };
            let fault = if *contradicts { Err(Fault::Contradiction) } else { set(item, value) };
            let (code, detail) = match fault {
                Ok(()) => continue,
                Err(Fault::Contradiction) => {
                    let detail =
                        format!("the properties of the header and the message say different things of `{field}`");
                    (ViolationCode::Contradiction, detail)
                }
                Err(Fault::Code(code, detail)) => (code, detail),
            };
            violations.push(Violation::new(place, *field, code, detail));
        }
        bound(&mut violations, before);
    }
    violations
}
