//! What is imported where no file is named: standard input, and the files of a folder.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::dialects::slack::export::is_export;
use super::read::LARGEST_FILE;
use crate::problem::{Kind, Problem};

/// What standard input is called.
pub const STANDARD_INPUT: &str = "standard input";

/// Files to import. What came from standard input is kept until this goes.
#[derive(Debug)]
pub struct Gathered {
    /// The files.
    pub paths: Vec<PathBuf>,
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
        paths: Vec::new(),
        _kept: None,
    };
    let mut input = Some(input);
    for path in paths {
        if path.as_os_str() == "-" {
            // Named twice it is still read once.
            if let Some(input) = input.take() {
                let (folder, file) = keep(input)?;
                gathered.paths.push(file);
                gathered._kept = Some(folder);
            }
        } else if path.is_dir() && !is_mailbox(path) && !is_export(path) {
            gathered.paths.extend(files_of(path)?);
        } else {
            gathered.paths.push(path.clone());
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

/// The files of a folder by name, without hidden ones and without those of the folders in it.
fn files_of(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let cannot = |words: &str| {
        Problem::new(
            Kind::Input,
            format!("cannot import {}: {words}", folder.display()),
        )
    };
    let unreadable = |error: io::Error| cannot("the folder cannot be read").caused_by(&error);
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if path.is_file() && !hidden {
            files.push(path);
        }
    }
    if files.is_empty() {
        return Err(cannot("the folder holds no file"));
    }
    files.sort();
    Ok(files)
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
        fs::create_dir(folder.path().join("deeper")).expect("a folder");
        let paths = [
            folder.path().to_owned(),
            PathBuf::from("-"),
            PathBuf::from("-"),
        ];
        let gathered = gather(&paths, &b"title\nx\n"[..]).expect("files");
        let names: Vec<_> = gathered
            .paths
            .iter()
            .filter_map(|path| path.file_name())
            .collect();
        assert_eq!(names, ["a.csv", "b.csv", "standard input"]);
        assert_eq!(fs::read(&gathered.paths[2]).expect("kept"), b"title\nx\n");
        let kept = gathered.paths[2].clone();
        drop(gathered);
        assert!(!kept.exists());
        let empty = gather(&[folder.path().join("deeper")], io::empty());
        assert!(empty.expect_err("no file").summary.contains("no file"));
    }

    #[test]
    fn a_mailbox_that_is_a_folder_stays_one() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["cur", "new", "tmp"] {
            fs::create_dir(folder.path().join(name)).expect("a folder");
        }
        let paths = [folder.path().to_owned()];
        assert_eq!(gather(&paths, io::empty()).expect("one").paths, paths);
    }
}
