//! What suggestions learn from, and forget: through the door, as the console asks.

use std::ops::ControlFlow;
use std::path::Path;

use intake::domain::deed::{
    AreaEdit, Deed, FeedbackEdit, IdeaEdit, IdeaTarget, NewFeedback, NewIdea, PersonEdit, Reversal,
};
use intake::domain::entity::{Entity, Thing};
use intake::domain::hints::{Hints, Kinship, OwnerReason, Reason};
use intake::domain::id::{FeedbackId, IdeaId};
use intake::domain::listing::Anchor;
use intake::domain::people::Handle;
use intake::query::parse;
use intake::workspace::{Opening, Workspace};

mod same;
mod ties;

fn open(folder: &Path) -> Workspace {
    Workspace::open(&folder.join("world.db"), Opening::default()).expect("a workspace")
}

/// A workspace in a folder of its own, which goes away with it.
fn fresh() -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().expect("a folder");
    let here = open(folder.path());
    (folder, here)
}

fn made(workspace: &mut Workspace, deed: Deed, entity: Entity) -> Thing {
    let outcome = workspace.commit(&deed).expect("done");
    let thing = outcome
        .made
        .into_iter()
        .find(|thing| thing.entity == entity);
    thing.expect("made")
}

fn feedback(workspace: &mut Workspace, title: &str) -> FeedbackId {
    let new = NewFeedback {
        title: title.to_owned(),
        ..NewFeedback::default()
    };
    let deed = Deed::AddFeedback(Box::new(new));
    FeedbackId(made(workspace, deed, Entity::Feedback).id)
}

fn idea(workspace: &mut Workspace, title: &str) -> IdeaId {
    let new = NewIdea {
        title: title.to_owned(),
        ..NewIdea::default()
    };
    IdeaId(made(workspace, Deed::CreateIdea(Box::new(new)), Entity::Idea).id)
}

fn link(feedback: FeedbackId, idea: IdeaId) -> Deed {
    Deed::Link {
        feedback: vec![feedback],
        idea: IdeaTarget::Existing(idea),
        quote: None,
    }
}

fn titles(workspace: &Workspace, feedback: FeedbackId) -> Vec<String> {
    let found = workspace.suggestions(feedback, 9).expect("suggestions");
    found.into_iter().map(|s| s.idea.title).collect()
}

#[test]
fn a_link_is_learned_from_at_once_and_forgotten_when_it_is_taken_back() {
    let (_folder, mut here) = fresh();
    let export = idea(&mut here, "Export boards");
    idea(&mut here, "Dark mode");
    let one = feedback(&mut here, "Hand everything to our auditors");
    let other = feedback(&mut here, "The auditors want everything");
    assert!(titles(&here, other).is_empty());

    here.commit(&link(one, export)).expect("linked");
    assert_eq!(titles(&here, other), ["Export boards"]);
    here.reverse(Reversal::Newest).expect("undone");
    assert!(titles(&here, other).is_empty());
    here.reverse(Reversal::LastUndone).expect("redone");
    assert_eq!(titles(&here, other), ["Export boards"]);
    let unlink = Deed::Unlink {
        feedback: vec![one],
        idea: export,
    };
    here.commit(&unlink).expect("unlinked");
    assert!(titles(&here, other).is_empty());
}

#[test]
fn what_another_window_links_is_learned_from() {
    let (folder, mut here) = fresh();
    let export = idea(&mut here, "Export boards");
    let one = feedback(&mut here, "Hand everything to our auditors");
    let other = feedback(&mut here, "The auditors want everything");
    assert!(titles(&here, other).is_empty());
    let mut there = open(folder.path());
    there.commit(&link(one, export)).expect("linked");
    assert_eq!(titles(&here, other), ["Export boards"]);
}

#[test]
fn what_is_merged_edited_or_told_anew_is_learned_by_the_next_suggestion() {
    let (folder, mut here) = fresh();
    let export = idea(&mut here, "Export boards");
    let reports = idea(&mut here, "Quarterly reports");
    let one = feedback(&mut here, "Hand everything to our auditors");
    let other = feedback(&mut here, "The auditors want everything");
    assert!(titles(&here, other).is_empty());
    here.commit(&link(one, export)).expect("linked");

    let merge = Deed::MergeIdeas {
        from: export,
        into: reports,
    };
    here.commit(&merge).expect("merged");
    assert_eq!(titles(&here, other), ["Quarterly reports"]);
    here.reverse(Reversal::Newest).expect("undone");
    assert_eq!(titles(&here, other), ["Export boards"]);

    let edit = Deed::EditIdeas {
        ideas: vec![reports],
        edits: vec![IdeaEdit::Title("Auditors want everything".to_owned())],
    };
    let mut there = open(folder.path());
    there.commit(&edit).expect("edited");
    assert_eq!(titles(&here, other)[0], "Auditors want everything");
    there.reverse(Reversal::Newest).expect("undone");
    assert_eq!(titles(&here, other), ["Export boards"]);

    let revise = Deed::Revise {
        feedback: one,
        title: "Dark mode".to_owned(),
        body: String::new(),
    };
    here.commit(&revise).expect("revised");
    assert!(titles(&here, other).is_empty());
}

