use super::*;
use crate::domain::deed::{AfterCut, IdeaEdit, IdeaTarget, ReleaseEdit, Step, Subject};
use crate::domain::idea::{Effort, Timeframe};

#[test]
fn a_key_chooses_status_effort_and_timeframe_directly() {
    assert_eq!(
        deed(&keys(&mut table(), "f l")),
        edited(vec![IdeaEdit::Effort(Some(Effort::Large))])
    );
    assert_eq!(
        deed(&keys(&mut table(), "T 6")),
        edited(vec![IdeaEdit::Timeframe(Some(Timeframe::SixMonths))])
    );
    assert_eq!(
        deed(&keys(&mut table(), "S i")),
        edited(vec![IdeaEdit::Status(Status::InDevelopment)])
    );
    assert_eq!(
        deed(&keys(&mut table(), "f -")),
        edited(vec![IdeaEdit::Effort(None)])
    );
}

#[test]
fn planned_asks_for_a_release_unless_it_has_one() {
    assert_eq!(
        deed(&keys(&mut table(), "S p")),
        edited(vec![IdeaEdit::Status(Status::Planned)])
    );
    let mut state = table();
    state.ideas.cursor = 1;
    assert_eq!(keys(&mut state, "S p"), []);
    assert_eq!(
        labels(&state),
        ["v2", "v3"],
        "what is out takes nothing any more"
    );
    assert_eq!(
        deed(&keys(&mut state, "Enter")),
        Deed::EditIdeas {
            ideas: vec![idea_id(2)],
            edits: vec![
                IdeaEdit::Release(release_id(2)),
                IdeaEdit::Status(Status::Planned)
            ],
        }
    );
}

#[test]
fn wont_do_asks_for_the_reason_and_first_whether_the_plan_keeps_it() {
    let given = |ways: &str, edits: &[IdeaEdit]| {
        let mut state = table();
        keys(&mut state, ways);
        typed(&mut state, "too few ask");
        let Deed::EditIdeas { edits: made, .. } = deed(&keys(&mut state, "Enter")) else {
            panic!("no edit");
        };
        let mut expected = vec![
            IdeaEdit::Reason(Some("too few ask".into())),
            IdeaEdit::Status(Status::WontDo),
        ];
        expected.extend(edits.iter().cloned());
        assert_eq!(made, expected, "{ways}");
    };
    let mut state = table();
    keys(&mut state, "S w");
    assert_eq!(labels(&state), ["cut it from v2", "keep it there"]);
    given("S w x", &[IdeaEdit::Cut]);
    given("S w Enter", &[IdeaEdit::Cut]);
    given("S w k", &[]);
    // The second idea is in no release.
    given("j S w", &[]);
    // What was shipped is not asked about.
    let mut state = table();
    state.plan.plan.releases[1].release.state = ReleaseState::Released;
    keys(&mut state, "S w");
    assert!(prompt(&state).label.starts_with("why not"));
}

#[test]
fn what_is_released_says_that_it_leaves_the_notes_before_it_is_turned_down() {
    let mut state = table();
    state.plan.plan.releases.clear();
    let row = state.ideas.shown[state.ideas.cursor];
    state.ideas.rows[row].status = Status::Released;
    keys(&mut state, "S w");
    assert!(prompt(&state).hint.contains("off the release notes"));
}

#[test]
fn postponed_asks_whether_the_plan_keeps_it() {
    let mut state = table();
    keys(&mut state, "S o");
    assert_eq!(labels(&state), ["cut it from v2", "keep it there"]);
    let after = |ways: &str| {
        let mut state = table();
        let (last, before) = ways.rsplit_once(' ').map_or((ways, ""), |(a, b)| (b, a));
        keys(&mut state, before);
        let Deed::EditIdeas { edits, .. } = deed(&keys(&mut state, last)) else {
            panic!("no edit");
        };
        edits
    };
    let postponed = IdeaEdit::Status(Status::Postponed);
    assert_eq!(after("S o x"), [postponed.clone(), IdeaEdit::Cut]);
    assert_eq!(after("S o Enter"), [postponed.clone(), IdeaEdit::Cut]);
    assert_eq!(after("S o k"), std::slice::from_ref(&postponed));
    // The second idea is in no release.
    assert_eq!(after("j S o"), [postponed]);
}

