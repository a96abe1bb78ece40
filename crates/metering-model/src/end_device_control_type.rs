//! The 4-part code of what a device is told to do.

use crate::four_part_code::four_part_code;

four_part_code! {
    /// What an end device control asks for: type of device, domain, subdomain, event or action.
    ///
    /// ```
    /// use metering_model::EndDeviceControlType;
    ///
    /// assert_eq!(EndDeviceControlType::REMOTE_DISCONNECT.to_string(), "3.31.0.23");
    /// ```
    pub struct EndDeviceControlType;
}

impl EndDeviceControlType {
    /// Part 2 of everything about the remote connect and disconnect switch.
    pub const RCD_SWITCH: u16 = 31;
    /// Open the switch of a meter.
    pub const REMOTE_DISCONNECT: Self = Self::new(3, 31, 0, 23);
    /// Close the switch of a meter.
    pub const REMOTE_RECONNECT: Self = Self::new(3, 31, 0, 18);
    /// Let a person at the meter close the switch.
    pub const ARM_FOR_CLOSURE: Self = Self::new(3, 31, 0, 5);
    /// Schedule a load control event.
    pub const LOAD_CONTROL: Self = Self::new(12, 15, 43, 300);
    /// Start a load control at once.
    pub const LOAD_CONTROL_START: Self = Self::new(3, 15, 0, 54);
    /// Publish a price.
    pub const PRICE: Self = Self::new(12, 20, 9, 82);
}
