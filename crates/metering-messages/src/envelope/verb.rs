//! `Verb`: what is to be done, or was done, to the noun; and which verbs go with which nouns here.

use std::fmt;

use metering_model::Excerpt;

use super::{MessageNoun, Noun, Refusal, ReplyCode};

/// What a request can want.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Store something new.
    Create,
    /// Replace what is stored.
    Change,
    /// Withdraw what has not begun.
    Cancel,
    /// End what is under way.
    Close,
    /// Take away.
    Delete,
    /// Ask for what is stored.
    Get,
    /// Do several things; only to a set of operations.
    Execute,
}

/// Whether a verb asks, tells or answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tense {
    /// It asks: in a request.
    Imperative,
    /// It tells what happened: in an event.
    Past,
    /// It answers: in a response.
    Reply,
}

/// The verb of a header.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Verb {
    /// `create` and its like.
    Do(Action),
    /// `created` and its like; `get` has no past.
    Done(Action),
    /// `reply`.
    Reply,
    /// A word that is no verb here; it is kept so that the refusal can name it.
    Other(String),
}

/// Verbs with what they mean, the usual word for it first.
const WORDS: &[(&str, Verb)] = &[
    ("create", Verb::Do(Action::Create)),
    ("change", Verb::Do(Action::Change)),
    ("cancel", Verb::Do(Action::Cancel)),
    ("close", Verb::Do(Action::Close)),
    ("delete", Verb::Do(Action::Delete)),
    ("get", Verb::Do(Action::Get)),
    ("execute", Verb::Do(Action::Execute)),
    ("created", Verb::Done(Action::Create)),
    ("changed", Verb::Done(Action::Change)),
    ("canceled", Verb::Done(Action::Cancel)),
    ("closed", Verb::Done(Action::Close)),
    ("deleted", Verb::Done(Action::Delete)),
    ("executed", Verb::Done(Action::Execute)),
    ("reply", Verb::Reply),
    ("update", Verb::Do(Action::Change)),
    ("updated", Verb::Done(Action::Change)),
    ("cancelled", Verb::Done(Action::Cancel)),
];

impl Verb {
    /// The verb of this word; and whether it is the usual word for it, which `update` and
    /// `cancelled` are not.
    ///
    /// ```
    /// use metering_messages::envelope::{Action, Verb};
    ///
    /// assert_eq!(Verb::of("create"), (Verb::Do(Action::Create), true));
    /// assert_eq!(Verb::of("updated"), (Verb::Done(Action::Change), false));
    /// assert_eq!(Verb::of("show").0.as_str(), "show");
    /// ```
    #[must_use]
    pub fn of(word: &str) -> (Self, bool) {
        match WORDS.iter().find(|(known, _)| *known == word) {
            Some((_, verb)) => (verb.clone(), verb.as_str() == word),
            None => (Self::Other(word.to_owned()), true),
        }
    }

    /// The word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Other(word) => word,
            _ => WORDS.iter().find(|(_, verb)| verb == self).map_or("", |(word, _)| word),
        }
    }

    /// What it does or tells of.
    #[must_use]
    pub fn action(&self) -> Option<Action> {
        match self {
            Self::Do(action) | Self::Done(action) => Some(*action),
            Self::Reply | Self::Other(_) => None,
        }
    }

    /// Whether it asks, tells or answers; `None` for a word that is no verb here.
    #[must_use]
    pub fn tense(&self) -> Option<Tense> {
        match self {
            Self::Do(_) => Some(Tense::Imperative),
            Self::Done(_) => Some(Tense::Past),
            Self::Reply => Some(Tense::Reply),
            Self::Other(_) => None,
        }
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Verb::Do(*self).as_str())
    }
}

impl MessageNoun {
    /// What can be done to it here.
    ///
    /// Readings are never taken away: a value is withdrawn by a revision that says so. A control is
    /// not changed: it is cancelled, and another one is created. What a device reported stays.
    #[must_use]
    pub const fn actions(self) -> &'static [Action] {
        use Action::{Cancel, Change, Create, Delete, Get};
        match self {
            Self::MeterReadings => &[Create, Change, Get],
            Self::EndDeviceControls => &[Create, Cancel, Get],
            Self::EndDeviceEvents => &[Create, Get],
            Self::EndDeviceConfig | Self::MeterConfig | Self::UsagePointConfig | Self::ComModuleConfig => {
                &[Create, Change, Delete, Get]
            }
        }
    }
}

