//! What repeats in a message, each kept once: series, reading types, lists of qualities.
//!
//! Neighbours in a message mostly say the same in the same spelling. So slices of the body are
//! compared before anything is looked up, and nothing is allocated for what was met before.

use std::borrow::Cow;
use std::collections::HashMap;

use metering_model::words::{self, ReadingWords, WordFault};
use metering_model::{Mrid, MridError, Qualities, ReadingQualityType, ReadingType, Series, Violation, ViolationCode};
use serde_json::value::RawValue;

use super::read::ReadingFields;
use crate::json::fields::{At, Found, integer, present, text, texts};
use crate::meter_readings::{QUALITIES, Spellings, unlisted_parts, warn_unlisted_qualities};

/// The fields that name a series' place, as they are spelled.
type Ids<'a> = [Option<&'a str>; 2];
/// The fields that describe what is measured, as they are spelled.
type Describing<'a> = [Option<&'a str>; 9];

/// Meter, usage point and number of the reading type.
type Identity<'a> = (Option<Cow<'a, str>>, Option<Cow<'a, str>>, u32);

/// The series of a message.
#[derive(Debug)]
pub(super) struct SeriesTable<'a> {
    series: Vec<Series>,
    numbers: HashMap<Identity<'a>, u32>,
    /// Spellings and series of the item before.
    previous: Option<(Ids<'a>, Describing<'a>, u32)>,
    types: TypeTable<'a>,
}

/// The reading types of a message.
#[derive(Debug)]
struct TypeTable<'a> {
    types: Vec<ReadingType>,
    numbers: HashMap<ReadingType, u32>,
    spellings: Spellings<Describing<'a>, u32>,
    /// Which types have had the warning about a multiplier beside a prefix.
    prefix_told: Vec<bool>,
    faults: Vec<WordFault>,
}

impl<'a> SeriesTable<'a> {
    pub(super) fn new() -> Self {
        let types = TypeTable {
            types: Vec::new(),
            numbers: HashMap::new(),
            spellings: Spellings::new(),
            prefix_told: Vec::new(),
            faults: Vec::new(),
        };
        Self { series: Vec::new(), numbers: HashMap::new(), previous: None, types }
    }

    /// Each series once, in the order in which they were met.
    pub(super) fn into_series(self) -> Vec<Series> {
        self.series
    }

    /// The number of the item's series; `None` where something is wrong with it, which is told.
    pub(super) fn number(
        &mut self,
        item: u32,
        fields: &ReadingFields<'a>,
        violations: &mut Vec<Violation>,
        warnings: &mut Vec<Violation>,
    ) -> Option<u32> {
        let spelled = |raw: Option<&'a RawValue>| present(raw).map(RawValue::get);
        let ids = [spelled(fields.meter), spelled(fields.usage_point)];
        let describing = [
            spelled(fields.reading_type),
            spelled(fields.measurement),
            spelled(fields.interval),
            spelled(fields.unit),
            spelled(fields.multiplier),
            spelled(fields.phase),
            spelled(fields.energy_direction),
            spelled(fields.time_of_use),
            spelled(fields.code),
        ];
        if let Some((previous_ids, previous_describing, number)) = &self.previous
            && *previous_ids == ids
            && *previous_describing == describing
        {
            return Some(*number);
        }
        // Both, so that what is wrong with either is told.
        let kind = self.types.number(item, fields, describing, violations, warnings);
        let place = self.place(item, fields, kind, violations);
        let number = place?;
        self.previous = Some((ids, describing, number));
        Some(number)
    }

