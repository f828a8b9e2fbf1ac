//! The release plan as a board: its cursor, what acts on the card under it, and what is on the screen.

use crate::app::bench::{Bench, idea_id, item_id};
use crate::app::board::{cards, columns, room, shown};
use crate::app::command::Context;
use crate::app::message::{Message, Mouse};
use crate::app::state::{Pane, PlanCursor, Screen};
use crate::app::target;
use crate::domain::deed::Deed;
use crate::domain::id::ReleaseItemId;

/// The item under the cursor, and the number of its release.
fn here(bench: &Bench) -> (usize, Option<ReleaseItemId>) {
    let item = target::release_item(&bench.state).map(|item| item.id);
    (bench.state.plan.cursor.release, item)
}

/// A console of that size on a board: v0 has the items 0 and 1, v1 those from 2, v2 none.
fn board(size: (u16, u16), items_of_second: usize) -> Bench {
    let mut world = Bench::world(1);
    let second = &mut world.plan.releases[1].items;
    let like = second[0].clone();
    second.clear();
    second.extend((2..2 + items_of_second).map(|number| {
        let mut item = like.clone();
        (item.id, item.idea) = (item_id(number), idea_id(number));
        item.title = format!("Idea {number}");
        item
    }));
    let mut bench = Bench::with(world, None, size);
    bench.keys("g r b");
    bench
}

#[test]
fn a_key_turns_the_plan_into_a_board_and_back() {
    let mut bench = Bench::new(1);
    bench.keys("g r");
    assert_eq!(target::underneath(&bench.state), Context::Plan);
    let before = here(&bench);
    bench.keys("b");
    assert_eq!(target::underneath(&bench.state), Context::Board);
    assert_eq!(here(&bench), before);
    bench.keys("j b");
    assert_eq!(target::underneath(&bench.state), Context::Plan);
    assert_eq!(here(&bench), (0, Some(item_id(1))));
    // Where it was a board it is one again, and in the small pane never.
    bench.keys("b z");
    assert!(!bench.state.zoomed);
    assert_eq!(target::underneath(&bench.state), Context::Plan);
    bench.keys("b");
    assert!(bench.state.zoomed && target::on_board(&bench.state));
    bench.keys("g i g r");
    assert!(target::on_board(&bench.state));
    bench.keys("Esc");
    assert_eq!(bench.state.focus, Pane::Inbox);
}

#[test]
fn the_cursor_keeps_how_far_down_it_is_from_column_to_column() {
    let mut bench = board((120, 36), 3);
    for (keys, release, item) in [
        ("j", 0, Some(1)),
        ("l", 1, Some(3)),
        ("j", 1, Some(4)),
        ("j", 1, Some(4)),
        ("h", 0, Some(1)),
        ("h", 0, Some(1)),
        ("l", 1, Some(4)),
        ("→", 2, None),
        ("l", 2, None),
        ("←", 1, Some(4)),
        ("g g", 1, None),
        ("h", 0, None),
        ("l l", 2, None),
        ("h", 1, Some(2)),
        ("G", 1, Some(4)),
        ("k k", 1, Some(2)),
        ("l h", 1, Some(2)),
    ] {
        bench.keys(keys);
        assert_eq!(here(&bench), (release, item.map(item_id)), "{keys}");
    }
}

#[test]
fn what_acts_on_an_item_of_the_table_acts_on_the_card() {
    let mut bench = board((120, 36), 3);
    bench.keys("j >");
    let [Deed::MoveItems { items, .. }] = bench.deeds()[..] else {
        panic!("{:?}", bench.deeds());
    };
    assert_eq!(*items, [item_id(1)]);
    // The cursor goes with it.
    assert_eq!(here(&bench), (1, Some(item_id(1))));
    bench.keys("=");
    assert!(matches!(bench.deeds()[1], Deed::NoChange { items } if *items == [item_id(1)]));
    for key in ["c", "a", "r", "X", "C"] {
        bench.keys(key);
        assert_eq!(bench.state.overlays.len(), 1, "{key}");
        bench.keys("Esc");
    }
    bench.keys("Enter");
    assert_eq!(bench.state.screen, Screen::Idea);
    assert_eq!(
        bench.state.idea.as_ref().map(|view| view.id),
        Some(idea_id(1))
    );
    bench.keys("Esc");
    assert!(target::on_board(&bench.state));
    assert_eq!(here(&bench), (1, Some(item_id(1))));
    // Marks are of the plan; Esc clears them before it leaves.
    bench.keys("k x x");
    assert_eq!(bench.state.plan.marks.len(), 2);
    bench.keys("Esc");
    assert!(bench.state.plan.marks.is_empty() && target::on_board(&bench.state));
}

