//! `/receipts`: for whoever never saw the answer, or wants all of it.

use actix_web::HttpResponse;
use actix_web::web::{self, Data, Path, ServiceConfig};
use metering_messages::json::receipt;
use metering_model::{Sha256, ViolationCode, permission};
use metering_persistence::Snapshot;
use metering_persistence::receipts::{self, GetReceipts};

use super::{at, pages};
use crate::auth::Allowed;
use crate::content::Format;
use crate::parameters::{Parameters, Query};
use crate::problem::Problem;
use crate::state::State;

mod operations;

use operations::QUERY;
pub(super) use operations::operations;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(at("/receipts").route(web::get().to(query)).route(web::head().to(query)))
        .service(at("/receipts/{receipt}").route(web::get().to(find)).route(web::head().to(find)));
}

async fn find(
    caller: Allowed<permission::ReadReceipts>,
    format: Format,
    state: Data<State>,
    id: Path<String>,
    query: Query,
) -> Result<HttpResponse, Problem> {
    query.none()?;
    let work = move |snapshot: &mut Snapshot<'_>| {
        let mut out = Vec::new();
        receipt::write_whole(&receipts::find(snapshot, &id)?, &mut out);
        Ok(out)
    };
    Ok(pages::answer(format, "receipt", state.read(&caller.organisation, work).await?))
}

async fn query(
    caller: Allowed<permission::ReadReceipts>,
    format: Format,
    state: Data<State>,
    query: Query,
) -> Result<HttpResponse, Problem> {
    let (get, limit) = asked(query.parameters(QUERY)?)?;
    let work = move |snapshot: &mut Snapshot<'_>| {
        let mut out = b"{\"receipts\":[".to_vec();
        for (at, one) in receipts::list(snapshot, &get, limit)?.iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            receipt::write(one, &mut out);
        }
        out.extend_from_slice(b"]}");
        Ok(out)
    };
    Ok(pages::answer(format, "page", state.read(&caller.organisation, work).await?))
}

fn asked(mut parameters: Parameters) -> Result<(GetReceipts, u32), Problem> {
    let it = &mut parameters;
    let sha256 = it.one("sha256").and_then(|text| {
        let found = hash(&text);
        if found.is_none() {
            it.wrong("sha256", ViolationCode::InvalidText.as_str(), "`sha256` has 64 hexadecimal digits");
        }
        found
    });
    let get = GetReceipts {
        idempotency_key: it.one("idempotencyKey"),
        sha256,
        from: it.parsed("from", ViolationCode::InvalidTime),
    };
    let limit = u32::try_from(it.limit(100, 1_000)).unwrap_or(100);
    parameters.done((get, limit))
}

fn hash(text: &str) -> Option<Sha256> {
    let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()?;
    Some(Sha256(bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn receipts_are_asked_for_by_key_hash_and_time() {
        let of = |query: &str| asked(Parameters::parse(query, QUERY).unwrap());
        let hash = "0F".repeat(32);
        let (get, limit) = of(&format!("sha256={hash}&idempotencyKey=k&from=2024-01-15T10:00:00Z")).unwrap();
        assert_eq!((get.sha256, limit), (Some(Sha256([15; 32])), 100));
        assert!(get.from.is_some() && get.idempotency_key.as_deref() == Some("k"));
        assert!(of("sha256=0f").is_err() && of("limit=1001").is_err());
    }
}
