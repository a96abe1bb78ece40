//! The life of a control: ten states, and one function that leads from one to the next.

use std::fmt;

use thiserror::Error;

macro_rules! named {
    ($(#[$about:meta])* pub enum $Name:ident { $( $(#[$meaning:meta])+ $Variant:ident = $text:literal, )* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $Name { $( $(#[$meaning])+ $Variant, )* }

        impl $Name {
            /// Each of them.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),*];

            /// The word for it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$Variant => $text,)* }
            }

            /// The one with this word.
            #[must_use]
            pub fn from_text(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$Variant),)* _ => None }
            }
        }

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

named! {
    /// Where a control is in its life. Accepted is not executed: only `completed` is that.
    ///
    #[doc = include_str!("life_cycle.md")]
    pub enum ControlStatus {
        /// Stored and due; not sent yet.
        Received = "received",
        /// Waits for a second person.
        AwaitingRelease = "awaitingRelease",
        /// Stored; its time has not come.
        Scheduled = "scheduled",
        /// Handed to the head-end.
        Dispatched = "dispatched",
        /// The head-end or the device took it on. Not done yet.
        Acknowledged = "acknowledged",
        /// Done, on evidence from the device.
        Completed = "completed",
        /// The device or the head-end could not do it.
        Failed = "failed",
        /// Withdrawn before it was sent.
        Cancelled = "cancelled",
        /// Its time ran out before it was sent.
        Expired = "expired",
        /// Sent, and nobody knows what became of it; a person decides.
        Unknown = "unknown",
    }
}

named! {
    /// What can happen to a control.
    pub enum ControlEvent {
        /// A second person let it go.
        Released = "released",
        /// Its time has come.
        Due = "due",
        /// It was handed to the head-end.
        Sent = "sent",
        /// The head-end gave it back, or its lease ran out; it may be sent again.
        Returned = "returned",
        /// Its lease ran out, and it must not be sent again.
        Lost = "lost",
        /// The head-end or the device took it on.
        Taken = "taken",
        /// The device shows that it is done.
        Confirmed = "confirmed",
        /// It could not be done.
        Refused = "refused",
        /// Somebody withdrew it.
        Withdrawn = "withdrawn",
        /// Its time ran out.
        TimedOut = "timedOut",
    }
}

/// What happened does not fit the state the control is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a control that is {from} cannot be {event}")]
pub struct ImpossibleTransition {
    /// The state the control is in.
    pub from: ControlStatus,
    /// What was to happen.
    pub event: ControlEvent,
}

impl ControlStatus {
    /// The state after `event`; the only place where a control's state changes.
    ///
    /// # Errors
    /// [`ImpossibleTransition`] when it cannot happen in this state; the state then stays.
    ///
    /// ```
    /// use metering_model::{ControlEvent, ControlStatus};
    ///
    /// assert_eq!(ControlStatus::Received.after(ControlEvent::Sent)?, ControlStatus::Dispatched);
    /// assert!(ControlStatus::Dispatched.after(ControlEvent::Withdrawn).is_err());
    /// # Ok::<(), metering_model::ImpossibleTransition>(())
    /// ```
    pub fn after(self, event: ControlEvent) -> Result<Self, ImpossibleTransition> {
        use ControlEvent as E;
        use ControlStatus as S;
        Ok(match (self, event) {
            (S::AwaitingRelease, E::Released) => S::Received,
            (S::Scheduled, E::Due) => S::Received,
            (S::Received, E::Sent) => S::Dispatched,
            (S::Received | S::AwaitingRelease | S::Scheduled, E::Withdrawn) => S::Cancelled,
            (S::Received | S::AwaitingRelease | S::Scheduled, E::TimedOut) => S::Expired,
            (S::Dispatched, E::Returned) => S::Received,
            (S::Dispatched | S::Acknowledged, E::Lost) => S::Unknown,
            (S::Dispatched, E::Taken) => S::Acknowledged,
            // An early report is believed: the device may speak before the head-end does.
            (S::Received | S::Dispatched | S::Acknowledged | S::Unknown, E::Confirmed) => S::Completed,
            (S::Dispatched | S::Acknowledged | S::Unknown, E::Refused) => S::Failed,
            (from, event) => return Err(ImpossibleTransition { from, event }),
        })
    }

