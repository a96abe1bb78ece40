//! `EndDeviceConfig`, `MeterConfig`, `UsagePointConfig` and `ComModuleConfig` in JSON.
//!
//! One table of names per class reads and writes it. Secrets are read and never written.

use metering_model::{
    ComModule, Configuration, ConfigurationKind, ConfigurationStatus, Configurations, EchoedFields, EndDevice, Meter,
    Receipt, RecordedConfiguration, UsagePoint, Violation, ViolationCode,
};
use serde_json::value::RawValue;

use super::fields::{self, At};
use super::items::{Items, Message, read_items, whole};
use super::members::{Members, list, page};
use super::receipt;
use crate::{Limits, Malformed, Read};

mod classes;
mod object;
pub(super) mod schema;
#[cfg(test)]
mod tests;
mod values;

use classes::{ComModuleFields, EndDeviceFields, MeterFields, UsagePointFields};
use object::{Object, Value};

/// Reads a message of objects of one kind to be created.
///
/// Fields that only the server sets are refused.
///
/// # Errors
/// [`Malformed`] when the notation is broken or this is no such message.
pub fn read(kind: ConfigurationKind, body: &[u8], limits: &Limits) -> Result<Read<Configurations>, Malformed> {
    let mut violations = Vec::new();
    let mut objects = Vec::new();
    let items = read_each(kind, body, limits, &mut violations, |item, object, server, violations| {
        for (name, raw) in server.named() {
            if raw.is_some() {
                let detail = format!("`{name}` is set by the server; leave it out");
                violations.push(Violation::new(item, name, ViolationCode::ServerOwned, detail));
            }
        }
        if whole(item, violations) {
            objects.extend(object.map(|object| (item, object)));
        }
    })?;
    let value = Configurations { kind, items: objects, received: items.received };
    Ok(Read { value, alone: items.alone, violations, warnings: Vec::new() })
}

/// Reads the one object that is to be put in the place of a stored one, and what it says in the
/// fields that only the server sets: an object that was read can be edited and sent back.
///
/// # Errors
/// [`Malformed`] when the notation is broken or this is no such object alone.
pub fn read_replacement(
    kind: ConfigurationKind,
    body: &[u8],
    limits: &Limits,
) -> Result<Read<(Configurations, EchoedFields)>, Malformed> {
    let mut violations = Vec::new();
    let mut objects = Vec::new();
    let mut echoed = EchoedFields::default();
    let items = read_each(kind, body, limits, &mut violations, |item, object, server, violations| {
        echoed = server.echoed(item.into(), violations);
        if whole(item, violations) {
            objects.extend(object.map(|object| (item, object)));
        }
    })?;
    if !items.alone {
        return Err(Malformed::Message(format!("one {} alone is expected, without a list around it", kind.in_words())));
    }
    let value = (Configurations { kind, items: objects, received: 1 }, echoed);
    Ok(Read { value, alone: true, violations, warnings: Vec::new() })
}

/// The fields that only the server sets, as they were sent.
#[derive(Default)]
struct ServerFields<'a> {
    id: Option<&'a RawValue>,
    status: Option<&'a RawValue>,
    revision: Option<&'a RawValue>,
    recorded_at: Option<&'a RawValue>,
}

impl<'a> ServerFields<'a> {
    fn named(&self) -> [(&'static str, Option<&'a RawValue>); 4] {
        let Self { id, status, revision, recorded_at } = *self;
        [("id", id), ("status", status), ("revision", revision), ("recordedAt", recorded_at)]
    }

    fn echoed(&self, at: At<'_>, violations: &mut Vec<Violation>) -> EchoedFields {
        let status = fields::text(self.status, at, "status", violations);
        let status = status.and_then(|word| {
            let status = word.parse::<ConfigurationStatus>();
            if let Err(error) = &status {
                violations.push(at.violation("status", ViolationCode::UnknownWord, error.to_string()));
            }
            status.ok()
        });
        EchoedFields {
            id: Value::read(self.id, at, "id", violations),
            status,
            revision: Value::read(self.revision, at, "revision", violations),
            recorded_at: Value::read(self.recorded_at, at, "recordedAt", violations),
        }
    }
}

/// Reads the items of a message, whatever the kind.
fn read_each(
    kind: ConfigurationKind,
    body: &[u8],
    limits: &Limits,
    violations: &mut Vec<Violation>,
    mut each: impl FnMut(u32, Option<Configuration>, ServerFields<'_>, &mut Vec<Violation>),
) -> Result<Items, Malformed> {
    macro_rules! items_of {
        ($Class:ident, $Fields:ident) => {{
            let message = Message { list: kind.list(), one: $Class::WHAT };
            read_items(body, message, limits, violations, |item, fields: &$Fields<'_>, violations| {
                let object = $Class::from_fields(fields, item.into(), violations);
                let server = ServerFields {
                    id: fields.server_id,
                    status: fields.server_status,
                    revision: fields.server_revision,
                    recorded_at: fields.server_time,
                };
                each(item, object.map(|it| Configuration::$Class(Box::new(it))), server, violations);
            })
        }};
    }
    match kind {
        ConfigurationKind::EndDevice => items_of!(EndDevice, EndDeviceFields),
        ConfigurationKind::Meter => items_of!(Meter, MeterFields),
        ConfigurationKind::UsagePoint => items_of!(UsagePoint, UsagePointFields),
        ConfigurationKind::ComModule => items_of!(ComModule, ComModuleFields),
    }
}

/// Appends one object as it is stored, secrets left out.
pub fn write_item(recorded: &RecordedConfiguration, out: &mut Vec<u8>) {
    let RecordedConfiguration { id, configuration, status, revision, recorded_at } = recorded;
    let mut to = Members::begin(out);
    to.text("id", id.as_str());
    match configuration {
        Configuration::EndDevice(it) => it.members(&mut to),
        Configuration::Meter(it) => it.members(&mut to),
        Configuration::UsagePoint(it) => it.members(&mut to),
        Configuration::ComModule(it) => it.members(&mut to),
    }
    to.text("status", status.as_str());
    to.integer("revision", *revision);
    to.time("recordedAt", *recorded_at);
    to.end();
}

/// Appends `{"LIST":[...],"next":...}`; `next` is the cursor of the page that follows.
pub fn write_page(kind: ConfigurationKind, items: &[RecordedConfiguration], next: Option<&str>, out: &mut Vec<u8>) {
    page(kind.list(), items, next, write_item, out);
}

/// Appends the answer to a message of objects: the receipt, and the objects as they are stored now.
pub fn write_answer(kind: ConfigurationKind, told: &Receipt, recorded: &[RecordedConfiguration], out: &mut Vec<u8>) {
    receipt::open(told, receipt::Told::First, out);
    list(recorded, Members::resume(out).name(kind.list()), write_item);
    receipt::close(out);
}
