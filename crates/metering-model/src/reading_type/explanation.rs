//! What a reading type means, in plain English.

use std::fmt::{self, Display, Formatter};

use super::{
    Accumulation, Aggregate, Commodity, ConsumptionTier, Cpp, Currency, FlowDirection, MacroPeriod, MeasurementKind,
    MeasurementUnit, MeasuringPeriod, Multiplier, Phases, ReadingType, Tou,
};

impl ReadingType {
    /// What it means, in plain English.
    ///
    /// Each part that says something shows, so that codes that differ are told apart; a code that no
    /// list has is said to be unlisted. The text is for people: it may become better, and is no key.
    ///
    /// ```
    /// use metering_model::ReadingType;
    ///
    /// let explained = |code: &str| code.parse().map(|code: ReadingType| code.explain().to_string());
    /// assert_eq!(
    ///     explained("0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0")?,
    ///     "15-minute interval, forward active energy (secondary metered), kWh"
    /// );
    /// assert_eq!(
    ///     explained("0.0.0.12.0.1.54.0.0.0.0.0.0.0.129.0.29.0")?,
    ///     "instantaneous value, voltage (secondary metered), phase A to neutral, V"
    /// );
    /// assert_eq!(explained("0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.61000.0")?, "unlisted unit 61000");
    /// # Ok::<(), metering_model::ReadingTypeError>(())
    /// ```
    #[must_use]
    pub const fn explain(&self) -> Explanation {
        Explanation(*self)
    }
}

/// A reading type in plain English; [`ReadingType::explain`] makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation(ReadingType);

impl Display for Explanation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let code = &self.0;
        let mut text = Text { f, started: false, within: false };
        metered(code, &mut text)?;
        measured(code, &mut text)?;
        if !code.interharmonic.is_none() {
            text.clause(&code.interharmonic)?;
        }
        if !code.argument.is_none() {
            text.clause(&code.argument)?;
        }
        for (called, number) in [
            (Tou::CALLED, code.tou.code()),
            (Cpp::CALLED, code.cpp.code()),
            (ConsumptionTier::CALLED, code.consumption_tier.code()),
        ] {
            if number != 0 {
                text.clause(&format_args!("{called} {number}"))?;
            }
        }
        phases(code.phases, &mut text)?;
        unit(code, &mut text)?;
        if code.currency != Currency::NONE {
            match code.currency.name() {
                Some(name) => text.clause(&format_args!("currency {name}"))?,
                None => text.unlisted("currency", code.currency.code().into())?,
            }
        }
        if text.started { Ok(()) } else { text.clause(&"nothing said") }
    }
}

/// A text of clauses, each of words.
struct Text<'a, 'f> {
    f: &'a mut Formatter<'f>,
    started: bool,
    within: bool,
}

impl Text<'_, '_> {
    fn word(&mut self, word: &dyn Display) -> fmt::Result {
        self.f.write_str(match (self.within, self.started) {
            (true, _) => " ",
            (false, true) => ", ",
            (false, false) => "",
        })?;
        (self.within, self.started) = (true, true);
        write!(self.f, "{word}")
    }

    fn end(&mut self) {
        self.within = false;
    }

    fn clause(&mut self, clause: &dyn Display) -> fmt::Result {
        self.end();
        self.word(clause)?;
        self.end();
        Ok(())
    }

    fn unlisted(&mut self, part: &str, code: i32) -> fmt::Result {
        self.clause(&format_args!("unlisted {part} {code}"))
    }

    /// A word of a clause: what a list calls the code.
    fn named(&mut self, name: Option<&str>, part: &str, code: u16) -> fmt::Result {
        match name {
            Some(name) => self.word(&name),
            None => self.word(&format_args!("unlisted {part} {code}")),
        }
    }
}

/// How it was metered: `daily register`, `15-minute interval`.
fn metered(code: &ReadingType, text: &mut Text<'_, '_>) -> fmt::Result {
    let ReadingType { macro_period, measuring_period, accumulation, .. } = *code;
    match macro_period {
        MacroPeriod::NONE => {}
        MacroPeriod::BILLING_PERIOD => text.word(&"billing-period")?,
        MacroPeriod::SPECIFIED_PERIOD => text.word(&"specified-period")?,
        other => text.named(other.name(), "macro period", other.code())?,
    }
    // A length stands before what it is the length of, a block behind.
    let mut block = None;
    match measuring_period.name() {
        _ if measuring_period == MeasuringPeriod::NONE => {}
        _ if measuring_period == MeasuringPeriod::SPECIFIED_INTERVAL => {
            text.word(if accumulation == Accumulation::DELTA_DATA { &"specified" } else { &"specified-interval" })?;
        }
        Some(name) => match name.split_once(' ') {
            Some((number, unit)) if number.parse::<u16>().is_ok() => {
                text.word(&format_args!("{number}-{}", unit.strip_suffix('s').unwrap_or(unit)))?;
            }
            Some(_) => block = Some(name),
            None => text.word(&name)?,
        },
        None => text.named(None, "measuring period", measuring_period.code())?,
    }
    let value = match accumulation {
        Accumulation::NONE if text.within => "value",
        Accumulation::NONE => "",
        Accumulation::BULK_QUANTITY => "register",
        Accumulation::CONTINUOUS_CUMULATIVE => "continuous cumulative register",
        Accumulation::CUMULATIVE => "cumulative register",
        Accumulation::DELTA_DATA if text.within || block.is_some() => "interval",
        Accumulation::DELTA_DATA => "interval of unstated length",
        Accumulation::INDICATING => "indicated value",
        Accumulation::SUMMATION => "summation register",
        Accumulation::TIME_DELAY => "delayed value",
        Accumulation::INSTANTANEOUS => "instantaneous value",
        Accumulation::LATCHING_QUANTITY => "latching register",
        Accumulation::BOUNDED_QUANTITY => "bounded register",
        other => match other.name() {
            Some(name) => name,
            None => {
                text.named(None, "accumulation", other.code())?;
                ""
            }
        },
    };
    if !value.is_empty() {
        text.word(&value)?;
    }
    text.end();
    match block {
        Some(block) => text.clause(&format_args!("over a {block}")),
        None => Ok(()),
    }
}

