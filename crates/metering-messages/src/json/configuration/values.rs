//! The plain values of configurations.

use metering_model::{
    AmiBillingReadyKind, CalendarDate, ComDirectionKind, ComTechnologyKind, Decimal, Excerpt, MeterMultiplierKind,
    Mrid, PhaseCode, ReadingType, Secret, ServiceKind, TimeOfDay, TimeStamp, UsagePointConnectedKind, Violation,
    ViolationCode, words,
};
use serde_json::value::RawValue;

use crate::json::fields::{self, At};
use crate::json::schema::{self, Schemas, Way};
use crate::json::text;

use super::object::Value;

impl Value for String {
    fn read(raw: Option<&RawValue>, at: At<'_>, name: &str, violations: &mut Vec<Violation>) -> Option<Self> {
        fields::text(raw, at, name, violations).map(Into::into)
    }

    fn write(&self, out: &mut Vec<u8>) {
        text::string(self, out);
    }

    fn schema(_: Way, _: &mut Schemas) -> serde_json::Value {
        schema::line(1, 255)
    }
}

impl Value for Secret {
    const HIDDEN: bool = true;

    fn read(raw: Option<&RawValue>, at: At<'_>, name: &str, violations: &mut Vec<Violation>) -> Option<Self> {
        String::read(raw, at, name, violations).map(Self::new)
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"null");
    }

    fn schema(_: Way, _: &mut Schemas) -> serde_json::Value {
        schema::line(1, 255)
    }
}

impl Value for bool {
    fn read(raw: Option<&RawValue>, at: At<'_>, name: &str, violations: &mut Vec<Violation>) -> Option<Self> {
        fields::boolean(raw, at, name, violations)
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(if *self { b"true" } else { b"false" });
    }

    fn schema(_: Way, _: &mut Schemas) -> serde_json::Value {
        schema::boolean()
    }
}

impl Value for u32 {
    fn read(raw: Option<&RawValue>, at: At<'_>, name: &str, violations: &mut Vec<Violation>) -> Option<Self> {
        let number = fields::integer(raw, at, name, violations)?;
        let count = Self::try_from(number).ok();
        if count.is_none() {
            let detail = format!("a whole number from 0 to {} is needed here, not {number}", Self::MAX);
            violations.push(at.violation(name, ViolationCode::OutOfRange, detail));
        }
        count
    }

    fn write(&self, out: &mut Vec<u8>) {
        text::integer((*self).into(), out);
    }

    fn schema(_: Way, _: &mut Schemas) -> serde_json::Value {
        schema::integer(0, Some(Self::MAX.into()))
    }
}

impl Value for Decimal {
    fn read(raw: Option<&RawValue>, at: At<'_>, name: &str, violations: &mut Vec<Violation>) -> Option<Self> {
        fields::decimal(raw, at, name, violations)
    }

    fn write(&self, out: &mut Vec<u8>) {
        text::decimal(*self, out);
    }

    fn schema(way: Way, _: &mut Schemas) -> serde_json::Value {
        way.decimal()
    }
}

impl Value for TimeStamp {
    fn read(raw: Option<&RawValue>, at: At<'_>, name: &str, violations: &mut Vec<Violation>) -> Option<Self> {
        fields::time(raw, at, name, violations)
    }

    fn write(&self, out: &mut Vec<u8>) {
        text::time(*self, out);
    }

    fn schema(_: Way, _: &mut Schemas) -> serde_json::Value {
        schema::time()
    }
}

impl<K> Value for Mrid<K> {
    fn read(raw: Option<&RawValue>, at: At<'_>, name: &str, violations: &mut Vec<Violation>) -> Option<Self> {
        fields::id(raw, at, name, violations)
    }

    fn write(&self, out: &mut Vec<u8>) {
        text::string(self.as_str(), out);
    }

    fn schema(_: Way, _: &mut Schemas) -> serde_json::Value {
        schema::id()
    }
}

/// Values that stand as their text, with the code of what is no such text.
macro_rules! by_text {
    ($($Type:ty: $code:ident, $schema:expr;)+) => { $(
        impl Value for $Type {
            fn read(raw: Option<&RawValue>, at: At<'_>, name: &str, violations: &mut Vec<Violation>) -> Option<Self> {
                let spelled = fields::text(raw, at, name, violations)?;
                match spelled.parse::<Self>() {
                    Ok(value) => Some(value),
                    Err(error) => {
                        let detail = format!("`{}`: {error}", Excerpt(&spelled));
                        violations.push(at.violation(name, ViolationCode::$code, detail));
                        None
                    }
                }
            }

            fn write(&self, out: &mut Vec<u8>) {
                text::string(&self.to_string(), out);
            }

            fn schema(_: Way, _: &mut Schemas) -> serde_json::Value {
                $schema
            }
        }
    )+ };
}

by_text! {
    ReadingType: InvalidCode, schema::reading_type_code();
    CalendarDate: InvalidTime, serde_json::json!({"type": "string", "format": "date"});
    TimeOfDay: InvalidTime, serde_json::json!({"type": "string", "pattern": super::schema::TIME_OF_DAY});
}

/// Words of closed lists.
macro_rules! words {
    ($($Type:ty),+ $(,)?) => { $(
        impl Value for $Type {
            fn read(raw: Option<&RawValue>, at: At<'_>, name: &str, violations: &mut Vec<Violation>) -> Option<Self> {
                let word = fields::text(raw, at, name, violations)?;
                let found = word.parse::<Self>().ok();
                if found.is_none() {
                    let detail = words::unknown_word(name, &word, Self::WORDS);
                    violations.push(at.violation(name, ViolationCode::UnknownWord, detail));
                }
                found
            }

            fn write(&self, out: &mut Vec<u8>) {
                text::string(self.as_str(), out);
            }

            fn schema(_: Way, _: &mut Schemas) -> serde_json::Value {
                schema::one_of(Self::WORDS)
            }
        }
    )+ };
}

words!(
    AmiBillingReadyKind,
    ComDirectionKind,
    ComTechnologyKind,
    MeterMultiplierKind,
    PhaseCode,
    ServiceKind,
    UsagePointConnectedKind,
);
