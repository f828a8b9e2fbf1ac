//! Handing work out: questions with their sequence numbers, deeds with their tickets.

use crate::domain::deed::{Deed, Reversal};

use super::effect::{Effect, Question};
use super::state::{Awaited, Notice, Sent, State, Tone};

impl State {
    /// Asks a question. It is the newest of its kind from now on: older ones of the kind find nobody.
    pub fn ask(&mut self, question: Question) -> Effect {
        self.flight.last += 1;
        let sequence = self.flight.last;
        let kind = question.kind();
        self.flight.questions.retain(|(_, known)| *known != kind);
        self.flight.questions.push((sequence, kind));
        Effect::Ask { sequence, question }
    }

    /// Does a deed; keys wait until it has come back.
    pub fn commit(&mut self, deed: Deed) -> Effect {
        self.flight.last += 1;
        let ticket = self.flight.last;
        self.flight.deed = Some((ticket, self.now));
        self.flight.sent = Some(Sent::Deed(Box::new(deed.clone())));
        Effect::Commit {
            ticket,
            deed: Box::new(deed),
        }
    }

    /// Undoes or redoes; keys wait until it has come back.
    pub fn reverse(&mut self, reversal: Reversal) -> Effect {
        self.flight.last += 1;
        let ticket = self.flight.last;
        self.flight.deed = Some((ticket, self.now));
        self.flight.sent = Some(Sent::Reversal(reversal));
        Effect::Reverse { ticket, reversal }
    }

    /// Whether a question of that kind is on its way.
    #[must_use]
    pub fn asked(&self, kind: &str) -> bool {
        self.flight
            .questions
            .iter()
            .any(|(_, known)| *known == kind)
    }

    /// Asks a question of an overlay: what the answer is for is kept with its number, so that a stale one finds nobody.
    pub fn await_answer(&mut self, question: Question, awaited: Awaited) -> Effect {
        let effect = self.ask(question);
        if let Effect::Ask { sequence, .. } = effect {
            self.errands.awaited.push((sequence, awaited));
        }
        effect
    }

    /// Says something in the line above the footer.
    pub fn say(&mut self, tone: Tone, words: impl Into<String>, hint: impl Into<String>) {
        self.notice = Some(Notice {
            tone,
            words: words.into(),
            hint: hint.into(),
        });
    }

    /// Says why nothing was done, and what to do instead.
    pub fn refuse(&mut self, words: impl Into<String>, hint: impl Into<String>) -> Vec<Effect> {
        self.say(Tone::Error, words, hint);
        Vec::new()
    }
}
