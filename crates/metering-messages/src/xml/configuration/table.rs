//! The four configurations as the schema has them, and what of them is kept.

use metering_model::words::READING_REASONS;

use super::functions::{
    COM_FUNCTION, COM_MODULE_FUNCTION, CONNECT_DISCONNECT_FUNCTION, ELECTRONIC_ADDRESS, ElectronicAddress,
    SIMPLE_END_DEVICE_FUNCTION,
};
use crate::xml::elements::{NAME, NAME_TYPE, NAMED, Name, Named, READING_TYPE, Reference as Ref, STATUS};
use crate::xml::schema::Content::{
    Boolean, Date, DateTime, Decimal, Float, Integer, Of, Reference, String as Text, Words,
};
use crate::xml::schema::elements;

elements! {
    /// The message of end devices.
    pub(in crate::xml) END_DEVICE_CONFIG {
        "ComFunction" Many Of(COM_FUNCTION) => kept;
        "ConnectDisconnectFunction" Many Of(CONNECT_DISCONNECT_FUNCTION) => kept;
        "EndDevice" Many Of(END_DEVICE) => kept;
        "ReadingType" Many Of(READING_TYPE);
        "SimpleEndDeviceFunction" Many Of(SIMPLE_END_DEVICE_FUNCTION) => kept;
    }
}

elements! {
    /// The message of meters.
    pub(in crate::xml) METER_CONFIG {
        "ComFunction" Many Of(COM_FUNCTION) => kept;
        "ConnectDisconnectFunction" Many Of(CONNECT_DISCONNECT_FUNCTION) => kept;
        "Meter" Many Of(METER) => kept;
        "ReadingType" Many Of(READING_TYPE);
        "SimpleEndDeviceFunction" Many Of(SIMPLE_END_DEVICE_FUNCTION) => kept;
    }
}

elements! {
    /// The message of usage points.
    pub(in crate::xml) USAGE_POINT_CONFIG {
        "ReadingType" Many Of(READING_TYPE);
        "UsagePoint" Many Of(USAGE_POINT) => kept;
    }
}

elements! {
    /// The message of communication modules.
    pub(in crate::xml) COM_MODULE_CONFIG {
        "ComFunction" Many Of(COM_MODULE_FUNCTION) => kept;
        "ComModule" Many Of(COM_MODULE) => kept;
    }
}

elements! {
    /// An end device.
    pub(super) EndDevice = END_DEVICE {
        "mRID" Optional Text => mrid: Option<String>;
        "amrSystem" Optional Text => amr_system: Option<String>;
        "initialCondition" Optional Text => initial_condition: Option<String>;
        "initialLossOfLife" Optional Float => initial_loss_of_life: Option<String>;
        "installCode" Optional Text => install_code: Option<String>;
        "isPan" Optional Boolean => is_pan: Option<String>;
        "isVirtual" Optional Boolean => is_virtual: Option<String>;
        "lotNumber" Optional Text => lot_number: Option<String>;
        "purchasePrice" Optional Decimal => purchase_price: Option<String>;
        "serialNumber" Optional Text => serial_number: Option<String>;
        "timeZoneOffset" Optional Float => time_zone_offset: Option<String>;
        "type" Optional Text => asset_type: Option<String>;
        "utcNumber" Optional Text => utc_number: Option<String>;
        "ActivityRecords" Many Of(ACTIVITY_RECORD);
        "ConfigurationEvents" Optional Of(CONFIGURATION_EVENT);
        "electronicAddress" Optional Of(ELECTRONIC_ADDRESS) => electronic_address: Option<ElectronicAddress>;
        "ComFunction" Many Reference => com_functions: Vec<Ref>;
        "ConnectDisconnectFunction" OrMany Reference => switches: Vec<Ref>;
        "SimpleEndDeviceFunction" OrMany Reference => simple_functions: Vec<Ref>;
        "EndDeviceInfo" Optional Of(END_DEVICE_INFO) => info: Option<EndDeviceInfo>;
        "lifecycle" Optional Of(LIFECYCLE_DATE) => lifecycle: Option<LifecycleDate>;
        "Names" Many Of(NAME) => names: Vec<Name>;
        "Seals" Many Of(SEAL);
        "status" Optional Of(STATUS);
    }
}

