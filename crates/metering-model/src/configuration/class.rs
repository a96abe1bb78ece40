//! The macro for the standard's classes: every field optional or a list, each under the
//! standard's name where serde writes it.

macro_rules! class {
    ($(#[$meaning:meta])* pub struct $Name:ident { $( $(#[$of:meta])+ $wire:literal $field:ident: $Type:ty, )+ }) => {
        $(#[$meaning])*
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
        pub struct $Name {
            $(
                $(#[$of])+
                #[cfg_attr(
                    feature = "serde",
                    serde(rename = $wire, skip_serializing_if = "crate::configuration::class::Unset::is_unset")
                )]
                pub $field: $Type,
            )+
        }

        impl crate::configuration::class::Texts for $Name {
            fn texts(&self, at: &str, visit: &mut dyn FnMut(&str, &str)) {
                $(
                    if !crate::configuration::class::Unset::is_unset(&self.$field) {
                        self.$field.texts(&crate::configuration::class::within(at, $wire), visit);
                    }
                )+
            }
        }
    };
}

pub(crate) use class;

/// What is not written, because nothing was said.
pub(crate) trait Unset {
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

/// Shows every text there is in a value, with its path; ids and words are texts no longer.
pub(crate) trait Texts {
    fn texts(&self, at: &str, visit: &mut dyn FnMut(&str, &str));
}

/// The path of `field` in what is at `at`.
pub(crate) fn within(at: &str, field: impl std::fmt::Display) -> String {
    if at.is_empty() { field.to_string() } else { format!("{at}/{field}") }
}

impl Texts for String {
    fn texts(&self, at: &str, visit: &mut dyn FnMut(&str, &str)) {
        visit(at, self);
    }
}

impl<T: Texts> Texts for Option<T> {
    fn texts(&self, at: &str, visit: &mut dyn FnMut(&str, &str)) {
        if let Some(it) = self {
            it.texts(at, visit);
        }
    }
}

impl<T: Texts> Texts for Vec<T> {
    fn texts(&self, at: &str, visit: &mut dyn FnMut(&str, &str)) {
        for (place, it) in self.iter().enumerate() {
            it.texts(&within(at, place), visit);
        }
    }
}

macro_rules! no_text {
    ($($Type:ty),+ $(,)?) => { $(
        impl crate::configuration::class::Texts for $Type {
            fn texts(&self, _: &str, _: &mut dyn FnMut(&str, &str)) {}
        }
    )+ };
}

pub(crate) use no_text;

no_text!(bool, u32, crate::Decimal, crate::TimeStamp, crate::ReadingType);

impl<K> Texts for crate::Mrid<K> {
    fn texts(&self, _: &str, _: &mut dyn FnMut(&str, &str)) {}
}
