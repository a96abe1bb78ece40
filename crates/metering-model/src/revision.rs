//! What a second value for the same meter, reading type and time means.

use std::borrow::Cow;

use crate::{Decimal, Qualities, QualityCategory, QualitySystem, ReadingQualityType};

/// What becomes of a reading whose identity is stored already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revision {
    /// The same again: nothing is written, unless its details say what was not said yet
    /// ([`ReadingDetails::or`](crate::ReadingDetails::or)).
    Repeat,
    /// It takes the place of the stored one, which stays readable.
    Supersedes,
    /// The stored one was edited or withdrawn by a person and stands; this one is kept beside it.
    Kept,
}

impl Revision {
    /// Decides between a `stored` reading and a `newcomer`.
    ///
    /// Values are compared as numbers, qualities only in the systems the newcomer speaks for:
    /// a meter that sends its raw value again does not undo what validation said of it.
    ///
    /// ```
    /// use metering_model::{Qualities, Revision};
    ///
    /// let good = Qualities::good();
    /// let edited = Qualities::new(["3.7.0".parse()?]);
    /// let (raw, corrected) = ("10.0".parse().ok(), "11".parse().ok());
    /// assert_eq!(Revision::decide((raw, &good), ("10".parse().ok(), &good)), Revision::Repeat);
    /// assert_eq!(Revision::decide((raw, &good), (corrected, &edited)), Revision::Supersedes);
    /// assert_eq!(Revision::decide((corrected, &edited), (raw, &good)), Revision::Kept);
    /// # Ok::<(), metering_model::ReadingQualityTypeError>(())
    /// ```
    #[must_use]
    pub fn decide(stored: (Option<Decimal>, &Qualities), newcomer: (Option<Decimal>, &Qualities)) -> Self {
        if stored.0 == newcomer.0 && newcomer.1.agree_with(stored.1) {
            Self::Repeat
        } else if stored.1.protect() && !newcomer.1.protect() {
            Self::Kept
        } else {
            Self::Supersedes
        }
    }

    /// What is said of a value once `newcomer` has taken the place of `stored`.
    ///
    /// Of another value, what the newcomer says. Of the same value, also what systems said that the
    /// newcomer does not speak for: validation confirms what a meter sent, and does not unsay it. Only
    /// that the value was estimated, derived or projected ends with the day a device delivers it.
    ///
    /// ```
    /// use metering_model::{Qualities, Revision};
    ///
    /// let (raw, validated) = (Qualities::good(), Qualities::new(["3.0.1".parse()?]));
    /// let value = "10".parse().ok();
    /// let both = Revision::qualities((value, &raw), (value, &validated)).into_owned();
    /// assert_eq!(both, Qualities::new(["1.0.0".parse()?, "3.0.1".parse()?]));
    /// // So neither sent again changes anything.
    /// for again in [raw, validated] {
    ///     assert_eq!(Revision::decide((value, &both), (value, &again)), Revision::Repeat);
    /// }
    /// # Ok::<(), metering_model::ReadingQualityTypeError>(())
    /// ```
    #[must_use]
    pub fn qualities<'n>(
        stored: (Option<Decimal>, &Qualities),
        newcomer: (Option<Decimal>, &'n Qualities),
    ) -> Cow<'n, Qualities> {
        let said = newcomer.1;
        if stored.0 != newcomer.0 {
            return Cow::Borrowed(said);
        }
        let spoken_for = |system| said.iter().any(|own| own.system == system);
        let delivered = spoken_for(QualitySystem::END_DEVICE) || spoken_for(QualitySystem::METERING_SYSTEM);
        let given_way = |it: ReadingQualityType| spoken_for(it.system) || (delivered && is_made(it));
        let mut more = stored.1.iter().filter(|it| !given_way(*it)).peekable();
        match more.peek() {
            None => Cow::Borrowed(said),
            Some(_) => Cow::Owned(Qualities::new(said.iter().chain(more))),
        }
    }
}