elements! {
    /// A meter.
    pub(super) Meter = METER {
        "mRID" Optional Text => mrid: Option<String>;
        "amrSystem" Optional Text => amr_system: Option<String>;
        "formNumber" Optional Text => form_number: Option<String>;
        "initialCondition" Optional Text => initial_condition: Option<String>;
        "initialLossOfLife" Optional Float => initial_loss_of_life: Option<String>;
        "isVirtual" Optional Boolean => is_virtual: Option<String>;
        "lotNumber" Optional Text => lot_number: Option<String>;
        "purchasePrice" Optional Decimal => purchase_price: Option<String>;
        "serialNumber" Optional Text => serial_number: Option<String>;
        "timeZoneOffset" Optional Float => time_zone_offset: Option<String>;
        "type" Optional Text => asset_type: Option<String>;
        "utcNumber" Optional Text => utc_number: Option<String>;
        "ActivityRecords" Many Of(ACTIVITY_RECORD);
        "ConfigurationEvents" Optional Of(CONFIGURATION_EVENT);
        "electronicAddress" Optional Of(ELECTRONIC_ADDRESS) => electronic_address: Option<ElectronicAddress>;
        "ComFunction" Many Reference => com_functions: Vec<Ref>;
        "ConnectDisconnectFunction" OrMany Reference => switches: Vec<Ref>;
        "SimpleEndDeviceFunction" OrMany Reference => simple_functions: Vec<Ref>;
        "EndDeviceInfo" Optional Of(END_DEVICE_INFO) => info: Option<EndDeviceInfo>;
        "lifecycle" Optional Of(LIFECYCLE_DATE) => lifecycle: Option<LifecycleDate>;
        "MeterMultipliers" Many Of(METER_MULTIPLIER) => multipliers: Vec<Multiplier>;
        "Names" Many Of(NAME) => names: Vec<Name>;
        "Seals" Many Of(METER_SEAL);
        "status" Optional Of(STATUS);
    }
}

elements! {
    /// A communication module.
    pub(super) ComModule = COM_MODULE {
        "mRID" Optional Text => mrid: Option<String>;
        "amrSystem" Optional Text => amr_system: Option<String>;
        "initialCondition" Optional Text => initial_condition: Option<String>;
        "initialLossOfLife" Optional Float => initial_loss_of_life: Option<String>;
        "lotNumber" Optional Text => lot_number: Option<String>;
        "purchasePrice" Optional Decimal => purchase_price: Option<String>;
        "serialNumber" Optional Text => serial_number: Option<String>;
        "supportsAutonomousDst" Optional Boolean => supports_autonomous_dst: Option<String>;
        "timeZoneOffset" Optional Float => time_zone_offset: Option<String>;
        "type" Optional Text => asset_type: Option<String>;
        "utcNumber" Optional Text => utc_number: Option<String>;
        "ActivityRecords" Many Of(COM_MODULE_RECORD);
        "AssetInfo" Optional Of(ASSET_INFO) => info: Option<AssetInfo>;
        "ComFunctions" Many Reference => com_functions: Vec<Ref>;
        "ConfigurationEvents" Optional Of(CONFIGURATION_EVENT);
        "electronicAddress" Optional Of(ELECTRONIC_ADDRESS) => electronic_address: Option<ElectronicAddress>;
        "lifecycle" Optional Of(LIFECYCLE_DATE) => lifecycle: Option<LifecycleDate>;
        "Names" Many Of(NAME) => names: Vec<Name>;
        "status" Optional Of(STATUS);
    }
}

