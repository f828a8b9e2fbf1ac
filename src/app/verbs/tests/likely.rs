//! Where the cursor of a list begins: on what fits, and on nothing where nothing does.

use super::*;
use crate::app::picker;
use crate::domain::deed::IdeaTarget;
use crate::domain::hints::{Kinship, SameItem};
use crate::domain::listing::Hit;

fn hit(number: u128, title: &str) -> Hit {
    Hit::Feedback(Box::new(row(number, title)), None)
}

/// The row under the cursor, if there is one.
fn under(state: &State) -> Option<&str> {
    let picker = picker(state);
    let row = picker.rows.get(picker.cursor);
    row.map(|row| row.label.as_str())
}

/// Answers the question for what has the title's words.
fn find(state: &mut State, effects: &[Effect], found: Vec<Hit>) {
    let asks = |question: &Question| matches!(question, Question::Find { .. });
    reply(state, effects, asks, Ok(Answer::Found(found)));
}

/// Answers the question for what has the words in its texts.
fn search(state: &mut State, effects: &[Effect], found: Vec<Hit>) {
    let asks = |question: &Question| matches!(question, Question::Search { .. });
    reply(state, effects, asks, Ok(Answer::Hits(found)));
}

#[test]
fn what_only_has_words_of_the_title_is_no_original_before_somebody_goes_there() {
    let found = || vec![hit(2, "Out of office"), hit(3, "Saved searches")];
    let mut state = world();
    let effects = keys(&mut state, "m");
    let unasked = effects.iter().any(|effect| match effect {
        Effect::Ask { question, .. } => matches!(question, Question::Find { typed: false, .. }),
        _ => false,
    });
    assert!(unasked, "nobody typed the words of the title");
    find(&mut state, &effects, found());
    assert_eq!(labels(&state), ["Out of office", "Saved searches"]);
    assert_eq!(under(&state), None);
    assert_eq!(keys(&mut state, "Enter"), []);
    assert_eq!(labels(&state).len(), 2, "the list stays");
    let goes = |to: &str| {
        let mut state = world();
        let effects = keys(&mut state, "m");
        find(&mut state, &effects, found());
        keys(&mut state, to);
        under(&state).map(str::to_owned)
    };
    assert_eq!(goes("↓").as_deref(), Some("Out of office"));
    assert_eq!(goes("↓ ↓ ↓").as_deref(), Some("Out of office"));
    assert_eq!(goes("↑").as_deref(), Some("Saved searches"));
    assert_eq!(goes("PgDn").as_deref(), Some("Saved searches"));
    // Whoever types a word means what has it, and goes back to nothing by taking it away.
    let effects = typed(&mut state, "saved");
    find(&mut state, &effects, vec![hit(3, "Saved searches")]);
    assert_eq!(under(&state), Some("Saved searches"));
    let effects = keys(&mut state, "Ctrl-u");
    find(&mut state, &effects, found());
    assert_eq!(under(&state), None);
}

#[test]
fn what_is_probably_the_same_is_chosen_at_once() {
    let mut state = world();
    let hand = state.hand.as_mut().expect("a feedback in hand");
    hand.hints.as_mut().expect("hints").same = vec![SameItem {
        row: row(3, "Saved searches"),
        by: Kinship::Company,
        score: 0.9,
        words: vec!["saved".to_owned(), "searches".to_owned()],
    }];
    let effects = keys(&mut state, "m");
    find(&mut state, &effects, vec![hit(2, "Out of office")]);
    assert_eq!(labels(&state), ["Saved searches", "Out of office"]);
    assert_eq!(
        deed(&keys(&mut state, "Enter")),
        Deed::Duplicate {
            feedback: vec![feedback_id(1)],
            of: feedback_id(3),
        }
    );
}

#[test]
fn what_is_less_alike_is_offered_and_not_chosen() {
    let mut state = world();
    let hand = state.hand.as_mut().expect("a feedback in hand");
    hand.hints.as_mut().expect("hints").same = vec![SameItem {
        row: row(3, "Saved searches"),
        by: Kinship::Company,
        score: 0.6,
        words: vec!["saved".to_owned(), "searches".to_owned()],
    }];
    keys(&mut state, "m");
    assert_eq!(picker(&state).rows[0].group, "Maybe the same");
    assert_eq!(labels(&state)[0], "Saved searches");
    assert_eq!(under(&state), None);
    assert_eq!(keys(&mut state, "Enter"), []);
    keys(&mut state, "↓");
    assert_eq!(under(&state), Some("Saved searches"));
}

