//! Looking into JSON objects: a value by its dotted path, as what it should be. What is not there, null, blank or of
//! another type is nothing; a date that cannot be read is a fault.

use serde_json::Value;

use super::Ground;
use crate::domain::moment::Moment;
use crate::exchange::dates;
use crate::exchange::html;
use crate::exchange::read::{Document, Fault, Spot};

/// The value at a path such as `fields.status.name`.
#[must_use]
pub fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.')
        .try_fold(value, |value, key| value.get(key))
        .filter(|value| !value.is_null())
}

impl Document {
    /// The value at a path such as `fields.status.name`.
    #[must_use]
    pub fn at(&self, path: &str) -> Option<&Value> {
        let (key, rest) = path.split_once('.').unwrap_or((path, ""));
        let value = self.object.get(key).filter(|value| !value.is_null())?;
        if rest.is_empty() {
            Some(value)
        } else {
            at(value, rest)
        }
    }

    /// The text at a path, as it came.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        self.at(path).and_then(text)
    }

    /// The text or number at a path, as text: ids are either.
    #[must_use]
    pub fn id(&self, path: &str) -> Option<String> {
        self.at(path).and_then(id)
    }

    /// The number at a path; nothing below 0.
    #[must_use]
    pub fn count(&self, path: &str) -> u32 {
        let number = self.at(path).and_then(Value::as_u64).unwrap_or(0);
        u32::try_from(number).unwrap_or(u32::MAX)
    }

    /// The list at a path; empty where there is none.
    #[must_use]
    pub fn list(&self, path: &str) -> &[Value] {
        self.at(path)
            .and_then(Value::as_array)
            .map_or(&[], Vec::as_slice)
    }

    /// The moment at a path and its zone in minutes east of UTC, where it tells one.
    ///
    /// # Errors
    /// When there is something that is no date.
    pub fn moment(&self, path: &str) -> Result<Option<(Moment, Option<i32>)>, Fault> {
        self.at(path)
            .map_or(Ok(None), |value| moment(value, self.line, path))
    }
}

impl Document {
    /// The HTML at a path as readable text, and itself where there was markup; empty where there is none.
    #[must_use]
    pub fn html(&self, path: &str) -> (String, Option<String>) {
        html::readable(self.text(path).unwrap_or_default())
    }

    /// When it was received: the moment at a path, else when the file was written.
    ///
    /// # Errors
    /// When there is something that is no date.
    pub fn received(
        &self,
        path: &str,
        ground: &Ground<'_>,
    ) -> Result<(Moment, Option<i32>), Fault> {
        Ok(self.moment(path)?.unwrap_or((ground.written, None)))
    }

    /// The object within this one at a key, as a document of its own; `None` where there is no object.
    #[must_use]
    pub fn inner(&self, key: &str) -> Option<Self> {
        let object = self.at(key)?.as_object()?.clone();
        Some(Self {
            line: self.line,
            object,
        })
    }
}

/// The moment that a value is, and its zone in minutes east of UTC, where it tells one.
///
/// # Errors
/// When it is something that is no date; it is then told to be in that line, under that name.
pub fn moment(
    value: &Value,
    line: u64,
    name: &str,
) -> Result<Option<(Moment, Option<i32>)>, Fault> {
    let Some(text) = id(value) else {
        return Ok(None);
    };
    let read = dates::read(&text, dates::Order::default());
    read.map(Some).ok_or_else(|| {
        let shown: String = text.chars().take(40).collect();
        Fault {
            line,
            spot: Spot::Column(name.to_owned()),
            words: format!("“{shown}” is not a date"),
        }
    })
}

/// A text that is not blank.
#[must_use]
pub fn text(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| !text.trim().is_empty())
}

/// A text or number, as text.
#[must_use]
pub fn id(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
