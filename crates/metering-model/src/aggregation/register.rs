//! What happened to a register: all that can make a reading lower than the one before.

use crate::{Decimal, Register, Scale, TimeStamp};

/// Where a register starts again from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Dial {
    limit: Option<Decimal>,
}

impl Dial {
    /// A register of which nobody said how many digits it has: it can be read, but a rollover of it cannot
    /// be counted.
    pub const UNKNOWN: Self = Self { limit: None };

    /// A register with so many digits before the point, in the unit of its readings: it starts again at
    /// ten to this power. `None` of none and of more than 17, which no decimal reaches.
    ///
    /// Readings that were multiplied after they left the register (transformer ratios, another power of
    /// ten) roll over elsewhere: [`Dial::starting_again_at`].
    #[must_use]
    pub fn with_digits(digits: u32) -> Option<Self> {
        let limit = (1..=17).contains(&digits).then(|| Decimal::new(10i64.pow(digits), Scale::S0).ok());
        limit.flatten().map(|limit| Self { limit: Some(limit) })
    }

    /// A register whose readings start again from 0 where they would reach this number; `None` unless it
    /// is above 0.
    #[must_use]
    pub fn starting_again_at(limit: Decimal) -> Option<Self> {
        (limit > Decimal::ZERO).then_some(Self { limit: Some(limit) })
    }

    /// The dial of a configured register, by its `leftDigitCount`; unknown where that is not said: five
    /// digits would be a guess.
    #[must_use]
    pub fn of(register: &Register) -> Self {
        register.left_digit_count.and_then(Self::with_digits).unwrap_or(Self::UNKNOWN)
    }

    /// Where it starts again, if that is known.
    #[must_use]
    pub fn limit(self) -> Option<Decimal> {
        self.limit
    }
}

/// Something that happened to a register between two of its readings.
///
/// It happened before the reading with the same time stamp and after all earlier ones. Events with one
/// time stamp happened in the order given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RegisterEvent {
    /// It went past its largest number and started again from 0, once. Where the later reading is not
    /// lower, it went on by more than a whole turn.
    Rollover {
        /// When, or any instant between the readings.
        at: TimeStamp,
    },
    /// The meter was exchanged for another.
    Exchange {
        /// When.
        at: TimeStamp,
        /// The last value of the old register; absent where nobody could read it.
        last: Option<Decimal>,
        /// The first value of the new one.
        first: Decimal,
        /// Where the new one starts again.
        dial: Dial,
    },
    /// It was set to another value, mostly 0.
    Reset {
        /// When.
        at: TimeStamp,
        /// The last value before; absent where nobody read it.
        last: Option<Decimal>,
        /// The value it was set to.
        first: Decimal,
    },
    /// It ran backwards and shows a lower value for that.
    ReverseFlow {
        /// When, or any instant between the readings.
        at: TimeStamp,
    },
}

impl RegisterEvent {
    /// When it happened.
    #[must_use]
    pub fn at(&self) -> TimeStamp {
        match *self {
            Self::Rollover { at } | Self::Exchange { at, .. } | Self::Reset { at, .. } | Self::ReverseFlow { at } => at,
        }
    }
}

/// The dial of a register at first, and all that happened to it since.
///
/// One history serves for every period of the series: of events before the first reading that is used,
/// only the dial of a new meter matters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegisterHistory {
    dial: Dial,
    events: Vec<RegisterEvent>,
}

impl RegisterHistory {
    /// A register with this dial, and its events in any order.
    pub fn new(dial: Dial, events: impl IntoIterator<Item = RegisterEvent>) -> Self {
        let mut events: Vec<_> = events.into_iter().collect();
        events.sort_by_key(RegisterEvent::at);
        Self { dial, events }
    }

    /// The dial at first.
    #[must_use]
    pub fn dial(&self) -> Dial {
        self.dial
    }

    /// The events in the order of time.
    #[must_use]
    pub fn events(&self) -> &[RegisterEvent] {
        &self.events
    }

    /// The dial at an instant, and the events after it.
    pub(super) fn since(&self, at: TimeStamp) -> (Dial, &[RegisterEvent]) {
        let (past, ahead) = self.events.split_at(self.events.partition_point(|event| event.at() <= at));
        let exchanged = past.iter().rev().find_map(|event| match event {
            RegisterEvent::Exchange { dial, .. } => Some(*dial),
            _ => None,
        });
        (exchanged.unwrap_or(self.dial), ahead)
    }
}