/// What is to be done to which message, if this verb goes with this noun here.
///
/// A verb in the past asks for the same: an event that readings were created brings them.
///
/// # Errors
/// A [`Refusal`] that says what would go: [`ReplyCode::INVALID_NOUN`] for a noun that is not known
/// here, [`ReplyCode::INVALID_VERB`] for a verb that is none, or none for this noun.
///
/// ```
/// use metering_messages::envelope::{Action, MessageNoun, Noun, Verb, action_of};
///
/// let readings = Noun::of("MeterReadings");
/// assert_eq!(action_of(&Verb::of("created").0, &readings)?, (Action::Create, MessageNoun::MeterReadings));
/// let refused = action_of(&Verb::of("delete").0, &readings).unwrap_err();
/// assert_eq!(refused.code.to_string(), "2.9");
/// assert_eq!(refused.detail, "`delete` is not done to MeterReadings here; create, change, get are");
/// # Ok::<(), metering_messages::envelope::Refusal>(())
/// ```
pub fn action_of(verb: &Verb, noun: &Noun) -> Result<(Action, MessageNoun), Refusal> {
    let noun = match noun {
        Noun::Message(noun) => *noun,
        Noun::OperationSet => {
            let detail = "an `OperationSet` is executed, operation by operation; each has a noun of its own";
            return Err(Refusal::new(ReplyCode::INVALID_NOUN, detail).at_header("Noun"));
        }
        Noun::Other(name) => {
            let known: Vec<_> = MessageNoun::ALL.iter().map(|it| it.as_str()).collect();
            let detail = format!("the noun `{}` is not known here; {} are", Excerpt(name), known.join(", "));
            return Err(Refusal::new(ReplyCode::INVALID_NOUN, detail).at_header("Noun"));
        }
    };
    let actions = noun.actions();
    match verb.action().filter(|action| actions.contains(action)) {
        Some(action) => Ok((action, noun)),
        None => {
            let words: Vec<_> = actions.iter().map(ToString::to_string).collect();
            let (verb, words) = (Excerpt(verb.as_str()), words.join(", "));
            let detail = format!("`{verb}` is not done to {noun} here; {words} are");
            Err(Refusal::new(ReplyCode::INVALID_VERB, detail).at_header("Verb"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_verbs_are_one_table() {
        for (word, verb) in WORDS {
            let usual = Verb::of(word).1;
            assert_eq!(&Verb::of(word).0, verb);
            assert_eq!(verb.as_str() == *word, usual);
        }
        let strange: Vec<_> = WORDS.iter().filter(|(word, _)| !Verb::of(word).1).map(|(word, _)| *word).collect();
        assert_eq!(strange, ["update", "updated", "cancelled"]);
    }

    #[test]
    fn each_noun_has_its_verbs() {
        let table: Vec<_> = MessageNoun::ALL
            .iter()
            .map(|noun| {
                let takes = |word: &&str| action_of(&Verb::of(word).0, &Noun::Message(*noun)).is_ok();
                let words = ["create", "change", "cancel", "close", "delete", "get", "execute", "reply", "show"];
                format!("{noun} {}", words.iter().copied().filter(|word| takes(word)).collect::<Vec<_>>().join(" "))
            })
            .collect();
        assert_eq!(
            table,
            [
                "MeterReadings create change get",
                "EndDeviceControls create cancel get",
                "EndDeviceEvents create get",
                "EndDeviceConfig create change delete get",
                "MeterConfig create change delete get",
                "UsagePointConfig create change delete get",
                "ComModuleConfig create change delete get",
            ]
        );
        for noun in ["OperationSet", "PricingStructureConfig", "meterreadings", ""] {
            let refused = action_of(&Verb::Do(Action::Create), &Noun::of(noun)).unwrap_err();
            assert_eq!(refused.code, ReplyCode::INVALID_NOUN);
        }
    }
}
