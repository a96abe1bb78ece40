//! Configurations: identity, adoption, revisions, references, pages.

use metering_model::{
    ComModule, Configuration, ConfigurationKind, ConfigurationStatus, Configurations, Counts, EchoedFields, EndDevice,
    GetConfigurations, Installation, Meter, Name, RecordedConfiguration, Secret, UsagePoint, Violation, ViolationCode,
};
use metering_persistence::configuration::{self, ConfigurationPage};
use metering_persistence::{Config, Cursor, Error, Provisional, Result, Settings, Store};
use metering_validation::{Facts, Rules, Valid};

use crate::caller::{Caller, at};
use crate::support::Trial;

mod readings;

battery! {
    the_same_content_is_unchanged_and_other_is_refused,
    an_mrid_is_made_where_a_name_is_given,
    meters_and_end_devices_share_their_ids,
    references_are_provisional_until_they_are_configured,
    ambiguous_references_are_refused,
    several_provisional_objects_are_not_adopted_by_one,
    every_revision_stays_readable,
    echoed_fields_must_say_what_is_stored,
    secrets_stay_when_they_are_not_sent_again,
    installations_follow_the_meter,
    objects_are_listed_page_by_page,
    a_thousand_objects_go_in_at_once,
    organisations_are_apart,
    the_settings_bound_what_is_provisional,
}

const NOW: &str = "2026-11-24T10:00:00Z";

fn name(name: &str) -> Name {
    Name { name: name.into(), name_type: None, name_type_authority: None }
}

fn meter(mrid: &str) -> Meter {
    Meter { mrid: Some(mrid.parse().unwrap()), ..Meter::default() }
}

fn named(names: &[&str]) -> Meter {
    Meter { names: names.iter().map(|it| name(it)).collect(), ..Meter::default() }
}

fn usage_point(mrid: &str) -> Configuration {
    Configuration::UsagePoint(Box::new(UsagePoint { mrid: Some(mrid.parse().unwrap()), ..UsagePoint::default() }))
}

fn module(mrid: &str, devices: &[&str]) -> Configuration {
    let device_ids = devices.iter().map(|it| it.parse().unwrap()).collect();
    let mrid = Some(mrid.parse().unwrap());
    Configuration::ComModule(Box::new(ComModule { mrid, device_ids, ..ComModule::default() }))
}

impl From<Meter> for Given {
    fn from(it: Meter) -> Self {
        Self(Configuration::Meter(Box::new(it)))
    }
}

impl From<Configuration> for Given {
    fn from(it: Configuration) -> Self {
        Self(it)
    }
}

struct Given(Configuration);

fn checked(items: Vec<Given>) -> Valid<Configurations> {
    let kind = items[0].0.kind();
    let received = u32::try_from(items.len()).unwrap();
    let items = (0..).zip(items.into_iter().map(|it| it.0)).collect();
    let facts = Facts { now: at(NOW), rules: Rules::default() };
    let (mut violations, mut warnings) = (Vec::new(), Vec::new());
    let message = Configurations { kind, items, received };
    let valid = metering_validation::configuration::check(message, &facts, &mut violations, &mut warnings);
    assert_eq!((violations, warnings), (Vec::new(), Vec::new()));
    valid
}

#[derive(Debug)]
struct Created {
    counts: Counts,
    objects: Vec<RecordedConfiguration>,
    violations: Vec<Violation>,
    warnings: Vec<Violation>,
}

impl Created {
    fn told(&self) -> Vec<String> {
        self.violations.iter().map(|it| format!("{} {} {}", it.at.item, it.at.field, it.code)).collect()
    }
}

fn create<T: Into<Given>>(store: &Store, caller: &Caller, items: Vec<T>) -> Created {
    let valid = checked(items.into_iter().map(Into::into).collect());
    caller
        .change(store, move |change| {
            let (mut violations, mut warnings) = (Vec::new(), Vec::new());
            let (counts, objects) = configuration::create(change, &valid, &mut violations, &mut warnings)?;
            Ok(Created { counts, objects, violations, warnings })
        })
        .unwrap()
}

fn replace(
    store: &Store,
    caller: &Caller,
    mrid: &str,
    revision: u32,
    to: impl Into<Given>,
) -> Result<(Counts, RecordedConfiguration)> {
    echo(store, caller, mrid, revision, EchoedFields::default(), to)
}

