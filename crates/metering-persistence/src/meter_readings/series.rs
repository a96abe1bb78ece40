//! Series: which there are, and how much is stored of each.

use std::collections::HashMap;

use diesel::prelude::*;
use metering_model::{ReadingType, TimeStamp, Violation, ViolationCode};

use super::upsert::{self, NewSeries};
use crate::connection::AnyConnection;
use crate::error::{Error, Result};
use crate::schema::series;

/// How many owners one statement asks for.
const OWNERS_PER_STATEMENT: usize = 1_000;

/// A series as it is stored.
#[derive(Debug, Clone)]
pub(crate) struct StoredSeries {
    pub(crate) owner: i64,
    pub(crate) id: i32,
    pub(crate) reading_type: ReadingType,
    /// The reading type as text: the order of answers, and the key of other systems.
    pub(crate) code: String,
    /// As the sender named it last.
    pub(crate) usage_point: Option<String>,
    pub(crate) first: TimeStamp,
    pub(crate) last: TimeStamp,
    pub(crate) readings: i64,
    pub(crate) created_change: i64,
}

#[derive(Queryable, Selectable, Debug)]
#[diesel(table_name = series)]
struct SeriesRow {
    owner_id: i64,
    series_id: i32,
    reading_type: String,
    usage_point: Option<String>,
    first_time_stamp: i64,
    last_time_stamp: i64,
    readings: i64,
    created_change: i64,
}

impl SeriesRow {
    fn stored(self) -> Result<StoredSeries> {
        Ok(StoredSeries {
            owner: self.owner_id,
            id: self.series_id,
            reading_type: self.reading_type.parse().map_err(Error::failed)?,
            code: self.reading_type,
            usage_point: self.usage_point,
            first: TimeStamp::from_micros(self.first_time_stamp).map_err(Error::failed)?,
            last: TimeStamp::from_micros(self.last_time_stamp).map_err(Error::failed)?,
            readings: self.readings,
            created_change: self.created_change,
        })
    }
}

/// The series of `owners`, in no particular order.
pub(crate) fn of_owners(connection: &mut AnyConnection, owners: &[i64]) -> Result<Vec<StoredSeries>> {
    let mut found = Vec::with_capacity(owners.len());
    for some in owners.chunks(OWNERS_PER_STATEMENT) {
        let rows: Vec<SeriesRow> = series::table
            .filter(series::owner_id.eq_any(some.iter().copied()))
            .select(SeriesRow::as_select())
            .load(connection)?;
        for row in rows {
            found.push(row.stored()?);
        }
    }
    Ok(found)
}

/// Series of a request: those that are there and those that it makes.
#[derive(Debug, Default)]
pub(crate) struct SeriesOfRequest {
    all: Vec<Held>,
    places: HashMap<(i64, ReadingType), usize>,
    /// By owner: the largest id so far.
    last_ids: HashMap<i64, i32>,
    /// One of those that differ in phase, multiplier or interval only.
    alike: HashMap<(i64, ReadingType), ReadingType>,
}

#[derive(Debug)]
struct Held {
    series: StoredSeries,
    is_new: bool,
    changed: bool,
    /// The usage point that the sender names; it counts once something is recorded.
    named: Option<String>,
}

/// The reading type without what similar ones may differ in.
fn shape(of: &ReadingType) -> ReadingType {
    let ReadingType { macro_period, measuring_period, phases, multiplier, .. } = ReadingType::NONE;
    ReadingType { macro_period, measuring_period, phases, multiplier, ..*of }
}

impl SeriesOfRequest {
    /// Looks up all series of `owners`.
    pub(crate) fn load(connection: &mut AnyConnection, owners: &[i64]) -> Result<Self> {
        let mut it = Self::default();
        for series in of_owners(connection, owners)? {
            it.hold(series, false);
        }
        Ok(it)
    }

