//! Readings of what is configured, before and after.

use metering_model::{GetMeterReadings, MeterReadings, Qualities, Reading, Series};
use metering_persistence::meter_readings;

use super::*;

battery! {
    readings_are_adopted_with_their_meter,
    readings_follow_the_usage_point_through_a_meter_exchange,
    a_usage_point_is_found_by_whatever_senders_call_it,
}

/// Stores one reading of 1 kWh under `id`, which is a meter's, stamped at `time`.
fn read_meter(store: &Store, caller: &Caller, id: &str, time: &str) {
    read_meter_at(store, caller, id, None, time);
}

/// The same, where the sender names a usage point too.
fn read_meter_at(store: &Store, caller: &Caller, id: &str, usage_point: Option<&str>, time: &str) {
    let message = MeterReadings {
        series: vec![Series {
            meter: Some(id.parse().unwrap()),
            usage_point: usage_point.map(|it| it.parse().unwrap()),
            reading_type: "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse().unwrap(),
        }],
        qualities: vec![Qualities::good()],
        readings: vec![Reading {
            time_stamp: at(time),
            value: Some(1.into()),
            series: 0,
            qualities: 0,
            details: None,
            place: 0,
        }],
        received: 1,
        ..MeterReadings::default()
    };
    let (mut violations, mut warnings) = (Vec::new(), Vec::new());
    let facts = Facts { now: at(NOW), rules: Rules::default() };
    let valid = metering_validation::meter_readings::check(message, &facts, &mut violations, &mut warnings);
    caller
        .change(store, move |change| {
            meter_readings::record(change, &valid, &mut violations, &mut warnings)?;
            assert_eq!(violations, []);
            change.receipt("readings", Counts::default(), &[], &[])
        })
        .unwrap();
}

/// Meter and time of what is found.
fn readings(store: &Store, caller: &Caller, get: &GetMeterReadings) -> Vec<(String, String)> {
    let page = store.read(caller.organisation(), |it| meter_readings::query(it, get, None, 100)).unwrap().readings;
    let meter = |it: u32| page.series[it as usize].meter.as_ref().map(ToString::to_string).unwrap_or_default();
    page.readings.iter().map(|it| (meter(it.reading.series), it.reading.time_stamp.to_string())).collect()
}

/// What came under a name before its meter was configured is the meter's afterwards.
fn readings_are_adopted_with_their_meter(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "configuration-readings", NOW);
    read_meter(store, &caller, "1234LG", "2024-01-15T10:00:00Z");
    let by = |id: &str| GetMeterReadings { meters: vec![id.parse().unwrap()], ..GetMeterReadings::default() };
    let heard_of = find_meter(store, &caller, "1234LG").unwrap();
    assert_eq!(heard_of.status, ConfigurationStatus::Provisional);

    create(store, &caller, vec![Meter { mrid: Some("m-1".parse().unwrap()), ..named(&["1234LG"]) }]);
    read_meter(store, &caller, "1234LG", "2024-01-15T10:15:00Z");
    read_meter(store, &caller, "m-1", "2024-01-15T10:30:00Z");
    let all = ["2024-01-15T10:00:00Z", "2024-01-15T10:15:00Z", "2024-01-15T10:30:00Z"];
    let all: Vec<_> = all.into_iter().map(|time| ("m-1".to_owned(), time.to_owned())).collect();
    assert_eq!(readings(store, &caller, &by("m-1")), all);
    assert_eq!(readings(store, &caller, &by("1234LG")), all);
    retire(store, &caller, "m-1", None).unwrap();
    assert_eq!(readings(store, &caller, &by("1234LG")), all, "a retired meter's readings stay readable");
    assert_eq!(ids(store, &caller, &get(ConfigurationKind::Meter)), ["m-1"]);

    // An end device that was heard of is a meter once it is read.
    create(store, &caller, vec![module("c-1", &["m-2"])]);
    read_meter(store, &caller, "m-2", "2024-01-15T10:00:00Z");
    assert_eq!(find_meter(store, &caller, "m-2").unwrap().status, ConfigurationStatus::Provisional);
    assert_eq!(find(store, &caller, ConfigurationKind::EndDevice, "m-2"), None);
}

/// Senders may name a usage point by its mRID or by a name, and so may who asks.
fn a_usage_point_is_found_by_whatever_senders_call_it(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "configuration-point-names", NOW);
    let names = vec![name("Elm Street 5"), name("LV-17")];
    let mrid = Some("up-1".parse().unwrap());
    create(
        store,
        &caller,
        vec![Configuration::UsagePoint(Box::new(UsagePoint { mrid, names, ..UsagePoint::default() }))],
    );
    for (meter, usage_point) in [("a", "up-1"), ("b", "Elm Street 5"), ("c", "LV-17"), ("d", "elsewhere")] {
        read_meter_at(store, &caller, meter, Some(usage_point), "2024-01-15T10:00:00Z");
    }
    let meters = |usage_point: &str| -> Vec<String> {
        let get = GetMeterReadings { usage_points: vec![usage_point.parse().unwrap()], ..GetMeterReadings::default() };
        readings(store, &caller, &get).into_iter().map(|it| it.0).collect()
    };
    for asked in ["up-1", "Elm Street 5", "LV-17"] {
        assert_eq!(meters(asked), ["a", "b", "c"], "{asked}");
    }
    assert_eq!(meters("elsewhere"), ["d"]);
}

/// A usage point stands for its meters, each for the time it was installed there, told before or after.
fn readings_follow_the_usage_point_through_a_meter_exchange(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "configuration-exchange", NOW);
    let (ten, quarter, half) = ("2024-01-15T10:00:00Z", "2024-01-15T10:15:00Z", "2024-01-15T10:30:00Z");
    for meter in ["old", "new"] {
        for time in [ten, quarter, half] {
            read_meter(store, &caller, meter, time);
        }
    }
    let installed = |mrid: &str, from: Option<&str>, to: Option<&str>| Meter {
        installations: vec![Installation { usage_point: "UP-1".parse().unwrap(), from: from.map(at), to: to.map(at) }],
        ..meter(mrid)
    };
    create(store, &caller, vec![installed("old", None, Some(quarter)), installed("new", Some(quarter), None)]);
    let there = GetMeterReadings { usage_points: vec!["UP-1".parse().unwrap()], ..GetMeterReadings::default() };
    let found = |there: &GetMeterReadings| {
        let mut found = readings(store, &caller, there);
        found.sort();
        found
    };
    let line = |meter: &str, time: &str| (meter.to_owned(), time.to_owned());
    assert_eq!(found(&there), [line("new", half), line("old", ten), line("old", quarter)]);

    // The exchange was earlier, as turns out.
    replace(store, &caller, "old", 1, installed("old", None, Some(ten))).unwrap();
    replace(store, &caller, "new", 1, installed("new", Some(ten), None)).unwrap();
    assert_eq!(found(&there), [line("new", quarter), line("new", half), line("old", ten)]);
}
