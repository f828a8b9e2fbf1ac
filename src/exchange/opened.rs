//! Which of the files to import are understood. What is named by itself has to be; of what a folder holds beside the files
//! that are (a licence, a picture, notes) it is told that it is left out, and why.

use std::path::Path;

use super::gather::{Given, shown};
use super::read::Format;
use super::source::{Contents, Source};
use crate::problem::{Kind, Problem};

/// How many files a refusal names.
const NAMED: usize = 20;
/// How the names of tables end that may have a single column.
const TABLES: [&str; 3] = ["csv", "tsv", "tab"];

/// A file of a folder that is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name, without the folders that lead to it.
    pub file: String,
    /// Why.
    pub words: String,
}

/// Files, looked at.
#[derive(Debug)]
pub(super) struct Opened {
    /// Those that are understood, in the order in which they were given.
    pub(super) sources: Vec<Source>,
    /// Those that are not.
    pub(super) left_out: Vec<LeftOut>,
}

/// Looks at files, each by `open`.
///
/// # Errors
/// What `open` says of a file that was named by itself; and where not one is understood.
pub(super) fn all(
    files: &[Given],
    open: impl Fn(&Given) -> Result<Source, Problem>,
) -> Result<Opened, Problem> {
    let mut sources = Vec::new();
    let mut refused: Vec<(&Path, Problem)> = Vec::new();
    for file in files {
        match open(file).and_then(|source| has_columns(file, source)) {
            Ok(source) => sources.push(source),
            Err(problem) if file.found && problem.kind != Kind::Interrupted => {
                refused.push((&file.path, problem));
            }
            Err(problem) => return Err(problem),
        }
    }
    if sources.is_empty()
        && let Some(refusal) = refusal(&refused)
    {
        return Err(refusal);
    }
    let left_out = refused.iter().map(|(path, problem)| LeftOut {
        file: name(path),
        words: reason(path, problem),
    });
    Ok(Opened {
        sources,
        left_out: left_out.collect(),
    })
}

/// Notes under a heading such as “Feedback” read as a table of one column, a row for each of their lines. Whoever names such
/// a file may mean that; of one that lies in a folder nobody has said so, unless its name says that it is a table.
fn has_columns(file: &Given, source: Source) -> Result<Source, Problem> {
    let is_column = match &source.contents {
        Contents::Rows { table, dialect, .. } => {
            dialect.is_none() && table.columns.len() == 1 && matches!(table.format, Format::Csv(_))
        }
        Contents::Documents { .. } | Contents::Mail { .. } | Contents::Slack(_) => false,
    };
    let extension = file.path.extension().and_then(|end| end.to_str());
    let is_table = |end: &str| TABLES.iter().any(|known| end.eq_ignore_ascii_case(known));
    if !file.found || !is_column || extension.is_some_and(is_table) {
        return Ok(source);
    }
    let path = shown(&file.path);
    let summary = format!("cannot import {path}: it is text without columns");
    Err(Problem::new(Kind::Input, summary).hint("name the file itself to import each of its lines"))
}

/// Why nothing can be imported: what is wrong with the only file, with all of them, or with each of several.
fn refusal(refused: &[(&Path, Problem)]) -> Option<Problem> {
    let (first, problem) = refused.first()?;
    // What is wrong with all of them alike, such as a format that does not exist, is said as it is of one.
    if refused
        .iter()
        .all(|(_, other)| other.summary == problem.summary)
    {
        return Some(problem.clone());
    }
    let folder = first.parent().unwrap_or(first).display();
    let summary = format!("cannot import {folder}: none of its files is understood");
    let mut refusal = Problem::new(problem.kind, summary);
    for (path, problem) in refused.iter().take(NAMED) {
        refusal = refusal.because(format!("{}: {}", name(path), reason(path, problem)));
    }
    if let Some(more) = refused.len().checked_sub(NAMED).filter(|more| *more > 0) {
        refusal = refusal.because(format!("and {more} more"));
    }
    Some(refusal.hint("name one of them by itself to be told what would help"))
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// What is wrong with a file, without its path, which stands beside it.
fn reason(path: &Path, problem: &Problem) -> String {
    let opening = format!("cannot import {}: ", shown(path));
    let words = problem.summary.strip_prefix(&opening);
    words.unwrap_or(&problem.summary).to_owned()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::*;
    use crate::exchange::convert::Choices;

    /// Files of a folder, looked at.
    fn opened(files: &[(&str, &str)], found: bool) -> Result<Opened, Problem> {
        let folder = tempfile::tempdir().expect("a folder");
        let given = files.iter().map(|(name, text)| {
            let path: PathBuf = folder.path().join(name);
            fs::write(&path, text).expect("written");
            Given { path, found }
        });
        let given: Vec<Given> = given.collect();
        let choices = Choices::default();
        all(&given, |file| Source::open(&file.path, &choices))
    }

    const TABLE: (&str, &str) = ("a.csv", "id,title\n1,words\n");
    const IDS: (&str, &str) = ("b.csv", "id,issue id\n1,10\n2,20\n");
    const PROSE: (&str, &str) = (
        "NOTES.md",
        "# Feedback\nEvery quarter we export\nwhatever our customers say\nto this very folder\n",
    );
    const PICTURE: (&str, &str) = ("c.png", "\u{89}PNG\r\n\u{1a}\n0000");

    #[test]
    fn what_is_not_understood_in_a_folder_is_left_out_with_its_reason() {
        let opened = opened(&[TABLE, IDS, PROSE, PICTURE], true).expect("one is understood");
        let names: Vec<&str> = opened.sources.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["a.csv"]);
        let left_out = opened.left_out.iter();
        let left_out: Vec<_> = left_out
            .map(|left| (left.file.as_str(), left.words.as_str()))
            .collect();
        assert_eq!(left_out[0], ("b.csv", "it has ids only"));
        assert_eq!(left_out[1], ("NOTES.md", "it is text without columns"));
        assert_eq!(left_out[2].0, "c.png");
    }

    #[test]
    fn what_is_named_by_itself_is_refused() {
        let refused = opened(&[TABLE, IDS], false).expect_err("refused");
        assert!(
            refused.summary.ends_with("b.csv: it has ids only"),
            "{refused:?}"
        );
        let prose = opened(&[PROSE], false).expect("each of its lines");
        assert_eq!(prose.sources.len(), 1);
    }

    #[test]
    fn a_folder_of_which_nothing_is_understood_is_refused() {
        let one = opened(&[IDS], true).expect_err("refused");
        assert!(one.summary.ends_with("b.csv: it has ids only"), "{one:?}");
        let two = opened(&[IDS, PROSE], true).expect_err("refused");
        assert!(
            two.summary.ends_with("none of its files is understood"),
            "{two:?}"
        );
        let causes = [
            "b.csv: it has ids only",
            "NOTES.md: it is text without columns",
        ];
        assert_eq!(two.causes, causes);
    }
}
