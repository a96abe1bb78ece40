//! `Noun`: what a message is about.

use std::fmt;

use metering_model::ConfigurationKind;

/// The messages this server has, by their names in IEC 61968-9.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageNoun {
    /// Values of meters.
    MeterReadings,
    /// What devices are told to do.
    EndDeviceControls,
    /// What devices report.
    EndDeviceEvents,
    /// Devices.
    EndDeviceConfig,
    /// Meters.
    MeterConfig,
    /// Usage points.
    UsagePointConfig,
    /// Communication modules.
    ComModuleConfig,
}

impl MessageNoun {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::MeterReadings,
        Self::EndDeviceControls,
        Self::EndDeviceEvents,
        Self::EndDeviceConfig,
        Self::MeterConfig,
        Self::UsagePointConfig,
        Self::ComModuleConfig,
    ];

    /// The name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MeterReadings => "MeterReadings",
            Self::EndDeviceControls => "EndDeviceControls",
            Self::EndDeviceEvents => "EndDeviceEvents",
            Self::EndDeviceConfig => "EndDeviceConfig",
            Self::MeterConfig => "MeterConfig",
            Self::UsagePointConfig => "UsagePointConfig",
            Self::ComModuleConfig => "ComModuleConfig",
        }
    }

    /// Which configurations it carries, if it carries some.
    ///
    /// ```
    /// use metering_messages::envelope::MessageNoun;
    /// use metering_model::ConfigurationKind;
    ///
    /// assert_eq!(MessageNoun::MeterConfig.configuration(), Some(ConfigurationKind::Meter));
    /// assert_eq!(MessageNoun::MeterReadings.configuration(), None);
    /// ```
    #[must_use]
    pub const fn configuration(self) -> Option<ConfigurationKind> {
        match self {
            Self::MeterReadings | Self::EndDeviceControls | Self::EndDeviceEvents => None,
            Self::EndDeviceConfig => Some(ConfigurationKind::EndDevice),
            Self::MeterConfig => Some(ConfigurationKind::Meter),
            Self::UsagePointConfig => Some(ConfigurationKind::UsagePoint),
            Self::ComModuleConfig => Some(ConfigurationKind::ComModule),
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.as_str() == name)
    }
}

impl fmt::Display for MessageNoun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a header says a message is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Noun {
    /// One of the messages there are here.
    Message(MessageNoun),
    /// Several things to do at once, with the verb `execute`.
    OperationSet,
    /// Anything else; it is kept so that the answer can repeat it.
    Other(String),
}

impl Noun {
    /// The noun of this name.
    ///
    /// ```
    /// use metering_messages::envelope::{MessageNoun, Noun};
    ///
    /// assert_eq!(Noun::of("MeterConfig"), Noun::Message(MessageNoun::MeterConfig));
    /// assert_eq!(Noun::of("PricingStructureConfig"), Noun::Other("PricingStructureConfig".to_owned()));
    /// ```
    #[must_use]
    pub fn of(name: &str) -> Self {
        match MessageNoun::of(name) {
            Some(noun) => Self::Message(noun),
            None if name == "OperationSet" => Self::OperationSet,
            None => Self::Other(name.to_owned()),
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Message(noun) => noun.as_str(),
            Self::OperationSet => "OperationSet",
            Self::Other(name) => name,
        }
    }
}

impl From<MessageNoun> for Noun {
    fn from(noun: MessageNoun) -> Self {
        Self::Message(noun)
    }
}

impl fmt::Display for Noun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
