//! What may be aggregated how, and what the result's reading type is.

use std::fmt;

use crate::ReadingType;
use crate::aggregation::AggregationError;
use crate::calendar::{IntervalLength, Schedule};
use crate::reading_type::{
    Accumulation, Aggregate, FlowDirection, MacroPeriod, MeasurementKind, MeasurementUnit, MeasuringPeriod,
};

/// The ways to make one value of many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// What flowed in the intervals, added up.
    Sum,
    /// By how much a register went on.
    Difference,
    /// The lowest value.
    Minimum,
    /// The highest value.
    Maximum,
    /// The mean of the values.
    Mean,
    /// Energy over time, as power.
    Demand,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Sum => "sum",
            Self::Difference => "difference",
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
            Self::Mean => "mean",
            Self::Demand => "demand",
        })
    }
}

impl Operation {
    /// Whether values of this type have such a result. The accumulation decides:
    ///
    /// | accumulation | sum, demand | difference | mean | minimum, maximum |
    /// |---|---|---|---|---|
    /// | 4 delta data | yes | | yes | yes |
    /// | 1 bulk quantity, 9 summation, 13 latching, 14 bounded quantity | | yes | | yes |
    /// | 2, 3 cumulative | | | | yes |
    /// | 6, 10, 12, others, none | | | yes | yes |
    ///
    /// Besides, only quantities that add up have a sum or a difference: no power, voltage, temperature,
    /// power factor and so on, and no maxima or means of them. Power factors and angles have no mean;
    /// states and dates have nothing.
    ///
    /// # Errors
    /// [`AggregationError::NotOfThis`] says why not and what would be right.
    ///
    /// ```
    /// use metering_model::aggregation::Operation;
    ///
    /// let dial = "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?;
    /// assert!(Operation::Difference.permit(&dial).is_ok());
    /// assert_eq!(
    ///     Operation::Sum.permit(&dial).unwrap_err().to_string(),
    ///     "sum of 0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0: it is a dial, whose readings do not add up; \
    ///      take the difference of two of them"
    /// );
    /// # Ok::<(), metering_model::ReadingTypeError>(())
    /// ```
    pub fn permit(self, reading_type: &ReadingType) -> Result<(), AggregationError> {
        match self.against(reading_type) {
            None => Ok(()),
            Some(because) => Err(AggregationError::NotOfThis { operation: self, reading_type: *reading_type, because }),
        }
    }

