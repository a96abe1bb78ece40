//! The table read both ways.

use thiserror::Error;

use super::table::{Billing, Class, Interval, Measured, PROCESSINGS, Processing, QUANTITIES, Quantity};
use super::{Group, NO_BILLING_PERIOD, Obis};
use crate::ReadingType;
use crate::reading_type::{Commodity, MacroPeriod, MeasuringPeriod, Multiplier, PART_NAMES, Tou};

/// Group A of electricity.
const ELECTRICITY: u8 = 1;
/// The last number of a channel; higher ones are for utilities and makers.
const LAST_CHANNEL: u8 = 64;
/// The last number of a tariff.
const LAST_TARIFF: u8 = 63;
/// The last number of a billing period.
const LAST_BILLING_PERIOD: u8 = 99;

/// What an OBIS code does not say and a reading type does.
///
/// The default says as little as it can: values in the unit without a prefix (Wh, not kWh),
/// electricity as metered behind the transformers, and intervals of a length not given.
///
/// ```
/// use metering_model::obis::ObisContext;
/// use metering_model::reading_type::{MeasuringPeriod, Multiplier};
/// use metering_model::Obis;
///
/// let profile: Obis = "1-0:1.29.0*255".parse()?;
/// assert_eq!(profile.reading_type(&ObisContext::default())?.to_string(), "0.0.0.4.1.1.12.0.0.0.0.0.0.0.0.0.72.0");
///
/// let quarter_hours_in_kwh = ObisContext {
///     multiplier: Multiplier::KILO,
///     measuring_period: MeasuringPeriod::FIFTEEN_MINUTE,
///     ..ObisContext::default()
/// };
/// let reading_type = profile.reading_type(&quarter_hours_in_kwh)?;
/// assert_eq!(reading_type.to_string(), "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0");
/// assert_eq!(Obis::of(&reading_type)?, profile);
/// assert_eq!(ObisContext::of(&reading_type), quarter_hours_in_kwh);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ObisContext {
    /// The power of ten the values are in.
    pub multiplier: Multiplier,
    /// Secondary metered or primary metered electricity.
    pub commodity: Commodity,
    /// How long the interval is, of load profiles and demands; of no account to what has none.
    pub measuring_period: MeasuringPeriod,
}

impl Default for ObisContext {
    fn default() -> Self {
        Self {
            multiplier: Multiplier::NONE,
            commodity: Commodity::ELECTRICITY_SECONDARY_METERED,
            measuring_period: MeasuringPeriod::NONE,
        }
    }
}

impl ObisContext {
    /// What of `reading_type` its OBIS code does not say.
    #[must_use]
    pub fn of(reading_type: &ReadingType) -> Self {
        let ReadingType { multiplier, commodity, measuring_period, .. } = *reading_type;
        Self { multiplier, commodity, measuring_period }
    }
}

/// Why an OBIS code has no reading type here.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NoReadingType {
    /// A group that the table does not have, or not with the groups before it.
    #[error("{obis} has no reading type: {number} in {group} is {why}")]
    Group {
        /// The code.
        obis: Obis,
        /// The group.
        group: Group,
        /// What stands in it, or is understood where it was left out.
        number: u8,
        /// What that is.
        why: &'static str,
    },
    /// The context says another commodity than electricity.
    #[error("{obis} is a code of electricity, and commodity {commodity} is not: it is 0, 1 (secondary metered) or 2")]
    Commodity {
        /// The code.
        obis: Obis,
        /// The commodity of the context.
        commodity: Commodity,
    },
    /// The context says which interval, and not how long it is.
    #[error("measuring period {period} is not how long an interval is, which {obis} needs; 0 where it is not known")]
    Interval {
        /// The code.
        obis: Obis,
        /// The measuring period of the context.
        period: MeasuringPeriod,
    },
}

