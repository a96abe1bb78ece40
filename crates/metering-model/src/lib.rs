//! The metering vocabulary of IEC 61968-9, as plain Rust values.
//!
//! This crate knows nothing of JSON, XML, SQL or HTTP, of the clock or of files.

mod access;
mod as_text;
mod code_list;
mod configuration;
mod decimal;
mod end_device_control_type;
mod end_device_controls;
mod end_device_event_type;
mod end_device_events;
mod four_part_code;
mod meter_readings;
mod mrid;
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
    ConnectDisconnectFunction, EchoedFields, ElectronicAddress, EndDevice, EndDeviceCapability, EndDeviceInfo,
    GetConfigurations, Installation, LifecycleDate, Meter, MeterMultiplier, MeterMultiplierKind, Name, PhaseCode,
    RecordedConfiguration, Register, RemoteConnectDisconnectInfo, Secret, ServiceKind, TimeOfDay, TouTier,
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
    GetMeterReadings, MeterReadings, Reading, RecordedBy, RecordedReading, RecordedReadings, RecordedSeries, Series,
};
pub use mrid::{
    ComModuleId, ConfiguredId, EndDeviceControlId, EndDeviceEventId, EndDeviceId, MeterId, Mrid, MridError,
    UsagePointId, has_control_characters, kind,
};
pub use reading_quality_type::{
    Qualities, QualityCategory, QualitySystem, ReadingQualityType, ReadingQualityTypeError,
};
pub use reading_type::{ReadingType, ReadingTypeError};
pub use receipt::{Counts, Receipt, Sha256};
pub use revision::Revision;
pub use time_stamp::{TimeStamp, TimeStampError};
pub use violation::{Place, Violation, ViolationCode};
