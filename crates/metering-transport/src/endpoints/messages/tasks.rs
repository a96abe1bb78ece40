//! What a message wants done, and its doing: one change, whatever it is.

use metering_messages::Read;
use metering_messages::envelope::{
    Action, Id, IdKind, Level, MessageNoun, Outcome, Refusal, Reply, ReplyCode, ReplyError, Request,
};
use metering_messages::xml::envelope::{Message, Part, targets};
use metering_messages::xml::{Places, Received};
use metering_model::{
    ConfigurationKind, Configurations, Counts, EchoedFields, EndDeviceControls, EndDeviceEvents, Excerpt,
    GetConfigurations, MeterReadings, Permit, Place, Receipt, RecordedConfiguration, Sha256, Violation, ViolationCode,
};
use metering_persistence::{
    Change, Error as StoreError, Result, configuration, end_device_controls, end_device_events, meter_readings,
};
use metering_validation::{Rules, Valid};

use super::asked::Reader;
use crate::endpoints::writing::{Checked, Stored, rejected};

/// Errors that a reply tells.
const MOST: usize = 1_000;

/// What doing needs besides.
pub(super) struct Means {
    pub(super) permits: Vec<Permit>,
    pub(super) rules: Rules,
}

/// Things to do.
pub(super) struct Tasks {
    tasks: Vec<Numbered>,
    /// Whether they were sent as a set.
    set: bool,
    /// Whether nothing is to be done where one of them cannot be.
    all_or_nothing: bool,
    /// Whether nothing of one of them is to be done where one of its items is rejected.
    strict: bool,
}

/// A thing to do, or why it is not done.
struct Numbered {
    /// Its number in the set.
    id: i64,
    /// Which of the set it is, from 1, as it was sent.
    place: usize,
    task: std::result::Result<Task, Reply>,
}

/// One thing to do, read and checked.
pub(super) enum Task {
    /// Record readings.
    Record(Checked<MeterReadings>),
    /// Issue controls.
    Issue(Checked<EndDeviceControls>),
    /// Withdraw controls.
    Cancel(Vec<Id>),
    /// Store events.
    Report(Checked<EndDeviceEvents>),
    /// Configure new objects.
    Create(ConfigurationKind, Checked<Configurations>),
    /// Put objects in the place of those that are stored.
    Replace(Replacements),
    /// Take objects out of use.
    Retire(ConfigurationKind, Vec<Id>),
}

/// Objects that are to be put in the place of stored ones.
pub(super) struct Replacements {
    kind: ConfigurationKind,
    objects: Vec<(u32, String, Valid<Configurations>)>,
    received: u32,
    places: Places,
    violations: Vec<Violation>,
    warnings: Vec<Violation>,
}

/// What was done.
pub(super) struct Done {
    pub(super) reply: Reply,
    /// Whether anything new was stored.
    pub(super) changed: bool,
    /// Items that were rejected.
    pub(super) rejected: u32,
    /// The receipt's id, if items were sent.
    pub(super) receipt: Option<String>,
    /// What was stored, by the name of its list.
    pub(super) counts: Vec<(&'static str, Counts)>,
}

/// What was done of one thing.
enum Doing {
    /// Items were stored, all or some.
    Items { list: &'static str, places: Option<Places>, ids: Vec<Id>, stored: Box<Stored<()>>, new: bool },
    /// Something was done to objects.
    Objects { reply: Reply },
    /// Nothing.
    Nothing { reply: Reply, rejected: u32 },
}

impl Task {
    /// What is to be done, with the message that it is done with read and checked.
    pub(super) fn of(
        action: Action,
        noun: MessageNoun,
        request: &Request<Part<'_>>,
        reader: &Reader,
    ) -> std::result::Result<Self, Refusal> {
        let (namespaces, facts) = (reader.readers.namespaces(), &reader.facts);
        if matches!(action, Action::Cancel | Action::Delete) {
            let targets = targets(noun, request, namespaces, &reader.reading())?;
            if targets.is_empty() {
                let detail = format!("nothing says what to {action}");
                return Err(Refusal::new(ReplyCode::REQUEST_INCOMPLETE, detail));
            }
            return Ok(match noun.configuration() {
                Some(kind) => Self::Retire(kind, targets),
                None => Self::Cancel(targets),
            });
        }
        let payload = request.payload.as_ref().and_then(|it| it.message());
        let missing = || Refusal::new(ReplyCode::PAYLOAD_INCOMPLETE, format!("`{noun}` is missing in the payload"));
        let part = payload.ok_or_else(missing)?;
        let message = part.message(noun, &request.header.properties, namespaces, reader.readers.limits())?;
        Ok(match message {
            Message::MeterReadings(received) => {
                let of = ("readings", (|it| it.received) as fn(&MeterReadings) -> u32);
                Self::Record(Checked::of(received.into(), of, facts, metering_validation::meter_readings::check))
            }
            Message::EndDeviceControls(received) => {
                let of = ("controls", (|it| it.received) as fn(&EndDeviceControls) -> u32);
                Self::Issue(Checked::of(received.into(), of, facts, metering_validation::end_device_controls::check))
            }
            Message::EndDeviceEvents(received) => {
                let of = ("events", (|it| it.received) as fn(&EndDeviceEvents) -> u32);
                Self::Report(Checked::of(received.into(), of, facts, metering_validation::end_device_events::check))
            }
            Message::Configurations(received) if action == Action::Change => {
                Self::Replace(Replacements::of(received, reader))
            }
            Message::Configurations(received) => {
                let kind = received.read.value.kind;
                let of = (kind.list(), (|it| it.received) as fn(&Configurations) -> u32);
                let checked = Checked::of(received.into(), of, facts, metering_validation::configuration::check);
                Self::Create(kind, checked)
            }
        })
    }

