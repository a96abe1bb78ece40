//! How long an interval is.

use std::fmt;
use std::num::NonZeroU32;

use crate::TimeStamp;
use crate::reading_type::MeasuringPeriod;

/// The length of the intervals of a series, in whole seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IntervalLength(NonZeroU32);

const fn minutes(minutes: u32) -> IntervalLength {
    match NonZeroU32::new(minutes * 60) {
        Some(seconds) => IntervalLength(seconds),
        None => IntervalLength(NonZeroU32::MIN),
    }
}

impl IntervalLength {
    /// 15 minutes.
    pub const QUARTER_HOUR: Self = minutes(15);
    /// 30 minutes.
    pub const HALF_HOUR: Self = minutes(30);
    /// 60 minutes.
    pub const HOUR: Self = minutes(60);

    /// So many seconds.
    #[must_use]
    pub const fn from_seconds(seconds: NonZeroU32) -> Self {
        Self(seconds)
    }

    /// So many minutes; `None` of none, and of more than a `u32` has seconds.
    #[must_use]
    pub fn of_minutes(minutes: u32) -> Option<Self> {
        minutes.checked_mul(60).and_then(NonZeroU32::new).map(Self)
    }

    /// The seconds.
    #[must_use]
    pub const fn seconds(self) -> NonZeroU32 {
        self.0
    }

    pub(super) fn micros(self) -> u64 {
        u64::from(self.0.get()) * 1_000_000
    }

    /// The length that part 3 of a reading type states: its intervals, or its fixed blocks of demand.
    /// `None` where it states none, leaves it open, or where blocks overlap (rolling blocks).
    ///
    /// ```
    /// use metering_model::calendar::IntervalLength;
    /// use metering_model::reading_type::MeasuringPeriod;
    ///
    /// assert_eq!(IntervalLength::of(MeasuringPeriod::FIFTEEN_MINUTE), Some(IntervalLength::QUARTER_HOUR));
    /// assert_eq!(IntervalLength::of(MeasuringPeriod::NONE), None);
    /// ```
    #[must_use]
    pub const fn of(measuring_period: MeasuringPeriod) -> Option<Self> {
        Some(minutes(match measuring_period {
            MeasuringPeriod::ONE_MINUTE | MeasuringPeriod::FIXED_BLOCK_1_MINUTE => 1,
            MeasuringPeriod::TWO_MINUTE => 2,
            MeasuringPeriod::THREE_MINUTE => 3,
            MeasuringPeriod::FIVE_MINUTE | MeasuringPeriod::FIXED_BLOCK_5_MINUTE => 5,
            MeasuringPeriod::TEN_MINUTE | MeasuringPeriod::FIXED_BLOCK_10_MINUTE => 10,
            MeasuringPeriod::TWELVE_MINUTE => 12,
            MeasuringPeriod::FIFTEEN_MINUTE | MeasuringPeriod::FIXED_BLOCK_15_MINUTE => 15,
            MeasuringPeriod::TWENTY_MINUTE | MeasuringPeriod::FIXED_BLOCK_20_MINUTE => 20,
            MeasuringPeriod::THIRTY_MINUTE | MeasuringPeriod::FIXED_BLOCK_30_MINUTE => 30,
            MeasuringPeriod::SIXTY_MINUTE | MeasuringPeriod::FIXED_BLOCK_60_MINUTE => 60,
            MeasuringPeriod::TWO_HOUR => 120,
            MeasuringPeriod::THREE_HOUR => 180,
            MeasuringPeriod::FOUR_HOUR => 240,
            MeasuringPeriod::SIX_HOUR => 360,
            MeasuringPeriod::TWELVE_HOUR => 720,
            MeasuringPeriod::TWENTY_FOUR_HOUR => 1440,
            _ => return None,
        }))
    }

    /// How many of the shorter ones it is made of; `None` where there is a rest.
    #[must_use]
    pub fn whole(self, shorter: Self) -> Option<u64> {
        let (all, one) = (u64::from(self.0.get()), u64::from(shorter.0.get()));
        all.is_multiple_of(one).then_some(all / one)
    }

    /// When the interval began that ended at `end`.
    #[must_use]
    pub fn before(self, end: TimeStamp) -> TimeStamp {
        end.plus_seconds(-i64::from(self.0.get()))
    }
}

impl fmt::Display for IntervalLength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.get();
        let (number, unit) = if seconds.is_multiple_of(60) { (seconds / 60, "minute") } else { (seconds, "second") };
        write!(f, "{number} {unit}{}", if number == 1 { "" } else { "s" })
    }
}
