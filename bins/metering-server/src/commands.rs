//! The command line: one program, a module for each command.

mod audit;
mod check_config;
mod duration;
pub(crate) mod keys;
mod migrate;
pub(crate) mod organisations;
pub(crate) mod recorded;
mod serve;
pub(crate) mod token;

use std::fmt;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Args, Command as Clap, FromArgMatches, Parser, Subcommand};
use metering_persistence::{ServerKey, Store, StoreRole};
use serde_json::Value;

use crate::config::{ConfigError, Flags, SETTINGS, Settings};
use crate::{logging, store};

/// The metering data exchange server (IEC 61968-9).
#[derive(Debug, Parser)]
#[command(name = "metering-server", version, arg_required_else_help = false)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    /// Answers in JSON, for programs.
    #[arg(long, global = true)]
    json: bool,

    #[command(flatten)]
    settings: SettingFlags,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Starts the server; what happens without a command.
    Serve,
    /// Makes, lists, rotates and revokes API keys.
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Makes a bearer token and prints it.
    Token(token::Token),
    /// Makes and lists organisations.
    #[command(subcommand)]
    Organisations(organisations::Organisations),
    /// Verifies and exports the audit log.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Brings the database to this version's schema.
    Migrate,
    /// Shows every setting that would be used and where it comes from, or what is wrong with them.
    CheckConfig,
}

/// A flag for the file and one for each setting, made from the table of settings.
#[derive(Debug)]
struct SettingFlags(Flags);

impl Args for SettingFlags {
    fn augment_args(clap: Clap) -> Clap {
        let file = Arg::new("config")
            .long("config")
            .value_name("FILE")
            .global(true)
            .help("The file with the settings [METERING_CONFIG; default metering.toml, if there is one]")
            .value_parser(clap::value_parser!(std::path::PathBuf));
        SETTINGS.iter().fold(clap.arg(file), |clap, setting| {
            let Some(flag) = setting.flag() else { return clap };
            let default = if setting.default.is_empty() { "none" } else { setting.default };
            let argument = Arg::new(setting.name)
                .long(flag)
                .value_name("VALUE")
                .global(true)
                .help_heading("Settings")
                .help(format!("{} [{}; default {default}]", setting.meaning.trim(), setting.variable()));
            clap.arg(match setting.default {
                "true" | "false" => argument.num_args(0..=1).default_missing_value("true").require_equals(true),
                _ => argument,
            })
        })
    }

    fn augment_args_for_update(clap: Clap) -> Clap {
        Self::augment_args(clap)
    }
}

impl FromArgMatches for SettingFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let values = SETTINGS.iter().filter_map(|setting| {
            let flag = setting.flag()?;
            let text = matches.get_one::<String>(setting.name)?;
            Some((format!("--{flag}"), setting.name.to_owned(), text.clone()))
        });
        Ok(Self(Flags { file: matches.get_one("config").cloned(), values: values.collect() }))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// Why a command ended without doing what it should, in words for the operator.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    text: String,
}

impl<E: std::error::Error> From<E> for Failure {
    /// With the whole chain of causes: the outermost error alone seldom says what to do.
    fn from(error: E) -> Self {
        let mut text = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            let more = error.to_string();
            if !text.contains(&more) {
                text = format!("{text}: {more}");
            }
            cause = error.source();
        }
        Self { code: 1, text }
    }
}

impl Failure {
    /// Something went wrong.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { code: 1, text: text.into() }
    }

    /// The command line or a setting is wrong; nothing was begun.
    pub(crate) fn usage(text: impl Into<String>) -> Self {
        Self { code: 2, text: text.into() }
    }
}

/// How a command answers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    json: bool,
}

impl Output {
    /// Prints `json` for programs, or `text` for people.
    pub(crate) fn say(self, text: impl fmt::Display, json: &Value) {
        let mut out = io::stdout().lock();
        // Whoever has read enough may close the pipe; that is no fault, and no reason to panic.
        let _ = if self.json { writeln!(out, "{json}") } else { writeln!(out, "{text}") };
    }

    /// Whether a program reads it.
    pub(crate) fn json(self) -> bool {
        self.json
    }
}

/// Does what the command line says.
pub(crate) fn run(arguments: Arguments) -> ExitCode {
    match dispatch(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            for line in failure.text.lines() {
                eprintln!("metering-server: {line}");
            }
            ExitCode::from(failure.code)
        }
    }
}

fn dispatch(arguments: Arguments) -> Result<(), Failure> {
    let output = Output { json: arguments.json };
    let settings = Settings::load(&arguments.settings.0, variables())
        .map_err(|ConfigError(faults)| Failure::usage(faults.join("\n")))?;
    logging::start(&settings.log, settings.log_format).map_err(Failure::usage)?;
    match arguments.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(&settings, output),
        Command::Keys(keys) => keys::run(keys, &settings, output),
        Command::Token(token) => token::run(&token, &settings, output),
        Command::Organisations(organisations) => organisations::run(organisations, &settings, output),
        Command::Audit(audit) => audit::run(audit, &settings, output),
        Command::Migrate => migrate::run(&settings, output),
        Command::CheckConfig => check_config::run(&settings, output),
    }
}

/// The environment, as far as it can be text.
fn variables() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.to_string_lossy().into_owned())))
}

/// The store and its key, for a command beside a running server.
fn beside(settings: &Settings) -> Result<(Store, ServerKey), Failure> {
    let key = store::key(settings)?;
    let store = store::open(settings, &key, StoreRole::Command)?;
    Ok((store, key))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_flags_of_settings_and_commands_do_not_collide() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_setting_but_the_key_has_a_flag_wherever_it_stands() {
        let parse = |line: &str| Arguments::try_parse_from(line.split(' ')).map(|it| it.settings.0.values);
        let values = parse("metering-server --rate 7 keys list --data-dir d --plain-http").unwrap();
        let expected =
            [("--data-dir", "data_dir", "d"), ("--plain-http", "plain_http", "true"), ("--rate", "rate", "7")];
        assert_eq!(values, expected.map(|(flag, name, text)| (flag.to_owned(), name.to_owned(), text.to_owned())));
        assert!(parse("metering-server --key 00").is_err(), "others can read command lines");
        assert!(parse("metering-server --lisen 127.0.0.1:1").unwrap_err().to_string().contains("--listen"));
    }
}
