//! Quackback: posts in the columns that it exports and imports.
//!
//! A post that is planned, in progress or complete is an idea too.

use super::posts::with_idea;
use super::{Cells, Dialect, Ground, Others, Reads, TableDialect};
use crate::domain::idea::Status;
use crate::domain::import::ImportRecord;
use crate::exchange::convert::plans;
use crate::exchange::mapping::Field;
use crate::exchange::verdict::Verdict;

/// Its export, and the file that it imports.
pub const DIALECT: &Dialect = &Dialect {
    name: "quackback-csv",
    words: "Quackback posts, CSV",
    tool: "quackback",
    reads: Reads::Table(TableDialect {
        fits: |columns| {
            let known = [
                "title",
                "content",
                "status",
                "board",
                "author_email",
                "email_verified",
                "vote_count",
            ];
            columns.have(&known)
        },
        columns: &[
            (Field::Title, "title"),
            (Field::Body, "content"),
            (Field::State, "status"),
            (Field::Tags, "tags"),
            (Field::Customer, "author_name"),
            (Field::Email, "author_email"),
            (Field::Votes, "vote_count"),
            (Field::Received, "created_at"),
        ],
        others: Others::Guessed { never: &[] },
        reads: &["board", "status"],
        complete,
    }),
};

fn complete(_: &Ground<'_>, cells: &Cells<'_>, mut record: ImportRecord) -> Verdict {
    record.tags.extend(cells.one("board").map(str::to_owned));
    match cells.one("status").and_then(plans::status) {
        Some(status @ (Status::Planned | Status::InDevelopment | Status::Released)) => {
            Verdict::Brings(with_idea(record, status))
        }
        _ => record.into(),
    }
}
