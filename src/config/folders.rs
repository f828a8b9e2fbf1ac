//! Where the configuration, the workspace and the state of the program live.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};

use crate::problem::{Kind, Problem};

/// The name of our folder within each of the user's.
const NAME: &str = "intake";

/// The folders of one user. None of them needs to exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// Holds `config.toml`, `keymap.toml` and `theme.toml`.
    pub config: PathBuf,
    /// Holds the default workspace.
    pub data: PathBuf,
    /// Holds logs and other traces which may be deleted at any time.
    pub state: PathBuf,
    /// What `~` means, where it is known.
    pub home: Option<PathBuf>,
}

impl Folders {
    /// Finds the folders: `XDG_CONFIG_HOME`, `XDG_DATA_HOME` and `XDG_STATE_HOME` count on every system;
    /// without them the system's own convention does. A relative path in a variable is ignored, as the
    /// specification asks.
    ///
    /// `environment` looks a variable up, so that nothing here depends on the process.
    ///
    /// # Errors
    /// Where a variable is missing and there is no home folder to fall back on.
    pub fn locate(environment: impl Fn(&str) -> Option<OsString>) -> Result<Self, Problem> {
        let own = ProjectDirs::from("", "", NAME).map(|own| Self {
            config: own.config_dir().to_owned(),
            data: own.data_dir().to_owned(),
            state: own
                .state_dir()
                .unwrap_or_else(|| own.data_local_dir())
                .to_owned(),
            home: BaseDirs::new().map(|base| base.home_dir().to_owned()),
        });
        Self::locate_with(environment, own)
    }

    fn locate_with(
        environment: impl Fn(&str) -> Option<OsString>,
        own: Option<Self>,
    ) -> Result<Self, Problem> {
        let absolute = |name: &str| {
            environment(name)
                .map(PathBuf::from)
                .filter(|path| path.is_absolute())
        };
        let find = |name: &str, own: Option<&PathBuf>| match absolute(name) {
            Some(path) => Ok(path.join(NAME)),
            None => own.cloned().ok_or_else(|| {
                Problem::new(Kind::Configuration, "cannot find your home folder")
                    .because(format!("neither HOME nor {name} is set"))
                    .hint(format!("set HOME, or {name} to an absolute path"))
            }),
        };
        let own = own.as_ref();
        Ok(Self {
            config: find("XDG_CONFIG_HOME", own.map(|own| &own.config))?,
            data: find("XDG_DATA_HOME", own.map(|own| &own.data))?,
            state: find("XDG_STATE_HOME", own.map(|own| &own.state))?,
            home: absolute("HOME").or_else(|| own.and_then(|own| own.home.clone())),
        })
    }

    /// The workspace which the configuration names, or else `intake.db` in the data folder.
    ///
    /// # Errors
    /// Where the path begins with `~` and there is no home folder.
    pub fn workspace(&self, configured: Option<&str>) -> Result<PathBuf, Problem> {
        let Some(path) = configured else {
            return Ok(self.data.join("intake.db"));
        };
        let Some(rest) = path.strip_prefix("~/") else {
            return Ok(PathBuf::from(path));
        };
        match &self.home {
            Some(home) => Ok(home.join(rest)),
            None => Err(Problem::new(
                Kind::Configuration,
                format!("cannot tell which file `{path}` is"),
            )
            .because("no home folder is known")
            .hint("write the whole path to the workspace")),
        }
    }
}

/// The three files of a configuration; each may be absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    /// The settings.
    pub settings: PathBuf,
    /// The key bindings.
    pub keymap: PathBuf,
    /// The themes.
    pub theme: PathBuf,
    /// The folder of the kinds of meeting.
    pub meetings: PathBuf,
}

impl Files {
    /// The files in the configuration folder `folder`.
    pub fn within(folder: &Path) -> Self {
        Self {
            settings: folder.join("config.toml"),
            keymap: folder.join("keymap.toml"),
            theme: folder.join("theme.toml"),
            meetings: folder.join("meetings"),
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn own() -> Folders {
        Folders {
            config: "/own/config".into(),
            data: "/own/data".into(),
            state: "/own/state".into(),
            home: Some("/home/hana".into()),
        }
    }

    #[test]
    fn xdg_variables_count_where_they_are_absolute() {
        let environment = |name: &str| match name {
            "XDG_CONFIG_HOME" => Some("/xdg/config".into()),
            "XDG_DATA_HOME" => Some("relative".into()),
            _ => None,
        };
        let folders = Folders::locate_with(environment, Some(own()));
        let expected = Folders {
            config: "/xdg/config/intake".into(),
            ..own()
        };
        assert_eq!(folders, Ok(expected));
    }

    #[test]
    fn without_a_home_every_variable_is_needed() {
        let all = |name: &str| match name {
            "HOME" => None,
            name => Some(format!("/x/{name}").into()),
        };
        let folders = Folders::locate_with(all, None);
        assert_eq!(
            folders.map(|folders| folders.state),
            Ok("/x/XDG_STATE_HOME/intake".into())
        );
        let problem = Folders::locate_with(|_| None, None).map_err(|problem| problem.causes);
        assert_eq!(
            problem,
            Err(vec!["neither HOME nor XDG_CONFIG_HOME is set".to_owned()])
        );
    }

    #[test]
    fn the_workspace_is_the_configured_one_or_stands_in_the_data_folder() {
        for (configured, expected) in [
            (None, "/own/data/intake.db"),
            (Some("~/acme.db"), "/home/hana/acme.db"),
            (Some("/srv/acme.db"), "/srv/acme.db"),
        ] {
            assert_eq!(own().workspace(configured), Ok(expected.into()));
        }
        let homeless = Folders {
            home: None,
            ..own()
        };
        assert!(homeless.workspace(Some("~/acme.db")).is_err());
    }
}
