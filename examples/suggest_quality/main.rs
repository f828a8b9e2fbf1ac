//! How good are the suggestions? Replays a labelled set through a real workspace, in the order of the file.
//!
//! `cargo run --release --example suggest_quality -- FILE.jsonl [--areas] [--no-ideas] [--spread]`
//!
//! `docs/suggestions.md` says what is replayed and what its figures mean.

mod labelled;
mod replay;
mod report;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use replay::Replay;

const USAGE: &str = "usage: suggest_quality FILE.jsonl [--areas] [--no-ideas] [--spread]";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("suggest_quality: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut has = |option: &str| {
        let all = arguments.len();
        arguments.retain(|argument| argument != option);
        arguments.len() < all
    };
    let (areas, no_ideas, spread) = (has("--areas"), has("--no-ideas"), has("--spread"));
    let [path] = arguments.as_slice() else {
        return Err(USAGE.into());
    };
    let bytes = std::fs::read(path).map_err(|error| format!("cannot read {path}: {error}"))?;
    let labelled = labelled::read(&bytes, areas).map_err(|error| format!("{path}: {error}"))?;
    let folder = tempfile::tempdir()?;
    let mut replay = Replay::new(&folder.path().join("replay.db"), !no_ideas, spread)?;
    for item in &labelled.items {
        replay.step(item)?;
    }
    let report = replay.report(path, &labelled);
    // Whoever reads only the beginning (`| head`) has had enough.
    let _ = std::io::stdout().write_all(report.as_bytes());
    Ok(())
}
