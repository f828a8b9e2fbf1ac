//! Somebody else was quicker: what was seen goes with the deed, and is known once it was said.

use super::*;

fn seen(effects: &[Effect]) -> Vec<Seen> {
    match effects.last() {
        Some(Effect::Commit { seen, .. }) => seen.clone(),
        other => panic!("{other:?}"),
    }
}

fn owned(number: u128, owner: Option<&str>) -> Seen {
    let feedback = feedback_id(number);
    let owner = owner.map(handle);
    Seen::Owned { feedback, owner }
}

/// The problem of whoever was too late.
fn too_late(said: &str, all: &[Seen]) -> Problem {
    let problem = Problem::new(Kind::Refused, said);
    all.iter().fold(problem, |problem, now| {
        problem.meanwhile(now.name(), now.words())
    })
}

fn error(state: &State) -> &str {
    let error = prompt(state).error.as_ref();
    error.map(|(_, words)| words.as_str()).unwrap_or_default()
}

#[test]
fn what_was_put_away_meanwhile_is_answered_only_knowingly() {
    let mut state = world();
    let effects = keys(&mut state, "e");
    tell(&mut state, &effects, vec![facts(1, &[])]);
    // The list hears of it while the prompt is open; what was seen stays what was seen.
    state.inbox.rows[0].state = crate::domain::feedback::State::Archived;
    let effects = keys(&mut state, "Enter");
    let stood = facts(1, &[]).stood;
    assert!(seen(&effects).contains(&stood));
    let archived = Seen::stood(&state.inbox.rows[0]);
    assert_ne!(stood, archived);
    let problem = too_late(
        "@omar archived it just now",
        std::slice::from_ref(&archived),
    );
    refused(&mut state, &effects, problem);
    assert_eq!(
        error(&state),
        "@omar archived it just now · Enter again goes on all the same"
    );
    let again = keys(&mut state, "Enter");
    assert_eq!(deed(&again), deed(&effects));
    assert!(seen(&again).contains(&archived));
}

#[test]
fn what_somebody_took_meanwhile_is_assigned_only_knowingly() {
    let mut state = marked();
    keys(&mut state, "a Ctrl-u");
    typed(&mut state, "@hana");
    state.inbox.rows[1].owner = Some(handle("omar"));
    let effects = keys(&mut state, "Enter");
    assert_eq!(seen(&effects), [owned(1, None), owned(2, None)]);
    let problem = too_late("@omar took “Dark mode” just now", &[owned(2, Some("omar"))]);
    refused(&mut state, &effects, problem);
    assert_eq!(
        error(&state),
        "@omar took “Dark mode” just now · Enter again assigns them to @hana"
    );
    let again = keys(&mut state, "Enter");
    assert_eq!(deed(&again), deed(&effects));
    assert_eq!(seen(&again), [owned(1, None), owned(2, Some("omar"))]);
}

#[test]
fn what_is_done_with_one_key_goes_with_what_the_list_shows() {
    let stood = |number| facts(number, &[]).stood;
    let mut state = world();
    assert_eq!(seen(&keys(&mut state, "A")), [owned(1, None)]);
    for key in ["P", "d"] {
        let mut state = world();
        assert_eq!(seen(&keys(&mut state, key)), [stood(1)], "{key}");
    }
    let mut state = marked();
    keys(&mut state, "s");
    typed(&mut state, "3d");
    let effects = keys(&mut state, "Enter");
    let (one, two) = (
        Seen::stood(&state.inbox.rows[0]),
        Seen::stood(&state.inbox.rows[1]),
    );
    assert_eq!(seen(&effects), [one, two]);
}
