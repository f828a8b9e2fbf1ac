//! Ideas ranked by their words: small worlds, and any.

use proptest::prelude::*;

use super::*;

fn bag(text: &str) -> Bag {
    Bag::of(&Stems::default(), text)
}

fn asked(title: &str, body: &str) -> Asked {
    Asked::of(&Stems::default(), title, body)
}

fn counts(bag: &Bag) -> impl Iterator<Item = (&str, i64)> {
    bag.iter().map(|(stem, count)| (stem, i64::from(count)))
}

fn profiles(ideas: &[&str]) -> Profiles {
    let mut profiles = Profiles::default();
    for (number, words) in (0..).zip(ideas) {
        profiles.set(number, counts(&bag(words)), number);
    }
    profiles
}

fn ranked(profiles: &Profiles, title: &str, body: &str) -> Vec<i64> {
    let ranked = profiles.rank(&asked(title, body), 0.0, 9);
    ranked.iter().map(|ranked| ranked.idea).collect()
}

#[test]
fn what_shares_rare_words_comes_first_and_a_stranger_not_at_all() {
    let profiles = profiles(&[
        "Export a board as PDF",
        "Export members as CSV",
        "Export the audit log",
        "Dark mode",
    ]);
    let found = profiles.rank(&asked("Exporting boards to PDF", ""), 0.0, 9);
    assert_eq!(found[0].idea, 0);
    let shared = profiles.shared(&asked("Exporting boards to PDF", ""), 0, 9);
    assert_eq!(shared.len(), 3);
    assert_eq!(shared.last().map(String::as_str), Some("export"));
    let most = profiles.shared(&asked("Exporting boards to PDF", ""), 0, 1);
    assert_eq!(most, shared[..1]);
    assert!(
        found
            .iter()
            .all(|ranked| ranked.idea != 3 && ranked.score <= 1.0)
    );
    assert!(ranked(&profiles, "the coffee is cold", "").is_empty());
    assert!(ranked(&profiles, "", "").is_empty());
    assert!(ranked(&Profiles::default(), "export", "").is_empty());
}

#[test]
fn the_end_of_a_figure_is_nothing_that_they_share() {
    let profiles = profiles(&["page through 4,000 accounts of team 4711"]);
    let shared = profiles.shared(&asked("9,000 accounts, ticket 4711", ""), 0, 9);
    assert_eq!(shared.len(), 2, "{shared:?}");
    assert!(!shared.contains(&"000".to_owned()));
}

#[test]
fn one_word_in_common_is_little_to_go_by_though_it_be_all_that_was_asked() {
    let mut ideas = vec!["slash commands for polls", "polls in threads"];
    ideas.extend(["dark mode"; 20]);
    let profiles = profiles(&ideas);
    let one = profiles.rank(&asked("Polls", ""), 0.0, 9);
    let more = profiles.rank(&asked("Slash commands for polls", ""), 0.0, 9);
    assert_eq!((one.len(), more[0].idea), (2, 0));
    assert!(one[0].sure < 0.6, "{one:?}");
    assert!(more[0].sure > 0.8, "{more:?}");
}

#[test]
fn one_idea_alone_is_suggested_for_what_plainly_asks_for_it_and_for_nothing_else() {
    let profiles = profiles(&["Export boards to PDF"]);
    let audit = "Export boards as PDF for auditors every month";
    assert_eq!(ranked(&profiles, audit, ""), [0]);
    assert_eq!(ranked(&profiles, "PDF", ""), [0]);
    assert!(ranked(&profiles, "Boards load slowly on the phone", "").is_empty());
    assert!(ranked(&profiles, "Dark mode", "").is_empty());
}

#[test]
fn what_was_learned_from_the_feedback_itself_is_no_reason() {
    let (title, body) = ("Dark screen at night", "it blinds");
    let mut without = vec!["Export boards", "night shift for the screen"];
    without.extend(["light matter here"; 60]);
    let mut with = profiles(&without);
    let linked = format!("{} {title} {body}", without[0]);
    with.set(0, counts(&bag(&linked)), 0);
    assert_eq!(ranked(&with, title, body), [0, 1]);
    let linked = asked(title, body).having_taught([0, 77]);
    let before = profiles(&without).rank(&asked(title, body), 0.0, 9);
    let now = with.rank(&linked, 0.0, 9);
    assert_eq!((before.len(), now.len()), (1, 1));
    assert_eq!((before[0].idea, now[0].idea), (1, 1));
    assert!((before[0].score - now[0].score).abs() < 0.05, "{now:?}");
    assert!((before[0].sure - now[0].sure).abs() < 0.05, "{now:?}");
    assert!(with.shared(&linked, 0, 9).is_empty());
    assert_eq!(with.shared(&linked, 1, 9).len(), 2);
    // What somebody else has said there, too, stays a reason.
    let again = format!("{} {title} {body} {title}", without[0]);
    with.set(0, counts(&bag(&again)), 0);
    assert_eq!(with.shared(&linked, 0, 9), ["dark", "night", "screen"]);
}

