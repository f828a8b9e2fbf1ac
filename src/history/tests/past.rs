//! The release plan of the past is the plan that was there.

use proptest::prelude::*;
use proptest::sample::Index;

use super::files::file;
use super::moves::{Choice, IMPORTS, Move, PEOPLE, moves};
use super::world::{NOW, World, handle};
use crate::domain::deed::{AfterCut, Deed, IdeaEdit, ReleaseEdit, Reversal};
use crate::domain::difference::{ItemChange, ReleaseChange, between};
use crate::domain::entity::{Entity, Thing};
use crate::domain::id::{ActionId, IdeaId, ReleaseId, ReleaseItemId};
use crate::domain::idea::Status;
use crate::domain::moment::{HOUR, Moment};
use crate::domain::release::{Health, ReleasePlan, ReleaseState};
use crate::history::past::{decided, difference, plan_at};
use crate::history::undo::reverse;
use crate::store::StoreError;

impl World {
    /// The plan as it is, without what the journal does not tell.
    fn plan(&self) -> ReleasePlan {
        let read: Result<ReleasePlan, StoreError> =
            self.store.read(|reader| reader.release_plan(None));
        let mut plan = read.expect("a plan");
        for planned in &mut plan.releases {
            for item in &mut planned.items {
                item.demand = None;
            }
        }
        plan
    }

    fn plan_at(&self, at: Moment) -> ReleasePlan {
        plan_at(&self.store, at).expect("a plan of the past")
    }

    /// What changed since, in words: `v1: target date …` and `v1 / Themes: cut`.
    fn since(&self, at: Moment) -> Vec<String> {
        let difference = difference(&self.store, at, None).expect("a difference");
        let mut lines = Vec::new();
        for release in &difference.releases {
            let name = &release.release.name;
            lines.extend(
                release
                    .changes
                    .iter()
                    .map(|change| format!("{name}: {}", change.words())),
            );
            for item in &release.items {
                let words = item
                    .changes
                    .iter()
                    .map(|c| format!("{name} / {}: {}", item.title, c.words()));
                lines.extend(words);
            }
        }
        lines
    }

    /// An hour later.
    fn later(&mut self) -> Moment {
        let before = self.context.now;
        self.context.now = before.plus(HOUR);
        before
    }

    /// v1 with Themes and Export, v2 with Search; answers the releases, ideas and items.
    fn planned(&mut self) -> ([ReleaseId; 2], [IdeaId; 3], [ReleaseItemId; 3]) {
        let releases = ["v1", "v2"].map(|name| self.release(name));
        let ideas = ["Themes", "Export", "Search"].map(|title| self.idea(title));
        let items = [
            self.item(ideas[0], releases[0]),
            self.item(ideas[1], releases[0]),
            self.item(ideas[2], releases[1]),
        ];
        (releases, ideas, items)
    }
}

/// What somebody does next: a deed, or undoing or redoing an earlier one.
#[derive(Clone, Debug)]
enum Turn {
    Deed(Box<Move>),
    Toggle(Index, bool),
}

fn turns(most: usize) -> impl Strategy<Value = Vec<Turn>> {
    let deed = moves(2).prop_map(|moves| Turn::Deed(Box::new(moves[0].clone())));
    let toggle =
        (any::<Index>(), any::<bool>()).prop_map(|(index, rest)| Turn::Toggle(index, rest));
    proptest::collection::vec(prop_oneof![4 => deed, 1 => toggle], 1..most)
}

fn take(world: &mut World, turn: &Turn, done: &mut Vec<ActionId>) {
    let made = match turn {
        Turn::Toggle(index, rest) => {
            if done.is_empty() {
                return;
            }
            world.later();
            let reversal = Reversal::Action {
                action: *index.get(done),
                rest: *rest,
            };
            reverse(&mut world.store, &world.context, reversal).expect("an answer");
            return;
        }
        Turn::Deed(chosen) => {
            world.act_as(PEOPLE[chosen.who]);
            if chosen.deed >= IMPORTS {
                world.bring(&file(u64::from(chosen.number))).0.action
            } else {
                let deed = Choice { world, chosen }.deed();
                world.attempt(deed).ok().and_then(|outcome| outcome.action)
            }
        }
    };
    done.extend(made);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 400, ..ProptestConfig::default() })]

    /// Whatever was done, imported, merged, moved, cut, undone and redone since: the plan as of a moment is the one that
    /// was there, and a difference is told exactly where there is one.
    #[test]
    fn the_plan_of_a_moment_is_the_one_that_was_there(turns in turns(40)) {
        let mut world = World::new();
        world.planned();
        let mut copies = vec![(world.context.now, world.plan())];
        let mut done = Vec::new();
        for turn in &turns {
            take(&mut world, turn, &mut done);
            let now = world.context.now;
            copies.retain(|(at, _)| *at != now);
            copies.push((now, world.plan()));
        }
        let end = world.plan();
        for (at, copy) in &copies {
            prop_assert_eq!(&world.plan_at(*at), copy);
            prop_assert_eq!(&world.plan_at(at.plus(HOUR - 1)), copy);
            let told = between(copy, &end);
            prop_assert_eq!(told.is_empty(), compared(copy) == compared(&end), "{:#?}", told);
        }
    }
}