elements! {
    /// A usage point.
    pub(super) UsagePoint = USAGE_POINT {
        "mRID" Optional Text => mrid: Option<String>;
        "amiBillingReady" Optional Words(metering_model::AmiBillingReadyKind::WORDS) => ami_billing_ready: Option<String>;
        "checkBilling" Optional Boolean => check_billing: Option<String>;
        "connectionState" Optional Words(metering_model::UsagePointConnectedKind::WORDS) => connection_state: Option<String>;
        "estimatedLoad" Optional Float => estimated_load: Option<String>;
        "grounded" Optional Boolean => grounded: Option<String>;
        "isSdp" Optional Boolean => is_sdp: Option<String>;
        "isVirtual" Optional Boolean => is_virtual: Option<String>;
        "minimalUsageExpected" Optional Boolean => minimal_usage_expected: Option<String>;
        "nominalServiceVoltage" Optional Float => nominal_service_voltage: Option<String>;
        "outageRegion" Optional Text => outage_region: Option<String>;
        "phaseCode" Optional Words(metering_model::PhaseCode::WORDS) => phase_code: Option<String>;
        "ratedCurrent" Optional Float => rated_current: Option<String>;
        "ratedPower" Optional Float => rated_power: Option<String>;
        "readCycle" Optional Text => read_cycle: Option<String>;
        "readRoute" Optional Text => read_route: Option<String>;
        "serviceDeliveryRemark" Optional Text => service_delivery_remark: Option<String>;
        "servicePriority" Optional Text => service_priority: Option<String>;
        "ConfigurationEvents" Optional Of(CONFIGURATION_EVENT);
        "Equipments" Optional Of(NAMED);
        "MetrologyRequirements" Many Of(METROLOGY_REQUIREMENT);
        "Names" Many Of(NAME) => names: Vec<Name>;
        "PricingStructures" Optional Of(PRICING_STRUCTURE) => pricing_structure: Option<PricingStructure>;
        "ServiceCategory" Optional Of(SERVICE_CATEGORY) => service_category: Option<ServiceCategory>;
        "ServiceLocation" Optional Of(NAMED) => service_location: Option<Named>;
        "ServiceMultipliers" Many Of(SERVICE_MULTIPLIER) => multipliers: Vec<Multiplier>;
        "ServiceSupplier" Optional Of(SERVICE_SUPPLIER) => service_supplier: Option<Supplier>;
        "UsagePointLocation" Optional Of(NAMED);
    }
}

elements! {
    /// Something that was done to a device.
    ACTIVITY_RECORD {
        "createdDateTime" Optional DateTime;
        "reason" Optional Text;
        "severity" Optional Text;
        "type" Optional Text;
        "status" Optional Of(STATUS);
    }
}

elements! {
    /// Something that was done to a communication module.
    COM_MODULE_RECORD {
        "mRID" Optional Text;
        "createdDateTime" Optional DateTime;
        "reason" Optional Text;
        "severity" Optional Text;
        "type" Optional Text;
        "Names" Many Of(NAME);
        "status" Optional Of(STATUS);
    }
}

elements! {
    /// That a configuration was changed; the server keeps its own revisions.
    CONFIGURATION_EVENT {
        "mRID" Optional Text;
        "createdDateTime" Optional DateTime;
        "effectiveDateTime" Optional DateTime;
        "modifiedBy" Optional Text;
        "reason" Optional Text;
        "remark" Optional Text;
        "severity" Optional Text;
        "type" Optional Text;
        "Names" Many Of(NAME);
        "status" Optional Of(STATUS);
    }
}

const SEAL_CONDITIONS: &[&str] = &["broken", "locked", "missing", "open", "other"];
const SEAL_KINDS: &[&str] = &["lead", "lock", "other", "steel"];

elements! {
    /// A seal of an end device.
    SEAL {
        "appliedDateTime" Optional DateTime;
        "condition" Optional Words(SEAL_CONDITIONS);
        "kind" Optional Words(SEAL_KINDS);
        "sealNumber" Required Text;
    }
}

elements! {
    /// A seal of a meter.
    METER_SEAL {
        "mRID" Optional Text;
        "appliedDateTime" Optional DateTime;
        "condition" Optional Words(SEAL_CONDITIONS);
        "kind" Optional Words(SEAL_KINDS);
        "sealNumber" Optional Text;
        "Names" Many Of(NAME);
    }
}

elements! {
    /// The model of a device and what devices of it can do.
    pub(super) EndDeviceInfo = END_DEVICE_INFO {
        "isSolidState" Optional Boolean => is_solid_state: Option<String>;
        "phaseCount" Optional Integer => phase_count: Option<String>;
        "ratedCurrent" Optional Float => rated_current: Option<String>;
        "ratedVoltage" Optional Float => rated_voltage: Option<String>;
        "AssetModel" Optional Of(ASSET_MODEL) => model: Option<AssetModel>;
        "capability" Optional Of(END_DEVICE_CAPABILITY) => capability: Option<EndDeviceCapability>;
    }
}

elements! {
    /// The model of a communication module.
    pub(super) AssetInfo = ASSET_INFO {
        "AssetModel" Optional Of(ASSET_MODEL) => model: Option<AssetModel>;
    }
}

elements! {
    /// A maker's model.
    pub(super) AssetModel = ASSET_MODEL {
        "corporateStandardKind" Optional Words(&["experimental", "other", "standard", "underEvaluation"]);
        "modelNumber" Optional Text => model_number: Option<String>;
        "modelVersion" Optional Text => model_version: Option<String>;
        "usageKind" Optional Words(USAGE_KINDS);
        "Manufacturer" Optional Of(NAMED) => manufacturer: Option<Named>;
    }
}

