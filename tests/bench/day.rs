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

/// The day of so many meters.
pub(crate) struct Day {
    pub(crate) meters: usize,
    order: Order,
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
    pub(crate) fn of(meters: usize, order: Order) -> Self {
        let mut requests = Vec::new();
        let mut body = String::new();
        for at in 0..meters * QUARTERS {
            let (meter, quarter) = place(at, meters, order);
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
        Self { meters, order, requests }
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
