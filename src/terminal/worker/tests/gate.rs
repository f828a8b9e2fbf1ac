//! A worker at a door whose every step the test decides.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Receiver;

use super::*;
use crate::app::message::{Answer, Message};
use crate::app::state::{ImportPlan, ImportProgress, ImportStage};
use crate::domain::deed::{Outcome, Reversed, Seen, Touched};
use crate::domain::meeting::Running;
use crate::domain::pace::Underway;
use crate::problem::{Kind, Problem};
use crate::terminal::door::{Door, Wait};

/// A door that waits at each question until the test lets it pass, and writes down what it did.
pub(super) struct Gate {
    pub(super) entered: Sender<String>,
    pub(super) pass: Receiver<()>,
    pub(super) stops: Arc<AtomicUsize>,
    pub(super) changes: usize,
    /// How many pieces there are to read before anything can be compared.
    pub(super) pieces: usize,
    /// Whether another window is in the way of a view.
    pub(super) busy: Arc<AtomicBool>,
    /// Waits for the disk; without it each write is there when it is done.
    pub(super) wait: Option<Wait>,
}

impl Gate {
    fn enter(&self, what: String) {
        let _ = self.entered.send(what);
        let _ = self.pass.recv();
    }
}

/// That something was done.
pub(super) fn done() -> Outcome {
    Outcome {
        reverses: None,
        touched: Touched::ALL,
        about: Vec::new(),
        things: Vec::new(),
        action: None,
        words: "done".into(),
        made: Vec::new(),
    }
}

impl Door for Gate {
    fn answer(&mut self, question: Question) -> Result<Answer, Problem> {
        self.enter(match question {
            Question::RankIdeas(searches) => searches[0][0].text.clone(),
            other => other.kind().to_owned(),
        });
        Ok(Answer::Draft(None))
    }

    fn prepare(&mut self) -> Result<bool, Problem> {
        if self.pieces == 0 {
            return Ok(true);
        }
        self.enter("piece".into());
        self.pieces -= 1;
        Ok(self.pieces == 0)
    }

    fn plan_import(
        &mut self,
        wish: &ImportWish,
        watch: &mut dyn FnMut(ImportProgress) -> ControlFlow<()>,
    ) -> Result<ImportPlan, Problem> {
        let progress = ImportProgress {
            stage: ImportStage::Planning,
            done: 1,
            of: 2,
            things: 3,
        };
        while watch(progress).is_continue() {
            self.enter(wish.path.clone());
        }
        Err(Problem::new(Kind::Interrupted, "stopped"))
    }

    fn import(
        &mut self,
        _: &mut dyn FnMut(ImportProgress) -> ControlFlow<()>,
    ) -> Result<Outcome, Problem> {
        self.enter("import".into());
        Ok(done())
    }

    fn commit(&mut self, deed: &Deed, _: &[Seen]) -> Result<Outcome, Problem> {
        self.enter("commit".into());
        match deed {
            Deed::Process { .. } => Ok(done()),
            _ => Err(Problem::new(Kind::Refused, "not this one")),
        }
    }

    /// One step at a time, until it is stopped.
    fn reverse(
        &mut self,
        _: Reversal,
        _: Option<ActionId>,
        watch: &mut dyn FnMut(&Underway) -> ControlFlow<()>,
    ) -> Result<Reversed, Problem> {
        let mut underway = Underway {
            words: "undoing: all of it".into(),
            done: 0,
            of: 4,
        };
        while underway.done < underway.of {
            self.enter("reverse".into());
            underway.done += 1;
            if watch(&underway).is_break() {
                return Err(Problem::new(Kind::Interrupted, "stopped"));
            }
        }
        Ok(Reversed::Nothing)
    }

    fn turn(&mut self, _: MeetingId, turn: Turn) -> Result<Running, Problem> {
        self.enter(format!("{turn:?}"));
        Ok(Running::default())
    }

    fn save_draft(&mut self, prompt: &str, text: Option<&str>) -> Result<bool, Problem> {
        self.enter(format!("{prompt}={}", text.unwrap_or_default()));
        Ok(false)
    }

    fn write(&mut self, writing: &Writing) -> Result<String, Problem> {
        self.enter("write".into());
        match writing {
            Writing::View { .. } if self.busy.load(Ordering::SeqCst) => {
                Err(Problem::new(Kind::Busy, "another window is writing"))
            }
            Writing::View { name, .. } => Ok(name.clone()),
            _ => Ok("a file".into()),
        }
    }

    fn has_changed(&mut self) -> Result<bool, Problem> {
        let changed = self.changes > 0;
        self.changes = self.changes.saturating_sub(1);
        Ok(changed)
    }

    fn rest(&mut self) -> Result<bool, Problem> {
        let _ = self.entered.send("rest".into());
        Ok(false)
    }

    fn wait_apart(&mut self) -> Option<Wait> {
        self.wait.take()
    }

    fn stop(&self) -> Stop {
        let stops = Arc::clone(&self.stops);
        Box::new(move || {
            stops.fetch_add(1, Ordering::SeqCst);
        })
    }
}

/// A worker at such a door, and what the test holds of it.
pub(super) struct Bench {
    pub(super) worker: Worker,
    pub(super) entered: Receiver<String>,
    pub(super) pass: Sender<()>,
    pub(super) stops: Arc<AtomicUsize>,
    /// Whether another window is in the way of a view.
    pub(super) busy: Arc<AtomicBool>,
    pub(super) queue: Receiver<Happening>,
}

impl Bench {
    /// Asks, and the frame is drawn at once.
    pub(super) fn ask(&self, sequence: u64, question: Question) {
        self.worker.ask(sequence, question);
        self.worker.release();
    }

    /// The questions with these numbers are answered, in this order.
    pub(super) fn answers(&self, sequences: &[u64]) {
        for expected in sequences {
            let answered = self.queue.recv().expect("the worker answers");
            assert!(
                matches!(&answered, Happening::Message(Message::Answer { sequence, .. }) if sequence == expected),
                "{answered:?} instead of {expected}"
            );
        }
    }
}

pub(super) fn bench(changes: usize) -> Bench {
    beside(changes, None)
}

/// The same, at a door which leaves the waiting for the disk to the worker.
pub(super) fn beside(changes: usize, wait: Option<Wait>) -> Bench {
    let (queue_sender, queue) = channel();
    let (entered_sender, entered) = channel();
    let (pass, pass_receiver) = channel();
    let stops = Arc::new(AtomicUsize::new(0));
    let busy = Arc::new(AtomicBool::new(true));
    let gate = Gate {
        entered: entered_sender,
        pass: pass_receiver,
        stops: Arc::clone(&stops),
        changes,
        pieces: 2,
        busy: Arc::clone(&busy),
        wait,
    };
    let worker = Worker::start(gate, queue_sender).expect("a thread");
    Bench {
        worker,
        entered,
        pass,
        stops,
        busy,
        queue,
    }
}
