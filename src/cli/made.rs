//! The file of a workspace: whether there is one to read, and where one may be made.

use std::fs;
use std::path::Path;

use super::setup::{Chosen, Setup};
use crate::problem::{Kind, Problem};

/// Whether there is something to open: a file that is empty holds no workspace yet. A device or pipe has no length, and a
/// folder has one of no meaning; whoever opens them says what is wrong with them.
pub(super) fn is_there(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| !about.is_file() || about.len() > 0)
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
