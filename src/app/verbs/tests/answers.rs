//! Answers that were left, and those that tell why something will not be done.

use super::*;
use crate::domain::deed::{Deed, IdeaTarget, Seen};
use crate::domain::id::CommentId;

fn three() -> State {
    let mut state = world();
    let marks = [1, 2, 3].map(feedback_id);
    state.inbox.marks.extend(marks);
    state
}

fn open(state: &mut State) {
    let effects = keys(state, "e");
    let facts = [1, 2, 3].map(|number| facts(number, &[])).to_vec();
    tell(state, &effects, facts);
}

fn label(state: &State) -> &str {
    prompt(state).label.split(" to ").next().unwrap_or_default()
}

#[test]
fn several_answers_go_on_with_the_one_that_was_left() {
    let mut state = three();
    open(&mut state);
    keys(&mut state, "Enter Enter");
    typed(&mut state, "!");
    keys(&mut state, "Esc");
    open(&mut state);
    assert_eq!(label(&state), "answer 3 of 3");
    assert!(prompt(&state).input.text.contains("Feedback 3"));
    // Where it is none of them, they begin at the first.
    keys(&mut state, "Esc");
    state.inbox.marks.remove(&feedback_id(3));
    let effects = keys(&mut state, "e");
    tell(&mut state, &effects, vec![facts(1, &[]), facts(2, &[])]);
    assert_eq!(label(&state), "answer 1 of 2");
    // It is remembered until answers are opened.
    assert_eq!(state.errands.left, None);
}

#[test]
fn a_reporter_whom_somebody_else_has_told_is_told_again_only_knowingly() {
    let comment = |number| CommentId(Uuid::from_u128(number));
    let seen = |effects: &[Effect]| match effects.last() {
        Some(Effect::Commit { seen, .. }) => seen.clone(),
        other => panic!("{other:?}"),
    };
    let told = |number, comments: &[u128]| Seen::Told {
        feedback: feedback_id(number),
        comments: comments.iter().map(|number| comment(*number)).collect(),
    };
    let mut state = three();
    let effects = keys(&mut state, "e");
    let mut known = [1, 2, 3].map(|number| facts(number, &[])).to_vec();
    known[2].told = vec![comment(5)];
    tell(&mut state, &effects, known);
    let effects = keys(&mut state, "Enter Enter Enter");
    let stood = |number| facts(number, &[]).stood;
    let all = |third: &[u128]| {
        let thirds = [told(3, third), stood(3)];
        [told(1, &[]), stood(1), told(2, &[]), stood(2)]
            .into_iter()
            .chain(thirds)
            .collect::<Vec<_>>()
    };
    assert_eq!(seen(&effects), all(&[5]));
    let problem = Problem::new(Kind::Refused, "@omar wrote to the reporter")
        .meanwhile(feedback_id(3).to_string(), comment(6).to_string());
    refused(&mut state, &effects, problem);
    assert_eq!(
        prompt(&state).error,
        Some((
            None,
            "@omar wrote to the reporter · Enter again goes on all the same".to_owned()
        ))
    );
    assert!(
        prompt(&state).input.text.contains("Feedback 3"),
        "the text stays"
    );
    let again = keys(&mut state, "Enter");
    assert_eq!(deed(&again), deed(&effects));
    assert_eq!(seen(&again), all(&[5, 6]));
}

