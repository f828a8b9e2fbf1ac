//! The charts: one after another, one alone, and what a row stands for.

use crate::app::bench::{Bench, NOW, idea_id};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::empty::charts_words;
use crate::app::message::Message;
use crate::app::state::{Pane, Screen};
use crate::domain::chart::{AGES, ChartName, Figures, IdeaFigures, OwnerFigures, WeekFigures};
use crate::domain::people::Handle;
use chrono::NaiveDate;

fn charted() -> Bench {
    let mut bench = Bench::new(3);
    let hana = Handle::parse("hana").expect("a handle");
    let figures = Figures {
        mondays: vec![NaiveDate::from_ymd_opt(2024, 9, 30).expect("a Monday")],
        weeks: vec![WeekFigures {
            received: 3,
            processed: 2,
            took: Some((1, 2)),
        }],
        ages: vec![1; AGES.len() + 1],
        demand: vec![IdeaFigures {
            idea: idea_id(2),
            title: "Idea 2".to_owned(),
            tiers: vec![(None, 4)],
        }],
        owners: vec![
            OwnerFigures {
                owner: None,
                unprocessed: 2,
                ..OwnerFigures::default()
            },
            OwnerFigures {
                owner: Some(hana.clone()),
                unprocessed: 1,
                ..OwnerFigures::default()
            },
        ],
        interviews: vec![(hana, vec![0])],
    };
    bench.world.charts = ChartName::ALL
        .iter()
        .map(|name| figures.chart(*name))
        .collect();
    bench
}

fn in_hand(bench: &Bench) -> Option<ChartName> {
    bench.state.charts.chart().map(|chart| chart.name)
}

#[test]
fn one_goes_from_chart_to_chart_and_back_to_where_one_was() {
    let mut bench = charted();
    bench.keys("g c");
    assert_eq!(bench.state.screen, Screen::Charts);
    assert_eq!(in_hand(&bench), Some(ChartName::Inbox));
    bench.keys("j");
    assert_eq!(in_hand(&bench), Some(ChartName::Age));
    bench.keys("G j");
    assert_eq!(in_hand(&bench), Some(ChartName::Interviews));
    bench.keys("Tab");
    assert_eq!(in_hand(&bench), Some(ChartName::Inbox));
    bench.keys("S-Tab k g g");
    assert_eq!(in_hand(&bench), Some(ChartName::Inbox));
    bench.keys("Esc");
    assert_eq!(
        (bench.state.screen, bench.state.focus),
        (Screen::Console, Pane::Inbox)
    );
}

#[test]
fn a_row_of_a_chart_opens_what_it_counts() {
    let opened = |keys: &str| {
        let mut bench = charted();
        bench.keys("g c");
        bench.keys(keys);
        bench.keys("Enter");
        bench
    };
    for (keys, filter) in [
        ("Enter", "received:2024-09-30..2024-10-06"),
        ("j Enter", "is:unprocessed age:<1d"),
        ("j Enter j j", "is:unprocessed age:3d..7d"),
        ("j z G", "is:unprocessed age:>84d"),
        ("j j j j Enter", "is:unprocessed is:unassigned"),
        ("j j j j Enter j", "is:unprocessed owner:@hana"),
    ] {
        let mut bench = opened(keys);
        assert_eq!(bench.state.inbox.filter, filter, "{keys}");
        assert_eq!(bench.state.screen, Screen::Console);
        // Esc leads back, and the filter goes with the list.
        bench.keys("Esc");
        assert_eq!(bench.state.screen, Screen::Charts);
        assert_eq!(bench.state.inbox.filter, bench.state.inbox.home);
    }
    let idea = opened("j j j Enter");
    assert_eq!(idea.state.screen, Screen::Idea);
    assert_eq!(idea.state.idea.map(|view| view.id), Some(idea_id(2)));
    // How long something took stands for no list.
    let mut time = opened("j j Enter");
    assert_eq!(time.notice(), "there is no list behind this figure");
    time.keys("Esc");
    assert_eq!(
        (time.state.charts.row, time.state.screen),
        (None, Screen::Charts)
    );
}

#[test]
fn the_figures_are_copied_as_markdown() {
    let mut bench = charted();
    assert!(Command::CopyMarkdown.availability(&bench.state).is_ok());
    bench.keys("g c G Y");
    let copied = Effect::Copy("# Interviews per week".to_owned());
    assert!(bench.outside.contains(&copied), "{:?}", bench.outside);
}

#[test]
fn that_charts_are_being_counted_is_told_only_when_it_takes_a_while() {
    let mut bench = charted();
    bench.press("g c");
    assert_eq!(charts_words(&bench.state), None);
    assert!(Command::Open.availability(&bench.state).is_err());
    bench.send(Message::Tick(NOW.plus(150)));
    assert_eq!(charts_words(&bench.state), Some("counting …"));
    bench.settle();
    assert_eq!(charts_words(&bench.state), None);
    // What was counted stays until it is counted anew.
    bench.send(Message::Changed);
    assert!(bench.state.asked("charts"));
    bench.send(Message::Tick(NOW.plus(1_000)));
    assert_eq!(charts_words(&bench.state), None);
    assert_eq!(in_hand(&bench), Some(ChartName::Inbox));
}
