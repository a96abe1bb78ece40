//! What few readings say besides their value.

use std::borrow::Cow;
use std::num::NonZeroU32;
use std::sync::Arc;

use crate::TimeStamp;

/// What the standard lets a reading say besides its value, its time stamp and its qualities; all of
/// it optional, and no part of the reading's identity.
///
/// Most readings say none of it. So a [`Reading`](crate::Reading) only has a [`DetailsIndex`], and the
/// details are a table beside the readings. Texts are shared where many readings say the same.
///
/// ```
/// use metering_model::{MeterReadings, ReadingDetails};
///
/// let mut message = MeterReadings::default();
/// let details = ReadingDetails { source: Some("manual".into()), ..ReadingDetails::default() };
/// let index = details.join(&mut message.details);
/// assert_eq!(message.details[index.unwrap().place()].source.as_deref(), Some("manual"));
/// // Nothing said takes no place.
/// assert_eq!(ReadingDetails::default().join(&mut message.details), None);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct ReadingDetails {
    /// `reportedDateTime`: when the reading first reached a metering system.
    pub reported: Option<TimeStamp>,
    /// `timePeriod`: the time the value is about, where the time stamp and the reading type do not
    /// say it, as the month of a greatest demand.
    #[cfg_attr(feature = "serde", serde(default))]
    pub time_period: TimePeriod,
    /// `source`: the system that first supplied the reading.
    pub source: Option<Arc<str>>,
    /// `reason`: why the reading was taken; one of [`READING_REASONS`](crate::words::READING_REASONS)
    /// by the standard, any other as it came.
    pub reason: Option<Arc<str>>,
    /// `comment`: what somebody remarked about it.
    pub comment: Option<Arc<str>>,
}

/// The standard's `DateTimeInterval`, of which either end may be unsaid.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct TimePeriod {
    /// When it begins.
    pub start: Option<TimeStamp>,
    /// When it ends.
    pub end: Option<TimeStamp>,
}

impl TimePeriod {
    /// Whether neither end is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.start.is_none() && self.end.is_none()
    }
}

/// Which of the details of a message or a page a reading has. `Option<DetailsIndex>` takes four bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DetailsIndex(NonZeroU32);

impl DetailsIndex {
    /// The index of this place in the table, from 0; `None` beyond four thousand million.
    #[must_use]
    pub fn of(place: usize) -> Option<Self> {
        u32::try_from(place).ok()?.checked_add(1).and_then(NonZeroU32::new).map(Self)
    }

    /// The place in the table, from 0.
    #[must_use]
    pub fn place(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// The place, as other tables have it.
#[cfg(feature = "serde")]
impl serde::Serialize for DetailsIndex {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.0.get() - 1)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for DetailsIndex {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let place = <u32 as serde::Deserialize>::deserialize(deserializer)?;
        let index = place.checked_add(1).and_then(NonZeroU32::new).map(Self);
        index.ok_or_else(|| serde::de::Error::custom("no table has so many rows"))
    }
}

impl ReadingDetails {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self { reported, time_period, source, reason, comment } = self;
        reported.is_none() && time_period.is_empty() && source.is_none() && reason.is_none() && comment.is_none()
    }

    /// Puts these into the table of a message or a page, unless they are what came into it last, and
    /// gives their index; `None` where nothing is said.
    pub fn join(self, table: &mut Vec<Self>) -> Option<DetailsIndex> {
        if self.is_empty() {
            return None;
        }
        if table.last() != Some(&self) {
            table.push(self);
        }
        DetailsIndex::of(table.len() - 1)
    }

    /// These, and what `others` say that these do not.
    ///
    /// ```
    /// use metering_model::ReadingDetails;
    ///
    /// let first = ReadingDetails { source: Some("head-end".into()), ..ReadingDetails::default() };
    /// let again = ReadingDetails { source: Some("file".into()), comment: Some("late".into()), ..first.clone() };
    /// let both = first.or(&again);
    /// assert_eq!((both.source.as_deref(), both.comment.as_deref()), (Some("head-end"), Some("late")));
    /// ```
    #[must_use]
    pub fn or(&self, others: &Self) -> Cow<'_, Self> {
        let both = Self {
            reported: self.reported.or(others.reported),
            // The two ends of a period are said together.
            time_period: if self.time_period.is_empty() { others.time_period } else { self.time_period },
            source: self.source.as_ref().or(others.source.as_ref()).cloned(),
            reason: self.reason.as_ref().or(others.reason.as_ref()).cloned(),
            comment: self.comment.as_ref().or(others.comment.as_ref()).cloned(),
        };
        if both == *self { Cow::Borrowed(self) } else { Cow::Owned(both) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(source: &str) -> ReadingDetails {
        ReadingDetails { source: Some(source.into()), ..ReadingDetails::default() }
    }

    #[test]
    fn what_is_said_again_at_once_takes_no_second_place() {
        let mut table = Vec::new();
        let indices: Vec<_> = ["a", "a", "b", "a"].map(|it| said(it).join(&mut table).unwrap().place()).to_vec();
        assert_eq!(indices, [0, 0, 1, 2]);
        assert_eq!(table, [said("a"), said("b"), said("a")]);
    }

    #[test]
    fn an_index_has_four_bytes_and_every_place_but_the_last() {
        assert_eq!(std::mem::size_of::<Option<DetailsIndex>>(), 4);
        assert_eq!(DetailsIndex::of(u32::MAX as usize), None);
        assert_eq!(DetailsIndex::of(u32::MAX as usize - 1).unwrap().place(), u32::MAX as usize - 1);
    }

    #[test]
    fn what_is_unsaid_is_filled_in_and_nothing_is_replaced() {
        let at = |seconds| TimeStamp::EPOCH.plus_seconds(seconds);
        let all = ReadingDetails {
            reported: Some(at(1)),
            time_period: TimePeriod { start: Some(at(2)), end: Some(at(3)) },
            source: Some("s".into()),
            reason: Some("billing".into()),
            comment: Some("c".into()),
        };
        let other = ReadingDetails {
            reported: Some(at(9)),
            time_period: TimePeriod { start: Some(at(0)), end: None },
            ..said("t")
        };
        assert!(matches!(all.or(&other), Cow::Borrowed(it) if *it == all));
        assert!(matches!(all.or(&ReadingDetails::default()), Cow::Borrowed(_)));
        assert_eq!(*ReadingDetails::default().or(&all), all);
        let filled = other.or(&all).into_owned();
        assert_eq!((filled.reported, filled.time_period), (other.reported, other.time_period));
        assert_eq!((filled.source, filled.reason, filled.comment), (other.source, all.reason, all.comment));
        let end_only = ReadingDetails { time_period: TimePeriod { end: Some(at(3)), start: None }, ..said("s") };
        assert!(!end_only.is_empty() && end_only.time_period.start.is_none());
    }
}
