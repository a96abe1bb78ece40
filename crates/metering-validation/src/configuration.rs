//! The rules of the four configurations.

use std::collections::HashMap;

use metering_model::{
    ComFunction, Configuration, Configurations, ConnectDisconnectFunction, Installation, MeterMultiplier, Name,
    Register, Violation, ViolationCode,
};

use crate::{Facts, Valid, by_item, shape};

mod identity;
#[cfg(test)]
mod tests;

/// Most characters of a text that is a name, a number or an address.
const SHORT: usize = 255;
/// Most characters of a text that people write to people.
const LONG: usize = 4096;
/// The fields with such a text.
const LONG_FIELDS: &[&str] = &["serviceDeliveryRemark", "address", "serviceLocation"];
/// Most entries of any list in an object.
const ENTRIES: usize = 1000;
/// Digits a register shows at the most: as many as an exact value can have.
const DIGITS: u32 = 18;
/// Places behind the point at the most.
const PLACES: u32 = 12;
/// Minutes from UTC: no place on earth is further.
const MINUTES: i32 = 18 * 60;

/// Takes the objects that break a rule out of `message`, and says which rules, in the order of the
/// items.
pub fn check(
    mut message: Configurations,
    _facts: &Facts,
    violations: &mut Vec<Violation>,
    _warnings: &mut Vec<Violation>,
) -> Valid<Configurations> {
    let before = identity::duplicates(&message);
    message.items.retain(|(item, configuration)| {
        let mut rules = Rules { item: *item, violations, broken: false };
        rules.identity(configuration);
        if let Some((field, earlier)) = before.get(item) {
            let detail = format!("item {earlier} is the same {}", configuration.kind().in_words());
            rules.broken(*field, ViolationCode::DuplicateEntry, detail);
        }
        rules.texts(configuration);
        rules.time_zone(configuration);
        match configuration {
            Configuration::EndDevice(it) => {
                rules.offset(it.time_zone_offset);
                rules.names("", &it.names);
                rules.registers(&it.registers);
                rules.com_functions(&it.com_functions);
                rules.switch(it.connect_disconnect_function.as_ref());
                rules.installations(&it.installations);
            }
            Configuration::Meter(it) => {
                rules.offset(it.time_zone_offset);
                rules.names("", &it.names);
                rules.multipliers(&it.multipliers);
                rules.registers(&it.registers);
                rules.com_functions(&it.com_functions);
                rules.switch(it.connect_disconnect_function.as_ref());
                rules.installations(&it.installations);
            }
            Configuration::UsagePoint(it) => {
                rules.names("", &it.names);
                rules.multipliers(&it.multipliers);
            }
            Configuration::ComModule(it) => {
                rules.offset(it.time_zone_offset);
                rules.names("", &it.names);
                rules.com_functions(&it.com_functions);
                rules.entries("deviceIds", it.device_ids.len());
                let mut seen = HashMap::new();
                for (place, id) in it.device_ids.iter().enumerate() {
                    if let Some(first) = seen.insert(id, place) {
                        let detail = format!("the device `{id}` stands at {first} already");
                        rules.broken(format!("deviceIds/{place}"), ViolationCode::DuplicateEntry, detail);
                    }
                }
            }
        }
        !rules.broken
    });
    by_item(violations);
    Valid(message)
}

/// One object being checked.
struct Rules<'v> {
    item: u32,
    violations: &'v mut Vec<Violation>,
    broken: bool,
}

