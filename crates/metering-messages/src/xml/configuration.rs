//! `EndDeviceConfig`, `MeterConfig`, `UsagePointConfig` and `ComModuleConfig` in XML.
//!
//! In the standard a device refers to its functions, which are its siblings in the message; in the
//! model they are parts of it. Secrets are read and never written.

use metering_model::ConfigurationKind;

use super::schema::Element;

mod classes;
mod functions;
mod links;
mod read;
mod table;
#[cfg(test)]
mod tests;
mod values;
mod write;

pub use read::{read, read_replacement};
#[cfg(test)]
pub(super) use table::{COM_MODULE_CONFIG, END_DEVICE_CONFIG, METER_CONFIG, USAGE_POINT_CONFIG};
pub use write::{write, write_recorded};

/// The name of the message of objects of this kind.
#[must_use]
pub const fn noun(kind: ConfigurationKind) -> &'static str {
    match kind {
        ConfigurationKind::EndDevice => "EndDeviceConfig",
        ConfigurationKind::Meter => "MeterConfig",
        ConfigurationKind::UsagePoint => "UsagePointConfig",
        ConfigurationKind::ComModule => "ComModuleConfig",
    }
}

const fn table_of(kind: ConfigurationKind) -> &'static [Element] {
    match kind {
        ConfigurationKind::EndDevice => table::END_DEVICE_CONFIG,
        ConfigurationKind::Meter => table::METER_CONFIG,
        ConfigurationKind::UsagePoint => table::USAGE_POINT_CONFIG,
        ConfigurationKind::ComModule => table::COM_MODULE_CONFIG,
    }
}
