//! Configurations in. Functions are siblings of the devices that refer to them, before and behind;
//! so devices are put together at the end of the message.

use metering_model as model;
use metering_model::{Configuration, ConfigurationKind, Configurations, EchoedFields, Violation, ViolationCode};

use super::classes::{read_info, read_model, read_multipliers, read_names, read_part, read_register, read_text};
use super::functions::{ComFunction, ConnectDisconnectFunction, SimpleEndDeviceFunction};
use super::links::Functions;
use super::table::{ComModule, EndDevice, Meter, UsagePoint};
use super::values::{Flat, Spelled};
use super::{noun, table_of};
use crate::items::bound;
use crate::xml::elements::{Named, Reference};
use crate::xml::item::Item;
use crate::xml::message::{end, next_item};
use crate::xml::structure::Structure;
use crate::xml::walk::{Step, Walk};
use crate::xml::{Namespaces, Received, Tolerance};
use crate::{Limits, Malformed};

/// Reads a message of objects of one kind.
///
/// # Errors
/// [`Malformed`] when the body is no XML or no such message. What is wrong with an object is among
/// the violations, and the other objects are read.
///
/// ```
/// use metering_messages::{Limits, xml};
/// use metering_model::ConfigurationKind;
///
/// let body = br#"<MeterConfig xmlns="http://iec.ch/TC57/2011/MeterConfig#"><Meter>
///     <mRID>m-1</mRID><serialNumber>1234LG</serialNumber>
/// </Meter></MeterConfig>"#;
/// let namespaces = xml::Namespaces::default();
/// let received = xml::configuration::read(ConfigurationKind::Meter, body, &namespaces, &Limits::default())?;
/// assert!(received.read.violations.is_empty());
/// assert_eq!(received.read.value.items[0].1.serial_number(), Some("1234LG"));
/// # Ok::<(), metering_messages::Malformed>(())
/// ```
pub fn read(
    kind: ConfigurationKind,
    body: &[u8],
    namespaces: &Namespaces,
    limits: &Limits,
) -> Result<Received<Configurations>, Malformed> {
    let noun = noun(kind);
    let mut walk = Walk::enter(body, noun, table_of(kind), namespaces, limits)?;
    let mut violations = Vec::new();
    let mut received = 0u32;
    let mut functions = Functions::default();
    let mut objects = Vec::new();
    loop {
        match walk.next()? {
            Step::Open(element) => match element.name {
                name @ ("ComFunction" | "ConnectDisconnectFunction" | "SimpleEndDeviceFunction") => {
                    let structure = Structure::copy(&mut walk, element)?;
                    functions.add(name, &structure, limits)?;
                }
                _ => {
                    let number = next_item(&mut received, limits)?;
                    walk.item = number;
                    let structure = Structure::copy(&mut walk, element)?;
                    objects.extend(Object::parse(kind, &structure, number, &mut violations).map(|it| (number, it)));
                }
            },
            Step::End => break,
            _ => {}
        }
    }
    // What is wrong with the structures, in the order of the items.
    let structures = std::mem::take(&mut violations);
    let mut items = Vec::with_capacity(objects.len());
    for (number, object) in objects {
        let before = violations.len();
        let mut own = Vec::new();
        let tolerances = &mut walk.tolerances;
        let mut item = Item { number, element: kind_element(kind), tolerances, violations: &mut own };
        let configuration = object.build(&mut functions, &mut item)?;
        let told = structures.binary_search_by_key(&number, |it| it.at.item).is_ok();
        if own.is_empty() && !told {
            items.push((number, configuration));
        }
        violations.append(&mut own);
        bound(&mut violations, before);
    }
    let violations = if structures.is_empty() {
        violations
    } else {
        let mut all = structures;
        all.append(&mut violations);
        all.sort_by_key(|it| it.at.item);
        all
    };
    functions.note_unused(noun, &mut walk.tolerances);
    let value = Configurations { kind, items, received };
    Ok(end(walk, noun, value, violations))
}

