//! What stays on small screens, and what is cut for want of room.

use intake::app::message::Message;

use crate::snapshot;
use crate::support::{Console, SetUp};

#[test]
fn whatever_is_dropped_for_want_of_room_the_way_to_all_keys_stays() {
    for width in [40, 52, 60, 72, 80, 100] {
        for keys in [
            "", "Tab", "Tab Tab", "g d", "g r", "g r b", "g w", "g t", "x j x",
        ] {
            let set_up = SetUp {
                size: (width, 24),
                ..SetUp::default()
            };
            let mut console = Console::demo(&set_up);
            console.press(keys);
            let screen = console.screen();
            let foot = screen.lines().last().unwrap_or_default().to_owned();
            assert!(foot.contains("? all keys"), "{width} {keys}: {foot}");
            let undo = foot.contains("u undo") || keys == "g d" || width < 52;
            assert!(undo, "{width} {keys}: {foot}");
        }
    }
}

#[test]
fn what_completes_leaves_the_line_that_is_typed_to_be_seen_on_small_screens() {
    for size in [(40, 10), (50, 12), (60, 10)] {
        for (keys, typed) in [("/ Ctrl-u text:is:", "is:"), ("c text:hey_@", "hey @")] {
            let mut console = Console::demo(&SetUp {
                size,
                ..SetUp::default()
            });
            console.press(keys);
            let screen = console.screen();
            assert!(screen.contains(typed), "{size:?}\n{screen}");
            let edge = screen.lines().find(|line| line.contains('╭'));
            assert!(
                edge.is_some_and(|edge| !edge.contains('@')),
                "{size:?}\n{screen}"
            );
        }
    }
}

#[test]
fn words_that_are_cut_stand_apart_from_what_can_be_done_next() {
    let mut console = Console::demo(&SetUp {
        size: (52, 24),
        ..SetUp::default()
    });
    console.press("u");
    let screen = console.screen();
    assert!(screen.contains("nothing that was done … · g t"), "{screen}");
}

#[test]
fn what_the_header_says_stays_when_more_is_known() {
    let header = |console: &Console| console.screen().lines().next().map(str::to_owned);
    for width in [40, 50, 60, 70, 80, 90, 100, 110, 120, 200] {
        let mut console = Console::demo(&SetUp {
            size: (width, 24),
            ..SetUp::default()
        });
        let whole = header(&console).expect("a header");
        // It is counted after the first frame.
        console.state.sync.note = None;
        let before = header(&console).expect("a header");
        for words in before
            .split("   ")
            .map(str::trim)
            .filter(|words| !words.is_empty())
        {
            assert_eq!(
                whole.find(words),
                before.find(words),
                "{words:?} in {whole:?}"
            );
        }
        if width >= 80 {
            assert!(whole.contains(" missing"), "{whole}");
            assert!(whole.contains(" done today"), "{whole}");
        }
    }
}

#[test]
fn one_pane_under_sixty_columns() {
    let mut console = Console::demo(&SetUp {
        size: (50, 20),
        ..SetUp::default()
    });
    snapshot("inbox_50x20", console.styled());
    snapshot("text_50x20", console.press("Tab").styled());
    snapshot("ideas_50x20", console.press("Tab").styled());
}

#[test]
fn a_screen_too_small_says_what_it_needs() {
    let mut console = Console::demo(&SetUp::default());
    console.tell(Message::Resize(30, 8));
    assert_eq!(
        console.screen().lines().next(),
        Some("Intake needs 40×10 cells; thi…")
    );
    console.tell(Message::Resize(80, 24));
    assert!(console.screen().contains("Inbox"));
}

#[test]
fn a_notice_and_a_position_never_share_their_cells() {
    let mut console = Console::demo(&SetUp::default());
    console.press("e Enter");
    let screen = console.screen();
    let notice = screen.lines().find(|line| line.contains("answered"));
    let notice = notice.expect("the notice");
    assert!(notice.contains("· u undo ─"), "{notice}");
    assert!(!notice.contains(|c: char| c.is_ascii_digit()), "{notice}");
    // A short one leaves the position where it is.
    console.press("u A");
    let screen = console.screen();
    assert!(screen.contains(" of 3"), "{screen}");
}

#[test]
fn every_width_and_height_can_be_drawn() {
    let mut console = Console::demo(&SetUp::default());
    for keys in [
        "",
        "Tab",
        "Tab",
        "z",
        "g r",
        "b",
        "l l G",
        "g w",
        "G",
        "Tab",
        "g d Enter",
        "g c",
        "Enter",
        "Tab Tab Tab",
        "Tab Tab",
        "?",
        "Esc Esc g i e",
    ] {
        console.press(keys);
        for width in [40, 41, 59, 60, 61, 79, 109, 110, 111, 179, 180, 181, 300] {
            for height in [10, 11, 13, 24, 60] {
                console.tell(Message::Resize(width, height));
                let (buffer, cursor) = console.buffer();
                if let Some((x, y)) = cursor {
                    assert!(
                        x <= buffer.area.width && y < buffer.area.height,
                        "{width}×{height}"
                    );
                }
            }
        }
        console.tell(Message::Resize(3_000, 10));
        console.buffer();
        console.tell(Message::Resize(120, 36));
    }
}

#[test]
fn a_line_longer_than_any_screen_is_drawn() {
    let mut console = Console::demo(&SetUp::default());
    console.press("/ Ctrl-u");
    let long = "x".repeat(70_000);
    console.tell(Message::Paste(format!("{long} is:foo")));
    console.press("Enter");
    assert!(console.screen().contains("xxx"));
}
