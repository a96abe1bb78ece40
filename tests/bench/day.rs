//! A day of quarter hours of many meters, as the requests that carry it.

use std::fmt::Write as _;

/// Readings per request.
pub(crate) const BATCH: usize = 5_000;
const QUARTERS: usize = 96;

/// How a head-end delivers the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// All quarter hours of a meter together.
    DeviceMajor,
    /// All meters of a quarter hour together.
    TimeMajor,
}

/// How a request says its readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notation {
    /// JSON in words, as the document has it.
    Words,
    /// JSON with the code of the reading type, and nothing that is said by it.
    Code,
    /// A message of the standard, the readings of a meter in one block.
    Xml,
}

impl Notation {
    pub(crate) fn content_type(self) -> &'static str {
        if self == Self::Xml { "application/xml" } else { "application/json" }
    }

    /// One reading, which may be the first, or the last, of its meter in the request.
    fn reading(self, meter: usize, quarter: usize, (first, last): (bool, bool), out: &mut String) {
        let digits = digits(meter, quarter);
        let (time, whole, part) = (Day::time(quarter), digits / 1000, digits % 1000);
        let written = match self {
            Self::Words => write!(
                out,
                r#"{{"meterId":"M{meter:07}","readingType":"intervalData","interval":"PT15M","readingDateTime":"{time}","value":{whole}.{part:03},"unit":"kWh","multiplier":0,"energyDirection":"forward","quality":"good"}}"#
            ),
            Self::Code => write!(
                out,
                r#"{{"meterId":"M{meter:07}","readingTypeCode":"{CODE}","readingDateTime":"{time}","value":{whole}.{part:03}}}"#
            ),
            Self::Xml => {
                *out += if first { "<MeterReading><IntervalBlocks>" } else { "" };
                write!(
                    out,
                    "<IntervalReadings><timeStamp>{time}</timeStamp><value>{whole}.{part:03}</value></IntervalReadings>"
                )
                .and_then(|()| match last {
                    true => write!(
                        out,
                        r#"<ReadingType ref="{CODE}"/></IntervalBlocks><Meter><mRID>M{meter:07}</mRID></Meter></MeterReading>"#
                    ),
                    false => Ok(()),
                })
            }
        };
        written.unwrap();
    }

    /// What stands before, between and behind the readings of a request.
    fn frame(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Words | Self::Code => ("{\"readings\":[", ",", "]}"),
            Self::Xml => (r#"<MeterReadings xmlns="http://iec.ch/TC57/2011/MeterReadings#">"#, "", "</MeterReadings>"),
        }
    }
}

/// The reading type of all of them: kWh forward in quarter hours.
const CODE: &str = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0";

/// The day of so many meters.
pub(crate) struct Day {
    pub(crate) meters: usize,
    order: Order,
    pub(crate) notation: Notation,
    pub(crate) requests: Vec<Vec<u8>>,
}

/// The digits of a reading: up to four before the point, three behind it.
pub(crate) fn digits(meter: usize, quarter: usize) -> i64 {
    // A household: a base load, a little noise, more at noon and in the evening.
    let noise = (meter as u64 * 2_654_435_761 + quarter as u64 * 40_503) % 97;
    let hump = [20, 60, 110, 70][quarter / 24] + quarter as u64 % 24 * 3;
    (hump * 3 + noise) as i64
}

/// The meter and the quarter hour of reading number `at`.
fn place(at: usize, meters: usize, order: Order) -> (usize, usize) {
    match order {
        Order::DeviceMajor => (at / QUARTERS, at % QUARTERS),
        Order::TimeMajor => (at % meters, at / meters),
    }
}

impl Day {
    pub(crate) fn of(meters: usize, order: Order, notation: Notation) -> Self {
        let readings: Vec<usize> = (0..meters * QUARTERS).collect();
        let (begin, between, end) = notation.frame();
        let request = |readings: &[usize]| {
            let mut body = begin.to_owned();
            let mut before = None;
            for &at in readings {
                let (meter, quarter) = place(at, meters, order);
                let first = before.replace(meter) != Some(meter);
                let last = readings.last() == Some(&at) || place(at + 1, meters, order).0 != meter;
                body += if body.len() > begin.len() { between } else { "" };
                notation.reading(meter, quarter, (first, last), &mut body);
            }
            (body + end).into_bytes()
        };
        Self { meters, order, notation, requests: readings.chunks(BATCH).map(request).collect() }
    }

    pub(crate) fn readings(&self) -> usize {
        self.meters * QUARTERS
    }

    /// Each reading: meter, microseconds since 1970, digits; scale 3.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (i64, i64, i64)> {
        (0..self.readings()).map(|at| {
            let (meter, quarter) = place(at, self.meters, self.order);
            (meter as i64, 1_705_276_800_000_000 + (quarter as i64 + 1) * 900_000_000, digits(meter, quarter))
        })
    }

    /// The END of a quarter hour of 2024-01-15.
    pub(crate) fn time(quarter: usize) -> String {
        let minutes = (quarter + 1) * 15;
        format!("2024-01-{}T{:02}:{:02}:00Z", 15 + minutes / 1440, minutes / 60 % 24, minutes % 60)
    }
}
