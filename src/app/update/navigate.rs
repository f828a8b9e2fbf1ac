//! From pane to pane and screen to screen, and back.

use super::super::command::{Command, Context};
use super::super::effect::{Effect, Question};
use super::super::state::{Absent, IdeaView, Pane, Screen, State, Step};
use super::super::target;
use super::{
    board, charts, filter, hand, idea, idea_filter, ideas, inbox, marks, missing, past, plan,
    present, sync, timeline,
};
use crate::domain::id::{FeedbackId, IdeaId, ReleaseId};

/// The panes in the order of Tab.
const PANES: [Pane; 4] = [Pane::Inbox, Pane::Feedback, Pane::Ideas, Pane::Plan];

/// How many steps back are remembered.
const STEPS: usize = 20;

/// Gives the next pane, or the one before, the focus.
pub(super) fn pane(state: &mut State, next: bool) -> Vec<Effect> {
    if state.screen == Screen::Sync {
        return sync::turn(state);
    }
    if state.screen == Screen::Charts {
        charts::turn(state, next);
    }
    if state.screen != Screen::Console {
        return Vec::new();
    }
    let place = PANES
        .iter()
        .position(|pane| *pane == state.focus)
        .unwrap_or(0);
    let step = if next { 1 } else { PANES.len() - 1 };
    state.focus = PANES[(place + step) % PANES.len()];
    arrived(state)
}

/// Gives the pane the screen to itself, or takes it back.
pub(super) fn zoom(state: &mut State) -> Vec<Effect> {
    if state.screen == Screen::Console {
        return turn_zoom(state);
    } else if state.screen == Screen::Charts {
        charts::zoom(state);
    } else if target::underneath(state) == Context::Missing {
        return missing::open_thing(state);
    }
    arrived(state)
}

/// Gives the pane of the console the screen, or takes it back. The idea that was under the cursor is under it there, too; the
/// table stays as it was left where the pane could not show that, and its cursor was not moved meanwhile.
fn turn_zoom(state: &mut State) -> Vec<Effect> {
    let idea = match state.focus {
        Pane::Ideas => target::idea_row(state).map(|row| row.id),
        _ => None,
    };
    state.zoomed = !state.zoomed;
    let mut effects = Vec::new();
    let left_at = state.ideas.left_at.take();
    if let Some(id) = idea.filter(|_| !state.zoomed || idea != left_at) {
        effects.extend(ideas::go_to(state, id));
    }
    if state.focus == Pane::Ideas && !state.zoomed {
        let here = target::idea_row(state).map(|row| row.id);
        state.ideas.left_at = here.filter(|_| here != idea);
    }
    effects.extend(arrived(state));
    effects
}

/// Shows the whole release plan as a board, or as a table where it is one.
pub(super) fn turn_plan(state: &mut State) -> Vec<Effect> {
    state.plan.board.wanted = !target::on_board(state);
    state.zoomed = true;
    board::begin(state);
    arrived(state)
}

/// Shows the inbox, the table of ideas or the release plan.
pub(super) fn go(state: &mut State, command: Command) -> Vec<Effect> {
    match command {
        Command::GoIdeas => to_pane(state, Pane::Ideas, true),
        Command::GoPlan => to_pane(state, Pane::Plan, true),
        _ => {
            let effects = to_pane(state, Pane::Inbox, false);
            state.back.clear();
            effects
        }
    }
}

/// Shows a screen which is to come, with what serves meanwhile.
pub(super) fn absent(state: &mut State, absent: Absent) -> Vec<Effect> {
    leave_for(state, Screen::Absent(absent), state.focus, state.zoomed);
    Vec::new()
}

/// Shows a pane of the console; Esc leads back to where one was.
pub(super) fn to_pane(state: &mut State, pane: Pane, zoomed: bool) -> Vec<Effect> {
    leave_for(state, Screen::Console, pane, zoomed);
    let mut effects = hand::unpin(state);
    effects.extend(arrived(state));
    effects
}

/// Shows one idea with its evidence; Esc leads back.
pub fn open_idea(state: &mut State, id: IdeaId) -> Vec<Effect> {
    leave_for(state, Screen::Idea, state.focus, state.zoomed);
    state.idea = Some(IdeaView {
        id,
        detail: None,
        cursor: 0,
        scroll: 0,
    });
    vec![state.ask(Question::Idea(id))]
}

/// Shows a release in the release plan; Esc leads back.
pub fn show_release(state: &mut State, id: ReleaseId) -> Vec<Effect> {
    let effects = to_pane(state, Pane::Plan, true);
    plan::show(state, id);
    effects
}

/// Shows a feedback that the inbox may not have in its list; Esc leads back.
pub fn open_feedback(state: &mut State, id: FeedbackId) -> Vec<Effect> {
    leave_for(state, Screen::Console, Pane::Feedback, true);
    hand::take(state, id, true)
}

