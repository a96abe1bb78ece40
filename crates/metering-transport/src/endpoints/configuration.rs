//! The four configurations: one set of handlers, a kind each.

use std::marker::PhantomData;

use actix_web::http::header::{ETAG, HeaderMap, HeaderValue, IF_MATCH};
use actix_web::web::{self, Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use metering_messages::Read;
use metering_messages::json::configuration as json;
use metering_messages::xml::{Namespaces, configuration as xml};
use metering_model::{
    ConfigurationKind, ConfigurationStatus, Configurations, ConfiguredId, GetConfigurations, Permitted,
    RecordedConfiguration, Sha256, TimeStamp, ViolationCode, permission,
};
use metering_persistence::{Answer, Change, Cursor, Error as StoreError, Snapshot, configuration};
use sha2::Digest as _;

use super::pages::Written;
use super::writing::{Items, Message, Readable, Readers, Sent, Writing, submit};
use super::{at, pages};
use crate::auth::Allowed;
use crate::content::{Body, Format};
use crate::parameters::{Parameters, Query};
use crate::problem::{Kind, Problem};
use crate::state::State;

mod operations;

pub(super) use operations::operations;
use operations::{ONE, QUERY};

/// One of the four: its kind, its path, and who may write it.
trait Configured: 'static {
    const KIND: ConfigurationKind;
    const PATH: &'static str;
    type Write: Permitted + 'static;
}

macro_rules! configured {
    ($($Name:ident, $Write:ident, $path:literal;)*) => { $(
        struct $Name;
        impl Configured for $Name {
            const KIND: ConfigurationKind = ConfigurationKind::$Name;
            const PATH: &'static str = $path;
            type Write = permission::$Write;
        }
    )* };
}

configured! {
    EndDevice, ConfigureDevices, "/end-device-config";
    Meter, ConfigureDevices, "/meter-config";
    UsagePoint, ConfigureUsagePoints, "/usage-point-config";
    ComModule, ConfigureComModules, "/com-module-config";
}

pub(super) fn configure(config: &mut ServiceConfig) {
    Of::<EndDevice>::configure(config);
    Of::<Meter>::configure(config);
    Of::<UsagePoint>::configure(config);
    Of::<ComModule>::configure(config);
}

/// The handlers of one configuration.
struct Of<C>(PhantomData<C>);

impl<C: Configured> Of<C> {
    fn configure(config: &mut ServiceConfig) {
        config
            .service(
                at(C::PATH)
                    .route(web::get().to(Self::query))
                    .route(web::head().to(Self::query))
                    .route(web::post().to(Self::create)),
            )
            .service(
                at(&format!("{}/{{mRID}}", C::PATH))
                    .route(web::get().to(Self::find))
                    .route(web::head().to(Self::find))
                    .route(web::put().to(Self::replace))
                    .route(web::delete().to(Self::retire)),
            );
    }

