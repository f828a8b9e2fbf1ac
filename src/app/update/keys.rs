//! Keys: sequences, overlays first, and what is typed ahead.
//!
//! A key typed while a deed is on its way means what the person will see when it has come back: it waits until the deed
//! and the reloaded row, with its suggestions, are there, and is played then, in order. Digits are the exception: they
//! mean numbers that were on the screen. Where other suggestions have come meanwhile, a digit is dropped with a notice.
//!
//! A digit that comes before there is any number on the screen is dropped, too, and so is a verb for a list that is still being
//! searched (`update/searching.rs`), and what is typed within half a second behind them: `1e` must not answer what it has not linked.

use super::super::command::{Command, Context};
use super::super::effect::Effect;
use super::super::key::{Code, Key};
use super::super::keymap::Lookup;
use super::super::state::{Load, Lost, Overlay, Returned, State, Tone, Unseen};
use super::super::{target, verbs};
use super::{searching, undoing, unshown};
use crate::domain::id::FeedbackId;

/// What keys wait for after a deed or a jump, by the kinds of the questions.
const SETTLE: &[&str] = &[
    "feedback", "matching", "plan", "ideas", "idea", "timeline", "sync", "minutes",
];

/// Keys that are kept at most: a key that is held down while the disk is slow shall not do so much that nobody can watch it.
const MOST: usize = 200;

/// How long after a digit that was dropped, in milliseconds, keys behind it mean nothing; Esc ends it at once.
/// So long the plan of an import has stood before a key imports it, too.
pub(super) const REST: i64 = 500;

/// What whoever lost a digit does.
const TYPE_AGAIN: &str = "type it again";

/// Takes a key, now or when what it waits for is there.
pub(super) fn typed(state: &mut State, key: Key) -> Vec<Effect> {
    if unshown::is_too_small(state) && !unshown::goes_on_typing(state, key) {
        return unshown::typed(state, key);
    }
    if is_unseen(state, key) {
        return Vec::new();
    }
    if let Some(mut lost) = state.flight.lost.take()
        && undoing::is_fresh(state.now, lost.at)
        && key != Key::plain(Code::Esc)
        && state.keymap.lookup(target::context(state), &[key]) != Lookup::Command(Command::Quit)
    {
        // Counted from the digit: whoever goes on typing is heard again, however fast.
        lost.behind.push(key);
        tell_lost(state, lost);
        return Vec::new();
    }
    if state.flight.underway.is_some() {
        return undoing::meanwhile(state, key);
    }
    if undoing::is_hasty(state, key) {
        return Vec::new();
    }
    let held = !state.flight.typed_ahead.is_empty();
    if !held && !waiting(state) {
        return press(state, key);
    }
    let alone = state.keymap.lookup(target::context(state), &[key]);
    if alone == Lookup::Command(Command::Quit) {
        state.flight.typed_ahead.clear();
        return super::run(state, Command::Quit);
    }
    if !held {
        state.flight.typed_for = numbered_for(state);
    }
    keep(state, key);
    Vec::new()
}

/// An editor has ended. Terminals take a moment to show the screen again, and whoever types meanwhile types blindly.
pub(super) fn returned(state: &mut State) {
    state.flight.returned = Some(Returned {
        at: state.now,
        dropped: Vec::new(),
    });
}

/// Whether a key came so soon behind an editor that nobody could have seen what it would go to: it is dropped, and that is
/// said where one looks.
fn is_unseen(state: &mut State, key: Key) -> bool {
    let Some(mut returned) = state.flight.returned.take() else {
        return false;
    };
    let quits =
        state.keymap.lookup(target::context(state), &[key]) == Lookup::Command(Command::Quit);
    if quits || !undoing::is_fresh(state.now, returned.at) {
        return false;
    }
    returned.dropped.push(key);
    let words = format!(
        "{} came before this was on the screen: {TYPE_AGAIN}",
        named(&returned.dropped)
    );
    state.flight.returned = Some(returned);
    tell_where_one_looks(state, words);
    true
}

