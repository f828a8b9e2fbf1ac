//! The file of a workspace that a command has made: where it may be made, and taken back when nothing came into it.

use std::fs;
use std::path::{Path, PathBuf};

use super::setup::{Chosen, Setup};
use crate::problem::{Kind, Problem};
use crate::workspace::{Opening, Workspace};

/// Whether there is a workspace to read: a file that is empty holds none yet.
pub(super) fn is_there(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| about.is_dir() || about.len() > 0)
}

/// Refuses a path whose folder is not there, where somebody has chosen it: it is mistyped rather than meant to be made. The
/// folder of the default workspace is made.
///
/// # Errors
/// The folder is not there.
pub(super) fn check_folder(setup: &Setup) -> Result<(), Problem> {
    let path = &setup.workspace;
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let Some(folder) = folder.filter(|folder| setup.chosen != Chosen::Default && !folder.exists())
    else {
        return Ok(());
    };
    let cannot = format!(
        "cannot make a workspace at {}: there is no folder {}",
        path.display(),
        folder.display()
    );
    Err(Problem::new(Kind::NotFound, cannot)
        .because(format!("{} names that file", setup.chosen.words()))
        .hint("correct the path, or make the folder first"))
}

/// Takes a file back that was made for a command, if nothing came into it. `closed`: this process has it open no more, so
/// that a log beside it belongs to somebody else, who has it open.
pub(super) fn take_back(path: &Path, closed: bool) {
    let opening = Opening {
        create: false,
        ..Opening::default()
    };
    let untouched = Workspace::open(path, opening).and_then(|workspace| workspace.is_untouched());
    let beside = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    if untouched != Ok(true) || closed && beside("-wal").exists() {
        return;
    }
    // What cannot be taken back harms nobody: it is an empty workspace.
    for file in [path.to_owned(), beside("-wal"), beside("-shm")] {
        let _ = fs::remove_file(file);
    }
}
