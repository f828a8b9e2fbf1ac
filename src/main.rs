//! The thin binary: parse, dispatch, exit code.

use std::process::ExitCode;

use intake::cli::{self, Console, Next};
use intake::problem::Problem;
use intake::terminal::stage::End;
use intake::terminal::{run, setup};
use intake::workspace::{Clock, Opening};
use mimalloc::MiMalloc;

/// Hands out memory, to SQLite as well. Most of an import's texts are freed by another thread than the one that made the room
/// for them, where the system's own allocator takes locks: with this one an import takes a tenth less work.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        Next::Exit(code) => code.into(),
        Next::Console(console) => match open(*console) {
            Ok(end) => end.exit_code().into(),
            Err(problem) => cli::report(&problem).into(),
        },
    }
}

/// Opens the console that the command line asked for.
fn open(asked: Console) -> Result<End, Problem> {
    let opening = Opening {
        me: asked.me.clone(),
        meetings: Some(asked.folders.config.join("meetings")),
        ..Opening::default()
    };
    let opener = setup::opener(&asked.workspace, opening, &asked.config);
    let console = setup::console(
        asked.config,
        asked.keymap,
        &asked.folders,
        &asked.workspace,
        asked.me,
        Clock::System,
    );
    let end = run::run(console, opener);
    // The demo goes when its console has.
    drop(asked.scratch);
    end
}
