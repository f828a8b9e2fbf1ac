//! Themes, terminals without colours or drawn things, and the picture of the README.

use std::fs;
use std::path::Path;

use intake::view::colour::Depth;

use crate::snapshot;
use crate::support::{Console, SetUp, picture};

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
    snapshot("no_colour_120x36", console.styled());
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
    snapshot("plain_80x24", console.styled());
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
