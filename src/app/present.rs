//! A meeting while it is held, as one reads it: what is at hand, how long it may take, what was gone through, what comes next.

mod clock;
mod held;
mod part;

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::id::{AgendaItemId, FeedbackId, MeetingId};
use crate::domain::meeting::{
    Agenda, AgendaRow, AgendaState, AreaGroup, MeetingState, Running, Section, StepRow, USUAL_BOX,
    part_item,
};
use crate::domain::moment::{MINUTE, Moment, SECOND};
use crate::domain::people::Handle;

use super::agenda::{self, AgendaLine};
use super::state::{Spot, State, Sync};

pub use clock::{Clock, Pace, minutes};
pub use held::{Held, elsewhere, is_held, is_through};
pub use part::brief;

/// One stop on the way through an agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop<'a> {
    /// Its place on the agenda.
    pub spot: Spot,
    /// Under which identity its time is kept.
    pub item: AgendaItemId,
    /// The part in which it stands.
    pub section: &'a Section,
    /// The row; none for a part without rows of its own.
    pub row: Option<AgendaRow<'a>>,
    /// Whether it was gone through.
    pub mark: Mark,
}

impl Stop<'_> {
    /// What it is called.
    #[must_use]
    pub fn title(&self) -> &str {
        self.row.map_or(&self.section.title, AgendaRow::title)
    }
}

/// Whether an item was gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Not yet.
    Ahead,
    /// It was discussed, or looked at where there is nothing to decide.
    Done,
    /// It was put off to the next meeting.
    PutOff,
}

/// The stops of an agenda, in order; those of `passed` were gone through.
#[must_use]
pub fn stops<'a>(agenda: &'a Agenda, passed: &BTreeSet<AgendaItemId>) -> Vec<Stop<'a>> {
    let meeting = agenda.meeting.id;
    let mut section = None;
    let mut stops = Vec::new();
    for line in agenda::lines(agenda) {
        if let AgendaLine::Heading(heading) = line {
            section = Some(heading);
        }
        let (Some(spot), Some(section)) = (line.spot(), section) else {
            continue;
        };
        let row = match line {
            AgendaLine::Row(row, _) => Some(row),
            _ => None,
        };
        // What was promised in this meeting is gone through in the next one.
        if matches!(row, Some(AgendaRow::Step(step)) if is_promised_here(agenda, step)) {
            continue;
        }
        let item = item_of(meeting, agenda, spot);
        let marked = |discussed: bool| if discussed { Mark::Done } else { Mark::Ahead };
        let mark = match row {
            Some(AgendaRow::Plan(item)) => marked(item.discussed),
            Some(AgendaRow::Queued(item)) => match item.state {
                AgendaState::Queued => Mark::Ahead,
                AgendaState::Discussed => Mark::Done,
                AgendaState::CarriedOver => Mark::PutOff,
            },
            _ => marked(passed.contains(&item)),
        };
        stops.push(Stop {
            spot,
            item,
            section,
            row,
            mark,
        });
    }
    stops
}

/// Whether a step was promised since the meeting began.
fn is_promised_here(agenda: &Agenda, step: &StepRow) -> bool {
    let begun = agenda.meeting.held.0;
    begun.is_some_and(|begun| step.since >= begun)
}

/// Puts stops in the order in which one goes through them. A row that has moved on the agenda meanwhile, because it has
/// another owner now or belongs to the meeting now, keeps its place in its part, so that going on jumps over nothing; what
/// is new follows what it follows on the agenda.
fn in_order(stops: &mut [Stop<'_>], order: &[AgendaItemId]) {
    for part in stops.chunk_by_mut(|a, b| std::ptr::eq(a.section, b.section)) {
        let mut before = None;
        let mut ranks = BTreeMap::new();
        for stop in part.iter() {
            before = order
                .iter()
                .position(|known| *known == stop.item)
                .or(before);
            ranks.insert(stop.item, before);
        }
        part.sort_by_key(|stop| ranks.get(&stop.item).copied());
    }
}

/// Under which identity the time of a place on the agenda is kept.
fn item_of(meeting: MeetingId, agenda: &Agenda, spot: Spot) -> AgendaItemId {
    match spot {
        Spot::Item(item) => item,
        Spot::Part(place) => {
            let title = agenda.sections.get(place).map(|section| &section.title);
            part_item(meeting, title.map_or("", |title| title.as_str()))
        }
    }
}

/// The requests of a stop, where it is an area of them.
#[must_use]
pub const fn group_of<'a>(stop: &Stop<'a>) -> Option<&'a AreaGroup> {
    match stop.row {
        Some(AgendaRow::Requests(group)) => Some(group),
        _ => None,
    }
}

