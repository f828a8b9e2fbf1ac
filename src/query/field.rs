//! The table of fields. The parser, the completion and the reference read the same rows.

use std::fmt::Write as _;

use crate::domain::feedback::{FeedbackKind, Importance};
use crate::domain::idea::{Effort, IdeaKind, Stage, Status, Timeframe};

use super::about::About;
use super::value::{Fixed, Has, Is, NameField, SortKey};

/// A field of the filter language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// `is:`
    Is,
    /// `has:`
    Has,
    /// `kind:`
    Kind,
    /// `importance:`
    Importance,
    /// A field whose values are names.
    Name(NameField),
    /// `age:`
    Age,
    /// `received:`
    Received,
    /// `sort:`
    Sort,
    /// A field that ideas alone have.
    Idea(IdeaField),
}

/// A field that ideas alone have, names apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdeaField {
    /// `status:`
    Status,
    /// `timeframe:`
    Timeframe,
    /// `effort:`
    Effort,
    /// `demand:`
    Demand,
    /// `kind:`
    Kind,
    /// `stage:`
    Stage,
}

/// What one field is called and what it is for.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The field.
    pub field: Field,
    /// Its name, without the colon.
    pub name: &'static str,
    /// Values that show how it is written; where the values are fixed words, those come from [`Fixed::WORDS`].
    pub examples: &'static [&'static str],
    /// One line of help.
    pub help: &'static str,
}

const fn row(
    field: Field,
    name: &'static str,
    examples: &'static [&'static str],
    help: &'static str,
) -> Row {
    Row {
        field,
        name,
        examples,
        help,
    }
}

const OWNER: Row = row(
    Field::Name(NameField::Owner),
    "owner",
    &["@hana", "me", "none"],
    "the PM responsible",
);

const AREA: Row = row(
    Field::Name(NameField::Area),
    "area",
    &["Boards", "none"],
    "the product area",
);

/// Every field of feedback, in the order of the reference.
pub const FIELDS: &[Row] = &[
    row(Field::Is, "is", &[], "where it stands, and whose it is"),
    OWNER,
    AREA,
    row(
        Field::Name(NameField::Tag),
        "tag",
        &["mobile", "none"],
        "a tag",
    ),
    row(
        Field::Name(NameField::Company),
        "company",
        &["Globex", "\"Acme, Inc.\"", "none"],
        "the customer's organisation",
    ),
    row(
        Field::Name(NameField::Customer),
        "customer",
        &["\"Ada Byron\"", "none"],
        "who wants it",
    ),
    row(
        Field::Name(NameField::Tier),
        "tier",
        &["Enterprise", "none"],
        "the tier of the company",
    ),
    row(
        Field::Name(NameField::Segment),
        "segment",
        &["government", "none"],
        "the segment of the company",
    ),
    row(
        Field::Name(NameField::Reporter),
        "reporter",
        &["@dana", "me", "none"],
        "the colleague who filed it",
    ),
    row(
        Field::Name(NameField::Source),
        "source",
        &["zendesk", "none"],
        "the tool it came from",
    ),
    row(Field::Kind, "kind", &[], "what sort of feedback it is"),
    row(
        Field::Importance,
        "importance",
        &["critical", ">=2", "0..1", "unset"],
        "how much it matters to that customer",
    ),
    row(
        Field::Name(NameField::Idea),
        "idea",
        &["d3xm", "\"Export boards\"", "none"],
        "an idea it is linked to, by short id or title",
    ),
    row(
        Field::Age,
        "age",
        &[">7d", "<2w", "7d..14d", "7d"],
        "how long ago it was received: m, h, d, w or y",
    ),
    row(
        Field::Received,
        "received",
        &["2026-11-01..", "2026-11-01..2026-11-15", "2026-11", "2026"],
        "the days on which it was received, both ends included",
    ),
    row(Field::Has, "has", &[], "what it has"),
    row(
        Field::Sort,
        "sort",
        &["age", "-age", "company,-age"],
        "the order of the list; - turns it round",
    ),
];

