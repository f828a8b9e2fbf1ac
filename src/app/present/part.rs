//! The time of a part of the agenda, which its items share.

use super::{Clock, Show, Stop, minutes};
use crate::domain::moment::{MINUTE, Moment};

/// A time box in few cells: `8m`, `0:21`.
#[must_use]
pub fn brief(given: i64) -> String {
    match given % MINUTE {
        0 => format!("{}m", given / MINUTE),
        _ => minutes(given),
    }
}

impl Show<'_> {
    /// The clock of the part in which the stop at hand stands, where it has others beside it.
    #[must_use]
    pub fn part(&self, now: Moment) -> Option<Clock> {
        let here = self.stop()?;
        let beside = |stop: &&Stop<'_>| std::ptr::eq(stop.section, here.section);
        let minutes = here.section.minutes;
        if minutes == 0 || self.stops.iter().filter(beside).count() < 2 {
            return None;
        }
        let items = self.stops.iter().filter(beside);
        Some(Clock {
            taken: items.map(|stop| self.running.taken(stop.item, now)).sum(),
            given: Some(i64::from(minutes) * MINUTE),
            paused: self.running.paused,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Pace, given, tests::presenting};
    use super::*;
    use crate::domain::id::AgendaItemId;
    use crate::domain::meeting::{AgendaRow, TimeBox};
    use crate::domain::moment::SECOND;

    #[test]
    fn the_shares_of_a_part_come_to_its_time_and_its_clock_counts_them_together() {
        let mut state = presenting();
        let now = state.now;
        let sync = state.sync.found.as_mut().expect("the sync");
        let section = &mut sync.agenda.sections[0];
        section.minutes = 1;
        assert_eq!(section.rows().count(), 2);
        let items: Vec<AgendaItemId> = section.rows().map(AgendaRow::item).collect();
        sync.running.boxes = items
            .iter()
            .map(|item| TimeBox {
                item: *item,
                spent: 35 * SECOND,
                since: None,
            })
            .collect();
        sync.running.at_hand = items.last().copied();
        let show = Show::of(&state).expect("it is held");
        let shares = show.stops.iter().take(2).filter_map(given);
        assert_eq!(shares.sum::<i64>(), MINUTE);
        let part = show.part(now).expect("two items share a part");
        assert_eq!(part.spent(false), "1:10 of 1:00");
        assert_eq!(part.spent(true), "1 of 1 min");
        assert_eq!(part.pace(), Pace::Over);
        assert_eq!(
            (brief(30 * SECOND), brief(2 * MINUTE)),
            ("0:30".into(), "2m".into())
        );
    }
}
