//! A block: one series, one UTC day, everything that stands.
//!
//! `docs/block-format.md` has it byte for byte. What a block says is checked when it is read: a
//! damaged one is an error, never a number.

use std::collections::HashMap;

use metering_model::{
    Decimal, DetailsIndex, MAX_SCALE, Qualities, ReadingDetails, ReadingQualityType, Scale, TimeStamp,
};

use super::codec::{Bytes, Damaged, pack_column, put_varint, unpack_column};
use super::details;

/// The version of blocks none of whose readings has details.
const VERSION: u8 = 1;
/// The same, with the details of those readings that have some.
const WITH_DETAILS: u8 = 2;
/// In the column of scales: no value.
const ABSENT: i64 = MAX_SCALE as i64 + 1;
/// In the place of the common scale: the digits are as written.
const AS_WRITTEN: u8 = MAX_SCALE + 1;
const MICROS_OF_DAY: i64 = 86_400_000_000;
/// The coarsest unit of time stamps: ten to this many microseconds.
const COARSEST: u32 = 6;

/// How many readings a block holds at the most: about twelve a second.
pub(crate) const MAX_READINGS: usize = 1 << 20;

/// The value that stands at one time stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) time_stamp: TimeStamp,
    pub(crate) value: Option<Decimal>,
    /// Which of the [`QualityLists`].
    pub(crate) qualities: u32,
    /// 1 for the first value of its identity.
    pub(crate) revision: u32,
    /// Which of the details in the [`Tables`].
    pub(crate) details: Option<DetailsIndex>,
    /// The change that wrote it.
    pub(crate) change: i64,
}

/// The UTC day of a time stamp, counted from 1970-01-01.
pub(crate) fn day_of(time_stamp: TimeStamp) -> i32 {
    // The years 1 to 9999 fit many times over.
    time_stamp.micros().div_euclid(MICROS_OF_DAY) as i32
}

/// What readings have beside their numbers, in tables.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub(crate) lists: QualityLists,
    /// Of the day at hand; unlike lists of qualities, they would not end.
    pub(crate) details: Vec<ReadingDetails>,
}

/// Lists of qualities, each once, so that a reading needs only a number for its own.
#[derive(Debug, Default)]
pub(crate) struct QualityLists {
    lists: Vec<Qualities>,
    index: HashMap<Qualities, u32>,
}

impl QualityLists {
    /// The number of a list that may be new.
    pub(crate) fn intern(&mut self, qualities: &Qualities) -> u32 {
        if let Some(at) = self.index.get(qualities) {
            return *at;
        }
        let at = self.lists.len() as u32;
        self.lists.push(qualities.clone());
        self.index.insert(qualities.clone(), at);
        at
    }

    fn intern_statements(&mut self, statements: &[ReadingQualityType]) -> u32 {
        match self.index.get(statements) {
            Some(at) => *at,
            None => self.intern(&Qualities::new(statements.iter().copied())),
        }
    }

    pub(crate) fn get(&self, at: u32) -> Option<&Qualities> {
        self.lists.get(at as usize)
    }

    pub(crate) fn clear(&mut self) {
        self.lists.clear();
        self.index.clear();
    }
}

/// What packing and unpacking write to and use again for the next block.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    column: Vec<i64>,
    /// Of each known list: its number in this block, counted from 1; 0 for none.
    local: Vec<u32>,
    /// Of each list of this block: its number outside.
    lists: Vec<u32>,
    statements: Vec<ReadingQualityType>,
}

/// Appends the block of `stored` to `out`: ascending times, all of one `day`, at least one.
pub(crate) fn pack(day: i32, stored: &[Stored], tables: &Tables, scratch: &mut Scratch, out: &mut Vec<u8>) {
    let from = out.len();
    let with_details = details::any(stored);
    out.push(if with_details { WITH_DETAILS } else { VERSION });
    put_varint(out, stored.len() as u64);
    pack_times(day, stored, &mut scratch.column, out);
    pack_values(stored, &mut scratch.column, out);
    pack_qualities(stored, &tables.lists, scratch, out);
    let column = &mut scratch.column;
    column.clear();
    column.extend(stored.iter().map(|it| it.change));
    pack_column(column, out);
    column.clear();
    column.extend(stored.iter().map(|it| i64::from(it.revision)));
    pack_column(column, out);
    if with_details {
        details::pack(stored, &tables.details, column, out);
    }
    let checksum = crc32fast::hash(out.get(from..).unwrap_or_default());
    out.extend_from_slice(&checksum.to_le_bytes());
}

