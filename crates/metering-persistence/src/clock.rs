//! Tells the time, so that whoever opens a store decides what time it is.

use std::fmt;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use metering_model::TimeStamp;

/// Tells the time. Cloning gives another handle to the same clock.
///
/// ```
/// use metering_persistence::Clock;
///
/// let noon: metering_model::TimeStamp = "2026-11-24T12:00:00Z".parse()?;
/// let stopped = Clock::new(move || noon);
/// assert_eq!(stopped.now(), noon);
/// assert!(Clock::system().now() > noon.plus_seconds(-400 * 86_400));
/// # Ok::<(), metering_model::TimeStampError>(())
/// ```
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> TimeStamp + Send + Sync>);

impl Clock {
    /// A clock that asks `now`.
    pub fn new(now: impl Fn() -> TimeStamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The clock of the machine.
    #[must_use]
    pub fn system() -> Self {
        Self::new(|| {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            let micros = i64::try_from(since.as_micros()).unwrap_or(i64::MAX);
            TimeStamp::from_micros(micros).unwrap_or(TimeStamp::MAX)
        })
    }

    /// What it says.
    #[must_use]
    pub fn now(&self) -> TimeStamp {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Clock").field(&self.now()).finish()
    }
}