#[test]
fn an_empty_workspace_and_hostile_texts_are_answered() {
    let (_folder, mut here) = fresh();
    assert!(here.prepare().expect("ready"));
    let hostile = [
        "\u{1b}[2J\u{202e}board\0 board",
        "\" OR 1=1 -- board* NEAR(board)",
        "ボードボードボード 🏳️‍🌈🏳️‍🌈",
        &"board ".repeat(10_000),
        &"b".repeat(100_000),
        "e\u{301}\u{301}\u{301}\u{301}",
    ];
    let asked = hostile.map(|text| feedback(&mut here, text));
    for feedback in asked {
        assert!(titles(&here, feedback).is_empty());
        assert_eq!(here.hints(feedback).expect("hints"), Hints::default());
    }
    let board = idea(&mut here, hostile[0]);
    here.commit(&link(asked[3], board)).expect("linked");
    for feedback in asked {
        let found = here.suggestions(feedback, 9).expect("suggestions");
        assert!(found.iter().all(|found| (0.0..=1.0).contains(&found.score)));
        here.reason(feedback, board).expect("a reason");
        here.hints(feedback).expect("hints");
    }
    let nobody = FeedbackId(uuid::Uuid::nil());
    assert!(titles(&here, nobody).is_empty());
    assert_eq!(here.hints(nobody).expect("hints"), Hints::default());
    assert_eq!(
        here.reason(nobody, board).expect("a reason"),
        Reason::default()
    );
}

#[test]
fn a_link_that_is_not_made_teaches_nothing() {
    let (folder, mut here) = fresh();
    let [board, other] = ["Export boards", "Board colours"].map(|title| idea(&mut here, title));
    let one = feedback(&mut here, "Boards");
    here.commit(&link(one, board)).expect("linked");
    assert!(here.prepare().expect("ready"));
    let stored = rusqlite::Connection::open(folder.path().join("world.db")).expect("SQLite");
    let habit = |here: &mut Workspace| -> String {
        while here.tidy().expect("an idle moment") {}
        let sql = "SELECT value FROM setting WHERE name = 'link habit'";
        let habit = stored.query_row(sql, [], |row| row.get(0));
        habit.expect("a habit")
    };
    here.commit(&link(one, other)).expect("linked");
    let before = habit(&mut here);
    for _ in 0..20 {
        let again = here.commit(&link(one, other)).expect("nothing to do");
        assert_eq!(again.action, None);
    }
    let nobody = FeedbackId(uuid::Uuid::nil());
    here.commit(&link(nobody, other))
        .expect_err("nothing of that name");
    assert_eq!(habit(&mut here), before);
}

#[test]
fn the_words_shared_and_the_linked_items_like_it_are_told_on_demand() {
    let (_folder, mut here) = fresh();
    let export = idea(&mut here, "Exporting a board for an auditor");
    idea(&mut here, "Dark mode");
    let one = feedback(&mut here, "Our auditors need the boards exported");
    let found = here.suggestions(one, 9).expect("suggestions");
    assert_eq!(found[0].idea.id, export);
    assert!(!found[0].linked);
    for title in [
        "An export for auditors",
        "A board, exported",
        "Only a board",
        "Nothing of it",
    ] {
        let linked = feedback(&mut here, title);
        here.commit(&link(linked, export)).expect("linked");
    }
    here.commit(&link(one, export)).expect("linked");
    assert!(here.suggestions(one, 9).expect("suggestions")[0].linked);
    let mut reason = here.reason(one, export).expect("a reason");
    assert_eq!(
        reason.items, 2,
        "one word is chance, and itself does not count"
    );
    reason.words.sort();
    assert_eq!(reason.words, ["auditors", "boards", "exported"]);
}

