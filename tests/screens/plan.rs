//! The release plan, as a table and as a board.

use intake::app::target;

use crate::support::{Console, SetUp};

#[test]
fn the_cursor_of_the_board_goes_with_a_card_and_comes_back_with_its_undo() {
    let in_hand = |console: &Console| {
        let item = target::release_item(&console.state).map(|item| item.title.clone());
        (console.state.plan.cursor.release, item)
    };
    let mut console = Console::demo(&SetUp::default());
    console.press("g r b l j");
    let (release, item) = in_hand(&console);
    assert!(item.is_some());
    console.press(">");
    assert_eq!(in_hand(&console), (release + 1, item.clone()));
    console.press("u");
    assert_eq!(in_hand(&console), (release, item.clone()));
    console.press("U");
    assert_eq!(in_hand(&console), (release + 1, item.clone()));
    // What is cut stays as a card that says so.
    console.press("u X Enter");
    let screen = console.screen();
    assert!(
        screen.contains("✕ ") && screen.contains(" · cut "),
        "{screen}"
    );
    console.press("g i u g r");
    assert!(target::on_board(&console.state));
    assert_eq!(in_hand(&console).1, item);
}

#[test]
fn what_is_made_in_the_plan_gets_its_cursor() {
    for board in ["", "b"] {
        let mut console = Console::demo(&SetUp::default());
        console.press(&format!("g r {board} C text:v12.0_16_feb_2028 Enter"));
        let release = |console: &Console| {
            let planned = target::planned_release(&console.state);
            planned.map(|planned| planned.release.name.clone())
        };
        assert_eq!(release(&console).as_deref(), Some("v12.0"));
        assert!(target::release_item(&console.state).is_none());
        console.press("r Enter");
        assert_eq!(release(&console).as_deref(), Some("v12.0"));
        assert!(target::release_item(&console.state).is_some());
    }
}
