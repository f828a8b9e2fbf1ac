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
fn the_same_text_is_the_same_whosever_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut here = open(folder.path());
    let wish = (
        "Export a board",
        "Our auditors need a file with every card.",
    );
    let first = told(&mut here, wish, Some("Globex"), None);
    told(&mut here, ("Export a board", "As a file."), None, None);
    let stranger = told(&mut here, wish, None, None);
    let of_another = told(&mut here, wish, Some("Initech"), None);
    let found = |here: &Workspace, of| {
        let same = here.hints(of).expect("hints").same;
        same.into_iter()
            .map(|it| (it.row.id, it.to_string()))
            .collect::<Vec<_>>()
    };
    let text = |id| (id, "the same text".to_owned());
    assert_eq!(found(&here, of_another), [text(stranger), text(first)]);
    assert_eq!(found(&here, first).len(), 2);
    // Whoever has something else in common as well is told by that.
    let again = told(&mut here, wish, Some("Globex"), None);
    let mut same = found(&here, again);
    assert_eq!(same.remove(0).0, first);
    assert_eq!(same, [text(of_another), text(stranger)]);
    let duplicate = Deed::Duplicate {
        feedback: vec![of_another],
        of: stranger,
    };
    here.commit(&duplicate).expect("marked");
    assert_eq!(found(&here, of_another), found(&here, stranger));
}

#[test]
fn the_likest_original_is_offered_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut here = open(folder.path());
    let like = feedback(&mut here, "Boards as files, for the auditors");
    let noise =
        "frame stack heap thread board file auditors memory dump register module ".repeat(9);
    let dump = ("Crash while the auditors export a board", noise.as_str());
    let dump = told(&mut here, dump, None, None);
    let title = "Auditors: export every board as a file";
    let wish = feedback(&mut here, title);
    let found = here.find(title, wish, false, 50).expect("feedback");
    let found: Vec<FeedbackId> = found.into_iter().map(|row| row.id).collect();
    assert_eq!(found, [like, dump]);
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