/// A colleague.
fn person(workspace: &mut Workspace, handle: &str) -> Handle {
    let handle = Handle::parse(handle).expect("a handle");
    let deed = Deed::SavePerson {
        handle: handle.clone(),
        edit: PersonEdit::default(),
    };
    workspace.commit(&deed).expect("saved");
    handle
}

/// A feedback of a company or by a reporter.
fn told(
    workspace: &mut Workspace,
    (title, body): (&str, &str),
    company: Option<&str>,
    reporter: Option<&str>,
) -> FeedbackId {
    let company = company.map(|name| FeedbackEdit::Company(Some(name.to_owned())));
    let reporter = reporter.and_then(|reporter| Handle::parse(reporter).ok());
    let reporter = reporter.map(|reporter| FeedbackEdit::Reporter(Some(reporter)));
    let new = NewFeedback {
        title: title.to_owned(),
        body: body.to_owned(),
        edits: company.into_iter().chain(reporter).collect(),
        ..NewFeedback::default()
    };
    let deed = Deed::AddFeedback(Box::new(new));
    FeedbackId(made(workspace, deed, Entity::Feedback).id)
}

#[test]
fn the_same_wish_of_the_same_company_is_found_and_not_that_of_another() {
    let (_folder, mut here) = fresh();
    let wish = (
        "Export a board for our auditors",
        "They need a file with every card and its history.",
    );
    let again = (
        "Exporting boards for the auditors",
        "Please: one file with all cards and the history of each.",
    );
    let first = told(&mut here, wish, Some("Globex"), None);
    told(&mut here, ("Dark mode", "It glares."), Some("Globex"), None);
    told(&mut here, wish, Some("Initech"), None);
    let second = told(&mut here, again, Some("Globex"), None);
    let same = |here: &Workspace| here.hints(second).expect("hints").same;
    let found = same(&here);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].row.id, found[0].by), (first, Kinship::Company));

    let duplicate = Deed::Duplicate {
        feedback: vec![second],
        of: first,
    };
    here.commit(&duplicate).expect("marked");
    assert!(same(&here).is_empty(), "what is known needs no hint");
    here.reverse(Reversal::Newest).expect("undone");
    assert_eq!(same(&here).len(), 1);
}

#[test]
fn an_original_that_nobody_asked_for_by_a_word_has_more_than_one_in_common() {
    let (_folder, mut here) = fresh();
    let away = ("Out of office", "For anything urgent please write to Dana.");
    let away = told(&mut here, away, Some("Initech"), None);
    let boards = feedback(&mut here, "Every board as a file for the auditors");
    let urgent = ("Urgent", "The export stopped working.");
    let urgent = told(&mut here, urgent, Some("Globex"), None);
    let title = "A board for the auditors of the quarterly accounts, urgent";
    let wish = feedback(&mut here, title);
    let find = |words: &str, of, typed| {
        let found = here.find(words, of, typed, 50).expect("feedback");
        found.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(find("Urgent", urgent, false), []);
    assert_eq!(find(title, wish, false), [boards]);
    // Whoever types the word means it.
    let typed = find("urgent", urgent, true);
    assert!(typed.contains(&away) && typed.contains(&wish));
}

#[test]
fn the_same_text_of_the_same_reporter_is_found_and_other_words_of_theirs_are_not() {
    let (_folder, mut here) = fresh();
    person(&mut here, "@dana");
    let wish = ("Export a board", "They need a file with every card.");
    let first = told(&mut here, wish, Some("Globex"), Some("@dana"));
    told(
        &mut here,
        ("Export a list", "A file, too."),
        None,
        Some("@dana"),
    );
    let second = told(&mut here, wish, None, Some("@dana"));
    let found = here.hints(second).expect("hints").same;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].row.id, found[0].by), (first, Kinship::Reporter));
}

#[test]
fn whoever_owns_what_is_like_it_is_the_likely_owner_until_somebody_is() {
    let (_folder, mut here) = fresh();
    let omar = person(&mut here, "@omar");
    let export = idea(&mut here, "Export boards for auditors");
    let own = Deed::EditIdeas {
        ideas: vec![export],
        edits: vec![IdeaEdit::Owner(Some(omar.clone()))],
    };
    here.commit(&own).expect("owned");
    let one = feedback(&mut here, "Auditors want an export of boards");
    let likely = here.hints(one).expect("hints").owner.expect("an owner");
    assert_eq!(
        (likely.owner, likely.why),
        (omar.clone(), OwnerReason::Items(1))
    );
    let stranger = feedback(&mut here, "It glares at night");
    assert_eq!(here.hints(stranger).expect("hints").owner, None);
    let assign = Deed::Assign {
        feedback: vec![one],
        owner: Some(omar),
    };
    here.commit(&assign).expect("assigned");
    assert_eq!(here.hints(one).expect("hints").owner, None);
}

