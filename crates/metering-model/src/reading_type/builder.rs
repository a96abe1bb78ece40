//! Reading types said in words of Rust, held to the table of what goes with what.

use std::fmt;

use super::{
    Commodity, ConsumptionTier, Cpp, FlowDirection, Interharmonic, MacroPeriod, MeasurementUnit, MeasuringPeriod,
    Multiplier, Phases, ReadingType, Tou,
};
use crate::words::ReadingKind;
use crate::words::fit::{self, Measurement};

/// How a reading is metered; what is measured makes a [`ReadingTypeBuilder`] of it.
///
/// The start is one of [`ReadingType::interval`], [`each`](ReadingType::each),
/// [`register`](ReadingType::register), [`billing`](ReadingType::billing),
/// [`demand`](ReadingType::demand), [`demand_over`](ReadingType::demand_over) and
/// [`instantaneous`](ReadingType::instantaneous).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "what is measured must be said"]
pub struct Metering {
    kind: ReadingKind,
    code: ReadingType,
}

/// A [`ReadingType`] that is being said: what goes with the measurement is added, then built.
///
/// Energy and power of electricity, voltage, current, frequency and power factor: what has a row in
/// the table that the API's words are held to. Directions and phases that no word says go where
/// they can be meant. Everything is secondary metered, of all phases, of all times and in the plain
/// unit until something else is said. All other reading types are written out with struct update
/// syntax over [`ReadingType::NONE`].
///
/// ```
/// use metering_model::ReadingType;
/// use metering_model::reading_type::{FlowDirection, MeasuringPeriod, Phases};
///
/// // In a constant an impossible combination does not compile.
/// const LOAD_PROFILE: ReadingType =
///     match ReadingType::interval(MeasuringPeriod::FIFTEEN_MINUTE).active_energy().kilo().forward().build() {
///         Ok(code) => code,
///         Err(_) => panic!("no such reading type"),
///     };
/// assert_eq!(LOAD_PROFILE.to_string(), "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0");
///
/// // Elsewhere it is told what would be right.
/// let error = ReadingType::register().active_power().build().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "registerRead does not go with activePower; intervalData, instantaneous or demand do"
/// );
///
/// let second_tariff = ReadingType::register().active_energy().kilo().forward().tou(2).build()?;
/// assert_eq!(second_tariff.to_string(), "0.0.0.1.1.1.12.0.0.0.0.2.0.0.0.3.72.0");
/// let reactive = ReadingType::register().reactive_energy().kilo().direction(FlowDirection::QUADRANT_1).build()?;
/// assert_eq!(reactive.to_string(), "0.0.0.1.15.1.12.0.0.0.0.0.0.0.0.3.73.0");
/// for phases in [Phases::AN, Phases::BN, Phases::CN] {
///     assert_eq!(ReadingType::instantaneous().voltage().phases(phases).build()?.phases, phases);
/// }
/// # Ok::<(), metering_model::reading_type::ImpossibleReadingType>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "it is a reading type once it is built"]
pub struct ReadingTypeBuilder {
    kind: ReadingKind,
    /// As said so far; what the table adds is missing.
    code: ReadingType,
}

impl ReadingType {
    /// Interval data of this length: what flowed in each interval, or the mean of what does not add
    /// up. [`MeasuringPeriod::NONE`] is an interval whose length is not said.
    pub const fn interval(length: MeasuringPeriod) -> Metering {
        Metering::of(ReadingKind::IntervalData, MacroPeriod::NONE, length)
    }

    /// Interval data of a period of the calendar: what flowed in each day or month, or the mean.
    pub const fn each(period: MacroPeriod) -> Metering {
        Metering::of(ReadingKind::IntervalData, period, MeasuringPeriod::NONE)
    }

    /// The state of a dial.
    pub const fn register() -> Metering {
        Metering::of(ReadingKind::RegisterRead, MacroPeriod::NONE, MeasuringPeriod::NONE)
    }

    /// The state of a dial at the close of a billing period.
    pub const fn billing() -> Metering {
        Metering::of(ReadingKind::BillingData, MacroPeriod::NONE, MeasuringPeriod::NONE)
    }

    /// The highest demand, in a billing period where no other is said.
    pub const fn demand() -> Metering {
        Metering::of(ReadingKind::Demand, MacroPeriod::NONE, MeasuringPeriod::NONE)
    }

    /// The highest demand, measured over intervals, fixed or rolling blocks of this length.
    pub const fn demand_over(block: MeasuringPeriod) -> Metering {
        Metering::of(ReadingKind::Demand, MacroPeriod::NONE, block)
    }

    /// The value at one moment.
    pub const fn instantaneous() -> Metering {
        Metering::of(ReadingKind::Instantaneous, MacroPeriod::NONE, MeasuringPeriod::NONE)
    }
}

