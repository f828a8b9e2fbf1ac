//! Writing a dump.

use std::io::{self, Write};

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::VERSION;
use super::lines::{Counts, End, Head, Line};
use crate::domain::entity::Entity;
use crate::exchange::export::file::unwritable;
use crate::exchange::export::harmless;
use crate::history::dump;
use crate::problem::{Kind, Problem};
use crate::store::{Reader, Result as StoreResult};

/// A writer that counts lines and sums up bytes.
struct Summed<'w> {
    writer: &'w mut dyn Write,
    sum: Sha256,
    lines: u64,
}

impl Write for Summed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.writer.write(bytes)?;
        self.sum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl Summed<'_> {
    fn line(&mut self, line: &Line) -> Result<(), Problem> {
        harmless::line(self, line).map_err(|error| unwritable(&error))?;
        self.lines += 1;
        Ok(())
    }
}

/// Writes the workspace of `reader`, which goes by the name `device`, whole. `writer` should be buffered.
///
/// # Errors
/// When the workspace cannot be read, or is damaged so that nobody could restore the dump, and when the dump cannot be written.
pub fn write(reader: &Reader<'_>, device: Uuid, writer: &mut dyn Write) -> Result<Counts, Problem> {
    let losses = reader.losses()?;
    if !losses.is_empty() {
        return Err(damaged(losses));
    }
    let counts = count(reader)?;
    let mut summed = Summed {
        writer,
        sum: Sha256::new(),
        lines: 0,
    };
    summed.line(&Line::Head(Head {
        version: VERSION,
        device,
        counts: counts.clone(),
    }))?;
    dump::visit(reader, &mut |piece| summed.line(&piece.into()))?;
    let end = Line::End(End {
        lines: summed.lines,
        sha256: hexadecimal(&summed.sum.finalize_reset()),
    });
    summed.line(&end)?;
    Ok(counts)
}

fn damaged(losses: Vec<String>) -> Problem {
    let words =
        "cannot export the whole workspace: it is damaged, and no dump of it could be restored";
    let mut problem = Problem::new(Kind::Storage, words);
    problem.causes = losses;
    problem
        .hint("“intake doctor” says more; put a backup in its place if you have one (“intake backup --help” says how)")
        .hint("“intake export feedback”, “export ideas”, “export releases” and “export meetings” write what can still be read")
}

fn count(reader: &Reader<'_>) -> StoreResult<Counts> {
    let [content, action, change] = reader.journal_size()?;
    let mut counts = Counts {
        content,
        action,
        change,
        view: reader.saved_views()?.len() as u64,
        mapping: reader.saved_mappings()?.len() as u64,
        ..Counts::default()
    };
    for entity in Entity::ALL {
        let rows = reader.row_count(*entity)?;
        if rows > 0 {
            counts.row.insert(entity.name().to_owned(), rows);
        }
    }
    Ok(counts)
}

/// Bytes as hexadecimal digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
