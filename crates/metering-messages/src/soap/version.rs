//! The two versions of SOAP.

/// A version of SOAP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Version {
    /// SOAP 1.1.
    V1_1,
    /// SOAP 1.2.
    V1_2,
}

impl Version {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::V1_1, Self::V1_2];

    /// The namespace of its envelope.
    #[must_use]
    pub const fn namespace(self) -> &'static str {
        match self {
            Self::V1_1 => "http://schemas.xmlsoap.org/soap/envelope/",
            Self::V1_2 => "http://www.w3.org/2003/05/soap-envelope",
        }
    }

    /// The content type of what is answered in it.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::V1_1 => "text/xml; charset=utf-8",
            Self::V1_2 => "application/soap+xml; charset=utf-8",
        }
    }

    /// The version that a content type means.
    ///
    /// ```
    /// use metering_messages::soap::Version;
    ///
    /// let of = Version::of_content_type;
    /// assert_eq!(of("application/soap+xml; charset=utf-8; action=\"Request\""), Some(Version::V1_2));
    /// assert_eq!(of("Text/XML;charset=UTF-8"), Some(Version::V1_1));
    /// assert_eq!(of("application/json"), None);
    /// ```
    #[must_use]
    pub fn of_content_type(content_type: &str) -> Option<Self> {
        let media_type = content_type.split(';').next().unwrap_or_default().trim();
        Self::ALL.into_iter().find(|version| {
            let own = version.content_type().split(';').next().unwrap_or_default();
            media_type.eq_ignore_ascii_case(own)
        })
    }

    /// The actor or role of what is meant for us, besides none at all.
    pub(crate) const fn our_roles(self) -> &'static [&'static str] {
        match self {
            Self::V1_1 => &["", "http://schemas.xmlsoap.org/soap/actor/next"],
            Self::V1_2 => &[
                "",
                "http://www.w3.org/2003/05/soap-envelope/role/next",
                "http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver",
            ],
        }
    }
}
