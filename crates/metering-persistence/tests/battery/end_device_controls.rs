//! Controls: repeats and replays, targets, the passing of time, withdrawal, pages.

use metering_model::{
    ControlKind, ControlStatus, ControlValue, Counts, EndDeviceControl, EndDeviceControlType, EndDeviceControls,
    GetEndDeviceControls, Permit, RecordedControl, TimeStamp, Violation, ViolationCode,
};
use metering_persistence::{Cursor, Error, Result, Store, end_device_controls};
use metering_validation::{Facts, Rules, Valid};

use crate::caller::{Caller, at};
use crate::support::Trial;

battery! {
    a_control_is_stored_and_comes_back_whole,
    the_same_fields_are_a_repeat_while_open,
    an_mrid_is_the_identity,
    a_key_and_a_place_are_the_identity,
    cancelled_switching_is_not_replayed,
    only_what_waits_is_cancelled,
    kinds_without_a_permit_are_left_out,
    targets_are_resolved_when_the_control_arrives,
    time_passes,
    controls_are_found_newest_first_page_by_page,
    organisations_are_apart,
    many_controls_and_many_devices,
}

const NOW: &str = "2026-11-24T10:00:00Z";

fn permits(caller: &Caller) -> Vec<Permit> {
    [ControlKind::LoadControl, ControlKind::Price, ControlKind::Switching, ControlKind::Other]
        .into_iter()
        .filter_map(|kind| caller.principal().permit(kind))
        .collect()
}

fn checked(controls: Vec<EndDeviceControl>, now: TimeStamp) -> Valid<EndDeviceControls> {
    let received = u32::try_from(controls.len()).unwrap();
    let message = EndDeviceControls { controls: (0..).zip(controls).collect(), received };
    let (mut violations, mut warnings) = (Vec::new(), Vec::new());
    let facts = Facts { now, rules: Rules::default() };
    let valid = metering_validation::end_device_controls::check(message, &facts, &mut violations, &mut warnings);
    assert_eq!(violations, []);
    valid
}

struct Submitted {
    counts: Counts,
    controls: Vec<RecordedControl>,
    violations: Vec<Violation>,
}

impl Submitted {
    fn ids(&self) -> Vec<&str> {
        self.controls.iter().map(|it| it.id.as_str()).collect()
    }

    fn codes(&self) -> Vec<ViolationCode> {
        self.violations.iter().map(|it| it.code).collect()
    }
}

fn submit(store: &Store, caller: &Caller, controls: Vec<EndDeviceControl>) -> Submitted {
    let valid = checked(controls, caller.now());
    let permits = permits(caller);
    caller
        .change(store, move |change| {
            let mut violations = Vec::new();
            let (counts, controls) =
                end_device_controls::submit(change, &valid, &Rules::default(), &permits, &mut violations)?;
            Ok(Submitted { counts, controls, violations })
        })
        .unwrap()
}

fn cancel(store: &Store, caller: &Caller, id: &str) -> Result<RecordedControl> {
    let (id, permits) = (id.to_owned(), permits(caller));
    caller.change(store, move |change| end_device_controls::cancel(change, &id, Some("a mistake"), &permits))
}

fn pass_time(store: &Store, caller: &Caller) -> usize {
    caller.change(store, end_device_controls::pass_time).unwrap()
}

fn find(store: &Store, caller: &Caller, id: &str) -> RecordedControl {
    store.read(caller.organisation(), |snapshot| end_device_controls::find(snapshot, id)).unwrap().unwrap()
}

fn query(store: &Store, caller: &Caller, get: &GetEndDeviceControls) -> Vec<RecordedControl> {
    store.read(caller.organisation(), |snapshot| end_device_controls::query(snapshot, get, None, 1000)).unwrap().items
}

fn to(device: &str, control_type: EndDeviceControlType) -> EndDeviceControl {
    let mut control = EndDeviceControl::new(control_type);
    control.target.devices.push(device.parse().unwrap());
    control
}

fn disconnect(device: &str) -> EndDeviceControl {
    EndDeviceControl { reason: Some("Non-payment".into()), ..to(device, EndDeviceControlType::REMOTE_DISCONNECT) }
}

fn load_control(device: &str) -> EndDeviceControl {
    EndDeviceControl {
        value: Some(ControlValue::Text("50".into())),
        unit: Some("kW".into()),
        ..to(device, EndDeviceControlType::LOAD_CONTROL)
    }
}

