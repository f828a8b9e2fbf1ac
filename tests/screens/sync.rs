//! What is missing before the weekly sync.

use crate::support::{Console, SetUp};

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
