//! The lowest and the highest value.

use crate::aggregation::value_at::in_order;
use crate::aggregation::{AggregationError, Coverage, Operation, ValueAt};
use crate::calendar::Schedule;
use crate::{Decimal, ReadingType, TimeStamp};

/// A number and when it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimedValue {
    /// The END of its interval, or the instant it was read.
    pub time_stamp: TimeStamp,
    /// The number.
    pub value: Decimal,
}

/// The lowest or highest value of a period, and what that rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extreme {
    /// The value and when it first was; `None` where there is no value.
    pub found: Option<TimedValue>,
    /// How many values it was sought among, their standing, and what is missing.
    pub coverage: Coverage,
}

/// The lowest value in the period of a schedule; of several the first.
///
/// # Errors
/// [`AggregationError`]: no quantity, stamps at which no interval ends, two values of one instant,
/// intervals of another length.
pub fn minimum<'a>(
    reading_type: &ReadingType,
    values: impl IntoIterator<Item = ValueAt<'a>>,
    schedule: &Schedule,
) -> Result<Extreme, AggregationError> {
    extreme(Operation::Minimum, reading_type, values, schedule, |one, best| one < best)
}

/// The highest value in the period of a schedule; of several the first. Of demand values it is the peak.
///
/// # Errors
/// As of [`minimum`].
///
/// ```
/// use metering_model::Qualities;
/// use metering_model::aggregation::{ValueAt, maximum};
/// use metering_model::calendar::{Period, Schedule};
///
/// let voltage = "0.0.0.12.0.1.54.0.0.0.0.0.0.0.129.0.29.0".parse()?;
/// let day = Period::new("2024-01-15T00:00:00Z".parse()?, "2024-01-16T00:00:00Z".parse()?)?;
/// let good = Qualities::good();
/// let at = |time: &str, value: &str| ValueAt {
///     time_stamp: time.parse().unwrap(),
///     value: value.parse().ok(),
///     qualities: &good,
/// };
/// let values = [at("2024-01-15T07:12:00Z", "230.1"), at("2024-01-15T12:00:00Z", "233.7"), at("2024-01-16T00:00:00Z", "233.70")];
/// let highest = maximum(&voltage, values, &Schedule::whenever(day))?.found.ok_or("there are values")?;
/// assert_eq!((highest.time_stamp, highest.value), ("2024-01-15T12:00:00Z".parse()?, "233.7".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn maximum<'a>(
    reading_type: &ReadingType,
    values: impl IntoIterator<Item = ValueAt<'a>>,
    schedule: &Schedule,
) -> Result<Extreme, AggregationError> {
    extreme(Operation::Maximum, reading_type, values, schedule, |one, best| one > best)
}

fn extreme<'a>(
    operation: Operation,
    reading_type: &ReadingType,
    values: impl IntoIterator<Item = ValueAt<'a>>,
    schedule: &Schedule,
    better: impl Fn(Decimal, Decimal) -> bool,
) -> Result<Extreme, AggregationError> {
    operation.permit(reading_type)?;
    Operation::check_length(reading_type, schedule)?;
    let values = in_order(values, |stamp| schedule.period().contains(stamp))?;
    let coverage = Coverage::of(&values, schedule)?;
    let timed = values.iter().filter_map(|one| Some(TimedValue { time_stamp: one.time_stamp, value: one.counting()? }));
    let found = first_best(timed, better);
    Ok(Extreme { found, coverage })
}

/// The first of those that none is better than.
pub(super) fn first_best(
    values: impl IntoIterator<Item = TimedValue>,
    better: impl Fn(Decimal, Decimal) -> bool,
) -> Option<TimedValue> {
    values.into_iter().reduce(|best, one| if better(one.value, best.value) { one } else { best })
}
