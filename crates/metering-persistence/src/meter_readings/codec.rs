//! Columns of whole numbers, packed into few bytes.
//!
//! A column is written in the one of five ways that takes the fewest bytes, and says which by its
//! first byte. Everything a block holds is such a column (docs/block-format.md).

/// Bytes that no packing makes, and what is wrong with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Damaged(pub(crate) &'static str);

const CONSTANT: u8 = 0;
const RUNS: u8 = 1;
const DELTAS: u8 = 2;
const PACKED: u8 = 3;
const PACKED_DELTAS: u8 = 4;

/// Signed to unsigned, so that numbers near zero are small whatever their sign.
fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

/// How many bytes [`put_varint`] takes.
fn varint_len(number: u64) -> usize {
    (70 - (number | 1).leading_zeros() as usize) / 7
}

/// Seven bits a byte, lowest first; the high bit says that more follow.
pub(crate) fn put_varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// What is left of a block to read.
#[derive(Debug)]
pub(crate) struct Bytes<'a>(pub(crate) &'a [u8]);

impl<'a> Bytes<'a> {
    pub(crate) fn byte(&mut self) -> Result<u8, Damaged> {
        let (first, rest) = self.0.split_first().ok_or(Damaged("it ends too early"))?;
        self.0 = rest;
        Ok(*first)
    }

    pub(crate) fn take(&mut self, bytes: usize) -> Result<&'a [u8], Damaged> {
        let (taken, rest) = self.0.split_at_checked(bytes).ok_or(Damaged("it ends too early"))?;
        self.0 = rest;
        Ok(taken)
    }

    pub(crate) fn varint(&mut self) -> Result<u64, Damaged> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            if shift == 63 && byte > 1 {
                break;
            }
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Damaged("a number in it is too long"))
    }

    fn zigzag(&mut self) -> Result<i64, Damaged> {
        self.varint().map(unzigzag)
    }
}

/// What decides how a column is written.
struct Measure {
    least: i64,
    most: i64,
    least_step: i64,
    most_step: i64,
    runs: usize,
    deltas: usize,
}

impl Measure {
    fn of(first: i64, rest: &[i64]) -> Self {
        let mut it = Self {
            least: first,
            most: first,
            least_step: i64::MAX,
            most_step: i64::MIN,
            runs: varint_len(zigzag(first)),
            deltas: varint_len(zigzag(first)),
        };
        let (mut before, mut run) = (first, 0u64);
        for &number in rest {
            let step = number.wrapping_sub(before);
            let len = varint_len(zigzag(step));
            it.least = it.least.min(number);
            it.most = it.most.max(number);
            it.least_step = it.least_step.min(step);
            it.most_step = it.most_step.max(step);
            it.deltas += len;
            if step == 0 {
                run += 1;
            } else {
                it.runs += varint_len(run) + len;
                run = 0;
            }
            before = number;
        }
        it.runs += varint_len(run);
        it
    }
}

/// How many bits hold every number from `least` to `most`, counted from `least`.
fn width(least: i64, most: i64) -> u32 {
    64 - most.wrapping_sub(least).cast_unsigned().leading_zeros()
}

fn packed_bytes(numbers: usize, width: u32) -> usize {
    (numbers * width as usize).div_ceil(8)
}

