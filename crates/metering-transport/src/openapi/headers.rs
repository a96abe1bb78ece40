//! The headers that the contract names.

use metering_messages::json::schema;
use serde_json::{Value, json};

/// A header of a request or an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Header {
    /// `X-Request-Id`, both ways.
    RequestId,
    /// `Idempotency-Key` of a request that writes.
    IdempotencyKey,
    /// `Prefer` of a request that writes a list.
    Prefer,
    /// `If-Match` of a change.
    IfMatch,
    /// The same where it may be left out.
    IfMatchOptional,
    /// `RateLimit-Policy`: what the caller may.
    RateLimitPolicy,
    /// `RateLimit`: how the caller stands.
    RateLimit,
    /// `Retry-After` of a refusal that is not for long.
    RetryAfter,
    /// `WWW-Authenticate` of a 401.
    Authenticate,
    /// `Location` of what was made.
    Location,
    /// `ETag` of an object's revision.
    ETag,
    /// The same where an answer may hold something else.
    ETagOfOne,
    /// `Link` to the page that follows.
    Link,
    /// `Preference-Applied`, where a preference was.
    PreferenceApplied,
    /// `Idempotency-Replayed` of an answer that is given again.
    Replayed,
    /// `Location` of a redirect.
    Redirect,
    /// `Omitted-Fields` of a message of the standard.
    OmittedFields,
}

impl Header {
    /// Those of answers; requests tell theirs where they are read.
    pub(crate) const OF_ANSWERS: &'static [Self] = &[
        Self::RequestId,
        Self::RateLimitPolicy,
        Self::RateLimit,
        Self::RetryAfter,
        Self::Authenticate,
        Self::Location,
        Self::ETag,
        Self::ETagOfOne,
        Self::Link,
        Self::PreferenceApplied,
        Self::Replayed,
        Self::Redirect,
        Self::OmittedFields,
    ];

    /// Its name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::RequestId => "X-Request-Id",
            Self::IdempotencyKey => "Idempotency-Key",
            Self::Prefer => "Prefer",
            Self::IfMatch | Self::IfMatchOptional => "If-Match",
            Self::RateLimitPolicy => "RateLimit-Policy",
            Self::RateLimit => "RateLimit",
            Self::RetryAfter => "Retry-After",
            Self::Authenticate => "WWW-Authenticate",
            Self::Location | Self::Redirect => "Location",
            Self::ETag | Self::ETagOfOne => "ETag",
            Self::Link => "Link",
            Self::PreferenceApplied => "Preference-Applied",
            Self::Replayed => "Idempotency-Replayed",
            Self::OmittedFields => "Omitted-Fields",
        }
    }

    /// Whether it is there always.
    pub(crate) const fn required(self) -> bool {
        matches!(
            self,
            Self::RequestId
                | Self::IfMatch
                | Self::RateLimitPolicy
                | Self::RateLimit
                | Self::RetryAfter
                | Self::Authenticate
                | Self::ETag
                | Self::Redirect
        )
    }

    /// What it means.
    pub(crate) const fn meaning(self) -> &'static str {
        match self {
            Self::RequestId => {
                "What the answer, the server's log and the audit log name the request by: the caller's, if it is 1 to 128 \
                 visible ASCII characters, else one of the server's."
            }
            Self::IdempotencyKey => {
                "A name for this request, kept for at least 7 days for the organisation, the credential and the path. The \
                 same body again gets the first answer again, another body a 422."
            }
            Self::Prefer => {
                "`handling=strict`: where one item is rejected, nothing is stored. Other preferences are left alone."
            }
            Self::IfMatch => "The `ETag` of the revision that the change was made for.",
            Self::IfMatchOptional => "The `ETag` of the revision that is meant; without it, whichever there is.",
            Self::RateLimitPolicy => "How many requests (`q`) in how many seconds (`w`) the caller may send.",
            Self::RateLimit => "How many are left (`r`), and in how many seconds (`t`) there are more.",
            Self::RetryAfter => "After how many seconds it may go better.",
            Self::Authenticate => "How to authenticate, and whether a credential came that is not good.",
            Self::Location => "Where the one object that was sent alone is found.",
            Self::ETagOfOne => "The revision of the object, where the answer is one object.",
            Self::ETag => "The revision of the object, for `If-Match`.",
            Self::Link => {
                "The page that follows, as `<...>; rel=\"next\"`. A page of more than 5,000 readings has it in its body alone."
            }
            Self::PreferenceApplied => "`handling=strict`, where that was asked for.",
            Self::Replayed => "`true` where the answer is the first one again.",
            Self::Redirect => "Where to go.",
            Self::OmittedFields => "What the standard's message has no place for and leaves out, with commas between.",
        }
    }

    /// What it can be.
    pub(crate) fn schema(self) -> Value {
        match self {
            Self::IdempotencyKey => json!({"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"}),
            Self::IfMatch | Self::IfMatchOptional | Self::ETag | Self::ETagOfOne => {
                json!({"type": "string", "pattern": "^\"[^\"]*\"$"})
            }
            Self::RetryAfter => schema::integer(0, None),
            Self::Replayed => schema::one_of(&["true"]),
            Self::PreferenceApplied => schema::one_of(&["handling=strict"]),
            Self::Location | Self::Redirect => json!({"type": "string", "format": "uri-reference"}),
            _ => schema::text(),
        }
    }

    /// One of it.
    pub(crate) fn example(self) -> Value {
        match self {
            Self::RequestId => "0193f0c2-0000-7000-8000-000000000001".into(),
            Self::IdempotencyKey => "8e03978e-40d5-43e8-bc93-6894a57f9324".into(),
            Self::Prefer | Self::PreferenceApplied => "handling=strict".into(),
            Self::IfMatch | Self::IfMatchOptional | Self::ETag | Self::ETagOfOne => "\"2\"".into(),
            Self::RateLimitPolicy => "\"default\";q=100;w=60".into(),
            Self::RateLimit => "\"default\";r=99;t=0".into(),
            Self::RetryAfter => 3.into(),
            Self::Authenticate => "Bearer".into(),
            Self::Location => "/meter-config/1234LG".into(),
            Self::Link => "</meter-readings?limit=5&cursor=q1s0MjAyNA>; rel=\"next\"".into(),
            Self::Replayed => "true".into(),
            Self::Redirect => "/docs".into(),
            Self::OmittedFields => "recordedAt, revision".into(),
        }
    }
}
