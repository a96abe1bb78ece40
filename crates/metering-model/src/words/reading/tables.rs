//! The words of a reading and the parts of the reading type they stand for, and what goes with what.

use crate::reading_type::{
    Accumulation, Aggregate, FlowDirection, MacroPeriod, MeasurementKind, MeasurementUnit, MeasuringPeriod, Phases,
};
use crate::words::vocabulary::{Vocabulary, vocabulary};

/// How a reading was metered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReadingKind {
    /// One of a row of intervals.
    IntervalData,
    /// The state of a dial.
    RegisterRead,
    /// The state of a dial at the close of a billing period.
    BillingData,
    /// The value at one moment.
    Instantaneous,
    /// The highest demand of a period.
    Demand,
}

pub(super) const READING_KINDS: Vocabulary<ReadingKind> = vocabulary! { "readingType";
    "intervalData" | "interval" => ReadingKind::IntervalData;
    "registerRead" | "register" => ReadingKind::RegisterRead;
    "billingData" | "billing" => ReadingKind::BillingData;
    "instantaneous" => ReadingKind::Instantaneous;
    "demand" => ReadingKind::Demand;
};

/// Quantities that are metered alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// It adds up: a dial counts it.
    Energy,
    /// It flows: it has a demand.
    Power,
    /// It is there at every moment, and has a mean.
    Level,
}

/// The parts of the reading type that a kind of reading sets for a class of quantities.
pub(crate) struct Metered {
    pub(crate) kind: ReadingKind,
    pub(crate) class: Class,
    pub(crate) macro_period: MacroPeriod,
    /// Whether the period may be a day instead.
    pub(crate) daily: bool,
    pub(crate) aggregate: Aggregate,
    /// Written, and read.
    pub(crate) accumulation: Accumulation,
    /// Read as the same; senders differ.
    pub(crate) also_read: Option<Accumulation>,
    /// In place of the quantity's own.
    pub(crate) measurement_kind: Option<MeasurementKind>,
}

/// Which kinds of reading there are of which quantities.
///
/// Our own interpretations: the mean of an interval (average, indicating) for what is no energy, and
/// the demand, which is the highest in the billing period or the day.
#[rustfmt::skip]
pub(super) const METERED: &[Metered] = &[
    row(ReadingKind::IntervalData, Class::Energy, MacroPeriod::NONE, true, Aggregate::NONE, Accumulation::DELTA_DATA, None, None),
    row(ReadingKind::RegisterRead, Class::Energy, MacroPeriod::NONE, true, Aggregate::NONE, Accumulation::BULK_QUANTITY, Some(Accumulation::SUMMATION), None),
    row(ReadingKind::BillingData, Class::Energy, MacroPeriod::BILLING_PERIOD, false, Aggregate::NONE, Accumulation::BULK_QUANTITY, Some(Accumulation::SUMMATION), None),
    row(ReadingKind::IntervalData, Class::Power, MacroPeriod::NONE, true, Aggregate::AVERAGE, Accumulation::INDICATING, None, None),
    row(ReadingKind::Instantaneous, Class::Power, MacroPeriod::NONE, true, Aggregate::NONE, Accumulation::INSTANTANEOUS, Some(Accumulation::INDICATING), None),
    row(ReadingKind::Demand, Class::Power, MacroPeriod::BILLING_PERIOD, true, Aggregate::MAXIMUM, Accumulation::INDICATING, None, Some(MeasurementKind::DEMAND)),
    row(ReadingKind::IntervalData, Class::Level, MacroPeriod::NONE, true, Aggregate::AVERAGE, Accumulation::INDICATING, None, None),
    row(ReadingKind::Instantaneous, Class::Level, MacroPeriod::NONE, true, Aggregate::NONE, Accumulation::INSTANTANEOUS, Some(Accumulation::INDICATING), None),
];

#[expect(clippy::too_many_arguments, reason = "the columns of a table")]
const fn row(
    kind: ReadingKind,
    class: Class,
    macro_period: MacroPeriod,
    daily: bool,
    aggregate: Aggregate,
    accumulation: Accumulation,
    also_read: Option<Accumulation>,
    measurement_kind: Option<MeasurementKind>,
) -> Metered {
    Metered { kind, class, macro_period, daily, aggregate, accumulation, also_read, measurement_kind }
}

/// The two parts that a length stands in: a day is a period, all others are metering intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Interval {
    pub(super) macro_period: MacroPeriod,
    pub(super) measuring_period: MeasuringPeriod,
}

const fn every(measuring_period: MeasuringPeriod) -> Interval {
    Interval { macro_period: MacroPeriod::NONE, measuring_period }
}

