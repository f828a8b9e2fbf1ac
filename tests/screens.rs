//! Keys in, screen out: every screen of the console, styles included, with clock, identities and zone pinned.
//!
//! A changed screen is reviewed with `cargo insta review`, or written anew with `INSTA_UPDATE=always cargo test --test
//! screens`. The README's picture comes from here too: `INTAKE_WRITE=1 cargo test --test screens`.

mod support;
#[path = "stories/weekly_sync.rs"]
mod weekly_sync;

use std::fs;
use std::path::Path;

use intake::app::message::Message;
use intake::app::target;
use intake::domain::moment::SECOND;
use intake::view::colour::Depth;
use support::hands::NOW;
use support::{Console, SetUp, picture};

/// What is shown, and by which keys.
const SCENES: &[(&str, &str)] = &[
    ("start", ""),
    ("linked", "j 1"),
    ("marked", "x j x"),
    ("answer", "1 e"),
    ("text", "Tab J J"),
    ("passage", "Tab v w w w"),
    ("pick_idea", "i text:export"),
    ("palette", ": text:release"),
    ("palette_search", ": text:auditors"),
    ("pick_idea_by_text", "i text:auditors"),
    ("help", "?"),
    ("which_key", "g"),
    ("snooze", "s text:3h"),
    ("filter_fault", "/ text:_is:foo"),
    ("filter_unknown", "/ text:_owner:@haan Enter"),
    ("filtered_to_nothing", "/ text:_zzzz Enter"),
    ("search", "/ Ctrl-u text:audit"),
    ("search_half_typed", "/ Ctrl-u text:audit_owner:"),
    ("search_table", "z / Ctrl-u text:audit Enter j"),
    ("search_ideas", "g d / text:audit"),
    ("filter_ideas", "g d / text:status:planned_effort:>=l_own"),
    ("inbox_table", "z"),
    ("ideas_table", "g d"),
    ("idea", "g d Enter"),
    ("idea_end", "g d Enter G"),
    ("idea_form", "g d e"),
    ("idea_form_checklist", "g d e S-Tab S-Tab"),
    ("plan_table", "g r j j"),
    ("plan_board", "g r b l j x"),
    ("plan_board_filter", "g r b / text:hana"),
    ("plan_board_ends", "g r b l l l l G"),
    ("plan_update", "g r j c text:at_risk:_waits"),
    ("plan_filter", "g r / text:hana"),
    (
        "plan_far",
        "g r j j j j j j j j j j j j j j j j j j j j j j j j j j j",
    ),
    ("merge", "g d m"),
    ("wont_do_planned", "g d S w"),
    ("minutes_none", "g w W"),
    ("timeline", "g t Enter"),
    ("pick_original", "m"),
    ("pick_wont_do", "w"),
    ("views", "'"),
    ("present", "g w P"),
    ("held", "g w P g r j j j"),
    ("minutes", "g w P e F"),
    ("absent", "g o"),
    ("sync", "g w"),
    ("sync_queued", "g w G"),
    ("sync_new", "g w C text:Pricing_10m"),
    ("sync_missing", "g w Tab"),
    ("queue", "Q"),
    ("plan_changes", "g r d"),
    ("plan_as_of", "g r t text:2w Enter"),
    ("charts", "g c"),
    ("charts_last", "g c G"),
    ("charts_weeks", "g c Enter"),
    ("charts_demand", "g c j j j Enter"),
    ("charts_interviews", "g c G Enter"),
];

fn shown(set_up: &SetUp, keys: &str) -> String {
    let mut console = Console::demo(set_up);
    console.press(keys);
    console.styled()
}

/// All scenes on one demo: each begins where the console starts.
fn scenes(size: (u16, u16), names: Option<&[&str]>) {
    for (name, keys) in SCENES {
        if names.is_some_and(|names| !names.contains(name)) {
            continue;
        }
        let set_up = SetUp {
            size,
            ..SetUp::default()
        };
        insta::assert_snapshot!(
            format!("{name}_{}x{}", size.0, size.1),
            shown(&set_up, keys)
        );
    }
}

