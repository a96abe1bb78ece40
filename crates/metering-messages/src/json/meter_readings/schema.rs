//! The schemas of readings.

use metering_model::words;
use serde_json::{Value, json};

use crate::Limits;
use crate::json::schema::{
    Field, Object, Schemas, Way, also, any_of, boolean, id, integer, line, lines, list, message, one_of, optional,
    page, quality_code, reading_type_code, reference, required, text, time,
};

/// Qualities of one reading, at the most.
const QUALITIES: usize = crate::meter_readings::QUALITIES;

/// Adds the schemas of this noun.
pub(crate) fn add(limits: &Limits, schemas: &mut Schemas) {
    for way in [Way::Sent, Way::Answered] {
        schemas.add(time_period(way));
    }
    schemas.add_message(sent());
    schemas.add(message("MeterReadings", "readings", "Reading", limits, sent_example()));
    let mut fields = described(Way::Answered);
    fields.extend(measured(Way::Answered));
    fields.extend(said_besides(Way::Answered));
    fields.extend([
        required("revision", integer(1, None), "1 for the first value, one more with each that took its place."),
        optional("current", boolean(), "Whether this revision stands; told where revisions are asked for."),
        required("recordedAt", time(), "When this value counts as recorded: `asOf` this instant shows it."),
        optional("receipt", text(), "The receipt of that request; told where revisions are asked for."),
        optional(
            "storedReadingTypeCode",
            reading_type_code(),
            "The code it is stored under, where `unit` converted it.",
        ),
    ]);
    schemas.add(Object {
        name: "RecordedReading".to_owned(),
        meaning: "A reading as it is stored.".to_owned(),
        way: Way::Answered,
        fields,
        example: answered_example(),
    });
    schemas.add(page("MeterReadingsPage", "readings", "RecordedReading", answered_example()));
    let mut fields = described(Way::Answered);
    fields.extend([
        required("first", time(), "The first time stamp."),
        required("last", time(), "The last time stamp."),
        required("count", integer(0, None), "How many readings there are, revisions not counted."),
    ]);
    schemas.add(Object {
        name: "RecordedSeries".to_owned(),
        meaning: "The readings of one meter or usage point and one reading type.".to_owned(),
        way: Way::Answered,
        fields,
        example: series_example(),
    });
    schemas.add(Object {
        name: "SeriesList".to_owned(),
        meaning: "Series, in the order of meter and reading type.".to_owned(),
        way: Way::Answered,
        fields: vec![required("series", list(reference("RecordedSeries"), None), "Those found.")],
        example: json!({"series": [series_example()]}),
    });
}

fn sent() -> Object {
    let mut fields = described(Way::Sent);
    fields.extend(measured(Way::Sent));
    fields.extend(said_besides(Way::Sent));
    Object {
        name: "Reading".to_owned(),
        meaning: "One reading. It names a meter or a usage point, and what was measured: by words, of which \
                  `readingType` and `unit` are the least, or by `readingTypeCode`."
            .to_owned(),
        way: Way::Sent,
        fields,
        example: sent_example(),
    }
}

/// Whose reading it is, and of what.
fn described(way: Way) -> Vec<Field> {
    let reading_type = match way {
        Way::Sent => any_of([way.words("readingType", words::READING_TYPE_WORDS), reading_type_code()]),
        Way::Answered => one_of(words::READING_TYPE_WORDS),
    };
    let code = match way {
        Way::Sent => "The 18-part code in place of the words, or agreeing with them.",
        Way::Answered => "The 18-part code.",
    };
    let multiplier = integer(-30, Some(24));
    let multiplier_means = "The power of ten beside the unit: `kWh` with 3 is kWh times 1,000. Absent: 0. Beside a unit with a prefix any \
         other than 0 gives a warning.";
    let mut fields = vec![
        optional("meterId", id(), "The meter: its mRID, or a name that only one object has."),
        optional("usagePointId", id(), "The usage point: its mRID, or a name that only one object has."),
        optional(
            "readingType",
            reading_type,
            format!("How it was metered; as sent also an 18-part code.{}", also("readingType")),
        ),
        optional(
            "measurement",
            way.words("measurement", words::MEASUREMENT_WORDS),
            "What was measured; follows from the unit.",
        ),
        optional(
            "interval",
            way.words("interval", words::INTERVAL_WORDS),
            format!("The length of the metering interval (ISO 8601). Absent: not known.{}", also("interval")),
        ),
        optional("unit", way.words("unit", words::UNIT_WORDS), "The unit of the value."),
    ];
    fields.push(match way {
        Way::Sent => optional("multiplier", multiplier, multiplier_means),
        Way::Answered => required("multiplier", multiplier, multiplier_means),
    });
    fields.extend([
        optional(
            "phase",
            way.words("phase", words::PHASE_WORDS),
            format!("The phases. Absent: none is named.{}", also("phase")),
        ),
        optional(
            "energyDirection",
            way.words("energyDirection", words::ENERGY_DIRECTION_WORDS),
            format!(
                "Which way the energy flows, seen from the network. Absent: none is named.{}",
                also("energyDirection")
            ),
        ),
        optional("timeOfUse", integer(0, Some(65_535)), "The number of the tariff register. Absent or 0: none."),
    ]);
    fields.push(match way {
        Way::Sent => optional("readingTypeCode", reading_type_code(), code),
        Way::Answered => required("readingTypeCode", reading_type_code(), code),
    });
    fields
}

