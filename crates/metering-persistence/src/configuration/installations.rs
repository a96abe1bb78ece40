//! Which device served which usage point, and when.

use std::collections::BTreeSet;

use diesel::prelude::*;
use metering_model::TimeStamp;

use crate::connection::AnyConnection;
use crate::dialect::insert_rows;
use crate::error::{Error, Result};
use crate::schema::installations;
use crate::snapshot::Snapshot;

use super::objects::ROWS_PER_STATEMENT;

/// A device and the time it was installed: after the first instant, up to and with the second.
pub(crate) type Installed = (i64, Option<TimeStamp>, Option<TimeStamp>);

/// The devices that were installed at any of these usage points (internal ids), each with the time
/// it was there; absent ends are open. In order of device and time.
pub(crate) fn installed(snapshot: &mut Snapshot<'_>, usage_points: &[i64]) -> Result<Vec<Installed>> {
    let organisation = snapshot.organisation().as_str().to_owned();
    let usage_points: BTreeSet<i64> = usage_points.iter().copied().collect();
    let usage_points: Vec<i64> = usage_points.into_iter().collect();
    let mut found: Vec<Installed> = Vec::new();
    for some in usage_points.chunks(ROWS_PER_STATEMENT) {
        let rows: Vec<(i64, Option<i64>, Option<i64>)> = installations::table
            .filter(installations::organisation_id.eq(&organisation))
            .filter(installations::usage_point_id.eq_any(some.iter().copied()))
            .select((installations::device_id, installations::valid_from, installations::valid_to))
            .load(snapshot.connection())?;
        for (device, from, to) in rows {
            found.push((device, instant(from)?, instant(to)?));
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// The usage points of a device's installations (internal ids), in the order it states them.
pub(super) fn usage_points_of(connection: &mut AnyConnection, organisation: &str, device: i64) -> Result<Vec<i64>> {
    Ok(installations::table
        .filter(installations::organisation_id.eq(organisation))
        .filter(installations::device_id.eq(device))
        .order(installations::place.asc())
        .select(installations::usage_point_id)
        .load(connection)?)
}

fn instant(micros: Option<i64>) -> Result<Option<TimeStamp>> {
    micros.map(TimeStamp::from_micros).transpose().map_err(Error::failed)
}

#[derive(Insertable, Debug)]
#[diesel(table_name = installations, treat_none_as_default_value = false)]
pub(super) struct NewInstallation<'a> {
    pub(super) organisation_id: &'a str,
    pub(super) device_id: i64,
    pub(super) place: i64,
    pub(super) usage_point_id: i64,
    pub(super) valid_from: Option<i64>,
    pub(super) valid_to: Option<i64>,
}

/// Puts `rows` in the place of all installations of `devices`.
pub(super) fn put(
    connection: &mut AnyConnection,
    organisation: &str,
    devices: &[i64],
    rows: &[NewInstallation<'_>],
) -> Result<()> {
    for some in devices.chunks(ROWS_PER_STATEMENT) {
        diesel::delete(
            installations::table
                .filter(installations::organisation_id.eq(organisation))
                .filter(installations::device_id.eq_any(some.iter().copied())),
        )
        .execute(connection)?;
    }
    for some in rows.chunks(ROWS_PER_STATEMENT) {
        insert_rows!(connection, installations::table, some)?;
    }
    Ok(())
}
