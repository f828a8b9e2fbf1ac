//! Deeds, and the prompts, pickers and forms that ask for what they need. One file per scope, one function per verb:
//! each acts on the marked things, else on the one in hand, and with marks one deed serves all, so that one undo suffices.
//!
//! `update` has checked that a command is available before it comes here.

pub mod everywhere;
pub mod fields;
pub mod ideas;
pub mod inbox;
pub mod missing;
pub mod plan;
pub mod sync;

use crate::domain::deed::{Deed, Outcome, Seen};
use crate::problem::Problem;

use super::command::{Command, Command as C};
use super::effect::Effect;
use super::errands::Awaited;
use super::key::Key;
use super::message::Answer;
use super::state::{FeedbackField, FieldPrompt, IdeaField, Overlay, Purpose, State};
use super::{form, import, picker, prompt, update};

/// Runs a command that does a deed or asks for what it needs.
pub fn run(state: &mut State, command: Command) -> Vec<Effect> {
    match command {
        C::Filter => everywhere::filter(state),
        C::Views => everywhere::views(state),
        C::SaveView => everywhere::save_view(state),
        C::Export => everywhere::export(state),
        C::Import => import::open(state),
        C::Palette => everywhere::palette(state),
        C::Help => everywhere::help(state),
        C::Editor => everywhere::editor(state),
        C::Queue => everywhere::queue(state),

        C::LinkSuggestion(number) => inbox::link_suggestion(state, number),
        C::Link => inbox::link(state),
        C::Unlink => inbox::unlink(state),
        C::NewIdeaFromFeedback => inbox::new_idea(state),
        C::Assign => inbox::assign(state),
        C::AssignToMe => inbox::assign_to_me(state),
        C::SetImportance(importance) => inbox::set_importance(state, importance),
        C::Answer => inbox::answer(state),
        C::Process => inbox::process(state),
        C::Ask => inbox::ask(state),
        C::WontDo => inbox::wont_do(state),
        C::Duplicate => inbox::duplicate(state),
        C::Snooze => inbox::snooze(state),
        C::Archive => inbox::archive(state),
        C::Reopen => inbox::reopen(state),
        C::Tags => inbox::tags(state),
        C::CommentFeedback => inbox::comment(state),

        C::NewFeedback => fields::new_feedback(state),
        C::FeedbackArea => fields::feedback(state, FeedbackField::Area),
        C::FeedbackKind => fields::feedback(state, FeedbackField::Kind),
        C::NeededBy => fields::feedback(state, FeedbackField::NeededBy),
        C::ProductVersion => fields::feedback(state, FeedbackField::Version),
        C::FeedbackEdition => fields::feedback(state, FeedbackField::Edition),
        C::Reporter => fields::feedback(state, FeedbackField::Reporter),
        C::Customer => fields::feedback(state, FeedbackField::Customer),
        C::Company => fields::feedback(state, FeedbackField::Company),
        C::NewPerson => prompt::open(state, Purpose::Field(FieldPrompt::NewPerson), ""),
        C::Me => fields::me(state),
        C::WaiveAnswer => fields::waive_answer(state),
        C::IdeaArea => fields::idea(state, IdeaField::Area),
        C::IdeaKind => fields::idea(state, IdeaField::Kind),
        C::IdeaEdition => fields::idea(state, IdeaField::Edition),
        C::IdeaStage => fields::idea(state, IdeaField::Stage),
        C::AddTicket => fields::add_ticket(state),
        C::RemoveTicket => fields::remove_ticket(state),

        C::EditIdea => ideas::edit(state),
        C::Checklist => ideas::checklist(state),
        C::AssignIdea => ideas::assign(state),
        C::IdeaStatus => ideas::status(state),
        C::IdeaEffort => ideas::effort(state),
        C::IdeaRelease => ideas::release(state),
        C::IdeaTimeframe => ideas::timeframe(state),
        C::MergeIdea => ideas::merge(state),
        C::CommentIdea => ideas::comment(state),
        C::NewIdea => ideas::create(state),

        C::MoveToPreviousRelease => plan::shift(state, false),
        C::MoveToNextRelease => plan::shift(state, true),
        C::ReorderUp => plan::reorder(state, crate::domain::deed::Step::Up),
        C::ReorderDown => plan::reorder(state, crate::domain::deed::Step::Down),
        C::UpdateItem => plan::update(state),
        C::NoChange => plan::no_change(state),
        C::AssignItem => plan::assign(state),
        C::AddToRelease => plan::add(state),
        C::CutItem => plan::cut(state),
        C::NewRelease => plan::create_release(state),
        C::EditRelease => plan::edit_release(state),

        C::NoteItem => sync::note(state),
        C::ItemUnchanged => sync::no_change(state),
        C::AddStep => sync::add_step(state),
        C::ItemOwner => sync::owner(state),
        C::FinishStep => sync::finish(state),
        C::FewerMinutes => sync::minutes(state, false),
        C::MoreMinutes => sync::minutes(state, true),
        C::Confidential => sync::confidential(state),
        C::Discussed => sync::discussed(state),
        C::ItemUp => sync::reorder(state, crate::domain::deed::Step::Up),
        C::ItemDown => sync::reorder(state, crate::domain::deed::Step::Down),
        C::RemoveItem => sync::remove(state),
        C::NewItem => sync::create(state),
        C::PlanSince => prompt::open(state, Purpose::PlanSince, ""),
        C::PlanAsOf => prompt::open(state, Purpose::PlanAsOf, ""),

        C::MissingAssign => missing::assign(state),
        C::MissingNote => missing::note(state),
        C::MissingNoChange => missing::no_change(state),
        C::MissingPlace => missing::place(state),
        C::MissingReason => missing::reason(state),
        C::MissingAnswer => missing::answer(state),
        C::MissingWaive => missing::waive(state),
        C::MissingDone => missing::done(state),
        C::MissingShorten => missing::shorten(state),
        other => not_here(state, other),
    }
}

