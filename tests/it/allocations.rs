//! Nothing is allocated per reading on its way from the body to the packed blocks.

#[allow(dead_code, reason = "the benchmark uses the rest")]
#[path = "../bench/day.rs"]
mod day;

use metering_messages::{Limits, json};
use metering_persistence::meter_readings::{Buffers, pack};
use metering_validation::{Facts, Rules, meter_readings};

/// 5,000 readings of 53 meters: read, checked and packed.
#[test]
fn five_thousand_readings_take_fewer_than_five_hundred_allocations() {
    let day = day::Day::of(53, day::Order::DeviceMajor, day::Notation::Words);
    let body = &day.requests[0];
    let facts = Facts { now: "2024-01-16T00:00:00Z".parse().unwrap(), rules: Rules::default() };
    let limits = Limits::default();
    let mut buffers = Buffers::default();
    let mut once = || {
        let mut read = json::meter_readings::read(body, &limits).unwrap();
        let valid = meter_readings::check(read.value, &facts, &mut read.violations, &mut read.warnings);
        assert_eq!((read.violations.len(), valid.readings.len()), (0, day::BATCH));
        assert!(pack(&valid, &mut buffers) > day::BATCH / 2);
    };
    // The writer keeps its buffers from one request to the next.
    once();
    let counted = allocation_counter::measure(once);
    assert!(counted.count_total < 500, "{} allocations", counted.count_total);
}
