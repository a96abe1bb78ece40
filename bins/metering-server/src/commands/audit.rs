//! `audit`: the log of all calls, and whether it is whole.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::sync::Arc;

use clap::Subcommand;
use metering_model::OrganisationId;
use metering_persistence::audit_log::{self, AuditEntry};
use metering_persistence::{Error, Store};
use serde_json::{Value, json};

use super::{Failure, Output, beside, organisations};
use crate::config::Settings;

#[derive(Debug, Subcommand)]
pub(super) enum Audit {
    /// Computes every chain anew and compares; ends with 1 and names the first bad entry if there is one.
    Verify,
    /// Prints all entries, one a line.
    Export,
}

pub(super) fn run(audit: Audit, settings: &Settings, output: Output) -> Result<(), Failure> {
    let (store, _) = beside(settings)?;
    let done = match audit {
        Audit::Verify => verify(&store, output),
        Audit::Export => export(&store, output),
    };
    store.close();
    done
}

/// The organisations, and the one that calls of unknown callers are recorded under.
fn chains(store: &Store) -> Result<Vec<OrganisationId>, Failure> {
    let mut chains: Vec<OrganisationId> = organisations::all(store)?.into_iter().map(|it| it.id).collect();
    chains.push(audit_log::unidentified()?);
    Ok(chains)
}

fn verify(store: &Store, output: Output) -> Result<(), Failure> {
    let (mut lines, mut chains_json, mut bad) = (Vec::new(), Vec::new(), None);
    for organisation in chains(store)? {
        match store.read(&organisation, audit_log::verify)? {
            Ok(intact) => {
                // The head, noted elsewhere, is what shows later that the end was cut off.
                lines.push(format!("{organisation}: {} entries, intact, head {}", intact.entries, intact.head));
                chains_json.push(json!({
                    "organisation": organisation.to_string(),
                    "intact": true,
                    "entries": intact.entries,
                    "head": intact.head,
                }));
            }
            Err(entry) => {
                let said = format!("{organisation}: entry {} does not fit: {}", entry.number, entry.reason);
                lines.push(said.clone());
                chains_json.push(json!({
                    "organisation": organisation.to_string(),
                    "intact": false,
                    "number": entry.number,
                    "reason": entry.reason,
                }));
                bad = bad.or(Some(said));
            }
        }
    }
    output.say(lines.join("\n"), &json!({"chains": chains_json}));
    bad.map_or(Ok(()), |said| Err(Failure::new(format!("the audit log is not intact: {said}"))))
}

fn export(store: &Store, output: Output) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    for organisation in chains(store)? {
        store.read(&organisation, |snapshot| {
            for entry in audit_log::export(snapshot) {
                let entry = entry?;
                let written = if output.json() {
                    writeln!(out, "{}", object(&organisation, &entry))
                } else {
                    writeln!(out, "{}", line(&organisation, &entry))
                };
                match written {
                    Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(()),
                    written => written.map_err(|error| Error::Failed(Arc::new(error)))?,
                }
            }
            Ok(())
        })?;
    }
    match out.flush() {
        // Whoever has read enough may close the pipe.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        flushed => Ok(flushed?),
    }
}

fn line(organisation: &OrganisationId, entry: &AuditEntry) -> String {
    let call = &entry.call;
    format!(
        "{organisation} {} {} {} {} {} {} {} {}",
        entry.number,
        call.at,
        call.principal.as_deref().unwrap_or("-"),
        call.method,
        call.path,
        call.status,
        call.request_id,
        call.peer
    )
}

fn object(organisation: &OrganisationId, entry: &AuditEntry) -> Value {
    let call = &entry.call;
    json!({
        "organisation": organisation.to_string(),
        "number": entry.number,
        "at": call.at.to_string(),
        "principal": call.principal,
        "method": call.method,
        "path": call.path,
        "status": call.status,
        "requestId": call.request_id,
        "peer": call.peer,
        "change": entry.change_number,
        "hash": entry.hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>(),
    })
}
