use super::*;
use crate::app::bench::item_id;
use crate::app::prompt::complete;
use crate::app::update;
use proptest::prelude::*;

pub(super) fn comment(state: &mut State) -> Vec<Effect> {
    keys(state, "c")
}

pub(super) fn drafts(effects: &[Effect]) -> Vec<(&str, Option<&str>)> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::SaveDraft { prompt, text } => Some((prompt.as_str(), text.as_deref())),
            _ => None,
        })
        .collect()
}

#[test]
fn in_several_lines_enter_takes_a_mention_that_is_only_begun_too() {
    let mut state = world();
    comment(&mut state);
    typed(&mut state, "ask @om");
    keys(&mut state, "Enter");
    assert_eq!(prompt(&state).input.text, "ask @omar ");
    keys(&mut state, "Enter");
    typed(&mut state, "@nobody.at.all");
    keys(&mut state, "Enter");
    assert_eq!(prompt(&state).input.text, "ask @omar \n@nobody.at.all\n");
}

#[test]
fn storing_takes_the_one_who_is_half_mentioned_and_asks_which_of_several() {
    let person = |name: &str| (handle(name), String::new(), "PM".to_owned());
    let mut state = world();
    state.vocabulary.people = vec![person("omar"), person("alice"), person("albert")];
    comment(&mut state);
    typed(&mut state, "ask @om");
    let stored = deed(&keys(&mut state, "Ctrl-s"));
    assert!(matches!(stored, Deed::Comment { text, .. } if text == "ask @omar"));
    let mut state = world();
    state.vocabulary.people = vec![person("omar"), person("alice"), person("albert")];
    comment(&mut state);
    typed(&mut state, "ask @al");
    assert_eq!(keys(&mut state, "Ctrl-s"), []);
    let words = "@al reaches nobody: @alice, @albert? Tab chooses, a blank behind it leaves it";
    assert_eq!(prompt(&state).error, Some((None, words.to_owned())));
    // Nor is somebody meant who has the letters somewhere in a name.
    keys(&mut state, "Ctrl-u");
    typed(&mut state, "ask @lic");
    assert_eq!(keys(&mut state, "Ctrl-s"), []);
    assert!(prompt(&state).error.is_some());
    keys(&mut state, "Ctrl-u");
    typed(&mut state, "ask @al");
    // What is meant so is stored so.
    typed(&mut state, " ");
    let stored = deed(&keys(&mut state, "Ctrl-s"));
    assert!(matches!(stored, Deed::Comment { text, .. } if text == "ask @al"));
}

#[test]
fn a_mention_of_nobody_is_said_while_it_is_typed() {
    let mut state = world();
    comment(&mut state);
    let told = |state: &State| crate::app::prompt::understood(state, prompt(state));
    typed(&mut state, "ask @omar and a@b.example");
    assert_eq!(told(&state), None);
    typed(&mut state, ", (@Omra)");
    let hint = prompt(&state).hint.clone();
    assert_eq!(
        told(&state),
        Some(format!("@omra is nobody here · Alt-n adds them · {hint}"))
    );
    // Whose names may still be typed on are offered; nobody is told where nobody is known.
    keys(&mut state, "Ctrl-u");
    typed(&mut state, "@om");
    let takes = "Enter takes @omar · Tab goes through them · a blank leaves it as it is";
    assert_eq!(
        told(&state).as_deref(),
        Some(takes),
        "it stores nothing yet"
    );
    keys(&mut state, "Enter");
    assert_eq!(told(&state), None);
    state.vocabulary.people.clear();
    typed(&mut state, "zz");
    assert_eq!(told(&state), None);
}

#[test]
fn a_mention_is_offered_in_updates_and_behind_a_bracket_but_not_in_an_address() {
    let mut state = world();
    let offered = |state: &mut State, text: &str| {
        state.overlays.clear();
        crate::app::prompt::open(
            state,
            crate::app::state::Purpose::Update(vec![item_id(1)]),
            "",
        );
        typed(state, text);
        let offers = prompt(state).completions.iter();
        offers.map(|offer| offer.text.clone()).collect::<Vec<_>>()
    };
    for text in ["at-risk: waits for (@om", "waits for @om", "\"@om"] {
        let whole = format!("{}@omar ", text.strip_suffix("@om").expect("a mention"));
        assert_eq!(offered(&mut state, text), [whole]);
    }
    assert_eq!(offered(&mut state, "waits for x.y@om"), [""; 0]);
    assert_eq!(offered(&mut state, "at-r"), ["at-risk: "]);
    // Enter takes it, as it does everywhere; the health is typed on over.
    offered(&mut state, "at-risk: ask @om");
    assert_eq!(keys(&mut state, "Enter"), []);
    assert_eq!(prompt(&state).input.text, "at-risk: ask @omar ");
    offered(&mut state, "on");
    assert!(!complete::is_half_mentioned(prompt(&state)));
}

