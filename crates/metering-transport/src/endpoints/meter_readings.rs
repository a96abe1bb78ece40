//! `/meter-readings`: sent, asked for page by page, the newest of each series, the series.

use actix_web::web::{self, Bytes, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream::try_unfold;
use metering_messages::json::meter_readings::{self as json, Options, Unit};
use metering_messages::json::problem::{ProblemError, ProblemPlace};
use metering_messages::xml::{Namespaces, Omitted, meter_readings as xml};
use metering_model::{
    GetMeterReadings, Limits, MeterReadings, OrganisationId, Principal, RecordedReadings, RecordedSeries,
    ViolationCode, permission, words,
};
use metering_persistence::{Cursor, meter_readings};

use super::at;
use super::pages::Written;
use super::writing::{Message, Readable, Sent, Writing, submit};
use crate::auth::Allowed;
use crate::content::{Body, Format};
use crate::parameters::{Parameters, Query};
use crate::problem::Problem;
use crate::state::State;

/// Readings of a page where nothing is said, and at most.
const PAGE: usize = 1_000;
const LARGEST_PAGE: usize = 100_000;

/// Readings that are read at once. A larger page is put together of such, and each is sent before
/// the next is read: no transaction stays open while a client reads slowly, and memory is bounded.
pub(super) const PIECE: usize = 5_000;

mod operations;

pub(super) use operations::operations;
use operations::{LATEST, QUERY, SELECTION};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(
            at("/meter-readings")
                .route(web::get().to(query))
                .route(web::head().to(query))
                .route(web::post().to(record)),
        )
        .service(at("/meter-readings/latest").route(web::get().to(latest)).route(web::head().to(latest)))
        .service(at("/meter-readings/series").route(web::get().to(series)).route(web::head().to(series)));
}

async fn record(
    caller: Allowed<permission::SubmitReadings>,
    state: Data<State>,
    writing: Writing,
    query: Query,
    body: Body,
    format: Format,
) -> Result<HttpResponse, Problem> {
    query.none()?;
    let noun = Message::<MeterReadings, ()> { list: "readings", items: None, received: |it| it.received };
    let store = |change: &mut metering_persistence::Change<'_>,
                 valid: &metering_validation::Valid<MeterReadings>,
                 violations: &mut _,
                 warnings: &mut _| {
        meter_readings::record(change, valid, violations, warnings).map(|counts| (counts, Vec::new()))
    };
    let read = |sent: Sent<'_>| match sent {
        Sent::Json(bytes, limits) => json::read(bytes, limits).map(Readable::from),
        Sent::Xml(bytes, namespaces, limits) => xml::read(bytes, namespaces, limits).map(Readable::from),
    };
    let check = metering_validation::meter_readings::check;
    submit((&caller, &state), (writing, format, body), noun, read, check, store).await
}

/// What is asked for, and how it is to be written.
struct Asked {
    get: GetMeterReadings,
    options: Options,
    limit: usize,
    after: Option<Cursor>,
}

async fn query(
    caller: Allowed<permission::ReadReadings>,
    format: Format,
    state: Data<State>,
    request: HttpRequest,
    query: Query,
) -> Result<HttpResponse, Problem> {
    let Some(Asked { get, options, limit, after }) = asked(query.parameters(QUERY)?, &caller)? else {
        return Ok(nothing(format, &state));
    };
    if format == Format::Standard {
        in_stored_units(&options)?;
        // The message has no place for `next`, so it must be known for the head: one piece at most.
        let namespaces = state.config().namespaces.clone();
        let work = move |snapshot: &mut metering_persistence::Snapshot<'_>| {
            let page = meter_readings::query(snapshot, &get, after.as_ref(), limit.min(PIECE))?;
            Ok((standard(&page.readings, &namespaces), page.next))
        };
        let (written, next) = state.read(&caller.organisation, work).await?;
        return Ok(written.page(&request, next.as_ref()));
    }
    let pieces = Pieces {
        state: state.get_ref().clone(),
        organisation: caller.organisation.clone(),
        get,
        after,
        left: limit,
        format,
        options,
        writer: None,
    };
    let (first, next, rest) = pieces.next().await?;
    Ok(match rest {
        None => Written::whole(format, first, Omitted::default()).page(&request, next.as_ref()),
        // Where it ends is not known before it has been read, so a page that is put together
        // tells its `next` in the body alone; `Link` would have to stand before it.
        Some(rest) => HttpResponse::Ok().content_type(format.media_type()).streaming(stream(first, rest)),
    })
}

