//! Part 16 of the reading type.

use crate::code_list::code_list;

code_list! {
    /// Part 16: the power of ten; the code is the exponent.
    pub struct Multiplier(i8);
    /// Times ten to the minus 24.
    YOCTO = -24, "yocto";
    /// Times ten to the minus 21.
    ZEPTO = -21, "zepto";
    /// Times ten to the minus 18.
    ATTO = -18, "atto";
    /// Times ten to the minus 15.
    FEMTO = -15, "femto";
    /// Times ten to the minus 12.
    PICO = -12, "pico";
    /// Times ten to the minus 9.
    NANO = -9, "nano";
    /// Times ten to the minus 6.
    MICRO = -6, "micro";
    /// Times ten to the minus 3.
    MILLI = -3, "milli";
    /// Times ten to the minus 2.
    CENTI = -2, "centi";
    /// Times ten to the minus 1.
    DECI = -1, "deci";
    /// Times one.
    NONE = 0, "none";
    /// Times ten to 1.
    DECA = 1, "deca";
    /// Times ten to 2.
    HECTO = 2, "hecto";
    /// Times ten to 3.
    KILO = 3, "kilo";
    /// Times ten to 6.
    MEGA = 6, "mega";
    /// Times ten to 9.
    GIGA = 9, "giga";
    /// Times ten to 12.
    TERA = 12, "tera";
    /// Times ten to 15.
    PETA = 15, "peta";
    /// Times ten to 18.
    EXA = 18, "exa";
    /// Times ten to 21.
    ZETTA = 21, "zetta";
    /// Times ten to 24.
    YOTTA = 24, "yotta";
}