/// What is left are the keys of prompts, pickers and forms, which take them before they come here.
fn not_here(state: &mut State, command: Command) -> Vec<Effect> {
    let words = format!("“{}” is {NOT_HERE}", command.row().title);
    state.refuse(words, "open a prompt or a list first")
}

/// Of what that is said.
const NOT_HERE: &str = "for what is being typed or chosen";

/// Does a deed that needs no more words.
pub fn commit(state: &mut State, deed: Deed) -> Vec<Effect> {
    vec![state.commit(deed)]
}

/// The same, done only while all that it changes is as it was seen.
pub fn commit_seen(state: &mut State, deed: Deed, seen: Vec<Seen>) -> Vec<Effect> {
    vec![state.commit_seen(deed, seen)]
}

/// Takes a key for the overlay on top. Remapped keys come as the first key of their command's row.
pub fn key(state: &mut State, key: Key) -> Vec<Effect> {
    match state.overlays.last() {
        Some(Overlay::Prompt(_)) => prompt::key(state, key),
        Some(Overlay::Picker(_)) => picker::key(state, key),
        Some(Overlay::Form(_)) => form::key(state, key),
        Some(Overlay::Import(_)) => import::key(state, key),
        None => Vec::new(),
    }
}

/// Takes pasted text for the overlay on top; elsewhere it would be a hail of commands, and is left.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    match state.overlays.last() {
        Some(Overlay::Prompt(_)) => prompt::paste(state, text),
        Some(Overlay::Picker(_)) => picker::paste(state, text),
        Some(Overlay::Form(_)) => form::paste(state, text),
        Some(Overlay::Import(_)) | None => {
            state.refuse("there is nothing to paste into", "open a prompt first")
        }
    }
}

/// $EDITOR has returned.
pub fn edited(state: &mut State, text: Result<Option<String>, Problem>) -> Vec<Effect> {
    match text {
        Ok(Some(text)) => match state.overlays.last() {
            Some(Overlay::Prompt(_)) => prompt::edited(state, &text),
            Some(Overlay::Form(_)) => form::edited(state, &text),
            _ => Vec::new(),
        },
        Ok(None) => Vec::new(),
        Err(problem) => not_edited(state, &problem),
    }
}

/// $EDITOR has failed. That is said where the text is being written, which hides the notice; where a copy of it lies stays said
/// while one types on.
fn not_edited(state: &mut State, problem: &Problem) -> Vec<Effect> {
    let (why, _) = update::in_one_line(problem);
    let hints = problem.hints.join(" · ");
    let said = match hints.is_empty() {
        true => why.clone(),
        false => format!("{why} · {hints}"),
    };
    match state.overlays.last_mut() {
        Some(Overlay::Prompt(prompt)) => {
            prompt.error = Some((None, said));
            if !hints.is_empty() {
                prompt.hint = hints;
            }
        }
        Some(Overlay::Form(form)) => {
            if let Some(field) = form.fields.get_mut(form.cursor) {
                field.error = Some(said);
            }
        }
        _ => return state.refuse(why, hints),
    }
    Vec::new()
}

/// Time has passed: half-written text is kept.
pub fn tick(state: &mut State) -> Vec<Effect> {
    prompt::draft::tick(state)
}

/// Whether keys have to wait until an overlay that was asked for is there.
#[must_use]
pub fn waiting(state: &State) -> bool {
    state.errands.hold.is_some()
}

