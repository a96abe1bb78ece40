use proptest::prelude::*;

use super::*;

fn quality(text: &str) -> ReadingQualityType {
    text.parse().unwrap()
}

#[test]
fn printing_and_parsing_are_inverse() {
    for text in ["1.0.0", "2.5.259", "9.200.65535", "255.255.0"] {
        assert_eq!(quality(text).to_string(), text);
    }
}

proptest! {
    #[test]
    fn any_three_numbers_come_back_and_can_be_explained(system: u8, category: u8, index: u16) {
        let code = ReadingQualityType::new(system, category, index);
        prop_assert_eq!(code.to_string().parse(), Ok(code));
        prop_assert!(!code.explain().to_string().is_empty());
    }

    /// Numbers near those that are listed meet more of the rows.
    #[test]
    fn parts_are_told_by_name_or_as_unlisted(system in 0..8u8, category in 0..15u8, index in 0..300u16) {
        let code = ReadingQualityType::new(system, category, index);
        let explanation = code.explain().to_string();
        let index_told = code.index_name().is_some() || code.rule().is_some() || !code.category.is_listed();
        let unlisted = [!code.system.is_listed(), !code.category.is_listed(), !index_told];
        let expected = unlisted.into_iter().filter(|it| *it).count();
        prop_assert_eq!(explanation.matches("unlisted ").count(), expected, "{}", explanation);
    }

    #[test]
    fn no_text_makes_a_code_panic(text in ".*", near in "([-0-9]{0,6}\\.){0,4}.{0,3}") {
        for text in [text, near] {
            let _ = text.parse::<ReadingQualityType>().map_err(|error| error.to_string());
        }
    }
}

#[test]
fn qualities_are_explained() {
    for (code, explanation) in [
        ("1.0.0", "end device: data valid"),
        ("0.0.0", "data valid"),
        ("3.0.1", "meter data management: validated"),
        ("1.2.32", "end device: power failed in the interval"),
        ("1.4.2", "end device: partial interval"),
        ("2.4.130", "metering system: read by the customer"),
        ("2.5.259", "metering system: known missing"),
        ("3.5.259", "meter data management: known missing"),
        ("3.6.0", "meter data management: failed validation"),
        ("3.6.3", "meter data management: failed validation, usage above the maximum"),
        ("3.6.77", "meter data management: failed validation, rule 77"),
        ("3.6.1001", "meter data management: failed validation, local rule 1001"),
        ("3.6.1234", "meter data management: failed validation, local rule 1234"),
        ("3.7.0", "meter data management: edited by a person"),
        ("3.7.3", "meter data management: rejected by a person"),
        ("3.8.0", "meter data management: estimated"),
        ("2.8.12", "metering system: estimated, rule 12"),
        ("3.8.1000", "meter data management: estimated, local rule 1000"),
        ("1.10.0", "end device: questionable, indeterminate"),
        ("3.10.1", "meter data management: accepted by a person"),
        ("5.11.1", "externally specified: derived by inference"),
        ("4.12.0", "other system: projected"),
        ("1.1.1", "end device: battery low"),
        ("1.1.2", "end device: diagnostics, unlisted index 2"),
        ("1.2.1001", "end device: power down"),
        ("1.4.1005", "end device: data collection, local index 1005"),
        ("1.9.0", "end device: oscillatory, unlisted index 0"),
        ("9.4.4", "unlisted system 9: skipped interval"),
        ("9.200.7", "unlisted system 9: unlisted category 200, index 7"),
        ("0.200.65535", "unlisted category 200, local index 65535"),
    ] {
        assert_eq!(quality(code).explain().to_string(), explanation, "{code}");
    }
}

#[test]
fn errors_say_which_part_is_wrong_and_why() {
    for (text, error) in [
        ("", "the quality code has 3 parts separated by points, such as 1.0.0, this one has 1"),
        ("good", "the quality code has 3 parts separated by points, such as 1.0.0, this one has 1"),
        ("1.0", "the quality code has 3 parts separated by points, such as 1.0.0, this one has 2"),
        ("1.0.0.0", "the quality code has 3 parts separated by points, such as 1.0.0, this one has 4"),
        ("256.0.0", "part 1 of the quality code (system) must be a number from 0 to 255, not `256`"),
        ("+1.0.0", "part 1 of the quality code (system) must be a number from 0 to 255, not `+1`"),
        (
            "01.0.0",
            "part 1 of the quality code (system) must be a number from 0 to 255 without zeros in front, not `01`",
        ),
        ("1.-1.0", "part 2 of the quality code (category) must be a number from 0 to 255, not `-1`"),
        ("1..0", "part 2 of the quality code (category) must be a number from 0 to 255, not ``"),
        ("3.8.x", "part 3 of the quality code (index) must be a number from 0 to 65535, not `x`"),
        ("1.0.65536", "part 3 of the quality code (index) must be a number from 0 to 65535, not `65536`"),
    ] {
        assert_eq!(text.parse::<ReadingQualityType>().unwrap_err().to_string(), error, "{text:?}");
    }
}

