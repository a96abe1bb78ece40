//! Where a page of readings ended.

use metering_model::{GetMeterReadings, TimeStamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::known::Pinned;
use super::selection::OwnerKey;
use crate::cursor::Cursor;
use crate::error::{Error, Result};

const LIST: &str = "readings";

/// The last reading of a page, and the state the page was taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) pinned: Pinned,
    pub(crate) owner: OwnerKey,
    /// The reading type as text.
    pub(crate) code: String,
    pub(crate) time_stamp: TimeStamp,
    pub(crate) revision: u32,
}

/// A position as a cursor has it, with what the question was: a cursor is good for one only.
#[derive(Serialize, Deserialize)]
struct Written {
    question: u64,
    newest: i64,
    after: i64,
    mrid: String,
    is_usage_point: bool,
    code: String,
    micros: i64,
    revision: u32,
}

fn question(organisation: &str, get: &GetMeterReadings) -> u64 {
    let digest: [u8; 32] = Sha256::digest(format!("{organisation}\n{get:?}")).into();
    digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

impl Position {
    /// The cursor of this place in the answer to `get`.
    pub(crate) fn write(&self, organisation: &str, get: &GetMeterReadings) -> Result<Cursor> {
        let Self { pinned, owner, code, time_stamp, revision } = self;
        let written = Written {
            question: question(organisation, get),
            newest: pinned.newest,
            after: pinned.after,
            mrid: owner.mrid.clone(),
            is_usage_point: owner.is_usage_point,
            code: code.clone(),
            micros: time_stamp.micros(),
            revision: *revision,
        };
        Cursor::new(LIST, &written)
    }

    /// Reads a cursor.
    ///
    /// # Errors
    /// [`Error::BadCursor`] when it is none, or that of another question.
    pub(crate) fn read(cursor: &Cursor, organisation: &str, get: &GetMeterReadings) -> Result<Self> {
        let it: Written = cursor.read(LIST)?;
        if it.question != question(organisation, get) {
            return Err(Error::BadCursor);
        }
        Ok(Self {
            pinned: Pinned { newest: it.newest, after: it.after },
            owner: OwnerKey { mrid: it.mrid, is_usage_point: it.is_usage_point },
            code: it.code,
            time_stamp: TimeStamp::from_micros(it.micros).map_err(|_| Error::BadCursor)?,
            revision: it.revision,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_comes_back_for_the_same_question_only() {
        let position = Position {
            pinned: Pinned { newest: 7, after: i64::MIN },
            owner: OwnerKey { mrid: "Zähler 7".into(), is_usage_point: false },
            code: "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0".into(),
            time_stamp: "2024-01-15T10:15:00Z".parse().unwrap(),
            revision: 3,
        };
        let get = GetMeterReadings::default();
        let text = position.write("a", &get).unwrap();
        assert_eq!(Position::read(&text, "a", &get).unwrap(), position);
        let other = GetMeterReadings { revisions: true, ..get.clone() };
        for (organisation, get) in [("b", &get), ("a", &other)] {
            assert!(matches!(Position::read(&text, organisation, get), Err(Error::BadCursor)));
        }
    }
}
