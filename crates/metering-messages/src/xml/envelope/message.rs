//! What is in an envelope, as messages of the model. What the standard's messages have no place for
//! travels in the header, see [`crate::envelope::control_properties`].

use std::collections::BTreeSet;

use metering_model::{
    Configurations, EndDeviceControls, EndDeviceEvents, MeterReadings, Place, RecordedControl, RecordedEvent, Violation,
};

use super::Part;
use crate::envelope::{
    Carried, MessageNoun, Property, control_properties, event_properties, recorded_control_properties,
    recorded_event_properties, restore_controls, restore_events,
};
use crate::xml::{
    Namespaces, Omitted, Places, Received, configuration, end_device_controls, end_device_events, meter_readings,
};
use crate::{Limits, Malformed, Read};

/// A message out of an envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Readings.
    MeterReadings(Received<MeterReadings>),
    /// Controls, with what the header carries for them.
    EndDeviceControls(Received<EndDeviceControls>),
    /// Events, with what the header carries for them.
    EndDeviceEvents(Received<EndDeviceEvents>),
    /// Devices, meters, usage points or modules.
    Configurations(Received<Configurations>),
}

impl Part<'_> {
    /// Reads the message of this noun, and gives its items the fields that the header's properties
    /// carry for them. An item for which these are wrong is told and left out.
    ///
    /// # Errors
    /// [`Malformed`] where it is no such message.
    ///
    /// ```
    /// use metering_messages::envelope::{Envelope, MessageNoun};
    /// use metering_messages::xml::envelope::{Bounds, EnvelopeNamespaces, Message, Reading, read};
    /// use metering_messages::{Limits, xml::Namespaces};
    ///
    /// let body = br#"<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header>
    ///     <Verb>create</Verb><Noun>EndDeviceControls</Noun>
    ///     <Property><Name>controlValue:c-1</Name><Value>50</Value></Property>
    ///     <Property><Name>controlUnit:c-1</Name><Value>kW</Value></Property>
    ///   </Header><Payload><EndDeviceControls xmlns="http://iec.ch/TC57/2011/EndDeviceControls#"><EndDeviceControl>
    ///     <mRID>c-1</mRID><EndDeviceControlType ref="12.15.43.300"/><EndDevices><mRID>m-1</mRID></EndDevices>
    ///   </EndDeviceControl></EndDeviceControls></Payload></RequestMessage>"#;
    /// let (namespaces, limits, bounds) = (EnvelopeNamespaces::default(), Limits::default(), Bounds::default());
    /// let received = read(body, &Reading { namespaces: &namespaces, limits: &limits, bounds: &bounds })?;
    /// let Envelope::Request(request) = &received.envelope else { panic!("a request") };
    /// let part = request.payload.as_ref().and_then(|it| it.message()).expect("a message");
    /// let noun = MessageNoun::EndDeviceControls;
    /// let Message::EndDeviceControls(controls) =
    ///     part.message(noun, &request.header.properties, &Namespaces::default(), &limits)?
    /// else { panic!("controls") };
    /// assert_eq!(controls.read.value.controls[0].1.unit.as_deref(), Some("kW"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn message(
        &self,
        noun: MessageNoun,
        properties: &[Property],
        namespaces: &Namespaces,
        limits: &Limits,
    ) -> Result<Message, Malformed> {
        self.read(namespaces, |text, namespaces| {
            Ok(match noun.configuration() {
                Some(kind) => Message::Configurations(configuration::read(kind, text, namespaces, limits)?),
                None if noun == MessageNoun::EndDeviceControls => {
                    let mut received = end_device_controls::read(text, namespaces, limits)?;
                    let told = restore_controls(&mut received.read.value, properties);
                    let wrong = tell(told, &mut received.read);
                    received.read.value.controls.retain(|(place, _)| !wrong.contains(place));
                    Message::EndDeviceControls(received)
                }
                None if noun == MessageNoun::EndDeviceEvents => {
                    let mut received = end_device_events::read(text, namespaces, limits)?;
                    let told = restore_events(&mut received.read.value, properties);
                    let wrong = tell(told, &mut received.read);
                    received.read.value.events.retain(|(place, _)| !wrong.contains(place));
                    Message::EndDeviceEvents(received)
                }
                None => Message::MeterReadings(meter_readings::read(text, namespaces, limits)?),
            })
        })
    }
}

