//! `intake config`: where the configuration is, what it says, and whether it is right.

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use serde::Serialize;

use super::arguments::Format;
use super::arguments::Globals;
use super::output::{Output, Result};
use super::setup::{self, Purpose, Setup};
use crate::app::keymap;
use crate::config::{self, BUILT_IN, BUILT_IN_MEETINGS, COMMENTED_DEFAULT, Fault};
use crate::meeting::kinds::Kinds;
use crate::problem::Place;

/// Show where the configuration is and what holds; check it, or print a default to start from
#[derive(Debug, Args)]
pub(super) struct ConfigCommand {
    /// Print a file to start from: every setting with its default and its meaning, every command with its keys, the themes, or a kind of meeting
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = SETTINGS, value_parser = defaults(), conflicts_with_all = ["check", "path", "json"])]
    default: Option<String>,
    /// Check all three files and those in meetings/; every fault is reported with its place
    #[arg(long, conflicts_with = "path")]
    check: bool,
    /// Print the folder of the three files
    #[arg(long)]
    path: bool,
    #[command(flatten)]
    format: Format,
}

const SETTINGS: &str = "settings";
const KEYMAP: &str = "keymap";
const THEME: &str = "theme";

/// The names of the defaults: those of the three files, and of the kinds of meeting that come along.
fn defaults() -> PossibleValuesParser {
    let files = [
        PossibleValue::new(SETTINGS).help("config.toml"),
        PossibleValue::new(KEYMAP).help("keymap.toml"),
        PossibleValue::new(THEME)
            .help("theme.toml, as the themes that come with the program are written"),
    ];
    let kinds = BUILT_IN_MEETINGS
        .iter()
        .map(|(id, _)| PossibleValue::new(*id));
    PossibleValuesParser::new(files.into_iter().chain(kinds))
}

/// The default of that name.
fn default(name: &str) -> String {
    let kind = BUILT_IN_MEETINGS.iter().find(|(id, _)| *id == name);
    match (name, kind) {
        (_, Some((_, text))) => (*text).to_owned(),
        (KEYMAP, _) => keymap::commented_default(),
        (THEME, _) => BUILT_IN.to_owned(),
        _ => COMMENTED_DEFAULT.to_owned(),
    }
}

/// What holds, as JSON.
#[derive(Debug, Serialize)]
struct ConfigJson {
    folder: String,
    files: Vec<FileJson>,
    workspace: String,
    workspace_from: &'static str,
    me: Option<String>,
    theme: String,
    waiting_days: u32,
}

#[derive(Debug, Serialize)]
struct FileJson {
    path: String,
    exists: bool,
}

/// A fault, as JSON.
#[derive(Debug, Serialize)]
struct FaultJson {
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    message: String,
    hint: Option<String>,
}

impl From<&Fault> for FaultJson {
    fn from(fault: &Fault) -> Self {
        Self {
            file: fault.file.display().to_string(),
            line: fault.place.map(|Place { line, .. }| line),
            column: fault.place.map(|Place { column, .. }| column),
            message: fault.message.clone(),
            hint: fault.hint.clone(),
        }
    }
}

impl ConfigCommand {
    /// Opens no workspace and changes nothing.
    pub(super) fn run(&self, globals: &Globals, output: &mut Output) -> Result {
        if let Some(name) = &self.default {
            return output.verbatim(default(name).as_bytes());
        }
        if self.path {
            let (folders, _) = setup::folders()?;
            let path = folders.config.display().to_string();
            return match self.format.json {
                true => output.object(&path),
                false => output.say(&path),
            };
        }
        if self.check {
            return self.check(output);
        }
        let setup = Setup::new(globals, Purpose::Console)?;
        let json = ConfigJson::of(&setup);
        if self.format.json {
            return output.object(&json);
        }
        for file in &json.files {
            let there = if file.exists { "" } else { "  (none)" };
            output.say(&format!("file       {}{there}", file.path))?;
        }
        output.say(&format!(
            "workspace  {}  ({})",
            json.workspace, json.workspace_from
        ))?;
        let me = json
            .me
            .as_deref()
            .unwrap_or("neither --as @hana nor `me` in config.toml; “who I am” in the console says it for one workspace");
        output.say(&format!("me         {me}"))?;
        output.say(&format!("theme      {}", json.theme))
    }

    fn check(&self, output: &mut Output) -> Result {
        let (_, files) = setup::folders()?;
        let mut faults = setup::load(&files).faults;
        faults.extend(Kinds::load(Some(&files.meetings)).err().unwrap_or_default());
        if self.format.json {
            output.array(faults.iter().map(|fault| Ok(FaultJson::from(fault))))?;
        } else if faults.is_empty() {
            output.say("the configuration is right")?;
        }
        match faults.is_empty() {
            true => Ok(()),
            false => Err(config::problem(&faults).into()),
        }
    }
}

impl ConfigJson {
    fn of(setup: &Setup) -> Self {
        let files = [
            &setup.files.settings,
            &setup.files.keymap,
            &setup.files.theme,
        ];
        let settings = &setup.config.settings;
        Self {
            folder: setup.folders.config.display().to_string(),
            files: files
                .into_iter()
                .map(|path| FileJson {
                    path: path.display().to_string(),
                    exists: path.exists(),
                })
                .collect(),
            workspace: setup.workspace.display().to_string(),
            workspace_from: setup.chosen.words(),
            me: setup.me.as_ref().map(ToString::to_string),
            theme: settings.theme.value.clone(),
            waiting_days: settings.waiting_days,
        }
    }
}