#[test]
fn the_title_names_the_matter() {
    let profiles = profiles(&["keyboard shortcuts", "printing layout"]);
    let wandering = "we print the layout, the printing of layouts, and so on";
    assert_eq!(ranked(&profiles, "keyboard shortcuts", wandering)[0], 0);
}

#[test]
fn of_two_alike_the_fresher_comes_first_as_far_as_it_pulls() {
    let mut profiles = profiles(&["dark mode", "dark mode", "light"]);
    let first = |profiles: &Profiles, pull| profiles.rank(&asked("dark mode", ""), pull, 1)[0].idea;
    assert_eq!(first(&profiles, 1.0), 1);
    profiles.touch(0, 9);
    assert_eq!((first(&profiles, 1.0), profiles.fresher(1)), (0, Some(2)));
}

#[test]
fn what_is_fresh_and_hardly_fits_does_not_hide_what_fits() {
    let profiles = profiles(&["keyboard shortcuts for lists", "lists of everything else"]);
    let asked = asked(
        "keyboard shortcuts in lists",
        "and so on and on about lists",
    );
    for pull in [0.0, 1.2, 90.0] {
        let found = profiles.rank(&asked, pull, 9);
        assert!(found.iter().any(|ranked| ranked.idea == 0), "{found:?}");
    }
}

#[test]
fn a_title_that_names_nothing_asks_with_the_text() {
    let profiles = profiles(&["keyboard shortcuts", "printing layout"]);
    let body = "keyboard shortcuts, please";
    let named = profiles.rank(&asked("keyboard shortcuts", body), 0.0, 1);
    let unnamed = profiles.rank(&asked("Feature request", body), 0.0, 1);
    assert_eq!((unnamed[0].idea, named[0].idea), (0, 0));
    assert!((unnamed[0].score - named[0].score).abs() < 1e-9);
    assert!((unnamed[0].fit - named[0].fit).abs() < 1e-9);
}

#[test]
fn of_two_that_fit_alike_the_older_is_first_wherever_they_are_kept() {
    let words = bag("dark mode");
    let mut moved = Profiles::default();
    for idea in [1, 2, 3] {
        moved.set(idea, counts(&words), 7);
    }
    moved.remove(1);
    moved.set(4, counts(&words), 7);
    assert_eq!(ranked(&moved, "dark mode", ""), [2, 3, 4]);
}

proptest! {
    #[test]
    fn what_was_changed_step_by_step_ranks_like_what_was_made_at_once(
        steps in prop::collection::vec((0..6i64, "[abcde ]{0,12}", any::<bool>()), 0..30),
        title in "[abcde ]{0,8}",
    ) {
        let texts = |text: &str| text.replace(['a', 'b', 'c', 'd', 'e'], " word$0 ");
        let mut changed = Profiles::default();
        let mut last: std::collections::BTreeMap<i64, String> = Default::default();
        for (idea, text, stays) in steps {
            if stays {
                changed.set(idea, counts(&bag(&texts(&text))), idea);
                last.insert(idea, texts(&text));
            } else {
                changed.remove(idea);
                last.remove(&idea);
            }
        }
        let mut made = Profiles::default();
        for (idea, text) in &last {
            made.set(*idea, counts(&bag(text)), *idea);
        }
        prop_assert_eq!(changed.len(), made.len());
        let asked = asked(&texts(&title), "");
        let score = |profiles: &Profiles| {
            let mut all: Vec<(i64, i64)> = profiles
                .rank(&asked, 0.5, 9)
                .iter()
                .map(|ranked| (ranked.idea, (ranked.score * 1e9) as i64))
                .collect();
            all.sort_unstable();
            all
        };
        prop_assert_eq!(score(&changed), score(&made));
    }
}
