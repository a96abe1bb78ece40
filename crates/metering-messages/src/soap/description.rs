//! The description of the service: WSDL, and the schemas it refers to.

use quick_xml::escape::escape;

/// The name of the description; those of [`SCHEMAS`] stand beside it.
pub const DESCRIPTION: &str = "metering.wsdl";

/// The schemas that the description refers to, by the names it has for them: that of the envelope
/// and one for each message.
pub const SCHEMAS: &[(&str, &str)] = &[
    ("Message.xsd", include_str!("Message.xsd")),
    ("MeterReadings.xsd", include_str!("../../schemas/MeterReadings.xsd")),
    ("EndDeviceControls.xsd", include_str!("../../schemas/EndDeviceControls.xsd")),
    ("EndDeviceEvents.xsd", include_str!("../../schemas/EndDeviceEvents.xsd")),
    ("EndDeviceConfig.xsd", include_str!("../../schemas/EndDeviceConfig.xsd")),
    ("MeterConfig.xsd", include_str!("../../schemas/MeterConfig.xsd")),
    ("UsagePointConfig.xsd", include_str!("../../schemas/UsagePointConfig.xsd")),
    ("ComModuleConfig.xsd", include_str!("../../schemas/ComModuleConfig.xsd")),
];

/// What stands for the address.
const ADDRESS: &str = "{address}";

/// The description in WSDL 1.1 of the service at this address: one port type, bound to SOAP 1.1 and
/// to SOAP 1.2.
///
/// ```
/// use metering_messages::soap::description;
///
/// let wsdl = description("https://mdx.example/soap?a&b");
/// assert_eq!(wsdl.matches("location=\"https://mdx.example/soap?a&amp;b\"").count(), 2);
/// ```
#[must_use]
pub fn description(address: &str) -> String {
    include_str!("metering.wsdl").replace(ADDRESS, &escape(address))
}
