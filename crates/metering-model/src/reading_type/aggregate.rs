//! Part 2 of the reading type.

use crate::code_list::code_list;

code_list! {
    /// Part 2: how the value was picked or combined within the period.
    pub struct Aggregate(u16);
    /// Nothing said: the value as it is.
    NONE = 0, "none";
    /// The mean.
    AVERAGE = 2, "average";
    /// What lies above a limit.
    EXCESS = 4, "excess";
    /// An upper limit.
    HIGH_THRESHOLD = 5, "high threshold";
    /// A lower limit.
    LOW_THRESHOLD = 7, "low threshold";
    /// The highest.
    MAXIMUM = 8, "maximum";
    /// The lowest.
    MINIMUM = 9, "minimum";
    /// The value by design.
    NOMINAL = 11, "nominal";
    /// The usual value.
    NORMAL = 12, "normal";
    /// The second highest.
    SECOND_MAXIMUM = 16, "second maximum";
    /// The second lowest.
    SECOND_MINIMUM = 17, "second minimum";
    /// The third highest.
    THIRD_MAXIMUM = 23, "third maximum";
    /// The fourth highest.
    FOURTH_MAXIMUM = 24, "fourth maximum";
    /// The fifth highest.
    FIFTH_MAXIMUM = 25, "fifth maximum";
    /// All added up.
    SUM = 26, "sum";
    /// High.
    HIGH = 27, "high", unconfirmed;
    /// Low.
    LOW = 28, "low", unconfirmed;
}