fn echo(
    store: &Store,
    caller: &Caller,
    mrid: &str,
    revision: u32,
    echoed: EchoedFields,
    to: impl Into<Given>,
) -> Result<(Counts, RecordedConfiguration)> {
    let (valid, mrid) = (checked(vec![to.into()]), mrid.to_owned());
    caller.change(store, move |change| configuration::replace(change, valid.kind, &mrid, revision, &echoed, &valid))
}

fn retire(store: &Store, caller: &Caller, mrid: &str, revision: Option<u32>) -> Result<RecordedConfiguration> {
    let mrid = mrid.to_owned();
    caller.change(store, move |change| configuration::retire(change, ConfigurationKind::Meter, &mrid, revision))
}

fn find(store: &Store, caller: &Caller, kind: ConfigurationKind, mrid: &str) -> Option<RecordedConfiguration> {
    store.read(caller.organisation(), |snapshot| configuration::find(snapshot, kind, mrid, None)).unwrap()
}

fn find_meter(store: &Store, caller: &Caller, mrid: &str) -> Option<RecordedConfiguration> {
    find(store, caller, ConfigurationKind::Meter, mrid)
}

fn get(kind: ConfigurationKind) -> GetConfigurations {
    GetConfigurations { kind, statuses: Vec::new(), serial_numbers: Vec::new(), names: Vec::new(), as_of: None }
}

fn page(
    store: &Store,
    caller: &Caller,
    get: &GetConfigurations,
    after: Option<&Cursor>,
    limit: usize,
) -> ConfigurationPage {
    store.read(caller.organisation(), |snapshot| configuration::query(snapshot, get, after, limit)).unwrap()
}

fn ids(store: &Store, caller: &Caller, get: &GetConfigurations) -> Vec<String> {
    page(store, caller, get, None, 100).items.into_iter().map(|it| it.id.as_str().to_owned()).collect()
}

/// The same again is unchanged, other content is refused, and the order of the answer is the message's.
fn the_same_content_is_unchanged_and_other_is_refused(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "configuration-repeat", NOW);
    let rich = Meter { serial_number: Some("7".into()), time_zone: Some("Europe/Berlin".into()), ..meter("m-2") };
    let first = create(store, &caller, vec![meter("m-1"), rich.clone()]);
    assert_eq!(first.counts, Counts { received: 2, inserted: 2, ..Counts::default() });
    assert_eq!(first.objects[1].configuration, Configuration::Meter(Box::new(rich.clone())));
    assert_eq!((first.objects[1].revision, first.objects[1].status), (1, ConfigurationStatus::Active));
    assert_eq!(find_meter(store, &caller, "m-2").as_ref(), Some(&first.objects[1]));

    let other = Meter { serial_number: Some("8".into()), ..meter("m-1") };
    let again = create(store, &caller.clone().later(60), vec![rich, other, meter("m-3")]);
    assert_eq!(again.counts, Counts { received: 3, inserted: 1, unchanged: 1, rejected: 1, ..Counts::default() });
    assert_eq!(again.told(), ["1 mRID exists"]);
    assert_eq!(again.objects[0], first.objects[1], "as it was stored, with its own time");
    assert_eq!(again.objects[1].id.as_str(), "m-3");
    assert_eq!(find_meter(store, &caller, "m-1").unwrap().revision, 1);
}

/// A name alone is an identity too: the mRID is made once.
fn an_mrid_is_made_where_a_name_is_given(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "configuration-names", NOW);
    let first = create(store, &caller, vec![named(&["1234LG"])]);
    let id = first.objects[0].id.clone();
    assert_eq!(id.as_str().len(), 36, "a UUID");
    assert_eq!(first.objects[0].configuration.mrid(), Some(id.as_str()));
    let again = create(store, &caller, vec![named(&["1234LG"])]);
    assert_eq!((again.counts.unchanged, &again.objects[0].id), (1, &id));
    let other = Meter { form_number: Some("12S".into()), ..named(&["1234LG"]) };
    assert_eq!(create(store, &caller, vec![other]).told(), ["0 names/0/name exists"]);
    // An mRID says that a namesake is meant.
    let namesake = Meter { mrid: Some("m-2".parse().unwrap()), ..named(&["1234LG"]) };
    assert_eq!(create(store, &caller, vec![namesake]).counts.inserted, 1);
    let by_name = GetConfigurations { names: vec!["1234LG".into()], ..get(ConfigurationKind::Meter) };
    assert_eq!(ids(store, &caller, &by_name).len(), 2);
}

