//! Where records go: one sink per format.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value as Json;

use super::cell::Cell;
use super::defuse::defused;
use super::file::unwritable;
use super::sheet::Sheets;
use super::{Exported, Format, harmless};
use crate::problem::Problem;

/// A column of a table: its name, and what a row has there.
pub(super) type Column<R> = (&'static str, fn(&R) -> Cell);

/// Something with everything about it.
pub(super) trait Record {
    /// Its rows in a table.
    fn rows(&self) -> Vec<Vec<Cell>>;
    /// All of it.
    fn object(&self) -> Object;
    /// All of it for people, in Markdown: a heading of the third level and what follows.
    fn markdown(&self) -> String;
}

/// A JSON object whose keys keep their order.
#[derive(Debug)]
pub(super) struct Object(pub(super) Vec<(&'static str, Json)>);

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// One row of a table.
pub(super) fn row<R>(columns: &[Column<R>], record: &R) -> Vec<Cell> {
    columns.iter().map(|(_, cell)| cell(record)).collect()
}

/// The same as the beginning of an object.
pub(super) fn object<R>(columns: &[Column<R>], record: &R) -> Object {
    let entry = |(name, cell): &Column<R>| (*name, cell(record).json());
    Object(columns.iter().map(entry).collect())
}

/// Where records go.
pub(super) struct Sink<'w> {
    to: To<'w>,
    group: Option<String>,
    done: Exported,
}

enum To<'w> {
    Csv(Box<csv::Writer<&'w mut (dyn Write + Send)>>),
    Json(&'w mut (dyn Write + Send)),
    Markdown(&'w mut (dyn Write + Send)),
    Sheets(Box<Sheets>, &'w mut (dyn Write + Send)),
}

impl<'w> Sink<'w> {
    /// A sink of that format. `writer` should be buffered.
    pub(super) fn new(format: Format, writer: &'w mut (dyn Write + Send)) -> Result<Self, Problem> {
        let to = match format {
            Format::Csv => To::Csv(Box::new(csv::Writer::from_writer(writer))),
            Format::JsonLines => To::Json(writer),
            Format::Markdown => To::Markdown(writer),
            Format::Xlsx => To::Sheets(Box::new(Sheets::new()?), writer),
        };
        Ok(Self {
            to,
            group: None,
            done: Exported::default(),
        })
    }

    /// Begins: the title of the document, the columns of the table.
    pub(super) fn begin<R>(
        &mut self,
        title: &'static str,
        columns: &[Column<R>],
    ) -> Result<(), Problem> {
        let names = columns.iter().map(|(name, _)| *name);
        match &mut self.to {
            To::Csv(writer) => writer
                .write_record(names)
                .map_err(|error| unwritable(&error.into())),
            To::Json(_) => Ok(()),
            To::Markdown(writer) => {
                writeln!(writer, "# {title}").map_err(|error| unwritable(&error))
            }
            To::Sheets(sheets, _) => sheets.begin(title, names.collect()),
        }
    }

    /// Takes a record. In a document, records of the same group stand together below its name.
    pub(super) fn put<R: Record>(&mut self, record: &R, group: &str) -> Result<(), Problem> {
        self.done.things += 1;
        let done: io::Result<()> = match &mut self.to {
            To::Csv(writer) => record.rows().iter().try_for_each(|row| line(writer, row)),
            To::Json(writer) => harmless::line(writer, &record.object()),
            To::Markdown(writer) => {
                let new = self.group.as_deref() != Some(group);
                if new {
                    self.group = Some(group.to_owned());
                }
                section(writer, new.then_some(group), &record.markdown())
            }
            To::Sheets(sheets, _) => {
                for row in record.rows() {
                    self.done.cut += sheets.row(&row)?;
                }
                Ok(())
            }
        };
        done.map_err(|error| unwritable(&error))
    }

    /// Ends, and tells what was done.
    pub(super) fn finish(self) -> Result<Exported, Problem> {
        match self.to {
            To::Csv(mut writer) => writer.flush().map_err(|error| unwritable(&error))?,
            To::Json(writer) | To::Markdown(writer) => {
                writer.flush().map_err(|error| unwritable(&error))?;
            }
            To::Sheets(sheets, writer) => sheets.finish(writer)?,
        }
        Ok(self.done)
    }
}

/// A line of CSV. Only what is text can be a formula; a mention name is, and may begin with `-`.
fn line(writer: &mut csv::Writer<&mut (dyn Write + Send)>, row: &[Cell]) -> io::Result<()> {
    let cells = row.iter().map(|cell| match cell {
        Cell::Text(_) | Cell::List(_) | Cell::Person(_) => defused(&cell.text()),
        other => other.text(),
    });
    Ok(writer.write_record(cells)?)
}

fn section(writer: &mut dyn Write, group: Option<&str>, text: &str) -> io::Result<()> {
    if let Some(group) = group.filter(|group| !group.is_empty()) {
        writeln!(writer, "\n## {group}")?;
    }
    write!(writer, "\n{text}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::Handle;

    #[test]
    fn no_text_of_a_line_is_a_formula() {
        let person = Handle::parse("@-rf").expect("a mention name");
        let row = [
            Cell::Person(person),
            Cell::Text("=1".to_owned()),
            Cell::List(vec!["+1-2".to_owned()]),
            Cell::Number(-5),
        ];
        let mut written = Vec::new();
        let writer: &mut (dyn Write + Send) = &mut written;
        let mut writer = csv::Writer::from_writer(writer);
        line(&mut writer, &row).expect("written");
        drop(writer);
        assert_eq!(written, b"'-rf,'=1,'+1-2,-5\n");
    }
}
