//! Other screens: ideas, one idea, the plan, timelines, what is to come; copying and the mouse.

use crate::app::bench::{Bench, feedback_id, idea_id, item_id};
use crate::app::command::Command;
use crate::app::command::footer::footer;
use crate::app::effect::{Effect, Question};
use crate::app::empty::{absent_words, empty_words};
use crate::app::message::{Answer, Message, Mouse};
use crate::app::state::{Absent, Overlay, Pane, Screen};
use crate::app::{target, update};
use crate::domain::moment::HOUR;
use crate::domain::people::Handle;

#[test]
fn the_table_of_ideas_is_ordered_and_filtered_and_its_cursor_stays_on_its_idea() {
    let mut bench = Bench::new(3);
    bench.keys("g d j");
    assert_eq!(
        target::idea_row(&bench.state).map(|row| row.id),
        Some(idea_id(1))
    );
    bench.keys("O");
    assert_eq!(
        target::idea_row(&bench.state).map(|row| row.id),
        Some(idea_id(1))
    );
    bench.keys("/");
    bench.type_text("idea 4");
    bench.settle();
    bench.keys("Enter");
    assert_eq!(bench.state.ideas.shown.len(), 1);
    bench.keys("Esc");
    assert_eq!(bench.state.ideas.shown.len(), 6);
    assert_eq!(bench.state.screen, Screen::Console);
}

#[test]
fn evidence_opens_its_feedback_and_back_leads_all_the_way() {
    let mut bench = Bench::new(5);
    bench.keys("g d Enter");
    assert_eq!(bench.state.screen, Screen::Idea);
    bench.keys("j Enter");
    let hand = bench.state.hand.as_ref().expect("a hand");
    assert!(hand.pinned);
    assert_eq!(hand.id, feedback_id(1));
    assert_eq!(target::feedback(&bench.state), [feedback_id(1)]);
    bench.keys("Esc");
    assert_eq!(bench.state.screen, Screen::Idea);
    bench.keys("Esc");
    assert_eq!(
        (bench.state.screen, bench.state.focus),
        (Screen::Console, Pane::Ideas)
    );
    bench.keys("Esc");
    assert_eq!(
        (bench.state.focus, bench.state.zoomed),
        (Pane::Inbox, false)
    );
    assert_eq!(
        bench.state.hand.as_ref().map(|hand| hand.id),
        Some(feedback_id(0))
    );
}

#[test]
fn the_plan_is_walked_over_headings_and_items() {
    let mut bench = Bench::new(1);
    bench.keys("g r");
    let mut seen = Vec::new();
    for _ in 0..7 {
        let cursor = bench.state.plan.cursor;
        seen.push((cursor.release, cursor.item));
        bench.keys("j");
    }
    assert_eq!(
        seen,
        [
            (0, Some(0)),
            (0, Some(1)),
            (1, None),
            (1, Some(0)),
            (1, Some(1)),
            (1, Some(2)),
            (2, None)
        ]
    );
    bench.keys("Enter Esc k x");
    assert_eq!(target::release_items(&bench.state), [item_id(4)]);
}

#[test]
fn the_plan_shows_only_what_has_the_words_of_its_filter() {
    let mut bench = Bench::new(1);
    bench.keys("g r /");
    bench.type_text("idea 3");
    bench.settle();
    // The cursor is on the match, and releases without one are not there.
    assert_eq!(
        target::release_item(&bench.state).map(|item| item.id),
        Some(item_id(3))
    );
    assert_eq!(target::plan_places(&bench.state).len(), 2);
    assert_eq!(target::items_shown(&bench.state), 1);
    bench.keys("Enter g g j j");
    assert_eq!(
        target::release_item(&bench.state).map(|item| item.id),
        Some(item_id(3))
    );
    bench.keys("Esc");
    assert_eq!(bench.state.plan.filter, "");
    assert_eq!(
        target::release_item(&bench.state).map(|item| item.id),
        Some(item_id(3))
    );
}

#[test]
fn a_filter_of_the_plan_that_finds_nothing_has_nothing_in_hand_and_esc_brings_the_cursor_back() {
    let mut bench = Bench::new(1);
    bench.keys("g r j j j");
    let before = bench.state.plan.cursor;
    bench.keys("/");
    bench.type_text("no such thing");
    bench.settle();
    assert!(target::plan_places(&bench.state).is_empty());
    assert_eq!(target::release_items(&bench.state), []);
    assert_eq!(target::release(&bench.state), None);
    let empty = empty_words(&bench.state, Pane::Plan).expect("words");
    assert!(empty.why.contains("these words"), "{}", empty.why);
    bench.keys("Esc");
    assert_eq!(bench.state.plan.cursor, before);
    // Accepted, nothing can be done to what is not shown; the next Esc shows all of it.
    bench.keys("/");
    bench.type_text("no such thing");
    bench.settle();
    bench.keys("Enter = X r >");
    assert!(bench.deeds().is_empty());
    assert!(bench.state.overlays.is_empty());
    bench.keys("Esc");
    assert!(target::release_item(&bench.state).is_some());
}

