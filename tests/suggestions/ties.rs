//! What a feedback and an idea have in common beside their words.

use super::*;

#[test]
fn of_ideas_that_fit_alike_the_one_comes_first_that_the_company_asked_for_before() {
    let (_folder, mut here) = fresh();
    let pdf = idea(&mut here, "Export boards as PDF");
    let csv = idea(&mut here, "Export boards as CSV");
    let paper = told(&mut here, ("Paper", ""), Some("Globex"), None);
    let sheets = told(&mut here, ("Sheets", ""), Some("Acme"), None);
    for (wish, idea) in [(paper, pdf), (sheets, csv)] {
        here.commit(&link(wish, idea)).expect("linked");
    }
    let first = |here: &Workspace, of: FeedbackId| {
        let found = here.suggestions(of, 9).expect("suggestions");
        assert_eq!(found.len(), 2, "a hint hides nothing");
        let is_known = here.reason(of, found[0].idea.id).expect("a reason").company;
        (found[0].idea.id, is_known)
    };
    let wish = ("Export boards", "");
    let [acme, globex, hooli] =
        ["Acme", "Globex", "Hooli"].map(|company| told(&mut here, wish, Some(company), None));
    assert_eq!(first(&here, acme), (csv, true));
    assert_eq!(first(&here, globex), (pdf, true));
    assert!(!first(&here, hooli).1);
    let unlink = Deed::Unlink {
        feedback: vec![sheets],
        idea: csv,
    };
    here.commit(&unlink).expect("unlinked");
    let forgotten = here.reason(acme, csv).expect("a reason");
    assert!(!forgotten.company, "it is forgotten at once");
    here.reverse(Reversal::Newest).expect("undone");
    assert_eq!(first(&here, acme), (csv, true));
}

#[test]
fn an_idea_of_another_area_comes_behind_one_that_fits_alike() {
    let (_folder, mut here) = fresh();
    let areas = ["Boards", "Billing"];
    let ideas = areas.map(|area| {
        let save = Deed::SaveArea {
            name: area.to_owned(),
            edit: AreaEdit::default(),
        };
        here.commit(&save).expect("an area");
        let idea = idea(&mut here, "Export as PDF");
        let edit = Deed::EditIdeas {
            ideas: vec![idea],
            edits: vec![IdeaEdit::Area(Some(area.to_owned()))],
        };
        here.commit(&edit).expect("edited");
        idea
    });
    let wish = feedback(&mut here, "PDF export");
    for (area, idea) in areas.into_iter().zip(ideas) {
        let edit = Deed::EditFeedback {
            feedback: vec![wish],
            edits: vec![FeedbackEdit::Area(Some(area.to_owned()))],
        };
        here.commit(&edit).expect("edited");
        let found = here.suggestions(wish, 9).expect("suggestions");
        assert_eq!((found[0].idea.id, found.len()), (idea, 2));
        assert!(here.reason(wish, idea).expect("a reason").area);
        let other = here.reason(wish, found[1].idea.id).expect("a reason");
        assert!(!other.area);
        assert!(found[0].score >= found[1].score);
    }
}

#[test]
fn a_company_that_is_corrected_in_another_window_asks_for_its_ideas_here_too() {
    let (folder, mut here) = fresh();
    let pdf = idea(&mut here, "Export boards as PDF");
    let csv = idea(&mut here, "Export boards as CSV");
    let paper = told(&mut here, ("Paper", ""), Some("Globex"), None);
    let sheets = told(&mut here, ("Sheets", ""), Some("Hooli"), None);
    for (wish, idea) in [(paper, pdf), (sheets, csv)] {
        here.commit(&link(wish, idea)).expect("linked");
    }
    let acme = told(&mut here, ("Export boards", ""), Some("Acme"), None);
    let mut there = open(folder.path());
    let first = |here: &Workspace| here.suggestions(acme, 9).expect("suggestions")[0].idea.id;
    // Each of the two is the first in turn, so that neither order is by chance.
    for (is, was, idea) in [(sheets, paper, csv), (paper, sheets, pdf)] {
        while here.settle_in().expect("a step") {}
        for (feedback, company) in [(is, "Acme"), (was, "Globex")] {
            let edit = Deed::EditFeedback {
                feedback: vec![feedback],
                edits: vec![FeedbackEdit::Company(Some(company.to_owned()))],
            };
            there.commit(&edit).expect("corrected");
        }
        assert_eq!(first(&here), idea);
        assert!(here.reason(acme, idea).expect("a reason").company);
    }
}