#[test]
fn a_field_that_tab_completes_offers_its_values_at_once() {
    let mut state = world();
    keys(&mut state, "/");
    typed(&mut state, "own");
    keys(&mut state, "Tab");
    assert!(prompt(&state).input.text.ends_with("owner:"));
    let offers = &prompt(&state).completions;
    assert!(
        offers.iter().any(|offer| offer.label == "@omar"),
        "{offers:?}"
    );
    assert_eq!(prompt(&state).chosen, None);
    keys(&mut state, "Tab");
    assert!(prompt(&state).input.text.contains("owner:@"));
}

#[test]
fn a_draft_goes_when_its_deed_is_done_and_the_text_comes_back_when_it_is_refused() {
    let mut state = world();
    comment(&mut state);
    typed(&mut state, "words");
    let sent = keys(&mut state, "Ctrl-s");
    assert_eq!(drafts(&sent).len(), 1, "a crash now loses nothing");
    let mut refused = state.clone();
    let dropped = done(&mut state, &sent, None);
    assert_eq!(drafts(&dropped)[0].1, None);
    assert!(state.overlays.is_empty());

    done(&mut refused, &sent, Some("the disk is full"));
    assert_eq!(prompt(&refused).input.text, "words");
    assert!(
        prompt(&refused)
            .error
            .as_ref()
            .is_some_and(|(_, words)| words.contains("disk is full"))
    );
}

#[test]
fn a_wrong_filter_is_pointed_at_and_esc_brings_the_old_one_back() {
    let mut state = world();
    let effects = keys(&mut state, "/");
    assert_eq!(effects, []);
    let effects = typed(&mut state, "importance:wrong");
    assert!(!effects.is_empty(), "it narrows while it is typed");
    assert_eq!(prompt(&state).error, None);
    keys(&mut state, "Enter");
    assert_eq!(
        prompt(&state).error.as_ref().map(|(column, _)| *column),
        Some(Some(11))
    );
    assert_eq!(
        prompt(&state).input.text,
        "importance:wrong",
        "and is not accepted"
    );
    keys(&mut state, "Esc");
    assert_eq!(state.inbox.filter, "");
    keys(&mut state, "/");
    typed(&mut state, "is:unp");
    keys(&mut state, "Tab");
    assert_eq!(prompt(&state).input.text.trim(), "is:unprocessed");
}

#[test]
fn the_editor_takes_and_returns_the_text() {
    let mut state = world();
    comment(&mut state);
    typed(&mut state, "a");
    assert_eq!(keys(&mut state, "Alt-e"), [Effect::Edit("a".into())]);
    update::update(&mut state, Message::Edited(Ok(Some("a\nb\n".into()))));
    assert_eq!(prompt(&state).input.text, "a\nb");
    // What was typed before anybody could see the text again is not part of it.
    keys(&mut state, "g d e Ctrl-s");
    assert_eq!(prompt(&state).input.text, "a\nb");
    let said = prompt(&state).error.as_ref().expect("a word about it");
    assert_eq!(
        said.1,
        "g d e Ctrl-s came before this was on the screen: type it again"
    );
    let later = state.now.plus(500);
    update::update(&mut state, Message::Tick(later));
    typed(&mut state, "c");
    assert_eq!(prompt(&state).input.text, "a\nbc");
    assert_eq!(prompt(&state).error, None);
    let mut state = world();
    let effects = keys(&mut state, "E");
    let wanted = |q: &Question| matches!(q, Question::Draft(_));
    let kept = Ok(Answer::Draft(Some("kept".into())));
    let effects = reply(&mut state, &effects, wanted, kept);
    assert_eq!(
        effects,
        [Effect::Edit("kept".into())],
        "what was half written goes along"
    );
}

#[test]
fn an_answer_keeps_its_paragraphs() {
    let mut state = world();
    let effects = keys(&mut state, "e");
    tell(&mut state, &effects, vec![facts(1, &[1])]);
    let edited = "first line\n\nsecond para\n";
    update::update(&mut state, Message::Edited(Ok(Some(edited.into()))));
    let later = state.now.plus(500);
    update::update(&mut state, Message::Tick(later));
    // The cursor walks its lines.
    keys(&mut state, "Up Up");
    assert_eq!(prompt(&state).input.cursor, 0);
    let effects = keys(&mut state, "Enter");
    let Deed::Answer { answers } = deed(&effects) else {
        panic!("an answer: {effects:?}");
    };
    assert_eq!(answers[0].1, "first line\n\nsecond para");
}

#[test]
fn pasted_lines_are_one_line_where_there_is_one() {
    let mut state = world();
    keys(&mut state, "t");
    update::update(&mut state, Message::Paste("a\r\nb\u{7}".into()));
    assert_eq!(prompt(&state).input.text, "a b");
    let mut state = world();
    assert_eq!(
        update::update(&mut state, Message::Paste("dddd".into())),
        [],
        "a paste is never keys"
    );
}

#[test]
fn a_newer_question_never_leaves_the_keys_waiting() {
    let mut state = table();
    keys(&mut state, "e");
    assert!(super::super::waiting(&state));
    let other = state.ask(Question::Idea(idea_id(2)));
    assert!(
        !super::super::waiting(&state),
        "another idea was asked for: the form is let go"
    );
    drop(other);

    let mut state = table();
    keys(&mut state, "e");
    let same = state.ask(Question::Idea(idea_id(1)));
    assert!(super::super::waiting(&state));
    let known = idea_detail(idea(1, "Export", Status::New));
    reply(
        &mut state,
        &[same],
        |_| true,
        Ok(Answer::Idea(Some(Box::new(known)))),
    );
    assert_eq!(form(&state).title, "Export");
}

