//! Lengths of time on the command line: `90d`, `24h`, `30m`.

use std::str::FromStr;

/// A length of time in whole seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lasting(pub(super) i64);

impl FromStr for Lasting {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "a number with m (minutes), h (hours) or d (days) behind it, such as 90d";
        let unit = match text.chars().last() {
            Some('m') => 60,
            Some('h') => 3600,
            Some('d') => 24 * 3600,
            _ => return Err(WRONG),
        };
        let number: u32 = text[..text.len() - 1].parse().map_err(|_| WRONG)?;
        Ok(Self(i64::from(number) * unit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_has_a_unit() {
        assert_eq!("90d".parse(), Ok(Lasting(90 * 86_400)));
        assert_eq!("0m".parse(), Ok(Lasting(0)));
        for wrong in ["", "90", "d", "-1h", "1.5h", "1w", "é"] {
            assert!(wrong.parse::<Lasting>().is_err(), "{wrong}");
        }
    }
}
