//! The 4-part code of what a device is told to do.

use crate::four_part_code::four_part_code;

mod well_known;

four_part_code! {
    /// What an end device control asks for: type of device, domain, subdomain, event or action.
    ///
    /// A device type of 0 is unknown; [`EndDeviceControlType::matches`] then goes by the other three
    /// parts. Codes that no list has survive reading and printing.
    ///
    /// ```
    /// use metering_model::EndDeviceControlType;
    ///
    /// let code = EndDeviceControlType::REMOTE_DISCONNECT;
    /// assert_eq!(code.to_string(), "3.31.0.23");
    /// assert_eq!(code.explain().to_string(), "electric meter: open switch (disconnect)");
    /// assert_eq!(EndDeviceControlType::from_standard_name("ElectricMeter.RCDSwitch.NA.Disconnect"), Some(code));
    /// ```
    pub struct EndDeviceControlType;
    kind: "control", example: "3.31.0.23", well_known: well_known::WELL_KNOWN
}

impl EndDeviceControlType {
    /// Open the switch of a meter.
    pub const REMOTE_DISCONNECT: Self = Self::new(3, 31, 0, 23);
    /// Close the switch of a meter.
    pub const REMOTE_RECONNECT: Self = Self::new(3, 31, 0, 18);
    /// Let a person at the meter close the switch. Known from one source only, unconfirmed.
    pub const ARM_FOR_CLOSURE: Self = Self::new(3, 31, 0, 5);
    /// Let a person at the meter open the switch. Known from one source only, unconfirmed.
    pub const ARM_FOR_OPEN: Self = Self::new(3, 31, 0, 6);
    /// Schedule a load control event. Known from one source only, unconfirmed.
    pub const LOAD_CONTROL: Self = Self::new(12, 15, 43, 300);
    /// Take back a load control event. Known from one source only, unconfirmed.
    pub const LOAD_CONTROL_CANCEL: Self = Self::new(12, 15, 43, 8);
    /// Start a load control at once. Known from one source only, unconfirmed.
    pub const LOAD_CONTROL_START: Self = Self::new(3, 15, 0, 54);
    /// Stop a load control at once. Known from one source only, unconfirmed.
    pub const LOAD_CONTROL_STOP: Self = Self::new(3, 15, 0, 55);
    /// Publish a price. Known from one source only, unconfirmed.
    pub const PRICE: Self = Self::new(12, 20, 9, 82);
    /// Reset the demand registers. Known from one source only, unconfirmed.
    pub const DEMAND_RESET: Self = Self::new(3, 8, 0, 214);
    /// Show a text to people. Known from one source only, unconfirmed.
    pub const DISPLAY_TEXT: Self = Self::new(12, 13, 112, 77);
}
