//! `intake man`: the manual page, keys included.

use clap::{Args, CommandFactory};
use clap_mangen::Man as Page;
use clap_mangen::roff::{Inline, Roff, bold, roman};

use super::arguments::Arguments;
use super::output::{Output, Result};
use super::report;
use crate::app::command::reference;
use crate::problem::Kind;

/// Print the manual page: intake man | man -l -
#[derive(Debug, Args)]
pub(super) struct Man {}

impl Man {
    /// Needs no workspace.
    pub(super) fn run(&self, output: &mut Output) -> Result {
        let mut page = Vec::new();
        // Every command with its options stands in the one page.
        let mut whole = Arguments::command();
        whole.build();
        let man = Page::new(whole.clone());
        man.render_title(&mut page)?;
        man.render_name_section(&mut page)?;
        man.render_synopsis_section(&mut page)?;
        man.render_description_section(&mut page)?;
        man.render_options_section(&mut page)?;
        let mut roff = Roff::new();
        commands(&mut roff, &mut whole);
        keys(&mut roff);
        exit_codes(&mut roff);
        roff.to_writer(&mut page)?;
        output.verbatim(ascii(&String::from_utf8_lossy(&page)).as_bytes())
    }
}

/// The page with every other character by its code, which every roff understands whatever the locale.
fn ascii(page: &str) -> String {
    let mut text = String::with_capacity(page.len());
    for c in page.chars() {
        if c.is_ascii() {
            text.push(c);
        } else {
            text.push_str(&format!("\\[u{:04X}]", u32::from(c)));
        }
    }
    text
}

/// Each command with its usage, what it does, and its options.
fn commands(roff: &mut Roff, whole: &mut clap::Command) {
    roff.control("SH", ["COMMANDS"]);
    for command in whole.get_subcommands_mut() {
        describe(roff, command);
    }
}

fn describe(roff: &mut Roff, command: &mut clap::Command) {
    if command.get_name() == "help" {
        return;
    }
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim().to_owned();
    let has_own = command.get_subcommands().next().is_some();
    if !has_own {
        roff.control("TP", []);
        roff.text([bold(usage)]);
        let about = command.get_about().map(ToString::to_string);
        roff.text([roman(about.unwrap_or_default())]);
        for argument in command.get_arguments() {
            let global = ["workspace", "me", "help", "version"];
            if global.contains(&argument.get_id().as_str()) || argument.is_hide_set() {
                continue;
            }
            let Some(help) = argument.get_help() else {
                continue;
            };
            let name = match argument.get_long() {
                Some(long) => format!("--{long}"),
                None => argument.get_id().as_str().to_uppercase(),
            };
            roff.control("br", []);
            roff.text(entry(&name, &help.to_string()));
        }
    }
    for inner in command.get_subcommands_mut() {
        describe(roff, inner);
    }
}

fn entry(name: &str, help: &str) -> Vec<Inline> {
    vec![bold(name), roman(format!(": {help}"))]
}

/// The keys of the console, from the rows that dispatch them.
fn keys(roff: &mut Roff) {
    roff.control("SH", ["KEYS OF THE CONSOLE"]);
    roff.text([roman(
        "The defaults. keymap.toml changes them; ? in the console lists those that work where one is.",
    )]);
    for (heading, keys) in reference::key_groups() {
        roff.control("SS", [heading]);
        for (keys, help) in keys {
            roff.control("TP", []);
            roff.text([bold(keys)]);
            roff.text([roman(help)]);
        }
    }
}

/// The exit codes, from the function that decides them.
fn exit_codes(roff: &mut Roff) {
    roff.control("SH", ["EXIT STATUS"]);
    let mut row = |code: u8, words: &str| {
        roff.control("TP", []);
        roff.text([bold(code.to_string())]);
        roff.text([roman(words)]);
    };
    row(0, "All is well.");
    for (kind, words) in MEANINGS {
        row(report::exit_code(*kind), words);
    }
}

/// What each exit code says.
const MEANINGS: &[(Kind, &str)] = &[
    (
        Kind::Storage,
        "The workspace cannot be read or written, or a fault of the program.",
    ),
    (
        Kind::Usage,
        "The arguments or the filter cannot be understood.",
    ),
    (Kind::NotFound, "What was named does not exist."),
    (
        Kind::Refused,
        "A rule forbids it, or an undo would destroy later work.",
    ),
    (Kind::Configuration, "The configuration is wrong."),
    (
        Kind::Input,
        "The file to import is broken or of an unknown kind.",
    ),
];