/// Appends `numbers`; how many there are is written elsewhere. No number takes no byte.
pub(crate) fn pack_column(numbers: &[i64], out: &mut Vec<u8>) {
    let Some((&first, rest)) = numbers.split_first() else { return };
    if rest.iter().all(|number| *number == first) {
        out.push(CONSTANT);
        put_varint(out, zigzag(first));
        return;
    }
    let measure = Measure::of(first, rest);
    let (wide, step_wide) = (width(measure.least, measure.most), width(measure.least_step, measure.most_step));
    let packed = varint_len(zigzag(measure.least)) + 1 + packed_bytes(numbers.len(), wide);
    let packed_deltas =
        varint_len(zigzag(first)) + varint_len(zigzag(measure.least_step)) + 1 + packed_bytes(rest.len(), step_wide);
    let smallest = measure.runs.min(measure.deltas).min(packed).min(packed_deltas);
    if smallest == measure.runs {
        out.push(RUNS);
        pack_runs(first, rest, out);
    } else if smallest == packed {
        out.push(PACKED);
        put_varint(out, zigzag(measure.least));
        pack_bits(numbers.iter().map(|number| number.wrapping_sub(measure.least)), wide, out);
    } else if smallest == packed_deltas {
        out.push(PACKED_DELTAS);
        put_varint(out, zigzag(first));
        put_varint(out, zigzag(measure.least_step));
        let steps = rest.iter().zip(numbers).map(|(number, before)| number.wrapping_sub(*before));
        pack_bits(steps.map(|step| step.wrapping_sub(measure.least_step)), step_wide, out);
    } else {
        out.push(DELTAS);
        put_varint(out, zigzag(first));
        for (number, before) in rest.iter().zip(numbers) {
            put_varint(out, zigzag(number.wrapping_sub(*before)));
        }
    }
}

fn pack_runs(first: i64, rest: &[i64], out: &mut Vec<u8>) {
    put_varint(out, zigzag(first));
    let (mut before, mut run) = (first, 0u64);
    for &number in rest {
        if number == before {
            run += 1;
            continue;
        }
        put_varint(out, run);
        put_varint(out, zigzag(number.wrapping_sub(before)));
        (before, run) = (number, 0);
    }
    put_varint(out, run);
}

fn pack_bits(numbers: impl Iterator<Item = i64>, width: u32, out: &mut Vec<u8>) {
    out.push(width as u8);
    let (mut held, mut bits) = (0u128, 0u32);
    for number in numbers {
        held |= u128::from(number.cast_unsigned()) << bits;
        bits += width;
        while bits >= 64 {
            out.extend_from_slice(&(held as u64).to_le_bytes());
            held >>= 64;
            bits -= 64;
        }
    }
    let last = held.to_le_bytes();
    out.extend_from_slice(last.get(..bits.div_ceil(8) as usize).unwrap_or(&last));
}

/// Reads a column of `count` numbers into `out`, whatever was there before.
pub(crate) fn unpack_column(bytes: &mut Bytes<'_>, count: usize, out: &mut Vec<i64>) -> Result<(), Damaged> {
    out.clear();
    if count == 0 {
        return Ok(());
    }
    match bytes.byte()? {
        CONSTANT => out.resize(count, bytes.zigzag()?),
        RUNS => {
            let mut number = bytes.zigzag()?;
            loop {
                let more = usize::try_from(bytes.varint()?).unwrap_or(usize::MAX);
                if more >= count - out.len() {
                    return Err(Damaged("a run in it is too long"));
                }
                out.resize(out.len() + more + 1, number);
                if out.len() == count {
                    break;
                }
                number = number.wrapping_add(bytes.zigzag()?);
            }
        }
        DELTAS => {
            // Each number takes a byte at least: damage cannot make a large buffer.
            if count > bytes.0.len() {
                return Err(Damaged("it ends too early"));
            }
            out.reserve(count);
            let mut number = 0i64;
            for _ in 0..count {
                number = number.wrapping_add(bytes.zigzag()?);
                out.push(number);
            }
        }
        PACKED => {
            let least = bytes.zigzag()?;
            unpack_bits(bytes, count, out)?;
            for number in out.iter_mut() {
                *number = number.wrapping_add(least);
            }
        }
        PACKED_DELTAS => {
            let first = bytes.zigzag()?;
            let least_step = bytes.zigzag()?;
            out.push(first);
            unpack_bits(bytes, count - 1, out)?;
            let mut before = first;
            for number in out.iter_mut().skip(1) {
                before = before.wrapping_add(*number).wrapping_add(least_step);
                *number = before;
            }
        }
        _ => return Err(Damaged("a column in it is packed in an unknown way")),
    }
    Ok(())
}

