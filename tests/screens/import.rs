//! The screen of an import.

use std::fs;
use std::path::Path;

use intake::app::message::Message;
use intake::domain::moment::SECOND;

use crate::snapshot;
use crate::support::hands::NOW;
use crate::support::{Console, SetUp};

/// A file with a fault, a repeated id and a column that means nothing.
const TICKETS: &str = "text:tests/fixtures/plan/tickets.csv Enter";

#[test]
fn an_import_is_planned_corrected_and_done_on_a_screen() {
    for size in [(80, 24), (120, 36), (200, 50)] {
        let mut console = Console::demo(&SetUp {
            size,
            ..SetUp::default()
        });
        console.press(": text:import Enter").press(TICKETS);
        let name = |scene: &str| format!("import_{scene}_{}x{}", size.0, size.1);
        snapshot(name("plan"), console.styled());
        console.press("s Down Down Down Down Down Enter");
        if size == (120, 36) {
            snapshot(name("column"), console.styled());
        }
        // Enter imports where the cursor is at first; keys that mean nothing say which do.
        console.press("Esc k k k k Enter text:desk.acme.com Enter k u");
        let screen = console.screen();
        assert!(screen.contains("nothing is imported yet"), "{screen}");
        let screen = console.press("?").screen();
        assert!(screen.contains("Enter imports, or changes"), "{screen}");
        console.tell(Message::Tick(NOW.plus(SECOND))).press("Enter");
        let screen = console.screen();
        assert!(
            screen.contains("imported 4 feedback from tickets.csv"),
            "{screen}"
        );
        assert!(screen.contains("u undo"), "{screen}");
    }
}

#[test]
fn the_screen_of_an_import_keeps_within_the_smallest_screens() {
    for (columns, rows) in [(40, 10), (60, 10), (80, 10), (40, 24)] {
        let mut console = Console::demo(&SetUp {
            size: (columns, rows),
            ..SetUp::default()
        });
        console.press(": text:import Enter").press(TICKETS);
        for (keys, row) in [
            ("", "import"),
            ("?", "import"),
            ("j", "comes from"),
            ("?", "comes from"),
            ("j u", ""),
            ("G i", ""),
        ] {
            let screen = console.press(keys).screen();
            let lines: Vec<&str> = screen.lines().collect();
            let top = lines.iter().position(|line| line.contains("─ import "));
            let inside = &lines[top.expect("a box") + 1..];
            let height = inside.iter().position(|line| line.contains('╰'));
            let inside = &inside[..height.expect("a box that ends")];
            for line in inside {
                let line: Vec<char> = line.chars().collect();
                let borders = (line[1], line.get(usize::from(columns) - 2));
                assert_eq!(borders, ('│', Some(&'│')), "{keys} {screen}");
            }
            let held = inside.iter().find(|line| line.contains("│ ▌"));
            assert!(
                held.is_some_and(|line| line.contains(row)),
                "{keys} {screen}"
            );
            let foot = inside.last().expect("a foot");
            assert!(foot.contains("Esc leave"), "{keys} {screen}");
            let said = inside.iter().any(|line| line.contains("Enter imports, or"));
            assert_eq!(said, keys == "?", "{keys} {screen}");
        }
    }
}

