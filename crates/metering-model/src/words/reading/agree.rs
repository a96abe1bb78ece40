//! Words beside a code: what contradicts.

use super::describe::{describe, unit_text};
use super::tables::{DIRECTIONS, INTERVALS, MEASUREMENTS, PHASES, READING_KINDS, UNITS};
use super::{DescribedReadingType, ReadingWords, invalid_code, is_like_a_code, time_of_use};
use crate::words::WordFault;
use crate::words::vocabulary::Vocabulary;
use crate::{ReadingType, ViolationCode};

/// Adds what the words say otherwise than `code`, which came beside them.
///
/// Where senders write one of two codes for the same, either agrees.
///
/// ```
/// use metering_model::words::{ReadingWords, agrees};
///
/// let code = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?;
/// let words = ReadingWords { unit: Some("kWh"), phase: Some("ABC"), ..ReadingWords::default() };
/// let mut faults = Vec::new();
/// agrees(&words, &code, &mut faults);
/// assert_eq!((faults.len(), faults[0].field), (1, "phase"));
/// # Ok::<(), metering_model::ReadingTypeError>(())
/// ```
pub fn agrees(words: &ReadingWords<'_>, code: &ReadingType, faults: &mut Vec<WordFault>) {
    let described = describe(code);
    match words.reading_type {
        Some(text) if is_like_a_code(text) => match text.parse::<ReadingType>() {
            Ok(other) if other == *code => {}
            Ok(other) => faults.push(contradiction(READING_KINDS.field, &other.to_string(), Some(&code.to_string()))),
            Err(error) => faults.push(invalid_code(error.to_string())),
        },
        given => same_word(&READING_KINDS, given, described.reading_type, faults),
    }
    same_word(&MEASUREMENTS, words.measurement, described.measurement, faults);
    same_word(&INTERVALS, words.interval, described.interval, faults);
    same_word(&PHASES, words.phase, described.phase, faults);
    same_word(&DIRECTIONS, words.energy_direction, described.energy_direction, faults);
    if let Some(tou) = time_of_use(words.time_of_use, faults)
        && words.time_of_use.is_some()
        && tou != code.tou.code()
    {
        faults.push(contradiction("timeOfUse", &tou.to_string(), Some(&code.tou.to_string())));
    }
    unit_agrees(words, code, &described, faults);
}

/// The unit and the multiplier must say what the code says, together.
fn unit_agrees(
    words: &ReadingWords<'_>,
    code: &ReadingType,
    described: &DescribedReadingType,
    faults: &mut Vec<WordFault>,
) {
    let power = i64::from(code.multiplier.code());
    let given = words.multiplier.unwrap_or(0);
    if words.unit.is_none() {
        // Alone it stands beside the unit without prefix; 0 is what is understood anyway.
        if given != 0 && given != power {
            faults.push(contradiction("multiplier", &given.to_string(), Some(&power.to_string())));
        }
        return;
    }
    let Some(unit) = UNITS.read_optional(words.unit, faults) else { return };
    if unit.means.unit != code.unit {
        faults.push(contradiction(UNITS.field, unit.word, described.unit));
    } else if i64::from(unit.means.prefix).saturating_add(given) != power {
        let said = format!("{} times ten to {given}", unit.word);
        let said = if given == 0 { unit.word } else { &said };
        let field = if given == 0 { UNITS.field } else { "multiplier" };
        faults.push(contradiction(field, said, Some(&unit_text(code))));
    }
}

/// A word that came beside a code must be the one that describes it.
fn same_word<T>(
    vocabulary: &Vocabulary<T>,
    given: Option<&str>,
    described: Option<&'static str>,
    faults: &mut Vec<WordFault>,
) {
    if let Some(entry) = vocabulary.read_optional(given, faults)
        && Some(entry.word) != described
    {
        faults.push(contradiction(vocabulary.field, entry.word, described));
    }
}

fn contradiction(field: &'static str, said: &str, code_says: Option<&str>) -> WordFault {
    let detail = match code_says {
        Some(right) => format!("{field} says {said}, the reading type code says {right}"),
        None => format!("{field} says {said}, the reading type code does not; leave {field} out"),
    };
    WordFault { field, code: ViolationCode::CodeContradictsWords, detail }
}
