//! Part 1 of the reading type.

use crate::code_list::code_list;

code_list! {
    /// Part 1: the period the value is for, where it is more than a metering interval.
    pub struct MacroPeriod(u16);
    /// Nothing said.
    NONE = 0, "none";
    /// The period between two bills.
    BILLING_PERIOD = 8, "billing period";
    /// A day of the local calendar.
    DAILY = 11, "daily";
    /// A month.
    MONTHLY = 13, "monthly";
    /// A season, as the tariff defines it.
    SEASONAL = 22, "seasonal";
    /// A week.
    WEEKLY = 24, "weekly";
    /// A period that the message itself gives.
    SPECIFIED_PERIOD = 32, "specified period";
}
