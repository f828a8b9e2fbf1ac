//! How far long work has come, told to whoever waits for it, who may stop it.

use std::ops::ControlFlow;

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// Bytes of the files that were read in this phase.
    pub bytes: u64,
    /// Bytes of all the files.
    pub of: u64,
    /// Things that were read in this phase.
    pub things: u64,
}

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Phase {
    /// The file is read to make a plan.
    #[default]
    Planning,
    /// The file is read (again, where there was a plan), and what it brings is written.
    Importing,
    /// What was written is made durable.
    Storing,
}

/// Somebody who waits. Called every few hundred things, in the thread that does the work.
pub trait Watch {
    /// Takes notice, and says whether to go on. Whoever breaks off leaves everything as it was.
    fn notice(&mut self, progress: &Progress) -> ControlFlow<()>;
}

/// Nobody waits.
impl Watch for () {
    fn notice(&mut self, _: &Progress) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}
