//! What a result rests on: how many values, of what standing, and what was missing.

use std::collections::BTreeMap;
use std::fmt;

use crate::aggregation::{AggregationError, ValueAt};
use crate::calendar::{Period, Schedule};
use crate::{Qualities, QualityCategory, ReadingQualityType};

/// How far a value can be trusted, by the worst that is said about it; in this order, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Standing {
    /// Nothing but good is said (category 0), or that a person accepted it (10.1).
    Good,
    /// Measured, and something happened on the way: diagnostics, power quality, tampering, collection
    /// (categories 1 to 4).
    Noted,
    /// Edited or added by a person (category 7).
    Edited,
    /// Derived from other values (category 11).
    Derived,
    /// Estimated (category 8).
    Estimated,
    /// Projected into the future (category 12).
    Projected,
    /// Failed a test of reasonability or validation, or questionable (categories 5, 6, 9, 10), or a
    /// statement of a category no list here has.
    Suspect,
    /// No value: not there at all, there without one, or withdrawn by a person (x.7.3).
    Missing,
}

impl Standing {
    /// Every standing, the worst last.
    pub const ALL: &'static [Self] = &[
        Self::Good,
        Self::Noted,
        Self::Edited,
        Self::Derived,
        Self::Estimated,
        Self::Projected,
        Self::Suspect,
        Self::Missing,
    ];

    /// What the worst of these statements says of a value that is there.
    ///
    /// ```
    /// use metering_model::aggregation::Standing;
    /// use metering_model::Qualities;
    ///
    /// let qualities = Qualities::new(["1.0.0".parse()?, "3.8.2".parse()?]);
    /// assert_eq!(Standing::of(&qualities), Standing::Estimated);
    /// # Ok::<(), metering_model::ReadingQualityTypeError>(())
    /// ```
    #[must_use]
    pub fn of(qualities: &Qualities) -> Self {
        qualities.iter().map(Self::said_by).max().unwrap_or(Self::Good)
    }

    fn said_by(statement: ReadingQualityType) -> Self {
        match statement.category {
            QualityCategory::VALID => Self::Good,
            QualityCategory::DIAGNOSTICS
            | QualityCategory::POWER_QUALITY
            | QualityCategory::TAMPER
            | QualityCategory::DATA_COLLECTION => Self::Noted,
            QualityCategory::EDITED => Self::Edited,
            QualityCategory::DERIVED => Self::Derived,
            QualityCategory::ESTIMATED => Self::Estimated,
            QualityCategory::PROJECTED => Self::Projected,
            QualityCategory::QUESTIONABLE if statement.index == 1 => Self::Good,
            _ => Self::Suspect,
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Good => "good",
            Self::Noted => "noted",
            Self::Edited => "edited",
            Self::Derived => "derived",
            Self::Estimated => "estimated",
            Self::Projected => "projected",
            Self::Suspect => "suspect",
            Self::Missing => "missing",
        })
    }
}

/// What a result rests on.
///
/// Printed it reads like `93 of 96 values, 3 estimated; missing: (..., ...]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    expected: Option<u64>,
    standings: [u64; Standing::ALL.len()],
    statements: BTreeMap<ReadingQualityType, u64>,
    used: Vec<ReadingQualityType>,
    gaps: Vec<Period>,
}

impl Coverage {
    /// How many values were expected; `None` where the schedule expects none in particular.
    #[must_use]
    pub fn expected(&self) -> Option<u64> {
        self.expected
    }

    /// How many values went into the result.
    #[must_use]
    pub fn values(&self) -> u64 {
        self.standings.iter().sum::<u64>() - self.count(Standing::Missing)
    }

    /// How many values have this standing. [`Standing::Missing`] counts what was expected and is not there.
    #[must_use]
    pub fn count(&self, standing: Standing) -> u64 {
        self.standings[standing as usize]
    }

