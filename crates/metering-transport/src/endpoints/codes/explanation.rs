//! Codes in the words of the model, part by part.

use metering_model::four_part_code::{self, DeviceType, Domain, EventOrAction, SubDomain};
use metering_model::{
    EndDeviceControlType, EndDeviceEventType, Obis, ReadingQualityType, ReadingType, reading_type, words,
};
use serde_json::{Map, Value, json};

/// A part of a code that has a list.
struct Part {
    name: &'static str,
    code: i32,
    /// What the standard calls it, where its names are known.
    standard_name: Option<&'static str>,
    meaning: Option<&'static str>,
    confirmed: bool,
}

impl Part {
    /// As it is told; parts are counted from 1.
    fn told(&self, number: usize) -> Value {
        let mut told = json!({"part": number, "name": self.name, "code": self.code});
        if let Some(name) = self.standard_name {
            told["standardName"] = name.into();
        }
        told["meaning"] = self.meaning.into();
        told["listed"] = self.meaning.is_some().into();
        told["confirmed"] = self.confirmed.into();
        told
    }
}

/// A reading type explained.
pub(super) fn reading_type(code: &ReadingType) -> Value {
    let described = words::describe(code);
    let mut words = Map::new();
    for (name, word) in [
        ("readingType", described.reading_type),
        ("measurement", described.measurement),
        ("interval", described.interval),
        ("unit", described.unit),
        ("phase", described.phase),
        ("energyDirection", described.energy_direction),
    ] {
        if let Some(word) = word {
            words.insert(name.to_owned(), word.into());
        }
    }
    words.insert("multiplier".to_owned(), described.multiplier.into());
    if let Some(number) = described.time_of_use {
        words.insert("timeOfUse".to_owned(), number.into());
    }
    let mut told = json!({
        "code": code.to_string(),
        "explanation": code.explain().to_string(),
        "listed": code.unlisted_parts().next().is_none(),
        "wellKnown": ReadingType::WELL_KNOWN.contains(code),
        "words": words,
    });
    match Obis::of(code) {
        Ok(obis) => told["obis"] = obis.to_string().into(),
        Err(why) => told["noObis"] = why.to_string().into(),
    }
    told["parts"] = reading_type_parts(code);
    told
}

fn reading_type_parts(code: &ReadingType) -> Value {
    macro_rules! list {
        ($part:expr) => {
            Some(($part.name(), $part.is_confirmed()))
        };
    }
    // Parts 8 to 14 are numbers and have no list.
    let lists: [Option<(Option<&'static str>, bool)>; 18] = [
        list!(code.macro_period),
        list!(code.aggregate),
        list!(code.measuring_period),
        list!(code.accumulation),
        list!(code.flow_direction),
        list!(code.commodity),
        list!(code.measurement_kind),
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        list!(code.phases),
        list!(code.multiplier),
        list!(code.unit),
        list!(code.currency),
    ];
    let parts = reading_type::PART_NAMES.into_iter().zip(code.codes()).zip(lists).enumerate();
    parts
        .map(|(at, ((name, code), list))| match list {
            Some((meaning, confirmed)) => Part { name, code, standard_name: None, meaning, confirmed }.told(at + 1),
            None => json!({"part": at + 1, "name": name, "code": code, "meaning": "a number, which has no list"}),
        })
        .collect()
}

macro_rules! four_part {
    ($($(#[$about:meta])* $explain:ident: $Code:ident, $word:path;)+) => { $(
        $(#[$about])*
        pub(super) fn $explain(code: $Code) -> Value {
            let listed = code.listed();
            let parts = four_parts(code.device_type, code.domain, code.sub_domain, code.event_or_action);
            json!({
                "code": code.to_string(),
                "standardName": code.standard_name().to_string(),
                "explanation": code.explain().to_string(),
                "wellKnown": listed.is_some(),
                "confirmed": listed.is_some_and(|it| it.confirmed),
                "word": $word(code),
                "parts": parts,
            })
        }
    )+ };
}

four_part! {
    /// An event type explained.
    event_type: EndDeviceEventType, words::event_word;
    /// A control type explained.
    control_type: EndDeviceControlType, words::control_word;
}

fn four_parts(device_type: DeviceType, domain: Domain, sub_domain: SubDomain, event_or_action: EventOrAction) -> Value {
    macro_rules! part {
        ($($part:ident),+) => {
            [$((i32::from($part.code()), $part.standard_name(), $part.name(), $part.is_confirmed())),+]
        };
    }
    let parts = part!(device_type, domain, sub_domain, event_or_action);
    let named = four_part_code::PART_NAMES.into_iter().zip(parts).enumerate();
    named
        .map(|(at, (name, (code, standard_name, meaning, confirmed)))| {
            Part { name, code, standard_name, meaning, confirmed }.told(at + 1)
        })
        .collect()
}

/// A quality explained.
pub(super) fn quality(code: ReadingQualityType) -> Value {
    let ReadingQualityType { system, category, index } = code;
    let parts = [
        Part {
            name: "system",
            code: system.code().into(),
            standard_name: None,
            meaning: system.name(),
            confirmed: system.is_confirmed(),
        },
        Part {
            name: "category",
            code: category.code().into(),
            standard_name: None,
            meaning: category.name(),
            confirmed: category.is_confirmed(),
        },
        Part {
            name: "index",
            code: index.into(),
            standard_name: None,
            meaning: code.index_name(),
            confirmed: code.is_confirmed(),
        },
    ];
    json!({
        "code": code.to_string(),
        "explanation": code.explain().to_string(),
        "wellKnown": code.name().is_some(),
        "confirmed": code.is_confirmed(),
        "explainsNoValue": code.explains_no_value(),
        "word": words::quality_word(code),
        "parts": parts.iter().enumerate().map(|(at, part)| part.told(at + 1)).collect::<Value>(),
    })
}

/// A list of codes, each with its explanation and word; of `kind`, and where there is a `part` of a
/// name, those that have it.
pub(super) fn listed(
    kind: &str,
    codes: impl Iterator<Item = (String, String, Option<&'static str>)>,
    part: Option<String>,
) -> Value {
    let has = |text: &str| part.as_deref().is_none_or(|part| text.to_lowercase().contains(part));
    codes
        .filter(|(_, explanation, word)| has(explanation) || word.is_some_and(&has))
        .map(|(code, explanation, word)| {
            json!({"address": format!("/codes/{kind}/{code}"), "code": code, "explanation": explanation, "word": word})
        })
        .collect()
}
