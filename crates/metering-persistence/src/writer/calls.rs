//! Calls that changed nothing, on their way to the audit log.

use std::sync::{Mutex, PoisonError};

use metering_model::TimeStamp;

use crate::change::Call;

/// How many calls may wait. At one flush every 200 ms it takes 100,000 calls a second, or a
/// database that is away, to fill it.
const ROOM: usize = 20_000;

/// The calls that wait for a commit to join.
#[derive(Debug, Default)]
pub(super) struct Calls(Mutex<Taken>);

/// Calls, and how many there was no room for.
#[derive(Debug, Default)]
pub(super) struct Taken {
    pub(super) calls: Vec<Call>,
    pub(super) lost: u64,
}

impl Calls {
    /// Adds `call`, or counts it when there is no room.
    pub(super) fn add(&self, call: Call) {
        self.with(|it| {
            if it.calls.len() < ROOM {
                it.calls.push(call);
            } else {
                it.lost += 1;
            }
        });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.with(|it| it.calls.is_empty() && it.lost == 0)
    }

    /// Takes all out.
    pub(super) fn take(&self) -> Taken {
        self.with(std::mem::take)
    }

    /// Puts what was taken back in front of what has come since.
    pub(super) fn put_back(&self, mut taken: Taken) {
        self.with(|it| {
            let room = ROOM.saturating_sub(taken.calls.len());
            taken.lost += it.lost + it.calls.len().saturating_sub(room) as u64;
            taken.calls.extend(it.calls.drain(..).take(room));
            *it = taken;
        });
    }

    fn with<T>(&self, work: impl FnOnce(&mut Taken) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The entry for calls that could not be recorded one by one.
pub(super) fn gap(lost: u64, calls: &[Call]) -> Call {
    Call {
        organisation: None,
        principal: None,
        method: "GAP".into(),
        path: format!("{lost} calls could not be recorded"),
        status: 0,
        request_id: String::new(),
        peer: String::new(),
        at: calls.last().map_or(TimeStamp::EPOCH, |call| call.at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_there_is_no_room_for_is_counted() {
        let call = |number: usize| Call { request_id: number.to_string(), ..gap(0, &[]) };
        let calls = Calls::default();
        assert!(calls.is_empty());
        (0..ROOM + 3).for_each(|number| calls.add(call(number)));
        let taken = calls.take();
        assert_eq!((taken.calls.len(), taken.lost), (ROOM, 3));

        calls.add(call(0));
        calls.put_back(taken);
        let taken = calls.take();
        assert_eq!((taken.calls.len(), taken.lost), (ROOM, 4));
        assert_eq!(taken.calls.first().map(|it| it.request_id.as_str()), Some("0"));
        assert!(gap(taken.lost, &taken.calls).path.starts_with("4 calls"));
    }
}
