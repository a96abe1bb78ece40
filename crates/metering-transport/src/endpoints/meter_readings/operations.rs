//! What the operations of readings take and answer.

use metering_messages::json::schema::{self, any_of, reading_type_code, spellings};
use metering_model::{Permission, words};
use serde_json::{Value, json};

use super::{LARGEST_PAGE, PAGE};
use crate::endpoints::writing::receipts;
use crate::openapi::{Answer, Brings, Header, InXml, Operation, Tag, message};
use crate::parameters::{AS_OF, CURSOR, Parameter};

const METER: Parameter =
    Parameter::each("meterId", schema::id, "1234LG", "Of this meter: an mRID, or a name that only one object has.");
const USAGE_POINT: Parameter = Parameter::each(
    "usagePointId",
    schema::id,
    "UP-1",
    "Of this usage point; it stands for its meters, each for the time it was installed there.",
);
const READING_TYPE: Parameter = Parameter::each(
    "readingType",
    || any_of([spellings("readingType", words::READING_TYPE_WORDS), reading_type_code()]),
    "intervalData",
    "Metered so; also an 18-part code, which only itself fits.",
);
const MEASUREMENT: Parameter = Parameter::each(
    "measurement",
    || spellings("measurement", words::MEASUREMENT_WORDS),
    "activeEnergy",
    "Of this quantity.",
);
const PHASE: Parameter = Parameter::each("phase", || spellings("phase", words::PHASE_WORDS), "ABC", "Of these phases.");
const ENERGY_DIRECTION: Parameter = Parameter::each(
    "energyDirection",
    || spellings("energyDirection", words::ENERGY_DIRECTION_WORDS),
    "forward",
    "Of this direction.",
);
const INTERVAL: Parameter = Parameter::each(
    "interval",
    || spellings("interval", words::INTERVAL_WORDS),
    "PT15M",
    "Of metering intervals of this length.",
);
const READING_TYPE_CODE: Parameter = Parameter::each(
    "readingTypeCode",
    reading_type_code,
    "0.0.2.4.1.1.12.0.0.0.0.0.0.0.224.3.72.0",
    "Of this 18-part code.",
);
const QUALITY: Parameter = Parameter::each(
    "quality",
    || any_of([spellings("quality", words::QUALITY_WORDS), schema::quality_code()]),
    "good",
    "Of this quality: a word or a 3-part code.",
);
const FROM: Parameter =
    Parameter::one("from", schema::time, "2024-01-15T00:00:00Z", "With a time stamp after this instant.");
const TO: Parameter =
    Parameter::one("to", schema::time, "2024-01-16T00:00:00Z", "With a time stamp up to and with this instant.");
const RECORDED_AFTER: Parameter = Parameter::one(
    "recordedAfter",
    schema::time,
    "2024-01-15T10:00:00Z",
    "What was recorded after this instant: the latest `recordedAt` of the answers so far gives what is new.",
);
const UNIT: Parameter = Parameter::one(
    "unit",
    || schema::one_of(words::UNIT_WORDS),
    "MWh",
    "Converts the values that this unit measures, exactly; others stay as they are.",
);
const REVISIONS: Parameter = Parameter::one(
    "revisions",
    schema::boolean,
    "true",
    "Every revision, the oldest first, with `current` and `receipt`. Absent: those that stand.",
);
const LIMIT: Parameter = Parameter::one("limit", limit, "1000", "Readings of a page, at the most. Absent: 1,000.");

fn limit() -> Value {
    let mut schema = schema::integer(1, i64::try_from(LARGEST_PAGE).ok());
    schema["default"] = PAGE.into();
    schema
}

pub(super) const SELECTION: &[Parameter] =
    &[METER, USAGE_POINT, READING_TYPE, MEASUREMENT, PHASE, ENERGY_DIRECTION, INTERVAL, READING_TYPE_CODE, QUALITY];
pub(super) const QUERY: &[Parameter] = &[
    METER,
    USAGE_POINT,
    READING_TYPE,
    MEASUREMENT,
    PHASE,
    ENERGY_DIRECTION,
    INTERVAL,
    READING_TYPE_CODE,
    QUALITY,
    FROM,
    TO,
    RECORDED_AFTER,
    UNIT,
    AS_OF,
    REVISIONS,
    LIMIT,
    CURSOR,
];
pub(super) const LATEST: &[Parameter] = &[
    METER,
    USAGE_POINT,
    READING_TYPE,
    MEASUREMENT,
    PHASE,
    ENERGY_DIRECTION,
    INTERVAL,
    READING_TYPE_CODE,
    QUALITY,
    TO,
    UNIT,
    AS_OF,
];

/// What can be done with readings.
pub(in crate::endpoints) fn operations() -> Vec<Operation> {
    let reads = |path, id, summary, query| {
        Operation::new("get", path, id, Tag::MeterReadings, summary).needs(Permission::ReadReadings).query(query)
    };
    vec![
        reads("/meter-readings", "getMeterReadings", "Readings, page by page", QUERY)
            .about("In the order of meter, reading type and time. No filter means all readings of the organisation.")
            .answers_with(Answer {
                status: 200,
                meaning: "Those found, none too.".into(),
                content: message("MeterReadingsPage"),
                headers: vec![Header::Link],
                links: Vec::new(),
            }),
        receipts(
            Operation::new("post", "/meter-readings", "submitMeterReadings", Tag::MeterReadings, "Send readings")
                .about(
                    "Organisation, meter (or usage point), reading type code and time stamp are the identity of a reading. \
                     The same value again is unchanged, another a new revision; an edited value stands. Readings do not \
                     come back in the answer.",
                )
                .needs(Permission::SubmitReadings)
                .brings(Brings {
                    any_of: vec!["MeterReadings".into(), "Reading".into()],
                    required: true,
                    in_xml: InXml::Message("MeterReadings"),
                    meaning: "A list of readings, or one reading alone.".into(),
                    examples: vec![(
                        "intervalData",
                        "The energy of one interval",
                        json!({"readings": [{
                            "meterId": "1234LG",
                            "readingType": "intervalData",
                            "readingDateTime": "2024-01-15T10:00:00Z",
                            "value": 1234.56,
                            "unit": "kWh",
                            "multiplier": 0,
                            "phase": "ABC",
                            "energyDirection": "forward",
                            "quality": "good",
                        }]}),
                    )],
                }),
            "Receipt",
            &[],
        ),
        reads("/meter-readings/latest", "getLatestMeterReadings", "The newest value of each series", LATEST)
            .answers(200, "One reading of each series that fits; `next` is `null`.", message("MeterReadingsPage")),
        reads("/meter-readings/series", "getMeterReadingsSeries", "The series and how much there is of each", SELECTION)
            .answers(200, "Those that fit.", message("SeriesList")),
    ]
}
