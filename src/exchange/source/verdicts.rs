//! Reading a source: what becomes of each of its pieces.

use std::path::Path;

use super::{Contents, Source};
use crate::domain::import::ImportRecord;
use crate::exchange::convert::{Choices, Converter};
use crate::exchange::dialects::slack::export::{Export, NextPost, Posts};
use crate::exchange::dialects::{Cells, Columns, Ground, TableDialect, Translate, mail, slack};
use crate::exchange::read::mail::{Mailbox, Messages, NextMessage};
use crate::exchange::read::{Documents, Fault, Next, NextDocument, ReadError, Row, Rows, Table};
use crate::exchange::verdict::Verdict;
use crate::problem::Problem;

/// What becomes of each piece of a file. It ends after a problem.
pub struct Verdicts<'s> {
    path: &'s Path,
    ground: Ground<'s>,
    reading: Reading<'s>,
    ended: bool,
}

enum Reading<'s> {
    Rows {
        rows: Rows,
        table: &'s Table,
        converter: Box<Converter<'s>>,
        dialect: Option<&'static TableDialect>,
    },
    Documents {
        documents: Documents,
        translate: Translate,
    },
    Mail {
        messages: Messages,
        mailbox: &'s Mailbox,
    },
    Slack {
        posts: Box<Posts<'s>>,
        export: &'s Export,
    },
}

impl Source {
    /// What becomes of each of its pieces, in the order of the file, before it is settled.
    ///
    /// # Errors
    /// When it can no longer be read, or was changed.
    pub fn verdicts<'s>(&'s self, choices: &'s Choices) -> Result<Verdicts<'s>, Problem> {
        let ground = Ground {
            tool: self.tool(),
            choices,
            file: &self.name,
            written: self.written(),
            beside: match &self.contents {
                Contents::Documents { beside, .. } => Some(beside),
                Contents::Rows { .. } | Contents::Mail { .. } | Contents::Slack(_) => None,
            },
        };
        let reading = self.reading(ground);
        Ok(Verdicts {
            path: &self.path,
            ground,
            reading: reading.map_err(|error| error.of(&self.path))?,
            ended: false,
        })
    }

    fn reading<'s>(&'s self, ground: Ground<'s>) -> Result<Reading<'s>, ReadError> {
        Ok(match &self.contents {
            Contents::Rows { table, mapping, .. } => Reading::Rows {
                rows: table.rows()?,
                table,
                converter: Box::new(Converter::new(table, mapping, ground)),
                dialect: self.dialect_of_table(),
            },
            Contents::Documents {
                table, translate, ..
            } => Reading::Documents {
                documents: table.documents()?.ok_or(ReadError::Changed)?,
                translate: *translate,
            },
            Contents::Mail { mailbox, .. } => Reading::Mail {
                messages: mailbox.messages()?,
                mailbox,
            },
            Contents::Slack(export) => Reading::Slack {
                posts: Box::new(export.posts()?),
                export,
            },
        })
    }
}

impl Verdicts<'_> {
    /// How many bytes of the file have been read.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        match &self.reading {
            Reading::Rows { rows, .. } => rows.bytes(),
            Reading::Documents { documents, .. } => documents.bytes(),
            Reading::Mail { messages, .. } => messages.bytes(),
            Reading::Slack { posts, .. } => posts.bytes(),
        }
    }

    fn read(&mut self) -> Result<Option<Verdict>, ReadError> {
        let ground = &self.ground;
        let faults = |fault| Some(Verdict::Faults(vec![fault]));
        Ok(match &mut self.reading {
            Reading::Rows {
                rows,
                table,
                converter,
                dialect,
            } => match (rows.next_row()?, *dialect) {
                (Next::Row(mut row), None) => {
                    let consumed = converter.consume(&mut row);
                    rows.reuse(row);
                    Some(consumed.map_or_else(Verdict::Faults, Verdict::from))
                }
                (Next::Row(row), Some(dialect)) => {
                    let converted = converter.convert(&row);
                    let verdict = of_row(ground, table, dialect, &row, converted);
                    rows.reuse(row);
                    Some(verdict)
                }
                (Next::Short(row, fault), Some(dialect)) => {
                    Some(of_row(ground, table, dialect, &row, Err(vec![fault])))
                }
                (Next::Short(_, fault) | Next::Fault(fault), _) => faults(fault),
                (Next::End, _) => None,
            },
            Reading::Documents {
                documents,
                translate,
            } => match documents.next_document()? {
                NextDocument::Document(document) => Some(translate(ground, &document)),
                NextDocument::Fault(fault) => faults(fault),
                NextDocument::End => None,
            },
            Reading::Mail { messages, mailbox } => match messages.next_message()? {
                NextMessage::Message(raw) => Some(mail::translate(ground, mailbox, &raw)),
                NextMessage::Fault(fault) => faults(fault),
                NextMessage::End => None,
            },
            Reading::Slack { posts, export } => match posts.next_post()? {
                NextPost::Post(channel, post) => {
                    let directory = &export.directory;
                    Some(slack::translate(ground, directory, Some(channel), &post))
                }
                NextPost::Fault(fault) => faults(fault),
                NextPost::End => None,
            },
        })
    }
}

/// What becomes of a row, as the dialect has it. Nothing is wrong with a row that the dialect leaves out, such as the
/// totals below a report.
fn of_row(
    ground: &Ground<'_>,
    table: &Table,
    dialect: &'static TableDialect,
    row: &Row,
    converted: Result<ImportRecord, Vec<Fault>>,
) -> Verdict {
    let columns = Columns(&table.columns);
    let cells = Cells {
        columns,
        row,
        dialect,
    };
    let complete = |record| (dialect.complete)(ground, &cells, record);
    match converted {
        Ok(record) => complete(record),
        Err(faults) => match complete(ImportRecord::default()) {
            skipped @ Verdict::Skipped(..) => skipped,
            Verdict::Brings(_) | Verdict::Faults(_) => Verdict::Faults(faults),
        },
    }
}

impl Iterator for Verdicts<'_> {
    type Item = Result<Verdict, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let read = self.read();
        self.ended = !matches!(read, Ok(Some(_)));
        read.map_err(|error| error.of(self.path)).transpose()
    }
}