macro_rules! measurements {
    ($( $(#[$about:meta])* $measurement:ident $UNIT:ident; )+) => { $(
        $(#[$about])*
        pub const fn $measurement(self) -> ReadingTypeBuilder {
            self.of_what_is_counted_in(MeasurementUnit::$UNIT)
        }
    )+ };
}

impl Metering {
    const fn of(kind: ReadingKind, macro_period: MacroPeriod, measuring_period: MeasuringPeriod) -> Self {
        let commodity = Commodity::ELECTRICITY_SECONDARY_METERED;
        Self { kind, code: ReadingType { macro_period, measuring_period, commodity, ..ReadingType::NONE } }
    }

    /// The unit says which measurement it is: no two share one.
    const fn of_what_is_counted_in(self, unit: MeasurementUnit) -> ReadingTypeBuilder {
        ReadingTypeBuilder { kind: self.kind, code: ReadingType { unit, ..self.code } }
    }

    measurements! {
        /// Active energy, in watt hours.
        active_energy WATT_HOUR;
        /// Reactive energy, in volt ampere reactive hours.
        reactive_energy VOLT_AMPERE_REACTIVE_HOUR;
        /// Apparent energy, in volt ampere hours.
        apparent_energy VOLT_AMPERE_HOUR;
        /// Active power, in watts.
        active_power WATT;
        /// Reactive power, in volt amperes reactive.
        reactive_power VOLT_AMPERE_REACTIVE;
        /// Apparent power, in volt amperes.
        apparent_power VOLT_AMPERE;
        /// Voltage, in volts.
        voltage VOLT;
        /// Current, in amperes.
        current AMPERE;
        /// Frequency, in hertz.
        frequency HERTZ;
        /// Power factor.
        power_factor COS_THETA;
    }
}

impl ReadingTypeBuilder {
    /// Which way the energy flows, or how the current lies against the voltage.
    pub const fn direction(mut self, direction: FlowDirection) -> Self {
        self.code.flow_direction = direction;
        self
    }

    /// To the customer.
    pub const fn forward(self) -> Self {
        self.direction(FlowDirection::FORWARD)
    }

    /// From the customer.
    pub const fn reverse(self) -> Self {
        self.direction(FlowDirection::REVERSE)
    }

    /// Forward less reverse.
    pub const fn net(self) -> Self {
        self.direction(FlowDirection::NET)
    }

    /// Forward and reverse added.
    pub const fn total(self) -> Self {
        self.direction(FlowDirection::TOTAL)
    }

    /// The phases, or from which conductor to which.
    pub const fn phases(mut self, phases: Phases) -> Self {
        self.code.phases = phases;
        self
    }

    /// The power of ten of the unit.
    pub const fn multiplier(mut self, multiplier: Multiplier) -> Self {
        self.code.multiplier = multiplier;
        self
    }

    /// In thousands of the unit: kWh, kW.
    pub const fn kilo(self) -> Self {
        self.multiplier(Multiplier::KILO)
    }

    /// In millions of the unit: MWh, MW.
    pub const fn mega(self) -> Self {
        self.multiplier(Multiplier::MEGA)
    }

    /// Of a period of the calendar: the dial at its end, the highest demand in it.
    pub const fn period(mut self, period: MacroPeriod) -> Self {
        self.code.macro_period = period;
        self
    }

    /// Of a day.
    pub const fn daily(self) -> Self {
        self.period(MacroPeriod::DAILY)
    }

    /// Of a month.
    pub const fn monthly(self) -> Self {
        self.period(MacroPeriod::MONTHLY)
    }

    /// With the ratios of the transformers applied.
    pub const fn primary_metered(mut self) -> Self {
        self.code.commodity = Commodity::ELECTRICITY_PRIMARY_METERED;
        self
    }

    /// Of this time of use register, counted from 1.
    pub const fn tou(mut self, register: u16) -> Self {
        self.code.tou = Tou::from_code(register);
        self
    }

    /// Of this critical peak period, counted from 1.
    pub const fn cpp(mut self, period: u16) -> Self {
        self.code.cpp = Cpp::from_code(period);
        self
    }

    /// Of this block of consumption, counted from 1.
    pub const fn consumption_tier(mut self, tier: u16) -> Self {
        self.code.consumption_tier = ConsumptionTier::from_code(tier);
        self
    }

    /// Of the harmonic of this order, 1 = the fundamental.
    pub const fn harmonic(mut self, order: u16) -> Self {
        self.code.interharmonic = Interharmonic::harmonic(order);
        self
    }

    /// The reading type.
    ///
    /// # Errors
    /// Parts that do not go together; the error says what would be right.
    pub const fn build(self) -> Result<ReadingType, ImpossibleReadingType> {
        let (kind, said) = (self.kind, self.code);
        // There is one: every measurement is named by its unit.
        let Some(measurement) = fit::measured_in(said.unit) else {
            return Err(self.impossible(Fault::Kind));
        };
        let measured = &measurement.means;
        let Some(metered) = fit::metered(kind, measured.class) else {
            return Err(self.impossible(Fault::Kind));
        };
        let is_interval = matches!(kind, ReadingKind::IntervalData);
        let macro_period = match said.macro_period {
            MacroPeriod::NONE => metered.macro_period,
            other if !other.is_listed() || !metered.daily => return Err(self.impossible(Fault::Period)),
            _ if is_interval && said.measuring_period.code() != 0 => {
                return Err(self.impossible(Fault::PeriodAndLength));
            }
            other => other,
        };
        let length_fits =
            if is_interval { fit::is_interval(said.measuring_period) } else { said.measuring_period.is_listed() };
        if !length_fits {
            return Err(self.impossible(Fault::Length));
        }
        if !direction_fits(measured, said.flow_direction) {
            return Err(self.impossible(Fault::Direction));
        }
        if !phases_fit(measured, said.phases) {
            return Err(self.impossible(Fault::Phases));
        }
        if !said.multiplier.is_listed() {
            return Err(self.impossible(Fault::Multiplier));
        }
        Ok(ReadingType {
            macro_period,
            aggregate: metered.aggregate,
            accumulation: metered.accumulation,
            measurement_kind: match metered.measurement_kind {
                Some(kind) => kind,
                None => measured.kind,
            },
            ..said
        })
    }

    const fn impossible(self, fault: Fault) -> ImpossibleReadingType {
        ImpossibleReadingType { said: self, fault }
    }
}

/// Whether a measurement has the direction. Those no word says are made of quadrants and phases, and go
/// where the sums of quadrants go.
const fn direction_fits(measured: &Measurement, direction: FlowDirection) -> bool {
    matches!(direction, FlowDirection::NONE)
        || fit::has_direction(measured, direction)
        || (direction.is_listed()
            && !fit::direction_has_a_word(direction)
            && fit::has_direction(measured, FlowDirection::Q1_PLUS_Q2))
}

/// Whether a measurement is made on the phases. Those no word says, such as split phases, go with all.
const fn phases_fit(measured: &Measurement, phases: Phases) -> bool {
    matches!(phases, Phases::NONE)
        || fit::has_phases(measured, phases)
        || (phases.is_listed() && !fit::phases_have_a_word(phases))
}

/// Why there is no such reading type; its text says what would be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImpossibleReadingType {
    said: ReadingTypeBuilder,
    fault: Fault,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Kind,
    Period,
    PeriodAndLength,
    Length,
    Direction,
    Phases,
    Multiplier,
}

impl ImpossibleReadingType {
    /// Which of the 18 parts does not fit, counted from 1 as the standard does; the accumulation
    /// where it is the way of metering.
    ///
    /// ```
    /// use metering_model::ReadingType;
    ///
    /// assert_eq!(ReadingType::instantaneous().voltage().forward().build().unwrap_err().part(), 5);
    /// ```
    #[must_use]
    pub const fn part(&self) -> usize {
        match self.fault {
            Fault::Period => 1,
            Fault::PeriodAndLength | Fault::Length => 3,
            Fault::Kind => 4,
            Fault::Direction => 5,
            Fault::Phases => 15,
            Fault::Multiplier => 16,
        }
    }
}

impl fmt::Display for ImpossibleReadingType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ReadingTypeBuilder { kind, code } = self.said;
        let period = || named("macroPeriod", code.macro_period.name(), code.macro_period.code());
        let length = || named("measuringPeriod", code.measuring_period.name(), code.measuring_period.code());
        let Some(measurement) = fit::measured_in(code.unit) else {
            return write!(f, "unit {} measures nothing that is built in words", code.unit);
        };
        f.write_str(&match self.fault {
            Fault::Kind => fit::wrong_kind(kind, measurement),
            Fault::Period => match fit::metered(kind, measurement.means.class) {
                Some(metered) if !metered.daily => fit::wrong_period(metered, &period()),
                _ => format!("{} is in no list; such a reading type is written out", period()),
            },
            Fault::PeriodAndLength => {
                format!(
                    "interval data is of a length ({}) or of a period ({}), not of both; leave one out",
                    length(),
                    period()
                )
            }
            Fault::Length if kind == ReadingKind::IntervalData => fit::wrong_length(&length()),
            Fault::Length => format!("{} is in no list; such a reading type is written out", length()),
            Fault::Direction => {
                let name = named("code", code.flow_direction.name(), code.flow_direction.code());
                fit::wrong_direction(&name, measurement)
            }
            Fault::Phases => fit::wrong_phases(&named("code", code.phases.name(), code.phases.code()), measurement),
            Fault::Multiplier => {
                fit::wrong_power(code.unit.name().unwrap_or_default(), 0, i64::from(code.multiplier.code()))
            }
        })
    }
}

impl std::error::Error for ImpossibleReadingType {}

/// What a list calls a code, or its number.
fn named(part: &str, name: Option<&str>, code: u16) -> String {
    name.map_or_else(|| format!("{part} {code}"), ToOwned::to_owned)
}

#[cfg(test)]
mod tests;
