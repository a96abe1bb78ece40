//! What all vocabularies share: the table, the look-up, and help with spelling.

use super::WordFault;
use crate::ViolationCode;

/// A word, other spellings that are read, and what it stands for.
pub(super) struct Word<T: 'static> {
    /// The spelling that answers use.
    pub(super) word: &'static str,
    /// Spellings that are read and never written.
    pub(super) aliases: &'static [&'static str],
    /// What it stands for.
    pub(super) means: T,
}

/// All words of one field: the only place that ties them to what they mean.
pub(super) struct Vocabulary<T: 'static> {
    /// The field, as the API spells it.
    pub(super) field: &'static str,
    /// What a message calls one of the words.
    pub(super) called: &'static str,
    /// The words, in the order in which messages list them.
    pub(super) words: &'static [Word<T>],
}

/// Makes a [`Vocabulary`]: `"word" | "other spelling" => meaning;`
macro_rules! vocabulary {
    ($field:literal, $called:literal; $( $word:literal $(| $alias:literal)* => $means:expr; )+) => {
        crate::words::vocabulary::Vocabulary {
            field: $field,
            called: $called,
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

    /// The spellings that answers use.
    pub(super) fn spellings(&self) -> Vec<&'static str> {
        self.words.iter().map(|it| it.word).collect()
    }

    /// The fault of a word that the field does not know.
    pub(super) fn unknown(&self, text: &str) -> WordFault {
        let known = self.spellings();
        let any_spelling: Vec<_> =
            self.words.iter().flat_map(|it| std::iter::once(it.word).chain(it.aliases.iter().copied())).collect();
        // An alias that comes near is answered by the word it stands for.
        let near = nearest(text, &any_spelling).and_then(|near| self.find(near)).map(|entry| entry.word);
        let hint = near.map(|near| format!("; did you mean `{near}`? Known are ")).unwrap_or("; known are ".to_owned());
        let shown: String = text.chars().take(40).collect();
        WordFault {
            field: self.field,
            code: ViolationCode::UnknownWord,
            detail: format!("unknown {} `{shown}`{hint}{}", self.called, known.join(", ")),
        }
    }
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

/// `A`, `A or B`, `A, B or C`.
pub(super) fn one_of(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// Longer texts are no misspelt words, and comparing them would cost.
const LONGEST: usize = 64;

/// The known word that is nearest to `word` in spelling, if any is near.
///
/// Letters' case does not count; a letter more, less, other or swapped with its neighbour counts
/// one; up to a third of the word may differ.
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
    let lower = |text: &str| text.chars().flat_map(char::to_lowercase).take(LONGEST + 1).collect::<Vec<_>>();
    let word = lower(word);
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let allowed = if word.len() == 1 { 0 } else { word.len().div_ceil(3).min(4) };
    known
        .iter()
        .copied()
        .filter_map(|one| {
            let letters = lower(one);
            let difference = letters.len().abs_diff(word.len());
            // The difference in length is the least that the distance can be.
            if letters.len() > LONGEST || difference > allowed {
                return None;
            }
            let distance = distance(&word, &letters);
            (distance <= allowed && distance < letters.len().max(1)).then_some(((distance, difference), one))
        })
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, one)| one)
}

/// How many letters to insert, drop, replace or swap with the next one make `left` of `right`.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut before_last = vec![0; right.len() + 1];
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, a) in left.iter().enumerate() {
        let mut current = vec![row + 1; right.len() + 1];
        for (column, b) in right.iter().enumerate() {
            let replaced = last[column] + usize::from(a != b);
            let mut least = replaced.min(last[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && *a == right[column - 1] && left[row - 1] == *b {
                least = least.min(before_last[column - 1] + 1);
            }
            current[column + 1] = least;
        }
        before_last = last;
        last = current;
    }
    last.last().copied().unwrap_or_default()
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
        let count = |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!(count("metreId", "meterId"), 1);
        assert_eq!(count("", "abc"), 3);
        assert_eq!(count("kitten", "sitting"), 3);
    }
}
