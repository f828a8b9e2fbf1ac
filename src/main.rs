//! The thin binary: parse, dispatch, exit code.

use std::process::ExitCode;

use intake::cli::{self, Console, Next};
use intake::problem::{Kind, Problem};
use intake::terminal::stage::End;
use intake::terminal::{run, setup};
use intake::workspace::{Clock, Opening};

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
    if asked.demo {
        return Err(Problem::new(Kind::Internal, "cannot open the demo")
            .because("it comes with the next change"));
    }
    let opening = Opening {
        me: asked.me.clone(),
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
    run::run(console, opener)
}
