//! docs/vocabulary.md and docs/api.md say what the tables say.

use super::super::tables::{Class, METERED, Measurement};
use super::*;
use crate::words::document::{code_and_name, has_table, has_words, quoted, spelled};

fn class(class: Class) -> &'static str {
    match class {
        Class::Energy => "energy",
        Class::Power => "power",
        Class::Level => "voltage, current, frequency, power factor",
    }
}

fn none_or<T: PartialEq>(vocabulary: &Vocabulary<T>, meanings: &[T]) -> String {
    let words = vocabulary.words.iter().filter(|it| meanings.contains(&it.means)).map(|it| it.word);
    let words = quoted(words);
    if words.is_empty() { "none".to_owned() } else { format!("none, {words}") }
}

/// Units, kinds of reading, directions and phases of each measurement.
#[test]
fn what_goes_with_what_is_in_the_documents() {
    let units = |measurement: &Measurement| {
        quoted(UNITS.words.iter().filter(|it| it.means.unit == measurement.unit).map(|it| it.word))
    };
    let kinds = |measurement: &Measurement| {
        let goes = |kind: &ReadingKind| METERED.iter().any(|row| row.kind == *kind && row.class == measurement.class);
        quoted(READING_KINDS.words.iter().filter(|it| goes(&it.means)).map(|it| it.word))
    };
    has_table(
        "api.md",
        &["`measurement`", "`unit`", "`readingType`", "`energyDirection`", "`phase`"],
        MEASUREMENTS.words.iter().map(|it| {
            vec![
                spelled(it),
                units(&it.means),
                kinds(&it.means),
                none_or(&DIRECTIONS, it.means.directions),
                none_or(&PHASES, it.means.phases),
            ]
        }),
    );
    has_words(&["`measurement`", "`unit`", "unit code", "measurementKind"], &MEASUREMENTS, |it| {
        vec![units(it), it.unit.to_string(), code_and_name!(it.kind)]
    });
}

#[test]
fn kinds_of_reading_are_in_the_document() {
    has_table(
        "vocabulary.md",
        &["`readingType`", "of", "macroPeriod", "aggregate", "accumulation", "measurementKind"],
        METERED.iter().map(|row| {
            let kind = READING_KINDS.words.iter().find(|it| it.means == row.kind).unwrap();
            let daily = if row.daily { ", with `P1D` 11" } else { "" };
            let also = row.also_read.map(|it| format!("; {it} is read as the same")).unwrap_or_default();
            vec![
                spelled(kind),
                class(row.class).to_owned(),
                format!("{}{daily}", code_and_name!(row.macro_period)),
                code_and_name!(row.aggregate),
                format!("{}{also}", code_and_name!(row.accumulation)),
                row.measurement_kind.map_or("that of the measurement".to_owned(), |it| code_and_name!(it)),
            ]
        }),
    );
}

#[test]
fn the_other_words_of_a_reading_are_in_the_document() {
    has_words(&["`interval`", "measuringPeriod", "macroPeriod"], &INTERVALS, |it| {
        vec![it.measuring_period.to_string(), it.macro_period.to_string()]
    });
    has_words(&["`unit`", "unit", "power of ten"], &UNITS, |it| vec![it.unit.to_string(), it.prefix.to_string()]);
    has_words(&["`phase`", "phases"], &PHASES, |it| vec![it.to_string()]);
    has_words(&["`energyDirection`", "flowDirection"], &DIRECTIONS, |it| vec![it.to_string()]);
}
