//! The thin binary: parse, dispatch, exit code.

use std::process::ExitCode;

use intake::cli::{self, Next};
use intake::problem::{Kind, Problem};

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        Next::Exit(code) => code.into(),
        Next::Console(_) => {
            let absent = Problem::new(Kind::Internal, "cannot open the console")
                .because("it comes with the next change");
            cli::report(&absent).into()
        }
    }
}
