//! A labelled set: lines of JSON, one item each.

use intake::domain::people::Handle;
use serde_json::Value;

/// What the program takes as one field, in bytes; the end of a longer body is left out.
const LONGEST: usize = 1 << 20;

/// An item, and which others say the same.
pub struct Item {
    /// Its title; the first line of its text where it has none.
    pub title: String,
    /// Its text.
    pub body: String,
    /// All items with the same label are about one idea.
    pub group: String,
    /// The made-up owner of its component, where it tells one.
    pub owner: Option<Handle>,
    /// Its component as an area, where that was asked for.
    pub area: Option<String>,
}

/// The items of a set.
#[derive(Default)]
pub struct Labelled {
    /// In the order of the file.
    pub items: Vec<Item>,
    /// How many had no label, and stand alone.
    pub alone: usize,
    /// How many bodies were cut.
    pub cut: usize,
}

/// Reads a set. Ids and labels are numbers or text; bodies may be missing or null, and so may labels: such an item is alone.
///
/// # Errors
/// With the number of the line that is no object.
pub fn read(bytes: &[u8], areas: bool) -> Result<Labelled, String> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let mut all = Labelled::default();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let value: Value = serde_json::from_str(line).map_err(|error| {
            // What the parser calls line 1 is this one.
            let error = error
                .to_string()
                .replace(" at line 1 column ", " at column ");
            format!("line {number}: {error}")
        })?;
        if !value.is_object() {
            return Err(format!("line {number}: this is no object"));
        }
        all.take(number, &value, areas);
    }
    if all.items.is_empty() {
        return Err("there is no item in it".to_owned());
    }
    Ok(all)
}

impl Labelled {
    fn take(&mut self, number: usize, value: &Value, areas: bool) {
        let text = |key: &str| match &value[key] {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let group = text("group").or_else(|| text("label_or_duplicate_of"));
        self.alone += usize::from(group.is_none());
        let mut body = text("body").unwrap_or_default();
        if body.len() >= LONGEST {
            let end = (0..LONGEST).rev().find(|end| body.is_char_boundary(*end));
            body.truncate(end.unwrap_or_default());
            self.cut += 1;
        }
        let component = text("component").map(|component| {
            let product = text("product").unwrap_or_default();
            format!("{product}-{component}")
        });
        self.items.push(Item {
            title: title(text("title").unwrap_or_default().trim(), &body),
            body,
            // No label of a file begins so.
            group: group.unwrap_or_else(|| format!("\0{number}")),
            owner: component.as_deref().and_then(owner),
            area: component.filter(|_| areas),
        });
    }
}

/// Titles may not be blank.
fn title(own: &str, body: &str) -> String {
    let mut lines = body.lines().map(str::trim);
    match (own, lines.find(|line| !line.is_empty())) {
        ("", Some(first)) => first.chars().take(120).collect(),
        ("", None) => "(no title)".to_owned(),
        (own, _) => own.to_owned(),
    }
}

/// The made-up owner of a component.
fn owner(component: &str) -> Option<Handle> {
    let plain = |c: char| match c.is_ascii_alphanumeric() {
        true => c.to_ascii_lowercase(),
        false => '-',
    };
    let name: String = component.chars().map(plain).collect();
    Handle::parse(name.trim_matches('-')).ok()
}
