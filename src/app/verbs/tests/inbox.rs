use super::linking::link;
use super::*;
use crate::app::prompt::understood;
use crate::domain::deed::{IdeaTarget, Subject};
use crate::domain::feedback::Importance;
use crate::domain::listing::Hit;
use crate::domain::passage::Passage;

#[test]
fn assigning_needs_one_key_and_enter() {
    let mut state = world();
    keys(&mut state, "a");
    assert_eq!(prompt(&state).input.text, "@omar");
    let owner = |effects: &[Effect]| match deed(effects) {
        Deed::Assign { owner, .. } => owner,
        other => panic!("{other:?}"),
    };
    assert_eq!(owner(&keys(&mut state, "Enter")), Some(handle("omar")));

    let mut state = marked();
    keys(&mut state, "a");
    assert_eq!(
        prompt(&state).input.text,
        "",
        "nobody is likely for several"
    );
    assert_eq!(
        keys(&mut state, "Enter"),
        [],
        "and an empty line is nobody by mistake"
    );
    assert!(prompt(&state).error.is_some());
    typed(&mut state, "ha");
    assert_eq!(prompt(&state).completions[0].text, "@hana");
    assert_eq!(owner(&keys(&mut state, "Enter")), Some(handle("hana")));
    assert_eq!(owner(&keys(&mut world(), "A")), Some(handle("hana")));
}

#[test]
fn importance_is_set_and_cleared() {
    for (pressed, importance) in [
        ("I 3", Some(Importance::Critical)),
        ("I 0", Some(Importance::NotImportant)),
        ("I -", None),
    ] {
        let feedback = vec![feedback_id(1)];
        assert_eq!(
            deed(&keys(&mut world(), pressed)),
            Deed::SetImportance {
                feedback,
                importance
            }
        );
    }
}

#[test]
fn deeds_without_words_act_on_what_is_marked() {
    let both = vec![feedback_id(1), feedback_id(2)];
    assert_eq!(
        deed(&keys(&mut marked(), "P")),
        Deed::Process {
            feedback: both.clone()
        }
    );
    assert_eq!(
        deed(&keys(&mut marked(), "d")),
        Deed::Archive {
            feedback: both.clone()
        }
    );
    assert_eq!(
        deed(&keys(&mut marked(), "R")),
        Deed::Reopen { feedback: both }
    );
}

#[test]
fn an_answer_is_shown_before_it_is_stored() {
    let mut state = world();
    let effects = keys(&mut state, "e");
    assert!(
        state.overlays.is_empty(),
        "it opens when its facts are there"
    );
    assert_eq!(keys(&mut state, "Enter"), [], "and keys wait until then");
    let effects = tell(&mut state, &effects, vec![facts(1, &[1])]);
    assert_eq!(
        deed(&effects),
        Deed::Answer {
            answers: vec![(
                feedback_id(1),
                "Hi @dana, thank you for your feedback. We have noted it as *Idea 1* and count your request; it is not decided yet whether and when it comes.".into()
            )]
        }
    );
}

#[test]
fn an_answer_cannot_be_mistaken_for_one_that_was_sent() {
    let mut state = world();
    let effects = keys(&mut state, "e");
    tell(&mut state, &effects, vec![facts(1, &[1])]);
    assert!(prompt(&state).hint.starts_with("not sent yet"));
    assert_eq!(prompt(&state).label, "answer to @dana");
    let effects = keys(&mut state, "Ctrl-u Enter");
    assert_eq!(effects, []);
    assert!(
        prompt(&state)
            .error
            .as_ref()
            .is_some_and(|(_, words)| words.contains("has words"))
    );
}

#[test]
fn several_answers_are_read_one_by_one_and_stored_as_one_deed() {
    let mut state = marked();
    let effects = keys(&mut state, "e");
    tell(&mut state, &effects, vec![facts(1, &[1]), facts(2, &[])]);
    assert!(prompt(&state).label.starts_with("answer 1 of 2"));
    typed(&mut state, "!");
    assert_eq!(keys(&mut state, "Enter"), []);
    assert!(prompt(&state).label.starts_with("answer 2 of 2"));
    keys(&mut state, "↑");
    assert!(
        prompt(&state).input.text.ends_with("comes.!"),
        "going back keeps what was typed"
    );
    keys(&mut state, "Enter");
    let effects = keys(&mut state, "Enter");
    let Deed::Answer { answers } = deed(&effects) else {
        panic!("{effects:?}");
    };
    assert_eq!(answers.len(), 2);
    assert!(answers[0].1.ends_with('!') && answers[1].1.contains("Feedback 2"));
}

#[test]
fn keys_that_waited_for_an_overlay_are_not_played_when_it_does_not_come() {
    let mut state = world();
    let effects = keys(&mut state, "e");
    typed(&mut state, "d");
    let failed = Err(Problem::new(Kind::Storage, "the file cannot be read"));
    let after = reply(
        &mut state,
        &effects,
        |q| matches!(q, Question::Answering(..)),
        failed,
    );
    assert_eq!(after, [], "d would have put the feedback away");
    assert!(!super::super::waiting(&state));
}

