//! The schemas of configurations, made from the tables of the classes.

use metering_model::{ComModule, ConfigurationKind, ConfigurationStatus, EndDevice, Meter, UsagePoint};
use serde_json::{Value, json};

use super::object;
use crate::Limits;
use crate::json::receipt;
use crate::json::schema::{
    Field, Object, Schemas, Way, id, integer, lines, message, one_of, optional, page, required, time,
};

mod example;

/// Entries of any list in an object, at the most.
pub(super) const ENTRIES: usize = 1_000;

/// `06:00` or `06:00:00`.
pub(super) const TIME_OF_DAY: &str = "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$";

/// Adds the schemas of the four configurations and of all they are made of.
pub(crate) fn add(limits: &Limits, schemas: &mut Schemas) {
    add_kind::<EndDevice>(ConfigurationKind::EndDevice, limits, schemas);
    add_kind::<Meter>(ConfigurationKind::Meter, limits, schemas);
    add_kind::<UsagePoint>(ConfigurationKind::UsagePoint, limits, schemas);
    add_kind::<ComModule>(ConfigurationKind::ComModule, limits, schemas);
}

/// Adds one kind: what is sent to create and to replace, and what is answered.
fn add_kind<C: object::Object>(kind: ConfigurationKind, limits: &Limits, schemas: &mut Schemas) {
    let (name, list) = (C::NAME, kind.list());
    let sent = example::of(name);
    let mut answered = without_secrets(sent.clone());
    for (field, value) in [
        ("id", sent["mRID"].clone()),
        ("status", json!("active")),
        ("revision", json!(2)),
        ("recordedAt", json!("2024-01-15T10:00:00Z")),
    ] {
        answered[field] = value;
    }
    let identity = "It has an `mRID`, or a name by which the server makes one.";
    let fields = members::<C>(Way::Sent, schemas);
    schemas.add_message(Object {
        name: name.to_owned(),
        meaning: format!("{} {identity}", C::MEANING),
        way: Way::Sent,
        fields,
        example: sent.clone(),
    });
    let mut fields = members::<C>(Way::Sent, schemas);
    fields.extend(set_by_the_server(Way::Sent));
    let mut replacement = sent.clone();
    for field in ["id", "status", "revision", "recordedAt"] {
        replacement[field] = answered[field].clone();
    }
    schemas.add_message(Object {
        name: format!("{name}Replacement"),
        meaning: format!(
            "{} It takes the place of the one that is stored; what only the server sets may be left out, and else is \
             what is stored.",
            C::MEANING
        ),
        way: Way::Sent,
        fields,
        example: replacement,
    });
    let mut fields = members::<C>(Way::Answered, schemas);
    fields.extend(set_by_the_server(Way::Answered));
    let recorded = Way::Answered.name(name);
    schemas.add(Object {
        name: recorded.clone(),
        meaning: format!("{} As it is stored, without its secrets.", C::MEANING),
        way: Way::Answered,
        fields,
        example: answered.clone(),
    });
    schemas.add(message(&format!("{name}s"), list, name, limits, sent));
    schemas.add(page(&format!("{name}sPage"), list, &recorded, answered.clone()));
    schemas.add(receipt::schema::with_items(&format!("{name}sReceipt"), list, &recorded, answered));
}

/// Adds a class that is part of another, unless it is there already.
pub(super) fn add_class<C: object::Object>(way: Way, schemas: &mut Schemas) {
    let name = way.name(C::NAME);
    if schemas.has(&name) {
        return;
    }
    let fields = members::<C>(way, schemas);
    let example = example::of(C::NAME);
    let example = if way == Way::Sent { example } else { without_secrets(example) };
    schemas.add(Object { name, meaning: C::MEANING.to_owned(), way, fields, example });
}

/// The fields of a class, with the bounds that the rules set besides those of their kinds.
fn members<C: object::Object>(way: Way, schemas: &mut Schemas) -> Vec<Field> {
    let meaning = |of: &str| C::FIELDS.iter().find(|(name, _)| *name == of).map_or("", |(_, meaning)| *meaning);
    let members = C::member_schemas(way, schemas);
    let fields = members.into_iter().filter_map(|(name, schema)| {
        let schema = bounded(C::NAME, name, schema?, way);
        let field = if C::REQUIRED.contains(&name) { required } else { optional };
        Some(field(name, schema, meaning(name)))
    });
    fields.collect()
}

fn bounded(class: &str, field: &str, schema: Value, way: Way) -> Value {
    let within = |mut schema: Value, bounds: &[(&str, Value)]| {
        let number = if way == Way::Sent { &mut schema["anyOf"][0] } else { &mut schema };
        for (name, bound) in bounds {
            number[*name] = bound.clone();
        }
        schema
    };
    match (class, field) {
        (_, "serviceDeliveryRemark" | "serviceLocation" | "address") => {
            let mut schema = lines(4096);
            schema["minLength"] = 1.into();
            schema
        }
        (_, "timeZone") => {
            json!({"type": "string", "maxLength": 64, "pattern": "^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$"})
        }
        (_, "timeZoneOffset") => {
            within(schema, &[("exclusiveMinimum", json!(-1_081)), ("exclusiveMaximum", json!(1_081))])
        }
        ("MeterMultiplier", "value") => within(schema, &[("exclusiveMinimum", json!(0))]),
        ("Register", "leftDigitCount") => integer(1, Some(18)),
        ("Register", "rightDigitCount") => integer(0, Some(12)),
        _ => schema,
    }
}

/// What only the server sets.
fn set_by_the_server(way: Way) -> [Field; 4] {
    let field = if way == Way::Answered { required } else { optional };
    [
        field("id", id(), "Its id; the same as `mRID`."),
        field("status", one_of(ConfigurationStatus::WORDS), "How far it is configured."),
        field(
            "revision",
            integer(0, Some(u32::MAX.into())),
            "1 for the first, one more with each change; 0 while it is provisional. The `ETag` is this number.",
        ),
        field("recordedAt", time(), "When this revision counts as recorded: `asOf` this instant shows it."),
    ]
}

/// The example as it is read back.
fn without_secrets(mut example: Value) -> Value {
    const SECRETS: &[&str] = &["password", "programID", "installCode"];
    match &mut example {
        Value::Object(members) => {
            members.retain(|name, _| !SECRETS.contains(&name.as_str()));
            members.values_mut().for_each(|it| *it = without_secrets(it.take()));
        }
        Value::Array(entries) => entries.iter_mut().for_each(|it| *it = without_secrets(it.take())),
        _ => {}
    }
    example
}

#[cfg(test)]
mod tests;
