//! The codes by which a reply says what became of a request: `Reply/Error/code`.

use std::fmt;
use std::str::FromStr;

use metering_model::Excerpt;
use thiserror::Error;

/// What a reply says of a request, as two numbers: category and number in it.
///
/// Parsing and printing are inverse, and codes that no list has survive both; `2.1` and `2.10` are
/// two codes. The list that is known has gaps in its numbers.
///
/// ```
/// use metering_messages::envelope::{ReplyCategory, ReplyCode};
///
/// let code: ReplyCode = "2.13".parse()?;
/// assert_eq!(code, ReplyCode::METER_USAGE_POINT_MISMATCH);
/// assert_eq!(code.category(), ReplyCategory::INVALID_PARAMETER);
/// assert_eq!(code.explain().to_string(), "invalid parameter: meter and usage point do not belong together");
/// assert_eq!(code.suggested_http_statuses(), [409]);
/// # Ok::<(), metering_messages::envelope::ReplyCodeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReplyCode {
    category: ReplyCategory,
    number: u16,
}

/// What kind of thing a [`ReplyCode`] says; its first number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReplyCategory(u16);

/// Why a text is no [`ReplyCode`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReplyCodeError {
    /// Not two parts.
    #[error("the reply code has 2 parts separated by a point, such as 0.0, this one has {0}")]
    Parts(usize),
    /// A part that is no number from 0 to 65535 in its one spelling.
    #[error("part {part} of the reply code ({name}) must be a number from 0 to 65535 without sign or zeros in front, not `{text}`",
        name = if *part == 1 { "category" } else { "number" })]
    Part {
        /// Which part, from 1.
        part: usize,
        /// What stands there.
        text: String,
    },
}