/// Whether the value was made, and not measured.
fn is_made(statement: ReadingQualityType) -> bool {
    [QualityCategory::ESTIMATED, QualityCategory::DERIVED, QualityCategory::PROJECTED].contains(&statement.category)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn reading(text: &str) -> (Option<Decimal>, Qualities) {
        let (value, codes) = text.split_once(' ').unwrap();
        (value.parse().ok(), Qualities::new(codes.split(' ').map(|code| code.parse().unwrap())))
    }

    #[test]
    fn what_is_said_after_a_newcomer() {
        for (stored, newcomer, expected) in [
            ("10 1.0.0", "10 3.0.1", "1.0.0 3.0.1"),
            ("10 1.0.0 3.0.1", "10 1.2.32", "1.2.32 3.0.1"),
            ("10 1.0.0 2.0.0 3.0.1", "10.0 3.5.258", "1.0.0 2.0.0 3.5.258"),
            ("- 2.5.259", "- 1.4.4", "1.4.4 2.5.259"),
            // What was made gives way to what was measured, what was said of it does not.
            ("10 3.8.0", "10 1.0.0", "1.0.0"),
            ("10 3.5.258 3.8.0", "10 1.0.0", "1.0.0 3.5.258"),
            ("10 2.8.0", "10 3.0.1", "2.8.0 3.0.1"),
            // Another value.
            ("10 1.0.0 3.0.1", "11 1.0.0", "1.0.0"),
            ("10 1.0.0", "11 3.8.0", "3.8.0"),
        ] {
            let ((value, qualities), (new_value, new_qualities)) = (reading(stored), reading(newcomer));
            let said = Revision::qualities((value, &qualities), (new_value, &new_qualities));
            let codes: Vec<_> = said.iter().map(|it| it.to_string()).collect();
            assert_eq!(codes.join(" "), expected, "{newcomer} after {stored}");
        }
    }

    proptest! {
        /// However few codes two systems use in turn, each can send again what it said last.
        #[test]
        fn what_either_says_again_changes_nothing(
            statements in prop::collection::vec((prop::bool::ANY, 0u8..13, prop::sample::select(vec![0u16, 1, 258])), 1..20),
        ) {
            let value = "10".parse().ok();
            let mut standing: Option<Qualities> = None;
            let mut last = [None, None];
            for (validation, category, index) in statements {
                let system = if validation { 3 } else { 1 };
                let said = Qualities::new([ReadingQualityType::new(system, category, index)]);
                let now = match &standing {
                    None => said.clone(),
                    Some(before) => match Revision::decide((value, before), (value, &said)) {
                        Revision::Supersedes => Revision::qualities((value, before), (value, &said)).into_owned(),
                        Revision::Repeat | Revision::Kept => continue,
                    },
                };
                last[usize::from(validation)] = Some(said);
                prop_assert_eq!(Revision::decide((value, &now), (value, last[usize::from(validation)].as_ref().unwrap())), Revision::Repeat);
                let other = last[usize::from(!validation)].as_ref();
                if let Some(other) = other.filter(|it| !it.iter().any(is_made) && !now.protect()) {
                    prop_assert_eq!(Revision::decide((value, &now), (value, other)), Revision::Repeat);
                }
                standing = Some(now);
            }
        }
    }

    #[test]
    fn the_table_of_decisions() {
        use Revision::{Kept, Repeat, Supersedes};
        for (stored, newcomer, expected) in [
            // Value and qualities: the same number and the same statements are a repeat.
            ("10 1.0.0", "10.0 1.0.0", Repeat),
            ("- 2.5.259", "- 2.5.259", Repeat),
            ("10 1.0.0", "11 1.0.0", Supersedes),
            ("- 2.5.259", "10 1.0.0", Supersedes),
            ("10 3.8.0", "10 1.0.0", Supersedes),
            ("10 1.0.0", "10 1.0.0 1.2.32", Supersedes),
            // Only in the systems that the newcomer speaks for.
            ("10 1.0.0 3.0.1", "10 1.0.0", Repeat),
            ("10 1.0.0 3.0.1", "10 3.0.1", Repeat),
            ("10 1.0.0", "10 3.0.1", Supersedes),
            // What a person edited or withdrew stands against devices, and yields to people.
            ("10 3.7.0", "11 1.0.0", Kept),
            ("10 3.7.0", "11 3.8.0", Kept),
            ("- 3.7.3", "11 1.0.0", Kept),
            ("10 3.7.0", "10 3.7.0", Repeat),
            ("10 3.7.0", "12 3.7.0", Supersedes),
            ("10 3.7.0", "- 3.7.3", Supersedes),
            ("- 3.7.3", "12 3.7.1", Supersedes),
        ] {
            let ((value, qualities), (new_value, new_qualities)) = (reading(stored), reading(newcomer));
            let decided = Revision::decide((value, &qualities), (new_value, &new_qualities));
            assert_eq!(decided, expected, "{newcomer} after {stored}");
        }
    }
}
