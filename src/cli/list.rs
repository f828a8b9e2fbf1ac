//! `intake list`: the feedback that a filter shows.

use clap::Args;

use super::arguments::Format;
use super::found;
use super::json::{FeedbackJson, FoundJson};
use super::output::{Array, Result};
use super::session::Session;
use super::table::{Column, Table};
use crate::domain::entity::Entity;
use crate::domain::feedback::{FeedbackRow, Importance};
use crate::domain::id::FeedbackId;
use crate::domain::listing::Anchor;
use crate::domain::moment::Moment;
use crate::domain::safe_text::SafeText;
use crate::query::{self, About, Query, Stray};
use crate::search::Finder;

/// How many rows are read at a time: the first lines appear at once, and `head` ends the reading.
const WINDOW: usize = 200;

/// What is listed without a filter: the work.
const DEFAULT: &str = "is:unprocessed";

/// List feedback: what a filter shows or what has these words, the best first; else what is unprocessed
#[derive(Debug, Args)]
pub(super) struct List {
    /// A filter in the language of the console, such as 'is:unprocessed owner:@hana sort:importance'
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// At most that many
    #[arg(long, short = 'n', value_name = "COUNT")]
    limit: Option<usize>,
    #[command(flatten)]
    format: Format,
}

const COLUMNS: [Column; 7] = [
    Column::new("ID"),
    Column::new("IMPORTANCE").rank(2),
    Column::new("AGE").right().rank(1),
    Column::new("STATE").rank(5),
    Column::new("COMPANY").most(18).rank(3),
    Column::new("OWNER").most(12).rank(4),
    Column::new("TITLE"),
];

impl List {
    /// Changes nothing.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let filter = if self.filter.is_empty() {
            DEFAULT.to_owned()
        } else {
            self.filter.join(" ")
        };
        let query = query::parse(&filter).map_err(|faults| query::problem(&filter, &faults))?;
        let now = session.workspace.now();
        let searched = query.searched();
        let finder = Finder::of(&searched);
        let mut table = Table::new(&COLUMNS);
        let mut array = Array::default();
        let mut anchor = Anchor::Start;
        let mut left = self.limit.unwrap_or(usize::MAX);
        let mut any = false;
        while left > 0 {
            let window = session.workspace.inbox(&query, &anchor, left.min(WINDOW))?;
            let mut rows = Vec::new();
            let ids: Vec<FeedbackId> = window.rows.iter().map(|row| row.id).collect();
            let workspace = &session.workspace;
            let passages = found::passages(&ids, &searched, |ids, searched| {
                workspace.feedback_passages(ids, searched)
            })?;
            for (row, passage) in window.rows.iter().zip(&passages) {
                let short = session.short_of(Entity::Feedback, row.id)?;
                if self.format.json {
                    let marks = finder.all(&row.title);
                    let json = FeedbackJson::new(row, &short, now);
                    let json = FoundJson::new(json, &marks, passage.as_ref());
                    array.push(session.output, &json)?;
                } else {
                    let cells = cells(row, &short, now);
                    rows.push(found::row(cells, &row.title, &finder, passage.as_ref()));
                }
            }
            table.found(session.output, &rows)?;
            left -= window.rows.len().min(left);
            any |= !window.rows.is_empty();
            match window.rows.into_iter().last() {
                Some(last) if window.after => anchor = Anchor::After(Box::new(last)),
                _ => break,
            }
        }
        if self.format.json {
            array.end(session.output)?;
            return match any {
                true => Ok(()),
                false => hint(session, &query),
            };
        }
        if !any && session.output.width().is_some() {
            session.output.say(&format!("nothing matches {filter}"))?;
        }
        match any {
            true => Ok(()),
            false => hint(session, &query),
        }
    }
}

/// Of a search that found nothing: which word looks like a condition and is none, and how much its words find without its other
/// conditions, else whom they name or words near to them.
fn hint(session: &mut Session<'_>, query: &Query) -> Result {
    match About::Feedback.stray(query) {
        Some(Stray::Elsewhere { field, .. }) => {
            session.hint(&format!(
                "{field}: is a field of ideas: intake idea list narrows by it"
            ))?;
        }
        Some(Stray::Mistyped { typed, meant }) => {
            session.hint(&format!("{typed}: is no field, did you mean {meant}:?"))?;
        }
        Some(Stray::Foreign { typed, meant }) => {
            session.hint(&format!("{typed}: is no field, did you mean {meant}?"))?;
        }
        // What its words find is what was to be ruled out.
        Some(Stray::Negation { meant }) => {
            return session.hint(&format!("NOT is text here; write {meant}"));
        }
        None => {}
    }
    let words = query.words_alone();
    if words.texts().is_empty() {
        return Ok(());
    }
    let (found, tally) = session.workspace.wider(&words)?;
    let more = if tally.whole { "" } else { "+" };
    let alone = match (found == words, words == query.clone().canonical()) {
        // That was asked, and nothing was found; or somebody asked for no rows.
        (true, true) => return Ok(()),
        (true, false) => ", without the other conditions",
        (false, _) => "",
    };
    match tally.total {
        0 if found == words => return Ok(()),
        0 => {
            return session.hint(&format!(
                "the name is known, but “{found}” finds nothing either"
            ));
        }
        _ => {}
    }
    session.hint(&format!("“{found}” finds {}{more}{alone}", tally.total))
}

/// What stands before the title.
fn cells(row: &FeedbackRow, short: &str, now: Moment) -> Vec<SafeText> {
    let owner = row.owner.as_ref().map(ToString::to_string);
    vec![
        SafeText::line(short),
        SafeText::from_static(importance(row.importance)),
        SafeText::line(&row.received.dated(now)),
        SafeText::from_static(row.shown_state(now).name()),
        SafeText::line(row.company.as_deref().unwrap_or_default()),
        SafeText::line(owner.as_deref().unwrap_or_default()),
    ]
}

/// The importance in one word; nothing where nobody has said.
pub(super) const fn importance(importance: Option<Importance>) -> &'static str {
    match importance {
        None => "",
        Some(Importance::NotImportant) => "not",
        Some(Importance::NiceToHave) => "nice",
        Some(Importance::Important) => "important",
        Some(Importance::Critical) => "critical",
    }
}