    /// Whether it can still be sent or is under way, so that asking for the same again is a repeat.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::AwaitingRelease | Self::Scheduled | Self::Dispatched | Self::Acknowledged)
    }

    /// Whether nothing was sent yet, so that it can be withdrawn.
    #[must_use]
    pub fn is_waiting(self) -> bool {
        matches!(self, Self::Received | Self::AwaitingRelease | Self::Scheduled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page that tells the life of a control: its picture and its table are what the code does.
    const PAGE: &str = include_str!("life_cycle.md");

    /// One line for each state and one column for each event: where it leads, `-` where it cannot happen.
    fn table() -> String {
        let mut table = String::from("| in the state |");
        ControlEvent::ALL.iter().for_each(|event| table += &format!(" {event} |"));
        table += "\n|---|";
        table += &"---|".repeat(ControlEvent::ALL.len());
        for from in ControlStatus::ALL {
            table += &format!("\n| `{from}` |");
            for event in ControlEvent::ALL {
                match from.after(*event) {
                    Ok(to) => table += &format!(" {to} |"),
                    Err(error) => {
                        assert_eq!(error, ImpossibleTransition { from: *from, event: *event });
                        table += " - |";
                    }
                }
            }
        }
        table
    }

    /// The same as a state diagram: in through the waiting states, out where nothing can happen any more.
    fn picture() -> String {
        let mut picture = String::from("stateDiagram-v2");
        for first in ControlStatus::ALL.iter().filter(|it| it.is_waiting()) {
            picture += &format!("\n    [*] --> {first}");
        }
        for from in ControlStatus::ALL {
            let after = ControlEvent::ALL.iter().filter_map(|event| Some((event, from.after(*event).ok()?)));
            let before = picture.len();
            after.for_each(|(event, to)| picture += &format!("\n    {from} --> {to}: {event}"));
            if picture.len() == before {
                picture += &format!("\n    {from} --> [*]");
            }
        }
        picture
    }

    #[test]
    fn the_page_has_the_picture_and_every_cell_of_the_table() {
        let fenced = PAGE.split_once("```mermaid\n").and_then(|(_, rest)| rest.split_once("\n```")).unwrap().0;
        assert_eq!(fenced, picture(), "write into life_cycle.md:\n{}\n", picture());
        let rows: Vec<_> = PAGE.lines().filter(|line| line.starts_with('|')).collect();
        assert_eq!(rows.join("\n"), table(), "write into life_cycle.md:\n{}\n", table());
        let cells = rows[2..].iter().flat_map(|row| row.trim_matches('|').split('|').skip(1)).count();
        assert_eq!(cells, 10 * 10);
    }

    #[test]
    fn ends_are_ends_and_every_state_is_reached() {
        let reached =
            |from: &ControlStatus| ControlEvent::ALL.iter().filter_map(|event| from.after(*event).ok()).collect();
        let ends: Vec<_> = ControlStatus::ALL.iter().filter(|it| Vec::is_empty(&reached(it))).collect();
        use ControlStatus as S;
        assert_eq!(ends, [&S::Completed, &S::Failed, &S::Cancelled, &S::Expired]);
        let first = [S::Received, S::AwaitingRelease, S::Scheduled];
        let all: std::collections::BTreeSet<_> = ControlStatus::ALL.iter().flat_map(reached).chain(first).collect();
        assert_eq!(all.into_iter().collect::<Vec<_>>(), ControlStatus::ALL);
    }

    #[test]
    fn nothing_that_was_sent_is_cancelled_or_expires() {
        for from in ControlStatus::ALL.iter().filter(|it| !it.is_waiting()) {
            for event in [ControlEvent::Withdrawn, ControlEvent::TimedOut] {
                assert!(from.after(event).is_err(), "{from} {event}");
            }
        }
    }

    #[test]
    fn what_cannot_happen_is_told_with_both_words() {
        let error = ControlStatus::Completed.after(ControlEvent::Withdrawn).unwrap_err();
        assert_eq!(error.to_string(), "a control that is completed cannot be withdrawn");
    }

    #[test]
    fn words_and_states_are_one_table() {
        for status in ControlStatus::ALL {
            assert_eq!(ControlStatus::from_text(status.as_str()), Some(*status));
        }
        for event in ControlEvent::ALL {
            assert_eq!(ControlEvent::from_text(event.as_str()), Some(*event));
        }
    }
}
