//! What a `get` finds: one page, and how to ask for the next.

use metering_messages::envelope::{
    Header, Id, Level, MessageNoun, Outcome, Property, Refusal, Reply, ReplyCode, ReplyError, Request,
};
use metering_messages::xml::envelope::{Part, Selection, select, write_recorded_controls, write_recorded_events};
use metering_messages::xml::{Namespaces, Omitted, configuration as xml_configuration, meter_readings as xml_readings};
use metering_model::{Excerpt, GetConfigurations, GetEndDeviceControls, GetEndDeviceEvents, Limits, RecordedReadings};
use metering_persistence::{
    Cursor, Result, Snapshot, configuration, end_device_controls, end_device_events, meter_readings,
};

use super::asked::Reader;
use crate::endpoints::meter_readings::{PIECE, within};

/// Items of a page of all but readings.
const PAGE: usize = 1_000;

/// The property of a header that says where a page begins, and of an answer's where the next one does.
const CURSOR: &str = "cursor";

/// What is asked for.
pub(super) struct Wanted {
    noun: MessageNoun,
    selection: Selection,
    after: Option<Cursor>,
    limits: Option<Limits>,
}

/// What was found.
pub(super) struct Found {
    pub(super) reply: Reply,
    pub(super) properties: Vec<Property>,
    pub(super) message: Option<Vec<u8>>,
    /// What the message has no place for, and the header neither.
    pub(super) omitted: Omitted,
}

impl Found {
    fn of(
        message: (Vec<u8>, Omitted),
        properties: Vec<Property>,
        next: Option<&Cursor>,
        missing: &[String],
        found: usize,
    ) -> Self {
        let mut reply = Reply::new(Outcome::Ok);
        reply.errors.extend(missing.iter().map(|id| ReplyError {
            level: Some(Level::Fatal),
            details: Some(format!("nothing is called `{}`", Excerpt(id))),
            id: Some(Id { value: id.clone(), ..Id::default() }),
            ..ReplyError::new(ReplyCode::INVALID_REQUEST_ID)
        }));
        if !missing.is_empty() {
            reply.outcome = if found == 0 { Outcome::Failed } else { Outcome::Partial };
        }
        let mut properties = properties;
        if let Some(next) = next {
            reply.outcome = Outcome::Partial;
            let details = format!("there is more; ask again with the property `{CURSOR}` of this answer");
            reply.errors.push(ReplyError {
                level: Some(Level::Inform),
                details: Some(details),
                ..ReplyError::new(ReplyCode::PARTIAL_LAST)
            });
            properties.push(Property { name: CURSOR.to_owned(), value: Some(next.as_str().to_owned()) });
        }
        let (message, omitted) = message;
        let message = (reply.outcome != Outcome::Failed).then_some(message);
        Self { reply, properties, message, omitted }
    }
}

impl Wanted {
    /// What a `get` of this noun asks for.
    pub(super) fn of(
        noun: MessageNoun,
        request: &Request<Part<'_>>,
        reader: &Reader,
    ) -> std::result::Result<Self, Refusal> {
        let selection = select(noun, &request.parameters, reader.readers.namespaces(), &reader.reading())?;
        let more_than_ids = match &selection {
            Selection::MeterReadings(_) | Selection::Configurations { .. } => false,
            Selection::EndDeviceControls { selection, mrids } => {
                !mrids.is_empty() && *selection != GetEndDeviceControls::default()
            }
            Selection::EndDeviceEvents { selection, mrids } => {
                !mrids.is_empty() && *selection != GetEndDeviceEvents::default()
            }
        };
        if more_than_ids {
            let detail = "an id names one item; select by ids, or by the rest";
            return Err(Refusal::new(ReplyCode::AGAINST_SCHEMA, detail));
        }
        let ids = match &selection {
            Selection::MeterReadings(_) => 0,
            Selection::EndDeviceControls { mrids, .. } => mrids.len(),
            Selection::EndDeviceEvents { mrids, .. } => mrids.len(),
            Selection::Configurations { mrids, .. } => mrids.len(),
        };
        if ids > PAGE {
            let detail = format!("{ids} ids are asked for; ask for {PAGE} at most in one message");
            return Err(Refusal::new(ReplyCode::TOO_MANY_ITEMS, detail));
        }
        let after = cursor(&request.header)?;
        Ok(Self { noun, selection, after, limits: reader.limits() })
    }

