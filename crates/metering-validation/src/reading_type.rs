//! Which parts of a reading type go together.
//!
//! The words of the API make codes that fit; a code that was sent as one may not. Only what cannot
//! be meant is refused: a kind whose unit is well known, with the unit of another such kind. What no
//! list has, and combinations nobody has written down, are stored as sent.

use metering_model::reading_type::{MeasurementKind as Kind, MeasurementUnit as Unit};
use metering_model::words::one_of;
use metering_model::{ReadingType, ViolationCode};

/// The units that each of these kinds is measured in. **Our reading of the standard:** its lists
/// name kinds and units and do not pair them.
const MEASURED_IN: &[(Kind, &[Unit])] = &[
    (Kind::ENERGY, &[Unit::WATT_HOUR, Unit::VOLT_AMPERE_REACTIVE_HOUR, Unit::VOLT_AMPERE_HOUR]),
    (Kind::POWER, &[Unit::WATT, Unit::VOLT_AMPERE_REACTIVE, Unit::VOLT_AMPERE]),
    // Demand is power to some senders, the energy of a demand interval to others, and is kept of currents.
    (
        Kind::DEMAND,
        &[
            Unit::WATT,
            Unit::VOLT_AMPERE_REACTIVE,
            Unit::VOLT_AMPERE,
            Unit::WATT_HOUR,
            Unit::VOLT_AMPERE_REACTIVE_HOUR,
            Unit::VOLT_AMPERE_HOUR,
            Unit::AMPERE,
        ],
    ),
    (Kind::VOLTAGE, &[Unit::VOLT]),
    (Kind::CURRENT, &[Unit::AMPERE]),
    (Kind::FREQUENCY, &[Unit::HERTZ]),
    (Kind::POWER_FACTOR, &[Unit::COS_THETA]),
];

/// What in `reading_type` contradicts itself, and what would be right.
///
/// ```
/// use metering_validation::reading_type::contradiction;
///
/// let energy_in_volts = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.0.29.0".parse()?;
/// assert_eq!(
///     contradiction(&energy_in_volts).unwrap().1,
///     "part 17 says V (29), which does not measure energy (part 7 says 12); Wh (72), VArh (73) or VAh (71) would",
/// );
/// # Ok::<(), metering_model::ReadingTypeError>(())
/// ```
#[must_use]
pub fn contradiction(reading_type: &ReadingType) -> Option<(ViolationCode, String)> {
    let (kind, unit) = (reading_type.measurement_kind, reading_type.unit);
    let (_, right) = MEASURED_IN.iter().find(|(measured, _)| *measured == kind)?;
    let is_of_another = MEASURED_IN.iter().any(|(_, units)| units.contains(&unit));
    if right.contains(&unit) || !is_of_another {
        return None;
    }
    let name = |unit: Unit| format!("{} ({unit})", unit.name().unwrap_or("a unit"));
    let right: Vec<_> = right.iter().map(|unit| name(*unit)).collect();
    let detail = format!(
        "part 17 says {}, which does not measure {} (part 7 says {kind}); {} would",
        name(unit),
        kind.name().unwrap_or("this kind"),
        one_of(&right),
    );
    Some((ViolationCode::UnitMeasurementMismatch, detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: u16, unit: u16) -> Option<String> {
        let code = format!("0.0.0.4.1.1.{kind}.0.0.0.0.0.0.0.0.3.{unit}.0");
        contradiction(&code.parse().unwrap()).map(|(code, detail)| format!("{code}: {detail}"))
    }

    #[test]
    fn the_unit_of_another_kind_is_refused_with_what_would_be_right() {
        assert_eq!(
            of(54, 72).as_deref(),
            Some(
                "unit-measurement-mismatch: part 17 says Wh (72), which does not measure voltage (part 7 says 54); V (29) would"
            )
        );
        for (kind, unit) in [(12, 38), (37, 72), (4, 29), (15, 5), (38, 33), (8, 29)] {
            assert!(of(kind, unit).is_some(), "{kind} in {unit}");
        }
    }

    #[test]
    fn what_fits_and_what_nobody_has_paired_is_let_through() {
        // Energy, powers, demand in Wh; kinds and units of no list; a listed kind without a row; no unit at all.
        for (kind, unit) in
            [(12, 72), (12, 73), (37, 61), (8, 38), (8, 72), (60_000, 29), (12, 60_000), (58, 72), (12, 0)]
        {
            assert_eq!(of(kind, unit), None, "{kind} in {unit}");
        }
    }
}