/// Says something in the prompt or the field where somebody is typing, else as a notice.
pub(super) fn tell_where_one_looks(state: &mut State, words: String) {
    match state.overlays.last_mut() {
        Some(Overlay::Prompt(prompt)) => prompt.error = Some((None, words)),
        Some(Overlay::Form(form)) => {
            if let Some(field) = form.fields.get_mut(form.cursor) {
                field.error = Some(words);
            }
        }
        _ => state.say(Tone::Plain, words, ""),
    }
}

/// The first of some keys.
pub(super) fn named(keys: &[Key]) -> String {
    let more = if keys.len() > NAMED { " …" } else { "" };
    format!("{}{more}", Key::write(&keys[..keys.len().min(NAMED)]))
}

/// Keeps a key until it can be played.
fn keep(state: &mut State, key: Key) {
    if state.flight.typed_ahead.len() < MOST {
        state.flight.typed_ahead.push(key);
    }
}

/// Keys came before what they would act on was on the screen: nothing is done, nor is what was typed behind them.
fn lose(state: &mut State, typed: Vec<Key>, unseen: Unseen) {
    let behind = std::mem::take(&mut state.flight.typed_ahead);
    let at = state.now;
    let lost = Lost {
        typed,
        unseen,
        behind,
        at,
    };
    tell_lost(state, lost);
}

/// Says that keys did nothing, and which keys behind them did nothing either: whoever typed them may count on them.
fn tell_lost(state: &mut State, lost: Lost) {
    let typed = named(&lost.typed);
    let words = match lost.unseen {
        Unseen::Ideas => {
            format!("{typed} came before these ideas were on the screen: nothing is linked")
        }
        Unseen::Rows => format!("{typed} came before its rows were on the screen: nothing is done"),
    };
    let hint = match lost.behind.as_slice() {
        [] => TYPE_AGAIN.to_owned(),
        behind => format!("{} behind it did nothing, too", named(behind)),
    };
    state.say(Tone::Plain, words, hint);
    state.flight.lost = Some(lost);
    state.idle = true;
}

/// So many keys that were dropped are named.
pub(super) const NAMED: usize = 8;

/// The feedback whose suggestions are numbered on the screen, if they are there yet.
fn numbered_for(state: &State) -> Option<FeedbackId> {
    let ranked = state.hand.as_ref().filter(|hand| hand.ranked);
    ranked.map(|hand| hand.id)
}

/// Plays what was typed ahead, as far as nothing has to be waited for again.
pub(super) fn replay(state: &mut State) -> Vec<Effect> {
    let mut effects = Vec::new();
    while !waiting(state) {
        state.flight.settling = false;
        state.flight.filling_in = None;
        if state.flight.typed_ahead.is_empty() {
            break;
        }
        let key = state.flight.typed_ahead.remove(0);
        if is_stale_digit(state, key) {
            lose(state, vec![key], Unseen::Ideas);
            break;
        }
        effects.extend(press(state, key));
    }
    effects
}

/// Whether a key has to wait.
fn waiting(state: &State) -> bool {
    if verbs::waiting(state) || state.flight.deed.is_some() {
        return true;
    }
    let anew = state.asked("inbox")
        && !matches!(state.inbox.asked, Load::After | Load::Before)
        && !searching::is_on(state);
    let first = !state.inbox.loaded && state.asked("header");
    let likely = state
        .flight
        .filling_in
        .is_some_and(|kind| state.asked(kind));
    state.flight.settling
        && (likely || anew || first || SETTLE.iter().any(|kind| state.asked(kind)))
}

/// Whether a key is a digit that means a number which is no longer on the screen.
fn is_stale_digit(state: &State, key: Key) -> bool {
    if !state.pending.is_empty()
        || state.flight.typed_for == state.hand.as_ref().map(|hand| hand.id)
    {
        return false;
    }
    let found = state.keymap.lookup(target::context(state), &[key]);
    matches!(found, Lookup::Command(Command::LinkSuggestion(_)))
}

