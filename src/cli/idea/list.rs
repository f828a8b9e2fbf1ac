//! `intake idea list`: the table of ideas.

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::filter::{self, Narrowed};
use crate::cli::arguments::Format;
use crate::cli::found;
use crate::cli::json::{FoundJson, IdeaJson};
use crate::cli::output::Result;
use crate::cli::session::Session;
use crate::cli::table::{Column, Found, Table};
use crate::domain::entity::Entity;
use crate::domain::id::IdeaId;
use crate::domain::idea::IdeaRow;
use crate::domain::listing::{IdeaQuery, IdeaSort};
use crate::domain::safe_text::SafeText;
use crate::query::{IdeaTexts, Query};
use crate::search::Finder;

/// List ideas, the most wanted first: all, or what a filter shows; with words the best first
#[derive(Debug, Args)]
pub(in crate::cli) struct List {
    /// A filter in the language of the console, such as 'status:planned demand:>=10 export'
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    #[command(flatten)]
    narrowed: Narrowed,
    /// The order; without one by demand, or the best first where words are given
    #[arg(long, value_parser = sort())]
    sort: Option<IdeaSort>,
    /// The other way round
    #[arg(long)]
    reverse: bool,
    /// At most that many
    #[arg(long, short = 'n', value_name = "COUNT")]
    limit: Option<usize>,
    #[command(flatten)]
    format: Format,
}

const SORTS: [(&str, &str, IdeaSort); 5] = [
    ("demand", "the most wanted first", IdeaSort::Demand),
    ("title", "from A to Z", IdeaSort::Title),
    ("status", "from New to Released", IdeaSort::Status),
    ("when", "what is due first", IdeaSort::When),
    ("changed", "the latest change first", IdeaSort::Changed),
];

fn sort() -> impl TypedValueParser<Value = IdeaSort> {
    let values = SORTS.map(|(name, help, _)| PossibleValue::new(name).help(help));
    PossibleValuesParser::new(values).map(|typed| {
        let found = SORTS.iter().find(|(name, _, _)| *name == typed);
        found.map_or(IdeaSort::Demand, |(_, _, sort)| *sort)
    })
}

const COLUMNS: [Column; 8] = [
    Column::new("ID"),
    Column::new("DEMAND").right().rank(1),
    Column::new("STATUS").rank(2),
    Column::new("EFFORT").rank(5),
    Column::new("WHEN").most(14).rank(3),
    Column::new("OWNER").most(12).rank(4),
    Column::new("AREA").most(14).rank(6),
    Column::new("TITLE"),
];

impl List {
    /// Changes nothing.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let filter = filter::read(session, &self.filter.join(" "))?;
        let query = IdeaQuery {
            sort: self.sort.unwrap_or_default(),
            reversed: self.reverse,
            ..self.narrowed.query(session)?
        };
        let mut ideas = session.workspace.filtered_ideas(&query, &filter)?;
        let searched = filter.searched();
        if self.sort.is_none() && !searched.is_empty() {
            best_first(session, &filter, &mut ideas)?;
        }
        ideas.truncate(self.limit.unwrap_or(usize::MAX));
        let finder = Finder::of(&searched);
        let ids: Vec<IdeaId> = ideas.iter().map(|idea| idea.id).collect();
        let workspace = &session.workspace;
        let passages = found::passages(&ids, &searched, |ids, searched| {
            workspace.idea_passages(ids, searched)
        })?;
        let named: Vec<(IdeaRow, String)> = ideas
            .into_iter()
            .map(|idea| {
                let short = session.short_of(Entity::Idea, idea.id)?;
                Ok((idea, short))
            })
            .collect::<Result<_>>()?;
        if self.format.json {
            let json = named.iter().zip(&passages).map(|((idea, short), passage)| {
                let marks = finder.all(&idea.title);
                let json = IdeaJson::new(idea, short);
                Ok(FoundJson::new(json, &marks, passage.as_ref()))
            });
            return session.output.array(json);
        }
        let rows: Vec<Found> = named
            .iter()
            .zip(&passages)
            .map(|((idea, short), passage)| {
                found::row(cells(idea, short), &idea.title, &finder, passage.as_ref())
            })
            .collect();
        Table::new(&COLUMNS).found(session.output, &rows)
    }
}

/// Orders ideas by how well they fit the words, as the table of the console does; of equals the order stays.
fn best_first(session: &Session<'_>, filter: &Query, ideas: &mut [IdeaRow]) -> Result {
    let found = session.workspace.search_ideas(&filter.searches())?;
    let texts = IdeaTexts::of(filter, &found, Finder::has_all);
    ideas.sort_by_cached_key(|idea| texts.place(idea));
    Ok(())
}

/// What stands before the title.
fn cells(idea: &IdeaRow, short: &str) -> Vec<SafeText> {
    let owner = idea.owner.as_ref().map(ToString::to_string);
    vec![
        SafeText::line(short),
        SafeText::line(&idea.demand.to_string()),
        SafeText::from_static(idea.status.word()),
        SafeText::from_static(idea.effort.map_or("", |effort| effort.word())),
        SafeText::line(idea.when().unwrap_or_default()),
        SafeText::line(owner.as_deref().unwrap_or_default()),
        SafeText::line(idea.area.as_deref().unwrap_or_default()),
    ]
}
