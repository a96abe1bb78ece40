//! Which series a request means, in the order of answers: meter, then reading type.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use metering_model::{GetMeterReadings, Series, TimeStamp};

use super::series::{self, StoredSeries};
use crate::configuration::{self, OwnerKind};
use crate::error::{Error, Result};
use crate::schema::{identified_objects, installations, series as series_table};
use crate::snapshot::Snapshot;

/// How many ids one statement looks for.
const IDS_PER_STATEMENT: usize = 500;

/// Where an owner stands in the order of answers. A meter comes before a usage point of the same id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct OwnerKey {
    pub(crate) mrid: String,
    pub(crate) is_usage_point: bool,
}

/// The owner of series that are asked for.
#[derive(Debug, Clone)]
pub(crate) struct Owner {
    pub(crate) id: i64,
    pub(crate) key: OwnerKey,
    times: Times,
}

/// Which of an owner's readings are asked for.
#[derive(Debug, Clone)]
enum Times {
    Always,
    /// Those of series for which the sender named the usage point that is asked for.
    WhereNamed,
    /// Those of the times it was installed there: after the first instant, up to the second.
    Installed(Vec<(Option<TimeStamp>, Option<TimeStamp>)>),
}

impl Owner {
    fn new((id, mrid): (i64, String), is_usage_point: bool, times: Times) -> Self {
        Self { id, key: OwnerKey { mrid, is_usage_point }, times }
    }

    /// Whether readings of this time are asked for.
    pub(crate) fn serves(&self, at: TimeStamp) -> bool {
        match &self.times {
            Times::Always | Times::WhereNamed => true,
            Times::Installed(times) => {
                times.iter().any(|(from, to)| from.is_none_or(|from| from < at) && to.is_none_or(|to| at <= to))
            }
        }
    }

    /// The series as the model has it.
    pub(crate) fn series(&self, of: &StoredSeries) -> Result<Series> {
        let mrid = self.key.mrid.as_str();
        let reading_type = of.reading_type;
        Ok(if self.key.is_usage_point {
            Series { meter: None, usage_point: Some(mrid.parse().map_err(Error::failed)?), reading_type }
        } else {
            let usage_point = of.usage_point.as_deref().map(str::parse).transpose().map_err(Error::failed)?;
            Series { meter: Some(mrid.parse().map_err(Error::failed)?), usage_point, reading_type }
        })
    }
}

/// All owners that are asked for.
#[derive(Debug)]
pub(crate) struct Selection {
    /// In their order; `None` for all there are.
    owners: Option<Vec<Owner>>,
    /// What a sender may have called the usage points that are asked for.
    usage_points: BTreeSet<String>,
}

impl Selection {
    pub(crate) fn of(snapshot: &mut Snapshot<'_>, get: &GetMeterReadings) -> Result<Self> {
        let mut it = Self { owners: None, usage_points: BTreeSet::new() };
        if get.meters.is_empty() && get.usage_points.is_empty() {
            return Ok(it);
        }
        let ids: Vec<&str> = get.meters.iter().map(|id| id.as_str()).collect();
        let meters: BTreeMap<i64, String> =
            configuration::find_owners(snapshot, OwnerKind::Meter, &ids)?.into_iter().collect();
        let mut owners = if get.usage_points.is_empty() {
            meters.into_iter().map(|of| Owner::new(of, false, Times::Always)).collect()
        } else {
            it.at_usage_points(snapshot, get, (!get.meters.is_empty()).then_some(&meters))?
        };
        owners.sort_unstable_by(|one, other| one.key.cmp(&other.key));
        it.owners = Some(owners);
        Ok(it)
    }

    /// What is at the usage points asked for: of `only` these meters, if some are named too.
    fn at_usage_points(
        &mut self,
        snapshot: &mut Snapshot<'_>,
        get: &GetMeterReadings,
        only: Option<&BTreeMap<i64, String>>,
    ) -> Result<Vec<Owner>> {
        let ids: Vec<&str> = get.usage_points.iter().map(|id| id.as_str()).collect();
        let points = configuration::find_owners(snapshot, OwnerKind::UsagePoint, &ids)?;
        let point_ids: Vec<i64> = points.iter().map(|(id, _)| *id).collect();
        let mrids = points.iter().map(|it| it.1.clone());
        let names = configuration::names(snapshot, &point_ids)?;
        self.usage_points = ids.iter().map(|id| (*id).to_owned()).chain(mrids).chain(names).collect();

        let mut times: BTreeMap<i64, Vec<_>> = BTreeMap::new();
        for (device, from, to) in configuration::installed(snapshot, &point_ids)? {
            times.entry(device).or_default().push((from, to));
        }
        let named = self.named_by_senders(snapshot)?;
        let found: Vec<i64> = times.keys().chain(&named).copied().collect();
        let mrids = configuration::mrids(snapshot, &found)?;
        let mut owners = Vec::with_capacity(points.len() + mrids.len());
        for (id, mrid) in mrids {
            if only.is_some_and(|only| !only.contains_key(&id)) {
                continue;
            }
            let times = times.remove(&id).map_or(Times::WhereNamed, Times::Installed);
            owners.push(Owner::new((id, mrid), false, times));
        }
        // What has no meter is of no meter that is named.
        if only.is_none() {
            owners.extend(points.into_iter().map(|of| Owner::new(of, true, Times::Always)));
        }
        Ok(owners)
    }