fn history(control: &RecordedControl) -> Vec<(&str, &str)> {
    control.steps.iter().map(|step| (step.status.as_str(), step.by.as_str())).collect()
}

/// A control is stored with its first step, comes back whole, and is found again.
fn a_control_is_stored_and_comes_back_whole(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "controls-whole", NOW);
    let late = EndDeviceControl { effective: Some(at("2024-01-15T10:30:00Z")), ..load_control("m-1") };
    let soon = EndDeviceControl { effective: Some(at("2026-11-24T12:00:00Z")), ..load_control("m-1") };
    let stored = submit(store, &caller, vec![disconnect("m-1"), late.clone(), soon]);
    assert_eq!(stored.counts, Counts { received: 3, inserted: 3, ..Counts::default() });
    let [now, expired, scheduled] = stored.controls.as_slice() else { panic!("three") };
    assert_eq!((now.status, now.expires), (ControlStatus::Received, at("2026-11-24T14:00:00Z")));
    assert_eq!(history(now), [("received", caller.name())]);
    assert_eq!(expired.status, ControlStatus::Expired);
    assert_eq!(expired.control, late);
    assert_eq!(history(expired), [("received", caller.name()), ("expired", "server")]);
    assert_eq!(scheduled.status, ControlStatus::Scheduled);
    assert!(now.results.is_empty(), "one device alone has the state of the control");
    assert_eq!(&find(store, &caller, now.id.as_str()), now);
    let none = store.read(caller.organisation(), |snapshot| end_device_controls::find(snapshot, "x")).unwrap();
    assert_eq!(none, None);
}

/// Without an id or a key the fields say what is the same, as long as it is open.
fn the_same_fields_are_a_repeat_while_open(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "controls-repeat", NOW);
    let first = submit(store, &caller, vec![load_control("m-1"), load_control("m-1"), load_control("m-2")]);
    assert_eq!((first.counts.inserted, first.counts.unchanged), (2, 1), "within one message too");
    assert_eq!(first.ids()[0], first.ids()[1]);
    let again = submit(store, &caller, vec![load_control("m-1")]);
    assert_eq!((again.counts.inserted, again.counts.unchanged), (0, 1));
    assert_eq!(again.ids()[0], first.ids()[0]);
    // Once it has expired the same is asked for anew.
    let tomorrow = caller.clone().later(25 * 3600);
    let anew = submit(store, &tomorrow, vec![load_control("m-1")]);
    assert_eq!(anew.counts.inserted, 1);
    assert_ne!(anew.ids()[0], first.ids()[0]);
}

/// An mRID is the identity where there is one: the same content again is known, other is refused.
fn an_mrid_is_the_identity(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "controls-mrid", NOW);
    let mine = |id: &str| EndDeviceControl { mrid: Some(id.parse().unwrap()), ..disconnect("m-1") };
    assert_eq!(submit(store, &caller, vec![mine("c-1")]).ids(), ["c-1"]);
    assert_eq!(submit(store, &caller, vec![mine("c-1")]).counts.unchanged, 1);
    let other = EndDeviceControl { reason: Some("Moved out".into()), ..mine("c-1") };
    let refused = submit(store, &caller, vec![other, mine("c-2")]);
    assert_eq!(refused.codes(), [ViolationCode::Exists]);
    assert_eq!((refused.counts.inserted, refused.counts.rejected), (1, 1));
    assert_eq!(refused.ids(), ["c-2"], "a new mRID says that it is meant");
}

/// A key and the place in the list are the identity where there is no mRID.
fn a_key_and_a_place_are_the_identity(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "controls-key", NOW);
    let both = || vec![disconnect("m-1"), disconnect("m-1")];
    let first = submit(store, &caller.clone().with_key("k-1"), both());
    assert_eq!(first.counts.inserted, 2, "two places of one list are two controls");
    let second = submit(store, &caller.clone().with_key("k-2"), both());
    assert_eq!(second.counts.inserted, 2, "a new key says that it is meant");
}

