//! Dialects: what the files of other tools look like, and what their parts mean here. One file per tool.
//!
//! A dialect is a row of data: by what it is recognised, and a function from a piece of the file to what it brings. It
//! keeps no state between pieces, so that planning and importing, which may both read the file, cannot disagree.
//!
//! A table that no dialect knows is read by its column names (see `mapping`), and so are objects that none knows.

pub mod beside;
mod bugzilla;
mod canny;
mod chat;
mod discourse;
mod fider;
mod github;
mod gitlab;
mod intake;
mod intercom;
mod jira;
mod linear;
pub mod mail;
mod mattermost;
pub mod posts;
pub mod productboard;
mod quackback;
mod salesforce;
pub mod slack;
#[cfg(test)]
mod testing;
mod uservoice;
pub mod value;
pub mod who;
pub mod work;
mod zendesk;

use serde_json::{Map, Value};

use self::beside::Beside;
use super::convert::Choices;
use super::mapping::Field;
use super::read::mail::Kind;
use super::read::{Document, Row};
use super::verdict::Verdict;
use crate::domain::import::{ImportKey, ImportRecord};
use crate::domain::moment::Moment;

/// A kind of file that is known.
pub struct Dialect {
    /// Its name after `--format` (`jira-csv`).
    pub name: &'static str,
    /// What a person calls it (`Jira issues, CSV`).
    pub words: &'static str,
    /// The source of what it brings (`jira`).
    pub tool: &'static str,
    /// How it is recognised and read.
    pub reads: Reads,
}

/// How a dialect is recognised and read.
pub enum Reads {
    /// A table, read by its column names with some of them known before.
    Table(TableDialect),
    /// JSON objects.
    Documents(DocumentDialect),
    /// Mail, stored in that way.
    Mail(Kind),
    /// The export of a workspace of Slack: a folder or archive of files.
    Slack,
}

/// From what the columns of a row gave to what the row brings.
pub type Complete = fn(&Ground<'_>, &Cells<'_>, ImportRecord) -> Verdict;

/// From an object to what it brings.
pub type Translate = fn(&Ground<'_>, &Document) -> Verdict;

/// A table whose columns are known.
#[derive(Debug)]
pub struct TableDialect {
    /// Whether a table with these columns is one.
    pub fits: fn(&Columns<'_>) -> bool,
    /// Which column holds which field.
    pub columns: &'static [(Field, &'static str)],
    /// What becomes of the columns that are not named here.
    pub others: Others,
    /// The columns that `complete` reads itself, whatever their case: whoever imports is told that they are not lost.
    pub reads: &'static [&'static str],
    /// Completes what the columns gave with what is peculiar to the tool: repeated columns, ideas, releases, comments.
    pub complete: Complete,
}

/// What becomes of the columns that a dialect does not name. Somebody may still ask for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// They hold no field: they are the tool's own, and `complete` reads what it wants of them.
    Unused,
    /// They are guessed as in any table, because the tool lets people choose them.
    Guessed {
        /// What none of them is, because the columns which look like it mean something else.
        never: &'static [Field],
    },
}

impl Others {
    /// The fields that none of them holds.
    #[must_use]
    pub const fn never(self) -> &'static [Field] {
        match self {
            Self::Unused => Field::ALL,
            Self::Guessed { never } => never,
        }
    }
}

/// Objects whose keys are known.
pub struct DocumentDialect {
    /// Whether an object of the file is one; the first few are asked, and more than half must say so.
    pub fits: fn(&Map<String, Value>) -> bool,
    /// What an object brings.
    pub translate: Translate,
    /// The lists beside the objects that name who and what the objects tell by id only.
    pub beside: &'static [&'static str],
}

