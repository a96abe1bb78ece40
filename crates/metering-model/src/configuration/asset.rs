//! What end devices, meters and communication modules share as things that were bought.

use std::fmt;
use std::str::FromStr;

use chrono::{NaiveDate, NaiveTime};

use super::class::{class, no_text};
use crate::as_text::as_text;
use crate::{Decimal, Secret};

/// Declares a class of assets: its own fields, and those that every asset has.
macro_rules! asset {
    ($(#[doc = $meaning:literal])+ pub struct $Name:ident($Id:ty) { $($own:tt)+ }) => {
        crate::configuration::class::class! {
            $(#[doc = $meaning])+
            pub struct $Name {
                /// Its id; made by the server where only a name is given.
                "mRID" mrid: Option<$Id>,
                /// What people and other systems call it.
                "names" names: Vec<crate::Name>,
                /// The maker's number.
                "serialNumber" serial_number: Option<String>,
                /// The number of the lot it was bought in.
                "lotNumber" lot_number: Option<String>,
                /// The utility's own number of it.
                "utcNumber" utc_number: Option<String>,
                /// What it is, in the utility's words.
                "type" asset_type: Option<String>,
                /// Its condition when it came: new, rebuilt, overhauled.
                "initialCondition" initial_condition: Option<String>,
                /// How much of its life had passed when it came, in percent.
                "initialLossOfLife" initial_loss_of_life: Option<crate::Decimal>,
                /// What it cost.
                "purchasePrice" purchase_price: Option<crate::Decimal>,
                /// When it was made, bought, installed and so on.
                "lifecycle" lifecycle: Option<crate::LifecycleDate>,
                /// Where it can be reached.
                "electronicAddress" electronic_address: Option<crate::ElectronicAddress>,
                /// The head-end that reaches it.
                "amrSystem" amr_system: Option<String>,
                /// Its time zone by the IANA name (`Europe/Berlin`).
                "timeZone" time_zone: Option<String>,
                /// How far its time is from UTC, in minutes.
                "timeZoneOffset" time_zone_offset: Option<crate::Decimal>,
                /// Model and abilities.
                "endDeviceInfo" info: Option<crate::EndDeviceInfo>,
                $($own)+
            }
        }
    };
}

pub(crate) use asset;

/// A day of the calendar, without a time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarDate(pub NaiveDate);

/// A time on the clock of the place, without a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(pub NaiveTime);

/// Why a text is no [`CalendarDate`] or [`TimeOfDay`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CalendarError {
    /// Not a day of the calendar.
    #[error("not a date such as 2024-01-15")]
    NotADate,
    /// Not a time of day.
    #[error("not a time of day such as 06:00:00")]
    NotATimeOfDay,
}

impl FromStr for CalendarDate {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // chrono reads signs, blanks and short years besides.
        let plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        date.filter(|_| plain && !text.starts_with('-')).map(Self).ok_or(CalendarError::NotADate)
    }
}

