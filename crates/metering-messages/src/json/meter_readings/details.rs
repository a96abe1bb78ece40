//! What few readings say besides their value. Where an item says nothing of it, nothing is done.

use std::sync::Arc;

use metering_model::{DetailsIndex, ReadingDetails, TimePeriod, Violation};
use serde_json::value::RawValue;

use super::read::ReadingFields;
use crate::json::fields::{At, fields, object, present, text, time};

fields! {
    /// `timePeriod`.
    struct PeriodFields<'a> { "start" start, "end" end }
}

/// The details of a message. Neighbours mostly have the same source, and often the same of all.
#[derive(Debug)]
pub(super) struct DetailsTable<'a> {
    details: Vec<ReadingDetails>,
    /// Spellings and index of the item before that had details.
    previous: Option<([Option<&'a str>; 5], Option<DetailsIndex>)>,
}

impl<'a> DetailsTable<'a> {
    pub(super) fn new() -> Self {
        Self { details: Vec::new(), previous: None }
    }

    /// All of them, in the order in which they were met.
    pub(super) fn into_details(self) -> Vec<ReadingDetails> {
        self.details
    }

    /// The index of the item's details, if it has any; what is wrong with them is told.
    pub(super) fn index(
        &mut self,
        item: u32,
        fields: &ReadingFields<'a>,
        violations: &mut Vec<Violation>,
    ) -> Option<DetailsIndex> {
        let spelled = [fields.reported, fields.time_period, fields.source, fields.reason, fields.comment]
            .map(|raw| present(raw).map(RawValue::get));
        if spelled == [None; 5] {
            return None;
        }
        if let Some((previous, index)) = &self.previous
            && *previous == spelled
        {
            return *index;
        }
        let before = violations.len();
        let last = self.details.last();
        let mut said = |raw, name, last: Option<&Arc<str>>| {
            // An empty text says nothing.
            let text = text(raw, item, name, violations).filter(|text| !text.is_empty())?;
            Some(last.filter(|last| ***last == *text).cloned().unwrap_or_else(|| text.into()))
        };
        let source = said(fields.source, "source", last.and_then(|it| it.source.as_ref()));
        let reason = said(fields.reason, "reason", last.and_then(|it| it.reason.as_ref()));
        let comment = said(fields.comment, "comment", last.and_then(|it| it.comment.as_ref()));
        let reported = time(fields.reported, item, "reportedDateTime", violations);
        let time_period = time_period(item, fields.time_period, violations);
        if violations.len() > before {
            return None;
        }
        let index = ReadingDetails { reported, time_period, source, reason, comment }.join(&mut self.details);
        self.previous = Some((spelled, index));
        index
    }
}

fn time_period(item: u32, raw: Option<&RawValue>, violations: &mut Vec<Violation>) -> TimePeriod {
    let fields = object::<PeriodFields<'_>>(raw, item, "timePeriod", "a time period", violations);
    let Some(fields) = fields else { return TimePeriod::default() };
    let at = At { item, within: "timePeriod/" };
    let start = time(fields.start, at, "start", violations);
    TimePeriod { start, end: time(fields.end, at, "end", violations) }
}
