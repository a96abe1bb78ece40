//! Part 4 of the reading type.

use crate::code_list::code_list;

code_list! {
    /// Part 4: how values follow each other in time.
    pub struct Accumulation(u16);
    /// Nothing said.
    NONE = 0, "none";
    /// A dial that only counts on, until it rolls over.
    BULK_QUANTITY = 1, "bulk quantity";
    /// Demand maxima summed over the billing periods, with the running one.
    CONTINUOUS_CUMULATIVE = 2, "continuous cumulative";
    /// Demand maxima summed over the closed billing periods.
    CUMULATIVE = 3, "cumulative";
    /// What flowed in the interval.
    DELTA_DATA = 4, "delta data";
    /// A level as it is shown, such as a demand or a mean.
    INDICATING = 6, "indicating";
    /// A sum kept over time; some makers say so of dials.
    SUMMATION = 9, "summation";
    /// A demand that follows the load with a delay, as thermal meters do.
    TIME_DELAY = 10, "time delay";
    /// The value at one moment.
    INSTANTANEOUS = 12, "instantaneous";
    /// A dial, held at the moment of reading.
    LATCHING_QUANTITY = 13, "latching quantity";
    /// A dial that counts within bounds.
    BOUNDED_QUANTITY = 14, "bounded quantity";
}
