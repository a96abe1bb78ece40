//! The gate: what every body passes before anything else looks at it.
//!
//! It lets through XML 1.0 in UTF-8 with namespaces, and of that what messages need: elements,
//! attributes, texts, `CDATA`, comments, the five entities and character references. A DOCTYPE ends
//! the reading where it begins, so no entity is ever defined, expanded or fetched; so does every
//! processing instruction. Nesting, attributes, namespaces, names and texts are bounded by
//! [`Limits`], and nothing is copied but texts written with references, `CDATA` or line ends of
//! other systems: time is linear in the body, memory is bounded by one text.

use std::borrow::Cow;

use metering_model::Excerpt;
use quick_xml::Reader;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event as Token};

use super::namespaces::{Kind, Namespaces};
use crate::{Limits, Malformed};

mod characters;
mod extent;
mod scopes;
#[cfg(test)]
mod tests;

pub(super) use extent::Attribute;
use scopes::Scopes;

/// What stands next in a body.
#[derive(Debug)]
pub(super) enum Event<'a> {
    /// An element begins.
    Start(Tag<'a>),
    /// A piece of text; what belongs together may come in several.
    Text(Cow<'a, str>),
    /// The element that began last ends.
    End,
    /// The body ends, and all is well.
    Eof,
}

/// The beginning of an element.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    /// Its name without a prefix.
    pub(super) name: &'a str,
    /// What its namespace is to the message.
    pub(super) namespace: Kind,
    /// The attribute `ref`.
    pub(super) reference: Option<Cow<'a, str>>,
    /// Whether `xsi:nil` says that there is nothing.
    pub(super) nil: bool,
    /// Attributes that say something no message of the standard has.
    pub(super) unknown: u32,
}

/// Reads a body token by token.
pub(super) struct Guard<'a> {
    text: &'a str,
    /// So many bytes of the body stand before `text`.
    skipped: usize,
    /// Whether texts have to be looked at once more.
    special: bool,
    reader: Reader<&'a [u8]>,
    limits: Limits,
    scopes: Scopes<'a>,
    depth: usize,
    /// Whether the element that began last is an empty one, which ends at once.
    empty: bool,
    /// Whether the root element was met.
    begun: bool,
    root_namespace: String,
    root_kind: Kind,
}

impl<'a> Guard<'a> {
    /// The gate before `body`, a message of the noun `noun` whose namespaces are among `accepted`.
    ///
    /// # Errors
    /// [`Malformed`] for anything but UTF-8 and for characters that XML does not have.
    pub(super) fn new(
        body: &'a [u8],
        limits: &Limits,
        accepted: &'a Namespaces,
        noun: &'static str,
    ) -> Result<Self, Malformed> {
        let characters::Text { text, skipped, special } = characters::text_of(body)?;
        let mut reader = Reader::from_str(text);
        reader.config_mut().enable_all_checks(true);
        let scopes = Scopes::new(accepted, noun);
        Ok(Self {
            text,
            skipped,
            special,
            reader,
            limits: *limits,
            scopes,
            depth: 0,
            empty: false,
            begun: false,
            root_namespace: String::new(),
            root_kind: Kind::None,
        })
    }

