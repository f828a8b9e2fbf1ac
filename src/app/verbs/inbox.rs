//! Verbs on feedback.

use crate::app::effect::{Effect, Question};
use crate::app::errands::Awaited;
use crate::app::picker::{self, rows};
use crate::app::prompt::{self, told};
use crate::app::state::{Choice, PickerRow, Picking, Purpose, State, Tone, TurnDown};
use crate::app::target;
use crate::domain::answer::AnswerFacts;
use crate::domain::deed::{Deed, IdeaTarget, Subject};
use crate::domain::feedback::{FeedbackDetail, Importance, Quote};
use crate::domain::id::FeedbackId;

use super::{commit, commit_seen};

/// What is known about the feedback in hand, when it alone is acted on.
fn alone(state: &State) -> Option<&FeedbackDetail> {
    if !state.inbox.marks.is_empty() {
        return None;
    }
    let hand = state.hand.as_ref()?;
    let detail = hand.detail.as_deref()?;
    target::feedback(state).contains(&hand.id).then_some(detail)
}

/// The selected passage as a quote, when it alone is acted on and holds more than blanks.
fn quote(state: &State) -> Option<Quote> {
    let detail = alone(state)?;
    let selection = state
        .hand
        .as_ref()?
        .selection
        .filter(|selection| selection.active)?;
    let (start, end) = (
        selection.anchor.min(selection.head),
        selection.anchor.max(selection.head),
    );
    let passage = detail.body.get(start..end)?;
    let start = start + (passage.len() - passage.trim_start().len());
    let passage = passage.trim();
    (!passage.is_empty()).then(|| Quote {
        revision: detail.revision,
        start,
        end: start + passage.len(),
    })
}

/// Ends the selection of a passage, which has become a quote.
fn deselect(state: &mut State) {
    if let Some(hand) = &mut state.hand {
        hand.selection = None;
    }
}

/// A digit: links to the suggestion with that number.
pub fn link_suggestion(state: &mut State, number: u8) -> Vec<Effect> {
    let place = usize::from(number).wrapping_sub(1);
    if place >= target::numbered(state) {
        return state.refuse(
            format!("there is no number {number} on the screen"),
            "i finds an idea by name",
        );
    }
    let Some(suggestion) = state
        .hand
        .as_ref()
        .and_then(|hand| hand.suggestions.get(place))
    else {
        return Vec::new();
    };
    let (idea, title) = (suggestion.idea.id, suggestion.idea.title.clone());
    let linked = suggestion.linked;
    let quote = quote(state);
    if linked && quote.is_none() && alone(state).is_some() {
        state.say(
            Tone::Plain,
            format!("already linked to {title}"),
            "- takes the link away",
        );
        state.idle = true;
        return Vec::new();
    }
    deselect(state);
    let feedback = target::feedback(state);
    commit(
        state,
        Deed::Link {
            feedback,
            idea: IdeaTarget::Existing(idea),
            quote,
        },
    )
}

/// `i`: links to an idea found by a few letters, or to a new one.
pub fn link(state: &mut State) -> Vec<Effect> {
    let quote = quote(state);
    let feedback = target::feedback(state);
    let title = match (feedback.len(), quote.is_some()) {
        (1, false) if target::ranked_for_another(state) => "link the marked one to".to_owned(),
        (1, false) => "link to".to_owned(),
        (1, true) => "link the passage to".to_owned(),
        (count, _) => format!("link {count} marked items to"),
    };
    let all = rows::ideas_by_suggestion(state);
    picker::open(
        state,
        Picking::LinkIdea(feedback, quote),
        title,
        "Enter links · the last row makes a new idea",
        all,
    );
    ideas_if_missing(state)
}

/// Asks for the ideas when they have not come yet.
pub(super) fn ideas_if_missing(state: &mut State) -> Vec<Effect> {
    if state.ideas.loaded {
        Vec::new()
    } else {
        vec![state.ask(Question::Ideas)]
    }
}

/// `-`: takes a link away, at once when there is one.
pub fn unlink(state: &mut State) -> Vec<Effect> {
    let feedback = target::feedback(state);
    if let Some(detail) = alone(state) {
        let own = detail.links.iter();
        let all = rows::links(own.map(|link| (link.idea, link.title.as_str(), link.status)));
        return unlink_from(state, feedback, all);
    }
    hold(
        state,
        Question::Answering(feedback.clone(), None),
        Awaited::Links(feedback),
    )
}

/// The links of several are known.
pub fn unlink_several(
    state: &mut State,
    feedback: Vec<FeedbackId>,
    facts: &[AnswerFacts],
) -> Vec<Effect> {
    let ideas = facts.iter().flat_map(|facts| &facts.ideas);
    let all = rows::links(ideas.map(|idea| (idea.id, idea.title.as_str(), idea.status)));
    unlink_from(state, feedback, all)
}

fn unlink_from(state: &mut State, feedback: Vec<FeedbackId>, all: Vec<PickerRow>) -> Vec<Effect> {
    match all.as_slice() {
        [] => state.refuse("it is linked to no idea", "i links it to one"),
        [
            PickerRow {
                choice: Choice::Idea(idea),
                ..
            },
        ] => commit(
            state,
            Deed::Unlink {
                feedback,
                idea: *idea,
            },
        ),
        _ => {
            picker::open(
                state,
                Picking::Unlink(feedback),
                "take the link away to",
                "Enter unlinks",
                all,
            );
            Vec::new()
        }
    }
}

