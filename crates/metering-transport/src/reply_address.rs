//! Where answers may be sent that come later.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use actix_web::http::Uri;
use thiserror::Error;

/// An address that an operator has allowed: replies go to it where a message names it as its
/// `ReplyAddress`, letter for letter, and nowhere else.
///
/// ```
/// use metering_transport::ReplyAddress;
///
/// let address: ReplyAddress = "https://bus.example/replies".parse()?;
/// assert_eq!(address.as_ref(), "https://bus.example/replies");
/// // In plain text only what does not leave the machine.
/// assert!("http://127.0.0.1:8161/replies".parse::<ReplyAddress>().is_ok());
/// assert!("http://bus.example/replies".parse::<ReplyAddress>().is_err());
/// # Ok::<(), metering_transport::ReplyAddressError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReplyAddress(String);

/// Why a text is no address for replies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("addresses that begin with https:// (http:// only on this machine) and have no user name")]
pub struct ReplyAddressError;

impl FromStr for ReplyAddress {
    type Err = ReplyAddressError;

    fn from_str(text: &str) -> Result<Self, ReplyAddressError> {
        let uri: Uri = text.parse().map_err(|_| ReplyAddressError)?;
        let (scheme, authority) = (uri.scheme_str(), uri.authority().ok_or(ReplyAddressError)?);
        let host = authority.host().trim_start_matches('[').trim_end_matches(']');
        let here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|it| it.is_loopback());
        let right = matches!((scheme, here), (Some("https"), _) | (Some("http"), true));
        if right && !authority.as_str().contains('@') { Ok(Self(text.to_owned())) } else { Err(ReplyAddressError) }
    }
}

impl AsRef<str> for ReplyAddress {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ReplyAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_safe_to_send_to_is_an_address() {
        for right in ["https://bus.example", "https://10.0.0.1:8443/a?b=c", "http://[::1]:1/", "http://localhost/x"] {
            assert!(right.parse::<ReplyAddress>().is_ok(), "{right}");
        }
        for wrong in [
            "",
            "bus.example",
            "/replies",
            "http://bus.example/",
            "http://169.254.169.254/",
            "http://localhost.example/",
            "https://user:secret@bus.example/",
            "ftp://bus.example/",
            "queue:replies",
            "https://",
            "https:///x",
        ] {
            assert!(wrong.parse::<ReplyAddress>().is_err(), "{wrong}");
        }
    }
}
