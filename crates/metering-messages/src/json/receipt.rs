//! `Receipt` in JSON: the one answer to everything that writes.

use metering_model::{Counts, Place, Receipt, Violation};

use super::members::{Members, list};
use crate::xml::Places;

pub(super) mod schema;

/// So many errors an answer tells; all of them are in the stored receipt.
pub const ERRORS_TOLD: usize = 1_000;

/// How many of a receipt's errors and warnings are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Told {
    /// The first [`ERRORS_TOLD`] of each, with the total where there are more.
    #[default]
    First,
    /// All of them.
    All,
}

/// Appends the receipt as it answers the request: the first [`ERRORS_TOLD`] errors and warnings.
pub fn write(receipt: &Receipt, out: &mut Vec<u8>) {
    open(receipt, Told::First, out);
    close(out);
}

/// Appends the receipt with everything it says.
pub fn write_whole(receipt: &Receipt, out: &mut Vec<u8>) {
    open(receipt, Told::All, out);
    close(out);
}

/// Appends the receipt without the brace at its end, so that members of the noun can follow, each
/// with a comma before it (`,"controls":[...]`), and then [`close`].
pub fn open(receipt: &Receipt, told: Told, out: &mut Vec<u8>) {
    open_at(receipt, told, None, out);
}

/// The same for a message of XML, of which `places` says where its items are; without, they are told
/// by their numbers.
pub fn open_at(receipt: &Receipt, told: Told, places: Option<&Places>, out: &mut Vec<u8>) {
    let of_list = Places::of_list(&receipt.list);
    let places = of_list.as_ref().map(|known| places.unwrap_or(known));
    let Receipt { id, list, sha256, received_at, recorded_at, counts, errors, warnings } = receipt;
    let Counts { received, inserted, unchanged, superseded, kept, rejected } = *counts;
    let mut to = Members::begin(out);
    to.text("receipt", id.as_str());
    to.shown("sha256", Some(sha256));
    to.time("receivedAt", *received_at);
    to.time("recordedAt", *recorded_at);
    let mut inner = Members::begin(to.name("counts"));
    inner.integer("received", received);
    inner.integer("inserted", inserted);
    inner.integer("unchanged", unchanged);
    inner.integer("superseded", superseded);
    inner.integer("kept", kept);
    inner.integer("rejected", rejected);
    inner.end();
    write_violations("errors", list, places, errors, told, &mut to);
    write_violations("warnings", list, places, warnings, told, &mut to);
}

/// Appends the brace at the end of what [`open`] began.
pub fn close(out: &mut Vec<u8>) {
    out.push(b'}');
}

/// Appends the violations under `name`, and their number under `NAMETotal` where not all are told.
fn write_violations(
    name: &str,
    list_name: &str,
    places: Option<&Places>,
    violations: &[Violation],
    told: Told,
    to: &mut Members<'_>,
) {
    let told = match told {
        Told::First => violations.get(..ERRORS_TOLD).unwrap_or(violations),
        Told::All => violations,
    };
    list(told, to.name(name), |Violation { at, code, detail }, out| {
        let mut to = Members::begin(out);
        match places {
            Some(places) => to.text("xpath", places.xpath(at).as_str()),
            None => to.text("pointer", pointer(list_name, at).as_str()),
        }
        to.text("code", code.as_str());
        to.text("detail", detail.as_str());
        to.end();
    });
    if told.len() < violations.len() {
        to.integer(&format!("{name}Total"), i64::try_from(violations.len()).unwrap_or(i64::MAX));
    }
}

/// The place as a JSON pointer in the form of a URI fragment; `list` is empty for an object that
/// stands alone.
///
/// ```
/// use metering_messages::json::receipt::pointer;
/// use metering_model::{Violation, ViolationCode};
///
/// let at = Violation::new(77, "value", ViolationCode::TooManyDigits, "").at;
/// assert_eq!(pointer("readings", &at), "#/readings/77/value");
/// assert_eq!(pointer("", &at), "#/value");
/// ```
#[must_use]
pub fn pointer(list: &str, place: &Place) -> String {
    let mut pointer = String::with_capacity(24 + list.len() + place.field.len());
    pointer.push('#');
    if !list.is_empty() {
        pointer.push('/');
        pointer.push_str(list);
        pointer.push('/');
        pointer.push_str(&place.item.to_string());
    }
    if !place.field.is_empty() {
        pointer.push('/');
        for byte in place.field.bytes() {
            // What RFC 3986 lets stand in a fragment; the field is a way of pointer steps already.
            if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte) {
                pointer.push(char::from(byte));
            } else {
                pointer.push('%');
                for nibble in [byte >> 4, byte & 15] {
                    pointer.push(char::from_digit(nibble.into(), 16).unwrap_or('0').to_ascii_uppercase());
                }
            }
        }
    }
    pointer
}

