//! Links: a digit, the picker, a passage as the quote, and taking one away.

use super::*;
use crate::app::state::Selection;
use crate::domain::deed::IdeaTarget;
use crate::domain::feedback::{FeedbackLink, Quote};
use crate::domain::id::InsightId;

pub(super) fn link(feedback: &[u128], idea: IdeaTarget, quote: Option<Quote>) -> Deed {
    Deed::Link {
        feedback: feedback.iter().map(|number| feedback_id(*number)).collect(),
        idea,
        quote,
    }
}

#[test]
fn a_digit_links_to_the_number_that_is_drawn() {
    let mut state = world();
    let effects = keys(&mut state, "2");
    assert_eq!(
        deed(&effects),
        link(&[1], IdeaTarget::Existing(idea_id(2)), None)
    );
    let mut state = world();
    assert_eq!(keys(&mut state, "3"), []);
    assert!(
        state
            .notice
            .is_some_and(|notice| notice.words.contains("no number 3"))
    );
}

#[test]
fn a_digit_on_what_is_linked_already_does_nothing() {
    let mut state = world();
    if let Some(hand) = &mut state.hand {
        hand.suggestions[0].linked = true;
    }
    assert_eq!(keys(&mut state, "1"), []);
    assert!(
        state
            .notice
            .is_some_and(|notice| notice.words.starts_with("already linked"))
    );
}

#[test]
fn with_marks_one_deed_links_all() {
    let mut state = marked();
    let effects = keys(&mut state, "1");
    assert_eq!(
        deed(&effects),
        link(&[1, 2], IdeaTarget::Existing(idea_id(1)), None)
    );
}

#[test]
fn the_picker_links_to_any_idea_or_makes_one() {
    let mut state = world();
    keys(&mut state, "i");
    assert_eq!(
        labels(&state),
        [
            "Export a board as PDF",
            "Compliance export",
            "Scheduled reports",
            "Blinking text"
        ],
        "ranked ones first, then by demand"
    );
    typed(&mut state, "sched");
    assert_eq!(labels(&state), ["Scheduled reports", "create “sched”"]);
    assert_eq!(
        deed(&keys(&mut state, "Enter")),
        link(&[1], IdeaTarget::Existing(idea_id(4)), None)
    );

    let mut state = world();
    keys(&mut state, "i");
    typed(&mut state, "Hand it over");
    let effects = keys(&mut state, "↑ Enter");
    assert_eq!(
        deed(&effects),
        link(&[1], IdeaTarget::New("Hand it over".into()), None)
    );
    assert!(state.overlays.is_empty());
}

#[test]
fn a_selected_passage_becomes_the_quote() {
    let start = BODY.find("We would").expect("there");
    let quoted = |selection: Selection| {
        let mut state = world();
        state.focus = Pane::Feedback;
        if let Some(hand) = &mut state.hand {
            hand.selection = Some(selection);
        }
        let effects = keys(&mut state, "1");
        assert_eq!(state.hand.as_ref().and_then(|hand| hand.selection), None);
        match deed(&effects) {
            Deed::Link { quote, .. } => quote,
            other => panic!("{other:?}"),
        }
    };
    let quote = Quote {
        revision: ContentId(Uuid::from_u128(7)),
        start,
        end: BODY.len(),
    };
    let whole = Selection {
        anchor: BODY.len(),
        head: start - 1,
        active: true,
    };
    assert_eq!(
        quoted(whole),
        Some(quote),
        "backwards, and without the blank before it"
    );
    let mut state = world();
    state.focus = Pane::Feedback;
    if let Some(hand) = &mut state.hand {
        hand.selection = Some(whole);
    }
    let selection = |state: &State| state.hand.as_ref().and_then(|hand| hand.selection);
    keys(&mut state, "i Esc");
    assert_eq!(
        selection(&state),
        Some(whole),
        "a picker that is left takes nothing away"
    );
    keys(&mut state, "i Enter");
    assert_eq!(selection(&state), None);
    assert_eq!(
        quoted(Selection {
            active: false,
            ..whole
        }),
        None,
        "a cursor in the text is no passage"
    );
}

#[test]
fn unlinking_asks_only_when_there_are_several() {
    let linked = |ideas: &[u128]| {
        let mut state = world();
        if let Some(detail) = state.hand.as_mut().and_then(|hand| hand.detail.as_mut()) {
            detail.links = ideas
                .iter()
                .map(|number| FeedbackLink {
                    id: InsightId(Uuid::from_u128(*number)),
                    idea: idea_id(*number),
                    title: format!("Idea {number}"),
                    status: Status::New,
                    release: None,
                    quote: None,
                })
                .collect();
        }
        let effects = keys(&mut state, "-");
        (state, effects)
    };
    let unlink = Deed::Unlink {
        feedback: vec![feedback_id(1)],
        idea: idea_id(1),
    };
    assert_eq!(deed(&linked(&[1]).1), unlink);
    let (mut state, effects) = linked(&[2, 1]);
    assert_eq!(effects, []);
    assert_eq!(deed(&keys(&mut state, "↓ Enter")), unlink);

    let mut state = marked();
    let effects = keys(&mut state, "-");
    let effects = tell(&mut state, &effects, vec![facts(1, &[1]), facts(2, &[1])]);
    assert_eq!(
        deed(&effects),
        Deed::Unlink {
            feedback: vec![feedback_id(1), feedback_id(2)],
            idea: idea_id(1),
        },
        "one idea is common to both",
    );
}
