//! Part 3 of quality codes: one list for each category.

use crate::four_part_code::well_known::confirmed;

/// A row of the lists.
#[derive(Debug, Clone, Copy)]
pub(super) struct Index {
    /// The category, and the index in it.
    pub(super) parts: (u8, u16),
    /// What it says, in our words.
    pub(super) name: &'static str,
    /// Whether more than one source has it.
    pub(super) confirmed: bool,
}

/// Makes the rows: `category.index`, apart, the name, and `unconfirmed` where only one source has it.
macro_rules! indexes {
    ($( ($category:literal, $index:literal) $name:literal $(, $unconfirmed:ident)?; )*) => {
        &[$( Index { parts: ($category, $index), name: $name, confirmed: confirmed!($($unconfirmed)?) }, )*]
    };
}

/// By category and index.
pub(super) static LISTED: &[Index] = indexes! {
    (0, 0) "data valid";
    (0, 1) "validated", unconfirmed;
    (1, 0) "diagnostics flag", unconfirmed;
    (1, 1) "battery low", unconfirmed;
    (1, 3) "sensor failure", unconfirmed;
    (1, 4) "watchdog flag", unconfirmed;
    (1, 5) "parity error", unconfirmed;
    (1, 6) "CRC error", unconfirmed;
    (1, 7) "RAM checksum error", unconfirmed;
    (1, 8) "ROM checksum error", unconfirmed;
    (1, 9) "clock error", unconfirmed;
    (2, 0) "power quality flag", unconfirmed;
    (2, 1) "too many outages", unconfirmed;
    (2, 2) "power quality counter", unconfirmed;
    (2, 3) "service disconnect switching", unconfirmed;
    (2, 32) "power failed in the interval";
    (2, 1001) "power down", unconfirmed;
    (2, 1002) "power up", unconfirmed;
    (2, 1003) "phase failed", unconfirmed;
    (3, 0) "revenue protection", unconfirmed;
    (3, 1) "cover opened", unconfirmed;
    (3, 2) "logical disconnect", unconfirmed;
    (3, 3) "revenue protection suspects something", unconfirmed;
    (3, 4) "reverse rotation", unconfirmed;
    (3, 5) "value does not change", unconfirmed;
    (4, 0) "alarm flag", unconfirmed;
    (4, 1) "overflow detected", unconfirmed;
    (4, 2) "partial interval";
    (4, 3) "long interval";
    (4, 4) "skipped interval";
    (4, 5) "test data", unconfirmed;
    (4, 6) "configuration changed", unconfirmed;
    (4, 7) "not recording", unconfirmed;
    (4, 8) "reset done", unconfirmed;
    (4, 9) "clock changed";
    (4, 10) "load control in the interval", unconfirmed;
    (4, 16) "daylight saving time in effect", unconfirmed;
    (4, 63) "clock deviates too much", unconfirmed;
    (4, 64) "clock set forward", unconfirmed;
    (4, 128) "clock set backward", unconfirmed;
    (4, 129) "attempt to read failed", unconfirmed;
    (4, 130) "read by the customer", unconfirmed;
    (4, 131) "read by a person", unconfirmed;
    (4, 259) "change to or from daylight saving time", unconfirmed;
    (4, 260) "record number in the comment", unconfirmed;
    (4, 1001) "other matter of data collection", unconfirmed;
    (4, 1002) "short or long interval", unconfirmed;
    (5, 256) "outside the expected range", unconfirmed;
    (5, 257) "error code", unconfirmed;
    (5, 258) "suspect", unconfirmed;
    (5, 259) "known missing";
    (6, 0) "failed validation";
    (6, 1) "failed validation, usage of zero", unconfirmed;
    (6, 2) "failed validation, usage on an inactive meter", unconfirmed;
    (6, 3) "failed validation, usage above the maximum", unconfirmed;
    (6, 4) "failed validation, usage below the minimum", unconfirmed;
    (6, 5) "failed validation, usage above the maximum in percent", unconfirmed;
    (6, 6) "failed validation, usage below the minimum in percent", unconfirmed;
    (6, 9) "failed validation, sum of the tariff registers", unconfirmed;
    (6, 1001) "failed validation, local rule 1001", unconfirmed;
    (7, 0) "edited by a person";
    (7, 1) "added by a person", unconfirmed;
    (7, 3) "rejected by a person", unconfirmed;
    (8, 0) "estimated";
    (10, 0) "indeterminate";
    (10, 1) "accepted by a person", unconfirmed;
    (11, 0) "derived for certain";
    (11, 1) "derived by inference", unconfirmed;
    (12, 0) "projected", unconfirmed;
};
