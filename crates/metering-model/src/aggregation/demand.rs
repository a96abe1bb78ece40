//! Demand: the energy of a block of time as power.

use crate::aggregation::exact::Total;
use crate::aggregation::extremes::first_best;
use crate::aggregation::value_at::in_order;
use crate::aggregation::{AggregationError, Coverage, Operation, TimedValue, ValueAt};
use crate::calendar::{IntervalLength, Period, Schedule};
use crate::reading_type::{MacroPeriod, MeasuringPeriod};
use crate::{DecimalError, ReadingType};

/// Over what time demand is taken: blocks of a length, and how long after each other they end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DemandBlock {
    length: IntervalLength,
    every: IntervalLength,
}

macro_rules! coded_blocks {
    ($($CODE:ident = $length:literal by $every:literal;)*) => {
        const CODED: &[(MeasuringPeriod, u32, u32)] = &[$((MeasuringPeriod::$CODE, $length, $every)),*];
    };
}

coded_blocks! {
    FIXED_BLOCK_60_MINUTE = 60 by 60;
    FIXED_BLOCK_30_MINUTE = 30 by 30;
    FIXED_BLOCK_20_MINUTE = 20 by 20;
    FIXED_BLOCK_15_MINUTE = 15 by 15;
    FIXED_BLOCK_10_MINUTE = 10 by 10;
    FIXED_BLOCK_5_MINUTE = 5 by 5;
    FIXED_BLOCK_1_MINUTE = 1 by 1;
    ROLLING_BLOCK_60_MINUTE_BY_30 = 60 by 30;
    ROLLING_BLOCK_60_MINUTE_BY_20 = 60 by 20;
    ROLLING_BLOCK_60_MINUTE_BY_15 = 60 by 15;
    ROLLING_BLOCK_60_MINUTE_BY_12 = 60 by 12;
    ROLLING_BLOCK_60_MINUTE_BY_10 = 60 by 10;
    ROLLING_BLOCK_60_MINUTE_BY_6 = 60 by 6;
    ROLLING_BLOCK_60_MINUTE_BY_5 = 60 by 5;
    ROLLING_BLOCK_60_MINUTE_BY_4 = 60 by 4;
    ROLLING_BLOCK_30_MINUTE_BY_15 = 30 by 15;
    ROLLING_BLOCK_30_MINUTE_BY_10 = 30 by 10;
    ROLLING_BLOCK_30_MINUTE_BY_6 = 30 by 6;
    ROLLING_BLOCK_30_MINUTE_BY_5 = 30 by 5;
    ROLLING_BLOCK_30_MINUTE_BY_3 = 30 by 3;
    ROLLING_BLOCK_30_MINUTE_BY_2 = 30 by 2;
    ROLLING_BLOCK_15_MINUTE_BY_5 = 15 by 5;
    ROLLING_BLOCK_15_MINUTE_BY_3 = 15 by 3;
    ROLLING_BLOCK_15_MINUTE_BY_1 = 15 by 1;
    ROLLING_BLOCK_10_MINUTE_BY_5 = 10 by 5;
    ROLLING_BLOCK_10_MINUTE_BY_2 = 10 by 2;
    ROLLING_BLOCK_10_MINUTE_BY_1 = 10 by 1;
    ROLLING_BLOCK_5_MINUTE_BY_1 = 5 by 1;
}

impl DemandBlock {
    /// Blocks that follow each other.
    #[must_use]
    pub const fn fixed(length: IntervalLength) -> Self {
        Self { length, every: length }
    }

    /// Blocks that overlap (or leave time between them), one ending so long after the other.
    #[must_use]
    pub const fn rolling(length: IntervalLength, every: IntervalLength) -> Self {
        Self { length, every }
    }

    /// The blocks that part 3 of a reading type names; `None` where it names none.
    #[must_use]
    pub fn of(measuring_period: MeasuringPeriod) -> Option<Self> {
        let (_, length, every) = CODED.iter().find(|(code, ..)| *code == measuring_period)?;
        Some(Self { length: IntervalLength::of_minutes(*length)?, every: IntervalLength::of_minutes(*every)? })
    }

    /// The length of a block.
    #[must_use]
    pub const fn length(self) -> IntervalLength {
        self.length
    }

    /// How long after each other blocks end.
    #[must_use]
    pub const fn every(self) -> IntervalLength {
        self.every
    }

    /// The code in part 3 of the reading type; none (0) for blocks that the list does not have.
    #[must_use]
    pub fn measuring_period(self) -> MeasuringPeriod {
        let coded = CODED.iter().map(|(code, ..)| *code).find(|code| Self::of(*code) == Some(self));
        coded.unwrap_or(MeasuringPeriod::NONE)
    }
}

/// The demand of a period, block by block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// What the values measure.
    pub reading_type: ReadingType,
    /// The demand of every block whose intervals are all there, stamped with its end.
    pub blocks: Vec<TimedValue>,
    /// How many blocks end in the period.
    pub expected: u64,
    /// The highest demand; of several blocks the first.
    pub maximum: Option<TimedValue>,
    /// What the intervals are that the blocks rest on, and which are missing. Where blocks overlap, the
    /// first reach back before the period.
    pub coverage: Coverage,
}

