//! A tiny console out of the same parts as the real one.

use std::path::PathBuf;
use std::thread;

use intake::app::key::Key;
use intake::app::message::Message;
use intake::terminal::editor::Editor;
use intake::terminal::happening::Happening;
use intake::terminal::stage::{End, Heard, Stage};
use ratatui::buffer::Buffer;
use ratatui::widgets::{Paragraph, Widget, Wrap};

/// What starts [`probe`] inside a pseudo-terminal.
pub fn command() -> Vec<String> {
    let binary = std::env::current_exe().expect("this binary has a path");
    let mut command = vec![binary.to_string_lossy().into_owned()];
    command.extend(["--exact", "probe::probe", "--ignored", "--nocapture"].map(str::to_owned));
    command
}

/// The console: each key does one thing, and the screen says which.
#[test]
#[ignore = "the other tests start it inside their pseudo-terminals"]
pub fn probe() {
    if std::env::var_os("INTAKE_PROBE").is_none() {
        return;
    }
    let queue = Stage::queue();
    let others = queue.0.clone();
    let mut stage = match Stage::enter(queue, Stage::screen()) {
        Ok(stage) => stage,
        Err(problem) => {
            eprintln!("{problem}: {}", problem.causes.join(": "));
            std::process::exit(2);
        }
    };
    let mut last = String::from("nothing yet");
    // What happened gets a number, so that a test can tell the second of a kind from the first.
    let mut number = 0;
    let end = loop {
        let (columns, rows) = stage.size();
        let text = format!("probe {columns}x{rows}\n{number}: {last}");
        if stage.draw(|frame| show(&text, frame)).is_err() {
            break End::Gone;
        }
        let Some(happening) = stage.next(None) else {
            continue;
        };
        let heard = match stage.hear(happening) {
            Heard::Message(Message::Key(key)) if key == Key::control('z') => stage.suspend(true),
            Heard::SuspendAsked => stage.suspend(false),
            heard => heard,
        };
        let message = match heard {
            Heard::Message(message) => message,
            Heard::Settled | Heard::SuspendAsked => continue,
            Heard::End(end) => break end,
        };
        number += 1;
        last = match message {
            Message::Key(key) if key == Key::char('q') => break End::Quit,
            Message::Key(key) if key == Key::char('p') => panic!("evil \x1b[31m words"),
            Message::Key(key) if key == Key::char('t') => {
                let queue = others.clone();
                // What the worker does by its obituary.
                let other = thread::Builder::new().name("other".into());
                let other = other.spawn(|| panic!("evil \x1b[31m words"));
                let _ = other.expect("a thread").join();
                let _ = queue.send(Happening::ThreadDied("other"));
                continue;
            }
            Message::Key(key) if key == Key::char('m') => {
                stage.set_mouse(true).expect("the terminal is there");
                "mouse".to_owned()
            }
            Message::Key(key) if key == Key::char('e') => edit(&mut stage),
            Message::Key(key) if key == Key::char('f') => loop {
                stage.repaint();
                let flood = "flood ".repeat(1000);
                if stage.draw(|frame| show(&flood, frame)).is_err() {
                    break String::new();
                }
            },
            Message::Key(key) => match key.code {
                intake::app::key::Code::Char(character) => format!("key {character}"),
                other => format!("key {other:?}"),
            },
            Message::Paste(text) => format!("pasted {text:?}"),
            Message::Mouse {
                action,
                column,
                row,
            } => format!("{action:?} at {column},{row}"),
            Message::Told(Err(problem)) => problem.summary,
            other => format!("{other:?}"),
        };
    };
    drop(stage);
    std::process::exit(i32::from(end.exit_code()));
}

/// Fills a frame with a text; the cursor is hidden.
fn show(text: &str, frame: &mut Buffer) -> Option<(u16, u16)> {
    let paragraph = Paragraph::new(text).wrap(Wrap { trim: false });
    paragraph.render(frame.area, frame);
    None
}

fn edit(stage: &mut Stage) -> String {
    let command = std::env::var("PROBE_EDITOR").ok();
    let folder: PathBuf = std::env::temp_dir();
    match Editor::choose([command.as_deref()])
        .and_then(|editor| stage.edit(&editor, "a text", &folder))
    {
        Ok(text) => format!("edited {text:?}"),
        Err(problem) => problem.summary,
    }
}
