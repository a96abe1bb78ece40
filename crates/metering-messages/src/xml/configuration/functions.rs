//! The functions of devices as the schema has them: siblings of the devices, which refer to them.

use crate::xml::elements::{NAME, Name, Reference as Ref};
use crate::xml::schema::Content::{Boolean, DateTime, Float, Integer, Of, Reference, String as Text, Time, Words};
use crate::xml::schema::elements;

elements! {
    /// A way a device communicates.
    pub(super) ComFunction = COM_FUNCTION {
        "mRID" Optional Text => mrid: Option<String>;
        "amrAddress" Optional Text => amr_address: Option<String>;
        "amrRouter" Optional Text => amr_router: Option<String>;
        "configID" Optional Text => config_id: Option<String>;
        "direction" Optional Words(metering_model::ComDirectionKind::WORDS) => direction: Option<String>;
        "enabled" Optional Boolean => enabled: Option<String>;
        "firmwareID" Optional Text => firmware_id: Option<String>;
        "hardwareID" Optional Text => hardware_id: Option<String>;
        "password" Optional Text => password: Option<String>;
        "programID" Optional Text => program_id: Option<String>;
        "technology" Optional Words(metering_model::ComTechnologyKind::WORDS) => technology: Option<String>;
        "Names" Many Of(NAME) => names: Vec<Name>;
    }
}

/// Of a communication module it is the same.
pub(super) const COM_MODULE_FUNCTION: &[crate::xml::schema::Element] = COM_FUNCTION;

elements! {
    /// A switch.
    pub(super) ConnectDisconnectFunction = CONNECT_DISCONNECT_FUNCTION {
        "mRID" Optional Text => mrid: Option<String>;
        "enabled" Optional Boolean => enabled: Option<String>;
        "eventCount" Optional Integer => event_count: Option<String>;
        "isConnected" Optional Boolean => is_connected: Option<String>;
        "isDelayedDiscon" Optional Boolean => is_delayed_disconnect: Option<String>;
        "isLocalAutoDisconOp" Optional Boolean => is_local_auto_disconnect: Option<String>;
        "isLocalAutoReconOp" Optional Boolean => is_local_auto_reconnect: Option<String>;
        "isRemoteAutoDisconOp" Optional Boolean => is_remote_auto_disconnect: Option<String>;
        "isRemoteAutoReconOp" Optional Boolean => is_remote_auto_reconnect: Option<String>;
        "password" Optional Text => password: Option<String>;
        "Names" Many Of(NAME) => names: Vec<Name>;
        "rcdInfo" Optional Of(RCD_INFO) => rcd_info: Option<RcdInfo>;
    }
}

elements! {
    /// How a switch is armed, and what makes it open.
    pub(super) RcdInfo = RCD_INFO {
        "armedTimeout" Optional Float => armed_timeout: Option<String>;
        "customerVoltageLimit" Optional Float => customer_voltage_limit: Option<String>;
        "energyLimit" Optional Float => energy_limit: Option<String>;
        "energyUsageStartDateTime" Optional DateTime => energy_usage_start: Option<String>;
        "energyUsageWarning" Optional Float => energy_usage_warning: Option<String>;
        "isArmConnect" Optional Boolean => is_arm_connect: Option<String>;
        "isArmDisconnect" Optional Boolean => is_arm_disconnect: Option<String>;
        "isEnergyLimiting" Optional Boolean => is_energy_limiting: Option<String>;
        "needsPowerLimitCheck" Optional Boolean => needs_power_limit_check: Option<String>;
        "needsVoltageLimitCheck" Optional Boolean => needs_voltage_limit_check: Option<String>;
        "powerLimit" Optional Float => power_limit: Option<String>;
        "usePushbutton" Optional Boolean => use_pushbutton: Option<String>;
    }
}

elements! {
    /// Any other function; what is kept of it are its registers.
    pub(super) SimpleEndDeviceFunction = SIMPLE_END_DEVICE_FUNCTION {
        "mRID" Optional Text => mrid: Option<String>;
        "configID" Optional Text;
        "enabled" Optional Boolean;
        "firmwareID" Optional Text;
        "hardwareID" Optional Text;
        "kind" Optional Words(FUNCTION_KINDS);
        "password" Optional Text;
        "programID" Optional Text;
        "Names" Many Of(NAME) => names: Vec<Name>;
        "Registers" Many Of(REGISTER) => registers: Vec<Register>;
    }
}

const FUNCTION_KINDS: &[&str] = &[
    "autonomousDst",
    "demandResponse",
    "electricMetering",
    "gasMetering",
    "metrology",
    "onRequestRead",
    "outageHistory",
    "relaysProgramming",
    "reverseFlow",
    "waterMetering",
];

elements! {
    /// A register.
    pub(super) Register = REGISTER {
        "mRID" Optional Text => mrid: Option<String>;
        "isVirtual" Optional Boolean => is_virtual: Option<String>;
        "leftDigitCount" Optional Integer => left_digit_count: Option<String>;
        "rightDigitCount" Optional Integer => right_digit_count: Option<String>;
        "touTierName" Optional Text => tou_tier_name: Option<String>;
        "Channels" Many Of(CHANNEL) => channels: Vec<Channel>;
        "Names" Many Of(NAME) => names: Vec<Name>;
        "touTier" Optional Of(TOU_TIER) => tou_tier: Option<TouTier>;
    }
}

elements! {
    /// A stream of values.
    pub(super) Channel = CHANNEL {
        "mRID" Optional Text => mrid: Option<String>;
        "isVirtual" Optional Boolean => is_virtual: Option<String>;
        "Names" Many Of(NAME) => names: Vec<Name>;
        "ReadingType" Optional Reference => reading_type: Option<Ref>;
    }
}

elements! {
    /// The part of the day that a register counts.
    pub(super) TouTier = TOU_TIER {
        "end" Optional Time => end: Option<String>;
        "start" Optional Time => start: Option<String>;
    }
}

elements! {
    /// Where a device can be reached.
    pub(super) ElectronicAddress = ELECTRONIC_ADDRESS {
        "email1" Optional Text => email1: Option<String>;
        "email2" Optional Text => email2: Option<String>;
        "lan" Optional Text => lan: Option<String>;
        "mac" Optional Text => mac: Option<String>;
        "password" Optional Text => password: Option<String>;
        "radio" Optional Text => radio: Option<String>;
        "userID" Optional Text => user_id: Option<String>;
        "web" Optional Text => web: Option<String>;
    }
}
