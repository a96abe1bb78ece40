//! `Reply`: what became of a request, and why not all of it.

use metering_model::{Place, Receipt, Violation};

use super::{Id, ReplyCode, code_of};

/// What became of a request as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// All of it was done.
    Ok,
    /// A part of it was done, or this is a part of the result.
    Partial,
    /// Nothing was done.
    Failed,
}

impl Outcome {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Ok, Self::Partial, Self::Failed];

    /// The word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Partial => "PARTIAL",
            Self::Failed => "FAILED",
        }
    }

    /// The outcome of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.as_str() == word)
    }
}

/// How grave an error is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// Nothing is wrong.
    Inform,
    /// It was done all the same.
    Warning,
    /// It was not done.
    Fatal,
    /// Nothing can be done.
    Catastrophic,
}

impl Level {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Inform, Self::Warning, Self::Fatal, Self::Catastrophic];

    /// The word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Inform => "INFORM",
            Self::Warning => "WARNING",
            Self::Fatal => "FATAL",
            Self::Catastrophic => "CATASTROPHIC",
        }
    }

    /// The level of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.as_str() == word)
    }
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// In a word.
    pub outcome: Outcome,
    /// What was wrong, item by item.
    pub errors: Vec<ReplyError>,
    /// The objects that were made.
    pub ids: Vec<Id>,
    /// Of which operation of a set this is told.
    pub operation: Option<i64>,
}

/// One thing that was wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyError {
    /// Which kind of thing.
    pub code: ReplyCode,
    /// How grave.
    pub level: Option<Level>,
    /// Which rule was broken.
    pub reason: Option<String>,
    /// What was found and what would be right.
    pub details: Option<String>,
    /// Where in the request, in XPath.
    pub xpath: Option<String>,
    /// The object it is about.
    pub id: Option<Id>,
    /// Another object it is about.
    pub related_id: Option<Id>,
    /// What else is known of the object.
    pub object: Option<Object>,
    /// Of which operation of a set this is told.
    pub operation: Option<i64>,
}

/// An object that an error is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Object {
    /// Its mRID.
    pub mrid: Option<String>,
    /// Its names.
    pub names: Vec<String>,
    /// What kind of object.
    pub object_type: Option<String>,
}

impl ReplyError {
    /// An error of this kind, of which nothing else is told yet.
    #[must_use]
    pub fn new(code: ReplyCode) -> Self {
        Self {
            code,
            level: None,
            reason: None,
            details: None,
            xpath: None,
            id: None,
            related_id: None,
            object: None,
            operation: None,
        }
    }

    /// A broken rule, at the place that `xpath` finds for it.
    fn of(Violation { at, code, detail }: &Violation, level: Level, xpath: &impl Fn(&Place) -> Option<String>) -> Self {
        Self {
            level: Some(level),
            reason: Some(code.as_str().to_owned()),
            details: Some(detail.clone()),
            xpath: xpath(at),
            ..Self::new(code_of(*code))
        }
    }
}

impl Reply {
    /// A reply that says nothing else yet.
    #[must_use]
    pub fn new(outcome: Outcome) -> Self {
        Self { outcome, errors: Vec::new(), ids: Vec::new(), operation: None }
    }

    /// What a receipt says, at the places that `xpath` finds, with the ids of what was recorded.
    ///
    /// One error is told for each broken rule, of the first `most`; then one for each warning, as
    /// far as there is room. Where more was wrong, a last one with [`ReplyCode::MULTIPLE_ERROR_TYPES`]
    /// says how much, and that the receipt has all of it. An error is about the object that
    /// `object` finds for its item.
    ///
    /// ```
    /// use metering_messages::envelope::{Outcome, Reply};
    /// use metering_messages::xml::Places;
    /// use metering_model::{Counts, Receipt, Sha256, TimeStamp, Violation, ViolationCode};
    ///
    /// let receipt = Receipt {
    ///     id: "r-1".to_owned(),
    ///     list: "EndDeviceEvents".to_owned(),
    ///     sha256: Sha256([0; 32]),
    ///     received_at: TimeStamp::EPOCH,
    ///     recorded_at: TimeStamp::EPOCH,
    ///     counts: Counts { received: 2, inserted: 1, rejected: 1, ..Counts::default() },
    ///     errors: vec![Violation::new(1, "deviceId", ViolationCode::NotConfigured, "not configured")],
    ///     warnings: Vec::new(),
    /// };
    /// let places = Places::of("EndDeviceEvents");
    /// let reply = Reply::of_receipt(&receipt, Vec::new(), |at| Some(places.xpath(at)), |_| None, 1_000);
    /// assert_eq!(reply.outcome, Outcome::Partial);
    /// assert_eq!(reply.errors[0].code.to_string(), "2.15");
    /// assert_eq!(reply.errors[0].xpath.as_deref(), Some("/m:EndDeviceEvents/m:EndDeviceEvent[2]/m:Assets"));
    /// ```
    #[must_use]
    pub fn of_receipt(
        receipt: &Receipt,
        recorded: Vec<Id>,
        xpath: impl Fn(&Place) -> Option<String>,
        object: impl Fn(u32) -> Option<Object>,
        most: usize,
    ) -> Self {
        let Receipt { id, counts, errors, warnings, .. } = receipt;
        let outcome = match counts.rejected {
            0 => Outcome::Ok,
            rejected if rejected >= counts.received => Outcome::Failed,
            _ => Outcome::Partial,
        };
        let mut reply = Self::of_violations(outcome, errors, warnings, xpath, object, most);
        let all = errors.len() + warnings.len();
        if reply.errors.len() < all {
            let details = format!("{} of {all} are told here; the receipt {id} has all of them", reply.errors.len());
            let level = Some(Level::Inform);
            let code = if errors.is_empty() { ReplyCode::NO_ERRORS } else { ReplyCode::MULTIPLE_ERROR_TYPES };
            reply.errors.push(ReplyError { level, details: Some(details), ..ReplyError::new(code) });
        }
        reply.ids = recorded;
        reply
    }

