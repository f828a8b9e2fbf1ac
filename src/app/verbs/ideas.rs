//! Verbs on ideas.

use crate::app::effect::Effect;
use crate::app::errands::FormStart;
use crate::app::picker::{self, plan, rows};
use crate::app::state::{Picking, Purpose, State};
use crate::app::{form, prompt, target};
use crate::domain::deed::Subject;
use crate::domain::id::IdeaId;
use crate::domain::idea::{Effort, IdeaRow, Timeframe};

use super::inbox::ideas_if_missing;

/// `e`: all fields of the idea in a form.
pub fn edit(state: &mut State) -> Vec<Effect> {
    match target::idea_row(state).map(|row| row.id) {
        Some(id) => form::ask(state, id, FormStart::Fields),
        None => Vec::new(),
    }
}

/// `t`: the checklist of general availability, to be ticked.
pub fn checklist(state: &mut State) -> Vec<Effect> {
    match target::idea_row(state).map(|row| row.id) {
        Some(id) => picker::checklist::ask(state, id),
        None => Vec::new(),
    }
}

/// `a`: the owner.
pub fn assign(state: &mut State) -> Vec<Effect> {
    let ids = target::ideas(state);
    let owner = match ids.as_slice() {
        [_] => target::idea_row(state).and_then(|row| row.owner.as_ref().map(ToString::to_string)),
        _ => None,
    };
    prompt::open(state, Purpose::AssignIdeas(ids), &owner.unwrap_or_default())
}

fn opened(
    state: &mut State,
    picking: Picking,
    title: &str,
    all: Vec<crate::app::state::PickerRow>,
) -> Vec<Effect> {
    picker::open(
        state,
        picking,
        title,
        "its key chooses at once · ↑ ↓ and Enter choose too",
        all,
    );
    Vec::new()
}

/// What all of the ideas share, as far as they are known; `None` where they differ.
fn shared<T: PartialEq>(state: &State, ids: &[IdeaId], of: impl Fn(&IdeaRow) -> T) -> Option<T> {
    let known = |id: &IdeaId| {
        let mut rows = state.ideas.rows.iter();
        let row = rows.find(|row| row.id == *id);
        row.or_else(|| target::idea_row(state).filter(|row| row.id == *id))
    };
    let mut values = ids.iter().map(|id| known(id).map(&of));
    let first = values.next()??;
    let alike = values.all(|value| value.as_ref() == Some(&first));
    alike.then_some(first)
}

/// `S`: the status; Planned asks for a release, Won't Do for a reason.
pub fn status(state: &mut State) -> Vec<Effect> {
    let ids = target::ideas(state);
    let now = shared(state, &ids, |row| row.status);
    let effects = opened(state, Picking::Status(ids), "status", rows::statuses());
    picker::begin_at(state, |row| now.is_some_and(|now| row.label == now.word()));
    effects
}

/// `f`: the effort.
pub fn effort(state: &mut State) -> Vec<Effect> {
    let ids = target::ideas(state);
    let now = shared(state, &ids, |row| row.effort);
    let all = rows::efforts(&ids);
    let effects = opened(state, Picking::Effort(ids), "effort", all);
    let word = now.map(|now| now.map_or(rows::UNKNOWN, Effort::word));
    picker::begin_at(state, |row| Some(row.label.as_str()) == word);
    effects
}

/// `T`: when, if no release is known.
pub fn timeframe(state: &mut State) -> Vec<Effect> {
    let ids = target::ideas(state);
    let now = shared(state, &ids, |row| row.timeframe);
    let all = rows::timeframes(&ids);
    let effects = opened(state, Picking::Timeframe(ids), "timeframe", all);
    let word = now.map(|now| now.map_or(rows::UNKNOWN, Timeframe::word));
    picker::begin_at(state, |row| Some(row.label.as_str()) == word);
    effects
}

/// `r`: puts the ideas into a release.
pub fn release(state: &mut State) -> Vec<Effect> {
    let ids = target::ideas(state);
    let now = shared(state, &ids, |row| row.release.clone()).flatten();
    let all = plan::releases(state, &ids);
    if all.is_empty() && state.plan.loaded {
        return state.refuse("there is no release yet", "C in the release plan makes one");
    }
    picker::open(
        state,
        Picking::Release(ids),
        "put into release",
        "Enter puts it there",
        all,
    );
    picker::begin_at(state, |row| Some(&row.label) == now.as_ref());
    if state.plan.loaded {
        Vec::new()
    } else {
        vec![state.ask(crate::app::effect::Question::Plan)]
    }
}

/// `m`: merges the idea into another one, which keeps its name.
pub fn merge(state: &mut State) -> Vec<Effect> {
    let Some((id, title)) = target::idea_row(state).map(|row| (row.id, row.title.clone())) else {
        return Vec::new();
    };
    let all = rows::merge(state, id);
    let title = format!("merge “{}” into", prompt::words::short(&title));
    picker::open(
        state,
        Picking::Merge(id),
        title,
        "Enter moves its insights, comments, tickets and release items there · u undoes it",
        all,
    );
    ideas_if_missing(state)
}

/// `c`: a comment.
pub fn comment(state: &mut State) -> Vec<Effect> {
    match target::idea_row(state).map(|row| row.id) {
        Some(id) => prompt::open(state, Purpose::Comment(vec![Subject::Idea(id)]), ""),
        None => Vec::new(),
    }
}

/// `C`: a new idea.
pub fn create(state: &mut State) -> Vec<Effect> {
    prompt::open(state, Purpose::NewIdea(Vec::new(), None), "")
}
