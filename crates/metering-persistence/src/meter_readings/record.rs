//! Recording a message: series-day by series-day into blocks, in few statements.

use std::ops::Range;

use metering_model::{Counts, MeterReadings, Reading, Series, Violation};
use metering_validation::Valid;

use super::block::{self, Stored, Tables, day_of};
use super::damaged;
use super::merge::{Message, Outcome, merge};
use super::revisions;
use super::series::SeriesOfRequest;
use super::spans::{self, Span};
use super::upsert::{self, NewBlock};
use crate::change::Change;
use crate::configuration::{self, OwnerKind};
use crate::error::Result;

/// How many days of series are held in memory at once.
const DAYS_AT_ONCE: usize = 500;

/// Room to pack in that keeps its memory, so that packing does not allocate for each reading.
#[derive(Debug, Default)]
pub struct Buffers {
    tables: Tables,
    scratch: block::Scratch,
    /// Of each of the message's lists of qualities, which of the tables' it is.
    numbers: Vec<u32>,
    stored: Vec<Stored>,
    merged: Vec<Stored>,
    packed: Vec<u8>,
    outcome: Outcome,
}

impl Buffers {
    fn begin(&mut self, message: &MeterReadings) {
        let Tables { lists, details } = &mut self.tables;
        lists.clear();
        details.clear();
        details.extend_from_slice(&message.details);
        self.numbers.clear();
        self.numbers.extend(message.qualities.iter().map(|it| lists.intern(it)));
        self.packed.clear();
        self.outcome = Outcome::default();
    }
}

/// Packs the readings of a message as if nothing were stored yet, and stores nothing; how many
/// bytes the blocks take. What [`record`] does beside the database.
///
/// ```
/// use metering_model::MeterReadings;
/// use metering_persistence::meter_readings::{Buffers, pack};
///
/// assert_eq!(pack(&MeterReadings::default(), &mut Buffers::default()), 0);
/// ```
pub fn pack(message: &MeterReadings, buffers: &mut Buffers) -> usize {
    buffers.begin(message);
    let Buffers { tables, scratch, numbers, merged, packed, outcome, .. } = buffers;
    let mut bytes = 0;
    for of_series in message.readings.chunk_by(|one, next| one.series == next.series) {
        for of_day in of_series.chunk_by(|one, next| day_of(one.time_stamp) == day_of(next.time_stamp)) {
            let Some(first) = of_day.first() else { continue };
            let it = Message { change: 1, numbers };
            // Nothing is stored, so nothing stands beside.
            let _ = merge(it, tables, (&[], of_day), |_| Ok(Vec::new()), merged, outcome);
            packed.clear();
            block::pack(day_of(first.time_stamp), merged, tables, scratch, packed);
            bytes += packed.len();
        }
    }
    bytes
}

/// Records the readings of a message, which are in the order of series, time and place.
///
/// What cannot be recorded (an ambiguous name, one object too many that is not configured) joins
/// `violations`, and the rest is recorded all the same; what deserves a look joins `warnings`.
/// Of the counts only what became of recorded items is filled in.
///
/// # Errors
/// Those of the database; [`Error::Failed`](crate::Error::Failed) naming a damaged block.
pub fn record(
    change: &mut Change<'_>,
    readings: &Valid<MeterReadings>,
    violations: &mut Vec<Violation>,
    warnings: &mut Vec<Violation>,
) -> Result<Counts> {
    let message: &MeterReadings = readings;
    let mut buffers = std::mem::take(change.scratch::<Buffers>());
    buffers.begin(message);
    let recorded = Recording::of(change, message, &mut buffers.outcome)
        .and_then(|recording| recording.write(change, &mut buffers));
    let Outcome { counts, violations: broken, warnings: noted, .. } = std::mem::take(&mut buffers.outcome);
    *change.scratch::<Buffers>() = buffers;
    recorded?;
    // In the order of the items; what was there comes first where an item has several.
    for (all, more) in [(violations, broken), (warnings, noted)] {
        if !more.is_empty() {
            all.extend(more);
            all.sort_by_key(|it| it.at.item);
        }
    }
    Ok(counts)
}

/// One series of the message and where its readings are.
struct Sent<'m> {
    series: &'m Series,
    readings: Range<usize>,
}

/// One series of the store and readings of the message that are its.
struct Run {
    series: usize,
    readings: Range<usize>,
}

