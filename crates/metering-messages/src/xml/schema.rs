//! The structure of the messages as tables: which elements there are, in which order, how often,
//! and which of them are kept. One table per class, written once: reading walks along it, the
//! structures that serde reads and writes are made from it, and so are the schemas that what is
//! written is tested against.

#[cfg(test)]
pub(super) mod xsd;

/// An element in the element around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element {
    /// Its name.
    pub(super) name: &'static str,
    /// How often it may stand there.
    pub(super) occurs: Occurs,
    /// What is in it.
    pub(super) content: Content,
    /// Whether what is in it is kept; else it is read past and counted.
    pub(super) kept: bool,
}

/// How often an element may stand in the one around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occurs {
    /// Not, or once.
    Optional,
    /// Once.
    Required,
    /// As often as one likes.
    Many,
    /// As often as one likes, and once at least.
    OneOrMore,
    /// In the place of the element above it: one of them, or none.
    OrOptional,
    /// Among those above it, in any order and as often as one likes.
    OrMany,
}

impl Occurs {
    /// Whether it may stand there more than once.
    pub(super) fn repeats(self) -> bool {
        matches!(self, Self::Many | Self::OneOrMore | Self::OrMany)
    }

    /// Whether it shares its place in the order with the one above it.
    pub(super) fn is_choice(self) -> bool {
        matches!(self, Self::OrOptional | Self::OrMany)
    }
}

/// What is in an element.
#[derive(Debug, Clone, Copy)]
pub(super) enum Content {
    /// Any text.
    String,
    /// A text in which blanks around it mean nothing: a code, a value.
    Token,
    /// A date and time.
    DateTime,
    /// A date.
    Date,
    /// A time of day.
    Time,
    /// `true`, `false`, `1` or `0`.
    Boolean,
    /// A whole number.
    Integer,
    /// A decimal number.
    Decimal,
    /// A number, an exponent allowed.
    Float,
    /// One of some words.
    #[cfg_attr(not(test), expect(dead_code, reason = "tests make schemas of the tables"))]
    Words(&'static [&'static str]),
    /// Nothing but an attribute `ref`.
    Reference,
    /// Further elements.
    Of(&'static [Element]),
}

/// What is left out of what is written, because nothing was said.
pub(super) trait Unset {
    fn is_unset(&self) -> bool;
}

impl<T> Unset for Option<T> {
    fn is_unset(&self) -> bool {
        self.is_none()
    }
}

impl<T> Unset for Vec<T> {
    fn is_unset(&self) -> bool {
        self.is_empty()
    }
}

/// Makes the table of a class, `NAME: occurrence content` per element, in the order of the schema.
/// What is kept has `=> kept`; in the form with a structure it has its field there.
macro_rules! elements {
    (
        $(#[$about:meta])*
        $vis:vis $Class:ident = $TABLE:ident {
            $( $name:literal $occurs:ident $content:expr $( => $field:ident: $Type:ty )?; )+
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        $vis struct $Class {
            $( $(
                #[serde(rename = $name, default, skip_serializing_if = "crate::xml::schema::Unset::is_unset")]
                $vis $field: $Type,
            )? )+
        }

        $vis const $TABLE: &[$crate::xml::schema::Element] = &[$(
            $crate::xml::schema::Element {
                name: $name,
                occurs: $crate::xml::schema::Occurs::$occurs,
                content: $content,
                kept: $crate::xml::schema::elements!(@kept $( $field )?),
            },
        )+];
    };
    (
        $(#[$about:meta])*
        $vis:vis $TABLE:ident {
            $( $name:literal $occurs:ident $content:expr $( => $kept:ident )?; )+
        }
    ) => {
        $(#[$about])*
        $vis const $TABLE: &[$crate::xml::schema::Element] = &[$(
            $crate::xml::schema::Element {
                name: $name,
                occurs: $crate::xml::schema::Occurs::$occurs,
                content: $content,
                kept: $crate::xml::schema::elements!(@kept $( $kept )?),
            },
        )+];
    };
    (@kept $kept:ident) => { true };
    (@kept) => { false };
}

pub(super) use elements;