/// `C`: a new idea from the feedback, titled like it until told otherwise.
pub fn new_idea(state: &mut State) -> Vec<Effect> {
    let quote = quote(state);
    let feedback = target::feedback(state);
    let title = match feedback.len() {
        1 => target::feedback_row(state).map_or_else(String::new, |row| row.title.clone()),
        _ => String::new(),
    };
    prompt::open(state, Purpose::NewIdea(feedback, quote), &title)
}

/// `a`: assigns, with the likely owner filled in.
pub fn assign(state: &mut State) -> Vec<Effect> {
    let likely = alone(state).and_then(|detail| {
        let likely = target::likely_owner(state, &[detail.row.id]);
        let owner = detail.row.owner.as_ref();
        let owner = owner.or(likely.map(|likely| &likely.owner));
        owner.map(ToString::to_string)
    });
    let feedback = target::feedback(state);
    prompt::open(
        state,
        Purpose::Assign(feedback),
        &likely.unwrap_or_default(),
    )
}

/// `A`: assigns to whoever sits here.
pub fn assign_to_me(state: &mut State) -> Vec<Effect> {
    let feedback = target::feedback(state);
    let owner = state.settings.me.clone();
    if owner.is_none() {
        return state.refuse(
            "Intake does not know who you are",
            "set `me` in the configuration",
        );
    }
    let seen = told::owned(state, &feedback);
    commit_seen(state, Deed::Assign { feedback, owner }, seen)
}

/// `I` and a number: how much it matters to that customer.
pub fn set_importance(state: &mut State, importance: Option<Importance>) -> Vec<Effect> {
    let feedback = target::feedback(state);
    commit(
        state,
        Deed::SetImportance {
            feedback,
            importance,
        },
    )
}

/// `e`: opens the answer to the reporter. Nothing is stored before Enter.
pub fn answer(state: &mut State) -> Vec<Effect> {
    let feedback = target::feedback(state);
    answer_these(state, feedback)
}

/// Opens the answers to the reporters of these.
pub fn answer_these(state: &mut State, feedback: Vec<FeedbackId>) -> Vec<Effect> {
    hold(
        state,
        Question::Answering(feedback.clone(), None),
        Awaited::Answers(feedback, None),
    )
}

/// Opens the answers that tell the reporters why not; what is turned down is stored with them.
pub fn answer_to_turn_down(state: &mut State, turns_down: TurnDown) -> Vec<Effect> {
    let feedback = turns_down.feedback.clone();
    let also = match &turns_down.idea {
        IdeaTarget::Existing(idea) => Some(*idea),
        IdeaTarget::New(_) => None,
    };
    hold(
        state,
        Question::Answering(feedback.clone(), also),
        Awaited::Answers(feedback, Some(turns_down)),
    )
}

/// `P`: processed, no answer needed.
pub fn process(state: &mut State) -> Vec<Effect> {
    let feedback = target::feedback(state);
    let seen = told::stood(state, &feedback);
    commit_seen(state, Deed::Process { feedback }, seen)
}

/// `r`: asks the reporter back.
pub fn ask(state: &mut State) -> Vec<Effect> {
    let feedback = target::feedback(state);
    hold(
        state,
        Question::Answering(feedback.clone(), None),
        Awaited::Asking(feedback),
    )
}

/// Asks what an overlay is made from; keys wait for it.
pub(super) fn hold(state: &mut State, question: Question, awaited: Awaited) -> Vec<Effect> {
    let effect = state.await_answer(question, awaited);
    if let Effect::Ask { sequence, .. } = effect {
        state.errands.hold = Some(sequence);
    }
    vec![effect]
}

/// `w`: links to an idea that will not be done; the reason and the answer follow.
pub fn wont_do(state: &mut State) -> Vec<Effect> {
    let feedback = target::feedback(state);
    let all = rows::wont_do(state);
    picker::open(
        state,
        Picking::WontDo(feedback),
        "won't do: which idea?",
        "Enter goes on to the reason, then to the answer",
        all,
    );
    ideas_if_missing(state)
}

/// `m`: marks as the same as another feedback, found by its words.
pub fn duplicate(state: &mut State) -> Vec<Effect> {
    let feedback = target::feedback(state);
    if feedback.is_empty() {
        return Vec::new();
    }
    let probably = rows::same(state, &feedback);
    picker::open(
        state,
        Picking::Duplicate(feedback.clone()),
        "duplicate of",
        "type to search the texts · Enter marks it as the same",
        probably,
    );
    picker::find(state, "", &feedback)
}

/// `s`: hides until a day.
pub fn snooze(state: &mut State) -> Vec<Effect> {
    let feedback = target::feedback(state);
    prompt::open(state, Purpose::Snooze(feedback), "")
}

/// `d`: puts away what is not feedback.
pub fn archive(state: &mut State) -> Vec<Effect> {
    let feedback = target::feedback(state);
    let seen = told::stood(state, &feedback);
    commit_seen(state, Deed::Archive { feedback }, seen)
}

/// `R`: unprocessed again.
pub fn reopen(state: &mut State) -> Vec<Effect> {
    let feedback = target::feedback(state);
    commit(state, Deed::Reopen { feedback })
}

/// `t`: adds and removes tags.
pub fn tags(state: &mut State) -> Vec<Effect> {
    let feedback = target::feedback(state);
    prompt::open(state, Purpose::Tags(feedback), "")
}

/// `c`: an internal comment.
pub fn comment(state: &mut State) -> Vec<Effect> {
    let on = commented(state);
    prompt::open(state, Purpose::Comment(on), "")
}

/// What a comment is on.
pub(super) fn commented(state: &State) -> Vec<Subject> {
    let feedback = target::feedback(state);
    feedback.into_iter().map(Subject::Feedback).collect()
}
