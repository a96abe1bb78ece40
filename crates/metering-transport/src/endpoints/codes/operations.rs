//! What the operations of codes take and answer.

use metering_messages::json::schema::{self, any_of, reading_type_code, spellings};
use metering_model::words;
use serde_json::{Value, json};

use crate::openapi::{Content, Operation, Tag, object};
use crate::parameters::Parameter;

/// The words of readings, of which a reading type is composed.
pub(super) const COMPOSE: &[Parameter] = &[
    Parameter::one(
        "readingType",
        || any_of([spellings("readingType", words::READING_TYPE_WORDS), reading_type_code()]),
        "intervalData",
        "How it was metered. Absent, where there is an interval: `intervalData`.",
    ),
    Parameter::one(
        "measurement",
        || spellings("measurement", words::MEASUREMENT_WORDS),
        "activeEnergy",
        "What was measured. Absent: what the unit measures.",
    ),
    Parameter::one("unit", || schema::one_of(words::UNIT_WORDS), "kWh", "What the value counts."),
    Parameter::one(
        "multiplier",
        || schema::integer(-128, Some(127)),
        "0",
        "The power of ten beside the unit's prefix. Absent: 0.",
    ),
    Parameter::one("phase", || spellings("phase", words::PHASE_WORDS), "ABC", "The phases."),
    Parameter::one(
        "energyDirection",
        || spellings("energyDirection", words::ENERGY_DIRECTION_WORDS),
        "forward",
        "Which way the energy flows.",
    ),
    Parameter::one(
        "flow",
        || spellings("energyDirection", words::ENERGY_DIRECTION_WORDS),
        "forward",
        "Short for `energyDirection`.",
    ),
    Parameter::one(
        "interval",
        || spellings("interval", words::INTERVAL_WORDS),
        "PT15M",
        "The length of the metering interval.",
    ),
    Parameter::one(
        "timeOfUse",
        || schema::integer(0, Some(65_535)),
        "0",
        "The number of the tariff register. Absent or 0: none.",
    ),
];

/// Lists are searched by a part of a name.
const fn named(example: &'static str) -> Parameter {
    Parameter::one("name", schema::any_line, example, "Those whose explanation or word has this part.")
}

pub(super) const NAMED_EVENTS: &[Parameter] = &[named("outage")];
pub(super) const NAMED_CONTROLS: &[Parameter] = &[named("disconnect")];
pub(super) const NAMED_QUALITIES: &[Parameter] = &[named("estimated")];

/// What can be asked about codes.
pub(in crate::endpoints) fn operations() -> Vec<Operation> {
    let new = |path, id, summary: &'static str| Operation::new("get", path, id, Tag::Codes, summary).about(OPEN);
    let one = |schema| Content::Explanation(schema);
    vec![
        new("/codes", "getCodes", "The kinds of codes").query(&[]).answers(200, "The kinds.", one(kinds())),
        new("/codes/reading-types", "composeReadingType", "The reading type that words stand for")
            .about("The words are those of readings. Without any, the reading types that are well known. Needs no credential.")
            .query(COMPOSE)
            .answers(200, "The reading type; or the list.", one(any_of([reading_type(), list("readingTypes")]))),
        new("/codes/reading-types/{code}", "getReadingType", "What a reading type means")
            .query(&[])
            .segment("The 18 parts with points between them.", READING_TYPE)
            .answers(200, "The explanation.", one(reading_type())),
        new("/codes/event-types", "getEventTypes", "The event types that are well known")
            .query(NAMED_EVENTS)
            .answers(200, "Those that fit.", one(list("eventTypes"))),
        new("/codes/event-types/{code}", "getEventType", "What an event type means")
            .query(&[])
            .segment(FOUR_PARTS, "3.26.0.85")
            .answers(200, "The explanation.", one(four_parts("An event type explained.", "3.26.0.85", "powerOutage"))),
        new("/codes/control-types", "getControlTypes", "The control types that are well known")
            .query(NAMED_CONTROLS)
            .answers(200, "Those that fit.", one(list("controlTypes"))),
        new("/codes/control-types/{code}", "getControlType", "What a control type means")
            .query(&[])
            .segment(FOUR_PARTS, "3.31.0.18")
            .answers(
                200,
                "The explanation.",
                one(four_parts("A control type explained.", "3.31.0.18", "remoteReconnect")),
            ),
        new("/codes/qualities", "getQualities", "The qualities that are listed")
            .query(NAMED_QUALITIES)
            .answers(200, "Those that fit.", one(list("qualities"))),
        new("/codes/qualities/{code}", "getQuality", "What a quality means")
            .query(&[])
            .segment("The 3 parts with points between them, or the API's word.", "3.8.0")
            .answers(200, "The explanation.", one(quality())),
    ]
}