    /// What was wrong with a request of which nothing was done: its broken rules, the first `most`.
    #[must_use]
    pub fn failed(
        violations: &[Violation],
        xpath: impl Fn(&Place) -> Option<String>,
        object: impl Fn(u32) -> Option<Object>,
        most: usize,
    ) -> Self {
        let mut reply = Self::of_violations(Outcome::Failed, violations, &[], xpath, object, most);
        if reply.errors.len() < violations.len() {
            let details = format!("{} of {} are told here", reply.errors.len(), violations.len());
            let code = ReplyCode::MULTIPLE_ERROR_TYPES;
            let level = Some(Level::Inform);
            reply.errors.push(ReplyError { level, details: Some(details), ..ReplyError::new(code) });
        }
        if reply.errors.is_empty() {
            // A failure without an error would be none by the standard.
            reply.errors.push(ReplyError::new(ReplyCode::ATTEMPTED_AND_FAILED));
        }
        reply
    }

    fn of_violations(
        outcome: Outcome,
        errors: &[Violation],
        warnings: &[Violation],
        xpath: impl Fn(&Place) -> Option<String>,
        object: impl Fn(u32) -> Option<Object>,
        most: usize,
    ) -> Self {
        let told = errors.iter().map(|it| (it, Level::Fatal)).chain(warnings.iter().map(|it| (it, Level::Warning)));
        let errors = told.take(most).map(|(violation, level)| ReplyError {
            object: object(violation.at.item),
            ..ReplyError::of(violation, level, &xpath)
        });
        Self { errors: errors.collect(), ..Self::new(outcome) }
    }

    /// The same, saying that what was asked for was taken on and is not done yet: a control is done
    /// when its device has done it, and an event tells so.
    #[must_use]
    pub fn acknowledged(mut self) -> Self {
        let details = Some("taken on; what becomes of it is told by events".to_owned());
        self.errors.push(ReplyError {
            level: Some(Level::Inform),
            details,
            ..ReplyError::new(ReplyCode::ACKNOWLEDGED)
        });
        self
    }

    /// What became of a set of operations: each by its id, in this order.
    ///
    /// ```
    /// use metering_messages::envelope::{Outcome, Reply};
    ///
    /// let reply = Reply::of_operations([(1, Reply::new(Outcome::Ok)), (2, Reply::undone(2))]);
    /// assert_eq!(reply.outcome, Outcome::Partial);
    /// assert_eq!(reply.errors[0].operation, Some(2));
    /// ```
    #[must_use]
    pub fn of_operations(operations: impl IntoIterator<Item = (i64, Self)>) -> Self {
        let (mut ok, mut failed) = (true, true);
        let mut all = Self::new(Outcome::Ok);
        for (id, Self { outcome, errors, ids, operation: _ }) in operations {
            ok &= outcome == Outcome::Ok;
            failed &= outcome == Outcome::Failed;
            all.errors.extend(errors.into_iter().map(|error| ReplyError { operation: Some(id), ..error }));
            all.ids.extend(ids);
        }
        all.outcome = match (ok, failed) {
            (true, _) => Outcome::Ok,
            (false, true) => Outcome::Failed,
            (false, false) => Outcome::Partial,
        };
        all
    }