pub(super) const INTERVALS: Vocabulary<Interval> = vocabulary! { "interval";
    "PT1M" | "PT60S" => every(MeasuringPeriod::ONE_MINUTE);
    "PT2M" => every(MeasuringPeriod::TWO_MINUTE);
    "PT3M" => every(MeasuringPeriod::THREE_MINUTE);
    "PT5M" | "PT300S" => every(MeasuringPeriod::FIVE_MINUTE);
    "PT10M" | "PT600S" => every(MeasuringPeriod::TEN_MINUTE);
    "PT12M" => every(MeasuringPeriod::TWELVE_MINUTE);
    "PT15M" | "PT900S" => every(MeasuringPeriod::FIFTEEN_MINUTE);
    "PT20M" => every(MeasuringPeriod::TWENTY_MINUTE);
    "PT30M" | "PT1800S" => every(MeasuringPeriod::THIRTY_MINUTE);
    "PT1H" | "PT60M" | "PT3600S" => every(MeasuringPeriod::SIXTY_MINUTE);
    "PT2H" | "PT120M" => every(MeasuringPeriod::TWO_HOUR);
    "PT3H" | "PT180M" => every(MeasuringPeriod::THREE_HOUR);
    "PT4H" | "PT240M" => every(MeasuringPeriod::FOUR_HOUR);
    "PT6H" | "PT360M" => every(MeasuringPeriod::SIX_HOUR);
    "PT12H" | "PT720M" => every(MeasuringPeriod::TWELVE_HOUR);
    "PT24H" | "PT1440M" => every(MeasuringPeriod::TWENTY_FOUR_HOUR);
    "P1D" => Interval { macro_period: MacroPeriod::DAILY, measuring_period: MeasuringPeriod::NONE };
};

/// A unit with its prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PrefixedUnit {
    pub(crate) unit: MeasurementUnit,
    /// The power of ten that the prefix says.
    pub(crate) prefix: i8,
}

const fn plain(unit: MeasurementUnit) -> PrefixedUnit {
    PrefixedUnit { unit, prefix: 0 }
}
const fn kilo(unit: MeasurementUnit) -> PrefixedUnit {
    PrefixedUnit { unit, prefix: 3 }
}
const fn mega(unit: MeasurementUnit) -> PrefixedUnit {
    PrefixedUnit { unit, prefix: 6 }
}

pub(super) const UNITS: Vocabulary<PrefixedUnit> = vocabulary! { "unit";
    "Wh" => plain(MeasurementUnit::WATT_HOUR);
    "kWh" => kilo(MeasurementUnit::WATT_HOUR);
    "MWh" => mega(MeasurementUnit::WATT_HOUR);
    "W" => plain(MeasurementUnit::WATT);
    "kW" => kilo(MeasurementUnit::WATT);
    "MW" => mega(MeasurementUnit::WATT);
    "VArh" => plain(MeasurementUnit::VOLT_AMPERE_REACTIVE_HOUR);
    "kVArh" => kilo(MeasurementUnit::VOLT_AMPERE_REACTIVE_HOUR);
    "MVArh" => mega(MeasurementUnit::VOLT_AMPERE_REACTIVE_HOUR);
    "VAr" => plain(MeasurementUnit::VOLT_AMPERE_REACTIVE);
    "kVAr" => kilo(MeasurementUnit::VOLT_AMPERE_REACTIVE);
    "MVAr" => mega(MeasurementUnit::VOLT_AMPERE_REACTIVE);
    "VAh" => plain(MeasurementUnit::VOLT_AMPERE_HOUR);
    "kVAh" => kilo(MeasurementUnit::VOLT_AMPERE_HOUR);
    "MVAh" => mega(MeasurementUnit::VOLT_AMPERE_HOUR);
    "VA" => plain(MeasurementUnit::VOLT_AMPERE);
    "kVA" => kilo(MeasurementUnit::VOLT_AMPERE);
    "MVA" => mega(MeasurementUnit::VOLT_AMPERE);
    "V" => plain(MeasurementUnit::VOLT);
    "A" => plain(MeasurementUnit::AMPERE);
    "Hz" => plain(MeasurementUnit::HERTZ);
    "PF" => plain(MeasurementUnit::COS_THETA);
};

pub(super) const PHASES: Vocabulary<Phases> = vocabulary! { "phase";
    "A" => Phases::A;
    "B" => Phases::B;
    "C" => Phases::C;
    "N" => Phases::N;
    "AN" => Phases::AN;
    "BN" => Phases::BN;
    "CN" => Phases::CN;
    "AB" => Phases::AB;
    "BC" => Phases::BC;
    "CA" => Phases::CA;
    "ABC" => Phases::ABC;
    "NG" | "N1" | "N2" => Phases::NG;
};

