//! The lists of the quality code are whole: `fixtures/reading_quality_codes.txt` has a line for
//! each row, and each row is a line of it.

use std::collections::BTreeSet;

use metering_model::{QualityCategory, QualitySystem, ReadingQualityType};

const LINES: &str = include_str!("fixtures/reading_quality_codes.txt");

#[test]
fn the_lists_are_whole() {
    let system = |it: &QualitySystem| format!("system {it} {}", it.name().unwrap());
    let category = |it: &QualityCategory| format!("category {it} {}", it.name().unwrap());
    let index = |it: ReadingQualityType| format!("index {}.{} {}", it.category, it.index, it.index_name().unwrap());
    let whole = |(code, name): &(ReadingQualityType, &str)| format!("whole {code} {name}");
    let listed: Vec<String> = QualitySystem::LISTED
        .iter()
        .map(system)
        .chain(QualityCategory::LISTED.iter().map(category))
        .chain(ReadingQualityType::listed_indexes().map(index))
        .chain(ReadingQualityType::WELL_KNOWN.iter().map(whole))
        .collect();
    for (list, count) in [("system", 6), ("category", 13), ("index", 69), ("whole", 22)] {
        let of_list = |line: &str| line.split(' ').next() == Some(list);
        assert_eq!(LINES.lines().filter(|line| of_list(line)).count(), count, "{list}");
        assert_eq!(listed.iter().filter(|line| of_list(line)).count(), count, "{list}");
    }
    let lines: BTreeSet<_> = LINES.lines().collect();
    assert_eq!(lines.len(), 6 + 13 + 69 + 22);
    assert_eq!(listed.iter().map(String::as_str).collect::<BTreeSet<_>>(), lines);
}
