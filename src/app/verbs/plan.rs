//! Verbs on the release plan.

use crate::app::effect::Effect;
use crate::app::picker::{self, plan};
use crate::app::shifting::shifts;
use crate::app::state::{FieldPrompt, Picking, Purpose, State};
use crate::app::{prompt, target};
use crate::domain::deed::{Deed, Step};
use crate::domain::id::{IdeaId, ReleaseItemId};
use crate::domain::moment::Moment;

use super::commit;
use super::inbox::ideas_if_missing;

/// `<` and `>`: moves the items to the nearest earlier or later release that is not out, each from its own, in one undo step.
pub fn shift(state: &mut State, later: bool) -> Vec<Effect> {
    let mut moves = match shifts(state, later) {
        Ok(moves) => moves,
        Err(words) => return state.refuse(words, ""),
    };
    let deed = match moves.len() {
        1 => {
            let (to, items) = moves.remove(0);
            Deed::MoveItems { items, to }
        }
        _ => Deed::SpreadItems { moves },
    };
    commit(state, deed)
}

/// `Alt-↑` and `Alt-↓`: one place up or down within the release.
pub fn reorder(state: &mut State, step: Step) -> Vec<Effect> {
    match target::chosen_item(state).map(|item| item.id) {
        Some(item) => commit(state, Deed::ReorderItem { item, step }),
        None => Vec::new(),
    }
}

/// `c`: an update with its health.
pub fn update(state: &mut State) -> Vec<Effect> {
    let items = target::release_items(state);
    prompt::open(state, Purpose::Update(items), "")
}

/// `=`: nothing has changed.
pub fn no_change(state: &mut State) -> Vec<Effect> {
    let mut items = target::release_items(state);
    let of_plan = state.plan.plan.releases.iter();
    let said = of_plan
        .flat_map(|planned| &planned.items)
        .filter_map(|item| {
            let update = item.update.as_ref()?;
            let said = update.has_said_it(item.owes_update, state.now);
            said.then_some((item.id, update.at))
        });
    let said: Vec<(ReleaseItemId, Moment)> = said.collect();
    let asked = items.clone();
    items.retain(|id| said.iter().all(|(known, _)| known != id));
    if items.is_empty() {
        let at = said.iter().find(|(id, _)| asked.contains(id));
        return said_already(state, asked.len(), at.map(|(_, at)| *at));
    }
    commit(state, Deed::NoChange { items })
}

/// Says that to say it again would tell nobody anything.
pub(super) fn said_already(state: &mut State, items: usize, at: Option<Moment>) -> Vec<Effect> {
    let words = match (items, at) {
        (1, Some(at)) => match at.age(state.now).as_str() {
            "now" => "no change was said just now".to_owned(),
            age => format!("no change was said {age} ago"),
        },
        _ => "no change was said of all of them already".to_owned(),
    };
    state.refuse(words, "c writes what is new")
}

/// `a`: the owner of the ideas.
pub fn assign(state: &mut State) -> Vec<Effect> {
    let items = target::release_items(state);
    let all = state
        .plan
        .plan
        .releases
        .iter()
        .flat_map(|planned| &planned.items);
    let chosen: Vec<_> = all.filter(|item| items.contains(&item.id)).collect();
    let mut ideas: Vec<IdeaId> = chosen.iter().map(|item| item.idea).collect();
    ideas.sort_unstable();
    ideas.dedup();
    let owner = chosen.first().and_then(|item| item.owner.as_ref());
    let owner = owner.filter(|_| ideas.len() == 1).map(ToString::to_string);
    prompt::open(
        state,
        Purpose::AssignIdeas(ideas),
        &owner.unwrap_or_default(),
    )
}

/// `r`: adds an idea to the release under the cursor.
pub fn add(state: &mut State) -> Vec<Effect> {
    let Some((id, name)) = target::planned_release(state)
        .map(|planned| (planned.release.id, planned.release.name.clone()))
    else {
        return Vec::new();
    };
    let picking = Picking::AddToRelease(id);
    let all = plan::addable(state, id);
    picker::open(
        state,
        picking,
        format!("add to {name}"),
        "Enter adds the idea and plans it",
        all,
    );
    ideas_if_missing(state)
}

/// `X`: cuts the item, and asks what becomes of its idea.
pub fn cut(state: &mut State) -> Vec<Effect> {
    let Some((id, title)) = target::chosen_item(state).map(|item| (item.id, item.title.clone()))
    else {
        return Vec::new();
    };
    let all = plan::after_cut(state, id);
    let title = format!("cut “{}”, and then", prompt::words::short(&title));
    picker::open(
        state,
        Picking::AfterCut(id),
        title,
        "Enter cuts it; the row stays, marked as cut",
        all,
    );
    Vec::new()
}

/// `C`: a new release.
pub fn create_release(state: &mut State) -> Vec<Effect> {
    prompt::open(state, Purpose::NewRelease, "")
}

/// Name and date of the release under the cursor.
pub fn edit_release(state: &mut State) -> Vec<Effect> {
    let Some(release) = target::planned_release(state).map(|planned| planned.release.clone())
    else {
        return Vec::new();
    };
    let date = release
        .date
        .map_or_else(String::new, |date| format!(" {date}"));
    let text = format!("{}{date}", release.name);
    prompt::open(
        state,
        Purpose::Field(FieldPrompt::Release(release.id)),
        &text,
    )
}