/// Takes the answer to a question that an overlay asked.
pub fn answered(state: &mut State, sequence: u64, answer: &Result<Answer, Problem>) -> Vec<Effect> {
    if state.errands.hold == Some(sequence) {
        state.errands.hold = None;
        if answer.is_err() {
            // They were typed for what does not open now.
            state.flight.typed_ahead.clear();
        }
    }
    let Some(place) = state
        .errands
        .awaited
        .iter()
        .position(|(known, _)| *known == sequence)
    else {
        return Vec::new();
    };
    let (_, awaited) = state.errands.awaited.remove(place);
    let answer = match answer {
        Ok(answer) => answer,
        Err(problem) => {
            if let Awaited::Answers(_, Some(_)) = awaited {
                prompt::turning::failed(state, problem);
            }
            return Vec::new();
        }
    };
    match (awaited, answer) {
        (Awaited::Answers(_, None), Answer::Answering(facts)) => {
            prompt::open_answers(state, facts.clone(), None)
        }
        (Awaited::Answers(_, Some(turns_down)), Answer::Answering(facts)) => {
            prompt::turning::open(state, facts.clone(), turns_down)
        }
        (Awaited::Requests(row, likely), Answer::Unassigned(ids, total)) => {
            sync::assign_all(state, row, &likely, (ids.clone(), *total))
        }
        (Awaited::Asking(_), Answer::Answering(facts)) => {
            prompt::open_question(state, facts.clone())
        }
        (Awaited::Told, Answer::Answering(facts)) => {
            prompt::told::known(state, facts);
            Vec::new()
        }
        (Awaited::Links(ids), Answer::Answering(facts)) => inbox::unlink_several(state, ids, facts),
        (Awaited::Form(_, start), Answer::Idea(Some(idea))) => form::open(state, idea, start),
        (Awaited::Checklist(_), Answer::Idea(Some(idea))) => picker::checklist::loaded(state, idea),
        (Awaited::Form(..) | Awaited::Checklist(_), Answer::Idea(None)) => {
            state.refuse("the idea is gone", "")
        }
        (Awaited::Reason(id), Answer::Idea(Some(idea))) => {
            if idea.row.id == id {
                reason(state, idea.reason.as_deref().unwrap_or_default());
            }
            Vec::new()
        }
        (Awaited::Draft(name, straight), Answer::Draft(text)) => {
            let unkept = state.errands.unkept.get(&name).cloned();
            if let Some(text) = unkept.as_ref().or(text.as_ref()) {
                prompt::draft::found(state, &name, text);
            }
            match straight {
                true => in_editor(state),
                false => Vec::new(),
            }
        }
        (Awaited::Originals(words), Answer::Found(found)) => {
            picker::originals(state, &words, found);
            Vec::new()
        }
        (Awaited::Hits(words), Answer::Hits(found)) => {
            picker::hits(state, &words, found);
            Vec::new()
        }
        (Awaited::Files(typed), Answer::Files(found)) => {
            prompt::complete::files(state, &typed, found.clone());
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// The text of the overlay on top goes to $EDITOR.
fn in_editor(state: &State) -> Vec<Effect> {
    let text = match state.overlays.last() {
        Some(Overlay::Prompt(prompt)) => Some(&prompt.input.text),
        Some(Overlay::Form(form)) => form.fields.get(form.cursor).map(|field| &field.input.text),
        _ => None,
    };
    text.map(|text| Effect::Edit(text.clone()))
        .into_iter()
        .collect()
}

/// What fills the state has been taken in: a picker made from it shows it.
pub fn filled(state: &mut State) {
    picker::refresh(state);
}

/// The reason that an idea has already is proposed, unless another is being written.
fn reason(state: &mut State, known: &str) {
    let Some(Overlay::Prompt(top)) = state.overlays.last_mut() else {
        return;
    };
    let asks = matches!(top.purpose, Purpose::WontDo(..) | Purpose::StatusReason(..));
    if asks && top.input.text.is_empty() && !known.trim().is_empty() {
        top.input.set(known, usize::MAX);
        prompt::draft::begin(state);
    }
}

/// A deed has come back; `update` tells it in the notice and asks for what it may have changed. Here the overlay it came
/// from goes for good, or comes back with what was wrong.
pub fn done(state: &mut State, ticket: u64, outcome: &Result<Outcome, Problem>) -> Vec<Effect> {
    let submitted = &mut state.errands.submitted;
    let Some(place) = submitted.iter().position(|known| known.ticket == ticket) else {
        return picker::checklist::anew(state);
    };
    let submitted = submitted.remove(place);
    match outcome {
        Ok(_) => prompt::draft::drop(state, &submitted.drafts),
        Err(problem) => {
            let mut overlay = submitted.overlay;
            match &mut overlay {
                Overlay::Prompt(prompt) => {
                    let cause = problem.causes.first().unwrap_or(&problem.summary);
                    let words = match prompt::add_hint(state, prompt) {
                        Some((_, hint)) => format!("{cause} · {hint}"),
                        None => cause.clone(),
                    };
                    let words = prompt::told::heard(state, prompt, problem).unwrap_or(words);
                    prompt.error = Some((None, words));
                }
                Overlay::Form(form) => form.refused(problem),
                Overlay::Picker(_) | Overlay::Import(_) => {}
            }
            state.overlays.push(overlay);
            // They were typed for what would have come after the deed.
            state.flight.typed_ahead.clear();
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests;
