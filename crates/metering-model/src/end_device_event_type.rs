//! The 4-part code of what a device reports.

use crate::four_part_code::four_part_code;

mod well_known;

four_part_code! {
    /// What an end device event means: type of device, domain, subdomain, event or action.
    ///
    /// A device type of 0 is unknown; [`EndDeviceEventType::matches`] then goes by the other three
    /// parts. Codes that no list has survive reading and printing.
    ///
    /// ```
    /// use metering_model::EndDeviceEventType;
    /// use metering_model::four_part_code::Domain;
    ///
    /// let last_gasp: EndDeviceEventType = "3.26.0.85".parse()?;
    /// assert_eq!(last_gasp, EndDeviceEventType::POWER_FAILED);
    /// assert_eq!(last_gasp.domain, Domain::POWER);
    /// assert_eq!(last_gasp.explain().to_string(), "electric meter: power failed (last gasp)");
    /// assert_eq!(last_gasp.standard_name().to_string(), "ElectricMeter.Power.NA.Failed");
    /// assert!(last_gasp.matches("0.26.0.85".parse()?), "from a device of unknown type");
    /// assert!(!last_gasp.matches("26.26.0.85".parse()?), "from a communication device");
    /// # Ok::<(), metering_model::FourPartCodeError>(())
    /// ```
    pub struct EndDeviceEventType;
    kind: "event", example: "3.26.0.85", well_known: well_known::WELL_KNOWN
}

impl EndDeviceEventType {
    /// Something was tampered with.
    pub const TAMPER_DETECTED: Self = Self::new(3, 12, 0, 257);
    /// Somebody works on the meter with a magnet. Known from one source only, unconfirmed.
    pub const MAGNETIC_TAMPER_DETECTED: Self = Self::new(3, 12, 66, 257);
    /// The cover was opened. Known from one source only, unconfirmed.
    pub const COVER_OPENED: Self = Self::new(3, 12, 29, 39);
    /// The cover was closed. Known from one source only, unconfirmed.
    pub const COVER_CLOSED: Self = Self::new(3, 12, 29, 16);
    /// The cover was taken off. Known from one source only, unconfirmed.
    pub const COVER_REMOVED: Self = Self::new(3, 12, 29, 212);
    /// The meter turns backwards. Known from one source only, unconfirmed.
    pub const ROTATION_REVERSED: Self = Self::new(3, 12, 93, 219);
    /// The power failed: the last gasp of a meter.
    pub const POWER_FAILED: Self = Self::new(3, 26, 0, 85);
    /// The power is back.
    pub const POWER_RESTORED: Self = Self::new(3, 26, 0, 216);
    /// The voltage reached its upper limit. Known from one source only, unconfirmed.
    pub const OVERVOLTAGE: Self = Self::new(3, 26, 38, 93);
    /// The voltage reached its lower limit. Known from one source only, unconfirmed.
    pub const UNDERVOLTAGE: Self = Self::new(3, 26, 38, 150);
    /// The voltages of the phases differ; some senders mean something else by it. Known from one
    /// source only, unconfirmed.
    pub const VOLTAGE_UNBALANCED: Self = Self::new(3, 26, 38, 98);
    /// The switch is closed.
    pub const SWITCH_CONNECTED: Self = Self::new(3, 31, 0, 42);
    /// The switch is open.
    pub const SWITCH_DISCONNECTED: Self = Self::new(3, 31, 0, 68);
    /// The switch could not be closed. Known from one source only, unconfirmed.
    pub const CONNECT_FAILED: Self = Self::new(3, 31, 0, 67);
    /// The switch could not be opened. Known from one source only, unconfirmed.
    pub const DISCONNECT_FAILED: Self = Self::new(3, 31, 0, 84);
    /// The battery is low. Known from one source only, unconfirmed.
    pub const BATTERY_LOW: Self = Self::new(3, 2, 22, 150);
    /// The meter is hot, as where it sits badly in its socket.
    pub const TEMPERATURE_HIGH: Self = Self::new(3, 35, 261, 93);
    /// The demand registers were reset. Known from one source only, unconfirmed.
    pub const DEMAND_RESET: Self = Self::new(3, 8, 0, 215);
    /// The clock was set. Known from one source only, unconfirmed.
    pub const TIME_CHANGED: Self = Self::new(3, 36, 114, 24);
    /// The configuration is another. Known from one source only, unconfirmed.
    pub const CONFIGURATION_CHANGED: Self = Self::new(3, 7, 0, 24);
    /// The device cannot be reached or cannot reach out. Known from one source only, unconfirmed.
    pub const COMMUNICATION_FAILED: Self = Self::new(3, 1, 0, 85);
}
