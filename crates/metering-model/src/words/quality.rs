//! The words of `quality`.

use super::WordFault;
use super::vocabulary::{Vocabulary, spellings, vocabulary};
use crate::{ReadingQualityType, ViolationCode};

pub(super) const QUALITIES: Vocabulary<ReadingQualityType> = vocabulary! { "quality";
    "good" | "valid" => ReadingQualityType::GOOD;
    "validated" => ReadingQualityType::new(3, 0, 1);
    "estimated" => ReadingQualityType::new(3, 8, 0);
    "edited" | "manual" => ReadingQualityType::new(3, 7, 0);
    "added" => ReadingQualityType::new(3, 7, 1);
    "rejected" => ReadingQualityType::REJECTED;
    "accepted" => ReadingQualityType::new(3, 10, 1);
    "suspect" => ReadingQualityType::new(3, 5, 258);
    "questionable" => ReadingQualityType::new(3, 10, 0);
    "invalid" | "bad" => ReadingQualityType::new(3, 6, 0);
    "missing" => ReadingQualityType::new(2, 5, 259);
    "derived" => ReadingQualityType::new(3, 11, 0);
    "projected" => ReadingQualityType::new(3, 12, 0);
    "powerFail" => ReadingQualityType::new(1, 2, 32);
    "partialInterval" => ReadingQualityType::new(1, 4, 2);
    "longInterval" => ReadingQualityType::new(1, 4, 3);
    "skippedInterval" => ReadingQualityType::new(1, 4, 4);
    "clockChanged" => ReadingQualityType::new(1, 4, 9);
    "customerRead" => ReadingQualityType::new(1, 4, 130);
    "manualRead" => ReadingQualityType::new(1, 4, 131);
};

/// Every word of `quality`.
pub const QUALITY_WORDS: &[&str] = &spellings::<_, { QUALITIES.words.len() }>(QUALITIES.words);

/// The quality that a word or a 3-part code says.
///
/// # Errors
/// An unknown word, with the words there are; a code of the wrong form.
///
/// ```
/// use metering_model::words::quality;
///
/// assert_eq!(quality("estimated").unwrap().to_string(), "3.8.0");
/// assert_eq!(quality("2.8.0").unwrap().to_string(), "2.8.0");
/// assert!(quality("estimatd").unwrap_err().detail.contains("did you mean `estimated`?"));
/// ```
pub fn quality(word_or_code: &str) -> Result<ReadingQualityType, WordFault> {
    match QUALITIES.find(word_or_code) {
        Some(entry) => Ok(entry.means),
        None if word_or_code.starts_with(|first: char| first.is_ascii_digit()) => {
            word_or_code.parse().map_err(|error: crate::ReadingQualityTypeError| WordFault {
                field: QUALITIES.field,
                code: ViolationCode::InvalidCode,
                detail: error.to_string(),
            })
        }
        None => Err(QUALITIES.unknown(word_or_code)),
    }
}

/// The word that stands for exactly this code, so that what is answered can be sent back.
#[must_use]
pub fn quality_word(code: ReadingQualityType) -> Option<&'static str> {
    QUALITIES.meaning(|it| *it == code).map(|it| it.word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_in_the_document() {
        super::super::document::has_words(&["`quality`", "code"], &QUALITIES, |it| vec![it.to_string()]);
    }

    #[test]
    fn every_word_comes_back_and_every_alias_as_its_word() {
        for entry in QUALITIES.words {
            assert_eq!(quality_word(quality(entry.word).unwrap()), Some(entry.word));
            for alias in entry.aliases {
                assert_eq!(quality_word(quality(alias).unwrap()), Some(entry.word));
            }
        }
        assert_eq!(quality_word(ReadingQualityType::new(2, 8, 0)), None);
    }

    #[test]
    fn unlisted_codes_are_read_and_wrong_ones_are_no_words() {
        assert_eq!(quality("9.200.7").unwrap(), ReadingQualityType::new(9, 200, 7));
        assert_eq!(quality("3.8").unwrap_err().code, ViolationCode::InvalidCode);
        assert_eq!(quality("fine").unwrap_err().code, ViolationCode::UnknownWord);
    }
}
