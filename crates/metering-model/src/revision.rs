//! What a second value for the same meter, reading type and time means.

use crate::{Decimal, Qualities};

/// What becomes of a reading whose identity is stored already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revision {
    /// The same again: nothing is written.
    Repeat,
    /// It takes the place of the stored one, which stays readable.
    Supersedes,
    /// The stored one was edited by a person and stands; this one is kept beside it.
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
        } else if stored.1.protect() && !newcomer.1.is_edited() {
            Self::Kept
        } else {
            Self::Supersedes
        }
    }
}