/// Every dialect, in the order in which they are tried.
pub const ALL: &[&Dialect] = &[
    &intake::INTAKE,
    productboard::API,
    productboard::SHEET,
    zendesk::DIALECT,
    intercom::DIALECT,
    discourse::DIALECT,
    canny::DIALECT,
    fider::API,
    fider::CSV,
    quackback::DIALECT,
    uservoice::DIALECT,
    mattermost::DIALECT,
    mattermost::API,
    slack::EXPORT,
    slack::API,
    &mail::EML,
    &mail::MBOX,
    &mail::MAILDIR,
    salesforce::DIALECT,
    github::JSON,
    github::CSV,
    jira::JSON,
    jira::CSV,
    linear::CSV,
    gitlab::JSON,
    gitlab::CSV,
    bugzilla::JSON,
    bugzilla::CSV,
];

/// The dialect of that name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Dialect> {
    ALL.iter().copied().find(|dialect| dialect.name == name)
}

/// The names of the columns of a table.
#[derive(Clone, Copy, Debug)]
pub struct Columns<'t>(pub &'t [String]);

impl Columns<'_> {
    /// Whether all these columns are there, whatever their case.
    #[must_use]
    pub fn have(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.places(name).next().is_some())
    }

    /// Where the columns of that name are: a header may repeat it.
    pub fn places<'n>(&'n self, name: &'n str) -> impl Iterator<Item = usize> + 'n {
        let is = move |column: &str| {
            let (base, number) = column
                .strip_suffix(')')
                .and_then(|column| column.rsplit_once(" ("))
                .unwrap_or((column, ""));
            column.eq_ignore_ascii_case(name)
                || base.eq_ignore_ascii_case(name) && number.parse::<usize>().is_ok()
        };
        (0..self.0.len()).filter(move |&place| is(&self.0[place]))
    }
}

/// A row under its column names.
#[derive(Clone, Copy, Debug)]
pub struct Cells<'r> {
    /// The names.
    pub columns: Columns<'r>,
    /// The row.
    pub row: &'r Row,
    /// The dialect that reads it.
    pub dialect: &'static TableDialect,
}

impl<'r> Cells<'r> {
    /// The cell of the first column of that name, without blanks around it; `None` when there is none or nothing in it.
    #[must_use]
    pub fn one(&self, name: &str) -> Option<&'r str> {
        self.all(name).next()
    }

    /// What is in the columns of that name, which a header may repeat.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &'r str> {
        self.whole(name)
            .map(str::trim)
            .filter(|cell| !cell.is_empty())
    }

    /// What is in the columns of that name, blanks and all.
    pub fn whole(&self, name: &str) -> impl Iterator<Item = &'r str> {
        debug_assert!(
            self.dialect
                .reads
                .iter()
                .any(|known| known.eq_ignore_ascii_case(name)),
            "the dialect does not tell that it reads the column “{name}”"
        );
        let row = self.row;
        let places: Vec<usize> = self.columns.places(name).collect();
        places.into_iter().map(|place| row.cells[place].as_str())
    }
}

/// What is known around a piece: the file, the tool, and what was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'g> {
    /// The source, unless another was asked for.
    pub tool: &'g str,
    /// What was asked for.
    pub choices: &'g Choices,
    /// The name of the file.
    pub file: &'g str,
    /// When the file was last written: the date of what has none.
    pub written: Moment,
    /// What stands beside the objects of the file.
    pub beside: Option<&'g Beside>,
}

impl<'g> Ground<'g> {
    /// Who or what has that id in a list that stands beside the objects of the file.
    #[must_use]
    pub fn beside(&self, list: &'static str, id: &Value) -> Option<&'g Value> {
        self.beside?.get(list, id)
    }

    /// The source of what this file brings.
    #[must_use]
    pub fn source(&self) -> String {
        let asked = self.choices.source.as_deref();
        asked.unwrap_or(self.tool).to_owned()
    }

    /// The origin of a thing: what was asked for, else the host, project or instance that the file tells of, else the
    /// name of the file.
    #[must_use]
    pub fn origin(&self, told: Option<String>) -> String {
        let asked = self.choices.origin.clone();
        asked.or(told).unwrap_or_else(|| self.file.to_owned())
    }

    /// The key of the thing of that origin and id.
    #[must_use]
    pub fn key(&self, origin: &str, id: impl Into<String>) -> ImportKey {
        ImportKey {
            source: self.source(),
            origin: origin.to_owned(),
            id: id.into(),
        }
    }
}
