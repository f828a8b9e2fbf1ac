//! JSON: objects, one a line or in any other arrangement; as rows, their nested values are reached by dotted paths.

mod elements;
mod lines;
mod scan;
pub mod shape;
mod strict;

use std::collections::HashMap;

use serde_json::{Map, Value};

use self::elements::Elements;
use self::lines::Lines;
pub use self::shape::Shape;
use super::text::Text;
use super::{
    DEEPEST, Document, Fault, LONGEST_ELEMENT, LONGEST_FIELD, MOST_COLUMNS, Next, NextDocument,
    ReadError, Row, Spot,
};

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    /// The line, from 1.
    line: u64,
    /// The character in it, from 1.
    column: usize,
}

/// The bytes of what should be one object.
struct Piece {
    /// Where they begin.
    place: Place,
    /// The bytes.
    bytes: Result<Vec<u8>, Unread>,
}

/// Why the bytes of a piece were not kept.
enum Unread {
    /// There are too many.
    TooLong,
    /// The object around it has no list of that name.
    Without(String),
}

/// The objects of a file.
pub struct Objects<'f>(Arrangement<'f>);

enum Arrangement<'f> {
    Lines(Lines<'f>),
    Elements(Elements<'f>),
}

impl<'f> Objects<'f> {
    /// Reads `text` as objects in that arrangement.
    #[must_use]
    pub fn new(text: Text<'f>, shape: &Shape) -> Self {
        Self(match shape {
            Shape::Lines => Arrangement::Lines(Lines::new(text)),
            Shape::Values(path) => Arrangement::Elements(Elements::new(text, path.clone())),
        })
    }

    /// The next object.
    ///
    /// # Errors
    /// When reading cannot go on.
    pub fn next_object(&mut self) -> Result<NextDocument, ReadError> {
        let piece = match &mut self.0 {
            Arrangement::Lines(lines) => lines.next_line()?,
            Arrangement::Elements(elements) => elements.next_element()?,
        };
        let Some(Piece { place, bytes }) = piece else {
            return Ok(NextDocument::End);
        };
        let line = place.line;
        Ok(match object(place, bytes) {
            Ok(object) => NextDocument::Document(Document { line, object }),
            Err(fault) => NextDocument::Fault(fault),
        })
    }

    /// How many bytes of the file have been read.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        match &self.0 {
            Arrangement::Lines(lines) => lines.bytes(),
            Arrangement::Elements(elements) => elements.bytes(),
        }
    }
}

/// The object that a piece is.
fn object(place: Place, bytes: Result<Vec<u8>, Unread>) -> Result<Map<String, Value>, Fault> {
    let fault = |spot, words| {
        let line = place.line;
        Err(Fault { line, spot, words })
    };
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(Unread::TooLong) => {
            let words = format!("it is longer than {} MiB", LONGEST_ELEMENT >> 20);
            return fault(Spot::Row, words);
        }
        Err(Unread::Without(list)) => {
            let words = format!("the object has no list “{list}”, as the first one has");
            return fault(Spot::Row, words);
        }
    };
    let value = strict::value(&bytes, DEEPEST);
    let value = value.map_err(|error| broken(place, &bytes, &error))?;
    let Value::Object(object) = value else {
        let words = "it is not an object in braces".to_owned();
        return fault(Spot::Character(place.column), words);
    };
    if let Some(path) = too_long("", &object) {
        let words = format!("the text is longer than {} MiB", LONGEST_FIELD >> 20);
        return fault(Spot::Column(path), words);
    }
    Ok(object)
}

/// What is wrong with a piece that is no JSON, at its place in the file.
fn broken(begin: Place, bytes: &[u8], error: &serde_json::Error) -> Fault {
    let above = error.line().saturating_sub(1);
    let line = bytes.split(|&b| b == b'\n').nth(above).unwrap_or_default();
    let before = error.column().saturating_sub(1).min(line.len());
    let characters = String::from_utf8_lossy(&line[..before]).chars().count();
    let first = if above == 0 { begin.column } else { 1 };
    Fault {
        line: begin.line + above as u64,
        spot: Spot::Character(first + characters),
        words: in_words(error),
    }
}