#[test]
fn asking_mentions_the_reporter_and_waits() {
    let mut state = world();
    let effects = keys(&mut state, "r");
    tell(&mut state, &effects, vec![facts(1, &[])]);
    assert_eq!(prompt(&state).input.text, "@dana ");
    assert_eq!(keys(&mut state, "Enter"), [], "a mention asks nothing");
    typed(&mut state, "how often?");
    let effects = keys(&mut state, "Enter");
    assert_eq!(
        deed(&effects),
        Deed::Ask {
            questions: vec![(feedback_id(1), "@dana how often?".into())],
            until: NOW.plus(5 * DAY),
        }
    );
}

#[test]
fn enter_takes_a_mention_that_is_only_begun() {
    let mut state = world();
    state.vocabulary.people = vec![(handle("omar"), "Omar Haddad".to_owned(), "PM".to_owned())];
    let effects = keys(&mut state, "r");
    tell(&mut state, &effects, vec![facts(1, &[])]);
    typed(&mut state, "ask @om");
    assert_eq!(keys(&mut state, "Enter"), [], "nobody is called @om");
    assert_eq!(prompt(&state).input.text, "@dana ask @omar ");
    assert!(matches!(deed(&keys(&mut state, "Enter")), Deed::Ask { .. }));
}

#[test]
fn wont_do_goes_from_the_idea_to_the_reason_to_the_answer() {
    let mut state = world();
    suggest(&mut state, &[(4, Status::New), (3, Status::WontDo)]);
    keys(&mut state, "w");
    assert_eq!(
        labels(&state)[0],
        "Blinking text",
        "of what is like it, what will not be done leads"
    );
    let effects = keys(&mut state, "Enter");
    let mut known = idea_detail(idea(3, "Blinking text", Status::WontDo));
    known.reason = Some("it harms readers".into());
    reply(
        &mut state,
        &effects,
        |q| matches!(q, Question::Idea(_)),
        Ok(Answer::Idea(Some(Box::new(known)))),
    );
    assert_eq!(prompt(&state).input.text, "it harms readers");
    let effects = keys(&mut state, "Enter");
    let also = Question::Answering(vec![feedback_id(1)], Some(idea_id(3)));
    assert!(effects.iter().any(|effect| matches!(
        effect,
        Effect::Ask { question, .. } if *question == also
    )));
    tell(&mut state, &effects, vec![facts(1, &[3])]);
    assert!(prompt(&state).label.starts_with("answer"));
    assert_eq!(
        state.overlays.len(),
        1,
        "it has taken the place of the reason"
    );
    let answer = prompt(&state).input.text.clone();
    assert!(
        answer.contains("not to do *Idea 3*: it harms readers."),
        "{answer}"
    );
    assert_eq!(
        deed(&keys(&mut state, "Enter")),
        Deed::WontDo {
            feedback: vec![feedback_id(1)],
            idea: IdeaTarget::Existing(idea_id(3)),
            reason: "it harms readers".into(),
            cut: false,
            answers: vec![(feedback_id(1), answer)],
        }
    );
}

#[test]
fn a_duplicate_is_found_by_its_words_and_never_itself() {
    let mut state = world();
    let effects = keys(&mut state, "m");
    let hit = |number, title: &str, passage| Hit::Feedback(Box::new(row(number, title)), passage);
    let found = vec![hit(1, "itself", None), hit(3, "Saved searches", None)];
    let find = |q: &Question| matches!(q, Question::Find { .. });
    reply(&mut state, &effects, find, Ok(Answer::Found(found.clone())));
    assert_eq!(labels(&state), ["Saved searches"]);
    assert_eq!(picker(&state).rows[0].note, "Globex · 1d");
    let effects = typed(&mut state, "x");
    assert_eq!(
        labels(&state),
        [""; 0],
        "Enter takes nothing that was found for other words"
    );
    let passage = Passage {
        text: "an x in the text".to_owned(),
        marks: std::iter::once(3..4).collect(),
        ..Passage::default()
    };
    let in_text = vec![hit(2, "no letter alike", Some(passage.clone()))];
    reply(
        &mut state,
        &effects,
        find,
        Ok(Answer::Found(in_text.clone())),
    );
    assert_eq!(
        labels(&state),
        ["no letter alike"],
        "found in the text, not in the title"
    );
    assert_eq!(picker(&state).rows[0].passage, Some(passage));
    let effects = keys(&mut state, "Backspace");
    assert_eq!(labels(&state), [""; 0]);
    reply(&mut state, &effects, find, Ok(Answer::Found(found)));
    assert_eq!(
        labels(&state),
        ["Saved searches"],
        "what is like it is back"
    );
    let effects = typed(&mut state, "x");
    reply(&mut state, &effects, find, Ok(Answer::Found(in_text)));
    assert_eq!(
        deed(&keys(&mut state, "Enter")),
        Deed::Duplicate {
            feedback: vec![feedback_id(1)],
            of: feedback_id(2),
        }
    );
}

