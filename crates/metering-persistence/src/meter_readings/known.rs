//! What was known of a day of a series once a given change was committed. No SQL here.

use metering_model::GetMeterReadings;

use super::block::{QualityLists, Stored};
use super::merge::Aside;
use super::selection::Owner;

/// The state of the organisation that is looked at, and from which change on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pinned {
    /// The newest change that is seen.
    pub(crate) newest: i64,
    /// Readings recorded by this change or before are not asked for.
    pub(crate) after: i64,
}

/// A reading as it was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) stored: Stored,
    pub(crate) current: bool,
}

impl Known {
    fn beside(of: &Aside, pinned: Pinned) -> Self {
        let Aside { time_stamp, value, qualities, revision, details, change, superseded_by } = *of;
        Self {
            stored: Stored { time_stamp, value, qualities, revision, details, change },
            // What has been superseded since was current then.
            current: superseded_by.is_some_and(|by| by > pinned.newest),
        }
    }
}

/// Appends to `known` what is asked for of a day, in the order of time and revision.
///
/// `stored` is the day's block, `asides` what does not stand of the day, both in order. Without
/// revisions being asked for, `asides` may be empty where nothing of the block is newer than the
/// pinned state.
pub(crate) fn append(
    known: &mut Vec<Known>,
    get: &GetMeterReadings,
    owner: &Owner,
    pinned: Pinned,
    lists: &QualityLists,
    (stored, mut asides): (&[Stored], &[Aside]),
) {
    let asked_for = |it: &Known| {
        let at = it.stored.time_stamp;
        (get.revisions || it.current)
            && it.stored.change <= pinned.newest
            && it.stored.change > pinned.after
            && get.from.is_none_or(|from| from < at)
            && get.to.is_none_or(|to| at <= to)
            && owner.serves(at)
            && (get.qualities.is_empty()
                || lists.get(it.stored.qualities).is_some_and(|of| of.iter().any(|one| get.qualities.contains(&one))))
    };
    for stands in stored {
        let before = asides.partition_point(|it| it.time_stamp < stands.time_stamp);
        let (_, from) = asides.split_at(before);
        let (same, rest) = from.split_at(from.partition_point(|it| it.time_stamp == stands.time_stamp));
        asides = rest;
        let newest = Known { stored: *stands, current: true };
        // A value kept beside has a higher revision than the one that stands.
        let (older, newer) = same.split_at(same.partition_point(|it| it.revision < stands.revision));
        let of = |some: &[Aside]| some.iter().map(|it| Known::beside(it, pinned)).collect::<Vec<_>>();
        if same.is_empty() {
            known.extend(Some(newest).filter(asked_for));
        } else {
            known.extend(of(older).into_iter().chain([newest]).chain(of(newer)).filter(asked_for));
        }
    }
}
