//! The readings of a page as they are gathered.

use std::collections::HashMap;

use metering_model::{Reading, ReadingDetails, RecordedReading, RecordedReadings};

use super::block::QualityLists;
use super::known::Known;
use super::selection::Owner;
use super::series::StoredSeries;
use crate::change_log;
use crate::error::{Error, Result};
use crate::snapshot::Snapshot;

/// A page that is being gathered; series, lists of qualities and changes come into it once.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    page: RecordedReadings,
    /// The series that came last, as owner and id.
    last_series: Option<(i64, i32)>,
    /// Of each known list of qualities: which of the page's it is.
    qualities: Vec<Option<u32>>,
    changes: HashMap<i64, u32>,
    /// By their place in the page.
    numbers: Vec<i64>,
}

impl Gathered {
    pub(crate) fn len(&self) -> usize {
        self.page.readings.len()
    }

    /// Appends a reading, whose qualities and details are in these tables.
    pub(crate) fn push(
        &mut self,
        owner: &Owner,
        series: &StoredSeries,
        known: &Known,
        lists: &QualityLists,
        details: &[ReadingDetails],
    ) -> Result<()> {
        if self.last_series != Some((series.owner, series.id)) {
            self.last_series = Some((series.owner, series.id));
            self.page.series.push(owner.series(series)?);
        }
        let Known { stored, current } = *known;
        let list = stored.qualities as usize;
        if self.qualities.len() <= list {
            self.qualities.resize(list + 1, None);
        }
        let qualities = match self.qualities.get(list).copied().flatten() {
            Some(place) => place,
            None => {
                let place = count(self.page.qualities.len());
                self.page.qualities.extend(lists.get(stored.qualities).cloned());
                if let Some(slot) = self.qualities.get_mut(list) {
                    *slot = Some(place);
                }
                place
            }
        };
        let change = match self.numbers.last() {
            Some(last) if *last == stored.change => count(self.numbers.len() - 1),
            _ => *self.changes.entry(stored.change).or_insert_with(|| {
                self.numbers.push(stored.change);
                count(self.numbers.len() - 1)
            }),
        };
        let details = stored.details.and_then(|index| details.get(index.place()));
        let details = details.and_then(|it| it.clone().join(&mut self.page.details));
        self.page.readings.push(RecordedReading {
            reading: Reading {
                time_stamp: stored.time_stamp,
                value: stored.value,
                series: count(self.page.series.len()).saturating_sub(1),
                qualities,
                details,
                place: count(self.page.readings.len()),
            },
            revision: stored.revision,
            current,
            change,
        });
        Ok(())
    }

    /// The page, with when and by which receipt each reading was recorded.
    pub(crate) fn finish(mut self, snapshot: &mut Snapshot<'_>) -> Result<RecordedReadings> {
        let mut recorded = change_log::recorded_by(snapshot, &self.numbers)?;
        for number in &self.numbers {
            let by = recorded.remove(number);
            let missing = || Error::failed(format!("change {number} wrote readings and is not in the log"));
            self.page.changes.push(by.ok_or_else(missing)?);
        }
        Ok(self.page)
    }
}

/// Pages are bounded far below four thousand million.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
