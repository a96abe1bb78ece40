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
