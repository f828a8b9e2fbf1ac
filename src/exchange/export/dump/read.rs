//! Reading a dump, and restoring a workspace from it.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::VERSION;
use super::lines::{Counts, Head, Line};
use super::write::hexadecimal;
use crate::history::dump::{Piece, restore as make};
use crate::problem::{Kind, Problem};
use crate::store::Store;

/// By what the first line of a dump is known.
const NAME: &[u8] = br#""intake-dump""#;

/// A byte order mark, which some editors put before a text.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// How much of a file is looked at to tell whether it is a dump.
const HEAD: u64 = 1 << 10;

/// The longest line that is read, in bytes: 64 MiB, several times what a text may have with every character escaped.
const LONGEST_LINE: u64 = 64 << 20;

/// Whether the file at `path` begins like a dump, whatever else may be wrong with it: its lines would make strange feedback. One
/// that cannot be read is none.
#[must_use]
pub fn is_dump_file(path: &Path) -> bool {
    let mut head = Vec::new();
    // Opening a pipe would wait for somebody who writes to it.
    path.is_file()
        && File::open(path)
            .and_then(|file| file.take(HEAD).read_to_end(&mut head))
            .is_ok()
        && begins_like_one(&head)
}

fn begins_like_one(head: &[u8]) -> bool {
    let head = head.strip_prefix(MARK).unwrap_or(head).trim_ascii_start();
    let object = head.strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
    object.is_some_and(|object| object.starts_with(NAME))
}

/// Restores an empty workspace from a dump: all of it, or nothing.
///
/// # Errors
/// When something was done in this workspace already; when the dump is cut off, damaged, of a newer version, or does not
/// fit together, with its line; and when the workspace cannot be written.
pub fn restore(store: &mut Store, path: &Path) -> Result<Counts, Problem> {
    let mut pieces = Pieces::open(path)?;
    let device = pieces.head.device;
    make(store, device, &mut pieces).map_err(|problem| named(problem, path))?;
    Ok(pieces.seen)
}

/// Reads a dump to its end and answers what it holds. Nothing is restored, so whether its pieces fit each other shows
/// only then.
///
/// # Errors
/// When it is cut off, damaged, or of a newer version.
pub fn check(path: &Path) -> Result<Counts, Problem> {
    let mut pieces = Pieces::open(path)?;
    for piece in &mut pieces {
        piece.map_err(|problem| named(problem, path))?;
    }
    Ok(pieces.seen)
}

/// What is wrong with a dump becomes why the file cannot be restored.
fn named(problem: Problem, path: &Path) -> Problem {
    if problem.kind != Kind::Input {
        return problem;
    }
    let mut all = cannot(path).because(problem.summary);
    all.causes.extend(problem.causes);
    all.hints = problem.hints;
    if all.hints.is_empty() {
        return all.hint("nothing was changed; take another copy of the dump, or export it again");
    }
    all
}

fn cannot(path: &Path) -> Problem {
    Problem::new(Kind::Input, format!("cannot restore {}", path.display()))
}

/// The pieces of a dump with their lines. It ends after a problem.
struct Pieces {
    reader: BufReader<File>,
    head: Head,
    seen: Counts,
    sum: Sha256,
    /// How many lines were read, and how many of them were empty ones before the first.
    line: u64,
    empty: u64,
    ended: bool,
}

impl Pieces {
    fn open(path: &Path) -> Result<Self, Problem> {
        let file = File::open(path).map_err(|error| cannot(path).caused_by(&error))?;
        let mut reader = BufReader::new(file);
        let mut sum = Sha256::new();
        let (empty, line) = first_line(&mut reader).map_err(|problem| named(problem, path))?;
        sum.update(&line);
        let head = head(&line).map_err(|problem| named(problem, path))?;
        Ok(Self {
            reader,
            head,
            seen: Counts::default(),
            sum,
            line: empty + 1,
            empty,
            ended: false,
        })
    }

