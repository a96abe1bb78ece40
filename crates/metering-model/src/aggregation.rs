//! What sums, differences, extremes, means and demand of readings are: exactly, and what each rests on.
//!
//! Each function takes the values of ONE series in any order, and the time they are wanted for. Numbers
//! are exact: nothing is rounded unless a function says so in its name, and a result that does not fit is
//! an error. What is missing is no error: every result has a [`Coverage`] that says how many values it is
//! of, how far they can be trusted, and where there are gaps. The reading type decides what may be done
//! ([`Operation::permit`]) and what comes of it ([`Operation::reading_type`]).
//!
//! Which time a value belongs to, and what a day is, the [calendar](crate::calendar) says.
//!
//! | of | | |
//! |---|---|---|
//! | interval data (delta data) | [`sum`] | over a schedule that says how many there should be |
//! | registers | [`difference`] | rollover, exchange and reset as the caller states them ([`RegisterHistory`]), never guessed |
//! | any quantity | [`minimum`], [`maximum`] | with its time; of several the first |
//! | all but dials | [`mean`] | exact, or rounded by name |
//! | energy of intervals | [`demand`] | power in fixed or rolling blocks, with its peak |
//!
//! Values of one series have one reading type, so one unit and one power of ten. Primary and secondary
//! metered values (commodity 2 and 1) are different series; so are forward and reverse. Transformer ratios
//! are applied, or not, before the values come here.
//!
//! A value that a person withdrew (x.7.3) counts as missing. Values of a device without a clock (1970 and
//! before, see [`TimeStamp::is_without_clock`](crate::TimeStamp::is_without_clock)) are left aside.

mod coverage;
mod demand;
mod difference;
mod error;
mod exact;
mod extremes;
mod mean;
mod operation;
mod register;
mod sum;
mod value_at;

pub use coverage::{Coverage, Standing};
pub use demand::{Demand, DemandBlock, demand, demand_type};
pub use difference::{Difference, difference};
pub use error::AggregationError;
pub use exact::Rounding;
pub use extremes::{Extreme, TimedValue, maximum, minimum};
pub use mean::{Mean, mean};
pub use operation::Operation;
pub use register::{Dial, RegisterEvent, RegisterHistory};
pub use sum::{Sum, sum};
pub use value_at::ValueAt;

#[cfg(test)]
mod tests;
