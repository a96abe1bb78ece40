//! The message `EndDeviceControls`: what operators tell devices to do.

use crate::four_part_code::Domain;
use crate::{Decimal, EndDeviceControlId, EndDeviceControlType, EndDeviceId, TimeStamp, UsagePointId};

mod duration;
mod life_cycle;

pub use duration::{ControlDuration, ControlDurationError};
pub use life_cycle::{ControlEvent, ControlStatus, ImpossibleTransition};

/// What kind of thing a control does; permission hangs on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub enum ControlKind {
    /// Limit, reduce or cycle load.
    LoadControl,
    /// Publish a price.
    Price,
    /// Anything done to the connect and disconnect switch: it takes or gives people electricity.
    Switching,
    /// Any other control, known to the standard or not.
    Other,
}

impl ControlKind {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LoadControl => "loadControl",
            Self::Price => "price",
            Self::Switching => "switching",
            Self::Other => "other",
        }
    }

    /// What `control_type` does.
    #[must_use]
    pub fn of(control_type: EndDeviceControlType) -> Self {
        match control_type.domain {
            Domain::RCD_SWITCH => Self::Switching,
            Domain::LOAD_CONTROL => Self::LoadControl,
            Domain::BILLING => Self::Price,
            _ => Self::Other,
        }
    }
}

/// Whom a control is for; at least one of the three.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, rename_all = "camelCase"))]
pub struct ControlTarget {
    /// Devices by id or unambiguous name, in the order given.
    pub devices: Vec<EndDeviceId>,
    /// Whatever meters are installed at this usage point when the control is received.
    pub usage_point: Option<UsagePointId>,
    /// The members of this group when the control is received.
    pub group: Option<String>,
}

/// A value as it was sent; the API document gives it as text, others as a number.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub enum ControlValue {
    /// A JSON string, kept letter for letter.
    Text(String),
    /// A JSON number.
    Number(Decimal),
}

impl ControlValue {
    /// The number meant, if it is one.
    #[must_use]
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Text(text) => text.parse().ok(),
            Self::Number(number) => Some(*number),
        }
    }
}

/// How the value of a load control is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub enum ControlMode {
    /// Demand not above the value.
    #[default]
    Limit,
    /// Demand lower by the value.
    ReduceBy,
    /// On for that share of the time.
    DutyCycle,
}

/// How urgent a control is among others that are due.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub enum Priority {
    /// After all others.
    Low,
    /// Where nothing is said.
    #[default]
    Normal,
    /// Before normal ones.
    High,
    /// Before all others.
    Critical,
}

/// A control as its sender states it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct EndDeviceControl {
    /// The sender's own id; it becomes the control's id.
    pub mrid: Option<EndDeviceControlId>,
    /// Whom it is for.
    pub target: ControlTarget,
    /// What is to be done.
    pub control_type: EndDeviceControlType,
    /// How much.
    pub value: Option<ControlValue>,
    /// In which unit (`kW`, `%`, `EUR/kWh`).
    pub unit: Option<String>,
    /// How the value is meant.
    #[cfg_attr(feature = "serde", serde(default))]
    pub mode: ControlMode,
    /// When it takes effect; absent = as soon as possible.
    pub effective: Option<TimeStamp>,
    /// From when it must not be sent any more.
    pub expires: Option<TimeStamp>,
    /// How long it is in effect.
    pub duration: Option<ControlDuration>,
    /// Why, for people.
    pub reason: Option<String>,
    /// Why, for machines.
    pub reason_code: Option<String>,
    /// How urgent.
    #[cfg_attr(feature = "serde", serde(default))]
    pub priority: Priority,
    /// The issuer's number for it in its own system; events may come back with it.
    pub issuer_tracking_id: Option<String>,
}

impl EndDeviceControl {
    /// A control of this type that says nothing else yet.
    #[must_use]
    pub fn new(control_type: EndDeviceControlType) -> Self {
        Self {
            mrid: None,
            target: ControlTarget::default(),
            control_type,
            value: None,
            unit: None,
            mode: ControlMode::default(),
            effective: None,
            expires: None,
            duration: None,
            reason: None,
            reason_code: None,
            priority: Priority::default(),
            issuer_tracking_id: None,
        }
    }

    /// What kind of thing it does.
    #[must_use]
    pub fn kind(&self) -> ControlKind {
        ControlKind::of(self.control_type)
    }
}

/// The message: controls and the item each came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct EndDeviceControls {
    /// The controls, each with its place in the message.
    pub controls: Vec<(u32, EndDeviceControl)>,
    /// How many items the message had, with those that could not be read.
    pub received: u32,
}

impl EndDeviceControls {
    /// The kinds of things the controls do, each once; permission is asked for each.
    #[must_use]
    pub fn kinds(&self) -> Vec<ControlKind> {
        let mut kinds: Vec<_> = self.controls.iter().map(|(_, control)| control.kind()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }
}

/// A state a control came to, when and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct ControlStep {
    /// The state.
    pub status: ControlStatus,
    /// When.
    pub at: TimeStamp,
    /// The id of the principal, or `server`.
    pub by: String,
    /// Why, where somebody said so.
    pub reason: Option<String>,
}

/// Whether what the device reports later agrees with the control.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub enum Verification {
    /// Nothing was reported yet.
    #[default]
    None,
    /// The device did it.
    Confirmed,
    /// The device shows the opposite.
    Contradicted,
}

/// How far a control is with one of its devices.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct DeviceResult {
    /// The device.
    pub device: EndDeviceId,
    /// Its state there.
    pub status: ControlStatus,
}

/// A control as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct RecordedControl {
    /// Its id: the sender's mRID, else one the server made.
    pub id: EndDeviceControlId,
    /// What was asked for.
    pub control: EndDeviceControl,
    /// When it was received.
    pub received_at: TimeStamp,
    /// From when it is not sent any more; always there.
    pub expires: TimeStamp,
    /// Its state.
    pub status: ControlStatus,
    /// How it came there.
    pub steps: Vec<ControlStep>,
    /// What the device's own reports say.
    pub verification: Verification,
    /// One per device where there are several.
    pub results: Vec<DeviceResult>,
}

/// Which controls are asked for, by the time of receipt in `[from, to)`, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GetEndDeviceControls {
    /// For these devices.
    pub devices: Vec<EndDeviceId>,
    /// Of these types, the device type aside.
    pub control_types: Vec<EndDeviceControlType>,
    /// In these states.
    pub statuses: Vec<ControlStatus>,
    /// Received at this instant or after.
    pub from: Option<TimeStamp>,
    /// Received before this instant.
    pub to: Option<TimeStamp>,
}
