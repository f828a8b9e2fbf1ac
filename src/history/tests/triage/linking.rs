//! Linking feedback to ideas.

use super::*;

#[test]
fn of_several_those_that_were_linked_already_are_counted() {
    let mut world = World::new();
    let idea = world.idea("Themes");
    let [one, two, three, four] =
        ["Dark mode", "Night mode", "Glare", "Black"].map(|title| world.feedback(title));
    let all = |feedback: &[FeedbackId]| Deed::Link {
        feedback: feedback.to_vec(),
        idea: IdeaTarget::Existing(idea),
        quote: None,
    };
    world.done(link(one, idea));
    for (feedback, words) in [
        (
            vec![one, two, three],
            "linked 2 feedback to “Themes”, 1 was linked already",
        ),
        (
            vec![one, two, four, one],
            "linked “Black” to “Themes”, 2 were linked already",
        ),
        (vec![one, two], "already linked to “Themes”"),
    ] {
        assert_eq!(world.done(all(&feedback)).words, words);
    }
    assert_eq!(world.live(Entity::Insight).len(), 4);
}

#[test]
fn linking_twice_makes_one_link_and_processes_nothing() {
    let mut world = World::new();
    let (feedback, idea) = (world.feedback("Dark mode"), world.idea("Themes"));
    let rate = |importance| Deed::SetImportance {
        feedback: vec![feedback],
        importance,
    };
    world.done(rate(Some(Importance::Critical)));
    let outcome = world.done(link(feedback, idea));
    assert_eq!(outcome.words, "linked to “Themes”");
    let insight = insight_key(feedback.0, idea.0);
    assert_eq!(
        world.number(Entity::Insight, insight, "importance"),
        Some(3)
    );
    let again = world.done(link(feedback, idea));
    assert_eq!(
        (again.action, again.words.as_str()),
        (None, "already linked to “Themes”")
    );
    assert_eq!(world.live(Entity::Insight).len(), 1);
    assert_eq!(world.number(Entity::Feedback, feedback, "state"), Some(0));
    // The link follows the feedback as long as it carries its value.
    world.done(rate(Some(Importance::Important)));
    assert_eq!(
        world.number(Entity::Insight, insight, "importance"),
        Some(2)
    );
    world.done(Deed::Unlink {
        feedback: vec![feedback],
        idea,
    });
    assert!(world.live(Entity::Insight).is_empty());
    world.done(rate(None));
    world.done(link(feedback, idea));
    assert_eq!(
        world.get(Entity::Insight, insight, "importance"),
        Value::Null
    );
}

#[test]
fn a_link_can_make_its_idea_and_carry_a_quote() {
    let mut world = World::new();
    let feedback = world.feedback("Dark mode");
    let Value::Content(revision) = world.get(Entity::Feedback, feedback, "content") else {
        panic!("a text");
    };
    let quoted = |start, end| Deed::Link {
        feedback: vec![feedback],
        idea: IdeaTarget::New("  Themes ".to_owned()),
        quote: Some(Quote {
            revision: ContentId(revision),
            start,
            end,
        }),
    };
    let outcome = world.done(quoted(0, 9));
    assert_eq!(outcome.words, "created “Themes” and linked to it");
    let idea = outcome.first(Entity::Idea).expect("made");
    let insight = insight_key(feedback.0, idea);
    assert_eq!(world.number(Entity::Insight, insight, "quote_end"), Some(9));
    for (start, end) in [(3, 3), (5, 2), (0, 999)] {
        assert!(world.refused(quoted(start, end)).contains("passage"));
    }
    let two = world.feedback("Light mode");
    assert!(
        world
            .refused(Deed::Link {
                feedback: vec![feedback, two],
                idea: IdeaTarget::Existing(IdeaId(idea)),
                quote: Some(Quote {
                    revision: ContentId(revision),
                    start: 0,
                    end: 2
                }),
            })
            .contains("one feedback")
    );
}
