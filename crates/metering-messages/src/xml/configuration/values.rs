//! Values of the model and their texts, both ways; and tables of the fields that are nothing more.

use metering_model::{
    AmiBillingReadyKind, CalendarDate, ComDirectionKind, ComTechnologyKind, Decimal, MeterMultiplierKind, Mrid,
    PhaseCode, ReadingType, Secret, ServiceKind, TimeOfDay, TimeStamp, UsagePointConnectedKind, ViolationCode,
};

use crate::xml::item::Item;
use crate::xml::message::carried;
use crate::xml::{Omitted, Tolerance};

/// A value that is one text.
pub(super) trait Spelled: Sized {
    /// Reads it; absent or wrong is `None`.
    fn read(text: Option<String>, element: &'static str, field: &str, item: &mut Item<'_>) -> Option<Self>;

    /// Its text; nothing where it is never written.
    fn spell(&self, field: &'static str, omitted: &mut Omitted) -> Option<String>;
}

impl Spelled for String {
    fn read(text: Option<String>, _: &'static str, _: &str, _: &mut Item<'_>) -> Option<Self> {
        text
    }

    fn spell(&self, field: &'static str, omitted: &mut Omitted) -> Option<String> {
        carried(Some(self), field, omitted)
    }
}

/// Read and never written.
impl Spelled for Secret {
    fn read(text: Option<String>, _: &'static str, _: &str, _: &mut Item<'_>) -> Option<Self> {
        text.map(Self::new)
    }

    fn spell(&self, _: &'static str, _: &mut Omitted) -> Option<String> {
        None
    }
}

impl<K> Spelled for Mrid<K> {
    fn read(text: Option<String>, element: &'static str, field: &str, item: &mut Item<'_>) -> Option<Self> {
        item.id(text, element, field)
    }

    fn spell(&self, field: &'static str, omitted: &mut Omitted) -> Option<String> {
        carried(Some(self.as_str()), field, omitted)
    }
}

/// Values of which nothing gets lost in their text.
macro_rules! plain {
    ($($Type:ty: $read:expr),+ $(,)?) => { $(
        impl Spelled for $Type {
            fn read(text: Option<String>, element: &'static str, field: &str, item: &mut Item<'_>) -> Option<Self> {
                let read: fn(&mut Item<'_>, Option<String>, &'static str, &str) -> Option<Self> = $read;
                read(item, text, element, field)
            }

            fn spell(&self, _: &'static str, _: &mut Omitted) -> Option<String> {
                Some(self.to_string())
            }
        }
    )+ };
}

plain!(
    bool: |item, text, element, field| item.boolean(text, element, field),
    u32: |item, text, element, field| item.count(text, element, field),
    Decimal: |item, text, element, field| item.decimal(text, element, field),
    TimeStamp: |item, text, element, field| item.time(text, element, field),
    ReadingType: |item, text, element, field| item.parsed(text, element, field, ViolationCode::InvalidCode),
    CalendarDate: |item, text, element, field| {
        // The schema lets a date have an offset, as if it were an instant.
        let plain = text.map(|text| match text.split_at_checked(10) {
            Some((date, zone)) if zone == "Z" || (zone.len() == 6 && zone.starts_with(['+', '-'])) => {
                item.note(Tolerance::NotKept, element);
                date.to_owned()
            }
            _ => text,
        });
        item.parsed(plain, element, field, ViolationCode::InvalidTime)
    },
    TimeOfDay: |item, text, element, field| {
        let plain = text.map(|text| {
            let plain = text.split_once('.').filter(|(_, rest)| rest.bytes().all(|it| it == b'0')).map_or(&*text, |it| it.0);
            if plain == "24:00:00" {
                item.note(Tolerance::EndOfDay, element);
                return "00:00:00".to_owned();
            }
            plain.to_owned()
        });
        item.parsed(plain, element, field, ViolationCode::InvalidTime)
    },
    AmiBillingReadyKind: |item, text, element, field| item.word(text, element, field, AmiBillingReadyKind::WORDS),
    ComDirectionKind: |item, text, element, field| item.word(text, element, field, ComDirectionKind::WORDS),
    ComTechnologyKind: |item, text, element, field| item.word(text, element, field, ComTechnologyKind::WORDS),
    MeterMultiplierKind: |item, text, element, field| item.word(text, element, field, MeterMultiplierKind::WORDS),
    PhaseCode: |item, text, element, field| item.word(text, element, field, PhaseCode::WORDS),
    ServiceKind: |item, text, element, field| item.word(text, element, field, ServiceKind::WORDS),
    UsagePointConnectedKind: |item, text, element, field| item.word(text, element, field, UsagePointConnectedKind::WORDS),
);

/// A class of the model and the structure of its element, as far as their fields are the same texts
/// under the same names.
pub(super) trait Flat<E> {
    /// Takes the fields out of the structure; `at` is the way to them, with a `/` at its end.
    fn read_flat(&mut self, element: &mut E, at: &str, item: &mut Item<'_>);

    /// Puts the fields into the structure.
    fn write_flat(&self, element: &mut E, omitted: &mut Omitted);
}

/// Makes the table of such fields; their names are those of the schema and of the API.
macro_rules! flat {
    ($Class:ty as $Element:ty { $( $name:literal $field:ident ),+ $(,)? }) => {
        impl $crate::xml::configuration::values::Flat<$Element> for $Class {
            fn read_flat(&mut self, element: &mut $Element, at: &str, item: &mut $crate::xml::item::Item<'_>) {
                use $crate::xml::configuration::values::Spelled;
                $( self.$field = Spelled::read(element.$field.take(), $name, &format!("{at}{}", $name), item); )+
            }

            fn write_flat(&self, element: &mut $Element, omitted: &mut $crate::xml::Omitted) {
                use $crate::xml::configuration::values::Spelled;
                $( element.$field = self.$field.as_ref().and_then(|it| it.spell($name, omitted)); )+
            }
        }
    };
}

pub(super) use flat;
