//! What the thread of the worker needs of the workspace.

use std::ops::ControlFlow;

use crate::app::effect::{Question, Writing};
use crate::app::message::Answer;
use crate::app::state::{ImportPlan, ImportProgress, ImportWish};
use crate::domain::deed::{Deed, Outcome, Reversal, Reversed, Seen};
use crate::domain::id::{ActionId, MeetingId};
use crate::domain::meeting::{Running, Turn};
use crate::domain::pace::Underway;
use crate::problem::Problem;

/// Stops what the worker reads at the moment; called from another thread.
pub type Stop = Box<dyn Fn() + Send>;

/// Waits until what was written before is on the disk; called from another thread.
pub type Wait = Box<dyn Fn() -> Result<(), Problem> + Send>;

/// What the worker works on: the workspace, as far as this room needs it.
pub trait Door {
    /// Answers a question.
    ///
    /// # Errors
    /// The workspace's own.
    fn answer(&mut self, question: Question) -> Result<Answer, Problem>;

    /// Gets some of what it takes to compare with all ideas ready, and says whether that was all. Takes some milliseconds at
    /// most, and is called before each [comparing](Question::compares) question until it says so.
    ///
    /// # Errors
    /// The workspace's own. The question is put all the same, and tells what is wrong.
    fn prepare(&mut self) -> Result<bool, Problem>;

    /// From now on nothing that is written waits for the disk: the caller does, by what this answers. Before the first call, or
    /// where there is no answer, each write is on the disk when it is done.
    fn wait_apart(&mut self) -> Option<Wait>;

    /// Does a deed, or changes nothing.
    ///
    /// # Errors
    /// The deed is refused, something is otherwise than was seen before it, or the workspace cannot be written.
    fn commit(&mut self, deed: &Deed, seen: &[Seen]) -> Result<Outcome, Problem>;

    /// Undoes or redoes. What is large, or was not done here, is only told ([`Reversed::Unsure`]) unless that action was
    /// confirmed.
    /// `watch` is told how far it is where it takes long, and says whether to go on.
    ///
    /// # Errors
    /// There is nothing to reverse, it is refused, the workspace cannot be written, or `watch` breaks off.
    fn reverse(
        &mut self,
        reversal: Reversal,
        confirmed: Option<ActionId>,
        watch: &mut dyn FnMut(&Underway) -> ControlFlow<()>,
    ) -> Result<Reversed, Problem>;

    /// Finds out what an import would do. `watch` is told how far it is, and says whether to go on.
    ///
    /// # Errors
    /// The file cannot be read or understood, or `watch` breaks off.
    fn plan_import(
        &mut self,
        wish: &ImportWish,
        watch: &mut dyn FnMut(ImportProgress) -> ControlFlow<()>,
    ) -> Result<ImportPlan, Problem>;

    /// Imports what was planned last, or nothing.
    ///
    /// # Errors
    /// As [`Door::plan_import`]; the workspace cannot be written.
    fn import(
        &mut self,
        watch: &mut dyn FnMut(ImportProgress) -> ControlFlow<()>,
    ) -> Result<Outcome, Problem>;

    /// Does a step of a meeting that is being held, and answers how it goes then.
    ///
    /// # Errors
    /// The workspace cannot be written.
    fn turn(&mut self, meeting: MeetingId, turn: Turn) -> Result<Running, Problem>;

    /// Keeps half-written text, or drops it. Whether another window has written there, too, whose text is kept with it from now
    /// on.
    ///
    /// # Errors
    /// The workspace cannot be written.
    fn save_draft(&mut self, prompt: &str, text: Option<&str>) -> Result<bool, Problem>;

    /// Writes something that is no deed, and says in words what was written.
    ///
    /// # Errors
    /// The workspace or the file cannot be written.
    fn write(&mut self, writing: &Writing) -> Result<String, Problem>;

    /// Whether somebody else has changed the workspace since the last call.
    ///
    /// # Errors
    /// The workspace cannot be read.
    fn has_changed(&mut self) -> Result<bool, Problem>;

    /// Housekeeping; called once in each idle time that follows work, and again while it answers that there is more.
    ///
    /// # Errors
    /// The workspace's own.
    fn rest(&mut self) -> Result<bool, Problem>;

    /// What stops an answer that has become pointless.
    fn stop(&self) -> Stop;
}