// `Q1 Q2` is what the decoding of a URL makes of `Q1+Q2`.
pub(super) const DIRECTIONS: Vocabulary<FlowDirection> = vocabulary! { "energyDirection";
    "forward" => FlowDirection::FORWARD;
    "reverse" => FlowDirection::REVERSE;
    "net" => FlowDirection::NET;
    "total" => FlowDirection::TOTAL;
    "Q1+Q2" | "Q1 Q2" => FlowDirection::Q1_PLUS_Q2;
    "Q1+Q3" | "Q1 Q3" => FlowDirection::Q1_PLUS_Q3;
    "Q1+Q4" | "Q1 Q4" => FlowDirection::Q1_PLUS_Q4;
    "Q2+Q3" | "Q2 Q3" => FlowDirection::Q2_PLUS_Q3;
    "Q2+Q4" | "Q2 Q4" => FlowDirection::Q2_PLUS_Q4;
    "Q3+Q4" | "Q3 Q4" => FlowDirection::Q3_PLUS_Q4;
    "lagging" => FlowDirection::LAGGING;
    "leading" => FlowDirection::LEADING;
};

/// What a measurement is in the code, and what goes with it; absent phase and direction always do.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measurement {
    pub(crate) unit: MeasurementUnit,
    pub(crate) kind: MeasurementKind,
    pub(crate) class: Class,
    pub(crate) phases: &'static [Phases],
    pub(crate) directions: &'static [FlowDirection],
}

const LINES_AND_GROUND: &[Phases] = &[
    Phases::NG,
    Phases::A,
    Phases::B,
    Phases::C,
    Phases::AN,
    Phases::BN,
    Phases::CN,
    Phases::AB,
    Phases::BC,
    Phases::CA,
    Phases::ABC,
];
const LINES: &[Phases] = match LINES_AND_GROUND {
    [_ground, lines @ ..] => lines,
    [] => &[],
};
const CONDUCTORS: &[Phases] = &[Phases::A, Phases::B, Phases::C, Phases::N, Phases::ABC, Phases::NG];

const FLOWS: &[FlowDirection] = &[
    FlowDirection::FORWARD,
    FlowDirection::REVERSE,
    FlowDirection::NET,
    FlowDirection::TOTAL,
    FlowDirection::Q1_PLUS_Q2,
    FlowDirection::Q1_PLUS_Q3,
    FlowDirection::Q1_PLUS_Q4,
    FlowDirection::Q2_PLUS_Q3,
    FlowDirection::Q2_PLUS_Q4,
    FlowDirection::Q3_PLUS_Q4,
];
const FACTORS: &[FlowDirection] = &[
    FlowDirection::FORWARD,
    FlowDirection::REVERSE,
    FlowDirection::TOTAL,
    FlowDirection::LAGGING,
    FlowDirection::LEADING,
];
const NO_FLOW: &[FlowDirection] = &[];

const fn measured(
    unit: MeasurementUnit,
    kind: MeasurementKind,
    class: Class,
    phases: &'static [Phases],
    directions: &'static [FlowDirection],
) -> Measurement {
    Measurement { unit, kind, class, phases, directions }
}

/// The table of what goes with what: unit, direction and phase here, the kind of reading by
/// [`METERED`].
#[rustfmt::skip]
pub(super) const MEASUREMENTS: Vocabulary<Measurement> = vocabulary! { "measurement";
    "activeEnergy" => measured(MeasurementUnit::WATT_HOUR, MeasurementKind::ENERGY, Class::Energy, LINES, FLOWS);
    "reactiveEnergy" => measured(MeasurementUnit::VOLT_AMPERE_REACTIVE_HOUR, MeasurementKind::ENERGY, Class::Energy, LINES, FLOWS);
    "apparentEnergy" => measured(MeasurementUnit::VOLT_AMPERE_HOUR, MeasurementKind::ENERGY, Class::Energy, LINES, FLOWS);
    "activePower" => measured(MeasurementUnit::WATT, MeasurementKind::POWER, Class::Power, LINES, FLOWS);
    "reactivePower" => measured(MeasurementUnit::VOLT_AMPERE_REACTIVE, MeasurementKind::POWER, Class::Power, LINES, FLOWS);
    "apparentPower" => measured(MeasurementUnit::VOLT_AMPERE, MeasurementKind::POWER, Class::Power, LINES, FLOWS);
    "voltage" => measured(MeasurementUnit::VOLT, MeasurementKind::VOLTAGE, Class::Level, LINES_AND_GROUND, NO_FLOW);
    "current" => measured(MeasurementUnit::AMPERE, MeasurementKind::CURRENT, Class::Level, CONDUCTORS, NO_FLOW);
    "frequency" => measured(MeasurementUnit::HERTZ, MeasurementKind::FREQUENCY, Class::Level, LINES, NO_FLOW);
    "powerFactor" => measured(MeasurementUnit::COS_THETA, MeasurementKind::POWER_FACTOR, Class::Level, LINES, FACTORS);
};
