//! Configurations out, as the standard has them. Secrets are never written.

use metering_model as model;
use metering_model::{Configuration, ConfigurationKind, Configurations, MeterMultiplierKind, RecordedConfiguration};
use serde::Serialize;

use super::classes::{write_info, write_model, write_multipliers, write_names, write_part, write_register, write_text};
use super::functions::{ComFunction, ConnectDisconnectFunction, SimpleEndDeviceFunction};
use super::links::Linked;
use super::noun;
use super::table::{AssetInfo, ComModule, EndDevice, Meter, PricingStructure, ServiceCategory, Supplier, UsagePoint};
use super::values::{Flat, Spelled};
use crate::xml::elements::Reference;
use crate::xml::message::carried;
use crate::xml::{Namespaces, Omitted, structure, text};

/// The kinds of multipliers that a usage point can have.
pub(super) const SERVICE_MULTIPLIER_KINDS: &[&str] = &["ctRatio", "ptRatio", "transformerRatio"];

/// Appends a message of objects as they were sent.
pub fn write(message: &Configurations, namespaces: &Namespaces, out: &mut Vec<u8>) -> Omitted {
    let mut writer = Writer::default();
    for (_, configuration) in &message.items {
        writer.add(configuration);
    }
    writer.end(message.kind, namespaces, out)
}

/// Appends a message of objects as they are stored: each has its id as mRID.
pub fn write_recorded(
    kind: ConfigurationKind,
    objects: &[RecordedConfiguration],
    namespaces: &Namespaces,
    out: &mut Vec<u8>,
) -> Omitted {
    let mut writer = Writer::default();
    for field in ["status", "revision", "recordedAt"] {
        writer.omitted.note(field, !objects.is_empty());
    }
    for RecordedConfiguration { id, configuration, .. } in objects {
        let mut configuration = configuration.clone();
        configuration.set_mrid(id.clone());
        writer.add(&configuration);
    }
    writer.end(kind, namespaces, out)
}

/// The message piece by piece: functions stand before the objects and behind them.
#[derive(Default)]
struct Writer {
    com_functions: Linked<ComFunction>,
    switches: Linked<ConnectDisconnectFunction>,
    simple_functions: Linked<SimpleEndDeviceFunction>,
    objects: Vec<u8>,
    omitted: Omitted,
}

impl Writer {
    fn add(&mut self, configuration: &Configuration) {
        match configuration {
            Configuration::EndDevice(it) => {
                let element = self.end_device(it);
                structure::write(&element, &mut self.objects);
            }
            Configuration::Meter(it) => {
                let element = self.meter(it);
                structure::write(&element, &mut self.objects);
            }
            Configuration::UsagePoint(it) => {
                let element = self.usage_point(it);
                structure::write(&element, &mut self.objects);
            }
            Configuration::ComModule(it) => {
                let element = self.com_module(it);
                structure::write(&element, &mut self.objects);
            }
        }
    }

    fn end(self, kind: ConfigurationKind, namespaces: &Namespaces, out: &mut Vec<u8>) -> Omitted {
        fn all<T: Serialize>(functions: Vec<T>, out: &mut Vec<u8>) {
            for function in functions {
                structure::write(&function, out);
            }
        }
        let noun = noun(kind);
        text::begin(noun, &namespaces.written(noun), out);
        all(self.com_functions.into_functions(), out);
        all(self.switches.into_functions(), out);
        out.extend_from_slice(&self.objects);
        all(self.simple_functions.into_functions(), out);
        text::close(noun, out);
        self.omitted
    }

    fn end_device(&mut self, device: &model::EndDevice) -> EndDevice {
        let omitted = &mut self.omitted;
        let mut element = EndDevice::default();
        device.write_flat(&mut element, omitted);
        element.names = write_names(&device.names, "names", omitted);
        element.electronic_address = write_part(device.electronic_address.as_ref(), omitted);
        element.lifecycle = write_part(device.lifecycle.as_ref(), omitted);
        element.info = write_info(device.info.as_ref(), omitted);
        omitted.note("timeZone", device.time_zone.is_some());
        omitted.note("installations", !device.installations.is_empty());
        element.com_functions = self.com_functions(&device.com_functions);
        element.switches = self.switch(device.connect_disconnect_function.as_ref());
        element.simple_functions = self.registers(&device.registers);
        element
    }