    /// Does it. What failed as a whole has left nothing behind.
    fn run(self, change: &mut Change<'_>, means: &Means, strict: bool, place: Option<usize>) -> Result<Doing> {
        let none = |_: &mut Change<'_>, counts| Ok((counts, Vec::<()>::new()));
        match self {
            Self::Record(checked) => items(change, "readings", checked, strict, place, |_: &()| None, {
                |change, valid, violations, warnings| {
                    let counts = meter_readings::record(change, valid, violations, warnings)?;
                    none(change, counts)
                }
            }),
            Self::Issue(checked) => {
                let id = |it: &metering_model::RecordedControl| Some(Id::mrid(it.id.as_str(), "EndDeviceControl"));
                items(change, "controls", checked, strict, place, id, |change, valid, violations, _| {
                    end_device_controls::submit(change, valid, &means.rules, &means.permits, violations)
                })
            }
            Self::Report(checked) => {
                let id = |it: &metering_model::RecordedEvent| Some(Id::mrid(it.id.as_str(), "EndDeviceEvent"));
                items(change, "events", checked, strict, place, id, |change, valid, violations, _| {
                    end_device_events::submit(change, valid, violations)
                })
            }
            Self::Create(kind, checked) => {
                let id = |it: &RecordedConfiguration| Some(object(kind, it));
                items(change, kind.list(), checked, strict, place, id, configuration::create)
            }
            Self::Replace(replacements) => replacements.run(change, strict, place),
            Self::Cancel(targets) => objects(change, strict, targets, |change, id| {
                let control = by_mrid(id)?;
                end_device_controls::cancel(change, control, None, &means.permits).map(|_| ())
            }),
            Self::Retire(kind, targets) => objects(change, strict, targets, |change, id| {
                let mrid = resolved(change, kind, id)?;
                configuration::retire(change, kind, &mrid, None).map(|_| ())
            }),
        }
    }
}

impl Replacements {
    fn of(received: Received<Configurations>, reader: &Reader) -> Self {
        let Received { read: Read { value, mut violations, mut warnings, .. }, places, .. } = received;
        let Configurations { kind, items, received } = value;
        let mut objects = Vec::new();
        for (item, object) in items {
            let Some(mrid) = object.mrid().map(str::to_owned) else {
                let detail = format!("a {} is changed by its mRID", kind.in_words());
                violations.push(Violation::new(item, "mRID", ViolationCode::NoIdentity, detail));
                continue;
            };
            let one = Configurations { kind, items: vec![(item, object)], received: 1 };
            let broken = violations.len();
            let valid = metering_validation::configuration::check(one, &reader.facts, &mut violations, &mut warnings);
            if violations.len() == broken {
                objects.push((item, mrid, valid));
            }
        }
        Self { kind, objects, received, places, violations, warnings }
    }

