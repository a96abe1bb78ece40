//! The details of a day's readings, packed: the sparse side of a block.
//!
//! `docs/block-format.md` has it byte for byte. Times are told by their distance from the reading's
//! time stamp, which mostly is the same for all; each text stands once.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use metering_model::{DetailsIndex, ReadingDetails, TimeStamp};

use super::block::Stored;
use super::codec::{Bytes, Damaged, pack_column, put_varint, unpack_column};

/// How many bytes the different texts of a block take at the most: what one request may bring.
pub(crate) const MAX_TEXT: usize = 16 << 20;

/// The members that hold an instant, each with its bit. One way to a member serves writing and reading,
/// and so wants it mutable.
const TIMES: [(i64, TimeOf); 3] =
    [(1, |it| &mut it.reported), (2, |it| &mut it.time_period.start), (4, |it| &mut it.time_period.end)];
/// The members that hold a text, each with its bit.
const TEXTS: [(i64, TextOf); 3] = [(8, |it| &mut it.source), (16, |it| &mut it.reason), (32, |it| &mut it.comment)];
const ALL_BITS: i64 = 63;

type TimeOf = fn(&mut ReadingDetails) -> &mut Option<TimeStamp>;
type TextOf = fn(&mut ReadingDetails) -> &mut Option<Arc<str>>;

/// Whether any of `stored` has details.
pub(crate) fn any(stored: &[Stored]) -> bool {
    stored.iter().any(|it| it.details.is_some())
}

/// Appends the details of `stored`, which are in the table `details`; at least one has some.
pub(crate) fn pack(stored: &[Stored], details: &[ReadingDetails], column: &mut Vec<i64>, out: &mut Vec<u8>) {
    let mut gaps = Vec::new();
    let mut said = Vec::new();
    let mut gap = 0;
    for it in stored {
        match it.details.and_then(|index| details.get(index.place())) {
            Some(one) => {
                gaps.push(std::mem::take(&mut gap));
                said.push((it.time_stamp, one.clone()));
            }
            None => gap += 1,
        }
    }
    put_varint(out, said.len() as u64);
    pack_column(&gaps, out);
    column.clear();
    column.extend(said.iter_mut().map(|(_, one)| members(one)));
    pack_column(column, out);
    for (_, time) in TIMES {
        column.clear();
        column.extend(said.iter_mut().filter_map(|(at, one)| Some((*time(one))?.micros() - at.micros())));
        pack_column(column, out);
    }
    // By their columns, so that the numbers of neighbours are near each other.
    let mut numbers: HashMap<Arc<str>, i64> = HashMap::new();
    let mut texts = Vec::new();
    let mut columns = TEXTS.map(|_| Vec::new());
    for ((_, text), column) in TEXTS.iter().zip(&mut columns) {
        for text in said.iter_mut().filter_map(|(_, one)| text(one).clone()) {
            let next = numbers.len() as i64;
            column.push(*numbers.entry(Arc::clone(&text)).or_insert_with(|| {
                texts.push(text);
                next
            }));
        }
    }
    put_varint(out, texts.len() as u64);
    for text in texts {
        put_varint(out, text.len() as u64);
        out.extend_from_slice(text.as_bytes());
    }
    for column in columns {
        pack_column(&column, out);
    }
}

/// The bits of what is said.
fn members(details: &mut ReadingDetails) -> i64 {
    let times = TIMES.iter().filter(|(_, time)| time(details).is_some()).map(|(bit, _)| bit).sum::<i64>();
    times + TEXTS.iter().filter(|(_, text)| text(details).is_some()).map(|(bit, _)| bit).sum::<i64>()
}

