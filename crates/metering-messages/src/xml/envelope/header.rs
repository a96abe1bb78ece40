//! `Header`, both ways.

use super::fields::boolean;
use super::read::{Reader, Stop};
use super::table::{HeaderElement, PropertyElement, ReplayDetectionElement, UserElement};
use super::write::Elements;
use crate::envelope::{Context, Header, Noun, Property, Refusal, ReplayDetection, ReplyCode, User, Verb};
use crate::xml::schema::Element;
use crate::xml::tolerances::Tolerance;

impl Reader<'_, '_> {
    /// Reads the header, the beginning of which was read.
    pub(super) fn header(&mut self, element: &'static Element) -> Result<Header, Stop> {
        let bounds = *self.reading.bounds;
        // A property is three elements.
        let most = bounds.properties.saturating_mul(3).saturating_add(32);
        let HeaderElement {
            verb,
            noun,
            revision,
            replay_detection,
            context,
            timestamp,
            source,
            async_reply,
            reply_address,
            ack_required,
            user,
            message_id,
            correlation_id,
            comment,
            properties,
        } = self.structure(element, most, bounds.header)?;
        let (verb, usual) = Verb::of(&required("Verb", verb)?);
        if !usual {
            self.walk.tolerances.note_known(Tolerance::Synonym, "Header", "Verb", 0);
        }
        let mut header = Header::new(verb, Noun::of(&required("Noun", noun)?));
        // From here on an answer can be made.
        header.message_id = self.not_empty("MessageID", message_id);
        header.correlation_id = self.not_empty("CorrelationID", correlation_id);
        header.revision = revision;
        header.context = context.map(Context::of);
        self.header = Some(header.clone());
        header.timestamp = timestamp.map(|text| self.time("Header", "Timestamp", &text)).transpose()?;
        header.replay_detection = replay_detection.map(|it| self.replay_detection(it)).transpose()?;
        header.source = source;
        header.async_reply = async_reply.map(|text| boolean("AsyncReplyFlag", &text)).transpose()?;
        header.reply_address = reply_address;
        header.ack_required = ack_required.map(|text| boolean("AckRequired", &text)).transpose()?;
        header.user = user
            .map(|UserElement { id, organization }| {
                Ok::<_, Stop>(User { id: required("User/UserID", id)?, organization })
            })
            .transpose()?;
        header.comment = comment;
        if properties.len() > bounds.properties {
            let detail = format!("the header has more than {} properties", bounds.properties);
            return Err(Refusal::new(ReplyCode::TOO_MANY_ITEMS, detail).at_header("Property").into());
        }
        for PropertyElement { name, value } in properties {
            header.properties.push(Property { name: required("Property/Name", name)?, value });
        }
        self.header = Some(header.clone());
        Ok(header)
    }

    /// The id, unless there is none in it.
    fn not_empty(&mut self, element: &'static str, id: Option<String>) -> Option<String> {
        if id.as_deref() == Some("") {
            self.walk.tolerances.note_known(Tolerance::Empty, "Header", element, 0);
        }
        id.filter(|id| !id.is_empty())
    }

    fn replay_detection(&mut self, element: ReplayDetectionElement) -> Result<ReplayDetection, Stop> {
        let ReplayDetectionElement { nonce, created } = element;
        let created = required("ReplayDetection/Created", created)?;
        let created = self.time("ReplayDetection", "Created", &created)?;
        Ok(ReplayDetection { nonce: required("ReplayDetection/Nonce", nonce)?, created })
    }
}

/// The text of an element that must be there.
fn required(element: &str, text: Option<String>) -> Result<String, Stop> {
    text.filter(|text| !text.is_empty()).ok_or_else(|| {
        let detail = format!("`Header/{element}` is missing or empty");
        let first = element.split('/').next().unwrap_or(element);
        Refusal::new(ReplyCode::HEADER_INCOMPLETE, detail).at_header(first).into()
    })
}

impl Elements<'_> {
    /// Appends the header.
    pub(super) fn header(&mut self, header: &Header) {
        let Header {
            verb,
            noun,
            revision,
            replay_detection,
            context,
            timestamp,
            source,
            async_reply,
            reply_address,
            ack_required,
            user,
            message_id,
            correlation_id,
            comment,
            properties,
        } = header;
        self.outer("Header", |to| {
            to.text("Verb", verb.as_str());
            to.text("Noun", noun.as_str());
            to.text("Revision", revision.as_deref());
            if let Some(ReplayDetection { nonce, created }) = replay_detection {
                to.inner("ReplayDetection", |to| {
                    to.text("Nonce", nonce.as_str());
                    to.time("Created", Some(*created));
                });
            }
            to.text("Context", context.as_ref().map(Context::as_str));
            to.time("Timestamp", *timestamp);
            to.text("Source", source.as_deref());
            to.boolean("AsyncReplyFlag", *async_reply);
            to.text("ReplyAddress", reply_address.as_deref());
            to.boolean("AckRequired", *ack_required);
            if let Some(User { id, organization }) = user {
                to.inner("User", |to| {
                    to.text("UserID", id.as_str());
                    to.text("Organization", organization.as_deref());
                });
            }
            to.text("MessageID", message_id.as_deref());
            to.text("CorrelationID", correlation_id.as_deref());
            to.text("Comment", comment.as_deref());
            for Property { name, value } in properties {
                to.inner("Property", |to| {
                    to.text("Name", name.as_str());
                    to.text("Value", value.as_deref());
                });
            }
        });
    }
}
