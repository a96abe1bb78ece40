//! Events in. A code no table has is kept: nothing is refused for its wording.

use metering_model::{EndDeviceEvent, EndDeviceEvents, EventType, ViolationCode};

use super::table::{Detail, END_DEVICE_EVENTS, EndDeviceEvent as Element, NOUN};
use crate::items::{bound, whole};
use crate::xml::item::Item;
use crate::xml::message::read_items;
use crate::xml::{Namespaces, Received};
use crate::{Limits, Malformed};

/// The name of the detail that holds the maker's own code.
pub(super) const EVENT_CODE: &str = "eventCode";

/// Reads a message `EndDeviceEvents`.
///
/// # Errors
/// [`Malformed`] when the body is no XML or no such message. What is wrong with an event is among
/// the violations, and the other events are read.
///
/// ```
/// use metering_messages::{Limits, xml};
///
/// let body = br#"<EndDeviceEvents xmlns="http://iec.ch/TC57/2011/EndDeviceEvents#"><EndDeviceEvent>
///     <createdDateTime>2024-01-15T10:15:00Z</createdDateTime><Assets><mRID>m-1</mRID></Assets>
///     <EndDeviceEventType ref="3.12.0.257"/>
/// </EndDeviceEvent></EndDeviceEvents>"#;
/// let received = xml::end_device_events::read(body, &xml::Namespaces::default(), &Limits::default())?;
/// assert!(received.read.violations.is_empty());
/// # Ok::<(), metering_messages::Malformed>(())
/// ```
pub fn read(body: &[u8], namespaces: &Namespaces, limits: &Limits) -> Result<Received<EndDeviceEvents>, Malformed> {
    let mut events = Vec::new();
    read_items(body, NOUN, END_DEVICE_EVENTS, namespaces, limits, |structure, item| {
        let before = item.violations.len();
        let element = structure.parse::<Element>(item.number, item.violations);
        if let Some(event) = element.and_then(|element| event(element, item)) {
            events.push((item.number, event));
        }
        bound(item.violations, before);
    })
    .map(|received| received.with(|received| EndDeviceEvents { events, received }))
}

/// The event, if nothing is wrong with it.
fn event(element: Element, item: &mut Item<'_>) -> Option<EndDeviceEvent> {
    let Element { mrid, created, issuer_tracking_id, reason, severity, asset, details, event_type, usage_point } =
        element;
    let mrid = item.id(mrid, "mRID", "mRID");
    if created.is_none() {
        item.missing("eventDateTime", "createdDateTime");
    }
    let created = item.time(created, "createdDateTime", "eventDateTime");
    if asset.is_none() {
        item.missing("deviceId", "Assets");
    }
    let device = asset.and_then(|it| item.named(it, "Assets", "deviceId"));
    let event_type = event_type.and_then(|it| it.code).filter(|it| !it.is_empty());
    if event_type.is_none() {
        item.missing("eventTypeCode", "EndDeviceEventType` with its attribute `ref");
    }
    let usage_point = usage_point.and_then(|it| item.named(it, "UsagePoint", "usagePointId"));
    let mut event_code = None;
    let mut pairs = Vec::with_capacity(details.len());
    for (at, Detail { name, value }) in details.into_iter().enumerate() {
        let Some(name) = name else {
            item.tell(&format!("details/{at}"), ViolationCode::Missing, "`EndDeviceEventDetails` without a `name`");
            continue;
        };
        let value = value.unwrap_or_default();
        if name == EVENT_CODE && event_code.is_none() {
            event_code = Some(value);
        } else {
            pairs.push((name, value));
        }
    }
    if !whole(item.number, item.violations) {
        return None;
    }
    Some(EndDeviceEvent {
        mrid,
        device: device?,
        event_type: EventType::from_text(&event_type?),
        word: None,
        created: created?,
        severity,
        description: reason,
        event_code,
        usage_point,
        issuer_tracking_id,
        details: pairs,
    })
}