/// When, how much, and how good.
fn measured(way: Way) -> Vec<Field> {
    let word = || any_of([way.words("quality", words::QUALITY_WORDS), quality_code()]);
    let several = list(word(), Some(QUALITIES));
    let quality = any_of([way.words("quality", words::QUALITY_WORDS), quality_code(), several]);
    let mut value = way.decimal();
    let means = "The number, in `unit`: up to 18 significant digits and 12 places, exactly as sent; nothing is rounded. \
                 `null` where the quality says why there is none.";
    let value = match way {
        Way::Sent => optional("value", value, means),
        Way::Answered => {
            value["type"] = json!(["number", "null"]);
            required("value", value, means)
        }
    };
    let quality_means =
        format!("How good it is: a word, a 3-part code, or a list of either. Absent: `good`.{}", also("quality"));
    let mut fields =
        vec![required("readingDateTime", time(), "The time stamp; of interval data the END of the interval."), value];
    match way {
        Way::Sent => fields.push(optional("quality", quality, quality_means)),
        Way::Answered => fields.extend([
            required("quality", quality, quality_means),
            required("qualityCodes", list(quality_code(), None), "The same in 3-part codes."),
        ]),
    }
    fields
}

/// What else may be said of a reading; no part of its identity.
fn said_besides(way: Way) -> [Field; 5] {
    let mut reason = line(0, 255);
    reason["x-extensible-enum"] = json!(words::READING_REASONS);
    [
        optional("reportedDateTime", time(), "When it first reached a metering system."),
        optional(
            "timePeriod",
            reference(&way.name(TIME_PERIOD)),
            "The time the value is about, where the time stamp and the reading type do not say it.",
        ),
        optional("source", line(0, 255), "The system that first supplied it."),
        optional(
            "reason",
            reason,
            "Why it was taken: one of the words, or any other, which is kept as sent with the warning `unmapped`.",
        ),
        optional("comment", lines(1024), "A remark."),
    ]
}

const TIME_PERIOD: &str = "TimePeriod";

fn time_period(way: Way) -> Object {
    Object {
        name: way.name(TIME_PERIOD),
        meaning: "From when to when; it does not end before it starts.".to_owned(),
        way,
        fields: vec![optional("start", time(), "When it begins."), optional("end", time(), "When it ends.")],
        example: period_example(),
    }
}

fn period_example() -> Value {
    json!({"start": "2024-01-15T09:45:00Z", "end": "2024-01-15T10:00:00Z"})
}

/// One of them as it is sent.
pub(super) fn sent_example() -> Value {
    json!({
        "meterId": "1234LG",
        "usagePointId": "UP-1",
        "readingType": "intervalData",
        "measurement": "activeEnergy",
        "interval": "PT15M",
        "unit": "kWh",
        "multiplier": 0,
        "phase": "ABC",
        "energyDirection": "forward",
        "timeOfUse": 0,
        "readingTypeCode": "0.0.2.4.1.1.12.0.0.0.0.0.0.0.224.3.72.0",
        "readingDateTime": "2024-01-15T10:00:00Z",
        "value": 1234.56,
        "quality": "good",
        "reportedDateTime": "2024-01-15T10:00:02Z",
        "timePeriod": period_example(),
        "source": "head-end 7",
        "reason": "billing",
        "comment": "read by hand",
    })
}

fn answered_example() -> Value {
    let mut example = sent_example();
    for (name, value) in [
        ("timeOfUse", json!(1)),
        ("readingTypeCode", json!("0.0.2.4.1.1.12.0.0.0.0.1.0.0.224.3.72.0")),
        ("qualityCodes", json!(["1.0.0"])),
        ("revision", json!(1)),
        ("current", json!(true)),
        ("recordedAt", json!("2024-01-15T10:00:03.125417Z")),
        ("receipt", json!("0193f0c2-0000-7000-8000-000000000000")),
        ("storedReadingTypeCode", json!("0.0.2.4.1.1.12.0.0.0.0.1.0.0.224.0.72.0")),
    ] {
        example[name] = value;
    }
    example
}

fn series_example() -> Value {
    let mut example = answered_example();
    let described = described(Way::Answered);
    if let Some(fields) = example.as_object_mut() {
        fields.retain(|name, _| described.iter().any(|field| field.name() == name));
    }
    example["first"] = json!("2024-01-01T00:15:00Z");
    example["last"] = json!("2024-01-15T10:00:00Z");
    example["count"] = json!(1384);
    example
}

#[cfg(test)]
mod tests {
    use super::super::read::{ReadingFields, read};
    use super::*;
    use crate::json::fields::Fields as _;
    use crate::json::schema::tests::{holds, properties, same_names};

    #[test]
    fn schema_and_reader_are_one() {
        let read = |body: &[u8]| read(body, &Limits::default()).map(|it| it.violations);
        same_names(&properties("Reading"), ReadingFields::NAMES, &[]);
        holds("Reading", "readings", &sent_example(), &[], read);
    }
}