#[test]
fn an_idea_that_will_not_be_done_comes_first_only_where_it_is_like_the_feedback() {
    let groups = |state: &State| {
        let rows = picker(state).rows.iter();
        let mut groups: Vec<String> = rows.map(|row| row.group.clone()).collect();
        groups.dedup();
        groups
    };
    let mut state = world();
    keys(&mut state, "w");
    assert_eq!(
        groups(&state),
        [
            "Like this one · becomes Won't Do",
            "Won't Do",
            "Becomes Won't Do",
            "New"
        ]
    );
    assert_eq!(under(&state), Some("Export a board as PDF"));
    let mut state = world();
    suggest(&mut state, &[(4, Status::New), (3, Status::WontDo)]);
    keys(&mut state, "w");
    assert_eq!(groups(&state)[0], "Like this one · Won't Do");
    assert_eq!(under(&state), Some("Blinking text"));
    // Nothing is like it, or there are several of which each has its own.
    let nothing_ranked = || {
        let mut state = world();
        suggest(&mut state, &[]);
        state
    };
    for mut state in [nothing_ranked(), marked()] {
        keys(&mut state, "w");
        assert_eq!(labels(&state)[0], "Blinking text");
        assert_eq!(under(&state), None);
        assert_eq!(keys(&mut state, "Enter"), []);
        // What comes later chooses nothing that nobody has seen under the cursor.
        picker::refresh(&mut state);
        assert_eq!(under(&state), None);
        keys(&mut state, "↓");
        assert_eq!(under(&state), Some("Blinking text"));
    }
    let mut state = nothing_ranked();
    keys(&mut state, "w");
    typed(&mut state, "sched");
    assert_eq!(under(&state), Some("Scheduled reports"));
}

#[test]
fn pasted_words_choose_what_they_find_and_not_a_new_idea() {
    let paste = |state: &mut State| update(state, Message::Paste("dark mode".to_owned()));
    let hits = || vec![Hit::Idea(idea_id(4), None), Hit::Idea(idea_id(2), None)];
    let mut state = world();
    keys(&mut state, "i");
    let effects = paste(&mut state);
    assert_eq!(under(&state), Some("create “dark mode”"));
    search(&mut state, &effects, hits());
    assert_eq!(under(&state), Some("Scheduled reports"));
    assert_eq!(
        deed(&keys(&mut state, "Enter")),
        Deed::Link {
            feedback: vec![feedback_id(1)],
            idea: IdeaTarget::Existing(idea_id(4)),
            quote: None,
        }
    );
    // Whoever went to the new idea meanwhile stays there.
    let mut state = world();
    keys(&mut state, "i");
    let effects = paste(&mut state);
    keys(&mut state, "↓");
    search(&mut state, &effects, hits());
    assert_eq!(under(&state), Some("create “dark mode”"));
}

#[test]
fn the_palette_chooses_what_is_found_rather_than_a_command_of_another_screen() {
    let mut state = world();
    keys(&mut state, ":");
    let effects = typed(&mut state, "merge");
    let first = &picker(&state).rows[0];
    assert!(first.disabled.is_some(), "{first:?}");
    search(&mut state, &effects, vec![hit(2, "Merge two accounts")]);
    assert_eq!(under(&state), Some("Merge two accounts"));
}

#[test]
fn the_palette_and_help_offer_what_was_probably_meant() {
    let shown = |key: &str, text: &str| {
        let mut state = world();
        keys(&mut state, key);
        typed(&mut state, text);
        let rows = picker(&state).rows.iter();
        let rows: Vec<(String, String)> = rows
            .map(|row| (row.group.clone(), row.label.clone()))
            .collect();
        rows
    };
    let has = |rows: &[(String, String)], group: &str, label: &str| {
        let mut rows = rows.iter();
        rows.any(|(in_group, name)| in_group == group && name.starts_with(label))
    };
    let found = shown(":", "expotr");
    assert!(
        has(&found, "Did you mean · Commands", "export"),
        "{found:?}"
    );
    assert!(
        has(&found, "Did you mean · Ideas", "Compliance export"),
        "{found:?}"
    );
    let found = shown(":", "snoze");
    assert!(
        has(&found, "Did you mean · Commands", "snooze"),
        "{found:?}"
    );
    let found = shown("?", "snoze");
    assert!(
        found.iter().any(|(_, name)| name.starts_with("snooze")),
        "{found:?}"
    );
    assert_eq!(shown(":", "whiteboards"), []);
    // Each heading stands once.
    let mut groups: Vec<String> = shown(":", "expotr").into_iter().map(|row| row.0).collect();
    groups.dedup();
    let mut once = groups.clone();
    once.sort();
    once.dedup();
    assert_eq!(groups.len(), once.len(), "{groups:?}");
}

#[test]
fn what_is_out_is_not_turned_down_and_says_so() {
    let mut state = world();
    suggest(&mut state, &[(4, Status::Released), (3, Status::New)]);
    keys(&mut state, "w");
    assert_eq!(labels(&state)[0], "Blinking text");
    let Some(Overlay::Picker(picker)) = state.overlays.last() else {
        panic!("no picker");
    };
    let out: Vec<&PickerRow> = picker
        .rows
        .iter()
        .filter(|row| row.group == "Is out")
        .collect();
    assert!(!out.is_empty());
    for row in out {
        assert_eq!(row.disabled.as_deref(), Some("it is out: link it instead"));
    }
    // Looked for, it says why, and Enter makes no idea in its place.
    let mut ideas = state.ideas.rows.iter();
    let out = ideas.find(|row| row.id == idea_id(4));
    let title = out.map(|row| row.title.clone()).unwrap_or_default();
    typed(&mut state, &title);
    assert_eq!(keys(&mut state, "Enter"), []);
    assert!(matches!(state.overlays.last(), Some(Overlay::Picker(_))));
}
