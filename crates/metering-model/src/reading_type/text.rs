//! The 18 parts as text: one loop over the bytes each way.

use std::fmt;
use std::str::FromStr;

use super::{ReadingType, ReadingTypeError};
use crate::Excerpt;

/// The place of the multiplier, the only part that may be negative, counted from 0.
const MULTIPLIER: usize = 15;

/// The longest text: seventeen numbers of five digits, `-128`, and the points between them.
const LONGEST: usize = 17 * 5 + 4 + 17;

impl FromStr for ReadingType {
    type Err = ReadingTypeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut rest = text.as_bytes();
        let mut codes = [0i32; 18];
        for (place, code) in codes.iter_mut().enumerate() {
            // Most parts are one digit.
            if let [digit @ b'0'..=b'9', b'.', behind @ ..] = rest
                && place < 17
            {
                *code = i32::from(digit - b'0');
                rest = behind;
                continue;
            }
            let start = text.len() - rest.len();
            let negative = place == MULTIPLIER && rest.first() == Some(&b'-');
            if negative {
                rest = &rest[1..];
            }
            let first = rest.first();
            let (mut value, mut count) = (0i32, 0);
            while let [digit @ b'0'..=b'9', behind @ ..] = rest {
                if count == 5 {
                    return Err(wrong(text, place, start));
                }
                value = value * 10 + i32::from(digit - b'0');
                count += 1;
                rest = behind;
            }
            // One spelling for each number: no zeros in front, no `-0`.
            let is_plain = match count {
                0 => false,
                1 => !negative || value != 0,
                _ => first != Some(&b'0'),
            };
            if negative {
                value = -value;
            }
            let fits = if place == MULTIPLIER { i8::try_from(value).is_ok() } else { value <= 65_535 };
            if !(is_plain && fits) {
                return Err(wrong(text, place, start));
            }
            *code = value;
            match rest {
                [b'.', behind @ ..] if place < 17 => rest = behind,
                [] if place < 17 => return Err(ReadingTypeError::Parts(place + 1)),
                [] => {}
                [b'.', ..] => return Err(ReadingTypeError::Parts(text.split('.').count())),
                _ => return Err(wrong(text, place, start)),
            }
        }
        Ok(Self::from_codes(codes))
    }
}

/// The fault of the part at this place, counted from 0, which begins at `start`.
#[cold]
fn wrong(text: &str, place: usize, start: usize) -> ReadingTypeError {
    let part = text.get(start..).and_then(|rest| rest.split('.').next()).unwrap_or_default();
    ReadingTypeError::Part { part: place + 1, text: Excerpt(part).to_string() }
}

