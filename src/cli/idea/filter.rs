//! The filter of ideas on the command line: that of their table in the console, with the same fields and faults.

use clap::Args;

use crate::app::prompt::names::unknown_name;
use crate::cli::arguments::choice;
use crate::cli::output::Result;
use crate::cli::session::Session;
use crate::domain::idea::Status;
use crate::domain::listing::{IdeaQuery, Vocabulary};
use crate::problem::{Kind, Problem};
use crate::query::{self, About, NameField, Query};

/// Options that narrow a list of ideas, beside its filter.
#[derive(Debug, Args)]
pub(in crate::cli) struct Narrowed {
    /// Only ideas of that status
    #[arg(long, value_parser = choice::<Status>(), ignore_case = true)]
    status: Option<Status>,
    /// Only ideas of that owner: @hana or me
    #[arg(long, value_name = "@HANDLE")]
    owner: Option<String>,
    /// Only ideas of that product area
    #[arg(long, value_name = "NAME")]
    area: Option<String>,
}

impl Narrowed {
    /// Whether one of them was given.
    pub(in crate::cli) const fn is_narrowed(&self) -> bool {
        self.status.is_some() || self.owner.is_some() || self.area.is_some()
    }

    /// The ideas that they leave.
    pub(in crate::cli) fn query(&self, session: &Session<'_>) -> Result<IdeaQuery> {
        let owner = match &self.owner {
            Some(owner) => session.person(owner)?,
            None => None,
        };
        Ok(IdeaQuery {
            status: self.status,
            owner,
            area: self.area.clone(),
            ..IdeaQuery::default()
        })
    }
}

/// Reads a filter.
///
/// # Errors
/// All that is wrong with it, with the columns: a value that a field does not have, a name that nobody has, `me` where
/// nobody has said who that is.
pub(in crate::cli) fn read(session: &Session<'_>, text: &str) -> Result<Query> {
    let filter = About::Ideas.parse(text);
    let filter = filter.map_err(|faults| query::problem(text, &faults))?;
    if filter.asks_for_me() && session.workspace.me().is_none() {
        let problem = Problem::new(
            Kind::Usage,
            "the filter asks for what is yours, and it is not known who you are",
        );
        return Err(problem
            .hint("say who you are: --as @handle, or me in the configuration")
            .into());
    }
    // What there is to name is read only where something is named.
    if filter.names().is_empty() {
        return Ok(filter);
    }
    let known = vocabulary(session, &filter)?;
    if let Some(unknown) = unknown_name(&known, &filter) {
        return Err(unknown.problem(text).into());
    }
    let people = known.people.iter();
    Ok(filter.with_handles(people.map(|(handle, name, _)| (handle, name.as_str()))))
}

/// The names that the filter can have: what the store lists, the releases, and the editions that ideas have or may be given.
fn vocabulary(session: &Session<'_>, filter: &Query) -> Result<Vocabulary> {
    let asks = |field: NameField| filter.names().iter().any(|(asked, _)| *asked == field);
    let mut known = session.workspace.vocabulary()?;
    if asks(NameField::Release) {
        let plan = session.workspace.plan()?;
        let releases = plan.releases.into_iter();
        known.releases = releases.map(|planned| planned.release.name).collect();
    }
    if asks(NameField::Edition) {
        let ideas = session.workspace.ideas(&IdeaQuery::default())?;
        let of_ideas = ideas.into_iter().filter_map(|idea| idea.edition);
        let configured = session.config.settings.editions.iter().cloned();
        known.editions = of_ideas.chain(configured).collect();
    }
    Ok(known)
}
