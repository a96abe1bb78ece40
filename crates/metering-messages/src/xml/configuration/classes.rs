//! The classes, both ways: tables of what is the same in both, and what stands elsewhere by hand.

use metering_model as model;
use metering_model::{MeterMultiplier, MeterMultiplierKind, ViolationCode};

use super::functions::{
    Channel, ComFunction, ConnectDisconnectFunction, ElectronicAddress, RcdInfo, Register, TouTier,
};
use super::table::{
    AssetModel, ComModule, EndDevice, EndDeviceCapability, EndDeviceInfo, LifecycleDate, Meter, Multiplier, UsagePoint,
};
use super::values::{Flat, Spelled, flat};
use crate::xml::elements::{Name, NameType, NameTypeAuthority, Named, Reference};
use crate::xml::item::Item;
use crate::xml::message::carried;
use crate::xml::{Omitted, Tolerance};

flat! {
    model::EndDevice as EndDevice {
        "mRID" mrid,
        "amrSystem" amr_system,
        "initialCondition" initial_condition,
        "initialLossOfLife" initial_loss_of_life,
        "installCode" install_code,
        "isPan" is_pan,
        "isVirtual" is_virtual,
        "lotNumber" lot_number,
        "purchasePrice" purchase_price,
        "serialNumber" serial_number,
        "timeZoneOffset" time_zone_offset,
        "type" asset_type,
        "utcNumber" utc_number,
    }
}

flat! {
    model::Meter as Meter {
        "mRID" mrid,
        "amrSystem" amr_system,
        "formNumber" form_number,
        "initialCondition" initial_condition,
        "initialLossOfLife" initial_loss_of_life,
        "isVirtual" is_virtual,
        "lotNumber" lot_number,
        "purchasePrice" purchase_price,
        "serialNumber" serial_number,
        "timeZoneOffset" time_zone_offset,
        "type" asset_type,
        "utcNumber" utc_number,
    }
}

flat! {
    model::ComModule as ComModule {
        "mRID" mrid,
        "amrSystem" amr_system,
        "initialCondition" initial_condition,
        "initialLossOfLife" initial_loss_of_life,
        "lotNumber" lot_number,
        "purchasePrice" purchase_price,
        "serialNumber" serial_number,
        "supportsAutonomousDst" supports_autonomous_dst,
        "timeZoneOffset" time_zone_offset,
        "type" asset_type,
        "utcNumber" utc_number,
    }
}

flat! {
    model::UsagePoint as UsagePoint {
        "mRID" mrid,
        "amiBillingReady" ami_billing_ready,
        "checkBilling" check_billing,
        "connectionState" connection_state,
        "estimatedLoad" estimated_load,
        "grounded" grounded,
        "isSdp" is_sdp,
        "isVirtual" is_virtual,
        "minimalUsageExpected" minimal_usage_expected,
        "nominalServiceVoltage" nominal_service_voltage,
        "outageRegion" outage_region,
        "phaseCode" phase_code,
        "ratedCurrent" rated_current,
        "ratedPower" rated_power,
        "readCycle" read_cycle,
        "readRoute" read_route,
        "serviceDeliveryRemark" service_delivery_remark,
        "servicePriority" service_priority,
    }
}

flat! {
    model::ComFunction as ComFunction {
        "mRID" mrid,
        "amrAddress" amr_address,
        "amrRouter" amr_router,
        "configID" config_id,
        "direction" direction,
        "enabled" enabled,
        "firmwareID" firmware_id,
        "hardwareID" hardware_id,
        "password" password,
        "programID" program_id,
        "technology" technology,
    }
}

flat! {
    model::ConnectDisconnectFunction as ConnectDisconnectFunction {
        "mRID" mrid,
        "enabled" enabled,
        "eventCount" event_count,
        "isConnected" is_connected,
        "isDelayedDiscon" is_delayed_disconnect,
        "isLocalAutoDisconOp" is_local_auto_disconnect,
        "isLocalAutoReconOp" is_local_auto_reconnect,
        "isRemoteAutoDisconOp" is_remote_auto_disconnect,
        "isRemoteAutoReconOp" is_remote_auto_reconnect,
        "password" password,
    }
}

flat! {
    model::RemoteConnectDisconnectInfo as RcdInfo {
        "armedTimeout" armed_timeout,
        "customerVoltageLimit" customer_voltage_limit,
        "energyLimit" energy_limit,
        "energyUsageStartDateTime" energy_usage_start,
        "energyUsageWarning" energy_usage_warning,
        "isArmConnect" is_arm_connect,
        "isArmDisconnect" is_arm_disconnect,
        "isEnergyLimiting" is_energy_limiting,
        "needsPowerLimitCheck" needs_power_limit_check,
        "needsVoltageLimitCheck" needs_voltage_limit_check,
        "powerLimit" power_limit,
        "usePushbutton" use_pushbutton,
    }
}