/// Switching that was cancelled not long ago is not done again by a repeat of the same request.
fn cancelled_switching_is_not_replayed(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "controls-replay", NOW);
    let first = submit(store, &caller, vec![disconnect("m-1"), load_control("m-1")]);
    let cancelled = cancel(store, &caller, first.ids()[0]).unwrap();
    assert_eq!(cancelled.status, ControlStatus::Cancelled);
    assert_eq!(history(&cancelled), [("received", caller.name()), ("cancelled", caller.name())]);
    assert_eq!(cancelled.steps[1].reason.as_deref(), Some("a mistake"));
    cancel(store, &caller, first.ids()[1]).unwrap();

    let later = caller.clone().later(7 * 24 * 3600);
    let replay = submit(store, &later, vec![disconnect("m-1"), load_control("m-1")]);
    assert_eq!(replay.codes(), [ViolationCode::PossibleReplay], "load controls may be sent again");
    assert!(replay.violations[0].detail.contains(first.ids()[0]), "{}", replay.violations[0].detail);
    assert_eq!((replay.counts.inserted, replay.counts.rejected), (1, 1));
    assert_eq!(submit(store, &later.clone().with_key("meant"), vec![disconnect("m-1")]).counts.inserted, 1);

    let other = Caller::new(store, "controls-replay-late", NOW);
    let first = submit(store, &other, vec![disconnect("m-1")]);
    cancel(store, &other, first.ids()[0]).unwrap();
    let eighth_day = other.later(7 * 24 * 3600 + 1);
    assert_eq!(submit(store, &eighth_day, vec![disconnect("m-1")]).counts.inserted, 1);
}

/// What was withdrawn, or has ended, cannot be withdrawn; twice is once.
fn only_what_waits_is_cancelled(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "controls-cancel", NOW);
    let stored = submit(store, &caller, vec![disconnect("m-1"), load_control("m-1")]);
    let (switching, load) = (stored.ids()[0].to_owned(), stored.ids()[1].to_owned());
    let operator = caller.clone().with_roles("operator");
    match cancel(store, &operator, &switching) {
        Err(Error::Rejected(found)) => assert_eq!(found[0].code, ViolationCode::NotPermitted),
        other => panic!("an operator must not cancel switching: {other:?}"),
    }
    let once = cancel(store, &caller, &switching).unwrap();
    assert_eq!(cancel(store, &caller, &switching).unwrap(), once);
    assert!(matches!(cancel(store, &caller, "x"), Err(Error::NotFound)));
    // Nobody has looked since it expired.
    match cancel(store, &caller.clone().later(24 * 3600), &load) {
        Err(Error::Impossible(it)) => assert_eq!(it.from, ControlStatus::Expired),
        other => panic!("an expired control cannot be cancelled: {other:?}"),
    }
}

/// A control without a permit for its kind is not stored; others of the message are.
fn kinds_without_a_permit_are_left_out(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "controls-permit", NOW);
    let operator = caller.clone().with_roles("operator");
    let stored = submit(store, &operator, vec![disconnect("m-1"), load_control("m-1")]);
    assert_eq!(stored.codes(), [ViolationCode::NotPermitted]);
    assert_eq!((stored.counts.inserted, stored.counts.rejected), (1, 1));
}

/// Several devices have a result each; whom nothing is known of is named.
fn targets_are_resolved_when_the_control_arrives(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "controls-targets", NOW);
    let mut several = disconnect("m-1");
    several.target.devices.push("m-2".parse().unwrap());
    let mut group = disconnect("m-3");
    group.target.group = Some("street".into());
    let mut nowhere = disconnect("m-4");
    nowhere.target.usage_point = Some("up-1".parse().unwrap());
    let stored = submit(store, &caller, vec![several, group, nowhere]);
    assert_eq!(stored.codes(), [ViolationCode::UnknownTarget; 2]);
    assert_eq!(stored.counts.inserted, 1);
    let results = |control: &RecordedControl| {
        control.results.iter().map(|it| (it.device.to_string(), it.status.as_str())).collect::<Vec<_>>()
    };
    let expected = |word| vec![("m-1".to_owned(), word), ("m-2".to_owned(), word)];
    assert_eq!(results(&stored.controls[0]), expected("received"));
    let cancelled = cancel(store, &caller, stored.ids()[0]).unwrap();
    assert_eq!(results(&cancelled), expected("cancelled"));
}

