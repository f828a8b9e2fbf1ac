//! Two windows on one workspace: none does unknowingly what the other has done, and what went wrong can be read.

use intake::app::message::Message;
use intake::problem::{Kind, Problem};

use crate::snapshot;
use crate::support::{Console, SetUp};

fn small() -> SetUp {
    SetUp {
        size: (80, 24),
        ..SetUp::default()
    }
}

#[test]
fn what_the_other_window_stored_in_a_form_is_shown_before_it_is_replaced() {
    let mut first = Console::demo(&small());
    first.press("g d e");
    let mut second = first.second_window(&small());
    second.press("g d e Ctrl-u text:Theirs Ctrl-s");
    first.press("Ctrl-u text:Mine Ctrl-s");
    snapshot("form_changed_meanwhile_80x24", first.styled());
    second.press("Esc g i g d");
    assert!(second.screen().contains("Theirs"));
    first.press("Ctrl-s");
    assert!(first.screen().contains("Mine") && !first.screen().contains("Theirs"));
}

#[test]
fn a_form_left_for_days_says_at_its_field_what_was_changed_since() {
    let mut first = Console::demo(&small());
    first.press("g d e Ctrl-u text:Mine Esc");
    // Somebody else's, because half-written text is of whoever writes it.
    let mut second = first.second_window(&SetUp {
        me: "omar",
        ..small()
    });
    second.press("g d e Ctrl-u text:Theirs Ctrl-s");
    first.press("e");
    let screen = first.screen();
    assert!(
        screen.contains("Mine") && screen.contains("changed since you wrote this, to “Theirs”"),
        "{screen}"
    );
}

#[test]
fn a_reporter_whom_the_other_window_has_answered_is_answered_again_only_knowingly() {
    for keys in ["e", "r text:which_one?"] {
        let mut first = Console::demo(&small());
        let mut second = first.second_window(&small());
        second.press(keys);
        first.press("e text:! Enter");
        second.press("Enter");
        let screen = second.screen();
        let screen = screen.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(screen.contains("wrote to the reporter of"), "{screen}");
        assert!(
            screen.contains("Enter again goes on all the same"),
            "{screen}"
        );
        second.press("Enter");
        assert!(!second.screen().contains("goes on all the same"));
    }
}

#[test]
fn an_error_says_what_to_do_about_it_on_a_small_screen_and_beside_a_form() {
    let lost = || {
        let path = "/home/hana/product/management/feedback/2026/intake/acme.db";
        Problem::new(Kind::Storage, format!("cannot write the workspace {path}"))
            .because("it was deleted, moved or replaced while it was open")
            .hint("put it back where it was, or quit and open it where it is now")
    };
    let failed = || Message::Unkept {
        prompt: "comment:1".to_owned(),
        text: None,
        problem: lost(),
    };
    for size in [(80, 24), (120, 36)] {
        let set_up = SetUp {
            size,
            ..SetUp::default()
        };
        let mut console = Console::demo(&set_up);
        console.tell(failed());
        let (width, height) = size;
        snapshot(format!("error_{width}x{height}"), console.styled());
        console.press("g d e").tell(failed());
        snapshot(format!("error_form_{width}x{height}"), console.styled());
        let screen = console.screen();
        assert!(screen.contains("open it where it is now"), "{screen}");
        assert!(screen.contains('╰'), "{screen}");
    }
}

#[test]
fn the_rule_of_an_error_of_several_lines_meets_those_between_the_panes() {
    let problem = || {
        Problem::new(Kind::Storage, "cannot write acme.db")
            .because("x".repeat(250))
            .hint("put it back where it was, or quit and open it where it is now")
    };
    for (size, keys) in [
        ((120, 36), ""),
        ((200, 50), ""),
        ((120, 36), "g w"),
        ((120, 36), "g r b"),
    ] {
        let mut console = Console::demo(&SetUp {
            size,
            ..SetUp::default()
        });
        console.press(keys);
        let feet = |screen: &str| screen.matches('┴').count();
        let before = feet(&console.screen());
        assert!(before > 0, "{}", console.screen());
        let unkept = Message::Unkept {
            prompt: "comment:1".to_owned(),
            text: None,
            problem: problem(),
        };
        let screen = console.tell(unkept).screen();
        assert_eq!(feet(&screen), before, "{screen}");
        if keys.is_empty() && size == (120, 36) {
            snapshot("error_joints_120x36", console.styled());
        }
    }
}