    /// Owners of series for which a sender named the usage points, and of which no installation
    /// is known that would say better. Some may be another organisation's.
    fn named_by_senders(&self, snapshot: &mut Snapshot<'_>) -> Result<BTreeSet<i64>> {
        let organisation = snapshot.organisation().as_str().to_owned();
        let mut named = BTreeSet::new();
        let usage_points: Vec<&String> = self.usage_points.iter().collect();
        for some in usage_points.chunks(IDS_PER_STATEMENT) {
            let owners: Vec<i64> = series_table::table
                .filter(series_table::usage_point.eq_any(some.iter().map(|it| it.as_str())))
                .select(series_table::owner_id)
                .distinct()
                .load(snapshot.connection())?;
            named.extend(owners);
        }
        let all: Vec<i64> = named.iter().copied().collect();
        for some in all.chunks(IDS_PER_STATEMENT) {
            let installed: Vec<i64> = installations::table
                .filter(installations::organisation_id.eq(&organisation))
                .filter(installations::device_id.eq_any(some.iter().copied()))
                .select(installations::device_id)
                .distinct()
                .load(snapshot.connection())?;
            for device in installed {
                named.remove(&device);
            }
        }
        Ok(named)
    }

    /// The next owners, at most `limit`: those behind `after`, or from `after` on when that is
    /// where a page ended.
    pub(crate) fn owners(
        &self,
        snapshot: &mut Snapshot<'_>,
        after: Option<&OwnerKey>,
        inclusive: bool,
        limit: usize,
    ) -> Result<Vec<Owner>> {
        let follows = |key: &OwnerKey| after.is_none_or(|after| if inclusive { after <= key } else { after < key });
        if let Some(owners) = &self.owners {
            let from = owners.partition_point(|owner| !follows(&owner.key));
            return Ok(owners.iter().skip(from).take(limit).cloned().collect());
        }
        let organisation = snapshot.organisation().as_str().to_owned();
        let mut found = Vec::with_capacity(2 * limit);
        // One space after the other, each in the order of an index; together they are too many.
        for (space, is_usage_point) in [("device", false), ("usagePoint", true)] {
            let mut rows = identified_objects::table
                .filter(identified_objects::organisation_id.eq(organisation.clone()))
                .filter(identified_objects::space.eq(space))
                .order(identified_objects::mrid.asc())
                .limit(i64::try_from(limit).unwrap_or(i64::MAX))
                .select((identified_objects::id, identified_objects::mrid))
                .into_boxed();
            if let Some(after) = after {
                let with_equal = follows(&OwnerKey { mrid: after.mrid.clone(), is_usage_point });
                rows = if with_equal {
                    rows.filter(identified_objects::mrid.ge(after.mrid.clone()))
                } else {
                    rows.filter(identified_objects::mrid.gt(after.mrid.clone()))
                };
            }
            let rows: Vec<(i64, String)> = rows.load(snapshot.connection())?;
            found.extend(rows.into_iter().map(|of| Owner::new(of, is_usage_point, Times::Always)));
        }
        found.sort_unstable_by(|one, other| one.key.cmp(&other.key));
        found.truncate(limit);
        Ok(found)
    }

    /// The series of `owners` that are asked for, in order, each with the place of its owner.
    pub(crate) fn series(
        &self,
        snapshot: &mut Snapshot<'_>,
        get: &GetMeterReadings,
        owners: &[Owner],
    ) -> Result<Vec<(usize, StoredSeries)>> {
        let ids: Vec<i64> = owners.iter().map(|owner| owner.id).collect();
        let places: BTreeMap<i64, usize> = ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
        let mut found = Vec::new();
        for series in series::of_owners(snapshot.connection(), &ids)? {
            let Some((place, owner)) = places.get(&series.owner).and_then(|it| Some((*it, owners.get(*it)?))) else {
                continue;
            };
            let named = || series.usage_point.as_ref().is_some_and(|it| self.usage_points.contains(it));
            if get.selects(&series.reading_type) && (!matches!(owner.times, Times::WhereNamed) || named()) {
                found.push((place, series));
            }
        }
        found.sort_unstable_by(|one, other| (one.0, &one.1.code).cmp(&(other.0, &other.1.code)));
        Ok(found)
    }
}
