//! Configured objects: end devices, meters, usage points, communication modules.
//!
//! One mechanism for the four: columns to search by and a content column. Each object has an
//! internal id that never changes; series belong to it. What has only been heard of is there as
//! *provisional* and is adopted, with all that hangs on it, when it is configured.

use diesel::prelude::*;
use metering_model::{
    Configuration, ConfigurationKind, ConfigurationStatus, ConfiguredId, GetConfigurations, RecordedConfiguration,
    TimeStamp,
};

use crate::connection::AnyConnection;
use crate::cursor::Cursor;
use crate::error::{Error, Result};
use crate::schema::{configuration_revisions, identified_objects, object_names};
use crate::snapshot::Snapshot;

mod arrays;
mod create;
mod installations;
mod objects;
mod provisional;
mod record;
mod references;
mod replace;

pub use create::create;
pub(crate) use installations::installed;
pub(crate) use objects::{Meant, OwnerKind, devices, find_owners, in_use, mrids, names, owners};
pub use replace::{replace, retire};

use objects::Space;

/// A page of objects and, where there are more, where they go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigurationPage {
    /// The objects, in the order of their mRIDs.
    pub items: Vec<RecordedConfiguration>,
    /// What to ask the next page with, if there is one.
    pub next: Option<Cursor>,
}

/// An object as its row has it.
#[derive(Queryable, Selectable, Debug, Clone)]
#[diesel(table_name = identified_objects)]
struct ObjectRow {
    id: i64,
    kind: String,
    mrid: String,
    status: String,
    revision: i64,
    content: Option<String>,
    recorded_at: i64,
}

impl ObjectRow {
    fn kind(&self) -> Result<ConfigurationKind> {
        self.kind.parse().map_err(Error::failed)
    }

    fn status(&self) -> Result<ConfigurationStatus> {
        self.status.parse().map_err(Error::failed)
    }

    /// What is configured; `None` while the object is provisional.
    fn configuration(&self) -> Result<Option<Configuration>> {
        self.content.as_deref().map(serde_json::from_str).transpose().map_err(Error::failed)
    }

    fn recorded(&self) -> Result<RecordedConfiguration> {
        let id: ConfiguredId = self.mrid.parse().map_err(Error::failed)?;
        let configuration = match self.configuration()? {
            Some(configuration) => configuration,
            None => Configuration::bare(self.kind()?, &id),
        };
        Ok(RecordedConfiguration {
            id,
            configuration,
            status: self.status()?,
            revision: u32::try_from(self.revision).map_err(Error::failed)?,
            recorded_at: TimeStamp::from_micros(self.recorded_at).map_err(Error::failed)?,
        })
    }
}

/// A revision of an object, as its row has it.
#[derive(Queryable, Selectable, Debug)]
#[diesel(table_name = configuration_revisions)]
struct RevisionRow {
    object_id: i64,
    kind: String,
    mrid: String,
    status: String,
    revision: i64,
    content: String,
    recorded_at: i64,
}

impl RevisionRow {
    fn recorded(self) -> Result<RecordedConfiguration> {
        let Self { object_id: id, kind, mrid, status, revision, content, recorded_at } = self;
        ObjectRow { id, kind, mrid, status, revision, content: Some(content), recorded_at }.recorded()
    }
}

/// The object of this kind and mRID, as it is or as it was known at `as_of`. Names are not looked
/// at. Before it was first configured an object was not known.
pub fn find(
    snapshot: &mut Snapshot<'_>,
    kind: ConfigurationKind,
    mrid: &str,
    as_of: Option<TimeStamp>,
) -> Result<Option<RecordedConfiguration>> {
    let organisation = snapshot.organisation().as_str().to_owned();
    let connection = snapshot.connection();
    let Some(row) = object(connection, &organisation, kind, mrid)? else { return Ok(None) };
    let Some(as_of) = as_of else { return row.recorded().map(Some) };
    configuration_revisions::table
        .filter(configuration_revisions::organisation_id.eq(&organisation))
        .filter(configuration_revisions::object_id.eq(row.id))
        .filter(configuration_revisions::recorded_at.le(as_of.micros()))
        .order(configuration_revisions::revision.desc())
        .select(RevisionRow::as_select())
        .first::<RevisionRow>(connection)
        .optional()?
        .map(RevisionRow::recorded)
        .transpose()
}