/// Remembers where one is, and goes elsewhere.
pub(super) fn leave_for(state: &mut State, screen: Screen, focus: Pane, zoomed: bool) {
    state.ideas.left_at = None;
    let here = (state.screen, state.focus, state.zoomed);
    if here != (screen, focus, zoomed) || screen == Screen::Idea {
        state.back.push(Step {
            screen: state.screen,
            focus: state.focus,
            zoomed: state.zoomed,
            list: None,
        });
        if state.back.len() > STEPS {
            state.back.remove(0);
        }
    }
    (state.screen, state.focus, state.zoomed) = (screen, focus, zoomed);
}

/// Opens what is under the cursor.
pub(super) fn open(state: &mut State) -> Vec<Effect> {
    match target::underneath(state) {
        Context::Inbox => {
            leave_for(state, Screen::Console, Pane::Feedback, state.zoomed);
            arrived(state)
        }
        Context::Text if !state.zoomed => {
            leave_for(state, Screen::Console, Pane::Feedback, true);
            arrived(state)
        }
        Context::Ideas => match target::idea_row(state).map(|row| row.id) {
            Some(id) => open_idea(state, id),
            None => Vec::new(),
        },
        Context::Plan | Context::Board => match target::release_item(state).map(|item| item.idea) {
            Some(id) => open_idea(state, id),
            None => plan::enter(state),
        },
        // What is out of sight is shown first.
        Context::Idea if idea::seek(state) => Vec::new(),
        Context::Idea => {
            let evidence = state.idea.as_ref().and_then(|view| {
                let detail = view.detail.as_ref()?;
                detail
                    .evidence
                    .get(view.cursor)
                    .map(|evidence| evidence.feedback)
            });
            evidence.map_or_else(Vec::new, |id| open_feedback(state, id))
        }
        Context::Timeline => timeline::toggle_changes(state),
        Context::Sync => sync::open_row(state),
        Context::Present => present::open_row(state),
        Context::Missing => missing::remedy(state),
        Context::Charts => charts::enter(state),
        Context::Past => past::open(state),
        _ => Vec::new(),
    }
}

/// One step back: marks, then the filter, then the view. Never leaves Intake.
pub(super) fn back(state: &mut State) -> Vec<Effect> {
    if marks::clear(state) {
        return Vec::new();
    }
    if state.screen == Screen::Console {
        match state.focus {
            Pane::Ideas if state.zoomed && !state.ideas.filter.is_empty() => {
                idea_filter::show_all(state);
                return Vec::new();
            }
            Pane::Plan if !state.plan.filter.is_empty() => {
                plan::search(state, "");
                return Vec::new();
            }
            Pane::Inbox => {
                if let Some(effects) = filter::back_one(state) {
                    return effects;
                }
            }
            _ => {}
        }
    } else {
        let stepped = match state.screen {
            Screen::Timeline => state.timeline.changes.take().is_some(),
            Screen::Charts => charts::back(state),
            _ => false,
        };
        if stepped {
            return Vec::new();
        }
    }
    go_back(state)
}

/// Leaves the view for the one before it; at the root nothing happens.
pub fn go_back(state: &mut State) -> Vec<Effect> {
    if state.back.is_empty() && state.screen == Screen::Console && state.zoomed {
        return turn_zoom(state);
    }
    let pinned = state.hand.as_ref().is_some_and(|hand| hand.pinned);
    let root = Step {
        screen: Screen::Console,
        focus: Pane::Inbox,
        zoomed: false,
        list: None,
    };
    let step = state.back.pop().unwrap_or(root);
    let (screen, focus, zoomed) = (step.screen, step.focus, step.zoomed);
    let from = state.screen;
    (state.screen, state.focus, state.zoomed) = (screen, focus, zoomed);
    let mut effects = Vec::new();
    if let Some(list) = step.list {
        effects.extend(filter::put_back(state, list.inbox, list.search));
    }
    if pinned && !(screen == Screen::Console && focus == Pane::Feedback && zoomed) {
        effects.extend(hand::unpin(state));
    }
    if screen == Screen::Idea && from != Screen::Idea {
        effects.extend(idea::reload(state));
    }
    // It may have changed while one was elsewhere.
    if matches!(screen, Screen::Sync | Screen::Present) {
        effects.extend(sync::reload(state));
    }
    if screen == Screen::Charts {
        effects.extend(charts::reload(state));
    }
    if screen == Screen::Past {
        effects.extend(past::reload(state));
    }
    effects.extend(arrived(state));
    effects
}

/// Closes the view; at the root leaves.
pub(super) fn close(state: &mut State) -> Vec<Effect> {
    let root = state.screen == Screen::Console && !state.zoomed;
    if root {
        return quit(state);
    }
    go_back(state)
}

/// Leaves Intake. Half-written text was kept as it was typed.
pub(super) fn quit(state: &mut State) -> Vec<Effect> {
    state.leaving = true;
    vec![Effect::Quit]
}

/// The panes have other sizes now.
fn arrived(state: &mut State) -> Vec<Effect> {
    ideas::settle(state);
    plan::arrived(state);
    inbox::settle(state)
}
