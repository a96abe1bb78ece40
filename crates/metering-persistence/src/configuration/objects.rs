//! The one id space: which object an id means, and what becomes of ids nobody has configured.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::prelude::*;
use metering_model::{ConfigurationKind, ViolationCode};

use crate::change::Change;
use crate::connection::AnyConnection;
use crate::error::Result;
use crate::schema::{identified_objects, object_names};
use crate::snapshot::Snapshot;

use super::arrays::ByMrid;
use super::provisional::make_provisional;

/// How many ids one statement looks for.
const IDS_PER_STATEMENT: usize = 500;
/// How many rows one statement inserts; SQLite binds at most 32,766 values.
pub(super) const ROWS_PER_STATEMENT: usize = 500;

/// Ids that cannot mean two things: a meter is an end device, so these share a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Space {
    Device,
    UsagePoint,
    ComModule,
}

impl Space {
    pub(crate) fn of(kind: ConfigurationKind) -> Self {
        match kind {
            ConfigurationKind::EndDevice | ConfigurationKind::Meter => Self::Device,
            ConfigurationKind::UsagePoint => Self::UsagePoint,
            ConfigurationKind::ComModule => Self::ComModule,
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::UsagePoint => "usagePoint",
            Self::ComModule => "comModule",
        }
    }
}

/// What owns series: a meter, or a usage point where no meter is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum OwnerKind {
    Meter,
    UsagePoint,
}

impl OwnerKind {
    pub(super) fn kind(self) -> ConfigurationKind {
        match self {
            Self::Meter => ConfigurationKind::Meter,
            Self::UsagePoint => ConfigurationKind::UsagePoint,
        }
    }
}

/// Why an id means nothing that can be used; without a place, for only the caller knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ViolationKind {
    pub(crate) code: ViolationCode,
    pub(crate) detail: String,
}

/// The object an id means. Keep `id`: the mRID of a provisional object may change when it is
/// configured, the internal id never does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) id: i64,
    pub(crate) mrid: String,
    /// Out of use; what came from it stays readable, and nothing new goes to it.
    pub(crate) retired: bool,
}

/// What an id means, or why it means nothing.
pub(crate) type Meant = std::result::Result<Found, ViolationKind>;

#[derive(Queryable, Selectable, Debug, Clone)]
#[diesel(table_name = identified_objects)]
pub(super) struct Candidate {
    pub(super) id: i64,
    pub(super) kind: String,
    pub(super) mrid: String,
    pub(super) status: String,
}

impl Candidate {
    fn found(&self) -> Found {
        Found { id: self.id, mrid: self.mrid.clone(), retired: self.status == "retired" }
    }
}

enum Match {
    One(Candidate),
    Several(Vec<String>),
}

/// The internal ids of the owners of series, in the order asked for. An id matches an mRID, else an
/// unambiguous name; what matches nothing becomes a provisional object, as far as the settings
/// allow. Ids may repeat.
pub(crate) fn owners(
    change: &mut Change<'_>,
    ids: &[(OwnerKind, &str)],
) -> Result<Vec<std::result::Result<i64, ViolationKind>>> {
    let wanted: Vec<_> = ids.iter().map(|(kind, id)| (kind.kind(), *id)).collect();
    let meant = find_or_make(change, &wanted)?;
    Ok(meant.into_iter().map(|it| it.map(|found| found.id)).collect())
}

/// The devices that controls are for or events come from, in the order asked for; see [`owners`] for
/// what an id matches.
pub(crate) fn devices(change: &mut Change<'_>, ids: &[&str]) -> Result<Vec<Meant>> {
    let wanted: Vec<_> = ids.iter().map(|id| (ConfigurationKind::EndDevice, *id)).collect();
    find_or_make(change, &wanted)
}

/// The objects that `ids` mean; ids that mean nothing or several things are left out, and none is
/// made. Internal id and mRID, each once, in no particular order.
pub(crate) fn find_owners(snapshot: &mut Snapshot<'_>, kind: OwnerKind, ids: &[&str]) -> Result<Vec<(i64, String)>> {
    let organisation = snapshot.organisation().as_str().to_owned();
    let space = Space::of(kind.kind());
    let wanted: Vec<_> = ids.iter().map(|id| (space, *id)).collect();
    let matches = look_up(snapshot.connection(), &organisation, &wanted)?;
    let found: BTreeMap<i64, String> = matches
        .into_values()
        .filter_map(|it| match it {
            Match::One(candidate) => Some((candidate.id, candidate.mrid)),
            Match::Several(_) => None,
        })
        .collect();
    Ok(found.into_iter().collect())
}