/// Why a reading type has no OBIS code here.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NoObis {
    /// A part that no code of the table says.
    #[error("{reading_type} has no OBIS code: part {part} ({name}) is {why}", name = part_name(*part))]
    Part {
        /// The reading type.
        reading_type: ReadingType,
        /// Which part, from 1 as the standard counts.
        part: usize,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The value at the close of a billing period, of which the code names the number.
    #[error("{reading_type} is for a billing period, and its OBIS code says which one: name it (0 to 99)")]
    WhichBillingPeriod {
        /// The reading type.
        reading_type: ReadingType,
    },
    /// A billing period for what has none, or a number that is none.
    #[error("{reading_type} is not for billing period {period}: {why}")]
    BillingPeriod {
        /// The reading type.
        reading_type: ReadingType,
        /// The number given.
        period: u8,
        /// What is wrong with it.
        why: &'static str,
    },
}

fn part_name(part: usize) -> &'static str {
    PART_NAMES.get(part.wrapping_sub(1)).copied().unwrap_or("unknown")
}

impl Obis {
    /// The reading type of what the code names, with what it does not say from `context`.
    ///
    /// # Errors
    /// [`NoReadingType`] names the group that the table does not have, and says what it is.
    ///
    /// ```
    /// use metering_model::Obis;
    /// use metering_model::obis::ObisContext;
    ///
    /// let voltage: Obis = "32.7.0".parse()?;
    /// let reading_type = voltage.reading_type(&ObisContext::default())?;
    /// assert_eq!(reading_type.to_string(), "0.0.0.12.0.1.54.0.0.0.0.0.0.0.129.0.29.0");
    ///
    /// let serial_number: Obis = "0-0:96.1.0".parse()?;
    /// assert_eq!(
    ///     serial_number.reading_type(&ObisContext::default()).unwrap_err().to_string(),
    ///     "0-0:96.1.0 has no reading type: 0 in group A (the medium) is the device itself (its clock, \
    ///      numbers and states), which is no reading of electricity"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn reading_type(self, context: &ObisContext) -> Result<ReadingType, NoReadingType> {
        let [a, b, c, d, e, f] = self.groups();
        let no = |group, number, why| NoReadingType::Group { obis: self, group, number, why };
        if a != ELECTRICITY {
            return Err(no(Group::A, a, medium(a)));
        }
        if b > LAST_CHANNEL {
            return Err(no(Group::B, b, "no channel but for a utility's or a maker's own use; channels are 0 to 64"));
        }
        let mut quantity = QUANTITIES.iter().filter(|row| row.group_c == c);
        let quantity = quantity.next().ok_or_else(|| no(Group::C, c, not_a_quantity(c)))?;
        let (processing, (unit, kind)) = PROCESSINGS
            .iter()
            .filter(|row| row.group_d == d)
            .find_map(|row| Some((row, quantity.measured.as_class(row.class)?)))
            .ok_or_else(|| no(Group::D, d, not_a_processing(d)))?;
        if e > if processing.tariffs { LAST_TARIFF } else { 0 } {
            let why =
                if processing.tariffs { "no tariff: those are 0 (all) to 63" } else { "a harmonic, not the whole" };
            return Err(no(Group::E, e, why));
        }
        let closed = f <= LAST_BILLING_PERIOD;
        if !(closed || f == NO_BILLING_PERIOD) {
            return Err(no(Group::F, f, "no one billing period: those are 0 to 99, and 255 is none"));
        }
        if closed && processing.billing == Billing::No {
            return Err(no(Group::F, f, "a billing period, and such values have none; leave it out or write 255"));
        }
        if !is_electricity(context.commodity) {
            return Err(NoReadingType::Commodity { obis: self, commodity: context.commodity });
        }
        let named = [MeasuringPeriod::PRESENT, MeasuringPeriod::PREVIOUS].contains(&context.measuring_period);
        if processing.interval == Interval::Given && named {
            return Err(NoReadingType::Interval { obis: self, period: context.measuring_period });
        }
        Ok(ReadingType {
            macro_period: processing.macro_period(closed),
            aggregate: processing.aggregate,
            measuring_period: processing.measuring_period(context.measuring_period),
            accumulation: processing.accumulation,
            flow_direction: quantity.flow_direction,
            commodity: context.commodity,
            measurement_kind: processing.measurement_kind.unwrap_or(kind),
            tou: Tou::from_code(e.into()),
            phases: quantity.phases,
            multiplier: context.multiplier,
            unit,
            ..ReadingType::NONE
        })
    }

    /// The code of what a reading type measures, in full, without channel and billing period.
    ///
    /// Registers that say summation (9) and spot values that say indicating (6) are read as the dials
    /// and instantaneous values they are. [`ObisContext::of`] is what the code does not say.
    ///
    /// # Errors
    /// [`NoObis`] names the part that no code says; [`NoObis::WhichBillingPeriod`] where
    /// [`Obis::of_billing_period`] is to be asked.
    ///
    /// ```
    /// use metering_model::Obis;
    ///
    /// let night_export = "0.0.0.1.19.1.12.0.0.0.0.2.0.0.0.3.72.0".parse()?;
    /// assert_eq!(Obis::of(&night_export)?.to_string(), "1-0:2.8.2*255");
    ///
    /// let gas = "0.0.0.1.1.7.58.0.0.0.0.0.0.0.0.0.42.0".parse()?;
    /// assert_eq!(
    ///     Obis::of(&gas).unwrap_err().to_string(),
    ///     "0.0.0.1.1.7.58.0.0.0.0.0.0.0.0.0.42.0 has no OBIS code: part 6 (commodity) is not electricity"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(reading_type: &ReadingType) -> Result<Self, NoObis> {
        let (groups, billing) = groups(reading_type)?;
        if billing == Billing::Snapshot && reading_type.macro_period == MacroPeriod::BILLING_PERIOD {
            return Err(NoObis::WhichBillingPeriod { reading_type: *reading_type });
        }
        Ok(Self::full(groups))
    }

    /// The code of what a reading type measures, as it was at the close of the billing period of this
    /// number, 0 to 99.
    ///
    /// # Errors
    /// As [`Obis::of`]; and where the reading type is for no billing period.
    ///
    /// ```
    /// use metering_model::Obis;
    ///
    /// let dial_at_close = "8.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?;
    /// assert_eq!(Obis::of_billing_period(&dial_at_close, 3)?.to_string(), "1-0:1.8.0*3");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_billing_period(reading_type: &ReadingType, period: u8) -> Result<Self, NoObis> {
        let no = |why| NoObis::BillingPeriod { reading_type: *reading_type, period, why };
        let (mut groups, _) = groups(reading_type)?;
        if reading_type.macro_period != MacroPeriod::BILLING_PERIOD {
            return Err(no("its macro period is not 8 (billing period)"));
        }
        if period > LAST_BILLING_PERIOD {
            return Err(no("billing periods have the numbers 0 to 99"));
        }
        groups[5] = period;
        Ok(Self::full(groups))
    }

    /// Every code of the table, in full, without tariff and billing period.
    ///
    /// ```
    /// use metering_model::Obis;
    ///
    /// assert!(Obis::mapped().any(|it| it.to_string() == "1-0:1.8.0*255"));
    /// ```
    pub fn mapped() -> impl Iterator<Item = Self> {
        QUANTITIES.iter().flat_map(|quantity| {
            let processings = PROCESSINGS.iter().filter(|row| quantity.measured.as_class(row.class).is_some());
            processings.map(|row| Self::full(full_groups(quantity, row, 0)))
        })
    }
}

