//! The code lists of the parts.

use crate::code_list::code_list;

code_list! {
    /// Part 1: the period the value is for, where it is more than a metering interval.
    pub struct MacroPeriod(u16);
    /// Nothing said.
    NONE = 0, "none";
    /// A billing period.
    BILLING_PERIOD = 8, "billing period";
    /// A day.
    DAILY = 11, "daily";
}

code_list! {
    /// Part 2: how the value was picked or combined.
    pub struct Aggregate(u16);
    /// Nothing said.
    NONE = 0, "none";
    /// The highest.
    MAXIMUM = 8, "maximum";
}

code_list! {
    /// Part 3: the metering interval.
    pub struct MeasuringPeriod(u16);
    /// Nothing said.
    NONE = 0, "none";
    /// 15 minutes.
    FIFTEEN_MINUTE = 2, "15 minutes";
}

code_list! {
    /// Part 4: how values follow each other in time.
    pub struct Accumulation(u16);
    /// Nothing said.
    NONE = 0, "none";
    /// A dial that only counts on, until it rolls over.
    BULK_QUANTITY = 1, "bulk quantity";
    /// What flowed in the interval.
    DELTA_DATA = 4, "delta data";
}

code_list! {
    /// Part 5: which way the energy flows.
    pub struct FlowDirection(u16);
    /// Nothing said.
    NONE = 0, "none";
    /// To the customer.
    FORWARD = 1, "forward";
}

code_list! {
    /// Part 6: what is delivered.
    pub struct Commodity(u16);
    /// Nothing said.
    NONE = 0, "none";
    /// Electricity, metered at the secondary side.
    ELECTRICITY_SECONDARY_METERED = 1, "electricity, secondary metered";
}

code_list! {
    /// Part 7: the quantity.
    pub struct MeasurementKind(u16);
    /// Nothing said.
    NONE = 0, "none";
    /// Energy.
    ENERGY = 12, "energy";
}

code_list! {
    /// Part 15: the phases.
    pub struct Phases(u16);
    /// Nothing said.
    NONE = 0, "none";
    /// All three.
    ABC = 224, "ABC";
}

code_list! {
    /// Part 16: the power of ten.
    pub struct Multiplier(i8);
    /// Times one.
    NONE = 0, "none";
    /// Times ten to 3.
    KILO = 3, "kilo";
}

code_list! {
    /// Part 17: the unit.
    pub struct MeasurementUnit(u16);
    /// Nothing said.
    NONE = 0, "none";
    /// Watt hour.
    WATT_HOUR = 72, "Wh";
}

code_list! {
    /// Part 18: the currency, by its ISO 4217 number.
    pub struct Currency(u16);
    /// Nothing said.
    NONE = 0, "none";
}