async fn latest(
    caller: Allowed<permission::ReadReadings>,
    format: Format,
    state: Data<State>,
    query: Query,
) -> Result<HttpResponse, Problem> {
    let Some(Asked { get, options, .. }) = asked(query.parameters(LATEST)?, &caller)? else {
        return Ok(nothing(format, &state));
    };
    if format == Format::Standard {
        in_stored_units(&options)?;
    }
    let namespaces = state.config().namespaces.clone();
    let work = move |snapshot: &mut metering_persistence::Snapshot<'_>| {
        let latest = meter_readings::latest(snapshot, &get)?;
        Ok(written(format, &latest, &options, &namespaces))
    };
    Ok(state.read(&caller.organisation, work).await?.answer())
}

async fn series(
    caller: Allowed<permission::ReadReadings>,
    format: Format,
    state: Data<State>,
    query: Query,
) -> Result<HttpResponse, Problem> {
    let write = move |series: &[RecordedSeries], out: &mut Vec<u8>| match format {
        Format::Json => json::write_series(series, out),
        Format::Xml | Format::Standard => xml::write_series(series, out),
    };
    let mut out = Vec::new();
    match asked(query.parameters(SELECTION)?, &caller)? {
        None => write(&[], &mut out),
        Some(Asked { get, .. }) => {
            let work = move |snapshot: &mut metering_persistence::Snapshot<'_>| {
                write(&meter_readings::series(snapshot, &get)?, &mut out);
                Ok(out)
            };
            out = state.read(&caller.organisation, work).await?;
        }
    }
    Ok(Written::whole(format, out, Omitted::default()).answer())
}

/// The answer that holds nothing.
fn nothing(format: Format, state: &State) -> HttpResponse {
    written(format, &RecordedReadings::default(), &Options::default(), &state.config().namespaces).answer()
}

/// Readings that are all there are.
fn written(format: Format, readings: &RecordedReadings, options: &Options, namespaces: &Namespaces) -> Written {
    let mut out = Vec::new();
    match format {
        Format::Json => json::write_page(readings, options, None, &mut out),
        Format::Xml => xml::write_page(readings, options, None, &mut out),
        Format::Standard => return standard(readings, namespaces),
    }
    Written::whole(format, out, Omitted::default())
}

/// Refuses to convert for the standard's message, in which a code is the one that was sent.
fn in_stored_units(options: &Options) -> Result<(), Problem> {
    if options.unit.is_none() {
        return Ok(());
    }
    let detail = "the standard's message has the readings as they were sent; ask for `application/json` or \
                  `application/xml` to have them converted";
    let at = ProblemPlace::Parameter("unit".to_owned());
    let code = ViolationCode::Contradiction.as_str().to_owned();
    Err(Problem::parameters(vec![ProblemError { at, code, detail: detail.to_owned() }]))
}

/// The standard's message of readings, in the units they are stored in.
fn standard(readings: &RecordedReadings, namespaces: &Namespaces) -> Written {
    let mut out = Vec::new();
    let mut writer = xml::Writer::begin(namespaces, &mut out);
    writer.page(readings, &mut out);
    let omitted = writer.end(&mut out);
    Written::whole(Format::Standard, out, omitted)
}

