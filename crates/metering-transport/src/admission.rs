//! How much is under way at once. What does not fit is told to come again; nothing waits in a
//! queue without end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// Bytes of bodies that are being read or worked on, all requests together.
#[derive(Debug)]
pub(crate) struct BytesInFlight {
    used: AtomicUsize,
    most: usize,
}

impl BytesInFlight {
    pub(crate) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { used: AtomicUsize::new(0), most })
    }

    /// A share that is empty yet.
    pub(crate) fn share(self: &Arc<Self>) -> Share {
        Share { of: Arc::clone(self), bytes: 0 }
    }

    /// How many bytes are under way.
    pub(crate) fn used(&self) -> usize {
        self.used.load(Ordering::Relaxed)
    }
}

/// One body's bytes among those in flight; given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Share {
    of: Arc<BytesInFlight>,
    bytes: usize,
}

impl Share {
    /// Takes `bytes` more, if there is room.
    pub(crate) fn grow(&mut self, bytes: usize) -> bool {
        let most = self.of.most;
        let room = |used: usize| used.checked_add(bytes).filter(|sum| *sum <= most);
        let grown = self.of.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, room).is_ok();
        if grown {
            self.bytes += bytes;
        }
        grown
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.of.used.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// Work of one kind, so many at once.
#[derive(Debug)]
pub(crate) struct Turns {
    at_once: usize,
    turns: Arc<Semaphore>,
    patience: Duration,
}

impl Turns {
    pub(crate) fn new(at_once: usize, patience: Duration) -> Self {
        let at_once = at_once.clamp(1, Semaphore::MAX_PERMITS);
        Self { at_once, turns: Arc::new(Semaphore::new(at_once)), patience }
    }

    /// How many have their turn.
    pub(crate) fn under_way(&self) -> usize {
        self.at_once.saturating_sub(self.turns.available_permits())
    }

    /// Waits for a turn, but no longer than the setting says; the turn ends when it is dropped.
    pub(crate) async fn next(&self) -> Option<OwnedSemaphorePermit> {
        timeout(self.patience, Arc::clone(&self.turns).acquire_owned()).await.ok()?.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_in_flight_are_bounded_and_come_back() {
        let bytes = BytesInFlight::new(100);
        let (mut one, mut other) = (bytes.share(), bytes.share());
        assert!(one.grow(60) && other.grow(40));
        assert!(!other.grow(1));
        assert!(!other.grow(usize::MAX));
        drop(one);
        assert!(other.grow(60));
        drop(other);
        assert_eq!(bytes.used(), 0);
    }

    #[actix_web::test]
    async fn who_does_not_get_a_turn_in_time_is_told_so() {
        let turns = Turns::new(1, Duration::from_millis(20));
        let first = turns.next().await;
        assert!(first.is_some());
        assert!(turns.next().await.is_none());
        assert_eq!(turns.under_way(), 1);
        drop(first);
        assert_eq!(turns.under_way(), 0);
        assert!(turns.next().await.is_some());
    }
}
