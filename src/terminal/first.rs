//! The first frame: what it shows is found out by the thread that opened the workspace.
//!
//! Each of the first questions follows from the answer to the one before: the header says which list is shown, the list
//! which feedback is in hand. To wake a thread takes longer than to answer one of them, a new thread above all; so they are
//! asked and answered where the program began, and the worker gets the workspace when the frame is drawn. The terminal is
//! taken meanwhile (`usher.rs`).

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};

use super::door::Door;
use super::timer;
use crate::app::effect::Effect;
use crate::app::message::Message;
use crate::app::state::State;
use crate::app::update;

/// Asks and answers until nothing is awaited that the first frame shows. What comes back is for the loop: other effects, and
/// questions which the first frame does not wait for, or which there was no time for.
pub(super) fn find_out(
    state: &mut State,
    door: &mut impl Door,
    hurried: &AtomicBool,
) -> Vec<Effect> {
    let mut left = Vec::new();
    let mut effects = VecDeque::from(update::start(state));
    while let Some(effect) = effects.pop_front() {
        match effect {
            Effect::Ask { sequence, question } if !timer::can_wait(question.kind()) => {
                let answer = door.answer(question.clone());
                if hurried.load(Ordering::SeqCst) {
                    // It may have been stopped; the worker answers it when the frame is drawn.
                    left.push(Effect::Ask { sequence, question });
                    left.extend(effects);
                    break;
                }
                effects.extend(update::update(state, Message::Answer { sequence, answer }));
            }
            other => left.push(other),
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::bench;
    use crate::app::effect::Question;
    use crate::terminal::desk::Desk;
    use crate::workspace::{Opening, Workspace};

    /// What is found out about a new workspace, and the kinds of questions that are left.
    fn begun(hurried: bool) -> (State, Vec<Effect>, Vec<&'static str>) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("acme.db");
        let workspace = Workspace::open(&path, Opening::default()).expect("a workspace");
        let mut desk = Desk::new(workspace, Vec::new()).expect("a desk");
        let mut state = bench::small();
        state.settings.mouse = true;
        let left = find_out(&mut state, &mut desk, &AtomicBool::new(hurried));
        let kinds = left.iter().filter_map(|effect| match effect {
            Effect::Ask { question, .. } => Some(question.kind()),
            _ => None,
        });
        let kinds = kinds.collect();
        (state, left, kinds)
    }

    #[test]
    fn what_the_first_frame_shows_is_there_and_the_rest_is_left_to_be_asked() {
        let (state, left, kinds) = begun(false);
        assert!(state.header.is_some() && state.inbox.loaded && state.plan.loaded);
        assert_eq!(kinds, ["ideas", "views", "vocabulary", "next-sync"]);
        assert!(left.contains(&Effect::Mouse(true)));
        let awaited = state.flight.questions.iter().map(|(_, kind)| *kind);
        assert_eq!(awaited.collect::<Vec<_>>(), kinds);
    }

    #[test]
    fn whoever_is_in_a_hurry_gets_what_there_is() {
        let (state, left, kinds) = begun(true);
        assert!(state.header.is_none() && state.asked("header"));
        assert_eq!(kinds, [Question::Header.kind()]);
        assert!(left.contains(&Effect::Mouse(true)));
    }
}