/// What a difference is about, as text.
fn compared(plan: &ReleasePlan) -> Vec<String> {
    let mut lines = Vec::new();
    for planned in &plan.releases {
        lines.push(format!("{:?}", planned.release));
        for item in &planned.items {
            lines.push(format!(
                "{:?}",
                (
                    item.id,
                    item.release,
                    item.idea,
                    &item.title,
                    &item.owner,
                    item.status,
                    item.health
                )
            ));
        }
    }
    lines.sort_unstable();
    lines
}

#[test]
fn before_the_workspace_there_was_no_plan() {
    let mut world = World::new();
    world.planned();
    assert_eq!(world.plan_at(NOW.plus(-1)), ReleasePlan::default());
    assert_eq!(world.plan_at(Moment(i64::MAX)), world.plan());
    let told = world.since(NOW.plus(-1));
    assert!(told.contains(&"v1 / Themes: added".to_owned()));
    let of_the_backlog = told.iter().filter(|line| line.starts_with("backlog"));
    assert_eq!(of_the_backlog.count(), 0, "it is no news: {told:?}");
}

#[test]
fn a_difference_is_told_in_words() {
    let mut world = World::new();
    let ([v1, v2], [themes, export, search], [a, b, c]) = world.planned();
    let before = world.later();
    let date = chrono::NaiveDate::from_ymd_opt(2026, 12, 16);
    for edit in [
        ReleaseEdit {
            date: Some(date),
            ..ReleaseEdit::default()
        },
        ReleaseEdit {
            state: Some(ReleaseState::Active),
            ..ReleaseEdit::default()
        },
    ] {
        world.done(Deed::EditRelease { release: v1, edit });
    }
    world.done(Deed::UpdateItems {
        items: vec![a],
        text: None,
        health: Some(Health::AtRisk),
    });
    world.done(Deed::EditIdeas {
        ideas: vec![themes],
        edits: vec![
            IdeaEdit::Owner(Some(handle("omar"))),
            IdeaEdit::Title("Dark themes".to_owned()),
        ],
    });
    world.done(Deed::CutItem {
        item: b,
        then: AfterCut::MoveTo(v2),
    });
    world.done(Deed::EditIdeas {
        ideas: vec![search],
        edits: vec![IdeaEdit::Status(Status::Released)],
    });
    world.done(Deed::MoveItems {
        items: vec![c],
        to: v1,
    });
    assert_eq!(
        world.since(before),
        [
            "v1: active, was planned",
            "v1: target date 2026-12-16, had none",
            "v1 / Dark themes: at risk, was on track",
            "v1 / Dark themes: owner @omar, was nobody",
            "v1 / Dark themes: renamed, was “Themes”",
            "v1 / Search: moved from v2",
            "v1 / Search: released",
            "v1 / Export: cut, now in v2",
            "v2 / Export: added, was cut from v1",
        ]
    );
    let since = world.later();
    assert_eq!(world.since(since), Vec::<String>::new());
    let earlier = chrono::NaiveDate::from_ymd_opt(2026, 12, 15);
    let edit = ReleaseEdit {
        date: Some(earlier),
        state: Some(ReleaseState::Released),
        ..ReleaseEdit::default()
    };
    world.done(Deed::EditRelease { release: v1, edit });
    world.done(Deed::AddToRelease {
        ideas: vec![export],
        release: v1,
    });
    world.done(Deed::MergeIdeas {
        from: search,
        into: themes,
    });
    let told = difference(&world.store, since, None).expect("a difference");
    assert_eq!(
        told.releases[0].changes[0],
        ReleaseChange::State {
            from: ReleaseState::Active,
            to: ReleaseState::Released
        }
    );
    assert_eq!(told.of_item(c), [ItemChange::Removed]);
    assert_eq!(
        told.of_item(b),
        [ItemChange::Revived {
            to: Health::OnTrack
        }]
    );
    assert!(
        world
            .since(since)
            .contains(&"v1: target date 2026-12-15, was 2026-12-16 (1 day earlier)".to_owned())
    );
    // What was merged into it is released.
    assert_eq!(told.of_item(a), [ItemChange::Released]);
}

