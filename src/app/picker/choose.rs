//! What choosing a row does.

use crate::app::effect::{Effect, Question, Writing};
use crate::app::errands::Awaited;
use crate::app::prompt::words::short;
use crate::app::state::{Choice, Overlay, Picker, PickerRow, Picking, Purpose, State};
use crate::app::{command, import, prompt, update, verbs};
use crate::domain::deed::{Deed, IdeaEdit, IdeaTarget, Reversal};
use crate::domain::id::IdeaId;
use crate::domain::idea::Status;
use crate::query::About;

use super::{plan, rows, top};

/// Takes the row under the cursor. A row that cannot be chosen says why, and the picker stays.
pub fn chosen(state: &mut State) -> Vec<Effect> {
    let Some(picker) = top(state) else {
        return Vec::new();
    };
    let Some(row) = picker.rows.get(picker.cursor).cloned() else {
        return Vec::new();
    };
    if let Some(reason) = row.disabled {
        return state.refuse(reason, "");
    }
    // One ticks several entries in a row.
    if let (Picking::Checklist(_), Choice::Deed(deed)) = (&picker.picking, &row.choice) {
        return verbs::commit(state, (**deed).clone());
    }
    let Some(Overlay::Picker(picker)) = state.overlays.pop() else {
        return Vec::new();
    };
    take(state, *picker, row)
}

fn take(state: &mut State, picker: Picker, row: PickerRow) -> Vec<Effect> {
    match (picker.picking, row.choice) {
        (_, Choice::Close) => Vec::new(),
        (_, Choice::Deed(deed)) => verbs::commit(state, *deed),
        (_, Choice::UndoRest(action)) => {
            vec![state.reverse(Reversal::Action { action, rest: true }, None)]
        }
        (_, Choice::Command(name)) => match command::named(name) {
            Some(row) => update::run(state, row.command),
            None => Vec::new(),
        },
        (_, Choice::View(filter)) => show_view(state, &filter, row.label),
        (Picking::ForgetView(name), Choice::Forget) => forget(state, name),
        (Picking::Palette, choice) => go_to(state, choice),
        (Picking::Status(ideas), Choice::Status(status)) => set_status(state, ideas, status),
        (Picking::WontDo(feedback), Choice::Idea(id)) => {
            let target = IdeaTarget::Existing(id);
            why_not(state, &[id], |cut| Purpose::WontDo(feedback, target, cut))
        }
        (Picking::WontDo(feedback), Choice::NewIdea(title)) => {
            let purpose = Purpose::WontDo(feedback, IdeaTarget::New(title), false);
            prompt::open(state, purpose, "")
        }
        (Picking::AlsoCut(mut purpose), Choice::AlsoCut(also)) => {
            if let Purpose::WontDo(.., cut) | Purpose::StatusReason(_, cut) = &mut *purpose {
                *cut = also;
            }
            reason(state, *purpose)
        }
        (Picking::ImportColumn(field), Choice::Column(column)) => {
            import::take_column(state, field, column)
        }
        (Picking::ImportSheet, Choice::Column(sheet)) => import::take_sheet(state, sheet),
        (Picking::ImportKind, Choice::Column(kind)) => import::take_kind(state, kind),
        (picking, choice) => match deed(picking, choice) {
            Some(deed) => verbs::commit(state, deed),
            None => Vec::new(),
        },
    }
}

/// The deed that a choice stands for where nothing more is to be asked.
fn deed(picking: Picking, choice: Choice) -> Option<Deed> {
    Some(match (picking, choice) {
        (Picking::LinkIdea(feedback, quote), Choice::Idea(id)) => Deed::Link {
            feedback,
            idea: IdeaTarget::Existing(id),
            quote,
        },
        (Picking::LinkIdea(feedback, quote), Choice::NewIdea(title)) => Deed::Link {
            feedback,
            idea: IdeaTarget::New(title),
            quote,
        },
        (Picking::Unlink(feedback), Choice::Idea(idea)) => Deed::Unlink { feedback, idea },
        (Picking::Duplicate(feedback), Choice::Feedback(of)) => Deed::Duplicate { feedback, of },
        (Picking::Merge(from), Choice::Idea(into)) => Deed::MergeIdeas { from, into },
        (Picking::Release(ideas), Choice::Release(release)) => {
            Deed::AddToRelease { ideas, release }
        }
        (Picking::AddToRelease(release), Choice::Idea(id)) => Deed::AddToRelease {
            ideas: vec![id],
            release,
        },
        (Picking::AfterCut(item), Choice::AfterCut(then)) => Deed::CutItem { item, then },
        _ => return None,
    })
}

/// Shows what was found in the palette.
fn go_to(state: &mut State, choice: Choice) -> Vec<Effect> {
    match choice {
        Choice::Idea(id) => update::open_idea(state, id),
        Choice::Feedback(id) => update::open_feedback(state, id),
        Choice::Release(id) => update::show_release(state, id),
        Choice::Person(handle) => update::show_owner(state, &handle),
        Choice::Company(name) => update::show_company(state, &name),
        _ => Vec::new(),
    }
}

/// Shows a saved view; where its filter has a fault, the filter with it, to be mended.
fn show_view(state: &mut State, filter: &str, name: String) -> Vec<Effect> {
    match prompt::names::filter(state, About::Feedback, filter) {
        Ok(_) => {
            let effects = update::show_view(state, filter);
            state.inbox.view = Some(name);
            effects
        }
        Err(fault) => {
            let effects = prompt::open(state, Purpose::Filter, filter);
            if let Some(Overlay::Prompt(prompt)) = state.overlays.last_mut() {
                prompt.error = Some(fault);
            }
            effects
        }
    }
}