/// What was measured: `forward active energy (secondary metered)`.
fn measured(code: &ReadingType, text: &mut Text<'_, '_>) -> fmt::Result {
    let ReadingType { aggregate, flow_direction, commodity, measurement_kind, .. } = *code;
    if aggregate != Aggregate::NONE {
        text.named(aggregate.name(), "aggregate", aggregate.code())?;
    }
    if flow_direction != FlowDirection::NONE {
        text.named(flow_direction.name(), "flow direction", flow_direction.code())?;
    }
    if measurement_kind == MeasurementKind::NONE {
        if text.within || commodity != Commodity::NONE {
            text.word(&"quantity")?;
        }
    } else {
        if let Some(kind_of_power) = kind_of_power(code) {
            text.word(&kind_of_power)?;
        }
        text.named(measurement_kind.name(), "measurement kind", measurement_kind.code())?;
    }
    match (commodity, commodity.name()) {
        (Commodity::NONE, _) => {}
        (Commodity::ELECTRICITY_SECONDARY_METERED, _) => text.word(&"(secondary metered)")?,
        (Commodity::ELECTRICITY_PRIMARY_METERED, _) => text.word(&"(primary metered)")?,
        (_, Some(name)) => text.word(&format_args!("({name})"))?,
        (_, None) => text.word(&format_args!("(unlisted commodity {commodity})"))?,
    }
    text.end();
    Ok(())
}

/// Energies, powers and demands are told apart by their units.
fn kind_of_power(code: &ReadingType) -> Option<&'static str> {
    if ![MeasurementKind::ENERGY, MeasurementKind::POWER, MeasurementKind::DEMAND].contains(&code.measurement_kind) {
        return None;
    }
    match code.unit {
        MeasurementUnit::WATT | MeasurementUnit::WATT_HOUR => Some("active"),
        MeasurementUnit::VOLT_AMPERE_REACTIVE | MeasurementUnit::VOLT_AMPERE_REACTIVE_HOUR => Some("reactive"),
        MeasurementUnit::VOLT_AMPERE | MeasurementUnit::VOLT_AMPERE_HOUR => Some("apparent"),
        _ => None,
    }
}

fn phases(phases: Phases, text: &mut Text<'_, '_>) -> fmt::Result {
    let Some(name) = phases.name() else {
        return text.unlisted("phases", phases.code().into());
    };
    match phases {
        Phases::NONE => Ok(()),
        Phases::N => text.clause(&"neutral"),
        Phases::NG => text.clause(&"neutral to ground"),
        Phases::A | Phases::B | Phases::C | Phases::S1 | Phases::S2 => text.clause(&format_args!("phase {name}")),
        Phases::AN | Phases::BN | Phases::CN => {
            text.clause(&format_args!("phase {} to neutral", name.trim_end_matches('N')))
        }
        Phases::AB | Phases::BC | Phases::CA | Phases::BA | Phases::AA => {
            let (from, to) = name.split_at(1);
            text.clause(&format_args!("phase {from} to {to}"))
        }
        Phases::S12 => text.clause(&"phase S1 to S2"),
        Phases::X => text.clause(&"unknown phase"),
        Phases::XN => text.clause(&"unknown phase and neutral"),
        Phases::XY => text.clause(&"two unknown phases"),
        Phases::XYN => text.clause(&"two unknown phases and neutral"),
        // What is no row of letters is the name of a service.
        _ if name.starts_with(|first: char| first.is_ascii_lowercase()) => text.clause(&name),
        _ => text.clause(&format_args!("phases {name}")),
    }
}

/// Units that people write with a prefix.
const PREFIXED: [MeasurementUnit; 9] = [
    MeasurementUnit::WATT,
    MeasurementUnit::WATT_HOUR,
    MeasurementUnit::VOLT_AMPERE_REACTIVE,
    MeasurementUnit::VOLT_AMPERE_REACTIVE_HOUR,
    MeasurementUnit::VOLT_AMPERE,
    MeasurementUnit::VOLT_AMPERE_HOUR,
    MeasurementUnit::VOLT,
    MeasurementUnit::AMPERE,
    MeasurementUnit::HERTZ,
];

/// The unit with its power of ten: `kWh`, `m3 times ten to 3`.
fn unit(code: &ReadingType, text: &mut Text<'_, '_>) -> fmt::Result {
    let ReadingType { unit, multiplier, .. } = *code;
    let prefix = match multiplier {
        Multiplier::MILLI => Some("m"),
        Multiplier::KILO => Some("k"),
        Multiplier::MEGA => Some("M"),
        Multiplier::GIGA => Some("G"),
        Multiplier::TERA => Some("T"),
        _ => None,
    };
    match (unit.name(), prefix) {
        _ if unit == MeasurementUnit::NONE => {}
        (Some(name), Some(prefix)) if PREFIXED.contains(&unit) => return text.clause(&format_args!("{prefix}{name}")),
        (name, _) => text.named(name, "unit", unit.code())?,
    }
    if !multiplier.is_listed() {
        return text.unlisted("multiplier", multiplier.code().into());
    }
    if multiplier != Multiplier::NONE {
        text.word(&format_args!("times ten to {multiplier}"))?;
    }
    text.end();
    Ok(())
}

#[cfg(test)]
mod tests;
