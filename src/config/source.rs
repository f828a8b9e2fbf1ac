//! One configuration file as text, and the reading of its values with the place of each.

use std::fmt::Display;
use std::io::{ErrorKind, Read};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::closest;
use super::fault::{Fault, Placed};
use crate::problem::Place;

/// A configuration is written by hand; a larger file is something else.
const LARGEST: u64 = 256 * 1024;

/// One value of a TOML file with its bytes.
pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// The text of one file and the faults found in it so far.
pub(super) struct Source<'t> {
    file: Arc<Path>,
    text: &'t str,
    lines: Lines,
    /// What is wrong with the file or its syntax.
    broken: Vec<Fault>,
    /// What is wrong with its values.
    faults: Vec<Fault>,
}

/// The text of `file`; nothing if there is no such file.
pub(super) fn read(file: &Path) -> Result<Option<String>, Fault> {
    let refuse = |message: String, hint: &str| Fault {
        file: file.to_owned(),
        place: None,
        message,
        hint: Some(hint.to_owned()),
    };
    let unreadable = |error: std::io::Error| {
        refuse(
            format!("cannot read the file: {error}"),
            "check its permissions",
        )
    };
    let about = match std::fs::metadata(file) {
        Ok(about) => about,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    if !about.is_file() {
        return Err(refuse(
            "this is not a file".to_owned(),
            "put a file here or remove it",
        ));
    }
    let mut bytes = Vec::new();
    std::fs::File::open(file)
        .and_then(|open| open.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        return Err(refuse(
            "the file is larger than 256 KiB".to_owned(),
            "is it a configuration?",
        ));
    }
    String::from_utf8(bytes).map(Some).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(&error.as_bytes()[..good]).into_owned();
        Fault {
            place: Some(Lines::of(&text).place(&text, good)),
            ..refuse("this is not UTF-8".to_owned(), "save the file as UTF-8")
        }
    })
}

/// Where the lines of a text begin: the way from a byte to its line and column.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self(std::iter::once(0).chain(breaks).collect())
    }

    /// Where the byte `offset` of `text` stands.
    fn place(&self, text: &str, offset: usize) -> Place {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.0.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).map_or(0, |line| self.0[line]);
        Place {
            line,
            column: text[start..offset].chars().count() + 1,
        }
    }
}