    /// The number of the series of this meter or usage point and reading type.
    fn place(
        &mut self,
        item: u32,
        fields: &ReadingFields<'a>,
        kind: Option<u32>,
        violations: &mut Vec<Violation>,
    ) -> Option<u32> {
        let before = violations.len();
        let meter = text(fields.meter, item, "meterId", violations);
        let usage_point = text(fields.usage_point, item, "usagePointId", violations);
        if violations.len() == before
            && let Some(kind) = kind
            && let Some(number) = self.numbers.get(&(meter.clone(), usage_point.clone(), kind))
        {
            return Some(*number);
        }
        let meter_id = id_of(meter.as_deref(), item, "meterId", violations);
        let usage_point_id = id_of(usage_point.as_deref(), item, "usagePointId", violations);
        if violations.len() > before {
            return None;
        }
        let kind = kind?;
        let reading_type = *self.types.types.get(kind as usize)?;
        let series = Series { meter: meter_id, usage_point: usage_point_id, reading_type };
        let number = u32::try_from(self.series.len()).ok()?;
        self.numbers.insert((meter, usage_point, kind), number);
        self.series.push(series);
        Some(number)
    }
}

fn id_of<K>(spelled: Option<&str>, item: u32, name: &'static str, violations: &mut Vec<Violation>) -> Option<Mrid<K>> {
    match spelled?.parse() {
        Ok(id) => Some(id),
        Err(error) => {
            let error: MridError = error;
            violations.push(Violation::new(item, name, ViolationCode::InvalidId, error.to_string()));
            None
        }
    }
}

impl<'a> TypeTable<'a> {
    /// The number of the reading type that the item's fields say.
    fn number(
        &mut self,
        item: u32,
        fields: &ReadingFields<'a>,
        describing: Describing<'a>,
        violations: &mut Vec<Violation>,
        warnings: &mut Vec<Violation>,
    ) -> Option<u32> {
        if let Some(number) = self.spellings.find(&describing) {
            return Some(number);
        }
        let before = violations.len();
        let reading_type = text(fields.reading_type, item, "readingType", violations);
        let measurement = text(fields.measurement, item, "measurement", violations);
        let interval = text(fields.interval, item, "interval", violations);
        let unit = text(fields.unit, item, "unit", violations);
        let phase = text(fields.phase, item, "phase", violations);
        let energy_direction = text(fields.energy_direction, item, "energyDirection", violations);
        let words = ReadingWords {
            reading_type: reading_type.as_deref(),
            measurement: measurement.as_deref(),
            interval: interval.as_deref(),
            unit: unit.as_deref(),
            multiplier: integer(fields.multiplier, item, "multiplier", violations),
            phase: phase.as_deref(),
            energy_direction: energy_direction.as_deref(),
            time_of_use: integer(fields.time_of_use, item, "timeOfUse", violations),
        };
        let code = text(fields.code, item, "readingTypeCode", violations);
        let kind_before_words = violations.len();
        self.faults.clear();
        let kind = match code {
            None if present(fields.code).is_some() => None,
            None => words::compose(&words, &mut self.faults),
            Some(code) => match code.parse::<ReadingType>() {
                Ok(code) => {
                    words::agrees(&words, &code, &mut self.faults);
                    Some(code)
                }
                Err(error) => {
                    violations.push(Violation::new(
                        item,
                        "readingTypeCode",
                        ViolationCode::InvalidCode,
                        error.to_string(),
                    ));
                    None
                }
            },
        };
        let wrong = violations.get(before..kind_before_words).unwrap_or_default();
        // A field of another kind than text is there: it is wrong, not missing as well.
        self.faults
            .retain(|fault| fault.code != ViolationCode::Missing || wrong.iter().all(|it| it.at.field != fault.field));
        violations.extend(
            self.faults.drain(..).map(|WordFault { field, code, detail }| Violation::new(item, field, code, detail)),
        );
        if violations.len() > before {
            return None;
        }
        let kind = kind?;
        let (number, new) = match self.numbers.get(&kind) {
            Some(number) => (*number, false),
            None => (u32::try_from(self.types.len()).ok()?, true),
        };
        if new {
            self.numbers.insert(kind, number);
            self.types.push(kind);
            self.prefix_told.push(false);
            warn_unlisted(item, fields, &kind, warnings);
        }
        if let Some(told @ false) = self.prefix_told.get_mut(number as usize)
            && let (Some(unit), Some(multiplier)) = (words.unit, words.multiplier.filter(|it| *it != 0))
            && words::is_prefixed_unit(unit)
        {
            *told = true;
            let detail = format!(
                "{unit} and multiplier {multiplier} are two powers of ten; they were taken together. Write the unit without \
                 a prefix, or multiplier 0, if one of them was meant"
            );
            warnings.push(Violation::new(item, "multiplier", ViolationCode::PrefixedUnitMultiplier, detail));
        }
        self.spellings.keep(describing, number);
        Some(number)
    }
}

