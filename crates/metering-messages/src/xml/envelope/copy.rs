//! Headers and replies in through serde-xml-rs. What it gets to read has passed the guard and was
//! written again: no prefixes, nothing that is not in the tables, bounded.

use ::xml::ParserConfig;
use quick_xml::escape::escape;
use serde::de::DeserializeOwned;
use serde_xml_rs::SerdeXml;

use super::read::{Reader, Stop};
use crate::envelope::{Refusal, ReplyCode};
use crate::xml::guard::Attribute;
use crate::xml::schema::Element;
use crate::xml::text;
use crate::xml::walk::Step;
use crate::xml::walk::any::Node;

impl Reader<'_, '_> {
    /// Reads the element that was opened last, to its end: at most `elements` with `bytes` of text.
    pub(super) fn structure<T: DeserializeOwned>(
        &mut self,
        element: &'static Element,
        elements: usize,
        bytes: usize,
    ) -> Result<T, Stop> {
        let text = self.copy(element, elements, bytes)?;
        let parser = ParserConfig::new()
            .trim_whitespace(false)
            .whitespace_to_characters(true)
            .cdata_to_characters(true)
            .coalesce_characters(true);
        SerdeXml::new().parser(parser).overlapping_sequences(true).from_str(&text).map_err(|error| {
            // Nothing of what the tables let through is known to end here.
            let detail = format!("`{}` cannot be read: {error}", element.name);
            Refusal::new(ReplyCode::AGAINST_SCHEMA, detail).into()
        })
    }

    fn copy(&mut self, element: &'static Element, most: usize, bytes: usize) -> Result<String, Stop> {
        let mut copy = String::new();
        let mut open = vec![element.name];
        let (mut elements, mut texts) = (0usize, 0usize);
        copy.extend(["<", element.name, ">"]);
        while let Some(innermost) = open.last().copied() {
            let (name, value, attributes) = match self.node()? {
                Node::Step(Step::Open(element)) => {
                    copy.extend(["<", element.name, ">"]);
                    open.push(element.name);
                    elements += 1;
                    continue;
                }
                Node::Step(Step::Close | Step::End) => {
                    copy.extend(["</", innermost, ">"]);
                    open.pop();
                    continue;
                }
                Node::Step(Step::Text(element, value)) => (element.name, value, Vec::new()),
                Node::Labelled(element, value, attributes) => (element.name, value, attributes),
                Node::Step(Step::Twice(element)) => return Err(twice(element.name)),
                Node::Step(Step::Reference(..)) | Node::Any(_) => continue,
            };
            elements += 1;
            texts += value.len() + attributes.iter().map(|it| it.value.len()).sum::<usize>();
            if elements > most || texts > bytes {
                let what = element.name;
                let detail = format!("`{what}` has more than {most} elements or more than {bytes} bytes of text");
                return Err(Refusal::new(ReplyCode::TOO_MANY_ITEMS, detail).into());
            }
            self.bounded(name, &value)?;
            copy.extend(["<", name]);
            for Attribute { name, value, .. } in attributes.iter().filter(|it| it.is_label()) {
                copy.extend([" ", name, "=\"", &text::attribute(value), "\""]);
            }
            copy.push('>');
            copy.push_str(&escape(value.as_ref()).replace('\r', "&#13;"));
            copy.extend(["</", name, ">"]);
        }
        Ok(copy)
    }
}

/// That an element stands where one of its kind stood already.
pub(super) fn twice(element: &str) -> Stop {
    Refusal::new(ReplyCode::AGAINST_SCHEMA, format!("`{element}` stands twice; write it once")).into()
}