    fn against(self, of: &ReadingType) -> Option<&'static str> {
        if is_state(of.measurement_kind) {
            return Some("it is a state or a date, not a quantity");
        }
        match self {
            Self::Sum | Self::Demand => match of.accumulation {
                Accumulation::DELTA_DATA => not_additive(of),
                it if is_dial(it) => {
                    Some("it is a dial, whose readings do not add up; take the difference of two of them")
                }
                Accumulation::NONE => Some(
                    "it does not say how its values follow each other (accumulation 0); only delta data (4) add up",
                ),
                _ => Some("its values do not add up, as only delta data (accumulation 4) do; take the mean or maximum"),
            },
            Self::Difference => match of.accumulation {
                it if is_dial(it) => not_additive(of),
                Accumulation::DELTA_DATA => {
                    Some("each value is what flowed in its interval already (delta data); take the sum")
                }
                _ => Some("it is no dial: only accumulation 1, 9, 13 and 14 have a difference"),
            },
            Self::Mean if is_dial(of.accumulation) => {
                Some("it is a dial, whose mean says nothing; take the difference of two readings")
            }
            Self::Mean if matches!(of.accumulation, Accumulation::CUMULATIVE | Accumulation::CONTINUOUS_CUMULATIVE) => {
                Some("it is a sum of demand maxima, whose mean says nothing; take the maximum")
            }
            Self::Mean if is_power_factor(of) => Some(
                "the mean of power factors is no power factor; divide the sum of active by the sum of apparent energy",
            ),
            Self::Mean if is_angle(of.measurement_kind) => Some("angles go round, so they have no mean"),
            Self::Mean | Self::Minimum | Self::Maximum => None,
        }
    }

    /// The reading type of the result over a period of this kind.
    ///
    /// The macro period says for what period the value is. The measuring period stays, for it is how the
    /// values were measured; multiplier, unit, phases, commodity (primary or secondary metered) and tariff
    /// stay too. Aggregate becomes sum (26), minimum (9), maximum (8) or average (2); a difference has
    /// none, and is delta data (accumulation 4) for it is what flowed. That a sum is marked by 26, which
    /// tells it from what a meter itself sends for a day, is our own choice.
    ///
    /// Of demand it is the type of the values made from energy, without a block; [`demand_type`](crate::aggregation::demand_type) adds
    /// that.
    ///
    /// # Errors
    /// [`AggregationError::NotOfThis`] where such a result is not permitted, or where the values are
    /// maxima or the like and the code has no room to say so as well.
    ///
    /// ```
    /// use metering_model::aggregation::Operation;
    /// use metering_model::reading_type::MacroPeriod;
    ///
    /// let quarter_hours = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?;
    /// let daily = Operation::Sum.reading_type(&quarter_hours, MacroPeriod::DAILY)?;
    /// assert_eq!(daily.to_string(), "11.26.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0");
    ///
    /// let dial = "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?;
    /// let billed = Operation::Difference.reading_type(&dial, MacroPeriod::BILLING_PERIOD)?;
    /// assert_eq!(billed.to_string(), "8.0.0.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn reading_type(self, of: &ReadingType, macro_period: MacroPeriod) -> Result<ReadingType, AggregationError> {
        self.permit(of)?;
        let aggregate = match self {
            Self::Sum => Aggregate::SUM,
            Self::Minimum => Aggregate::MINIMUM,
            Self::Maximum => Aggregate::MAXIMUM,
            Self::Mean => Aggregate::AVERAGE,
            Self::Difference | Self::Demand => Aggregate::NONE,
        };
        // A maximum of interval means is simply the maximum; a mean of maxima would claim too much.
        let means = matches!(self, Self::Minimum | Self::Maximum) && of.aggregate == Aggregate::AVERAGE;
        let sums = of.aggregate == Aggregate::SUM;
        if of.aggregate != Aggregate::NONE && of.aggregate != aggregate && !means && !sums {
            let because = "its values are picked or combined already, and the code has room for one aggregate";
            return Err(AggregationError::NotOfThis { operation: self, reading_type: *of, because });
        }
        let result = ReadingType { macro_period, aggregate, ..*of };
        Ok(match self {
            Self::Difference => ReadingType { accumulation: Accumulation::DELTA_DATA, ..result },
            Self::Demand => in_demand(&result).ok_or_else(|| self.no_unit(of))?,
            _ => result,
        })
    }

    pub(super) fn no_unit(self, of: &ReadingType) -> AggregationError {
        let because = "its unit has none for the same in an hour; those of Wh, VArh, VAh and cubic metres do";
        AggregationError::NotOfThis { operation: self, reading_type: *of, because }
    }

    /// Whether the reading type states another length of intervals than the schedule.
    pub(super) fn check_length(of: &ReadingType, schedule: &Schedule) -> Result<(), AggregationError> {
        // For a longer period part 3 only says how the parts of the value were measured.
        if of.macro_period != MacroPeriod::NONE {
            return Ok(());
        }
        match (IntervalLength::of(of.measuring_period), schedule.interval_length()) {
            (Some(stated), Some(expected)) if stated != expected => {
                Err(AggregationError::OtherLength { stated, expected })
            }
            _ => Ok(()),
        }
    }
}

/// The demand that is made of energy, or the flow that is made of a volume: the same in an hour.
fn in_demand(of: &ReadingType) -> Option<ReadingType> {
    let (kind, unit) = match of.unit {
        MeasurementUnit::WATT_HOUR => (MeasurementKind::DEMAND, MeasurementUnit::WATT),
        MeasurementUnit::VOLT_AMPERE_REACTIVE_HOUR => (MeasurementKind::DEMAND, MeasurementUnit::VOLT_AMPERE_REACTIVE),
        MeasurementUnit::VOLT_AMPERE_HOUR => (MeasurementKind::DEMAND, MeasurementUnit::VOLT_AMPERE),
        MeasurementUnit::CUBIC_METRE => (MeasurementKind::VOLUMETRIC_FLOW, MeasurementUnit::CUBIC_METRE_PER_HOUR),
        MeasurementUnit::CUBIC_METRE_COMPENSATED => {
            (MeasurementKind::VOLUMETRIC_FLOW, MeasurementUnit::CUBIC_METRE_COMPENSATED_PER_HOUR)
        }
        MeasurementUnit::CUBIC_METRE_UNCOMPENSATED => {
            (MeasurementKind::VOLUMETRIC_FLOW, MeasurementUnit::CUBIC_METRE_UNCOMPENSATED_PER_HOUR)
        }
        _ => return None,
    };
    let (accumulation, measuring_period) = (Accumulation::INDICATING, MeasuringPeriod::NONE);
    Some(ReadingType { accumulation, measuring_period, measurement_kind: kind, unit, ..*of })
}

