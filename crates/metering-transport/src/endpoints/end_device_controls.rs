//! `/end-device-controls`: submitted, followed, withdrawn.

use actix_web::web::{self, Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use metering_messages::Limits;
use metering_messages::json::end_device_controls as json;
use metering_messages::xml::end_device_controls as xml;
use metering_model::{
    ControlKind, ControlStatus, EndDeviceControls, GetEndDeviceControls, Permit, Principal, RecordedControl, Sha256,
    Violation, ViolationCode, permission, words,
};
use metering_persistence::{Answer, Change, Cursor, Error as StoreError, Snapshot, end_device_controls};
use metering_validation::Valid;
use sha2::Digest as _;

use super::pages::Written;
use super::writing::{Items, Message, Readable, Sent, Writing, submit};
use super::{at, pages};
use crate::auth::Allowed;
use crate::content::{Body, Format, MaybeBody, Notation};
use crate::parameters::{Parameters, Query};
use crate::problem::Problem;
use crate::state::State;

const PATH: &str = "/end-device-controls";

mod operations;

use operations::QUERY;
pub(super) use operations::{operations, withdrawal_schema};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(at(PATH).route(web::get().to(query)).route(web::head().to(query)).route(web::post().to(issue)))
        .service(at("/end-device-controls/{id}").route(web::get().to(find)).route(web::head().to(find)))
        .service(at("/end-device-controls/{id}/cancel").route(web::post().to(cancel)));
}

/// What the caller's roles let them issue and withdraw. Which of it a control needs, only its body
/// shows; storing it demands the permit.
pub(super) fn permits(caller: &Principal) -> Vec<Permit> {
    [ControlKind::LoadControl, ControlKind::Price, ControlKind::Switching, ControlKind::Other]
        .into_iter()
        .filter_map(|kind| caller.permit(kind))
        .collect()
}

async fn issue(
    caller: Allowed<permission::SubmitControls>,
    state: Data<State>,
    writing: Writing,
    query: Query,
    body: Body,
    format: Format,
) -> Result<HttpResponse, Problem> {
    query.none()?;
    let items = Items { path: PATH, id: |it: &RecordedControl| it.id.as_str(), write: json::write_item };
    let noun = Message { list: "controls", items: Some(items), received: |it: &EndDeviceControls| it.received };
    let (permits, rules) = (permits(&caller), state.config().rules.clone());
    let store = move |change: &mut Change<'_>, valid: &Valid<_>, violations: &mut Vec<Violation>, _: &mut _| {
        end_device_controls::submit(change, valid, &rules, &permits, violations)
    };
    let read = |sent: Sent<'_>| match sent {
        Sent::Json(bytes, limits) => json::read(bytes, limits).map(Readable::from),
        Sent::Xml(bytes, namespaces, limits) => xml::read(bytes, namespaces, limits).map(Readable::from),
    };
    let check = metering_validation::end_device_controls::check;
    submit((&caller, &state), (writing, format, body), noun, read, check, store).await
}

async fn query(
    caller: Allowed<permission::ReadControls>,
    format: Format,
    state: Data<State>,
    request: HttpRequest,
    query: Query,
) -> Result<HttpResponse, Problem> {
    let (get, limit, after) = asked(query.parameters(QUERY)?)?;
    let namespaces = state.config().namespaces.clone();
    let work = move |snapshot: &mut Snapshot<'_>| {
        let page = end_device_controls::query(snapshot, &get, after.as_ref(), limit)?;
        let next = page.next.as_ref().map(Cursor::as_str);
        let json = |out: &mut Vec<u8>| json::write_page(&page.items, next, out);
        let standard = |out: &mut Vec<u8>| xml::write_recorded(&page.items, &namespaces, out);
        let written = Written::new(format, "page", json, standard);
        Ok((written, page.next))
    };
    let (written, next) = state.read(&caller.organisation, work).await?;
    Ok(written.page(&request, next.as_ref()))
}

