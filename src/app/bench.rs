//! A console on a small world in memory, for tests: keys in, state out. Questions are answered and deeds done only when
//! the test lets the worker run, so that a test can look at what is typed ahead and at what comes back late.

mod meeting;
mod stock;
mod world;

use std::collections::VecDeque;

use uuid::Uuid;

use super::effect::{Effect, Writing};
use super::key::Key;
use super::keymap::Keymap;
use super::message::Message;
use super::state::{Settings, State};
use super::update::{start, update};
use crate::domain::deed::{Deed, Reversal, Reversed};
use crate::domain::id::{FeedbackId, IdeaId, ReleaseItemId};
use crate::domain::moment::{DAY, Moment};
use crate::domain::people::Handle;

pub(crate) use meeting::{minutes, queued_id, step_id};
pub(crate) use stock::{detail, idea_row};
use world::World;

/// The time of every test.
pub(crate) const NOW: Moment = Moment(20_000 * DAY);

/// The feedback with that number.
pub(crate) fn feedback_id(number: usize) -> FeedbackId {
    FeedbackId(Uuid::from_u128(0xF000_0000 + number as u128))
}

/// The idea with that number.
pub(crate) fn idea_id(number: usize) -> IdeaId {
    IdeaId(Uuid::from_u128(0xD000_0000 + number as u128))
}

/// The release item with that number.
pub(crate) fn item_id(number: usize) -> ReleaseItemId {
    ReleaseItemId(Uuid::from_u128(0xE000_0000 + number as u128))
}

/// The settings of every test, which some change.
pub(crate) fn settings() -> Settings {
    Settings {
        me: None,
        workspace: "acme.db".to_owned(),
        mouse: false,
        reduced_motion: true,
        plain: false,
        editions: Vec::new(),
        checklist: Vec::new(),
        waiting_days: 5,
        answer_template: None,
        clocks: crate::domain::clocks::Clocks::UTC,
    }
}

/// A console of 80 columns and 24 rows at the beginning of time, which has asked nothing yet.
pub(crate) fn small() -> State {
    State::new(settings(), Keymap::default(), (80, 24), Moment(0))
}

/// A console and its worker.
pub(crate) struct Bench {
    pub state: State,
    pub world: World,
    /// What the worker has still to do, oldest first.
    pub waiting: VecDeque<Effect>,
    /// What went to the terminal.
    pub outside: Vec<Effect>,
}

impl Bench {
    /// A console of 120 columns and 36 rows on so many feedback, everything loaded.
    pub fn new(feedback: usize) -> Self {
        Self::with(World::new(feedback), None, (120, 36))
    }

    /// A console on that world, for that person, of that size, everything loaded.
    pub fn with(world: World, me: Option<&str>, size: (u16, u16)) -> Self {
        let mut settings = settings();
        settings.me = me.and_then(|me| Handle::parse(me).ok());
        let mut state = State::new(settings, Keymap::default(), size, NOW);
        let effects = start(&mut state);
        let mut bench = Self {
            state,
            world,
            waiting: VecDeque::new(),
            outside: Vec::new(),
        };
        bench.take(effects);
        bench.settle();
        bench
    }

    /// A world of so many feedback.
    pub fn world(feedback: usize) -> World {
        World::new(feedback)
    }

    fn take(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Ask { .. }
                | Effect::Commit { .. }
                | Effect::Reverse { .. }
                | Effect::Write { .. }
                | Effect::Turn { .. } => {
                    self.waiting.push_back(effect);
                }
                other => self.outside.push(other),
            }
        }
    }

    /// Something happens.
    pub fn send(&mut self, message: Message) {
        let effects = update(&mut self.state, message);
        self.take(effects);
    }

    /// Presses keys, written as in the keymap with blanks between; nothing is answered.
    pub fn press(&mut self, keys: &str) {
        for key in Key::sequence(keys).expect("keys") {
            self.send(Message::Key(key));
        }
    }

    /// Types a text, character by character; nothing is answered.
    pub fn type_text(&mut self, text: &str) {
        for character in text.chars() {
            self.send(Message::Key(Key::char(character)));
        }
    }

    /// Lets the worker do the oldest thing. False when there was nothing to do.
    pub fn work_once(&mut self) -> bool {
        let Some(effect) = self.waiting.pop_front() else {
            return false;
        };
        let message = match effect {
            Effect::Ask { sequence, question } => {
                self.world.answer(&question).map(|answer| Message::Answer {
                    sequence,
                    answer: Ok(answer),
                })
            }
            Effect::Commit { ticket, deed, .. } => {
                let outcome = Ok(self.world.do_deed(&deed));
                Some(Message::Done { ticket, outcome })
            }
            Effect::Reverse {
                ticket, reversal, ..
            } => {
                let outcome = Ok(self.reverse(reversal));
                Some(Message::Reversed { ticket, outcome })
            }
            Effect::Write { ticket, writing } => {
                let outcome = Ok(match *writing {
                    Writing::View { .. } => "the view is saved".to_owned(),
                    Writing::Me(_) => "it is known who you are".to_owned(),
                    Writing::Export { path, .. } => format!("wrote it to {path}"),
                    Writing::Minutes { path, .. } => format!("wrote {path}"),
                });
                Some(Message::Written { ticket, outcome })
            }
            Effect::Turn { meeting, turn } => {
                let running = &mut self.world.sync.running;
                running.turn(turn, self.state.now);
                Some(Message::Turned(Ok((meeting, running.clone()))))
            }
            _ => None,
        };
        if let Some(message) = message {
            self.send(message);
        }
        true
    }

    fn reverse(&mut self, _: Reversal) -> Reversed {
        self.world.reversed.take().unwrap_or(Reversed::Nothing)
    }

    /// Lets the worker do everything.
    pub fn settle(&mut self) {
        let mut steps = 0;
        while self.work_once() {
            steps += 1;
            assert!(steps < 10_000, "the console never stops asking");
        }
    }

    /// Presses keys and lets the worker do everything after each, as somebody does who looks before they type.
    pub fn keys(&mut self, keys: &str) {
        for key in Key::sequence(keys).expect("keys") {
            self.send(Message::Key(key));
            self.settle();
        }
    }

    /// The number of the feedback under the cursor.
    pub fn at(&self) -> Option<usize> {
        let number = self.state.inbox.row()?.id.0.as_u128() - 0xF000_0000;
        usize::try_from(number).ok()
    }

    /// The deeds that were done.
    pub fn deeds(&self) -> Vec<&Deed> {
        self.world.done.iter().map(|(_, deed)| deed).collect()
    }

    /// What the notice says.
    pub fn notice(&self) -> &str {
        self.state
            .notice
            .as_ref()
            .map_or("", |notice| &notice.words)
    }
}
