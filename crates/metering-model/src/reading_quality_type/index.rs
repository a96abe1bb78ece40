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

/// Makes the rows: `category.index`, apart, the name, and `confirmed` where more than one source has it.
macro_rules! indexes {
    ($( ($category:literal, $index:literal) $name:literal $(, $confirmed:ident)?; )*) => {
        &[$( Index { parts: ($category, $index), name: $name, confirmed: confirmed!($($confirmed)?) }, )*]
    };
}

/// By category and index.
pub(super) const LISTED: &[Index] = indexes! {
    (0, 0) "data valid", confirmed;
    (0, 1) "validated";
    (1, 0) "diagnostics flag";
    (1, 1) "battery low";
    (1, 3) "sensor failure";
    (1, 4) "watchdog flag";
    (1, 5) "parity error";
    (1, 6) "CRC error";
    (1, 7) "RAM checksum error";
    (1, 8) "ROM checksum error";
    (1, 9) "clock error";
    (2, 0) "power quality flag";
    (2, 1) "too many outages";
    (2, 2) "power quality counter";
    (2, 3) "service disconnect switching";
    (2, 32) "power failed in the interval", confirmed;
    (2, 1001) "power down";
    (2, 1002) "power up";
    (2, 1003) "phase failed";
    (3, 0) "revenue protection";
    (3, 1) "cover opened";
    (3, 2) "logical disconnect";
    (3, 3) "revenue protection suspects something";
    (3, 4) "reverse rotation";
    (3, 5) "value does not change";
    (4, 0) "alarm flag";
    (4, 1) "overflow detected";
    (4, 2) "partial interval", confirmed;
    (4, 3) "long interval", confirmed;
    (4, 4) "skipped interval", confirmed;
    (4, 5) "test data";
    (4, 6) "configuration changed";
    (4, 7) "not recording";
    (4, 8) "reset done";
    (4, 9) "clock changed", confirmed;
    (4, 10) "load control in the interval";
    (4, 16) "daylight saving time in effect";
    (4, 63) "clock deviates too much";
    (4, 64) "clock set forward";
    (4, 128) "clock set backward";
    (4, 129) "attempt to read failed";
    (4, 130) "read by the customer";
    (4, 131) "read by a person";
    (4, 259) "change to or from daylight saving time";
    (4, 260) "record number in the comment";
    (4, 1001) "other matter of data collection";
    (4, 1002) "short or long interval";
    (5, 256) "outside the expected range";
    (5, 257) "error code";
    (5, 258) "suspect";
    (5, 259) "known missing", confirmed;
    (6, 0) "failed validation", confirmed;
    (6, 1) "failed validation, usage of zero";
    (6, 2) "failed validation, usage on an inactive meter";
    (6, 3) "failed validation, usage above the maximum";
    (6, 4) "failed validation, usage below the minimum";
    (6, 5) "failed validation, usage above the maximum in percent";
    (6, 6) "failed validation, usage below the minimum in percent";
    (6, 9) "failed validation, sum of the tariff registers";
    (6, 1001) "failed validation, local rule 1001";
    (7, 0) "edited by a person", confirmed;
    (7, 1) "added by a person";
    (7, 3) "rejected by a person";
    (8, 0) "estimated", confirmed;
    (10, 0) "indeterminate", confirmed;
    (10, 1) "accepted by a person";
    (11, 0) "derived for certain", confirmed;
    (11, 1) "derived by inference";
    (12, 0) "projected";
};
