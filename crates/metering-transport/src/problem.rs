//! Everything that can be refused: one table of type, status and title, and the one shape.
//!
//! Nothing internal leaves the server: no SQL, no file, no type name of ours. What is behind a
//! 500 or 503 goes to the log, with its whole chain, under the request id the caller is told.

use std::error::Error as StdError;
use std::fmt;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT_ENCODING, HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};
use metering_messages::Malformed;
use metering_messages::json::problem::{ProblemBody, ProblemError, ProblemPlace};
use metering_model::{Violation, ViolationCode};
use metering_persistence::Error as StoreError;

/// Whoever is told to come back later is told so many seconds at least, and fewer than
/// [`SPREAD`] more.
const SOONEST: u32 = 1;
const SPREAD: u32 = 4;

macro_rules! problems {
    ($( $Variant:ident = $status:literal, $slug:literal, $title:literal, $explanation:literal; )*) => {
        /// The kinds of problems.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Kind { $( $Variant, )* }

        impl Kind {
            /// Every kind.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$Variant),*];

            /// Type, title, status and explanation.
            pub(crate) const fn row(self) -> Row {
                match self {
                    $(Self::$Variant => Row { slug: $slug, title: $title, status: $status, explanation: $explanation },)*
                }
            }
        }
    };
}

/// What the table says of one kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    /// The last part of the type's path.
    pub(crate) slug: &'static str,
    /// The kind in a few words.
    pub(crate) title: &'static str,
    /// The HTTP status.
    pub(crate) status: u16,
    /// For a person who meets it: what it means and what to do.
    pub(crate) explanation: &'static str,
}

problems! {
    Malformed = 400, "malformed", "Malformed request",
        "The request cannot be read: the body is not well-formed, its compression is broken, or a header has a form it must not have. `detail` says where. Nothing was stored. Mend the request; the same again will be refused again.";
    Unauthenticated = 401, "unauthenticated", "Credential needed",
        "There is no credential, or it is not (or no longer) good. Send `Authorization: Bearer TOKEN` or `X-API-Key: KEY`. Why a credential was refused is in the server's log, under the request id, and not in the answer.";
    Forbidden = 403, "forbidden", "Not allowed",
        "The credential is good, but none of its roles allows this. Ask the operator of the server for a key with the role that `detail` names.";
    NotFound = 404, "not-found", "Not found",
        "There is nothing at this address, or nothing of this id in your organisation. What belongs to another organisation looks the same.";
    MethodNotAllowed = 405, "method-not-allowed", "Method not allowed",
        "The address exists, but not for this method. The header `Allow` names those there are.";
    NotAcceptable = 406, "not-acceptable", "Not acceptable",
        "None of the formats in the header `Accept`, or none of the codings in `Accept-Encoding`, can be answered. Leave them out, or accept `application/json` or `application/xml` as it is.";
    Stalled = 408, "stalled", "Body too slow",
        "The body stopped coming, or came slower than the server waits for. Nothing was stored. Send it again.";
    Conflict = 409, "conflict", "Conflict with the present state",
        "The thing is not in a state in which this can be done. `detail` says which state it is in.";
    KeyInFlight = 409, "idempotency-key-in-flight", "First request still under way",
        "Another request with the same `Idempotency-Key` has not ended yet. Wait as long as `Retry-After` says and send it again: you will get the answer of the first.";
    PreconditionFailed = 412, "precondition-failed", "Changed since it was read",
        "The object has another revision than `If-Match` names: somebody changed it after you read it. Read it again, and make your change to what is there now.";
    TooLarge = 413, "too-large", "Too large",
        "The body, inflated or as sent, or the number of its items is over the limit that `detail` names. Nothing was stored. Send it in several requests.";
    UnsupportedMediaType = 415, "unsupported-media-type", "Unsupported media type",
        "The body is in a format, character set or compression the server does not read. Send `application/json` or `application/xml` in UTF-8, as it is or compressed once by gzip, zstd or br.";
    Invalid = 422, "invalid", "Rules broken",
        "The request was read, and breaks rules. `errors` names every place, the rule and what would be right. Nothing was stored.";
    KeyReused = 422, "idempotency-key-reused", "Idempotency key used before",
        "This `Idempotency-Key` belongs to an earlier request with another body. Nothing was stored. Take a new key for a new request, and keep the key for a repeat of the same.";
    PreconditionRequired = 428, "precondition-required", "If-Match needed",
        "A change of an object must name the revision it was made for. Read the object, take the `ETag` of the answer and send it as `If-Match`.";
    QuotaExceeded = 429, "quota-exceeded", "Too many requests",
        "Your key has sent as many requests in the last 60 seconds as it may. Wait as long as `Retry-After` says. Many items in one request count as one.";
    Internal = 500, "internal", "Internal error",
        "The server failed. Unless something was answered before, nothing was stored. Tell the operator of the server the request id; the log has the cause.";
    Unavailable = 503, "unavailable", "Try again later",
        "The server cannot do this now: it is overloaded, ending, or its database is away or full. If the request wrote, whether it was stored is not known; to repeat it is harmless. Wait as long as `Retry-After` says.";
}

