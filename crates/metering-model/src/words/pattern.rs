//! What one query parameter asks of reading types.

use super::WordFault;
use super::reading::{described_pattern, invalid_code, is_like_a_code};
use crate::reading_type::ReadingTypePattern;
use crate::{ReadingType, ViolationCode};

/// The parameters that [`pattern`] knows.
pub const PATTERN_PARAMETERS: &[&str] =
    &["readingType", "measurement", "interval", "phase", "energyDirection", "readingTypeCode"];

/// What a query parameter and its word ask of a reading type.
///
/// A series fits when an answer would describe it by that word, so `readingType=registerRead` finds
/// dials however their senders code them. `readingType` and `readingTypeCode` take an 18-part code
/// too, which only itself fits.
///
/// # Errors
/// An unknown word, with the words there are; a code of the wrong form; a parameter that is none
/// of [`PATTERN_PARAMETERS`].
///
/// ```
/// use metering_model::words::pattern;
///
/// let code = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.224.3.72.0".parse()?;
/// assert!(pattern("measurement", "activeEnergy").unwrap().matches(&code));
/// assert!(pattern("phase", "ABC").unwrap().matches(&code));
/// assert!(!pattern("energyDirection", "reverse").unwrap().matches(&code));
/// assert!(pattern("phase", "ABD").is_err());
/// # Ok::<(), metering_model::ReadingTypeError>(())
/// ```
pub fn pattern(parameter: &str, word: &str) -> Result<ReadingTypePattern, WordFault> {
    let is_code = parameter == "readingTypeCode" || (parameter == "readingType" && is_like_a_code(word));
    if is_code {
        let field = if parameter == "readingTypeCode" { "readingTypeCode" } else { "readingType" };
        return match word.parse::<ReadingType>() {
            Ok(code) => Ok(ReadingTypePattern::exactly(&code)),
            Err(error) => Err(WordFault { field, ..invalid_code(error.to_string()) }),
        };
    }
    let word = described_pattern(parameter, word).ok_or_else(|| WordFault {
        field: "parameter",
        code: ViolationCode::UnknownField,
        detail: format!("reading types are selected by {}", PATTERN_PARAMETERS.join(", ")),
    })??;
    let mut pattern = ReadingTypePattern::default();
    let wanted = match parameter {
        "readingType" => &mut pattern.reading_type,
        "measurement" => &mut pattern.measurement,
        "interval" => &mut pattern.interval,
        "phase" => &mut pattern.phase,
        _ => &mut pattern.energy_direction,
    };
    *wanted = Some(word);
    Ok(pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(parameter: &str, word: &str, code: &str) -> bool {
        pattern(parameter, word).unwrap().matches(&code.parse().unwrap())
    }

    #[test]
    fn each_parameter_selects_by_its_word() {
        let quarter_hours = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.224.3.72.0";
        for (parameter, right, wrong) in [
            ("readingType", "interval", "registerRead"),
            ("measurement", "activeEnergy", "reactiveEnergy"),
            ("interval", "PT900S", "PT30M"),
            ("phase", "ABC", "A"),
            ("energyDirection", "forward", "Q1 Q2"),
            ("readingTypeCode", quarter_hours, "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"),
            ("readingType", quarter_hours, "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"),
        ] {
            assert!(fits(parameter, right, quarter_hours), "{parameter}={right}");
            assert!(!fits(parameter, wrong, quarter_hours), "{parameter}={wrong}");
        }
    }

    #[test]
    fn a_word_finds_every_code_that_is_described_by_it() {
        for code in ["0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0", "11.0.0.9.1.2.12.0.0.0.0.0.0.0.0.0.72.0"] {
            assert!(fits("readingType", "registerRead", code), "{code}");
        }
        // Billing data and harmonics are something else, though some parts are the same.
        assert!(!fits("readingType", "registerRead", "8.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"));
        assert!(!fits("measurement", "voltage", "0.0.0.12.0.1.54.3.1.0.0.0.0.0.129.0.29.0"));
        assert!(fits("measurement", "activePower", "8.8.0.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0"));
    }

    #[test]
    fn what_is_unknown_is_said() {
        let fault = pattern("energyDirection", "backward").unwrap_err();
        assert_eq!((fault.field, fault.code), ("energyDirection", ViolationCode::UnknownWord));
        let fault = pattern("readingTypeCode", "intervalData").unwrap_err();
        assert_eq!((fault.field, fault.code), ("readingTypeCode", ViolationCode::InvalidCode));
        let fault = pattern("readingType", "0.0.2.4").unwrap_err();
        assert_eq!((fault.field, fault.code), ("readingType", ViolationCode::InvalidCode));
        assert_eq!(pattern("colour", "red").unwrap_err().code, ViolationCode::UnknownField);
    }
}