/// A meter is an end device: one id space, but lists of their own.
fn meters_and_end_devices_share_their_ids(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "configuration-space", NOW);
    create(store, &caller, vec![meter("m-1")]);
    let device = |mrid: &str| {
        let mrid = Some(mrid.parse().unwrap());
        Configuration::EndDevice(Box::new(EndDevice { mrid, ..EndDevice::default() }))
    };
    let refused = create(store, &caller, vec![device("m-1"), device("d-1")]);
    assert_eq!(refused.told(), ["0 mRID exists"]);
    assert_eq!(refused.violations[0].detail, "`m-1` is configured as a meter");
    assert_eq!(create(store, &caller, vec![usage_point("m-1")]).counts.inserted, 1, "a usage point is no device");
    assert_eq!(ids(store, &caller, &get(ConfigurationKind::EndDevice)), ["d-1"]);
    assert_eq!(ids(store, &caller, &get(ConfigurationKind::Meter)), ["m-1"]);
    assert_eq!(find(store, &caller, ConfigurationKind::EndDevice, "m-1"), None);
}

/// What is referred to and not configured is provisional, and is adopted when it is configured.
fn references_are_provisional_until_they_are_configured(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "configuration-adoption", NOW);
    create(store, &caller, vec![module("c-1", &["m-1", "1234LG", "m-3"])]);
    let devices = get(ConfigurationKind::EndDevice);
    assert_eq!(ids(store, &caller, &devices), ["1234LG", "m-1", "m-3"]);
    let heard_of = find(store, &caller, ConfigurationKind::EndDevice, "m-1").unwrap();
    assert_eq!((heard_of.status, heard_of.revision), (ConfigurationStatus::Provisional, 0));

    // By its mRID, as another kind; by a name, which takes the newcomer's mRID; by a name alone.
    let by_name = Meter { mrid: Some("m-2".parse().unwrap()), ..named(&["1234LG"]) };
    let created = create(store, &caller, vec![meter("m-1"), by_name, named(&["m-3"])]);
    assert_eq!(created.counts, Counts { received: 3, inserted: 3, ..Counts::default() });
    let made: Vec<_> = created.objects.iter().map(|it| (it.id.as_str(), it.revision)).collect();
    assert_eq!(made, [("m-1", 1), ("m-2", 1), ("m-3", 1)], "data came under m-3, so it keeps that id");
    assert_eq!(ids(store, &caller, &devices), Vec::<String>::new());
    assert_eq!(ids(store, &caller, &get(ConfigurationKind::Meter)), ["m-1", "m-2", "m-3"]);

    // The name still finds it, so nothing is heard of anew.
    create(store, &caller, vec![module("c-2", &["1234LG"])]);
    assert_eq!(ids(store, &caller, &devices), Vec::<String>::new());
}

/// A name that means several objects cannot be referred to.
fn ambiguous_references_are_refused(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "configuration-ambiguous", NOW);
    let twin = |mrid: &str| Meter { mrid: Some(mrid.parse().unwrap()), ..named(&["twin"]) };
    create(store, &caller, vec![twin("m-1"), twin("m-2")]);
    let refused = create(store, &caller, vec![module("c-1", &["m-1", "twin"]), module("c-2", &["m-1"])]);
    assert_eq!(refused.told(), ["0 deviceIds/1 ambiguous-name"]);
    assert!(refused.violations[0].detail.contains("m-1, m-2"), "{}", refused.violations[0].detail);
    assert_eq!((refused.counts.inserted, refused.counts.rejected), (1, 1));
    // A retired namesake no longer counts.
    retire(store, &caller, "m-2", None).unwrap();
    assert_eq!(create(store, &caller, vec![module("c-1", &["twin"])]).counts.inserted, 1);
}