/// The mRIDs of these objects as they are now, by internal id.
pub(crate) fn mrids(snapshot: &mut Snapshot<'_>, ids: &[i64]) -> Result<HashMap<i64, String>> {
    let organisation = snapshot.organisation().as_str().to_owned();
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(IDS_PER_STATEMENT) {
        let rows: Vec<(i64, String)> = identified_objects::table
            .filter(identified_objects::id.eq_any(some.iter().copied()))
            .filter(identified_objects::organisation_id.eq(&organisation))
            .select((identified_objects::id, identified_objects::mrid))
            .load(snapshot.connection())?;
        found.extend(rows);
    }
    Ok(found)
}

/// The names of these objects as they are now.
pub(crate) fn names(snapshot: &mut Snapshot<'_>, ids: &[i64]) -> Result<Vec<String>> {
    let organisation = snapshot.organisation().as_str().to_owned();
    let mut found = Vec::new();
    for some in ids.chunks(IDS_PER_STATEMENT) {
        let rows: Vec<String> = object_names::table
            .filter(object_names::object_id.eq_any(some.iter().copied()))
            .filter(object_names::organisation_id.eq(&organisation))
            .select(object_names::name)
            .load(snapshot.connection())?;
        found.extend(rows);
    }
    Ok(found)
}

/// Those of these objects that are not retired.
pub(crate) fn in_use(snapshot: &mut Snapshot<'_>, ids: &[i64]) -> Result<HashSet<i64>> {
    let mut found = HashSet::with_capacity(ids.len());
    for some in ids.chunks(IDS_PER_STATEMENT) {
        let rows: Vec<i64> = identified_objects::table
            .filter(identified_objects::id.eq_any(some.iter().copied()))
            .filter(identified_objects::status.ne("retired"))
            .select(identified_objects::id)
            .load(snapshot.connection())?;
        found.extend(rows);
    }
    Ok(found)
}

pub(super) fn unknown(kind: ConfigurationKind, id: &str) -> ViolationKind {
    let kind = kind.in_words();
    ViolationKind {
        code: ViolationCode::NotConfigured,
        detail: format!("no {kind} has the mRID or name `{id}`; configure it first"),
    }
}

/// What each id means; what means nothing becomes a provisional object, if the settings accept it.
pub(super) fn find_or_make(change: &mut Change<'_>, ids: &[(ConfigurationKind, &str)]) -> Result<Vec<Meant>> {
    let organisation = change.organisation().as_str().to_owned();
    let wanted: Vec<_> = ids.iter().map(|(kind, id)| (Space::of(*kind), *id)).collect();
    let mut matches = look_up(change.connection(), &organisation, &wanted)?;

    // Order of the message, each once: which ids still fit below the ceiling must not be chance.
    let mut seen = HashSet::new();
    let missing: Vec<_> = ids
        .iter()
        .filter(|(kind, id)| {
            let key = (Space::of(*kind), *id);
            !matches.contains_key(&key) && seen.insert(key)
        })
        .copied()
        .collect();
    let mut refused = HashMap::new();
    if !missing.is_empty() {
        for (made, (kind, id)) in make_provisional(change, &missing)?.into_iter().zip(&missing) {
            let key = (Space::of(*kind), *id);
            match made {
                Ok(candidate) => drop(matches.insert(key, Match::One(candidate))),
                Err(violation) => drop(refused.insert(key, violation)),
            }
        }
    }
    become_meters(change, ids, &matches)?;

    Ok(ids
        .iter()
        .map(|(kind, id)| {
            let key = (Space::of(*kind), *id);
            match matches.get(&key) {
                Some(Match::One(candidate)) => Ok(candidate.found()),
                Some(Match::Several(mrids)) => Err(ambiguous(*kind, id, mrids)),
                None => Err(refused.get(&key).cloned().unwrap_or_else(|| unknown(*kind, id))),
            }
        })
        .collect())
}

fn ambiguous(kind: ConfigurationKind, id: &str, mrids: &[String]) -> ViolationKind {
    let kind = kind.in_words();
    let some: Vec<_> = mrids.iter().take(5).map(String::as_str).collect();
    let detail = format!(
        "the name `{id}` means {} objects, among them {}; give the mRID of the {kind}",
        mrids.len(),
        some.join(", ")
    );
    ViolationKind { code: ViolationCode::AmbiguousName, detail }
}

