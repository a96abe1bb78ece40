//! `EndDeviceConfig`: end devices, and the functions that meters have as well.

use super::asset::{TimeOfDay, asset};
use super::class::{Described, class, no_text};
use super::com_module::{ComFunction, keep_secrets_of_com_functions};
use crate::{Decimal, ElectronicAddress, EndDeviceId, Name, ReadingType, Secret, TimeStamp, UsagePointId};

asset! {
    /// A device at the end of the network that communicates.
    pub struct EndDevice(EndDeviceId) {
        /// Whether it is a stand-in for measuring that no device does.
        "isVirtual" is_virtual: Option<bool>,
        /// Whether it belongs to a network on the premises.
        "isPan" is_pan: Option<bool>,
        /// The code by which it joins that network.
        "installCode" install_code: Option<Secret>,
        /// How it communicates.
        "comFunctions" com_functions: Vec<ComFunction>,
        /// Its connect and disconnect switch.
        "connectDisconnectFunction" connect_disconnect_function: Option<ConnectDisconnectFunction>,
        /// Its registers, of whatever function.
        "registers" registers: Vec<Register>,
        /// At which usage points it was installed, and when.
        "installations" installations: Vec<Installation>,
    }
}

impl EndDevice {
    pub(crate) fn keep_secrets(&mut self, stored: &Self) {
        Secret::keep(&mut self.install_code, &stored.install_code);
        ElectronicAddress::keep_secrets(&mut self.electronic_address, &stored.electronic_address);
        keep_secrets_of_com_functions(&mut self.com_functions, &stored.com_functions);
        ConnectDisconnectFunction::keep_secrets(
            &mut self.connect_disconnect_function,
            &stored.connect_disconnect_function,
        );
    }
}

/// That a device served a usage point for some time. It may be told afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Installation {
    /// Where: an mRID or an unambiguous name.
    #[cfg_attr(feature = "serde", serde(rename = "usagePointId"))]
    pub usage_point: UsagePointId,
    /// After this instant; absent = always before `to`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub from: Option<TimeStamp>,
    /// At this instant or before; absent = still.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub to: Option<TimeStamp>,
}

impl Installation {
    /// Whether both are in effect at some instant.
    ///
    /// ```
    /// use metering_model::Installation;
    ///
    /// let installed = |from: Option<&str>, to: Option<&str>| Installation {
    ///     usage_point: "UP-1".parse().unwrap(),
    ///     from: from.and_then(|it| it.parse().ok()),
    ///     to: to.and_then(|it| it.parse().ok()),
    /// };
    /// let first = installed(None, Some("2024-01-15T10:00:00Z"));
    /// let second = installed(Some("2024-01-15T10:00:00Z"), None);
    /// assert!(!first.overlaps(&second));
    /// assert!(first.overlaps(&installed(Some("2024-01-15T09:00:00Z"), None)));
    /// ```
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let before =
            |to: Option<TimeStamp>, from: Option<TimeStamp>| matches!((to, from), (Some(to), Some(from)) if to <= from);
        !before(self.to, other.from) && !before(other.to, self.from)
    }
}

impl Described for Installation {
    const MEANING: &'static str = "That a device served a usage point for some time. It may be told afterwards.";
    const FIELDS: &'static [(&'static str, &'static str)] = &[
        ("usagePointId", "The usage point."),
        ("from", "Since when; absent: always."),
        ("to", "Until when; absent: still."),
    ];
}

// The id of the usage point is the only text, and has been checked as an id.
no_text!(Installation);

