//! By how much a register went on in a period.

use crate::aggregation::exact::Total;
use crate::aggregation::operation::may_go_down;
use crate::aggregation::value_at::in_order;
use crate::aggregation::{
    AggregationError, Coverage, Dial, Operation, RegisterEvent, RegisterHistory, TimedValue, ValueAt,
};
use crate::calendar::Period;
use crate::{Decimal, DecimalError, ReadingType};

/// By how much a register went on in a period, and between which readings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What flowed between the two readings. `None` where one of them is missing, where no reading came
    /// in the period, or where nobody read a register before it was exchanged or reset.
    pub advance: Option<Decimal>,
    /// The period asked for.
    pub period: Period,
    /// The last reading with a value at the beginning of the period or before.
    pub from: Option<TimedValue>,
    /// The last reading with a value in the period.
    pub to: Option<TimedValue>,
    /// How often the register rolled over in between.
    pub rollovers: u32,
    /// The times before an exchange or reset of which nothing is known.
    pub unknown: Vec<Period>,
    /// The standing of the two readings. Those between them do not change the difference.
    pub coverage: Coverage,
}

impl Difference {
    /// Whether the advance is known and the readings stand exactly at the ends of the period. If not, it
    /// is of the time between them: nothing is interpolated.
    #[must_use]
    pub fn is_of_whole_period(&self) -> bool {
        let stamp = |one: Option<TimedValue>| one.map(|it| it.time_stamp);
        self.advance.is_some()
            && stamp(self.from) == Some(self.period.from())
            && (stamp(self.to) == Some(self.period.to()) || self.period.is_empty())
    }
}

/// Takes the difference of a register over a period: from the last reading at its beginning or before to
/// the last reading in it, so that the differences of periods that follow each other add up.
///
/// Readings that went down need an event of the history that says why; only those of a net flow may go
/// down by themselves. Every reading in between is looked at for this. Readings without a value count as
/// not there; readings after the period are left aside. Of an empty period the difference is 0.
///
/// # Errors
/// [`AggregationError`]: what is no dial, two readings of one instant, a register that went down, a
/// value the register cannot show, a rollover of a register with an unknown number of digits.
///
/// ```
/// use metering_model::Qualities;
/// use metering_model::aggregation::{Dial, RegisterEvent, RegisterHistory, ValueAt, difference};
/// use metering_model::calendar::Period;
///
/// let dial = "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?;
/// let day = Period::new("2024-01-15T00:00:00Z".parse()?, "2024-01-16T00:00:00Z".parse()?)?;
/// let good = Qualities::good();
/// let readings = [
///     ValueAt { time_stamp: day.from(), value: Some("99998.5".parse()?), qualities: &good },
///     ValueAt { time_stamp: day.to(), value: Some("4.25".parse()?), qualities: &good },
/// ];
/// let silent = RegisterHistory::new(Dial::with_digits(5).ok_or("five digits")?, []);
/// assert!(difference(&dial, readings, day, &silent).is_err(), "lower, and nobody says why");
///
/// let rolled = RegisterHistory::new(silent.dial(), [RegisterEvent::Rollover { at: day.to() }]);
/// let day = difference(&dial, readings, day, &rolled)?;
/// assert_eq!(day.advance, Some("5.75".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn difference<'a>(
    reading_type: &ReadingType,
    readings: impl IntoIterator<Item = ValueAt<'a>>,
    period: Period,
    history: &RegisterHistory,
) -> Result<Difference, AggregationError> {
    Operation::Difference.permit(reading_type)?;
    let readings = in_order(readings, |stamp| stamp <= period.to())?;
    let there: Vec<_> = readings.into_iter().filter(|one| one.counting().is_some()).collect();
    let begun = there.partition_point(|one| one.time_stamp <= period.from());
    let first = begun.checked_sub(1).map(|at| there[at]);
    let last = if period.is_empty() { first } else { there[begun..].last().copied() };

    let mut walk = None;
    if let Some(first) = first.and_then(timed) {
        let steps = there[begun..].iter().filter_map(|one| timed(*one));
        let mut walking = Walk::from(first, history, may_go_down(reading_type.flow_direction))?;
        for reading in steps {
            walking.on_to(reading)?;
        }
        walk = Some(walking);
    }
    let coverage = Coverage::of_ends([first, last]);
    let (from, to) = (first.and_then(timed), last.and_then(timed));
    let Some(walk) = walk else {
        return Ok(Difference { advance: None, period, from, to, rollovers: 0, unknown: Vec::new(), coverage });
    };
    let advance = match (to, walk.unknown.is_empty()) {
        (Some(_), true) => Some(walk.advance.decimal().map_err(does_not_fit)?),
        _ => None,
    };
    Ok(Difference { advance, period, from, to, rollovers: walk.rollovers, unknown: walk.unknown, coverage })
}

