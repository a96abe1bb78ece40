//! `/codes/...`: what the codes of the standard mean, and which reading type words stand for.

use std::fmt::Display;

use actix_web::HttpResponse;
use actix_web::web::{self, Path, ServiceConfig};
use metering_model::words::{self, ReadingWords};
use metering_model::{
    EndDeviceControlType, EndDeviceEventType, Excerpt, ReadingQualityType, ReadingType, ViolationCode,
};
use serde_json::json;

use super::at;
use crate::content::Reader;
use crate::html::explained;
use crate::parameters::{Parameter, Parameters, Query};
use crate::problem::{Kind, Problem};

mod explanation;
mod operations;

use explanation::{control_type, event_type, listed, quality, reading_type};
pub(super) use operations::operations;
use operations::{COMPOSE, NAMED_CONTROLS, NAMED_EVENTS, NAMED_QUALITIES};

pub(super) fn configure(config: &mut ServiceConfig) {
    macro_rules! route {
        ($($path:literal => $handler:ident),+ $(,)?) => {
            $( config.service(at($path).route(web::get().to($handler)).route(web::head().to($handler))); )+
        };
    }
    route! {
        "/codes" => kinds,
        "/codes/reading-types" => composed,
        "/codes/reading-types/{code}" => one_reading_type,
        "/codes/event-types" => event_types,
        "/codes/event-types/{code}" => one_event_type,
        "/codes/control-types" => control_types,
        "/codes/control-types/{code}" => one_control_type,
        "/codes/qualities" => qualities,
        "/codes/qualities/{code}" => one_quality,
    }
}

async fn kinds(query: Query, reader: Reader) -> Result<HttpResponse, Problem> {
    query.none()?;
    let kinds = [
        ("reading types", "reading-types", "What a reading measures, and how: 18 parts."),
        ("event types", "event-types", "What a device reports: 4 parts."),
        ("control types", "control-types", "What a device is to do: 4 parts."),
        ("qualities", "qualities", "How far a value is to be trusted, and why: 3 parts."),
    ];
    let kinds =
        kinds.map(|(kind, path, about)| json!({"kind": kind, "about": about, "address": format!("/codes/{path}")}));
    Ok(explained(reader, "Codes", "codes", &json!({"kinds": kinds})))
}

async fn one_reading_type(code: Path<String>, query: Query, reader: Reader) -> Result<HttpResponse, Problem> {
    query.none()?;
    let code: ReadingType = code.parse().map_err(no_code)?;
    Ok(explained(reader, "Reading type", "readingType", &reading_type(&code)))
}

async fn one_event_type(code: Path<String>, query: Query, reader: Reader) -> Result<HttpResponse, Problem> {
    query.none()?;
    let named = words::event_type(&code).or_else(|| EndDeviceEventType::from_standard_name(&code));
    let code = found(named, &code, words::EVENT_WORDS)?;
    Ok(explained(reader, "Event type", "eventType", &event_type(code)))
}

async fn one_control_type(code: Path<String>, query: Query, reader: Reader) -> Result<HttpResponse, Problem> {
    query.none()?;
    let named = words::control_type(&code).or_else(|| EndDeviceControlType::from_standard_name(&code));
    let code = found(named, &code, words::CONTROL_WORDS)?;
    Ok(explained(reader, "Control type", "controlType", &control_type(code)))
}

async fn one_quality(code: Path<String>, query: Query, reader: Reader) -> Result<HttpResponse, Problem> {
    query.none()?;
    let code = words::quality(&code).map_err(|fault| no_code(fault.detail))?;
    Ok(explained(reader, "Quality", "quality", &quality(code)))
}

async fn event_types(query: Query, reader: Reader) -> Result<HttpResponse, Problem> {
    let part = part_of_name(&query, NAMED_EVENTS)?;
    let all = EndDeviceEventType::well_known()
        .map(|it| (it.code.to_string(), it.code.explain().to_string(), words::event_word(it.code)));
    Ok(explained(reader, "Event types", "eventTypes", &json!({"eventTypes": listed("event-types", all, part)})))
}

async fn control_types(query: Query, reader: Reader) -> Result<HttpResponse, Problem> {
    let part = part_of_name(&query, NAMED_CONTROLS)?;
    let all = EndDeviceControlType::well_known()
        .map(|it| (it.code.to_string(), it.code.explain().to_string(), words::control_word(it.code)));
    Ok(explained(reader, "Control types", "controlTypes", &json!({"controlTypes": listed("control-types", all, part)})))
}