impl Rules<'_> {
    fn broken(
        &mut self,
        field: impl Into<std::borrow::Cow<'static, str>>,
        code: ViolationCode,
        detail: impl Into<String>,
    ) {
        self.violations.push(Violation::new(self.item, field, code, detail));
        self.broken = true;
    }

    fn identity(&mut self, configuration: &Configuration) {
        if configuration.mrid().is_none() && configuration.names().is_empty() {
            let kind = configuration.kind().in_words();
            let detail = format!("this {kind} has neither an mRID nor a name; give `mRID` or `names`");
            self.broken("", ViolationCode::NoIdentity, detail);
        }
    }

    /// Lengths and characters of every text there is. The text itself stays out of the words: it
    /// may be a secret.
    fn texts(&mut self, configuration: &Configuration) {
        configuration.each_text(|field, text| {
            let most = if LONG_FIELDS.contains(&field) { LONG } else { SHORT };
            let shaped = if most == LONG { shape::lines(text) } else { shape::line(text) };
            let detail = if text.trim().is_empty() {
                "is empty; leave it out".to_owned()
            } else if text.len() > most && text.chars().count() > most {
                format!("has at most {most} characters")
            } else if let Err(error) = shaped {
                error.to_string()
            } else {
                return;
            };
            self.broken(field.to_owned(), ViolationCode::InvalidText, detail);
        });
    }

    /// The shape of an IANA name; whether there is such a zone is known where zones are used.
    fn time_zone(&mut self, configuration: &Configuration) {
        let Some(zone) = configuration.time_zone() else { return };
        let part = |part: &str| {
            !part.is_empty() && part.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-' | b'+'))
        };
        let first = zone.bytes().next().is_some_and(|it| it.is_ascii_alphabetic());
        if !(first && zone.len() <= 64 && zone.split('/').all(part)) {
            let detail = "is the IANA name of a time zone, such as Europe/Berlin";
            self.broken("timeZone", ViolationCode::InvalidText, detail);
        }
    }

    fn offset(&mut self, minutes: Option<metering_model::Decimal>) {
        let range = metering_model::Decimal::from(-MINUTES)..=metering_model::Decimal::from(MINUTES);
        if let Some(minutes) = minutes.filter(|it| !range.contains(it)) {
            let detail = format!("is in minutes, from -{MINUTES} to {MINUTES}, not {minutes}");
            self.broken("timeZoneOffset", ViolationCode::OutOfRange, detail);
        }
    }

    fn entries(&mut self, list: &str, there: usize) {
        if there > ENTRIES {
            let detail = format!("has {there} entries; at most {ENTRIES} are allowed");
            self.broken(list.to_owned(), ViolationCode::TooMany, detail);
        }
    }

    /// Names within `within`, which is empty or ends with a `/`.
    fn names(&mut self, within: &str, names: &[Name]) {
        self.entries(&format!("{within}names"), names.len());
        let mut seen = HashMap::new();
        for (place, name) in names.iter().enumerate() {
            if let Some(first) = seen.insert(name, place) {
                let detail = format!("the same name with the same type stands at {first} already");
                self.broken(format!("{within}names/{place}"), ViolationCode::DuplicateEntry, detail);
            }
        }
    }

    fn multipliers(&mut self, multipliers: &[MeterMultiplier]) {
        self.entries("multipliers", multipliers.len());
        let mut seen = HashMap::new();
        for (place, MeterMultiplier { kind, value }) in multipliers.iter().enumerate() {
            if value.is_negative() || *value == metering_model::Decimal::ZERO {
                let detail = format!("a multiplier is greater than 0, not {value}");
                self.broken(format!("multipliers/{place}/value"), ViolationCode::OutOfRange, detail);
            }
            if let Some(first) = seen.insert(kind, place) {
                let detail = format!("{kind} stands at {first} already");
                self.broken(format!("multipliers/{place}/kind"), ViolationCode::DuplicateEntry, detail);
            }
        }
    }

    fn com_functions(&mut self, functions: &[ComFunction]) {
        self.entries("comFunctions", functions.len());
        for (place, it) in functions.iter().enumerate() {
            self.names(&format!("comFunctions/{place}/"), &it.names);
        }
    }

    fn switch(&mut self, switch: Option<&ConnectDisconnectFunction>) {
        if let Some(it) = switch {
            self.names("connectDisconnectFunction/", &it.names);
        }
    }

    fn registers(&mut self, registers: &[Register]) {
        self.entries("registers", registers.len());
        for (place, it) in registers.iter().enumerate() {
            let within = format!("registers/{place}/");
            self.names(&within, &it.names);
            let (left, right) = (it.left_digit_count.unwrap_or(0), it.right_digit_count.unwrap_or(0));
            if it.left_digit_count == Some(0) {
                let detail = "a register has at least one digit before the point";
                self.broken(format!("{within}leftDigitCount"), ViolationCode::OutOfRange, detail);
            }
            if right > PLACES {
                let detail = format!("a register has at most {PLACES} digits behind the point, not {right}");
                self.broken(format!("{within}rightDigitCount"), ViolationCode::OutOfRange, detail);
            }
            if left.saturating_add(right) > DIGITS {
                let detail =
                    format!("a register has at most {DIGITS} digits in all, not {}", left.saturating_add(right));
                self.broken(format!("{within}leftDigitCount"), ViolationCode::OutOfRange, detail);
            }
            self.entries(&format!("{within}channels"), it.channels.len());
            for (channel, it) in it.channels.iter().enumerate() {
                self.names(&format!("{within}channels/{channel}/"), &it.names);
            }
        }
    }

    fn installations(&mut self, installations: &[Installation]) {
        self.entries("installations", installations.len());
        let mut in_time: Vec<(usize, &Installation)> = Vec::with_capacity(installations.len());
        for (place, it) in installations.iter().enumerate() {
            match (it.from, it.to) {
                (Some(from), Some(to)) if to <= from => {
                    let detail = format!("an installation ends after it begins; {to} is not after {from}");
                    self.broken(format!("installations/{place}/to"), ViolationCode::Contradiction, detail);
                }
                _ => in_time.push((place, it)),
            }
        }
        // By their beginnings each can only run into the one that lasted longest so far.
        in_time.sort_by_key(|(place, it)| (it.from, *place));
        let mut longest: Option<(usize, &Installation)> = None;
        for (place, it) in in_time {
            if let Some((earlier, _)) = longest.filter(|(_, earlier)| earlier.overlaps(it)) {
                let (first, second) = (earlier.min(place), earlier.max(place));
                let detail = format!("a device is at one usage point at a time; this overlaps installation {first}");
                self.broken(format!("installations/{second}"), ViolationCode::OverlappingInstallations, detail);
            }
            let lasts_longer = longest.is_none_or(|(_, earlier)| match (earlier.to, it.to) {
                (None, _) => false,
                (_, None) => true,
                (Some(earlier), Some(it)) => it > earlier,
            });
            if lasts_longer {
                longest = Some((place, it));
            }
        }
    }
}
