//! The four configurations: end devices, meters, usage points and communication modules.
//!
//! The classes are the standard's; where its schema ties siblings together by reference, the
//! parts stand inside the object here. Measures are exact decimals.

use crate::{ConfiguredId, TimeStamp};

mod asset;
mod class;
mod com_module;
mod end_device;
mod meter;
mod secret;
mod usage_point;
mod word_list;

pub use asset::{
    CalendarDate, CalendarError, ElectronicAddress, EndDeviceCapability, EndDeviceInfo, LifecycleDate, TimeOfDay,
};
pub use class::Described;
pub use com_module::{ComDirectionKind, ComFunction, ComModule, ComTechnologyKind};
pub use end_device::{
    Channel, ConnectDisconnectFunction, EndDevice, Installation, Register, RemoteConnectDisconnectInfo, TouTier,
};
pub use meter::{Meter, MeterMultiplier, MeterMultiplierKind};
pub use secret::Secret;
pub use usage_point::{AmiBillingReadyKind, PhaseCode, ServiceKind, UsagePoint, UsagePointConnectedKind};

use class::{Texts, within};
use word_list::word_list;

/// A word that an enumeration of the standard does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown word `{word}`; known are {}", known.join(", "))]
pub struct UnknownConfigurationWord {
    /// The word, or its beginning.
    pub word: String,
    /// The words there are.
    pub known: &'static [&'static str],
}

word_list! {
    /// Which of the four configurations.
    pub enum ConfigurationKind {
        /// End devices.
        EndDevice = "endDevice",
        /// Meters; each is an end device as well.
        Meter = "meter",
        /// Usage points.
        UsagePoint = "usagePoint",
        /// Communication modules.
        ComModule = "comModule",
    }
}

impl ConfigurationKind {
    /// The name of a list of them, in messages.
    #[must_use]
    pub const fn list(self) -> &'static str {
        match self {
            Self::EndDevice => "endDevices",
            Self::Meter => "meters",
            Self::UsagePoint => "usagePoints",
            Self::ComModule => "comModules",
        }
    }

    /// What one of them is called, in sentences.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::EndDevice => "end device",
            Self::Meter => "meter",
            Self::UsagePoint => "usage point",
            Self::ComModule => "communication module",
        }
    }
}

word_list! {
    /// How far an object is configured.
    pub enum ConfigurationStatus {
        /// Something came from it before anybody configured it.
        Provisional = "provisional",
        /// Configured.
        Active = "active",
        /// Out of use; it stays readable.
        Retired = "retired",
    }
}

/// A name of an object. The same name under two types is two names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct Name {
    /// The name.
    pub name: String,
    /// What kind of name.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub name_type: Option<String>,
    /// Who gives names of this kind.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub name_type_authority: Option<String>,
}

impl Described for Name {
    const MEANING: &'static str = "A name of an object. The same name under two types is two names.";
    const FIELDS: &'static [(&'static str, &'static str)] = &[
        ("name", "The name."),
        ("nameType", "What kind of name; optional."),
        ("nameTypeAuthority", "Who gives names of this kind; optional."),
    ];
}

impl Texts for Name {
    fn texts(&self, at: &str, visit: &mut dyn FnMut(&str, &str)) {
        let Self { name, name_type, name_type_authority } = self;
        name.texts(&within(at, "name"), visit);
        name_type.texts(&within(at, "nameType"), visit);
        name_type_authority.texts(&within(at, "nameTypeAuthority"), visit);
    }
}

/// An object of any of the four kinds.
///
/// ```
/// use metering_model::{Configuration, ConfigurationKind, Meter};
///
/// let meter = Meter { mrid: Some("1234LG".parse()?), form_number: Some("12S".into()), ..Meter::default() };
/// let configuration = Configuration::Meter(Box::new(meter));
/// assert_eq!(configuration.kind(), ConfigurationKind::Meter);
/// assert_eq!(configuration.mrid(), Some("1234LG"));
/// # Ok::<(), metering_model::MridError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub enum Configuration {
    /// An end device that is no meter.
    EndDevice(Box<EndDevice>),
    /// A meter.
    Meter(Box<Meter>),
    /// A usage point.
    UsagePoint(Box<UsagePoint>),
    /// A communication module.
    ComModule(Box<ComModule>),
}

