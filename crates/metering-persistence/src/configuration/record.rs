//! Writing objects: rows, revisions, names and installations, all of a message at once.

use diesel::prelude::*;
use metering_model::{Configuration, ConfigurationStatus, TimeStamp};

use crate::change::Change;
use crate::dialect::insert_rows;
use crate::error::{Error, Result};
use crate::schema::{configuration_revisions, identified_objects, object_names};

use super::installations::{self, NewInstallation};
use super::objects::{ROWS_PER_STATEMENT, Space};
use super::provisional::NewObject;

/// An object as it is to be stored.
pub(super) struct ToRecord<'a> {
    pub(super) object: i64,
    /// Whether its row is there already.
    pub(super) known: bool,
    pub(super) revision: u32,
    pub(super) status: ConfigurationStatus,
    pub(super) configuration: &'a Configuration,
    /// The internal ids of the usage points of its installations, in their order.
    pub(super) usage_points: Vec<i64>,
}

#[derive(Insertable, Debug)]
#[diesel(table_name = configuration_revisions, treat_none_as_default_value = false)]
struct NewRevision<'a> {
    organisation_id: &'a str,
    object_id: i64,
    revision: i64,
    kind: &'a str,
    mrid: &'a str,
    status: &'a str,
    serial_number: Option<&'a str>,
    content: &'a str,
    recorded_at: i64,
    change_number: i64,
}

#[derive(Insertable, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[diesel(table_name = object_names, treat_none_as_default_value = false)]
struct NewName<'a> {
    organisation_id: &'a str,
    space: &'a str,
    name: &'a str,
    object_id: i64,
    name_type: &'a str,
    name_type_authority: &'a str,
}

/// Stores `objects`, each with an mRID.
pub(super) fn record(change: &mut Change<'_>, objects: &[ToRecord<'_>]) -> Result<()> {
    let organisation = change.organisation().as_str().to_owned();
    let (change_number, recorded_at) = (change.number(), change.recorded_at().micros());
    let connection = change.connection();

    let mut contents = Vec::with_capacity(objects.len());
    for it in objects {
        contents.push(serde_json::to_string(it.configuration).map_err(Error::failed)?);
    }
    let mut new = Vec::new();
    let mut revisions = Vec::with_capacity(objects.len());
    for (it, content) in objects.iter().zip(&contents) {
        let kind = it.configuration.kind();
        let revision = NewRevision {
            organisation_id: &organisation,
            object_id: it.object,
            revision: i64::from(it.revision),
            kind: kind.as_str(),
            mrid: it.configuration.mrid().unwrap_or_default(),
            status: it.status.as_str(),
            serial_number: it.configuration.serial_number(),
            content,
            recorded_at,
            change_number,
        };
        if it.known {
            diesel::update(identified_objects::table.find(it.object))
                .set((
                    identified_objects::kind.eq(revision.kind),
                    identified_objects::mrid.eq(revision.mrid),
                    identified_objects::status.eq(revision.status),
                    identified_objects::revision.eq(revision.revision),
                    identified_objects::serial_number.eq(revision.serial_number),
                    identified_objects::content.eq(Some(revision.content)),
                    identified_objects::recorded_at.eq(recorded_at),
                    identified_objects::change_number.eq(change_number),
                ))
                .execute(connection)?;
        } else {
            new.push(NewObject {
                id: it.object,
                organisation_id: &organisation,
                space: Space::of(kind).as_str(),
                kind: revision.kind,
                mrid: revision.mrid,
                status: revision.status,
                revision: revision.revision,
                serial_number: revision.serial_number,
                content: Some(content),
                recorded_at,
                change_number,
            });
        }
        revisions.push(revision);
    }
    for some in new.chunks(ROWS_PER_STATEMENT) {
        insert_rows!(connection, identified_objects::table, some)?;
    }
    for some in revisions.chunks(ROWS_PER_STATEMENT) {
        insert_rows!(connection, configuration_revisions::table, some)?;
    }

    let known: Vec<i64> = objects.iter().filter(|it| it.known).map(|it| it.object).collect();
    for some in known.chunks(ROWS_PER_STATEMENT) {
        diesel::delete(object_names::table.filter(object_names::object_id.eq_any(some.iter().copied())))
            .execute(connection)?;
    }
    let mut names: Vec<NewName<'_>> = Vec::new();
    for it in objects {
        names.extend(it.configuration.names().iter().map(|name| NewName {
            organisation_id: &organisation,
            space: Space::of(it.configuration.kind()).as_str(),
            name: &name.name,
            object_id: it.object,
            name_type: name.name_type.as_deref().unwrap_or_default(),
            name_type_authority: name.name_type_authority.as_deref().unwrap_or_default(),
        }));
    }
    names.sort_unstable();
    names.dedup();
    for some in names.chunks(ROWS_PER_STATEMENT) {
        insert_rows!(connection, object_names::table, some)?;
    }

    let mut rows = Vec::new();
    for it in objects {
        let places = it.configuration.installations().iter().zip(&it.usage_points);
        rows.extend((0i64..).zip(places).map(|(place, (installation, usage_point))| NewInstallation {
            organisation_id: &organisation,
            device_id: it.object,
            place,
            usage_point_id: *usage_point,
            valid_from: installation.from.map(TimeStamp::micros),
            valid_to: installation.to.map(TimeStamp::micros),
        }));
    }
    installations::put(connection, &organisation, &known, &rows)
}