impl<'t> Source<'t> {
    pub(super) fn new(file: &Path, text: &'t str) -> Self {
        // Some editors begin a UTF-8 file with a byte order mark; no column counts it.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self {
            file: Arc::from(file),
            text,
            lines: Lines::of(text),
            broken: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// The outcome of [`read`]: a file that is not there is an empty one.
    pub(super) fn of(file: &Path, text: &'t Result<Option<String>, Fault>) -> Self {
        match text {
            Ok(text) => Self::new(file, text.as_deref().unwrap_or_default()),
            Err(fault) => Self {
                broken: vec![fault.clone()],
                ..Self::new(file, "")
            },
        }
    }

    /// The top-level entries. Errors of syntax are noted; what stands around them is read all the same.
    pub(super) fn parse(&mut self) -> Section<'t> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let fault = Fault {
                file: self.file.to_path_buf(),
                place: error
                    .span()
                    .map(|span| self.lines.place(self.text, span.start)),
                message: format!("this is not TOML: {}", error.message()),
                hint: None,
            };
            self.broken.push(fault);
        }
        // What follows the first error in a line is its echo.
        self.broken.sort_by_key(|fault| fault.place);
        self.broken.dedup_by_key(|fault| line_of(fault));
        Section::new(table.into_inner())
    }

    /// Whether parts of the file could not be read at all, or none of it.
    pub(super) fn is_broken(&self) -> bool {
        !self.broken.is_empty()
    }

    /// The faults in the order of the file. A line that is no TOML is not blamed for anything else, nor is what
    /// stands under a broken table header: nobody can tell which table it belongs to.
    pub(super) fn finish(self) -> Vec<Fault> {
        let broken: Vec<usize> = self.broken.iter().filter_map(line_of).collect();
        let doubtful: Vec<bool> = self
            .text
            .split('\n')
            .zip(1..)
            .scan(false, |doubtful, (line, number)| {
                let is_broken = broken.binary_search(&number).is_ok();
                if line.trim_start().starts_with('[') {
                    *doubtful = is_broken;
                }
                Some(*doubtful || is_broken)
            })
            .collect();
        let is_doubtful = |fault: &Fault| {
            let line = line_of(fault).and_then(|line| doubtful.get(line.checked_sub(1)?));
            line.copied().unwrap_or(false)
        };
        let mut faults = self.faults;
        faults.retain(|fault| !is_doubtful(fault));
        faults.extend(self.broken);
        faults.sort_by_key(|fault| fault.place);
        faults
    }

    /// Notes a fault at the bytes `span`.
    pub(super) fn fault(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        hint: Option<String>,
    ) {
        let fault = self.placed(span, ()).fault(message, hint);
        self.faults.push(fault);
    }

    pub(super) fn placed<T>(&self, span: Range<usize>, value: T) -> Placed<T> {
        let place = self.lines.place(self.text, span.start);
        Placed::new(value, Arc::clone(&self.file), place)
    }

    fn wrong_type(&mut self, name: &str, expected: &str, value: &Value<'_>) {
        let message = format!(
            "`{}` expects {expected}, not {}",
            shorten(name),
            describe(value.get_ref())
        );
        self.fault(value.span(), message, None);
    }

    /// A text.
    pub(super) fn text(&mut self, name: &str, value: &Value<'t>) -> Option<Placed<String>> {
        match value.get_ref().as_str() {
            Some(text) => Some(self.placed(value.span(), text.to_owned())),
            None => {
                self.wrong_type(name, "text in quotes", value);
                None
            }
        }
    }

    /// A text that says something.
    pub(super) fn word(&mut self, name: &str, value: &Value<'t>) -> Option<Placed<String>> {
        let text = self.text(name, value)?;
        if text.trim().is_empty() {
            self.fault(
                value.span(),
                format!("`{}` holds an empty text", shorten(name)),
                None,
            );
            return None;
        }
        Some(text)
    }

    /// True or false.
    pub(super) fn switch(&mut self, name: &str, value: &Value<'t>) -> Option<bool> {
        let found = value.get_ref().as_bool();
        if found.is_none() {
            self.wrong_type(name, "true or false", value);
        }
        found
    }

    /// A whole number within `range`.
    pub(super) fn number(
        &mut self,
        name: &str,
        value: &Value<'t>,
        range: std::ops::RangeInclusive<u32>,
    ) -> Option<u32> {
        let Some(integer) = value.get_ref().as_integer() else {
            self.wrong_type(name, "a whole number", value);
            return None;
        };
        let number = u32::from_str_radix(integer.as_str(), integer.radix()).ok();
        let found = number.filter(|number| range.contains(number));
        if found.is_none() {
            let (least, most) = range.into_inner();
            let message = format!("`{name}` expects {least} to {most}, not {integer}");
            self.fault(value.span(), message, None);
        }
        found
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(
        &mut self,
        name: &str,
        value: &Value<'t>,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        let text = self.text(name, value)?;
        let found = choices.iter().find(|(word, _)| *word == *text);
        if found.is_none() {
            let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
            let message = format!("`{name}` cannot be \"{}\"", shorten(&text));
            self.fault(value.span(), message, closest::hint(&text, &words));
        }
        found.map(|(_, choice)| *choice)
    }

    /// A list of texts, none empty and none twice.
    pub(super) fn words(&mut self, name: &str, value: &Value<'t>) -> Option<Vec<String>> {
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(name, "a list of texts", value);
            return None;
        };
        let mut words: Vec<String> = Vec::new();
        for item in array.iter() {
            let Some(word) = self.word(name, item) else {
                continue;
            };
            if words.contains(&word) {
                let message = format!("`{name}` has \"{}\" twice", shorten(&word));
                self.fault(item.span(), message, None);
            } else {
                words.push(word.value);
            }
        }
        Some(words)
    }

    /// The entries of a table; `example` shows how one is begun.
    pub(super) fn table(
        &mut self,
        name: &str,
        value: &Value<'t>,
        example: &str,
    ) -> Option<Section<'t>> {
        match value.get_ref() {
            DeValue::Table(table) => Some(Section::new(table.clone())),
            _ => {
                self.wrong_type(name, &format!("a table, as in `{example}`"), value);
                None
            }
        }
    }
}

