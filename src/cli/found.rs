//! What was searched for in the rows of a list.

use crate::domain::passage::{Marked, Passage, Searched};
use crate::domain::safe_text::SafeText;
use crate::problem::Problem;
use crate::search::Finder;

use super::table::Found;

/// A row of a table: its cells but the last, and the title, which is the last, with its matches and its passage.
pub(super) fn row(
    mut cells: Vec<SafeText>,
    title: &str,
    finder: &Finder,
    passage: Option<&Passage>,
) -> Found {
    let title = Marked::line(title, &finder.all(title));
    cells.push(title.text);
    Found {
        cells,
        marks: title.marks,
        below: passage.map(|passage| match passage.said_in() {
            None => passage.line(),
            Some(place) => {
                let colon = SafeText::from_static(": ");
                let place = SafeText::concat([&place, &colon]);
                Marked::plain(place).and(&passage.line())
            }
        }),
    }
}

/// The passages of all these things, in their order. `some` answers for as many as it can at once.
pub(super) fn passages<Id: Copy>(
    ids: &[Id],
    searched: &[Searched],
    some: impl Fn(&[Id], &[Searched]) -> Result<Vec<(Id, Option<Passage>)>, Problem>,
) -> Result<Vec<Option<Passage>>, Problem> {
    if Finder::of(searched).is_empty() {
        return Ok(vec![None; ids.len()]);
    }
    let mut found = Vec::with_capacity(ids.len());
    while let Some(left) = ids.get(found.len()..).filter(|left| !left.is_empty()) {
        let more = some(left, searched)?;
        if more.is_empty() {
            found.resize(ids.len(), None);
        }
        found.extend(more.into_iter().map(|(_, passage)| passage));
    }
    Ok(found)
}
