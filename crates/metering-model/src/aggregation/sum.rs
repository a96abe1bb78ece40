//! The sum of interval data.

use crate::aggregation::exact::Total;
use crate::aggregation::value_at::in_order;
use crate::aggregation::{AggregationError, Coverage, Operation, ValueAt};
use crate::calendar::Schedule;
use crate::{Decimal, ReadingType};

/// What flowed in a period, and what that rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// The sum of the values there are, exactly, with as many places as the value that has most. `None`
    /// where values were expected and none is there: that is not zero. An empty period has 0.
    pub total: Option<Decimal>,
    /// How many values it is of, their standing, and what is missing.
    pub coverage: Coverage,
}

/// Adds up the values of a series in the period of a schedule.
///
/// The values come in any order; those outside the period are left aside, so a month's may be given to
/// sum a day of it. [`Operation::reading_type`] tells what the result measures.
///
/// # Errors
/// [`AggregationError`]: values that do not add up, stamps at which no interval ends, two values of one
/// instant, intervals of another length, a sum too long for a decimal.
///
/// ```
/// use metering_model::Qualities;
/// use metering_model::aggregation::{ValueAt, sum};
/// use metering_model::calendar::{IntervalLength, Period, Schedule};
///
/// let quarter_hours = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?;
/// let hour = Period::new("2024-01-15T10:00:00Z".parse()?, "2024-01-15T11:00:00Z".parse()?)?;
/// let (good, estimated) = (Qualities::good(), Qualities::new(["3.8.0".parse()?]));
/// let values = [
///     ValueAt { time_stamp: "2024-01-15T10:15:00Z".parse()?, value: Some("0.25".parse()?), qualities: &good },
///     ValueAt { time_stamp: "2024-01-15T10:30:00Z".parse()?, value: Some("0.5".parse()?), qualities: &estimated },
///     ValueAt { time_stamp: "2024-01-15T11:00:00Z".parse()?, value: Some("0.25".parse()?), qualities: &good },
/// ];
/// let hour = sum(&quarter_hours, values, &Schedule::every(IntervalLength::QUARTER_HOUR, hour)?)?;
/// assert_eq!(hour.total, Some("1.00".parse()?));
/// assert_eq!(
///     hour.coverage.to_string(),
///     "3 of 4 values, 1 estimated; missing: (2024-01-15T10:30:00Z, 2024-01-15T10:45:00Z]"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn sum<'a>(
    reading_type: &ReadingType,
    values: impl IntoIterator<Item = ValueAt<'a>>,
    schedule: &Schedule,
) -> Result<Sum, AggregationError> {
    Operation::Sum.permit(reading_type)?;
    let expected = schedule.expected().ok_or(AggregationError::NoSchedule(Operation::Sum))?;
    Operation::check_length(reading_type, schedule)?;
    let values = in_order(values, |stamp| schedule.period().contains(stamp))?;
    let coverage = Coverage::of(&values, schedule)?;
    let total = if coverage.values() == 0 && expected > 0 {
        None
    } else {
        let does_not_fit = |why| AggregationError::DoesNotFit { operation: Operation::Sum, why };
        Some(Total::of(&values).and_then(Total::decimal).map_err(does_not_fit)?)
    };
    Ok(Sum { total, coverage })
}
