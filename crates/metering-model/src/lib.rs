//! The metering vocabulary of IEC 61968-9, as plain Rust values.
//!
//! This crate knows nothing of JSON, XML, SQL or HTTP, of the clock or of files. What depends on
//! time or chance takes it as an argument.
//!
//! - **Values**: [`Decimal`] keeps every digit, [`TimeStamp`] is an instant in UTC, [`Mrid`] an
//!   identifier told apart by what it names ([`MeterId`], [`UsagePointId`] and so on).
//! - **Codes**: [`ReadingType`] with the lists of its 18 parts in [`reading_type`],
//!   [`ReadingQualityType`], [`EndDeviceEventType`], [`EndDeviceControlType`]. Codes no list has
//!   survive reading and printing. [`Obis`] codes lead to reading types and back, by the table in [`obis`].
//! - **Words**: what the API says for codes, both ways, in [`words`]; units in [`quantity`].
//! - **Time and totals**: local days and billing periods in [`calendar`], sums and differences in [`aggregation`].
//! - **Messages**: [`MeterReadings`], [`EndDeviceControls`], [`EndDeviceEvents`],
//!   [`Configurations`], and the requests for them (`Get...`).
//! - **Rules**: [`ControlStatus::after`] is the life of a control, [`Revision::decide`] what a second
//!   value means, [`Principal::may`] who may do what; a broken rule is a [`Violation`].
//!
//! ```
//! use metering_model::quantity::Conversion;
//! use metering_model::words::{ReadingWords, compose, describe};
//! use metering_model::{Decimal, ReadingType};
//!
//! // Words to the code of the standard ...
//! let words = ReadingWords {
//!     reading_type: Some("registerRead"),
//!     unit: Some("kWh"),
//!     energy_direction: Some("forward"),
//!     ..ReadingWords::default()
//! };
//! let mut faults = Vec::new();
//! let code: ReadingType = compose(&words, &mut faults).ok_or("every fault is in the list")?;
//! assert_eq!(code.to_string(), "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0");
//!
//! // ... and back, with what follows from it.
//! assert_eq!(describe(&code).measurement, Some("activeEnergy"));
//!
//! // Values are exact, and so is their conversion; the code follows the value.
//! let value: Decimal = "1234.50".parse()?;
//! let to_mwh = Conversion::to_unit(&code, "MWh").map_err(|fault| fault.detail)?.ok_or("another kind of unit")?;
//! assert_eq!(to_mwh.apply(value)?.to_string(), "1.23450");
//! assert_eq!(to_mwh.reading_type().to_string(), "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.6.72.0");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The feature `serde` writes codes, ids and exact values as their text, classes as plain structs.
//! The feature `time-zones` knows time zones by their IANA names.

mod access;
pub mod aggregation;
mod as_text;
pub mod calendar;
mod code_list;
mod configuration;
mod decimal;
mod end_device_control_type;
mod end_device_controls;
mod end_device_event_type;
mod end_device_events;
pub mod four_part_code;
mod meter_readings;
mod mrid;
pub mod obis;
pub mod quantity;
mod reading_quality_type;
pub mod reading_type;
mod receipt;
mod revision;
mod time_stamp;
mod violation;
pub mod words;

pub use access::{
    Limits, OrganisationId, OrganisationIdError, Permission, Permit, Permitted, Principal, Role, Roles, UnknownRole,
    permission,
};
pub use configuration::{
    AmiBillingReadyKind, CalendarDate, CalendarError, Channel, ComDirectionKind, ComFunction, ComModule,
    ComTechnologyKind, Configuration, ConfigurationKind, ConfigurationStatus, Configurations,
    ConnectDisconnectFunction, Described, EchoedFields, ElectronicAddress, EndDevice, EndDeviceCapability,
    EndDeviceInfo, GetConfigurations, Installation, LifecycleDate, Meter, MeterMultiplier, MeterMultiplierKind, Name,
    PhaseCode, RecordedConfiguration, Register, RemoteConnectDisconnectInfo, Secret, ServiceKind, TimeOfDay, TouTier,
    UnknownConfigurationWord, UsagePoint, UsagePointConnectedKind,
};
pub use decimal::{Decimal, DecimalError, MAX_DIGITS, MAX_SCALE, Scale};
pub use end_device_control_type::EndDeviceControlType;
pub use end_device_controls::{
    ControlDuration, ControlDurationError, ControlEvent, ControlKind, ControlMode, ControlStatus, ControlStep,
    ControlTarget, ControlValue, DeviceResult, EndDeviceControl, EndDeviceControls, GetEndDeviceControls,
    ImpossibleTransition, Priority, RecordedControl, Verification,
};
pub use end_device_event_type::EndDeviceEventType;
pub use end_device_events::{EndDeviceEvent, EndDeviceEvents, EventType, GetEndDeviceEvents, RecordedEvent};
pub use four_part_code::FourPartCodeError;
pub use meter_readings::{
    DetailsIndex, GetMeterReadings, MeterReadings, Reading, ReadingDetails, RecordedBy, RecordedReading,
    RecordedReadings, RecordedSeries, Series, TimePeriod,
};
pub use mrid::{
    ComModuleId, ConfiguredId, EndDeviceControlId, EndDeviceEventId, EndDeviceId, MeterId, Mrid, MridError,
    UsagePointId, has_control_characters, kind,
};
pub use obis::Obis;
pub use reading_quality_type::{
    Qualities, QualityCategory, QualitySystem, ReadingQualityType, ReadingQualityTypeError,
};
pub use reading_type::{ReadingType, ReadingTypeError};
pub use receipt::{Counts, Receipt, Sha256, Sha256Error};
pub use revision::Revision;
pub use time_stamp::{TimeStamp, TimeStampError};
pub use violation::{Excerpt, Place, Violation, ViolationCode};

/// The tour in the README compiles and says the truth.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
