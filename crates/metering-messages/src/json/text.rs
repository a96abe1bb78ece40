//! JSON out, appended to a buffer: no tree between the values and their text, and nothing allocated
//! but the buffer.

use metering_model::TimeStamp;

use crate::numbers;

pub(crate) use crate::numbers::{decimal, integer};

/// Appends `text` as a JSON string.
pub(crate) fn string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    escaped(text, out);
    out.push(b'"');
}

/// Appends `text` as it stands inside a JSON string; UTF-8 goes as it is.
fn escaped(text: &str, out: &mut Vec<u8>) {
    let mut rest = text.as_bytes();
    while let Some(at) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))
        && let Some((plain, [byte, behind @ ..])) = rest.split_at_checked(at)
    {
        out.extend_from_slice(plain);
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            byte => {
                let hex = |nibble: u8| if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 };
                out.extend_from_slice(b"\\u00");
                out.extend([hex(byte >> 4), hex(byte & 15)]);
            }
        }
        rest = behind;
    }
    out.extend_from_slice(rest);
}

/// Appends an instant as a JSON string in UTC: whole seconds, or the thousandths or millionths there are.
pub(crate) fn time(instant: TimeStamp, out: &mut Vec<u8>) {
    out.push(b'"');
    numbers::time(instant, out);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn texts_read_back_as_they_were() {
        let mut odd = "a\"b\\c\n\r\t/\u{7f} \u{e4}\u{1f600}\u{2028}".to_owned();
        odd.extend((0..0x20u8).map(char::from));
        let json = written(|out| string(&odd, out));
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), odd);
        assert!(json.contains("\\u001f") && json.contains("\\u0000"));
    }

    #[test]
    fn decimals_are_written_as_they_print() {
        for text in ["0", "0.00", "-0.001", "1234.50", "999999999999999999", "-999999999999999999", "0.000000000001"] {
            assert_eq!(written(|out| decimal(text.parse().unwrap(), out)), text);
        }
        assert_eq!(written(|out| integer(i64::MIN, out)), i64::MIN.to_string());
    }

    #[test]
    fn times_are_written_as_they_print() {
        let mut days: Vec<i64> = (-719_162..2_932_896).step_by(97).collect();
        days.extend([0, -1, 11_016, 11_017, 19_782, 19_783]);
        for day in days {
            for micros in [0, 1, 3_600_000_000, 86_399_999_000, 43_200_120_000] {
                let instant = TimeStamp::from_micros(day * 86_400_000_000 + micros).unwrap();
                assert_eq!(written(|out| time(instant, out)), format!("\"{instant}\""));
            }
        }
        for instant in [TimeStamp::MIN, TimeStamp::MAX] {
            assert_eq!(written(|out| time(instant, out)), format!("\"{instant}\""));
        }
    }
}