/// The objects asked for, those behind `after`, at most `limit` of them.
///
/// # Errors
/// [`Error::BadCursor`] for a cursor of another list; those of the database.
pub fn query(
    snapshot: &mut Snapshot<'_>,
    get: &GetConfigurations,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<ConfigurationPage> {
    let after: Option<String> = after.map(|cursor| cursor.read(get.kind.list())).transpose()?;
    let after = after.as_deref();
    let organisation = snapshot.organisation().as_str().to_owned();
    let connection = snapshot.connection();
    let mut items = match get.as_of {
        None => current(connection, &organisation, get, after, limit)?,
        Some(as_of) => as_known(connection, &organisation, get, as_of, after, limit)?,
    };
    // One more than asked for was looked for, and says that there is a next page.
    let next = if items.len() > limit {
        items.truncate(limit);
        items.last().map(|last| Cursor::new(get.kind.list(), &last.id.as_str())).transpose()?
    } else {
        None
    };
    Ok(ConfigurationPage { items, next })
}

/// One row more than `limit`, where there is one.
fn rows(limit: usize) -> i64 {
    i64::try_from(limit.saturating_add(1)).unwrap_or(i64::MAX)
}

fn current(
    connection: &mut AnyConnection,
    organisation: &str,
    get: &GetConfigurations,
    after: Option<&str>,
    limit: usize,
) -> Result<Vec<RecordedConfiguration>> {
    let mut wanted = identified_objects::table
        .filter(identified_objects::organisation_id.eq(organisation.to_owned()))
        .filter(identified_objects::kind.eq(get.kind.as_str()))
        .select(ObjectRow::as_select())
        .into_boxed();
    if let Some(after) = after {
        wanted = wanted.filter(identified_objects::mrid.gt(after.to_owned()));
    }
    if !get.statuses.is_empty() {
        let statuses: Vec<&'static str> = get.statuses.iter().map(|it| it.as_str()).collect();
        wanted = wanted.filter(identified_objects::status.eq_any(statuses));
    }
    if !get.serial_numbers.is_empty() {
        wanted = wanted.filter(identified_objects::serial_number.eq_any(get.serial_numbers.clone()));
    }
    let found: Vec<ObjectRow> = if get.names.is_empty() {
        wanted.order(identified_objects::mrid.asc()).limit(rows(limit)).load(connection)?
    } else {
        let named = object_names::table
            .filter(object_names::organisation_id.eq(organisation.to_owned()))
            .filter(object_names::space.eq(Space::of(get.kind).as_str()))
            .filter(object_names::name.eq_any(get.names.clone()))
            .select(object_names::object_id);
        // Few have the name. Asked for in order, SQLite would go through all there are instead.
        let mut found: Vec<ObjectRow> = wanted.filter(identified_objects::id.eq_any(named)).load(connection)?;
        found.sort_unstable_by(|one, other| one.mrid.cmp(&other.mrid));
        found.truncate(limit.saturating_add(1));
        found
    };
    found.iter().map(ObjectRow::recorded).collect()
}

/// As [`current`], from the revisions. Names and serial numbers are those of that time.
fn as_known(
    connection: &mut AnyConnection,
    organisation: &str,
    get: &GetConfigurations,
    as_of: TimeStamp,
    after: Option<&str>,
    limit: usize,
) -> Result<Vec<RecordedConfiguration>> {
    let mut found: Vec<RecordedConfiguration> = Vec::new();
    let mut after = after.map(str::to_owned);
    loop {
        let mut wanted = configuration_revisions::table
            .filter(configuration_revisions::organisation_id.eq(organisation.to_owned()))
            .filter(configuration_revisions::kind.eq(get.kind.as_str()))
            .filter(configuration_revisions::recorded_at.le(as_of.micros()))
            .order((configuration_revisions::mrid.asc(), configuration_revisions::revision.asc()))
            .limit(rows(limit))
            .select(RevisionRow::as_select())
            .into_boxed();
        if let Some(after) = &after {
            wanted = wanted.filter(configuration_revisions::mrid.gt(after.clone()));
        }
        let page: Vec<RevisionRow> = wanted.load(connection)?;
        let full = page.len() > limit;
        let mut newest: Vec<RevisionRow> = Vec::with_capacity(page.len());
        for row in page {
            match newest.last_mut() {
                Some(last) if last.mrid == row.mrid => *last = row,
                _ => newest.push(row),
            }
        }
        after = newest.last().map(|last| last.mrid.clone());
        // The page may have ended between two revisions of its last object.
        if let (true, Some(last)) = (full, newest.last_mut()) {
            let object = last.object_id;
            *last = configuration_revisions::table
                .filter(configuration_revisions::organisation_id.eq(organisation))
                .filter(configuration_revisions::object_id.eq(object))
                .filter(configuration_revisions::recorded_at.le(as_of.micros()))
                .order(configuration_revisions::revision.desc())
                .select(RevisionRow::as_select())
                .first(connection)?;
        }
        for row in newest {
            let it = row.recorded()?;
            if selects(get, &it) {
                found.push(it);
            }
        }
        if !full || found.len() > limit {
            return Ok(found);
        }
    }
}

fn selects(get: &GetConfigurations, it: &RecordedConfiguration) -> bool {
    let GetConfigurations { kind: _, statuses, serial_numbers, names, as_of: _ } = get;
    let configuration = &it.configuration;
    let any = |wanted: &[String], is: &str| wanted.iter().any(|one| one == is);
    (statuses.is_empty() || statuses.contains(&it.status))
        && (serial_numbers.is_empty() || configuration.serial_number().is_some_and(|it| any(serial_numbers, it)))
        && (names.is_empty() || configuration.names().iter().any(|it| any(names, &it.name)))
}

/// The row of the object of this kind and mRID.
fn object(
    connection: &mut AnyConnection,
    organisation: &str,
    kind: ConfigurationKind,
    mrid: &str,
) -> Result<Option<ObjectRow>> {
    let row: Option<ObjectRow> = identified_objects::table
        .filter(identified_objects::organisation_id.eq(organisation))
        .filter(identified_objects::space.eq(Space::of(kind).as_str()))
        .filter(identified_objects::mrid.eq(mrid))
        .select(ObjectRow::as_select())
        .first(connection)
        .optional()?;
    Ok(row.filter(|row| row.kind == kind.as_str()))
}
