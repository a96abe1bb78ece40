//! Whether a message is new: decided from what it says, what was seen before, and the time.

use metering_model::TimeStamp;

use super::{Header, Refusal, ReplyCode};

/// How old a message may be, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// So long after it was made it is taken; for so long its ids are remembered.
    pub past: i64,
    /// So far ahead its sender's clock may be.
    pub future: i64,
    /// Whether a message must say when it was made, and have an id or a nonce.
    pub required: bool,
}

impl Default for Window {
    /// A day back, five minutes ahead, nothing required.
    fn default() -> Self {
        Self { past: 86_400_000_000, future: 300_000_000, required: false }
    }
}

/// What is remembered of a message's sender.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// A message of this `MessageID`.
    pub message_id: bool,
    /// A message of this nonce.
    pub nonce: bool,
}

/// What is to be done with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replay {
    /// It is new. Its `MessageID` and its nonce are to be remembered until then.
    New {
        /// The instant from which on the message would be too old anyway.
        remember_until: TimeStamp,
    },
    /// It says nothing by which a repetition could be told.
    Unprotected,
}

impl Replay {
    /// Decides about a message.
    ///
    /// Its time is that of the nonce, else its time stamp; where there is neither, `now`, for then
    /// it cannot be told to be old. Both are looked at where both are there.
    ///
    /// # Errors
    /// A [`Refusal`]: [`ReplyCode::INVALID_REQUEST_ID`] for an id that was seen,
    /// [`ReplyCode::POLICY_VIOLATION`] for a nonce that was seen and for a time out of the window,
    /// [`ReplyCode::HEADER_INCOMPLETE`] where the window requires what is not there.
    ///
    /// ```
    /// use metering_messages::envelope::{Action, Header, MessageNoun, Replay, Seen, Verb, Window};
    ///
    /// let now = "2024-01-15T10:00:00Z".parse()?;
    /// let mut header = Header::new(Verb::Do(Action::Create), MessageNoun::EndDeviceControls);
    /// header.message_id = Some("m-1".to_owned());
    /// header.timestamp = Some("2024-01-15T09:59:58Z".parse()?);
    /// assert!(Replay::decide(&header, Seen::default(), now, &Window::default()).is_ok());
    /// let again = Seen { message_id: true, nonce: false };
    /// assert!(Replay::decide(&header, again, now, &Window::default()).is_err());
    /// # Ok::<(), metering_model::TimeStampError>(())
    /// ```
    pub fn decide(header: &Header, seen: Seen, now: TimeStamp, window: &Window) -> Result<Self, Refusal> {
        let Window { past, future, required } = *window;
        let created = header.replay_detection.as_ref().map(|it| it.created);
        let protected = header.message_id.is_some() || header.replay_detection.is_some();
        if required && !protected {
            return Err(missing(
                "MessageID",
                "`MessageID` or `ReplayDetection` is needed, so that a repetition is seen",
            ));
        }
        if required && created.or(header.timestamp).is_none() {
            return Err(missing(
                "Timestamp",
                "`Timestamp` or `ReplayDetection` is needed, so that an old message is seen",
            ));
        }
        for (element, time) in [("ReplayDetection/e:Created", created), ("Timestamp", header.timestamp)] {
            let Some(time) = time else { continue };
            let age = now.micros().saturating_sub(time.micros());
            if age > past {
                return Err(policy(element, format!("the message was made at {time}, which is too long ago")));
            }
            if age < future.saturating_neg() {
                return Err(policy(element, format!("the message was made at {time}, which is still to come")));
            }
        }
        if seen.message_id && header.message_id.is_some() {
            let detail = "a message of this `MessageID` was received before; give each message its own";
            return Err(Refusal::new(ReplyCode::INVALID_REQUEST_ID, detail).at_header("MessageID"));
        }
        if seen.nonce && header.replay_detection.is_some() {
            return Err(policy("ReplayDetection/e:Nonce", "a message of this nonce was received before".to_owned()));
        }
        if !protected {
            return Ok(Self::Unprotected);
        }
        // The earlier of the two ends the window; a message ahead of us lives longer.
        let made = [created, header.timestamp].into_iter().flatten().map(TimeStamp::micros).min();
        let until = made.unwrap_or(now.micros()).saturating_add(past).saturating_add(1);
        Ok(Self::New { remember_until: TimeStamp::from_micros(until).unwrap_or(TimeStamp::MAX) })
    }
}