#[test]
fn no_change_is_said_once() {
    let mut bench = Bench::new(1);
    bench.keys("g r =");
    assert_eq!(bench.deeds().len(), 1);
    let id = target::release_item(&bench.state).map(|item| item.id);
    for planned in &mut bench.state.plan.plan.releases {
        for item in &mut planned.items {
            if Some(item.id) == id {
                item.update = Some(crate::domain::release::Update {
                    text: None,
                    author: None,
                    at: crate::app::bench::NOW.plus(-3 * HOUR),
                });
            }
        }
    }
    bench.keys("=");
    assert_eq!(bench.deeds().len(), 1);
    assert!(bench.notice().contains("said 3h ago"), "{}", bench.notice());
    // Where the next sync asks for it, it is news again.
    for planned in &mut bench.state.plan.plan.releases {
        for item in &mut planned.items {
            item.owes_update = true;
        }
    }
    bench.keys("=");
    assert_eq!(bench.deeds().len(), 2);
}

#[test]
fn the_table_of_ideas_is_filtered_by_conditions_and_says_what_is_wrong_with_them() {
    let mut bench = Bench::new(3);
    for row in &mut bench.state.ideas.rows {
        row.effort = None;
    }
    bench.state.ideas.rows[4].effort = Some(crate::domain::idea::Effort::Large);
    let four = bench.state.ideas.rows[4].id;
    bench.keys("g d /");
    bench.type_text("effort:>=m");
    bench.settle();
    let shown = |bench: &Bench| -> Vec<_> {
        let shown = bench.state.ideas.shown.iter();
        shown
            .map(|index| bench.state.ideas.rows[*index].id)
            .collect()
    };
    assert_eq!(shown(&bench), [four]);
    // What was found in texts counts for words that are ruled out and for alternatives, each for itself.
    let five = bench.state.ideas.rows[5].id;
    bench.keys("Ctrl-u");
    bench.type_text("effort:>=m or export");
    bench.settle();
    assert_eq!(shown(&bench), [four]);
    assert_eq!(bench.state.ideas.found.len(), 1, "no search comes twice");
    let found = vec![vec![five]];
    if let Effect::Ask { sequence, .. } = bench.state.ask(Question::RankIdeas(Vec::new())) {
        let answer = Ok(Answer::Ranked(found));
        bench.send(Message::Answer { sequence, answer });
    }
    assert_eq!(shown(&bench), [five, four]);
    // One word is in a text, the other in what the table shows of the idea.
    let owner = Handle::parse("omar").ok();
    for row in &mut bench.state.ideas.rows {
        row.owner = owner.clone().filter(|_| row.id == five);
    }
    bench.keys("Ctrl-u");
    bench.type_text("zq omar");
    bench.settle();
    assert!(shown(&bench).is_empty());
    let alone = vec![vec![five], Vec::new(), Vec::new()];
    if let Effect::Ask { sequence, .. } = bench.state.ask(Question::RankIdeas(Vec::new())) {
        let answer = Ok(Answer::Ranked(alone));
        bench.send(Message::Answer { sequence, answer });
    }
    assert_eq!(shown(&bench), [five]);
    bench.keys("Ctrl-u");
    bench.type_text("-effort:none status:nwe");
    bench.settle();
    // What is not typed to its end waits, and the rest applies; Enter insists.
    assert_eq!(shown(&bench), [four]);
    bench.keys("Enter");
    let Some(Overlay::Prompt(prompt)) = bench.state.overlays.last() else {
        panic!("the prompt is still there");
    };
    let (column, words) = prompt.error.clone().expect("an error");
    assert_eq!(column, Some(20));
    assert!(words.contains("did you mean status:new?"), "{words}");
    bench.keys("Ctrl-u");
    bench.type_text("release:v99");
    bench.settle();
    bench.keys("Enter");
    let Some(Overlay::Prompt(prompt)) = bench.state.overlays.last() else {
        panic!("the prompt is still there");
    };
    let (_, words) = prompt.error.clone().expect("an error");
    assert!(words.contains("there is no release v99"), "{words}");
    bench.keys("Esc");
    assert_eq!(shown(&bench).len(), 6);
}

