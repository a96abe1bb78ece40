//! What all vocabularies share: the table, the look-up, and help with spelling.

use super::WordFault;
use crate::{Excerpt, ViolationCode};

/// A word, other spellings that are read, and what it stands for.
pub(crate) struct Word<T: 'static> {
    /// The spelling that answers use.
    pub(crate) word: &'static str,
    /// Spellings that are read and never written.
    pub(super) aliases: &'static [&'static str],
    /// What it stands for.
    pub(crate) means: T,
}

/// All words of one field: the only place that ties them to what they mean.
pub(super) struct Vocabulary<T: 'static> {
    /// The field, as the API spells it.
    pub(super) field: &'static str,
    /// The words, in the order in which messages list them.
    pub(super) words: &'static [Word<T>],
}

/// Makes a [`Vocabulary`]: `"word" | "other spelling" => meaning;`
macro_rules! vocabulary {
    ($field:literal; $( $word:literal $(| $alias:literal)* => $means:expr; )+) => {
        crate::words::vocabulary::Vocabulary {
            field: $field,
            words: &[$( crate::words::vocabulary::Word { word: $word, aliases: &[$($alias),*], means: $means }, )+],
        }
    };
}
pub(super) use vocabulary;

impl<T> Vocabulary<T> {
    /// The entry of this spelling.
    pub(super) fn find(&self, text: &str) -> Option<&'static Word<T>> {
        self.words.iter().find(|it| it.word == text || it.aliases.contains(&text))
    }

    /// The first entry whose meaning is the one looked for.
    pub(super) fn meaning(&self, is_it: impl Fn(&T) -> bool) -> Option<&'static Word<T>> {
        self.words.iter().find(|it| is_it(&it.means))
    }

    /// The entry of this spelling, or the fault that says which there are.
    pub(super) fn read(&self, text: &str) -> Result<&'static Word<T>, WordFault> {
        self.find(text).ok_or_else(|| self.unknown(text))
    }

    /// The entry of a field that may be absent; an unknown word is added to the faults.
    pub(super) fn read_optional(&self, text: Option<&str>, faults: &mut Vec<WordFault>) -> Option<&'static Word<T>> {
        match self.read(text?) {
            Ok(entry) => Some(entry),
            Err(fault) => {
                faults.push(fault);
                None
            }
        }
    }

    /// The fault of a word that the field does not know.
    pub(super) fn unknown(&self, text: &str) -> WordFault {
        let spellings = self.words.iter().flat_map(|it| std::iter::once(it.word).chain(it.aliases.iter().copied()));
        // An alias that comes near is answered by the word it stands for.
        let near = nearest_of(text, spellings).and_then(|near| self.find(near)).map(|it| it.word);
        let detail = unknown(self.field, text, near, self.words.iter().map(|it| it.word));
        WordFault { field: self.field, code: ViolationCode::UnknownWord, detail }
    }
}

/// What is told of a word that is none of those `known`, the words of `field`.
///
/// ```
/// use metering_model::words::unknown_word;
///
/// let detail = unknown_word("status", "aktive", &["active", "retired"]);
/// assert_eq!(detail, "unknown status `aktive`; did you mean `active`? Known are active, retired");
/// ```
#[must_use]
pub fn unknown_word(field: &str, word: &str, known: &[&str]) -> String {
    unknown(field, word, nearest(word, known), known.iter().copied())
}

fn unknown<'k>(field: &str, word: &str, near: Option<&str>, known: impl Iterator<Item = &'k str>) -> String {
    let mut detail = format!("unknown {field} `{}`; ", Excerpt(word));
    match near {
        Some(near) => detail.extend(["did you mean `", near, "`? Known are "]),
        None => detail.push_str("known are "),
    }
    for (at, word) in known.enumerate() {
        detail.extend([if at > 0 { ", " } else { "" }, word]);
    }
    detail
}

/// The answers' spellings of a table, as a list that is made when the program is compiled.
pub(super) const fn spellings<T, const N: usize>(words: &'static [Word<T>]) -> [&'static str; N] {
    let mut list = [""; N];
    let mut at = 0;
    while at < N {
        list[at] = words[at].word;
        at += 1;
    }
    list
}

/// A choice, for people.
///
/// ```
/// use metering_model::words::one_of;
///
/// assert_eq!(one_of(&["Wh", "kWh", "MWh"]), "Wh, kWh or MWh");
/// assert_eq!(one_of(&["V"]), "V");
/// ```
#[must_use]
pub fn one_of<T: AsRef<str>>(words: &[T]) -> String {
    match words {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(AsRef::as_ref).collect();
            format!("{} or {}", first.join(", "), last.as_ref())
        }
    }
}