#[test]
fn wont_do_from_the_inbox_asks_whether_the_plan_keeps_it() {
    let mut state = world();
    keys(&mut state, "w");
    typed(&mut state, "export a board");
    keys(&mut state, "Enter x");
    typed(&mut state, "too few ask");
    let effects = keys(&mut state, "Enter");
    tell(&mut state, &effects, vec![facts(1, &[1])]);
    let Deed::WontDo {
        idea, reason, cut, ..
    } = deed(&keys(&mut state, "Enter"))
    else {
        panic!("it is turned down");
    };
    assert_eq!(
        (idea, reason.as_str(), cut),
        (IdeaTarget::Existing(idea_id(1)), "too few ask", true)
    );
}

#[test]
fn ideas_are_owned_placed_merged_commented_and_made() {
    let mut state = table();
    keys(&mut state, "a");
    typed(&mut state, "omar");
    assert_eq!(
        deed(&keys(&mut state, "Enter")),
        edited(vec![IdeaEdit::Owner(Some(handle("omar")))])
    );

    let mut state = table();
    keys(&mut state, "r ↑ Enter");
    assert!(
        !state.overlays.is_empty(),
        "it is in v2 already: the row says so and the picker stays"
    );
    keys(&mut state, "Esc r");
    typed(&mut state, "v3");
    assert_eq!(
        deed(&keys(&mut state, "Enter")),
        Deed::AddToRelease {
            ideas: vec![idea_id(1)],
            release: release_id(3),
        }
    );

    let mut state = table();
    keys(&mut state, "m");
    assert_eq!(labels(&state).len(), 3, "not into itself");
    let said = |state: &State, place: usize| {
        let row = &picker(state).rows[place];
        (row.note.clone(), row.disabled.clone())
    };
    assert_eq!(
        said(&state, 0),
        ("New → Planned".to_owned(), None),
        "the further status stays"
    );
    let refused = said(&state, 1).1.expect("it is Won't Do");
    assert!(refused.contains("one is Won't Do"), "{refused}");
    typed(&mut state, "compl");
    assert_eq!(
        deed(&keys(&mut state, "Enter")),
        Deed::MergeIdeas {
            from: idea_id(1),
            into: idea_id(2),
        }
    );

    let mut state = table();
    keys(&mut state, "c");
    typed(&mut state, "see");
    assert_eq!(
        deed(&keys(&mut state, "Ctrl-s")),
        Deed::Comment {
            on: vec![Subject::Idea(idea_id(1))],
            text: "see".into(),
        }
    );

    let mut state = table();
    keys(&mut state, "C");
    typed(&mut state, "New one");
    let Deed::CreateIdea(idea) = deed(&keys(&mut state, "Enter")) else {
        panic!("no idea");
    };
    assert_eq!(idea.title, "New one");
}

#[test]
fn items_move_to_the_nearest_release_that_is_not_out() {
    assert_eq!(
        deed(&keys(&mut release_plan(), ">")),
        Deed::MoveItems {
            items: vec![item_id(1)],
            to: release_id(3),
        }
    );
    let mut state = release_plan();
    assert_eq!(keys(&mut state, "<"), []);
    assert!(
        state
            .notice
            .is_some_and(|notice| notice.words.contains("no release before v2"))
    );
    assert_eq!(
        deed(&keys(&mut release_plan(), "Alt-↑")),
        Deed::ReorderItem {
            item: item_id(1),
            step: Step::Up,
        }
    );
}

