//! Undo and redo: what is said before them, and while they take long.
//!
//! Undo takes back what was done last. Where what was tried last did nothing (a key was refused, or means nothing), there is
//! nothing of it to take back: each undo and redo says then what it would reverse, and does it when it is pressed again at once.
//! Else a digit that met no idea would undo an older link. A deed that is done ends that, and nothing else does. A deed of
//! somebody else is always said first. Only what has been on the screen can be confirmed, and what was done elsewhere since
//! makes it be said anew.
//!
//! What takes long says how far it is. Meanwhile no other undo is taken: nobody has seen yet what it would undo.

use super::super::command::{Command, Context};
use super::super::effect::{Effect, Question};
use super::super::key::{Code, Key};
use super::super::keymap::Lookup;
use super::super::state::{State, Tone, Warned};
use super::super::target;
use super::keys;
use crate::domain::deed::Reversal;
use crate::domain::pace::Underway;

/// The most keys that an undo is bound to in one sequence.
const SEQUENCE: usize = 3;

/// What is said beside how far it is.
const STOPS: &str = "Esc stops it";

/// Whether a command undoes or does again.
pub(super) const fn is_one(command: Command) -> bool {
    matches!(command, Command::Undo | Command::Redo | Command::UndoThis)
}

/// Whether the command says first what it would reverse: what was tried last did nothing, or it is somebody else's deed.
pub(super) fn is_said_first(state: &State, command: Command) -> bool {
    is_one(command) && (state.idle || command == Command::UndoThis && is_anothers(state))
}

/// Whether the action under the cursor of the timeline was done by somebody else.
fn is_anothers(state: &State) -> bool {
    let me = state.settings.me.as_ref().map(ToString::to_string);
    let entry = state.timeline.entries.get(state.timeline.cursor);
    entry.is_some_and(|entry| me.as_ref().is_some_and(|me| *me != entry.author))
}

/// Says what the command would reverse, which was asked for by these keys; asked for again and said already, it does it.
pub(super) fn say_first(
    state: &mut State,
    command: Command,
    warned: Option<Warned>,
    typed: &[Key],
) -> Vec<Effect> {
    let entry = match command {
        Command::UndoThis => state.timeline.entries.get(state.timeline.cursor),
        _ => None,
    };
    let action = entry.map(|entry| entry.action);
    match warned.filter(|warned| warned.command == command && warned.action == action) {
        Some(warned) if warned.told => {
            state.notice = None;
            return super::run(state, command);
        }
        // Pressed again before anybody could read it: once is enough.
        Some(_) => {
            state.warned = warned;
            return Vec::new();
        }
        None => {}
    }
    let said = entry.map(|entry| {
        let verb = match entry.undone_by {
            Some(_) => "does again",
            None if entry.undoes.is_some() => "reverses",
            None => "undoes",
        };
        format!("{} again {verb}: {}", Key::write(typed), entry.words)
    });
    state.warned = Some(Warned {
        command,
        action,
        told: said.is_some(),
    });
    match (command, said) {
        (_, Some(said)) => say(state, said),
        (Command::Undo, None) => return vec![state.ask(Question::Foreseen(Reversal::Newest))],
        (Command::Redo, None) => return vec![state.ask(Question::Foreseen(Reversal::LastUndone))],
        _ => return super::run(state, command),
    }
    Vec::new()
}

/// What an undo or redo would reverse is known.
pub(super) fn foreseen(state: &mut State, reversal: Reversal, found: Option<&str>) {
    let (command, verb, nothing) = match reversal {
        Reversal::LastUndone => (Command::Redo, "does again", "there is nothing to do again"),
        _ => (Command::Undo, "undoes", "there is nothing to undo"),
    };
    // Whoever has gone on meanwhile does not want to know it.
    let Some(warned) = state.warned.as_mut().filter(|it| it.command == command) else {
        return;
    };
    warned.told = true;
    match found {
        Some(words) => {
            let keys = state.keymap.keys(Context::Inbox, command);
            let key = keys.first().map_or("the same", String::as_str);
            say(state, format!("{key} again {verb}: {words}"));
        }
        None => state.say(Tone::Plain, nothing, "g t shows what was done"),
    }
}

/// Something was done elsewhere: what was said may be about another deed by now.
pub(super) fn overtaken(state: &mut State) {
    state.warned = None;
}

fn say(state: &mut State, words: String) {
    let why = match state.idle {
        true => "what you tried did nothing",
        false => "it is not yours",
    };
    state.say(Tone::Plain, words, why);
}

/// An undo or redo that takes long says how far it is. What was typed before anybody could see that is forgotten.
pub(super) fn advanced(state: &mut State, ticket: u64, underway: Underway) {
    if state.flight.deed.map(|(known, _)| known) != Some(ticket) {
        return;
    }
    let remark = match state.flight.underway.take() {
        Some((_, remark)) => remark,
        None if state.flight.typed_ahead.is_empty() => String::new(),
        None => {
            let forgotten = Key::write(&std::mem::take(&mut state.flight.typed_ahead));
            format!("{forgotten} is forgotten")
        }
    };
    state.flight.underway = Some((underway, remark));
    tell(state);
}

/// Says how far it is, and what became of the last key.
fn tell(state: &mut State) {
    let Some((underway, remark)) = &state.flight.underway else {
        return;
    };
    let (far, hint) = match underway.percent() {
        100 => ("storing…".to_owned(), remark.clone()),
        percent if remark.is_empty() => (format!("{percent}%"), STOPS.to_owned()),
        percent => (format!("{percent}%"), format!("{STOPS} · {remark}")),
    };
    let words = format!("{far} {}", underway.words);
    state.say(Tone::Plain, words, hint);
}

/// A key while an undo or redo takes long: another one is refused, Esc stops it, all else waits, and that is said.
pub(super) fn meanwhile(state: &mut State, key: Key) -> Vec<Effect> {
    let context = target::context(state);
    if state.keymap.lookup(context, &[key]) == Lookup::Command(Command::Quit) {
        return super::run(state, Command::Quit);
    }
    if key == Key::plain(Code::Esc) {
        state.flight.typed_ahead.clear();
        remark(state, "stopping".to_owned());
        return vec![Effect::Stop];
    }
    keys::keep(state, key);
    let typed = &state.flight.typed_ahead;
    let undo = (1..=SEQUENCE.min(typed.len())).find(|count| {
        let last = &typed[typed.len() - count..];
        matches!(state.keymap.lookup(context, last), Lookup::Command(command) if is_one(command))
    });
    if let Some(count) = undo {
        let rest = typed.len() - count;
        let refused = Key::write(&state.flight.typed_ahead.split_off(rest));
        remark(state, format!("no {refused} until then"));
    } else {
        remark(state, format!("{key} waits until then"));
    }
    Vec::new()
}

fn remark(state: &mut State, words: String) {
    if let Some((_, remark)) = &mut state.flight.underway {
        *remark = words;
    }
    tell(state);
}