/// Readings of one day of one series.
struct Day {
    series: usize,
    day: i32,
    /// The day may have a block.
    may_exist: bool,
    readings: Range<usize>,
}

/// A message whose series are known.
struct Recording<'m> {
    message: &'m MeterReadings,
    series: SeriesOfRequest,
    runs: Vec<Run>,
    /// The readings in the order of stored series, where that is not the order of the message.
    regrouped: Option<Vec<Reading>>,
}

impl<'m> Recording<'m> {
    fn of(change: &mut Change<'_>, message: &'m MeterReadings, outcome: &mut Outcome) -> Result<Self> {
        let sent = sent(message);
        let named: Vec<(OwnerKind, &str)> = sent.iter().map(|it| owner(it.series)).collect();
        let owners = configuration::owners(change, &named)?;

        let mut ids: Vec<i64> = owners.iter().filter_map(|it| it.as_ref().ok()).copied().collect();
        ids.sort_unstable();
        ids.dedup();
        let mut series = SeriesOfRequest::load(change.connection(), &ids)?;

        let mut runs = Vec::with_capacity(sent.len());
        for (Sent { series: of, readings }, owner) in sent.into_iter().zip(owners) {
            let some = message.readings.get(readings.clone()).unwrap_or_default();
            match owner {
                Ok(owner) => {
                    let Some(first) = some.iter().min_by_key(|it| it.place) else { continue };
                    let at = (first.place, first.time_stamp);
                    let place = series.find_or_make(owner, of.reading_type, at, change.number(), &mut outcome.warnings);
                    if let (Some(_), Some(usage_point)) = (&of.meter, &of.usage_point) {
                        series.name(place, usage_point.as_str());
                    }
                    runs.push(Run { series: place, readings });
                }
                Err(broken) => {
                    let field = if of.meter.is_some() { "meterId" } else { "usagePointId" };
                    let all = some.iter().map(|it| Violation::new(it.place, field, broken.code, broken.detail.clone()));
                    outcome.violations.extend(all);
                }
            }
        }
        let mut it = Self { message, series, runs, regrouped: None };
        it.group();
        Ok(it)
    }

    /// One run for each series, in the order of the key.
    fn group(&mut self) {
        let Self { message, series, runs, regrouped } = self;
        let key = |run: &Run| series.get(run.series).map(|(it, _)| (it.owner, it.id));
        runs.sort_by_key(key);
        if !runs.windows(2).any(|two| matches!(two, [one, next] if one.series == next.series)) {
            return;
        }
        // Two series of the message are one in the store: they name the same meter, or another
        // usage point for it.
        let mut readings: Vec<Reading> = Vec::with_capacity(message.readings.len());
        let mut grouped: Vec<Run> = Vec::with_capacity(runs.len());
        for same in runs.chunk_by(|one, next| one.series == next.series) {
            let from = readings.len();
            for run in same {
                readings.extend_from_slice(message.readings.get(run.readings.clone()).unwrap_or_default());
            }
            if let Some(run) = same.first() {
                grouped.push(Run { series: run.series, readings: from..readings.len() });
            }
            if same.len() > 1
                && let Some(mixed) = readings.get_mut(from..)
            {
                mixed.sort_unstable_by_key(|it| (it.time_stamp, it.place));
            }
        }
        *runs = grouped;
        *regrouped = Some(readings);
    }

    fn days(&self, readings: &[Reading]) -> Vec<Day> {
        let mut days = Vec::with_capacity(self.runs.len());
        for run in &self.runs {
            let Some((series, is_new)) = self.series.get(run.series) else { continue };
            let stored = day_of(series.first)..=day_of(series.last);
            let mut from = run.readings.start;
            let some = readings.get(run.readings.clone()).unwrap_or_default();
            for of_day in some.chunk_by(|one, next| day_of(one.time_stamp) == day_of(next.time_stamp)) {
                let Some(first) = of_day.first() else { continue };
                let day = day_of(first.time_stamp);
                let may_exist = !is_new && stored.contains(&day);
                days.push(Day { series: run.series, day, may_exist, readings: from..from + of_day.len() });
                from += of_day.len();
            }
        }
        days
    }

    fn write(mut self, change: &mut Change<'_>, buffers: &mut Buffers) -> Result<()> {
        let regrouped = self.regrouped.take();
        let readings = regrouped.as_deref().unwrap_or(&self.message.readings);
        let days = self.days(readings);
        for some in days.chunks(DAYS_AT_ONCE) {
            self.write_days(change, buffers, readings, some)?;
        }
        self.series.write(change.connection())
    }

