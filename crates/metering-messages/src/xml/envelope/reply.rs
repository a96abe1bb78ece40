//! `Reply`, both ways.

use super::fields::{id, integer, word};
use super::read::{Reader, Stop};
use super::table::{ErrorElement, ObjectElement, ReplyElement};
use super::write::Elements;
use crate::envelope::{Level, Object, Outcome, Refusal, Reply, ReplyCode, ReplyError};
use crate::xml::elements::Name;
use crate::xml::schema::Element;
use crate::xml::tolerances::Tolerance;

impl Reader<'_, '_> {
    /// Reads what became of a request, the beginning of which was read.
    pub(super) fn reply(&mut self, element: &'static Element) -> Result<Reply, Stop> {
        let most = self.reading.bounds.ids;
        let ReplyElement { result, errors, ids, operation } =
            self.structure(element, most.saturating_mul(16), usize::MAX)?;
        let known: Vec<_> = Outcome::ALL.iter().map(|it| it.as_str()).collect();
        let outcome = word("Result", &result.unwrap_or_default(), &known, Outcome::of)?;
        self.room(errors.len(), most.saturating_add(1), "Error")?;
        self.room(ids.len(), most.saturating_add(1), "ID")?;
        let errors: Vec<_> = errors.into_iter().map(|it| self.error(it)).collect::<Result<_, _>>()?;
        if outcome == Outcome::Failed && errors.is_empty() {
            let detail = "`Result` is FAILED and no `Error` says why";
            return Err(Refusal::new(ReplyCode::AGAINST_SCHEMA, detail).into());
        }
        let ids = ids.into_iter().map(id).collect::<Result<_, _>>()?;
        let operation = operation.map(|text| integer("operationId", &text)).transpose()?;
        Ok(Reply { outcome, errors, ids, operation })
    }

    fn error(&mut self, element: ErrorElement) -> Result<ReplyError, Stop> {
        let ErrorElement { code, level, reason, details, xpath, id: of, related_id, object, operation } = element;
        let code = code.unwrap_or_default().parse::<ReplyCode>().map_err(|error| {
            let detail = format!("`Error/code`: {error}");
            Refusal::new(ReplyCode::AGAINST_SCHEMA, detail)
        })?;
        let known: Vec<_> = Level::ALL.iter().map(|it| it.as_str()).collect();
        Ok(ReplyError {
            code,
            level: level.map(|text| word("Error/level", &text, &known, Level::of)).transpose()?,
            reason,
            details,
            xpath,
            id: of.map(id).transpose()?,
            related_id: related_id.map(id).transpose()?,
            object: object.map(|it| self.object(it)),
            operation: operation.map(|text| integer("operationId", &text)).transpose()?,
        })
    }

    fn object(&mut self, ObjectElement { mrid, names, object_type }: ObjectElement) -> Object {
        if names.iter().any(|it| it.name_type.is_some()) {
            self.walk.tolerances.note_known(Tolerance::NotKept, "Name", "NameType", 0);
        }
        Object { mrid, names: names.into_iter().filter_map(|Name { name, .. }| name).collect(), object_type }
    }
}

impl Elements<'_> {
    /// Appends what became of a request.
    pub(super) fn reply(&mut self, reply: &Reply) {
        let Reply { outcome, errors, ids, operation } = reply;
        self.outer("Reply", |to| {
            to.text("Result", outcome.as_str());
            for error in errors {
                to.inner("Error", |to| to.error(error));
            }
            for id in ids {
                to.id("ID", id);
            }
            to.text("operationId", operation.map(|it| it.to_string()).as_deref());
        });
    }

    fn error(&mut self, error: &ReplyError) {
        let ReplyError { code, level, reason, details, xpath, id, related_id, object, operation } = error;
        self.text("code", code.to_string().as_str());
        self.text("level", level.map(Level::as_str));
        self.text("reason", reason.as_deref());
        self.text("details", details.as_deref());
        self.text("xpath", xpath.as_deref());
        if let Some(id) = id {
            self.id("ID", id);
        }
        if let Some(id) = related_id {
            self.id("relatedID", id);
        }
        if let Some(Object { mrid, names, object_type }) = object {
            self.inner("object", |to| {
                to.text("mRID", mrid.as_deref());
                for name in names {
                    to.inner("Name", |to| to.text("name", name.as_str()));
                }
                to.text("objectType", object_type.as_deref());
            });
        }
        self.text("operationId", operation.map(|it| it.to_string()).as_deref());
    }
}
