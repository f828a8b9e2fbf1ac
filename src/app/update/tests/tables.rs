//! The filters of the tables, and what is said of words that are no condition where they stand.

use crate::app::bench::Bench;
use crate::app::empty::empty_words;
use crate::app::state::{Overlay, Pane};
use crate::domain::people::Handle;

fn hint(bench: &Bench) -> &str {
    match bench.state.overlays.last() {
        Some(Overlay::Prompt(prompt)) => &prompt.hint,
        other => panic!("no prompt: {other:?}"),
    }
}

#[test]
fn an_owner_of_ideas_may_be_told_by_the_full_name() {
    let mut bench = Bench::new(3);
    let omar = Handle::parse("omar").expect("a handle");
    let names = [(omar.clone(), "Omar Haddad".to_owned(), String::new())];
    bench.state.vocabulary.people = names.to_vec();
    for (place, row) in bench.state.ideas.rows.iter_mut().enumerate() {
        row.owner = (place == 2).then(|| omar.clone());
    }
    for typed in ["owner:\"omar haddad\"", "owner:@omar", "-owner:none"] {
        bench.keys("g d / Ctrl-u");
        bench.type_text(typed);
        bench.keys("Enter");
        assert!(bench.state.overlays.is_empty(), "{typed}");
        assert_eq!(bench.state.ideas.shown, [2], "{typed}");
    }
    bench.keys("/ Ctrl-u");
    bench.type_text("owner:\"Omar Hadad\"");
    bench.keys("Enter");
    let Some(Overlay::Prompt(prompt)) = bench.state.overlays.last() else {
        panic!("the prompt is still there");
    };
    let (_, words) = prompt.error.clone().expect("an error");
    assert!(
        words.ends_with("did you mean owner:\"Omar Haddad\"?"),
        "{words}"
    );
}

#[test]
fn a_word_that_looks_like_a_condition_says_why_it_is_none() {
    let mut bench = Bench::new(3);
    bench.keys("/ Ctrl-u");
    let usual = hint(&bench).to_owned();
    bench.type_text("status:new");
    let elsewhere = "status: is a field of ideas: g d / · here it is text";
    assert_eq!(hint(&bench), elsewhere);
    bench.keys("Ctrl-u");
    assert_eq!(hint(&bench), usual);
    bench.type_text("aera:mobile");
    let mistyped = "aera: is no field, did you mean area:?";
    assert_eq!(hint(&bench), format!("{mistyped}; here it is text"));
    bench.keys("Enter");
    bench.settle();
    let empty = empty_words(&bench.state, Pane::Inbox).expect("nothing is found");
    assert_eq!(empty.why, mistyped);
    bench.keys("/ Ctrl-u");
    bench.type_text("status:new");
    bench.keys("Enter");
    bench.settle();
    let empty = empty_words(&bench.state, Pane::Inbox).expect("nothing is found");
    assert_eq!(empty.why, "status: is a field of ideas");
    assert_eq!(empty.help, Some(("g d".to_owned(), "shows them")));
    bench.keys("g r /");
    bench.type_text("is:unprocessed");
    assert_eq!(
        hint(&bench),
        "is: is a field of feedback: g i / · here it is text"
    );
    bench.keys("Esc g d /");
    let hint_of_is = "owner:me finds what I own, status:planned where it stands";
    let way = format!("ideas have no is: · g i / filters feedback by it; {hint_of_is}");
    bench.type_text("is:unprocessed");
    assert_eq!(hint(&bench), format!("not yet: {way}"));
    bench.keys("Enter");
    let Some(Overlay::Prompt(prompt)) = bench.state.overlays.last() else {
        panic!("the prompt is still there");
    };
    assert_eq!(prompt.error, Some((Some(0), way)));
    bench.keys("Ctrl-u");
    bench.type_text("stauts:new");
    assert_eq!(
        hint(&bench),
        "stauts: is no field, did you mean status:?; here it is text"
    );
    bench.keys("Enter");
    bench.settle();
    let empty = empty_words(&bench.state, Pane::Ideas).expect("nothing is found");
    assert_eq!(empty.why, "stauts: is no field, did you mean status:?");
}

#[test]
fn a_filter_that_hides_the_idea_that_is_shown_whole_is_taken_off_and_that_is_said() {
    let mut bench = Bench::new(3);
    bench.keys("g d /");
    bench.type_text("zzz");
    bench.keys("Enter g i");
    bench.settle();
    bench.state.focus = Pane::Ideas;
    bench.keys("z");
    bench.settle();
    assert!(bench.state.ideas.filter.is_empty());
    assert_eq!(
        bench.notice(),
        "the filter “zzz” hid this idea and is taken off"
    );
}

#[test]
fn the_palette_shows_the_feedback_of_a_company() {
    let mut bench = Bench::new(3);
    bench.state.vocabulary.companies = vec!["Acme, Inc.".to_owned(), "Globex".to_owned()];
    bench.keys(":");
    bench.type_text("acme");
    bench.keys("Enter");
    assert_eq!(bench.state.inbox.filter, "company:\"Acme, Inc.\"");
}
