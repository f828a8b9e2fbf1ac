//! Undo and redo: what is said before them, and while they take long.
//!
//! Undo takes back what was done last. Where what was tried last did nothing (a key was refused, or means nothing), there is
//! nothing of it to take back: each undo and redo says then what it would reverse, and does it when it is pressed again at once.
//! Else a digit that met no idea would undo an older link. A deed that is done ends that, and nothing else does. A deed of
//! somebody else is always said first, and so is what is large, or was done before the console was opened. Only what has been on
//! the screen can be confirmed, and what was done elsewhere since makes it be said anew.
//!
//! What takes long says how far it is. Meanwhile no key is taken but those that stop it or leave: nobody has seen yet what the
//! others would act on. Nor is what follows at once on such a key.

use std::fmt::Write as _;

use super::super::command::{Command, Context};
use super::super::effect::{Effect, Question};
use super::super::key::{Code, Key};
use super::super::keymap::Lookup;
use super::super::state::{Pane, Screen, State, Tone, Warned};
use super::super::target;
use super::keys::REST;
use super::{inbox, views};
use crate::domain::deed::{Foreseen, Foresight, LARGE, MOST_ABOUT, Outcome, Reversal};
use crate::domain::entity::{Entity, Thing};
use crate::domain::moment::Moment;
use crate::domain::pace::Underway;

/// What is said beside how far it is.
const STOPS: &str = "Esc stops it";

/// Whether a command undoes or does again.
pub(super) const fn is_one(command: Command) -> bool {
    matches!(command, Command::Undo | Command::Redo | Command::UndoThis)
}

/// Whether the command says first what it would reverse, or has said so just now: what was tried last did nothing, or it is
/// somebody else's deed, or a large one. Of what a cursor does not show the worker knows that.
pub(super) fn is_said_first(state: &State, command: Command, warned: Option<Warned>) -> bool {
    let was_said = warned.is_some_and(|warned| warned.command == command);
    let of_note = command == Command::UndoThis && (is_anothers(state) || is_large(state));
    if views::means(state, command) {
        return false;
    }
    // What cannot be undone at all is refused at once.
    is_one(command) && command.availability(state).is_ok() && (state.idle || was_said || of_note)
}