#[test]
fn an_export_of_another_week_takes_the_origin_of_the_one_before() {
    let mut console = Console::demo(&SetUp::default());
    let folder = tempfile::tempdir().expect("a folder");
    for (name, last) in [("bugs-1.csv", "3,C"), ("bugs-2.csv", "4,D")] {
        let text = format!("id,title\n1,A\n2,B\n{last}\n");
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let path = |name: &str| folder.path().join(name).display().to_string();
    console.press(&format!(
        ": text:import Enter text:{} Enter",
        path("bugs-1.csv")
    ));
    console.tell(Message::Tick(NOW.plus(SECOND))).press("Enter");
    console.press(&format!(
        ": text:import Enter text:{} Enter",
        path("bugs-2.csv")
    ));
    let screen = console.screen();
    assert!(
        screen.contains("2 of them are here as from “bugs-1.csv”: o takes that origin"),
        "{screen}"
    );
    snapshot("import_elsewhere", console.styled());
    let screen = console.press("o").screen();
    assert!(!screen.contains("takes that origin"), "{screen}");
    assert!(screen.contains("1 new, 2 here already"), "{screen}");
}

#[test]
fn a_file_that_is_not_there_leaves_its_path_to_be_mended() {
    let mut console = Console::demo(&SetUp::default());
    let screen = console
        .press(": text:import Enter text:tests/fixtures/plan/tick Tab Enter")
        .screen();
    assert!(
        screen.contains("Two-factor") || screen.contains("Dark mode"),
        "{screen}"
    );
    let screen = console
        .press("Esc : text:import Enter text:nowhere.csv Enter")
        .screen();
    assert!(
        screen.contains("nowhere.csv") && screen.contains("import file"),
        "{screen}"
    );
    // A column chosen for another field is given up by the one that had it.
    console.press("Esc : text:import Enter").press(TICKETS);
    let screen = console
        .press("Down Down Down Down Down Enter text:Summary Enter")
        .screen();
    assert!(screen.contains("chosen"), "{screen}");
    console.press("Esc");
    assert!(!console.screen().contains("tickets.csv"));
}

#[test]
fn how_a_file_is_read_is_kept_under_a_name_and_its_kind_is_chosen_on_the_screen_of_an_import() {
    let mut seconds = 0;
    let mut later = |console: &mut Console| {
        seconds += 1;
        console.tell(Message::Tick(NOW.plus(seconds * SECOND)));
    };
    let mut console = Console::demo(&SetUp::default());
    console.press(": text:import Enter").press(TICKETS);
    let screen = console.screen();
    assert!(screen.contains("kind of file"), "{screen}");
    assert!(screen.contains("keep this mapping as…"), "{screen}");
    let screen = console.press("s j j Enter").screen();
    assert!(screen.contains("Jira issues, CSV"), "{screen}");
    let screen = console.press("Esc j Enter text:help_desk Enter").screen();
    assert!(screen.contains("kept as"), "{screen}");
    assert!(screen.contains("once it is imported"), "{screen}");
    later(&mut console);
    let screen = console.press("i").screen();
    assert!(screen.contains("imported 4 feedback"), "{screen}");
    // A file with the same header is read by it, and what is corrected is kept though there is nothing new.
    console.press(": text:import Enter").press(TICKETS);
    let screen = console.press("s").screen();
    let words = "read as the saved mapping “help desk” says";
    assert!(screen.contains(words), "{screen}");
    assert!(screen.contains("nothing new to import"), "{screen}");
    console.press("j j j Enter Enter");
    later(&mut console);
    let screen = console.press("i").screen();
    let words = "kept the mapping “help desk”; there was nothing new to import";
    assert!(screen.contains(words), "{screen}");
    // Another kind of file asks for what that has, and the plan before it stays to be corrected.
    console.press(": text:import Enter").press(TICKETS);
    let screen = console.press("j j Enter text:mattermost Enter").screen();
    assert!(screen.contains("cannot import"), "{screen}");
    let screen = console.press("Enter text:find_out Enter").screen();
    assert!(!screen.contains("cannot import"), "{screen}");
}

#[test]
fn every_file_that_is_left_out_is_named_with_its_whole_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let tickets = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/plan/tickets.csv");
    fs::copy(tickets, folder.path().join("tickets.csv")).expect("a copy");
    for number in 0..9 {
        let path = folder.path().join(format!("prose-{number}.md"));
        fs::write(path, "Nothing but words.\n").expect("a file");
    }
    let mut console = Console::demo(&SetUp {
        size: (80, 24),
        ..SetUp::default()
    });
    let typed = folder.path().display();
    console.press(&format!(": text:import Enter text:{typed} Enter"));
    let mut seen = console.screen();
    assert!(seen.contains("more line"), "{seen}");
    for _ in 0..5 {
        seen.push_str(&console.press("J").screen());
    }
    let lines: Vec<&str> = seen.lines().collect();
    for number in 0..9 {
        let words = format!("prose-{number}.md: no column looks like a title or a");
        let is_whole = |pair: &[&str]| {
            pair[0].contains(&words) && pair[1].trim_matches(|c| "│▌─ ".contains(c)) == "text"
        };
        assert!(lines.windows(2).any(is_whole), "{words}\n{seen}");
    }
    assert!(console.screen().contains("above · K"));
    // What is a matter of the command line is not spoken of.
    assert!(!seen.contains("--json"), "{seen}");
}