fn pack_times(day: i32, stored: &[Stored], column: &mut Vec<i64>, out: &mut Vec<u8>) {
    let midnight = i64::from(day) * MICROS_OF_DAY;
    // Whole seconds are the rule; one finer stamp makes the unit of all of them finer.
    let mut exponent = COARSEST;
    let mut unit = 10i64.pow(exponent);
    for it in stored {
        while it.time_stamp.micros() % unit != 0 {
            exponent -= 1;
            unit /= 10;
        }
    }
    out.push(exponent as u8);
    let mut before = midnight;
    column.clear();
    column.extend(stored.iter().map(|it| {
        let step = (it.time_stamp.micros() - before) / unit;
        before = it.time_stamp.micros();
        step
    }));
    if let Some((first, steps)) = column.split_first() {
        put_varint(out, first.unsigned_abs());
        pack_column(steps, out);
    }
}

fn pack_values(stored: &[Stored], column: &mut Vec<i64>, out: &mut Vec<u8>) {
    column.clear();
    column.extend(stored.iter().map(|it| it.value.map_or(ABSENT, |value| i64::from(value.scale().places()))));
    pack_column(column, out);
    // At one scale neighbours differ little, so digits are widened to the largest, if all fit.
    let values = || stored.iter().filter_map(|it| it.value);
    let Some(common) = values().map(|value| value.scale().places()).max() else { return };
    column.clear();
    let widened = values().try_for_each(|value| {
        let factor = 10i64.pow(u32::from(common - value.scale().places()));
        value.digits().checked_mul(factor).map(|digits| column.push(digits))
    });
    if widened.is_some() {
        out.push(common);
    } else {
        out.push(AS_WRITTEN);
        column.clear();
        column.extend(values().map(Decimal::digits));
    }
    pack_column(column, out);
}

fn pack_qualities(stored: &[Stored], lists: &QualityLists, scratch: &mut Scratch, out: &mut Vec<u8>) {
    let Scratch { column, local, lists: used, .. } = scratch;
    used.clear();
    column.clear();
    local.resize(lists.lists.len(), 0);
    for it in stored {
        let Some(number) = local.get_mut(it.qualities as usize) else { continue };
        if *number == 0 {
            used.push(it.qualities);
            *number = used.len() as u32;
        }
        column.push(i64::from(*number) - 1);
    }
    put_varint(out, used.len() as u64);
    for at in used.iter() {
        if let Some(number) = local.get_mut(*at as usize) {
            *number = 0;
        }
        let Some(qualities) = lists.get(*at) else { continue };
        put_varint(out, qualities.iter().count() as u64);
        for statement in qualities.iter() {
            out.push(statement.system.code());
            out.push(statement.category.code());
            put_varint(out, u64::from(statement.index));
        }
    }
    pack_column(column, out);
}

/// Reads the block of `day` into `out`, whatever was there before; its lists and details join `tables`.
pub(crate) fn unpack(
    day: i32,
    block: &[u8],
    tables: &mut Tables,
    scratch: &mut Scratch,
    out: &mut Vec<Stored>,
) -> Result<(), Damaged> {
    out.clear();
    let read = read(day, block, tables, scratch, out);
    if read.is_err() {
        out.clear();
    }
    read
}

fn read(
    day: i32,
    block: &[u8],
    tables: &mut Tables,
    scratch: &mut Scratch,
    out: &mut Vec<Stored>,
) -> Result<(), Damaged> {
    let (packed, checksum) = block.split_last_chunk::<4>().ok_or(Damaged("it ends too early"))?;
    if crc32fast::hash(packed) != u32::from_le_bytes(*checksum) {
        return Err(Damaged("its checksum does not fit"));
    }
    let mut bytes = Bytes(packed);
    let with_details = match bytes.byte()? {
        VERSION => false,
        WITH_DETAILS => true,
        _ => return Err(Damaged("its version is unknown")),
    };
    let count = match usize::try_from(bytes.varint()?) {
        Ok(count @ 1..=MAX_READINGS) => count,
        _ => return Err(Damaged("its number of readings is out of range")),
    };
    read_times(day, count, &mut bytes, &mut scratch.column, out)?;
    read_values(&mut bytes, &mut scratch.column, out)?;
    read_qualities(&mut bytes, &mut tables.lists, scratch, out)?;
    let column = &mut scratch.column;
    unpack_column(&mut bytes, count, column)?;
    for (it, change) in out.iter_mut().zip(&*column) {
        it.change = *change;
    }
    unpack_column(&mut bytes, count, column)?;
    for (it, revision) in out.iter_mut().zip(&*column) {
        it.revision = u32::try_from(*revision).map_err(|_| Damaged("a revision in it is out of range"))?;
    }
    if with_details {
        details::unpack(&mut bytes, out, &mut tables.details, column)?;
    }
    if bytes.0.is_empty() { Ok(()) } else { Err(Damaged("it goes on behind its end")) }
}

