//! Which prefix stands for which namespace, element within element.

use metering_model::Excerpt;

use crate::xml::namespaces::{Kind, Namespaces, XML, XMLNS};

mod around;

/// The declarations that hold where the reading is.
pub(super) struct Scopes<'a> {
    accepted: &'a Namespaces,
    noun: &'static str,
    declared: Vec<Declared>,
    /// The namespace of names without a prefix; looked up for most elements.
    default: Kind,
}

struct Declared {
    /// Empty for the default namespace.
    prefix: String,
    uri: String,
    kind: Kind,
    /// How deep the element is that declares it.
    depth: usize,
}

impl<'a> Scopes<'a> {
    pub(super) fn new(accepted: &'a Namespaces, noun: &'static str) -> Self {
        Self { accepted, noun, declared: Vec::new(), default: Kind::None }.within(accepted.around())
    }

    /// What the namespace of `prefix` is; `None` where nothing declares it.
    pub(super) fn kind(&self, prefix: &str) -> Option<Kind> {
        match prefix {
            "" => Some(self.default),
            "xml" => Some(Kind::Xml),
            "xmlns" => None,
            _ => self.find(prefix).map(|it| it.kind),
        }
    }

    /// The namespace of `prefix` as it is written; empty where there is none.
    pub(super) fn uri(&self, prefix: &str) -> &str {
        if prefix == "xml" { XML } else { self.find(prefix).map_or("", |it| it.uri.as_str()) }
    }

    fn find(&self, prefix: &str) -> Option<&Declared> {
        self.declared.iter().rev().find(|it| it.prefix == prefix)
    }

    /// Adds what an element at `depth` declares.
    pub(super) fn declare(&mut self, prefix: &str, uri: &str, depth: usize, most: usize) -> Result<(), String> {
        if prefix == "xmlns" || uri == XMLNS || (prefix == "xml") != (uri == XML) {
            return Err("the prefixes `xml` and `xmlns` and their namespaces cannot be declared as others".to_owned());
        }
        if uri.is_empty() && !prefix.is_empty() {
            return Err(format!("the prefix `{}` is declared without a namespace", Excerpt(prefix)));
        }
        if self.declared.len() >= most {
            return Err(format!("more than {most} namespaces declared at one place"));
        }
        let kind = self.accepted.kind(self.noun, uri);
        if prefix.is_empty() {
            self.default = kind;
        }
        self.declared.push(Declared { prefix: prefix.to_owned(), uri: uri.to_owned(), kind, depth });
        Ok(())
    }

    /// Forgets what elements deeper than `depth` declared.
    pub(super) fn leave(&mut self, depth: usize) {
        if self.declared.last().is_some_and(|last| last.depth > depth) {
            while self.declared.last().is_some_and(|last| last.depth > depth) {
                self.declared.pop();
            }
            self.default = self.find("").map_or(Kind::None, |it| it.kind);
        }
    }
}
