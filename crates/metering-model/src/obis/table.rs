//! Which quantities (group C) and which processings (group D) there are, and the parts of the reading
//! type each sets.

use crate::reading_type::{
    Accumulation, Aggregate, FlowDirection, MacroPeriod, MeasurementKind, MeasurementUnit, MeasuringPeriod, Phases,
};

/// What is measured, the line and the direction aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measured {
    Active,
    Reactive,
    Apparent,
    Voltage,
    Current,
    Frequency,
    PowerFactor,
}

/// What a processing makes of a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// What flowed.
    Energy,
    /// How it flows.
    Power,
    /// What is there at every moment.
    Level,
}

impl Measured {
    /// The unit and the kind of this, processed to that; `None` where there is no such thing.
    pub(super) const fn as_class(self, class: Class) -> Option<(MeasurementUnit, MeasurementKind)> {
        Some(match (class, self) {
            (Class::Energy, Self::Active) => (MeasurementUnit::WATT_HOUR, MeasurementKind::ENERGY),
            (Class::Energy, Self::Reactive) => (MeasurementUnit::VOLT_AMPERE_REACTIVE_HOUR, MeasurementKind::ENERGY),
            (Class::Energy, Self::Apparent) => (MeasurementUnit::VOLT_AMPERE_HOUR, MeasurementKind::ENERGY),
            (Class::Power, Self::Active) => (MeasurementUnit::WATT, MeasurementKind::POWER),
            (Class::Power, Self::Reactive) => (MeasurementUnit::VOLT_AMPERE_REACTIVE, MeasurementKind::POWER),
            (Class::Power, Self::Apparent) => (MeasurementUnit::VOLT_AMPERE, MeasurementKind::POWER),
            (Class::Level, Self::Voltage) => (MeasurementUnit::VOLT, MeasurementKind::VOLTAGE),
            (Class::Level, Self::Current) => (MeasurementUnit::AMPERE, MeasurementKind::CURRENT),
            (Class::Level, Self::Frequency) => (MeasurementUnit::HERTZ, MeasurementKind::FREQUENCY),
            (Class::Level, Self::PowerFactor) => (MeasurementUnit::COS_THETA, MeasurementKind::POWER_FACTOR),
            _ => return None,
        })
    }
}

/// A row of group C.
pub(super) struct Quantity {
    pub(super) group_c: u8,
    pub(super) measured: Measured,
    pub(super) flow_direction: FlowDirection,
    pub(super) phases: Phases,
}

const fn of(group_c: u8, measured: Measured, flow_direction: FlowDirection, phases: Phases) -> Quantity {
    Quantity { group_c, measured, flow_direction, phases }
}

#[rustfmt::skip]
pub(super) const QUANTITIES: &[Quantity] = &[
    // All lines together.
    of( 1, Measured::Active, FlowDirection::FORWARD, Phases::NONE),
    of( 2, Measured::Active, FlowDirection::REVERSE, Phases::NONE),
    of( 3, Measured::Reactive, FlowDirection::Q1_PLUS_Q2, Phases::NONE),
    of( 4, Measured::Reactive, FlowDirection::Q3_PLUS_Q4, Phases::NONE),
    of( 5, Measured::Reactive, FlowDirection::QUADRANT_1, Phases::NONE),
    of( 6, Measured::Reactive, FlowDirection::QUADRANT_2, Phases::NONE),
    of( 7, Measured::Reactive, FlowDirection::QUADRANT_3, Phases::NONE),
    of( 8, Measured::Reactive, FlowDirection::QUADRANT_4, Phases::NONE),
    of( 9, Measured::Apparent, FlowDirection::FORWARD, Phases::NONE),
    of(10, Measured::Apparent, FlowDirection::REVERSE, Phases::NONE),
    of(11, Measured::Current, FlowDirection::NONE, Phases::NONE),
    of(12, Measured::Voltage, FlowDirection::NONE, Phases::NONE),
    of(13, Measured::PowerFactor, FlowDirection::NONE, Phases::NONE),
    of(14, Measured::Frequency, FlowDirection::NONE, Phases::NONE),
    of(15, Measured::Active, FlowDirection::TOTAL, Phases::NONE),
    of(16, Measured::Active, FlowDirection::NET, Phases::NONE),
    // L1.
    of(21, Measured::Active, FlowDirection::FORWARD, Phases::A),
    of(22, Measured::Active, FlowDirection::REVERSE, Phases::A),
    of(23, Measured::Reactive, FlowDirection::Q1_PLUS_Q2, Phases::A),
    of(24, Measured::Reactive, FlowDirection::Q3_PLUS_Q4, Phases::A),
    of(29, Measured::Apparent, FlowDirection::FORWARD, Phases::A),
    of(30, Measured::Apparent, FlowDirection::REVERSE, Phases::A),
    of(31, Measured::Current, FlowDirection::NONE, Phases::A),
    of(32, Measured::Voltage, FlowDirection::NONE, Phases::AN),
    of(33, Measured::PowerFactor, FlowDirection::NONE, Phases::A),
    // L2.
    of(41, Measured::Active, FlowDirection::FORWARD, Phases::B),
    of(42, Measured::Active, FlowDirection::REVERSE, Phases::B),
    of(43, Measured::Reactive, FlowDirection::Q1_PLUS_Q2, Phases::B),
    of(44, Measured::Reactive, FlowDirection::Q3_PLUS_Q4, Phases::B),
    of(49, Measured::Apparent, FlowDirection::FORWARD, Phases::B),
    of(50, Measured::Apparent, FlowDirection::REVERSE, Phases::B),
    of(51, Measured::Current, FlowDirection::NONE, Phases::B),
    of(52, Measured::Voltage, FlowDirection::NONE, Phases::BN),
    of(53, Measured::PowerFactor, FlowDirection::NONE, Phases::B),
    // L3.
    of(61, Measured::Active, FlowDirection::FORWARD, Phases::C),
    of(62, Measured::Active, FlowDirection::REVERSE, Phases::C),
    of(63, Measured::Reactive, FlowDirection::Q1_PLUS_Q2, Phases::C),
    of(64, Measured::Reactive, FlowDirection::Q3_PLUS_Q4, Phases::C),
    of(69, Measured::Apparent, FlowDirection::FORWARD, Phases::C),
    of(70, Measured::Apparent, FlowDirection::REVERSE, Phases::C),
    of(71, Measured::Current, FlowDirection::NONE, Phases::C),
    of(72, Measured::Voltage, FlowDirection::NONE, Phases::CN),
    of(73, Measured::PowerFactor, FlowDirection::NONE, Phases::C),
    // The neutral.
    of(91, Measured::Current, FlowDirection::NONE, Phases::N),
];

