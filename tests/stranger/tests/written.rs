//! With the feature `serde`, values of the vocabulary stand in structs of one's own.
#![cfg(feature = "serde")]

use stranger::{Sum, sums};

#[test]
fn a_struct_of_ones_own_is_written_as_texts_and_read_back() {
    let sums = sums("1.29.0;2024-01-15T10:15:00Z;0.250").unwrap();
    let json = serde_json::to_string(&sums[0]).unwrap();
    assert_eq!(
        json,
        r#"{"obis":"1-0:1.29.0*255","reading_type":"0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0","energy":"0.25","peak":"1","peak_at":"2024-01-15T10:15:00Z"}"#
    );
    assert_eq!(serde_json::from_str::<Sum>(&json).unwrap(), sums[0]);
    let error = serde_json::from_str::<Sum>(&json.replace("1-0:1.29.0", "1-0:1.29")).unwrap_err().to_string();
    assert!(error.contains("group E (the tariff)"), "{error}");
}
