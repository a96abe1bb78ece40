//! Numbers and instants out, appended to a buffer, as JSON and XML both spell them.

use metering_model::{Decimal, TimeStamp};

/// Appends a whole number.
pub(crate) fn integer(number: i64, out: &mut Vec<u8>) {
    if number < 0 {
        out.push(b'-');
    }
    padded(number.unsigned_abs(), 1, out);
}

/// Appends a number of at least `least` digits, with zeros in front.
fn padded(mut number: u64, least: usize, out: &mut Vec<u8>) {
    let mut digits = [b'0'; 20];
    let mut at = digits.len();
    while let Some(digit) = at.checked_sub(1).and_then(|before| digits.get_mut(before)) {
        *digit = b'0' + u8::try_from(number % 10).unwrap_or_default();
        at -= 1;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    let start = at.min(digits.len().saturating_sub(least));
    out.extend_from_slice(digits.get(start..).unwrap_or_default());
}

/// Appends a decimal with the digits it was written with.
pub(crate) fn decimal(number: Decimal, out: &mut Vec<u8>) {
    if number.digits() < 0 {
        out.push(b'-');
    }
    let places = usize::from(number.scale().places());
    padded(number.digits().unsigned_abs(), places + 1, out);
    if places > 0 {
        out.insert(out.len() - places, b'.');
    }
}

/// Appends an instant in UTC: whole seconds, or the thousandths or millionths there are.
pub(crate) fn time(instant: TimeStamp, out: &mut Vec<u8>) {
    const DAY: i64 = 86_400_000_000;
    let (days, micros) = (instant.micros().div_euclid(DAY), instant.micros().rem_euclid(DAY).unsigned_abs());
    let (year, month, day) = date(days);
    let (seconds, fraction) = (micros / 1_000_000, micros % 1_000_000);
    // None of these numbers has more than two digits.
    let digits = |number: u64| [b'0' + (number / 10 % 10) as u8, b'0' + (number % 10) as u8];
    let ([y1, y2], [y3, y4], [m1, m2], [d1, d2]) = (digits(year / 100), digits(year), digits(month), digits(day));
    let ([h1, h2], [n1, n2], [s1, s2]) = (digits(seconds / 3600), digits(seconds / 60 % 60), digits(seconds % 60));
    out.extend_from_slice(&[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', n1, n2, b':', s1, s2]);
    if fraction > 0 {
        out.push(b'.');
        if fraction % 1_000 == 0 { padded(fraction / 1_000, 3, out) } else { padded(fraction, 6, out) }
    }
    out.extend_from_slice(b"Z");
}

/// Year, month and day of the day `days` after 1970-01-01, in the Gregorian calendar.
///
/// Counted in years that begin in March, so that the leap day is the last one.
fn date(days: i64) -> (u64, u64, u64) {
    // No time stamp lies before the year 1, so nothing below 0 is cut off here.
    let since_march_0 = days.saturating_add(719_468).unsigned_abs();
    let (era, day_of_era) = (since_march_0 / 146_097, since_march_0 % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}
