//! What a `get` asks for: `Get...` profiles, and requests without one.
//!
//! `GetMeterReadings` is as Edition 2 has it. Of the other profiles no schema is public; theirs are
//! ours, made in its likeness. What would narrow the selection and is not known here is refused:
//! read past, it would give more than was asked for.

use std::fmt::Display;
use std::str::FromStr;

use metering_model::reading_type::ReadingTypePattern;
use metering_model::{
    ConfigurationKind, EndDeviceControlId, EndDeviceEventId, EventType, Excerpt, GetConfigurations,
    GetEndDeviceControls, GetEndDeviceEvents, GetMeterReadings, TimeStamp,
};

use super::{Part, Reading};
use crate::Malformed;
use crate::envelope::{Id, IdKind, MessageNoun, Parameters, Payload, Refusal, ReplyCode, Request};
use crate::xml::Namespaces;

mod profile;

use profile::profile_of;

/// What a `get` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// Readings.
    MeterReadings(GetMeterReadings),
    /// Controls.
    EndDeviceControls {
        /// Those that are asked for.
        selection: GetEndDeviceControls,
        /// Of these, where there are some.
        mrids: Vec<EndDeviceControlId>,
    },
    /// Events.
    EndDeviceEvents {
        /// Those that are asked for.
        selection: GetEndDeviceEvents,
        /// Of these, where there are some.
        mrids: Vec<EndDeviceEventId>,
    },
    /// Configurations.
    Configurations {
        /// Those that are asked for.
        selection: GetConfigurations,
        /// Of these, where there are some.
        mrids: Vec<String>,
    },
}

/// What was asked for, before it is known what it means.
#[derive(Debug, Default)]
struct Asked {
    /// Objects: what they are, what they are called, and whether that is a name.
    objects: Vec<(&'static str, String, bool)>,
    period: Option<(Option<TimeStamp>, Option<TimeStamp>)>,
}

/// What a request for messages of this noun asks for. A profile counts alone; without one, the times
/// and ids of the request do.
///
/// Times select readings stamped after the start, up to and with the end; controls and events from
/// the start, before the end.
///
/// # Errors
/// A [`Refusal`] that says what cannot be selected by.
///
/// ```
/// use metering_messages::envelope::{Envelope, MessageNoun};
/// use metering_messages::xml::envelope::{Bounds, EnvelopeNamespaces, Reading, Selection, read, select};
/// use metering_messages::{Limits, xml::Namespaces};
///
/// let body = br#"<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message">
///   <Header><Verb>get</Verb><Noun>MeterReadings</Noun></Header>
///   <Request><GetMeterReadings xmlns="http://iec.ch/TC57/2011/GetMeterReadings#">
///     <EndDevice><mRID>m-1</mRID></EndDevice>
///   </GetMeterReadings></Request></RequestMessage>"#;
/// let (namespaces, limits, bounds) = (EnvelopeNamespaces::default(), Limits::default(), Bounds::default());
/// let reading = Reading { namespaces: &namespaces, limits: &limits, bounds: &bounds };
/// let received = read(body, &reading)?;
/// let Envelope::Request(request) = &received.envelope else { panic!("a request") };
/// let selection = select(MessageNoun::MeterReadings, &request.parameters, &Namespaces::default(), &reading)?;
/// let Selection::MeterReadings(readings) = selection else { panic!("readings") };
/// assert_eq!(readings.meters[0].as_str(), "m-1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn select(
    noun: MessageNoun,
    parameters: &Parameters<Part<'_>>,
    namespaces: &Namespaces,
    reading: &Reading<'_>,
) -> Result<Selection, Refusal> {
    let asked = match &parameters.profile {
        Some(profile) => {
            let read = profile.read(namespaces, |text, namespaces| Ok(Asked::read(noun, text, namespaces, reading)));
            read.unwrap_or_else(|malformed| Err(malformed.into()))?
        }
        None => Asked::of_parameters(noun, parameters)?,
    };
    asked.selection(noun)
}