/// Reads the one object that is to be put in the place of a stored one. What only the server sets
/// has no place in the message, so nothing of it is echoed.
///
/// # Errors
/// [`Malformed`] when the body is no XML or no such message of one object.
pub fn read_replacement(
    kind: ConfigurationKind,
    body: &[u8],
    namespaces: &Namespaces,
    limits: &Limits,
) -> Result<Received<(Configurations, EchoedFields)>, Malformed> {
    let received = read(kind, body, namespaces, limits)?;
    let number = received.read.value.received;
    if number != 1 {
        let expected = format!("one {} alone is expected in the message, not {number}", kind.in_words());
        return Err(Malformed::Message(expected));
    }
    Ok(received.with(|value| (value, EchoedFields::default())))
}

/// The element that an object of this kind is.
pub(super) const fn kind_element(kind: ConfigurationKind) -> &'static str {
    match kind {
        ConfigurationKind::EndDevice => "EndDevice",
        ConfigurationKind::Meter => "Meter",
        ConfigurationKind::UsagePoint => "UsagePoint",
        ConfigurationKind::ComModule => "ComModule",
    }
}

/// An object that waits for what it refers to.
enum Object {
    EndDevice(Box<EndDevice>),
    Meter(Box<Meter>),
    UsagePoint(Box<UsagePoint>),
    ComModule(Box<ComModule>),
}

impl Object {
    fn parse(
        kind: ConfigurationKind,
        structure: &Structure,
        number: u32,
        violations: &mut Vec<Violation>,
    ) -> Option<Self> {
        let before = violations.len();
        let object = match kind {
            ConfigurationKind::EndDevice => structure.parse(number, violations).map(Self::EndDevice),
            ConfigurationKind::Meter => structure.parse(number, violations).map(Self::Meter),
            ConfigurationKind::UsagePoint => structure.parse(number, violations).map(Self::UsagePoint),
            ConfigurationKind::ComModule => structure.parse(number, violations).map(Self::ComModule),
        };
        bound(violations, before);
        object
    }

    fn build(self, functions: &mut Functions, item: &mut Item<'_>) -> Result<Configuration, Malformed> {
        Ok(match self {
            Self::EndDevice(it) => Configuration::EndDevice(Box::new(end_device(*it, functions, item)?)),
            Self::Meter(it) => Configuration::Meter(Box::new(meter(*it, functions, item)?)),
            Self::UsagePoint(it) => Configuration::UsagePoint(Box::new(usage_point(*it, item))),
            Self::ComModule(it) => Configuration::ComModule(Box::new(com_module(*it, functions, item)?)),
        })
    }
}

fn end_device(
    mut element: EndDevice,
    functions: &mut Functions,
    item: &mut Item<'_>,
) -> Result<model::EndDevice, Malformed> {
    let mut device = model::EndDevice::default();
    device.read_flat(&mut element, "", item);
    device.names = read_names(element.names, "", item);
    device.electronic_address = read_part(element.electronic_address, "electronicAddress/", item);
    device.lifecycle = read_part(element.lifecycle, "lifecycle/", item);
    device.info = read_info(element.info, item);
    device.com_functions = com_functions(element.com_functions, functions, item)?;
    device.connect_disconnect_function = switch(element.switches, functions, item)?;
    device.registers = registers(element.simple_functions, functions, item)?;
    Ok(device)
}

fn meter(mut element: Meter, functions: &mut Functions, item: &mut Item<'_>) -> Result<model::Meter, Malformed> {
    let mut meter = model::Meter::default();
    meter.read_flat(&mut element, "", item);
    meter.names = read_names(element.names, "", item);
    meter.electronic_address = read_part(element.electronic_address, "electronicAddress/", item);
    meter.lifecycle = read_part(element.lifecycle, "lifecycle/", item);
    meter.info = read_info(element.info, item);
    meter.multipliers = read_multipliers(element.multipliers, item);
    meter.com_functions = com_functions(element.com_functions, functions, item)?;
    meter.connect_disconnect_function = switch(element.switches, functions, item)?;
    meter.registers = registers(element.simple_functions, functions, item)?;
    Ok(meter)
}

