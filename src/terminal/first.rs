//! What the first frame shows, found out in one go.
//!
//! Each of the first questions follows from the answer to the one before: the header says which list is shown, the list
//! which feedback is in hand. On its way to another thread each of them, and each answer, would wait until that thread is
//! awake. So the state goes to the worker, which asks and answers until all is there, and comes back whole; meanwhile the
//! loop's thread takes the terminal.
//!
//! ```text
//!   loop    theme, cells ────────┐ signals, raw mode, input ──┐ draw, and the worker has the rest to answer
//!   worker  opens the workspace ─┘ questions and answers ─────┘
//! ```

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use super::timer;
use super::worker::{Door, Worker};
use crate::app::effect::Effect;
use crate::app::message::Message;
use crate::app::state::State;
use crate::app::update;

/// How long the first frame waits for its first rows. Longer, and an empty console is better than none.
const FIRST_ROWS: Duration = Duration::from_millis(100);

/// How often whatever takes longer is told to stop: it may be between two statements, where nothing hears it.
const AGAIN: Duration = Duration::from_millis(10);

/// A state, and what is still to be done about it.
type Begun = (State, Vec<Effect>);

/// The state while the worker has it.
pub(super) struct First {
    begun: Receiver<Begun>,
    hurried: Arc<AtomicBool>,
}

impl First {
    /// Takes a state of which nothing has been asked yet, and answers what the worker begins with.
    pub(super) fn of<D: Door>(mut state: State) -> (Self, impl FnOnce(&mut D) + Send + 'static) {
        let (sender, begun) = channel();
        let hurried = Arc::new(AtomicBool::new(false));
        let hurry = Arc::clone(&hurried);
        let begin = move |door: &mut D| {
            let effects = find_out(&mut state, door, &hurry);
            // Where nobody waits for it any more the console is ending.
            let _ = sender.send((state, effects));
        };
        (Self { begun, hurried }, begin)
    }

    /// The state with all that the first frame shows, or after a while with what there is of it, and what is to be done by
    /// the loop. None when the worker has died.
    pub(super) fn wait(self, worker: &Worker) -> Option<Begun> {
        let waited = Instant::now();
        let mut patience = FIRST_ROWS;
        loop {
            match self.begun.recv_timeout(patience) {
                Ok(begun) => return Some(begun),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => {}
            }
            if waited.elapsed() >= FIRST_ROWS {
                self.hurried.store(true, Ordering::SeqCst);
                worker.interrupt();
                patience = AGAIN;
            }
        }
    }
}

/// Asks and answers until nothing is awaited that the first frame shows. What comes back is for the loop: other effects, and
/// questions which the first frame does not wait for, or which there was no time for.
fn find_out(state: &mut State, door: &mut impl Door, hurried: &AtomicBool) -> Vec<Effect> {
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
    use crate::app::effect::Question;
    use crate::app::keymap::Keymap;
    use crate::app::state::Settings;
    use crate::domain::moment::Moment;
    use crate::terminal::desk::Desk;
    use crate::workspace::{Opening, Workspace};

    fn state() -> State {
        let settings = Settings {
            me: None,
            workspace: "acme.db".into(),
            mouse: true,
            reduced_motion: false,
            plain: false,
            editions: Vec::new(),
            checklist: Vec::new(),
            waiting_days: 5,
            answer_template: None,
            utc_offset: 0,
        };
        State::new(settings, Keymap::default(), (80, 24), Moment(0))
    }

    /// What is found out about a new workspace, and the kinds of questions that are left.
    fn begun(hurried: bool) -> (State, Vec<Effect>, Vec<&'static str>) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("acme.db");
        let workspace = Workspace::open(&path, Opening::default()).expect("a workspace");
        let mut desk = Desk::new(workspace, Vec::new()).expect("a desk");
        let mut state = state();
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
