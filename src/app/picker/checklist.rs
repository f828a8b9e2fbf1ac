//! The checklist of an idea: what general availability needs. Enter or Space ticks the row under the cursor at once, one
//! deed each, and the picker stays open.

use super::rows::row;
use super::{narrow, open, top};
use crate::app::effect::{Effect, Question};
use crate::app::errands::Awaited;
use crate::app::prompt::words::short;
use crate::app::state::{Choice, Overlay, Picker, PickerRow, Picking, State};
use crate::domain::deed::{Deed, IdeaEdit};
use crate::domain::id::IdeaId;
use crate::domain::idea::IdeaDetail;

/// Asks what of the checklist is ticked. The picker opens, or shows it anew, when that has come; keys wait until then.
pub fn ask(state: &mut State, idea: IdeaId) -> Vec<Effect> {
    let effect = state.await_answer(Question::Idea(idea), Awaited::Checklist(idea));
    if let Effect::Ask { sequence, .. } = effect {
        state.errands.hold = Some(sequence);
    }
    vec![effect]
}

/// A deed has come back, whether it was done or refused: a checklist on top shows how it stands now.
pub fn anew(state: &mut State) -> Vec<Effect> {
    match state.overlays.last() {
        Some(Overlay::Picker(picker)) => match picker.picking {
            Picking::Checklist(idea) => ask(state, idea),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// What is ticked has come.
pub fn loaded(state: &mut State, idea: &IdeaDetail) -> Vec<Effect> {
    let id = idea.row.id;
    let all = rows(state, idea);
    if let Some(picker) = top(state).filter(|picker| picker.picking == Picking::Checklist(id)) {
        let (cursor, scrolled) = (picker.cursor, picker.top);
        picker.title = title(idea, &all);
        picker.all = all;
        narrow::narrow(picker);
        stay(picker, cursor, scrolled);
        return Vec::new();
    }
    if all.is_empty() {
        return state.refuse(
            "the checklist has no entries",
            "ga_checklist in the configuration names them",
        );
    }
    let hint = "Enter or Space ticks it, or takes the tick away · Esc closes";
    open(state, Picking::Checklist(id), title(idea, &all), hint, all);
    Vec::new()
}

/// The same row stays under the cursor: ticking changes what a row does, not where it stands.
fn stay(picker: &mut Picker, cursor: usize, scrolled: usize) {
    picker.cursor = cursor.min(picker.rows.len().saturating_sub(1));
    picker.top = scrolled.min(picker.cursor);
}

fn title(idea: &IdeaDetail, all: &[PickerRow]) -> String {
    let ticked = idea.checks.iter().filter(|(_, done)| *done).count();
    format!(
        "general availability of “{}”: {ticked} of {}",
        short(&idea.row.title),
        all.len()
    )
}

fn rows(state: &State, idea: &IdeaDetail) -> Vec<PickerRow> {
    let entries = idea.checklist(&state.settings.checklist).into_iter();
    entries
        .map(|(item, done)| {
            let deed = Deed::EditIdeas {
                ideas: vec![idea.row.id],
                edits: vec![IdeaEdit::Check(item.to_owned(), !done)],
            };
            let mark = if done { "[x]" } else { "[ ]" };
            row(Choice::Deed(Box::new(deed)), format!("{mark} {item}"), "")
        })
        .collect()
}
