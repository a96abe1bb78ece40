//! The value and the unit of a control: which go together, and how much is plausible.

use metering_model::quantity::{self, ElectricCurrent, Power};
use metering_model::words::{ReadingWords, compose, control_mode_word, one_of};
use metering_model::{
    ControlKind, ControlMode, ControlValue, Decimal, EndDeviceControl, EndDeviceControlType, Excerpt, Violation,
    ViolationCode,
};

/// What a load control is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LoadUnit {
    Power,
    Current,
    Share,
}

/// The words for them; which mode takes which is in [`words_for`].
const LOAD_UNITS: &[(&str, LoadUnit)] = &[
    ("W", LoadUnit::Power),
    ("kW", LoadUnit::Power),
    ("MW", LoadUnit::Power),
    ("A", LoadUnit::Current),
    ("%", LoadUnit::Share),
];

/// The most a load control may say, beyond what any one device takes.
const MOST_MEGAWATTS: i32 = 1_000;
const MOST_AMPERES: i32 = 100_000;
const MOST_PERCENT: i32 = 100;

/// The value as far as it is text.
pub(super) fn text(value: &ControlValue) -> Option<&str> {
    match value {
        ControlValue::Text(text) => Some(text),
        ControlValue::Number(_) => None,
    }
}

/// Load controls and prices say how much; the others may.
pub(super) fn check(item: u32, control: &EndDeviceControl, violations: &mut Vec<Violation>) {
    let is = |code| control.control_type.means_the_same_as(code);
    let (needed, what) = match control.kind() {
        ControlKind::LoadControl => {
            // One that ends or withdraws a load control says no value.
            let sets = is(EndDeviceControlType::LOAD_CONTROL) || is(EndDeviceControlType::LOAD_CONTROL_START);
            (sets, "a load control")
        }
        ControlKind::Price => (is(EndDeviceControlType::PRICE), "a price signal"),
        ControlKind::Switching | ControlKind::Other => return,
    };
    if !needed && control.value.is_none() {
        return;
    }
    let mut broken = |field, detail| violations.push(Violation::new(item, field, ViolationCode::ControlValue, detail));
    let number = match &control.value {
        None => {
            broken("controlValue", format!("{what} needs a value: a number such as 50"));
            None
        }
        Some(value) => {
            let number = number(value);
            if let Err(detail) = &number {
                broken("controlValue", format!("the value of {what} is a number: {detail}"));
            }
            number.ok()
        }
    };
    let load = control.kind() == ControlKind::LoadControl;
    match control.unit.as_deref() {
        None => {
            let example = if load { words_for(control.mode) } else { "such as EUR/kWh".to_owned() };
            broken("controlUnit", format!("{what} needs a unit: {example}"));
        }
        Some(unit) if load => match unit_of(unit, control.mode) {
            Err(detail) => broken("controlUnit", detail),
            Ok(kind) => {
                if let Some(detail) = number.and_then(|number| implausible(number, unit, kind)) {
                    broken("controlValue", detail);
                }
            }
        },
        Some(_) => {}
    }
}

fn number(value: &ControlValue) -> Result<Decimal, String> {
    match value {
        ControlValue::Number(number) => Ok(*number),
        ControlValue::Text(text) => text.parse::<Decimal>().map_err(|error| error.to_string()),
    }
}

fn takes(mode: ControlMode, unit: LoadUnit) -> bool {
    match mode {
        ControlMode::Limit => unit != LoadUnit::Share,
        ControlMode::ReduceBy => true,
        ControlMode::DutyCycle => unit == LoadUnit::Share,
    }
}

/// The units of `mode` in a list for people.
fn words_for(mode: ControlMode) -> String {
    let words: Vec<_> = LOAD_UNITS.iter().filter(|(_, unit)| takes(mode, *unit)).map(|(word, _)| *word).collect();
    one_of(&words)
}

fn unit_of(word: &str, mode: ControlMode) -> Result<LoadUnit, String> {
    let mode_word = control_mode_word(mode);
    let known = LOAD_UNITS.iter().find(|(known, _)| *known == word).map(|(_, unit)| *unit);
    match known {
        Some(unit) if takes(mode, unit) => Ok(unit),
        Some(_) => Err(format!("{word} does not go with mode {mode_word}; {} does", words_for(mode))),
        None => {
            let shown = Excerpt(word);
            Err(format!("`{shown}` is no unit of a load control with mode {mode_word}; use {}", words_for(mode)))
        }
    }
}

/// Why `number` of the unit with this word cannot be meant.
fn implausible(number: Decimal, unit: &str, kind: LoadUnit) -> Option<String> {
    let (plausible, words) = match kind {
        LoadUnit::Power => {
            (at_most(power(number, unit), power(MOST_MEGAWATTS.into(), "MW")), format!("0 to {MOST_MEGAWATTS} MW"))
        }
        LoadUnit::Current => {
            (at_most(current(number, unit), current(MOST_AMPERES.into(), "A")), format!("0 to {MOST_AMPERES} A"))
        }
        LoadUnit::Share => (number <= Decimal::from(MOST_PERCENT), format!("0 to {MOST_PERCENT} %")),
    };
    (number.is_negative() || !plausible).then(|| format!("{number} {unit} is out of range; the value is {words}"))
}

/// Whether `amount` is there and not beyond `most`; an amount that no unit fits is beyond anything.
fn at_most<T: PartialOrd>(amount: Option<T>, most: Option<T>) -> bool {
    amount.zip(most).is_some_and(|(amount, most)| amount <= most)
}

fn power(number: Decimal, unit: &str) -> Option<Power> {
    quantity::power(number, &compose(&instantaneous(unit), &mut Vec::new())?).ok()
}

fn current(number: Decimal, unit: &str) -> Option<ElectricCurrent> {
    quantity::electric_current(number, &compose(&instantaneous(unit), &mut Vec::new())?).ok()
}

/// The reading that would measure in `unit`, by which the model knows what the word means.
fn instantaneous(unit: &str) -> ReadingWords<'_> {
    ReadingWords { reading_type: Some("instantaneous"), unit: Some(unit), ..ReadingWords::default() }
}