fn asked(mut parameters: Parameters) -> Result<(GetEndDeviceControls, usize, Option<Cursor>), Problem> {
    let it = &mut parameters;
    let statuses: Vec<&str> = ControlStatus::ALL.iter().map(|status| status.as_str()).collect();
    let get = GetEndDeviceControls {
        devices: it.each("deviceId", ViolationCode::InvalidId),
        control_types: it.each_word("controlType", words::CONTROL_WORDS, |word| {
            words::control_type(word).or_else(|| word.parse().ok())
        }),
        statuses: it.each_word("status", &statuses, ControlStatus::from_text),
        from: it.parsed("from", ViolationCode::InvalidTime),
        to: it.parsed("to", ViolationCode::InvalidTime),
    };
    let limit = it.limit(100, 1_000);
    let after = it.one("cursor").map(Cursor::from);
    parameters.done((get, limit, after))
}

async fn find(
    caller: Allowed<permission::ReadControls>,
    format: Format,
    state: Data<State>,
    id: Path<String>,
    query: Query,
) -> Result<HttpResponse, Problem> {
    query.none()?;
    let namespaces = state.config().namespaces.clone();
    let work = move |snapshot: &mut Snapshot<'_>| {
        let control = end_device_controls::find(snapshot, &id)?.ok_or(StoreError::NotFound)?;
        let json = |out: &mut Vec<u8>| json::write_item(&control, out);
        let standard = |out: &mut Vec<u8>| xml::write_recorded(std::slice::from_ref(&control), &namespaces, out);
        Ok(Written::new(format, "control", json, standard))
    };
    Ok(state.read(&caller.organisation, work).await?.answer())
}

async fn cancel(
    caller: Allowed<permission::SubmitControls>,
    state: Data<State>,
    writing: Writing,
    id: Path<String>,
    query: Query,
    MaybeBody(body): MaybeBody,
    format: Format,
) -> Result<HttpResponse, Problem> {
    query.none()?;
    let key = writing.key()?;
    let (reason, sha256) = match body {
        None => (None, Sha256(sha2::Sha256::digest([]).into())),
        Some(body) => {
            let limits = state.limits();
            let parsed = body.parse(&state, move |notation, bytes| withdrawal(notation, bytes, &limits)).await?;
            (parsed.value, parsed.sha256)
        }
    };
    let permits = permits(&caller);
    let work = move |change: &mut Change<'_>| {
        let control = end_device_controls::cancel(change, &id, reason.as_deref(), &permits)?;
        let mut body = Vec::new();
        json::write_item(&control, &mut body);
        Ok(Answer { status: 200, body, ..Answer::default() })
    };
    Ok(pages::committed(format, "control", state.change(caller.exchange(), sha256, key, work).await?, false))
}

/// Why a control is withdrawn.
fn withdrawal(notation: Notation, bytes: &[u8], limits: &Limits) -> Result<Option<String>, Problem> {
    let reason = match notation {
        Notation::Json => json::read_withdrawal(bytes)?,
        Notation::Xml => xml::read_withdrawal(bytes, limits)?,
    };
    let wrong = reason.as_deref().is_some_and(|reason| {
        reason.is_empty() || reason.chars().count() > 1_000 || metering_model::has_control_characters(reason)
    });
    if wrong {
        let detail = "`reason` has 1 to 1,000 characters and no control characters";
        return Err(Problem::rejected("", 1, &[Violation::new(0, "reason", ViolationCode::InvalidText, detail)]));
    }
    Ok(reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Kind;

    #[test]
    fn the_reason_of_a_withdrawal_is_a_line_of_text() {
        let read = |notation, body: &str| {
            withdrawal(notation, body.as_bytes(), &Limits::default()).map_err(|problem| problem.kind())
        };
        let in_xml = |content: &str| {
            let body = format!("<withdrawal xmlns=\"urn:metering-data-exchange:2\">{content}</withdrawal>");
            read(Notation::Xml, &body)
        };
        let reason = Ok(Some("no longer needed".to_owned()));
        assert_eq!(read(Notation::Json, r#"{"reason":"no longer needed"}"#), reason);
        assert_eq!(in_xml("<reason>no longer needed</reason>"), reason);
        for invalid in [String::new(), "\\u0007".to_owned(), "x".repeat(1_001)] {
            assert_eq!(read(Notation::Json, &format!("{{\"reason\":\"{invalid}\"}}")), Err(Kind::Invalid), "{invalid}");
        }
        assert_eq!(in_xml("<reason>a&#10;b</reason>"), Err(Kind::Invalid));
        assert_eq!((read(Notation::Json, "[]"), in_xml("<why/>")), (Err(Kind::Malformed), Err(Kind::Malformed)));
    }
}
