//! The 18-part code that says what a reading measures, and how.
//!
//! Each part is a type of its own; those with a list have a constant for each code of it. A
//! [`ReadingType`] is parsed, is one of its constants, is said in words of Rust (beginning with
//! [`ReadingType::interval`], [`ReadingType::register`] and the like), or is written out; and
//! explains itself.
//!
//! ```
//! use metering_model::ReadingType;
//! use metering_model::reading_type::MeasuringPeriod;
//!
//! let profile = ReadingType::interval(MeasuringPeriod::FIFTEEN_MINUTE).active_energy().kilo().forward().build()?;
//! assert_eq!(profile, ReadingType::FORWARD_ACTIVE_ENERGY_15_MINUTE);
//! assert_eq!(Ok(profile), "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse());
//! assert_eq!(
//!     profile.explain().to_string(),
//!     "15-minute interval, forward active energy (secondary metered), kWh"
//! );
//! # Ok::<(), metering_model::reading_type::ImpossibleReadingType>(())
//! ```

use thiserror::Error;

mod accumulation;
mod aggregate;
mod argument;
mod builder;
mod commodity;
mod currency;
mod explanation;
mod flow_direction;
mod interharmonic;
mod macro_period;
mod measurement_kind;
mod measurement_unit;
mod measuring_period;
mod multiplier;
mod pattern;
mod phases;
mod tariff;
#[cfg(test)]
mod tests;
mod text;
mod well_known;

pub use accumulation::Accumulation;
pub use aggregate::Aggregate;
pub use argument::Argument;
pub use builder::{ImpossibleReadingType, Metering, ReadingTypeBuilder};
pub use commodity::Commodity;
pub use currency::Currency;
pub use explanation::Explanation;
pub use flow_direction::FlowDirection;
pub use interharmonic::Interharmonic;
pub use macro_period::MacroPeriod;
pub use measurement_kind::MeasurementKind;
pub use measurement_unit::MeasurementUnit;
pub use measuring_period::MeasuringPeriod;
pub use multiplier::Multiplier;
pub use pattern::ReadingTypePattern;
pub use phases::Phases;
pub use tariff::{ConsumptionTier, Cpp, Tou};

/// What a reading measures: 18 codes in the standard's order, printed with points between them.
///
/// Parsing and printing are inverse, and codes that no list has survive both.
///
/// ```
/// use metering_model::ReadingType;
/// use metering_model::reading_type::{MeasurementUnit, Multiplier};
///
/// let quarter_hours: ReadingType = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?;
/// assert_eq!(quarter_hours.unit, MeasurementUnit::WATT_HOUR);
/// assert_eq!(quarter_hours.multiplier, Multiplier::KILO);
/// assert_eq!(quarter_hours.to_string(), "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0");
/// # Ok::<(), metering_model::ReadingTypeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReadingType {
    /// Part 1: the period the value is for, where it is more than a metering interval.
    pub macro_period: MacroPeriod,
    /// Part 2: how the value was picked or combined within the period.
    pub aggregate: Aggregate,
    /// Part 3: the metering interval.
    pub measuring_period: MeasuringPeriod,
    /// Part 4: how values follow each other in time.
    pub accumulation: Accumulation,
    /// Part 5: which way the energy flows.
    pub flow_direction: FlowDirection,
    /// Part 6: what is delivered.
    pub commodity: Commodity,
    /// Part 7: the quantity.
    pub measurement_kind: MeasurementKind,
    /// Parts 8 and 9: the harmonic.
    pub interharmonic: Interharmonic,
    /// Parts 10 and 11: the argument.
    pub argument: Argument,
    /// Part 12: the time of use register.
    pub tou: Tou,
    /// Part 13: the critical peak period.
    pub cpp: Cpp,
    /// Part 14: the consumption tier.
    pub consumption_tier: ConsumptionTier,
    /// Part 15: the phases.
    pub phases: Phases,
    /// Part 16: the power of ten; the only part that may be negative.
    pub multiplier: Multiplier,
    /// Part 17: the unit.
    pub unit: MeasurementUnit,
    /// Part 18: the currency.
    pub currency: Currency,
}

/// The names of the 18 parts, in order.
pub const PART_NAMES: [&str; 18] = [
    "macroPeriod",
    "aggregate",
    "measuringPeriod",
    "accumulation",
    "flowDirection",
    "commodity",
    "measurementKind",
    "interharmonic.numerator",
    "interharmonic.denominator",
    "argument.numerator",
    "argument.denominator",
    "tou",
    "cpp",
    "consumptionTier",
    "phases",
    "multiplier",
    "unit",
    "currency",
];