/// Every wanted id that means something: an mRID first, else a name.
fn look_up<'a>(
    connection: &mut AnyConnection,
    organisation: &str,
    wanted: &[(Space, &'a str)],
) -> Result<HashMap<(Space, &'a str), Match>> {
    let mut matches = HashMap::with_capacity(wanted.len());
    for space in [Space::Device, Space::UsagePoint, Space::ComModule] {
        let mut ids: Vec<&'a str> = wanted.iter().filter(|it| it.0 == space).map(|it| it.1).collect();
        ids.sort_unstable();
        ids.dedup();
        for some in ids.chunks(IDS_PER_STATEMENT) {
            let by_mrid: HashMap<String, Candidate> = by_mrid(connection, organisation, space, some)?
                .into_iter()
                .map(|candidate| (candidate.mrid.clone(), candidate))
                .collect();
            let mut rest = Vec::new();
            for id in some {
                match by_mrid.get(*id) {
                    Some(candidate) => drop(matches.insert((space, *id), Match::One(candidate.clone()))),
                    None => rest.push(*id),
                }
            }
            if !rest.is_empty() {
                by_name(connection, organisation, space, &rest, &mut matches)?;
            }
        }
    }
    Ok(matches)
}

fn by_mrid(connection: &mut AnyConnection, organisation: &str, space: Space, mrids: &[&str]) -> Result<Vec<Candidate>> {
    if let (AnyConnection::Postgresql(connection), [_, _, ..]) = (&mut *connection, mrids) {
        return Ok(ByMrid { organisation, space: space.as_str(), mrids }.load(connection)?);
    }
    let of_space = identified_objects::table
        .filter(identified_objects::organisation_id.eq(organisation))
        .filter(identified_objects::space.eq(space.as_str()))
        .select(Candidate::as_select());
    Ok(match mrids {
        [only] => of_space.filter(identified_objects::mrid.eq(*only)).load(connection)?,
        some => of_space.filter(identified_objects::mrid.eq_any(some.iter().copied())).load(connection)?,
    })
}

fn by_name<'a>(
    connection: &mut AnyConnection,
    organisation: &str,
    space: Space,
    names: &[&'a str],
    matches: &mut HashMap<(Space, &'a str), Match>,
) -> Result<()> {
    let rows: Vec<(String, Candidate)> = object_names::table
        .inner_join(identified_objects::table)
        .filter(object_names::organisation_id.eq(organisation))
        .filter(object_names::space.eq(space.as_str()))
        .filter(object_names::name.eq_any(names.iter().copied()))
        .select((object_names::name, Candidate::as_select()))
        .load(connection)?;
    let mut named: HashMap<String, BTreeMap<i64, Candidate>> = HashMap::new();
    for (name, candidate) in rows {
        // One object may have one name twice, under two types; that is not ambiguous.
        named.entry(name).or_default().insert(candidate.id, candidate);
    }
    for name in names {
        let Some(candidates) = named.remove(*name) else { continue };
        // A retired object keeps its name until another one takes it.
        let (retired, mut standing): (Vec<_>, Vec<_>) = candidates.into_values().partition(|it| it.status == "retired");
        if standing.is_empty() {
            standing = retired;
        }
        let it = match standing.pop() {
            Some(only) if standing.is_empty() => Match::One(only),
            Some(last) => {
                standing.push(last);
                Match::Several(standing.into_iter().map(|it| it.mrid).collect())
            }
            None => continue,
        };
        matches.insert((space, *name), it);
    }
    Ok(())
}

/// A provisional end device that sends readings is a meter.
fn become_meters(
    change: &mut Change<'_>,
    ids: &[(ConfigurationKind, &str)],
    matches: &HashMap<(Space, &str), Match>,
) -> Result<()> {
    let meters: HashSet<i64> = ids
        .iter()
        .filter(|(kind, _)| *kind == ConfigurationKind::Meter)
        .filter_map(|(kind, id)| match matches.get(&(Space::of(*kind), *id)) {
            Some(Match::One(it)) if it.status == "provisional" && it.kind == "endDevice" => Some(it.id),
            _ => None,
        })
        .collect();
    for id in meters {
        diesel::update(identified_objects::table.find(id))
            .set(identified_objects::kind.eq(ConfigurationKind::Meter.as_str()))
            .execute(change.connection())?;
    }
    Ok(())
}
