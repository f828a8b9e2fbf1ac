//! Handing work out: questions with their sequence numbers, deeds with their tickets.

use crate::domain::deed::{Deed, Reversal, Seen};
use crate::domain::id::ActionId;

use super::effect::{Effect, Question, Writing};
use super::errands::{Awaited, Submitted, ViewBack};
use super::prompt::draft;
use super::state::{Notice, Overlay, Sent, State, Tone};
use super::update;

impl State {
    /// Asks a question. Where only the newest of a kind matters, it is that from now on: older ones find nobody.
    pub fn ask(&mut self, question: Question) -> Effect {
        self.flight.last += 1;
        let sequence = self.flight.last;
        let kind = question.kind();
        if question.supersedes(&question) {
            let stale: Vec<u64> = self
                .flight
                .questions
                .iter()
                .filter(|(_, known)| *known == kind)
                .map(|(stale, _)| *stale)
                .collect();
            self.flight.questions.retain(|(_, known)| *known != kind);
            for stale in stale {
                self.pass_on(stale, sequence, &question);
            }
        }
        self.flight.questions.push((sequence, kind));
        Effect::Ask { sequence, question }
    }

    /// What was asked of that kind is of no use any more: its answer finds nobody.
    pub fn forget(&mut self, kind: &str) {
        self.flight.questions.retain(|(_, known)| *known != kind);
    }

    /// An overlay that waits for a question which is stale now waits for the newer one where that asks the same, and
    /// else for nothing: keys must not wait for an answer that never comes.
    fn pass_on(&mut self, stale: u64, newer: u64, question: &Question) {
        let serves = |awaited: &Awaited| match awaited {
            Awaited::Form(id, _) | Awaited::Reason(id) | Awaited::Checklist(id) => {
                *question == Question::Idea(*id)
            }
            _ => false,
        };
        let mut passed = false;
        for (sequence, awaited) in &mut self.errands.awaited {
            if *sequence == stale && serves(awaited) {
                *sequence = newer;
                passed = true;
            }
        }
        self.errands
            .awaited
            .retain(|(sequence, _)| *sequence != stale);
        if self.errands.hold == Some(stale) {
            self.errands.hold = passed.then_some(newer);
        }
    }

    /// Does a deed; keys wait until it has come back.
    pub fn commit(&mut self, deed: Deed) -> Effect {
        self.commit_seen(deed, Vec::new())
    }

    /// The same, done only while that is as it was seen.
    pub fn commit_seen(&mut self, deed: Deed, seen: Vec<Seen>) -> Effect {
        self.flight.last += 1;
        let ticket = self.flight.last;
        self.flight.deed = Some((ticket, self.now));
        self.flight.sent = Some(Sent::Deed(Box::new(deed.clone())));
        self.errands.view = None;
        // A passage that has become a quote is selected no more; one whose picker was left still is.
        if let (Deed::Link { quote: Some(_), .. }, Some(hand)) = (&deed, &mut self.hand) {
            hand.selection = None;
        }
        Effect::Commit {
            ticket,
            deed: Box::new(deed),
            seen,
        }
    }

    /// Undoes or redoes; keys wait until it has come back. The action that was confirmed is not asked about again.
    pub fn reverse(&mut self, reversal: Reversal, confirmed: Option<ActionId>) -> Effect {
        self.flight.last += 1;
        let ticket = self.flight.last;
        self.flight.deed = Some((ticket, self.now));
        self.flight.sent = Some(Sent::Reversal(reversal));
        self.errands.view = None;
        Effect::Reverse {
            ticket,
            reversal,
            confirmed,
        }
    }

    /// Writes something that is no deed; keys go on.
    pub fn write(&mut self, writing: Writing) -> Effect {
        self.flight.last += 1;
        let ticket = self.flight.last;
        if let Some(writing) = update::view_before(self, &writing) {
            let again = false;
            self.errands
                .views
                .push((ticket, ViewBack { writing, again }));
        }
        self.flight.writings.push((ticket, writing.clone()));
        Effect::Write {
            ticket,
            writing: Box::new(writing),
        }
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
        self.idle = true;
        Vec::new()
    }
}

/// How a text begins that is addressed to somebody: a colleague is mentioned, a name from outside gets a colon.
#[must_use]
pub fn address(name: &str) -> String {
    if name.starts_with('@') {
        name.to_owned()
    } else {
        format!("{name}:")
    }
}

/// What was seen in an overlay and must still be so when its deed is done: else that of another window would be overwritten.
fn seen(overlay: &Overlay) -> Vec<Seen> {
    match overlay {
        Overlay::Form(form) => form.seen(),
        Overlay::Prompt(prompt) => prompt.seen.clone(),
        Overlay::Picker(_) | Overlay::Import(_) => Vec::new(),
    }
}

/// Takes the overlay on top away and does its deed. The overlay is kept until the deed is done: when it is refused, it
/// comes back with the reason, and nothing that was typed is lost.
pub fn submit(state: &mut State, deed: Deed) -> Vec<Effect> {
    let mut effects = draft::keep(state);
    let Some(overlay) = state.overlays.pop() else {
        return effects;
    };
    let effect = state.commit_seen(deed, seen(&overlay));
    if let Effect::Commit { ticket, .. } = effect {
        state.errands.submitted.push(Submitted {
            ticket,
            drafts: draft::names(&overlay),
            overlay,
        });
    }
    effects.push(effect);
    effects
}
