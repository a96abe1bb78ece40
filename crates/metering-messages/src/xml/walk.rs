//! A message read along its table: what is not in it, or not kept, is passed over and counted.

use std::borrow::Cow;

use metering_model::Excerpt;

use super::guard::{Event, Guard, Tag};
use super::namespaces::{Kind, Namespaces};
use super::schema::{Content, Element};
use super::tolerances::{Tolerance, Tolerances};
use crate::{Limits, Malformed};

pub(super) mod any;

/// What stands next in a message.
#[derive(Debug)]
pub(super) enum Step<'a> {
    /// An element with elements in it begins.
    Open(&'static Element),
    /// An element with a text.
    Text(&'static Element, Cow<'a, str>),
    /// An element with a reference, which may be missing.
    Reference(&'static Element, Option<Cow<'a, str>>),
    /// An element stands a second time where it may stand once; it was passed over.
    Twice(&'static Element),
    /// The element that was opened last ends.
    Close,
    /// The message ends.
    End,
}

/// Reads a message step by step.
pub(super) struct Walk<'a> {
    guard: Guard<'a>,
    frames: Vec<Frame>,
    /// What was let pass.
    pub(super) tolerances: Tolerances,
    /// The item that is being read, for what is told of it.
    pub(super) item: u32,
}

/// An element that is open.
struct Frame {
    name: &'static str,
    table: &'static [Element],
    /// Where in the table the last element was found.
    last: usize,
    /// Which rows of the table were met, bit by bit; no table has more.
    met: u64,
}

impl<'a> Walk<'a> {
    /// Enters the root element, which has to be `noun` in one of its namespaces.
    ///
    /// # Errors
    /// [`Malformed`] for broken XML and for another message.
    pub(super) fn enter(
        body: &'a [u8],
        noun: &'static str,
        table: &'static [Element],
        namespaces: &'a Namespaces,
        limits: &Limits,
    ) -> Result<Self, Malformed> {
        let mut guard = Guard::new(body, limits, namespaces, noun)?;
        let tag = match guard.next()? {
            Event::Start(tag) => tag,
            _ => return Err(guard.broken_here("no element begins the message")),
        };
        if tag.name != noun {
            return Err(Malformed::Message(format!("a message `{noun}` is expected, not `{}`", Excerpt(tag.name))));
        }
        let mut tolerances = Tolerances::default();
        match tag.namespace {
            Kind::Message => {}
            Kind::OtherForm => tolerances.note_known(Tolerance::NamespaceForm, "", noun, 0),
            _ => {
                let read: Vec<_> = namespaces.read(noun).map(|it| format!("`{it}`")).collect();
                let found = match guard.root_namespace() {
                    "" => "none".to_owned(),
                    uri => format!("`{}`", Excerpt(uri)),
                };
                let read = read.join(" or ");
                return Err(Malformed::Message(format!(
                    "`{noun}` is read in the namespace {read}; this one is in {found}"
                )));
            }
        }
        if tag.unknown > 0 {
            tolerances.note_known(Tolerance::UnknownAttribute, "", noun, 0);
        }
        let root = Frame { name: noun, table, last: 0, met: 0 };
        Ok(Self { guard, frames: vec![root], tolerances, item: 0 })
    }

    /// The namespace of the message, as it is written in it.
    pub(super) fn namespace(&self) -> &str {
        self.guard.root_namespace()
    }

