//! Objects and lists out: the one way in which every noun is written.
//!
//! Members go to a buffer in the order in which they are given; what is absent is not written.

use std::fmt::Display;

use metering_model::TimeStamp;

use super::text;

/// An object being written, member by member.
pub(crate) struct Members<'o> {
    out: &'o mut Vec<u8>,
    first: bool,
}

impl<'o> Members<'o> {
    /// Appends the brace at the beginning.
    pub(crate) fn begin(out: &'o mut Vec<u8>) -> Self {
        out.push(b'{');
        Self { out, first: true }
    }

    /// Goes on with an object that has members.
    pub(crate) fn resume(out: &'o mut Vec<u8>) -> Self {
        Self { out, first: false }
    }

    /// Members without an object around them, to be put into one later by [`Members::members`].
    pub(crate) fn part(out: &'o mut Vec<u8>) -> Self {
        Self { out, first: true }
    }

    /// Appends members that are written already.
    pub(crate) fn members(&mut self, written: &[u8]) {
        if !written.is_empty() {
            if !std::mem::take(&mut self.first) {
                self.out.push(b',');
            }
            self.out.extend_from_slice(written);
        }
    }

    /// Appends a name of ours, in which nothing is to be escaped; the value has to follow.
    #[inline]
    pub(crate) fn name(&mut self, name: &str) -> &mut Vec<u8> {
        debug_assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{name}");
        self.out.extend_from_slice(if std::mem::take(&mut self.first) { b"\"" } else { b",\"" });
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
        self.out
    }

    /// Appends a name that somebody sent, and its text.
    pub(crate) fn pair(&mut self, name: &str, value: &str) {
        if !std::mem::take(&mut self.first) {
            self.out.push(b',');
        }
        text::string(name, self.out);
        self.out.push(b':');
        text::string(value, self.out);
    }

    /// Appends a text, unless there is none.
    pub(crate) fn text<'v>(&mut self, name: &str, value: impl Into<Option<&'v str>>) {
        if let Some(value) = value.into() {
            text::string(value, self.name(name));
        }
    }

    /// Appends what a value prints, as a text.
    pub(crate) fn shown<T: Display>(&mut self, name: &str, value: Option<T>) {
        if let Some(value) = value {
            text::string(&value.to_string(), self.name(name));
        }
    }

    /// Appends an instant, unless there is none.
    pub(crate) fn time(&mut self, name: &str, instant: impl Into<Option<TimeStamp>>) {
        if let Some(instant) = instant.into() {
            text::time(instant, self.name(name));
        }
    }

    /// Appends a whole number.
    pub(crate) fn integer(&mut self, name: &str, number: impl Into<i64>) {
        text::integer(number.into(), self.name(name));
    }

    /// Appends `true` or `false`.
    pub(crate) fn boolean(&mut self, name: &str, value: bool) {
        self.name(name).extend_from_slice(if value { b"true" } else { b"false" });
    }

    /// Appends the brace at the end.
    pub(crate) fn end(self) {
        self.out.push(b'}');
    }
}

/// Appends a list.
pub(crate) fn list<T>(values: impl IntoIterator<Item = T>, out: &mut Vec<u8>, mut write: impl FnMut(T, &mut Vec<u8>)) {
    out.push(b'[');
    for (place, value) in values.into_iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        write(value, out);
    }
    out.push(b']');
}

/// Appends `{"LIST":[...],"next":...}`; `next` is the cursor of the page that follows.
pub(crate) fn page<T>(
    name: &str,
    items: &[T],
    next: Option<&str>,
    write_item: impl Fn(&T, &mut Vec<u8>),
    out: &mut Vec<u8>,
) {
    let mut to = Members::begin(out);
    list(items, to.name(name), write_item);
    end_of_page(to, next);
}

/// Appends the cursor of the page that follows, and the end of the page.
pub(crate) fn end_of_page(mut to: Members<'_>, next: Option<&str>) {
    match next {
        Some(next) => text::string(next, to.name("next")),
        None => to.name("next").extend_from_slice(b"null"),
    }
    to.end();
}
