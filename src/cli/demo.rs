//! `intake demo`: a scratch workspace in which a team has worked for half a year.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::domain::people::Handle;
use crate::problem::{Kind, Problem};
use crate::workspace::{Opening, Workspace};

/// How the names of the folders begin.
const PREFIX: &str = "demo-";

/// The file in each folder whose lock says that somebody uses it.
const LOCK: &str = "lock";

/// How often another demo may take a folder away that is just being made.
const MOST_TRIES: u32 = 16;

/// The folder of a scratch workspace, which is removed with everything in it when this is dropped. What a program leaves that was
/// killed, the next demo removes.
#[derive(Debug)]
pub struct Scratch {
    folder: PathBuf,
    /// Given up before the folder is removed: where a file that is open cannot be deleted, the folder could not be either.
    lock: Option<File>,
}

impl Drop for Scratch {
    fn drop(&mut self) {
        self.lock = None;
        // What cannot be removed lies in the folder of things that may be deleted.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Scratch {
    /// Makes a folder that nobody else has, in `state`, where nothing is left that nobody uses.
    fn new(state: &Path) -> Result<Self, Problem> {
        let made = fs::create_dir_all(state).and_then(|()| {
            sweep(state);
            for _ in 0..MOST_TRIES {
                if let Some(scratch) = Self::begin(state)? {
                    return Ok(scratch);
                }
            }
            Err(io::Error::other("another demo takes each of them"))
        });
        made.map_err(|error: io::Error| {
            let cannot = format!("cannot make a folder in {} for the demo", state.display());
            Problem::new(Kind::Storage, cannot)
                .caused_by(&error)
                .hint("set XDG_STATE_HOME to a folder that can be written")
        })
    }

    /// One try: `None` when another demo took the folder for one that was left before it was locked.
    fn begin(state: &Path) -> io::Result<Option<Self>> {
        let folder = state.join(format!("{PREFIX}{}", Uuid::new_v4().simple()));
        fs::create_dir(&folder)?;
        let mut scratch = Self { folder, lock: None };
        let path = scratch.folder.join(LOCK);
        let lock = File::create_new(&path)?;
        // Where files cannot be locked, nobody else takes it away either.
        let held = !matches!(lock.try_lock(), Err(TryLockError::WouldBlock)) && path.exists();
        scratch.lock = Some(lock);
        Ok(held.then_some(scratch))
    }

    fn path(&self) -> PathBuf {
        self.folder.join("demo.db")
    }
}

/// Removes the folders whose lock nobody holds. What cannot be looked at or removed stays: the demo does not need it.
fn sweep(state: &Path) {
    let Ok(entries) = fs::read_dir(state) else {
        return;
    };
    for entry in entries.flatten() {
        let is_ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if !is_ours || !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        // A folder without one is just being made.
        let lock = File::options().write(true).open(entry.path().join(LOCK));
        // Held while it is removed, so that a demo which is just being made there sees that it is too late.
        if let Ok(lock) = lock
            && lock.try_lock().is_ok()
        {
            let _ = fs::remove_dir_all(entry.path());
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
    let path = scratch.path();
    let mut workspace = Workspace::open(&path, Opening::default())?;
    workspace.fill_demo()?;
    let me = match me {
        Some(me) => Some(me),
        None => workspace.header()?.on_duty,
    };
    Ok((scratch, path, me))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_demo_left_goes_with_the_next_and_what_is_used_stays() {
        let home = tempfile::tempdir().expect("a folder");
        let state = home.path().join("state");
        let used = Scratch::new(&state).expect("a demo");
        fs::write(used.path(), "a workspace").expect("written");
        let left = state.join("demo-4711");
        fs::create_dir(&left).expect("a folder");
        fs::write(left.join(LOCK), "").expect("written");
        fs::write(left.join("demo.db"), "a workspace").expect("written");
        let others = ["demo-begun", "history"].map(|name| state.join(name));
        for other in &others {
            fs::create_dir(other).expect("a folder");
        }
        let next = Scratch::new(&state).expect("a second demo");
        assert!(!left.exists());
        assert!(used.path().exists() && next.path() != used.path());
        assert!(others.iter().all(|other| other.exists()));
        drop((used, next));
        let kept = fs::read_dir(&state).expect("a folder").count();
        assert_eq!(kept, others.len());
    }
}
