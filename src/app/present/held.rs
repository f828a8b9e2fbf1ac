//! The meeting that is held, as it is seen from other screens: that it goes on, what is left of the time box, the way back.

use super::{Clock, Show};
use crate::app::command::{Command, Context};
use crate::app::state::{Screen, State};
use crate::domain::meeting::{AgendaRow, MeetingState};
use crate::domain::moment::{MINUTE, Moment};

/// Whether the weekly sync is being held.
#[must_use]
pub fn is_held(state: &State) -> bool {
    let found = state.sync.found.as_deref();
    found.is_some_and(|found| found.sitting().state == MeetingState::Running)
}

/// Whether the weekly sync is being held and no item of it is at hand: its end is shown.
#[must_use]
pub fn is_through(state: &State) -> bool {
    is_held(state) && Show::of(state).is_some_and(|show| show.at.is_none())
}

/// What the header says of a meeting that is held while another screen is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// How the time box goes: `4 min left`.
    pub words: String,
    /// Whether its time is up.
    pub is_over: bool,
    /// The key that leads back, as it is written.
    pub key: Option<String>,
}

/// The meeting that is held elsewhere; `None` where none is, and where it is on the screen.
#[must_use]
pub fn elsewhere(state: &State) -> Option<Held> {
    let noted = state.sync.note.as_ref();
    let noted = noted.is_some_and(|note| note.sitting.state == MeetingState::Running);
    if state.screen == Screen::Present || !(is_held(state) || noted) {
        return None;
    }
    let clock = clock(state, state.now);
    // From the agenda one goes on with it, from elsewhere to the agenda.
    let (context, command) = match state.screen {
        Screen::Sync => (Context::Sync, Command::Present),
        _ => (Context::Inbox, Command::GoSync),
    };
    Some(Held {
        words: clock.map_or_else(|| "is being held".to_owned(), left),
        is_over: clock.is_some_and(|clock| clock.pace() == super::Pace::Over),
        key: state.keymap.keys(context, command).into_iter().next(),
    })
}

/// The clock that the header shows while the meeting is held elsewhere: that of the item at hand where it has a time of its own,
/// else that of the part whose items share theirs.
pub(super) fn clock(state: &State, now: Moment) -> Option<Clock> {
    if !is_held(state) {
        return None;
    }
    let show = Show::of(state)?;
    let alone = matches!(show.stop()?.row, Some(AgendaRow::Queued(_)));
    // A share of the time of a part is often less than a minute: what one keeps to is the part.
    show.part(now)
        .filter(|_| !alone)
        .or_else(|| show.clock(now))
}

/// What is left, by the minute: nothing moves beside what one reads.
fn left(clock: Clock) -> String {
    if clock.paused {
        return "is paused".to_owned();
    }
    let Some(given) = clock.given else {
        return format!("{} min so far", clock.taken / MINUTE);
    };
    match given - clock.taken {
        left if left > MINUTE => format!("{} min left", (left + MINUTE - 1) / MINUTE),
        left if left > 0 => "last minute".to_owned(),
        left if left > -MINUTE => "time is up".to_owned(),
        left => format!("over by {} min", -left / MINUTE),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::presenting;
    use super::*;
    use crate::app::bench::Bench;

    #[test]
    fn what_is_left_is_told_by_the_minute() {
        let words = |taken, given| {
            left(Clock {
                taken,
                given,
                paused: false,
            })
        };
        let given = Some(5 * MINUTE);
        assert_eq!(words(0, given), "5 min left");
        assert_eq!(words(MINUTE + 1, given), "4 min left");
        assert_eq!(words(4 * MINUTE, given), "last minute");
        assert_eq!(words(5 * MINUTE, given), "time is up");
        assert_eq!(words(7 * MINUTE, given), "over by 2 min");
        assert_eq!(words(7 * MINUTE, None), "7 min so far");
    }

    #[test]
    fn what_is_left_is_that_of_the_part_unless_a_topic_has_its_own_time() {
        let mut state = presenting();
        let now = state.now;
        let sync = state.sync.found.as_mut().expect("the sync");
        // Two items share two minutes.
        sync.agenda.sections[0].minutes = 2;
        assert_eq!(sync.agenda.sections[0].rows().count(), 2);
        let left_now = |state: &State| clock(state, now).map(left);
        assert_eq!(left_now(&state).as_deref(), Some("2 min left"));
        let share = Show::of(&state).and_then(|show| show.clock(now));
        assert_eq!(share.map(left).as_deref(), Some("last minute"));
        let sync = state.sync.found.as_mut().expect("the sync");
        let topic = sync.agenda.rows().find_map(|row| match row {
            AgendaRow::Queued(item) => Some((row.item(), item.minutes)),
            _ => None,
        });
        let (item, minutes) = topic.expect("a topic");
        assert_eq!(minutes, Some(5));
        sync.running.at_hand = Some(item);
        assert_eq!(left_now(&state).as_deref(), Some("5 min left"));
    }

    #[test]
    fn a_meeting_that_is_held_is_told_of_on_other_screens_with_the_way_back() {
        let mut bench = Bench::new(3);
        assert_eq!(elsewhere(&bench.state), None);
        bench.keys("g w");
        assert_eq!(elsewhere(&bench.state), None);
        bench.keys("P");
        assert_eq!(elsewhere(&bench.state), None, "it is on the screen");
        bench.keys("g i");
        let held = elsewhere(&bench.state).expect("held");
        assert_eq!(held.key.as_deref(), Some("g w"));
        assert!(
            held.words.ends_with("left") || held.words == "last minute",
            "{held:?}"
        );
        bench.keys("g w");
        let held = elsewhere(&bench.state).expect("held");
        assert_eq!(held.key.as_deref(), Some("P"));
    }
}
