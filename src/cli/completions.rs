//! `intake completions`: a script for a shell.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::arguments::Arguments;
use super::output::{Output, Result};

/// Print the completions for a shell
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    /// Needs no workspace.
    pub(super) fn run(&self, output: &mut Output) -> Result {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "intake", &mut script);
        output.verbatim(&script)
    }
}