macro_rules! categories {
    ($( $(#[$about:meta])+ $CONSTANT:ident = $category:literal, $name:literal; )*) => {
        impl ReplyCategory {
            $( $(#[$about])+ pub const $CONSTANT: Self = Self($category); )*

            /// Every category of the list, in its order.
            pub const LISTED: &'static [Self] = &[$(Self::$CONSTANT),*];

            /// What it is, in our words; `None` for one that is not listed.
            #[must_use]
            pub const fn name(self) -> Option<&'static str> {
                match self.0 {
                    $( $category => Some($name), )*
                    _ => None,
                }
            }
        }
    };
}

categories! {
    /// No error: how far the request is.
    STATUS = 0, "status";
    /// Something that must be there is not, or is broken.
    INCOMPLETE = 1, "incomplete or broken";
    /// Something names what is not there, or does not fit.
    INVALID_PARAMETER = 2, "invalid parameter";
    /// More than is taken at once.
    TOO_MANY = 3, "too many";
    /// Given up.
    ABORTED = 4, "aborted";
    /// The application could not do it.
    APPLICATION = 5, "application error";
    /// A rule of the business, or a user, decided.
    BUSINESS_RULE = 6, "business rule";
    /// Who asks, and whether they may.
    SECURITY = 7, "security";
}

impl ReplyCategory {
    /// The category of this number, listed or not.
    #[must_use]
    pub const fn from_code(code: u16) -> Self {
        Self(code)
    }

    /// Its number.
    #[must_use]
    pub const fn code(self) -> u16 {
        self.0
    }
}

impl fmt::Display for ReplyCategory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

struct Row {
    code: ReplyCode,
    name: &'static str,
    http_statuses: &'static [u16],
    confirmed: bool,
}

/// Makes constants and rows: `NAME = (category, number), "our words", [HTTP statuses we suggest];`
///
/// A row that ends in `unconfirmed` is known from one source only.
macro_rules! codes {
    ($( $CONSTANT:ident = ($category:literal, $number:literal), $name:literal, [$($status:literal),+] $(, $unconfirmed:ident)?; )*) => {
        impl ReplyCode {
            $(
                #[doc = concat!($category, ".", $number, ": ", $name, ".", codes!(@sources $($unconfirmed)?))]
                pub const $CONSTANT: Self = Self::new($category, $number);
            )*

            /// Every code of the list, in the order of the numbers.
            pub const LISTED: &'static [Self] = &[$(Self::$CONSTANT),*];
        }

        static ROWS: &[Row] = &[$(
            Row {
                code: ReplyCode::$CONSTANT,
                name: $name,
                http_statuses: &[$($status),+],
                confirmed: codes!(@confirmed $($unconfirmed)?),
            },
        )*];
    };
    (@sources) => { "" };
    (@sources unconfirmed) => { " Known from one source only, unconfirmed." };
    (@confirmed) => { true };
    (@confirmed unconfirmed) => { false };
}

codes! {
    NO_ERRORS = (0, 0), "no errors", [200, 201];
    PARTIAL_MORE_TO_COME = (0, 1), "a part of the result, more comes in further messages", [206, 207];
    PARTIAL_LAST = (0, 2), "a part of the result, no more comes", [207];
    ACKNOWLEDGED = (0, 3), "taken on, nothing done yet", [202], unconfirmed;
    HEADER_INCOMPLETE = (1, 5), "the header lacks what it must have", [400], unconfirmed;
    REQUEST_INCOMPLETE = (1, 6), "the request lacks what it must have", [400], unconfirmed;
    PAYLOAD_INCOMPLETE = (1, 7), "the payload lacks what it must have", [400], unconfirmed;
    AGAINST_SCHEMA = (1, 8), "the request is not valid by its schema", [400, 422], unconfirmed;
    UNSUPPORTED_REVISION = (1, 9), "the revision in the header is not supported", [400], unconfirmed;
    INVALID_METER = (2, 4), "unknown or wrong meter", [404], unconfirmed;
    INVALID_NOUN = (2, 5), "unknown noun", [404], unconfirmed;
    INVALID_READING_TYPE = (2, 6), "unknown or wrong reading type", [422], unconfirmed;
    INVALID_VERB = (2, 9), "unknown verb, or none for this noun", [405], unconfirmed;
    UNSUPPORTED_READING_TYPE = (2, 10), "reading type that is not supported", [422], unconfirmed;
    INVALID_USAGE_POINT = (2, 12), "unknown or wrong usage point", [404], unconfirmed;
    METER_USAGE_POINT_MISMATCH = (2, 13), "meter and usage point do not belong together", [409], unconfirmed;
    INVALID_SOURCE = (2, 14), "unknown or wrong source", [422], unconfirmed;
    INVALID_REQUEST_ID = (2, 15), "unknown or wrong id in the request", [404];
    INVALID_SERVICE_LOCATION = (2, 16), "unknown or wrong service location", [404], unconfirmed;
    METER_SERVICE_LOCATION_MISMATCH = (2, 17), "meter and service location do not belong together", [409], unconfirmed;
    COM_MODULE_METER_MISMATCH = (2, 18), "communication module and meter do not belong together", [409], unconfirmed;
    INVALID_CUSTOMER_ACCOUNT = (2, 19), "unknown or wrong customer account", [404], unconfirmed;
    INVALID_SERVICE_SUPPLIER = (2, 20), "unknown or wrong service supplier", [404], unconfirmed;
    CUSTOMER_ACCOUNT_SERVICE_SUPPLIER_MISMATCH = (2, 21), "customer account and service supplier do not belong together", [409], unconfirmed;
    INVALID_CUSTOMER = (2, 22), "unknown or wrong customer", [404], unconfirmed;
    CUSTOMER_CUSTOMER_ACCOUNT_MISMATCH = (2, 23), "customer and customer account do not belong together", [409], unconfirmed;
    INVALID_CUSTOMER_AGREEMENT = (2, 24), "unknown or wrong customer agreement", [404], unconfirmed;
    CUSTOMER_ACCOUNT_CUSTOMER_AGREEMENT_MISMATCH = (2, 25), "customer account and customer agreement do not belong together", [409], unconfirmed;
    CUSTOMER_AGREEMENT_USAGE_POINT_MISMATCH = (2, 26), "customer agreement and usage point do not belong together", [409], unconfirmed;
    CUSTOMER_ACCOUNT_USAGE_POINT_MISMATCH = (2, 27), "customer account and usage point do not belong together", [409], unconfirmed;
    SERVICE_SUPPLIER_USAGE_POINT_MISMATCH = (2, 28), "service supplier and usage point do not belong together", [409], unconfirmed;
    RELATIONSHIP_MISMATCH = (2, 29), "objects that do not belong together", [409], unconfirmed;
    INVALID_COM_MODULE = (2, 30), "unknown or wrong communication module", [404], unconfirmed;
    INVALID_SERVICE_CATEGORY = (2, 31), "unknown or wrong service category", [404], unconfirmed;
    INVALID_USAGE_POINT_LOCATION = (2, 32), "unknown or wrong location of a usage point", [404], unconfirmed;
    INVALID_PRICING_STRUCTURE = (2, 33), "unknown or wrong pricing structure", [404], unconfirmed;
    TOO_MANY_ITEMS = (3, 1), "too many items in one request", [413], unconfirmed;
    TOO_MANY_PENDING_REQUESTS = (3, 2), "too many requests under way", [429], unconfirmed;
    TIMED_OUT = (4, 1), "the request ran out of time", [504], unconfirmed;
    SYSTEM_BUSY = (5, 1), "not done, the system is busy", [503], unconfirmed;
    NOT_ATTEMPTED = (5, 2), "not done, not even tried", [500], unconfirmed;
    ATTEMPTED_AND_FAILED = (5, 3), "tried, and failed", [500, 502], unconfirmed;
    MULTIPLE_ERROR_TYPES = (5, 4), "not done, for several kinds of reasons", [207], unconfirmed;
    READING_TYPES_UNAVAILABLE_IN_MDMS = (5, 5), "meter data management lacks some or all of the reading types", [404], unconfirmed;
    READING_TYPES_UNAVAILABLE_IN_AMI = (5, 6), "the metering system lacks some or all of the reading types", [404], unconfirmed;
    DATA_UNAVAILABLE = (5, 7), "some or all of the data asked for is not there", [404], unconfirmed;
    FIELDS_MISSING = (5, 8), "not done, fields that must be there are not", [422], unconfirmed;
    TRANSACTION_UNDONE = (5, 9), "undone, to do all of a transaction or nothing", [409], unconfirmed;
    CANCELLED_BY_RULE = (6, 1), "cancelled by a business rule", [409], unconfirmed;
    HELD_BY_RULE = (6, 2), "put on hold by a business rule", [202], unconfirmed;
    RELEASED_BY_RULE = (6, 3), "released from its hold by a business rule", [200], unconfirmed;
    RESCHEDULED_BY_RULE = (6, 4), "put to another time by a business rule", [202], unconfirmed;
    CANCELLED_BY_USER = (6, 5), "cancelled by a user", [410], unconfirmed;
    AUTHENTICATION_UNAVAILABLE = (7, 1), "who asks cannot be found out for now", [503], unconfirmed;
    AUTHENTICATION_REQUIRED = (7, 2), "who asks must be shown", [401], unconfirmed;
    AUTHENTICATION_INSUFFICIENT = (7, 3), "who asks must be shown by stronger means", [401], unconfirmed;
    AUTHENTICATION_FAILED = (7, 4), "who asks is not believed", [401], unconfirmed;
    NOT_AUTHORIZED = (7, 5), "the user may not do this", [403], unconfirmed;
    ENCRYPTION_REQUIRED = (7, 6), "this way of authentication needs encryption", [426], unconfirmed;
    POLICY_VIOLATION = (7, 7), "against a policy", [403], unconfirmed;
}

impl ReplyCode {
    /// The code of two numbers, listed or not.
    #[must_use]
    pub const fn new(category: u16, number: u16) -> Self {
        Self { category: ReplyCategory(category), number }
    }

    /// What kind of thing it says.
    #[must_use]
    pub const fn category(self) -> ReplyCategory {
        self.category
    }

    /// The number within the category.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.number
    }

    /// Whether it says that something is wrong: any category but [`ReplyCategory::STATUS`].
    #[must_use]
    pub fn is_error(self) -> bool {
        self.category != ReplyCategory::STATUS
    }

    /// What it says, in our words; `None` for a code that is not listed.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        self.row().map(|row| row.name)
    }

    /// Whether the code is in the list.
    #[must_use]
    pub fn is_listed(self) -> bool {
        self.row().is_some()
    }

    /// Whether more than one source has it; if not, or if it is not listed, it is unconfirmed.
    #[must_use]
    pub fn is_confirmed(self) -> bool {
        self.row().is_some_and(|row| row.confirmed)
    }

    /// The HTTP statuses that go with it, the usual one first; none for a code that is not listed.
    ///
    /// They are **our suggestion**: the standard knows nothing of HTTP.
    #[must_use]
    pub fn suggested_http_statuses(self) -> &'static [u16] {
        self.row().map_or(&[], |row| row.http_statuses)
    }

    /// The code in words for a person; what no list has is told as such.
    pub fn explain(self) -> impl fmt::Display {
        fmt::from_fn(move |f| {
            match self.category.name() {
                Some(category) => write!(f, "{category}: ")?,
                None => write!(f, "unlisted category {}: ", self.category)?,
            }
            match self.name() {
                Some(name) => f.write_str(name),
                None => write!(f, "unlisted code {self}"),
            }
        })
    }

    fn row(self) -> Option<&'static Row> {
        ROWS.binary_search_by_key(&self, |row| row.code).ok().and_then(|at| ROWS.get(at))
    }
}

