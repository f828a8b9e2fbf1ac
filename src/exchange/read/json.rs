//! JSON: objects, one a line; as rows, their nested values are reached by dotted paths.

use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::text::Text;
use super::{
    Document, Fault, LONGEST_FIELD, LONGEST_LINE, MOST_COLUMNS, Next, NextDocument, ReadError, Row,
    Spot,
};

/// The lines of a text, one at a time.
struct Lines<'f> {
    text: Text<'f>,
    line: u64,
}

enum Line {
    Text(String),
    TooLong,
}

impl Lines<'_> {
    /// The next line that is not blank, and its number; `None` at the end.
    fn next_line(&mut self) -> Result<Option<(u64, Line)>, ReadError> {
        loop {
            let mut line = Vec::new();
            let (mut any, mut too_long) = (false, false);
            self.line += 1;
            loop {
                let piece = self.text.piece()?;
                if piece.is_empty() {
                    break;
                }
                any = true;
                let end = piece.iter().position(|&b| b == b'\n');
                let taken = end.unwrap_or(piece.len());
                too_long |= line.len() + taken > LONGEST_LINE;
                if !too_long {
                    line.extend_from_slice(&piece[..taken]);
                }
                self.text.consume(taken + usize::from(end.is_some()));
                if end.is_some() {
                    break;
                }
            }
            if !any {
                return Ok(None);
            }
            if too_long {
                return Ok(Some((self.line, Line::TooLong)));
            }
            let text = String::from_utf8_lossy(&line).into_owned();
            if !text.trim().is_empty() {
                return Ok(Some((self.line, Line::Text(text))));
            }
        }
    }
}

/// The objects of a file.
pub struct Objects<'f> {
    lines: Lines<'f>,
}

impl<'f> Objects<'f> {
    /// Reads `text` as one object a line.
    #[must_use]
    pub fn new(text: Text<'f>) -> Self {
        Self {
            lines: Lines { text, line: 0 },
        }
    }

    /// The next object.
    ///
    /// # Errors
    /// When reading cannot go on.
    pub fn next_object(&mut self) -> Result<NextDocument, ReadError> {
        let Some((line, text)) = self.lines.next_line()? else {
            return Ok(NextDocument::End);
        };
        let fault = |spot, words| Ok(NextDocument::Fault(Fault { line, spot, words }));
        let Line::Text(text) = text else {
            return fault(
                Spot::Row,
                format!("the line is longer than {} MiB", LONGEST_LINE >> 20),
            );
        };
        let value = match serde_json::from_str::<Strict>(&text) {
            Ok(Strict(value)) => value,
            Err(error) => {
                let before = error.column().saturating_sub(1).min(text.len());
                let column = String::from_utf8_lossy(&text.as_bytes()[..before])
                    .chars()
                    .count()
                    + 1;
                return fault(Spot::Character(column), in_words(&error));
            }
        };
        let Value::Object(object) = value else {
            return fault(
                Spot::Character(1),
                "the line is not an object in braces".to_owned(),
            );
        };
        if let Some(path) = too_long("", &object) {
            return fault(
                Spot::Column(path),
                format!("the text is longer than {} MiB", LONGEST_FIELD >> 20),
            );
        }
        Ok(NextDocument::Document(Document { line, object }))
    }

    /// How many bytes of the file have been read.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.lines.text.bytes()
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
    format!("the line is not JSON: {words}")
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

/// The columns of a file of JSON lines: every path in its first `most` objects, in order of appearance.
///
/// # Errors
/// When reading cannot go on, or there are too many paths.
pub fn columns(text: Text<'_>, most: usize) -> Result<Vec<String>, ReadError> {
    let mut objects = Objects::new(text);
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

/// The rows of a file of JSON lines, laid out under the columns found before.
pub struct Rows<'f> {
    objects: Objects<'f>,
    places: HashMap<String, usize>,
}

impl<'f> Rows<'f> {
    /// Reads on under these columns; a path that is none of them is left out.
    #[must_use]
    pub fn new(text: Text<'f>, columns: &[String]) -> Self {
        Self {
            objects: Objects::new(text),
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

/// A JSON value in which no object has a key twice: which of the two was meant is not ours to guess.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Self)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Strict(value)) = list.next_element()? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if object.contains_key(&key) {
                return Err(A::Error::custom(format!("the key “{key}” occurs twice")));
            }
            let Strict(value) = map.next_value()?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}
