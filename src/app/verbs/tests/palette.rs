//! Help, the palette and the saved views.

use super::*;
use crate::app::command::rows;
use crate::app::effect::Writing;
use crate::app::state::Picking;

#[test]
fn help_and_palette_show_every_command_and_why_one_cannot_run() {
    let mut state = world();
    keys(&mut state, "?");
    let help = picker(&state);
    let here = rows().filter(|row| row.contexts.contains(&crate::app::command::Context::Inbox));
    for row in here {
        assert!(
            help.rows.iter().any(|shown| shown.label == row.title),
            "{}",
            row.title
        );
    }
    typed(&mut state, "archive");
    assert_eq!(
        deed(&keys(&mut state, "Enter")),
        Deed::Archive {
            feedback: vec![feedback_id(1)]
        }
    );

    // What has its key on another screen is found, and says where.
    for (typing, place) in [
        ("merge", "in the ideas: g d"),
        ("cut…", "in the release plan: g r"),
        ("present", "in the weekly sync: g w"),
        ("release notes", "on the command line: intake release notes"),
    ] {
        let mut state = world();
        keys(&mut state, ":");
        typed(&mut state, typing);
        let found = picker(&state)
            .rows
            .iter()
            .filter_map(|row| row.disabled.as_deref());
        let found: Vec<&str> = found.collect();
        assert!(found.contains(&place), "{typing}: {found:?}");
        // Below all that can be chosen here.
        let elsewhere = |row: &&PickerRow| row.group.ends_with("elsewhere");
        let after = picker(&state).rows.iter().skip_while(|row| !elsewhere(row));
        assert!(after.clone().count() > 0 && after.clone().all(|row| elsewhere(&row)));
    }

    let mut state = world();
    state.inbox.rows.clear();
    state.hand = None;
    keys(&mut state, ":");
    typed(&mut state, "archive");
    assert!(picker(&state).rows[0].disabled.is_some());
    assert_eq!(keys(&mut state, "Enter"), []);
}

#[test]
fn the_palette_finds_ideas_releases_and_people() {
    for (text, group) in [
        ("Scheduled reports", "Ideas"),
        ("v3", "Releases"),
        ("@dana", "People"),
    ] {
        let mut state = world();
        keys(&mut state, ":");
        typed(&mut state, text);
        assert_eq!(picker(&state).rows[0].group, group, "{text}");
        keys(&mut state, "Enter");
        assert!(state.overlays.is_empty());
    }
}

#[test]
fn views_are_shown_saved_and_forgotten() {
    let mut state = world();
    state.views = vec![
        ("mine".into(), "is:mine".into()),
        ("broken".into(), "importance:none-such".into()),
    ];
    keys(&mut state, "' Enter");
    assert_eq!(state.inbox.filter, "is:mine");

    let mut state = world();
    state.views = vec![("broken".into(), "importance:none-such".into())];
    keys(&mut state, "' Enter");
    assert!(
        prompt(&state).error.is_some(),
        "a view that cannot be understood is shown to be mended"
    );

    let mut state = world();
    state.views = vec![("mine".into(), "is:mine".into())];
    keys(&mut state, "' Delete");
    assert_eq!(picker(&state).title, "forget the view “mine”?");
    keys(&mut state, "Esc");
    assert_eq!(picker(&state).picking, Picking::Views);
    let effects = keys(&mut state, "Delete Enter");
    assert!(effects.iter().any(|effect| matches!(
        effect,
        Effect::Write { writing, .. }
            if **writing == Writing::View { name: "mine".into(), filter: String::new(), renamed: None }
    )));
    assert!(state.views.is_empty());
    let asks_anew = wrote(
        &mut state,
        &effects,
        Err(Problem::new(Kind::Storage, "the disk is full")),
    );
    assert!(
        asks_anew.iter().any(|effect| matches!(
            effect,
            Effect::Ask {
                question: Question::Views,
                ..
            }
        )),
        "a view that could not be forgotten is there again"
    );
    let notice = state.notice.expect("it is said");
    assert_eq!(notice.words, "the disk is full");
}

