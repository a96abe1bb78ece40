//! At most so many calls in any 60 seconds: a sliding window per caller.
//!
//! A bucket that refills would let twice its size by within a minute; a window does not. The
//! instant is an argument, so the rule can be tried without waiting.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The length of every window.
pub(crate) const WINDOW: Duration = Duration::from_secs(60);

/// Instants a window keeps apart; above this quota those close together are kept as one, dated
/// by the latest of them, so that the quota still holds and memory is bounded.
const GRAINS: u32 = 1_000;

/// How a caller stands after a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Whether the call is within the quota; only then it was counted.
    pub(crate) allowed: bool,
    /// The quota.
    pub(crate) quota: u32,
    /// Calls left at this instant.
    pub(crate) remaining: u32,
    /// Whole seconds until at least one more call is free again, 1 to 60; 0 when nothing was used.
    pub(crate) reset: u32,
}

/// The windows of all callers.
#[derive(Debug)]
pub(crate) struct SlidingWindows {
    windows: Mutex<Windows>,
    /// How many callers are told apart; those beyond share one window.
    most: usize,
}

#[derive(Debug, Default)]
struct Windows {
    of: HashMap<Box<str>, Window>,
    swept: Duration,
}

#[derive(Debug, Default)]
struct Window {
    /// Instants and the calls counted there, oldest first.
    calls: VecDeque<(Duration, u32)>,
    used: u32,
}

impl SlidingWindows {
    /// Windows for at most `most` callers.
    pub(crate) fn new(most: usize) -> Self {
        Self { windows: Mutex::default(), most }
    }

    /// Counts a call of `who` at `now` if the quota has room for it.
    pub(crate) fn take(&self, who: &str, quota: u32, now: Duration) -> Standing {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let window = windows.window(who, self.most, now);
        window.forget(now);
        let allowed = window.used < quota;
        if allowed {
            window.count(quota, now);
        }
        window.standing(allowed, quota, now)
    }

    #[cfg(test)]
    fn callers(&self) -> usize {
        self.windows.lock().unwrap_or_else(PoisonError::into_inner).of.len()
    }
}

impl Windows {
    fn window(&mut self, who: &str, most: usize, now: Duration) -> &mut Window {
        let mut who = who;
        if !self.of.contains_key(who) && self.of.len() >= most {
            // Sweeping looks at every window, so it is done once a second at most.
            if now.saturating_sub(self.swept) >= Duration::from_secs(1) {
                self.swept = now;
                self.of.retain(|_, window| {
                    window.forget(now);
                    window.used > 0
                });
            }
            if self.of.len() >= most {
                who = "";
            }
        }
        self.of.entry(who.into()).or_default()
    }
}

impl Window {
    fn forget(&mut self, now: Duration) {
        while let Some((at, calls)) = self.calls.front()
            && *at + WINDOW <= now
        {
            self.used -= calls;
            self.calls.pop_front();
        }
    }

    fn count(&mut self, quota: u32, now: Duration) {
        self.used += 1;
        // Dated by the end of its grain, so that nothing is forgotten too early.
        let grain = if quota > GRAINS { WINDOW.as_millis() / u128::from(GRAINS) } else { 0 };
        let at = match now.as_millis().div_ceil(grain.max(1)) {
            grains if grain > 0 => Duration::from_millis(u64::try_from(grains * grain).unwrap_or(u64::MAX)),
            _ => now,
        };
        match self.calls.back_mut() {
            // Threads may meet the lock in another order than the clock.
            Some((last, calls)) if at <= *last => *calls += 1,
            _ => self.calls.push_back((at, 1)),
        }
    }

    fn standing(&self, allowed: bool, quota: u32, now: Duration) -> Standing {
        let reset = self.calls.front().map_or(0, |(at, _)| {
            let left = (*at + WINDOW).saturating_sub(now);
            u32::try_from(left.as_millis().div_ceil(1_000)).unwrap_or(60).clamp(1, 60)
        });
        Standing {
            allowed,
            quota,
            remaining: quota.saturating_sub(self.used),
            reset: if quota == 0 { 60 } else { reset },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random, the same each time.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, bound: u64) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0 % bound
        }
    }

    #[test]
    fn no_window_of_a_minute_ever_holds_more_than_the_quota() {
        for (seed, quota) in [(1, 1), (2, 7), (3, 100), (4, 1_500)] {
            let windows = SlidingWindows::new(10);
            let (mut numbers, mut now, mut taken) = (Numbers(seed), Duration::from_millis(17), Vec::new());
            for _ in 0..20_000 {
                let rush = numbers.below(4) > 0;
                now += Duration::from_micros(numbers.below(if rush { 2_000 } else { 120_000_000 / u64::from(quota) }));
                if windows.take("a", quota, now).allowed {
                    taken.push(now);
                }
            }
            for (first, at) in taken.iter().enumerate() {
                let within = taken[first..].iter().take_while(|later| **later < *at + WINDOW).count();
                assert!(within <= quota as usize, "{within} of {quota} from {at:?}");
            }
            assert!(taken.len() > quota as usize, "the quota comes back");
        }
    }

    #[test]
    fn what_is_left_and_when_more_is_free_are_told() {
        let windows = SlidingWindows::new(10);
        let second = Duration::from_secs(1);
        assert_eq!(windows.take("a", 2, second), Standing { allowed: true, quota: 2, remaining: 1, reset: 60 });
        assert_eq!(windows.take("a", 2, second * 11), Standing { allowed: true, quota: 2, remaining: 0, reset: 50 });
        assert_eq!(windows.take("a", 2, second * 11), Standing { allowed: false, quota: 2, remaining: 0, reset: 50 });
        // Who was told to wait 50 seconds and does so is let in.
        assert!(windows.take("a", 2, second * 61).allowed);
        assert!(!windows.take("a", 2, second * 61).allowed);
        assert!(windows.take("b", 2, second * 61).allowed, "each caller has a window of their own");
    }

    #[test]
    fn memory_is_bounded_and_newcomers_share_what_is_left() {
        let windows = SlidingWindows::new(100);
        let now = Duration::from_secs(5);
        let allowed = (0..1_000).filter(|who| windows.take(&who.to_string(), 10, now).allowed).count();
        assert_eq!(allowed, 110);
        assert_eq!(windows.callers(), 101);
        // A minute on the idle ones have made room.
        assert!(windows.take("late", 10, now + WINDOW).allowed);
        assert!(windows.callers() <= 2);
    }
}
