//! Part 18 of the reading type.

use crate::code_list::code_list;

code_list! {
    /// Part 18: the currency, by its ISO 4217 number.
    pub struct Currency(u16);
    /// Nothing said, or no money.
    NONE = 0, "none";
    /// Australian dollar.
    AUD = 36, "AUD";
    /// Canadian dollar.
    CAD = 124, "CAD";
    /// Chinese yuan.
    CNY = 156, "CNY";
    /// Czech koruna.
    CZK = 203, "CZK";
    /// Danish krone.
    DKK = 208, "DKK";
    /// Indian rupee.
    INR = 356, "INR";
    /// Japanese yen.
    JPY = 392, "JPY";
    /// Norwegian krone.
    NOK = 578, "NOK";
    /// Swedish krona.
    SEK = 752, "SEK";
    /// Swiss franc.
    CHF = 756, "CHF";
    /// Pound sterling.
    GBP = 826, "GBP";
    /// US dollar.
    USD = 840, "USD";
    /// Euro.
    EUR = 978, "EUR";
    /// Polish zloty.
    PLN = 985, "PLN";
}
