//! What few readings say besides their value.

use std::borrow::Cow;
use std::sync::Arc;

use metering_model::{DetailsIndex, ReadingDetails, TimePeriod, TimeStamp};

/// What one reading says besides, as slices of the body: nothing is allocated for a reading that
/// says none of it, nor for one that says what the one before said.
#[derive(Debug, Default)]
pub(super) struct Said<'a> {
    pub(super) reported: Option<TimeStamp>,
    pub(super) time_period: TimePeriod,
    pub(super) source: Option<Cow<'a, str>>,
    pub(super) reason: Option<Cow<'a, str>>,
    /// Of its statements about quality the first that has one; the standard has no other place for it.
    pub(super) comment: Option<Cow<'a, str>>,
}

impl Said<'_> {
    /// Puts it into the table of the message and gives its index; `None` where nothing is said.
    pub(super) fn join(self, table: &mut Vec<ReadingDetails>) -> Option<DetailsIndex> {
        let Self { reported, time_period, source, reason, comment } = self;
        let last = table.last();
        let details = ReadingDetails {
            reported,
            time_period,
            source: shared(source, last.and_then(|it| it.source.as_ref())),
            reason: shared(reason, last.and_then(|it| it.reason.as_ref())),
            comment: shared(comment, last.and_then(|it| it.comment.as_ref())),
        };
        details.join(table)
    }
}

/// The text, the one that was said last where it is the same.
fn shared(text: Option<Cow<'_, str>>, last: Option<&Arc<str>>) -> Option<Arc<str>> {
    let text = text?;
    Some(last.filter(|last| ***last == *text).cloned().unwrap_or_else(|| text.into()))
}
