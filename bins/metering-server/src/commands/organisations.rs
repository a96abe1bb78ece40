//! `organisations`: who shares the server without seeing each other's data.

use clap::Subcommand;
use metering_model::OrganisationId;
use metering_persistence::Store;
use metering_persistence::organisations::{self, Organisation};
use serde_json::json;

use super::{Failure, Output, beside, recorded};
use crate::config::Settings;

#[derive(Debug, Subcommand)]
pub(super) enum Organisations {
    /// Makes an organisation; one that is there already stays as it is.
    Create {
        /// Its id: 1 to 64 letters, digits, `-`, `_` or `.`.
        id: OrganisationId,
        /// What people call it; the id when left out.
        #[arg(long)]
        name: Option<String>,
    },
    /// Lists all organisations.
    List,
}

pub(super) fn run(organisations: Organisations, settings: &Settings, output: Output) -> Result<(), Failure> {
    let (store, _) = beside(settings)?;
    let done = command(organisations, &store, output);
    store.close();
    done
}

fn command(organisations: Organisations, store: &Store, output: Output) -> Result<(), Failure> {
    match organisations {
        Organisations::Create { id, name } => {
            let name = name.unwrap_or_else(|| id.to_string());
            let (made, new) = (id.clone(), name.clone());
            let new = recorded::change(store, &default()?, "organisations create", move |change| {
                organisations::create(change, &made, &new)
            })?;
            let text = if new { "is made" } else { "is there already and stays as it is" };
            output.say(format!("The organisation {id} {text}."), &json!({"id": id.to_string(), "created": new}));
        }
        Organisations::List => {
            let all = all(store)?;
            let lines: Vec<String> = all.iter().map(|it| format!("{}  {}", it.id, it.name)).collect();
            let json: Vec<_> = all.iter().map(|it| json!({"id": it.id.to_string(), "name": it.name})).collect();
            output.say(lines.join("\n"), &json!({"organisations": json}));
        }
    }
    Ok(())
}

/// The organisation of a new database.
pub(crate) fn default() -> Result<OrganisationId, Failure> {
    Ok(organisations::DEFAULT.parse::<OrganisationId>()?)
}

/// All of them.
pub(crate) fn all(store: &Store) -> Result<Vec<Organisation>, Failure> {
    Ok(store.read(&default()?, organisations::list)?)
}