#[cfg(test)]
mod tests {
    use metering_model::{Sha256, ViolationCode};

    use super::*;
    use crate::json::schema::tests::is_one_of;

    fn receipt(errors: Vec<Violation>) -> Receipt {
        Receipt {
            id: "0193f0c2-0000-7000-8000-000000000000".to_owned(),
            list: "readings".to_owned(),
            sha256: Sha256([0x9f; 32]),
            received_at: "2026-11-24T10:00:00.123Z".parse().unwrap(),
            recorded_at: "2026-11-24T10:00:00.125Z".parse().unwrap(),
            counts: Counts { received: 96, inserted: 88, unchanged: 3, superseded: 2, kept: 2, rejected: 1 },
            errors,
            warnings: vec![Violation::new(3, "multiplier", ViolationCode::PrefixedUnitMultiplier, "kWh \"and\" 3")],
        }
    }

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        let text = String::from_utf8(out).unwrap();
        is_one_of(&["Receipt", "EndDeviceControlsReceipt"], &text);
        text
    }

    #[test]
    fn a_receipt_is_written_as_the_contract_shows_it() {
        let receipt = receipt(vec![Violation::new(77, "value", ViolationCode::TooManyDigits, "19 digits")]);
        let expected = format!(
            concat!(
                r#"{{"receipt":"0193f0c2-0000-7000-8000-000000000000","sha256":"{}","receivedAt":"2026-11-24T10:00:00.123Z","recordedAt":"2026-11-24T10:00:00.125Z","#,
                r#""counts":{{"received":96,"inserted":88,"unchanged":3,"superseded":2,"kept":2,"rejected":1}},"#,
                r##""errors":[{{"pointer":"#/readings/77/value","code":"too-many-digits","detail":"19 digits"}}],"##,
                r##""warnings":[{{"pointer":"#/readings/3/multiplier","code":"prefixed-unit-multiplier","detail":"kWh \"and\" 3"}}]}}"##,
            ),
            "9f".repeat(32)
        );
        assert_eq!(written(|out| write(&receipt, out)), expected);
    }

    #[test]
    fn the_first_thousand_errors_are_told_with_the_total_and_the_whole_has_all() {
        let many = (0..1_001).map(|at| Violation::new(at, "value", ViolationCode::InvalidNumber, "x")).collect();
        let receipt = receipt(many);
        let first: serde_json::Value = serde_json::from_str(&written(|out| write(&receipt, out))).unwrap();
        assert_eq!(first["errors"].as_array().unwrap().len(), 1_000);
        assert_eq!(first["errorsTotal"], 1_001);
        assert_eq!(first.get("warningsTotal"), None);
        let whole: serde_json::Value = serde_json::from_str(&written(|out| write_whole(&receipt, out))).unwrap();
        assert_eq!(whole["errors"].as_array().unwrap().len(), 1_001);
        assert_eq!(whole.get("errorsTotal"), None);
    }

    #[test]
    fn items_of_the_noun_stand_beside_the_receipt() {
        let json = written(|out| {
            open(&receipt(Vec::new()), Told::First, out);
            out.extend_from_slice(b",\"controls\":[]");
            close(out);
        });
        assert!(json.ends_with("}],\"controls\":[]}"), "{json}");
    }

    #[test]
    fn pointers_name_items_fields_and_odd_names() {
        let at = |item, field: &'static str| Place { item, field: field.into() };
        assert_eq!(pointer("readings", &at(7, "")), "#/readings/7");
        assert_eq!(pointer("meters", &at(0, "names/1/name")), "#/meters/0/names/1/name");
        assert_eq!(pointer("", &at(0, "")), "#");
        assert_eq!(pointer("readings", &at(1, "a~1b %\u{e4}#\"")), "#/readings/1/a~1b%20%25%C3%A4%23%22");
    }
}