#[test]
fn an_answer_kept_for_another_idea_is_sent_only_knowingly_or_written_anew() {
    let open = |state: &mut State, ideas: &[u128], draft: Option<&str>| {
        let effects = keys(state, "e");
        let effects = tell(state, &effects, vec![facts(1, ideas)]);
        let draft = Ok(Answer::Draft(draft.map(str::to_owned)));
        reply(state, &effects, |q| matches!(q, Question::Draft(_)), draft);
    };
    let mut state = world();
    open(&mut state, &[1], None);
    typed(&mut state, " Soon!");
    let effects = keys(&mut state, "Esc");
    let kept = effects.iter().find_map(|effect| match effect {
        Effect::SaveDraft { text, .. } => text.clone(),
        _ => None,
    });
    let kept = kept.expect("a draft");
    // For the same idea it goes on.
    let mut state = world();
    open(&mut state, &[1], Some(&kept));
    let text = prompt(&state).input.text.clone();
    assert!(text.ends_with(" Soon!"), "{text:?}");
    assert!(prompt(&state).hint.starts_with("your draft · "));
    assert!(!prompt(&state).hint.contains("written when"));
    assert!(matches!(
        deed(&keys(&mut state, "Enter")),
        Deed::Answer { .. }
    ));
    // Linked to another one it says so, and Enter does.
    let mut state = world();
    open(&mut state, &[2], Some(&kept));
    let said = "written when it was linked to “Idea 1” · Alt-r writes it anew";
    assert!(
        prompt(&state)
            .hint
            .starts_with(&format!("your draft · {said} · ")),
        "{}",
        prompt(&state).hint
    );
    assert_eq!(keys(&mut state, "Enter"), []);
    assert_eq!(
        prompt(&state).error,
        Some((None, format!("{said} · Enter again sends it as it is")))
    );
    let Deed::Answer { answers } = deed(&keys(&mut state, "Enter")) else {
        panic!("an answer");
    };
    assert_eq!(answers[0].1, text);
    // Written anew there is nothing to doubt.
    let mut state = world();
    open(&mut state, &[2], Some(&format!("{kept}\n\nby the way")));
    assert!(prompt(&state).input.text.ends_with(" Soon!\n\nby the way"));
    keys(&mut state, "Alt-r");
    let Deed::Answer { answers } = deed(&keys(&mut state, "Enter")) else {
        panic!("an answer");
    };
    assert!(answers[0].1.contains("Idea 2"), "{answers:?}");
}

#[test]
fn questions_and_reasons_know_what_the_reporter_was_told() {
    let known = |state: &State| state.errands.facts.clone();
    let expects = |effects: &[Effect]| match effects.last() {
        Some(Effect::Commit { seen, .. }) => seen.len(),
        other => panic!("{other:?}"),
    };
    let mut state = world();
    let effects = keys(&mut state, "r");
    tell(&mut state, &effects, vec![facts(1, &[])]);
    typed(&mut state, "which one?");
    assert_eq!(expects(&keys(&mut state, "Enter")), 2);
    let mut state = world();
    state.errands.facts = vec![facts(1, &[])];
    suggest(&mut state, &[(4, Status::New), (3, Status::WontDo)]);
    let effects = keys(&mut state, "w Enter");
    assert_eq!(known(&state), [], "what was known before is stale");
    tell(&mut state, &effects, vec![facts(1, &[])]);
    typed(&mut state, "it harms readers");
    let effects = keys(&mut state, "Enter");
    tell(&mut state, &effects, vec![facts(1, &[3])]);
    assert_eq!(expects(&keys(&mut state, "Enter")), 2);
}

/// The answers that tell why not are open for these, whose words are all new.
fn turning_down(numbers: &[u128]) -> State {
    let mut state = world();
    suggest(&mut state, &[(4, Status::New), (3, Status::WontDo)]);
    let feedback = numbers.iter().map(|number| feedback_id(*number));
    state.inbox.marks.extend(feedback);
    keys(&mut state, "w");
    typed(&mut state, "blinking");
    keys(&mut state, "Enter");
    typed(&mut state, "it harms readers");
    let effects = keys(&mut state, "Enter");
    let facts = numbers.iter().map(|number| facts(*number, &[3])).collect();
    tell(&mut state, &effects, facts);
    state
}

fn answered(deed: Deed) -> Vec<FeedbackId> {
    let Deed::WontDo { answers, .. } = deed else {
        panic!("it is turned down: {deed:?}");
    };
    answers.into_iter().map(|(id, _)| id).collect()
}

