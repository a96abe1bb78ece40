//! Creating objects, adopting provisional ones.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::prelude::*;
use metering_model::{
    Configuration, ConfigurationKind, ConfigurationStatus, Configurations, ConfiguredId, Counts, RecordedConfiguration,
    Violation, ViolationCode,
};
use metering_validation::Valid;

use crate::change::Change;
use crate::connection::AnyConnection;
use crate::error::{Error, Result};
use crate::schema::{identified_objects, object_names};

use super::objects::{ROWS_PER_STATEMENT, Space};
use super::provisional::draw_ids;
use super::record::{ToRecord, record};
use super::{ObjectRow, references};

/// What is to become of one item.
enum Fate {
    /// Stored already, with the same content.
    Unchanged(ObjectRow),
    /// To be stored: in the place of a provisional object, or as a new one.
    Store { adopted: Option<ObjectRow>, configuration: Configuration },
}

/// Stores the objects of `message` that are not there yet. One that is there with the same content
/// is unchanged; with other content it is rejected (`exists`), for only a conditional PUT may
/// change it. Rejected items join `violations`; the answer has all others as they are stored now, in
/// the order of the message.
///
/// A provisional object is adopted by its mRID, or by a name of the newcomer: it keeps its internal
/// id and all that hangs on it.
pub fn create(
    change: &mut Change<'_>,
    message: &Valid<Configurations>,
    violations: &mut Vec<Violation>,
    warnings: &mut Vec<Violation>,
) -> Result<(Counts, Vec<RecordedConfiguration>)> {
    let organisation = change.organisation().as_str().to_owned();
    let mut known = Known::load(change.connection(), &organisation, message)?;

    let mut fates: Vec<(u32, Fate)> = Vec::with_capacity(message.items.len());
    for (item, configuration) in &message.items {
        match known.decide(change, *item, configuration, warnings)? {
            Ok(fate) => fates.push((*item, fate)),
            Err(violation) => violations.push(violation),
        }
    }

    let to_store: Vec<(u32, &Configuration)> = fates
        .iter()
        .filter_map(|(item, fate)| match fate {
            Fate::Store { configuration, .. } => Some((*item, configuration)),
            Fate::Unchanged(_) => None,
        })
        .collect();
    let mut usage_points = references::resolve(change, &to_store, &HashMap::new(), violations)?.into_iter();

    let new = fates.iter().filter(|(_, fate)| matches!(fate, Fate::Store { adopted: None, .. })).count();
    let mut next_id = if new > 0 { draw_ids(change.connection(), &organisation, new)? } else { 0 };

    let mut counts = Counts { received: message.received, ..Counts::default() };
    let mut recorded = Vec::with_capacity(fates.len());
    let mut to_record = Vec::new();
    for (_, fate) in &fates {
        let (adopted, configuration) = match fate {
            Fate::Unchanged(row) => {
                counts.unchanged += 1;
                recorded.push(row.recorded()?);
                continue;
            }
            Fate::Store { adopted, configuration } => (adopted, configuration),
        };
        let Some(usage_points) = usage_points.next().flatten() else { continue };
        let object = adopted.as_ref().map_or(next_id, |row| row.id);
        next_id += i64::from(adopted.is_none());
        counts.inserted += 1;
        recorded.push(RecordedConfiguration {
            id: configuration.mrid().unwrap_or_default().parse().map_err(Error::failed)?,
            configuration: configuration.clone(),
            status: ConfigurationStatus::Active,
            revision: 1,
            recorded_at: change.recorded_at(),
        });
        to_record.push(ToRecord {
            object,
            known: adopted.is_some(),
            revision: 1,
            status: ConfigurationStatus::Active,
            configuration,
            usage_points,
        });
    }
    record(change, &to_record)?;
    counts.rejected = counts.received.saturating_sub(counts.inserted + counts.unchanged);
    Ok((counts, recorded))
}

/// What is stored under the ids and names of a message, and what the message itself has taken.
struct Known {
    kind: ConfigurationKind,
    by_mrid: HashMap<String, ObjectRow>,
    by_name: HashMap<String, BTreeMap<i64, ObjectRow>>,
    /// mRIDs that items before took.
    taken: HashSet<String>,
    /// mRIDs that items of the message state, whichever their place.
    named_as_such: HashSet<String>,
    /// Provisional objects that items before adopted.
    adopted: HashSet<i64>,
}

impl Known {
    fn load(connection: &mut AnyConnection, organisation: &str, message: &Configurations) -> Result<Self> {
        let space = Space::of(message.kind);
        let mut ids: Vec<&str> = Vec::new();
        let mut names: Vec<&str> = Vec::new();
        for (_, it) in &message.items {
            ids.extend(it.mrid());
            // A name may be what a provisional object was heard of by.
            ids.extend(it.names().iter().map(|name| name.name.as_str()));
            if it.mrid().is_none() {
                names.extend(it.names().iter().map(|name| name.name.as_str()));
            }
        }
        for list in [&mut ids, &mut names] {
            list.sort_unstable();
            list.dedup();
        }
        let mut by_mrid = HashMap::new();
        for some in ids.chunks(ROWS_PER_STATEMENT) {
            let rows: Vec<ObjectRow> = identified_objects::table
                .filter(identified_objects::organisation_id.eq(organisation))
                .filter(identified_objects::space.eq(space.as_str()))
                .filter(identified_objects::mrid.eq_any(some.iter().copied()))
                .select(ObjectRow::as_select())
                .load(connection)?;
            by_mrid.extend(rows.into_iter().map(|row| (row.mrid.clone(), row)));
        }
        let mut by_name: HashMap<String, BTreeMap<i64, ObjectRow>> = HashMap::new();
        for some in names.chunks(ROWS_PER_STATEMENT) {
            let rows: Vec<(String, ObjectRow)> = object_names::table
                .inner_join(identified_objects::table)
                .filter(object_names::organisation_id.eq(organisation))
                .filter(object_names::space.eq(space.as_str()))
                .filter(object_names::name.eq_any(some.iter().copied()))
                .filter(identified_objects::status.ne("retired"))
                .select((object_names::name, ObjectRow::as_select()))
                .load(connection)?;
            for (name, row) in rows {
                by_name.entry(name).or_default().insert(row.id, row);
            }
        }
        let named_as_such = message.items.iter().filter_map(|(_, it)| it.mrid()).map(str::to_owned).collect();
        let (taken, adopted) = (HashSet::new(), HashSet::new());
        Ok(Self { kind: message.kind, by_mrid, by_name, taken, named_as_such, adopted })
    }