fn read_times(
    day: i32,
    count: usize,
    bytes: &mut Bytes<'_>,
    column: &mut Vec<i64>,
    out: &mut Vec<Stored>,
) -> Result<(), Damaged> {
    const WRONG: Damaged = Damaged("a time stamp in it is not of its day");
    let exponent = u32::from(bytes.byte()?);
    if exponent > COARSEST {
        return Err(Damaged("its unit of time is unknown"));
    }
    let unit = 10i64.pow(exponent);
    let most = MICROS_OF_DAY / unit;
    let midnight = i64::from(day) * MICROS_OF_DAY;
    let mut at = i64::try_from(bytes.varint()?).ok().filter(|first| *first < most).ok_or(WRONG)?;
    unpack_column(bytes, count - 1, column)?;
    out.reserve(count);
    for step in std::iter::once(&0).chain(&*column) {
        if !(0..most).contains(step) || (*step == 0 && !out.is_empty()) {
            return Err(Damaged("its time stamps do not ascend"));
        }
        at += step;
        if at >= most {
            return Err(WRONG);
        }
        out.push(Stored {
            time_stamp: TimeStamp::from_micros(midnight + at * unit).map_err(|_| WRONG)?,
            value: None,
            qualities: 0,
            revision: 0,
            details: None,
            change: 0,
        });
    }
    Ok(())
}

fn read_values(bytes: &mut Bytes<'_>, column: &mut Vec<i64>, out: &mut [Stored]) -> Result<(), Damaged> {
    const WRONG: Damaged = Damaged("a scale in it is out of range");
    unpack_column(bytes, out.len(), column)?;
    let mut present = 0;
    for (it, scale) in out.iter_mut().zip(&*column) {
        if *scale != ABSENT {
            let scale = u8::try_from(*scale).ok().and_then(Scale::new).ok_or(WRONG)?;
            it.value = Some(Decimal::new(0, scale).map_err(|_| WRONG)?);
            present += 1;
        }
    }
    if present == 0 {
        return Ok(());
    }
    let common = bytes.byte()?;
    if common > AS_WRITTEN {
        return Err(WRONG);
    }
    unpack_column(bytes, present, column)?;
    for (value, digits) in out.iter_mut().filter_map(|it| it.value.as_mut()).zip(&*column) {
        let mut digits = *digits;
        if common != AS_WRITTEN && common != value.scale().places() {
            let more = common.checked_sub(value.scale().places()).ok_or(WRONG)?;
            let factor = 10i64.pow(u32::from(more));
            if digits % factor != 0 {
                return Err(Damaged("a value in it has more places than its scale"));
            }
            digits /= factor;
        }
        *value = Decimal::new(digits, value.scale()).map_err(|_| Damaged("a value in it has more than 18 digits"))?;
    }
    Ok(())
}

fn read_qualities(
    bytes: &mut Bytes<'_>,
    lists: &mut QualityLists,
    scratch: &mut Scratch,
    out: &mut [Stored],
) -> Result<(), Damaged> {
    const WRONG: Damaged = Damaged("its lists of qualities are out of range");
    let Scratch { column, lists: used, statements, .. } = scratch;
    used.clear();
    let tables = usize::try_from(bytes.varint()?).map_err(|_| WRONG)?;
    if tables == 0 || tables > out.len() {
        return Err(WRONG);
    }
    for _ in 0..tables {
        statements.clear();
        for _ in 0..bytes.varint()? {
            let (system, category) = (bytes.byte()?, bytes.byte()?);
            let index = u16::try_from(bytes.varint()?).map_err(|_| WRONG)?;
            let statement = ReadingQualityType::new(system, category, index);
            if statements.last().is_some_and(|last| *last >= statement) {
                return Err(Damaged("a list of qualities in it is out of order"));
            }
            statements.push(statement);
        }
        if statements.is_empty() {
            return Err(WRONG);
        }
        used.push(lists.intern_statements(statements));
    }
    unpack_column(bytes, out.len(), column)?;
    for (it, number) in out.iter_mut().zip(&*column) {
        let list = usize::try_from(*number).ok().and_then(|number| used.get(number));
        it.qualities = *list.ok_or(WRONG)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
