//! When the console wants to hear that time has passed.

use std::time::Duration;

use crate::app::state::State;
use crate::domain::moment::{MINUTE, Moment, SECOND};

/// How often a spinner turns, in milliseconds. It shows only for what takes longer than this.
const TURN: i64 = 150;

/// Whether an answer or an outcome is awaited.
pub(super) fn is_busy(state: &State) -> bool {
    state.flight.deed.is_some() || !state.flight.questions.is_empty()
}

/// Whether anything is awaited that the first frame shows. The names for completion and the saved views are not.
pub(super) fn awaits_the_first_frame(state: &State) -> bool {
    let questions = &state.flight.questions;
    questions
        .iter()
        .any(|(_, kind)| !matches!(*kind, "vocabulary" | "views"))
}

/// How long nothing needs to be drawn if nothing happens: a spinner turns while something is awaited, half-written
/// text is stored once the hands have rested a little, and ages grow at the turn of the minute. An idle console
/// sleeps the rest of it.
pub(super) fn patience(state: &State, now: Moment) -> Duration {
    let milliseconds = if is_busy(state) && !state.settings.reduced_motion {
        TURN
    } else if is_busy(state) || !state.overlays.is_empty() {
        SECOND
    } else {
        MINUTE - now.0.rem_euclid(MINUTE)
    };
    Duration::from_millis(milliseconds.unsigned_abs())
}