    /// Finds it.
    ///
    /// # Errors
    /// Those of the database.
    pub(super) fn find(self, snapshot: &mut Snapshot<'_>, namespaces: &Namespaces) -> Result<Found> {
        let Self { noun, selection, after, limits } = self;
        let after = after.as_ref();
        match selection {
            Selection::MeterReadings(mut get) => {
                let visible = limits.as_ref().is_none_or(|limits| within(&mut get, limits));
                let page = if visible {
                    meter_readings::query(snapshot, &get, after, PIECE)?
                } else {
                    meter_readings::Page { readings: RecordedReadings::default(), next: None }
                };
                let mut text = Vec::new();
                let mut writer = xml_readings::Writer::begin(namespaces, &mut text);
                writer.page(&page.readings, &mut text);
                let omitted = writer.end(&mut text);
                Ok(Found::of((text, omitted), Vec::new(), page.next.as_ref(), &[], page.readings.readings.len()))
            }
            Selection::EndDeviceControls { selection, mrids } => {
                let (items, missing) = each(snapshot, mrids.iter().map(|it| it.as_str()), end_device_controls::find)?;
                let (items, next) = if mrids.is_empty() {
                    let page = end_device_controls::query(snapshot, &selection, after, PAGE)?;
                    (page.items, page.next)
                } else {
                    (items, None)
                };
                let written = write_recorded_controls(&items, namespaces);
                Ok(Found::of((written.text, written.omitted), written.properties, next.as_ref(), &missing, items.len()))
            }
            Selection::EndDeviceEvents { selection, mrids } => {
                let (items, missing) = each(snapshot, mrids.iter().map(|it| it.as_str()), end_device_events::find)?;
                let (items, next) = if mrids.is_empty() {
                    let page = end_device_events::query(snapshot, &selection, after, PAGE)?;
                    (page.items, page.next)
                } else {
                    (items, None)
                };
                let written = write_recorded_events(&items, namespaces);
                Ok(Found::of((written.text, written.omitted), written.properties, next.as_ref(), &missing, items.len()))
            }
            Selection::Configurations { selection, mrids } => {
                let kind = selection.kind;
                let find = |snapshot: &mut Snapshot<'_>, id: &str| configuration::find(snapshot, kind, id, None);
                let (mut items, missing) = each(snapshot, mrids.iter().map(String::as_str), find)?;
                let GetConfigurations { names, .. } = &selection;
                let mut next = None;
                if mrids.is_empty() || !names.is_empty() {
                    let page = configuration::query(snapshot, &selection, after, PAGE)?;
                    let known: Vec<_> = items.iter().map(|it| it.id.clone()).collect();
                    items.extend(page.items.into_iter().filter(|it| !known.contains(&it.id)));
                    next = page.next;
                }
                let mut text = Vec::new();
                let omitted = xml_configuration::write_recorded(kind, &items, namespaces, &mut text);
                debug_assert_eq!(noun.configuration(), Some(kind));
                Ok(Found::of((text, omitted), Vec::new(), next.as_ref(), &missing, items.len()))
            }
        }
    }
}

/// The items of these ids, and the ids that nothing has.
fn each<'i, T>(
    snapshot: &mut Snapshot<'_>,
    ids: impl Iterator<Item = &'i str>,
    find: impl Fn(&mut Snapshot<'_>, &str) -> Result<Option<T>>,
) -> Result<(Vec<T>, Vec<String>)> {
    let (mut items, mut missing) = (Vec::new(), Vec::new());
    for id in ids {
        match find(snapshot, id)? {
            Some(item) => items.push(item),
            None => missing.push(id.to_owned()),
        }
    }
    Ok((items, missing))
}

/// Where the page begins.
fn cursor(header: &Header) -> std::result::Result<Option<Cursor>, Refusal> {
    let mut cursors = header.properties.iter().filter(|it| it.name == CURSOR);
    match (cursors.next(), cursors.next()) {
        (Some(_), Some(_)) => {
            let detail = format!("the property `{CURSOR}` stands twice; write it once");
            Err(Refusal::new(ReplyCode::AGAINST_SCHEMA, detail).at_header("Property"))
        }
        (one, _) => Ok(one.and_then(|it| it.value.clone()).map(Cursor::from)),
    }
}