impl Configuration {
    /// An object of this kind of which nothing is known but its id.
    #[must_use]
    pub fn bare(kind: ConfigurationKind, id: &ConfiguredId) -> Self {
        let mut bare = match kind {
            ConfigurationKind::EndDevice => Self::EndDevice(Box::default()),
            ConfigurationKind::Meter => Self::Meter(Box::default()),
            ConfigurationKind::UsagePoint => Self::UsagePoint(Box::default()),
            ConfigurationKind::ComModule => Self::ComModule(Box::default()),
        };
        bare.set_mrid(id.clone());
        bare
    }

    /// Which kind.
    #[must_use]
    pub const fn kind(&self) -> ConfigurationKind {
        match self {
            Self::EndDevice(_) => ConfigurationKind::EndDevice,
            Self::Meter(_) => ConfigurationKind::Meter,
            Self::UsagePoint(_) => ConfigurationKind::UsagePoint,
            Self::ComModule(_) => ConfigurationKind::ComModule,
        }
    }

    /// Its id, where it has one.
    #[must_use]
    pub fn mrid(&self) -> Option<&str> {
        match self {
            Self::EndDevice(it) => it.mrid.as_ref().map(|mrid| mrid.as_str()),
            Self::Meter(it) => it.mrid.as_ref().map(|mrid| mrid.as_str()),
            Self::UsagePoint(it) => it.mrid.as_ref().map(|mrid| mrid.as_str()),
            Self::ComModule(it) => it.mrid.as_ref().map(|mrid| mrid.as_str()),
        }
    }

    /// Gives it an id, in the place of any it has.
    pub fn set_mrid(&mut self, id: ConfiguredId) {
        match self {
            Self::EndDevice(it) => it.mrid = Some(id.cast()),
            Self::Meter(it) => it.mrid = Some(id.cast()),
            Self::UsagePoint(it) => it.mrid = Some(id.cast()),
            Self::ComModule(it) => it.mrid = Some(id.cast()),
        }
    }

    /// What it is called.
    #[must_use]
    pub fn names(&self) -> &[Name] {
        match self {
            Self::EndDevice(it) => &it.names,
            Self::Meter(it) => &it.names,
            Self::UsagePoint(it) => &it.names,
            Self::ComModule(it) => &it.names,
        }
    }

    /// The maker's number; usage points have none.
    #[must_use]
    pub fn serial_number(&self) -> Option<&str> {
        match self {
            Self::EndDevice(it) => it.serial_number.as_deref(),
            Self::Meter(it) => it.serial_number.as_deref(),
            Self::UsagePoint(_) => None,
            Self::ComModule(it) => it.serial_number.as_deref(),
        }
    }

    /// Its time zone by the IANA name.
    #[must_use]
    pub fn time_zone(&self) -> Option<&str> {
        match self {
            Self::EndDevice(it) => it.time_zone.as_deref(),
            Self::Meter(it) => it.time_zone.as_deref(),
            Self::UsagePoint(it) => it.time_zone.as_deref(),
            Self::ComModule(it) => it.time_zone.as_deref(),
        }
    }

    /// At which usage points it was installed; only devices are.
    #[must_use]
    pub fn installations(&self) -> &[Installation] {
        match self {
            Self::EndDevice(it) => &it.installations,
            Self::Meter(it) => &it.installations,
            Self::UsagePoint(_) | Self::ComModule(_) => &[],
        }
    }

    /// Shows every free text there is, secrets too, with its path (`names/0/name`): for checks of
    /// lengths and characters, which are the same for all of them.
    pub fn each_text(&self, mut visit: impl FnMut(&str, &str)) {
        match self {
            Self::EndDevice(it) => it.texts("", &mut visit),
            Self::Meter(it) => it.texts("", &mut visit),
            Self::UsagePoint(it) => it.texts("", &mut visit),
            Self::ComModule(it) => it.texts("", &mut visit),
        }
    }

    /// Takes every secret that is not given from `stored`: nobody can read one, so nobody can
    /// send it back.
    pub fn keep_secrets(&mut self, stored: &Self) {
        match (self, stored) {
            (Self::EndDevice(it), Self::EndDevice(stored)) => it.keep_secrets(stored),
            (Self::Meter(it), Self::Meter(stored)) => it.keep_secrets(stored),
            (Self::ComModule(it), Self::ComModule(stored)) => it.keep_secrets(stored),
            _ => {}
        }
    }
}

