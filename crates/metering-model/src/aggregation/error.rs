//! Why values cannot be aggregated as asked.

use thiserror::Error;

use crate::aggregation::Operation;
use crate::calendar::{IntervalLength, Period};
use crate::{Decimal, DecimalError, ReadingType, TimeStamp};

/// Why values cannot be aggregated as asked. Values that are missing are no error: the result says so.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AggregationError {
    /// What the reading type measures has no such result.
    #[error("{operation} of {reading_type}: {because}")]
    NotOfThis {
        /// What was asked for.
        operation: Operation,
        /// Of which values.
        reading_type: ReadingType,
        /// Why not, and what would be right.
        because: &'static str,
    },
    /// A sum without a schedule could not tell what is missing.
    #[error("{0} needs a schedule that says when values are expected: every interval, or each day")]
    NoSchedule(Operation),
    /// The reading type states another length than the schedule.
    #[error("the reading type has intervals of {stated}, the schedule expects {expected}")]
    OtherLength {
        /// What part 3 of the reading type states.
        stated: IntervalLength,
        /// What the schedule expects.
        expected: IntervalLength,
    },
    /// Several values of one series for one instant.
    #[error("more than one value stamped {}; of a series, give the value that stands", listed(stamps))]
    Repeated {
        /// The instants.
        stamps: Vec<TimeStamp>,
    },
    /// Values within the period at which no interval ends.
    #[error("no interval of {period} ends at {}", listed(stamps))]
    Misplaced {
        /// The stamps of these values.
        stamps: Vec<TimeStamp>,
        /// The period of the schedule.
        period: Period,
    },
    /// The result has more digits than a decimal.
    #[error("the result of {operation} does not fit a decimal: {why}")]
    DoesNotFit {
        /// What was asked for.
        operation: Operation,
        /// What is too much.
        why: DecimalError,
    },
    /// The result has no end as a decimal, and is not rounded unasked.
    #[error("the result of {0} has no exact decimal within 12 places")]
    NotExact(Operation),
    /// Demand blocks that the intervals do not fill evenly.
    #[error("a demand block of {length}, every {every}, is not made of whole intervals of {interval}")]
    UnevenBlock {
        /// The length of a block.
        length: IntervalLength,
        /// How long after each other blocks end.
        every: IntervalLength,
        /// The length of the intervals.
        interval: IntervalLength,
    },
    /// A register went down, and no event says why.
    #[error(
        "the register went down from {earlier} at {earlier_at} to {later} at {later_at}: \
         say whether it rolled over, was exchanged or reset, or ran backwards"
    )]
    WentDown {
        /// The value before.
        earlier: Decimal,
        /// When it was read, or written down at an exchange.
        earlier_at: TimeStamp,
        /// The lower value.
        later: Decimal,
        /// When it was read, or written down at an exchange.
        later_at: TimeStamp,
    },
    /// A value that the register cannot show.
    #[error("a register that starts again at {limit} cannot show {value} (at {at})")]
    OffTheDial {
        /// The value.
        value: Decimal,
        /// When it was read.
        at: TimeStamp,
        /// Where the register starts again from 0.
        limit: Decimal,
    },
    /// A rollover of a register whose digits nobody said.
    #[error("a rollover at {at}, but nothing says how many digits the register has (leftDigitCount)")]
    UnknownDial {
        /// When it is said to have rolled over.
        at: TimeStamp,
    },
}

/// The first three, and how many more.
fn listed(stamps: &[TimeStamp]) -> String {
    let mut text = stamps.iter().take(3).map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if stamps.len() > 3 {
        text.push_str(&format!(" and {} more", stamps.len() - 3));
    }
    text
}