impl Kind {
    /// The path that explains it.
    pub(crate) fn path(self) -> String {
        format!("/problems/{}", self.row().slug)
    }

    /// The kind of this slug.
    pub(crate) fn of_slug(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.row().slug == slug)
    }

    /// The kind for a status that the HTTP library chose.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        let known = Self::ALL.iter().copied().find(|kind| kind.row().status == status.as_u16());
        known.unwrap_or(if status.is_server_error() { Self::Internal } else { Self::Malformed })
    }
}

/// Marks, in the extensions of an answer, a refusal that is told in another shape: that of a message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answered;

/// A refusal.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    kind: Kind,
    detail: Option<String>,
    errors: Vec<ProblemError>,
    total: Option<usize>,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// For the log alone.
    cause: Option<Arc<dyn StdError + Send + Sync>>,
}

impl Problem {
    /// A problem with what was wrong this time and what would be right.
    pub(crate) fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..Self::bare(kind) }
    }

    /// A problem of which there is nothing more to say.
    pub(crate) fn bare(kind: Kind) -> Self {
        Self { kind, detail: None, errors: Vec::new(), total: None, headers: Vec::new(), cause: None }
    }

    /// The same, with a header in its answer.
    pub(crate) fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The same, with the time after which it may go better, in seconds.
    pub(crate) fn retry_after(self, seconds: u32) -> Self {
        self.with(RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// No credential, or a bad one; which of the two, only the header says.
    pub(crate) fn unauthenticated(bad: bool) -> Self {
        let challenge = if bad { "Bearer error=\"invalid_token\"" } else { "Bearer" };
        Self::new(Kind::Unauthenticated, "send `Authorization: Bearer TOKEN` or `X-API-Key: KEY`")
            .with(WWW_AUTHENTICATE, HeaderValue::from_static(challenge))
    }

    /// The server has too much to do.
    pub(crate) fn busy(what: &str) -> Self {
        Self::new(Kind::Unavailable, format!("{what}; send it again in a moment")).retry_later()
    }

    /// The same, with a time after which it may go better that is not the same for everybody: who
    /// was refused together is not to come back together.
    pub(crate) fn retry_later(self) -> Self {
        let random = RandomState::new().build_hasher().finish();
        self.retry_after(SOONEST + u32::try_from(random % u64::from(SPREAD)).unwrap_or(0))
    }

    /// A coding of the body that is not read.
    pub(crate) fn unsupported_coding(detail: String) -> Self {
        Self::new(Kind::UnsupportedMediaType, detail).with(ACCEPT_ENCODING, HeaderValue::from_static("gzip, zstd, br"))
    }

    /// A header that must not look like this.
    pub(crate) fn header(name: &str, code: &str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let at = ProblemPlace::Header(name.to_owned());
        let error = ProblemError { at, code: code.to_owned(), detail: detail.clone() };
        Self { errors: vec![error], ..Self::new(Kind::Malformed, detail) }
    }

    /// Query parameters that break rules.
    pub(crate) fn parameters(errors: Vec<ProblemError>) -> Self {
        let detail = match errors.as_slice() {
            [one] => one.detail.clone(),
            many => format!("{} query parameters are wrong", many.len()),
        };
        Self { errors, ..Self::new(Kind::Invalid, detail) }
    }

    /// Rules that the items of a message break; none of it was stored.
    pub(crate) fn rejected(list: &str, received: u32, violations: &[Violation]) -> Self {
        let mut items: Vec<u32> = violations.iter().map(|it| it.at.item).collect();
        items.sort_unstable();
        items.dedup();
        let (rejected, verb) = (items.len(), if items.len() == 1 { "was" } else { "were" });
        let detail = match received {
            0 => "there is nothing in the list".to_owned(),
            received => format!("{rejected} of {received} items {verb} rejected; nothing was stored"),
        };
        // Nothing but a lack of rights is no fault of the message.
        let all_forbidden =
            !violations.is_empty() && violations.iter().all(|it| it.code == ViolationCode::NotPermitted);
        let kind = if all_forbidden { Kind::Forbidden } else { Kind::Invalid };
        let told = ProblemBody::default().with_violations(list, violations);
        Self { errors: told.errors, total: told.errors_total, ..Self::new(kind, detail) }
    }

    /// What the database could not do.
    pub(crate) fn of_store(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::new(Kind::NotFound, "nothing of this id is there"),
            StoreError::PreconditionFailed => Self::new(Kind::PreconditionFailed, "read it again and take its `ETag`"),
            StoreError::LacksRights => {
                Self::new(Kind::Forbidden, "the earlier request with this key was made with roles you do not have now")
            }
            StoreError::KeyReused => Self::new(Kind::KeyReused, "the earlier request had another body"),
            StoreError::KeyInFlight => {
                Self::new(Kind::KeyInFlight, "the first request has not ended yet").retry_after(1)
            }
            StoreError::BadCursor => Self::parameters(vec![ProblemError {
                at: ProblemPlace::Parameter("cursor".into()),
                code: "invalid-cursor".into(),
                detail: "a cursor is taken from `next` of the page before, with the same selection".into(),
            }]),
            StoreError::Impossible(transition) => Self::new(Kind::Conflict, transition.to_string()),
            StoreError::Busy => Self::busy("too many changes are waiting"),
            StoreError::Rejected(violations) => Self::rejected("", 1, &violations),
            error @ (StoreError::Unavailable(_) | StoreError::Open(_)) => {
                let detail = "the database cannot do this now; send it again";
                Self { cause: Some(Arc::new(error)), ..Self::new(Kind::Unavailable, detail) }.retry_later()
            }
            error => Self::internal(error),
        }
    }

    /// A fault of ours; `cause` goes to the log.
    pub(crate) fn internal(cause: impl StdError + Send + Sync + 'static) -> Self {
        Self { cause: Some(Arc::new(cause)), ..Self::bare(Kind::Internal) }
    }

    /// What kind it is.
    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// What was wrong this time; where there is nothing more to say, the kind in a few words.
    pub(crate) fn detail(&self) -> &str {
        self.detail.as_deref().unwrap_or(self.kind.row().title)
    }

    /// The headers that its answer has.
    pub(crate) fn headers(&self) -> &[(HeaderName, HeaderValue)] {
        &self.headers
    }

    /// Logs what is behind a failure of the server, once, where it is answered. Too much to do is
    /// no failure, and worth a warning.
    pub(crate) fn log(&self, request_id: &str) {
        if self.kind.row().status < 500 {
            return;
        }
        let mut chain = self.detail.clone().unwrap_or_default();
        let mut cause = self.cause.as_ref().map(|it| it.as_ref() as &dyn StdError);
        while let Some(error) = cause {
            chain.push_str(if chain.is_empty() { "" } else { ": " });
            chain.push_str(&error.to_string());
            cause = error.source();
        }
        let problem = self.kind.row().slug;
        match self.cause {
            None if self.kind == Kind::Unavailable => {
                tracing::warn!(request_id, cause = chain, "a request was put off")
            }
            _ => tracing::error!(request_id, problem, cause = chain, "a request failed"),
        }
    }

    /// The answer in the notation, with what the call adds to it.
    pub(crate) fn response(&self, in_xml: bool, instance: Option<&str>, request_id: Option<&str>) -> HttpResponse {
        let row = self.kind.row();
        let body = ProblemBody {
            kind: self.kind.path(),
            title: row.title.to_owned(),
            status: row.status,
            detail: self.detail.clone(),
            instance: instance.map(Into::into),
            request_id: request_id.map(Into::into),
            errors: self.errors.clone(),
            errors_total: self.total,
        };
        let mut out = Vec::with_capacity(512);
        let mut response = HttpResponse::build(self.status_code());
        if in_xml {
            metering_messages::xml::problem::write(&body, &mut out);
            response.content_type("application/problem+xml");
        } else {
            metering_messages::json::problem::write(&body, &mut out);
            response.content_type("application/problem+json");
        }
        for (name, value) in &self.headers {
            response.append_header((name.clone(), value.clone()));
        }
        response.body(out)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.row().title)?;
        self.detail.iter().try_for_each(|detail| write!(f, ": {detail}"))
    }
}

