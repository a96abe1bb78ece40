//! An item on its way from a structure of texts to a value of the model.

use std::str::FromStr;

use metering_model::{Decimal, Excerpt, Mrid, TimeStamp, Violation, ViolationCode, words};

use super::elements::{Name, Named};
use super::lexical;
use super::tolerances::{Tolerance, Tolerances};
use crate::items::At;
use crate::values;

/// One item, and what is told of it. Fields are named as the API names them; elements as the
/// schema does, for what is counted.
pub(super) struct Item<'i> {
    /// Which item of the message.
    pub(super) number: u32,
    /// The element that the item is.
    pub(super) element: &'static str,
    pub(super) tolerances: &'i mut Tolerances,
    pub(super) violations: &'i mut Vec<Violation>,
}

impl Item<'_> {
    /// Tells that something is wrong at a field.
    pub(super) fn tell(&mut self, field: &str, code: ViolationCode, detail: impl Into<String>) {
        self.violations.push(Violation::new(self.number, field.to_owned(), code, detail));
    }

    /// Tells that an element which must be there is not.
    pub(super) fn missing(&mut self, field: &str, element: &str) {
        self.tell(field, ViolationCode::Missing, format!("`{element}` is missing"));
    }

    /// Counts a tolerance at an element in the item's.
    pub(super) fn note(&mut self, what: Tolerance, element: &'static str) {
        self.tolerances.note_known(what, self.element, element, self.number);
    }

    fn at(&self) -> At<'static> {
        At { item: self.number, within: "" }
    }

    /// The text, unless there is none in it, which is counted.
    fn spelled(&mut self, text: Option<String>, element: &'static str) -> Option<String> {
        if text.as_deref() == Some("") {
            self.note(Tolerance::Empty, element);
            return None;
        }
        text
    }

    /// An instant.
    pub(super) fn time(&mut self, text: Option<String>, element: &'static str, field: &str) -> Option<TimeStamp> {
        let text = self.spelled(text, element)?;
        match lexical::instant(&text) {
            Ok((instant, end_of_day)) => {
                if end_of_day {
                    self.note(Tolerance::EndOfDay, element);
                }
                Some(instant)
            }
            Err(error) => {
                self.violations.push(values::no_time(&text, error, self.at(), field));
                None
            }
        }
    }

    /// An exact decimal.
    pub(super) fn decimal(&mut self, text: Option<String>, element: &'static str, field: &str) -> Option<Decimal> {
        let text = self.spelled(text, element)?;
        values::decimal(&text, self.at(), field, self.violations)
    }

    /// `true` or `false`.
    pub(super) fn boolean(&mut self, text: Option<String>, element: &'static str, field: &str) -> Option<bool> {
        let text = self.spelled(text, element)?;
        let value = lexical::boolean(&text);
        if value.is_none() {
            let detail = format!("true, false, 1 or 0 is needed here, not `{}`", Excerpt(&text));
            self.tell(field, ViolationCode::WrongKind, detail);
        }
        value
    }

    /// A whole number from 0.
    pub(super) fn count(&mut self, text: Option<String>, element: &'static str, field: &str) -> Option<u32> {
        let text = self.spelled(text, element)?;
        let Some(number) = lexical::integer(&text) else {
            let detail = format!("a whole number is needed here, not `{}`", Excerpt(&text));
            self.tell(field, ViolationCode::InvalidNumber, detail);
            return None;
        };
        let count = u32::try_from(number).ok();
        if count.is_none() {
            let detail = format!("a whole number from 0 to {} is needed here, not {number}", u32::MAX);
            self.tell(field, ViolationCode::OutOfRange, detail);
        }
        count
    }

    /// A word of a closed list.
    pub(super) fn word<T: FromStr>(
        &mut self,
        text: Option<String>,
        element: &'static str,
        field: &str,
        known: &[&str],
    ) -> Option<T> {
        let text = self.spelled(text, element)?;
        let word = text.parse().ok();
        if word.is_none() {
            let name = field.rsplit('/').next().unwrap_or(field);
            self.tell(field, ViolationCode::UnknownWord, words::unknown_word(name, &text, known));
        }
        word
    }

    /// Anything else that is parsed from its text.
    pub(super) fn parsed<T: FromStr>(
        &mut self,
        text: Option<String>,
        element: &'static str,
        field: &str,
        code: ViolationCode,
    ) -> Option<T>
    where
        T::Err: std::fmt::Display,
    {
        let text = self.spelled(text, element)?;
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                let error: T::Err = error;
                self.tell(field, code, format!("`{}`: {error}", Excerpt(&text)));
                None
            }
        }
    }

    /// An id.
    pub(super) fn id<K>(&mut self, text: Option<String>, element: &'static str, field: &str) -> Option<Mrid<K>> {
        let text = self.spelled(text, element)?;
        values::id(&text, self.at(), field, self.violations)
    }

    /// What something is called that is named in the element `element`: its mRID, else its first
    /// name. What else it is called has no place here, and is counted.
    pub(super) fn named<K>(&mut self, named: Named, element: &'static str, field: &str) -> Option<Mrid<K>> {
        let Named { mrid, names } = named;
        let mrid = self.spelled(mrid, element);
        let name = match mrid {
            Some(mrid) => {
                if !names.is_empty() {
                    self.tolerances.note_known(Tolerance::NotKept, element, "Names", self.number);
                }
                mrid
            }
            None => match self.only_name(names, element).filter(|name| !name.is_empty()) {
                Some(name) => name,
                None => {
                    self.tell(field, ViolationCode::Missing, format!("`{element}` has neither an `mRID` nor a name"));
                    return None;
                }
            },
        };
        values::id(&name, self.at(), field, self.violations)
    }

    /// The first of some names; the others, and what kind of name it is, are counted.
    pub(super) fn only_name(&mut self, names: Vec<Name>, element: &'static str) -> Option<String> {
        let mut names = names.into_iter();
        let Name { name, name_type } = names.next()?;
        if name_type.is_some() {
            self.tolerances.note_known(Tolerance::NotKept, "Names", "NameType", self.number);
        }
        if names.next().is_some() {
            self.tolerances.note_known(Tolerance::NotKept, element, "Names", self.number);
        }
        name
    }
}