const OPEN: &str = "Needs no credential.";
const FOUR_PARTS: &str = "The 4 parts with points between them, the name in the standard, or the API's word.";
const READING_TYPE: &str = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0";

fn text() -> Value {
    json!({"type": "string"})
}

fn kinds() -> Value {
    let kind = object(
        "A kind of code.",
        &[
            ("kind", text(), "Its name.", json!("reading types")),
            ("about", text(), "What such a code says.", json!("What a reading measures, and how: 18 parts.")),
            ("address", text(), "Where they are listed.", json!("/codes/reading-types")),
        ],
    );
    object("The kinds of codes.", &[("kinds", schema::list(kind, None), "Each once.", json!([]))])
}

fn list(name: &str) -> Value {
    let entry = object(
        "A code in short.",
        &[
            ("address", text(), "Where it is explained.", json!("/codes/event-types/3.26.0.85")),
            ("code", text(), "The code.", json!("3.26.0.85")),
            ("explanation", text(), "What it means.", json!("electric meter: power outage")),
            ("word", word(), "The API's word for it, if there is one.", json!("powerOutage")),
        ],
    );
    object("Codes in short.", &[(name, schema::list(entry, None), "In their order.", json!([]))])
}

fn word() -> Value {
    json!({"type": ["string", "null"]})
}

fn parts() -> Value {
    let part = object(
        "A part of a code.",
        &[
            ("part", schema::integer(1, Some(18)), "Its place, from 1.", json!(3)),
            ("name", text(), "What the place is called.", json!("measuringPeriod")),
            ("code", schema::integer(-128, Some(65_535)), "The number there.", json!(2)),
            ("standardName", text(), "What the standard calls it; of event and control types.", json!("Power")),
            ("meaning", word(), "What it means; `null` where no list has it.", json!("15 minutes")),
            ("listed", schema::boolean(), "Whether a list has it. Absent: the part has no list.", json!(true)),
            ("confirmed", schema::boolean(), "Whether more than one source has it.", json!(true)),
        ],
    );
    schema::list(part, None)
}

fn reading_type() -> Value {
    let words = json!({"type": "object", "additionalProperties": true});
    object(
        "A reading type explained.",
        &[
            ("code", reading_type_code(), "The code.", json!(READING_TYPE)),
            (
                "explanation",
                text(),
                "What it means.",
                json!("15-minute interval, forward active energy (secondary metered), kWh"),
            ),
            ("listed", schema::boolean(), "Whether the lists have all of its parts.", json!(true)),
            ("wellKnown", schema::boolean(), "Whether it is one of those in common use.", json!(true)),
            ("words", words, "It in the words of readings, as far as there are some.", json!({"unit": "kWh"})),
            ("obis", text(), "The OBIS code of the same quantity.", json!("1-0:1.29.0*255")),
            ("noObis", text(), "Why there is no OBIS code.", json!("part 6 (commodity) is not electricity")),
            ("parts", parts(), "The 18 parts.", json!([])),
        ],
    )
}

fn four_parts(meaning: &str, code: &str, word_example: &str) -> Value {
    object(
        meaning,
        &[
            ("code", schema::four_part_code(), "The code.", json!(code)),
            (
                "standardName",
                text(),
                "By the names of the standard; a part that no list has stays its number.",
                json!("ElectricMeter.Power.NA.Outage"),
            ),
            ("explanation", text(), "What it means.", json!("electric meter: power outage")),
            ("wellKnown", schema::boolean(), "Whether a list has the whole code.", json!(true)),
            ("confirmed", schema::boolean(), "Whether more than one source has the whole code.", json!(true)),
            ("word", word(), "The API's word for it.", json!(word_example)),
            ("parts", parts(), "The 4 parts.", json!([])),
        ],
    )
}

fn quality() -> Value {
    object(
        "A quality explained.",
        &[
            ("code", schema::quality_code(), "The code.", json!("3.8.0")),
            ("explanation", text(), "What it means.", json!("meter data management: estimated")),
            ("wellKnown", schema::boolean(), "Whether the whole code is in common use.", json!(true)),
            ("confirmed", schema::boolean(), "Whether more than one source has it.", json!(true)),
            ("explainsNoValue", schema::boolean(), "Whether a reading with it may come without a value.", json!(false)),
            ("word", word(), "The API's word for it.", json!("estimated")),
            ("parts", parts(), "The 3 parts.", json!([])),
        ],
    )
}