/// The message: objects of one kind, and the item each came from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct Configurations {
    /// The kind of all of them.
    pub kind: ConfigurationKind,
    /// The objects, each with its place in the message.
    pub items: Vec<(u32, Configuration)>,
    /// How many items the message had, with those that could not be read.
    pub received: u32,
}

/// An object as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct RecordedConfiguration {
    /// Its id; the configuration has it as mRID as well.
    pub id: ConfiguredId,
    /// The object.
    pub configuration: Configuration,
    /// How far it is configured.
    pub status: ConfigurationStatus,
    /// 1 for the first, one more with each change; 0 while it is provisional.
    pub revision: u32,
    /// When this revision arrived.
    pub recorded_at: TimeStamp,
}

/// What a request that changes an object says in the fields that only the server sets: what was
/// read can be edited and sent back, as long as these say what is stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EchoedFields {
    /// The id.
    pub id: Option<ConfiguredId>,
    /// How far it is configured.
    pub status: Option<ConfigurationStatus>,
    /// The revision that was read.
    pub revision: Option<u32>,
    /// When that revision arrived.
    pub recorded_at: Option<TimeStamp>,
}

impl EchoedFields {
    /// The names of the fields that say something else than `stored`, as the API spells them.
    #[must_use]
    pub fn contradicting(&self, stored: &RecordedConfiguration) -> Vec<&'static str> {
        fn other<T: PartialEq>(echoed: &Option<T>, stored: &T) -> bool {
            echoed.as_ref().is_some_and(|echoed| echoed != stored)
        }
        [
            ("id", other(&self.id, &stored.id)),
            ("status", other(&self.status, &stored.status)),
            ("revision", other(&self.revision, &stored.revision)),
            ("recordedAt", other(&self.recorded_at, &stored.recorded_at)),
        ]
        .into_iter()
        .filter_map(|(name, contradicts)| contradicts.then_some(name))
        .collect()
    }
}

/// Which objects are asked for, in the order of their ids. An empty list does not restrict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetConfigurations {
    /// Of this kind.
    pub kind: ConfigurationKind,
    /// In one of these states.
    pub statuses: Vec<ConfigurationStatus>,
    /// With one of these serial numbers.
    pub serial_numbers: Vec<String>,
    /// With one of these names.
    pub names: Vec<String>,
    /// As it was known at this instant.
    pub as_of: Option<TimeStamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_values_are_one_table() {
        for (value, word) in PhaseCode::ALL.iter().zip(PhaseCode::WORDS) {
            assert_eq!((value.as_str(), word.parse()), (*word, Ok(*value)));
        }
        let error = "steam".parse::<ServiceKind>().unwrap_err().to_string();
        assert!(error.starts_with("unknown word `steam`; known are electricity, gas, water"), "{error}");
    }

    #[test]
    fn secrets_that_are_not_given_stay_and_given_ones_replace() {
        let with = |code: Option<&str>, functions: Vec<ComFunction>| {
            Configuration::EndDevice(Box::new(EndDevice {
                install_code: code.map(Secret::new),
                com_functions: functions,
                ..EndDevice::default()
            }))
        };
        let function = |mrid: &str, password: Option<&str>| ComFunction {
            mrid: Some(mrid.into()),
            password: password.map(Secret::new),
            ..ComFunction::default()
        };
        let stored = with(Some("old"), vec![function("a", Some("1")), function("b", Some("2"))]);
        let mut given = with(None, vec![function("b", None), function("a", Some("3"))]);
        given.keep_secrets(&stored);
        assert_eq!(given, with(Some("old"), vec![function("b", Some("2")), function("a", Some("3"))]));
        assert!(!format!("{given:?}").contains("old"));
    }

    #[test]
    fn installations_that_touch_do_not_overlap() {
        let installation = |from: Option<i64>, to: Option<i64>| Installation {
            usage_point: "UP".parse().unwrap(),
            from: from.map(|it| TimeStamp::from_micros(it).unwrap()),
            to: to.map(|it| TimeStamp::from_micros(it).unwrap()),
        };
        assert!(!installation(Some(1), Some(5)).overlaps(&installation(Some(5), None)));
        assert!(installation(Some(1), Some(6)).overlaps(&installation(Some(5), None)));
        assert!(installation(None, None).overlaps(&installation(Some(5), Some(6))));
        assert!(installation(None, None).overlaps(&installation(None, None)));
    }
}
