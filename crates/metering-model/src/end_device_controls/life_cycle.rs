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

    /// The whole life cycle as a picture: each state, what can happen in it, and where it leads.
    #[test]
    fn the_table_of_transitions() {
        let mut table = String::new();
        for from in ControlStatus::ALL {
            for event in ControlEvent::ALL {
                if let Ok(to) = from.after(*event) {
                    table += &format!("{from:15} {event:9} {to}\n");
                }
            }
        }
        assert_eq!(
            table,
            "received        sent      dispatched\n\
             received        confirmed completed\n\
             received        withdrawn cancelled\n\
             received        timedOut  expired\n\
             awaitingRelease released  received\n\
             awaitingRelease withdrawn cancelled\n\
             awaitingRelease timedOut  expired\n\
             scheduled       due       received\n\
             scheduled       withdrawn cancelled\n\
             scheduled       timedOut  expired\n\
             dispatched      returned  received\n\
             dispatched      lost      unknown\n\
             dispatched      taken     acknowledged\n\
             dispatched      confirmed completed\n\
             dispatched      refused   failed\n\
             acknowledged    lost      unknown\n\
             acknowledged    confirmed completed\n\
             acknowledged    refused   failed\n\
             unknown         confirmed completed\n\
             unknown         refused   failed\n"
        );
    }

    #[test]
    fn words_and_states_are_one_table() {
        for status in ControlStatus::ALL {
            assert_eq!(ControlStatus::from_text(status.as_str()), Some(*status));
        }
    }
}
