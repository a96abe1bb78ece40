//! Log lines: to standard error, for people or as JSON. Standard output is for what a command answers.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

use crate::config::value::LogFormat;

/// Starts logging. `filter` is a level, or levels by module.
///
/// # Errors
/// What is wrong with the filter, or that logging has started already.
pub(crate) fn start(filter: &str, format: LogFormat) -> Result<(), String> {
    let filter =
        EnvFilter::try_new(filter).map_err(|error| format!("log must be a filter, such as `info`: {error}"))?;
    let lines = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format {
        // Colours only where a person looks: escape codes in a file are noise.
        LogFormat::Text => lines.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    }
    .map_err(|error| error.to_string())
}
