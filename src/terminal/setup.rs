//! From the configuration to a console that is ready to run.

use std::path::Path;

use super::desk::Desk;
use super::run::Console;
use crate::app::keymap::Keymap;
use crate::app::state::{Settings, State};
use crate::config::{self, Config, Folders};
use crate::domain::people::Handle;
use crate::problem::Problem;
use crate::view::colour::Depth;
use crate::workspace::{Clock, Opening, Workspace};

/// The size to begin with, until the terminal has been asked.
const SIZE: (u16, u16) = (80, 24);

/// A console with the settings of `configuration`, for the workspace at `path`, where `me` sits. The environment says
/// which editor is used and how many colours there are, where the configuration leaves it open.
#[must_use]
pub fn console(
    configuration: Config,
    keymap: Keymap,
    folders: &Folders,
    path: &Path,
    me: Option<Handle>,
    clock: Clock,
) -> Console {
    let Config {
        settings, themes, ..
    } = configuration;
    let variable = |name: &str| std::env::var(name).ok();
    let now = clock.now();
    let depth = Depth::of(settings.colour, variable);
    let file = path.file_name().unwrap_or(path.as_os_str());
    // The built-in wording is the console's own; only another one is a template to fill.
    let template = settings.templates.answer;
    let built_in = template == config::Settings::default().templates.answer;
    let mut state = State::new(
        Settings {
            me,
            workspace: file.to_string_lossy().into_owned(),
            mouse: settings.mouse,
            reduced_motion: settings.reduced_motion,
            plain: settings.plain,
            editions: settings.editions,
            checklist: settings.ga_checklist,
            waiting_days: settings.waiting_days,
            answer_template: (!built_in).then_some(template),
            clocks: clock.clocks(),
        },
        keymap,
        SIZE,
        now,
    );
    if let Some(filter) = settings.start_filter {
        state.inbox.home = filter.value;
    }
    Console {
        state,
        themes,
        theme: settings.theme,
        depth,
        editors: vec![settings.editor, variable("VISUAL"), variable("EDITOR")],
        clock,
        folder: folders.state.clone(),
    }
}

/// What opens the workspace for [`super::run::run`].
pub fn opener(
    path: &Path,
    opening: Opening,
    configuration: &Config,
) -> impl FnOnce() -> Result<Desk, Problem> + 'static {
    let path = path.to_owned();
    let views = configuration
        .settings
        .views
        .iter()
        .map(|view| (view.name.clone(), view.filter.value.clone()))
        .collect();
    move || Desk::new(Workspace::open(&path, opening)?, views)
}