fn com_module(
    mut element: ComModule,
    functions: &mut Functions,
    item: &mut Item<'_>,
) -> Result<model::ComModule, Malformed> {
    let mut module = model::ComModule::default();
    module.read_flat(&mut element, "", item);
    module.names = read_names(element.names, "", item);
    module.electronic_address = read_part(element.electronic_address, "electronicAddress/", item);
    module.lifecycle = read_part(element.lifecycle, "lifecycle/", item);
    if let Some(asset) = element.info {
        let mut info = model::EndDeviceInfo::default();
        read_model(asset.model, &mut info, item);
        module.info = Some(info);
    }
    module.com_functions = com_functions(element.com_functions, functions, item)?;
    Ok(module)
}

fn usage_point(mut element: UsagePoint, item: &mut Item<'_>) -> model::UsagePoint {
    let mut point = model::UsagePoint::default();
    point.read_flat(&mut element, "", item);
    point.names = read_names(element.names, "", item);
    let kind = element.service_category.and_then(|it| it.kind);
    point.service_kind = Spelled::read(kind, "kind", "serviceKind", item);
    point.multipliers = read_multipliers(element.multipliers, item);
    point.service_location = read_text(element.service_location, "ServiceLocation", item);
    let supplier = element.service_supplier.map(|it| Named { mrid: it.mrid, names: it.names });
    point.service_supplier = read_text(supplier, "ServiceSupplier", item);
    if let Some(tariff) = element.pricing_structure {
        let named = Named { mrid: tariff.mrid, names: tariff.names };
        point.pricing_structure = match tariff.code {
            Some(code) => {
                if named != Named::default() {
                    item.tolerances.note_known(Tolerance::NotKept, "PricingStructures", "Names", item.number);
                }
                Some(code)
            }
            None => read_text(Some(named), "PricingStructures", item),
        };
    }
    point
}

/// The text of a reference; that there is none is told.
fn code(reference: Reference, element: &str, field: &str, item: &mut Item<'_>) -> Option<String> {
    let code = reference.code.filter(|it| !it.is_empty());
    if code.is_none() {
        item.tell(field, ViolationCode::Missing, format!("`{element}` without its attribute `ref`"));
    }
    code
}

fn com_functions(
    references: Vec<Reference>,
    functions: &mut Functions,
    item: &mut Item<'_>,
) -> Result<Vec<model::ComFunction>, Malformed> {
    let mut read = Vec::with_capacity(references.len());
    for (place, reference) in references.into_iter().enumerate() {
        let field = format!("comFunctions/{place}");
        let Some(code) = code(reference, "ComFunction", &field, item) else { continue };
        let Some(mut element) = functions.find::<ComFunction>(&code, &field, item)? else { continue };
        let at = format!("{field}/");
        let mut function = model::ComFunction::default();
        function.read_flat(&mut element, &at, item);
        function.names = read_names(element.names, &at, item);
        read.push(function);
    }
    Ok(read)
}

fn switch(
    references: Vec<Reference>,
    functions: &mut Functions,
    item: &mut Item<'_>,
) -> Result<Option<model::ConnectDisconnectFunction>, Malformed> {
    let field = "connectDisconnectFunction";
    if references.len() > 1 {
        item.tell(field, ViolationCode::TooMany, "a device has one switch at most");
    }
    let Some(reference) = references.into_iter().next() else { return Ok(None) };
    let Some(code) = code(reference, "ConnectDisconnectFunction", field, item) else { return Ok(None) };
    let Some(mut element) = functions.find::<ConnectDisconnectFunction>(&code, field, item)? else { return Ok(None) };
    let at = "connectDisconnectFunction/";
    let mut function = model::ConnectDisconnectFunction::default();
    function.read_flat(&mut element, at, item);
    function.names = read_names(element.names, at, item);
    function.rcd_info = read_part(element.rcd_info, "connectDisconnectFunction/rcdInfo/", item);
    Ok(Some(function))
}

fn registers(
    references: Vec<Reference>,
    functions: &mut Functions,
    item: &mut Item<'_>,
) -> Result<Vec<model::Register>, Malformed> {
    let mut registers = Vec::new();
    for reference in references {
        let Some(code) = code(reference, "SimpleEndDeviceFunction", "registers", item) else { continue };
        let Some(function) = functions.find::<SimpleEndDeviceFunction>(&code, "registers", item)? else { continue };
        for element in function.registers {
            let at = format!("registers/{}/", registers.len());
            registers.push(read_register(element, &at, item));
        }
    }
    Ok(registers)
}