    fn decide(
        &mut self,
        change: &mut Change<'_>,
        item: u32,
        given: &Configuration,
        warnings: &mut Vec<Violation>,
    ) -> Result<std::result::Result<Fate, Violation>> {
        if let Some(mrid) = given.mrid() {
            if self.taken.contains(mrid) {
                let detail = format!("an item before this one has the mRID `{mrid}` as well");
                return Ok(Err(Violation::new(item, "mRID", ViolationCode::DuplicateEntry, detail)));
            }
            if let Some(row) = self.by_mrid.get(mrid).filter(|row| !self.adopted.contains(&row.id)).cloned() {
                return self.against(item, "mRID", row, given);
            }
        } else if let Some(row) = self.namesake(given) {
            return self.against(item, "names/0/name", row, given);
        }

        let provisional: BTreeMap<i64, ObjectRow> = given
            .names()
            .iter()
            .filter_map(|name| self.by_mrid.get(&name.name))
            .filter(|row| row.status == "provisional" && !self.adopted.contains(&row.id))
            // Where another item of the message has that very mRID, the data is that one's.
            .filter(|row| !self.named_as_such.contains(&row.mrid))
            .map(|row| (row.id, row.clone()))
            .collect();
        let several = provisional.len() > 1;
        if several {
            let detail = "several of its names are ids under which data came before it was configured; that data stays with these provisional objects";
            warnings.push(Violation::new(item, "names", ViolationCode::AmbiguousName, detail));
        }
        let adopted = provisional.into_values().next().filter(|_| !several);
        let mut configuration = given.clone();
        if configuration.mrid().is_none() {
            // An adopted object keeps the id that its data came under.
            let mrid = adopted.as_ref().map_or_else(|| change.new_id(), |row| row.mrid.clone());
            configuration.set_mrid(mrid.parse::<ConfiguredId>().map_err(Error::failed)?);
        }
        self.take(&configuration, adopted.as_ref());
        Ok(Ok(Fate::Store { adopted, configuration }))
    }

    /// The one object that has the first of the names, where no mRID is given.
    fn namesake(&self, given: &Configuration) -> Option<ObjectRow> {
        let named = self.by_name.get(&given.names().first()?.name)?;
        // Among several namesakes the one with the same content is meant, if there is one.
        let same = named.values().find(|row| matches!(same(row, given), Ok(Some(true))));
        same.or_else(|| named.values().next()).cloned()
    }

    /// `given` meets an object that has its identity.
    fn against(
        &mut self,
        item: u32,
        field: &'static str,
        row: ObjectRow,
        given: &Configuration,
    ) -> Result<std::result::Result<Fate, Violation>> {
        let exists = |detail: String| Ok(Err(Violation::new(item, field, ViolationCode::Exists, detail)));
        let (kind, mrid) = (row.kind()?, row.mrid.clone());
        match row.status()? {
            ConfigurationStatus::Provisional => {
                let mut configuration = given.clone();
                configuration.set_mrid(mrid.parse::<ConfiguredId>().map_err(Error::failed)?);
                self.take(&configuration, Some(&row));
                Ok(Ok(Fate::Store { adopted: Some(row), configuration }))
            }
            ConfigurationStatus::Retired => exists(format!(
                "the {} `{mrid}` is retired; to use it again, change it by PUT with If-Match",
                kind.in_words()
            )),
            ConfigurationStatus::Active if kind != self.kind => exists(format!(
                "`{mrid}` is configured as {} {}",
                if kind == ConfigurationKind::EndDevice { "an" } else { "a" },
                kind.in_words()
            )),
            ConfigurationStatus::Active => match same(&row, given)? {
                Some(true) => Ok(Ok(Fate::Unchanged(row))),
                _ => exists(format!(
                    "the {} `{mrid}` is there with other content; change it by PUT with If-Match",
                    kind.in_words()
                )),
            },
        }
    }

    fn take(&mut self, configuration: &Configuration, adopted: Option<&ObjectRow>) {
        self.taken.extend(configuration.mrid().map(str::to_owned));
        self.adopted.extend(adopted.map(|row| row.id));
    }
}

/// Whether `given` says what is stored; `None` where nothing is configured. Secrets that are not
/// given are as stored: nobody can read them to send them again.
fn same(row: &ObjectRow, given: &Configuration) -> Result<Option<bool>> {
    let Some(stored) = row.configuration()? else { return Ok(None) };
    let mut given = given.clone();
    if given.mrid().is_none() {
        given.set_mrid(row.mrid.parse::<ConfiguredId>().map_err(Error::failed)?);
    }
    given.keep_secrets(&stored);
    Ok(Some(given == stored))
}