impl fmt::Display for ReplyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.category, self.number)
    }
}

impl FromStr for ReplyCode {
    type Err = ReplyCodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |part, text: &str| {
            let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
            let number = plain.then(|| text.parse().ok()).flatten();
            number.ok_or_else(|| ReplyCodeError::Part { part, text: Excerpt(text).to_string() })
        };
        match text.split_once('.') {
            Some((category, last)) if !last.contains('.') => Ok(Self::new(number(1, category)?, number(2, last)?)),
            _ => Err(ReplyCodeError::Parts(text.split('.').count())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printing_and_parsing_are_inverse() {
        for code in ReplyCode::LISTED {
            assert_eq!(code.to_string().parse(), Ok(*code));
        }
        for text in ["0.0", "2.1", "2.10", "99.65535"] {
            assert_eq!(text.parse::<ReplyCode>().unwrap().to_string(), text);
        }
        assert_ne!("2.1".parse::<ReplyCode>(), "2.10".parse());
    }

    #[test]
    fn errors_say_which_part_is_wrong_and_why() {
        let must = "must be a number from 0 to 65535 without sign or zeros in front, not";
        for (text, error) in [
            ("", "the reply code has 2 parts separated by a point, such as 0.0, this one has 1".to_owned()),
            ("OK", "the reply code has 2 parts separated by a point, such as 0.0, this one has 1".to_owned()),
            ("2.1.3", "the reply code has 2 parts separated by a point, such as 0.0, this one has 3".to_owned()),
            ("x.1", format!("part 1 of the reply code (category) {must} `x`")),
            ("02.1", format!("part 1 of the reply code (category) {must} `02`")),
            ("2.", format!("part 2 of the reply code (number) {must} ``")),
            ("2.+1", format!("part 2 of the reply code (number) {must} `+1`")),
            ("2.65536", format!("part 2 of the reply code (number) {must} `65536`")),
        ] {
            assert_eq!(text.parse::<ReplyCode>().unwrap_err().to_string(), error, "{text:?}");
        }
    }

    #[test]
    fn codes_are_explained() {
        for (code, explanation) in [
            ("0.0", "status: no errors"),
            ("0.3", "status: taken on, nothing done yet"),
            ("2.4", "invalid parameter: unknown or wrong meter"),
            ("5.9", "application error: undone, to do all of a transaction or nothing"),
            ("2.1", "invalid parameter: unlisted code 2.1"),
            ("8.0", "unlisted category 8: unlisted code 8.0"),
        ] {
            assert_eq!(code.parse::<ReplyCode>().unwrap().explain().to_string(), explanation, "{code}");
        }
    }

    #[test]
    fn every_listed_code_is_found() {
        assert!(ReplyCode::LISTED.is_sorted_by(|left, right| left < right));
        for code in ReplyCode::LISTED {
            assert!(code.is_listed() && code.category().name().is_some(), "{code}");
            assert_eq!(code.is_error(), code.category().code() != 0, "{code}");
        }
        let confirmed: Vec<_> =
            ReplyCode::LISTED.iter().filter(|it| it.is_confirmed()).map(ToString::to_string).collect();
        assert_eq!(confirmed, ["0.0", "0.1", "0.2", "2.15"]);
        let unlisted = ReplyCode::new(2, 1);
        assert!(!unlisted.is_listed() && unlisted.suggested_http_statuses().is_empty() && !unlisted.is_confirmed());
    }
}
