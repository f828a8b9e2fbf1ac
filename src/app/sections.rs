//! The sections of a full table: what its rows have in common by the order they stand in.

use chrono::{Datelike, NaiveDate};

use super::state::State;
use crate::domain::feedback::{FeedbackRow, Importance};
use crate::domain::idea::IdeaRow;
use crate::domain::listing::{IdeaSort, MOST_RANKED};
use crate::domain::moment::Moment;
use crate::query::SortKey;
use crate::search::is_searchable;

/// What the feedback at `place` of the loaded rows has in common with its neighbours, by the order of the inbox: by age, also
/// behind what answers a search best.
#[must_use]
pub fn of_feedback(state: &State, place: usize, row: &FeedbackRow) -> String {
    let inbox = &state.inbox;
    if inbox.query.is_ranked(is_searchable) {
        match inbox.offset {
            Some(offset) if offset + (place as u64) < MOST_RANKED as u64 => {
                return "best first".to_owned();
            }
            Some(_) => {}
            None => return String::new(),
        }
    }
    match state.inbox.query.sort.first().map(|sort| sort.key) {
        Some(SortKey::Company) => row
            .company
            .clone()
            .unwrap_or_else(|| "no company".to_owned()),
        Some(SortKey::Importance) => row.importance.map_or("unset", Importance::word).to_owned(),
        Some(SortKey::Age) | None => period(row.received, state),
    }
}

/// What an idea has in common with its neighbours, by the order of the table; nothing where it stands by how well it answers
/// a search.
#[must_use]
pub fn of_idea(state: &State, row: &IdeaRow) -> String {
    if !state.ideas.query.texts().is_empty() {
        return String::new();
    }
    match state.ideas.order {
        IdeaSort::Demand => match row.demand {
            ..=0 => "no demand",
            1..5 => "some demand",
            5..15 => "in demand",
            _ => "much wanted",
        }
        .to_owned(),
        IdeaSort::Status => row.status.word().to_owned(),
        IdeaSort::When => row.when().unwrap_or("no date").to_owned(),
        IdeaSort::Title => row
            .title
            .chars()
            .next()
            .map_or_else(String::new, |c| c.to_uppercase().collect()),
        IdeaSort::Changed => period(row.changed, state),
    }
}

/// When it was, seen from today: today, yesterday, this week, last week, then months.
fn period(moment: Moment, state: &State) -> String {
    let day = |moment| state.settings.clocks.day_of(moment);
    let (then, today) = (day(moment), day(state.now));
    let monday = |day: NaiveDate| {
        day.num_days_from_ce() - day.weekday().num_days_from_monday().cast_signed()
    };
    let weeks = (monday(today) - monday(then)) / 7;
    match (today - then).num_days() {
        ..=0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        _ if weeks == 0 => "this week".to_owned(),
        _ if weeks == 1 => "last week".to_owned(),
        _ if then.year() == today.year() => then.format("%B").to_string(),
        _ => then.format("%b %Y").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::bench::Bench;
    use super::*;
    use crate::domain::moment::DAY;

    #[test]
    fn what_answers_a_search_best_is_no_period() {
        let mut bench = Bench::new(1);
        let row = bench.state.inbox.rows[0].clone();
        let by_age = of_feedback(&bench.state, 0, &row);
        let mut section = |filter: &str, offset: Option<u64>| {
            bench.state.inbox.query = crate::query::parse(filter).expect("a filter");
            bench.state.inbox.offset = offset;
            of_feedback(&bench.state, 0, &row)
        };
        assert_eq!(section("export is:all", Some(0)), "best first");
        assert_eq!(
            section("export", Some(MOST_RANKED as u64 - 1)),
            "best first"
        );
        assert_eq!(section("export", Some(MOST_RANKED as u64)), by_age);
        assert_eq!(section("export", None), "");
        assert_eq!(section("export (boards or is:mine)", Some(0)), "best first");
        let unranked = ["is:all", "export sort:age", "-export", "***"];
        let beside = [
            "export or is:mine",
            "-is:mine (export or tag:mobile)",
            "-boards (export or is:mine)",
        ];
        for unranked in unranked.into_iter().chain(beside) {
            assert_eq!(section(unranked, Some(0)), by_age, "{unranked}");
        }
    }

    #[test]
    fn periods_are_named_from_today_backwards() {
        let mut bench = Bench::new(1);
        // Wednesday, 18 November 2026, noon.
        bench.state.now = Moment(1_795_003_200_000);
        let ago = |days: i64| period(Moment(bench.state.now.0 - days * DAY), &bench.state);
        assert_eq!(
            [0, 1, 2, 3, 9, 10, 25, 400].map(ago),
            [
                "today",
                "yesterday",
                "this week",
                "last week",
                "last week",
                "November",
                "October",
                "Oct 2025"
            ]
        );
    }
}
