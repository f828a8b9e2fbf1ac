//! What is imported where no file is named: standard input, and the files of a folder.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::dialects::slack::export::is_export;
use super::read::LARGEST_FILE;
use crate::problem::{Kind, Problem};

/// What standard input is called.
pub const STANDARD_INPUT: &str = "standard input";
/// How many folders are named.
const NAMED: usize = 20;

/// A file to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Where it is.
    pub path: PathBuf,
    /// It stands in a folder that was named, so that nobody has said of this very file that it is to be imported.
    pub found: bool,
}

impl From<PathBuf> for Given {
    fn from(path: PathBuf) -> Self {
        Self { path, found: false }
    }
}

/// Files to import. What came from standard input is kept until this goes.
#[derive(Debug)]
pub struct Gathered {
    /// The files.
    pub files: Vec<Given>,
    /// The folders in the folders, by name: what is in them is not imported.
    pub folders: Vec<String>,
    _kept: Option<tempfile::TempDir>,
}

/// What a person calls a file: its path, but not the one where standard input is kept.
#[must_use]
pub fn shown(path: &Path) -> String {
    match path.file_name() {
        Some(name) if name == STANDARD_INPUT => STANDARD_INPUT.to_owned(),
        _ => path.display().to_string(),
    }
}

/// The files that paths name: `-` is `input`, a folder stands for the files in it.
///
/// # Errors
/// When a folder cannot be read or holds no file, and when `input` cannot be read or kept, or is beyond the limit.
pub fn gather(paths: &[PathBuf], input: impl Read) -> Result<Gathered, Problem> {
    let mut gathered = Gathered {
        files: Vec::new(),
        folders: Vec::new(),
        _kept: None,
    };
    let mut input = Some(input);
    for path in paths {
        if path.as_os_str() == "-" {
            // Named twice it is still read once.
            if let Some(input) = input.take() {
                let (folder, file) = keep(input)?;
                gathered.files.push(file.into());
                gathered._kept = Some(folder);
            }
        } else if path.is_dir() && !is_mailbox(path) && !is_export(path) {
            let found = |path| Given { path, found: true };
            let (files, folders) = files_of(path)?;
            gathered.files.extend(files.into_iter().map(found));
            gathered.folders.extend(folders);
        } else {
            gathered.files.push(path.clone().into());
        }
    }
    Ok(gathered)
}

/// A file is looked at before it is read, and perhaps read twice, for the plan and for the import; what comes once is kept
/// meanwhile, for its owner alone.
fn keep(input: impl Read) -> Result<(tempfile::TempDir, PathBuf), Problem> {
    let cannot = |error: io::Error| {
        Problem::new(Kind::Input, "cannot read standard input").caused_by(&error)
    };
    let folder = tempfile::tempdir().map_err(cannot)?;
    let path = folder.path().join(STANDARD_INPUT);
    let mut file = fs::File::create_new(&path).map_err(cannot)?;
    let length = io::copy(&mut input.take(LARGEST_FILE + 1), &mut file).map_err(cannot)?;
    if length > LARGEST_FILE {
        return Err(Problem::new(Kind::Input, "cannot import standard input")
            .because("it is larger than 2 GiB"));
    }
    Ok((folder, path))
}

/// A mailbox that is a folder, or a folder of messages, is one source, not several files.
fn is_mailbox(folder: &Path) -> bool {
    let is_message = |entry: fs::DirEntry| entry.path().extension().is_some_and(|end| end == "eml");
    let maildir = folder.join("cur").is_dir() && folder.join("new").is_dir();
    maildir || fs::read_dir(folder).is_ok_and(|entries| entries.flatten().any(is_message))
}

/// The files of a folder in the order of their names, without hidden ones and without those of the folders in it; and the names
/// of these.
fn files_of(folder: &Path) -> Result<(Vec<PathBuf>, Vec<String>), Problem> {
    let cannot = |words: &str| {
        Problem::new(
            Kind::Input,
            format!("cannot import {}: {words}", folder.display()),
        )
    };
    let unreadable = |error: io::Error| cannot("the folder cannot be read").caused_by(&error);
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        match hidden {
            true => {}
            false if path.is_file() => files.push(path),
            false if path.is_dir() => folders.push(path),
            false => {}
        }
    }
    files.sort();
    folders.sort();
    let names = folders.iter().filter_map(|folder| folder.file_name());
    let names: Vec<String> = names.map(|it| it.to_string_lossy().into_owned()).collect();
    match (files.is_empty(), folders.first()) {
        (false, _) => Ok((files, names)),
        (true, None) => Err(cannot("the folder holds no file")),
        (true, Some(first)) => Err(cannot("the folder holds only folders")
            .because(format!("they are {}", some_of(&names)))
            .hint(format!(
                "name the ones to import: intake import {}",
                first.display()
            ))),
    }
}

/// Names in a row, the first few of them.
pub(super) fn some_of(names: &[String]) -> String {
    let more = match names.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let named = &names[..names.len().min(NAMED)];
    format!("{}{more}", named.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_input_and_folders_become_files_in_a_steady_order() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["b.csv", "a.csv", ".hidden"] {
            fs::write(folder.path().join(name), "title\n").expect("a file");
        }
        for name in ["deeper", ".hidden-too"] {
            fs::create_dir(folder.path().join(name)).expect("a folder");
        }
        let paths = [
            folder.path().to_owned(),
            PathBuf::from("-"),
            PathBuf::from("-"),
        ];
        let gathered = gather(&paths, &b"title\nx\n"[..]).expect("files");
        let names: Vec<_> = gathered
            .files
            .iter()
            .filter_map(|file| file.path.file_name())
            .collect();
        assert_eq!(names, ["a.csv", "b.csv", "standard input"]);
        assert_eq!(gathered.folders, ["deeper"], "nobody looks into it");
        let found: Vec<bool> = gathered.files.iter().map(|file| file.found).collect();
        assert_eq!(found, [true, true, false], "what stands in the folder");
        let kept = gathered.files[2].path.clone();
        assert_eq!(fs::read(&kept).expect("kept"), b"title\nx\n");
        drop(gathered);
        assert!(!kept.exists());
        let empty = gather(&[folder.path().join("deeper")], io::empty());
        assert!(empty.expect_err("no file").summary.contains("no file"));
    }

    #[test]
    fn a_folder_of_folders_names_them() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["tickets", "comments", ".hidden"] {
            fs::create_dir(folder.path().join(name)).expect("a folder");
        }
        let refused = gather(&[folder.path().to_owned()], io::empty()).expect_err("no file");
        assert!(refused.summary.contains("only folders"), "{refused:?}");
        assert_eq!(refused.causes, ["they are comments, tickets"]);
        assert!(refused.hints[0].ends_with("comments"), "{refused:?}");
    }

    #[test]
    fn a_mailbox_that_is_a_folder_stays_one() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["cur", "new", "tmp"] {
            fs::create_dir(folder.path().join(name)).expect("a folder");
        }
        let paths = [folder.path().to_owned()];
        let gathered = gather(&paths, io::empty()).expect("one");
        assert_eq!(gathered.files, [Given::from(paths[0].clone())]);
    }
}
