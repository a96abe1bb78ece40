//! Whether parts go together, after the tables, and the sentences that say what would.
//!
//! The checks can be made when a program is compiled.

pub(crate) use super::tables::Measurement;
use super::tables::{
    Class, DIRECTIONS, INTERVALS, MEASUREMENTS, METERED, Metered, PHASES, READING_KINDS, ReadingKind, UNITS,
};
use crate::reading_type::{FlowDirection, MeasurementUnit, MeasuringPeriod, Multiplier, Phases};
use crate::words::vocabulary::{Vocabulary, Word, one_of};

/// The parts for a kind of reading of a class of quantities, where there are such readings.
pub(crate) const fn metered(kind: ReadingKind, class: Class) -> Option<&'static Metered> {
    let mut at = 0;
    while at < METERED.len() {
        let row = &METERED[at];
        if row.kind as u8 == kind as u8 && row.class as u8 == class as u8 {
            return Some(row);
        }
        at += 1;
    }
    None
}

/// What is counted in this unit, with its word.
pub(crate) const fn measured_in(unit: MeasurementUnit) -> Option<&'static Word<Measurement>> {
    let mut at = 0;
    while at < MEASUREMENTS.words.len() {
        if MEASUREMENTS.words[at].means.unit.code() == unit.code() {
            return Some(&MEASUREMENTS.words[at]);
        }
        at += 1;
    }
    None
}

/// Makes the search for a code in a table, as there are no traits when a program is compiled.
macro_rules! searches {
    ($( $(#[$about:meta])* $has:ident($($in:ident: $table:ty)?) $list:expr, $it:ident: $Code:ty => $code:expr; )+) => { $(
        $(#[$about])*
        pub(crate) const fn $has($($in: $table,)? wanted: $Code) -> bool {
            let list = $list;
            let mut at = 0;
            while at < list.len() {
                let $it = &list[at];
                if $code.code() == wanted.code() {
                    return true;
                }
                at += 1;
            }
            false
        }
    )+ };
}

searches! {
    /// Whether a measurement is made on these phases.
    has_phases(measurement: &Measurement) measurement.phases, it: Phases => it;
    /// Whether a measurement has this direction.
    has_direction(measurement: &Measurement) measurement.directions, it: FlowDirection => it;
    /// Whether a word says these phases.
    phases_have_a_word() PHASES.words, it: Phases => it.means;
    /// Whether a word says this direction.
    direction_has_a_word() DIRECTIONS.words, it: FlowDirection => it.means;
    /// Whether there is interval data of this length; of none, too.
    is_interval() INTERVALS.words, it: MeasuringPeriod => it.means.measuring_period;
}

/// `V does`, `Wh, kWh or MWh do`.
pub(super) fn do_so(words: &[&str]) -> String {
    format!("{} {}", one_of(words), if words.len() == 1 { "does" } else { "do" })
}

fn words_of<T: PartialEq>(vocabulary: &Vocabulary<T>, meanings: &[T]) -> Vec<&'static str> {
    vocabulary.words.iter().filter(|it| meanings.contains(&it.means)).map(|it| it.word).collect()
}

/// The words of the kinds of reading in these rows.
fn kind_words(of: impl Fn(&Metered) -> bool) -> Vec<&'static str> {
    METERED.iter().filter(|row| of(row)).map(|row| kind_word(row.kind)).collect()
}

fn kind_word(kind: ReadingKind) -> &'static str {
    READING_KINDS.meaning(|it| *it == kind).map_or("it", |it| it.word)
}

/// Why there is no such kind of reading of this measurement.
pub(crate) fn wrong_kind(kind: ReadingKind, measurement: &Word<Measurement>) -> String {
    let right = kind_words(|row| row.class == measurement.means.class);
    format!("{} does not go with {}; {}", kind_word(kind), measurement.word, do_so(&right))
}

/// Why a measurement is not made on the phases of this name.
pub(crate) fn wrong_phases(name: &str, measurement: &Word<Measurement>) -> String {
    let right = words_of(&PHASES, measurement.means.phases);
    format!("phase {name} does not go with {}; {}, or none", measurement.word, do_so(&right))
}

/// Why a measurement does not have the direction of this name.
pub(crate) fn wrong_direction(name: &str, measurement: &Word<Measurement>) -> String {
    let right = words_of(&DIRECTIONS, measurement.means.directions);
    let measured = measurement.word;
    if right.is_empty() {
        format!("{measured} has no direction, so `{name}` does not go with it; leave energyDirection out")
    } else {
        format!("energyDirection {name} does not go with {measured}; {}, or none", do_so(&right))
    }
}

/// Why readings of this kind are not of the period of this name.
pub(crate) fn wrong_period(metered: &Metered, name: &str) -> String {
    let right = kind_words(|row| row.class == metered.class && row.daily);
    format!(
        "{} is for a billing period, so {name} does not go with it; {} go with {name}",
        kind_word(metered.kind),
        one_of(&right)
    )
}

/// Why there is no interval data of the length of this name.
pub(crate) fn wrong_length(name: &str) -> String {
    let right = INTERVALS.words.iter().map(|it| it.means.measuring_period).filter(|it| *it != MeasuringPeriod::NONE);
    let right: Vec<_> = right.filter_map(MeasuringPeriod::name).collect();
    format!("{name} is no length of interval data; {}, or none", do_so(&right))
}

/// Why no code says a unit, which counts `prefix` already, times ten to `power`.
pub(crate) fn wrong_power(unit: &str, prefix: i64, power: i64) -> String {
    let whole = prefix.saturating_add(power);
    let others = || Multiplier::LISTED.iter().map(|it| i64::from(it.code()));
    let around = [others().filter(|it| *it < whole).max(), others().filter(|it| *it > whole).min()];
    let right: Vec<_> = around.into_iter().flatten().map(|it| (it - prefix).to_string()).collect();
    format!(
        "no code of the standard says {unit} times ten to {power}; with this unit {} would be nearest",
        one_of(&right)
    )
}

/// The words of the units that a measurement is counted in.
pub(super) fn units_of(measurement: &Measurement) -> Vec<&'static str> {
    UNITS.words.iter().filter(|it| it.means.unit == measurement.unit).map(|it| it.word).collect()
}
