//! The work itself: what is done next, what waits, and what comes of it.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::keeper::Keeper;
use super::{Flag, Request, Shared, lock};
use crate::app::effect::Question;
use crate::app::message::Message;
use crate::app::state::{ImportProgress, ImportStage};
use crate::domain::deed::{Outcome, Reversal, Reversed};
use crate::domain::id::ActionId;
use crate::domain::pace::Underway;
use crate::problem::{Kind, Problem};
use crate::terminal::door::Door;
use crate::terminal::happening::Happening;

/// How often the worker looks whether another window has changed the file: soon enough to look live, and a
/// look costs microseconds.
const LOOK: Duration = Duration::from_millis(250);

/// How long the worker lets pass between two tries to write while another window does.
const RETRY: Duration = Duration::from_millis(100);

/// How long nothing must have been asked before [what can wait](Question::can_wait) is. It takes milliseconds, in which the
/// console draws what else the last key has changed, and others bring that to the screen: three who would share two cores.
const PAUSE: Duration = Duration::from_millis(10);

/// How often the console hears how far an import or an undo is.
const NEWS: Duration = Duration::from_millis(100);

/// An undo that is done sooner says only that it is done.
const MOMENT: Duration = Duration::from_millis(300);

/// The worker, seen from within its thread.
pub(super) struct Labour<D> {
    door: D,
    incoming: Receiver<Request>,
    waiting: VecDeque<Request>,
    /// What could not be written because another window does, in order; whatever else is to be written goes behind it.
    blocked: VecDeque<Request>,
    /// When the first of them was tried last.
    tried: Instant,
    current: Shared,
    queue: Sender<Happening>,
    looked: Instant,
    /// When something was asked last.
    heard: Instant,
    /// How long nothing must have been asked before what can wait is done: [`PAUSE`].
    pub(super) pause: Duration,
    has_worked: bool,
    closing: bool,
    /// Waits for the disk, where that is not done with each write.
    keeper: Option<Keeper>,
}

impl<D: Door> Labour<D> {
    /// A worker that has done nothing yet.
    pub(super) fn new(
        door: D,
        incoming: Receiver<Request>,
        current: Shared,
        queue: Sender<Happening>,
        keeper: Option<Keeper>,
    ) -> Self {
        Self {
            door,
            incoming,
            waiting: VecDeque::new(),
            blocked: VecDeque::new(),
            tried: Instant::now(),
            current,
            queue,
            looked: Instant::now(),
            heard: Instant::now(),
            pause: PAUSE,
            has_worked: true,
            closing: false,
            keeper,
        }
    }

    /// Works until nobody has requests any more, and all that was written is on the disk.
    pub(super) fn work(&mut self) {
        self.work_through();
        if let Some(keeper) = self.keeper.take() {
            keeper.finish();
        }
    }

    fn work_through(&mut self) {
        loop {
            self.gather();
            if self.looked.elapsed() >= LOOK && !self.closing {
                self.look();
            }
            if !self.blocked.is_empty() && (self.tried.elapsed() >= RETRY || self.closing) {
                self.try_again();
            }
            if let Some(request) = self.next() {
                self.has_worked = true;
                match request.writes() && !self.blocked.is_empty() {
                    true => self.block(request),
                    false => self.perform(request),
                }
            } else if self.closing {
                return;
            } else {
                self.idle();
            }
        }
    }

    /// What is to be done next: in the order of asking, but comparing comes last, and after whatever is asked while it is
    /// being got ready; of that, what can wait comes after a pause.
    pub(super) fn next(&mut self) -> Option<Request> {
        loop {
            let presses = |request: &Request| !compares(request) && !can_wait(request);
            let pressing = self.waiting.iter().position(presses);
            if let Some(place) = pressing {
                return self.waiting.remove(place);
            }
            let wanted = self.waiting.iter().position(|request| !can_wait(request));
            let left = self.pause.saturating_sub(self.heard.elapsed());
            if self.waiting.is_empty() {
                return None;
            }
            if wanted.is_none() && !left.is_zero() {
                self.listen(left);
                // Whatever came meanwhile is done before.
                continue;
            }
            let next = wanted.unwrap_or(0);
            if !self.waiting.get(next).is_some_and(compares) || self.door.prepare().unwrap_or(true)
            {
                return self.waiting.remove(next);
            }
            self.gather();
        }
    }

    /// Waits for the next request, for a while at most; whether there was none.
    fn listen(&mut self, patience: Duration) -> bool {
        match self.incoming.recv_timeout(patience) {
            Ok(request) => self.admit(request),
            Err(RecvTimeoutError::Disconnected) => self.close(),
            Err(RecvTimeoutError::Timeout) => return true,
        }
        false
    }