/// Whether the action under the cursor of the timeline changed much.
fn is_large(state: &State) -> bool {
    let entry = state.timeline.entries.get(state.timeline.cursor);
    entry.is_some_and(|entry| u64::from(entry.changes) >= LARGE)
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
    let is_it = |warned: &Warned| {
        warned.command == command && (action.is_none() || warned.action == action)
    };
    let was_told = warned.is_some_and(|warned| warned.told.is_some());
    match warned.filter(is_it) {
        Some(warned) if warned.told.is_some_and(|at| !is_fresh(state.now, at)) => {
            state.notice = None;
            return match command {
                Command::Undo => vec![state.reverse(Reversal::Newest, warned.action)],
                Command::Redo => vec![state.reverse(Reversal::LastUndone, warned.action)],
                _ => super::run(state, command),
            };
        }
        // Pressed again before anybody could read it: once is enough.
        Some(_) => {
            state.warned = warned;
            // Where there is nothing, to press again does nothing either.
            let does = was_told && warned.is_some_and(|warned| warned.action.is_some());
            if let Some(notice) = state.notice.as_mut().filter(|_| does) {
                notice.hint = format!("too fast to be read: {} again", Key::write(typed));
            }
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
    let large = how_large(entry.map_or(0, |entry| entry.changes.into()));
    state.warned = Some(Warned {
        command,
        action,
        told: said.is_some().then_some(state.now),
    });
    match (command, said) {
        (_, Some(said)) => {
            let why = match () {
                () if is_anothers(state) => "it is not yours",
                () if is_large(state) => &large,
                () => IDLE,
            };
            state.say(Tone::Plain, said, why);
        }
        (Command::Undo, None) => return vec![state.ask(Question::Foreseen(Reversal::Newest))],
        (Command::Redo, None) => return vec![state.ask(Question::Foreseen(Reversal::LastUndone))],
        _ => return super::run(state, command),
    }
    Vec::new()
}

/// What an undo or redo would reverse is known.
pub(super) fn foreseen(state: &mut State, reversal: Reversal, found: &Foreseen) {
    // Whoever has gone on meanwhile does not want to know it.
    let command = command(reversal);
    let Some(warned) = state.warned.as_mut().filter(|it| it.command == command) else {
        return;
    };
    warned.told = Some(state.now);
    if let Foreseen::It(seen) = found {
        warned.action = Some(seen.action);
    }
    match found {
        Foreseen::It(seen) => say(state, reversal, &seen.words, IDLE),
        Foreseen::Nothing => nothing(state, reversal),
        Foreseen::NotYours => not_yours(state),
    }
}

/// What an undo or redo would reverse could not be found out: it is asked anew when it is pressed again.
pub(super) fn unforeseen(state: &mut State) {
    state.warned = None;
}

/// An undo or redo was not done, because it is large, or of another session: it says what it would reverse. What was typed
/// behind it was meant for what would have come.
pub(super) fn unsure(state: &mut State, reversal: Reversal, seen: &Foresight) {
    let typed = std::mem::take(&mut state.flight.typed_ahead);
    state.warned = Some(Warned {
        command: command(reversal),
        action: Some(seen.action),
        told: Some(state.now),
    });
    let age = seen.at.age(state.now);
    let mut why = match seen.changes >= LARGE {
        true => how_large(seen.changes),
        false if age == "now" => "done in another session just now".to_owned(),
        false => format!("done in another session, {age} ago"),
    };
    if !typed.is_empty() {
        let _ = write!(why, " · {} is forgotten", Key::write(&typed));
    }
    say(state, reversal, &seen.words, &why);
}

/// There is nothing to undo or to do again.
pub(super) fn nothing(state: &mut State, reversal: Reversal) {
    let words = match reversal {
        Reversal::LastUndone => "there is nothing to do again",
        _ => "there is nothing to undo",
    };
    state.say(Tone::Plain, words, "g t shows what was done");
}

/// There is something to undo, but others have done it, or it was done on another device.
pub(super) fn not_yours(state: &mut State) {
    let words = "nothing that was done here is yours to undo";
    state.say(Tone::Plain, words, "g t shows what others did");
}

/// Lets the cursor go to what an undo or redo brought back, when the list that has the focus is shown anew. Elsewhere it stays
/// where it was left, and so it does where that is more than is told: some of many stand anywhere.
pub(super) fn seek(state: &mut State, outcome: &Outcome, takes_back: bool) {
    state.errands.takes_back = takes_back;
    inbox::forget_errand(state);
    if state.screen != Screen::Console {
        return;
    }
    let some = |entity: Entity| {
        let things = outcome.things.iter().copied();
        let found: Vec<Thing> = things.filter(|thing| thing.entity == entity).collect();
        Some(found).filter(|found| found.len() < MOST_ABOUT)
    };
    let pinned = state.hand.as_ref().is_some_and(|hand| hand.pinned);
    match state.focus {
        Pane::Inbox | Pane::Feedback if !pinned && outcome.about.len() < MOST_ABOUT => {
            state.inbox.sought.clone_from(&outcome.about);
        }
        Pane::Ideas if state.zoomed => {
            state.ideas.sought = some(Entity::Idea).unwrap_or_default();
        }
        // Of an idea itself the plan shows its items.
        Pane::Plan => {
            let items = some(Entity::ReleaseItem).filter(|items| !items.is_empty());
            state.plan.sought = items.or_else(|| some(Entity::Idea)).unwrap_or_default();
        }
        _ => {}
    }
}

/// What came back is not shown, because the filter hides it: that is said, and how it is found.
pub(super) fn hidden(state: &mut State) {
    // What is done again may leave the list, as it did the first time.
    if !state.errands.takes_back {
        return;
    }
    let here = target::underneath(state);
    let (command, does) = match here {
        Context::Ideas | Context::Plan => (Command::Back, "clears it"),
        Context::Board => (Command::BoardBack, "clears it"),
        _ => (Command::Palette, "finds it"),
    };
    let keys = state.keymap.keys(here, command);
    let Some(notice) = state.notice.as_mut().filter(|it| it.tone == Tone::Done) else {
        return;
    };
    let how = keys
        .first()
        .map_or_else(String::new, |key| format!(", {key} {does}"));
    let before = std::mem::take(&mut notice.hint);
    let gap = if before.is_empty() { "" } else { " · " };
    notice.hint = format!("filter hides it{how}{gap}{before}");
}

/// The command that reverses that.
const fn command(reversal: Reversal) -> Command {
    match reversal {
        Reversal::LastUndone => Command::Redo,
        _ => Command::Undo,
    }
}

/// Something was done elsewhere: what was said may be about another deed by now.
pub(super) fn overtaken(state: &mut State) {
    state.warned = None;
}

/// Why an undo says first what it would reverse: what was tried before it did nothing.
const IDLE: &str = "what you tried did nothing";

/// The same: it is large.
fn how_large(changes: u64) -> String {
    format!("it changed {changes} fields")
}

fn say(state: &mut State, reversal: Reversal, words: &str, why: &str) {
    let verb = match reversal {
        Reversal::LastUndone => "does again",
        _ => "undoes",
    };
    let keys = state.keymap.keys(Context::Inbox, command(reversal));
    let key = keys.first().map_or("the same", String::as_str);
    let words = format!("{key} again {verb}: {words}");
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

/// A key while an undo or redo takes long: Esc stops it, what leaves leaves, all else is dropped, and that is said. Played
/// afterwards it would act on what nobody has seen.
pub(super) fn meanwhile(state: &mut State, key: Key) -> Vec<Effect> {
    let context = target::context(state);
    if state.keymap.lookup(context, &[key]) == Lookup::Command(Command::Quit) {
        return super::run(state, Command::Quit);
    }
    let stores = state.flight.underway.as_ref();
    let stores = stores.is_some_and(|(underway, _)| underway.percent() == 100);
    if key == Key::plain(Code::Esc) {
        // Whoever stops it has seen it.
        state.flight.hasty = None;
        if stores {
            remark(state, "too late to stop it".to_owned());
            return Vec::new();
        }
        remark(state, "stopping".to_owned());
        return vec![Effect::Stop];
    }
    state.flight.hasty = Some(state.now);
    remark(state, format!("no {key} until then"));
    Vec::new()
}

/// An undo or redo that took long has come back: whoever was still typing has not seen it yet.
pub(super) fn landed(state: &mut State) {
    let hasty = state.flight.hasty.take();
    if state.flight.underway.take().is_some() {
        let fresh = hasty.filter(|last| is_fresh(state.now, *last));
        state.flight.hasty = fresh.map(|_| state.now);
    }
}

/// Whether that was so lately that nobody could have seen what came of it. A clock that was set back makes nothing fresh.
pub(in crate::app) fn is_fresh(now: Moment, at: Moment) -> bool {
    (0..REST).contains(&(now.0 - at.0))
}

/// Whether a key came at once behind those that were dropped while an undo or redo took long: it is dropped, too.
pub(super) fn is_hasty(state: &mut State, key: Key) -> bool {
    let Some(since) = state.flight.hasty.take() else {
        return false;
    };
    let leaves = key == Key::plain(Code::Esc)
        || state.keymap.lookup(target::context(state), &[key]) == Lookup::Command(Command::Quit);
    if leaves || !is_fresh(state.now, since) {
        return false;
    }
    state.flight.hasty = Some(since);
    if let Some(notice) = &mut state.notice {
        notice.hint = format!("{key} right behind it did nothing");
    }
    true
}

fn remark(state: &mut State, words: String) {
    if let Some((_, remark)) = &mut state.flight.underway {
        *remark = words;
    }
    tell(state);
}