fn part_name(part: usize) -> &'static str {
    PART_NAMES.get(part.wrapping_sub(1)).copied().unwrap_or("unknown")
}

/// Why a text is no [`ReadingType`]. Parts are counted from 1, as the standard does.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReadingTypeError {
    /// Not 18 parts.
    #[error("a reading type has 18 parts separated by points, this one has {0}")]
    Parts(usize),
    /// A part that is no number its place can have.
    #[error("part {part} of the reading type ({name}) must be a number from {least} to {most}, not `{text}`", name = part_name(*part), least = if *part == 16 { -128 } else { 0 }, most = if *part == 16 { 127 } else { 65_535 })]
    Part {
        /// Which part, from 1.
        part: usize,
        /// What stands there.
        text: String,
    },
}

impl ReadingType {
    /// The 18 numbers, in order.
    #[must_use]
    pub const fn codes(&self) -> [i32; 18] {
        [
            self.macro_period.code() as i32,
            self.aggregate.code() as i32,
            self.measuring_period.code() as i32,
            self.accumulation.code() as i32,
            self.flow_direction.code() as i32,
            self.commodity.code() as i32,
            self.measurement_kind.code() as i32,
            self.interharmonic.numerator as i32,
            self.interharmonic.denominator as i32,
            self.argument.numerator as i32,
            self.argument.denominator as i32,
            self.tou.code() as i32,
            self.cpp.code() as i32,
            self.consumption_tier.code() as i32,
            self.phases.code() as i32,
            self.multiplier.code() as i32,
            self.unit.code() as i32,
            self.currency.code() as i32,
        ]
    }

    /// The numbers (from 1) of the parts whose code no list here has. Parts 8 to 14
    /// (interharmonic, argument, tou, cpp, consumptionTier) are numbers, not lists.
    ///
    /// ```
    /// use metering_model::ReadingType;
    ///
    /// let odd: ReadingType = "0.0.2.4.1.1.60000.0.0.0.0.0.0.0.0.3.61000.0".parse()?;
    /// assert_eq!(odd.unlisted_parts().collect::<Vec<_>>(), [7, 17]);
    /// # Ok::<(), metering_model::ReadingTypeError>(())
    /// ```
    pub fn unlisted_parts(&self) -> impl Iterator<Item = usize> + use<> {
        [
            (1, self.macro_period.is_listed()),
            (2, self.aggregate.is_listed()),
            (3, self.measuring_period.is_listed()),
            (4, self.accumulation.is_listed()),
            (5, self.flow_direction.is_listed()),
            (6, self.commodity.is_listed()),
            (7, self.measurement_kind.is_listed()),
            (15, self.phases.is_listed()),
            (16, self.multiplier.is_listed()),
            (17, self.unit.is_listed()),
            (18, self.currency.is_listed()),
        ]
        .into_iter()
        .filter_map(|(part, listed)| (!listed).then_some(part))
    }

    /// Every part 0: nothing said. The start for building one with struct update syntax.
    pub const NONE: Self = Self::from_codes([0; 18]);

    /// The inverse of [`codes`](Self::codes); each number is one its part can have.
    const fn from_codes(codes: [i32; 18]) -> Self {
        let [p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, multiplier, p17, p18] = codes;
        Self {
            macro_period: MacroPeriod::from_code(p1 as u16),
            aggregate: Aggregate::from_code(p2 as u16),
            measuring_period: MeasuringPeriod::from_code(p3 as u16),
            accumulation: Accumulation::from_code(p4 as u16),
            flow_direction: FlowDirection::from_code(p5 as u16),
            commodity: Commodity::from_code(p6 as u16),
            measurement_kind: MeasurementKind::from_code(p7 as u16),
            interharmonic: Interharmonic::new(p8 as u16, p9 as u16),
            argument: Argument::new(p10 as u16, p11 as u16),
            tou: Tou::from_code(p12 as u16),
            cpp: Cpp::from_code(p13 as u16),
            consumption_tier: ConsumptionTier::from_code(p14 as u16),
            phases: Phases::from_code(p15 as u16),
            multiplier: Multiplier::from_code(multiplier as i8),
            unit: MeasurementUnit::from_code(p17 as u16),
            currency: Currency::from_code(p18 as u16),
        }
    }
}
