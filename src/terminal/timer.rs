//! When the console wants to hear that time has passed.

use std::time::Duration;

use crate::app::present;
use crate::app::prompt::draft::PAUSE;
use crate::app::state::State;
use crate::app::update;
use crate::domain::moment::{MINUTE, Moment, SECOND};

/// How often a spinner turns, in milliseconds. It shows only for what takes longer than this.
const TURN: i64 = 150;

/// The kinds of questions whose answers the first frame does not wait for.
const LATER: &[&str] = &[
    "ideas",
    "vocabulary",
    "views",
    "next-sync",
    "suggestions",
    "reason",
    "hints",
    "wider",
];

/// Whether an answer or an outcome is awaited.
pub(super) fn is_busy(state: &State) -> bool {
    let flight = &state.flight;
    flight.deed.is_some() || !flight.questions.is_empty() || !flight.writings.is_empty()
}

/// Whether the first frame does not wait for questions of that kind: it does not show the table of all ideas, the names for
/// completion, the saved views, nor what is missing before the next weekly sync; nor what comes of comparing with all ideas,
/// for which those have to be read first.
pub(super) fn can_wait(kind: &str) -> bool {
    LATER.contains(&kind)
}

/// How long nothing needs to be drawn if nothing happens: a spinner turns while something is awaited, half-written
/// text is stored once the hands have rested a little, rows of another filter go when those of this one take long, ages grow at
/// the turn of the minute, and the time box of a meeting counts. An idle console sleeps the rest of it.
pub(super) fn patience(state: &State, now: Moment) -> Duration {
    let settings = &state.settings;
    let counting = present::next_change(state, now).unwrap_or(MINUTE);
    let typed = state.errands.typed;
    let resting = typed.map_or(MINUTE, |typed| {
        typed.plus(PAUSE).0.saturating_sub(now.0).max(0)
    });
    // The rows of another filter are taken off the screen when those of this one take long.
    let late = update::late_at(state).map_or(MINUTE, |at| at.0.saturating_sub(now.0).max(0));
    let milliseconds = if is_busy(state) && !settings.reduced_motion && !settings.plain {
        TURN
    } else if is_busy(state) || !state.overlays.is_empty() {
        SECOND
    } else {
        MINUTE - now.0.rem_euclid(MINUTE)
    };
    Duration::from_millis(
        milliseconds
            .min(counting)
            .min(resting)
            .min(late)
            .unsigned_abs(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::bench;
    use crate::app::effect::Question;
    use crate::app::state::Coming;
    use crate::domain::listing::Anchor;
    use crate::query::Query;

    fn state() -> State {
        let mut state = bench::small();
        state.settings.reduced_motion = false;
        state
    }

    #[test]
    fn an_idle_console_sleeps_until_the_minute_turns() {
        let patience = |now| patience(&state(), Moment(now));
        assert_eq!(patience(5 * MINUTE), Duration::from_secs(60));
        assert_eq!(patience(5 * MINUTE + 59 * SECOND), Duration::from_secs(1));
        assert_eq!(patience(-SECOND), Duration::from_secs(1));
    }

    #[test]
    fn typed_text_is_stored_a_moment_after_the_last_key_whatever_else_goes_on() {
        let mut state = state();
        state.errands.typed = Some(Moment(500));
        let patience = |state: &State, now| patience(state, Moment(now)).as_millis();
        assert_eq!(patience(&state, 500), 100);
        assert_eq!(patience(&state, 560), 40);
        let _ = state.ask(Question::Header);
        assert_eq!(patience(&state, 500), 100);
        assert_eq!(patience(&state, 700), 0);
        // A clock that was set back does not keep it waiting for long.
        assert_eq!(patience(&state, -5 * MINUTE), 150);
    }

    #[test]
    fn rows_of_another_filter_are_taken_off_in_time_where_nothing_turns() {
        let mut state = state();
        state.settings.reduced_motion = true;
        state.inbox.loaded = true;
        let _ = state.ask(Question::Inbox {
            query: Query::default(),
            anchor: Anchor::Start,
            limit: 9,
        });
        state.inbox.awaited = Some(Coming {
            since: Moment(500),
            around: None,
            late: false,
        });
        let patience = |state: &State, now| patience(state, Moment(now)).as_millis();
        assert_eq!(patience(&state, 500), 150);
        assert_eq!(patience(&state, 600), 50);
        assert_eq!(patience(&state, 900), 0);
        if let Some(coming) = &mut state.inbox.awaited {
            coming.late = true;
        }
        assert_eq!(patience(&state, 900), 1_000);
    }

    #[test]
    fn a_clock_that_counts_is_drawn_by_the_second_and_one_that_stands_still_is_not() {
        let mut state = present::tests::presenting();
        let begun = state.now;
        state.settings.reduced_motion = false;
        let at = |state: &State, later| patience(state, begun.plus(later));
        assert_eq!(at(&state, 0), Duration::from_secs(1));
        assert_eq!(at(&state, 2_400), Duration::from_millis(600));
        state.settings.reduced_motion = true;
        assert_eq!(at(&state, 2 * SECOND), Duration::from_secs(58));
        if let Some(found) = &mut state.sync.found {
            found.running.paused = true;
        }
        state.settings.reduced_motion = false;
        assert_eq!(at(&state, 0), Duration::from_secs(60));
    }

    #[test]
    fn a_spinner_turns_only_where_one_is_drawn() {
        let mut state = state();
        let _ = state.ask(Question::Header);
        assert_eq!(patience(&state, Moment(0)), Duration::from_millis(150));
        state.settings.plain = true;
        assert_eq!(patience(&state, Moment(0)), Duration::from_secs(1));
    }
}