const fn full_groups(quantity: &Quantity, processing: &Processing, tariff: u8) -> [u8; 6] {
    [ELECTRICITY, 0, quantity.group_c, processing.group_d, tariff, NO_BILLING_PERIOD]
}

fn is_electricity(commodity: Commodity) -> bool {
    [Commodity::NONE, Commodity::ELECTRICITY_SECONDARY_METERED, Commodity::ELECTRICITY_PRIMARY_METERED]
        .contains(&commodity)
}

/// What a group A other than electricity is.
const fn medium(group_a: u8) -> &'static str {
    match group_a {
        0 => "the device itself (its clock, numbers and states), which is no reading of electricity",
        4 => "heat cost allocation, not electricity",
        5 | 6 => "heat or cold, not electricity",
        7 => "gas, not electricity",
        8 | 9 => "water, not electricity",
        _ => "not electricity",
    }
}

/// What a group C that the table does not have is.
const fn not_a_quantity(group_c: u8) -> &'static str {
    match group_c {
        0 | 96 => "for the device's own data, no measured quantity",
        97 => "for error registers, no measured quantity",
        98 | 99 => "for lists and load profiles: many readings, not one",
        _ => "no quantity of the table",
    }
}

/// What a group D that the table does not have for a quantity is.
fn not_a_processing(group_d: u8) -> &'static str {
    if PROCESSINGS.iter().any(|row| row.group_d == group_d) {
        "no processing that the table has of this quantity"
    } else {
        "no processing of the table"
    }
}

