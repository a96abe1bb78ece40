//! Pages of stored readings, appended to a buffer. What the readings of a series share is written
//! out once for each page and copied for each reading.

use metering_model::words::{self, DescribedReadingType};
use metering_model::{
    Qualities, Reading, ReadingDetails, ReadingQualityType, ReadingType, RecordedBy, RecordedReading, RecordedReadings,
    RecordedSeries, Series, TimePeriod,
};

use crate::json::members::{Members, end_of_page, list};
use crate::json::text;
use crate::meter_readings::{Head, Options};

/// Appends `{"readings":[...],"next":...}`; `next` is the cursor of the page that follows.
pub fn write_page(page: &RecordedReadings, options: &Options, next: Option<&str>, out: &mut Vec<u8>) {
    let mut writer = Writer::begin(options.clone(), out);
    writer.page(page, out);
    writer.end(next, out);
}

/// The same answer piece by piece, so that a long one never is in memory as a whole.
///
/// ```
/// use metering_messages::json::meter_readings::{Options, Writer};
/// use metering_model::RecordedReadings;
///
/// let mut out = Vec::new();
/// let mut writer = Writer::begin(Options::default(), &mut out);
/// // Any number of times; what is in `out` can be sent and cleared in between.
/// writer.page(&RecordedReadings::default(), &mut out);
/// writer.end(None, &mut out);
/// assert_eq!(out, br#"{"readings":[],"next":null}"#);
/// ```
#[derive(Debug)]
pub struct Writer {
    options: Options,
    /// Whether an item was written.
    begun: bool,
    heads: Vec<Head>,
    qualities: Vec<Vec<u8>>,
    changes: Vec<Vec<u8>>,
}

impl Writer {
    /// Appends what stands before the first reading.
    #[must_use]
    pub fn begin(options: Options, out: &mut Vec<u8>) -> Self {
        Members::begin(out).name("readings").push(b'[');
        Self { options, begun: false, heads: Vec::new(), qualities: Vec::new(), changes: Vec::new() }
    }

    /// Appends the readings of a page.
    pub fn page(&mut self, page: &RecordedReadings, out: &mut Vec<u8>) {
        let RecordedReadings { series, qualities, details: _, changes, readings } = page;
        let unit = self.options.unit.as_ref();
        self.heads.clear();
        self.heads.extend(series.iter().map(|series| {
            Head::of(&series.reading_type, unit, |told, stored, out| {
                let mut to = Members::begin(out);
                series_members(series, told, &mut to);
                to.shown("storedReadingTypeCode", stored);
            })
        }));
        self.qualities.clear();
        self.qualities.extend(qualities.iter().map(quality_members));
        self.changes.clear();
        self.changes.extend(changes.iter().map(|change| change_members(change, self.options.revisions)));
        for recorded in readings {
            self.item(recorded, page.details_of(recorded.reading), out);
        }
    }

    /// Appends what stands behind the last reading; `next` is the cursor of the page that follows.
    pub fn end(self, next: Option<&str>, out: &mut Vec<u8>) {
        out.push(b']');
        end_of_page(Members::resume(out), next);
    }

    fn item(&mut self, recorded: &RecordedReading, details: Option<&ReadingDetails>, out: &mut Vec<u8>) {
        let RecordedReading { reading, revision, current, change } = *recorded;
        let Reading { time_stamp, value, series, qualities, details: _, place: _ } = reading;
        if self.begun {
            out.push(b',');
        }
        self.begun = true;
        let value = match self.heads.get(series as usize) {
            Some(head) => head.append(value, out),
            None => value,
        };
        let mut to = Members::resume(out);
        to.time("readingDateTime", time_stamp);
        match value {
            Some(value) => text::decimal(value, to.name("value")),
            None => to.name("value").extend_from_slice(b"null"),
        }
        to.members(self.qualities.get(qualities as usize).map_or(b"", Vec::as_slice));
        if let Some(details) = details {
            details_members(details, &mut to);
        }
        to.integer("revision", revision);
        if self.options.revisions {
            to.boolean("current", current);
        }
        to.members(self.changes.get(change as usize).map_or(b"", Vec::as_slice));
        to.end();
    }
}

/// Appends `{"series":[...]}`.
pub fn write_series(series: &[RecordedSeries], out: &mut Vec<u8>) {
    let mut to = Members::begin(out);
    list(series, to.name("series"), |RecordedSeries { series, first, last, count }, out| {
        let mut to = Members::begin(out);
        series_members(series, &series.reading_type, &mut to);
        to.time("first", *first);
        to.time("last", *last);
        to.integer("count", i64::try_from(*count).unwrap_or(i64::MAX));
        to.end();
    });
    to.end();
}

/// Appends the ids of the series and the words of `reading_type`.
fn series_members(series: &Series, reading_type: &ReadingType, to: &mut Members<'_>) {
    let Series { meter, usage_point, reading_type: _ } = series;
    let DescribedReadingType {
        reading_type: kind,
        measurement,
        interval,
        unit,
        multiplier,
        phase,
        energy_direction,
        time_of_use,
    } = words::describe(reading_type);
    to.text("meterId", meter.as_ref().map(|id| id.as_str()));
    to.text("usagePointId", usage_point.as_ref().map(|id| id.as_str()));
    to.text("readingType", kind);
    to.text("measurement", measurement);
    to.text("interval", interval);
    to.text("unit", unit);
    to.integer("multiplier", multiplier);
    to.text("phase", phase);
    to.text("energyDirection", energy_direction);
    if let Some(time_of_use) = time_of_use {
        to.integer("timeOfUse", time_of_use);
    }
    to.shown("readingTypeCode", Some(reading_type));
}

/// `"quality":...,"qualityCodes":[...]`
fn quality_members(qualities: &Qualities) -> Vec<u8> {
    let mut out = Vec::new();
    let mut to = Members::part(&mut out);
    let word = |it: ReadingQualityType| words::quality_word(it).map_or_else(|| it.to_string(), str::to_owned);
    let said: Vec<String> = qualities.iter().map(word).collect();
    match said.as_slice() {
        [only] => to.text("quality", only.as_str()),
        several => list(several, to.name("quality"), |it, out| text::string(it, out)),
    }
    list(qualities.iter(), to.name("qualityCodes"), |it, out| text::string(&it.to_string(), out));
    out
}

/// What is said besides the value.
fn details_members(details: &ReadingDetails, to: &mut Members<'_>) {
    let ReadingDetails { reported, time_period, source, reason, comment } = details;
    to.time("reportedDateTime", *reported);
    if !time_period.is_empty() {
        let TimePeriod { start, end } = *time_period;
        let mut period = Members::begin(to.name("timePeriod"));
        period.time("start", start);
        period.time("end", end);
        period.end();
    }
    to.text("source", source.as_deref());
    to.text("reason", reason.as_deref());
    to.text("comment", comment.as_deref());
}

/// `"recordedAt":"..."`, and the receipt where revisions are asked for.
fn change_members(change: &RecordedBy, revisions: bool) -> Vec<u8> {
    let RecordedBy { recorded_at, receipt } = change;
    let mut out = Vec::new();
    let mut to = Members::part(&mut out);
    to.time("recordedAt", *recorded_at);
    to.text("receipt", revisions.then_some(receipt.as_str()));
    out
}