#[test]
fn each_marked_item_moves_on_from_its_own_release_wherever_the_cursor_is() {
    let with = |marks: &[u128], cursor: usize| {
        let mut state = release_plan();
        let releases = &mut state.plan.plan.releases;
        releases[2].items = vec![item(2, 3, 2, Status::Planned)];
        releases.push(planned(4, "v4", Vec::new()));
        releases[0].release.state = ReleaseState::Planned;
        state.plan.marks.extend(marks.iter().copied().map(item_id));
        state.plan.cursor.release = cursor;
        state.plan.cursor.item = Some(0);
        state
    };
    let to = |number: u128, release: u128| Deed::MoveItems {
        items: vec![item_id(number)],
        to: release_id(release),
    };
    // On the other item, on its own, and on a release that has none: that is of no matter.
    for cursor in [1, 2, 3] {
        assert_eq!(deed(&keys(&mut with(&[1], cursor), ">")), to(1, 3));
        assert_eq!(deed(&keys(&mut with(&[1], cursor), "<")), to(1, 1));
        assert_eq!(deed(&keys(&mut with(&[2], cursor), ">")), to(2, 4));
    }
    // The one that is further on goes first: both may be items of one idea.
    let mut state = with(&[1, 2], 1);
    assert_eq!(
        deed(&keys(&mut state, ">")),
        Deed::SpreadItems {
            moves: vec![
                (release_id(4), vec![item_id(2)]),
                (release_id(3), vec![item_id(1)]),
            ],
        }
    );
    // From two releases on either side of one that is out both come into the same.
    let mut state = with(&[1, 2], 1);
    state.plan.plan.releases[1].release.state = ReleaseState::Active;
    state.plan.plan.releases[2].release.state = ReleaseState::Released;
    assert_eq!(keys(&mut state, ">"), [], "one that is out stays");
    // One that can go nowhere keeps the others.
    let mut state = with(&[1, 2], 1);
    state.plan.plan.releases.pop();
    assert_eq!(keys(&mut state, ">"), []);
    let notice = state.notice.expect("it says why not");
    assert!(
        notice.words.contains("no release after v3") && notice.words.contains("C makes one"),
        "{notice:?}"
    );
}

#[test]
fn one_marked_item_is_reordered_though_the_cursor_is_elsewhere() {
    let mut state = release_plan();
    state.plan.plan.releases[2].items = vec![item(2, 3, 2, Status::Planned)];
    state.plan.marks.insert(item_id(2));
    assert_eq!(
        deed(&keys(&mut state, "Alt-↓")),
        Deed::ReorderItem {
            item: item_id(2),
            step: Step::Down,
        }
    );
}

#[test]
fn what_was_shipped_stays_in_its_release() {
    for key in [">", "<"] {
        let mut state = release_plan();
        state.plan.plan.releases[1].release.state = ReleaseState::Released;
        assert_eq!(keys(&mut state, key), []);
        let notice = state.notice.expect("it says why not");
        assert!(notice.words.contains("v2 is out"), "{notice:?}");
        assert!(notice.words.contains("X cuts"), "{notice:?}");
    }
}

#[test]
fn updates_are_words_with_a_health() {
    let mut state = release_plan();
    keys(&mut state, "c");
    typed(&mut state, "at");
    keys(&mut state, "Tab");
    assert_eq!(prompt(&state).input.text, "at-risk: ");
    typed(&mut state, "waits");
    assert_eq!(
        deed(&keys(&mut state, "Enter")),
        Deed::UpdateItems {
            items: vec![item_id(1)],
            text: Some("waits".into()),
            health: Some(Health::AtRisk),
        }
    );
    assert_eq!(
        deed(&keys(&mut release_plan(), "=")),
        Deed::NoChange {
            items: vec![item_id(1)]
        }
    );
}

#[test]
fn cutting_offers_the_next_release_or_postponed_but_never_a_planned_idea_without_release() {
    let mut state = release_plan();
    keys(&mut state, "X");
    assert_eq!(
        labels(&state),
        ["move to v3", "postpone the idea", "only cut it"]
    );
    assert!(picker(&state).rows[2].disabled.is_some());
    assert_eq!(keys(&mut state, "x"), []);
    assert_eq!(
        deed(&keys(&mut state, "n")),
        Deed::CutItem {
            item: item_id(1),
            then: AfterCut::MoveTo(release_id(3)),
        }
    );
}