/// Time makes scheduled controls due and waiting ones expire, and says when to look again.
fn time_passes(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "controls-time", NOW);
    let soon = EndDeviceControl { effective: Some(at("2026-11-24T12:00:00Z")), ..load_control("m-1") };
    let short = EndDeviceControl { expires: Some(at("2026-11-24T11:00:00Z")), ..load_control("m-2") };
    let stored = submit(store, &caller, vec![soon, short]);
    let next = || store.read(caller.organisation(), end_device_controls::next_due).unwrap();
    assert_eq!(next(), Some(at("2026-11-24T11:00:00Z")));
    assert_eq!(pass_time(store, &caller), 0);
    let noon = caller.clone().later(2 * 3600);
    assert_eq!(pass_time(store, &noon), 2);
    assert_eq!(pass_time(store, &noon), 0);
    let due = find(store, &caller, stored.ids()[0]);
    assert_eq!(history(&due), [("scheduled", caller.name()), ("received", "server")]);
    assert_eq!(due.steps[1].at, at("2026-11-24T12:00:00Z"));
    let expired = find(store, &caller, stored.ids()[1]);
    assert_eq!(expired.status, ControlStatus::Expired);
    assert_eq!(next(), Some(at("2026-11-25T12:00:00Z")));
    assert_eq!(pass_time(store, &caller.clone().later(100 * 3600)), 1);
    assert_eq!(next(), None);
}

/// Every filter, the order, and pages that meet each control once.
fn controls_are_found_newest_first_page_by_page(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "controls-pages", NOW);
    for hour in 0..3 {
        let then = caller.clone().later(hour * 3600);
        submit(store, &then, (0..5).map(|meter| load_control(&format!("m-{hour}-{meter}"))).collect());
    }
    submit(store, &caller.clone().later(2 * 3600), vec![disconnect("m-0-0")]);

    let all = query(store, &caller, &GetEndDeviceControls::default());
    assert_eq!(all.len(), 16);
    assert!(all.windows(2).all(|pair| pair[0].received_at >= pair[1].received_at));
    let mut paged = Vec::new();
    let mut cursor: Option<Cursor> = None;
    loop {
        let page = store
            .read(caller.organisation(), |snapshot| {
                end_device_controls::query(snapshot, &GetEndDeviceControls::default(), cursor.as_ref(), 5)
            })
            .unwrap();
        paged.extend(page.items);
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(paged, all);

    let count = |get: GetEndDeviceControls| query(store, &caller, &get).len();
    let get = GetEndDeviceControls::default;
    assert_eq!(count(GetEndDeviceControls { devices: vec!["m-0-0".parse().unwrap()], ..get() }), 2);
    assert_eq!(count(GetEndDeviceControls { devices: vec!["nobody".parse().unwrap()], ..get() }), 0);
    let switch = "0.31.0.23".parse().unwrap();
    assert_eq!(count(GetEndDeviceControls { control_types: vec![switch], ..get() }), 1);
    assert_eq!(count(GetEndDeviceControls { statuses: vec![ControlStatus::Received], ..get() }), 16);
    assert_eq!(count(GetEndDeviceControls { statuses: vec![ControlStatus::Failed], ..get() }), 0);
    let (from, to) = (Some(at(NOW)), Some(at("2026-11-24T11:00:00Z")));
    assert_eq!(count(GetEndDeviceControls { from, to, ..get() }), 5, "from is within, to is not");
    let bad = store.read(caller.organisation(), |snapshot| {
        end_device_controls::query(snapshot, &get(), Some(&Cursor::from("not a cursor".to_owned())), 5)
    });
    assert!(matches!(bad, Err(Error::BadCursor)));
}

/// Another organisation sees nothing of it.
fn organisations_are_apart(trial: &Trial) {
    let store = &trial.store();
    let (one, other) = (Caller::new(store, "controls-one", NOW), Caller::new(store, "controls-other", NOW));
    let stored = submit(store, &one, vec![disconnect("m-1")]);
    let id = stored.ids()[0];
    assert!(matches!(cancel(store, &other, id), Err(Error::NotFound)));
    assert!(query(store, &other, &GetEndDeviceControls::default()).is_empty());
    assert_eq!(submit(store, &other, vec![disconnect("m-1")]).counts.inserted, 1);
}

/// A message of many controls and a control of many devices go in and come back.
fn many_controls_and_many_devices(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "controls-many", NOW);
    let many = submit(store, &caller, (0..1203).map(|at| load_control(&format!("m-{at}"))).collect());
    assert_eq!(many.counts.inserted, 1203);
    let mut wide = disconnect("m-0");
    wide.target.devices.extend((1..2001).map(|at| format!("m-{at}").parse().unwrap()));
    let stored = submit(store, &caller, vec![wide]);
    assert_eq!(stored.controls[0].results.len(), 2001);
    assert_eq!(stored.controls[0].results[2000].device.as_str(), "m-2000");
}