impl fmt::Display for ReadingType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = [b'.'; LONGEST];
        let mut end = 0;
        for (place, code) in self.codes().into_iter().enumerate() {
            end += usize::from(place > 0);
            if code < 0 {
                bytes[end] = b'-';
                end += 1;
            }
            let mut rest = code.unsigned_abs();
            let digits = match rest {
                0..10 => 1,
                10..100 => 2,
                100..1_000 => 3,
                1_000..10_000 => 4,
                _ => 5,
            };
            for byte in bytes[end..end + digits].iter_mut().rev() {
                // A digit is less than ten.
                *byte = b'0' + (rest % 10) as u8;
                rest /= 10;
            }
            end += digits;
        }
        // Only what was written above: digits, points and a minus.
        f.pad(std::str::from_utf8(&bytes[..end]).map_err(|_| fmt::Error)?)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use allocation_counter::measure;
    use proptest::prelude::*;

    use super::*;

    fn error(text: &str) -> String {
        text.parse::<ReadingType>().unwrap_err().to_string()
    }

    const QUARTER_HOURS: &str = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0";
    const LARGEST: &str =
        "65535.65535.65535.65535.65535.65535.65535.65535.65535.65535.65535.65535.65535.65535.65535.-128.65535.65535";

    #[test]
    fn printing_and_parsing_are_inverse_and_unlisted_codes_survive() {
        assert_eq!(LARGEST.len(), LONGEST);
        for text in [
            QUARTER_HOURS,
            "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0",
            "65535.1.2.3.4.5.6.7.8.9.10.11.12.13.14.-128.16.17",
            "10.100.1000.10000.9.99.999.9999.0.0.0.0.0.0.0.127.0.0",
            LARGEST,
        ] {
            assert_eq!(text.parse::<ReadingType>().unwrap().to_string(), text);
        }
        let padded = format!("{:<40}|{:>40}", ReadingType::NONE, ReadingType::NONE);
        assert_eq!(padded, format!("{:<40}|{:>40}", ReadingType::NONE.to_string(), ReadingType::NONE.to_string()));
    }

    #[test]
    fn nothing_is_allocated_but_the_result() {
        for text in [QUARTER_HOURS, LARGEST] {
            let mut code = ReadingType::NONE;
            assert_eq!(measure(|| code = text.parse().unwrap()).count_total, 0);
            let mut buffer = String::with_capacity(LONGEST);
            assert_eq!(measure(|| write!(buffer, "{code}").unwrap()).count_total, 0);
            assert_eq!(buffer, text);
            assert_eq!(measure(|| buffer = code.to_string()).count_total, 1);
        }
    }

    /// How the parts are to be read, said in another way.
    fn slowly(text: &str) -> Option<[i32; 18]> {
        let plain = |part: &str| part.parse::<i32>().ok().filter(|it| it.to_string() == part);
        let numbers = text.split('.').map(plain).collect::<Option<Vec<_>>>()?;
        let numbers: [i32; 18] = numbers.try_into().ok()?;
        let range = |place| if place == MULTIPLIER { -128..=127 } else { 0..=65_535 };
        numbers.iter().enumerate().all(|(place, it)| range(place).contains(it)).then_some(numbers)
    }

    proptest! {
        #[test]
        fn any_eighteen_numbers_come_back(codes in any::<[u16; 17]>(), multiplier in any::<i8>()) {
            let mut numbers = codes.map(i32::from).to_vec();
            numbers.insert(MULTIPLIER, multiplier.into());
            let code = ReadingType::from_codes(numbers.clone().try_into().unwrap());
            prop_assert_eq!(code.codes().to_vec(), numbers);
            prop_assert_eq!(code.to_string().parse(), Ok(code));
        }

        #[test]
        fn what_is_read_is_what_stands_there(text in "(-?(0|1|12|00|0[1-9]|6553[56]|12[78]|129|99999|100000)?\\.){15,18}(3|72)?") {
            prop_assert_eq!(text.parse::<ReadingType>().ok().map(|code| code.codes()), slowly(&text));
        }

        #[test]
        fn no_text_makes_any_code_panic(text in ".*", near in "([-0-9]{0,6}\\.){0,19}.{0,3}") {
            for text in [text, near] {
                prop_assert_eq!(text.parse::<ReadingType>().ok().map(|code| code.codes()), slowly(&text));
                let _ = text.parse::<ReadingType>().map_err(|error| error.to_string());
                let _ = text.parse::<crate::ReadingQualityType>();
                let _ = text.parse::<crate::EndDeviceEventType>();
                let _ = text.parse::<crate::ControlDuration>();
            }
        }
    }

    #[test]
    fn errors_count_parts_as_the_standard_does() {
        assert_eq!(error("0.0.2"), "a reading type has 18 parts separated by points, this one has 3");
        assert_eq!(
            error("0.0.2.4.1.1.kWh.0.0.0.0.0.0.0.0.3.72.0"),
            "part 7 of the reading type (measurementKind) must be a number from 0 to 65535, not `kWh`"
        );
        assert_eq!(
            error("0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.200.72.0"),
            "part 16 of the reading type (multiplier) must be a number from -128 to 127, not `200`"
        );
        assert_eq!(
            error("0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0x"),
            "part 18 of the reading type (currency) must be a number from 0 to 65535, not `0x`"
        );
        assert_eq!(
            error("0.0.2é4.1"),
            "part 3 of the reading type (measuringPeriod) must be a number from 0 to 65535, not `2é4`"
        );
        assert!(error("").ends_with("(macroPeriod) must be a number from 0 to 65535, not ``"));
        assert!(error("0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0.1").ends_with("has 19"));
        assert!(error("0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0.x..").ends_with("has 21"));
        for text in ["00.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0", "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.-0.72.0"] {
            assert!(text.parse::<ReadingType>().is_err(), "{text:?}");
        }
    }
}
