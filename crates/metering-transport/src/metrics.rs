//! What Prometheus may ask: the names of the metrics, and the page that tells them.

use std::sync::OnceLock;
use std::time::Duration;

use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

const REQUESTS: &str = "metering_requests_total";
const SECONDS: &str = "metering_request_seconds";
const ITEMS: &str = "metering_items_total";
const BODY_BYTES: &str = "metering_body_bytes_in_flight";
const WAITING: &str = "metering_changes_waiting";
const REPLIES: &str = "metering_replies_total";
const PANICS: &str = "metering_panics_total";

/// Upper bounds of the request times, in seconds: from a health check to a full day of readings.
const BUCKETS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

/// The recorder of this process. `metrics` has one for all of it, so the first state makes it.
fn recorder() -> &'static PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE.get_or_init(|| {
        let builder = PrometheusBuilder::new();
        let recorder = match builder.set_buckets(BUCKETS) {
            Ok(builder) => builder.build_recorder(),
            Err(_) => PrometheusBuilder::new().build_recorder(),
        };
        let handle = recorder.handle();
        if metrics::set_global_recorder(recorder).is_err() {
            tracing::warn!("another metrics recorder is installed; /metrics stays empty");
        }
        describe_counter!(REQUESTS, "Requests answered, by method, route and status");
        describe_histogram!(SECONDS, Unit::Seconds, "Time to the head of the answer, by method and route");
        describe_counter!(ITEMS, "Items of messages, by noun and by what became of them");
        describe_gauge!(BODY_BYTES, Unit::Bytes, "Bodies being read or worked on");
        describe_gauge!(WAITING, "Changes that wait for the writer");
        describe_counter!(REPLIES, "Replies sent to addresses, by what became of them");
        describe_counter!(PANICS, "Handlers that panicked; each was answered with a problem");
        handle
    })
}

/// Makes the recorder, so that nothing is lost before the page is asked for.
pub(crate) fn install() {
    recorder();
}

/// Folds what was recorded since; to be called now and then.
pub(crate) fn upkeep() {
    recorder().run_upkeep();
}

/// The page.
pub(crate) fn page() -> String {
    recorder().render()
}

/// A request was answered. `route` is the pattern, never the path: ids are no labels.
pub(crate) fn answered(method: &str, route: &str, status: u16, took: Duration) {
    let (method, route) = (known_method(method), route.to_owned());
    counter!(REQUESTS, "method" => method, "route" => route.clone(), "status" => status.to_string()).increment(1);
    histogram!(SECONDS, "method" => method, "route" => route).record(took.as_secs_f64());
}

/// Methods are the caller's text: only those known become labels.
fn known_method(method: &str) -> &'static str {
    ["GET", "HEAD", "POST", "PUT", "DELETE"].into_iter().find(|known| *known == method).unwrap_or("other")
}

/// A message was stored, or refused for its rules.
pub(crate) fn items(noun: &'static str, counts: &metering_model::Counts) {
    for (fate, count) in [
        ("inserted", counts.inserted),
        ("unchanged", counts.unchanged),
        ("superseded", counts.superseded),
        ("kept", counts.kept),
        ("rejected", counts.rejected),
    ] {
        if count > 0 {
            counter!(ITEMS, "noun" => noun, "fate" => fate).increment(count.into());
        }
    }
}

/// What became of an attempt to send a reply to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReplyFate {
    /// It was taken.
    Sent,
    /// It was not, and is tried again.
    Failed,
    /// It was not, and is tried no more.
    GivenUp,
}

/// A reply was sent to an address, or was to be.
pub(crate) fn reply(fate: ReplyFate) {
    let fate = match fate {
        ReplyFate::Sent => "sent",
        ReplyFate::Failed => "failed",
        ReplyFate::GivenUp => "given-up",
    };
    counter!(REPLIES, "fate" => fate).increment(1);
}

/// How full the server is at this moment.
pub(crate) fn load(body_bytes: usize, waiting: usize) {
    gauge!(BODY_BYTES).set(body_bytes as f64);
    gauge!(WAITING).set(waiting as f64);
}

/// A handler panicked.
pub(crate) fn panicked() {
    counter!(PANICS).increment(1);
}