    /// The next token.
    ///
    /// # Errors
    /// [`Malformed`] at the first thing that is not let through.
    pub(super) fn next(&mut self) -> Result<Event<'a>, Malformed> {
        if std::mem::take(&mut self.empty) {
            return Ok(self.end());
        }
        loop {
            let at = self.position();
            let token = match self.reader.read_event() {
                Ok(token) => token,
                Err(error) => {
                    let at = usize::try_from(self.reader.error_position()).unwrap_or(at);
                    return Err(self.broken(at, characters::problem(&error)));
                }
            };
            match token {
                Token::Start(start) => return self.start(at, &start).map(Event::Start),
                Token::Empty(start) => {
                    self.empty = true;
                    return self.start(at, &start).map(Event::Start);
                }
                Token::End(_) => return Ok(self.end()),
                Token::Text(text) => {
                    if self.depth == 0 {
                        if text.trim_ascii().is_empty() {
                            continue;
                        }
                        return Err(self.broken(at, "text outside the root element"));
                    }
                    if !self.special {
                        return self.bounded(at, text.into_inner());
                    }
                    if text.as_bytes().contains(&b']') && text.contains("]]>") {
                        return Err(self.broken(at, "`]]>` in a text; write `]]&gt;`"));
                    }
                    return self.bounded(at, text.xml10_content());
                }
                Token::CData(text) => {
                    if self.depth == 0 {
                        return Err(self.broken(at, "text outside the root element"));
                    }
                    return self.bounded(at, text.xml10_content());
                }
                Token::GeneralRef(reference) => return self.reference(at, &reference),
                Token::Comment(_) => {}
                Token::Decl(declaration) => self.declaration(at, &declaration)?,
                Token::DocType(_) => {
                    return Err(self.broken(at, "a document type (DOCTYPE) is not accepted; leave it out"));
                }
                Token::PI(_) => {
                    return Err(self.broken(at, "a processing instruction is not accepted; leave it out"));
                }
                Token::Eof if self.depth > 0 => return Err(self.broken(at, "the message ends within an element")),
                Token::Eof if !self.begun => return Err(Malformed::Message("the body has no XML element".to_owned())),
                Token::Eof => return Ok(Event::Eof),
            }
        }
    }

    #[inline]
    fn end(&mut self) -> Event<'a> {
        self.depth = self.depth.saturating_sub(1);
        self.scopes.leave(self.depth);
        Event::End
    }

    #[inline]
    fn bounded(&self, at: usize, text: Cow<'a, str>) -> Result<Event<'a>, Malformed> {
        if text.len() > self.limits.text { Err(self.long_text(at)) } else { Ok(Event::Text(text)) }
    }

    fn long_text(&self, at: usize) -> Malformed {
        self.broken(at, format!("a text of more than {} bytes", self.limits.text))
    }

    /// Adds a piece of text to those before it.
    ///
    /// # Errors
    /// [`Malformed`] when the whole becomes too long.
    pub(super) fn join(&self, whole: &mut Option<Cow<'a, str>>, piece: Cow<'a, str>) -> Result<(), Malformed> {
        match whole {
            None => *whole = Some(piece),
            Some(before) if before.len() + piece.len() > self.limits.text => {
                return Err(self.long_text(self.position()));
            }
            Some(before) => before.to_mut().push_str(&piece),
        }
        Ok(())
    }

    #[inline]
    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    #[inline]
    fn start(&mut self, at: usize, start: &BytesStart<'_>) -> Result<Tag<'a>, Malformed> {
        if self.depth == 0 && std::mem::replace(&mut self.begun, true) {
            return Err(self.broken(at, "a second root element"));
        }
        self.depth += 1;
        if self.depth > self.limits.depth {
            return Err(self.broken(at, format!("more than {} elements within each other", self.limits.depth)));
        }
        // The slice of the body; behind the `<`, where the token has it too.
        let length = start.name().as_ref().len();
        let name = self.text.get(at + 1..at + 1 + length).unwrap_or_default();
        let (prefix, local) = self.qualified(at, name)?;
        let mut tag = Tag { name: local, namespace: Kind::None, reference: None, nil: false, unknown: 0 };
        let attributes = self.text.get(at + 1 + length..at + 1 + start.len()).unwrap_or_default();
        if let Some(reference) = plain_reference(attributes) {
            tag.reference = Some(Cow::Borrowed(reference));
        } else if !attributes.trim_ascii().is_empty() {
            self.attributes(at, start, &mut tag)?;
        }
        tag.namespace = match self.scopes.kind(prefix) {
            Some(kind) => kind,
            None => return Err(self.undeclared(at, prefix)),
        };
        if self.depth == 1 {
            self.root_namespace = self.scopes.uri(prefix).to_owned();
            self.root_kind = tag.namespace;
        }
        Ok(tag)
    }

    /// Prefix and local part of a name.
    fn qualified<'n>(&self, at: usize, name: &'n str) -> Result<(&'n str, &'n str), Malformed> {
        if name.len() > self.limits.name {
            return Err(self.broken(at, format!("a name of more than {} bytes", self.limits.name)));
        }
        characters::qualified(name).ok_or_else(|| self.broken(at, format!("`{}` is no name of XML", Excerpt(name))))
    }

    fn undeclared(&self, at: usize, prefix: &str) -> Malformed {
        self.broken(at, format!("the prefix `{}` is not declared", Excerpt(prefix)))
    }

    /// Looks at the attributes: declares what they declare, and keeps what messages have.
    fn attributes(&mut self, at: usize, start: &BytesStart<'_>, tag: &mut Tag<'a>) -> Result<(), Malformed> {
        let mut names: Vec<String> = Vec::new();
        let mut values = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.broken(at, format!("broken attribute: {error}")))?;
            let name = attribute.key.as_ref();
            if names.len() >= self.limits.attributes {
                return Err(self.broken(at, format!("more than {} attributes of one element", self.limits.attributes)));
            }
            if names.iter().any(|known| known == name) {
                return Err(self.twice(at, name));
            }
            let (prefix, local) = self.qualified(at, name)?;
            if attribute.value.contains('<') {
                return Err(self.broken(at, "`<` in an attribute; write `&lt;`"));
            }
            if attribute.value.len() > self.limits.text {
                return Err(self.long_text(at));
            }
            let value = characters::attribute(&attribute.value).map_err(|problem| self.broken(at, problem))?;
            if name == "xmlns" || prefix == "xmlns" {
                let declared = if prefix.is_empty() { "" } else { local };
                let most = self.limits.namespaces;
                self.scopes.declare(declared, &value, self.depth, most).map_err(|problem| self.broken(at, problem))?;
            } else {
                values.push((prefix.to_owned(), local.to_owned(), value));
            }
            names.push(name.to_owned());
        }
        // What the element declares holds for its own attributes too.
        let mut met: Vec<(String, String)> = Vec::new();
        for (prefix, local, value) in values {
            if prefix.is_empty() {
                match local.as_str() {
                    "ref" => tag.reference = Some(Cow::Owned(value)),
                    _ => tag.unknown += 1,
                }
                continue;
            }
            let kind = self.scopes.kind(&prefix).ok_or_else(|| self.undeclared(at, &prefix))?;
            let expanded = (self.scopes.uri(&prefix).to_owned(), local);
            if met.contains(&expanded) {
                return Err(self.twice(at, &expanded.1));
            }
            match kind {
                Kind::SchemaInstance if expanded.1 == "nil" => {
                    tag.nil = matches!(value.trim_ascii(), "true" | "1");
                }
                Kind::SchemaInstance | Kind::Xml => {}
                _ => tag.unknown += 1,
            }
            met.push(expanded);
        }
        Ok(())
    }

    fn twice(&self, at: usize, name: &str) -> Malformed {
        self.broken(at, format!("the attribute `{}` stands twice in one element", Excerpt(name)))
    }

    /// An entity or a character reference in a text.
    fn reference(&self, at: usize, reference: &BytesRef<'_>) -> Result<Event<'a>, Malformed> {
        if self.depth == 0 {
            return Err(self.broken(at, "text outside the root element"));
        }
        let character = characters::referred(reference).map_err(|problem| self.broken(at, problem))?;
        Ok(Event::Text(Cow::Owned(String::from(character))))
    }

    fn declaration(&self, at: usize, declaration: &BytesDecl<'_>) -> Result<(), Malformed> {
        if at != 0 {
            return Err(self.broken(at, "the XML declaration stands at the very beginning or nowhere"));
        }
        let version = declaration.version().map_err(|error| self.broken(at, characters::problem(&error)))?;
        if version != "1.0" {
            return Err(self.broken(at, format!("XML {} is not read; send XML 1.0", Excerpt(&version))));
        }
        match declaration.encoding() {
            None => Ok(()),
            Some(Ok(encoding))
                if encoding.eq_ignore_ascii_case("utf-8") || encoding.eq_ignore_ascii_case("us-ascii") =>
            {
                Ok(())
            }
            Some(Ok(encoding)) => {
                let encoding = Excerpt(&encoding);
                Err(self.broken(at, format!("the encoding {encoding} is not read; send UTF-8 and declare it so")))
            }
            Some(Err(error)) => Err(self.broken(at, format!("broken XML declaration: {error}"))),
        }
    }

    /// The namespace of the root element; empty where it has none.
    pub(super) fn root_namespace(&self) -> &str {
        &self.root_namespace
    }

    /// What that namespace is to the message.
    pub(super) fn root_kind(&self) -> Kind {
        self.root_kind
    }

    /// That the notation is broken where the reading is.
    pub(super) fn broken_here(&self, problem: impl Into<String>) -> Malformed {
        self.broken(self.position(), problem)
    }

    fn broken(&self, at: usize, problem: impl Into<String>) -> Malformed {
        let before = self.text.as_bytes().get(..at.min(self.text.len())).unwrap_or_default();
        let (line, column) = characters::line_and_column(before, self.skipped);
        Malformed::Notation { problem: problem.into(), line, column }
    }
}

/// The value of `ref`, where that is all there is and nothing in it has to be resolved: so it is in
/// most elements that have attributes.
fn plain_reference(attributes: &str) -> Option<&str> {
    let value = attributes.strip_prefix(" ref=\"")?.trim_ascii_end().strip_suffix('"')?;
    let special = |byte: &u8| matches!(byte, b'"' | b'&' | b'<' | b'\t' | b'\n' | b'\r');
    (value.len() <= 128 && !value.as_bytes().iter().any(special)).then_some(value)
}