flat! {
    model::ElectronicAddress as ElectronicAddress {
        "email1" email1,
        "email2" email2,
        "lan" lan,
        "mac" mac,
        "password" password,
        "radio" radio,
        "userID" user_id,
        "web" web,
    }
}

flat! {
    model::LifecycleDate as LifecycleDate {
        "installationDate" installation,
        "manufacturedDate" manufactured,
        "purchaseDate" purchase,
        "receivedDate" received,
        "removalDate" removal,
        "retiredDate" retired,
    }
}

flat! {
    model::EndDeviceInfo as EndDeviceInfo {
        "isSolidState" is_solid_state,
        "phaseCount" phase_count,
        "ratedCurrent" rated_current,
        "ratedVoltage" rated_voltage,
    }
}

flat! { model::EndDeviceInfo as AssetModel { "modelNumber" model_number, "modelVersion" model_version } }

flat! {
    model::EndDeviceCapability as EndDeviceCapability {
        "autonomousDst" autonomous_dst,
        "communication" communication,
        "connectDisconnect" connect_disconnect,
        "demandResponse" demand_response,
        "electricMetering" electric_metering,
        "gasMetering" gas_metering,
        "metrology" metrology,
        "onRequestRead" on_request_read,
        "outageHistory" outage_history,
        "pressureCompensation" pressure_compensation,
        "pricingInfo" pricing_info,
        "pulseOutput" pulse_output,
        "relaysProgramming" relays_programming,
        "reverseFlow" reverse_flow,
        "superCompressibilityCompensation" super_compressibility_compensation,
        "temperatureCompensation" temperature_compensation,
        "textMessage" text_message,
        "waterMetering" water_metering,
    }
}

flat! {
    model::Register as Register {
        "mRID" mrid,
        "isVirtual" is_virtual,
        "leftDigitCount" left_digit_count,
        "rightDigitCount" right_digit_count,
        "touTierName" tou_tier_name,
    }
}

flat! { model::Channel as Channel { "mRID" mrid, "isVirtual" is_virtual } }

flat! { model::TouTier as TouTier { "end" end, "start" start } }

/// A class that is a table of texts and nothing else.
pub(super) fn read_part<C: Default + Flat<E>, E>(element: Option<E>, at: &str, item: &mut Item<'_>) -> Option<C> {
    let mut element = element?;
    let mut class = C::default();
    class.read_flat(&mut element, at, item);
    Some(class)
}

/// The structure of such a class.
pub(super) fn write_part<C: Flat<E>, E: Default>(class: Option<&C>, omitted: &mut Omitted) -> Option<E> {
    let mut element = E::default();
    class?.write_flat(&mut element, omitted);
    Some(element)
}

/// What something is called.
pub(super) fn read_names(names: Vec<Name>, at: &str, item: &mut Item<'_>) -> Vec<model::Name> {
    let mut read = Vec::with_capacity(names.len());
    for (place, Name { name, name_type }) in names.into_iter().enumerate() {
        let at = format!("{at}names/{place}/");
        if name.is_none() {
            item.missing(&format!("{at}name"), "name");
        }
        let named_type = name_type.is_some();
        let NameType { name: type_name, authority } = name_type.unwrap_or_default();
        if named_type && type_name.is_none() {
            item.missing(&format!("{at}nameType"), "NameType/name");
        }
        let authority_name = authority.and_then(|it| it.name);
        read.extend(name.map(|name| model::Name { name, name_type: type_name, name_type_authority: authority_name }));
    }
    read
}

/// The same as elements. An authority needs a type to stand in.
pub(super) fn write_names(names: &[model::Name], field: &'static str, omitted: &mut Omitted) -> Vec<Name> {
    let mut written = Vec::with_capacity(names.len());
    for model::Name { name, name_type, name_type_authority } in names {
        omitted.note(field, name_type.is_none() && name_type_authority.is_some());
        let authority =
            carried(name_type_authority.as_deref(), field, omitted).map(|name| NameTypeAuthority { name: Some(name) });
        let name_type =
            carried(name_type.as_deref(), field, omitted).map(|name| NameType { name: Some(name), authority });
        written.push(Name { name: carried(Some(name), field, omitted), name_type });
    }
    written
}

/// What something is called that the model knows by one text: its first name, else its mRID.
pub(super) fn read_text(named: Option<Named>, element: &'static str, item: &mut Item<'_>) -> Option<String> {
    let Named { mrid, names } = named?;
    let name = item.only_name(names, element);
    if name.is_some() && mrid.is_some() {
        item.tolerances.note_known(Tolerance::NotKept, element, "mRID", item.number);
    }
    name.or(mrid)
}

/// The same as an element.
pub(super) fn write_text(text: Option<&str>, field: &'static str, omitted: &mut Omitted) -> Option<Named> {
    let name = carried(text, field, omitted)?;
    Some(Named { mrid: None, names: vec![Name { name: Some(name), name_type: None }] })
}

