//! What suggestions learn from, and forget: through the door, as the console asks.

use std::path::Path;

use intake::domain::deed::{Deed, IdeaTarget, NewFeedback, NewIdea, Reversal};
use intake::domain::entity::{Entity, Thing};
use intake::domain::id::{FeedbackId, IdeaId};
use intake::workspace::{Opening, Workspace};

fn open(folder: &Path) -> Workspace {
    Workspace::open(&folder.join("world.db"), Opening::default()).expect("a workspace")
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
    let folder = tempfile::tempdir().expect("a folder");
    let mut here = open(folder.path());
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
    let folder = tempfile::tempdir().expect("a folder");
    let mut here = open(folder.path());
    let export = idea(&mut here, "Export boards");
    let one = feedback(&mut here, "Hand everything to our auditors");
    let other = feedback(&mut here, "The auditors want everything");
    assert!(titles(&here, other).is_empty());
    let mut there = open(folder.path());
    there.commit(&link(one, export)).expect("linked");
    assert_eq!(titles(&here, other), ["Export boards"]);
}

#[test]
fn the_words_shared_are_told_as_the_feedback_says_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut here = open(folder.path());
    let export = idea(&mut here, "Exporting a board for an auditor");
    idea(&mut here, "Dark mode");
    let one = feedback(&mut here, "Our auditors need the boards exported");
    let found = here.suggestions(one, 9).expect("suggestions");
    assert_eq!(found[0].idea.id, export);
    let mut shared = found[0].shared.clone();
    shared.sort();
    assert_eq!(shared, ["auditors", "boards", "exported"]);
    assert!(!found[0].linked);
    here.commit(&link(one, export)).expect("linked");
    assert!(here.suggestions(one, 9).expect("suggestions")[0].linked);
}