/// The objects that a `cancel`, a `close` or a `delete` is done to: those of `Request/ID`, and those
/// in its payload, of which only what they are called is looked at.
///
/// # Errors
/// A [`Refusal`] where the payload is no such message, or an object in it is not called anything.
///
/// ```
/// use metering_messages::envelope::{Envelope, MessageNoun};
/// use metering_messages::xml::envelope::{Bounds, EnvelopeNamespaces, Reading, read, targets};
/// use metering_messages::{Limits, xml::Namespaces};
///
/// let body = br#"<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message">
///   <Header><Verb>cancel</Verb><Noun>EndDeviceControls</Noun></Header>
///   <Payload><EndDeviceControls xmlns="http://iec.ch/TC57/2011/EndDeviceControls#">
///     <EndDeviceControl><mRID>c-1</mRID></EndDeviceControl>
///   </EndDeviceControls></Payload></RequestMessage>"#;
/// let (namespaces, limits, bounds) = (EnvelopeNamespaces::default(), Limits::default(), Bounds::default());
/// let reading = Reading { namespaces: &namespaces, limits: &limits, bounds: &bounds };
/// let received = read(body, &reading)?;
/// let Envelope::Request(request) = &received.envelope else { panic!("a request") };
/// let targets = targets(MessageNoun::EndDeviceControls, request, &Namespaces::default(), &reading)?;
/// assert_eq!(targets[0].value, "c-1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn targets(
    noun: MessageNoun,
    request: &Request<Part<'_>>,
    namespaces: &Namespaces,
    reading: &Reading<'_>,
) -> Result<Vec<Id>, Refusal> {
    let mut targets = request.parameters.ids.clone();
    if let Some(part) = request.payload.as_ref().and_then(Payload::message) {
        let read = part.read(namespaces, |text, namespaces| Ok(Asked::items(noun, text, namespaces, reading)));
        let asked = read.unwrap_or_else(|malformed| Err(malformed.into()))?;
        targets.extend(
            asked.objects.into_iter().map(|(element, value, by_name)| Id {
                kind: by_name.then_some(IdKind::Name),
                ..Id::mrid(value, element)
            }),
        );
    }
    Ok(targets)
}

impl From<Malformed> for Refusal {
    fn from(malformed: Malformed) -> Self {
        let code = match malformed {
            Malformed::TooManyItems { .. } => ReplyCode::TOO_MANY_ITEMS,
            _ => ReplyCode::AGAINST_SCHEMA,
        };
        Self::new(code, malformed.to_string())
    }
}

fn refusal(detail: impl Into<String>) -> Refusal {
    Refusal::new(ReplyCode::AGAINST_SCHEMA, detail)
}

impl Asked {
    fn of_parameters(noun: MessageNoun, parameters: &Parameters<Part<'_>>) -> Result<Self, Refusal> {
        let Parameters { start, end, options, ids, profile: _ } = parameters;
        if let Some(option) = options.first() {
            return Err(refusal(format!("no option `{}` is known here; leave it out", Excerpt(&option.name))));
        }
        let mut asked = Self::default();
        for Id { value, kind, object_type, .. } in ids {
            // An object of another kind than the noun's says so.
            let (_, table) = profile_of(noun);
            let of = match (object_type.as_deref(), noun) {
                (Some(of), _) => of,
                (None, MessageNoun::MeterReadings) => "EndDevice",
                (None, MessageNoun::EndDeviceControls) => "EndDeviceControl",
                (None, MessageNoun::EndDeviceEvents) => "EndDeviceEvent",
                (None, _) => table.first().map_or("", |row| row.name),
            };
            let of = if of == "Meter" && noun == MessageNoun::MeterReadings { "EndDevice" } else { of };
            let Some(row) = table.iter().find(|row| row.kept && row.name == of) else {
                let of = Excerpt(of);
                let detail = format!("nothing is selected by the id of a `{of}` here");
                return Err(Refusal::new(ReplyCode::INVALID_REQUEST_ID, detail));
            };
            asked.objects.push((row.name, value.clone(), *kind == Some(IdKind::Name)));
        }
        if start.is_some() || end.is_some() {
            if noun.configuration().is_some() {
                return Err(refusal(format!("{noun} is not selected by time; leave `StartTime` and `EndTime` out")));
            }
            asked.period = Some((*start, *end));
        }
        Ok(asked)
    }