fn is_dial(accumulation: Accumulation) -> bool {
    matches!(
        accumulation,
        Accumulation::BULK_QUANTITY
            | Accumulation::SUMMATION
            | Accumulation::LATCHING_QUANTITY
            | Accumulation::BOUNDED_QUANTITY
    )
}

/// Whether a register of this flow may go down by itself: it counts one direction against another.
pub(super) fn may_go_down(flow: FlowDirection) -> bool {
    matches!(
        flow,
        FlowDirection::NET | FlowDirection::Q1_MINUS_Q4 | FlowDirection::Q2_MINUS_Q3 | FlowDirection::Q3_MINUS_Q2
    )
}

/// Why the quantity does not add up over time, though its accumulation would let it.
fn not_additive(of: &ReadingType) -> Option<&'static str> {
    if is_power_factor(of) || is_level(of.measurement_kind) {
        return Some("it is a level, not an amount, and does not add up over time; take the mean or maximum");
    }
    match of.aggregate {
        Aggregate::NONE | Aggregate::SUM | Aggregate::EXCESS => None,
        _ => Some("its values are maxima, means or the like, which do not add up"),
    }
}

fn is_power_factor(of: &ReadingType) -> bool {
    of.unit == MeasurementUnit::COS_THETA
        || matches!(
            of.measurement_kind,
            MeasurementKind::APPARENT_POWER_FACTOR
                | MeasurementKind::PHASOR_POWER_FACTOR
                | MeasurementKind::POWER_FACTOR
                | MeasurementKind::DISTORTION_POWER_FACTOR
        )
}

fn is_angle(kind: MeasurementKind) -> bool {
    matches!(kind, MeasurementKind::CURRENT_ANGLE | MeasurementKind::VOLTAGE_ANGLE)
}

fn is_state(kind: MeasurementKind) -> bool {
    matches!(
        kind,
        MeasurementKind::DATE
            | MeasurementKind::ENERGIZATION
            | MeasurementKind::ENERGIZATION_LOAD_SIDE
            | MeasurementKind::SWITCH_POSITION
            | MeasurementKind::TARIFF_RATE
            | MeasurementKind::ALARM
            | MeasurementKind::DIAGNOSTIC
    )
}

/// Quantities that are there at every moment; a kind no list has is taken at its accumulation's word.
fn is_level(kind: MeasurementKind) -> bool {
    is_angle(kind)
        || matches!(
            kind,
            MeasurementKind::CURRENT
                | MeasurementKind::CURRENT_IMBALANCE
                | MeasurementKind::DEMAND
                | MeasurementKind::DISTORTION_VOLT_AMPERE
                | MeasurementKind::FREQUENCY
                | MeasurementKind::NEGATIVE_SEQUENCE
                | MeasurementKind::PHASOR_REACTIVE_POWER
                | MeasurementKind::POSITIVE_SEQUENCE
                | MeasurementKind::POWER
                | MeasurementKind::TAP_POSITION
                | MeasurementKind::TEMPERATURE
                | MeasurementKind::TOTAL_HARMONIC_DISTORTION
                | MeasurementKind::VOLTAGE
                | MeasurementKind::VOLTAGE_IMBALANCE
                | MeasurementKind::ZERO_SEQUENCE
                | MeasurementKind::BATTERY_VOLTAGE
                | MeasurementKind::SIGNAL_STRENGTH
                | MeasurementKind::SIGNAL_TO_NOISE_RATIO
                | MeasurementKind::DEMAND_LIMIT
                | MeasurementKind::EMERGENCY_LIMIT
                | MeasurementKind::VOLUMETRIC_FLOW
        )
}
