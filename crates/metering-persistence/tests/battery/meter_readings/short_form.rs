//! Readings in the short form in which the cases write them, and what comes back as lines.

use metering_model::{
    Counts, GetMeterReadings, MeterReadings, Qualities, Reading, ReadingDetails, RecordedReadings, Series, TimeStamp,
    Violation,
};
use metering_persistence::meter_readings::{self, Page};
use metering_persistence::{Cursor, Error, Store};
use metering_validation::{Facts, Rules};

use crate::caller::{Caller, at};

/// Quarter hours of delivered energy in kWh.
pub(crate) const INTERVALS: &str = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0";
/// Meter reads of delivered energy in kWh.
pub(crate) const REGISTER: &str = "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0";

/// One item of a message.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) meter: Option<String>,
    pub(crate) usage_point: Option<String>,
    pub(crate) reading_type: &'static str,
    pub(crate) time_stamp: TimeStamp,
    pub(crate) value: Option<String>,
    pub(crate) qualities: Vec<&'static str>,
    pub(crate) details: ReadingDetails,
}

pub(crate) fn item(meter: &str, time: &str, value: &str) -> Item {
    Item {
        meter: Some(meter.into()),
        usage_point: None,
        reading_type: INTERVALS,
        time_stamp: at(time),
        value: Some(value.into()),
        qualities: vec![],
        details: ReadingDetails::default(),
    }
}

impl Item {
    pub(crate) fn quality(self, code: &'static str) -> Self {
        Self { qualities: vec![code], ..self }
    }

    pub(crate) fn source(self, source: &str) -> Self {
        Self { details: ReadingDetails { source: Some(source.into()), ..self.details }, ..self }
    }

    pub(crate) fn comment(self, comment: &str) -> Self {
        Self { details: ReadingDetails { comment: Some(comment.into()), ..self.details }, ..self }
    }

    pub(crate) fn of_type(self, reading_type: &'static str) -> Self {
        Self { reading_type, ..self }
    }

    pub(crate) fn at_usage_point(self, id: &str) -> Self {
        Self { usage_point: Some(id.into()), ..self }
    }
}

pub(crate) fn list(codes: &[&str]) -> Qualities {
    Qualities::new(codes.iter().map(|code| code.parse().unwrap()))
}

pub(crate) fn message(items: &[Item]) -> MeterReadings {
    let mut message = MeterReadings { received: u32::try_from(items.len()).unwrap(), ..MeterReadings::default() };
    for (place, item) in (0..).zip(items) {
        let series = Series {
            meter: item.meter.as_ref().map(|id| id.parse().unwrap()),
            usage_point: item.usage_point.as_ref().map(|id| id.parse().unwrap()),
            reading_type: item.reading_type.parse().unwrap(),
        };
        let qualities = list(&item.qualities);
        let series = message.series.iter().position(|it| *it == series).unwrap_or_else(|| {
            message.series.push(series);
            message.series.len() - 1
        });
        let qualities = message.qualities.iter().position(|it| *it == qualities).unwrap_or_else(|| {
            message.qualities.push(qualities);
            message.qualities.len() - 1
        });
        let details = item.details.clone().join(&mut message.details);
        message.readings.push(Reading {
            time_stamp: item.time_stamp,
            value: item.value.as_ref().map(|value| value.parse().unwrap()),
            series: u32::try_from(series).unwrap(),
            qualities: u32::try_from(qualities).unwrap(),
            details,
            place,
        });
    }
    message
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recorded {
    pub(crate) counts: Counts,
    pub(crate) violations: Vec<Violation>,
    pub(crate) warnings: Vec<Violation>,
}

pub(crate) fn record_message(store: &Store, caller: &Caller, message: MeterReadings) -> Recorded {
    let (mut violations, mut warnings) = (Vec::new(), Vec::new());
    let facts = Facts { now: caller.now(), rules: Rules::default() };
    let valid = metering_validation::meter_readings::check(message, &facts, &mut violations, &mut warnings);
    assert_eq!(violations, []);
    caller
        .change(store, move |change| {
            let (mut violations, mut warnings) = (Vec::new(), Vec::new());
            let counts = meter_readings::record(change, &valid, &mut violations, &mut warnings)?;
            change.receipt("readings", counts, &violations, &warnings)?;
            Ok(Recorded { counts, violations, warnings })
        })
        .unwrap()
}

pub(crate) fn record(store: &Store, caller: &Caller, items: &[Item]) -> Recorded {
    record_message(store, caller, message(items))
}

pub(crate) fn counts(inserted: u32, unchanged: u32, superseded: u32, kept: u32) -> Counts {
    Counts { inserted, unchanged, superseded, kept, ..Counts::default() }
}

pub(crate) fn page(
    store: &Store,
    caller: &Caller,
    get: &GetMeterReadings,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Page, Error> {
    store.read(caller.organisation(), |snapshot| meter_readings::query(snapshot, get, after, limit))
}

pub(crate) fn all(store: &Store, caller: &Caller, get: &GetMeterReadings) -> RecordedReadings {
    let page = page(store, caller, get, None, 100_000).unwrap();
    assert_eq!(page.next, None);
    page.readings
}

/// What is said besides, as far as something is.
pub(crate) fn said(details: &ReadingDetails) -> String {
    let ReadingDetails { reported, time_period, source, reason, comment } = details;
    let times = [("reported", *reported), ("start", time_period.start), ("end", time_period.end)];
    let times = times.into_iter().filter_map(|(name, time)| Some(format!(" {name}={}", time?)));
    let texts = [("source", source), ("reason", reason), ("comment", comment)];
    let texts = texts.into_iter().filter_map(|(name, text)| Some(format!(" {name}={}", text.as_deref()?)));
    times.chain(texts).collect()
}

/// A reading in one line.
pub(crate) fn lines(readings: &RecordedReadings) -> Vec<String> {
    let line = |it: &metering_model::RecordedReading| {
        let series = &readings.series[it.reading.series as usize];
        let owner = match (&series.meter, &series.usage_point) {
            (Some(meter), _) => meter.to_string(),
            (None, usage_point) => format!("at {}", usage_point.as_ref().unwrap()),
        };
        let codes: Vec<_> = readings.qualities[it.reading.qualities as usize].iter().map(|it| it.to_string()).collect();
        let value = it.reading.value.map_or_else(|| "none".to_owned(), |value| value.to_string());
        let stands = if it.current { "" } else { " aside" };
        let said = readings.details_of(it.reading).map(said).unwrap_or_default();
        format!(
            "{owner} {} {} {value} {} #{}{stands}{said}",
            series.reading_type,
            it.reading.time_stamp,
            codes.join(","),
            it.revision
        )
    };
    readings.readings.iter().map(line).collect()
}

/// Time, value and revision of each.
pub(crate) fn values(readings: &RecordedReadings) -> Vec<(String, Option<String>, u32)> {
    let one = |it: &metering_model::RecordedReading| {
        (it.reading.time_stamp.to_string(), it.reading.value.map(|value| value.to_string()), it.revision)
    };
    readings.readings.iter().map(one).collect()
}

pub(crate) fn some(time: &str, value: &str, revision: u32) -> (String, Option<String>, u32) {
    (time.into(), Some(value.into()), revision)
}
