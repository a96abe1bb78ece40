//! The macro for the standard's classes: every field optional or a list, each under the
//! standard's name where serde writes it.

macro_rules! class {
    (
        $(#[doc = $meaning:literal])+
        pub struct $Name:ident { $( $(#[doc = $of:literal])+ $wire:literal $field:ident: $Type:ty, )+ }
    ) => {
        $(#[doc = $meaning])+
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
        pub struct $Name {
            $(
                $(#[doc = $of])+
                #[cfg_attr(
                    feature = "serde",
                    serde(rename = $wire, skip_serializing_if = "crate::configuration::class::Unset::is_unset")
                )]
                pub $field: $Type,
            )+
        }

        impl crate::configuration::class::Described for $Name {
            const MEANING: &'static str = concat!($($meaning),+).trim_ascii();
            const FIELDS: &'static [(&'static str, &'static str)] = &[$(($wire, concat!($($of),+).trim_ascii())),+];
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

/// What a class and its fields mean, for whoever describes them: the words of their documentation.
///
/// ```
/// use metering_model::{Described, TouTier};
///
/// assert_eq!(TouTier::FIELDS, [("start", "From this time."), ("end", "To this time.")]);
/// ```
pub trait Described {
    /// What it is.
    const MEANING: &'static str;
    /// Its fields in their order: the name the standard gives it, in camelCase, and what it means.
    const FIELDS: &'static [(&'static str, &'static str)];
}

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
