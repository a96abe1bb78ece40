//! One table of names per class, read and written by it: `object!`.

use metering_model::{Described, Violation, ViolationCode};
use serde_json::value::RawValue;

use crate::json::fields::{self, At, Fields, Found};
use crate::json::members::{Members, list};
use crate::json::schema::{self, Schemas, Way};

/// A value that a member of an object can have.
pub(super) trait Value: Sized {
    /// Whether it is read and never written.
    const HIDDEN: bool = false;

    /// Reads it; absent, `null` or wrong is `None`.
    fn read(raw: Option<&RawValue>, at: At<'_>, name: &str, violations: &mut Vec<Violation>) -> Option<Self>;

    /// Appends it.
    fn write(&self, out: &mut Vec<u8>);

    /// Its schema; those that it refers to are added to `schemas`.
    fn schema(way: Way, schemas: &mut Schemas) -> serde_json::Value;
}

/// What a class of the model holds under one name: one value or none, or a list.
pub(super) trait Member {
    fn read(raw: Option<&RawValue>, at: At<'_>, name: &str, violations: &mut Vec<Violation>) -> Self;

    /// Appends it with its name, unless there is nothing to say.
    fn write(&self, name: &str, to: &mut Members<'_>);

    /// Its schema; `None` where it does not go this way.
    fn schema(way: Way, schemas: &mut Schemas) -> Option<serde_json::Value>;
}

impl<T: Value> Member for Option<T> {
    fn read(raw: Option<&RawValue>, at: At<'_>, name: &str, violations: &mut Vec<Violation>) -> Self {
        T::read(raw, at, name, violations)
    }

    fn write(&self, name: &str, to: &mut Members<'_>) {
        if let (false, Some(value)) = (T::HIDDEN, self) {
            value.write(to.name(name));
        }
    }

    fn schema(way: Way, schemas: &mut Schemas) -> Option<serde_json::Value> {
        (way == Way::Sent || !T::HIDDEN).then(|| T::schema(way, schemas))
    }
}

impl<T: Value> Member for Vec<T> {
    fn read(raw: Option<&RawValue>, at: At<'_>, name: &str, violations: &mut Vec<Violation>) -> Self {
        let entries = fields::entries(raw, at, name, violations).unwrap_or_default();
        let mut values = Self::with_capacity(entries.len());
        for (place, entry) in entries.into_iter().enumerate() {
            let name = format!("{name}/{place}");
            if Found::of(entry) == Found::Null {
                let detail = "an entry of a list cannot be null; leave it out";
                violations.push(at.violation(&name, ViolationCode::WrongKind, detail));
            }
            values.extend(T::read(Some(entry), at, &name, violations));
        }
        values
    }

    fn write(&self, name: &str, to: &mut Members<'_>) {
        if !self.is_empty() {
            list(self, to.name(name), Value::write);
        }
    }

    fn schema(way: Way, schemas: &mut Schemas) -> Option<serde_json::Value> {
        Some(schema::list(T::schema(way, schemas), Some(super::schema::ENTRIES)))
    }
}

/// A class of the model with a table of its members.
pub(super) trait Object: Described + Sized {
    /// What one is called, with its article.
    const WHAT: &'static str;

    /// The name of the class.
    const NAME: &'static str;

    type Fields<'a>: Fields<'a>;

    /// Reads the members; `None` only where one that must be there is not.
    fn from_fields(fields: &Self::Fields<'_>, at: At<'_>, violations: &mut Vec<Violation>) -> Option<Self>;

    /// Appends the members.
    fn members(&self, to: &mut Members<'_>);

    /// The schema of each member by its name; those they refer to are added to `schemas`.
    fn member_schemas(way: Way, schemas: &mut Schemas) -> Vec<(&'static str, Option<serde_json::Value>)>;

    /// The members that must be there.
    const REQUIRED: &'static [&'static str] = &[];
}

/// The schema of the member that `of` shows.
pub(super) fn member_schema<C, M: Member>(
    _of: fn(&C) -> &M,
    way: Way,
    schemas: &mut Schemas,
) -> Option<serde_json::Value> {
    M::schema(way, schemas)
}

impl<T: Object> Value for T {
    fn read(raw: Option<&RawValue>, at: At<'_>, name: &str, violations: &mut Vec<Violation>) -> Option<Self> {
        let fields: T::Fields<'_> = fields::object(raw, at, name, T::WHAT, violations)?;
        let within = at.field(name) + "/";
        T::from_fields(&fields, At { item: at.item, within: &within }, violations)
    }

    fn write(&self, out: &mut Vec<u8>) {
        let mut to = Members::begin(out);
        self.members(&mut to);
        to.end();
    }

    fn schema(way: Way, schemas: &mut Schemas) -> serde_json::Value {
        super::schema::add_class::<T>(way, schemas);
        schema::reference(&way.name(T::NAME))
    }
}

/// Makes the table of a class: reads and writes it member by member. A member of the class that
/// the table forgets does not compile. Names behind `besides` are met as well and do not belong to
/// the class.
macro_rules! object {
    (
        $Class:ident as $Fields:ident, $what:literal {
            $( $name:literal $field:ident ),+ $(,)?
        } $( besides { $( $other:literal $slot:ident ),+ $(,)? } )?
    ) => {
        $crate::json::fields::fields! {
            /// Its members as they stand in the message.
            pub(super) struct $Fields<'a> { $( $name $field, )+ $( $( $other $slot, )+ )? }
        }

        impl $crate::json::configuration::object::Object for $Class {
            const WHAT: &'static str = $what;

            const NAME: &'static str = stringify!($Class);

            type Fields<'a> = $Fields<'a>;

            fn from_fields(
                fields: &$Fields<'_>,
                at: $crate::json::fields::At<'_>,
                violations: &mut Vec<metering_model::Violation>,
            ) -> Option<Self> {
                Some(Self {
                    $( $field: $crate::json::configuration::object::Member::read(fields.$field, at, $name, violations), )+
                })
            }

            fn members(&self, to: &mut $crate::json::members::Members<'_>) {
                let Self { $( $field, )+ } = self;
                $( $crate::json::configuration::object::Member::write($field, $name, to); )+
            }

            fn member_schemas(
                way: $crate::json::schema::Way,
                schemas: &mut $crate::json::schema::Schemas,
            ) -> Vec<(&'static str, Option<serde_json::Value>)> {
                vec![$(
                    ($name, $crate::json::configuration::object::member_schema(|it: &Self| &it.$field, way, schemas)),
                )+]
            }
        }
    };
}

pub(super) use object;