/// The path to a text that passes the limit.
fn too_long(prefix: &str, object: &Map<String, Value>) -> Option<String> {
    object.iter().find_map(|(key, value)| {
        let path = join(prefix, key);
        match value {
            Value::String(text) => (text.len() > LONGEST_FIELD).then_some(path),
            Value::Object(inner) => too_long(&path, inner),
            Value::Array(list) => list.iter().find_map(|value| match value {
                Value::String(text) => (text.len() > LONGEST_FIELD).then(|| path.clone()),
                Value::Object(inner) => too_long(&path, inner),
                _ => None,
            }),
            _ => None,
        }
    })
}

fn join(prefix: &str, key: &str) -> String {
    match prefix {
        "" => key.to_owned(),
        prefix => format!("{prefix}.{key}"),
    }
}

/// What is wrong, without the place, which is told apart.
fn in_words(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let words = words
        .rsplit_once(" at line ")
        .map_or(words.as_str(), |(words, _)| words);
    match words {
        strict::TOO_DEEP => format!("it is nested deeper than {DEEPEST}"),
        words => format!("it is not JSON: {words}"),
    }
}

/// Objects become dotted paths; a list is kept as its JSON text; null is nothing.
fn flatten(prefix: &str, object: Map<String, Value>, cells: &mut Vec<(String, String)>) {
    for (key, value) in object {
        let path = join(prefix, &key);
        match value {
            Value::Null => {}
            Value::Object(inner) => flatten(&path, inner, cells),
            Value::String(text) => cells.push((path, text)),
            other => cells.push((path, other.to_string())),
        }
    }
}

/// The columns of a file of JSON: every path in its first `most` objects, in order of appearance.
///
/// # Errors
/// When reading cannot go on, or there are too many paths.
pub fn columns(text: Text<'_>, shape: &Shape, most: usize) -> Result<Vec<String>, ReadError> {
    let mut objects = Objects::new(text, shape);
    let mut seen = HashMap::new();
    let mut columns = Vec::new();
    for _ in 0..most {
        match objects.next_object()? {
            NextDocument::End => break,
            NextDocument::Fault(_) => {}
            NextDocument::Document(Document { line, object }) => {
                let mut cells = Vec::new();
                flatten("", object, &mut cells);
                for (path, _) in cells {
                    if seen.insert(path.clone(), ()).is_none() {
                        columns.push(path);
                    }
                }
                if columns.len() > MOST_COLUMNS {
                    return Err(ReadError::TooWide { line });
                }
            }
        }
    }
    Ok(columns)
}

/// The rows of a file of JSON, laid out under the columns found before.
pub struct Rows<'f> {
    objects: Objects<'f>,
    places: HashMap<String, usize>,
}

impl<'f> Rows<'f> {
    /// Reads on under these columns; a path that is none of them is left out.
    #[must_use]
    pub fn new(text: Text<'f>, shape: &Shape, columns: &[String]) -> Self {
        Self {
            objects: Objects::new(text, shape),
            places: columns
                .iter()
                .enumerate()
                .map(|(place, path)| (path.clone(), place))
                .collect(),
        }
    }

    /// How many bytes of the file have been read.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.objects.bytes()
    }

    /// The next row, or what is wrong with it.
    ///
    /// # Errors
    /// When reading cannot go on.
    pub fn next_row(&mut self) -> Result<Next, ReadError> {
        Ok(match self.objects.next_object()? {
            NextDocument::End => Next::End,
            NextDocument::Fault(fault) => Next::Fault(fault),
            NextDocument::Document(Document { line, object }) => {
                let mut found = Vec::new();
                flatten("", object, &mut found);
                let mut cells = vec![String::new(); self.places.len()];
                for (path, text) in found {
                    if let Some(&place) = self.places.get(&path) {
                        cells[place] = text;
                    }
                }
                Next::Row(Row { line, cells })
            }
        })
    }
}

#[cfg(test)]
mod tests;
