//! What `MeterReadings` have in common in every notation.

use metering_model::quantity::Conversion;
use metering_model::reading_type::PART_NAMES;
use metering_model::words::WordFault;
use metering_model::{Decimal, Qualities, ReadingType, Violation, ViolationCode};

/// How readings are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Each revision says whether it stands, and which receipt it came with.
    pub revisions: bool,
    /// Values that this unit measures are converted to it; others stay as they are.
    pub unit: Option<Unit>,
}

/// A unit that values can be converted to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit(String);

impl Unit {
    /// The unit of this word.
    ///
    /// # Errors
    /// A word that is no unit, with the units there are.
    ///
    /// ```
    /// use metering_messages::json::meter_readings::Unit;
    ///
    /// assert!(Unit::of("MWh").is_ok());
    /// assert!(Unit::of("furlong").is_err());
    /// ```
    pub fn of(word: &str) -> Result<Self, WordFault> {
        Conversion::to_unit(&ReadingType::NONE, word)?;
        Ok(Self(word.to_owned()))
    }

    /// How values of this reading type become values in this unit, if the unit measures them.
    pub(crate) fn conversion(&self, stored: &ReadingType) -> Option<Conversion> {
        Conversion::to_unit(stored, &self.0).ok().flatten()
    }
}

/// What the readings of one series begin with, in the unit that is stored and in the one asked for.
#[derive(Debug)]
pub(crate) struct Head {
    stored: Vec<u8>,
    converted: Option<(Conversion, Vec<u8>)>,
}

impl Head {
    /// Of a series of this reading type; `write` is given the one to tell, and the stored one where
    /// that is another.
    pub(crate) fn of(
        stored: &ReadingType,
        unit: Option<&Unit>,
        write: impl Fn(&ReadingType, Option<&ReadingType>, &mut Vec<u8>),
    ) -> Self {
        let written = |told: &ReadingType, stored| {
            let mut head = Vec::new();
            write(told, stored, &mut head);
            head
        };
        let conversion = unit.and_then(|unit| unit.conversion(stored));
        let converted = conversion.map(|it| (it, written(&it.reading_type(), Some(stored))));
        Self { stored: written(stored, None), converted }
    }

    /// Appends it, and gives the value that goes with it: converted, or as it is stored where it would
    /// not be exact in the other unit.
    pub(crate) fn append(&self, value: Option<Decimal>, out: &mut Vec<u8>) -> Option<Decimal> {
        if let Some((conversion, head)) = &self.converted
            && let Ok(converted) = value.map(|value| conversion.apply(value)).transpose()
        {
            out.extend_from_slice(head);
            return converted;
        }
        out.extend_from_slice(&self.stored);
        value
    }
}

/// What was read under some spellings, by spelling; the latest few are kept.
///
/// Meters send a handful of channels by turns, seldom more.
#[derive(Debug)]
pub(crate) struct Spellings<K, V> {
    known: Vec<(K, V)>,
    next: usize,
}

const SPELLINGS: usize = 16;

impl<K: PartialEq, V: Copy> Spellings<K, V> {
    pub(crate) fn new() -> Self {
        Self { known: Vec::new(), next: 0 }
    }

    pub(crate) fn find(&self, spelling: &K) -> Option<V> {
        self.known.iter().find(|(known, _)| known == spelling).map(|(_, value)| *value)
    }

    pub(crate) fn keep(&mut self, spelling: K, value: V) {
        if self.known.len() < SPELLINGS {
            self.known.push((spelling, value));
        } else if let Some(place) = self.known.get_mut(self.next) {
            *place = (spelling, value);
            self.next = (self.next + 1) % SPELLINGS;
        }
    }
}

/// The most qualities of one reading: each system has one thing to say about it, or a few.
pub(crate) const QUALITIES: usize = 100;

/// Which parts of a code no list has, in words; told once for each reading type of a message.
pub(crate) fn unlisted_parts(kind: &ReadingType) -> Option<String> {
    let unlisted: Vec<String> = kind
        .unlisted_parts()
        .filter_map(|part| {
            let (name, code) = (PART_NAMES.get(part - 1)?, *kind.codes().get(part - 1)?);
            Some(format!("part {part} ({name}) {code}"))
        })
        .collect();
    let told =
        || format!("not in the lists of the standard that are known here: {}; stored as sent", unlisted.join(", "));
    (!unlisted.is_empty()).then(told)
}

/// Tells which qualities no list has; told once for each list of a message.
pub(crate) fn warn_unlisted_qualities(item: u32, list: &Qualities, warnings: &mut Vec<Violation>) {
    for unlisted in list.iter().filter(|it| !it.system.is_listed() || !it.category.is_listed()) {
        let detail = format!("quality {unlisted} is not in the standard's list; stored as sent");
        warnings.push(Violation::new(item, "quality", ViolationCode::UnlistedCode, detail));
    }
}