/// Several ids that data came under are not merged by one object; that is told.
fn several_provisional_objects_are_not_adopted_by_one(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "configuration-several", NOW);
    create(store, &caller, vec![module("c-1", &["a", "b"])]);
    let both = Meter { mrid: Some("m-1".parse().unwrap()), ..named(&["a", "b"]) };
    let created = create(store, &caller, vec![both]);
    assert_eq!(created.counts.inserted, 1);
    assert_eq!(created.warnings[0].code, ViolationCode::AmbiguousName);
    assert_eq!(ids(store, &caller, &get(ConfigurationKind::EndDevice)), ["a", "b"]);
}

/// A change needs the revision it was made for, and every revision stays readable.
fn every_revision_stays_readable(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "configuration-revisions", NOW);
    let numbered = |number: &str| Meter { serial_number: Some(number.into()), ..meter("m-1") };
    create(store, &caller, vec![numbered("1")]);
    let hour = caller.clone().later(3600);
    let (counts, second) = replace(store, &hour, "m-1", 1, numbered("2")).unwrap();
    assert_eq!((counts.superseded, second.revision), (1, 2));
    assert_eq!(find_meter(store, &caller, "m-1"), Some(second.clone()));

    assert!(matches!(replace(store, &hour, "m-1", 1, numbered("3")), Err(Error::PreconditionFailed)));
    assert!(matches!(replace(store, &hour, "m-9", 1, meter("m-9")), Err(Error::NotFound)));
    match replace(store, &hour, "m-1", 2, meter("m-2")) {
        Err(Error::Rejected(found)) => assert_eq!(found[0].code, ViolationCode::Contradiction),
        other => panic!("an mRID cannot be changed: {other:?}"),
    }
    let (counts, same) = replace(store, &hour.clone().later(60), "m-1", 2, numbered("2")).unwrap();
    assert_eq!((counts.unchanged, &same), (1, &second));

    let gone = retire(store, &caller.clone().later(7200), "m-1", Some(2)).unwrap();
    assert_eq!((gone.revision, gone.status), (3, ConfigurationStatus::Retired));
    assert_eq!(retire(store, &caller.clone().later(9000), "m-1", None).unwrap(), gone, "twice is once");
    assert!(matches!(retire(store, &caller, "m-1", Some(2)), Err(Error::PreconditionFailed)));
    assert_eq!(create(store, &caller, vec![numbered("2")]).told(), ["0 mRID exists"]);

    let known = |time: &str| {
        let as_of = Some(at(time));
        let one = store
            .read(caller.organisation(), |it| configuration::find(it, ConfigurationKind::Meter, "m-1", as_of))
            .unwrap();
        let listed = page(store, &caller, &GetConfigurations { as_of, ..get(ConfigurationKind::Meter) }, None, 10);
        assert_eq!(listed.items, one.clone().into_iter().collect::<Vec<_>>(), "{time}");
        one.map(|it| (it.revision, it.configuration.serial_number().unwrap().to_owned(), it.status))
    };
    assert_eq!(known("2026-11-24T09:59:59Z"), None);
    assert_eq!(known(NOW), Some((1, "1".into(), ConfigurationStatus::Active)));
    assert_eq!(known("2026-11-24T11:30:00Z"), Some((2, "2".into(), ConfigurationStatus::Active)));
    assert_eq!(known("2026-11-25T00:00:00Z"), Some((3, "2".into(), ConfigurationStatus::Retired)));

    let (_, back) = replace(store, &caller.clone().later(9999), "m-1", 3, numbered("2")).unwrap();
    assert_eq!((back.revision, back.status), (4, ConfigurationStatus::Active));
}

/// What was read can be sent back; what the server owns cannot be set by it.
fn echoed_fields_must_say_what_is_stored(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "configuration-echo", NOW);
    let stored = create(store, &caller, vec![meter("m-1")]).objects.remove(0);
    let echoed = EchoedFields {
        id: Some(stored.id.clone()),
        status: Some(stored.status),
        revision: Some(stored.revision),
        recorded_at: Some(stored.recorded_at),
    };
    let numbered = Meter { serial_number: Some("1".into()), ..meter("m-1") };
    let wrong = EchoedFields { status: Some(ConfigurationStatus::Retired), revision: Some(7), ..echoed.clone() };
    match echo(store, &caller, "m-1", 1, wrong, numbered.clone()) {
        Err(Error::Rejected(found)) => {
            let fields: Vec<_> = found.iter().map(|it| (it.at.field.as_ref(), it.code)).collect();
            assert_eq!(fields, [("status", ViolationCode::ServerOwned), ("revision", ViolationCode::ServerOwned)]);
        }
        other => panic!("only the server sets these: {other:?}"),
    }
    assert_eq!(echo(store, &caller, "m-1", 1, echoed, numbered).unwrap().1.revision, 2);
}

