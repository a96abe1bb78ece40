//! The words of a reading's `reason`: the standard's `ReadingReasonKind`.

/// Every word that the standard has for why a reading was taken. It says them itself, so a word
/// stands for nothing else; others are kept as they come.
pub const READING_REASONS: &[&str] = &[
    "billing",
    "demandReset",
    "inquiry",
    "installation",
    "loadManagement",
    "loadResearch",
    "moveIn",
    "moveOut",
    "other",
    "removal",
    "serviceConnect",
    "serviceDisconnect",
];

#[cfg(test)]
mod tests {
    use super::super::document;
    use super::READING_REASONS;

    #[test]
    fn the_words_are_in_the_document() {
        let rows = READING_REASONS.iter().map(|word| vec![format!("`{word}`")]);
        document::has_table("vocabulary.md", &["`reason`"], rows);
    }
}
