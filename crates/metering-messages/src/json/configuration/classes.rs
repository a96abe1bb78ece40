//! The tables of the classes: the names are the standard's in camelCase.

use metering_model::{
    Channel, ComFunction, ComModule, ConnectDisconnectFunction, Decimal, ElectronicAddress, EndDevice,
    EndDeviceCapability, EndDeviceInfo, Installation, LifecycleDate, Meter, MeterMultiplier, MeterMultiplierKind, Name,
    Register, RemoteConnectDisconnectInfo, TouTier, UsagePoint, Violation,
};

use crate::json::fields::{At, fields, required};
use crate::json::members::Members;
use crate::json::schema::{self, Schemas, Way};

use super::object::{Member, Object, Value, member_schema, object};

/// The table of an asset: its own members, and those that every asset has.
macro_rules! asset {
    ($Class:ident as $Fields:ident, $what:literal { $( $name:literal $field:ident ),+ $(,)? }) => {
        object! {
            $Class as $Fields, $what {
                "mRID" mrid,
                "names" names,
                "serialNumber" serial_number,
                "lotNumber" lot_number,
                "utcNumber" utc_number,
                "type" asset_type,
                "initialCondition" initial_condition,
                "initialLossOfLife" initial_loss_of_life,
                "purchasePrice" purchase_price,
                "lifecycle" lifecycle,
                "electronicAddress" electronic_address,
                "amrSystem" amr_system,
                "timeZone" time_zone,
                "timeZoneOffset" time_zone_offset,
                "endDeviceInfo" info,
                $( $name $field, )+
            } besides { "id" server_id, "status" server_status, "revision" server_revision, "recordedAt" server_time }
        }
    };
}

asset! {
    EndDevice as EndDeviceFields, "an end device" {
        "isVirtual" is_virtual,
        "isPan" is_pan,
        "installCode" install_code,
        "comFunctions" com_functions,
        "connectDisconnectFunction" connect_disconnect_function,
        "registers" registers,
        "installations" installations,
    }
}

asset! {
    Meter as MeterFields, "a meter" {
        "isVirtual" is_virtual,
        "formNumber" form_number,
        "multipliers" multipliers,
        "comFunctions" com_functions,
        "connectDisconnectFunction" connect_disconnect_function,
        "registers" registers,
        "installations" installations,
    }
}

asset! {
    ComModule as ComModuleFields, "a communication module" {
        "technology" technology,
        "address" address,
        "deviceIds" device_ids,
        "firmwareID" firmware_id,
        "hardwareID" hardware_id,
        "supportsAutonomousDst" supports_autonomous_dst,
        "comFunctions" com_functions,
    }
}

object! {
    UsagePoint as UsagePointFields, "a usage point" {
        "mRID" mrid,
        "names" names,
        "serviceKind" service_kind,
        "phaseCode" phase_code,
        "connectionState" connection_state,
        "amiBillingReady" ami_billing_ready,
        "nominalServiceVoltage" nominal_service_voltage,
        "ratedCurrent" rated_current,
        "ratedPower" rated_power,
        "estimatedLoad" estimated_load,
        "isSdp" is_sdp,
        "isVirtual" is_virtual,
        "grounded" grounded,
        "checkBilling" check_billing,
        "minimalUsageExpected" minimal_usage_expected,
        "multipliers" multipliers,
        "timeZone" time_zone,
        "readCycle" read_cycle,
        "readRoute" read_route,
        "outageRegion" outage_region,
        "servicePriority" service_priority,
        "serviceLocation" service_location,
        "address" address,
        "serviceSupplier" service_supplier,
        "pricingStructure" pricing_structure,
        "serviceDeliveryRemark" service_delivery_remark,
    } besides { "id" server_id, "status" server_status, "revision" server_revision, "recordedAt" server_time }
}

object! {
    LifecycleDate as LifecycleDateFields, "a lifecycle" {
        "manufacturedDate" manufactured,
        "purchaseDate" purchase,
        "receivedDate" received,
        "installationDate" installation,
        "removalDate" removal,
        "retiredDate" retired,
    }
}

object! {
    ElectronicAddress as ElectronicAddressFields, "an electronic address" {
        "lan" lan,
        "mac" mac,
        "email1" email1,
        "email2" email2,
        "web" web,
        "radio" radio,
        "userID" user_id,
        "password" password,
    }
}

object! {
    EndDeviceInfo as EndDeviceInfoFields, "an endDeviceInfo" {
        "manufacturer" manufacturer,
        "modelNumber" model_number,
        "modelVersion" model_version,
        "phaseCount" phase_count,
        "ratedCurrent" rated_current,
        "ratedVoltage" rated_voltage,
        "isSolidState" is_solid_state,
        "capability" capability,
    }
}