/// The reading type of the demand in such blocks made of energy values (or the flow of volumes): demand,
/// indicating, in the unit of energy over hours with the power of ten of the energy.
///
/// # Errors
/// [`AggregationError::NotOfThis`] for what is no interval data or has no such unit.
///
/// ```
/// use metering_model::aggregation::{DemandBlock, Operation, demand_type};
/// use metering_model::calendar::IntervalLength;
/// use metering_model::reading_type::MacroPeriod;
///
/// let quarter_hours = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?;
/// let demand = demand_type(&quarter_hours, DemandBlock::fixed(IntervalLength::QUARTER_HOUR))?;
/// assert_eq!(demand.to_string(), "0.0.53.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0");
/// let peak = Operation::Maximum.reading_type(&demand, MacroPeriod::BILLING_PERIOD)?;
/// assert_eq!(peak.to_string(), "8.8.53.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn demand_type(of: &ReadingType, block: DemandBlock) -> Result<ReadingType, AggregationError> {
    let demand = Operation::Demand.reading_type(of, MacroPeriod::NONE)?;
    Ok(ReadingType { measuring_period: block.measuring_period(), ..demand })
}

/// The demand of the blocks that end in the period of a schedule, from the energy of its intervals:
/// normalised to an hour, so that 0.25 kWh in a quarter of an hour is 1 kW. Blocks count from where the
/// period begins. A block with a missing interval has no demand.
///
/// Give the values before the period too where blocks overlap.
///
/// # Errors
/// [`AggregationError`]: what is no energy of intervals, blocks that the intervals do not fill evenly,
/// stamps at which no interval ends, two values of one instant, a demand without an exact decimal.
///
/// ```
/// use metering_model::Qualities;
/// use metering_model::aggregation::{DemandBlock, ValueAt, demand};
/// use metering_model::calendar::{IntervalLength, Period, Schedule};
///
/// let quarter_hours = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?;
/// let hour = Period::new("2024-01-15T10:00:00Z".parse()?, "2024-01-15T11:00:00Z".parse()?)?;
/// let schedule = Schedule::every(IntervalLength::QUARTER_HOUR, hour)?;
/// let good = Qualities::good();
/// let values = schedule.stamps().zip(["0.25", "0.5", "0.75", "0.5"]).map(|(time_stamp, value)| ValueAt {
///     time_stamp,
///     value: value.parse().ok(),
///     qualities: &good,
/// });
/// let demand = demand(&quarter_hours, values, &schedule, DemandBlock::fixed(IntervalLength::HALF_HOUR))?;
/// let peak = demand.maximum.ok_or("there are values")?;
/// assert_eq!((peak.time_stamp, peak.value), ("2024-01-15T11:00:00Z".parse()?, "2.5".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn demand<'a>(
    reading_type: &ReadingType,
    values: impl IntoIterator<Item = ValueAt<'a>>,
    schedule: &Schedule,
    block: DemandBlock,
) -> Result<Demand, AggregationError> {
    let demand_type = demand_type(reading_type, block)?;
    let interval = schedule.interval_length().ok_or(AggregationError::NoSchedule(Operation::Demand))?;
    Operation::check_length(reading_type, schedule)?;
    let uneven = || AggregationError::UnevenBlock { length: block.length, every: block.every, interval };
    let intervals = block.length.whole(interval).ok_or_else(uneven)?;
    let step = block.every.whole(interval).ok_or_else(uneven)?;

    // The first block reaches back by what it is longer than the step.
    let asked = schedule.period();
    let back = i64::from(block.length.seconds().get()) - i64::from(block.every.seconds().get());
    let from = asked.from().plus_seconds(-back.max(0));
    let reach = Period::new(from, asked.to()).unwrap_or(asked);
    let extended = Schedule::every(interval, reach).map_err(|_| uneven())?;
    let values = in_order(values, |stamp| reach.contains(stamp))?;
    let coverage = Coverage::of(&values, &extended)?;
    let before = asked.micros().abs_diff(reach.micros()) / (u64::from(interval.seconds().get()) * 1_000_000);

    let too_long = |why: DecimalError| AggregationError::DoesNotFit { operation: Operation::Demand, why };
    // Of each run of values without a gap: its first place, and the sum up to each of its places.
    let (mut first, mut sums) = (0, vec![Total::default()]);
    let mut blocks = Vec::new();
    for one in &values {
        let (Some(place), Some(value)) = (extended.place_of(one.time_stamp), one.counting()) else { continue };
        if place != first + sums.len() as u64 - 1 {
            (first, sums) = (place, vec![Total::default()]);
        }
        let sum = sums.last().copied().unwrap_or_default().plus(value.into()).map_err(too_long)?;
        sums.push(sum);
        let ends = (place + 1).checked_sub(before).is_some_and(|number| number > 0 && number.is_multiple_of(step));
        let Some(start) = sums.len().checked_sub(1 + intervals as usize).filter(|_| ends) else { continue };
        let energy = sum.minus(sums[start]).map_err(too_long)?;
        let power = energy.times(3600, block.length.seconds().get().into());
        let power = power.ok_or(AggregationError::NotExact(Operation::Demand))?.decimal().map_err(too_long)?;
        blocks.push(TimedValue { time_stamp: one.time_stamp, value: power });
    }
    let maximum = first_best(blocks.iter().copied(), |one, best| one > best);
    let expected = schedule.expected().unwrap_or(0) / step;
    Ok(Demand { reading_type: demand_type, blocks, expected, maximum, coverage })
}