/// Longer texts are no misspelt words, and comparing them would cost.
const LONGEST: usize = 64;

/// The numbers from 0.
const FIRST_ROW: [u8; LONGEST + 1] = {
    let mut row = [0; LONGEST + 1];
    let mut column = 1;
    while column <= LONGEST {
        row[column] = row[column - 1] + 1;
        column += 1;
    }
    row
};

/// The known word that is nearest to `word` in spelling, if any is near.
///
/// Letters' case does not count; a letter more, less, other or swapped with its neighbour counts
/// one; up to a third of the word may differ. Nothing is allocated: a message may be full of
/// misspelt words.
///
/// ```
/// use metering_model::words::nearest;
///
/// assert_eq!(nearest("kwh", &["Wh", "kWh", "MWh"]), Some("kWh"));
/// assert_eq!(nearest("meterID", &["meterId", "usagePointId"]), Some("meterId"));
/// assert_eq!(nearest("colour", &["meterId", "usagePointId"]), None);
/// ```
#[must_use]
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    nearest_of(word, known.iter().copied())
}

pub(super) fn nearest_of<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = Letters::of(word)?;
    let word = word.as_slice();
    let allowed = match word.len() {
        0 => return None,
        1 => 0,
        count => count.div_ceil(3).min(4),
    };
    known
        .filter_map(|one| {
            let letters = Letters::of(one)?;
            let letters = letters.as_slice();
            let difference = letters.len().abs_diff(word.len());
            // The difference in length is the least that the distance can be.
            if difference > allowed {
                return None;
            }
            let distance = distance(word, letters);
            (distance <= allowed && distance < letters.len().max(1)).then_some(((distance, difference), one))
        })
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, one)| one)
}

/// The small letters of a word.
struct Letters {
    letters: [char; LONGEST],
    count: usize,
}

impl Letters {
    /// `None` where there are more than [`LONGEST`].
    fn of(text: &str) -> Option<Self> {
        let mut word = Self { letters: ['\0'; LONGEST], count: 0 };
        if text.is_ascii() {
            for (place, byte) in word.letters.iter_mut().zip(text.bytes()) {
                *place = byte.to_ascii_lowercase().into();
            }
            word.count = text.len();
            return (text.len() <= LONGEST).then_some(word);
        }
        for letter in text.chars().flat_map(char::to_lowercase) {
            *word.letters.get_mut(word.count)? = letter;
            word.count += 1;
        }
        Some(word)
    }

    fn as_slice(&self) -> &[char] {
        &self.letters[..self.count]
    }
}

/// How many letters to insert, drop, replace or swap with the next one make `left` of `right`; of
/// words of at most [`LONGEST`] letters.
fn distance(left: &[char], right: &[char]) -> usize {
    // No distance is more than the longest word, so a byte holds it.
    let mut before_last = [0u8; LONGEST + 1];
    let mut last: [u8; LONGEST + 1] = FIRST_ROW;
    for (row, a) in left.iter().enumerate() {
        let mut current = [FIRST_ROW[row + 1]; LONGEST + 1];
        for (column, b) in right.iter().enumerate() {
            let replaced = last[column] + u8::from(a != b);
            let mut least = replaced.min(last[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && *a == right[column - 1] && left[row - 1] == *b {
                least = least.min(before_last[column - 1] + 1);
            }
            current[column + 1] = least;
        }
        before_last = last;
        last = current;
    }
    last[right.len()].into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_the_one_a_person_would_name() {
        let phases = ["A", "B", "C", "N", "AN", "AB", "ABC", "NG"];
        assert_eq!(nearest("ABD", &phases), Some("ABC"));
        assert_eq!(nearest("abc", &phases), Some("ABC"));
        assert_eq!(nearest("X", &phases), None, "one letter for another is no misspelling");
        assert_eq!(nearest("", &phases), None);
        assert_eq!(nearest("activeEnregy", &["reactiveEnergy", "activeEnergy"]), Some("activeEnergy"));
        assert_eq!(nearest(&"x".repeat(100_000), &["x"]), None);
    }

    #[test]
    fn swapped_neighbours_count_one() {
        let letters = |text: &str| Letters::of(text).unwrap();
        let count = |a: &str, b: &str| distance(letters(a).as_slice(), letters(b).as_slice());
        assert_eq!(count("metreId", "meterId"), 1);
        assert_eq!(count("", "abc"), 3);
        assert_eq!(count("kitten", "sitting"), 3);
    }
}