    /// Takes in all that has been asked so far.
    fn gather(&mut self) {
        loop {
            match self.incoming.try_recv() {
                Ok(request) => self.admit(request),
                Err(std::sync::mpsc::TryRecvError::Empty) => return,
                Err(std::sync::mpsc::TryRecvError::Disconnected) => {
                    self.close();
                    return;
                }
            }
        }
    }

    fn idle(&mut self) {
        let patience = if self.blocked.is_empty() { LOOK } else { RETRY };
        if self.listen(patience) && std::mem::take(&mut self.has_worked) {
            // What fails here is tried again after the next work, and harms nobody until then.
            self.has_worked = self.door.rest().unwrap_or(false);
        }
    }

    /// Queues a request; whatever it makes pointless leaves the queue.
    pub(super) fn admit(&mut self, request: Request) {
        self.heard = Instant::now();
        match &request {
            Request::Ask(_, newer) => self.waiting.retain(
                |waiting| !matches!(waiting, Request::Ask(_, older) if newer.supersedes(older)),
            ),
            // Only when nothing stands in between, which might be a question about the draft.
            Request::SaveDraft(newer, _) => {
                if matches!(self.waiting.back(), Some(Request::SaveDraft(older, _)) if older == newer)
                {
                    self.waiting.pop_back();
                }
            }
            Request::DropWaiting => return self.give_up(),
            Request::Commit(..)
            | Request::Reverse(..)
            | Request::Turn(..)
            | Request::Write(..)
            | Request::PlanImport(..)
            | Request::Import(..)
            | Request::Say(_) => {}
        }
        self.waiting.push_back(request);
    }

    /// Nobody waits for answers any more, but what was to be written is written.
    fn close(&mut self) {
        self.closing = true;
        self.waiting
            .retain(|request| !matches!(request, Request::Ask(..)));
    }

    fn look(&mut self) {
        self.looked = Instant::now();
        // A file that cannot be read says so on the next question; saying it four times a second helps nobody.
        if self.door.has_changed().unwrap_or(false) {
            self.tell(Message::Changed);
        }
    }

    /// Does a request, or keeps it for later where another window is in its way.
    fn perform(&mut self, request: Request) {
        let message = self.done(&request);
        if !self.closing && message.as_ref().is_some_and(is_busy) {
            return self.block(request);
        }
        self.told(&request, message);
    }

    /// Tells what came of a request, and then has the disk keep what it may have written.
    fn told(&self, request: &Request, message: Option<Message>) {
        if let Some(message) = message {
            self.tell(message);
        }
        if let Some(keeper) = self.keeper.as_ref().filter(|_| request.writes()) {
            keeper.keep();
        }
    }

    /// What comes of a request. Questions tell it themselves, and text that was kept needs no word.
    fn done(&mut self, request: &Request) -> Option<Message> {
        Some(match request {
            Request::Ask(sequence, question) => {
                self.answer(*sequence, question.clone());
                return None;
            }
            Request::Commit(ticket, deed, seen) => Message::Done {
                ticket: *ticket,
                outcome: self.door.commit(deed, seen),
            },
            Request::Reverse(ticket, reversal, confirmed, stopped) => Message::Reversed {
                ticket: *ticket,
                outcome: self.reverse(*ticket, *reversal, *confirmed, stopped),
            },
            Request::Turn(meeting, turn) => {
                let running = self.door.turn(*meeting, *turn);
                Message::Turned(running.map(|running| (*meeting, running)))
            }
            Request::Write(ticket, writing) => Message::Written {
                ticket: *ticket,
                outcome: self.door.write(writing),
            },
            Request::SaveDraft(prompt, text) => {
                let prompt = prompt.clone();
                match self.door.save_draft(&prompt, text.as_deref()) {
                    Ok(false) => return None,
                    Ok(true) => Message::KeptBeside(prompt),
                    Err(problem) => Message::Unkept {
                        problem,
                        prompt,
                        text: text.clone(),
                    },
                }
            }
            Request::PlanImport(ticket, wish, stopped) => Message::ImportPlanned {
                ticket: *ticket,
                plan: self
                    .watched(*ticket, stopped, |door, watch| {
                        door.plan_import(wish, watch)
                    })
                    .map(Box::new),
            },
            Request::Import(ticket, stopped) => Message::Imported {
                ticket: *ticket,
                outcome: self.import(*ticket, stopped),
            },
            // Whoever asked may have lost patience.
            Request::Say(done) => {
                let _ = done.send(());
                return None;
            }
            Request::DropWaiting => return None,
        })
    }

    /// Imports. What took so long is told when it is on the disk.
    fn import(&mut self, ticket: u64, stopped: &Flag) -> Result<Outcome, Problem> {
        let outcome = self.watched(ticket, stopped, |door, watch| door.import(watch));
        if let (Ok(_), Some(keeper)) = (&outcome, &self.keeper) {
            keeper.keep_now();
        }
        outcome
    }