class! {
    /// A device's switch for connecting and disconnecting.
    pub struct ConnectDisconnectFunction {
        /// Its id.
        "mRID" mrid: Option<String>,
        /// What it is called.
        "names" names: Vec<Name>,
        /// Whether it may be used.
        "enabled" enabled: Option<bool>,
        /// How often it has switched.
        "eventCount" event_count: Option<u32>,
        /// Whether it is connected.
        "isConnected" is_connected: Option<bool>,
        /// Whether a disconnect waits.
        "isDelayedDiscon" is_delayed_disconnect: Option<bool>,
        /// Whether it disconnects by itself on the spot.
        "isLocalAutoDisconOp" is_local_auto_disconnect: Option<bool>,
        /// Whether it reconnects by itself on the spot.
        "isLocalAutoReconOp" is_local_auto_reconnect: Option<bool>,
        /// Whether it disconnects by itself on a signal from afar.
        "isRemoteAutoDisconOp" is_remote_auto_disconnect: Option<bool>,
        /// Whether it reconnects by itself on a signal from afar.
        "isRemoteAutoReconOp" is_remote_auto_reconnect: Option<bool>,
        /// The password that it asks for.
        "password" password: Option<Secret>,
        /// Its limits.
        "rcdInfo" rcd_info: Option<RemoteConnectDisconnectInfo>,
    }
}

impl ConnectDisconnectFunction {
    pub(crate) fn keep_secrets(given: &mut Option<Self>, stored: &Option<Self>) {
        if let (Some(given), Some(stored)) = (given, stored) {
            Secret::keep(&mut given.password, &stored.password);
        }
    }
}

class! {
    /// How a switch is armed, and what makes it open.
    pub struct RemoteConnectDisconnectInfo {
        /// How long it stays armed, in seconds.
        "armedTimeout" armed_timeout: Option<Decimal>,
        /// The voltage on the customer's side above which it does not connect, in volts.
        "customerVoltageLimit" customer_voltage_limit: Option<Decimal>,
        /// The energy after which it disconnects, in watt-hours.
        "energyLimit" energy_limit: Option<Decimal>,
        /// From when that energy is counted.
        "energyUsageStartDateTime" energy_usage_start: Option<TimeStamp>,
        /// The energy after which it warns, in watt-hours.
        "energyUsageWarning" energy_usage_warning: Option<Decimal>,
        /// Whether it must be armed before connecting.
        "isArmConnect" is_arm_connect: Option<bool>,
        /// Whether it must be armed before disconnecting.
        "isArmDisconnect" is_arm_disconnect: Option<bool>,
        /// Whether the limit of energy is in effect.
        "isEnergyLimiting" is_energy_limiting: Option<bool>,
        /// Whether power is checked before switching.
        "needsPowerLimitCheck" needs_power_limit_check: Option<bool>,
        /// Whether voltage is checked before switching.
        "needsVoltageLimitCheck" needs_voltage_limit_check: Option<bool>,
        /// The power above which it disconnects, in watts.
        "powerLimit" power_limit: Option<Decimal>,
        /// Whether a person presses a button to connect.
        "usePushbutton" use_pushbutton: Option<bool>,
    }
}

class! {
    /// A display or a place in memory that counts.
    pub struct Register {
        /// Its id.
        "mRID" mrid: Option<String>,
        /// What it is called.
        "names" names: Vec<Name>,
        /// Whether no display or memory of the device stands behind it.
        "isVirtual" is_virtual: Option<bool>,
        /// How many digits stand before the point: after these it starts again from 0.
        "leftDigitCount" left_digit_count: Option<u32>,
        /// How many digits stand behind the point.
        "rightDigitCount" right_digit_count: Option<u32>,
        /// The time of use it counts.
        "touTier" tou_tier: Option<TouTier>,
        /// What that time of use is called.
        "touTierName" tou_tier_name: Option<String>,
        /// What is read from it.
        "channels" channels: Vec<Channel>,
    }
}

class! {
    /// The part of the day a register counts, by the clock of the place.
    pub struct TouTier {
        /// From this time.
        "start" start: Option<TimeOfDay>,
        /// To this time.
        "end" end: Option<TimeOfDay>,
    }
}

class! {
    /// A stream of values of one reading type.
    pub struct Channel {
        /// Its id.
        "mRID" mrid: Option<String>,
        /// What it is called.
        "names" names: Vec<Name>,
        /// Whether its values are computed.
        "isVirtual" is_virtual: Option<bool>,
        /// What its values measure.
        "readingTypeCode" reading_type: Option<ReadingType>,
    }
}
