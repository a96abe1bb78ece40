//! Declarations that hold beyond one message: those around it, and those within it for what it has in it.

use super::{Declared, Scopes};

impl Scopes<'_> {
    /// Begins with what is declared around the message.
    pub(in crate::xml) fn within(mut self, around: &[(String, String)]) -> Self {
        for (prefix, uri) in around {
            let kind = self.accepted.kind(self.noun, uri);
            if prefix.is_empty() {
                self.default = kind;
            }
            self.declared.push(Declared { prefix: prefix.clone(), uri: uri.clone(), kind, depth: 0 });
        }
        self
    }

    /// What holds where the reading is, without what elements at `depth` or deeper declare: each
    /// prefix once.
    pub(in crate::xml) fn above(&self, depth: usize) -> Vec<(String, String)> {
        let mut above: Vec<(String, String)> = Vec::new();
        for Declared { prefix, uri, .. } in self.declared.iter().rev().filter(|it| it.depth < depth) {
            if !above.iter().any(|(known, _)| known == prefix) {
                above.push((prefix.clone(), uri.clone()));
            }
        }
        above
    }
}
