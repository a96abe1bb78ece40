//! What a second value for the same meter, reading type and time means.

use crate::{Decimal, Qualities};

/// What becomes of a reading whose identity is stored already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revision {
    /// The same again: nothing is written.
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
}

#[cfg(test)]
mod tests {
    use super::*;

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
            let reading = |text: &str| {
                let (value, codes) = text.split_once(' ').unwrap();
                (value.parse().ok(), Qualities::new(codes.split(' ').map(|code| code.parse().unwrap())))
            };
            let ((value, qualities), (new_value, new_qualities)) = (reading(stored), reading(newcomer));
            let decided = Revision::decide((value, &qualities), (new_value, &new_qualities));
            assert_eq!(decided, expected, "{newcomer} after {stored}");
        }
    }
}