#[test]
fn the_past_is_no_board_and_says_so() {
    let mut bench = board((120, 36), 3);
    bench.keys("t");
    bench.type_text("2w");
    bench.keys("Enter");
    assert_eq!(bench.state.screen, Screen::Past);
    assert!(bench.notice().contains("shown as a table"));
    bench.keys("Esc");
    assert!(target::on_board(&bench.state));
}

#[test]
fn columns_that_do_not_fit_are_reached_sideways() {
    for (width, abreast) in [(50, 1), (80, 2), (120, 3), (200, 3)] {
        let mut bench = board((width, 24), 3);
        assert_eq!(shown(&bench.state).len(), abreast, "{width}");
        bench.keys("l l");
        let shown = shown(&bench.state);
        assert_eq!(shown.len(), abreast, "{width}");
        assert_eq!(shown.last().map(|(column, _)| column.release), Some(2));
        // Beside one another, with a cell between them, within the screen.
        for pair in shown.windows(2) {
            assert_eq!(pair[0].1.x + pair[0].1.width + 1, pair[1].1.x, "{width}");
        }
        let last = shown.last().map_or(0, |(_, cells)| cells.x + cells.width);
        assert!(
            last <= width && (last == width || width == 200),
            "{width}: {last}"
        );
    }
}

#[test]
fn the_board_begins_with_the_release_in_hand() {
    let mut bench = Bench::with(Bench::world(1), None, (80, 24));
    bench.keys("g r j j j b");
    assert_eq!(here(&bench).0, 1);
    assert_eq!(shown(&bench.state)[0].0.release, 1);
}

#[test]
fn a_long_column_scrolls_by_whole_cards_and_leaves_the_others_where_they_are() {
    for size in [(80, 24), (120, 36), (80, 10)] {
        let mut bench = board(size, 30);
        bench.keys("l G");
        let seen = |bench: &Bench| {
            let on_screen = shown(&bench.state);
            let (column, cells) = on_screen
                .iter()
                .find(|(column, _)| column.release == 1)
                .expect("its column");
            let found = cards(&bench.state, column, *cells);
            let bottom = room(*cells).y + room(*cells).height;
            for card in &found.cards {
                assert!(card.cells.y + card.cells.height <= bottom, "{size:?}");
            }
            let shown: Vec<usize> = found.cards.iter().map(|card| card.item).collect();
            assert_eq!(found.above + shown.len() + found.below, 30, "{size:?}");
            (found.above, shown, found.below)
        };
        let (above, shown, below) = seen(&bench);
        assert!(
            above > 0 && below == 0 && shown.last() == Some(&29),
            "{size:?}"
        );
        // One card up is on the screen already, where there are several.
        bench.keys("k");
        assert_eq!(
            seen(&bench).0,
            above - usize::from(shown.len() == 1),
            "{size:?}"
        );
        let before = seen(&bench);
        bench.keys("h");
        assert_eq!(seen(&bench).0, before.0, "{size:?}");
        bench.keys("l g g j");
        assert_eq!(seen(&bench).0, 0, "{size:?}");
    }
}

#[test]
fn the_filter_leaves_the_columns_that_have_something_of_it_and_esc_brings_all_back() {
    let mut bench = board((80, 24), 3);
    bench.keys("l l");
    let (cursor, left) = (bench.state.plan.cursor, bench.state.plan.board.left);
    assert_eq!((cursor.release, left), (2, 1));
    bench.keys("/");
    bench.type_text("idea 3");
    bench.settle();
    let all = columns(&bench.state);
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].release, all[0].items.as_slice()), (1, &[1][..]));
    assert_eq!(here(&bench), (1, Some(item_id(3))));
    // Left, it is as if nothing had been typed.
    bench.keys("Esc");
    assert_eq!(bench.state.plan.cursor, cursor);
    assert_eq!(bench.state.plan.board.left, left);
    // Accepted, Esc clears it and stays.
    bench.keys("/");
    bench.type_text("idea 3");
    bench.keys("Enter h l Esc");
    assert_eq!(bench.state.plan.filter, "");
    assert!(target::on_board(&bench.state));
    assert_eq!(here(&bench), (1, Some(item_id(3))));
}

