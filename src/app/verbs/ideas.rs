//! Verbs on ideas.

use crate::app::effect::Effect;
use crate::app::errands::FormStart;
use crate::app::picker::{self, plan, rows};
use crate::app::state::{Overlay, Picking, Purpose, State};
use crate::app::{form, prompt, target};
use crate::domain::deed::Subject;

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

/// `S`: the status; Planned asks for a release, Won't Do for a reason.
pub fn status(state: &mut State) -> Vec<Effect> {
    let ids = target::ideas(state);
    let now = match ids.as_slice() {
        [one] => {
            let mut rows = state.ideas.rows.iter();
            let marked = rows.find(|row| row.id == *one);
            marked.or(target::idea_row(state)).map(|row| row.status)
        }
        _ => None,
    };
    let effects = opened(state, Picking::Status(ids), "status", rows::statuses());
    if let (Some(now), Some(Overlay::Picker(picker))) = (now, state.overlays.last_mut()) {
        let here = |row: &crate::app::state::PickerRow| {
            row.choice == crate::app::state::Choice::Status(now)
        };
        picker.cursor = picker.rows.iter().position(here).unwrap_or(0);
    }
    effects
}

/// `f`: the effort.
pub fn effort(state: &mut State) -> Vec<Effect> {
    let ids = target::ideas(state);
    let all = rows::efforts(&ids);
    opened(state, Picking::Effort(ids), "effort", all)
}

/// `T`: when, if no release is known.
pub fn timeframe(state: &mut State) -> Vec<Effect> {
    let ids = target::ideas(state);
    let all = rows::timeframes(&ids);
    opened(state, Picking::Timeframe(ids), "timeframe", all)
}

/// `r`: puts the ideas into a release.
pub fn release(state: &mut State) -> Vec<Effect> {
    let ids = target::ideas(state);
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
        Some(id) => prompt::open(state, Purpose::Comment(Subject::Idea(id)), ""),
        None => Vec::new(),
    }
}

/// `C`: a new idea.
pub fn create(state: &mut State) -> Vec<Effect> {
    prompt::open(state, Purpose::NewIdea(Vec::new(), None), "")
}