    fn run(self, change: &mut Change<'_>, strict: bool, place: Option<usize>) -> Result<Doing> {
        let Self { kind, objects, received, places, mut violations, warnings } = self;
        let mut counts = Counts { received, ..Counts::default() };
        let mut ids = Vec::new();
        let done = change.attempt(|change| {
            for (item, mrid, valid) in objects {
                let replaced = change.attempt(|change| {
                    let there = configuration::find(&mut change.snapshot(), kind, &mrid, None)?;
                    let there = there.ok_or(StoreError::NotFound)?;
                    configuration::replace(change, kind, &mrid, there.revision, &EchoedFields::default(), &valid)
                });
                match replaced {
                    Ok((one, recorded)) => {
                        counts.inserted += one.inserted;
                        counts.superseded += one.superseded;
                        counts.unchanged += one.unchanged;
                        ids.push(object(kind, &recorded));
                    }
                    Err(StoreError::NotFound) => {
                        let detail = format!("no {} is called `{}`; create it", kind.in_words(), Excerpt(&mrid));
                        violations.push(Violation::new(item, "mRID", ViolationCode::UnknownReference, detail));
                    }
                    Err(StoreError::Rejected(told)) => violations.extend(told),
                    Err(error) => return Err(error),
                }
            }
            counts.rejected = rejected(&violations);
            let refused = counts.rejected > 0 && (strict || counts.rejected >= counts.received);
            if refused { Err(StoreError::Rejected(Vec::new())) } else { Ok(()) }
        });
        violations.sort_by_key(|it| it.at.item);
        match done {
            Ok(()) => {
                let stored = Stored { counts, recorded: Vec::new(), violations, warnings };
                let new = counts.inserted > 0;
                Ok(Doing::Items { list: kind.list(), places: Some(places), ids, stored: Box::new(stored), new })
            }
            Err(StoreError::Rejected(_)) => Ok(nothing(&violations, Some(&places), place)),
            Err(error) => Err(error),
        }
    }
}

/// Stores the items of a message.
fn items<M, R>(
    change: &mut Change<'_>,
    list: &'static str,
    mut checked: Checked<M>,
    strict: bool,
    place: Option<usize>,
    id: impl Fn(&R) -> Option<Id>,
    store: impl FnOnce(&mut Change<'_>, &Valid<M>, &mut Vec<Violation>, &mut Vec<Violation>) -> Result<(Counts, Vec<R>)>,
) -> Result<Doing> {
    let places = checked.places.take();
    match change.attempt(|change| checked.store(change, strict, store)) {
        Ok(Stored { counts, recorded, violations, warnings }) => {
            let ids = recorded.iter().filter_map(id).collect();
            let stored = Box::new(Stored { counts, recorded: Vec::new(), violations, warnings });
            Ok(Doing::Items { list, places, ids, stored, new: counts.changed_something() })
        }
        Err(StoreError::Rejected(violations)) => Ok(nothing(&violations, places.as_ref(), place)),
        Err(error) => Err(error),
    }
}

/// That all items were rejected.
fn nothing(violations: &[Violation], places: Option<&Places>, place: Option<usize>) -> Doing {
    let reply = Reply::failed(violations, xpath(places, place), |_| None, MOST);
    Doing::Nothing { reply, rejected: rejected(violations) }
}

/// Where something is: in the payload, or in one of the operations of a set.
fn xpath(places: Option<&Places>, place: Option<usize>) -> impl Fn(&Place) -> Option<String> + '_ {
    move |at| {
        let path = places?.xpath_in_envelope(at);
        Some(match place {
            Some(place) => {
                let operation = format!("/*/e:Payload/e:OperationSet/e:Operation[{place}]/");
                path.replace("/*/e:Payload/", &operation)
            }
            None => path,
        })
    }
}

/// Does something to each of these objects, as far as it can be done.
fn objects(
    change: &mut Change<'_>,
    strict: bool,
    targets: Vec<Id>,
    mut one: impl FnMut(&mut Change<'_>, &Id) -> Result<()>,
) -> Result<Doing> {
    let mut errors = Vec::new();
    let all = targets.len();
    let done = change.attempt(|change| {
        for id in targets {
            match change.attempt(|change| one(change, &id)) {
                Ok(()) => {}
                Err(error) => errors.push(ReplyError { id: Some(id), ..told(error)? }),
            }
        }
        let refused = !errors.is_empty() && (strict || errors.len() >= all);
        if refused { Err(StoreError::Rejected(Vec::new())) } else { Ok(()) }
    });
    let outcome = match &done {
        Ok(()) if errors.is_empty() => Outcome::Ok,
        Ok(()) => Outcome::Partial,
        Err(_) => Outcome::Failed,
    };
    let reply = Reply { errors, ..Reply::new(outcome) };
    match done {
        Ok(()) => Ok(Doing::Objects { reply }),
        Err(StoreError::Rejected(_)) => Ok(Doing::Nothing { reply, rejected: 0 }),
        Err(error) => Err(error),
    }
}

/// Why something could not be done to an object; what is wrong with the store ends the whole.
fn told(error: StoreError) -> Result<ReplyError> {
    let (code, reason, details) = match error {
        StoreError::NotFound => (ReplyCode::INVALID_REQUEST_ID, None, "nothing of this id is there".to_owned()),
        StoreError::Impossible(transition) => (ReplyCode::CANCELLED_BY_RULE, None, transition.to_string()),
        StoreError::Rejected(violations) => match violations.into_iter().next() {
            Some(Violation { code, detail, .. }) => {
                (metering_messages::envelope::code_of(code), Some(code.as_str().to_owned()), detail)
            }
            None => (ReplyCode::ATTEMPTED_AND_FAILED, None, "it was refused".to_owned()),
        },
        other => return Err(other),
    };
    Ok(ReplyError { level: Some(Level::Fatal), reason, details: Some(details), ..ReplyError::new(code) })
}

/// The mRID that an id is; names are nothing that controls have.
fn by_mrid(id: &Id) -> Result<&str> {
    if id.kind == Some(IdKind::Name) { Err(StoreError::NotFound) } else { Ok(&id.value) }
}

/// The mRID of the one object that is called so.
fn resolved(change: &mut Change<'_>, kind: ConfigurationKind, id: &Id) -> Result<String> {
    if id.kind != Some(IdKind::Name) {
        return Ok(id.value.clone());
    }
    let names = vec![id.value.clone()];
    let get = GetConfigurations { kind, statuses: Vec::new(), serial_numbers: Vec::new(), names, as_of: None };
    let page = configuration::query(&mut change.snapshot(), &get, None, 2)?;
    match page.items.as_slice() {
        [] => Err(StoreError::NotFound),
        [one] => Ok(one.id.as_str().to_owned()),
        _ => {
            let detail = format!("several objects have the name `{}`; send the mRID", Excerpt(&id.value));
            Err(StoreError::Rejected(vec![Violation::new(0, "", ViolationCode::AmbiguousName, detail)]))
        }
    }
}

/// A configured object, as a reply names it.
fn object(kind: ConfigurationKind, recorded: &RecordedConfiguration) -> Id {
    let object_type = match kind {
        ConfigurationKind::EndDevice => "EndDevice",
        ConfigurationKind::Meter => "Meter",
        ConfigurationKind::UsagePoint => "UsagePoint",
        ConfigurationKind::ComModule => "ComModule",
    };
    Id::mrid(recorded.id.as_str(), object_type)
}

impl Tasks {
    /// One thing to do.
    pub(super) fn one(task: Task, strict: bool) -> Self {
        let tasks = vec![Numbered { id: 0, place: 1, task: Ok(task) }];
        Self { tasks, set: false, all_or_nothing: true, strict }
    }

    /// A set of things to do, of which there is none yet.
    pub(super) fn set(all_or_nothing: bool, strict: bool) -> Self {
        Self { tasks: Vec::new(), set: true, all_or_nothing, strict }
    }

    /// Adds a thing to do to a set, or why it cannot be done; `place` is which of the set it is.
    pub(super) fn push(&mut self, id: i64, place: usize, task: std::result::Result<Task, Reply>) {
        self.tasks.push(Numbered { id, place, task });
    }

    /// Does all of it, as far as it is to be done. Where the reply says that nothing was done, the
    /// change must end without.
    ///
    /// # Errors
    /// Those of the database.
    pub(super) fn run(self, change: &mut Change<'_>, means: &Means) -> Result<Done> {
        let Self { tasks, set, all_or_nothing, strict } = self;
        let ids: Vec<i64> = tasks.iter().map(|it| it.id).collect();
        let mut all: Vec<(i64, usize, Doing)> = Vec::with_capacity(tasks.len());
        for Numbered { id, place, task } in tasks {
            let doing = match task {
                // In a set that is done as a whole, an operation is done as a whole too.
                Ok(task) => task.run(change, means, strict || set && all_or_nothing, set.then_some(place))?,
                Err(reply) => Doing::Nothing { reply, rejected: 0 },
            };
            let failed = matches!(doing, Doing::Nothing { .. });
            all.push((id, place, doing));
            if failed && all_or_nothing {
                return Ok(Self::undone(&ids, all, set));
            }
        }
        let mut done =
            Done { reply: Reply::new(Outcome::Ok), changed: false, rejected: 0, receipt: None, counts: Vec::new() };
        let receipt = receipt(change, &all, set)?;
        let mut replies = Vec::with_capacity(all.len());
        for (id, place, doing) in all {
            let reply = match doing {
                Doing::Nothing { reply, rejected } => {
                    done.rejected += rejected;
                    reply
                }
                Doing::Objects { reply } => reply,
                Doing::Items { list, places, ids, stored, new } => {
                    let Stored { counts, violations, warnings, .. } = *stored;
                    done.changed |= new;
                    done.rejected += counts.rejected;
                    done.counts.push((list, counts));
                    let issued = list == "controls" && counts.inserted > 0;
                    let part = receipt.clone().unwrap_or_else(|| unreceipted(change));
                    let part = Receipt { counts, errors: violations, warnings, ..part };
                    let place = set.then_some(place);
                    let reply = Reply::of_receipt(&part, ids, xpath(places.as_ref(), place), |_| None, MOST);
                    if issued { reply.acknowledged() } else { reply }
                }
            };
            replies.push((id, reply));
        }
        done.receipt = receipt.map(|it| it.id);
        done.reply = match (set, replies.pop()) {
            (false, Some((_, reply))) => reply,
            (_, last) => Reply::of_operations(replies.into_iter().chain(last)),
        };
        Ok(done)
    }

    /// That nothing was done, because the last of `all` could not be.
    fn undone(ids: &[i64], mut all: Vec<(i64, usize, Doing)>, set: bool) -> Done {
        let (failed, reply, rejected) = match all.pop() {
            Some((id, _, Doing::Nothing { reply, rejected })) => (id, reply, rejected),
            _ => (0, Reply::new(Outcome::Failed), 0),
        };
        let reply = if set {
            let mut reply = Some(reply);
            let of = |id: &i64| {
                if *id == failed { reply.take().unwrap_or_else(|| Reply::undone(*id)) } else { Reply::undone(*id) }
            };
            Reply::of_operations(ids.iter().copied().zip(ids.iter().map(of).collect::<Vec<_>>()))
        } else {
            reply
        };
        Done { reply, changed: false, rejected, receipt: None, counts: Vec::new() }
    }
}

/// The receipt of all items that were sent, if some were. In that of a set, the items of an operation
/// are counted on from those of the one before.
fn receipt(change: &mut Change<'_>, all: &[(i64, usize, Doing)], set: bool) -> Result<Option<Receipt>> {
    let (mut counts, mut errors, mut warnings) = (Counts::default(), Vec::new(), Vec::new());
    let mut noun = None;
    for (.., doing) in all {
        let Doing::Items { list, places, stored, .. } = doing else { continue };
        let shifted = |it: &Violation| {
            let mut it = it.clone();
            it.at.item += counts.received;
            it
        };
        errors.extend(stored.violations.iter().map(shifted));
        warnings.extend(stored.warnings.iter().map(shifted));
        let one = stored.counts;
        counts.received += one.received;
        counts.inserted += one.inserted;
        counts.unchanged += one.unchanged;
        counts.superseded += one.superseded;
        counts.kept += one.kept;
        counts.rejected += one.rejected;
        noun = Some(places.as_ref().map_or(*list, |it| it.noun()));
    }
    let Some(noun) = noun else { return Ok(None) };
    let list = if set { "OperationSet" } else { noun };
    change.receipt(list, counts, &errors, &warnings).map(Some)
}

/// A receipt that is not kept, to tell a reply by.
fn unreceipted(change: &Change<'_>) -> Receipt {
    Receipt {
        id: String::new(),
        list: String::new(),
        sha256: Sha256([0; 32]),
        received_at: change.received_at(),
        recorded_at: change.recorded_at(),
        counts: Counts::default(),
        errors: Vec::new(),
        warnings: Vec::new(),
    }
}
