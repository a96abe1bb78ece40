//! Where in a body the reading is, for what is cut out of it and read by another reader.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event as Token};

use super::{Guard, characters};

/// An attribute of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::xml) struct Attribute {
    /// Its namespace; empty where it has none.
    pub(in crate::xml) namespace: String,
    /// Its name without a prefix.
    pub(in crate::xml) name: String,
    /// Its value.
    pub(in crate::xml) value: String,
}

impl Guard<'_> {
    /// How many bytes of the body were read.
    pub(in crate::xml) fn here(&self) -> usize {
        self.position().saturating_add(self.skipped)
    }

    /// The declarations around the element that began last.
    pub(in crate::xml) fn declared_around(&self) -> Vec<(String, String)> {
        self.scopes.above(self.depth)
    }

    /// The namespace of the element that began last and has this beginning; empty where it has none.
    pub(in crate::xml) fn namespace_since(&self, from: usize) -> String {
        let name = self.first_start(from, |start| start.name().as_ref().to_owned()).unwrap_or_default();
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        self.scopes.uri(prefix).to_owned()
    }

    /// The attributes of the element that began last, behind `from`, without declarations.
    pub(in crate::xml) fn attributes_since(&self, from: usize) -> Vec<Attribute> {
        let of = |start: &BytesStart<'_>| {
            let mut attributes = start.attributes();
            let attributes = attributes.with_checks(false).filter_map(Result::ok).filter_map(|attribute| {
                let (prefix, name) = characters::qualified(attribute.key.as_ref())?;
                if prefix == "xmlns" || (prefix.is_empty() && name == "xmlns") {
                    return None;
                }
                let namespace = if prefix.is_empty() { "" } else { self.scopes.uri(prefix) };
                let value = characters::attribute(&attribute.value).ok()?;
                Some(Attribute { namespace: namespace.to_owned(), name: name.to_owned(), value })
            });
            attributes.collect()
        };
        self.first_start(from, of).unwrap_or_default()
    }

    /// What `of` makes of the first beginning of an element behind `from`; it passed the gate already.
    fn first_start<T>(&self, from: usize, of: impl Fn(&BytesStart<'_>) -> T) -> Option<T> {
        let (from, to) = (from.saturating_sub(self.skipped), self.position());
        let mut reader = Reader::from_str(self.text.get(from..to)?);
        loop {
            match reader.read_event() {
                Ok(Token::Start(start) | Token::Empty(start)) => return Some(of(&start)),
                Ok(Token::Eof) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }
}
