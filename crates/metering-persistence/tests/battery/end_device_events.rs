//! Events: told once or often, stored once; filters and pages.

use metering_model::{
    Counts, EndDeviceEvent, EndDeviceEvents, EventType, GetEndDeviceEvents, RecordedEvent, Violation, ViolationCode,
};
use metering_persistence::{Cursor, Error, Store, end_device_events};
use metering_validation::{Facts, Rules};

use crate::caller::{Caller, at};
use crate::support::Trial;

battery! {
    an_event_is_stored_once,
    an_mrid_names_one_event,
    events_are_found_by_what_they_say,
    a_storm_goes_in_once,
}

const NOW: &str = "2026-11-24T10:00:00Z";

fn submit(store: &Store, caller: &Caller, events: Vec<EndDeviceEvent>) -> (Counts, Vec<RecordedEvent>, Vec<Violation>) {
    let received = u32::try_from(events.len()).unwrap();
    let message = EndDeviceEvents { events: (0..).zip(events).collect(), received };
    let (mut violations, mut warnings) = (Vec::new(), Vec::new());
    let facts = Facts { now: caller.now(), rules: Rules::default() };
    let valid = metering_validation::end_device_events::check(message, &facts, &mut violations, &mut warnings);
    assert_eq!(violations, []);
    caller
        .change(store, move |change| {
            let mut violations = Vec::new();
            let (counts, events) = end_device_events::submit(change, &valid, &mut violations)?;
            Ok((counts, events, violations))
        })
        .unwrap()
}

fn tamper(device: &str, created: &str) -> EndDeviceEvent {
    EndDeviceEvent {
        mrid: None,
        device: device.parse().unwrap(),
        event_type: EventType::Code("3.12.0.257".parse().unwrap()),
        word: None,
        created: at(created),
        severity: Some("high".into()),
        description: Some("Potential tampering detected on meter".into()),
        event_code: Some("TAM001".into()),
        usage_point: None,
        issuer_tracking_id: None,
        details: vec![],
    }
}

/// The same event told twice is one; another field makes another event.
fn an_event_is_stored_once(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "events-once", NOW);
    let event = || tamper("m-1", "2024-01-15T10:15:00Z");
    let (counts, first, _) = submit(store, &caller, vec![event(), event()]);
    assert_eq!(counts, Counts { received: 2, inserted: 1, unchanged: 1, ..Counts::default() });
    assert_eq!(first[0], first[1]);
    assert_eq!(first[0].event, event());
    let (counts, again, _) = submit(store, &caller.clone().later(60), vec![event()]);
    assert_eq!((counts.inserted, counts.unchanged), (0, 1));
    assert_eq!(again[0], first[0], "as it was recorded first");
    let louder = EndDeviceEvent { severity: Some("critical".into()), ..event() };
    assert_eq!(submit(store, &caller, vec![louder]).0.inserted, 1);
    let found =
        store.read(caller.organisation(), |snapshot| end_device_events::find(snapshot, first[0].id.as_str())).unwrap();
    assert_eq!(found.as_ref(), Some(&first[0]));
}

/// An mRID is the identity: the same content again is known, other content is refused.
fn an_mrid_names_one_event(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "events-mrid", NOW);
    let mine = || EndDeviceEvent { mrid: Some("e-1".parse().unwrap()), ..tamper("m-1", NOW) };
    let (_, stored, _) = submit(store, &caller, vec![mine()]);
    assert_eq!(stored[0].id.as_str(), "e-1");
    assert_eq!(submit(store, &caller, vec![mine()]).0.unchanged, 1);
    let other = EndDeviceEvent { severity: None, ..mine() };
    let (counts, _, violations) = submit(store, &caller, vec![other, tamper("m-1", NOW)]);
    assert_eq!(violations[0].code, ViolationCode::Exists);
    assert_eq!((counts.inserted, counts.rejected), (1, 1));
}

/// Filters by device, type, severity and the event's own time, newest first, page by page.
fn events_are_found_by_what_they_say(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "events-found", NOW);
    let hour = |hour: u32| format!("2026-11-24T{hour:02}:00:00Z");
    let mut events: Vec<_> = (0..9).map(|number| tamper("m-1", &hour(number))).collect();
    events.push(EndDeviceEvent {
        event_type: EventType::Unmapped("meterOnFire".into()),
        severity: None,
        ..tamper("m-2", &hour(4))
    });
    events.push(EndDeviceEvent { word: Some("meterSmells".into()), ..tamper("m-2", &hour(5)) });
    submit(store, &caller, events);

    let query = |get: &GetEndDeviceEvents, after: Option<&Cursor>, limit: usize| {
        store.read(caller.organisation(), |snapshot| end_device_events::query(snapshot, get, after, limit))
    };
    let get = GetEndDeviceEvents::default;
    let all = query(&get(), None, 100).unwrap().items;
    assert_eq!(all.len(), 11);
    assert!(all.windows(2).all(|pair| pair[0].event.created >= pair[1].event.created));

    let mut paged = Vec::new();
    let mut cursor: Option<Cursor> = None;
    loop {
        let page = query(&get(), cursor.as_ref(), 2).unwrap();
        paged.extend(page.items);
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(paged, all);

    let count = |get: GetEndDeviceEvents| query(&get, None, 100).unwrap().items.len();
    assert_eq!(count(GetEndDeviceEvents { devices: vec!["m-2".parse().unwrap()], ..get() }), 2);
    assert_eq!(count(GetEndDeviceEvents { devices: vec!["nobody".parse().unwrap()], ..get() }), 0);
    let of_type = |event_type| GetEndDeviceEvents { event_types: vec![event_type], ..get() };
    assert_eq!(count(of_type(EventType::Code("0.12.0.257".parse().unwrap()))), 10, "the device type aside");
    assert_eq!(count(of_type(EventType::Unmapped("meterOnFire".into()))), 1);
    assert_eq!(count(of_type(EventType::Unmapped("meterSmells".into()))), 1);
    assert_eq!(count(GetEndDeviceEvents { severities: vec!["high".into()], ..get() }), 10);
    let (from, to) = (Some(at(&hour(2))), Some(at(&hour(4))));
    assert_eq!(count(GetEndDeviceEvents { from, to, ..get() }), 2, "from is within, to is not");
    assert!(matches!(query(&get(), Some(&Cursor::from("x".to_owned())), 2), Err(Error::BadCursor)));
}

/// A storm of events goes in with one request, and once more as nothing new.
fn a_storm_goes_in_once(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "events-storm", NOW);
    let storm = || (0..1700).map(|meter| tamper(&format!("m-{meter}"), NOW)).collect::<Vec<_>>();
    assert_eq!(submit(store, &caller, storm()).0.inserted, 1700);
    let (counts, events, _) = submit(store, &caller, storm());
    assert_eq!((counts.inserted, counts.unchanged, events.len()), (0, 1700, 1700));
}
