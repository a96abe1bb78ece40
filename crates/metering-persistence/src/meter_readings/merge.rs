//! What becomes of a day of a series when more of it arrives. No SQL here.

use std::borrow::Cow;

use metering_model::{Counts, Decimal, DetailsIndex, Reading, Revision, TimeStamp, Violation, ViolationCode};

use super::block::{MAX_READINGS, Stored, Tables};
use super::details::{self, MAX_TEXT, Texts};
use crate::error::Result;

/// A value that does not stand, or stands no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Aside {
    pub(crate) time_stamp: TimeStamp,
    pub(crate) value: Option<Decimal>,
    /// Which of the lists of qualities in the [`Tables`].
    pub(crate) qualities: u32,
    pub(crate) revision: u32,
    /// Which of the details in the [`Tables`].
    pub(crate) details: Option<DetailsIndex>,
    /// The change that wrote it.
    pub(crate) change: i64,
    /// The change that put another in its place; `None` for one that was kept beside what stands.
    pub(crate) superseded_by: Option<i64>,
}

/// What is the same for all readings of a request. Its details stand first in the [`Tables`], so that
/// a reading's index is the same in both.
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
        let Reading { time_stamp, value, details, .. } = *reading;
        Stored { time_stamp, value, qualities, revision, details, change: self.change }
    }
}

/// `None` only for lists of qualities that nobody has interned.
fn decide(tables: &Tables, stored: (Option<Decimal>, u32), newcomer: &Stored) -> Option<Revision> {
    let (of_stored, of_newcomer) = (tables.lists.get(stored.1)?, tables.lists.get(newcomer.qualities)?);
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
    tables: &mut Tables,
    (stored, readings): (&[Stored], &[Reading]),
    mut beside: impl FnMut(&mut Tables) -> Result<Vec<Aside>>,
    merged: &mut Vec<Stored>,
    outcome: &mut Outcome,
) -> Result<usize> {
    merged.clear();
    merged.reserve(stored.len() + readings.len());
    let mut known: Option<Vec<Aside>> = None;
    let mut texts: Option<Texts> = None;
    let mut new = 0;
    let mut rest = stored;
    for reading in readings {
        let before = rest.partition_point(|it| it.time_stamp <= reading.time_stamp);
        let (earlier, later) = rest.split_at(before);
        merged.extend_from_slice(earlier);
        rest = later;
        if !has_room(reading, stored, tables, &mut texts) {
            outcome.violations.push(no_room_for_text(reading));
            continue;
        }
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
        // Lists of qualities are always known.
        let decided = decide(tables, (standing.value, standing.qualities), &newcomer).unwrap_or(Revision::Repeat);
        if decided == Revision::Repeat {
            let said = details::joined(&mut tables.details, standing.details, newcomer.details);
            if said == standing.details {
                outcome.counts.unchanged += 1;
                continue;
            }
            // The same again, which says besides what was not said yet.
            newcomer = Stored { value: standing.value, qualities: standing.qualities, details: said, ..newcomer };
        }
        if tables.lists.get(standing.qualities).is_some_and(|it| it.protect()) {
            let known = match &mut known {
                Some(known) => known,
                none => none.insert(beside(tables)?),
            };
            let same_time = |it: &&Aside| it.time_stamp == reading.time_stamp;
            let all = || known.iter().chain(&outcome.asides).filter(same_time);
            let again = |it: &Aside| decide(tables, (it.value, it.qualities), &newcomer) == Some(Revision::Repeat);
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
            *standing = succeed(tables, standing, newcomer);
        }
    }
    merged.extend_from_slice(rest);
    Ok(new)
}

/// Whether the block has room for the texts of a reading's details; asked of the few that have any.
fn has_room(reading: &Reading, stored: &[Stored], tables: &Tables, texts: &mut Option<Texts>) -> bool {
    let Some(details) = reading.details.and_then(|index| tables.details.get(index.place())) else { return true };
    texts.get_or_insert_with(|| Texts::of(stored, &tables.details)).fit(details)
}

/// What stands once `newcomer` has taken the place of `standing`. Of the same number the first digits
/// stay, and what was said of it that the newcomer does not speak of.
fn succeed(tables: &mut Tables, standing: &Stored, newcomer: Stored) -> Stored {
    if standing.value != newcomer.value {
        return newcomer;
    }
    let Tables { lists, details } = tables;
    let (Some(before), Some(said)) = (lists.get(standing.qualities), lists.get(newcomer.qualities)) else {
        return newcomer;
    };
    let qualities = match Revision::qualities((standing.value, before), (newcomer.value, said)) {
        Cow::Borrowed(_) => newcomer.qualities,
        Cow::Owned(both) => lists.intern(&both),
    };
    let details = details::joined(details, newcomer.details, standing.details);
    Stored { value: standing.value, qualities, details, ..newcomer }
}

fn aside(of: &Stored, superseded_by: Option<i64>) -> Aside {
    let Stored { time_stamp, value, qualities, revision, details, change } = *of;
    Aside { time_stamp, value, qualities, revision, details, change, superseded_by }
}

fn no_room_for_text(reading: &Reading) -> Violation {
    let detail = format!(
        "source, reason and comment of the readings that a series has in one UTC day hold at most {MAX_TEXT} bytes together; \
         these are more"
    );
    Violation::new(reading.place, "", ViolationCode::TooMany, detail)
}

fn no_room(reading: &Reading) -> Violation {
    let detail = format!("a series has at most {MAX_READINGS} readings in one UTC day, and all of these are there");
    Violation::new(reading.place, "readingDateTime", ViolationCode::TooMany, detail)
}

fn stands(reading: &Reading) -> Violation {
    let detail = "the stored value was edited by a person and stands; this one is kept beside it as a revision";
    Violation::new(reading.place, "value", ViolationCode::EditedValueStands, detail)
}
