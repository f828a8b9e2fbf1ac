//! The inbox, the feedback in hand and what is suggested for it.

use intake::app::message::Message;

use crate::support::{Console, SetUp};

#[test]
fn why_an_idea_is_suggested_is_said_whatever_the_screen() {
    for size in [(60, 24), (80, 24), (110, 24), (120, 36), (200, 50)] {
        let set_up = SetUp {
            size,
            ..SetUp::default()
        };
        let mut console = Console::demo(&set_up);
        assert!(console.screen().contains("shares dark,"), "{size:?}");
        let screen = console.press("Tab Tab j").screen();
        assert!(screen.contains("shares mobile, app"), "{size:?} {screen}");
        assert!(
            screen.contains("2 linked items like it"),
            "{size:?} {screen}"
        );
    }
    // A notice comes before it.
    let mut console = Console::demo(&SetUp {
        size: (80, 24),
        ..SetUp::default()
    });
    let screen = console.press("1").screen();
    assert!(
        screen.contains("linked to") && !screen.contains("shares"),
        "{screen}"
    );
}

#[test]
fn what_a_row_cuts_of_a_suggested_idea_is_said_where_lines_are_free() {
    let mut console = Console::demo(&SetUp::default());
    let screen = console.press("Tab Tab j").screen();
    let whole = "2: Read and write offline on the phone · Under Consideration";
    assert!(screen.contains(whole), "{screen}");
    assert!(screen.contains("Under Cons."), "{screen}");
    // What no row cuts is not said again.
    assert!(!console.press("j j").screen().contains("4: Swipe"));
    let wide = SetUp {
        size: (200, 50),
        ..SetUp::default()
    };
    let screen = Console::demo(&wide).screen();
    assert!(
        screen.contains("Calls drop when somebody shares a screen "),
        "{screen}"
    );
}

#[test]
fn an_explanation_which_its_row_cuts_is_told_below_the_list() {
    let mut console = Console::demo(&SetUp {
        size: (80, 24),
        ..SetUp::default()
    });
    console.press("? text:zoom");
    let screen = console.screen();
    assert!(screen.contains("take it back"), "{screen}");
}

#[test]
fn what_u_took_back_is_offered_again_and_dot_acts_only_on_what_is_seen() {
    let mut console = Console::demo(&SetUp::default());
    assert!(console.press("a Enter u").screen().contains("· U redo"));
    console.press("U g r .");
    let screen = console.screen();
    assert!(screen.contains("done to something else"), "{screen}");
    console.press("> g i .");
    let screen = console.screen();
    assert!(screen.contains("done to something else"), "{screen}");
}

#[test]
fn another_name_takes_the_place_of_the_proposed_owner() {
    let mut console = Console::demo(&SetUp::default());
    let screen = console.press("a").screen();
    assert!(screen.contains("typing replaces the name"), "{screen}");
    // Only one colleague's name begins like that.
    let screen = console.press("text:pri Enter").screen();
    assert!(screen.contains("assigned to @priya"), "{screen}");
    let screen = console.press("a Enter").screen();
    assert!(screen.contains("✓ assigned to @"), "{screen}");
    // Whoever edits the proposal goes on with it.
    let screen = console.press("a Left text:x").screen();
    assert!(!screen.contains("to x"), "{screen}");
}

#[test]
fn likely_originals_are_there_before_a_word_is_typed() {
    let mut console = Console::demo(&SetUp::default());
    let screen = console.press("m").screen();
    assert!(screen.contains("duplicate of"), "{screen}");
    assert!(!screen.contains(" 0 of 0 "), "{screen}");
}

#[test]
fn a_second_window_sees_what_the_first_did() {
    let set_up = SetUp::default();
    let mut first = Console::demo(&set_up);
    let mut second = first.second_window(&set_up);
    assert_eq!(first.screen(), second.screen());
    first.press("d");
    second.tell(Message::Changed);
    let rows = |console: &Console| console.state.inbox.rows.len();
    assert_eq!(rows(&first), rows(&second));
    let title = |console: &Console| {
        console
            .state
            .inbox
            .rows
            .first()
            .map(|row| row.title.clone())
    };
    assert_eq!(title(&first), title(&second));
}

#[test]
fn things_and_what_is_owed_are_copied_as_markdown() {
    let mut console = Console::demo(&SetUp::default());
    console.press("j j Y");
    let text = console.copied.pop().expect("something copied");
    assert!(
        text.starts_with("# Hand a board to our auditors each quarter"),
        "{text}"
    );
    console.press("g d Y");
    assert!(console.copied.pop().expect("an idea").starts_with("# "));
    console.press("g r Y");
    assert!(
        console
            .copied
            .pop()
            .expect("a release")
            .starts_with("# v10")
    );
    console.press("g i 1 e Enter : text:answers_owed Enter");
    let owed = console.copied.pop().expect("the answers");
    assert!(owed.contains("## Written, not delivered"), "{owed}");
    assert!(owed.contains("Dark theme in the mobile apps"), "{owed}");
}

#[test]
fn lines_that_are_hidden_above_are_told_beside_where_the_list_stands() {
    for (size, border) in [
        ((80, 24), "─ 2 lines above · K ─ 1 of 37 ─"),
        ((120, 24), "─ 5 lines above · K ─"),
    ] {
        let mut console = Console::demo(&SetUp {
            size,
            ..SetUp::default()
        });
        assert!(!console.screen().contains("above · K"));
        let screen = console.press("J J").screen();
        assert!(screen.contains(border), "{screen}");
        assert!(!console.press("K K").screen().contains("above · K"));
    }
}