    /// That nothing was done of an operation, because another one of its set could not be done.
    #[must_use]
    pub fn undone(operation: i64) -> Self {
        let error = ReplyError {
            level: Some(Level::Fatal),
            details: Some("undone: another operation of the set failed, and all or nothing is to be done".to_owned()),
            operation: Some(operation),
            ..ReplyError::new(ReplyCode::TRANSACTION_UNDONE)
        };
        Self { errors: vec![error], operation: Some(operation), ..Self::new(Outcome::Failed) }
    }
}

#[cfg(test)]
mod tests {
    use metering_model::{Counts, Sha256, TimeStamp, ViolationCode};

    use super::*;

    fn receipt(received: u32, errors: Vec<Violation>, warnings: Vec<Violation>) -> Receipt {
        let rejected = errors.iter().map(|it| it.at.item).collect::<std::collections::BTreeSet<_>>().len() as u32;
        Receipt {
            id: "r".to_owned(),
            list: "MeterReadings".to_owned(),
            sha256: Sha256([0; 32]),
            received_at: TimeStamp::EPOCH,
            recorded_at: TimeStamp::EPOCH,
            counts: Counts { received, inserted: received - rejected, rejected, ..Counts::default() },
            errors,
            warnings,
        }
    }

    fn wrong(item: u32) -> Violation {
        Violation::new(item, "value", ViolationCode::InvalidNumber, "`x`")
    }

    fn of(receipt: &Receipt, most: usize) -> Vec<String> {
        let object = |item| (item == 1).then(|| Object { mrid: Some("o".to_owned()), ..Object::default() });
        let ids = vec![Id::mrid("i", "EndDeviceControl")];
        let reply = Reply::of_receipt(receipt, ids.clone(), |at| Some(format!("/{}", at.item)), object, most);
        assert_eq!(reply.ids, ids);
        let told = reply.errors.iter().map(|it| {
            let (level, xpath) = (it.level.unwrap().as_str(), it.xpath.as_deref().unwrap_or("-"));
            let object = it.object.as_ref().and_then(|it| it.mrid.as_deref()).unwrap_or("-");
            format!("{} {level} {xpath} {object} {}", it.code, it.reason.as_deref().unwrap_or("-"))
        });
        std::iter::once(reply.outcome.as_str().to_owned()).chain(told).collect()
    }

    #[test]
    fn a_receipt_becomes_one_error_for_each_fault() {
        assert_eq!(of(&receipt(2, vec![], vec![]), 9), ["OK"]);
        assert_eq!(of(&receipt(0, vec![], vec![]), 9), ["OK"]);
        let look = Violation::new(0, "", ViolationCode::UnlistedCode, "");
        assert_eq!(of(&receipt(1, vec![], vec![look.clone()]), 9), ["OK", "0.0 WARNING /0 - unlisted-code"]);
        assert_eq!(
            of(&receipt(3, vec![wrong(1), wrong(1), wrong(2)], vec![look]), 9),
            [
                "PARTIAL",
                "1.8 FATAL /1 o invalid-number",
                "1.8 FATAL /1 o invalid-number",
                "1.8 FATAL /2 - invalid-number",
                "0.0 WARNING /0 - unlisted-code",
            ]
        );
        assert_eq!(of(&receipt(1, vec![wrong(0)], vec![]), 9), ["FAILED", "1.8 FATAL /0 - invalid-number"]);
    }

    #[test]
    fn operations_have_one_reply() {
        let of =
            |outcomes: &[Outcome]| Reply::of_operations((1..).zip(outcomes.iter().map(|it| Reply::new(*it)))).outcome;
        let (ok, partial, failed) = (Outcome::Ok, Outcome::Partial, Outcome::Failed);
        assert_eq!([of(&[]), of(&[ok, ok]), of(&[failed, failed])], [ok, ok, failed]);
        assert_eq!([of(&[ok, failed]), of(&[partial]), of(&[failed, partial])], [partial; 3]);
        assert_eq!(Reply::new(ok).acknowledged().errors[0].code.to_string(), "0.3");
    }

    #[test]
    fn what_is_not_told_is_counted() {
        let many = receipt(9, (0..5).map(wrong).collect(), vec![]);
        assert_eq!(
            of(&many, 2),
            ["PARTIAL", "1.8 FATAL /0 - invalid-number", "1.8 FATAL /1 o invalid-number", "5.4 INFORM - - -"]
        );
        let failed = Reply::failed(&many.errors, |_| None, |_| None, 2);
        assert_eq!(failed.errors.last().unwrap().details.as_deref(), Some("2 of 5 are told here"));
        assert_eq!(Reply::failed(&[], |_| None, |_| None, 2).errors.len(), 1);
    }
}
