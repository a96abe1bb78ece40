//! Bodies and formats: what may be sent, what can be answered, and the one way a body is read.
//!
//! The HTTP library's own extractors inflate a whole network chunk before they look at a limit,
//! and wait for a stalled body without end; so bodies are gathered here, within bounds of size,
//! time and progress.

use std::future::Future;
use std::pin::Pin;
use std::time::Instant;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap};
use actix_web::web::{Bytes, BytesMut, Data};
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt as _;
use metering_messages::Limits;
use metering_messages::xml::envelope::is_envelope;
use metering_model::Sha256;
use sha2::Digest as _;
use tokio::time::timeout;

use crate::admission::Share;
use crate::problem::{Kind, Problem};
use crate::state::State;

mod format;
mod inflate;
mod negotiation;

pub(crate) use format::{Format, Notation, Reader};

use inflate::{Coding, inflate};

/// As much of a body's declared length as is made room for before any of it has come.
const FIRST_ROOM: usize = 256 << 10;

/// A body as it came over the wire, in full.
///
/// As an extractor it looks at the formats and the declared length first, and reads nothing of a
/// body it refuses. It must stand behind [`Allowed`](crate::auth::Allowed): extractors are
/// waited for in order.
#[derive(Debug)]
pub(crate) struct Body {
    wire: Bytes,
    notation: Notation,
    coding: Option<Coding>,
    share: Share,
}

/// What was made of a body.
#[derive(Debug)]
pub(crate) struct Parsed<T> {
    /// The message.
    pub(crate) value: T,
    /// Over the inflated body.
    pub(crate) sha256: Sha256,
    /// The message takes room about like the body did, so its share is held as long.
    pub(crate) share: Share,
}

impl FromRequest for Body {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let headers = request.headers();
            let notation = negotiation::body(headers)?;
            let coding = Coding::of(headers)?;
            Format::of(&request)?;
            Self::gather(&request, payload, notation, coding).await
        })
    }
}

/// A body whose notation and answer are what its endpoint says: of such neither `Content-Type` nor
/// `Accept` is looked at here.
#[derive(Debug)]
pub(crate) struct XmlBody(pub(crate) Body);

impl FromRequest for XmlBody {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let coding = Coding::of(request.headers())?;
            Body::gather(&request, payload, Notation::Xml, coding).await.map(Self)
        })
    }
}

/// A body that may be left out.
#[derive(Debug)]
pub(crate) struct MaybeBody(pub(crate) Option<Body>);

impl FromRequest for MaybeBody {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if !brings_a_body(request.headers()) {
            let accepted = Format::of(request);
            return Box::pin(async move { accepted.map(|_| Self(None)) });
        }
        let body = Body::from_request(request, payload);
        Box::pin(async move { body.await.map(|body| Self(Some(body).filter(|it| !it.is_empty()))) })
    }
}

impl Body {
    async fn gather(
        request: &HttpRequest,
        mut payload: Payload,
        notation: Notation,
        coding: Option<Coding>,
    ) -> Result<Self, Problem> {
        let state = request.app_data::<Data<State>>().ok_or_else(|| Problem::bare(Kind::Internal))?;
        let config = state.config();
        let declared = declared_length(request.headers());
        if declared.is_some_and(|length| length > config.wire_bytes) {
            return Err(too_large(config.wire_bytes, "as sent"));
        }
        let (started, mut share) = (Instant::now(), state.bodies().share());
        let mut gathered = Gathered::default();
        loop {
            let chunk = timeout(config.stall, payload.next()).await.map_err(|_| {
                Problem::new(Kind::Stalled, format!("nothing came for {} seconds", config.stall.as_secs_f32()))
            })?;
            let Some(chunk) = chunk else { break };
            let chunk = chunk.map_err(|error| broken_payload(&error, config.wire_bytes))?;
            if gathered.length + chunk.len() > config.wire_bytes {
                return Err(too_large(config.wire_bytes, "as sent"));
            }
            if !share.grow(chunk.len()) {
                return Err(Problem::busy("too many bodies are being read"));
            }
            gathered.add(chunk, declared);
            let took = started.elapsed();
            if took > config.stall && (gathered.length as u64) < config.slowest_body.saturating_mul(took.as_secs()) {
                let detail = format!("less than {} bytes came in a second", config.slowest_body);
                return Err(Problem::new(Kind::Stalled, detail));
            }
        }
        Ok(Self { wire: gathered.whole(), notation, coding, share })
    }

