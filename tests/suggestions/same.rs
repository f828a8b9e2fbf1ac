//! What is probably the same item, and what a link tells about the feedback that is linked.

use super::*;

#[test]
fn what_everybody_writes_makes_nothing_the_same_though_there_is_no_idea_to_tell_by() {
    let (_folder, mut here) = fresh();
    let mut tell = |about: &str| {
        let title = format!("Trouble with the mobile app: {about}");
        told(&mut here, (&title, ""), Some("Globex"), None)
    };
    let first = tell("printing in landscape");
    for number in 0..40 {
        tell(&format!("matter{}", char::from(b'a' + number % 26)).repeat(2));
    }
    let (again, other) = (tell("landscape printing"), tell("scanning"));
    let found = here.hints(again).expect("hints").same;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].row.id, first);
    let words = [found[0].words[0].as_str(), found[0].words[1].as_str()];
    assert_eq!(words, ["landscape", "printing"]);
    assert_eq!(here.hints(other).expect("hints").same, []);
}

#[test]
fn one_word_in_common_makes_nothing_the_same_but_the_same_text_is() {
    let (_folder, mut here) = fresh();
    let mut tell = |title: &str| told(&mut here, (title, ""), Some("Globex"), None);
    let printer = tell("Printer");
    tell("Where am I able to use the card?");
    let others = [
        tell("Printers"),
        tell("How do I know why my card isn't working?"),
    ];
    let again = tell("printer!");
    for other in others {
        assert_eq!(here.hints(other).expect("hints").same, []);
    }
    let found = here.hints(again).expect("hints").same;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (found[0].row.id, &*found[0].words),
        (printer, &["printer".to_owned()][..])
    );
}

#[test]
fn a_wrong_link_does_not_prove_itself_right() {
    let (_folder, mut here) = fresh();
    let dark = idea(&mut here, "Dark mode");
    idea(&mut here, "Export boards as PDF");
    let wish = feedback(&mut here, "Hand each board to our auditors as PDF");
    let before = titles(&here, wish);
    assert_eq!(before, ["Export boards as PDF"]);
    here.commit(&link(wish, dark)).expect("linked");
    assert_eq!(titles(&here, wish), before);
    let reason = here.reason(wish, dark).expect("a reason");
    assert_eq!(reason, Reason::default());
    // What somebody else asks for there is a reason.
    let other = feedback(&mut here, "Boards for the auditors");
    here.commit(&link(other, dark)).expect("linked");
    let reason = here.reason(wish, dark).expect("a reason");
    assert_eq!(reason.items, 1);
    assert_eq!(titles(&here, wish).len(), 2);
}
