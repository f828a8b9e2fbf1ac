//! What comes back from deeds: telling it, showing what it has changed, doing it again, undoing it.

use std::collections::BTreeSet;

use super::super::command::{Command, Context};
use super::super::effect::{Effect, Question};
use super::super::picker::rows::row;
use super::super::state::{Choice, Load, Overlay, Picker, Picking, Screen, Sent, State, Tone};
use super::super::{import, target, verbs};
use super::{
    again, answers, charts, hand, idea, inbox, marks, minutes, past, plan, present, sync, timeline,
    undoing, writing,
};
use crate::domain::deed::{Deed, Obstacle, Outcome, Reversal, Reversed, Touched};
use crate::domain::id::{ActionId, IdeaId};
use crate::problem::Problem;

/// A deed has come back.
pub(super) fn done(
    state: &mut State,
    ticket: u64,
    outcome: &Result<Outcome, Problem>,
) -> Vec<Effect> {
    let Some(sent) = landed(state, ticket) else {
        return Vec::new();
    };
    inbox::forget_errand(state);
    let mut after = Vec::new();
    tried(
        state,
        matches!(outcome, Ok(outcome) if outcome.action.is_some()),
    );
    match outcome {
        Ok(outcome) => {
            tell(state, outcome);
            if outcome.action.is_some() {
                hand::thaw(state, removed_by(sent.as_ref()));
            }
            if let Some(Sent::Deed(deed)) = sent {
                name_marked(state, &deed);
                let sifted = marks::serve(state, &deed, outcome.action);
                sync::made(state, &deed, outcome);
                plan::seek_made(state, &deed, outcome);
                after = present::done(state, &deed);
                after.extend(sifted);
                again::remember(state, *deed, outcome);
            }
        }
        Err(problem) => answers::tell(state, problem),
    }
    let mut effects = verbs::done(state, ticket, outcome);
    effects.extend(after);
    effects.extend(settle(state, touched_by(outcome.as_ref().ok())));
    effects
}

/// An undo or redo has come back.
pub(super) fn reversed(
    state: &mut State,
    ticket: u64,
    outcome: Result<Reversed, Problem>,
) -> Vec<Effect> {
    let Some(sent) = landed(state, ticket) else {
        return Vec::new();
    };
    if let Ok(Reversed::Unsure(seen)) = &outcome {
        let reversal = match sent {
            Some(Sent::Reversal(reversal)) => reversal,
            _ => Reversal::Newest,
        };
        undoing::unsure(state, reversal, seen);
        return Vec::new();
    }
    let done = match &outcome {
        Ok(Reversed::Done(outcome)) => Some(outcome),
        _ => None,
    };
    tried(state, done.is_some());
    let touched = touched_by(done);
    match outcome {
        // What was taken back by `u` comes back by `U`: `u` again would undo the deed before it.
        Ok(Reversed::Done(outcome)) => {
            hand::thaw(state, hand::still_there(state));
            sync::undone(state);
            let redoes = matches!(sent, Some(Sent::Reversal(Reversal::LastUndone)));
            undoing::seek(state, &outcome, !redoes);
            // Of a part it is not known which it was.
            let in_part = matches!(
                sent,
                Some(Sent::Reversal(Reversal::Action { rest: true, .. }))
            );
            if !in_part {
                marks::reversed(state, &outcome);
            }
            match sent {
                Some(Sent::Reversal(Reversal::Newest)) => {
                    tell_with(state, &outcome, Command::Redo, "redo");
                }
                _ => tell(state, &outcome),
            }
        }
        Ok(Reversed::NotYours) => undoing::not_yours(state),
        Ok(Reversed::Nothing | Reversed::Unsure(_)) => {
            let again = matches!(sent, Some(Sent::Reversal(Reversal::LastUndone)));
            undoing::nothing(
                state,
                if again {
                    Reversal::LastUndone
                } else {
                    Reversal::Newest
                },
            );
        }
        Ok(Reversed::Refused {
            action,
            obstacles,
            rest,
        }) => refused(state, action, obstacles, rest),
        Err(problem) => answers::tell(state, &problem),
    }
    settle(state, touched)
}

/// Which lists to ask for. What was not done may have been refused because of what others did: then all of them.
fn touched_by(outcome: Option<&Outcome>) -> Touched {
    outcome.map_or(Touched::ALL, |outcome| outcome.touched)
}