/// The groups of a reading type, as for no billing period, and what its processing has to do with those.
fn groups(reading_type: &ReadingType) -> Result<([u8; 6], Billing), NoObis> {
    let of = reading_type;
    let no = |part, why| NoObis::Part { reading_type: *of, part, why };
    if !is_electricity(of.commodity) {
        return Err(no(6, "not electricity"));
    }
    let codes = of.codes();
    for part in [8, 9, 10, 11, 13, 14, 18] {
        if codes[part - 1] != 0 {
            return Err(no(part, "not 0, and no code says so"));
        }
    }
    let (measured, class) = measured(of).ok_or_else(|| no(17, "a unit that no code of the table has"))?;
    let rows = || QUANTITIES.iter().filter(|row| row.measured == measured);
    let mut flows = rows().filter(|row| row.flow_direction == of.flow_direction).peekable();
    if flows.peek().is_none() {
        return Err(no(5, "a direction that no code has with this unit"));
    }
    let quantity =
        flows.find(|row| row.phases == of.phases).ok_or_else(|| no(15, "phases that no code has with this unit"))?;
    let kind = measured.as_class(class).map(|(_, kind)| kind);
    // Each part narrows the rows; the one that leaves none is the one to name.
    let mut left: Vec<&Processing> = PROCESSINGS.iter().filter(|row| row.class == class).collect();
    let mut narrow = |part, why, fits: &dyn Fn(&Processing) -> bool| {
        left.retain(|row| fits(row));
        left.first().copied().ok_or_else(|| no(part, why))
    };
    narrow(7, "no quantity that goes with this unit", &|row| {
        row.measurement_kind.or(kind) == Some(of.measurement_kind)
    })?;
    narrow(4, "no way to follow each other that a code has", &|row| {
        row.accumulation == of.accumulation || row.also_read == Some(of.accumulation)
    })?;
    narrow(2, "a combination that no code has with the parts 4 and 7", &|row| row.aggregate == of.aggregate)?;
    narrow(3, "an interval that no code has with the parts 2, 4 and 7", &|row| match row.interval {
        Interval::No => of.measuring_period == MeasuringPeriod::NONE,
        Interval::Running => of.measuring_period == MeasuringPeriod::PRESENT,
        Interval::Given => ![MeasuringPeriod::PRESENT, MeasuringPeriod::PREVIOUS].contains(&of.measuring_period),
    })?;
    let processing = narrow(1, "a period that no code has with the parts 2, 4 and 7", &|row| {
        [false, true].iter().any(|closed| row.macro_period(*closed) == of.macro_period)
    })?;
    let tariff = u8::try_from(of.tou.code()).ok().filter(|tou| *tou <= LAST_TARIFF);
    match tariff {
        Some(tariff) if tariff == 0 || processing.tariffs => {
            Ok((full_groups(quantity, processing, tariff), processing.billing))
        }
        Some(_) => Err(no(12, "a tariff, and such values have none in OBIS")),
        None => Err(no(12, "no tariff of OBIS: those are 0 (all) to 63")),
    }
}

/// What the unit says is measured, and as what.
fn measured(of: &ReadingType) -> Option<(Measured, Class)> {
    QUANTITIES.iter().map(|row| row.measured).find_map(|measured| {
        let classes = [Class::Energy, Class::Power, Class::Level];
        let class =
            classes.into_iter().find(|class| measured.as_class(*class).is_some_and(|(unit, _)| unit == of.unit));
        Some((measured, class?))
    })
}