    /// The worst standing of any value, the missing ones too; good where there was nothing to expect.
    #[must_use]
    pub fn worst(&self) -> Standing {
        let found = Standing::ALL.iter().rev().find(|standing| self.count(**standing) > 0);
        found.copied().unwrap_or(Standing::Good)
    }

    /// Whether every value that was expected is there, whatever its standing.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.count(Standing::Missing) == 0
    }

    /// The times no value stands for, intervals that follow each other in one. Of instants, which have no
    /// length, there are none: see [`Standing::Missing`].
    #[must_use]
    pub fn gaps(&self) -> &[Period] {
        &self.gaps
    }

    /// Every statement made about the values, those about missing ones too, and how often.
    #[must_use]
    pub fn statements(&self) -> &BTreeMap<ReadingQualityType, u64> {
        &self.statements
    }

    /// The qualities of the result: that it is derived (3.11.0), indeterminate where a value is missing
    /// (3.10.0; our own choice), and all that is said about the values in it but that they are valid.
    #[must_use]
    pub fn qualities(&self) -> Qualities {
        let derived = [ReadingQualityType::new(3, 11, 0)];
        let indeterminate = (!self.is_complete()).then_some(ReadingQualityType::new(3, 10, 0));
        Qualities::new(derived.into_iter().chain(indeterminate).chain(self.used.iter().copied()))
    }

    /// Over the values of a schedule, in the order of time.
    pub(super) fn of(values: &[ValueAt<'_>], schedule: &Schedule) -> Result<Self, AggregationError> {
        let mut coverage = Self { expected: schedule.expected(), ..Self::default() };
        for one in values {
            coverage.note(*one);
        }
        let Some(expected) = coverage.expected else { return Ok(coverage) };
        let (mut misplaced, mut next) = (Vec::new(), 0);
        for one in values {
            let Some(place) = schedule.place_of(one.time_stamp) else {
                misplaced.push(one.time_stamp);
                continue;
            };
            if one.counting().is_some() {
                if place > next {
                    coverage.gaps.push(schedule.span(next..place));
                }
                next = place + 1;
            }
        }
        if !misplaced.is_empty() {
            return Err(AggregationError::Misplaced { stamps: misplaced, period: schedule.period() });
        }
        if next < expected {
            coverage.gaps.push(schedule.span(next..expected));
        }
        coverage.standings[Standing::Missing as usize] = expected - coverage.values();
        Ok(coverage)
    }

    /// Over the readings that a difference rests on: one at each end of the period.
    pub(super) fn of_ends(ends: [Option<ValueAt<'_>>; 2]) -> Self {
        let mut coverage = Self { expected: Some(2), ..Self::default() };
        for end in ends {
            match end {
                Some(one) => coverage.note(one),
                None => coverage.standings[Standing::Missing as usize] += 1,
            }
        }
        coverage
    }

    fn note(&mut self, one: ValueAt<'_>) {
        let counts = one.counting().is_some();
        let standing = if counts { Standing::of(one.qualities) } else { Standing::Missing };
        self.standings[standing as usize] += 1;
        for statement in one.qualities.iter() {
            *self.statements.entry(statement).or_default() += 1;
            if counts
                && statement.category != QualityCategory::VALID
                && let Err(at) = self.used.binary_search(&statement)
            {
                self.used.insert(at, statement);
            }
        }
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.expected {
            Some(expected) => write!(f, "{} of {expected} values", self.values())?,
            None => write!(f, "{} values", self.values())?,
        }
        for standing in Standing::ALL.iter().skip(1).filter(|standing| self.count(**standing) > 0) {
            if *standing != Standing::Missing || self.gaps.is_empty() {
                write!(f, ", {} {standing}", self.count(*standing))?;
            }
        }
        for (at, gap) in self.gaps.iter().enumerate() {
            write!(f, "{}{gap}", if at == 0 { "; missing: " } else { ", " })?;
        }
        Ok(())
    }
}