#[test]
fn the_answers_behind_a_reason_are_one_deed_with_it() {
    let mut state = turning_down(&[1, 2]);
    assert_eq!(keys(&mut state, "Enter"), [], "the next one");
    let effects = keys(&mut state, "Enter");
    assert_eq!(answered(deed(&effects)), [1, 2].map(feedback_id));
    let effects = done(&mut state, &effects, None);
    let dropped = |wanted: &str| {
        effects.iter().any(|effect| {
            matches!(effect, Effect::SaveDraft { prompt, text: None } if prompt.starts_with(wanted))
        })
    };
    assert!(dropped("answer:") && dropped("wont-do:"), "{effects:?}");
    assert!(state.overlays.is_empty() && state.inbox.marks.is_empty());
    let notice = state.notice.clone().expect("a notice");
    assert_eq!(notice.hint, "u undo");
}

#[test]
fn answers_behind_a_reason_that_are_left_turn_nothing_down() {
    let mut state = turning_down(&[1]);
    let effects = keys(&mut state, "Esc");
    let commits = |effect: &Effect| matches!(effect, Effect::Commit { .. });
    assert!(!effects.iter().any(commits), "{effects:?}");
    assert!(state.overlays.is_empty());
    let notice = state.notice.clone().expect("a notice");
    assert_eq!(notice.words, "nothing was turned down");
}

#[test]
fn an_answer_behind_a_reason_without_words_is_not_given_once_that_was_said() {
    let mut state = turning_down(&[1, 2]);
    keys(&mut state, "Ctrl-u");
    assert_eq!(keys(&mut state, "Enter"), []);
    let (_, said) = prompt(&state).error.clone().expect("said");
    assert!(said.starts_with("no words: Enter again"), "{said}");
    assert_eq!(label(&state), "answer 1 of 2");
    keys(&mut state, "Enter");
    assert_eq!(label(&state), "answer 2 of 2");
    assert_eq!(
        answered(deed(&keys(&mut state, "Enter"))),
        [feedback_id(2)],
        "the first stays open"
    );
}

#[test]
fn what_was_told_while_the_reason_was_typed_is_noticed() {
    let mut state = world();
    suggest(&mut state, &[(4, Status::New), (3, Status::WontDo)]);
    let effects = keys(&mut state, "w Enter");
    tell(&mut state, &effects, vec![facts(1, &[])]);
    typed(&mut state, "it harms readers");
    let effects = keys(&mut state, "Enter");
    let meanwhile = AnswerFacts {
        told: vec![CommentId(Uuid::from_u128(7))],
        ..facts(1, &[3])
    };
    tell(&mut state, &effects, vec![meanwhile]);
    let effects = keys(&mut state, "Enter");
    let told = Seen::Told {
        feedback: feedback_id(1),
        comments: Vec::new(),
    };
    assert!(matches!(
        effects.last(),
        Some(Effect::Commit { seen, .. }) if *seen == [told, facts(1, &[]).stood]
    ));
}

#[test]
fn the_answers_that_cannot_be_made_leave_the_reason_where_it_is() {
    let mut state = world();
    suggest(&mut state, &[(4, Status::New), (3, Status::WontDo)]);
    keys(&mut state, "w Enter");
    typed(&mut state, "it harms readers");
    let effects = keys(&mut state, "Enter");
    let broken = Problem::new(Kind::Storage, "the disk is gone");
    let wanted = |question: &Question| matches!(question, Question::Answering(..));
    reply(&mut state, &effects, wanted, Err(broken));
    assert_eq!(prompt(&state).input.text, "it harms readers");
    let (_, said) = prompt(&state).error.clone().expect("said");
    assert_eq!(said, "the disk is gone");
}

#[test]
fn to_turn_down_once_more_shows_the_answers_first() {
    let mut state = turning_down(&[1]);
    let effects = keys(&mut state, "Enter");
    done(&mut state, &effects, None);
    state.flight.settling = false;
    let effects = keys(&mut state, ".");
    tell(&mut state, &effects, vec![facts(1, &[3])]);
    let answer = prompt(&state).input.text.clone();
    assert!(answer.contains("it harms readers"), "{answer}");
    let deed = deed(&keys(&mut state, "Enter"));
    let Deed::WontDo { reason, idea, .. } = &deed else {
        panic!("{deed:?}");
    };
    assert_eq!(
        (reason.as_str(), idea),
        ("it harms readers", &IdeaTarget::Existing(idea_id(3)))
    );
    assert_eq!(answered(deed), [feedback_id(1)]);
}