#[test]
fn the_view_that_is_shown_has_its_name_until_the_filter_is_another() {
    let mut state = world();
    state.views = vec![("mine".into(), "is:mine".into())];
    assert_eq!(state.shown_view(), None);
    keys(&mut state, "' Enter");
    assert_eq!(state.shown_view(), Some("mine"));

    let mut state = world();
    state.views = vec![("mine".into(), "is:mine".into())];
    state.inbox.filter = "is:mine".to_owned();
    state.inbox.view = Some("mine".to_owned());
    keys(&mut state, "' Alt-r");
    assert_eq!(prompt(&state).input.text, "mine");
    typed(&mut state, "Yours");
    let effects = keys(&mut state, "Enter");
    let renamed = Writing::View {
        name: "Yours".into(),
        filter: "is:mine".into(),
        renamed: Some("mine".into()),
    };
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Write { writing, .. } if **writing == renamed))
    );
    // Until it is written, and where it is refused, the list keeps the name that it has.
    assert_eq!(state.shown_view(), Some("mine"));
    wrote(&mut state, &effects, Ok("it is called so now".to_owned()));
    state.views = vec![
        ("Yours".into(), "is:mine".into()),
        ("b".into(), "is:waiting".into()),
    ];
    assert_eq!(state.shown_view(), Some("Yours"));
    keys(&mut state, "/");
    typed(&mut state, "x");
    assert_eq!(state.shown_view(), None);
    // A name that is in use is refused.
    let mut state = world();
    state.views = vec![
        ("a".into(), "is:mine".into()),
        ("b".into(), "is:waiting".into()),
    ];
    keys(&mut state, "' Alt-r");
    typed(&mut state, "b");
    assert_eq!(keys(&mut state, "Enter"), []);
    assert!(prompt(&state).error.is_some());
}

/// What is written to a view: its name, its filter, and the name that it had.
fn view_written(effects: &[Effect]) -> (String, String, Option<String>) {
    let written = effects.iter().find_map(|effect| match effect {
        Effect::Write { writing, .. } => match &**writing {
            Writing::View {
                name,
                filter,
                renamed,
            } => Some((name.clone(), filter.clone(), renamed.clone())),
            _ => None,
        },
        _ => None,
    });
    written.expect("a view is written")
}

fn view(name: &str, filter: &str) -> (String, String, Option<String>) {
    (name.to_owned(), filter.to_owned(), None)
}

#[test]
fn a_view_that_was_forgotten_comes_back_by_the_first_undo_and_goes_by_a_redo() {
    let mut state = world();
    state.views = vec![("mine".into(), "is:mine".into())];
    let effects = keys(&mut state, "' Delete Enter");
    wrote(&mut state, &effects, Ok("forgotten".to_owned()));
    let hint = |state: &State| state.notice.clone().map(|notice| notice.hint);
    assert_eq!(hint(&state).as_deref(), Some("u undo"));
    keys(&mut state, "Esc");
    // What was tried in vain meanwhile does not stand before it.
    state.idle = true;
    let effects = keys(&mut state, "u");
    assert_eq!(view_written(&effects), view("mine", "is:mine"));
    wrote(&mut state, &effects, Ok("saved".to_owned()));
    assert_eq!(hint(&state).as_deref(), Some("U redo"));
    state.views = vec![("mine".into(), "is:mine".into())];
    let effects = keys(&mut state, "U");
    assert_eq!(view_written(&effects), view("mine", ""));
    wrote(&mut state, &effects, Ok("forgotten".to_owned()));
    // A deed in between is what the next undo is for.
    assert!(state.errands.view.is_some());
    keys(&mut state, "P");
    assert_eq!(state.errands.view, None);
}

#[test]
fn another_filter_takes_the_name_of_a_view_only_when_that_was_said() {
    let mut state = world();
    state.views = vec![("mine".into(), "is:mine".into())];
    state.inbox.filter = "is:waiting".to_owned();
    keys(&mut state, ":");
    typed(&mut state, "save this view");
    keys(&mut state, "Enter");
    typed(&mut state, "mine");
    assert_eq!(keys(&mut state, "Enter"), []);
    let said = prompt(&state).error.clone().expect("it is said").1;
    assert_eq!(
        said,
        "“mine” is “is:mine” until now: Enter again replaces it"
    );
    let effects = keys(&mut state, "Enter");
    assert_eq!(view_written(&effects), view("mine", "is:waiting"));
    wrote(&mut state, &effects, Ok("saved".to_owned()));
    let effects = keys(&mut state, "u");
    assert_eq!(view_written(&effects), view("mine", "is:mine"));
}
