//! Elements that a table leaves open: what stands in them is cut out, for another reader.

use std::borrow::Cow;
use std::ops::Range;

use super::{Frame, Step, Walk, find, is_blank};
use crate::xml::Namespaces;
use crate::xml::guard::{Attribute, Event, Guard, Tag};
use crate::xml::namespaces::Kind;
use crate::xml::schema::Element;
use crate::xml::tolerances::{Tolerance, Tolerances};
use crate::{Limits, Malformed};

/// The row of a table that says: and any other element. No element can be called so.
pub(in crate::xml) const ANY: &str = "*";

/// What stands next.
#[derive(Debug)]
pub(in crate::xml) enum Node<'a> {
    /// A step along the table.
    Step(Step<'a>),
    /// An element with a text and attributes that say something.
    Labelled(&'static Element, Cow<'a, str>, Vec<Attribute>),
    /// An element that the table leaves open.
    Any(Extent),
}

/// An element that was passed over, to be read by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::xml) struct Extent {
    /// Its name without a prefix.
    pub(in crate::xml) name: String,
    /// Its namespace; empty where it has none.
    pub(in crate::xml) namespace: String,
    /// Its attributes.
    pub(in crate::xml) attributes: Vec<Attribute>,
    /// Where in the body it is; nothing but blanks and comments stand there besides.
    pub(in crate::xml) range: Range<usize>,
    /// What is declared around it.
    pub(in crate::xml) declared: Vec<(String, String)>,
}

/// What the root element of a body is.
pub(in crate::xml) struct Root<'a> {
    guard: Guard<'a>,
    tag: Tag<'a>,
}

impl<'a> Root<'a> {
    /// Reads as far as the beginning of the root element.
    ///
    /// # Errors
    /// [`Malformed`] for broken XML.
    pub(in crate::xml) fn read(
        body: &'a [u8],
        noun: &'static str,
        namespaces: &'a Namespaces,
        limits: &Limits,
    ) -> Result<Self, Malformed> {
        let mut guard = Guard::new(body, limits, namespaces, noun)?;
        match guard.next()? {
            Event::Start(tag) => Ok(Self { guard, tag }),
            _ => Err(guard.broken_here("no element begins the message")),
        }
    }

    /// The name.
    pub(in crate::xml) fn name(&self) -> &'a str {
        self.tag.name
    }

    /// Its namespace; empty where it has none.
    pub(in crate::xml) fn namespace(&self) -> &str {
        self.guard.root_namespace()
    }

    /// Enters it: what is in it is in `table`, and it is called `name` where something is told of it.
    pub(in crate::xml) fn enter(self, name: &'static str, table: &'static [Element]) -> Walk<'a> {
        let Self { guard, tag } = self;
        let mut tolerances = Tolerances::default();
        if tag.namespace == Kind::OtherForm {
            tolerances.note_known(Tolerance::NamespaceForm, "", name, 0);
        }
        if tag.unknown > 0 {
            tolerances.note_known(Tolerance::UnknownAttribute, "", name, 0);
        }
        Walk { guard, frames: vec![Frame { name, table, last: 0, met: 0 }], tolerances, item: 0 }
    }
}

impl<'a> Walk<'a> {
    /// The next step, where the open element may have others in it than its table says. With
    /// `mixed`, each of the namespaces that are read is as good as another.
    ///
    /// # Errors
    /// [`Malformed`] for broken XML.
    pub(in crate::xml) fn node(&mut self, mixed: bool) -> Result<Node<'a>, Malformed> {
        loop {
            let from = self.guard.here();
            match self.guard.next()? {
                Event::Start(mut tag) => {
                    if self.leaves_open(&tag) {
                        return self.cut(&tag, from).map(Node::Any);
                    }
                    if mixed && tag.namespace == Kind::OtherForm {
                        tag.namespace = self.guard.root_kind();
                    }
                    let labels = if is_labelled(tag.name) { self.guard.attributes_since(from) } else { Vec::new() };
                    let known = labels.iter().filter(|it| it.is_label()).count();
                    tag.unknown = tag.unknown.saturating_sub(u32::try_from(known).unwrap_or(u32::MAX));
                    match self.element(tag)? {
                        Some(Step::Text(element, text)) if is_labelled(element.name) => {
                            return Ok(Node::Labelled(element, text, labels));
                        }
                        Some(step) => return Ok(Node::Step(step)),
                        None => {}
                    }
                }
                Event::End => {
                    self.frames.pop();
                    if !self.frames.is_empty() {
                        return Ok(Node::Step(Step::Close));
                    }
                    self.guard.next()?;
                    return Ok(Node::Step(Step::End));
                }
                Event::Text(text) => {
                    if !is_blank(&text) {
                        self.note_open(Tolerance::StrayText);
                    }
                }
                Event::Eof => return Ok(Node::Step(Step::End)),
            }
        }
    }

    /// The prefix of an error's place: that the notation is broken where the reading is.
    pub(in crate::xml) fn broken_here(&self, problem: impl Into<String>) -> Malformed {
        self.guard.broken_here(problem)
    }

    fn leaves_open(&self, tag: &Tag<'_>) -> bool {
        let Some(frame) = self.frames.last() else { return false };
        let ours = !matches!(tag.namespace, Kind::Foreign | Kind::SchemaInstance | Kind::Xml);
        let known = ours && find(frame.table, frame.last, tag.name).is_some();
        !known && frame.table.iter().any(|row| row.name == ANY)
    }

    fn cut(&mut self, tag: &Tag<'_>, from: usize) -> Result<Extent, Malformed> {
        let declared = self.guard.declared_around();
        let namespace = self.guard.namespace_since(from);
        let attributes = self.guard.attributes_since(from);
        self.pass_over()?;
        let range = from..self.guard.here();
        Ok(Extent { name: tag.name.to_owned(), namespace, attributes, range, declared })
    }
}

/// What the attributes of an `ID` are called.
const LABELS: &[&str] = &["idType", "idAuthority", "kind", "objectType"];

impl Attribute {
    /// Whether it says something about an `ID`.
    pub(in crate::xml) fn is_label(&self) -> bool {
        self.namespace.is_empty() && LABELS.contains(&self.name.as_str())
    }
}

fn is_labelled(name: &str) -> bool {
    matches!(name, "ID" | "relatedID")
}