    fn piece(&mut self) -> Result<Option<(u64, Piece)>, Problem> {
        let bytes = next_line(&mut self.reader, self.line + 1)?;
        if bytes.is_empty() {
            return Err(wrong(format!(
                "it ends after line {}, and the mark of its end is missing: it was cut off",
                self.line
            )));
        }
        self.line += 1;
        let at = |words: String| wrong(format!("line {}: {words}", self.line));
        let line: Line = serde_json::from_slice(&bytes).map_err(|error| at(fault(&error)))?;
        if let Line::End(end) = &line {
            let sum = hexadecimal(&self.sum.finalize_reset());
            if end.lines != self.line - self.empty - 1 || end.sha256 != sum {
                return Err(at(
                    "the lines above are not those that were written: lines are missing or were changed"
                        .to_owned(),
                ));
            }
            return self.end().map(|()| None);
        }
        self.sum.update(&bytes);
        match line.piece().map_err(at)? {
            Some(piece) => {
                self.seen.add(&piece);
                Ok(Some((self.line, piece)))
            }
            None => Err(wrong(format!("line {}: it is a second head", self.line))),
        }
    }

    /// After the mark of the end nothing comes, and everything that the head promises has come.
    fn end(&mut self) -> Result<(), Problem> {
        if !next_line(&mut self.reader, self.line + 1)?.is_empty() {
            let line = self.line + 1;
            return Err(wrong(format!("line {line}: something follows the end")));
        }
        if self.seen == self.head.counts {
            return Ok(());
        }
        Err(wrong("its first line counts other things than it holds"))
    }
}

impl Iterator for Pieces {
    type Item = Result<(u64, Piece), Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let piece = self.piece().transpose();
        self.ended = !matches!(piece, Some(Ok(_)));
        piece
    }
}

/// What is wrong with a line, and where in it.
fn fault(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    format!("column {}: {words}", error.column())
}

/// The first line that is not empty, without a mark before it, and how many empty ones come before it.
fn first_line(reader: &mut BufReader<File>) -> Result<(u64, Vec<u8>), Problem> {
    let mut empty = 0;
    let mut line = next_line(reader, 1)?;
    if let Some(rest) = line.strip_prefix(MARK) {
        line = rest.to_vec();
    }
    while !line.is_empty() && line.trim_ascii().is_empty() {
        empty += 1;
        line = next_line(reader, empty + 1)?;
    }
    Ok((empty, line))
}

/// The bytes of the next line, its end included, as it was written: what an editor or a mail program makes of that end is no
/// change. None at the end of the file.
fn next_line(reader: &mut BufReader<File>, number: u64) -> Result<Vec<u8>, Problem> {
    let mut line = Vec::new();
    let read = reader.take(LONGEST_LINE).read_until(b'\n', &mut line);
    read.map_err(|error| wrong(format!("line {number} cannot be read")).caused_by(&error))?;
    if line.len() as u64 == LONGEST_LINE && !line.ends_with(b"\n") {
        return Err(wrong(format!("line {number} is longer than 64 MiB")));
    }
    if line.ends_with(b"\r\n") {
        line.truncate(line.len() - 2);
        line.push(b'\n');
    }
    Ok(line)
}

/// Reads the first line, its version before anything else.
fn head(line: &[u8]) -> Result<Head, Problem> {
    #[derive(Deserialize)]
    struct First {
        #[serde(rename = "intake-dump")]
        dump: Version,
    }
    #[derive(Deserialize)]
    struct Version {
        version: u64,
    }
    let unreadable = |error: serde_json::Error| {
        wrong("line 1: it is not the first line of a dump").because(error.to_string())
    };
    let first: First = serde_json::from_slice(line).map_err(unreadable)?;
    let version = first.dump.version;
    if version > VERSION {
        let words = format!(
            "line 1: it is a dump of version {version}, and this version of Intake reads version {VERSION}"
        );
        return Err(wrong(words).hint("restore it with a newer version of Intake"));
    }
    match serde_json::from_slice(line).map_err(unreadable)? {
        Line::Head(head) => Ok(head),
        _ => Err(wrong("line 1: it is not the first line of a dump")),
    }
}

fn wrong(words: impl Into<String>) -> Problem {
    Problem::new(Kind::Input, words)
}