    /// The next step. What is not in the table is passed over.
    ///
    /// # Errors
    /// [`Malformed`] for broken XML.
    pub(super) fn next(&mut self) -> Result<Step<'a>, Malformed> {
        loop {
            match self.guard.next()? {
                Event::Start(tag) => {
                    if let Some(step) = self.element(tag)? {
                        return Ok(step);
                    }
                }
                Event::End => {
                    self.frames.pop();
                    if !self.frames.is_empty() {
                        return Ok(Step::Close);
                    }
                    // Nothing but comments and blanks may follow, and the gate sees to it.
                    self.guard.next()?;
                    return Ok(Step::End);
                }
                Event::Text(text) => {
                    if !is_blank(&text) {
                        let (within, name) = self.place();
                        self.tolerances.note_known(Tolerance::StrayText, within, name, self.item);
                    }
                }
                Event::Eof => return Ok(Step::End),
            }
        }
    }

    /// The open element and the one around it.
    fn place(&self) -> (&'static str, &'static str) {
        match self.frames.as_slice() {
            [.., around, open] => (around.name, open.name),
            [root] => ("", root.name),
            [] => ("", ""),
        }
    }

    /// Counts something about the element `element` of the open one.
    pub(super) fn note(&mut self, what: Tolerance, element: &'static Element) {
        let within = self.frames.last().map_or("", |it| it.name);
        self.tolerances.note_known(what, within, element.name, self.item);
    }

    /// Counts something about the element that is open.
    pub(super) fn note_open(&mut self, what: Tolerance) {
        let (within, name) = self.place();
        self.tolerances.note_known(what, within, name, self.item);
    }

    /// Passes over what is left of the open element, and closes it.
    ///
    /// # Errors
    /// [`Malformed`] for broken XML.
    pub(super) fn leave(&mut self) -> Result<(), Malformed> {
        self.frames.pop();
        self.pass_over()
    }

    /// The text without blanks around it.
    pub(super) fn trimmed(&mut self, element: &'static Element, text: Cow<'a, str>) -> Cow<'a, str> {
        if let [first, .., last] | [first @ last] = text.as_bytes()
            && *first > b' '
            && *last > b' '
        {
            return text;
        }
        let trimmed = text.trim_matches(is_space);
        if trimmed.len() == text.len() {
            return text;
        }
        // In dates, numbers and words they mean nothing by the schema's own rules.
        if matches!(element.content, Content::Token | Content::Reference | Content::String) {
            self.note(Tolerance::Blanks, element);
        }
        match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(is_space)),
            Cow::Owned(_) => Cow::Owned(trimmed.to_owned()),
        }
    }

    fn element(&mut self, tag: Tag<'a>) -> Result<Option<Step<'a>>, Malformed> {
        let Some(frame) = self.frames.last_mut() else { return Ok(None) };
        let within = frame.name;
        let ours = !matches!(tag.namespace, Kind::Foreign | Kind::SchemaInstance | Kind::Xml);
        let Some((at, element)) = ours.then(|| find(frame.table, frame.last, tag.name)).flatten() else {
            self.tolerances.note(Tolerance::UnknownElement, within, tag.name, self.item);
            self.pass_over()?;
            return Ok(None);
        };
        let behind = rank(frame.table, at) < rank(frame.table, frame.last);
        let again = frame.met & (1 << (at % 64)) != 0;
        frame.last = at;
        frame.met |= 1 << (at % 64);
        match tag.namespace {
            Kind::OtherForm if self.guard.root_kind() != Kind::OtherForm => {
                self.note(Tolerance::NamespaceForm, element)
            }
            Kind::Message if self.guard.root_kind() != Kind::Message => self.note(Tolerance::NamespaceForm, element),
            Kind::None => self.note(Tolerance::NoNamespace, element),
            _ => {}
        }
        if behind {
            self.note(Tolerance::Order, element);
        }
        if tag.unknown > 0 {
            self.note(Tolerance::UnknownAttribute, element);
        }
        if again && !element.occurs.repeats() {
            self.pass_over()?;
            return Ok(Some(Step::Twice(element)));
        }
        if !element.kept || tag.nil {
            self.note(if element.kept { Tolerance::Nil } else { Tolerance::NotKept }, element);
            self.pass_over()?;
            return Ok(None);
        }
        Ok(Some(match element.content {
            Content::Of(table) => {
                self.frames.push(Frame { name: element.name, table, last: 0, met: 0 });
                Step::Open(element)
            }
            Content::Reference => {
                self.text(element)?;
                let reference = tag.reference.map(|reference| self.trimmed(element, reference));
                Step::Reference(element, reference)
            }
            Content::String => {
                let text = self.text(element)?;
                Step::Text(element, if is_laid_out(&text) { self.trimmed(element, text) } else { text })
            }
            _ => {
                let text = self.text(element)?;
                Step::Text(element, self.trimmed(element, text))
            }
        }))
    }

    /// Reads the text of an element to its end; elements in it are passed over.
    fn text(&mut self, element: &'static Element) -> Result<Cow<'a, str>, Malformed> {
        let mut whole = None;
        loop {
            match self.guard.next()? {
                Event::Text(piece) => self.guard.join(&mut whole, piece)?,
                Event::Start(tag) => {
                    self.tolerances.note(Tolerance::UnknownElement, element.name, tag.name, self.item);
                    self.pass_over()?;
                }
                Event::End | Event::Eof => return Ok(whole.unwrap_or_default()),
            }
        }
    }

    /// Reads to the end of the element that began last.
    fn pass_over(&mut self) -> Result<(), Malformed> {
        let mut depth = 1usize;
        while depth > 0 {
            match self.guard.next()? {
                Event::Start(_) => depth += 1,
                Event::End => depth -= 1,
                Event::Text(_) => {}
                Event::Eof => return Ok(()),
            }
        }
        Ok(())
    }
}

/// The row called `name`; looked for from the last one met, for that is where it mostly is.
fn find(table: &'static [Element], last: usize, name: &str) -> Option<(usize, &'static Element)> {
    let (before, from) = table.split_at_checked(last)?;
    let met = |rows: &'static [Element]| rows.iter().enumerate().find(|(_, row)| row.name == name);
    met(from).map(|(at, row)| (last + at, row)).or_else(|| met(before))
}

/// The place in the order of the row at `at`: that of the first of its choice.
fn rank(table: &[Element], at: usize) -> usize {
    let choices = table.get(..=at).unwrap_or_default().iter().rev().take_while(|row| row.occurs.is_choice()).count();
    at.saturating_sub(choices)
}

/// Whether blanks around a text come from how the message is laid out: there is a line's end, or a
/// tab, at an end of it.
pub(super) fn is_laid_out(text: &str) -> bool {
    let control = |it: char| matches!(it, '\t' | '\n' | '\r');
    text.starts_with(control) || text.ends_with(control)
}

/// What XML calls white space.
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| is_space(char::from(byte)))
}
