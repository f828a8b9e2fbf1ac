//! `intake log`: what was done, newest first.

use clap::Args;

use super::action;
use super::arguments::Format;
use super::json::{ActionJson, ChangeJson};
use super::output::{Array, Result};
use super::session::Session;
use super::table::{Column, Table};
use crate::domain::entity::Entity;
use crate::domain::id::ActionId;
use crate::domain::moment::Moment;
use crate::domain::safe_text::SafeText;
use crate::domain::timeline::TimelineEntry;

/// How many actions are read at a time.
const PAGE: usize = 200;

/// How many changed fields of one action are shown.
const MOST_CHANGES: usize = 10_000;

/// List what was done, newest first: everything, or to one thing, or the fields that one action changed
#[derive(Debug, Args)]
pub(super) struct Log {
    /// A thing by short id (ideas and releases also by name), or an action
    id: Option<String>,
    /// At most that many
    #[arg(long, short = 'n', value_name = "COUNT")]
    limit: Option<usize>,
    #[command(flatten)]
    format: Format,
}

const COLUMNS: [Column; 4] = [
    Column::new("ACTION"),
    Column::new("AGE").right().rank(1),
    Column::new("WHO").most(12).rank(2),
    Column::new("WHAT"),
];

const CHANGES: [Column; 4] = [
    Column::new("THING").most(30),
    Column::new("FIELD").most(20),
    Column::new("FROM").most(24).rank(1),
    Column::new("TO"),
];

const THINGS: [Entity; 6] = [
    Entity::Feedback,
    Entity::Idea,
    Entity::Release,
    Entity::ReleaseItem,
    Entity::Person,
    Entity::Company,
];

impl Log {
    /// Changes nothing.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let about = match self.id.as_deref() {
            None => None,
            Some(text) => match session.thing(text, &THINGS) {
                Ok(candidate) => Some(candidate.thing),
                Err(nothing) => match action::find(session, text) {
                    Ok(entry) => return self.changes(session, entry.action),
                    Err(_) => return Err(nothing.into()),
                },
            },
        };
        let now = session.workspace.now();
        let mut left = self.limit.unwrap_or(usize::MAX);
        let mut before: Option<ActionId> = None;
        let mut table = Table::new(&COLUMNS);
        let mut array = Array::default();
        while left > 0 {
            let page = session.workspace.timeline(about, before, left.min(PAGE))?;
            let Some(last) = page.last() else {
                break;
            };
            before = Some(last.action);
            left -= page.len().min(left);
            let mut rows = Vec::new();
            for entry in &page {
                let short = action::short(entry.action);
                if self.format.json {
                    let json = ActionJson::new(entry, short, &|thing| session.short(thing))?;
                    array.push(session.output, &json)?;
                } else {
                    rows.push(cells(entry, &short, now));
                }
            }
            table.rows(session.output, &rows)?;
        }
        match self.format.json {
            true => array.end(session.output),
            false => Ok(()),
        }
    }

    fn changes(&self, session: &mut Session<'_>, action: ActionId) -> Result {
        let most = self.limit.unwrap_or(MOST_CHANGES);
        let changes = session.workspace.changes(action, most)?;
        if self.format.json {
            let json = changes.iter().map(|change| Ok(ChangeJson::from(change)));
            return session.output.array(json);
        }
        let rows: Vec<Vec<SafeText>> = changes
            .iter()
            .map(|change| {
                vec![
                    SafeText::line(&change.thing),
                    SafeText::line(&change.field),
                    SafeText::line(change.from.as_deref().unwrap_or("—")),
                    SafeText::line(change.to.as_deref().unwrap_or("—")),
                ]
            })
            .collect();
        Table::new(&CHANGES).rows(session.output, &rows)
    }
}

fn cells(entry: &TimelineEntry, short: &str, now: Moment) -> Vec<SafeText> {
    let words = match entry.undone_by {
        Some(by) => format!("{} (undone by {})", entry.words, action::short(by)),
        None => entry.words.clone(),
    };
    vec![
        SafeText::line(short),
        SafeText::line(&entry.at.age(now)),
        SafeText::line(&entry.author),
        SafeText::line(&words),
    ]
}