/// A world, and the key that opens something in it.
type Way = (fn() -> State, &'static str);

/// Every way to a prompt, a picker or a form.
fn ways() -> Vec<Way> {
    let inbox = [
        "/", "a", "C", "s", "t", "c", "m", "w", "i", "'", ":", "?", "e", "r",
    ];
    let ideas = ["/", "a", "C", "m", "c", "S", "f", "T", "r", "e"];
    let plan = ["/", "a", "C", "c", "r", "X"];
    let mut ways: Vec<Way> = Vec::new();
    ways.extend(inbox.map(|key| (world as fn() -> State, key)));
    ways.extend(ideas.map(|key| (table as fn() -> State, key)));
    ways.extend(plan.map(|key| (release_plan as fn() -> State, key)));
    ways
}

fn opened(way: Way) -> State {
    let mut state = (way.0)();
    let effects = keys(&mut state, way.1);
    let sequence = |wanted: fn(&Question) -> bool| {
        effects.iter().find_map(|effect| match effect {
            Effect::Ask { sequence, question } if wanted(question) => Some(*sequence),
            _ => None,
        })
    };
    if let Some(sequence) = sequence(|q| matches!(q, Question::Answering(..))) {
        let answer = Ok(Answer::Answering(vec![facts(1, &[1, 2])]));
        update::update(&mut state, Message::Answer { sequence, answer });
    }
    if let Some(sequence) = sequence(|q| matches!(q, Question::Idea(_))) {
        let known = idea_detail(idea(1, "Export", Status::New));
        let answer = Ok(Answer::Idea(Some(Box::new(known))));
        update::update(&mut state, Message::Answer { sequence, answer });
    }
    assert!(!state.overlays.is_empty(), "{}", way.1);
    state
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_and_any_editing_keys_are_borne(
        way in prop::sample::select(ways()),
        text in any::<String>(),
        pasted in any::<String>(),
        pressed in prop::collection::vec(prop::sample::select(vec![
            "Tab", "S-Tab", "↑", "↓", "←", "→", "Ctrl-w", "Ctrl-u", "Ctrl-k", "Ctrl-y", "Alt-b", "Alt-f", "Alt-d",
            "Backspace", "Delete", "Home", "End", "PgDn", "PgUp", "Space", "Enter", "Ctrl-s",
        ]), 0..20),
    ) {
        let mut state = opened(way);
        typed(&mut state, &text);
        update::update(&mut state, Message::Paste(pasted));
        for key in pressed {
            keys(&mut state, key);
        }
        for overlay in &state.overlays {
            if let Overlay::Prompt(prompt) = overlay {
                prop_assert!(prompt.input.text.is_char_boundary(prompt.input.cursor));
                if let Some((Some(column), _)) = &prompt.error {
                    prop_assert!(*column <= prompt.input.text.chars().count());
                }
            }
        }
        let depth = state.overlays.len();
        keys(&mut state, "Esc");
        prop_assert!(state.overlays.len() < depth.max(1) || state.flight.deed.is_some());
    }
}

#[test]
fn tags_say_what_they_add_and_remove() {
    let mut state = world();
    keys(&mut state, "t");
    let told = |state: &State| crate::app::prompt::understood(state, prompt(state));
    assert_eq!(told(&state), None);
    typed(&mut state, "md, code -foo");
    assert_eq!(
        told(&state).as_deref(),
        Some("adds md, code · removes foo · Enter stores it")
    );
    let Deed::Tag { add, remove, .. } = deed(&keys(&mut state, "Enter")) else {
        panic!("no tags");
    };
    assert_eq!(add, ["md", "code"]);
    assert_eq!(remove, ["foo"]);
}

#[test]
fn what_cannot_be_snoozed_says_so_before_a_time_is_typed() {
    let snooze = crate::app::command::Command::Snooze;
    let mut state = world();
    assert!(snooze.availability(&state).is_ok());
    for (settled, words) in [
        (
            crate::domain::feedback::State::Processed,
            "it is processed, reopen it first: R",
        ),
        (
            crate::domain::feedback::State::Archived,
            "it is archived, reopen it first: R",
        ),
    ] {
        state.inbox.rows[0].state = settled;
        let reason = snooze.availability(&state).expect_err(words);
        assert_eq!(reason.to_string(), words);
    }
    // Waiting that has run out is unprocessed again.
    state.inbox.rows[0].state = crate::domain::feedback::State::Waiting;
    assert!(snooze.availability(&state).is_ok());
    state.inbox.rows[0].hidden_until = Some(NOW.plus(DAY));
    let reason = snooze.availability(&state).expect_err("it waits");
    assert!(reason.to_string().starts_with("it is waiting"));
    assert_eq!(keys(&mut state, "s"), []);
    assert!(state.overlays.is_empty());
}