/// Appends `count` numbers to `out`.
fn unpack_bits(bytes: &mut Bytes<'_>, count: usize, out: &mut Vec<i64>) -> Result<(), Damaged> {
    let width = u32::from(bytes.byte()?);
    if width > 64 {
        return Err(Damaged("a number in it has more than 64 bits"));
    }
    let mask = u64::MAX.checked_shr(64 - width).unwrap_or(0);
    let packed = bytes.take(packed_bytes(count, width))?;
    let mut words = packed.chunks(8);
    let (mut held, mut bits) = (0u128, 0u32);
    out.reserve(count);
    for _ in 0..count {
        if bits < width {
            let mut word = [0; 8];
            let chunk = words.next().unwrap_or_default();
            word.get_mut(..chunk.len()).unwrap_or_default().copy_from_slice(chunk);
            held |= u128::from(u64::from_le_bytes(word)) << bits;
            bits += 64;
        }
        out.push((held as u64 & mask).cast_signed());
        held >>= width;
        bits -= width;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn packed(numbers: &[i64]) -> Vec<u8> {
        let mut out = Vec::new();
        pack_column(numbers, &mut out);
        out
    }

    fn unpacked(bytes: &[u8], count: usize) -> Result<Vec<i64>, Damaged> {
        let (mut bytes, mut out) = (Bytes(bytes), Vec::new());
        unpack_column(&mut bytes, count, &mut out)?;
        if bytes.0.is_empty() { Ok(out) } else { Err(Damaged("bytes are left")) }
    }

    #[test]
    fn the_shortest_way_is_taken() {
        assert_eq!(packed(&[7; 96]), [CONSTANT, 14]);
        assert_eq!(packed(&[1, 1, 1, 1, 2, 2, 2, 2, 2])[0], RUNS);
        assert_eq!(packed(&[3, 0, 2, 1, 3, 0, 2, 1])[0], PACKED);
        assert_eq!(packed(&[1000, 1010, 1023, 1031, 1044, 1052, 1061, 1075])[0], PACKED_DELTAS);
        assert_eq!(packed(&[5_000, 5_001, 5_000, 9_900_000, 9_900_001])[0], DELTAS);
    }

    #[test]
    fn the_ends_of_the_range_come_back() {
        for numbers in [vec![i64::MIN, i64::MAX], vec![i64::MAX, i64::MIN, 0, -1, 1], vec![0], vec![]] {
            assert_eq!(unpacked(&packed(&numbers), numbers.len()), Ok(numbers));
        }
    }

    #[test]
    fn a_count_beyond_the_bytes_is_damage_and_no_large_buffer() {
        for tag in [DELTAS, PACKED, PACKED_DELTAS] {
            assert!(unpacked(&[tag, 2, 2, 64, 1, 2, 3], 1 << 40).is_err());
        }
        assert!(unpacked(&[RUNS, 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1], 5).is_err());
    }

    proptest! {
        #[test]
        fn a_column_comes_back(numbers in proptest::collection::vec(any::<i64>(), 0..200)) {
            prop_assert_eq!(unpacked(&packed(&numbers), numbers.len()), Ok(numbers));
        }

        #[test]
        fn a_column_of_near_numbers_comes_back(
            base in any::<i64>(),
            steps in proptest::collection::vec(-300i64..300, 0..200),
            repeat in 1usize..5,
        ) {
            let mut at = base;
            let numbers: Vec<i64> = steps.iter().flat_map(|step| { at = at.wrapping_add(*step); vec![at; repeat] }).collect();
            prop_assert_eq!(unpacked(&packed(&numbers), numbers.len()), Ok(numbers));
        }

        #[test]
        fn any_bytes_are_numbers_or_damage(bytes in proptest::collection::vec(any::<u8>(), 0..80), count in 0usize..100) {
            let _ = unpacked(&bytes, count);
        }
    }
}
