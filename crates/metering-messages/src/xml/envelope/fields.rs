//! The simple values of envelopes: a text that is none is told with what would be right.

use metering_model::{Excerpt, TimeStamp};

use super::read::{Reader, Stop};
use crate::envelope::{Id, IdKind, Refusal, ReplyCode};
use crate::xml::envelope::table::IdElement;
use crate::xml::guard::Attribute;
use crate::xml::lexical;
use crate::xml::tolerances::Tolerance;

fn wrong(element: &str, text: &str, right: &str) -> Stop {
    let detail = format!("`{element}`: {right} is needed here, not `{}`", Excerpt(text));
    Refusal::new(ReplyCode::AGAINST_SCHEMA, detail).into()
}

/// A word of a closed list, found by `of`.
pub(super) fn word<T>(element: &str, text: &str, known: &[&str], of: impl Fn(&str) -> Option<T>) -> Result<T, Stop> {
    of(text).ok_or_else(|| wrong(element, text, &known.join(" or ")))
}

/// `true` or `false`.
pub(super) fn boolean(element: &str, text: &str) -> Result<bool, Stop> {
    lexical::boolean(text).ok_or_else(|| wrong(element, text, "true, false, 1 or 0"))
}

/// A whole number.
pub(super) fn integer(element: &str, text: &str) -> Result<i64, Stop> {
    lexical::integer(text).ok_or_else(|| wrong(element, text, "a whole number"))
}

impl Reader<'_, '_> {
    /// An instant.
    pub(super) fn time(&mut self, within: &'static str, element: &'static str, text: &str) -> Result<TimeStamp, Stop> {
        match lexical::instant(text) {
            Ok((instant, end_of_day)) => {
                if end_of_day {
                    self.walk.tolerances.note_known(Tolerance::EndOfDay, within, element, 0);
                }
                Ok(instant)
            }
            Err(error) => {
                let detail = format!("`{element}`: `{}`: {error}", Excerpt(text));
                Err(Refusal::new(ReplyCode::AGAINST_SCHEMA, detail).into())
            }
        }
    }

    /// That a text is not longer than one may be.
    pub(super) fn bounded(&self, element: &str, text: &str) -> Result<(), Stop> {
        let most = self.reading.limits.text;
        if text.len() <= most {
            return Ok(());
        }
        let problem = format!("a text of more than {most} bytes (`{element}`)");
        Err(self.around.shifted(self.walk.broken_here(problem)).into())
    }
}

/// What an object is called.
pub(super) fn id(element: IdElement) -> Result<Id, Stop> {
    let IdElement { value, kind, id_type, authority, object_type } = element;
    let known: Vec<_> = IdKind::ALL.iter().map(|it| it.as_str()).collect();
    let kind = kind.map(|word_| word("ID/@kind", &word_, &known, IdKind::of)).transpose()?;
    Ok(Id { value, kind, id_type, authority, object_type })
}

/// The same from its text and its attributes.
pub(super) fn labelled(text: &str, attributes: Vec<Attribute>) -> Result<Id, Stop> {
    let mut element = IdElement { value: text.to_owned(), ..IdElement::default() };
    for attribute in attributes.into_iter().filter(Attribute::is_label) {
        let field = match attribute.name.as_str() {
            "kind" => &mut element.kind,
            "idType" => &mut element.id_type,
            "idAuthority" => &mut element.authority,
            _ => &mut element.object_type,
        };
        *field = Some(attribute.value);
    }
    id(element)
}