/// Tells which parts of a code no list has; told once for each reading type of a message.
fn warn_unlisted(item: u32, fields: &ReadingFields<'_>, kind: &ReadingType, warnings: &mut Vec<Violation>) {
    if let Some(detail) = unlisted_parts(kind) {
        let field = if present(fields.code).is_some() { "readingTypeCode" } else { "readingType" };
        warnings.push(Violation::new(item, field, ViolationCode::UnlistedCode, detail));
    }
}

/// The lists of qualities of a message.
#[derive(Debug)]
pub(super) struct QualitiesTable<'a> {
    lists: Vec<Qualities>,
    numbers: HashMap<Qualities, u32>,
    spellings: Spellings<Option<&'a str>, u32>,
}

impl<'a> QualitiesTable<'a> {
    pub(super) fn new() -> Self {
        Self { lists: Vec::new(), numbers: HashMap::new(), spellings: Spellings::new() }
    }

    /// Each list once, in the order in which they were met.
    pub(super) fn into_lists(self) -> Vec<Qualities> {
        self.lists
    }

    /// The number of the item's list; `None` where something is wrong with it, which is told.
    pub(super) fn number(
        &mut self,
        item: u32,
        raw: Option<&'a RawValue>,
        violations: &mut Vec<Violation>,
        warnings: &mut Vec<Violation>,
    ) -> Option<u32> {
        let raw = present(raw);
        let spelling = raw.map(RawValue::get);
        if let Some(number) = self.spellings.find(&spelling) {
            return Some(number);
        }
        let before = violations.len();
        let mut statements = Vec::new();
        match raw.map(Found::of) {
            Some(Found::List) => {
                // What is no text has been told and is left out, so places would no longer be right.
                let entries = texts(raw, item, "quality", violations).unwrap_or_default();
                if entries.len() > QUALITIES {
                    let detail = format!("a reading has at most {QUALITIES} qualities, not {}", entries.len());
                    violations.push(Violation::new(item, "quality", ViolationCode::TooMany, detail));
                } else if violations.len() == before {
                    for (at, entry) in entries.iter().enumerate() {
                        statements.extend(statement(item, &format!("quality/{at}"), entry, violations));
                    }
                }
            }
            Some(Found::Text) => {
                let word = text(raw, item, "quality", violations);
                statements.extend(word.and_then(|word| statement(item, "quality", &word, violations)));
            }
            Some(found) => {
                let detail = format!("a word, a code or a list of them is needed here, not {found}");
                violations.push(At::from(item).violation("quality", ViolationCode::WrongKind, detail));
            }
            None => {}
        }
        if violations.len() > before {
            return None;
        }
        let list = Qualities::new(statements);
        let number = match self.numbers.get(&list) {
            Some(number) => *number,
            None => {
                let number = u32::try_from(self.lists.len()).ok()?;
                warn_unlisted_qualities(item, &list, warnings);
                self.numbers.insert(list.clone(), number);
                self.lists.push(list);
                number
            }
        };
        self.spellings.keep(spelling, number);
        Some(number)
    }
}

fn statement(item: u32, field: &str, word: &str, violations: &mut Vec<Violation>) -> Option<ReadingQualityType> {
    match words::quality(word) {
        Ok(statement) => Some(statement),
        Err(fault) => {
            violations.push(Violation::new(item, field.to_owned(), fault.code, fault.detail));
            None
        }
    }
}