    async fn create(
        caller: Allowed<C::Write>,
        state: Data<State>,
        writing: Writing,
        query: Query,
        body: Body,
        format: Format,
    ) -> Result<HttpResponse, Problem> {
        query.none()?;
        let items = Items { path: C::PATH, id: |it: &RecordedConfiguration| it.id.as_str(), write: json::write_item };
        let noun = Message { list: C::KIND.list(), items: Some(items), received: |it: &Configurations| it.received };
        let read = |sent: Sent<'_>| match sent {
            Sent::Json(bytes, limits) => json::read(C::KIND, bytes, limits).map(Readable::from),
            Sent::Xml(bytes, namespaces, limits) => xml::read(C::KIND, bytes, namespaces, limits).map(Readable::from),
        };
        let check = metering_validation::configuration::check;
        submit((&caller, &state), (writing, format, body), noun, read, check, configuration::create).await
    }

    async fn query(
        caller: Allowed<permission::ReadConfiguration>,
        format: Format,
        state: Data<State>,
        request: HttpRequest,
        query: Query,
    ) -> Result<HttpResponse, Problem> {
        let (one, get, limit, after) = asked(C::KIND, query.parameters(QUERY)?)?;
        if let Some(mrid) = one {
            return found((&state, &caller), format, C::KIND, mrid, get.as_of).await;
        }
        let namespaces = state.config().namespaces.clone();
        let work = move |snapshot: &mut Snapshot<'_>| {
            let page = configuration::query(snapshot, &get, after.as_ref(), limit)?;
            let next = page.next.as_ref().map(Cursor::as_str);
            let json = |out: &mut Vec<u8>| json::write_page(C::KIND, &page.items, next, out);
            let standard = |out: &mut Vec<u8>| xml::write_recorded(C::KIND, &page.items, &namespaces, out);
            let written = Written::new(format, "page", json, standard);
            Ok((written, page.next))
        };
        let (written, next) = state.read(&caller.organisation, work).await?;
        Ok(written.page(&request, next.as_ref()))
    }

    async fn find(
        caller: Allowed<permission::ReadConfiguration>,
        format: Format,
        state: Data<State>,
        mrid: Path<String>,
        query: Query,
    ) -> Result<HttpResponse, Problem> {
        let mut parameters = query.parameters(ONE)?;
        let as_of = parameters.parsed("asOf", ViolationCode::InvalidTime);
        let as_of = parameters.done(as_of)?;
        found((&state, &caller), format, C::KIND, mrid.into_inner(), as_of).await
    }

    async fn replace(
        caller: Allowed<C::Write>,
        state: Data<State>,
        (writing, revision): (Writing, Matching),
        mrid: Path<String>,
        query: Query,
        body: Body,
        format: Format,
    ) -> Result<HttpResponse, Problem> {
        query.none()?;
        let (key, revision) = (writing.key()?, revision.required()?);
        let (readers, facts) = (Readers::of(&state), state.facts(caller.exchange().at));
        let id: Option<ConfiguredId> = mrid.parse().ok();
        let parsed = body.parse(&state, move |notation, bytes| {
            let (list, read) = match readers.sent(notation, bytes) {
                Sent::Json(bytes, limits) => ("", json::read_replacement(C::KIND, bytes, limits)?),
                Sent::Xml(bytes, namespaces, limits) => {
                    (xml::noun(C::KIND), xml::read_replacement(C::KIND, bytes, namespaces, limits)?.read)
                }
            };
            let Read { value: (mut message, echoed), mut violations, mut warnings, .. } = read;
            // The path says which object it is; the body need not say so again.
            for (_, object) in message.items.iter_mut().filter(|it| it.1.mrid().is_none()) {
                id.iter().for_each(|id| object.set_mrid(id.clone()));
            }
            let valid = metering_validation::configuration::check(message, &facts, &mut violations, &mut warnings);
            if violations.is_empty() { Ok((valid, echoed)) } else { Err(Problem::rejected(list, 1, &violations)) }
        });
        let parsed = parsed.await?;
        let (valid, echoed) = parsed.value;
        let work = move |change: &mut Change<'_>| {
            let (_, recorded) = configuration::replace(change, C::KIND, &mrid, revision, &echoed, &valid)?;
            Ok(answer(&recorded))
        };
        let answered = state.change(caller.exchange(), parsed.sha256, key, work).await?;
        Ok(pages::committed(format, item(C::KIND), answered, false))
    }

    async fn retire(
        caller: Allowed<C::Write>,
        format: Format,
        state: Data<State>,
        (writing, revision): (Writing, Matching),
        mrid: Path<String>,
        query: Query,
    ) -> Result<HttpResponse, Problem> {
        query.none()?;
        let (key, revision) = (writing.key()?, revision.0?);
        let work = move |change: &mut Change<'_>| {
            configuration::retire(change, C::KIND, &mrid, revision).map(|recorded| answer(&recorded))
        };
        let nothing = Sha256(sha2::Sha256::digest([]).into());
        let answered = state.change(caller.exchange(), nothing, key, work).await?;
        Ok(pages::committed(format, item(C::KIND), answered, false))
    }
}

/// One object, with the tag of its revision.
async fn found(
    (state, caller): (&State, &Allowed<permission::ReadConfiguration>),
    format: Format,
    kind: ConfigurationKind,
    mrid: String,
    as_of: Option<TimeStamp>,
) -> Result<HttpResponse, Problem> {
    let namespaces: Namespaces = state.config().namespaces.clone();
    let work = move |snapshot: &mut Snapshot<'_>| {
        let recorded = configuration::find(snapshot, kind, &mrid, as_of)?.ok_or(StoreError::NotFound)?;
        let json = |out: &mut Vec<u8>| json::write_item(&recorded, out);
        let standard = |out: &mut Vec<u8>| xml::write_recorded(kind, std::slice::from_ref(&recorded), &namespaces, out);
        Ok((Written::new(format, item(kind), json, standard), etag(&recorded)))
    };
    let (written, etag) = state.read(&caller.organisation, work).await?;
    let mut response = written.answer();
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        response.headers_mut().insert(ETAG, etag);
    }
    Ok(response)
}