#[test]
fn updates_are_those_of_the_time() {
    let mut world = World::new();
    let (_, _, [a, ..]) = world.planned();
    let say = |text: &str| Deed::UpdateItems {
        items: vec![a],
        text: Some(text.to_owned()),
        health: None,
    };
    let none = world.later();
    world.done(say("first"));
    let first = world.later();
    world.done(say("second"));
    let second = world.later();
    reverse(&mut world.store, &world.context, Reversal::Newest).expect("undone");
    let undone = world.later();
    reverse(&mut world.store, &world.context, Reversal::LastUndone).expect("redone");
    let redone = world.later();
    let said = |at: Moment| {
        let plan = world.plan_at(at);
        let item = plan
            .releases
            .iter()
            .flat_map(|one| &one.items)
            .find(|item| item.id == a);
        item.and_then(|item| item.update.as_ref()?.text.clone())
    };
    assert_eq!(said(none), None);
    assert_eq!(said(first).as_deref(), Some("first"));
    assert_eq!(said(second).as_deref(), Some("second"));
    assert_eq!(said(undone).as_deref(), Some("first"));
    assert_eq!(said(redone).as_deref(), Some("second"));
}

impl World {
    /// What was decided since, in words: `Themes: moved from v1 to v2`.
    fn decided(&self, (since, until): (Moment, Moment), hidden: &[Thing]) -> Vec<String> {
        let found = self
            .store
            .read(|reader| decided(reader, (since, until), hidden))
            .expect("decisions");
        let lines = found.iter().map(|one| {
            let words: Vec<String> = one.changes.iter().map(|change| change.words()).collect();
            format!("{}: {}", one.title, words.join("; "))
        });
        lines.collect()
    }
}

#[test]
fn what_was_decided_is_what_holds_at_the_end_and_was_otherwise_before() {
    let mut world = World::new();
    let ([v1, v2], [themes, export, search], [a, b, _]) = world.planned();
    let requests = ["Dark mode", "Light mode"].map(|title| world.feedback(title));
    let begun = world.later();
    world.done(Deed::Assign {
        feedback: requests.to_vec(),
        owner: Some(handle("omar")),
    });
    world.done(Deed::MoveItems {
        items: vec![a],
        to: v2,
    });
    world.done(Deed::CutItem {
        item: b,
        then: AfterCut::MoveTo(v2),
    });
    world.done(Deed::EditIdeas {
        ideas: vec![search],
        edits: vec![IdeaEdit::Owner(Some(handle("dana")))],
    });
    world.done(Deed::EditRelease {
        release: v1,
        edit: ReleaseEdit {
            date: Some(chrono::NaiveDate::from_ymd_opt(2026, 12, 16)),
            ..ReleaseEdit::default()
        },
    });
    // What is thought better of is no decision.
    let undone = world.done(Deed::EditIdeas {
        ideas: vec![themes],
        edits: vec![IdeaEdit::Owner(Some(handle("omar")))],
    });
    let reversal = Reversal::Action {
        action: undone.action.expect("an action"),
        rest: false,
    };
    reverse(&mut world.store, &world.context, reversal).expect("undone");
    // An import is none either.
    world.bring(&file(3));
    let ended = world.later();
    // Nor is what is done when it is over, and it takes nothing back that was decided.
    world.done(Deed::MoveItems {
        items: vec![a],
        to: v1,
    });
    let all = [
        "Themes: moved from v1 to v2",
        "Export: cut from v1, now in v2",
        "Search: owner @dana, was nobody",
        "v1: target date 2026-12-16, was none",
        "Dark mode: owner @omar, was nobody",
        "Light mode: owner @omar, was nobody",
    ];
    assert_eq!(world.decided((begun, ended), &[]), all);
    // Of what is confidential nothing is told: of a release item, of its idea, of a request.
    let hidden = [
        Thing::new(Entity::ReleaseItem, a),
        Thing::new(Entity::Idea, export),
        Thing::new(Entity::Feedback, requests[0]),
    ];
    assert_eq!(
        world.decided((begun, ended), &hidden),
        [all[2], all[3], all[5]]
    );
}
