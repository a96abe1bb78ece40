//! A page of stored readings as the API answers it: in our own namespace, with everything the server
//! knows about each, under the names that the API has for it.

use metering_model::words::{self, DescribedReadingType};
use metering_model::{
    Qualities, Reading, ReadingDetails, ReadingType, RecordedBy, RecordedReading, RecordedReadings, RecordedSeries,
    Series, TimePeriod,
};

use crate::meter_readings::{Head, Options};
use crate::numbers;
use crate::xml::namespaces::OWN;
use crate::xml::text;

const PAGE: &str = "page";
const LIST: &str = "readings";
const ITEM: &str = "reading";

/// Appends `<page><readings>`, one `reading` after the other; `next` is the cursor of the page that follows.
pub fn write_page(page: &RecordedReadings, options: &Options, next: Option<&str>, out: &mut Vec<u8>) {
    let mut writer = PageWriter::begin(options.clone(), out);
    writer.page(page, out);
    writer.end(next, out);
}

/// The same answer piece by piece, so that a long one never is in memory as a whole.
#[derive(Debug)]
pub struct PageWriter {
    options: Options,
    heads: Vec<Head>,
    qualities: Vec<Vec<u8>>,
    changes: Vec<Vec<u8>>,
}

impl PageWriter {
    /// Appends what stands before the first reading.
    #[must_use]
    pub fn begin(options: Options, out: &mut Vec<u8>) -> Self {
        text::begin(PAGE, OWN, out);
        text::open(LIST, out);
        Self { options, heads: Vec::new(), qualities: Vec::new(), changes: Vec::new() }
    }

    /// Appends the readings of a page.
    pub fn page(&mut self, page: &RecordedReadings, out: &mut Vec<u8>) {
        let RecordedReadings { series, qualities, details: _, changes, readings } = page;
        let unit = self.options.unit.as_ref();
        self.heads = series
            .iter()
            .map(|series| {
                Head::of(&series.reading_type, unit, |told, stored, out| {
                    series_elements(series, told, out);
                    stored.iter().for_each(|stored| text::shown("storedReadingTypeCode", stored, out));
                })
            })
            .collect();
        self.qualities = qualities.iter().map(quality_elements).collect();
        self.changes = changes.iter().map(|change| change_elements(change, self.options.revisions)).collect();
        for recorded in readings {
            self.item(recorded, page.details_of(recorded.reading), out);
        }
    }

    /// Appends what stands behind the last reading; `next` is the cursor of the page that follows.
    pub fn end(self, next: Option<&str>, out: &mut Vec<u8>) {
        text::close(LIST, out);
        text::element("next", next, out);
        text::close(PAGE, out);
    }

    fn item(&self, recorded: &RecordedReading, details: Option<&ReadingDetails>, out: &mut Vec<u8>) {
        let RecordedReading { reading, revision, current, change } = *recorded;
        let Reading { time_stamp, value, series, qualities, details: _, place: _ } = reading;
        text::open(ITEM, out);
        let value = match self.heads.get(series as usize) {
            Some(head) => head.append(value, out),
            None => value,
        };
        text::time("readingDateTime", time_stamp, out);
        if let Some(value) = value {
            text::open("value", out);
            numbers::decimal(value, out);
            text::close("value", out);
        }
        out.extend_from_slice(self.qualities.get(qualities as usize).map_or(b"", Vec::as_slice));
        if let Some(details) = details {
            details_elements(details, out);
        }
        text::integer("revision", revision, out);
        if self.options.revisions {
            text::element("current", if current { "true" } else { "false" }, out);
        }
        out.extend_from_slice(self.changes.get(change as usize).map_or(b"", Vec::as_slice));
        text::close(ITEM, out);
    }
}

/// Appends `<page>`, one `series` after the other.
pub fn write_series(series: &[RecordedSeries], out: &mut Vec<u8>) {
    text::begin(PAGE, OWN, out);
    for RecordedSeries { series, first, last, count } in series {
        text::open("series", out);
        series_elements(series, &series.reading_type, out);
        text::time("first", *first, out);
        text::time("last", *last, out);
        text::shown("count", count, out);
        text::close("series", out);
    }
    text::close(PAGE, out);
}

/// Appends the ids of the series and the words of `reading_type`.
fn series_elements(series: &Series, reading_type: &ReadingType, out: &mut Vec<u8>) {
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
    text::element("meterId", meter.as_ref().map(|id| id.as_str()), out);
    text::element("usagePointId", usage_point.as_ref().map(|id| id.as_str()), out);
    text::element("readingType", kind, out);
    text::element("measurement", measurement, out);
    text::element("interval", interval, out);
    text::element("unit", unit, out);
    text::integer("multiplier", multiplier, out);
    text::element("phase", phase, out);
    text::element("energyDirection", energy_direction, out);
    if let Some(time_of_use) = time_of_use {
        text::integer("timeOfUse", time_of_use, out);
    }
    text::shown("readingTypeCode", reading_type, out);
}

/// `<quality>` for each statement, and the list of their codes.
fn quality_elements(qualities: &Qualities) -> Vec<u8> {
    let mut out = Vec::new();
    for statement in qualities.iter() {
        match words::quality_word(statement) {
            Some(word) => drop(text::element("quality", word, &mut out)),
            None => text::shown("quality", statement, &mut out),
        }
    }
    text::open("qualityCodes", &mut out);
    for statement in qualities.iter() {
        text::shown("qualityCode", statement, &mut out);
    }
    text::close("qualityCodes", &mut out);
    out
}

/// What is said besides the value.
fn details_elements(details: &ReadingDetails, out: &mut Vec<u8>) {
    let ReadingDetails { reported, time_period, source, reason, comment } = details;
    text::time("reportedDateTime", *reported, out);
    if !time_period.is_empty() {
        let TimePeriod { start, end } = *time_period;
        text::open("timePeriod", out);
        text::time("start", start, out);
        text::time("end", end, out);
        text::close("timePeriod", out);
    }
    text::element("source", source.as_deref(), out);
    text::element("reason", reason.as_deref(), out);
    text::element("comment", comment.as_deref(), out);
}

/// `<recordedAt>`, and the receipt where revisions are asked for.
fn change_elements(change: &RecordedBy, revisions: bool) -> Vec<u8> {
    let RecordedBy { recorded_at, receipt } = change;
    let mut out = Vec::new();
    text::time("recordedAt", *recorded_at, &mut out);
    text::element("receipt", revisions.then_some(receipt.as_str()), &mut out);
    out
}
