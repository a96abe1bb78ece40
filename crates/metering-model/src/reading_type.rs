//! The 18-part code that says what a reading measures, and how.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::Excerpt;

mod accumulation;
mod aggregate;
mod commodity;
mod currency;
mod flow_direction;
mod macro_period;
mod measurement_kind;
mod measurement_unit;
mod measuring_period;
mod multiplier;
mod pattern;
mod phases;

pub use accumulation::Accumulation;
pub use aggregate::Aggregate;
pub use commodity::Commodity;
pub use currency::Currency;
pub use flow_direction::FlowDirection;
pub use macro_period::MacroPeriod;
pub use measurement_kind::MeasurementKind;
pub use measurement_unit::MeasurementUnit;
pub use measuring_period::MeasuringPeriod;
pub use multiplier::Multiplier;
pub use pattern::ReadingTypePattern;
pub use phases::Phases;

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
    /// Part 8: numerator of the interharmonic.
    pub interharmonic_numerator: u16,
    /// Part 9: denominator of the interharmonic.
    pub interharmonic_denominator: u16,
    /// Part 10: numerator of the argument.
    pub argument_numerator: u16,
    /// Part 11: denominator of the argument.
    pub argument_denominator: u16,
    /// Part 12: the time of use tariff register.
    pub tou: u16,
    /// Part 13: the critical peak period.
    pub cpp: u16,
    /// Part 14: the consumption tier.
    pub consumption_tier: u16,
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
            self.interharmonic_numerator as i32,
            self.interharmonic_denominator as i32,
            self.argument_numerator as i32,
            self.argument_denominator as i32,
            self.tou as i32,
            self.cpp as i32,
            self.consumption_tier as i32,
            self.phases.code() as i32,
            self.multiplier.code() as i32,
            self.unit.code() as i32,
            self.currency.code() as i32,
        ]
    }

    /// The numbers (from 1) of the parts whose code no list here has. Parts that are plain numbers
    /// (interharmonic, argument, tou, cpp, consumptionTier) have no list.
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
    pub const NONE: Self = Self::from_codes([0; 17], 0);

    /// `codes` are the parts but the multiplier, in order.
    const fn from_codes(codes: [u16; 17], multiplier: i8) -> Self {
        let [
            macro_period,
            aggregate,
            measuring_period,
            accumulation,
            flow_direction,
            commodity,
            measurement_kind,
            interharmonic_numerator,
            interharmonic_denominator,
            argument_numerator,
            argument_denominator,
            tou,
            cpp,
            consumption_tier,
            phases,
            unit,
            currency,
        ] = codes;
        Self {
            macro_period: MacroPeriod::from_code(macro_period),
            aggregate: Aggregate::from_code(aggregate),
            measuring_period: MeasuringPeriod::from_code(measuring_period),
            accumulation: Accumulation::from_code(accumulation),
            flow_direction: FlowDirection::from_code(flow_direction),
            commodity: Commodity::from_code(commodity),
            measurement_kind: MeasurementKind::from_code(measurement_kind),
            interharmonic_numerator,
            interharmonic_denominator,
            argument_numerator,
            argument_denominator,
            tou,
            cpp,
            consumption_tier,
            phases: Phases::from_code(phases),
            multiplier: Multiplier::from_code(multiplier),
            unit: MeasurementUnit::from_code(unit),
            currency: Currency::from_code(currency),
        }
    }
}

impl FromStr for ReadingType {
    type Err = ReadingTypeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut codes = [0u16; 17];
        let mut multiplier = 0i8;
        let mut parts = text.split('.');
        for part in 1..=18usize {
            let Some(digits) = parts.next() else {
                return Err(ReadingTypeError::Parts(part - 1));
            };
            let wrong = || ReadingTypeError::Part { part, text: Excerpt(digits).to_string() };
            if part == 16 {
                multiplier = match digits.strip_prefix('-') {
                    Some(magnitude) if magnitude != "0" => number(magnitude).and_then(|it| i8::try_from(-it).ok()),
                    Some(_) => None,
                    None => number(digits).and_then(|it| i8::try_from(it).ok()),
                }
                .ok_or_else(wrong)?;
            } else {
                let slot = if part < 16 { part - 1 } else { part - 2 };
                codes[slot] = number(digits).and_then(|it| u16::try_from(it).ok()).ok_or_else(wrong)?;
            }
        }
        match parts.count() {
            0 => Ok(Self::from_codes(codes, multiplier)),
            more => Err(ReadingTypeError::Parts(18 + more)),
        }
    }
}

/// A number of one to five digits, without zeros in front: one spelling for each.
fn number(text: &str) -> Option<i32> {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > 5 || (bytes[0] == b'0' && bytes.len() > 1) {
        return None;
    }
    bytes.iter().try_fold(0i32, |value, byte| byte.is_ascii_digit().then(|| value * 10 + i32::from(byte - b'0')))
}

impl fmt::Display for ReadingType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, code) in self.codes().iter().enumerate() {
            if at > 0 {
                f.write_str(".")?;
            }
            write!(f, "{code}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn error(text: &str) -> String {
        text.parse::<ReadingType>().unwrap_err().to_string()
    }

    #[test]
    fn printing_and_parsing_are_inverse_and_unlisted_codes_survive() {
        for text in [
            "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0",
            "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0",
            "65535.1.2.3.4.5.6.7.8.9.10.11.12.13.14.-128.16.17",
        ] {
            assert_eq!(text.parse::<ReadingType>().unwrap().to_string(), text);
        }
    }

    proptest! {
        #[test]
        fn any_eighteen_numbers_come_back(codes in any::<[u16; 17]>(), multiplier in any::<i8>()) {
            let code = ReadingType::from_codes(codes, multiplier);
            prop_assert_eq!(code.to_string().parse(), Ok(code));
        }

        #[test]
        fn no_text_makes_any_code_panic(text in ".*", near in "([-0-9]{0,6}\\.){0,19}.{0,3}") {
            for text in [text, near] {
                let _ = text.parse::<ReadingType>().map_err(|error| error.to_string());
                let _ = text.parse::<crate::ReadingQualityType>();
                let _ = text.parse::<crate::EndDeviceEventType>();
                let _ = text.parse::<crate::ControlDuration>();
            }
        }
    }

    #[test]
    fn errors_count_parts_as_the_standard_does() {
        assert_eq!(error("0.0.2"), "a reading type has 18 parts separated by points, this one has 3");
        assert_eq!(
            error("0.0.2.4.1.1.kWh.0.0.0.0.0.0.0.0.3.72.0"),
            "part 7 of the reading type (measurementKind) must be a number from 0 to 65535, not `kWh`"
        );
        assert_eq!(
            error("0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.200.72.0"),
            "part 16 of the reading type (multiplier) must be a number from -128 to 127, not `200`"
        );
        assert!(error("0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0.1").ends_with("has 19"));
        for text in ["", "00.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0", "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.-0.72.0"] {
            assert!(text.parse::<ReadingType>().is_err(), "{text:?}");
        }
    }
}