/// Model and abilities.
pub(super) fn read_info(element: Option<EndDeviceInfo>, item: &mut Item<'_>) -> Option<model::EndDeviceInfo> {
    let mut element = element?;
    let mut info = model::EndDeviceInfo::default();
    info.read_flat(&mut element, "endDeviceInfo/", item);
    read_model(element.model, &mut info, item);
    info.capability = read_part(element.capability, "endDeviceInfo/capability/", item);
    Some(info)
}

/// The maker's model.
pub(super) fn read_model(element: Option<AssetModel>, info: &mut model::EndDeviceInfo, item: &mut Item<'_>) {
    let Some(mut model) = element else { return };
    info.read_flat(&mut model, "endDeviceInfo/", item);
    info.manufacturer = read_text(model.manufacturer, "Manufacturer", item);
}

/// Model and abilities as elements.
pub(super) fn write_info(info: Option<&model::EndDeviceInfo>, omitted: &mut Omitted) -> Option<EndDeviceInfo> {
    let info = info?;
    let mut element = EndDeviceInfo::default();
    info.write_flat(&mut element, omitted);
    element.model = write_model(info, omitted);
    element.capability = write_part(info.capability.as_ref(), omitted);
    Some(element)
}

/// The maker's model as an element, where anything is known of it.
pub(super) fn write_model(info: &model::EndDeviceInfo, omitted: &mut Omitted) -> Option<AssetModel> {
    let mut model = AssetModel::default();
    info.write_flat(&mut model, omitted);
    model.manufacturer = write_text(info.manufacturer.as_deref(), "endDeviceInfo", omitted);
    (model != AssetModel::default()).then_some(model)
}

/// Numbers to multiply by.
pub(super) fn read_multipliers(elements: Vec<Multiplier>, item: &mut Item<'_>) -> Vec<MeterMultiplier> {
    let mut multipliers = Vec::with_capacity(elements.len());
    for (place, Multiplier { kind, value }) in elements.into_iter().enumerate() {
        let at = format!("multipliers/{place}/");
        for (missing, name) in [(kind.is_none(), "kind"), (value.is_none(), "value")] {
            if missing {
                item.missing(&format!("{at}{name}"), name);
            }
        }
        let kind: Option<MeterMultiplierKind> = Spelled::read(kind, "kind", &format!("{at}kind"), item);
        let value: Option<model::Decimal> = Spelled::read(value, "value", &format!("{at}value"), item);
        if let (Some(kind), Some(value)) = (kind, value) {
            multipliers.push(MeterMultiplier { kind, value });
        }
    }
    multipliers
}

/// The same as elements, of these kinds only.
pub(super) fn write_multipliers(
    multipliers: &[MeterMultiplier],
    kinds: &[&str],
    omitted: &mut Omitted,
) -> Vec<Multiplier> {
    let has_place = |it: &&MeterMultiplier| kinds.contains(&it.kind.as_str());
    omitted.note("multipliers", !multipliers.iter().all(|it| has_place(&it)));
    let element = |it: &MeterMultiplier| Multiplier {
        kind: Some(it.kind.as_str().to_owned()),
        value: Some(it.value.to_string()),
    };
    multipliers.iter().filter(has_place).map(element).collect()
}

/// A register, at `at`.
pub(super) fn read_register(mut element: Register, at: &str, item: &mut Item<'_>) -> model::Register {
    let mut register = model::Register::default();
    register.read_flat(&mut element, at, item);
    register.names = read_names(element.names, at, item);
    register.tou_tier = read_part(element.tou_tier, &format!("{at}touTier/"), item);
    for (place, mut element) in element.channels.into_iter().enumerate() {
        let at = format!("{at}channels/{place}/");
        let mut channel = model::Channel::default();
        channel.read_flat(&mut element, &at, item);
        channel.names = read_names(element.names, &at, item);
        let code = element.reading_type.and_then(|it| it.code);
        let field = format!("{at}readingTypeCode");
        channel.reading_type = item.parsed(code, "ReadingType", &field, ViolationCode::InvalidCode);
        register.channels.push(channel);
    }
    register
}

/// A register as an element.
pub(super) fn write_register(register: &model::Register, omitted: &mut Omitted) -> Register {
    let mut element = Register::default();
    register.write_flat(&mut element, omitted);
    element.names = write_names(&register.names, "registers", omitted);
    element.tou_tier = write_part(register.tou_tier.as_ref(), omitted);
    for channel in &register.channels {
        let mut it = Channel::default();
        channel.write_flat(&mut it, omitted);
        it.names = write_names(&channel.names, "registers", omitted);
        it.reading_type = channel.reading_type.map(|code| Reference { code: Some(code.to_string()) });
        element.channels.push(it);
    }
    element
}
