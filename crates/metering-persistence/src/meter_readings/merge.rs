//! What becomes of a day of a series when more of it arrives. No SQL here.

use std::borrow::Cow;

use metering_model::{Counts, Decimal, Reading, Revision, TimeStamp, Violation, ViolationCode};

use super::block::{MAX_READINGS, QualityLists, Stored};
use crate::error::Result;

/// A value that does not stand, or stands no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Aside {
    pub(crate) time_stamp: TimeStamp,
    pub(crate) value: Option<Decimal>,
    /// Which of the [`QualityLists`].
    pub(crate) qualities: u32,
    pub(crate) revision: u32,
    /// The change that wrote it.
    pub(crate) change: i64,
    /// The change that put another in its place; `None` for one that was kept beside what stands.
    pub(crate) superseded_by: Option<i64>,
}

/// What is the same for all readings of a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Message<'a> {
    /// The number of this change.
    pub(crate) change: i64,
    /// Of each of the message's lists of qualities, which it is of all lists.
    pub(crate) numbers: &'a [u32],
}

impl Message<'_> {
    fn stored(&self, reading: &Reading, revision: u32) -> Stored {
        let qualities = self.numbers.get(reading.qualities as usize).copied().unwrap_or_default();
        let Reading { time_stamp, value, .. } = *reading;
        Stored { time_stamp, value, qualities, revision, change: self.change }
    }
}

/// `None` only for lists of qualities that nobody has interned.
fn decide(lists: &QualityLists, stored: (Option<Decimal>, u32), newcomer: &Stored) -> Option<Revision> {
    let (of_stored, of_newcomer) = (lists.get(stored.1)?, lists.get(newcomer.qualities)?);
    Some(Revision::decide((stored.0, of_stored), (newcomer.value, of_newcomer)))
}

/// Where [`merge`] leaves what it finds, one after the other for all days of a request.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) counts: Counts,
    /// What goes to the table of revisions, of the day at hand.
    pub(crate) asides: Vec<Aside>,
    pub(crate) violations: Vec<Violation>,
    pub(crate) warnings: Vec<Violation>,
}

/// Merges `readings`, in the order of time and place, into `stored`, in the order of time.
///
/// `merged` becomes what stands afterwards. `beside` looks up what the table of revisions has of
/// the day; it is asked only about values that were edited, for only beside these is anything
/// kept. Returns how many identities are new.
pub(crate) fn merge(
    message: Message<'_>,
    lists: &mut QualityLists,
    (stored, readings): (&[Stored], &[Reading]),
    mut beside: impl FnMut(&mut QualityLists) -> Result<Vec<Aside>>,
    merged: &mut Vec<Stored>,
    outcome: &mut Outcome,
) -> Result<usize> {
    merged.clear();
    merged.reserve(stored.len() + readings.len());
    let mut known: Option<Vec<Aside>> = None;
    let mut new = 0;
    let mut rest = stored;
    for reading in readings {
        let before = rest.partition_point(|it| it.time_stamp <= reading.time_stamp);
        let (earlier, later) = rest.split_at(before);
        merged.extend_from_slice(earlier);
        rest = later;
        let Some(standing) = merged.last_mut().filter(|it| it.time_stamp == reading.time_stamp) else {
            if stored.len() + new >= MAX_READINGS {
                outcome.violations.push(no_room(reading));
            } else {
                merged.push(message.stored(reading, 1));
                outcome.counts.inserted += 1;
                new += 1;
            }
            continue;
        };
        let mut newcomer = message.stored(reading, standing.revision.saturating_add(1));
        match decide(lists, (standing.value, standing.qualities), &newcomer) {
            // Lists of qualities are always known; a repeat writes nothing.
            None | Some(Revision::Repeat) => outcome.counts.unchanged += 1,
            Some(decided) => {
                if lists.get(standing.qualities).is_some_and(|it| it.protect()) {
                    let known = match &mut known {
                        Some(known) => known,
                        none => none.insert(beside(lists)?),
                    };
                    let same_time = |it: &&Aside| it.time_stamp == reading.time_stamp;
                    let all = || known.iter().chain(&outcome.asides).filter(same_time);
                    let again = |it: &Aside| {
                        let same = decide(lists, (it.value, it.qualities), &newcomer);
                        same == Some(Revision::Repeat)
                    };
                    if decided == Revision::Kept && all().any(again) {
                        outcome.counts.unchanged += 1;
                        continue;
                    }
                    let last = all().map(|it| it.revision).max().unwrap_or(0).max(standing.revision);
                    newcomer.revision = last.saturating_add(1);
                }
                if decided == Revision::Kept {
                    outcome.counts.kept += 1;
                    outcome.asides.push(aside(&newcomer, None));
                    outcome.warnings.push(stands(reading));
                } else {
                    outcome.counts.superseded += 1;
                    outcome.asides.push(aside(standing, Some(message.change)));
                    *standing = succeed(lists, standing, newcomer);
                }
            }
        }
    }
    merged.extend_from_slice(rest);
    Ok(new)
}

/// What stands once `newcomer` has taken the place of `standing`. Of the same number the first digits
/// stay, and what others said of it.
fn succeed(lists: &mut QualityLists, standing: &Stored, newcomer: Stored) -> Stored {
    let (Some(before), Some(said)) = (lists.get(standing.qualities), lists.get(newcomer.qualities)) else {
        return newcomer;
    };
    let qualities = match Revision::qualities((standing.value, before), (newcomer.value, said)) {
        Cow::Borrowed(_) => newcomer.qualities,
        Cow::Owned(both) => lists.intern(&both),
    };
    let value = if standing.value == newcomer.value { standing.value } else { newcomer.value };
    Stored { value, qualities, ..newcomer }
}

fn aside(of: &Stored, superseded_by: Option<i64>) -> Aside {
    let Stored { time_stamp, value, qualities, revision, change } = *of;
    Aside { time_stamp, value, qualities, revision, change, superseded_by }
}

fn no_room(reading: &Reading) -> Violation {
    let detail = format!("a series has at most {MAX_READINGS} readings in one UTC day, and all of these are there");
    Violation::new(reading.place, "readingDateTime", ViolationCode::TooMany, detail)
}

fn stands(reading: &Reading) -> Violation {
    let detail = "the stored value was edited by a person and stands; this one is kept beside it as a revision";
    Violation::new(reading.place, "value", ViolationCode::EditedValueStands, detail)
}
