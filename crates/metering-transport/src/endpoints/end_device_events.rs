//! `/end-device-events`: what devices reported.

use actix_web::web::{self, Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use metering_messages::json::end_device_events as json;
use metering_messages::xml::end_device_events as xml;
use metering_model::{
    EndDeviceEvents, EventType, GetEndDeviceEvents, RecordedEvent, Violation, ViolationCode, permission, words,
};
use metering_persistence::{Change, Cursor, Error as StoreError, Snapshot, end_device_events};
use metering_validation::Valid;

use super::at;
use super::pages::Written;
use super::writing::{Items, Message, Readable, Sent, Writing, submit};
use crate::auth::Allowed;
use crate::content::{Body, Format};
use crate::parameters::{Parameters, Query};
use crate::problem::Problem;
use crate::state::State;

const PATH: &str = "/end-device-events";

mod operations;

use operations::QUERY;
pub(super) use operations::operations;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(at(PATH).route(web::get().to(query)).route(web::head().to(query)).route(web::post().to(report)))
        .service(at("/end-device-events/{id}").route(web::get().to(find)).route(web::head().to(find)));
}

async fn report(
    caller: Allowed<permission::SubmitEvents>,
    state: Data<State>,
    writing: Writing,
    query: Query,
    body: Body,
    format: Format,
) -> Result<HttpResponse, Problem> {
    query.none()?;
    let items = Items { path: PATH, id: |it: &RecordedEvent| it.id.as_str(), write: json::write_item };
    let noun = Message { list: "events", items: Some(items), received: |it: &EndDeviceEvents| it.received };
    let store = |change: &mut Change<'_>, valid: &Valid<_>, violations: &mut Vec<Violation>, _: &mut _| {
        end_device_events::submit(change, valid, violations)
    };
    let read = |sent: Sent<'_>| match sent {
        Sent::Json(bytes, limits) => json::read(bytes, limits).map(Readable::from),
        Sent::Xml(bytes, namespaces, limits) => xml::read(bytes, namespaces, limits).map(Readable::from),
    };
    let check = metering_validation::end_device_events::check;
    submit((&caller, &state), (writing, format, body), noun, read, check, store).await
}

async fn query(
    caller: Allowed<permission::ReadEvents>,
    format: Format,
    state: Data<State>,
    request: HttpRequest,
    query: Query,
) -> Result<HttpResponse, Problem> {
    let (get, limit, after) = asked(query.parameters(QUERY)?)?;
    let namespaces = state.config().namespaces.clone();
    let work = move |snapshot: &mut Snapshot<'_>| {
        let page = end_device_events::query(snapshot, &get, after.as_ref(), limit)?;
        let next = page.next.as_ref().map(Cursor::as_str);
        let json = |out: &mut Vec<u8>| json::write_page(&page.items, next, out);
        let standard = |out: &mut Vec<u8>| xml::write_recorded(&page.items, &namespaces, out);
        let written = Written::new(format, "page", json, standard);
        Ok((written, page.next))
    };
    let (written, next) = state.read(&caller.organisation, work).await?;
    Ok(written.page(&request, next.as_ref()))
}

fn asked(mut parameters: Parameters) -> Result<(GetEndDeviceEvents, usize, Option<Cursor>), Problem> {
    let it = &mut parameters;
    let get = GetEndDeviceEvents {
        devices: it.each("deviceId", ViolationCode::InvalidId),
        // A word of no table finds the events that were sent with it.
        event_types: it.all("eventType").into_iter().map(event_type).collect(),
        severities: it.all("severity"),
        from: it.parsed("from", ViolationCode::InvalidTime),
        to: it.parsed("to", ViolationCode::InvalidTime),
    };
    let limit = it.limit(100, 1_000);
    let after = it.one("cursor").map(Cursor::from);
    parameters.done((get, limit, after))
}

fn event_type(word: String) -> EventType {
    match words::event_type(&word).or_else(|| word.parse().ok()) {
        Some(code) => EventType::Code(code),
        None => EventType::Unmapped(word),
    }
}

async fn find(
    caller: Allowed<permission::ReadEvents>,
    format: Format,
    state: Data<State>,
    id: Path<String>,
    query: Query,
) -> Result<HttpResponse, Problem> {
    query.none()?;
    let namespaces = state.config().namespaces.clone();
    let work = move |snapshot: &mut Snapshot<'_>| {
        let event = end_device_events::find(snapshot, &id)?.ok_or(StoreError::NotFound)?;
        let json = |out: &mut Vec<u8>| json::write_item(&event, out);
        let standard = |out: &mut Vec<u8>| xml::write_recorded(std::slice::from_ref(&event), &namespaces, out);
        Ok(Written::new(format, "event", json, standard))
    };
    Ok(state.read(&caller.organisation, work).await?.answer())
}