    /// Does long work which tells the console how far it is, and which the console can stop.
    fn watched<T>(
        &mut self,
        ticket: u64,
        stopped: &Flag,
        work: impl FnOnce(
            &mut D,
            &mut dyn FnMut(ImportProgress) -> ControlFlow<()>,
        ) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        if stopped.load(Ordering::SeqCst) {
            return Err(Problem::new(
                Kind::Interrupted,
                "stopped: nothing was imported",
            ));
        }
        let queue = self.queue.clone();
        let mut told: Option<(ImportStage, Instant)> = None;
        let mut watch = |progress: ImportProgress| {
            let is_news =
                told.is_none_or(|(stage, at)| stage != progress.stage || at.elapsed() >= NEWS);
            if is_news {
                told = Some((progress.stage, Instant::now()));
                let message = Message::ImportProgress { ticket, progress };
                let _ = queue.send(Happening::Message(message));
            }
            match stopped.load(Ordering::SeqCst) {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        };
        work(&mut self.door, &mut watch)
    }

    /// Undoes or redoes. The console hears how far it is once that has taken a moment, and can stop it.
    fn reverse(
        &mut self,
        ticket: u64,
        reversal: Reversal,
        confirmed: Option<ActionId>,
        stopped: &Flag,
    ) -> Result<Reversed, Problem> {
        let queue = self.queue.clone();
        let mut told = Instant::now();
        let mut patience = MOMENT;
        let mut watch = |underway: &Underway| {
            if told.elapsed() >= patience {
                told = Instant::now();
                patience = NEWS;
                let underway = underway.clone();
                let message = Message::Reversing { ticket, underway };
                let _ = queue.send(Happening::Message(message));
            }
            match stopped.load(Ordering::SeqCst) {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        };
        self.door.reverse(reversal, confirmed, &mut watch)
    }

    /// Keeps for later what another window is in the way of, and says so once.
    fn block(&mut self, request: Request) {
        if let Request::Commit(ticket, ..)
        | Request::Reverse(ticket, ..)
        | Request::Write(ticket, _)
        | Request::Import(ticket, _) = &request
        {
            self.tell(Message::Waits { ticket: *ticket });
        }
        self.tried = Instant::now();
        self.blocked.push_back(request);
    }

    /// Does what another window was in the way of, in order, until it is in the way again.
    fn try_again(&mut self) {
        while let Some(request) = self.blocked.pop_front() {
            let message = self.done(&request);
            if !self.closing && message.as_ref().is_some_and(is_busy) {
                self.blocked.push_front(request);
                break;
            }
            self.told(&request, message);
        }
        self.tried = Instant::now();
    }

    /// Gives up the deeds and the like that wait; half-written text and an import, which has a screen of its own, still wait.
    fn give_up(&mut self) {
        for request in std::mem::take(&mut self.blocked) {
            let given_up =
                || Problem::new(Kind::Interrupted, "given up: another window was writing");
            match request {
                Request::Commit(ticket, ..) => self.tell(Message::Done {
                    ticket,
                    outcome: Err(given_up()),
                }),
                Request::Reverse(ticket, ..) => self.tell(Message::Reversed {
                    ticket,
                    outcome: Err(given_up()),
                }),
                Request::Write(ticket, _) => self.tell(Message::Written {
                    ticket,
                    outcome: Err(given_up()),
                }),
                other => self.blocked.push_back(other),
            }
        }
    }

    fn answer(&mut self, sequence: u64, question: Question) {
        {
            let mut current = lock(&self.current);
            current.question = Some(question.clone());
            current.pointless = false;
        }
        let answer = self.door.answer(question);
        let pointless = {
            let mut current = lock(&self.current);
            current.question = None;
            current.pointless
        };
        if !pointless {
            self.tell(Message::Answer { sequence, answer });
        }
    }

    fn tell(&self, message: Message) {
        // The loop has ended; what it would have heard is written all the same.
        let _ = self.queue.send(Happening::Message(message));
    }
}

/// Whether it has to be compared with all ideas.
fn compares(request: &Request) -> bool {
    matches!(request, Request::Ask(_, question) if question.compares())
}

/// Whether it is left until the hands rest for a moment.
fn can_wait(request: &Request) -> bool {
    matches!(request, Request::Ask(_, question) if question.can_wait())
}

/// Whether nothing came of it because another window was writing.
fn is_busy(message: &Message) -> bool {
    let problem = match message {
        Message::Done { outcome, .. } | Message::Imported { outcome, .. } => outcome.as_ref().err(),
        Message::Reversed { outcome, .. } => outcome.as_ref().err(),
        Message::Turned(outcome) => outcome.as_ref().err(),
        Message::Written { outcome, .. } => outcome.as_ref().err(),
        Message::Unkept { problem, .. } => Some(problem),
        _ => None,
    };
    problem.is_some_and(|problem| problem.kind == Kind::Busy)
}
