//! The filter of ideas on the command line: that of their table in the console, with the same fields and faults.

use crate::app::prompt::names::known_names;
use crate::cli::output::Result;
use crate::cli::session::Session;
use crate::domain::listing::{IdeaQuery, Vocabulary};
use crate::problem::{Kind, Problem};
use crate::query::{self, About, Field, NameField, Query};

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
    known_names(&known, text, &filter).map_err(|(column, words)| match column {
        Some(column) => unknown(&filter, text, column, &words),
        None => Problem::new(Kind::NotFound, "cannot understand the filter").because(words),
    })?;
    let people = known.people.iter();
    Ok(filter.with_handles(people.map(|(handle, name, _)| (handle, name.as_str()))))
}

/// The name at that column is nobody's: told as where feedback is listed.
fn unknown(filter: &Query, text: &str, column: usize, words: &str) -> Problem {
    let at = |name: &str| query::columns_of(text, name).filter(|at| at.start == column);
    let names = filter.names().into_iter();
    let mut found = names.filter_map(|(field, name)| Some((field, name, at(name)?)));
    let Some((field, name, columns)) = found.next() else {
        return Problem::new(Kind::NotFound, "cannot understand the filter").because(words);
    };
    let field = Field::Name(field).name();
    let (line, carets) = query::excerpt(text, &columns);
    let problem = Problem::new(Kind::NotFound, query::unknown_name(field, name));
    let problem = problem.because(line).because(carets);
    match words.split_once("did you mean ") {
        Some((_, meant)) => problem.hint(format!("did you mean {field}:{meant}")),
        None => problem.hint(query::searched_as_text(field, name)),
    }
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
