//! Fields that have no key of their own, set through the palette.

use crate::app::effect::Effect;
use crate::app::picker::{self, rows};
use crate::app::state::{Choice, FeedbackField, FieldPrompt, IdeaField, Picking, Purpose, State};
use crate::app::{prompt, target};
use crate::domain::deed::{Deed, FeedbackEdit};
use crate::domain::feedback::FeedbackKind;
use crate::domain::id::FeedbackId;
use crate::domain::idea::{IdeaKind, Stage, Ticket};

use super::commit;

/// Asks for a field of feedback.
pub fn feedback(state: &mut State, field: FeedbackField) -> Vec<Effect> {
    let ids = target::feedback(state);
    let text = match ids.as_slice() {
        [id] => feedback_value(state, field, *id),
        _ => None,
    };
    prompt::open(
        state,
        Purpose::Field(FieldPrompt::Feedback(field, ids)),
        &text.unwrap_or_default(),
    )
}

/// What the field holds now.
fn feedback_value(state: &State, field: FeedbackField, id: FeedbackId) -> Option<String> {
    let detail = state.hand.as_ref()?.detail.as_deref()?;
    if detail.row.id != id {
        return None;
    }
    match field {
        FeedbackField::Area => detail.row.area.clone(),
        FeedbackField::Kind => detail.row.kind.map(FeedbackKind::word).map(str::to_owned),
        FeedbackField::NeededBy => detail.needed_by.map(|day| day.to_string()),
        FeedbackField::Version => detail.product_version.clone(),
        FeedbackField::Edition => detail.edition.clone(),
        FeedbackField::Reporter => detail
            .reporter
            .as_ref()
            .map(|person| person.handle.to_string()),
        FeedbackField::Customer => detail
            .customer
            .as_ref()
            .map(|customer| customer.name.clone()),
        FeedbackField::Company => detail.company.as_ref().map(|company| company.name.clone()),
    }
}

/// Asks for a field of ideas.
pub fn idea(state: &mut State, field: IdeaField) -> Vec<Effect> {
    let ids = target::ideas(state);
    let row = target::idea_row(state).filter(|_| ids.len() == 1);
    let text = row.and_then(|row| match field {
        IdeaField::Area => row.area.clone(),
        IdeaField::Kind => row.kind.map(IdeaKind::word).map(str::to_owned),
        IdeaField::Edition => row.edition.clone(),
        IdeaField::Stage => row.stage.map(Stage::word).map(str::to_owned),
    });
    let text = text.unwrap_or_default();
    prompt::open(state, Purpose::Field(FieldPrompt::Idea(field, ids)), &text)
}

/// Asks for a ticket of the idea.
pub fn add_ticket(state: &mut State) -> Vec<Effect> {
    match target::idea_row(state).map(|row| row.id) {
        Some(id) => prompt::open(state, Purpose::Field(FieldPrompt::Ticket(id)), ""),
        None => Vec::new(),
    }
}

/// Takes a link away from the idea on the screen; of several one is chosen.
pub fn remove_ticket(state: &mut State) -> Vec<Effect> {
    let detail = state.idea.as_ref().and_then(|view| view.detail.as_ref());
    let tickets = detail.map_or(&[][..], |detail| &detail.tickets);
    let row = |ticket: &Ticket| {
        let deed = Deed::RemoveTicket { ticket: ticket.id };
        let name = ticket.key.as_ref().unwrap_or(&ticket.url);
        rows::row(Choice::Deed(Box::new(deed)), name, ticket.kind.word())
    };
    match tickets {
        [] => state.refuse("it has no tickets or other links", ""),
        [one] => {
            let ticket = one.id;
            commit(state, Deed::RemoveTicket { ticket })
        }
        several => {
            let all = several.iter().map(row).collect();
            let hint = "Enter takes it away · u undoes it";
            picker::open(
                state,
                Picking::RemoveTicket,
                "take away which link?",
                hint,
                all,
            );
            Vec::new()
        }
    }
}

/// Asks who sits here; who that is now is proposed.
pub fn me(state: &mut State) -> Vec<Effect> {
    let known = state.settings.me.as_ref().map(ToString::to_string);
    let purpose = Purpose::Field(FieldPrompt::Me);
    prompt::open(state, purpose, &known.unwrap_or_default())
}

/// Asks for a feedback to be typed in.
pub fn new_feedback(state: &mut State) -> Vec<Effect> {
    prompt::open(state, Purpose::Field(FieldPrompt::NewFeedback), "")
}

/// Says that the reporter need not be answered.
pub fn waive_answer(state: &mut State) -> Vec<Effect> {
    let feedback = target::feedback(state);
    commit(
        state,
        Deed::EditFeedback {
            feedback,
            edits: vec![FeedbackEdit::AnswerOwed(false)],
        },
    )
}