/// Sets a status, or asks for what it needs first.
fn set_status(state: &mut State, ideas: Vec<IdeaId>, status: Status) -> Vec<Effect> {
    let planned = |id: &IdeaId| {
        let releases = &state.plan.plan.releases;
        releases
            .iter()
            .flat_map(|planned| &planned.items)
            .any(|item| item.idea == *id && item.health != crate::domain::release::Health::Cut)
    };
    match status {
        Status::Planned if !ideas.iter().all(planned) => {
            let all = plan::plan_for(state, &ideas);
            if all.is_empty() {
                return state.refuse(
                    "Planned needs a release, and there is none yet",
                    "C in the release plan makes one",
                );
            }
            super::open(
                state,
                Picking::Release(ideas),
                "planned for which release?",
                "Enter plans it",
                all,
            );
            Vec::new()
        }
        Status::WontDo => why_not(state, &ideas.clone(), |cut| {
            Purpose::StatusReason(ideas, cut)
        }),
        Status::Postponed => postpone(state, ideas),
        status => verbs::commit(state, to_status(&ideas, status, false)),
    }
}

/// The deed that sets a status, and cuts the ideas from the releases to come if it is asked to.
fn to_status(ideas: &[IdeaId], status: Status, cut: bool) -> Deed {
    let mut edits = vec![IdeaEdit::Status(status)];
    edits.extend(cut.then_some(IdeaEdit::Cut));
    Deed::EditIdeas {
        ideas: ideas.to_vec(),
        edits,
    }
}

/// Puts ideas off; where the plan has them, it is asked first whether they are cut there, too.
fn postpone(state: &mut State, ideas: Vec<IdeaId>) -> Vec<Effect> {
    let deed = |cut| to_status(&ideas, Status::Postponed, cut);
    let choice = |cut| Choice::Deed(Box::new(deed(cut)));
    let rows = plan::also_cut(state, &ideas, Status::Postponed, choice);
    if rows.is_empty() {
        return verbs::commit(state, deed(false));
    }
    let title = in_the_plan("postponed", &ideas);
    let hint = "its key chooses at once";
    super::open(state, Picking::Status(ideas), title, hint, rows);
    Vec::new()
}

/// `postponed, and it is in the plan`
fn in_the_plan(word: &str, ideas: &[IdeaId]) -> String {
    match ideas.len() {
        1 => format!("{word}, and it is in the plan"),
        _ => format!("{word}, and they are in the plan"),
    }
}

/// Asks why ideas will not be done; before that, where the plan has them, whether they are cut there, too.
fn why_not(
    state: &mut State,
    ideas: &[IdeaId],
    purpose: impl FnOnce(bool) -> Purpose,
) -> Vec<Effect> {
    let rows = plan::also_cut(state, ideas, Status::WontDo, Choice::AlsoCut);
    let purpose = purpose(false);
    if rows.is_empty() {
        return reason(state, purpose);
    }
    let title = in_the_plan("won't do", ideas);
    let hint = "its key chooses at once · the reason is asked for then";
    super::open(
        state,
        Picking::AlsoCut(Box::new(purpose)),
        title,
        hint,
        rows,
    );
    Vec::new()
}

/// Opens the prompt for the reason; that which a single idea has already is proposed.
fn reason(state: &mut State, purpose: Purpose) -> Vec<Effect> {
    let one = match &purpose {
        Purpose::WontDo(_, IdeaTarget::Existing(id), _) => Some(*id),
        Purpose::StatusReason(ideas, _) => ideas.first().copied().filter(|_| ideas.len() == 1),
        _ => None,
    };
    let mut effects = prompt::open(state, purpose, "");
    effects.extend(one.map(|id| state.await_answer(Question::Idea(id), Awaited::Reason(id))));
    effects
}

/// The saved view under the cursor: its name and its filter.
fn view(state: &mut State) -> Option<(String, String)> {
    let picker = top(state)?;
    let row = picker.rows.get(picker.cursor)?;
    match &row.choice {
        Choice::View(filter) => Some((row.label.clone(), filter.clone())),
        _ => None,
    }
}

/// Asks whether the saved view under the cursor is forgotten.
pub fn forget_view(state: &mut State) -> Vec<Effect> {
    let Some((name, filter)) = view(state) else {
        return Vec::new();
    };
    let rows = vec![
        rows::row(Choice::Forget, "forget it", filter),
        rows::row(Choice::Close, "keep it", ""),
    ];
    let title = format!("forget the view “{}”?", short(&name));
    let hint = "Enter chooses · Esc keeps it";
    super::open(state, Picking::ForgetView(name), title, hint, rows);
    Vec::new()
}

/// Removes a saved view; the list of them is beneath.
fn forget(state: &mut State, name: String) -> Vec<Effect> {
    let effect = state.write(Writing::View {
        name: name.clone(),
        filter: String::new(),
        renamed: None,
    });
    state.views.retain(|(known, _)| *known != name);
    super::refresh(state);
    vec![effect]
}

/// Asks for another name of the saved view under the cursor.
pub fn rename_view(state: &mut State) -> Vec<Effect> {
    let Some((name, _)) = view(state) else {
        return Vec::new();
    };
    state.overlays.pop();
    prompt::open(state, Purpose::RenameView(name.clone()), &name)
}