/// Reads what [`pack`] wrote of `stored`; the details join the table `details`.
pub(crate) fn unpack(
    bytes: &mut Bytes<'_>,
    stored: &mut [Stored],
    details: &mut Vec<ReadingDetails>,
    column: &mut Vec<i64>,
) -> Result<(), Damaged> {
    const WRONG: Damaged = Damaged("its details are out of range");
    let count = usize::try_from(bytes.varint()?).ok().filter(|count| (1..=stored.len()).contains(count));
    let count = count.ok_or(WRONG)?;
    unpack_column(bytes, count, column)?;
    let mut said = Vec::with_capacity(count);
    let mut next = 0usize;
    for gap in &*column {
        let place = usize::try_from(*gap).ok().and_then(|gap| next.checked_add(gap)).ok_or(WRONG)?;
        let time_stamp = stored.get(place).ok_or(WRONG)?.time_stamp;
        said.push((place, time_stamp, ReadingDetails::default()));
        next = place + 1;
    }
    let mut masks = Vec::new();
    unpack_column(bytes, count, &mut masks)?;
    if masks.iter().any(|mask| !(1..=ALL_BITS).contains(mask)) {
        return Err(WRONG);
    }
    let with = |bit: i64| masks.iter().filter(move |mask| **mask & bit != 0).count();
    for (bit, time) in TIMES {
        unpack_column(bytes, with(bit), column)?;
        let having = said.iter_mut().zip(&masks).filter(|(_, mask)| **mask & bit != 0);
        for (((_, at, one), _), distance) in having.zip(&*column) {
            let micros = at.micros().checked_add(*distance).ok_or(WRONG)?;
            *time(one) = Some(TimeStamp::from_micros(micros).map_err(|_| WRONG)?);
        }
    }
    let texts = read_texts(bytes, TEXTS.map(|(bit, _)| with(bit)).iter().sum())?;
    for (bit, text) in TEXTS {
        unpack_column(bytes, with(bit), column)?;
        let having = said.iter_mut().zip(&masks).filter(|(_, mask)| **mask & bit != 0);
        for (((_, _, one), _), number) in having.zip(&*column) {
            let found = usize::try_from(*number).ok().and_then(|number| texts.get(number)).ok_or(WRONG)?;
            *text(one) = Some(Arc::clone(found));
        }
    }
    for (place, _, one) in said {
        if let Some(it) = stored.get_mut(place) {
            it.details = one.join(details);
        }
    }
    Ok(())
}

/// The texts, of which there are at most `most`.
fn read_texts(bytes: &mut Bytes<'_>, most: usize) -> Result<Vec<Arc<str>>, Damaged> {
    let wrong = Damaged("its texts are out of range");
    let count = usize::try_from(bytes.varint()?).ok().filter(|count| *count <= most).ok_or(wrong)?;
    let mut texts = Vec::new();
    for _ in 0..count {
        let len = usize::try_from(bytes.varint()?).ok().filter(|len| *len > 0).ok_or(wrong)?;
        let text = std::str::from_utf8(bytes.take(len)?).map_err(|_| Damaged("a text in it is not UTF-8"))?;
        texts.push(Arc::from(text));
    }
    Ok(texts)
}

/// The index of what `first` says, together with what only `then` says.
pub(crate) fn joined(
    details: &mut Vec<ReadingDetails>,
    first: Option<DetailsIndex>,
    then: Option<DetailsIndex>,
) -> Option<DetailsIndex> {
    let of = |index: Option<DetailsIndex>| details.get(index?.place());
    let (Some(said), Some(more)) = (of(first), of(then)) else { return first.or(then) };
    match said.or(more) {
        std::borrow::Cow::Borrowed(_) => first,
        std::borrow::Cow::Owned(both) => both.join(details),
    }
}

/// The different texts of a day as more come, held against [`MAX_TEXT`].
#[derive(Debug, Default)]
pub(crate) struct Texts {
    known: HashSet<Arc<str>>,
    bytes: usize,
}

impl Texts {
    /// Those of `stored`.
    pub(crate) fn of(stored: &[Stored], details: &[ReadingDetails]) -> Self {
        let mut it = Self::default();
        for one in stored.iter().filter_map(|it| details.get(it.details?.place())) {
            it.add(one);
        }
        it
    }

    /// Whether there is room for the texts of `details`; then they are among those known.
    pub(crate) fn fit(&mut self, details: &ReadingDetails) -> bool {
        let new = |text: &&Arc<str>| !self.known.contains(*text);
        let more: usize = texts(details).filter(new).map(|text| text.len()).sum();
        let room = self.bytes.saturating_add(more) <= MAX_TEXT;
        if room {
            self.add(details);
        }
        room
    }

    fn add(&mut self, details: &ReadingDetails) {
        for text in texts(details) {
            if !self.known.contains(text) {
                self.bytes += text.len();
                self.known.insert(Arc::clone(text));
            }
        }
    }
}

fn texts(details: &ReadingDetails) -> impl Iterator<Item = &Arc<str>> {
    [&details.source, &details.reason, &details.comment].into_iter().flatten()
}

#[cfg(test)]
mod tests;
