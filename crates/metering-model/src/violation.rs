//! Broken rules: where, which, and what would be right.

use std::borrow::Cow;
use std::fmt;

use crate::mrid::is_control;

/// One rule that one item of a message breaks.
///
/// It says so without a notation: JSON pointer or XPath is made when it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct Violation {
    /// Where in the message.
    pub at: Place,
    /// Which rule.
    pub code: ViolationCode,
    /// In words for a person: what was found and what would be right.
    pub detail: String,
}

impl Violation {
    /// `code`, broken at `field` of the item number `item`.
    pub fn new(item: u32, field: impl Into<Cow<'static, str>>, code: ViolationCode, detail: impl Into<String>) -> Self {
        Self { at: Place { item, field: field.into() }, code, detail: detail.into() }
    }
}

/// An item of a message and a field in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct Place {
    /// Which item of the list, from 0.
    pub item: u32,
    /// The field's name as the API spells it, deeper ones behind a `/` (`names/0/name`); empty
    /// for the item as a whole.
    pub field: Cow<'static, str>,
}

/// As much of what somebody sent as a message repeats: the first 40 characters, without any that
/// would control what is around them.
///
/// ```
/// use metering_model::Excerpt;
///
/// assert_eq!(Excerpt("kwh").to_string(), "kwh");
/// assert_eq!(Excerpt("a\u{202e}b\0").to_string(), "a\u{fffd}b\u{fffd}");
/// assert_eq!(Excerpt(&"x".repeat(1_000)).to_string(), format!("{}...", "x".repeat(40)));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Excerpt<'a>(pub &'a str);

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;
        let mut characters = self.0.chars();
        for character in characters.by_ref().take(40) {
            f.write_char(if is_control(character) { char::REPLACEMENT_CHARACTER } else { character })?;
        }
        if characters.next().is_some() { f.write_str("...") } else { Ok(()) }
    }
}

macro_rules! violation_codes {
    ($( $(#[$meaning:meta])+ $Variant:ident = $text:literal; )*) => {
        /// The rules by name, one list for all messages; clients may match on the text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ViolationCode { $( $(#[$meaning])+ $Variant, )* }

        impl ViolationCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),*];

            /// The code as it goes over the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$Variant => $text,)* }
            }

            /// The code of this text.
            #[must_use]
            pub fn from_text(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$Variant),)* _ => None }
            }
        }
    };
}

violation_codes! {
    // Shapes, for every message.
    /// A field that must be there is not.
    Missing = "missing";
    /// A field no item of this kind has; the detail names the nearest known one.
    UnknownField = "unknown-field";
    /// The same field twice in one item.
    DuplicateField = "duplicate-field";
    /// A value of another JSON kind than the field takes.
    WrongKind = "wrong-kind";
    /// A word the field does not know; the detail lists those it does.
    UnknownWord = "unknown-word";
    /// Text that is empty, too long, or has control characters.
    InvalidText = "invalid-text";
    /// Text that is no id.
    InvalidId = "invalid-id";
    /// Not a date and time with an offset.
    InvalidTime = "invalid-time";
    /// Not an ISO 8601 duration the field takes.
    InvalidDuration = "invalid-duration";
    /// Not a decimal number.
    InvalidNumber = "invalid-number";
    /// More than 18 significant digits.
    TooManyDigits = "too-many-digits";
    /// More than 12 places behind the point.
    TooManyPlaces = "too-many-places";
    /// Not a code of the standard's form.
    InvalidCode = "invalid-code";
    /// Out of the range the field takes.
    OutOfRange = "out-of-range";
    /// More entries in a list than it takes.
    TooMany = "too-many";
    /// The same entry twice in a list.
    DuplicateEntry = "duplicate-entry";
    /// A field that only the server sets.
    ServerOwned = "server-owned";
    /// Two fields of one item contradict each other.
    Contradiction = "contradiction";
    /// A departure from the schema that was read all the same; the detail says which, how often.
    Tolerated = "tolerated";
    /// An element of the standard that was read and has no place here.
    NotKept = "not-kept";

    // Meter readings.
    /// Neither a meter nor a usage point.
    NoMeter = "no-meter";
    /// The unit does not measure what the reading says is measured.
    UnitMeasurementMismatch = "unit-measurement-mismatch";
    /// The direction does not go with what is measured.
    DirectionMeasurementMismatch = "direction-measurement-mismatch";
    /// The phase does not go with what is measured.
    PhaseMeasurementMismatch = "phase-measurement-mismatch";
    /// The kind of reading does not go with what is measured.
    KindMeasurementMismatch = "kind-measurement-mismatch";
    /// No power of ten of the standard is the unit's prefix and the multiplier together.
    NoSuchMultiplier = "no-such-multiplier";
    /// A prefixed unit and a multiplier: two places for one power of ten.
    PrefixedUnitMultiplier = "prefixed-unit-multiplier";
    /// A code given beside words that say something else.
    CodeContradictsWords = "code-contradicts-words";
    /// No value, and no quality that says why.
    ValueMissing = "value-missing";
    /// The time stamp lies too far ahead.
    InTheFuture = "in-the-future";
    /// The time stamp of a meter without a clock; stored, left out of aggregates.
    NoClock = "no-clock";
    /// A code that is not in the standard's list; stored and marked.
    UnlistedCode = "unlisted-code";
    /// The series differs from another of the same meter in phase, multiplier or interval only.
    SimilarSeries = "similar-series";
    /// An edited value stands; this one was kept beside it.
    EditedValueStands = "edited-value-stands";
    /// The name belongs to several objects.
    AmbiguousName = "ambiguous-name";
    /// The meter, device or usage point is not configured, and the settings refuse such.
    NotConfigured = "not-configured";
    /// As many unconfigured objects as the settings allow are there already.
    TooManyProvisional = "too-many-provisional";

    // Controls.
    /// A control names no device, usage point or group.
    NoTarget = "no-target";
    /// Nothing is known under the target's id that a control could be sent to.
    UnknownTarget = "unknown-target";
    /// A control without the value or unit it needs.
    ControlValue = "control-value";
    /// Switching without a reason.
    ReasonMissing = "reason-missing";
    /// It expires before it takes effect.
    ExpiresBeforeEffect = "expires-before-effect";
    /// Its time has passed; stored as expired, never sent.
    EffectiveTimePassed = "effective-time-passed";
    /// The same switching was dispatched or cancelled not long ago.
    PossibleReplay = "possible-replay";
    /// The caller's roles do not allow this kind of control.
    NotPermitted = "not-permitted";

    // Events.
    /// A word or code the tables do not have; kept as sent.
    Unmapped = "unmapped";

    // Configurations.
    /// An object of this id is there with other content.
    Exists = "exists";
    /// Neither an mRID nor a name.
    NoIdentity = "no-identity";
    /// The object that is referred to is not there.
    UnknownReference = "unknown-reference";
    /// Two installations of one meter at one time.
    OverlappingInstallations = "overlapping-installations";
}

impl fmt::Display for ViolationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