#[test]
fn every_listed_index_and_every_well_known_code_is_found_and_told() {
    assert!(index::LISTED.is_sorted_by(|left, right| left.parts < right.parts));
    assert!(ReadingQualityType::WELL_KNOWN.is_sorted_by(|(left, _), (right, _)| left < right));
    for (at, row) in index::LISTED.iter().enumerate() {
        let code = ReadingQualityType::new(4, row.parts.0, row.parts.1);
        assert_eq!(code.index_name(), Some(row.name));
        assert_eq!(code.is_confirmed(), row.confirmed);
        assert!(code.category.is_listed());
        assert_eq!(code.explain().to_string(), format!("other system: {}", row.name));
        assert!(index::LISTED[..at].iter().all(|other| other.name != row.name), "{}", row.name);
    }
    for (code, name) in ReadingQualityType::WELL_KNOWN {
        assert_eq!(code.name(), Some(*name));
        assert_eq!(code.explain().to_string(), *name);
        assert!(code.index_name().is_some() && name.starts_with(code.system.name().unwrap()), "{code}");
    }
}

#[test]
fn the_index_of_validation_and_estimation_is_a_rule() {
    for (code, rule) in
        [("3.6.0", None), ("3.6.3", Some(3)), ("3.6.1001", Some(1001)), ("2.8.7", Some(7)), ("3.5.258", None)]
    {
        assert_eq!(quality(code).rule(), rule, "{code}");
    }
}

/// Of all that is listed, and of numbers that are not, only these say that there is no value.
#[test]
fn few_qualities_say_that_there_is_no_value() {
    let explain: Vec<String> = ReadingQualityType::listed_indexes()
        .filter(|it| it.explains_no_value())
        .map(|it| format!("{}.{} {}", it.category, it.index, it.index_name().unwrap()))
        .collect();
    assert_eq!(
        explain,
        [
            "2.32 power failed in the interval",
            "4.4 skipped interval",
            "4.7 not recording",
            "4.129 attempt to read failed",
            "5.257 error code",
            "5.259 known missing",
            "7.3 rejected by a person",
        ]
    );
    for (code, explains) in [
        ("3.7.3", true),
        ("1.4.4", true),
        ("2.5.259", true),
        ("3.5.259", true),
        ("1.2.32", true),
        ("1.0.0", false),
        ("3.0.1", false),
        ("3.5.258", false),
        ("3.6.0", false),
        ("3.7.0", false),
        ("3.7.1", false),
        ("3.8.0", false),
        ("1.4.2", false),
        ("3.10.0", false),
        ("3.10.1", false),
        ("3.11.0", false),
        ("3.12.0", false),
        ("1.2.1001", false),
        ("3.6.259", false),
        ("9.200.7", false),
    ] {
        assert_eq!(quality(code).explains_no_value(), explains, "{code}");
    }
}

#[test]
fn what_one_source_knows_is_unconfirmed() {
    assert!(ReadingQualityType::MISSING.is_confirmed() && !ReadingQualityType::REJECTED.is_confirmed());
    assert!(!quality("9.200.7").is_confirmed());
}

/// With the feature `serde` a code is its text in any format.
#[cfg(feature = "serde")]
#[test]
fn a_code_is_written_and_read_as_its_text() {
    use serde::Deserialize as _;
    use serde::de::IntoDeserializer as _;
    use serde::de::value::{Error, StrDeserializer};

    fn read(text: &str) -> Result<ReadingQualityType, Error> {
        let text: StrDeserializer<'_, Error> = text.into_deserializer();
        ReadingQualityType::deserialize(text)
    }
    assert_eq!(read("3.8.0").unwrap().to_string(), "3.8.0");
    assert!(read("3.8").unwrap_err().to_string().contains("parts separated by points"));
}