    fn meter(&mut self, meter: &model::Meter) -> Meter {
        let omitted = &mut self.omitted;
        let mut element = Meter::default();
        meter.write_flat(&mut element, omitted);
        element.names = write_names(&meter.names, "names", omitted);
        element.electronic_address = write_part(meter.electronic_address.as_ref(), omitted);
        element.lifecycle = write_part(meter.lifecycle.as_ref(), omitted);
        element.info = write_info(meter.info.as_ref(), omitted);
        element.multipliers = write_multipliers(&meter.multipliers, MeterMultiplierKind::WORDS, omitted);
        omitted.note("timeZone", meter.time_zone.is_some());
        omitted.note("installations", !meter.installations.is_empty());
        element.com_functions = self.com_functions(&meter.com_functions);
        element.switches = self.switch(meter.connect_disconnect_function.as_ref());
        element.simple_functions = self.registers(&meter.registers);
        element
    }

    fn com_module(&mut self, module: &model::ComModule) -> ComModule {
        let omitted = &mut self.omitted;
        let mut element = ComModule::default();
        module.write_flat(&mut element, omitted);
        element.names = write_names(&module.names, "names", omitted);
        element.electronic_address = write_part(module.electronic_address.as_ref(), omitted);
        element.lifecycle = write_part(module.lifecycle.as_ref(), omitted);
        if let Some(info) = &module.info {
            element.info = Some(AssetInfo { model: write_model(info, omitted) });
            let model::EndDeviceInfo { phase_count, rated_current, rated_voltage, is_solid_state, capability, .. } =
                info;
            let more = phase_count.is_some()
                || rated_current.is_some()
                || rated_voltage.is_some()
                || is_solid_state.is_some()
                || capability.is_some();
            omitted.note("endDeviceInfo", more);
        }
        omitted.note("timeZone", module.time_zone.is_some());
        omitted.note("technology", module.technology.is_some());
        omitted.note("address", module.address.is_some());
        omitted.note("deviceIds", !module.device_ids.is_empty());
        omitted.note("firmwareID", module.firmware_id.is_some());
        omitted.note("hardwareID", module.hardware_id.is_some());
        element.com_functions = self.com_functions(&module.com_functions);
        element
    }

    fn usage_point(&mut self, point: &model::UsagePoint) -> UsagePoint {
        let omitted = &mut self.omitted;
        let mut element = UsagePoint::default();
        point.write_flat(&mut element, omitted);
        element.names = write_names(&point.names, "names", omitted);
        let kind = point.service_kind.as_ref().and_then(|it| it.spell("serviceKind", omitted));
        element.service_category = kind.map(|kind| ServiceCategory { kind: Some(kind) });
        element.multipliers = write_multipliers(&point.multipliers, SERVICE_MULTIPLIER_KINDS, omitted);
        element.service_location = write_text(point.service_location.as_deref(), "serviceLocation", omitted);
        element.service_supplier = write_text(point.service_supplier.as_deref(), "serviceSupplier", omitted)
            .map(|it| Supplier { mrid: it.mrid, names: it.names });
        element.pricing_structure = carried(point.pricing_structure.as_deref(), "pricingStructure", omitted)
            .map(|code| PricingStructure { mrid: None, code: Some(code), names: Vec::new() });
        omitted.note("timeZone", point.time_zone.is_some());
        omitted.note("address", point.address.is_some());
        element
    }

    fn com_functions(&mut self, functions: &[model::ComFunction]) -> Vec<Reference> {
        let mut references = Vec::with_capacity(functions.len());
        for function in functions {
            let mut element = ComFunction::default();
            function.write_flat(&mut element, &mut self.omitted);
            element.names = write_names(&function.names, "comFunctions", &mut self.omitted);
            let (reference, lost) = self.com_functions.add(element);
            self.omitted.note("comFunctions", lost);
            references.push(Reference { code: Some(reference) });
        }
        references
    }

    fn switch(&mut self, function: Option<&model::ConnectDisconnectFunction>) -> Vec<Reference> {
        let Some(function) = function else { return Vec::new() };
        let mut element = ConnectDisconnectFunction::default();
        function.write_flat(&mut element, &mut self.omitted);
        element.names = write_names(&function.names, "connectDisconnectFunction", &mut self.omitted);
        element.rcd_info = write_part(function.rcd_info.as_ref(), &mut self.omitted);
        let (reference, lost) = self.switches.add(element);
        self.omitted.note("connectDisconnectFunction", lost);
        vec![Reference { code: Some(reference) }]
    }

    /// Registers stand in a function; which one of the device's it is nobody said.
    fn registers(&mut self, registers: &[model::Register]) -> Vec<Reference> {
        if registers.is_empty() {
            return Vec::new();
        }
        let omitted = &mut self.omitted;
        let registers = registers.iter().map(|it| write_register(it, omitted)).collect();
        let function = SimpleEndDeviceFunction { registers, ..SimpleEndDeviceFunction::default() };
        let (reference, _) = self.simple_functions.add(function);
        vec![Reference { code: Some(reference) }]
    }
}
