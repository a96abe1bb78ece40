//! What repeats in a message, each kept once: reading types, series, lists of qualities.

use std::borrow::Cow;
use std::collections::HashMap;

use metering_model::{
    MeterId, Qualities, Reading, ReadingQualityType, ReadingQualityTypeError, ReadingType, ReadingTypeError, Series,
    UsagePointId, Violation, ViolationCode,
};

use crate::meter_readings::{QUALITIES, Spellings, unlisted_parts, warn_unlisted_qualities};

/// The reading types of a message.
#[derive(Debug)]
pub(super) struct TypeTable<'a> {
    types: Vec<ReadingType>,
    numbers: HashMap<ReadingType, u32>,
    spellings: Spellings<Cow<'a, str>, u32>,
}

impl Default for TypeTable<'_> {
    fn default() -> Self {
        Self { types: Vec::new(), numbers: HashMap::new(), spellings: Spellings::new() }
    }
}

impl<'a> TypeTable<'a> {
    /// The number of the reading type that is spelled so.
    pub(super) fn number(
        &mut self,
        spelled: Cow<'a, str>,
        item: u32,
        warnings: &mut Vec<Violation>,
    ) -> Result<u32, ReadingTypeError> {
        if let Some(number) = self.spellings.find(&spelled) {
            return Ok(number);
        }
        let kind: ReadingType = spelled.parse()?;
        let next = u32::try_from(self.types.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(kind).or_insert(next);
        if number == next {
            self.types.push(kind);
            if let Some(detail) = unlisted_parts(&kind) {
                warnings.push(Violation::new(item, "readingTypeCode", ViolationCode::UnlistedCode, detail));
            }
        }
        self.spellings.keep(spelled, number);
        Ok(number)
    }
}

/// The series of a message.
#[derive(Debug, Default)]
pub(super) struct SeriesTable {
    series: Vec<Series>,
    parties: HashMap<(Option<MeterId>, Option<UsagePointId>), u32>,
    /// By party and reading type.
    numbers: HashMap<(u32, u32), u32>,
}

impl SeriesTable {
    /// Gives readings that have the numbers of their reading types those of their series.
    pub(super) fn place(
        &mut self,
        meter: Option<MeterId>,
        usage_point: Option<UsagePointId>,
        types: &TypeTable<'_>,
        readings: &mut [Reading],
    ) {
        if readings.is_empty() {
            return;
        }
        let next = u32::try_from(self.parties.len()).unwrap_or(u32::MAX);
        let party = *self.parties.entry((meter.clone(), usage_point.clone())).or_insert(next);
        let mut previous = None;
        for reading in readings {
            let kind = reading.series;
            reading.series = match previous {
                Some((known, number)) if known == kind => number,
                _ => *self.numbers.entry((party, kind)).or_insert_with(|| {
                    let number = u32::try_from(self.series.len()).unwrap_or(u32::MAX);
                    let reading_type = types.types.get(kind as usize).copied().unwrap_or(ReadingType::NONE);
                    let (meter, usage_point) = (meter.clone(), usage_point.clone());
                    self.series.push(Series { meter, usage_point, reading_type });
                    number
                }),
            };
            previous = Some((kind, reading.series));
        }
    }

    /// Each series once, in the order in which they were met.
    pub(super) fn into_series(self) -> Vec<Series> {
        self.series
    }
}

/// The lists of qualities of a message.
#[derive(Debug, Default)]
pub(super) struct QualitiesTable {
    lists: Vec<Qualities>,
    numbers: HashMap<Qualities, u32>,
    /// What the reading that is being read says.
    statements: Vec<ReadingQualityType>,
    /// How many statements it had, with those that could not be read.
    met: usize,
    /// The number of the list that says nothing but that the reading is good.
    good: Option<u32>,
}

impl QualitiesTable {
    /// Begins with a reading.
    pub(super) fn begin(&mut self) {
        self.statements.clear();
        self.met = 0;
    }

    /// The place of the statement that comes now.
    pub(super) fn next(&mut self) -> usize {
        self.met += 1;
        self.met - 1
    }

    /// Adds a statement.
    pub(super) fn add(&mut self, code: &str, item: u32, violations: &mut Vec<Violation>) {
        if self.met > QUALITIES {
            return;
        }
        match code.parse() {
            Ok(statement) => self.statements.push(statement),
            Err(error) => {
                let error: ReadingQualityTypeError = error;
                let field = format!("quality/{}", self.met.saturating_sub(1));
                violations.push(Violation::new(item, field, ViolationCode::InvalidCode, error.to_string()));
            }
        }
    }

    /// The number of the list that the reading has; `None` where there is too much of it.
    pub(super) fn end(
        &mut self,
        item: u32,
        violations: &mut Vec<Violation>,
        warnings: &mut Vec<Violation>,
    ) -> Option<u32> {
        if self.met == 0
            && let Some(good) = self.good
        {
            return Some(good);
        }
        if self.met > QUALITIES {
            let detail = format!("a reading has at most {QUALITIES} qualities, not {}", self.met);
            violations.push(Violation::new(item, "quality", ViolationCode::TooMany, detail));
            return None;
        }
        self.statements.sort_unstable();
        self.statements.dedup();
        let known = self.numbers.get(self.statements.as_slice()).copied();
        let number = match known {
            Some(number) => number,
            None => {
                let list = Qualities::new(self.statements.iter().copied());
                match self.numbers.get(&list) {
                    Some(number) => *number,
                    None => {
                        let number = u32::try_from(self.lists.len()).ok()?;
                        warn_unlisted_qualities(item, &list, warnings);
                        self.numbers.insert(list.clone(), number);
                        self.lists.push(list);
                        number
                    }
                }
            }
        };
        if self.met == 0 {
            self.good = Some(number);
        }
        Some(number)
    }

    /// Each list once, in the order in which they were met.
    pub(super) fn into_lists(self) -> Vec<Qualities> {
        self.lists
    }
}