    fn hold(&mut self, series: StoredSeries, is_new: bool) -> usize {
        let place = self.all.len();
        let last_id = self.last_ids.entry(series.owner).or_insert(0);
        *last_id = series.id.max(*last_id);
        self.alike.entry((series.owner, shape(&series.reading_type))).or_insert(series.reading_type);
        self.places.insert((series.owner, series.reading_type), place);
        self.all.push(Held { series, is_new, changed: is_new, named: None });
        place
    }

    /// The place of the series, which is made if it is not there; `item` is the first that has it.
    pub(crate) fn find_or_make(
        &mut self,
        owner: i64,
        reading_type: ReadingType,
        (item, at): (u32, TimeStamp),
        change: i64,
        warnings: &mut Vec<Violation>,
    ) -> usize {
        if let Some(place) = self.places.get(&(owner, reading_type)) {
            return *place;
        }
        if let Some(sibling) = self.alike.get(&(owner, shape(&reading_type))) {
            warnings.push(similar(item, &reading_type, sibling));
        }
        let id = self.last_ids.get(&owner).copied().unwrap_or(0) + 1;
        let code = reading_type.to_string();
        let (first, last) = (at, at);
        self.hold(
            StoredSeries {
                owner,
                id,
                reading_type,
                code,
                usage_point: None,
                first,
                last,
                readings: 0,
                created_change: change,
            },
            true,
        )
    }

    /// The series at `place`, and whether this request makes it.
    pub(crate) fn get(&self, place: usize) -> Option<(&StoredSeries, bool)> {
        self.all.get(place).map(|it| (&it.series, it.is_new))
    }

    /// The sender names this usage point for the series at `place`. A repeat does not count: a message
    /// of last year that is sent again does not put the meter back where it was.
    pub(crate) fn name(&mut self, place: usize, usage_point: &str) {
        if let Some(it) = self.all.get_mut(place)
            && it.series.usage_point.as_deref() != Some(usage_point)
        {
            it.named = Some(usage_point.to_owned());
        }
    }

    /// Something was recorded for the series at `place`, with `new` identities, the earliest and the
    /// latest of which are not outside `first` and `last`.
    pub(crate) fn grow(&mut self, place: usize, new: usize, first: TimeStamp, last: TimeStamp) {
        let Some(it) = self.all.get_mut(place) else { return };
        if let Some(named) = it.named.take() {
            it.series.usage_point = Some(named);
            it.changed = true;
        }
        if new > 0 {
            it.series.readings = it.series.readings.saturating_add(i64::try_from(new).unwrap_or(i64::MAX));
            it.series.first = it.series.first.min(first);
            it.series.last = it.series.last.max(last);
            it.changed = true;
        }
    }

    /// Writes what is new or has changed.
    pub(crate) fn write(&self, connection: &mut AnyConnection) -> Result<()> {
        let mut rows: Vec<_> = self.all.iter().filter(|it| it.changed).map(|it| row(&it.series)).collect();
        // In the order of the key: always the same order of locks, and near rows together.
        rows.sort_unstable_by_key(|row| (row.owner, row.series));
        upsert::series(connection, &rows)
    }
}

fn row(it: &StoredSeries) -> NewSeries<'_> {
    NewSeries {
        owner: it.owner,
        series: it.id,
        reading_type: &it.code,
        usage_point: it.usage_point.as_deref(),
        first: it.first.micros(),
        last: it.last.micros(),
        readings: it.readings,
        created_change: it.created_change,
    }
}

fn similar(item: u32, new: &ReadingType, sibling: &ReadingType) -> Violation {
    let differs = [
        (new.phases != sibling.phases, "phase"),
        (new.multiplier != sibling.multiplier, "multiplier"),
        (new.measuring_period != sibling.measuring_period || new.macro_period != sibling.macro_period, "interval"),
    ];
    let fields: Vec<&'static str> = differs.iter().filter(|it| it.0).map(|it| it.1).collect();
    let detail = format!(
        "{new} is a new series and differs from {sibling} of the same meter in nothing but {}; if both mean the same, send only one of them",
        fields.join(" and ")
    );
    Violation::new(item, fields.first().copied().unwrap_or("readingType"), ViolationCode::SimilarSeries, detail)
}
