//! Small structures in and out through serde-xml-rs, one item at a time.
//!
//! What serde-xml-rs gets to read has passed the guard and was written again: elements in the order
//! of the schema and next to their like, no prefixes, nothing but what is kept. So one item is in
//! memory at a time, and the library never sees what somebody sent.

use ::xml::{EmitterConfig, ParserConfig};
use metering_model::{Violation, ViolationCode};
use quick_xml::escape::escape;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_xml_rs::SerdeXml;

use super::schema::{Content, Element};
use super::walk::{Step, Walk};
use crate::Malformed;

/// The most elements of one item; a control can be for ten thousand devices.
const ELEMENTS: usize = 50_000;

/// One item, written again.
pub(super) struct Structure {
    text: String,
    elements: usize,
    /// Elements that stood a second time where they may stand once, by their way from the item.
    twice: Vec<String>,
}

/// An element that is being written.
struct Frame {
    name: &'static str,
    table: &'static [Element],
    /// Where its content begins.
    start: usize,
    /// Each element in it: its row in the table, and where it begins.
    children: Vec<(usize, usize)>,
}

impl Structure {
    /// Copies the element that was opened last, to its end.
    pub(super) fn copy(walk: &mut Walk<'_>, element: &'static Element) -> Result<Self, Malformed> {
        let mut copy = Self { text: String::new(), elements: 0, twice: Vec::new() };
        let mut frames = Vec::new();
        copy.open(element, &mut frames);
        while !frames.is_empty() {
            match walk.next()? {
                Step::Open(element) => copy.open(element, &mut frames),
                Step::Text(element, value) => copy.leaf(element, None, &value, &mut frames),
                Step::Reference(element, code) => copy.leaf(element, code.as_deref(), "", &mut frames),
                Step::Twice(element) => {
                    if copy.twice.len() < 100 {
                        let way = frames.iter().skip(1).map(|it| it.name).chain([element.name]);
                        copy.twice.push(way.collect::<Vec<_>>().join("/"));
                    }
                }
                Step::Close | Step::End => copy.close(&mut frames),
            }
        }
        Ok(copy)
    }

    /// The structure that the item is. What is wrong with it as a whole is told.
    pub(super) fn parse<T: DeserializeOwned>(&self, item: u32, violations: &mut Vec<Violation>) -> Option<T> {
        for element in &self.twice {
            let detail = format!("`{element}` stands twice; write it once");
            violations.push(Violation::new(item, element.clone(), ViolationCode::DuplicateField, detail));
        }
        if self.elements > ELEMENTS {
            let detail = format!("more than {ELEMENTS} elements in one item");
            violations.push(Violation::new(item, "", ViolationCode::TooMany, detail));
            return None;
        }
        let parser = ParserConfig::new()
            .trim_whitespace(false)
            .whitespace_to_characters(true)
            .cdata_to_characters(true)
            .coalesce_characters(true);
        match SerdeXml::new().parser(parser).from_str(&self.text) {
            Ok(structure) => Some(structure),
            // Nothing of what the tables let through is known to end here.
            Err(error) => {
                let detail = format!("cannot be read: {error}");
                violations.push(Violation::new(item, "", ViolationCode::InvalidText, detail));
                None
            }
        }
    }

    /// How many elements there are.
    pub(super) fn elements(&self) -> usize {
        self.elements
    }

    fn child(&mut self, element: &'static Element, frames: &mut [Frame]) {
        self.elements += 1;
        if self.elements <= ELEMENTS
            && let Some(around) = frames.last_mut()
        {
            let row = around.table.iter().position(|row| row.name == element.name).unwrap_or_default();
            around.children.push((row, self.text.len()));
        }
    }

    fn open(&mut self, element: &'static Element, frames: &mut Vec<Frame>) {
        self.child(element, frames);
        let table = match element.content {
            Content::Of(table) => table,
            _ => &[],
        };
        if self.elements <= ELEMENTS {
            self.text.extend(["<", element.name, ">"]);
        }
        frames.push(Frame { name: element.name, table, start: self.text.len(), children: Vec::new() });
    }

    fn leaf(&mut self, element: &'static Element, code: Option<&str>, value: &str, frames: &mut [Frame]) {
        self.child(element, frames);
        if self.elements > ELEMENTS {
            return;
        }
        self.text.extend(["<", element.name]);
        if let Some(code) = code {
            self.text.extend([" ref=\"", &escape(code), "\""]);
        }
        self.text.push('>');
        self.text.push_str(&escape(value).replace('\r', "&#13;"));
        self.text.extend(["</", element.name, ">"]);
    }

    fn close(&mut self, frames: &mut Vec<Frame>) {
        let Some(Frame { name, start, children, .. }) = frames.pop() else { return };
        if self.elements > ELEMENTS {
            return;
        }
        if !children.is_sorted_by_key(|(row, _)| *row) {
            let content = self.text.split_off(start);
            let ends = children.iter().skip(1).map(|(_, from)| *from).chain([start + content.len()]);
            let mut pieces: Vec<_> = children.iter().zip(ends).map(|((row, from), to)| (*row, *from, to)).collect();
            pieces.sort_by_key(|(row, ..)| *row);
            for (_, from, to) in pieces {
                self.text.push_str(content.get(from - start..to - start).unwrap_or_default());
            }
        }
        self.text.extend(["</", name, ">"]);
    }
}

/// Appends a structure as an element called as its type is, in whatever namespace is around it.
pub(super) fn write<T: Serialize>(structure: &T, out: &mut Vec<u8>) {
    let emitter = EmitterConfig::new().write_document_declaration(false).pad_self_closing(false);
    // Structures of texts have nothing that could not be written.
    let text = SerdeXml::new().emitter(emitter).to_string(structure).unwrap_or_default();
    append(&text, out);
}

/// Appends what serde-xml-rs wrote, which leaves one character that a reader takes for the end of a
/// line.
pub(super) fn append(text: &str, out: &mut Vec<u8>) {
    let mut pieces = text.split('\r');
    out.extend_from_slice(pieces.next().unwrap_or_default().as_bytes());
    for piece in pieces {
        out.extend_from_slice(b"&#13;");
        out.extend_from_slice(piece.as_bytes());
    }
}
