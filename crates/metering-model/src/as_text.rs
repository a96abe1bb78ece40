//! Values that are their text wherever serde writes or reads them: exact, and the same in every
//! format.

macro_rules! as_text {
    ($($Type:ty),* $(,)?) => { $(
        #[cfg(feature = "serde")]
        impl serde::Serialize for $Type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $Type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )* };
}

pub(crate) use as_text;

as_text!(
    crate::Decimal,
    crate::TimeStamp,
    crate::ReadingType,
    crate::ReadingQualityType,
    crate::EndDeviceEventType,
    crate::EndDeviceControlType,
    crate::ControlDuration,
    crate::Obis,
    crate::OrganisationId,
    crate::Role,
    crate::Sha256,
);

/// Words: what `as_str` says, read by `from_text`.
macro_rules! as_word {
    ($($Type:ty),* $(,)?) => { $(
        #[cfg(feature = "serde")]
        impl serde::Serialize for $Type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $Type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                Self::from_text(&text).ok_or_else(|| {
                    let known: Vec<_> = Self::ALL.iter().map(|it| it.as_str()).collect();
                    let found = crate::Excerpt(&text);
                    serde::de::Error::custom(format!("unknown word `{found}`; known are {}", known.join(", ")))
                })
            }
        }
    )* };
}

as_word!(crate::ControlStatus, crate::ControlEvent, crate::ViolationCode);

/// A code, or a word that the tables do not have.
#[cfg(feature = "serde")]
impl serde::Serialize for crate::EventType {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Code(code) => serializer.collect_str(code),
            Self::Unmapped(word) => serializer.serialize_str(word),
        }
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for crate::EventType {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
        Ok(Self::from_text(&text))
    }
}

/// The codes in a row; put in order when they are read.
#[cfg(feature = "serde")]
impl serde::Serialize for crate::Qualities {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for crate::Qualities {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <Vec<crate::ReadingQualityType> as serde::Deserialize>::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
#[cfg(feature = "serde")]
mod tests;