#[test]
fn every_screen_at_120_by_36() {
    scenes((120, 36), None);
}

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
fn the_screens_that_are_laid_out_by_width_at_80_by_24() {
    scenes(
        (80, 24),
        Some(&[
            "start",
            "search",
            "answer",
            "text",
            "help",
            "snooze",
            "inbox_table",
            "ideas_table",
            "idea",
            "idea_end",
            "plan_table",
            "plan_board",
            "present",
            "held",
            "idea_form",
            "idea_form_checklist",
            "sync",
            "sync_queued",
            "queue",
            "charts",
            "charts_last",
            "charts_weeks",
            "charts_demand",
            "sync_missing",
            "plan_changes",
            "plan_as_of",
        ]),
    );
}

#[test]
fn the_screens_that_are_laid_out_by_width_at_200_by_50() {
    scenes(
        (200, 50),
        Some(&[
            "start",
            "linked",
            "search",
            "inbox_table",
            "ideas_table",
            "plan_table",
            "plan_board",
            "sync",
            "charts",
            "charts_demand",
            "sync_missing",
            "plan_changes",
            "plan_as_of",
        ]),
    );
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

/// How many are missing, as the title of the weekly sync says.
fn missing(console: &Console) -> usize {
    let screen = console.screen();
    let said = screen.split("Missing ").nth(1);
    let digits = said.and_then(|rest| rest.split(|c: char| !c.is_ascii_digit()).next());
    digits
        .and_then(|number| number.parse().ok())
        .expect("a number")
}

#[test]
fn what_is_missing_before_the_sync_is_remedied_one_key_each() {
    let mut console = Console::demo(&SetUp::default());
    console.press("g w Tab");
    let all = missing(&console);
    let first = |console: &Console| console.state.sync.missing.on;
    let before = first(&console);
    // The first owes an update; what follows takes its place.
    console.press("=");
    assert_eq!(missing(&console), all - 1);
    assert_ne!(first(&console), before);
    console.press("c text:at-risk:_waits_for_review Enter");
    assert_eq!(missing(&console), all - 2);
    assert!(console.screen().contains("u undo"));
    console.press("u");
    assert_eq!(missing(&console), all - 1);
    // Requests that nobody owns go to whoever is likely to, one by one or several at once.
    while !console.screen().contains("a assign…  z") {
        console.press("j");
    }
    console.press("a Enter");
    let screen = console.screen();
    assert!(screen.contains("✓ assigned to @"), "{screen}");
    let left = missing(&console);
    assert!(left < all - 1, "{left} of {all}");
    console.press("x x a text:@hana Enter");
    assert_eq!(missing(&console), left - 2);
    console.press("u");
    assert_eq!(missing(&console), left);
    // Whom nobody answered gets an answer, or needs none.
    while !console.screen().contains("e answer…  -") {
        console.press("j");
    }
    console.press("e Enter");
    assert_eq!(missing(&console), left - 1);
    console.press("-");
    assert_eq!(missing(&console), left - 2);
    // The agenda takes too long until something is shorter.
    console.press("G");
    let screen = console.screen();
    let by_how_much = |line: &str| line.starts_with('▌') && line.contains(" too many ");
    assert!(screen.lines().any(by_how_much), "{screen}");
    console.press("[");
    let screen = console.screen();
    assert!(screen.contains("the agenda takes too long"), "{screen}");
    // Of the demo no single item is that long.
    console.press("Enter");
    let mut shortened = 1;
    while console.screen().contains("Takes longer than") && shortened < 9 {
        console.press("[ Enter");
        shortened += 1;
    }
    let screen = console.screen();
    assert!(shortened > 1, "{screen}");
    assert!(!screen.contains("Takes longer than"), "{screen}");
    assert!(!screen.contains("min over"), "{screen}");
}

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
    insta::assert_snapshot!("inbox_50x20", console.styled());
    insta::assert_snapshot!("text_50x20", console.press("Tab").styled());
    insta::assert_snapshot!("ideas_50x20", console.press("Tab").styled());
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
fn without_colours_the_cursor_and_marks_are_still_seen() {
    let set_up = SetUp {
        depth: Depth::None,
        ..SetUp::default()
    };
    let mut console = Console::demo(&set_up);
    console.press("x");
    let (buffer, _) = console.buffer();
    for cell in buffer.content() {
        assert_eq!(cell.fg, ratatui::style::Color::Reset);
        assert_eq!(cell.bg, ratatui::style::Color::Reset);
    }
    insta::assert_snapshot!("no_colour_120x36", console.styled());
}

#[test]
fn plain_mode_draws_no_lines() {
    let set_up = SetUp {
        plain: true,
        size: (80, 24),
        ..SetUp::default()
    };
    let mut console = Console::demo(&set_up);
    for keys in [
        "", "?", "Esc g r", "b", "g w", "G", "g c", "Enter", "Tab", "Tab Tab", "Tab Tab", "g i",
    ] {
        console.press(keys);
        let screen = console.screen();
        for drawn in "─│┬┴├╭╮╰╯━╌▌●◐○✓█▒╱".chars() {
            assert!(!screen.contains(drawn), "{drawn} after {keys:?}:\n{screen}");
        }
    }
    insta::assert_snapshot!("plain_80x24", console.styled());
}

#[test]
fn the_themes_differ_in_colours_alone() {
    let text = |theme| {
        let mut console = Console::demo(&SetUp {
            theme,
            ..SetUp::default()
        });
        console.press("1");
        (console.screen(), console.styled())
    };
    let (letters, dark) = text("dark");
    let mut seen = vec![dark];
    for theme in ["auto", "light", "high-contrast", "colour-blind"] {
        let (other, styled) = text(theme);
        assert_eq!(letters, other, "{theme}");
        assert!(!seen.contains(&styled), "{theme} looks like another theme");
        seen.push(styled);
    }
}

#[test]
fn themes_for_one_background_bring_it_and_the_others_leave_the_terminals() {
    for (theme, brings) in [
        ("dark", true),
        ("light", true),
        ("auto", false),
        ("high-contrast", false),
        ("colour-blind", false),
    ] {
        let mut console = Console::demo(&SetUp {
            theme,
            ..SetUp::default()
        });
        console.press("?");
        let (buffer, _) = console.buffer();
        let covered = |cell: &ratatui::buffer::Cell| cell.bg != ratatui::style::Color::Reset;
        assert_eq!(buffer.content.iter().all(covered), brings, "{theme}");
    }
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
fn the_picture_of_the_readme_is_the_console() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("docs/console.svg");
    let mut console = Console::demo(&SetUp::default());
    console.press("j j");
    let drawn = picture::svg(
        &console.buffer().0,
        "The console of Intake: inbox, feedback, ideas, release plan",
    );
    if std::env::var_os("INTAKE_WRITE").is_some() {
        fs::write(&path, &drawn).expect("the picture can be written");
    }
    let kept = fs::read_to_string(&path).expect("docs/console.svg");
    assert!(
        kept == drawn,
        "docs/console.svg is stale: INTAKE_WRITE=1 cargo test --test screens"
    );
    let readme = fs::read_to_string(root.join("README.md")).expect("README.md");
    assert!(readme.contains("](docs/console.svg)"));
}

#[test]
fn the_clock_of_these_tests_is_a_saturday_morning() {
    assert_eq!(NOW.rfc3339(), "2026-11-14T10:00:00Z");
}

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
        insta::assert_snapshot!(name("plan"), console.styled());
        console.press("s Down Down Down Down Down Enter");
        if size == (120, 36) {
            insta::assert_snapshot!(name("column"), console.styled());
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
