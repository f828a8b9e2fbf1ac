//! The past of the release plan: what changed in it, and how it stood.

use crate::app::bench::{Bench, idea_id};
use crate::app::command::Command;
use crate::app::effect::{Effect, Question};
use crate::app::state::{Overlay, Past, PastWish, Screen};
use crate::app::target;
use chrono::NaiveDate;

fn wish(bench: &Bench) -> Option<PastWish> {
    bench.waiting.iter().find_map(|effect| match effect {
        Effect::Ask {
            question: Question::Past(wish),
            ..
        } => Some(*wish),
        _ => None,
    })
}

#[test]
fn what_changed_since_the_last_sync_is_walked_and_left() {
    let mut bench = Bench::new(1);
    bench.keys("g r");
    bench.press("d");
    assert_eq!(wish(&bench), Some(PastWish::SinceSync));
    bench.settle();
    assert_eq!(bench.state.screen, Screen::Past);
    // The cursor stands on the release, what changed about it, then its items.
    assert_eq!(target::past_idea(&bench.state), None);
    assert!(Command::Open.availability(&bench.state).is_err());
    bench.keys("j j");
    assert_eq!(target::past_idea(&bench.state), Some(idea_id(0)));
    bench.keys("Enter");
    assert_eq!(bench.state.screen, Screen::Idea);
    bench.keys("Esc");
    assert_eq!(bench.state.screen, Screen::Past);
    assert_eq!(target::past_idea(&bench.state), Some(idea_id(0)));
    bench.keys("Esc");
    assert_eq!(bench.state.screen, Screen::Console);
}

#[test]
fn a_day_is_asked_for_and_must_be_past() {
    let day = NaiveDate::from_ymd_opt(2024, 9, 30);
    for (key, wanted) in [
        ("s", day.map(PastWish::Since)),
        ("t", day.map(PastWish::AsOf)),
    ] {
        let mut bench = Bench::new(1);
        bench.keys("g r");
        bench.keys(key);
        bench.type_text("2030-01-01");
        bench.keys("Enter");
        let Some(Overlay::Prompt(prompt)) = bench.state.overlays.last() else {
            panic!("the prompt stays");
        };
        assert!(prompt.error.is_some());
        bench.keys("Ctrl-u");
        bench.type_text("2024-09-30");
        bench.press("Enter");
        assert_eq!(wish(&bench), wanted);
        bench.settle();
        assert_eq!(bench.state.screen, Screen::Past);
    }
}

#[test]
fn the_plan_as_it_stood_cannot_be_changed() {
    let mut bench = Bench::new(1);
    bench.keys("g r t");
    bench.type_text("2w");
    bench.keys("Enter");
    assert!(matches!(
        bench.state.past.found.as_deref(),
        Some(Past::Plan { .. })
    ));
    bench.keys("j = c X > u a");
    assert!(bench.deeds().is_empty());
    assert!(bench.state.overlays.is_empty());
    // Another day takes its place: one Esc leads back to now.
    bench.keys("t");
    bench.type_text("1w");
    bench.keys("Enter Esc");
    assert_eq!(bench.state.screen, Screen::Console);
}