/// Where the metering interval comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Interval {
    /// There is none.
    No,
    /// It has a length, which OBIS does not say.
    Given,
    /// The one that is running.
    Running,
}

/// What group F may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Billing {
    /// No billing period.
    No,
    /// The value as it is, or as it was at the close of a billing period.
    Snapshot,
    /// Of the running billing period, or of a closed one.
    Always,
}

/// A row of group D: what it makes of which quantities.
pub(super) struct Processing {
    pub(super) group_d: u8,
    pub(super) class: Class,
    pub(super) aggregate: Aggregate,
    /// Written, and read.
    pub(super) accumulation: Accumulation,
    /// Read as the same; senders differ.
    pub(super) also_read: Option<Accumulation>,
    /// In place of the quantity's own.
    pub(super) measurement_kind: Option<MeasurementKind>,
    pub(super) interval: Interval,
    /// Whether group E is a tariff.
    pub(super) tariffs: bool,
    pub(super) billing: Billing,
}

impl Processing {
    /// The macro period, of the value in a closed billing period or of the one as it is.
    pub(super) fn macro_period(&self, closed: bool) -> MacroPeriod {
        match self.billing {
            Billing::Always => MacroPeriod::BILLING_PERIOD,
            Billing::Snapshot if closed => MacroPeriod::BILLING_PERIOD,
            _ => MacroPeriod::NONE,
        }
    }

    /// The metering interval, where it has `given` if it has a length.
    pub(super) fn measuring_period(&self, given: MeasuringPeriod) -> MeasuringPeriod {
        match self.interval {
            Interval::No => MeasuringPeriod::NONE,
            Interval::Given => given,
            Interval::Running => MeasuringPeriod::PRESENT,
        }
    }
}

const PLAIN: Processing = Processing {
    group_d: 0,
    class: Class::Level,
    aggregate: Aggregate::NONE,
    accumulation: Accumulation::INSTANTANEOUS,
    also_read: None,
    measurement_kind: None,
    interval: Interval::No,
    tariffs: false,
    billing: Billing::No,
};
const DEMAND: Processing = Processing {
    class: Class::Power,
    aggregate: Aggregate::AVERAGE,
    accumulation: Accumulation::INDICATING,
    measurement_kind: Some(MeasurementKind::DEMAND),
    interval: Interval::Given,
    tariffs: true,
    ..PLAIN
};
const MOMENT: Processing = Processing { group_d: 7, also_read: Some(Accumulation::INDICATING), ..PLAIN };
const MEAN: Processing = Processing {
    group_d: 27,
    aggregate: Aggregate::AVERAGE,
    accumulation: Accumulation::INDICATING,
    interval: Interval::Given,
    ..PLAIN
};

pub(super) const PROCESSINGS: &[Processing] = &[
    // The mean over the running demand interval, and over the last one.
    Processing { group_d: 4, interval: Interval::Running, ..DEMAND },
    Processing { group_d: 5, ..DEMAND },
    // The highest of them.
    Processing { group_d: 6, aggregate: Aggregate::MAXIMUM, billing: Billing::Always, ..DEMAND },
    // At one moment.
    Processing { class: Class::Power, ..MOMENT },
    Processing { class: Class::Level, ..MOMENT },
    // A dial.
    Processing {
        group_d: 8,
        class: Class::Energy,
        accumulation: Accumulation::BULK_QUANTITY,
        also_read: Some(Accumulation::SUMMATION),
        tariffs: true,
        billing: Billing::Snapshot,
        ..PLAIN
    },
    // The load profile: means, and energies.
    Processing { class: Class::Power, ..MEAN },
    Processing { class: Class::Level, ..MEAN },
    Processing {
        group_d: 29,
        class: Class::Energy,
        accumulation: Accumulation::DELTA_DATA,
        interval: Interval::Given,
        tariffs: true,
        ..PLAIN
    },
];
