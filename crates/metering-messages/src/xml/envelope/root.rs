//! Which envelope a body is, told by the name of its root element.

use super::table::{EVENT_MESSAGE, FAULT_MESSAGE, REQUEST_MESSAGE, RESPONSE_MESSAGE};
use crate::envelope::{Action, MessageNoun, Noun, Tense, Verb};
use crate::xml::schema::Element;

/// How an envelope is called.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Form {
    /// As what it is: `RequestMessage`. What it carries may be anything.
    #[default]
    Generic,
    /// After what it carries: `CreateMeterReadings`, `MeterReadingsResponseMessage`.
    Named(MessageNoun),
}

/// Which of the four messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Request,
    Response,
    Event,
    Fault,
}

impl Kind {
    /// The name of the message.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Request => "RequestMessage",
            Self::Response => "ResponseMessage",
            Self::Event => "EventMessage",
            Self::Fault => "FaultMessage",
        }
    }

    /// What is in it.
    pub(super) fn table(self) -> &'static [Element] {
        match self {
            Self::Request => REQUEST_MESSAGE,
            Self::Response => RESPONSE_MESSAGE,
            Self::Event => EVENT_MESSAGE,
            Self::Fault => FAULT_MESSAGE,
        }
    }

    /// Which verbs its header may have.
    pub(super) fn tense(self) -> Option<Tense> {
        match self {
            Self::Request => Some(Tense::Imperative),
            Self::Event => Some(Tense::Past),
            Self::Response => Some(Tense::Reply),
            Self::Fault => None,
        }
    }

    const ALL: [Self; 4] = [Self::Request, Self::Response, Self::Event, Self::Fault];
}

/// What the name of a root element says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RootName {
    pub(super) kind: Kind,
    pub(super) form: Form,
    /// The verb that the header has to have.
    pub(super) verb: Option<Verb>,
}

impl RootName {
    /// What `name` says; `None` where no envelope is called so.
    pub(super) fn of(name: &str) -> Option<Self> {
        if let Some(kind) = Kind::ALL.into_iter().find(|kind| name == kind.name()) {
            return Some(Self { kind, form: Form::Generic, verb: None });
        }
        for kind in Kind::ALL {
            if let Some(noun) = name.strip_suffix(kind.name()).and_then(MessageNoun::of) {
                return Some(Self { kind, form: Form::Named(noun), verb: None });
            }
        }
        MessageNoun::ALL.iter().find_map(|noun| {
            let (first, rest) = name.strip_suffix(noun.as_str())?.split_at_checked(1)?;
            let verb = Verb::of(&format!("{}{rest}", first.to_ascii_lowercase())).0;
            let kind = match verb.tense()? {
                Tense::Imperative => Kind::Request,
                Tense::Past => Kind::Event,
                Tense::Reply => Kind::Response,
            };
            (first.chars().all(char::is_uppercase)).then_some(Self { kind, form: Form::Named(*noun), verb: Some(verb) })
        })
    }
}

/// The name of an envelope in this form.
pub(super) fn name_of(kind: Kind, form: Form, verb: Option<&Verb>) -> String {
    match (form, kind, verb) {
        (Form::Generic, ..) => kind.name().to_owned(),
        (Form::Named(noun), Kind::Request | Kind::Event, Some(verb @ (Verb::Do(_) | Verb::Done(_))))
            if verb.action() != Some(Action::Execute) =>
        {
            let mut name = verb.as_str().to_owned();
            if let Some(first) = name.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            name + noun.as_str()
        }
        (Form::Named(noun), ..) => format!("{noun}{}", kind.name()),
    }
}

/// The form in which an envelope of this noun can be written.
pub(super) fn form_for(form: Form, noun: Option<&Noun>) -> Form {
    match (form, noun) {
        (Form::Named(named), Some(Noun::Message(noun))) if named == *noun => form,
        (Form::Named(_), None) => form,
        _ => Form::Generic,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_an_envelope_is() {
        for (name, told) in [
            ("RequestMessage", Some("Request Generic None")),
            ("FaultMessage", Some("Fault Generic None")),
            ("CreateMeterReadings", Some("Request Named(MeterReadings) Some(Do(Create))")),
            ("CreatedMeterReadings", Some("Event Named(MeterReadings) Some(Done(Create))")),
            ("UpdateMeterConfig", Some("Request Named(MeterConfig) Some(Do(Change))")),
            ("GetEndDeviceEvents", Some("Request Named(EndDeviceEvents) Some(Do(Get))")),
            ("ReplyMeterReadings", Some("Response Named(MeterReadings) Some(Reply)")),
            ("MeterReadingsResponseMessage", Some("Response Named(MeterReadings) None")),
            ("ComModuleConfigFaultMessage", Some("Fault Named(ComModuleConfig) None")),
            ("createMeterReadings", None),
            ("MeterReadings", None),
            ("ShowMeterReadings", None),
            ("éMeterReadings", None),
            ("CreateMeterReading", None),
            ("", None),
        ] {
            let found = RootName::of(name);
            let shown = found.as_ref().map(|it| format!("{:?} {:?} {:?}", it.kind, it.form, it.verb));
            assert_eq!(shown.as_deref(), told, "{name}");
            if let Some(RootName { kind, form, verb }) = found
                && !name.starts_with("Update")
                && !name.starts_with("Reply")
            {
                assert_eq!(name_of(kind, form, verb.as_ref()), name);
            }
        }
    }
}
