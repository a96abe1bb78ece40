//! Asking for readings: pages of values, the newest of each series, and the series themselves.

use std::collections::VecDeque;

use metering_model::{GetMeterReadings, RecordedReadings, RecordedSeries};

use super::block::{self, Stored, Tables, day_of};
use super::gathered::Gathered;
use super::known::{self, Known, Pinned};
use super::merge::Aside;
use super::position::Position;
use super::selection::{Owner, Selection};
use super::series::StoredSeries;
use super::spans::{self, BlockRow, RevisionRow, Span};
use super::{damaged, revisions};
use crate::change_log;
use crate::cursor::Cursor;
use crate::error::Result;
use crate::snapshot::Snapshot;

/// How many owners are looked at together.
const OWNERS_AT_ONCE: usize = 256;
/// How many blocks one statement brings, as far as can be foreseen.
const BLOCKS_AT_ONCE: i64 = 256;

/// A page of readings and where the next one begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The readings, in the order of meter, reading type, time and revision.
    pub readings: RecordedReadings,
    /// The cursor of the next page, if there is one.
    pub next: Option<Cursor>,
}

/// The readings asked for, at most `limit` of them (and at least one, if there is one).
///
/// `after` is the cursor of the page before. It pins the state that the first page saw: what is
/// recorded later is not in later pages.
///
/// # Errors
/// [`Error::BadCursor`](crate::Error::BadCursor) when `after` is no cursor for `get`; [`Error::Failed`](crate::Error::Failed) naming a damaged
/// block; those of the database.
pub fn query(
    snapshot: &mut Snapshot<'_>,
    get: &GetMeterReadings,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Page> {
    let organisation = snapshot.organisation().as_str().to_owned();
    let after = after.map(|cursor| Position::read(cursor, &organisation, get)).transpose()?;
    let pinned = match &after {
        Some(position) => position.pinned,
        None => pin(snapshot, get)?,
    };
    let selection = Selection::of(snapshot, get)?;
    let mut pages = Pages {
        get,
        pinned,
        limit: limit.max(1),
        resume: after.clone(),
        answer: Gathered::default(),
        last: None,
        reader: Reader::default(),
    };
    let mut owner = after.map(|position| position.owner);
    let mut inclusive = true;
    loop {
        let owners = selection.owners(snapshot, owner.as_ref(), inclusive, OWNERS_AT_ONCE)?;
        let Some(last) = owners.last() else { break };
        (owner, inclusive) = (Some(last.key.clone()), false);
        let series = selection.series(snapshot, get, &owners)?;
        if let Some(end) = pages.gather(snapshot, &owners, &series)? {
            let next = Some(end.write(&organisation, get)?);
            return Ok(Page { readings: pages.answer.finish(snapshot)?, next });
        }
    }
    Ok(Page { readings: pages.answer.finish(snapshot)?, next: None })
}

/// The newest value of each series asked for (of those that `get` restricts to). What has none, because it
/// is missing or was withdrawn, is passed over, unless it is asked for by its quality.
///
/// # Errors
/// [`Error::Failed`](crate::Error::Failed) naming a damaged block; those of the database.
pub fn latest(snapshot: &mut Snapshot<'_>, get: &GetMeterReadings) -> Result<RecordedReadings> {
    let pinned = pin(snapshot, get)?;
    let get = &GetMeterReadings { revisions: false, ..get.clone() };
    let mut answer = Gathered::default();
    let mut reader = Reader::default();
    for_all_series(snapshot, get, |snapshot, owners, series| {
        let mut newest: Vec<Option<Known>> = vec![None; series.len()];
        // The reader has those of one day only.
        let mut details = Vec::new();
        let mut open: Vec<(usize, Span)> =
            series.iter().enumerate().filter_map(|(place, (_, of))| Some((place, span(get, of)?))).collect();
        // From the last day backwards, until a value is found or there is no earlier day.
        while !open.is_empty() {
            let spans: Vec<Span> = open.iter().map(|(_, span)| *span).collect();
            let rows = spans::last_blocks(snapshot.connection(), &spans)?;
            let mut again = Vec::new();
            reader.begin(snapshot, get, pinned, &spans, &rows)?;
            for row in &rows {
                let Some((place, span)) = usize::try_from(row.span).ok().and_then(|at| open.get(at)) else { continue };
                let Some((owner, _)) = series.get(*place) else { continue };
                let Some(owner) = owners.get(*owner) else { continue };
                let found = reader.day(get, pinned, owner, span, row)?;
                let is_meant = |it: &&Known| it.stored.value.is_some() || !get.qualities.is_empty();
                let found = found.iter().rfind(is_meant).copied();
                match (found, newest.get_mut(*place)) {
                    (Some(mut found), Some(slot)) => {
                        let said = found.stored.details.and_then(|index| reader.tables.details.get(index.place()));
                        found.stored.details = said.and_then(|it| it.clone().join(&mut details));
                        *slot = Some(found);
                    }
                    _ if row.day > span.from => again.push((*place, Span { to: row.day - 1, ..*span })),
                    _ => {}
                }
            }
            open = again;
        }
        for ((owner, of), newest) in series.iter().zip(&newest) {
            if let (Some(owner), Some(newest)) = (owners.get(*owner), newest) {
                answer.push(owner, of, newest, &reader.tables.lists, &details)?;
            }
        }
        Ok(())
    })?;
    answer.finish(snapshot)
}

/// The series asked for, with how much is stored of each. Times and qualities do not restrict.
///
/// # Errors
/// Those of the database.
pub fn series(snapshot: &mut Snapshot<'_>, get: &GetMeterReadings) -> Result<Vec<RecordedSeries>> {
    let mut all = Vec::new();
    for_all_series(snapshot, get, |_, owners, series| {
        for (owner, of) in series {
            let Some(owner) = owners.get(*owner) else { continue };
            all.push(RecordedSeries {
                series: owner.series(of)?,
                first: of.first,
                last: of.last,
                count: of.readings.unsigned_abs(),
            });
        }
        Ok(())
    })?;
    Ok(all)
}

/// Series with the places of their owners.
type Placed = [(usize, StoredSeries)];

fn for_all_series(
    snapshot: &mut Snapshot<'_>,
    get: &GetMeterReadings,
    mut work: impl FnMut(&mut Snapshot<'_>, &[Owner], &Placed) -> Result<()>,
) -> Result<()> {
    let selection = Selection::of(snapshot, get)?;
    let mut owner = None;
    loop {
        let owners = selection.owners(snapshot, owner.as_ref(), false, OWNERS_AT_ONCE)?;
        let Some(last) = owners.last() else { return Ok(()) };
        owner = Some(last.key.clone());
        let series = selection.series(snapshot, get, &owners)?;
        work(snapshot, &owners, &series)?;
    }
}

/// The state that `get` is about.
fn pin(snapshot: &mut Snapshot<'_>, get: &GetMeterReadings) -> Result<Pinned> {
    Ok(Pinned {
        newest: match get.as_of {
            Some(as_of) => change_log::number_at(snapshot, as_of)?,
            None => snapshot.last_change()?,
        },
        after: match get.recorded_after {
            Some(instant) => change_log::number_at(snapshot, instant)?,
            None => i64::MIN,
        },
    })
}

/// The days of a series that can have what is asked for, if any can.
fn span(get: &GetMeterReadings, series: &StoredSeries) -> Option<Span> {
    let from = get.from.map_or(series.first, |from| from.max(series.first));
    let to = get.to.map_or(series.last, |to| to.min(series.last));
    let (owner, series) = (series.owner, series.id);
    (from <= to).then(|| Span { owner, series, from: day_of(from), to: day_of(to) })
}

/// Blocks as they are unpacked one after the other, with what does not stand of their days.
#[derive(Debug, Default)]
struct Reader {
    tables: Tables,
    scratch: block::Scratch,
    stored: Vec<Stored>,
    asides: Vec<Aside>,
    known: Vec<Known>,
    /// Of the spans at hand, in their order.
    revisions: VecDeque<RevisionRow>,
}

impl Reader {
    /// Looks up what does not stand, as far as it is asked for: all of it for revisions, else
    /// where a block has something newer than the pinned state.
    fn begin(
        &mut self,
        snapshot: &mut Snapshot<'_>,
        get: &GetMeterReadings,
        pinned: Pinned,
        spans: &[Span],
        rows: &[BlockRow],
    ) -> Result<()> {
        let mut wanted = Vec::new();
        let mut of_span = Vec::new();
        for row in rows.iter().filter(|row| get.revisions || row.last_change > pinned.newest) {
            let Some(span) = usize::try_from(row.span).ok().and_then(|at| spans.get(at)) else { continue };
            wanted.push(Span { from: row.day, to: row.day, ..*span });
            of_span.push(row.span);
        }
        let mut found = spans::revisions(snapshot.connection(), &wanted)?;
        for row in &mut found {
            if let Some(span) = usize::try_from(row.span).ok().and_then(|at| of_span.get(at)) {
                row.span = *span;
            }
        }
        self.revisions = found.into();
        Ok(())
    }

    /// What is asked for of one day, with its details in the tables until the next. The rows come in the order in which [`Reader::begin`] saw them.
    fn day(
        &mut self,
        get: &GetMeterReadings,
        pinned: Pinned,
        owner: &Owner,
        span: &Span,
        row: &BlockRow,
    ) -> Result<&[Known]> {
        let Self { tables, scratch, stored, asides, known, revisions } = self;
        known.clear();
        asides.clear();
        tables.details.clear();
        let here = (row.span, i64::from(row.day));
        while let Some(revision) = revisions.pop_front_if(|it| (it.span, it.day()) <= here) {
            if (revision.span, revision.day()) == here {
                asides.push(revisions::aside(&revision, tables)?);
            }
        }
        block::unpack(row.day, &row.block, tables, scratch, stored)
            .map_err(|wrong| damaged(span.owner, span.series, row.day, wrong))?;
        known::append(known, get, owner, pinned, &tables.lists, (stored, asides));
        Ok(known)
    }
}

/// A page that is being gathered.
struct Pages<'g> {
    get: &'g GetMeterReadings,
    pinned: Pinned,
    limit: usize,
    /// Where the page before ended.
    resume: Option<Position>,
    answer: Gathered,
    last: Option<Position>,
    reader: Reader,
}

impl Pages<'_> {
    /// Adds what is asked for of `series`; where the page ends, when it is full and more follows.
    fn gather(&mut self, snapshot: &mut Snapshot<'_>, owners: &[Owner], series: &Placed) -> Result<Option<Position>> {
        let mut open: VecDeque<(&Owner, &StoredSeries, Span)> = VecDeque::with_capacity(series.len());
        for (owner, of) in series {
            let (Some(owner), Some(mut span)) = (owners.get(*owner), span(self.get, of)) else { continue };
            if let Some(resume) = &self.resume {
                let at = (&resume.owner, &resume.code);
                let here = (&owner.key, &of.code);
                if here < at {
                    continue;
                }
                if here == at {
                    span.from = span.from.max(day_of(resume.time_stamp));
                }
            }
            open.push_back((owner, of, span));
        }
        while !open.is_empty() {
            let batch = batch(&mut open);
            let spans: Vec<Span> = batch.iter().map(|(_, _, span)| *span).collect();
            let rows = spans::blocks(snapshot.connection(), &spans)?;
            self.reader.begin(snapshot, self.get, self.pinned, &spans, &rows)?;
            for row in &rows {
                let Some((owner, of, span)) = usize::try_from(row.span).ok().and_then(|at| batch.get(at)) else {
                    continue;
                };
                self.reader.day(self.get, self.pinned, owner, span, row)?;
                if let Some(end) = self.add(owner, of)? {
                    return Ok(Some(end));
                }
            }
        }
        Ok(None)
    }

    /// Adds what the reader has of a day of a series.
    fn add(&mut self, owner: &Owner, of: &StoredSeries) -> Result<Option<Position>> {
        let known = &self.reader.known;
        let seen = match &self.resume {
            Some(resume) if (&resume.owner, &resume.code) == (&owner.key, &of.code) => known.partition_point(|it| {
                (it.stored.time_stamp, it.stored.revision) <= (resume.time_stamp, resume.revision)
            }),
            _ => 0,
        };
        for it in known.iter().skip(seen) {
            if self.answer.len() >= self.limit {
                return Ok(self.last.clone());
            }
            let Tables { lists, details } = &self.reader.tables;
            self.answer.push(owner, of, it, lists, details)?;
            if self.answer.len() == self.limit {
                self.last = Some(Position {
                    pinned: self.pinned,
                    owner: owner.key.clone(),
                    code: of.code.clone(),
                    time_stamp: it.stored.time_stamp,
                    revision: it.stored.revision,
                });
            }
        }
        Ok(None)
    }
}

/// As many of `open` as bring about [`BLOCKS_AT_ONCE`] blocks; of a long one only its first days.
fn batch<'s>(open: &mut VecDeque<(&'s Owner, &'s StoredSeries, Span)>) -> Vec<(&'s Owner, &'s StoredSeries, Span)> {
    let mut batch = Vec::new();
    let mut room = BLOCKS_AT_ONCE;
    while let Some((owner, of, span)) = open.pop_front() {
        let days = i64::from(span.to) - i64::from(span.from) + 1;
        // A block has a reading at least, so a sparse series has few blocks however long it is.
        let blocks = days.min(of.readings);
        if blocks <= room {
            room -= blocks;
            batch.push((owner, of, span));
            continue;
        }
        if batch.is_empty() {
            let split = span.from.saturating_add(i32::try_from(room).unwrap_or(1) - 1);
            batch.push((owner, of, Span { to: split, ..span }));
            open.push_front((owner, of, Span { from: split.saturating_add(1), ..span }));
        } else {
            open.push_front((owner, of, span));
        }
        break;
    }
    batch
}
