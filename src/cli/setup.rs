//! What holds before any command: folders, configuration, which workspace, who one is.

use std::path::PathBuf;

use super::arguments::Globals;
use crate::app::keymap::Keymap;
use crate::config::{self, Config, Fault, Files, Folders, KeyPreset, Settings};
use crate::domain::people::Handle;
use crate::problem::{Kind, Problem};
use crate::query;
use crate::view::colour::Depth;
use crate::view::theme::Theme;

/// The variable that names the workspace.
const WORKSPACE: &str = "INTAKE_WORKSPACE";

/// Why it is that workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chosen {
    Argument,
    Environment,
    Configuration,
    Default,
}

impl Chosen {
    /// In words, as `intake config` says it.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Argument => "--workspace",
            Self::Environment => WORKSPACE,
            Self::Configuration => "config.toml",
            Self::Default => "the default",
        }
    }
}

/// What the configuration is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The console, or to show what holds: all three files must be right.
    Console,
    /// A command that prints its answer. It uses neither keys nor colours, so an import at night does not wait until
    /// somebody has mended a theme.
    Command,
}

/// Where everything is, and what the configuration says.
#[derive(Clone, Debug)]
pub(super) struct Setup {
    pub(super) folders: Folders,
    pub(super) files: Files,
    pub(super) config: Config,
    pub(super) keymap: Keymap,
    pub(super) workspace: PathBuf,
    pub(super) chosen: Chosen,
    pub(super) me: Option<Handle>,
}

/// The folders, and the files in them.
pub(super) fn folders() -> Result<(Folders, Files), Problem> {
    let folders = Folders::locate(|name| std::env::var_os(name))?;
    let files = Files::within(&folders.config);
    Ok((folders, files))
}

/// The configuration as far as it could be understood, and all that is wrong with it.
pub(super) struct Loaded {
    pub(super) config: Config,
    pub(super) keymap: Keymap,
    /// In the order of the files and their lines.
    pub(super) faults: Vec<Fault>,
}

/// Reads the configuration and checks all of it, also what only other rooms can judge: keys, roles of themes, filters.
pub(super) fn load(files: &Files) -> Loaded {
    let (config, mut faults) = config::read(files);
    let settings = &config.settings;
    let filters = settings.views.iter().map(|view| &view.filter);
    for filter in settings.start_filter.iter().chain(filters) {
        for wrong in query::parse(filter).err().into_iter().flatten() {
            let message = format!(
                "in the filter, column {}: {}",
                wrong.place().column,
                wrong.message
            );
            faults.push(filter.fault(message, Some(wrong.hint)));
        }
    }
    let preset_is_known = !faults.iter().any(|fault| fault.file == files.settings);
    let keymap = Keymap::build(settings.keys, &config.keymap).map_err(|mut wrong| {
        if !preset_is_known {
            // Which keys are in use follows from the preset: what would be right with another one may be its echo.
            for preset in KeyPreset::ALL {
                let others = Keymap::build(preset, &config.keymap)
                    .err()
                    .unwrap_or_default();
                wrong.retain(|fault| others.contains(fault));
            }
        }
        wrong
    });
    let keymap = keymap.unwrap_or_else(|wrong| {
        faults.extend(wrong);
        Keymap::default()
    });
    // Those that come with the program have no faults; and that there is one of that name is known, or told already.
    if !config.themes.own().is_empty() {
        let is_there = config.themes.names().contains(&settings.theme.as_str());
        let theme = match is_there {
            true => settings.theme.clone(),
            false => Settings::default().theme,
        };
        let named = Theme::named(&config.themes, &theme, Depth::None);
        faults.extend(named.err().into_iter().flatten());
    }
    let order = [&files.settings, &files.keymap, &files.theme];
    faults.sort_by_key(|fault| {
        let file = order.iter().position(|file| **file == fault.file);
        (file, fault.place)
    });
    Loaded {
        config,
        keymap,
        faults,
    }
}

impl Setup {
    /// Finds out what holds.
    ///
    /// # Errors
    /// When there is no home folder, or the configuration has faults that matter: all of them.
    pub(super) fn new(globals: &Globals, purpose: Purpose) -> Result<Self, Problem> {
        let (folders, files) = folders()?;
        let Loaded {
            config,
            keymap,
            faults,
        } = load(&files);
        // A command uses neither keys nor colours; but whoever has to mend one file is told what the others need.
        let matters = |fault: &Fault| purpose != Purpose::Command || fault.file == files.settings;
        if faults.iter().any(matters) {
            return Err(config::problem(&faults));
        }
        let (workspace, chosen) = workspace(globals, &folders, &config)?;
        let me = match (&globals.me, &config.settings.me) {
            (Some(me), _) => Some(me.clone()),
            (None, Some(me)) => Some(
                Handle::parse(me)
                    .map_err(|error| config::problem(&[me.fault(error.to_string(), None)]))?,
            ),
            (None, None) => None,
        };
        Ok(Self {
            folders,
            files,
            config,
            keymap,
            workspace,
            chosen,
            me,
        })
    }
}

/// The workspace: by argument, by environment, by configuration, or the default one.
pub(super) fn workspace(
    globals: &Globals,
    folders: &Folders,
    config: &Config,
) -> Result<(PathBuf, Chosen), Problem> {
    let environment = std::env::var_os(WORKSPACE).filter(|path| !path.is_empty());
    let (path, chosen) = match (&globals.workspace, environment) {
        (Some(path), _) => (path.clone(), Chosen::Argument),
        (None, Some(path)) => (PathBuf::from(path), Chosen::Environment),
        (None, None) => {
            let configured = config.settings.workspace.as_deref();
            let chosen = match configured {
                Some(_) => Chosen::Configuration,
                None => Chosen::Default,
            };
            (folders.workspace(configured)?, chosen)
        }
    };
    if path.as_os_str().is_empty() {
        return Err(Problem::new(Kind::Usage, "--workspace names no file")
            .hint("write a path, such as -w acme.db"));
    }
    Ok((path, chosen))
}
