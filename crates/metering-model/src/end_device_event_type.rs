//! The 4-part code of what a device reports.

use crate::four_part_code::four_part_code;

four_part_code! {
    /// What an end device event means: type of device, domain, subdomain, event or action.
    ///
    /// A device type of 0 is unknown; [`EndDeviceEventType::means_the_same_as`] then goes by the
    /// other three parts.
    ///
    /// ```
    /// use metering_model::EndDeviceEventType;
    ///
    /// let last_gasp: EndDeviceEventType = "3.26.0.85".parse()?;
    /// assert!(last_gasp.means_the_same_as("0.26.0.85".parse()?));
    /// # Ok::<(), metering_model::FourPartCodeError>(())
    /// ```
    pub struct EndDeviceEventType;
}

impl EndDeviceEventType {
    /// Something was tampered with.
    pub const TAMPER_DETECTED: Self = Self::new(3, 12, 0, 257);
    /// The power failed: the last gasp of a meter.
    pub const POWER_FAILED: Self = Self::new(3, 26, 0, 85);
    /// The power is back.
    pub const POWER_RESTORED: Self = Self::new(3, 26, 0, 216);
    /// The switch is closed.
    pub const SWITCH_CONNECTED: Self = Self::new(3, 31, 0, 42);
    /// The switch is open.
    pub const SWITCH_DISCONNECTED: Self = Self::new(3, 31, 0, 68);
    /// The switch could not be closed.
    pub const CONNECT_FAILED: Self = Self::new(3, 31, 0, 67);
    /// The switch could not be opened.
    pub const DISCONNECT_FAILED: Self = Self::new(3, 31, 0, 84);
}