#[test]
fn a_release_gets_ideas_and_releases_are_made() {
    let mut state = release_plan();
    keys(&mut state, "r");
    assert!(
        !labels(&state).contains(&"Export a board as PDF".to_owned()),
        "it is in there already"
    );
    assert_eq!(
        deed(&keys(&mut state, "Enter")),
        Deed::AddToRelease {
            ideas: vec![idea_id(4)],
            release: release_id(2),
        }
    );
    let mut state = release_plan();
    keys(&mut state, "C");
    typed(&mut state, "v4 2027-02-30");
    assert_eq!(keys(&mut state, "Enter"), []);
    assert_eq!(
        prompt(&state).error.as_ref().map(|(column, _)| *column),
        Some(Some(3))
    );
    keys(&mut state, "Backspace Backspace");
    typed(&mut state, "16");
    assert_eq!(
        deed(&keys(&mut state, "Enter")),
        Deed::CreateRelease(ReleaseEdit {
            name: Some("v4".into()),
            date: Some(chrono::NaiveDate::from_ymd_opt(2027, 2, 16)),
            ..ReleaseEdit::default()
        })
    );
}

#[test]
fn the_checklist_is_ticked_row_by_row_and_stays_open() {
    let mut state = table();
    let known = |checks: &[(&str, bool)]| {
        let mut idea = idea_detail(idea(1, "Export a board as PDF", Status::New));
        let checks = checks.iter();
        idea.checks = checks
            .map(|(item, done)| ((*item).to_owned(), *done))
            .collect();
        Ok(Answer::Idea(Some(Box::new(idea))))
    };
    let asked = |question: &Question| matches!(question, Question::Idea(_));
    let labels = |state: &State| -> Vec<String> {
        let rows = picker(state).rows.iter();
        rows.map(|row| row.label.clone()).collect()
    };
    let effects = keys(&mut state, "t");
    let before = [("secure", true), ("legal", true)];
    reply(&mut state, &effects, asked, known(&before));
    assert_eq!(labels(&state), ["[ ] scalable", "[x] secure", "[x] legal"]);
    let effects = keys(&mut state, "Space");
    assert_eq!(
        deed(&effects),
        edited(vec![IdeaEdit::Check("scalable".into(), true)])
    );
    // The next key waits until the list shows what was ticked.
    assert_eq!(keys(&mut state, "↓"), []);
    let effects = done(&mut state, &effects, None);
    assert_eq!(picker(&state).cursor, 0);
    let after = [("scalable", true), ("secure", true), ("legal", true)];
    reply(&mut state, &effects, asked, known(&after));
    assert_eq!(labels(&state)[0], "[x] scalable");
    assert!(picker(&state).title.ends_with("3 of 3"));
    nothing_else(&mut state, effects);
    assert_eq!(picker(&state).cursor, 1);
    let effects = keys(&mut state, "Enter");
    assert_eq!(
        deed(&effects),
        edited(vec![IdeaEdit::Check("secure".into(), false)])
    );
    // What is refused is shown as it stands.
    let effects = done(&mut state, &effects, Some("the idea is gone"));
    reply(&mut state, &effects, asked, known(&after));
    assert_eq!(labels(&state)[1], "[x] secure");
    nothing_else(&mut state, effects);
    keys(&mut state, "Esc");
    assert!(state.overlays.is_empty());
}

/// What else was asked after a deed is answered with nothing.
fn nothing_else(state: &mut State, effects: Vec<Effect>) {
    for effect in effects {
        if let Effect::Ask { sequence, .. } = effect {
            let answer = Err(Problem::new(Kind::Refused, "not here"));
            update(state, Message::Answer { sequence, answer });
        }
    }
}

#[test]
fn a_checklist_without_entries_says_where_they_come_from() {
    let mut state = table();
    state.settings.checklist.clear();
    let effects = keys(&mut state, "t");
    let mut bare = idea_detail(idea(1, "Export a board as PDF", Status::New));
    bare.checks.clear();
    let answer = Ok(Answer::Idea(Some(Box::new(bare))));
    reply(
        &mut state,
        &effects,
        |q| matches!(q, Question::Idea(_)),
        answer,
    );
    assert!(state.overlays.is_empty());
    let notice = state.notice.expect("a word about it");
    assert!(notice.hint.contains("ga_checklist"), "{notice:?}");
}