/// Every field of ideas, in the order of the reference.
pub const IDEA_FIELDS: &[Row] = &[
    row(
        Field::Idea(IdeaField::Status),
        "status",
        &[],
        "where it stands",
    ),
    OWNER,
    AREA,
    row(
        Field::Name(NameField::Release),
        "release",
        &["v10.4", "none"],
        "the release it is planned for; of several the earliest",
    ),
    row(
        Field::Idea(IdeaField::Timeframe),
        "timeframe",
        &[],
        "when it comes, as far as its timeframe says",
    ),
    row(
        Field::Idea(IdeaField::Effort),
        "effort",
        &["m", ">=l", "xs..s", "none"],
        "how much work it is",
    ),
    row(
        Field::Idea(IdeaField::Demand),
        "demand",
        &[">=10", "5..20", "0"],
        "how much it is wanted",
    ),
    row(
        Field::Idea(IdeaField::Kind),
        "kind",
        &[],
        "what sort of idea it is",
    ),
    row(
        Field::Idea(IdeaField::Stage),
        "stage",
        &[],
        "how mature it is",
    ),
    row(
        Field::Name(NameField::Edition),
        "edition",
        &["Enterprise", "none"],
        "the edition that has it",
    ),
];

/// A fixed value and its line of help, whatever its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value {
    /// How it is written.
    pub word: &'static str,
    /// One line of help.
    pub help: &'static str,
}

fn values<T: Fixed>() -> Vec<Value> {
    let mut seen: Vec<T> = Vec::new();
    let mut found = Vec::new();
    for row in T::WORDS {
        if !seen.contains(&row.value) {
            seen.push(row.value);
            found.push(Value {
                word: row.word,
                help: row.help,
            });
        }
    }
    found
}

impl Field {
    /// Its name, without the colon.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().map_or("", |row| row.name)
    }

    /// Its row in [`FIELDS`] or [`IDEA_FIELDS`].
    pub(super) fn row(self) -> Option<&'static Row> {
        let mut rows = FIELDS.iter().chain(IDEA_FIELDS);
        rows.find(|row| row.field == self)
    }

    /// Its fixed words without their synonyms: all its values, or those that are no names.
    #[must_use]
    pub fn values(self) -> Vec<Value> {
        const NONE: Value = Value {
            word: "none",
            help: "the field is empty",
        };
        const ME: Value = Value {
            word: "me",
            help: "myself",
        };
        match self {
            Self::Is => values::<Is>(),
            Self::Has => values::<Has>(),
            Self::Kind => values::<Option<FeedbackKind>>(),
            Self::Importance => values::<Option<Importance>>(),
            Self::Sort => values::<SortKey>(),
            Self::Idea(field) => match field {
                IdeaField::Status => values::<Status>(),
                IdeaField::Timeframe => values::<Option<Timeframe>>(),
                IdeaField::Effort => values::<Option<Effort>>(),
                IdeaField::Kind => values::<Option<IdeaKind>>(),
                IdeaField::Stage => values::<Option<Stage>>(),
                IdeaField::Demand => Vec::new(),
            },
            Self::Name(field) if field.is_person() => vec![ME, NONE],
            Self::Name(_) => vec![NONE],
            Self::Age | Self::Received => Vec::new(),
        }
    }
}

/// The reference of fields and values as Markdown. `docs/filter.md` holds the same text, and a test compares them.
#[must_use]
pub fn reference(about: About) -> String {
    let mut text = String::from("| Field | Values | Meaning |\n|---|---|---|\n");
    for row in about.fields() {
        let shown: Vec<String> = if row.examples.is_empty() {
            let values = row.field.values();
            values.iter().map(|v| format!("`{}`", v.word)).collect()
        } else {
            row.examples.iter().map(|e| format!("`{e}`")).collect()
        };
        // Writing into a String cannot fail.
        let _ = writeln!(
            text,
            "| `{}:` | {} | {} |",
            row.name,
            shown.join(" "),
            row.help
        );
    }
    text.push_str("\n| Value | Meaning |\n|---|---|\n");
    for row in about.fields() {
        if matches!(row.field, Field::Name(_)) {
            continue;
        }
        for value in row.field.values() {
            let _ = writeln!(text, "| `{}:{}` | {} |", row.name, value.word, value.help);
        }
    }
    text
}