    fn selection(self, noun: MessageNoun) -> Result<Selection, Refusal> {
        let Self { objects, period } = self;
        let (from, to) = period.unwrap_or_default();
        if let Some(kind) = noun.configuration() {
            return Ok(configurations(kind, objects));
        }
        match noun {
            MessageNoun::EndDeviceControls => {
                let mut selection = GetEndDeviceControls { from, to, ..GetEndDeviceControls::default() };
                let mut mrids = Vec::new();
                for (element, text, _) in objects {
                    match element {
                        "EndDevice" => selection.devices.push(parsed(element, &text, ReplyCode::INVALID_METER)?),
                        "EndDeviceControl" => mrids.push(parsed(element, &text, ReplyCode::INVALID_REQUEST_ID)?),
                        _ => selection.control_types.push(parsed(element, &text, ReplyCode::AGAINST_SCHEMA)?),
                    }
                }
                Ok(Selection::EndDeviceControls { selection, mrids })
            }
            MessageNoun::EndDeviceEvents => {
                let mut selection = GetEndDeviceEvents { from, to, ..GetEndDeviceEvents::default() };
                let mut mrids = Vec::new();
                for (element, text, _) in objects {
                    match element {
                        "EndDevice" => selection.devices.push(parsed(element, &text, ReplyCode::INVALID_METER)?),
                        "EndDeviceEvent" => mrids.push(parsed(element, &text, ReplyCode::INVALID_REQUEST_ID)?),
                        _ => selection.event_types.push(EventType::from_text(&text)),
                    }
                }
                Ok(Selection::EndDeviceEvents { selection, mrids })
            }
            _ => {
                let mut selection = GetMeterReadings { from, to, ..GetMeterReadings::default() };
                let mut types = Vec::new();
                for (element, text, _) in objects {
                    match element {
                        "UsagePoint" => {
                            selection.usage_points.push(parsed(element, &text, ReplyCode::INVALID_USAGE_POINT)?);
                        }
                        "ReadingType" => {
                            let code = parsed(element, &text, ReplyCode::INVALID_READING_TYPE)?;
                            types.push(ReadingTypePattern::exactly(&code));
                        }
                        "ReadingQuality" => {
                            selection.qualities.push(parsed(element, &text, ReplyCode::AGAINST_SCHEMA)?);
                        }
                        _ => selection.meters.push(parsed(element, &text, ReplyCode::INVALID_METER)?),
                    }
                }
                selection.reading_types.extend((!types.is_empty()).then_some(types));
                Ok(Selection::MeterReadings(selection))
            }
        }
    }
}

fn configurations(kind: ConfigurationKind, objects: Vec<(&'static str, String, bool)>) -> Selection {
    let (names, mrids): (Vec<_>, Vec<_>) = objects.into_iter().partition(|(.., by_name)| *by_name);
    let texts = |list: Vec<(&str, String, bool)>| list.into_iter().map(|(_, text, _)| text).collect::<Vec<_>>();
    let (names, mrids) = (texts(names), texts(mrids));
    let selection = GetConfigurations { kind, statuses: Vec::new(), serial_numbers: Vec::new(), names, as_of: None };
    Selection::Configurations { selection, mrids }
}

/// What an object is called, as what it has to be.
fn parsed<T: FromStr>(element: &str, text: &str, code: ReplyCode) -> Result<T, Refusal>
where
    T::Err: Display,
{
    text.parse().map_err(|error: T::Err| Refusal::new(code, format!("`{element}`: `{}`: {error}", Excerpt(text))))
}