#[test]
fn a_press_takes_the_card_or_the_head_under_it_in_hand() {
    let mut bench = board((120, 36), 3);
    bench.state.settings.mouse = true;
    let on_screen = shown(&bench.state);
    let (column, cells) = &on_screen[1];
    let card = cards(&bench.state, column, *cells).cards[2];
    let mut press = |x: u16, y: u16| {
        bench.send(Message::Mouse {
            action: Mouse::Press,
            column: x,
            row: y,
        });
        here(&bench)
    };
    assert_eq!(
        press(card.cells.x + 9, card.cells.y + 1),
        (1, Some(item_id(4)))
    );
    assert_eq!(press(cells.x + 5, cells.y), (1, None));
    assert_eq!(
        press(on_screen[0].1.x, room(on_screen[0].1).y),
        (0, Some(item_id(0)))
    );
    // Below the last card there is nothing to take.
    assert_eq!(press(on_screen[2].1.x + 3, 30), (0, Some(item_id(0))));
}

#[test]
fn a_window_that_shrinks_keeps_the_column_under_the_cursor() {
    let mut bench = board((200, 50), 2);
    bench.keys("l l");
    let release = bench.state.plan.cursor.release;
    for size in [(80, 24), (60, 24), (200, 50), (73, 20)] {
        bench.send(Message::Resize(size.0, size.1));
        let shown = shown(&bench.state);
        let is_on = shown.iter().any(|(column, _)| column.release == release);
        assert!(is_on, "{size:?}");
    }
}

#[test]
fn what_is_done_to_the_one_marked_item_is_not_done_to_the_one_under_the_cursor() {
    let mut bench = board((120, 36), 3);
    bench.keys("l x");
    let (marked, under) = (item_id(2), here(&bench).1);
    assert_eq!(target::release_items(&bench.state), [marked]);
    assert_ne!(under, Some(marked), "the cursor goes on");
    let chosen = target::chosen_item(&bench.state).map(|item| item.id);
    assert_eq!(chosen, Some(marked));
    bench.keys("X Enter");
    let deeds = bench.deeds();
    let Some(Deed::CutItem { item, .. }) = deeds.last() else {
        panic!("{deeds:?}");
    };
    assert_eq!(*item, marked);
}

#[test]
fn a_marked_card_moves_on_from_its_own_column() {
    let mut bench = board((120, 36), 3);
    // The first card of v0 is marked, the cursor goes to v1.
    bench.keys("g g j x l >");
    let [Deed::MoveItems { items, to }] = bench.deeds()[..] else {
        panic!("{:?}", bench.deeds());
    };
    let releases = &bench.state.plan.plan.releases;
    assert_eq!(
        (items.as_slice(), *to),
        (&[item_id(0)][..], releases[1].release.id)
    );
    assert_eq!(here(&bench).0, 1);
}

#[test]
fn enter_on_a_heading_goes_to_its_first_item_and_into_a_release_without_any() {
    for turn in ["b", "b b"] {
        let mut bench = board((120, 36), 3);
        bench.keys(turn);
        bench.keys("g g Enter");
        assert_eq!(here(&bench), (0, Some(item_id(0))), "{turn}");
        assert!(bench.state.overlays.is_empty(), "{turn}");
        bench.keys("Enter");
        assert_eq!(bench.state.screen, Screen::Idea, "{turn}");
        let mut bench = board((120, 36), 3);
        bench.state.plan.cursor = PlanCursor {
            release: 2,
            item: None,
        };
        bench.keys(turn);
        bench.keys("Enter");
        assert_eq!(bench.state.overlays.len(), 1, "{turn}: its name and date");
    }
}

#[test]
fn what_needs_an_item_says_on_a_heading_how_one_gets_to_one() {
    for key in [">", "<", "X", "c", "=", "a", "Alt-↓"] {
        let mut bench = Bench::new(1);
        bench.keys("g r k");
        assert_eq!(here(&bench), (0, None));
        bench.keys(key);
        assert!(
            bench.notice().ends_with("j goes to the next item"),
            "{key}: {}",
            bench.notice()
        );
        bench.keys("G");
        bench.keys(key);
        assert!(
            bench.notice().ends_with("has no items yet; r adds an idea"),
            "{key}: {}",
            bench.notice()
        );
    }
    // Nothing is in hand where a filter leaves nothing.
    let mut bench = Bench::new(1);
    bench.keys("/");
    bench.type_text("nothing has this");
    bench.keys("Enter a");
    assert!(
        bench.notice().contains("Esc takes it away"),
        "{}",
        bench.notice()
    );
}