/// Tells of items what is wrong with them; which items they are.
fn tell<T>(told: Vec<Violation>, read: &mut Read<T>) -> BTreeSet<u32> {
    let wrong = told.iter().map(|it| it.at.item).collect();
    if !told.is_empty() {
        read.violations.extend(told);
        read.violations.sort_by_key(|it| it.at.item);
    }
    wrong
}

impl Places {
    /// The place in the envelope that carries the message, in XPath 1.0; the prefix `e` stands for
    /// the envelope's namespace.
    ///
    /// ```
    /// use metering_messages::xml::Places;
    /// use metering_model::Place;
    ///
    /// let place = Place { item: 1, field: "reason".into() };
    /// assert_eq!(
    ///     Places::of("EndDeviceControls").xpath_in_envelope(&place),
    ///     "/*/e:Payload/m:EndDeviceControls/m:EndDeviceControl[2]/m:reason"
    /// );
    /// ```
    #[must_use]
    pub fn xpath_in_envelope(&self, place: &Place) -> String {
        let root = format!("/m:{}/", self.noun());
        self.xpath(place).replace(&root, &format!("/*/e:Payload{root}"))
    }
}

/// A message that is to go into an envelope, and what goes into the header with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The message.
    pub text: Vec<u8>,
    /// What it leaves out and the header has a place for.
    pub properties: Vec<Property>,
    /// What is lost all the same.
    pub omitted: Omitted,
}

impl Written {
    fn of(text: Vec<u8>, omitted: &Omitted, carried: Carried) -> Self {
        let Carried { properties, lost } = carried;
        let travels =
            |field: &str| properties.iter().any(|it| it.name.split_once(':').is_some_and(|(name, _)| name == field));
        let omitted = omitted.iter().filter(|field| !travels(field)).chain(lost).collect();
        Self { text, properties, omitted }
    }
}

/// Whether a field was left out.
fn left_out(omitted: &Omitted) -> impl Fn(&str) -> bool + '_ {
    |field| omitted.iter().any(|it| it == field)
}

/// Controls as they were asked for, for an envelope.
#[must_use]
pub fn write_controls(message: &EndDeviceControls, namespaces: &Namespaces) -> Written {
    let mut text = Vec::new();
    let omitted = end_device_controls::write(message, namespaces, &mut text);
    let carried = control_properties(message, left_out(&omitted));
    Written::of(text, &omitted, carried)
}

/// Stored controls, for an envelope; what became of each is in the header.
#[must_use]
pub fn write_recorded_controls(controls: &[RecordedControl], namespaces: &Namespaces) -> Written {
    let mut text = Vec::new();
    let omitted = end_device_controls::write_recorded(controls, namespaces, &mut text);
    let carried = recorded_control_properties(controls, left_out(&omitted));
    Written::of(text, &omitted, carried)
}

/// Events as they were reported, for an envelope.
#[must_use]
pub fn write_events(message: &EndDeviceEvents, namespaces: &Namespaces) -> Written {
    let mut text = Vec::new();
    let omitted = end_device_events::write(message, namespaces, &mut text);
    let carried = event_properties(message, left_out(&omitted));
    Written::of(text, &omitted, carried)
}

/// Stored events, for an envelope.
#[must_use]
pub fn write_recorded_events(events: &[RecordedEvent], namespaces: &Namespaces) -> Written {
    let mut text = Vec::new();
    let omitted = end_device_events::write_recorded(events, namespaces, &mut text);
    let carried = recorded_event_properties(events, left_out(&omitted));
    Written::of(text, &omitted, carried)
}
