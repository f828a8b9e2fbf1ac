//! The screen of one idea: its text is read from the top, and its evidence walked.

use crate::app::bench::{Bench, feedback_id};
use crate::app::target;

/// The screen of an idea with so many lines of text before its evidence, on a screen of 24 rows.
fn long(lines: usize) -> Bench {
    let mut bench = Bench::with(Bench::world(5), None, (80, 24));
    bench.keys("g d Enter");
    let view = bench.state.idea.as_mut().expect("an idea");
    let detail = view.detail.as_mut().expect("what is known of it");
    detail.problem = Some(vec!["It breaks."; lines].join("\n"));
    bench
}

/// The first line on the screen, and which row of the evidence is in hand.
fn place(bench: &Bench) -> (usize, usize) {
    let view = bench.state.idea.as_ref().expect("an idea");
    (view.scroll, view.cursor)
}

#[test]
fn a_long_idea_opens_at_its_top_and_every_key_up_leads_there() {
    let mut bench = long(40);
    assert_eq!(place(&bench), (0, 0));
    for up in [
        "K K K K K K K K K K K",
        "PgUp PgUp PgUp",
        "Ctrl-u Ctrl-u Ctrl-u Ctrl-u Ctrl-u Ctrl-u",
        "g g",
    ] {
        // To the last row of the evidence, then to the end of the text.
        bench.keys("G G");
        let (bottom, row) = place(&bench);
        assert_eq!(row, 2);
        assert!(bottom > 20, "{bottom}");
        bench.keys(up);
        assert_eq!(place(&bench).0, 0, "{up}");
        bench.keys("K k");
        assert_eq!(place(&bench).0, 0, "{up}");
    }
}

#[test]
fn what_moves_the_cursor_reads_the_text_until_a_row_can_be_seen() {
    let mut bench = long(40);
    bench.keys("j j");
    assert_eq!(place(&bench), (2, 0));
    bench.keys("PgDn");
    let (top, row) = place(&bench);
    assert!(top > 10 && row == 0, "{top} {row}");
    // From where it can be seen on it moves, and stays in sight.
    bench.keys("PgDn j j Enter");
    let hand = bench.state.hand.as_ref().expect("a hand");
    assert_eq!(hand.id, feedback_id(2));
    assert_eq!(target::feedback(&bench.state), [feedback_id(2)]);
    // Scrolled away from, the row that is on the screen then is taken.
    bench.keys("Esc g g J J J J J J J J J J J");
    assert_eq!(place(&bench).1, 0);
    bench.keys("k k k");
    assert_eq!(place(&bench).1, 0);
}

#[test]
fn enter_shows_the_evidence_in_hand_before_it_opens_it() {
    let mut bench = long(40);
    bench.keys("Enter");
    assert!(bench.state.idea.is_some());
    let (top, row) = place(&bench);
    assert!(top > 10 && row == 0, "{top} {row}");
    bench.keys("Enter");
    let hand = bench.state.hand.as_ref().expect("a hand");
    assert_eq!(hand.id, feedback_id(0));
    assert_eq!(target::feedback(&bench.state), [feedback_id(0)]);
}