/// What the parameters ask for; `None` where the caller may see nothing of it.
fn asked(mut parameters: Parameters, caller: &Principal) -> Result<Option<Asked>, Problem> {
    let it = &mut parameters;
    let mut get = GetMeterReadings {
        meters: it.each("meterId", ViolationCode::InvalidId),
        usage_points: it.each("usagePointId", ViolationCode::InvalidId),
        from: it.parsed("from", ViolationCode::InvalidTime),
        to: it.parsed("to", ViolationCode::InvalidTime),
        recorded_after: it.parsed("recordedAfter", ViolationCode::InvalidTime),
        as_of: it.parsed("asOf", ViolationCode::InvalidTime),
        revisions: it.flag("revisions"),
        ..GetMeterReadings::default()
    };
    for name in words::PATTERN_PARAMETERS {
        let mut patterns = Vec::new();
        for word in it.all(name) {
            match words::pattern(name, &word) {
                Ok(pattern) => patterns.push(pattern),
                Err(fault) => it.wrong(name, fault.code.as_str(), fault.detail),
            }
        }
        if !patterns.is_empty() {
            get.reading_types.push(patterns);
        }
    }
    for word in it.all("quality") {
        match words::quality(&word) {
            Ok(quality) => get.qualities.push(quality),
            Err(fault) => it.wrong("quality", fault.code.as_str(), fault.detail),
        }
    }
    let unit = it.one("unit").map(|word| Unit::of(&word)).transpose().unwrap_or_else(|fault| {
        it.wrong("unit", fault.code.as_str(), fault.detail);
        None
    });
    let options = Options { revisions: get.revisions, unit };
    let limit = it.limit(PAGE, LARGEST_PAGE);
    let after = it.one("cursor").map(Cursor::from);
    let visible = caller.limits.as_ref().is_none_or(|limits| within(&mut get, limits));
    let asked = parameters.done(Asked { get, options, limit, after })?;
    Ok(visible.then_some(asked))
}

/// Cuts down to what a credential for some meters may see; whether anything is left. Meters and
/// usage points narrow each other, in a limit as in a query.
pub(super) fn within(get: &mut GetMeterReadings, limits: &Limits) -> bool {
    // A limit to nothing must not become a query without any.
    let limited = !(limits.meters.is_empty() && limits.usage_points.is_empty());
    limited && narrow(&mut get.meters, &limits.meters) && narrow(&mut get.usage_points, &limits.usage_points)
}

/// Leaves of the ids that are asked for those within the limit; whether any is left. No limit of
/// this kind leaves all of them.
fn narrow<Id: Clone + PartialEq>(asked: &mut Vec<Id>, limit: &[Id]) -> bool {
    if limit.is_empty() {
        return true;
    }
    if asked.is_empty() {
        asked.extend_from_slice(limit);
    } else {
        asked.retain(|id| limit.contains(id));
    }
    !asked.is_empty()
}

/// A page on its way, piece by piece.
struct Pieces {
    state: State,
    organisation: OrganisationId,
    get: GetMeterReadings,
    after: Option<Cursor>,
    left: usize,
    format: Format,
    options: Options,
    /// None before the first piece.
    writer: Option<PageWriter>,
}

/// Writes a page in one of the two notations.
enum PageWriter {
    Json(json::Writer),
    Xml(xml::PageWriter),
}

impl PageWriter {
    fn begin(format: Format, options: Options, out: &mut Vec<u8>) -> Self {
        match format {
            Format::Json => {
                out.extend_from_slice(b"{\"readings\":[");
                Self::Json(json::Writer::begin(options, &mut Vec::new()))
            }
            Format::Xml | Format::Standard => Self::Xml(xml::PageWriter::begin(options, out)),
        }
    }

    fn page(&mut self, readings: &RecordedReadings, out: &mut Vec<u8>) {
        match self {
            Self::Json(writer) => writer.page(readings, out),
            Self::Xml(writer) => writer.page(readings, out),
        }
    }

    fn end(self, next: Option<&str>, out: &mut Vec<u8>) {
        match self {
            Self::Json(writer) => writer.end(next, out),
            Self::Xml(writer) => writer.end(next, out),
        }
    }
}

