//! The metering data exchange server and its commands.
//!
//! This crate reads the settings, the files and the signals, and starts the floors below. It
//! knows no rule about metering.

mod certificate;
mod commands;
mod config;
mod examples;
mod first_run;
mod logging;
mod private_file;
#[cfg(test)]
mod scratch;
mod store;
mod tls;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    commands::run(commands::Arguments::parse())
}