/// What one object is called in XML.
fn item(kind: ConfigurationKind) -> &'static str {
    match kind {
        ConfigurationKind::EndDevice => "endDevice",
        ConfigurationKind::Meter => "meter",
        ConfigurationKind::UsagePoint => "usagePoint",
        ConfigurationKind::ComModule => "comModule",
    }
}

/// The tag of a revision.
fn etag(recorded: &RecordedConfiguration) -> String {
    format!("\"{}\"", recorded.revision)
}

fn answer(recorded: &RecordedConfiguration) -> Answer {
    let mut body = Vec::new();
    json::write_item(recorded, &mut body);
    Answer { status: 200, body, etag: Some(etag(recorded)), location: None }
}

type Asked = (Option<String>, GetConfigurations, usize, Option<Cursor>);

fn asked(kind: ConfigurationKind, mut parameters: Parameters) -> Result<Asked, Problem> {
    let it = &mut parameters;
    let get = GetConfigurations {
        kind,
        statuses: it.each_word("status", ConfigurationStatus::WORDS, |word| word.parse().ok()),
        serial_numbers: it.all("serialNumber"),
        names: it.all("name"),
        as_of: it.parsed("asOf", ViolationCode::InvalidTime),
    };
    let one = it.one("mRID");
    let limit = it.limit(100, 1_000);
    let after = it.one("cursor").map(Cursor::from);
    if one.is_some()
        && (after.is_some() || !get.statuses.is_empty() || !get.names.is_empty() || !get.serial_numbers.is_empty())
    {
        let detail = "`mRID` names one object; leave the other filters out";
        it.wrong("mRID", ViolationCode::Contradiction.as_str(), detail);
    }
    parameters.done((one, get, limit, after))
}

/// The revision that `If-Match` names, if the header is there.
struct Matching(Result<Option<u32>, Problem>);

impl Matching {
    fn required(self) -> Result<u32, Problem> {
        let detail = "read the object and send its `ETag` as `If-Match`";
        self.0?.ok_or_else(|| Problem::new(Kind::PreconditionRequired, detail))
    }

    fn of(headers: &HeaderMap) -> Result<Option<u32>, Problem> {
        let mut values = headers.get_all(IF_MATCH);
        let Some(value) = values.next() else { return Ok(None) };
        let text = value.to_str().unwrap_or_default().trim();
        let tag = text.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        match tag {
            Some(tag) if values.next().is_none() && !tag.contains('"') => {
                // A tag that is none of ours is that of no revision.
                let other = || Problem::new(Kind::PreconditionFailed, "no revision has this `ETag`");
                tag.parse().map(Some).map_err(|_| other())
            }
            _ => Err(Problem::header("If-Match", "invalid-text", "`If-Match` is one `ETag`, as it was read")),
        }
    }
}

impl actix_web::FromRequest for Matching {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut actix_web::dev::Payload) -> Self::Future {
        std::future::ready(Ok(Self(Self::of(request.headers()))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_names_the_one_revision_it_was_made_for() {
        let matching = |values: &[&'static str]| {
            let mut headers = HeaderMap::new();
            values.iter().for_each(|it| headers.append(IF_MATCH, HeaderValue::from_static(it)));
            Matching(Matching::of(&headers)).required().map_err(|problem| problem.kind())
        };
        assert_eq!(matching(&["\"3\""]), Ok(3));
        assert_eq!(matching(&[]), Err(Kind::PreconditionRequired));
        assert_eq!(matching(&["\"abc\""]), Err(Kind::PreconditionFailed));
        for values in [&["*"][..], &["3"], &["W/\"3\""], &["\"3\", \"4\""], &["\"3\"", "\"4\""], &[""]] {
            assert_eq!(matching(values), Err(Kind::Malformed), "{values:?}");
        }
    }
}
