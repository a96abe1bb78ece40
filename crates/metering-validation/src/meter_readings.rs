//! The rules of readings that need the clock, or two fields of an item.

use metering_model::{MeterReadings, Reading, Series, TimeStamp, Violation, ViolationCode};

use crate::{Facts, Valid, by_item, reading_type};

mod details;

/// Takes the readings that break a rule out of `message`, and says which rules.
///
/// `violations` comes in with what the reader of the notation found, and comes out in the order of
/// the items; an item that is named in it is not stored. What is left is sorted by series, time
/// stamp and place in the message, and has only the series that have readings.
///
/// ```
/// use metering_model::{MeterReadings, Qualities, Reading, Series};
/// use metering_validation::{Facts, Rules, meter_readings};
///
/// let mut message = MeterReadings { received: 1, ..MeterReadings::default() };
/// let reading_type = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?;
/// message.series.push(Series { meter: Some("1234LG".parse()?), usage_point: None, reading_type });
/// message.qualities.push(Qualities::good());
/// let time_stamp = "2024-01-15T10:00:00Z".parse()?;
/// message.readings.push(Reading { time_stamp, value: None, series: 0, qualities: 0, details: None, place: 0 });
///
/// let facts = Facts { now: time_stamp, rules: Rules::default() };
/// let (mut violations, mut warnings) = (Vec::new(), Vec::new());
/// let valid = meter_readings::check(message, &facts, &mut violations, &mut warnings);
/// assert!(valid.readings.is_empty());
/// assert_eq!(violations[0].code.as_str(), "value-missing");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn check(
    mut message: MeterReadings,
    facts: &Facts,
    violations: &mut Vec<Violation>,
    warnings: &mut Vec<Violation>,
) -> Valid<MeterReadings> {
    let rejected = rejected_places(violations, message.received);
    let latest = facts.now.plus_seconds(facts.rules.reading_ahead.into());
    let faults: Vec<Option<SeriesFault>> = message.series.iter().map(SeriesFault::of).collect();
    let (series, qualities, all_details) = (&message.series, &message.qualities, &message.details);

    message.readings.retain(|reading| {
        let Reading { time_stamp, value, series: number, qualities: list, details, place } = *reading;
        if rejected.get(place as usize).is_some_and(|rejected| *rejected) {
            return false;
        }
        let found = violations.len();
        if let Some(fault) = faults.get(number as usize).and_then(Option::as_ref) {
            fault.tell(place, violations);
        }
        if value.is_none() && !qualities.get(list as usize).is_some_and(|it| it.explain_no_value()) {
            let detail = "a reading has a value, or a quality that says why it has none, such as `missing`, \
                          `rejected`, `skippedInterval` or `powerFail`";
            violations.push(Violation::new(place, "value", ViolationCode::ValueMissing, detail));
        }
        if time_stamp > latest {
            violations.push(in_the_future(place, time_stamp, latest));
        }
        let details = details.and_then(|index| all_details.get(index.place()));
        if let Some(details) = details {
            details::check(place, details, violations);
        }
        let good = violations.len() == found && (number as usize) < series.len();
        if good && time_stamp.is_without_clock() {
            let detail = format!("{time_stamp} is the time of a meter without a clock; stored, and left out of sums");
            warnings.push(Violation::new(place, "readingDateTime", ViolationCode::NoClock, detail));
        }
        if let (true, Some(details), Some(series)) = (good, details, series.get(number as usize)) {
            details::advise(place, time_stamp, &series.reading_type, details, warnings);
        }
        good
    });

    keep_used_series(&mut message);
    // The place makes every key another, so that no buffer is needed to keep the order of equals.
    message.readings.sort_unstable_by_key(|it| (it.series, it.time_stamp, it.place));
    by_item(violations);
    by_item(warnings);
    Valid(message)
}

/// Which items are named in `violations`; empty where none is.
fn rejected_places(violations: &[Violation], received: u32) -> Vec<bool> {
    let mut rejected = if violations.is_empty() { Vec::new() } else { vec![false; received as usize] };
    for violation in violations {
        if let Some(place) = rejected.get_mut(violation.at.item as usize) {
            *place = true;
        }
    }
    rejected
}

fn in_the_future(place: u32, time_stamp: TimeStamp, latest: TimeStamp) -> Violation {
    let detail = format!(
        "{time_stamp} lies ahead; by this server's clock nothing after {latest} is taken now. A time stamp is the end of \
         an interval that has passed"
    );
    Violation::new(place, "readingDateTime", ViolationCode::InTheFuture, detail)
}

/// What is wrong with a series is wrong with each of its readings.
struct SeriesFault {
    nameless: bool,
    contradiction: Option<(ViolationCode, String)>,
}

impl SeriesFault {
    fn of(series: &Series) -> Option<Self> {
        let nameless = series.meter.is_none() && series.usage_point.is_none();
        let contradiction = reading_type::contradiction(&series.reading_type);
        (nameless || contradiction.is_some()).then_some(Self { nameless, contradiction })
    }