    /// Whether nothing was sent.
    fn is_empty(&self) -> bool {
        self.wire.is_empty()
    }

    /// The notation it says to be in.
    pub(crate) fn notation(&self) -> Notation {
        self.notation
    }

    /// Whether it is an envelope, as far as that is seen before it is inflated.
    pub(crate) fn is_envelope(&self, limits: &Limits) -> bool {
        self.notation == Notation::Xml && self.coding.is_none() && is_envelope(&self.wire, limits)
    }

    /// Inflates, hashes and reads the body; off the async threads where it is large. A body that
    /// is not compressed is read where it lies.
    pub(crate) async fn parse<T: Send + 'static>(
        self,
        state: &State,
        read: impl FnOnce(Notation, &[u8]) -> Result<T, Problem> + Send + 'static,
    ) -> Result<Parsed<T>, Problem> {
        // A few compressed bytes can be many inflated ones.
        let expected = if self.coding.is_some() { usize::MAX } else { self.wire.len() };
        self.parse_as(expected, state, read).await
    }

    /// The same, always off the async threads: for what may be compressed within.
    pub(crate) async fn parse_apart<T: Send + 'static>(
        self,
        state: &State,
        read: impl FnOnce(Notation, &[u8]) -> Result<T, Problem> + Send + 'static,
    ) -> Result<Parsed<T>, Problem> {
        self.parse_as(usize::MAX, state, read).await
    }

    async fn parse_as<T: Send + 'static>(
        self,
        expected: usize,
        state: &State,
        read: impl FnOnce(Notation, &[u8]) -> Result<T, Problem> + Send + 'static,
    ) -> Result<Parsed<T>, Problem> {
        let Self { wire, notation, coding, mut share } = self;
        let limit = state.config().inflated_bytes;
        let work = move || {
            let inflated;
            let bytes: &[u8] = match coding {
                None if wire.len() > limit => return Err(too_large(limit, "inflated")),
                None => &wire,
                Some(coding) => {
                    inflated = inflate(coding, &wire, limit, &mut share)?;
                    &inflated
                }
            };
            let sha256 = Sha256(sha2::Sha256::digest(bytes).into());
            Ok(Parsed { value: read(notation, bytes)?, sha256, share })
        };
        state.work(expected, work).await
    }
}

/// Chunks put together; one alone is not copied.
#[derive(Debug, Default)]
struct Gathered {
    first: Option<Bytes>,
    buffer: BytesMut,
    length: usize,
}

impl Gathered {
    fn add(&mut self, chunk: Bytes, declared: Option<usize>) {
        self.length += chunk.len();
        if self.length == chunk.len() {
            self.first = Some(chunk);
            return;
        }
        if let Some(first) = self.first.take() {
            self.buffer.reserve(declared.unwrap_or(0).clamp(self.length, FIRST_ROOM.max(self.length)));
            self.buffer.extend_from_slice(&first);
        }
        self.buffer.extend_from_slice(&chunk);
    }

    fn whole(self) -> Bytes {
        self.first.unwrap_or_else(|| self.buffer.freeze())
    }
}

fn declared_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Whether the request says that it brings a body: a declared length or format, or chunks.
fn brings_a_body(headers: &HeaderMap) -> bool {
    declared_length(headers).is_some_and(|length| length > 0)
        || headers.contains_key(actix_web::http::header::TRANSFER_ENCODING)
        || headers.contains_key(CONTENT_TYPE)
}

/// The body is over a limit.
fn too_large(limit: usize, what: &str) -> Problem {
    let (size, unit) = if limit >= 1 << 20 { (limit >> 20, "MiB") } else { (limit, "bytes") };
    Problem::new(Kind::TooLarge, format!("a body has at most {size} {unit} {what}; send its items in several requests"))
}

fn broken_payload(error: &PayloadError, limit: usize) -> Problem {
    match error {
        PayloadError::Overflow => too_large(limit, "as sent"),
        _ => Problem::new(Kind::Malformed, "the body ended too early or its framing is broken"),
    }
}