impl Pieces {
    /// The next piece, where the page after it begins (behind the last), and what is to come.
    async fn next(mut self) -> Result<(Vec<u8>, Option<Cursor>, Option<Self>), Problem> {
        let (get, after, writer) = (self.get.clone(), self.after.take(), self.writer.take());
        let (format, options, left) = (self.format, self.options.clone(), self.left);
        let work = move |snapshot: &mut metering_persistence::Snapshot<'_>| {
            let page = meter_readings::query(snapshot, &get, after.as_ref(), left.min(PIECE))?;
            let mut out = Vec::with_capacity(page.readings.readings.len() * 384 + 64);
            let mut writer = writer.unwrap_or_else(|| PageWriter::begin(format, options, &mut out));
            writer.page(&page.readings, &mut out);
            let left = left.saturating_sub(page.readings.readings.len());
            let more = page.next.is_some() && left > 0;
            let writer = if more {
                Some(writer)
            } else {
                writer.end(page.next.as_ref().map(Cursor::as_str), &mut out);
                None
            };
            Ok((out, page.next, left, writer))
        };
        let (out, next, left, writer) = self.state.read(&self.organisation, work).await?;
        if writer.is_none() {
            return Ok((out, next, None));
        }
        Ok((out, None, Some(Self { after: next, left, writer, ..self })))
    }
}

/// The first piece and those behind it. One that cannot be read ends the answer before its end,
/// which the client sees: the body is not closed.
fn stream(first: Vec<u8>, rest: Pieces) -> impl futures_util::Stream<Item = Result<Bytes, Problem>> {
    try_unfold((Some(first), Some(rest)), |(first, rest)| async move {
        if let Some(first) = first {
            return Ok(Some((Bytes::from(first), (None, rest))));
        }
        let Some(rest) = rest else { return Ok(None) };
        let (piece, _, rest) = rest.next().await.inspect_err(|problem| problem.log("a page under way"))?;
        Ok(Some((Bytes::from(piece), (None, rest))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(limits: Option<Limits>) -> Principal {
        Principal {
            id: "t".into(),
            organisation: "default".parse().unwrap(),
            roles: "viewer".parse().unwrap(),
            quota: 1,
            limits,
        }
    }

    fn get(query: &str, limits: Option<Limits>) -> Option<GetMeterReadings> {
        asked(Parameters::parse(query, QUERY).unwrap(), &caller(limits)).unwrap().map(|it| it.get)
    }

    #[test]
    fn parameters_become_the_request_for_readings() {
        let get =
            get("meterId=a&meterId=b&phase=AN&phase=BN&measurement=voltage&quality=good&to=2024-01-15T10:00:00Z", None);
        let get = get.unwrap();
        assert_eq!(get.meters.len(), 2);
        assert_eq!(get.reading_types.iter().map(Vec::len).sum::<usize>(), 3);
        assert_eq!(get.reading_types.len(), 2);
        assert_eq!(get.qualities.len(), 1);
        assert_eq!((get.from, get.to.is_some()), (None, true));
    }

    #[test]
    fn a_limited_credential_asks_for_its_own_meters_at_most() {
        let limits = || Some(Limits { meters: vec!["a".parse().unwrap()], usage_points: Vec::new() });
        assert_eq!(get("", limits()).unwrap().meters.len(), 1);
        assert_eq!(get("meterId=a&meterId=b", limits()).unwrap().meters.len(), 1);
        assert!(get("meterId=b", limits()).is_none());
        let at = get("usagePointId=u", limits()).unwrap();
        assert_eq!((at.meters.len(), at.usage_points.len()), (1, 1), "this meter, while it was there");
        let at = || Some(Limits { meters: Vec::new(), usage_points: vec!["u".parse().unwrap()] });
        assert_eq!(get("meterId=b", at()).map(|it| (it.meters.len(), it.usage_points.len())), Some((1, 1)));
        assert!(get("meterId=b&usagePointId=v", at()).is_none());
        assert!(get("", Some(Limits::default())).is_none());
        assert!(get("", None).unwrap().meters.is_empty());
    }
}