fn missing(element: &str, detail: &str) -> Refusal {
    Refusal::new(ReplyCode::HEADER_INCOMPLETE, detail).at_header(element)
}

fn policy(element: &str, detail: String) -> Refusal {
    Refusal::new(ReplyCode::POLICY_VIOLATION, detail).at_header(element)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envelope::{Action, MessageNoun, ReplayDetection, Verb};

    const NOW: &str = "2024-01-15T10:00:00Z";

    fn header(id: bool, timestamp: Option<&str>, created: Option<&str>) -> Header {
        let mut header = Header::new(Verb::Do(Action::Create), MessageNoun::EndDeviceControls);
        header.message_id = id.then(|| "m".to_owned());
        header.timestamp = timestamp.map(|it| it.parse().unwrap());
        header.replay_detection =
            created.map(|it| ReplayDetection { nonce: "n".to_owned(), created: it.parse().unwrap() });
        header
    }

    fn decide(header: &Header, seen: Seen, window: Window) -> String {
        match Replay::decide(header, seen, NOW.parse().unwrap(), &window) {
            Ok(Replay::New { remember_until }) => format!("new {remember_until}"),
            Ok(Replay::Unprotected) => "unprotected".to_owned(),
            Err(refusal) => format!("{} {}", refusal.code, refusal.xpath.unwrap()),
        }
    }

    #[test]
    fn a_message_is_new_within_its_window_and_never_again() {
        let day = Window::default();
        let none = Seen::default();
        assert_eq!(decide(&header(false, None, None), none, day), "unprotected");
        assert_eq!(decide(&header(false, Some(NOW), None), none, day), "unprotected");
        assert_eq!(decide(&header(true, None, None), none, day), "new 2024-01-16T10:00:00.000001Z");
        let early = header(true, Some("2024-01-15T09:00:00Z"), Some("2024-01-15T08:00:00Z"));
        assert_eq!(decide(&early, none, day), "new 2024-01-16T08:00:00.000001Z");
        for (timestamp, outcome) in [
            ("2024-01-14T10:00:00Z", "new 2024-01-15T10:00:00.000001Z"),
            ("2024-01-14T09:59:59.999999Z", "7.7 /*/e:Header/e:Timestamp"),
            ("2024-01-15T10:05:00Z", "new 2024-01-16T10:05:00.000001Z"),
            ("2024-01-15T10:05:00.000001Z", "7.7 /*/e:Header/e:Timestamp"),
            ("0001-01-01T00:00:00Z", "7.7 /*/e:Header/e:Timestamp"),
            ("9999-12-31T23:59:59Z", "7.7 /*/e:Header/e:Timestamp"),
        ] {
            assert_eq!(decide(&header(true, Some(timestamp), None), none, day), outcome, "{timestamp}");
        }
        // A fresh time stamp does not make an old nonce fresh.
        let old = header(true, Some(NOW), Some("2024-01-01T00:00:00Z"));
        assert_eq!(decide(&old, none, day), "7.7 /*/e:Header/e:ReplayDetection/e:Created");
        let (by_id, by_nonce) = (Seen { message_id: true, nonce: false }, Seen { message_id: false, nonce: true });
        assert_eq!(decide(&header(true, None, None), by_id, day), "2.15 /*/e:Header/e:MessageID");
        assert_eq!(decide(&header(false, None, None), by_id, day), "unprotected");
        assert_eq!(decide(&header(true, None, Some(NOW)), by_nonce, day), "7.7 /*/e:Header/e:ReplayDetection/e:Nonce");
    }

    #[test]
    fn what_is_required_must_be_there() {
        let strict = Window { required: true, ..Window::default() };
        let none = Seen::default();
        assert_eq!(decide(&header(false, Some(NOW), None), none, strict), "1.5 /*/e:Header/e:MessageID");
        assert_eq!(decide(&header(true, None, None), none, strict), "1.5 /*/e:Header/e:Timestamp");
        assert!(decide(&header(true, Some(NOW), None), none, strict).starts_with("new"));
        assert!(decide(&header(false, None, Some(NOW)), none, strict).starts_with("new"));
    }
}