/// Secrets that are not sent again stay, and do not make another content.
fn secrets_stay_when_they_are_not_sent_again(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "configuration-secrets", NOW);
    let device = |code: Option<&str>, number: Option<&str>| {
        Configuration::EndDevice(Box::new(EndDevice {
            mrid: Some("d-1".parse().unwrap()),
            install_code: code.map(Secret::new),
            serial_number: number.map(Into::into),
            ..EndDevice::default()
        }))
    };
    create(store, &caller, vec![device(Some("83FED340"), None)]);
    assert_eq!(create(store, &caller, vec![device(None, None)]).counts.unchanged, 1);
    assert_eq!(create(store, &caller, vec![device(Some("other"), None)]).told(), ["0 mRID exists"]);
    let (_, replaced) = replace(store, &caller, "d-1", 1, device(None, Some("1"))).unwrap();
    assert_eq!(replaced.configuration, device(Some("83FED340"), Some("1")));
    assert_eq!(find(store, &caller, ConfigurationKind::EndDevice, "d-1").unwrap(), replaced);
}

/// Installations may be told afterwards and taken back; their usage points may be unknown.
fn installations_follow_the_meter(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "configuration-installations", NOW);
    let installed = |usage_point: &str, from: &str| Meter {
        installations: vec![Installation { usage_point: usage_point.parse().unwrap(), from: Some(at(from)), to: None }],
        ..meter("m-1")
    };
    create(store, &caller, vec![installed("UP-1", "2020-01-01T00:00:00Z")]);
    let points = get(ConfigurationKind::UsagePoint);
    assert_eq!(ids(store, &caller, &points), ["UP-1"]);
    replace(store, &caller, "m-1", 1, installed("UP-2", "2019-01-01T00:00:00Z")).unwrap();
    assert_eq!(ids(store, &caller, &points), ["UP-1", "UP-2"]);
    assert_eq!(
        find_meter(store, &caller, "m-1").unwrap().configuration.installations()[0].usage_point.as_str(),
        "UP-2"
    );
    replace(store, &caller, "m-1", 2, meter("m-1")).unwrap();
}

/// Every filter, the order, and pages that meet each object once, now and as of then.
fn objects_are_listed_page_by_page(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "configuration-pages", NOW);
    let many: Vec<Meter> = (0..23)
        .map(|at| Meter {
            serial_number: Some(format!("s-{}", at % 2)),
            names: vec![name(&format!("n-{}", at % 3))],
            ..meter(&format!("m-{at:02}"))
        })
        .collect();
    create(store, &caller, many.clone());
    for revision in 1..=3 {
        let then = caller.clone().later(i64::from(revision));
        let to = Meter { lot_number: Some(revision.to_string()), ..many[4].clone() };
        replace(store, &then, "m-04", revision, to).unwrap();
    }
    retire(store, &caller.clone().later(10), "m-07", None).unwrap();

    for as_of in [None, Some(at("2026-11-25T00:00:00Z")), Some(at(NOW))] {
        let all = GetConfigurations { as_of, ..get(ConfigurationKind::Meter) };
        let whole = page(store, &caller, &all, None, 100);
        assert_eq!((whole.items.len(), whole.next), (23, None));
        assert!(whole.items.is_sorted_by_key(|it| it.id.as_str().to_owned()));
        let mut paged = Vec::new();
        let mut cursor = None;
        loop {
            let part = page(store, &caller, &all, cursor.as_ref(), 5);
            paged.extend(part.items);
            cursor = part.next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(paged, whole.items, "as of {as_of:?}");

        let count =
            |it: GetConfigurations| page(store, &caller, &GetConfigurations { as_of, ..it }, None, 100).items.len();
        let meters = || get(ConfigurationKind::Meter);
        let retired = usize::from(as_of != Some(at(NOW)));
        assert_eq!(count(GetConfigurations { statuses: vec![ConfigurationStatus::Retired], ..meters() }), retired);
        assert_eq!(count(GetConfigurations { serial_numbers: vec!["s-1".into()], ..meters() }), 11);
        assert_eq!(count(GetConfigurations { names: vec!["n-0".into(), "n-2".into()], ..meters() }), 15);
        let both = GetConfigurations { serial_numbers: vec!["s-0".into()], names: vec!["n-0".into()], ..meters() };
        assert_eq!(count(both), 4);
        assert_eq!(count(get(ConfigurationKind::UsagePoint)), 0);
    }
    let other = page(store, &caller, &get(ConfigurationKind::Meter), None, 5).next;
    let wrong = store.read(caller.organisation(), |snapshot| {
        configuration::query(snapshot, &get(ConfigurationKind::EndDevice), other.as_ref(), 5)
    });
    assert!(matches!(wrong, Err(Error::BadCursor)));
}