#[test]
fn for_several_no_original_is_offered_before_a_word_is_typed() {
    let asks = |effects: &[Effect]| {
        effects.iter().any(|effect| {
            matches!(
                effect,
                Effect::Ask {
                    question: Question::Find { .. },
                    ..
                }
            )
        })
    };
    let mut state = world();
    state.inbox.marks.extend([feedback_id(2), feedback_id(3)]);
    assert!(!asks(&keys(&mut state, "m")));
    assert_eq!(labels(&state), [""; 0]);
    assert_eq!(keys(&mut state, "Enter"), []);
    let effects = typed(&mut state, "export");
    assert!(asks(&effects));
    // What comes for it late is not what stands there without it.
    keys(&mut state, "Ctrl-u");
    let hit = Hit::Feedback(Box::new(row(4, "Export, again")), None);
    let find = |q: &Question| matches!(q, Question::Find { .. });
    reply(&mut state, &effects, find, Ok(Answer::Found(vec![hit])));
    assert_eq!(labels(&state), [""; 0]);
    // Of one that is marked it goes by the words of that one, wherever the cursor is.
    let mut state = world();
    state.inbox.marks.insert(feedback_id(3));
    let effects = keys(&mut state, "m");
    let of_it =
        |q: &Question| matches!(q, Question::Find { words, .. } if words == "Saved searches");
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Ask { question, .. } if of_it(question)))
    );
}

#[test]
fn what_was_found_for_other_words_does_not_hold_the_cursor() {
    let mut state = world();
    let hit = |number, title: &str| Hit::Feedback(Box::new(row(number, title)), None);
    let find = |q: &Question| matches!(q, Question::Find { .. });
    let effects = keys(&mut state, "m");
    let like_it = vec![hit(3, "Quarterly export"), hit(2, "Saved searches")];
    reply(&mut state, &effects, find, Ok(Answer::Found(like_it)));
    let effects = typed(&mut state, "export");
    assert_eq!(labels(&state), ["Quarterly export"]);
    let found = vec![hit(4, "Export, again"), hit(3, "Quarterly export")];
    reply(&mut state, &effects, find, Ok(Answer::Found(found.clone())));
    assert_eq!(picker(&state).cursor, 0, "on the best");
    // Found anew for the same words, it stays with the row that one looks at.
    keys(&mut state, "↓");
    crate::app::picker::originals(&mut state, "export", &found[1..]);
    assert_eq!(picker(&state).cursor, 0);
    assert_eq!(labels(&state), ["Quarterly export"]);
}

#[test]
fn snoozing_says_what_it_understands() {
    let mut state = world();
    keys(&mut state, "s");
    typed(&mut state, "soon");
    assert_eq!(keys(&mut state, "Enter"), []);
    assert!(
        prompt(&state)
            .error
            .as_ref()
            .is_some_and(|(_, words)| words.contains("3d, 2w, tomorrow 9"))
    );
    keys(&mut state, "Ctrl-u");
    typed(&mut state, "90m");
    let told = |state: &State| understood(state, prompt(state));
    let until = "hidden until Sat 21 Nov, 13:30 · Enter hides it";
    assert_eq!(told(&state).as_deref(), Some(until));
    typed(&mut state, "x");
    assert_eq!(told(&state), None);
    keys(&mut state, "Ctrl-u");
    typed(&mut state, "monday");
    let Deed::Snooze { until, .. } = deed(&keys(&mut state, "Enter")) else {
        panic!("no snooze");
    };
    assert_eq!(until.rfc3339(), "2026-11-23T00:00:00Z");
}

#[test]
fn tags_and_comments_are_typed() {
    let mut state = world();
    keys(&mut state, "t");
    typed(&mut state, "mob");
    keys(&mut state, "Tab");
    assert_eq!(prompt(&state).input.text, "mobile");
    typed(&mut state, " -export");
    assert_eq!(
        deed(&keys(&mut state, "Enter")),
        Deed::Tag {
            feedback: vec![feedback_id(1)],
            add: vec!["mobile".into()],
            remove: vec!["export".into()],
        }
    );
    let mut state = marked();
    keys(&mut state, "E");
    assert_eq!(prompt(&state).label, "comment on 2 marked items");
    let mut state = marked();
    keys(&mut state, "c");
    assert_eq!(prompt(&state).label, "comment on 2 marked items");
    typed(&mut state, "first");
    keys(&mut state, "Enter");
    typed(&mut state, "second");
    assert_eq!(
        deed(&keys(&mut state, "Ctrl-s")),
        Deed::Comment {
            on: [1, 2]
                .map(|number| Subject::Feedback(feedback_id(number)))
                .to_vec(),
            text: "first\nsecond".into(),
        }
    );
}

#[test]
fn a_new_idea_is_titled_like_its_feedback() {
    let mut state = world();
    keys(&mut state, "C");
    assert_eq!(
        deed(&keys(&mut state, "Enter")),
        link(
            &[1],
            IdeaTarget::New("Hand a board to our auditors".into()),
            None
        )
    );
}