object! {
    EndDeviceCapability as EndDeviceCapabilityFields, "a capability" {
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

object! {
    ComFunction as ComFunctionFields, "a communication function" {
        "mRID" mrid,
        "names" names,
        "enabled" enabled,
        "amrAddress" amr_address,
        "amrRouter" amr_router,
        "direction" direction,
        "technology" technology,
        "configID" config_id,
        "firmwareID" firmware_id,
        "hardwareID" hardware_id,
        "password" password,
        "programID" program_id,
    }
}

object! {
    ConnectDisconnectFunction as ConnectDisconnectFunctionFields, "a connect and disconnect function" {
        "mRID" mrid,
        "names" names,
        "enabled" enabled,
        "eventCount" event_count,
        "isConnected" is_connected,
        "isDelayedDiscon" is_delayed_disconnect,
        "isLocalAutoDisconOp" is_local_auto_disconnect,
        "isLocalAutoReconOp" is_local_auto_reconnect,
        "isRemoteAutoDisconOp" is_remote_auto_disconnect,
        "isRemoteAutoReconOp" is_remote_auto_reconnect,
        "password" password,
        "rcdInfo" rcd_info,
    }
}

object! {
    RemoteConnectDisconnectInfo as RemoteConnectDisconnectInfoFields, "an rcdInfo" {
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

object! {
    Register as RegisterFields, "a register" {
        "mRID" mrid,
        "names" names,
        "isVirtual" is_virtual,
        "leftDigitCount" left_digit_count,
        "rightDigitCount" right_digit_count,
        "touTier" tou_tier,
        "touTierName" tou_tier_name,
        "channels" channels,
    }
}

object! {
    TouTier as TouTierFields, "a touTier" { "start" start, "end" end }
}

object! {
    Channel as ChannelFields, "a channel" {
        "mRID" mrid,
        "names" names,
        "isVirtual" is_virtual,
        "readingTypeCode" reading_type,
    }
}

// The classes with members that must be there are written by hand.

fields! {
    /// The members of a name.
    pub(super) struct NameFields<'a> { "name" name, "nameType" name_type, "nameTypeAuthority" authority }
}

impl Object for Name {
    const WHAT: &'static str = "a name";

    const NAME: &'static str = "Name";

    const REQUIRED: &'static [&'static str] = &["name"];

    type Fields<'a> = NameFields<'a>;

    fn from_fields(fields: &NameFields<'_>, at: At<'_>, violations: &mut Vec<Violation>) -> Option<Self> {
        let name = required(fields.name, at, "name", violations);
        let name = String::read(name, at, "name", violations);
        let name_type = Member::read(fields.name_type, at, "nameType", violations);
        let name_type_authority = Member::read(fields.authority, at, "nameTypeAuthority", violations);
        Some(Self { name: name?, name_type, name_type_authority })
    }

    fn members(&self, to: &mut Members<'_>) {
        let Self { name, name_type, name_type_authority } = self;
        name.write(to.name("name"));
        Member::write(name_type, "nameType", to);
        Member::write(name_type_authority, "nameTypeAuthority", to);
    }

    fn member_schemas(way: Way, schemas: &mut Schemas) -> Vec<(&'static str, Option<serde_json::Value>)> {
        vec![
            ("name", Some(String::schema(way, schemas))),
            ("nameType", member_schema(|it: &Self| &it.name_type, way, schemas)),
            ("nameTypeAuthority", member_schema(|it: &Self| &it.name_type_authority, way, schemas)),
        ]
    }
}

fields! {
    /// The members of an installation.
    pub(super) struct InstallationFields<'a> { "usagePointId" usage_point, "from" from, "to" to }
}

impl Object for Installation {
    const WHAT: &'static str = "an installation";

    const NAME: &'static str = "Installation";

    const REQUIRED: &'static [&'static str] = &["usagePointId"];

    type Fields<'a> = InstallationFields<'a>;

    fn from_fields(fields: &InstallationFields<'_>, at: At<'_>, violations: &mut Vec<Violation>) -> Option<Self> {
        let usage_point = required(fields.usage_point, at, "usagePointId", violations);
        let usage_point = Value::read(usage_point, at, "usagePointId", violations);
        let from = Member::read(fields.from, at, "from", violations);
        let to = Member::read(fields.to, at, "to", violations);
        Some(Self { usage_point: usage_point?, from, to })
    }

    fn members(&self, to: &mut Members<'_>) {
        let Self { usage_point, from, to: until } = self;
        usage_point.write(to.name("usagePointId"));
        Member::write(from, "from", to);
        Member::write(until, "to", to);
    }

    fn member_schemas(way: Way, schemas: &mut Schemas) -> Vec<(&'static str, Option<serde_json::Value>)> {
        vec![
            ("usagePointId", Some(schema::id())),
            ("from", member_schema(|it: &Self| &it.from, way, schemas)),
            ("to", member_schema(|it: &Self| &it.to, way, schemas)),
        ]
    }
}

fields! {
    /// The members of a multiplier.
    pub(super) struct MeterMultiplierFields<'a> { "kind" kind, "value" value }
}

impl Object for MeterMultiplier {
    const WHAT: &'static str = "a multiplier";

    const NAME: &'static str = "MeterMultiplier";

    const REQUIRED: &'static [&'static str] = &["kind", "value"];

    type Fields<'a> = MeterMultiplierFields<'a>;

    fn from_fields(fields: &MeterMultiplierFields<'_>, at: At<'_>, violations: &mut Vec<Violation>) -> Option<Self> {
        let kind = required(fields.kind, at, "kind", violations);
        let kind = Value::read(kind, at, "kind", violations);
        let value = required(fields.value, at, "value", violations);
        let value = Value::read(value, at, "value", violations);
        Some(Self { kind: kind?, value: value? })
    }

    fn members(&self, to: &mut Members<'_>) {
        let Self { kind, value } = self;
        kind.write(to.name("kind"));
        value.write(to.name("value"));
    }

    fn member_schemas(way: Way, schemas: &mut Schemas) -> Vec<(&'static str, Option<serde_json::Value>)> {
        vec![("kind", Some(MeterMultiplierKind::schema(way, schemas))), ("value", Some(Decimal::schema(way, schemas)))]
    }
}