fn timed(one: ValueAt<'_>) -> Option<TimedValue> {
    Some(TimedValue { time_stamp: one.time_stamp, value: one.counting()? })
}

fn does_not_fit(why: DecimalError) -> AggregationError {
    AggregationError::DoesNotFit { operation: Operation::Difference, why }
}

/// From reading to reading along a register.
struct Walk<'h> {
    here: TimedValue,
    dial: Dial,
    ahead: &'h [RegisterEvent],
    may_go_down: bool,
    advance: Total,
    rollovers: u32,
    unknown: Vec<Period>,
}

impl<'h> Walk<'h> {
    fn from(here: TimedValue, history: &'h RegisterHistory, may_go_down: bool) -> Result<Self, AggregationError> {
        let (dial, ahead) = history.since(here.time_stamp);
        let (advance, rollovers, unknown) = (Total::default(), 0, Vec::new());
        let walk = Self { here, dial, ahead, may_go_down, advance, rollovers, unknown };
        walk.check_shown(here)?;
        Ok(walk)
    }

    /// On to the next reading, through all that happened before it.
    fn on_to(&mut self, reading: TimedValue) -> Result<(), AggregationError> {
        let (mut turns, mut backwards) = (0, self.may_go_down);
        let (passed, ahead) = self.ahead.split_at(self.ahead.partition_point(|one| one.at() <= reading.time_stamp));
        self.ahead = ahead;
        for event in passed {
            let (at, last, first, dial) = match *event {
                RegisterEvent::Rollover { at } => {
                    self.dial.limit().ok_or(AggregationError::UnknownDial { at })?;
                    turns += 1;
                    continue;
                }
                RegisterEvent::ReverseFlow { .. } => {
                    backwards = true;
                    continue;
                }
                RegisterEvent::Exchange { at, last, first, dial } => (at, last, first, dial),
                RegisterEvent::Reset { at, last, first } => (at, last, first, self.dial),
            };
            match last {
                Some(value) => self.advance_to(TimedValue { time_stamp: at, value }, turns, backwards)?,
                None => self.unknown.extend(Period::new(self.here.time_stamp, at)),
            }
            (self.here, self.dial) = (TimedValue { time_stamp: at, value: first }, dial);
            self.check_shown(self.here)?;
            (turns, backwards) = (0, self.may_go_down);
        }
        self.advance_to(reading, turns, backwards)
    }

    /// To a later value of the same register, that started again `turns` times on the way.
    fn advance_to(&mut self, later: TimedValue, turns: u32, backwards: bool) -> Result<(), AggregationError> {
        self.check_shown(later)?;
        let mut step = Total::from(later.value).minus(self.here.value.into()).map_err(does_not_fit)?;
        for _ in 0..turns {
            step = step.plus(self.dial.limit().unwrap_or(Decimal::ZERO).into()).map_err(does_not_fit)?;
        }
        if step.units() < 0 && !backwards {
            return Err(AggregationError::WentDown {
                earlier: self.here.value,
                earlier_at: self.here.time_stamp,
                later: later.value,
                later_at: later.time_stamp,
            });
        }
        self.advance = self.advance.plus(step).map_err(does_not_fit)?;
        self.rollovers = self.rollovers.saturating_add(turns);
        self.here = later;
        Ok(())
    }

    /// Whether the register can show this at all.
    fn check_shown(&self, at: TimedValue) -> Result<(), AggregationError> {
        let TimedValue { time_stamp: at, value } = at;
        match self.dial.limit() {
            Some(limit) if !shows(limit, value, self.may_go_down) => {
                Err(AggregationError::OffTheDial { value, at, limit })
            }
            _ => Ok(()),
        }
    }
}

/// A register that counts one direction against another may show less than 0.
fn shows(limit: Decimal, value: Decimal, below_zero: bool) -> bool {
    let magnitude = Total::from(value).units().abs();
    magnitude < Total::from(limit).units() && (below_zero || !value.is_negative())
}
