//! What the API has and the standard's messages have no place for, carried in the header: a property
//! for each field of each item, called `field:mRID`.

use metering_model::{
    ControlMode, ControlValue, Decimal, EndDeviceControl, EndDeviceControls, EndDeviceEvent, EndDeviceEvents, Excerpt,
    Priority, Violation, ViolationCode, words,
};

use super::Property;

/// What became of fields that a message has no place for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    /// Those that go into the header.
    pub properties: Vec<Property>,
    /// The names of those that are lost all the same, each once: of items without an mRID.
    pub lost: Vec<&'static str>,
}

impl Carried {
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
        let mrid = control.mrid.as_ref().map(|it| it.as_str());
        for (name, get, _) in CONTROL_FIELDS {
            if omitted(name) {
                carried.field(name, mrid, get(control));
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
        let mrid = event.mrid.as_ref().map(|it| it.as_str());
        for (name, get, _) in EVENT_FIELDS {
            if omitted(name) {
                carried.field(name, mrid, get(event));
            }
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
    restore(items.collect(), properties, CONTROL_FIELDS)
}

/// Gives events the fields that the header carries for them, as [`restore_controls`] does.
pub fn restore_events(message: &mut EndDeviceEvents, properties: &[Property]) -> Vec<Violation> {
    let items = message.events.iter_mut().map(|(place, it)| (*place, it.mrid.as_ref().map(ToString::to_string), it));
    restore(items.collect(), properties, EVENT_FIELDS)
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

fn restore<T>(
    mut items: Vec<(u32, Option<String>, &mut T)>,
    properties: &[Property],
    fields: &[Field<T>],
) -> Vec<Violation> {
    // Several items may have one mRID; the rules tell that elsewhere.
    items.retain(|(_, mrid, _)| mrid.is_some());
    items.sort_by(|(_, left, _), (_, right, _)| left.cmp(right));
    let mut violations = Vec::new();
    for Property { name, value } in properties {
        let (Some((name, mrid)), Some(value)) = (name.split_once(':'), value) else { continue };
        let Some((name, _, set)) = fields.iter().find(|(known, ..)| *known == name) else { continue };
        let first = items.partition_point(|(_, known, _)| known.as_deref() < Some(mrid));
        let called = items.iter_mut().skip(first).take_while(|(_, known, _)| known.as_deref() == Some(mrid));
        for (place, _, item) in called {
            let (code, detail) = match set(item, value) {
                Ok(()) => continue,
                Err(Fault::Contradiction) => {
                    let detail = format!("the property `{name}` of the header and the message say different things");
                    (ViolationCode::Contradiction, detail)
                }
                Err(Fault::Code(code, detail)) => (code, detail),
            };
            violations.push(Violation::new(*place, *name, code, detail));
        }
    }
    violations.sort_by_key(|it| it.at.item);
    violations
}

#[cfg(test)]
mod tests {
    use metering_model::EndDeviceControlType;

    use super::*;

    fn control(mrid: Option<&str>) -> EndDeviceControl {
        let mut control = EndDeviceControl::new(EndDeviceControlType::LOAD_CONTROL);
        control.mrid = mrid.map(|it| it.parse().unwrap());
        control
    }

    fn full(mrid: Option<&str>) -> EndDeviceControl {
        EndDeviceControl {
            value: Some(ControlValue::Number("50".parse().unwrap())),
            unit: Some("kW".to_owned()),
            mode: ControlMode::ReduceBy,
            expires: Some("2026-11-24T11:00:00Z".parse().unwrap()),
            reason_code: Some("7".to_owned()),
            priority: Priority::Critical,
            ..control(mrid)
        }
    }

    fn message(controls: Vec<EndDeviceControl>) -> EndDeviceControls {
        let received = controls.len() as u32;
        EndDeviceControls { controls: (0..).zip(controls).collect(), received }
    }

    #[test]
    fn what_the_message_leaves_out_comes_back_by_the_header() {
        let whole = message(vec![full(Some("a:b")), control(Some("c")), full(Some("d")), full(None)]);
        let Carried { properties, lost } = control_properties(&whole, |_| true);
        let names: Vec<_> = properties.iter().take(6).map(|it| it.name.as_str()).collect();
        assert_eq!(
            names,
            ["controlValue:a:b", "controlUnit:a:b", "mode:a:b", "expiresAt:a:b", "reasonCode:a:b", "priority:a:b"]
        );
        assert_eq!(properties.len(), 12);
        assert_eq!(lost, ["controlValue", "controlUnit", "mode", "expiresAt", "reasonCode", "priority"]);
        let mut bare = message(vec![control(Some("a:b")), control(Some("c")), control(Some("d"))]);
        assert_eq!(restore_controls(&mut bare, &properties), []);
        assert_eq!(bare.controls[..], whole.controls[..3]);
        // Once more changes nothing.
        assert_eq!(restore_controls(&mut bare, &properties), []);
        assert_eq!(bare.controls[..], whole.controls[..3]);
        assert!(control_properties(&whole, |field| field == "duration").properties.is_empty());
    }

    #[test]
    fn what_contradicts_or_is_no_value_is_told() {
        let mut message = message(vec![full(Some("a")), control(Some("b")), control(Some("b"))]);
        let property = |name: &str, value: &str| Property { name: name.to_owned(), value: Some(value.to_owned()) };
        let told = restore_controls(
            &mut message,
            &[
                property("priority:b", "loud"),
                property("controlValue:a", "50.0"),
                property("controlValue:a", "51"),
                property("mode:a", "limit"),
                property("expiresAt:b", "tomorrow"),
                property("controlUnit:b", "kW"),
                property("colour:a", "red"),
                property("priority:z", "loud"),
                property("priority", "loud"),
                Property { name: "priority:a".to_owned(), value: None },
            ],
        );
        let told: Vec<_> = told.iter().map(|it| format!("{} {} {}", it.at.item, it.at.field, it.code)).collect();
        assert_eq!(
            told,
            [
                "0 controlValue contradiction",
                "0 mode contradiction",
                "1 priority unknown-word",
                "1 expiresAt invalid-time",
                "2 priority unknown-word",
                "2 expiresAt invalid-time",
            ]
        );
        assert_eq!(message.controls[1].1.unit.as_deref(), Some("kW"));
    }

    #[test]
    fn the_codes_of_makers_come_back_too() {
        let event = |code: Option<&str>| EndDeviceEvent {
            mrid: Some("e".parse().unwrap()),
            device: "d".parse().unwrap(),
            event_type: metering_model::EventType::from_text("3.12.0.257"),
            word: code.map(|_| "opened".to_owned()),
            created: "2026-11-24T11:00:00Z".parse().unwrap(),
            severity: None,
            description: None,
            event_code: code.map(str::to_owned),
            usage_point: None,
            issuer_tracking_id: None,
            details: Vec::new(),
        };
        let whole = EndDeviceEvents { events: vec![(0, event(Some("TAM001")))], received: 1 };
        let carried = event_properties(&whole, |_| true);
        let mut bare = EndDeviceEvents { events: vec![(0, event(None))], received: 1 };
        assert_eq!(restore_events(&mut bare, &carried.properties), []);
        assert_eq!(bare, whole);
    }
}