impl fmt::Display for CalendarDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for TimeOfDay {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let format = match text.len() {
            5 => "%H:%M",
            8 => "%H:%M:%S",
            _ => return Err(CalendarError::NotATimeOfDay),
        };
        // chrono takes blanks, and second 60.
        let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') && !text.ends_with(":60");
        let time = NaiveTime::parse_from_str(text, format).ok();
        time.filter(|_| plain).map(Self).ok_or(CalendarError::NotATimeOfDay)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

as_text!(CalendarDate, TimeOfDay);
no_text!(CalendarDate, TimeOfDay);

class! {
    /// The days in the life of an asset.
    pub struct LifecycleDate {
        /// Made.
        "manufacturedDate" manufactured: Option<CalendarDate>,
        /// Bought.
        "purchaseDate" purchase: Option<CalendarDate>,
        /// Received.
        "receivedDate" received: Option<CalendarDate>,
        /// Installed, last of all.
        "installationDate" installation: Option<CalendarDate>,
        /// Removed, last of all.
        "removalDate" removal: Option<CalendarDate>,
        /// Taken out of service for good.
        "retiredDate" retired: Option<CalendarDate>,
    }
}

class! {
    /// Where a device can be reached.
    pub struct ElectronicAddress {
        /// On the local network.
        "lan" lan: Option<String>,
        /// On the medium.
        "mac" mac: Option<String>,
        /// By mail.
        "email1" email1: Option<String>,
        /// By mail, another one.
        "email2" email2: Option<String>,
        /// On the web.
        "web" web: Option<String>,
        /// By radio.
        "radio" radio: Option<String>,
        /// The user to log in as.
        "userID" user_id: Option<String>,
        /// That user's password.
        "password" password: Option<Secret>,
    }
}

impl ElectronicAddress {
    pub(crate) fn keep_secrets(given: &mut Option<Self>, stored: &Option<Self>) {
        if let (Some(given), Some(stored)) = (given, stored) {
            Secret::keep(&mut given.password, &stored.password);
        }
    }
}

class! {
    /// The model of a device and what devices of it can do.
    pub struct EndDeviceInfo {
        /// Who made it.
        "manufacturer" manufacturer: Option<String>,
        /// The maker's model.
        "modelNumber" model_number: Option<String>,
        /// The version of the model.
        "modelVersion" model_version: Option<String>,
        /// How many phases it connects to, 0 where that says nothing.
        "phaseCount" phase_count: Option<u32>,
        /// In amperes.
        "ratedCurrent" rated_current: Option<Decimal>,
        /// In volts.
        "ratedVoltage" rated_voltage: Option<Decimal>,
        /// Whether it has no moving parts.
        "isSolidState" is_solid_state: Option<bool>,
        /// What it can do.
        "capability" capability: Option<EndDeviceCapability>,
    }
}

class! {
    /// What a device can do.
    pub struct EndDeviceCapability {
        /// Change to summer time by itself.
        "autonomousDst" autonomous_dst: Option<bool>,
        /// Communicate.
        "communication" communication: Option<bool>,
        /// Connect and disconnect.
        "connectDisconnect" connect_disconnect: Option<bool>,
        /// Take part in demand response.
        "demandResponse" demand_response: Option<bool>,
        /// Meter electricity.
        "electricMetering" electric_metering: Option<bool>,
        /// Meter gas.
        "gasMetering" gas_metering: Option<bool>,
        /// Measure at all.
        "metrology" metrology: Option<bool>,
        /// Be read on request.
        "onRequestRead" on_request_read: Option<bool>,
        /// Keep a history of outages.
        "outageHistory" outage_history: Option<bool>,
        /// Compensate for pressure.
        "pressureCompensation" pressure_compensation: Option<bool>,
        /// Show prices.
        "pricingInfo" pricing_info: Option<bool>,
        /// Give pulses.
        "pulseOutput" pulse_output: Option<bool>,
        /// Have its relays programmed.
        "relaysProgramming" relays_programming: Option<bool>,
        /// Detect and measure reverse flow.
        "reverseFlow" reverse_flow: Option<bool>,
        /// Compensate for supercompressibility.
        "superCompressibilityCompensation" super_compressibility_compensation: Option<bool>,
        /// Compensate for temperature.
        "temperatureCompensation" temperature_compensation: Option<bool>,
        /// Show texts.
        "textMessage" text_message: Option<bool>,
        /// Meter water.
        "waterMetering" water_metering: Option<bool>,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_have_one_form() {
        assert_eq!("2024-02-29".parse::<CalendarDate>().unwrap().to_string(), "2024-02-29");
        assert_eq!("06:00".parse::<TimeOfDay>().unwrap().to_string(), "06:00:00");
        for text in ["", "2023-02-29", "24-01-15", "2024-1-15", "+024-01-15", "2024-01-15T00:00:00Z"] {
            assert!(text.parse::<CalendarDate>().is_err(), "{text:?}");
        }
        for text in ["", "24:00", "6:00", " 6:00", "06:00:60", "06:00:61", "06:00:00.5", "06:0ä"] {
            assert!(text.parse::<TimeOfDay>().is_err(), "{text:?}");
        }
    }
}
