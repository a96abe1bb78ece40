//! Items of a message and what is told of them, the same in every notation.

use metering_model::{Violation, ViolationCode};

/// An item, and where inside it: the prefix of the names of its inner fields (`names/0/`).
#[derive(Debug, Clone, Copy)]
pub(crate) struct At<'p> {
    /// Which item of the list, from 0.
    pub(crate) item: u32,
    /// Empty for the item's own fields, else the way to the inner object, with a `/` at its end.
    pub(crate) within: &'p str,
}

impl At<'_> {
    /// The field's place in the item.
    pub(crate) fn field(self, name: &str) -> String {
        format!("{}{name}", self.within)
    }

    /// `code`, broken at the field of this name.
    pub(crate) fn violation(self, name: &str, code: ViolationCode, detail: impl Into<String>) -> Violation {
        let field = self.field(name);
        let field = field.strip_suffix('/').map(str::to_owned).unwrap_or(field);
        Violation::new(self.item, field, code, detail)
    }
}

impl From<u32> for At<'_> {
    fn from(item: u32) -> Self {
        Self { item, within: "" }
    }
}

/// Whether nothing was told of the item, which is the one that is being read.
pub(crate) fn whole(item: u32, violations: &[Violation]) -> bool {
    violations.last().is_none_or(|last| last.at.item != item)
}

/// After so many violations of a message, each further item that is rejected is told with the
/// first rule it breaks: a small body full of faults must not become a large answer in memory.
pub(crate) const TOLD_IN_FULL: usize = 10_000;

/// The most violations of one item that are told.
const TOLD_OF_AN_ITEM: usize = 100;

/// Keeps of what was told of the item read last, behind the first `before`, as much as is told.
pub(crate) fn bound(violations: &mut Vec<Violation>, before: usize) {
    let most = if before < TOLD_IN_FULL { TOLD_OF_AN_ITEM } else { 1 };
    violations.truncate(before.saturating_add(most));
}