fn line_of(fault: &Fault) -> Option<usize> {
    fault.place.map(|place| place.line)
}

/// What a value is, in words.
fn describe(value: &DeValue<'_>) -> String {
    let number = |number: &dyn Display| format!("the number {}", shorten(&number.to_string()));
    match value {
        DeValue::String(text) => format!("the text \"{}\"", shorten(text)),
        DeValue::Integer(integer) => number(integer),
        DeValue::Float(float) => number(float),
        DeValue::Boolean(switch) => switch.to_string(),
        DeValue::Datetime(_) => "a date".to_owned(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

/// Enough of a text to recognise it, on one line.
pub(super) fn shorten(text: &str) -> String {
    let mut short = String::new();
    for (count, c) in text.chars().enumerate() {
        if count == 40 {
            short.push('…');
            break;
        }
        if c.is_control() {
            short.extend(c.escape_default());
        } else {
            short.push(c);
        }
    }
    short
}

/// The entries of one table in the order in which they were written.
pub(super) struct Section<'t> {
    entries: Vec<Entry<'t>>,
    known: Vec<&'static str>,
}

/// One entry of a table.
pub(super) struct Entry<'t> {
    pub(super) key: String,
    pub(super) key_span: Range<usize>,
    pub(super) value: Value<'t>,
}

impl<'t> Section<'t> {
    fn new(table: DeTable<'t>) -> Self {
        let mut entries: Vec<Entry<'t>> = table
            .into_iter()
            .map(|(key, value)| Entry {
                key_span: key.span(),
                key: key.into_inner().into_owned(),
                value,
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_span.start);
        Self {
            entries,
            known: Vec::new(),
        }
    }

    /// Which of `keys` nobody has written.
    pub(super) fn missing(&self, keys: &[&'static str]) -> Vec<&'static str> {
        let written = |key: &&str| self.entries.iter().any(|entry| entry.key == **key);
        keys.iter().copied().filter(|key| !written(key)).collect()
    }

    /// Takes the entry `key` out and reads it into `slot`; an absent or faulty one leaves `slot` as it is.
    pub(super) fn read<T>(
        &mut self,
        key: &'static str,
        slot: &mut T,
        read: impl FnOnce(&'static str, &Value<'t>) -> Option<T>,
    ) {
        self.known.push(key);
        if let Some(at) = self.entries.iter().position(|entry| entry.key == key) {
            let entry = self.entries.remove(at);
            if let Some(value) = read(key, &entry.value) {
                *slot = value;
            }
        }
    }

    /// All entries that were not read by name.
    pub(super) fn into_entries(self) -> Vec<Entry<'t>> {
        self.entries
    }

    /// Notes every entry that nothing asked for; `noun` says what it was taken for.
    pub(super) fn refuse_the_rest(self, noun: &str, source: &mut Source<'t>) {
        for entry in self.entries {
            let message = format!("unknown {noun} `{}`", shorten(&entry.key));
            let hint = closest::hint(&entry.key, &self.known);
            source.fault(entry.key_span, message, hint);
        }
    }
}