/// A message of more objects than one statement takes.
fn a_thousand_objects_go_in_at_once(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "configuration-many", NOW);
    let many = || -> Vec<Meter> {
        (0..1_201)
            .map(|at| Meter {
                names: vec![name(&format!("n-{at}"))],
                installations: vec![Installation {
                    usage_point: format!("UP-{at}").parse().unwrap(),
                    from: None,
                    to: None,
                }],
                ..meter(&format!("m-{at}"))
            })
            .collect()
    };
    assert_eq!(create(store, &caller, many()).counts.inserted, 1_201);
    assert_eq!(create(store, &caller, many()).counts.unchanged, 1_201);
    let provisional =
        GetConfigurations { statuses: vec![ConfigurationStatus::Provisional], ..get(ConfigurationKind::UsagePoint) };
    assert_eq!(page(store, &caller, &provisional, None, 2_000).items.len(), 1_201);
}

/// Another organisation sees nothing of it, and has ids of its own.
fn organisations_are_apart(trial: &Trial) {
    let store = &trial.store();
    let (one, other) = (Caller::new(store, "configuration-one", NOW), Caller::new(store, "configuration-other", NOW));
    create(store, &one, vec![named(&["x"]), meter("m-1")]);
    assert_eq!(find_meter(store, &other, "m-1"), None);
    assert_eq!(ids(store, &other, &get(ConfigurationKind::Meter)), Vec::<String>::new());
    assert_eq!(create(store, &other, vec![named(&["x"]), meter("m-1")]).counts.inserted, 2);
    assert!(matches!(
        replace(store, &Caller::new(store, "configuration-third", NOW), "m-1", 1, meter("m-1")),
        Err(Error::NotFound)
    ));
}

/// What is not configured is refused, or accepted up to a ceiling, in the order of the message.
fn the_settings_bound_what_is_provisional(trial: &Trial) {
    let with = |provisional| {
        let settings = Settings { provisional, ..Settings::default() };
        Store::open(Config { settings, ..trial.config() }, &trial.key).unwrap()
    };
    let store = with(Provisional::Accept { ceiling: 2 });
    let caller = Caller::new(&store, "configuration-ceiling", NOW);
    let created = create(&store, &caller, vec![module("c-1", &["a"]), module("c-2", &["a", "b", "c"])]);
    assert_eq!(created.told(), ["1 deviceIds/2 too-many-provisional"]);
    assert_eq!((created.counts.inserted, created.counts.rejected), (1, 1));
    assert_eq!(create(&store, &caller, vec![meter("a")]).counts.inserted, 1);
    assert_eq!(
        create(&store, &caller, vec![module("c-2", &["a", "b", "c"])]).counts.inserted,
        1,
        "there is room again"
    );
    store.close();
    drop(store);

    let store = with(Provisional::Refuse);
    let refused = create(&store, &caller, vec![module("c-3", &["a", "x"]), module("c-4", &["b"])]);
    assert_eq!(refused.told(), ["0 deviceIds/1 unknown-reference"]);
    assert_eq!(refused.counts.inserted, 1, "what is there already may be referred to");
}