#[test]
fn whoever_got_similar_items_is_the_likely_owner_though_there_is_no_idea() {
    let (_folder, mut here) = fresh();
    let omar = person(&mut here, "@omar");
    let lin = person(&mut here, "@lin");
    let items = [
        ("Invoice totals are wrong in euro", &omar),
        ("Totals of an invoice in euro are wrong", &omar),
        ("Wrong wheels on the invoice trolley of the caretaker", &lin),
    ];
    for (title, owner) in items {
        let item = feedback(&mut here, title);
        let assign = Deed::Assign {
            feedback: vec![item],
            owner: Some(owner.clone()),
        };
        here.commit(&assign).expect("assigned");
    }
    let next = feedback(&mut here, "The invoice says wrong totals, in euro");
    let likely = here.hints(next).expect("hints").owner.expect("an owner");
    assert_eq!((likely.owner, likely.why), (omar, OwnerReason::Items(2)));
    let stranger = feedback(&mut here, "Dark mode");
    assert_eq!(here.hints(stranger).expect("hints").owner, None);
}

#[test]
fn while_one_window_writes_another_is_answered_and_in_the_end_all_know_the_same() {
    const ROUNDS: usize = 60;
    let words = [
        "export", "boards", "night", "theme", "audit", "quarter", "guests", "billing",
    ];
    let title = |number: usize| {
        let word = |step: usize| words[(number * step + step) % words.len()];
        format!("{} {} {}", word(1), word(3), word(5))
    };
    let (folder, mut here) = fresh();
    let ideas: Vec<IdeaId> = (0..8).map(|n| idea(&mut here, words[n])).collect();
    let items: Vec<FeedbackId> = (0..24).map(|n| feedback(&mut here, &title(n))).collect();
    let mut there = open(folder.path());
    let write = |round: usize, there: &mut Workspace| {
        let (item, idea) = (items[round % items.len()], ideas[round * 3 % ideas.len()]);
        let deed = match round % 5 {
            0 => Deed::EditIdeas {
                ideas: vec![idea],
                edits: vec![IdeaEdit::Title(title(round))],
            },
            1 => Deed::Revise {
                feedback: item,
                title: title(round + 7),
                body: format!("{} once more", title(round)),
            },
            _ => link(item, idea),
        };
        there.commit(&deed).expect("done");
        if round.is_multiple_of(7) {
            there.reverse(Reversal::Newest).expect("undone");
        }
    };
    let export = parse("export").expect("a filter");
    std::thread::scope(|scope| {
        let there = &mut there;
        let writing = scope.spawn(move || (0..ROUNDS).for_each(|round| write(round, there)));
        // The ideas lag behind as the other window leaves them; now and then they are brought up to date from here.
        let mut asked = 0;
        while !writing.is_finished() || asked < items.len() {
            let item = items[asked % items.len()];
            here.suggestions(item, 9).expect("suggestions");
            here.hints(item).expect("hints");
            let found = here.inbox(&export, &Anchor::Start, 50).expect("a search");
            assert!(found.rows.len() <= items.len());
            if asked % 3 == 0 {
                here.tidy().expect("an idle moment");
            }
            asked += 1;
        }
        writing.join().expect("all is written");
    });
    let known = |workspace: &Workspace| {
        let pairs = items
            .iter()
            .flat_map(|item| ideas.iter().map(move |idea| (item, idea)));
        let reasons = pairs.map(|(item, idea)| workspace.reason(*item, *idea).expect("a reason"));
        let found = workspace
            .inbox(&export, &Anchor::Start, 50)
            .expect("a search");
        let found: Vec<FeedbackId> = found.rows.iter().map(|row| row.id).collect();
        (reasons.collect::<Vec<Reason>>(), found)
    };
    let before = known(&here);
    assert!(before.0.iter().any(|reason| reason.items > 0) && !before.1.is_empty());
    assert!(known(&there) == before);
    assert!(known(&open(folder.path())) == before);
    while here.tidy().expect("an idle moment") {}
    assert!(known(&there) == before);
    here.rebuild().expect("all is computed anew");
    assert!(known(&here) == before && known(&there) == before);
    let disagreements = here.disagreements(|_, _| ControlFlow::Continue(()));
    assert_eq!(disagreements.expect("a look"), [""; 0]);
}