    fn tell(&self, place: u32, violations: &mut Vec<Violation>) {
        if self.nameless {
            let detail = "a reading names its meter (meterId) or its usage point (usagePointId)";
            violations.push(Violation::new(place, "meterId", ViolationCode::NoMeter, detail));
        }
        if let Some((code, detail)) = &self.contradiction {
            violations.push(Violation::new(place, "readingTypeCode", *code, detail.clone()));
        }
    }
}

/// Takes out the series that no reading points to, so that nothing is made for a meter of which
/// nothing is stored.
fn keep_used_series(message: &mut MeterReadings) {
    let MeterReadings { series, readings, .. } = message;
    let mut used = vec![false; series.len()];
    for reading in readings.iter() {
        if let Some(used) = used.get_mut(reading.series as usize) {
            *used = true;
        }
    }
    if used.iter().all(|used| *used) {
        return;
    }
    let counted = used.iter().scan(0u32, |next, used| {
        let number = *next;
        *next += u32::from(*used);
        Some(number)
    });
    let renumbered: Vec<u32> = counted.collect();
    for reading in readings.iter_mut() {
        if let Some(number) = renumbered.get(reading.series as usize) {
            reading.series = *number;
        }
    }
    let mut used = used.into_iter();
    series.retain(|_| used.next().unwrap_or(false));
}

#[cfg(test)]
mod tests {
    use metering_model::Qualities;

    use super::*;
    use crate::Rules;

    const QUARTER_HOURS: &str = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0";
    const NOW: &str = "2024-01-15T12:00:00Z";

    fn series(meter: Option<&str>, usage_point: Option<&str>, code: &str) -> Series {
        Series {
            meter: meter.map(|id| id.parse().unwrap()),
            usage_point: usage_point.map(|id| id.parse().unwrap()),
            reading_type: code.parse().unwrap(),
        }
    }

    /// Lists of one quality each, by their numbers.
    fn qualities() -> Vec<Qualities> {
        let of = |code: &str| Qualities::new([code.parse().unwrap()]);
        ["1.0.0", "2.5.259", "3.7.3", "3.0.1", "3.7.0", "3.8.0", "1.4.4", "1.2.32"].map(of).to_vec()
    }

    fn message(series: Vec<Series>, readings: &[(u32, &str, Option<&str>, u32)]) -> MeterReadings {
        let reading =
            |(place, (series, time_stamp, value, qualities)): (usize, &(u32, &str, Option<&str>, u32))| Reading {
                time_stamp: time_stamp.parse().unwrap(),
                value: value.map(|value| value.parse().unwrap()),
                series: *series,
                qualities: *qualities,
                details: None,
                place: u32::try_from(place).unwrap(),
            };
        MeterReadings {
            series,
            qualities: qualities(),
            details: Vec::new(),
            readings: readings.iter().enumerate().map(reading).collect(),
            received: u32::try_from(readings.len()).unwrap(),
        }
    }

    fn checked(message: MeterReadings) -> (MeterReadings, Vec<String>, Vec<String>) {
        checked_after(message, Vec::new())
    }

    fn checked_after(
        message: MeterReadings,
        mut violations: Vec<Violation>,
    ) -> (MeterReadings, Vec<String>, Vec<String>) {
        let facts = Facts { now: NOW.parse().unwrap(), rules: Rules::default() };
        let mut warnings = Vec::new();
        let valid = check(message, &facts, &mut violations, &mut warnings);
        let told = |all: Vec<Violation>| {
            all.iter().map(|it| format!("{} {} {}", it.at.item, it.at.field, it.code)).collect::<Vec<_>>()
        };
        (valid.into_inner(), told(violations), told(warnings))
    }

    #[test]
    fn readings_are_sorted_by_series_time_and_place() {
        let both = vec![series(Some("a"), None, QUARTER_HOURS), series(Some("b"), None, QUARTER_HOURS)];
        let (t1, t2) = ("2024-01-15T10:00:00Z", "2024-01-15T10:15:00Z");
        let (message, violations, warnings) = checked(message(
            both,
            &[
                (1, t2, Some("1"), 0),
                (0, t2, Some("2"), 0),
                (1, t1, Some("3"), 0),
                (0, t2, Some("4"), 0),
                (0, t1, Some("5"), 0),
            ],
        ));
        assert_eq!((violations.len(), warnings.len()), (0, 0));
        assert_eq!(message.readings.iter().map(|it| it.place).collect::<Vec<_>>(), [4, 1, 3, 2, 0]);
    }

    #[test]
    fn no_value_needs_a_quality_that_says_why() {
        let of = |qualities| (0, "2024-01-15T10:00:00Z", None, qualities);
        let (message, violations, _) =
            checked(message(vec![series(Some("a"), None, QUARTER_HOURS)], &[0, 1, 2, 3, 4, 5, 6, 7].map(of)));
        // Good, validated, edited and estimated are said of a value that there is.
        assert_eq!(violations, [0, 3, 4, 5].map(|item| format!("{item} value value-missing")));
        assert_eq!(message.readings.iter().map(|it| it.place).collect::<Vec<_>>(), [1, 2, 6, 7]);
        assert_eq!(message.received, 8);
    }