/// Which idea is gone by what was sent: the one that another has taken in.
fn removed_by(sent: Option<&Sent>) -> Vec<IdeaId> {
    match sent {
        Some(Sent::Deed(deed)) => match **deed {
            Deed::MergeIdeas { from, .. } => vec![from],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Takes note of whether what was tried last did anything.
fn tried(state: &mut State, did: bool) {
    state.idle = !did;
}

/// What was sent with that ticket, when it is the one that is awaited.
fn landed(state: &mut State, ticket: u64) -> Option<Option<Sent>> {
    let waiting = &mut state.flight.waiting;
    if let Some(place) = waiting.iter().position(|(known, _)| *known == ticket) {
        return Some(waiting.remove(place).1);
    }
    state.flight.deed.take_if(|(known, _)| *known == ticket)?;
    undoing::landed(state);
    Some(state.flight.sent.take())
}

/// A deed waits for another window. It is done when its turn comes; until then the console goes on, but what was typed
/// for what would have come after it is forgotten.
pub(super) fn waits(state: &mut State, ticket: u64) -> Vec<Effect> {
    if import::waits(state, ticket) {
        return Vec::new();
    }
    if state
        .flight
        .deed
        .take_if(|(known, _)| *known == ticket)
        .is_some()
    {
        let sent = state.flight.sent.take();
        state.flight.waiting.push((ticket, sent));
        state.flight.typed_ahead.clear();
    } else {
        writing::waits(state, ticket);
    }
    Vec::new()
}

/// An import was done.
pub fn imported(state: &mut State, outcome: &Outcome) -> Vec<Effect> {
    if outcome.action.is_some() {
        state.errands.view = None;
    }
    tried(state, outcome.action.is_some());
    tell(state, outcome);
    inbox::before_import(state);
    hand::thaw(state, Vec::new());
    settle(state, outcome.touched)
}

/// What is done to one thing goes without naming it, because it is in hand. One that was marked may be out of sight.
fn name_marked(state: &mut State, deed: &Deed) {
    let verb = match deed {
        Deed::Link { feedback, .. } => {
            let in_hand = state.hand.as_ref().map(|hand| hand.id);
            is_elsewhere(feedback, in_hand, &state.inbox.marks).then_some("linked")
        }
        Deed::MoveItems { items, .. } => {
            let in_hand = target::release_item(state).map(|item| item.id);
            is_elsewhere(items, in_hand, &state.plan.marks).then_some("moved")
        }
        _ => None,
    };
    let told = state.notice.as_mut().filter(|it| it.tone == Tone::Done);
    if let (Some(verb), Some(notice)) = (verb, told)
        && let Some(rest) = notice.words.strip_prefix(&format!("{verb} to "))
    {
        notice.words = format!("{verb} the marked one to {rest}");
    }
}

/// Whether it was done to a single thing that is marked and not in hand.
fn is_elsewhere<T: Copy + Ord>(done: &[T], in_hand: Option<T>, marks: &BTreeSet<T>) -> bool {
    match done {
        [one] => Some(*one) != in_hand && marks.contains(one),
        _ => false,
    }
}

/// Says what was done, and how to take it back.
fn tell(state: &mut State, outcome: &Outcome) {
    tell_with(state, outcome, Command::Undo, "undo");
}

/// Says what was done, and the key of the command that takes it back.
fn tell_with(state: &mut State, outcome: &Outcome, back: Command, word: &str) {
    let keys = state.keymap.keys(Context::Inbox, back);
    let (tone, hint) = match (outcome.action, keys.first()) {
        (Some(_), Some(key)) => (Tone::Done, format!("{key} {word}")),
        (Some(_), None) => (Tone::Done, String::new()),
        (None, _) => (Tone::Plain, String::new()),
    };
    state.say(tone, outcome.words.clone(), hint);
}

/// Asks for everything that may have changed; keys wait until what they act on is there.
fn settle(state: &mut State, touched: Touched) -> Vec<Effect> {
    state.flight.settling = true;
    reload(state, touched)
}

/// Asks anew for what is shown. The cursors stay where they are, by identity.
pub(super) fn reload(state: &mut State, touched: Touched) -> Vec<Effect> {
    let mut effects = Vec::new();
    if state.inbox.loaded {
        effects.push(inbox::ask(state, Load::Anew));
    }
    if state.hand.as_ref().is_some_and(|hand| hand.pinned) {
        effects.extend(hand::reload(state));
    }
    if touched.plan && state.plan.loaded {
        effects.push(state.ask(Question::Plan));
    }
    if touched.ideas && state.ideas.loaded {
        effects.push(state.ask(Question::Ideas));
    }
    if state.screen == Screen::Idea {
        effects.extend(idea::reload(state));
    }
    if state.screen == Screen::Timeline {
        effects.extend(timeline::reload(state));
    }
    // While it is held every screen says how it goes.
    let in_sync = matches!(state.screen, Screen::Sync | Screen::Present)
        || super::super::present::is_held(state);
    if in_sync {
        effects.extend(sync::reload(state));
    }
    if state.screen == Screen::Minutes && !state.asked("minutes") {
        effects.extend(minutes::reload(state));
    }
    if state.screen == Screen::Past {
        effects.extend(past::reload(state));
    }
    if state.screen == Screen::Charts {
        effects.extend(charts::reload(state));
    }
    effects.push(state.ask(Question::Header));
    if touched.names {
        effects.push(state.ask(Question::Vocabulary));
        effects.push(state.ask(Question::Views));
    }
    // The agenda tells it as well.
    if !in_sync {
        effects.push(state.ask(Question::NextSync));
    }
    effects
}

/// An undo was refused: what stands in its way is shown, and the rest is offered.
fn refused(state: &mut State, action: ActionId, obstacles: Vec<Obstacle>, rest: usize) {
    let mut rows = vec![row(Choice::Close, "Leave everything as it is", "")];
    if rest > 0 {
        let label = match rest {
            1 => "Undo the one other change".to_owned(),
            several => format!("Undo the other {several} changes"),
        };
        rows.push(row(
            Choice::UndoRest(action),
            label,
            "what is named above stays",
        ));
    }
    state.overlays.push(Overlay::Picker(Box::new(Picker {
        title: "This cannot be undone as a whole: it was changed since".to_owned(),
        hint: "Enter chooses, Esc leaves everything as it is".to_owned(),
        rows: rows.clone(),
        obstacles,
        ..Picker::new(Picking::UndoRest(action), rows)
    })));
}
