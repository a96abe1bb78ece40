//! Part 5 of the reading type.

use crate::code_list::code_list;

code_list! {
    /// Part 5: which way the energy flows, by direction or by the quadrants of active and reactive
    /// power.
    pub struct FlowDirection(u16);
    /// Nothing said, or nothing flows.
    NONE = 0, "none";
    /// To the customer.
    FORWARD = 1, "forward";
    /// The current lags behind the voltage.
    LAGGING = 2, "lagging";
    /// The current leads the voltage.
    LEADING = 3, "leading";
    /// Forward less reverse; may be negative.
    NET = 4, "net";
    /// Quadrants 1 and 2 added.
    Q1_PLUS_Q2 = 5, "Q1+Q2";
    /// Quadrants 1 and 3 added.
    Q1_PLUS_Q3 = 7, "Q1+Q3";
    /// Quadrants 1 and 4 added.
    Q1_PLUS_Q4 = 8, "Q1+Q4";
    /// Quadrant 1 less quadrant 4.
    Q1_MINUS_Q4 = 9, "Q1-Q4";
    /// Quadrants 2 and 3 added.
    Q2_PLUS_Q3 = 10, "Q2+Q3";
    /// Quadrants 2 and 4 added.
    Q2_PLUS_Q4 = 11, "Q2+Q4";
    /// Quadrant 2 less quadrant 3.
    Q2_MINUS_Q3 = 12, "Q2-Q3";
    /// Quadrants 3 and 4 added.
    Q3_PLUS_Q4 = 13, "Q3+Q4";
    /// Quadrant 3 less quadrant 2.
    Q3_MINUS_Q2 = 14, "Q3-Q2";
    /// Quadrant 1: active and reactive power both forward.
    QUADRANT_1 = 15, "Q1";
    /// Quadrant 2: active power reverse, reactive power forward.
    QUADRANT_2 = 16, "Q2";
    /// Quadrant 3: active and reactive power both reverse.
    QUADRANT_3 = 17, "Q3";
    /// Quadrant 4: active power forward, reactive power reverse.
    QUADRANT_4 = 18, "Q4";
    /// From the customer.
    REVERSE = 19, "reverse";
    /// Forward and reverse added.
    TOTAL = 20, "total";
    /// Forward and reverse added phase by phase, which is not the same as in total.
    TOTAL_BY_PHASE = 21, "total by phase";
}