    #[test]
    fn a_day_ahead_is_the_most() {
        let of = |time| (0, time, Some("1"), 0);
        let (message, violations, _) = checked(message(
            vec![series(Some("a"), None, QUARTER_HOURS)],
            &[of("2024-01-16T12:00:00Z"), of("2024-01-16T12:00:00.000001Z"), of("9999-12-31T23:59:59Z")],
        ));
        assert_eq!(violations, ["1 readingDateTime in-the-future", "2 readingDateTime in-the-future"]);
        assert_eq!(message.readings.len(), 1);
    }

    #[test]
    fn a_meter_without_a_clock_is_stored_and_marked() {
        let of = |time| (0, time, Some("1"), 0);
        let (message, violations, warnings) = checked(message(
            vec![series(Some("a"), None, QUARTER_HOURS)],
            &[
                of("1971-01-01T00:00:00Z"),
                of("1970-12-31T23:45:00Z"),
                of("1970-01-01T00:00:00Z"),
                of("0001-01-01T00:00:00Z"),
            ],
        ));
        assert_eq!((violations.len(), message.readings.len()), (0, 4));
        assert_eq!(warnings, [1, 2, 3].map(|item| format!("{item} readingDateTime no-clock")));
    }

    #[test]
    fn a_reading_names_a_meter_or_a_usage_point() {
        let of = |series| (series, "2024-01-15T10:00:00Z", Some("1"), 0);
        let all = vec![
            series(None, None, QUARTER_HOURS),
            series(None, Some("up"), QUARTER_HOURS),
            series(Some("m"), None, QUARTER_HOURS),
        ];
        let (message, violations, _) = checked(message(all, &[of(0), of(1), of(2)]));
        assert_eq!(violations, ["0 meterId no-meter"]);
        assert_eq!(message.series.len(), 2);
        let usage_point = &message.series_of(message.readings[0]).usage_point;
        assert_eq!(usage_point.as_ref().unwrap().as_str(), "up");
    }

    #[test]
    fn every_rule_an_item_breaks_is_told_and_items_stay_in_order() {
        let volts = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.0.29.0";
        let all = vec![series(Some("a"), None, QUARTER_HOURS), series(None, None, volts)];
        let message = message(
            all,
            &[
                (0, "2024-01-15T10:00:00Z", None, 0),
                (0, "2024-01-15T10:00:00Z", Some("1"), 0),
                (1, "2999-01-01T00:00:00Z", None, 0),
                (0, "2024-01-15T10:15:00Z", Some("1"), 0),
            ],
        );
        let read = vec![Violation::new(1, "colour", ViolationCode::UnknownField, "")];
        let (message, violations, _) = checked_after(message, read);
        assert_eq!(
            violations,
            [
                "0 value value-missing",
                "1 colour unknown-field",
                "2 meterId no-meter",
                "2 readingTypeCode unit-measurement-mismatch",
                "2 value value-missing",
                "2 readingDateTime in-the-future",
            ]
        );
        assert_eq!(message.readings.iter().map(|it| it.place).collect::<Vec<_>>(), [3]);
        assert_eq!(message.series.len(), 1);
    }

    #[test]
    fn series_without_readings_go_and_the_others_are_renumbered() {
        let all = ["a", "b", "c", "d"].map(|id| series(Some(id), None, QUARTER_HOURS)).to_vec();
        let of = |series, value| (series, "2024-01-15T10:00:00Z", value, 0);
        let (message, ..) = checked(message(all, &[of(3, Some("4")), of(0, None), of(1, Some("2")), of(2, None)]));
        let named: Vec<_> =
            message.readings.iter().map(|it| message.series_of(*it).meter.as_ref().unwrap().to_string()).collect();
        assert_eq!(named, ["b", "d"]);
        assert_eq!(message.series.len(), 2);
    }

    #[test]
    fn details_are_checked_with_their_reading() {
        let of = |time| (0, time, Some("1"), 0);
        let (t1, t2) = ("2024-01-15T10:00:00Z", "2024-01-15T10:15:00Z");
        let mut message = message(vec![series(Some("a"), None, QUARTER_HOURS)], &[of(t2), of(t1), of(t2)]);
        let said = |source: &str, reason: &str| metering_model::ReadingDetails {
            source: Some(source.into()),
            reason: Some(reason.into()),
            ..Default::default()
        };
        let bad = said("\0", "other").join(&mut message.details);
        let good = said("a", "because").join(&mut message.details);
        for (reading, details) in message.readings.iter_mut().zip([bad, good, None]) {
            reading.details = details;
        }
        let (message, violations, warnings) = checked(message);
        assert_eq!(violations, ["0 source invalid-text"]);
        assert_eq!(warnings, ["1 reason unmapped"]);
        let left: Vec<_> = message.readings.iter().map(|it| (it.place, message.details_of(*it).cloned())).collect();
        assert_eq!(left, [(1, Some(said("a", "because"))), (2, None)]);
    }
}
