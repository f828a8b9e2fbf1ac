//! `intake demo`: a scratch workspace in which a team has worked for half a year.

use std::fs;
use std::path::{Path, PathBuf};

use crate::domain::people::Handle;
use crate::problem::{Kind, Problem};
use crate::workspace::{Opening, Workspace};

/// The folder of a scratch workspace, which is removed with everything in it when this is dropped.
#[derive(Debug)]
pub struct Scratch {
    folder: PathBuf,
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed lies in the folder of things that may be deleted.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Scratch {
    /// Makes a folder that nobody else has, in `state`.
    fn new(state: &Path) -> Result<Self, Problem> {
        let folder = state.join(format!("demo-{}", std::process::id()));
        let made = fs::create_dir_all(state)
            .and_then(|()| match fs::remove_dir_all(&folder) {
                // Left behind by a process of that number which was killed.
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            })
            .and_then(|()| fs::create_dir(&folder));
        match made {
            Ok(()) => Ok(Self { folder }),
            Err(error) => {
                let cannot = format!("cannot make the folder {} for the demo", folder.display());
                Err(Problem::new(Kind::Storage, cannot)
                    .caused_by(&error)
                    .hint("set XDG_STATE_HOME to a folder that can be written"))
            }
        }
    }
}

/// A fresh demo: its scratch folder, the workspace in it, and who sits there, which is whoever is on duty unless
/// somebody else is asked for.
///
/// # Errors
/// When the files cannot be written.
pub(super) fn make(
    state: &Path,
    me: Option<Handle>,
) -> Result<(Scratch, PathBuf, Option<Handle>), Problem> {
    let scratch = Scratch::new(state)?;
    let path = scratch.folder.join("demo.db");
    let mut workspace = Workspace::open(&path, Opening::default())?;
    workspace.fill_demo()?;
    let me = match me {
        Some(me) => Some(me),
        None => workspace.header()?.on_duty,
    };
    Ok((scratch, path, me))
}