    fn write_days(
        &mut self,
        change: &mut Change<'_>,
        buffers: &mut Buffers,
        readings: &[Reading],
        days: &[Day],
    ) -> Result<()> {
        let number = change.number();
        let mut there = self.load(change, days)?.into_iter().peekable();
        let Buffers { tables, scratch, numbers, stored, merged, packed, outcome } = buffers;
        packed.clear();
        let mut asides = Vec::new();
        let mut written: Vec<(NewBlock<'static>, Range<usize>)> = Vec::with_capacity(days.len());
        for (place, day) in days.iter().enumerate() {
            let Some((series, _)) = self.series.get(day.series) else { continue };
            let (owner, id) = (series.owner, series.id);
            stored.clear();
            // Those of the message; of stored readings only the day at hand has some.
            tables.details.truncate(self.message.details.len());
            if let Some((_, block)) = there.next_if(|(of, _)| *of == place) {
                block::unpack(day.day, &block, tables, scratch, stored)
                    .map_err(|wrong| damaged(owner, id, day.day, wrong))?;
            }
            let before = outcome.counts;
            let of_day = readings.get(day.readings.clone()).unwrap_or_default();
            let it = Message { change: number, numbers };
            let connection = change.connection();
            let beside = |tables: &mut Tables| revisions::of_day(connection, owner, id, day.day, tables);
            let new = merge(it, tables, (stored, of_day), beside, merged, outcome)?;
            asides.extend(outcome.asides.drain(..).map(|aside| revisions::row(owner, id, &aside, tables)));
            let counts = outcome.counts;
            if (counts.inserted, counts.superseded) == (before.inserted, before.superseded) {
                continue;
            }
            let from = packed.len();
            block::pack(day.day, merged, tables, scratch, packed);
            written.push((
                NewBlock {
                    owner,
                    series: id,
                    day: day.day,
                    last_change: number,
                    readings: i32::try_from(merged.len()).unwrap_or(i32::MAX),
                    block: &[],
                },
                from..packed.len(),
            ));
            if let (Some(first), Some(last)) = (of_day.first(), of_day.last()) {
                self.series.grow(day.series, new, first.time_stamp, last.time_stamp);
            }
        }
        let rows: Vec<NewBlock<'_>> = written
            .into_iter()
            .map(|(row, block)| NewBlock { block: packed.get(block).unwrap_or_default(), ..row })
            .collect();
        upsert::blocks(change.connection(), &rows)?;
        upsert::revisions(change.connection(), &asides)
    }

    /// The blocks that are there already, each with its place in `days`.
    fn load(&self, change: &mut Change<'_>, days: &[Day]) -> Result<Vec<(usize, Vec<u8>)>> {
        let mut places = Vec::new();
        let mut wanted = Vec::new();
        for (place, day) in days.iter().enumerate().filter(|(_, day)| day.may_exist) {
            if let Some((series, _)) = self.series.get(day.series) {
                places.push(place);
                wanted.push(Span { owner: series.owner, series: series.id, from: day.day, to: day.day });
            }
        }
        let rows = spans::blocks(change.connection(), &wanted)?;
        let placed = |row: spans::BlockRow| {
            let place = usize::try_from(row.span).ok().and_then(|span| places.get(span))?;
            Some((*place, row.block))
        };
        Ok(rows.into_iter().filter_map(placed).collect())
    }
}

/// The readings of each of the message's series that has some.
fn sent(message: &MeterReadings) -> Vec<Sent<'_>> {
    let mut all = Vec::with_capacity(message.series.len());
    let mut from = 0;
    for of_series in message.readings.chunk_by(|one, next| one.series == next.series) {
        let to = from + of_series.len();
        let series = of_series.first().and_then(|first| message.series.get(first.series as usize));
        all.extend(series.map(|series| Sent { series, readings: from..to }));
        from = to;
    }
    all
}

fn owner(series: &Series) -> (OwnerKind, &str) {
    match (&series.meter, &series.usage_point) {
        (Some(meter), _) => (OwnerKind::Meter, meter.as_str()),
        (None, Some(usage_point)) => (OwnerKind::UsagePoint, usage_point.as_str()),
        // Validation lets no series by that names neither.
        (None, None) => (OwnerKind::Meter, ""),
    }
}