/// Who is likely to take a request: who is for it alone, else the owner of its area.
#[must_use]
pub fn likely_owner<'a>(group: &'a AreaGroup, own: Option<&'a Handle>) -> Option<&'a Handle> {
    own.or(group.likely_owner.as_ref())
}

/// All requests of the area at hand that are likely to go to the same owner as the one under the cursor, and to whom;
/// none where nobody is likely to take that one.
#[must_use]
pub fn alike(state: &State) -> Option<(Handle, Vec<FeedbackId>)> {
    let show = Show::of(state)?;
    let group = group_of(show.stop()?)?;
    let (_, likely) = group.requests.get(state.present.request.place)?;
    let owner = likely_owner(group, likely.as_ref())?;
    let same =
        |(_, likely): &&(_, Option<Handle>)| likely_owner(group, likely.as_ref()) == Some(owner);
    let requests = group.requests.iter().filter(same);
    Some((owner.clone(), requests.map(|(row, _)| row.id).collect()))
}

/// Whether the meeting that is presented was ended: the weekly sync is another one now.
#[must_use]
pub fn is_over(state: &State) -> bool {
    let presented = state.present.meeting;
    let sitting = state.sync.found.as_deref().map(Sync::sitting);
    sitting.is_some_and(|sitting| {
        presented.is_some_and(|presented| presented != sitting.id)
            || sitting.state == MeetingState::Finished
    })
}

/// How long a stop may take, in milliseconds: its own time box, else its share of that of its part, so that the shares come to
/// what the agenda says.
#[must_use]
pub fn given(stop: &Stop<'_>) -> Option<i64> {
    let whole = Some(i64::from(stop.section.minutes) * MINUTE).filter(|whole| *whole > 0);
    match stop.row {
        // As the sum of the agenda counts it.
        Some(AgendaRow::Queued(item)) => {
            Some(i64::from(item.minutes.unwrap_or(USUAL_BOX)) * MINUTE)
        }
        Some(_) => {
            let count = i64::try_from(stop.section.rows().count()).ok()?;
            let share = whole?.checked_div(count)?;
            Some((share - share % SECOND).max(SECOND))
        }
        None => whole,
    }
}

/// The meeting that is presented, as it stands: while it is held here, and its agenda is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Show<'a> {
    /// The agenda.
    pub agenda: &'a Agenda,
    /// How it goes.
    pub running: &'a Running,
    /// Its stops.
    pub stops: Vec<Stop<'a>>,
    /// The place of the one at hand; none when the agenda is through.
    pub at: Option<usize>,
}

impl<'a> Show<'a> {
    /// What there is to show.
    #[must_use]
    pub fn of(state: &'a State) -> Option<Self> {
        let found = state.sync.found.as_deref()?;
        let mut stops = stops(&found.agenda, &state.present.passed);
        in_order(&mut stops, &state.present.order);
        let at_hand = found.running.at_hand;
        Some(Self {
            at: stops.iter().position(|stop| Some(stop.item) == at_hand),
            agenda: &found.agenda,
            running: &found.running,
            stops,
        })
    }

    /// The stop at hand.
    #[must_use]
    pub fn stop(&self) -> Option<&Stop<'a>> {
        self.stops.get(self.at?)
    }

    /// The clock of the stop at hand.
    #[must_use]
    pub fn clock(&self, now: Moment) -> Option<Clock> {
        let stop = self.stop()?;
        Some(Clock {
            taken: self.running.taken(stop.item, now),
            given: given(stop),
            paused: self.running.paused,
        })
    }

    /// The clock of the whole meeting: what all items have taken, pauses apart.
    #[must_use]
    pub fn whole(&self, now: Moment) -> Clock {
        let boxes = self.running.boxes.iter();
        Clock {
            taken: boxes.map(|time| time.taken(now)).sum(),
            given: Some(i64::from(self.agenda.meeting.minutes) * MINUTE),
            paused: self.running.paused || self.at.is_none(),
        }
    }

    /// How many were gone through or put off.
    #[must_use]
    pub fn behind(&self) -> usize {
        let behind = self.stops.iter().filter(|stop| stop.mark != Mark::Ahead);
        behind.count()
    }

    /// What was promised in this meeting so far.
    #[must_use]
    pub fn promised(&self) -> Vec<&'a StepRow> {
        let rows = self.agenda.rows().filter_map(|row| match row {
            AgendaRow::Step(step) => Some(step),
            _ => None,
        });
        rows.filter(|step| is_promised_here(self.agenda, step))
            .collect()
    }

    /// What was promised in this meeting on the item at hand.
    #[must_use]
    pub fn promised_on(&self, stop: &Stop<'_>) -> Vec<&'a StepRow> {
        let mut promised = self.promised();
        promised.retain(|step| step.item == Some(stop.item));
        promised
    }

    /// The one after that at hand, gone through or not.
    #[must_use]
    pub fn following(&self) -> Option<&Stop<'a>> {
        self.stops.get(self.at? + 1)
    }

    /// The next that was not gone through yet, after the one at hand.
    #[must_use]
    pub fn next(&self) -> Option<&Stop<'a>> {
        let from = self.at.map_or(self.stops.len(), |at| at + 1);
        self.stops
            .get(from..)?
            .iter()
            .find(|stop| stop.mark == Mark::Ahead)
    }
}