const USAGE_KINDS: &[&str] = &[
    "customerSubstation",
    "distributionOverhead",
    "distributionUnderground",
    "other",
    "streetlight",
    "substation",
    "transmission",
    "unknown",
];

elements! {
    /// What a device can do.
    pub(super) EndDeviceCapability = END_DEVICE_CAPABILITY {
        "autonomousDst" Optional Boolean => autonomous_dst: Option<String>;
        "communication" Optional Boolean => communication: Option<String>;
        "connectDisconnect" Optional Boolean => connect_disconnect: Option<String>;
        "demandResponse" Optional Boolean => demand_response: Option<String>;
        "electricMetering" Optional Boolean => electric_metering: Option<String>;
        "gasMetering" Optional Boolean => gas_metering: Option<String>;
        "metrology" Optional Boolean => metrology: Option<String>;
        "onRequestRead" Optional Boolean => on_request_read: Option<String>;
        "outageHistory" Optional Boolean => outage_history: Option<String>;
        "pressureCompensation" Optional Boolean => pressure_compensation: Option<String>;
        "pricingInfo" Optional Boolean => pricing_info: Option<String>;
        "pulseOutput" Optional Boolean => pulse_output: Option<String>;
        "relaysProgramming" Optional Boolean => relays_programming: Option<String>;
        "reverseFlow" Optional Boolean => reverse_flow: Option<String>;
        "superCompressibilityCompensation" Optional Boolean => super_compressibility_compensation: Option<String>;
        "temperatureCompensation" Optional Boolean => temperature_compensation: Option<String>;
        "textMessage" Optional Boolean => text_message: Option<String>;
        "waterMetering" Optional Boolean => water_metering: Option<String>;
    }
}

elements! {
    /// The days in the life of an asset.
    pub(super) LifecycleDate = LIFECYCLE_DATE {
        "installationDate" Optional Date => installation: Option<String>;
        "manufacturedDate" Optional Date => manufactured: Option<String>;
        "purchaseDate" Optional Date => purchase: Option<String>;
        "receivedDate" Optional Date => received: Option<String>;
        "removalDate" Optional Date => removal: Option<String>;
        "retiredDate" Optional Date => retired: Option<String>;
    }
}

elements! {
    /// A number that the values of a meter are to be multiplied by.
    pub(super) Multiplier = METER_MULTIPLIER {
        "mRID" Optional Text;
        "kind" Optional Words(metering_model::MeterMultiplierKind::WORDS) => kind: Option<String>;
        "value" Optional Float => value: Option<String>;
        "Names" Many Of(NAME);
    }
}

elements! {
    /// The same of a usage point.
    SERVICE_MULTIPLIER {
        "mRID" Optional Text;
        "kind" Optional Words(super::write::SERVICE_MULTIPLIER_KINDS) => kept;
        "value" Optional Float => kept;
        "Names" Many Of(TYPED_NAME);
    }
}

elements! {
    /// A name that has to say what kind of name it is.
    TYPED_NAME {
        "name" Required Text;
        "NameType" Required Of(NAME_TYPE);
    }
}

elements! {
    /// What is asked of the readings of a usage point.
    METROLOGY_REQUIREMENT {
        "mRID" Optional Text;
        "reason" Optional Words(READING_REASONS);
        "Names" Many Of(NAME);
        "ReadingTypes" OneOrMore Reference;
    }
}

elements! {
    /// A tariff.
    pub(super) PricingStructure = PRICING_STRUCTURE {
        "mRID" Optional Text => mrid: Option<String>;
        "code" Optional Text => code: Option<String>;
        "Names" Many Of(NAME) => names: Vec<Name>;
    }
}

elements! {
    /// What is delivered.
    pub(super) ServiceCategory = SERVICE_CATEGORY {
        "mRID" Optional Text;
        "kind" Optional Words(metering_model::ServiceKind::WORDS) => kind: Option<String>;
        "Names" Many Of(NAME);
    }
}

elements! {
    /// Who supplies.
    pub(super) Supplier = SERVICE_SUPPLIER {
        "mRID" Optional Text => mrid: Option<String>;
        "kind" Optional Words(&["other", "retailer", "utility"]);
        "Names" Many Of(NAME) => names: Vec<Name>;
    }
}
