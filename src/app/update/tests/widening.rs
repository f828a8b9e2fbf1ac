//! What a search that finds little offers: what is elsewhere, and words near to its own.

use crate::app::bench::Bench;
use crate::app::effect::Effect;
use crate::app::state::{Overlay, Pane};
use crate::app::wider::Wider;
use crate::domain::feedback::State;
use crate::domain::listing::Tally;

/// A bench on whose list 40 items are unprocessed and have eight with `exp`; all but one of those have been processed.
fn mostly_processed() -> Bench {
    let mut world = Bench::world(40);
    let found = world.feedback.iter_mut();
    let found = found.filter(|row| row.title.to_lowercase().contains("exp"));
    for row in found.skip(1) {
        row.state = State::Processed;
    }
    Bench::with(world, Some("hana"), (120, 36))
}

#[test]
fn a_search_that_finds_little_counts_what_is_elsewhere_and_one_key_shows_it() {
    let mut bench = mostly_processed();
    bench.keys("/");
    bench.type_text("exp");
    bench.settle();
    let told = |bench: &Bench| crate::app::wider::figures(&bench.state);
    assert_eq!(told(&bench).as_deref(), Some("1 here, 8 in all"));
    bench.keys("Enter *");
    assert_eq!(bench.state.inbox.filter, "exp");
    assert_eq!(bench.state.inbox.rows.len(), 8);
    assert_eq!(told(&bench), None, "nothing is elsewhere");
    bench.keys("*");
    assert_eq!(
        bench.notice(),
        "the filter has no words beside other conditions"
    );
    bench.keys("Esc /");
    bench.type_text("exp");
    bench.settle();
    bench.keys("Alt-a");
    let Some(Overlay::Prompt(prompt)) = bench.state.overlays.last() else {
        panic!("the prompt stays");
    };
    assert_eq!(prompt.input.text, "exp");
    assert_eq!(bench.state.inbox.rows.len(), 8);
    bench.keys("Esc");
    assert_eq!(bench.state.inbox.filter, "is:unprocessed", "as before");
    assert_eq!(told(&bench), None);
}

#[test]
fn a_search_that_finds_nothing_offers_words_near_to_its_own() {
    let mut bench = mostly_processed();
    let told = |bench: &Bench| crate::app::wider::figures(&bench.state);
    bench.keys("/ Ctrl-u");
    bench.type_text("exports");
    bench.settle();
    assert!(bench.state.inbox.rows.is_empty());
    assert_eq!(told(&bench).as_deref(), Some("0 here, 8 with “export”"));
    let empty = crate::app::empty::empty_words(&bench.state, Pane::Inbox).expect("nothing");
    assert_eq!(empty.why, "0 here, 8 with “export”");
    bench.keys("Alt-a");
    assert_eq!(bench.state.inbox.query.to_string(), "export");
    assert_eq!(bench.state.inbox.rows.len(), 8);
    bench.keys("Esc");
    // With other conditions, which may be what keeps the rest away, all that has them is offered.
    bench.keys("/");
    bench.type_text("exporting");
    bench.keys("Enter *");
    assert_eq!(bench.state.inbox.filter, "export");
    assert_eq!(bench.state.inbox.rows.len(), 8);
    assert_eq!(told(&bench), None);
}

#[test]
fn a_known_name_that_has_nothing_and_a_not_are_told_where_nothing_is_found() {
    let mut bench = mostly_processed();
    bench.keys("/ Ctrl-u");
    bench.type_text("omar");
    bench.settle();
    bench.state.inbox.wider = Some(Wider {
        query: crate::query::parse("owner:@omar").expect("a filter"),
        tally: Tally {
            total: 0,
            before: None,
            whole: true,
        },
    });
    let empty = |bench: &Bench| {
        let empty = crate::app::empty::empty_words(&bench.state, Pane::Inbox).expect("nothing");
        (empty.why, empty.help.expect("a key").1)
    };
    let known = "0 here, 0 with “owner:@omar”".to_owned();
    assert_eq!(empty(&bench), (known, "takes it away"));
    bench.keys("Ctrl-u");
    bench.type_text("zebra NOT exports");
    bench.settle();
    let not = "NOT is text here; write -exports".to_owned();
    assert_eq!(empty(&bench), (not, "takes it away"));
    bench.keys("Ctrl-u");
    bench.type_text("NOT exports");
    bench.settle();
    assert_eq!(bench.state.inbox.query.to_string(), "NOT exports");
    assert!(crate::app::wider::figures(&bench.state).is_none());
}

#[test]
fn what_is_elsewhere_is_asked_behind_the_count_and_not_for_a_long_list() {
    let mut bench = mostly_processed();
    let wider = |bench: &Bench| {
        let asks = |effect: &&Effect| matches!(effect, Effect::Ask { question, .. } if question.kind() == "wider");
        bench.waiting.iter().filter(asks).count()
    };
    bench.keys("/");
    bench.type_text("e");
    while bench.work_once() {
        assert_eq!(
            wider(&bench),
            0,
            "{:?} rows are many",
            bench.state.inbox.total
        );
    }
    bench.type_text("xp");
    assert_eq!(wider(&bench), 0, "the list comes first");
    bench.settle();
    assert!(bench.state.inbox.wider.is_some());
    bench.press("Esc");
    assert_eq!(bench.state.inbox.wider, None, "it was of another filter");
}