/// Whether nothing is to move: time is told by the minute.
#[must_use]
pub fn coarse(state: &State) -> bool {
    state.settings.reduced_motion || state.settings.plain
}

/// In how many milliseconds the screen shows another time; `None` while nothing counts.
#[must_use]
pub fn next_change(state: &State, now: Moment) -> Option<i64> {
    use super::state::Screen;
    if state.screen != Screen::Present {
        return held::clock(state, now)?.next_change(true);
    }
    let show = Show::of(state)?;
    let item = show.clock(now)?.next_change(coarse(state));
    let whole = show.whole(now).next_change(coarse(state));
    let part = show.part(now).map(|part| part.next_change(coarse(state)));
    let part = part.flatten();
    item.into_iter().chain(whole).chain(part).min()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::app::bench::Bench;

    /// A console on which a meeting has just begun, with everything loaded.
    pub(crate) fn presenting() -> State {
        let mut bench = Bench::new(3);
        bench.keys("g w P");
        bench.state
    }

    fn clock(taken: i64, given: Option<i64>) -> Clock {
        Clock {
            taken,
            given: given.map(|minutes| minutes * MINUTE),
            paused: false,
        }
    }

    #[test]
    fn a_time_box_counts_down_and_then_tells_by_how_much_it_is_over() {
        for (taken, figure, sentence, pace) in [
            (0, "5:00", "5:00 left of 5:00", Pace::Calm),
            (1, "5:00", "5:00 left of 5:00", Pace::Calm),
            (28 * SECOND, "4:32", "4:32 left of 5:00", Pace::Calm),
            (4 * MINUTE, "1:00", "1:00 left of 5:00", Pace::Soon),
            (5 * MINUTE - 1, "0:01", "0:01 left of 5:00", Pace::Soon),
            (5 * MINUTE, "0:00", "over by 0:00", Pace::Over),
            (5 * MINUTE + 40_900, "0:40", "over by 0:40", Pace::Over),
            (15 * MINUTE, "10:00", "over by 10:00", Pace::Over),
        ] {
            let clock = clock(taken, Some(5));
            assert_eq!(clock.figure(), figure, "{taken}");
            assert_eq!(clock.sentence(), sentence, "{taken}");
            assert_eq!(clock.pace(), pace, "{taken}");
        }
        assert_eq!(clock(61 * SECOND, None).sentence(), "1:01 so far");
    }

    #[test]
    fn who_wants_nothing_to_move_is_told_by_the_minute() {
        for (taken, words) in [
            (0, "5 minutes left of 5 minutes"),
            (MINUTE - 1, "5 minutes left of 5 minutes"),
            (MINUTE, "4 minutes left of 5 minutes"),
            (4 * MINUTE, "the last minute of 5 minutes"),
            (5 * MINUTE, "the time of 5 minutes is up"),
            (6 * MINUTE, "over by 1 minute"),
            (8 * MINUTE + 1, "over by 3 minutes"),
        ] {
            assert_eq!(clock(taken, Some(5)).words(), words, "{taken}");
        }
        assert_eq!(clock(MINUTE, None).words(), "1 minute so far");
    }

    #[test]
    fn what_is_shown_changes_when_it_says_so_and_not_before() {
        for coarse in [false, true] {
            for taken in (0..9 * MINUTE).step_by(7_777) {
                let now = clock(taken, Some(5));
                let wait = now.next_change(coarse).expect("it runs");
                let shown = |taken| {
                    let clock = clock(taken, Some(5));
                    if coarse {
                        clock.words()
                    } else {
                        clock.sentence()
                    }
                };
                assert!(wait > 0);
                assert_ne!(shown(taken + wait), shown(taken), "{coarse} {taken}");
                assert_eq!(shown(taken + wait - 1), shown(taken), "{coarse} {taken}");
            }
        }
        let stands = Clock {
            paused: true,
            ..clock(3, Some(5))
        };
        assert_eq!(stands.next_change(false), None);
    }
}
