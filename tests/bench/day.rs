//! A day of quarter hours of many meters, as the requests that carry it.

use std::fmt::Write as _;

/// Readings per request.
pub(crate) const BATCH: usize = 5_000;
const QUARTERS: usize = 96;

/// The day, device-major: all quarter hours of a meter stand together.
pub(crate) struct Day {
    pub(crate) meters: usize,
    pub(crate) requests: Vec<Vec<u8>>,
}

/// The digits of a reading: up to four before the point, three behind it.
pub(crate) fn digits(meter: usize, quarter: usize) -> i64 {
    // A household: a base load, a little noise, more at noon and in the evening.
    let noise = (meter as u64 * 2_654_435_761 + quarter as u64 * 40_503) % 97;
    let hump = [20, 60, 110, 70][quarter / 24] + quarter as u64 % 24 * 3;
    (hump * 3 + noise) as i64
}

impl Day {
    pub(crate) fn of(meters: usize) -> Self {
        let mut requests = Vec::new();
        let mut body = String::new();
        for at in 0..meters * QUARTERS {
            let (meter, quarter) = (at / QUARTERS, at % QUARTERS);
            body += if body.is_empty() { "{\"readings\":[" } else { "," };
            let digits = digits(meter, quarter);
            let (time, whole, part) = (Self::time(quarter), digits / 1000, digits % 1000);
            write!(
                body,
                r#"{{"meterId":"M{meter:07}","readingType":"intervalData","interval":"PT15M","readingDateTime":"{time}","value":{whole}.{part:03},"unit":"kWh","multiplier":0,"energyDirection":"forward","quality":"good"}}"#
            )
            .unwrap();
            if (at + 1) % BATCH == 0 || at + 1 == meters * QUARTERS {
                body += "]}";
                requests.push(std::mem::take(&mut body).into_bytes());
            }
        }
        Self { meters, requests }
    }

    pub(crate) fn readings(&self) -> usize {
        self.meters * QUARTERS
    }

    /// Each reading: meter, microseconds since 1970, digits; scale 3.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (i64, i64, i64)> {
        (0..self.readings()).map(|at| {
            let (meter, quarter) = (at / QUARTERS, at % QUARTERS);
            (meter as i64, 1_705_276_800_000_000 + (quarter as i64 + 1) * 900_000_000, digits(meter, quarter))
        })
    }

    /// The END of a quarter hour of 2024-01-15.
    pub(crate) fn time(quarter: usize) -> String {
        let minutes = (quarter + 1) * 15;
        format!("2024-01-{}T{:02}:{:02}:00Z", 15 + minutes / 1440, minutes / 60 % 24, minutes % 60)
    }
}