/// Takes a key now.
fn press(state: &mut State, key: Key) -> Vec<Effect> {
    let context = target::context(state);
    if gives_up_waiting(state, context, key) {
        return vec![Effect::DropWaiting];
    }
    let warned = state.warned.take();
    state.pending.push(key);
    match state.keymap.lookup(context, &state.pending) {
        Lookup::Pending(_) => {
            // The keys of one sequence are one.
            state.warned = warned;
            Vec::new()
        }
        Lookup::Command(command) if undoing::is_said_first(state, command, warned) => {
            let typed = std::mem::take(&mut state.pending);
            undoing::say_first(state, command, warned, &typed)
        }
        Lookup::Command(Command::LinkSuggestion(_)) if not_yet_numbered(state) => {
            state.pending.clear();
            lose(state, vec![key], Unseen::Ideas);
            Vec::new()
        }
        Lookup::Command(command) if searching::is_unseen(state, command) => {
            let typed = std::mem::take(&mut state.pending);
            lose(state, typed, Unseen::Rows);
            Vec::new()
        }
        Lookup::Command(command) => {
            let typed = std::mem::take(&mut state.pending);
            if context.is_typing() {
                return overlay(state, command);
            }
            if awaits_detail(state, command) {
                state.flight.typed_for = numbered_for(state);
                state.flight.typed_ahead.splice(0..0, typed);
                state.flight.settling = true;
                state.flight.filling_in = fills_in(command);
                return Vec::new();
            }
            state.notice = None;
            super::run(state, command)
        }
        Lookup::Nothing => {
            let typed = std::mem::take(&mut state.pending);
            if context.is_typing() && typed.len() == 1 && key.typed().is_some() {
                return verbs::key(state, key);
            }
            if !context.is_typing() {
                unknown(state, &typed);
            }
            Vec::new()
        }
    }
}

/// Whether the numbers of the suggestions are still to come.
fn not_yet_numbered(state: &State) -> bool {
    let ranked = state.hand.as_ref().is_none_or(|hand| hand.ranked);
    !ranked && target::numbers(state) > 0
}

/// Whether Esc means the deeds that wait for another window: the header says so while there are any.
fn gives_up_waiting(state: &State, context: Context, key: Key) -> bool {
    let esc = key == Key::plain(super::super::key::Code::Esc);
    esc && !context.is_typing() && state.pending.is_empty() && !state.flight.waiting.is_empty()
}

/// Overlays know a command of typing by the first key of its row: a remapped key is translated to it.
fn overlay(state: &mut State, command: Command) -> Vec<Effect> {
    let first = command
        .row()
        .keys
        .first()
        .and_then(|key| Key::parse(key).ok());
    first.map_or_else(Vec::new, |key| verbs::key(state, key))
}

/// Whether the command acts on what is still being read about the feedback in hand.
fn awaits_detail(state: &State, command: Command) -> bool {
    use Command as C;
    let needs = matches!(
        command,
        C::Answer | C::Ask | C::Assign | C::Unlink | C::WontDo | C::SelectPassage | C::OpenSource
    );
    let hand = state.hand.as_ref();
    let unread = hand.is_some_and(|hand| hand.detail.is_none());
    let unknown = |kind| {
        hand.is_some_and(|hand| match kind {
            "hints" => hand.hints.is_none(),
            _ => !hand.ranked,
        })
    };
    (needs && unread && state.asked("feedback"))
        || fills_in(command).is_some_and(|kind| unknown(kind) && state.asked(kind))
}

/// The question by whose answer the likely owner, the likely original or the likely idea is filled in.
fn fills_in(command: Command) -> Option<&'static str> {
    match command {
        Command::Assign | Command::Duplicate => Some("hints"),
        Command::WontDo => Some("suggestions"),
        _ => None,
    }
}

/// A key without a meaning here says so; Esc merely ends a sequence.
fn unknown(state: &mut State, typed: &[Key]) {
    let ends = typed.len() > 1 && typed.last() == Some(&Key::plain(super::super::key::Code::Esc));
    if !ends {
        let words = format!("{} does nothing here", Key::write(typed));
        let help = state.keymap.keys(Context::Inbox, Command::Help);
        let hint = help
            .first()
            .map_or_else(String::new, |key| format!("{key} shows all keys"));
        state.say(Tone::Plain, words, hint);
        state.idle = true;
    }
}
