//! Settings, key bindings and themes as plain data.
//!
//! Three files in the configuration folder, each of them optional: `config.toml`, `keymap.toml` and
//! `theme.toml`. They are read together, and everything that is wrong in any of them is reported at once. Beside them may
//! stand a folder `meetings/`, which is read by whoever asks for meetings and not when the console starts.
//! This room knows no command, no key, no filter and no role: what only another room can judge is handed on
//! as [`Placed`] text, so that its fault still has a file, a line and a column.

mod closest;
mod fault;
mod folders;
mod keymap;
mod meetings;
mod settings;
mod source;
#[cfg(test)]
mod tests;
mod theme;

pub use closest::hint as did_you_mean;
pub use fault::{Fault, Placed, problem};
pub use folders::{Files, Folders};
pub use keymap::Binding;
pub use meetings::{BUILT_IN_MEETINGS, WrittenContent, WrittenMeeting, WrittenSection, meetings};
pub use settings::{ANSWER_FIELDS, ColourMode, KeyPreset, SavedView, Settings, Templates};
pub use theme::{BUILT_IN, Colour, Style, Theme, Themes};

use source::Source;

/// The commented default of `config.toml`: every setting, its default and its meaning.
pub const COMMENTED_DEFAULT: &str = include_str!("../../assets/config.toml");

/// Everything that the configuration files say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The settings.
    pub settings: Settings,
    /// The changes to the key bindings of the preset, in the order of the file.
    pub keymap: Vec<Binding>,
    /// The themes to choose from.
    pub themes: Themes,
}

/// Reads the configuration: what could be understood, with all faults of all files, in the order of the files and their
/// lines. A file that does not exist says nothing, and the defaults hold. Whoever finds more faults in it tells them with these;
/// [`problem`] makes them one error.
#[must_use]
pub fn read(files: &Files) -> (Config, Vec<Fault>) {
    understand(
        files,
        &source::read(&files.settings),
        &source::read(&files.keymap),
        &source::read(&files.theme),
    )
}

/// A file as it was found: nothing if there is none.
type Found = Result<Option<String>, Fault>;

fn understand(
    files: &Files,
    settings: &Found,
    keymap: &Found,
    theme: &Found,
) -> (Config, Vec<Fault>) {
    let mut settings_source = Source::of(&files.settings, settings);
    let section = settings_source.parse();
    let settings = Settings::read(section, &mut settings_source);

    let mut keymap_source = Source::of(&files.keymap, keymap);
    let section = keymap_source.parse();
    let keymap = keymap::read(section, &mut keymap_source);

    let mut theme_source = Source::of(&files.theme, theme);
    let section = theme_source.parse();
    let themes = Themes::new(theme::read(section, &mut theme_source));

    // A theme file that is no TOML may well hold the theme that seems to be missing.
    let is_told = !theme_source.is_broken();
    let theme_faults = theme_source.finish();
    let mut settings_faults = settings_source.finish();
    let names = themes.names();
    if is_told && !names.contains(&settings.theme.as_str()) {
        let message = format!("there is no theme `{}`", source::shorten(&settings.theme));
        let hint = closest::hint(&settings.theme, &names);
        settings_faults.push(settings.theme.fault(message, hint));
        settings_faults.sort_by_key(|fault| fault.place);
    }
    let mut faults = settings_faults;
    faults.extend(keymap_source.finish());
    faults.extend(theme_faults);
    faults.extend(themes.faults());
    let config = Config {
        settings,
        keymap,
        themes,
    };
    (config, faults)
}
