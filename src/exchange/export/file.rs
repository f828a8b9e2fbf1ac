//! A file that appears whole or not at all.

use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use crate::problem::{Kind, Problem};

/// How the names of unfinished files end.
const UNFINISHED: &str = ".part";

/// How large the pieces are that go to the disk.
const BUFFER: usize = 128 << 10;

/// A file on its way: it is written under another name in the same folder, readable by its owner alone, and takes its
/// own name when it is whole. Dropped before that, it leaves nothing behind.
#[derive(Debug)]
pub struct NewFile {
    path: PathBuf,
    writer: BufWriter<NamedTempFile>,
    replace: bool,
}

impl NewFile {
    /// Begins the file `path`. One that is there already is replaced only where `replace` says so.
    ///
    /// # Errors
    /// When there is something at `path` which is not to be replaced or is no file, and when its folder cannot be
    /// written to.
    pub fn begin(path: &Path, replace: bool) -> Result<Self, Problem> {
        // A link is followed, so that the file it names is replaced and not the link.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        match fs::symlink_metadata(&path) {
            Ok(about) if !about.is_file() => return Err(cannot(&path).because("it is not a file")),
            Ok(_) if !replace => return Err(there(&path)),
            _ => {}
        }
        let scratch = Builder::new()
            .prefix(".intake-")
            .suffix(UNFINISHED)
            .tempfile_in(folder_of(&path))
            .map_err(|error| hinted(cannot(&path).caused_by(&error), &error))?;
        Ok(Self {
            path,
            writer: BufWriter::with_capacity(BUFFER, scratch),
            replace,
        })
    }

    /// Makes it whole: everything reaches the disk, then it takes its name.
    ///
    /// # Errors
    /// When the disk refuses, or somebody has put something at its place meanwhile.
    pub fn finish(self) -> Result<(), Problem> {
        let Self {
            path,
            writer,
            replace,
        } = self;
        place(writer, &path, replace).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => there(&path),
            _ => hinted(cannot(&path).caused_by(&error), &error),
        })
    }
}

/// Writes a whole file at once.
///
/// # Errors
/// As [`NewFile::begin`] and [`NewFile::finish`].
pub fn write(path: &Path, replace: bool, bytes: &[u8]) -> Result<(), Problem> {
    let mut file = NewFile::begin(path, replace)?;
    file.write_all(bytes).map_err(|error| unwritable(&error))?;
    file.finish()
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

fn place(writer: BufWriter<NamedTempFile>, path: &Path, replace: bool) -> io::Result<()> {
    let scratch = writer
        .into_inner()
        .map_err(io::IntoInnerError::into_error)?;
    scratch.as_file().set_permissions(usual(path)?)?;
    scratch.as_file().sync_all()?;
    let placed = match replace {
        true => scratch.persist(path),
        false => scratch.persist_noclobber(path),
    };
    placed.map_err(|failed| failed.error)?;
    // Lets the new name survive a loss of power, where the system can do that.
    let _ = File::open(folder_of(path)).and_then(|folder| folder.sync_all());
    Ok(())
}

/// The rights of the file that is replaced, else those that a new document gets here. Which those are can only be seen
/// on a new file: asking for the mask would change it for the other threads.
fn usual(path: &Path) -> io::Result<Permissions> {
    if let Ok(about) = fs::metadata(path) {
        return Ok(about.permissions());
    }
    let probe = Builder::new()
        .prefix(".intake-")
        .suffix(UNFINISHED)
        .make_in(folder_of(path), |path| File::create_new(path))?;
    Ok(probe.as_file().metadata()?.permissions())
}

/// The folder that a path names, or the one we are in.
fn folder_of(path: &Path) -> &Path {
    let parent = path.parent();
    parent
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// What is written could not be.
pub(super) fn unwritable(error: &io::Error) -> Problem {
    let cannot = Problem::new(Kind::Storage, "cannot write the export").caused_by(error);
    hinted(cannot, error)
}

/// With what to do where there is no room for it.
fn hinted(problem: Problem, error: &io::Error) -> Problem {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    match error.kind() {
        StorageFull | QuotaExceeded | FileTooLarge => {
            problem.hint("make room there, or name a file elsewhere; nothing is left of this one")
        }
        _ => problem,
    }
}

fn cannot(path: &Path) -> Problem {
    Problem::new(Kind::Storage, format!("cannot write {}", path.display()))
}

fn there(path: &Path) -> Problem {
    let words = format!("{} is there already", path.display());
    Problem::new(Kind::Refused, words)
        .hint("name another file; on the command line, --force replaces it")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(path: &Path, replace: bool, text: &str) -> Result<(), Problem> {
        let mut file = NewFile::begin(path, replace)?;
        file.write_all(text.as_bytes()).expect("writes");
        file.finish()
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let name = |entry: io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
        entries
            .map(|e| name(e).to_string_lossy().into_owned())
            .collect()
    }

    #[test]
    fn it_appears_whole_and_replaces_only_when_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("all.csv");
        written(&path, false, "one").expect("written");
        let refused = written(&path, false, "two").expect_err("refused");
        assert_eq!(refused.kind, Kind::Refused);
        assert_eq!(fs::read_to_string(&path).expect("a file"), "one");
        written(&path, true, "three").expect("written");
        assert_eq!(fs::read_to_string(&path).expect("a file"), "three");
        assert_eq!(names(folder.path()), ["all.csv"]);
    }

    #[test]
    fn what_is_not_finished_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("all.csv");
        let mut file = NewFile::begin(&path, false).expect("begun");
        file.write_all(&vec![b'x'; 3 * BUFFER]).expect("writes");
        assert_eq!(names(folder.path()).len(), 1);
        drop(file);
        assert!(names(folder.path()).is_empty());
    }

    #[test]
    fn what_appears_meanwhile_is_not_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("all.csv");
        let file = NewFile::begin(&path, false).expect("begun");
        fs::write(&path, "theirs").expect("a file");
        file.finish().expect_err("refused");
        assert_eq!(fs::read_to_string(&path).expect("a file"), "theirs");
        assert_eq!(names(folder.path()), ["all.csv"]);
    }

    #[cfg(unix)]
    #[test]
    fn it_is_private_until_it_is_whole() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let mode = |path: &Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
        let usual = folder.path().join("usual");
        fs::write(&usual, "").expect("a file");
        let path = folder.path().join("all.csv");
        let file = NewFile::begin(&path, false).expect("begun");
        assert_eq!(mode(file.writer.get_ref().path()), 0o600);
        file.finish().expect("whole");
        assert_eq!(mode(&path), mode(&usual));
    }

    #[test]
    fn a_folder_and_a_missing_folder_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        written(folder.path(), true, "x").expect_err("a folder");
        written(&folder.path().join("no/all.csv"), true, "x").expect_err("no folder");
    }
}
