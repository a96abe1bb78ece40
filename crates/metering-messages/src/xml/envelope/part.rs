//! A piece of a body that is a message by itself.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use crate::Malformed;
use crate::xml::Namespaces;
use crate::xml::walk::any::Extent;

/// A message within another one: a slice of it, with what is declared around it. It is read by
/// the reader of its own message, see [`Part::read`].
#[derive(Clone, PartialEq, Eq)]
pub struct Part<'a> {
    name: String,
    namespace: String,
    /// The document it is in.
    whole: Cow<'a, [u8]>,
    /// Where it is there.
    range: Range<usize>,
    declared: Vec<(String, String)>,
}

/// A text in which a message is, and what is declared around it.
#[derive(Debug, Clone, Copy)]
pub(in crate::xml) struct Around<'a> {
    pub(in crate::xml) whole: &'a [u8],
    pub(in crate::xml) start: usize,
    pub(in crate::xml) end: usize,
    pub(in crate::xml) declared: &'a [(String, String)],
}

impl<'a> Around<'a> {
    /// A body that nothing is around.
    pub(in crate::xml) fn nothing(body: &'a [u8]) -> Self {
        Self { whole: body, start: 0, end: body.len(), declared: &[] }
    }

    /// The message.
    pub(in crate::xml) fn text(&self) -> &'a [u8] {
        self.whole.get(self.start..self.end).unwrap_or_default()
    }

    /// What was cut out of the message.
    pub(in crate::xml) fn part(&self, extent: Extent) -> Part<'a> {
        let Extent { name, namespace, attributes: _, range, declared } = extent;
        let range = self.start + range.start..self.start + range.end;
        Part { name, namespace, whole: Cow::Borrowed(self.whole), range, declared }
    }

    /// The same problem at its place in the whole document.
    pub(in crate::xml) fn shifted(&self, malformed: Malformed) -> Malformed {
        match malformed {
            Malformed::Notation { problem, line, column } => {
                let before = self.whole.get(..self.start).unwrap_or_default();
                let lines = before.iter().filter(|byte| **byte == b'\n').count();
                let columns = before.iter().rev().take_while(|byte| **byte != b'\n').count();
                let column = if line == 1 { column + columns } else { column };
                Malformed::Notation { problem, line: line + lines, column }
            }
            other => other,
        }
    }
}

/// What was cut out of a body.
pub(in crate::xml) fn cut(body: &[u8], extent: Extent) -> Part<'_> {
    Around::nothing(body).part(extent)
}

impl Part<'_> {
    /// A document by itself, of this name and namespace.
    pub(in crate::xml) fn document(name: &str, namespace: &str, text: Vec<u8>) -> Self {
        let (name, namespace, range) = (name.to_owned(), namespace.to_owned(), 0..text.len());
        Self { name, namespace, whole: Cow::Owned(text), range, declared: Vec::new() }
    }

    /// The name of its root element, without a prefix.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The namespace of its root element; empty where it has none.
    #[must_use]
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// Its text. Prefixes in it may be declared around it, so it is read by [`Part::read`].
    #[must_use]
    pub fn text(&self) -> &[u8] {
        self.whole.get(self.range.clone()).unwrap_or_default()
    }

    /// Reads it: `reader` gets its text and its namespaces, `namespaces` together with what is
    /// declared around it. Problems are told at their places in the whole body.
    ///
    /// # Errors
    /// Those of `reader`.
    ///
    /// ```
    /// use metering_messages::envelope::{Envelope, Payload};
    /// use metering_messages::xml::envelope::{Bounds, EnvelopeNamespaces, Reading, read};
    /// use metering_messages::xml::{Namespaces, meter_readings};
    /// use metering_messages::{Limits, Malformed};
    ///
    /// // The prefix of the payload is declared far outside of it.
    /// let body = br#"<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"
    ///     xmlns:m="http://iec.ch/TC57/2011/MeterReadings#">
    ///   <Header><Verb>create</Verb><Noun>MeterReadings</Noun></Header>
    ///   <Payload><m:MeterReadings/></Payload>
    /// </RequestMessage>"#;
    /// let (namespaces, limits, bounds) = (EnvelopeNamespaces::default(), Limits::default(), Bounds::default());
    /// let received = read(body, &Reading { namespaces: &namespaces, limits: &limits, bounds: &bounds })?;
    /// let Some(Payload::Plain(part)) = received.envelope.payload() else { panic!("a payload") };
    /// let readings = part.read(&Namespaces::default(), |text, namespaces| {
    ///     meter_readings::read(text, namespaces, &limits)
    /// })?;
    /// assert_eq!(readings.read.value.received, 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read<T>(
        &self,
        namespaces: &Namespaces,
        reader: impl FnOnce(&[u8], &Namespaces) -> Result<T, Malformed>,
    ) -> Result<T, Malformed> {
        let around = self.around();
        reader(around.text(), &namespaces.within(&self.declared)).map_err(|malformed| around.shifted(malformed))
    }

    pub(in crate::xml) fn around(&self) -> Around<'_> {
        Around { whole: &self.whole, start: self.range.start, end: self.range.end, declared: &self.declared }
    }
}

impl fmt::Debug for Part<'_> {
    /// Its name and size; what is in it is nobody's business in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Part({}, {} bytes)", self.name, self.range.len())
    }
}
