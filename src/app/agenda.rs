//! The agenda as lines: what stands on each, and on which the cursor can stand. The view draws them, `update` scrolls by
//! them.

use crate::domain::clocks::Clocks;
use crate::domain::meeting::{
    Agenda, AgendaRow, ChangedRelease, MeetingState, Section, SectionBody, Sitting, briefly,
};
use crate::domain::moment::{HOUR, MINUTE, Moment};
use crate::domain::people::Handle;

use super::state::{Spot, State};

/// A line of the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgendaLine<'a> {
    /// Nothing: between two parts.
    Blank,
    /// The heading of a part.
    Heading(&'a Section),
    /// What changed about a release as a whole.
    Changed(&'a ChangedRelease),
    /// A thing to speak about.
    Row(AgendaRow<'a>, Who<'a>),
    /// A part without rows of its own, by its place: a question, or what a filter shows.
    Part(usize, &'a Section),
    /// A part in which nothing stands.
    Nothing(&'a Section),
}

/// Who sees to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who<'a> {
    /// Its owner, or who presents it.
    Is(&'a Handle),
    /// Who is likely to take it.
    Likely(&'a Handle),
    /// Nobody yet.
    Nobody,
}

impl<'a> Who<'a> {
    fn is(handle: Option<&'a Handle>) -> Self {
        handle.map_or(Self::Nobody, Self::Is)
    }
}

impl AgendaLine<'_> {
    /// The place on which the cursor can stand, if it can stand here.
    #[must_use]
    pub const fn spot(self) -> Option<Spot> {
        match self {
            Self::Row(row, _) => Some(Spot::Item(row.item())),
            Self::Part(place, _) => Some(Spot::Part(place)),
            _ => None,
        }
    }
}

/// The lines of an agenda.
#[must_use]
pub fn lines(agenda: &Agenda) -> Vec<AgendaLine<'_>> {
    let mut lines = Vec::new();
    for (place, section) in agenda.sections.iter().enumerate() {
        if place > 0 {
            lines.push(AgendaLine::Blank);
        }
        lines.push(AgendaLine::Heading(section));
        let before = lines.len();
        match &section.body {
            SectionBody::Plan(owners) => {
                lines.extend(agenda.releases.iter().map(AgendaLine::Changed));
                for owner in owners {
                    let who = Who::is(owner.owner.as_ref());
                    let rows = owner.items.iter().map(AgendaRow::Plan);
                    lines.extend(rows.map(|row| AgendaLine::Row(row, who)));
                }
            }
            SectionBody::Feedback(_) | SectionBody::Question(_) => {
                lines.push(AgendaLine::Part(place, section));
            }
            _ => lines.extend(section.rows().map(|row| AgendaLine::Row(row, who(row)))),
        }
        if lines.len() == before {
            lines.push(AgendaLine::Nothing(section));
        }
    }
    lines
}

fn who(row: AgendaRow<'_>) -> Who<'_> {
    match row {
        AgendaRow::Plan(_) => Who::Nobody,
        AgendaRow::Step(step) => Who::is(step.owner.as_ref()),
        AgendaRow::Requests(group) => group.likely_owner.as_ref().map_or(Who::Nobody, Who::Likely),
        AgendaRow::Queued(item) => Who::is(item.presenter.as_ref()),
    }
}

/// The places of an agenda on which the cursor can stand, in order.
#[must_use]
pub fn spots(agenda: &Agenda) -> Vec<Spot> {
    lines(agenda)
        .into_iter()
        .filter_map(AgendaLine::spot)
        .collect()
}

/// What a part asks for, in a few words: `5 owe an update`. Nothing where all is well. What nobody owns yet is the business of
/// whoever is `on_duty` this week.
#[must_use]
pub fn asks(section: &Section, on_duty: Option<&Handle>) -> Option<String> {
    let many = |count: usize, words: &str| (count > 0).then(|| format!("{count} {words}"));
    match &section.body {
        SectionBody::Plan(owners) => {
            let items = owners.iter().flat_map(|owner| &owner.items);
            let owing = items.filter(|item| item.owes_update).count();
            match owing {
                1 => Some("1 owes an update".to_owned()),
                owing => many(owing, "owe an update"),
            }
        }
        SectionBody::Steps(steps) => {
            many(steps.iter().filter(|step| step.overdue).count(), "overdue")
        }
        SectionBody::Unassigned { total, .. } => {
            let open = (*total > 0).then(|| format!("{total} open"));
            let duty = on_duty.map(|person| format!("{person} on duty this week"));
            let words: Vec<String> = open.into_iter().chain(duty).collect();
            (!words.is_empty()).then(|| words.join(" · "))
        }
        SectionBody::Queued(_) | SectionBody::Feedback(_) | SectionBody::Question(_) => None,
    }
}

/// When a meeting is held, by the clocks of its zone: `Wed 18 Nov 09:00`; and where the user's show another time, that one:
/// `18:00 here`.
#[must_use]
pub fn when(state: &State, sitting: &Sitting) -> (String, Option<String>) {
    let Some(at) = sitting.at else {
        return ("day open".to_owned(), None);
    };
    let there = briefly(at, &sitting.zone, state.now);
    let here = state.settings.clocks.shown(at);
    let here = here.format("%a %H:%M").to_string();
    let (day, time) = here.split_once(' ').unwrap_or(("", &here));
    let here = match (there.ends_with(time), there.starts_with(day)) {
        (true, _) => None,
        (false, true) => Some(format!("{time} here")),
        (false, false) => Some(format!("{here} here")),
    };
    (there, here)
}

/// A meeting by name: `PM weekly sync, Wed 18 Nov 09:00`.
#[must_use]
pub fn named(state: &State, sitting: &Sitting) -> String {
    format!("{}, {}", sitting.title, when(state, sitting).0)
}

/// From which day on a planned meeting is to be prepared, by the clocks of its zone: `prepare from Tue 24 Nov`.
#[must_use]
pub fn prepare(sitting: &Sitting, now: Moment) -> Option<String> {
    let shown = briefly(sitting.prepare, &sitting.zone, now);
    let (day, _) = shown.rsplit_once(' ')?;
    (sitting.state == MeetingState::Planned).then(|| format!("prepare from {day}"))
}

/// How far away a meeting is: `in 4 days`, by the days of the user's clocks; nothing where its day is open.
#[must_use]
pub fn distance(sitting: &Sitting, now: Moment, clocks: Clocks) -> Option<String> {
    match (sitting.held, sitting.state) {
        (_, MeetingState::Cancelled) => return Some("cancelled".to_owned()),
        ((_, Some(_)), _) => return Some("held".to_owned()),
        ((Some(since), None), _) => {
            return Some(match since.age(now).as_str() {
                "now" => "running, just begun".to_owned(),
                age => format!("running for {age}"),
            });
        }
        ((None, None), _) => {}
    }
    let left = sitting.at?.0.saturating_sub(now.0);
    let in_some = |count: i64, one: &str, many: &str| match count {
        1 => format!("in 1 {one}"),
        count => format!("in {count} {many}"),
    };
    Some(match left {
        ..0 => "now".to_owned(),
        0..HOUR => format!("in {} min", left / MINUTE),
        _ => {
            let then = clocks.day_of(now.plus(left));
            match (then - clocks.day_of(now)).num_days() {
                // By clocks that are set back in between, its day may even be the one before.
                ..=0 => in_some(left / HOUR, "hour", "hours"),
                1 => "tomorrow".to_owned(),
                days => in_some(days, "day", "days"),
            }
        }
    })
}

/// What the parts take and the meeting has, in minutes: `26 of 30 min`; and what is too much: `4 over`.
#[must_use]
pub fn time(agenda: &Agenda) -> (String, Option<String>) {
    let words = format!("{} of {} min", agenda.planned, agenda.meeting.minutes);
    let over = agenda.over();
    (words, (over > 0).then(|| format!("{over} min over")))
}

#[cfg(test)]
mod tests {
    use super::super::bench::Bench;
    use super::*;
    use crate::app::bench::NOW;
    use crate::domain::clocks::testing::ahead;
    use crate::domain::moment::DAY;

    /// Half an hour before the meeting.
    const SET_BACK: Moment = Moment(NOW.0 + 4 * DAY - HOUR / 2);

    #[test]
    fn a_meeting_is_told_by_its_clocks_and_by_ones_own_where_they_differ() {
        let mut bench = Bench::new(1);
        let sitting = bench.world.sync.sitting().clone();
        let told = |bench: &Bench| when(&bench.state, &sitting);
        let there = "Tue 8 Oct 00:00".to_owned();
        assert_eq!(told(&bench), (there.clone(), None));
        bench.state.settings.clocks = ahead::<120>();
        assert_eq!(told(&bench), (there.clone(), Some("02:00 here".into())));
        bench.state.settings.clocks = ahead::<-60>();
        assert_eq!(told(&bench), (there.clone(), Some("Mon 23:00 here".into())));
        // The clocks change before it is held.
        bench.state.settings.clocks = Clocks::new(|at| if at < SET_BACK { 120 } else { 0 });
        assert_eq!(told(&bench), (there, None));
    }

    #[test]
    fn every_part_has_a_line_to_stand_on_or_one_that_says_why_not() {
        let mut bench = Bench::new(2);
        let agenda = &mut bench.world.sync.agenda;
        agenda.releases.push(ChangedRelease {
            name: "v10.2".to_owned(),
            changes: vec!["new release".to_owned()],
        });
        if let SectionBody::Steps(steps) = &mut agenda.sections[1].body {
            steps.clear();
        }
        let shapes: Vec<char> = lines(agenda)
            .iter()
            .map(|line| match line {
                AgendaLine::Blank => ' ',
                AgendaLine::Heading(_) => '#',
                AgendaLine::Changed(_) => '~',
                AgendaLine::Row(..) => 'r',
                AgendaLine::Part(..) => 'p',
                AgendaLine::Nothing(_) => '0',
            })
            .collect();
        let shapes: String = shapes.into_iter().collect();
        assert_eq!(shapes, "#~rr #0 #r #p #p #rr");
        assert_eq!(spots(agenda).len(), 7);
        assert_eq!(
            asks(&agenda.sections[0], None).as_deref(),
            Some("1 owes an update")
        );
        assert_eq!(asks(&agenda.sections[1], None), None);
        // Who is on duty is told where requests wait for an owner, and where none does.
        let hana = Handle::parse("hana").ok();
        let unassigned =
            |section: &&Section| matches!(section.body, SectionBody::Unassigned { .. });
        let section = agenda
            .sections
            .iter_mut()
            .find(|it| unassigned(&&**it))
            .expect("a part");
        let told = asks(section, hana.as_ref()).unwrap_or_default();
        assert!(told.ends_with("open · @hana on duty this week"), "{told}");
        if let SectionBody::Unassigned { total, .. } = &mut section.body {
            *total = 0;
        }
        let told = asks(section, hana.as_ref());
        assert_eq!(told.as_deref(), Some("@hana on duty this week"));
    }

    #[test]
    fn how_far_away_a_meeting_is_is_told_in_one_unit() {
        let bench = Bench::new(1);
        let mut sitting = bench.world.sync.sitting().clone();
        let at = sitting.at.expect("a time");
        // It is at midnight in UTC, and at two in the morning two hours to the east.
        let told =
            |ms: i64, clocks: Clocks| distance(&sitting, at.plus(-ms), clocks).unwrap_or_default();
        let before = |ms: i64| told(ms, ahead::<120>());
        assert_eq!(before(4 * DAY), "in 4 days");
        // By the days of the clock on the wall, whatever the hour.
        assert_eq!(before(3 * DAY + 21 * HOUR), "in 4 days");
        assert_eq!(before(3 * DAY + 3 * HOUR), "in 4 days");
        assert_eq!(told(3 * DAY + 3 * HOUR, ahead::<-360>()), "in 3 days");
        assert_eq!(before(DAY), "tomorrow");
        assert_eq!(before(5 * HOUR), "tomorrow");
        assert_eq!(told(5 * HOUR, ahead::<-60>()), "in 5 hours");
        assert_eq!(before(20 * MINUTE), "in 20 min");
        assert_eq!(before(-MINUTE), "now");
        // The clocks change in between.
        let far = Clocks::new(|at| if at < SET_BACK { 120 } else { -60 });
        let told = distance(&sitting, at.plus(-DAY + -HOUR), far);
        assert_eq!(told.as_deref(), Some("in 25 hours"));
        let told = distance(&sitting, at.plus(-HOUR), far);
        assert_eq!(told.as_deref(), Some("in 1 hour"));
        sitting.held.0 = Some(at);
        let since = distance(&sitting, at.plus(12 * MINUTE), Clocks::UTC);
        assert_eq!(since.as_deref(), Some("running for 12m"));
    }
}
