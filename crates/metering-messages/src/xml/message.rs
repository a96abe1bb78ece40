//! Messages of items that are read and written one by one, and what is around them.

use metering_model::Violation;
use serde::Serialize;

use super::item::Item;
use super::places::Places;
use super::schema::Element;
use super::structure::{self, Structure};
use super::walk::{Step, Walk, is_laid_out};
use super::{Namespaces, Omitted, Received, lexical, text};
use crate::{Limits, Malformed, Read};

/// Reads a message of items of one kind, item by item.
///
/// # Errors
/// [`Malformed`] when the body is no such message, or it is larger than the limits allow.
pub(super) fn read_items(
    body: &[u8],
    noun: &'static str,
    table: &'static [Element],
    namespaces: &Namespaces,
    limits: &Limits,
    mut each: impl FnMut(&Structure, &mut Item<'_>),
) -> Result<Received<u32>, Malformed> {
    let mut walk = Walk::enter(body, noun, table, namespaces, limits)?;
    let mut violations = Vec::new();
    let mut received = 0u32;
    loop {
        match walk.next()? {
            Step::Open(element) => {
                let number = next_item(&mut received, limits)?;
                walk.item = number;
                let structure = Structure::copy(&mut walk, element)?;
                let tolerances = &mut walk.tolerances;
                each(&structure, &mut Item { number, element: element.name, tolerances, violations: &mut violations });
            }
            Step::End => return Ok(end(walk, noun, received, violations)),
            _ => {}
        }
    }
}

/// The number of the item that begins.
pub(super) fn next_item(received: &mut u32, limits: &Limits) -> Result<u32, Malformed> {
    let number = *received;
    if number as usize >= limits.items {
        return Err(Malformed::TooManyItems { limit: limits.items });
    }
    *received += 1;
    Ok(number)
}

/// What a message was, after its end.
pub(super) fn end<T>(walk: Walk<'_>, noun: &str, value: T, violations: Vec<Violation>) -> Received<T> {
    Received {
        read: Read { value, alone: false, violations, warnings: walk.tolerances.warnings() },
        namespace: walk.namespace().to_owned(),
        tolerances: walk.tolerances,
        places: Places::of(noun),
    }
}

impl<T> Received<T> {
    /// The same with another value made of the one that was read.
    pub(super) fn with<U>(self, make: impl FnOnce(T) -> U) -> Received<U> {
        let Self { read: Read { value, alone, violations, warnings }, namespace, tolerances, places } = self;
        Received { read: Read { value: make(value), alone, violations, warnings }, namespace, tolerances, places }
    }
}

/// Appends a message of items, each an element called as its type is.
pub(super) fn write_items<T: Serialize>(
    noun: &str,
    items: impl IntoIterator<Item = T>,
    namespaces: &Namespaces,
    out: &mut Vec<u8>,
) {
    text::begin(noun, &namespaces.written(noun), out);
    for item in items {
        structure::write(&item, out);
    }
    text::close(noun, out);
}

/// A text as XML can carry it; that something of it is lost is noted. So are blanks around it where
/// a reader would take them for the layout of the message.
pub(super) fn carried(text: Option<&str>, field: &'static str, omitted: &mut Omitted) -> Option<String> {
    let (carried, lost) = lexical::carried(text?);
    omitted.note(field, lost || is_laid_out(&carried));
    Some(carried.into_owned())
}