#[test]
fn a_timeline_shows_changes_and_undoes_that_very_deed() {
    let mut bench = Bench::new(5);
    bench.keys("d d g t");
    assert_eq!(bench.state.screen, Screen::Timeline);
    assert_eq!(bench.state.timeline.entries.len(), 2);
    bench.keys("j Enter");
    let (action, lines) = bench.state.timeline.changes.clone().expect("changes");
    assert_eq!(action, bench.world.done[0].0);
    assert_eq!(lines.len(), 1);
    bench.press("u");
    let reversal = bench.waiting.iter().find_map(|effect| match effect {
        Effect::Reverse { reversal, .. } => Some(*reversal),
        _ => None,
    });
    assert_eq!(
        reversal,
        Some(crate::domain::deed::Reversal::Action {
            action,
            rest: false
        })
    );
    bench.settle();
    bench.keys("Esc Esc");
    assert_eq!(bench.state.screen, Screen::Console);
}

#[test]
fn far_down_in_a_timeline_the_cursor_stays_on_its_deed_whatever_comes_on_top() {
    let mut bench = Bench::new(5);
    let deed = crate::domain::deed::Deed::Process {
        feedback: vec![feedback_id(0)],
    };
    for _ in 0..700 {
        bench.world.do_deed(&deed);
    }
    bench.keys("g t G G k k k");
    let at = |bench: &Bench| {
        let timeline = &bench.state.timeline;
        timeline
            .entries
            .get(timeline.cursor)
            .map(|entry| entry.action)
    };
    let held = at(&bench);
    assert!(bench.state.timeline.cursor > 300);
    bench.world.do_deed(&deed);
    bench.send(Message::Changed);
    bench.settle();
    assert!(held.is_some() && at(&bench) == held);
    // There are more, and they come.
    assert!(bench.state.timeline.more);
    bench.keys("G G G");
    assert_eq!(bench.state.timeline.entries.len(), 701);
    // It has no filter, and none that nobody sees is typed.
    bench.press("/");
    assert!(bench.state.overlays.is_empty());
}

#[test]
fn what_is_to_come_says_so_and_what_serves_meanwhile() {
    let mut bench = Bench::new(1);
    bench.keys("g o");
    assert_eq!(bench.state.screen, Screen::Absent(Absent::Outbox));
    let (what, meanwhile) = absent_words(&bench.state).expect("words");
    assert!(what.contains("later") && meanwhile.starts_with("Meanwhile"));
    bench.keys("q");
    assert_eq!(bench.state.screen, Screen::Console);
}

#[test]
fn a_passage_is_selected_by_words_sentences_and_lines() {
    let mut bench = Bench::new(2);
    bench.keys("Enter v v )");
    let quoted = |bench: &Bench| {
        let quote = target::quote(&bench.state)?;
        let detail = bench.state.hand.as_ref()?.detail.as_ref()?;
        detail
            .body
            .get(quote.start..quote.end)
            .map(ToOwned::to_owned)
    };
    assert_eq!(quoted(&bench).as_deref(), Some("We need it."));
    bench.keys("w w");
    assert_eq!(
        quoted(&bench).as_deref(),
        Some("We need it. Every quarter!")
    );
    bench.keys("G");
    assert!(quoted(&bench).is_some_and(|quote| quote.ends_with("by hand.")));
    bench.keys("o w");
    assert!(quoted(&bench).is_some_and(|quote| quote.starts_with("need it.")));
    bench.keys("1");
    let Some(crate::domain::deed::Deed::Link { quote, .. }) = bench.deeds().first() else {
        panic!("a link");
    };
    assert!(quote.is_some());
    bench.keys("v Esc Esc");
    assert_eq!(bench.state.focus, Pane::Inbox);
}

#[test]
fn copying_gives_the_short_id_and_the_markdown() {
    let mut bench = Bench::new(2);
    bench.keys("y Y");
    let short = bench
        .state
        .hand
        .as_ref()
        .and_then(|hand| hand.detail.as_ref())
        .map(|detail| detail.short.to_string());
    assert_eq!(
        bench.outside,
        [
            Effect::Copy(short.expect("an id")),
            Effect::Copy("- a thing".to_owned())
        ]
    );
}

#[test]
fn the_mouse_chooses_and_scrolls_when_it_is_on() {
    let mut bench = Bench::new(30);
    let press = |bench: &mut Bench, action, column, row| {
        bench.send(Message::Mouse {
            action,
            column,
            row,
        });
        bench.settle();
    };
    press(&mut bench, Mouse::Press, 3, 8);
    assert_eq!(bench.at(), Some(0));
    let effects = update::run(&mut bench.state, Command::ToggleMouse);
    assert_eq!(effects, [Effect::Mouse(true)]);
    press(&mut bench, Mouse::Press, 3, 8);
    assert_eq!(bench.at(), Some(4));
    press(&mut bench, Mouse::WheelDown, 3, 8);
    assert_eq!(bench.at(), Some(7));
    press(&mut bench, Mouse::Press, 60, 5);
    assert_eq!(bench.state.focus, Pane::Feedback);
}