// Its cause is for the log, which takes the whole chain in `log`; nobody else is to follow it.
impl StdError for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.kind.row().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        self.response(false, None, None)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::of_store(error)
    }
}

impl From<Malformed> for Problem {
    fn from(error: Malformed) -> Self {
        let kind = match error {
            Malformed::TooManyItems { .. } => Kind::TooLarge,
            _ => Kind::Malformed,
        };
        Self::new(kind, error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::body::MessageBody;

    fn json(problem: &Problem) -> serde_json::Value {
        let response = problem.response(false, Some("/meter-readings"), Some("r-1"));
        assert_eq!(response.headers().get("content-type").unwrap(), "application/problem+json");
        serde_json::from_slice(&response.into_body().try_into_bytes().unwrap()).unwrap()
    }

    #[test]
    fn every_kind_has_a_path_of_its_own_that_leads_back_to_it() {
        for kind in Kind::ALL {
            let row = kind.row();
            assert_eq!(Kind::of_slug(row.slug), Some(*kind));
            assert!(StatusCode::from_u16(row.status).unwrap().as_u16() >= 400);
            assert!(row.explanation.len() > 40 && row.explanation.ends_with('.'), "{}", row.slug);
        }
    }

    #[test]
    fn a_rejection_names_each_place_and_counts_items_not_rules() {
        let violations = [
            Violation::new(0, "unit", ViolationCode::UnitMeasurementMismatch, "V does not measure activeEnergy"),
            Violation::new(0, "value", ViolationCode::Missing, "`value` is missing"),
        ];
        let body = json(&Problem::rejected("readings", 2, &violations));
        assert_eq!(body["type"], "/problems/invalid");
        assert_eq!(body["status"], 422);
        assert_eq!(body["detail"], "1 of 2 items was rejected; nothing was stored");
        assert_eq!(body["instance"], "/meter-readings");
        assert_eq!(body["requestId"], "r-1");
        assert_eq!(body["errors"][1]["pointer"], "#/readings/0/value");
        let forbidden = [Violation::new(0, "controlType", ViolationCode::NotPermitted, "ask for a role")];
        assert_eq!(json(&Problem::rejected("controls", 1, &forbidden))["status"], 403);
    }

    #[test]
    fn what_is_behind_a_failure_stays_inside() {
        let cause = StoreError::Failed(Arc::new(std::io::Error::other("no such column: secret")));
        let body = json(&Problem::of_store(cause));
        assert_eq!(body["status"], 500);
        assert!(!body.to_string().contains("secret"));
        let away = Problem::of_store(StoreError::Busy);
        assert!(away.error_response().headers().contains_key(RETRY_AFTER));
    }

    #[test]
    fn those_refused_together_are_not_told_to_come_back_together() {
        let seconds = || Problem::busy("full").error_response().headers().get(RETRY_AFTER).unwrap().clone();
        let seconds: std::collections::BTreeSet<u32> =
            (0..200).map(|_| seconds().to_str().unwrap().parse().unwrap()).collect();
        assert_eq!(seconds, (SOONEST..SOONEST + SPREAD).collect());
    }

    #[test]
    fn what_the_http_library_refuses_has_a_kind_too() {
        assert_eq!(Kind::of_status(StatusCode::NOT_FOUND), Kind::NotFound);
        assert_eq!(Kind::of_status(StatusCode::IM_A_TEAPOT), Kind::Malformed);
        assert_eq!(Kind::of_status(StatusCode::BAD_GATEWAY), Kind::Internal);
    }
}
