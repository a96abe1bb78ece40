//! The mean of values.

use crate::aggregation::exact::Total;
use crate::aggregation::value_at::in_order;
use crate::aggregation::{AggregationError, Coverage, Operation, Rounding, ValueAt};
use crate::calendar::Schedule;
use crate::{Decimal, ReadingType, Scale};

/// The mean of the values of a period, kept as their sum and number: not every mean is a decimal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mean {
    total: Total,
    /// How many values it is of, their standing, and what is missing.
    pub coverage: Coverage,
}

impl Mean {
    /// The sum of the values. A number to divide, not a quantity: voltages do not add up.
    ///
    /// # Errors
    /// [`AggregationError::DoesNotFit`].
    pub fn sum_of_values(&self) -> Result<Decimal, AggregationError> {
        self.total.decimal().map_err(does_not_fit)
    }

    /// The mean, every digit of it; `None` where there is no value.
    ///
    /// # Errors
    /// [`AggregationError::NotExact`] where it has no end within 12 places, as a third;
    /// [`AggregationError::DoesNotFit`] where it needs more than 18 digits.
    pub fn exact(&self) -> Result<Option<Decimal>, AggregationError> {
        if self.coverage.values() == 0 {
            return Ok(None);
        }
        let mean = self.total.times(1, self.coverage.values()).ok_or(AggregationError::NotExact(Operation::Mean))?;
        mean.decimal().map(Some).map_err(does_not_fit)
    }

    /// The mean rounded once, from the exact sum, to so many places; `None` where there is no value.
    ///
    /// # Errors
    /// [`AggregationError::DoesNotFit`] where that needs more than 18 digits.
    pub fn rounded(&self, places: Scale, rounding: Rounding) -> Result<Option<Decimal>, AggregationError> {
        match self.coverage.values() {
            0 => Ok(None),
            count => self.total.over(count, places, rounding).map(Some).map_err(does_not_fit),
        }
    }
}

fn does_not_fit(why: crate::DecimalError) -> AggregationError {
    AggregationError::DoesNotFit { operation: Operation::Mean, why }
}

/// The mean of the values in the period of a schedule: each counts the same, however long it lasted.
///
/// # Errors
/// [`AggregationError`]: values without a mean, stamps at which no interval ends, two values of one
/// instant, intervals of another length.
///
/// ```
/// use metering_model::aggregation::{Rounding, ValueAt, mean};
/// use metering_model::calendar::{Period, Schedule};
/// use metering_model::{Qualities, Scale};
///
/// let voltage = "0.0.0.12.0.1.54.0.0.0.0.0.0.0.129.0.29.0".parse()?;
/// let day = Period::new("2024-01-15T00:00:00Z".parse()?, "2024-01-16T00:00:00Z".parse()?)?;
/// let good = Qualities::good();
/// let values = [("2024-01-15T08:00:00Z", "230"), ("2024-01-15T16:00:00Z", "231"), ("2024-01-16T00:00:00Z", "229")]
///     .map(|(time, value)| ValueAt { time_stamp: time.parse().unwrap(), value: value.parse().ok(), qualities: &good });
/// assert_eq!(mean(&voltage, values, &Schedule::whenever(day))?.exact()?, Some("230".parse()?));
///
/// let two_thirds = mean(&voltage, [values[0], values[1], ValueAt { value: "231".parse().ok(), ..values[2] }], &Schedule::whenever(day))?;
/// assert!(two_thirds.exact().is_err());
/// assert_eq!(two_thirds.rounded(Scale::S2, Rounding::HalfAwayFromZero)?, Some("230.67".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn mean<'a>(
    reading_type: &ReadingType,
    values: impl IntoIterator<Item = ValueAt<'a>>,
    schedule: &Schedule,
) -> Result<Mean, AggregationError> {
    Operation::Mean.permit(reading_type)?;
    Operation::check_length(reading_type, schedule)?;
    let values = in_order(values, |stamp| schedule.period().contains(stamp))?;
    let coverage = Coverage::of(&values, schedule)?;
    let total = Total::of(&values).map_err(does_not_fit)?;
    Ok(Mean { total, coverage })
}