#[test]
fn the_footer_says_what_a_digit_will_do() {
    let mut bench = Bench::new(3);
    let first = |bench: &Bench| {
        let items = footer(&bench.state);
        format!("{} {}", items[0].key, items[0].words)
    };
    assert_eq!(first(&bench), "1-4 link");
    // The ideas of an item that is not marked are none for those that are.
    bench.keys("x x");
    assert_eq!(first(&bench), "i link both to…");
    bench.keys("k");
    assert_eq!(first(&bench), "1-4 link both to");
    bench.keys("j x");
    assert_eq!(first(&bench), "1-4 link 3 to");
    let words: Vec<String> = footer(&bench.state)
        .into_iter()
        .map(|item| item.words)
        .collect();
    assert!(words.contains(&"answer 3, done".to_owned()), "{words:?}");
    let mut empty = Bench::new(0);
    empty.keys("j");
    assert!(
        footer(&empty.state)
            .iter()
            .all(|item| !item.words.starts_with("link"))
    );
}

/// Where each key but the digits stands in the footer.
fn places(bench: &Bench) -> Vec<(String, usize)> {
    let letters = |text: &str| text.chars().count();
    let mut x = 0;
    let mut places = Vec::new();
    for item in footer(&bench.state) {
        let width = (letters(&item.key) + 1 + letters(&item.words)).max(item.room);
        if !item.key.is_empty() && !item.key.starts_with('1') {
            places.push((item.key, x));
        }
        x += width + 2;
    }
    places
}

#[test]
fn the_other_keys_of_the_footer_stay_where_they_are_when_text_and_ideas_come() {
    let mut world = Bench::world(4);
    let ideas = std::mem::take(&mut world.ideas);
    let mut bench = Bench::with(world, None, (120, 36));
    let before = places(&bench);
    assert!(before.iter().any(|(key, _)| key == "e"), "{before:?}");
    bench.world.ideas = ideas;
    bench.press("j");
    assert_eq!(places(&bench), before);
    while bench.work_once() {
        assert_eq!(places(&bench), before);
    }
    let hand = bench.state.hand.as_ref().expect("a hand");
    assert!(!hand.suggestions.is_empty());
    // Where no numbers can be drawn, no room is kept for them.
    bench.keys("Tab z");
    assert_eq!(places(&bench)[0], ("i".to_owned(), 0));
}

#[test]
fn the_heading_of_the_release_in_hand_is_there_when_the_plan_comes_into_view() {
    let mut bench = Bench::new(3);
    bench.keys("g d g r");
    assert_eq!(bench.state.plan.top, 0);
    // In a pane of few lines it was scrolled away; with more room it comes back.
    let mut bench = Bench::with(Bench::world(3), None, (120, 16));
    bench.keys("Tab Tab Tab G k");
    assert_eq!(
        target::release_item(&bench.state).map(|item| item.id),
        Some(item_id(4))
    );
    assert!(bench.state.plan.top > 4, "{}", bench.state.plan.top);
    bench.keys("z");
    assert!(bench.state.plan.top <= 4, "{}", bench.state.plan.top);
}

#[test]
fn an_empty_pane_says_why_and_which_key_helps() {
    let bench = Bench::new(0);
    let empty = empty_words(&bench.state, Pane::Inbox).expect("words");
    assert!(empty.why.contains("intake import"), "{}", empty.why);
    // An import of what is closed already leaves an empty inbox and a full workspace.
    let mut imported = Bench::new(0);
    if let Some(header) = &mut imported.state.header {
        header.dealt_with = 12;
    }
    let empty = empty_words(&imported.state, Pane::Inbox).expect("words");
    assert_eq!(
        empty.why,
        "nothing is unprocessed; 12 are processed or archived"
    );
    assert_eq!(empty.help.map(|(key, _)| key), Some("/".to_owned()));
    let mut bench = Bench::new(3);
    assert_eq!(empty_words(&bench.state, Pane::Inbox), None);
    bench.keys("/");
    bench.type_text("zebra");
    bench.settle();
    bench.keys("Enter");
    let empty = empty_words(&bench.state, Pane::Inbox).expect("words");
    assert_eq!(empty.help, Some(("Esc".to_owned(), "takes it away")));
    assert_eq!(bench.state.hand, None);
}
