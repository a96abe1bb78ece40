//! The tables of docs/vocabulary.md are made from the vocabularies: what is told is what is done.

use super::vocabulary::{Vocabulary, Word};

/// Fails unless the document has exactly this table.
pub(super) fn has_table(document: &str, head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let head: Vec<_> = head.iter().map(|it| (*it).to_owned()).collect();
    let mut table = line(&head) + &"|---".repeat(head.len()) + "|\n";
    table.extend(rows.into_iter().map(|row| line(&row)));
    let path = format!("{}/../../docs/{document}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap();
    // A blank line behind it: the document has no rows that the code does not have.
    assert!(text.contains(&format!("\n{table}\n")), "docs/{document} does not have this table:\n{table}");
}

/// Each word of a vocabulary with its other spellings, and what `means` says of it.
pub(super) fn has_words<T>(head: &[&str], vocabulary: &Vocabulary<T>, means: impl Fn(&T) -> Vec<String>) {
    let row = |it: &Word<T>| [vec![spelled(it)], means(&it.means)].concat();
    has_table("vocabulary.md", head, vocabulary.words.iter().map(row));
}

/// `good` (`valid`)
pub(super) fn spelled<T>(word: &Word<T>) -> String {
    let aliases = quoted(word.aliases.iter().copied());
    if aliases.is_empty() { format!("`{}`", word.word) } else { format!("`{}` ({aliases})", word.word) }
}

/// `a`, `b`
pub(super) fn quoted(words: impl IntoIterator<Item = &'static str>) -> String {
    words.into_iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
}

/// A code and what its list calls it.
macro_rules! code_and_name {
    ($code:expr) => {
        format!("{} {}", $code, $code.name().expect("a listed code"))
    };
}
pub(super) use code_and_name;