async fn qualities(query: Query, reader: Reader) -> Result<HttpResponse, Problem> {
    let part = part_of_name(&query, NAMED_QUALITIES)?;
    // Those that are well known, then what any system can say.
    let well_known = ReadingQualityType::WELL_KNOWN.iter().map(|(code, _)| *code);
    let all = well_known
        .chain(ReadingQualityType::listed_indexes())
        .map(|code| (code.to_string(), code.explain().to_string(), words::quality_word(code)));
    Ok(explained(reader, "Qualities", "qualities", &json!({"qualities": listed("qualities", all, part)})))
}

/// The reading type that the words of the query stand for; without words those that are well known.
async fn composed(query: Query, reader: Reader) -> Result<HttpResponse, Problem> {
    let mut parameters = query.parameters(COMPOSE)?;
    let [reading_type_word, measurement, unit, phase, interval, direction, flow] =
        ["readingType", "measurement", "unit", "phase", "interval", "energyDirection", "flow"]
            .map(|name| parameters.one(name));
    let multiplier = parameters.parsed("multiplier", ViolationCode::InvalidNumber);
    let time_of_use = parameters.parsed("timeOfUse", ViolationCode::InvalidNumber);
    if direction.is_some() && flow.is_some() {
        parameters.wrong(
            "flow",
            ViolationCode::DuplicateField.as_str(),
            "`flow` is short for `energyDirection`; give one of them",
        );
    }
    let direction_called = if flow.is_some() { "flow" } else { "energyDirection" };
    let direction = direction.or(flow);
    let given = [&reading_type_word, &measurement, &unit, &phase, &interval, &direction];
    if given.iter().all(|it| it.is_none()) && multiplier.is_none() && time_of_use.is_none() {
        let all = ReadingType::WELL_KNOWN
            .iter()
            .map(|it| (it.to_string(), it.explain().to_string(), words::describe(it).reading_type));
        let all = listed("reading-types", all, None);
        return parameters.done(explained(reader, "Reading types", "readingTypes", &json!({"readingTypes": all})));
    }
    // What has an interval is interval data, unless something else is said.
    let implied = interval.is_some().then_some("intervalData");
    let said = ReadingWords {
        reading_type: reading_type_word.as_deref().or(implied),
        measurement: measurement.as_deref(),
        interval: interval.as_deref(),
        unit: unit.as_deref(),
        multiplier,
        phase: phase.as_deref(),
        energy_direction: direction.as_deref(),
        time_of_use,
    };
    let code = code_of(&said, direction_called, &mut parameters);
    let code = parameters.done(code)?.ok_or_else(|| Problem::bare(Kind::Internal))?;
    Ok(explained(reader, "Reading type", "readingType", &reading_type(&code)))
}

/// The code of the words; each fault goes to the parameter it was given by.
fn code_of(said: &ReadingWords<'_>, direction_called: &str, parameters: &mut Parameters) -> Option<ReadingType> {
    let mut faults = Vec::new();
    let code = words::compose(said, &mut faults);
    for fault in faults {
        let name = if fault.field == "energyDirection" { direction_called } else { fault.field };
        parameters.wrong(name, fault.code.as_str(), fault.detail);
    }
    code
}

/// A code by its name, or by its numbers.
fn found<T>(named: Option<T>, text: &str, known: &[&str]) -> Result<T, Problem>
where
    T: std::str::FromStr,
    T::Err: Display,
{
    match named {
        Some(code) => Ok(code),
        None if text.starts_with(|first: char| first.is_ascii_digit()) || text.contains('.') => {
            text.parse().map_err(no_code)
        }
        None => {
            let meant = words::nearest(text, known).map(|it| format!("; did you mean {it}?")).unwrap_or_default();
            Err(no_code(format!("no code is called `{}`{meant} (known are {})", Excerpt(text), known.join(", "))))
        }
    }
}

fn no_code(why: impl Display) -> Problem {
    Problem::new(Kind::NotFound, why.to_string())
}

/// The part of a name that is looked for, in small letters.
fn part_of_name(query: &Query, known: &'static [Parameter]) -> Result<Option<String>, Problem> {
    let mut parameters = query.parameters(known)?;
    let part = parameters.one("name").map(|it| it.to_lowercase());
    parameters.done(part)
}
