//! The deeds on the release plan.

use super::world::World;
use crate::domain::deed::{AfterCut, Deed, IdeaEdit, ReleaseEdit, Step};
use crate::domain::entity::{Entity, Value};
use crate::domain::id::{ReleaseId, ReleaseItemId};
use crate::domain::idea::Status;
use crate::domain::release::{Health, ReleaseKind, ReleaseState};
use crate::history::commit::backlog;

/// The items of a release that are not cut, in order.
fn order(world: &World, release: ReleaseId) -> Vec<ReleaseItemId> {
    let mut items: Vec<(Value, ReleaseItemId)> = world
        .live(Entity::ReleaseItem)
        .into_iter()
        .filter(|t| world.get(t.entity, t.id, "release") == Value::Thing(release.0))
        .filter(|t| world.number(t.entity, t.id, "health") != Some(Health::Cut.code()))
        .map(|t| (world.get(t.entity, t.id, "position"), ReleaseItemId(t.id)))
        .collect();
    items.sort_by_key(|(position, id)| match position {
        Value::Text(text) => (text.clone(), *id),
        _ => (String::new(), *id),
    });
    items.into_iter().map(|(_, id)| id).collect()
}

#[test]
fn adding_plans_an_idea_and_cutting_leaves_a_row() {
    let mut world = World::new();
    let (idea, v1, v2) = (
        world.idea("Themes"),
        world.release("v1"),
        world.release("v2"),
    );
    let item = world.item(idea, v1);
    let status = |world: &World| world.number(Entity::Idea, idea, "status");
    assert_eq!(status(&world), Some(Status::Planned.code()));
    let add = || Deed::AddToRelease {
        ideas: vec![idea],
        release: v1,
    };
    assert_eq!(world.done(add()).words, "already in v1");
    let cut = |item, then| Deed::CutItem { item, then };
    assert!(
        world
            .refused(cut(item, AfterCut::Nothing))
            .contains("Planned needs")
    );
    assert!(
        world
            .refused(cut(item, AfterCut::MoveTo(v1)))
            .contains("stay")
    );
    let outcome = world.done(cut(item, AfterCut::MoveTo(v2)));
    assert_eq!(outcome.words, "cut from v1, to v2");
    assert_eq!(world.live(Entity::ReleaseItem).len(), 2);
    assert_eq!(world.done(cut(item, AfterCut::Nothing)).action, None);
    // It comes back to v1 by the row that it had there.
    world.done(add());
    assert_eq!(order(&world, v1), [item]);
    let second = order(&world, v2)[0];
    world.done(cut(second, AfterCut::Nothing));
    world.done(cut(item, AfterCut::Postpone));
    assert_eq!(status(&world), Some(Status::Postponed.code()));
    let moved = Deed::MoveItems {
        items: vec![item],
        to: backlog(),
    };
    assert!(world.refused(moved).contains("was cut"));
}

#[test]
fn items_move_with_their_row() {
    let mut world = World::new();
    let (one, two) = (world.idea("One"), world.idea("Two"));
    let (v1, v2) = (world.release("v1"), world.release("v2"));
    let (a, b) = (world.item(one, v1), world.item(two, v1));
    let there = world.item(two, v2);
    let to_v2 = |items| Deed::MoveItems { items, to: v2 };
    assert!(world.refused(to_v2(vec![a, b])).contains("already"));
    assert_eq!(world.done(to_v2(vec![a])).words, "moved to v2");
    assert_eq!(order(&world, v2), [there, a]);
    assert_eq!(world.done(to_v2(vec![a])).action, None);
}

#[test]
fn items_of_several_releases_move_in_one_step_and_say_how_many_went_where() {
    let mut world = World::new();
    let ideas = ["One", "Two", "Three"].map(|title| world.idea(title));
    let [v1, v2, v3] = ["v1", "v2", "v3"].map(|name| world.release(name));
    let (a, b) = (world.item(ideas[0], v1), world.item(ideas[1], v1));
    let c = world.item(ideas[2], v2);
    let deed = Deed::SpreadItems {
        moves: vec![(v2, vec![a, b]), (v3, vec![c])],
    };
    let outcome = world.done(deed.clone());
    assert_eq!(outcome.words, "moved 3 release items (2 to v2, 1 to v3)");
    assert_eq!(
        (order(&world, v2), order(&world, v3)),
        (vec![a, b], vec![c])
    );
    assert_eq!(world.done(deed).action, None);
    world.undone(&outcome);
    assert_eq!(
        (order(&world, v1), order(&world, v2)),
        (vec![a, b], vec![c])
    );
    // Each refusal keeps all of them.
    assert!(
        world
            .refused(Deed::SpreadItems {
                moves: vec![(v2, vec![a]), (v3, Vec::new())],
            })
            .contains("nothing was chosen")
    );
    assert_eq!(order(&world, v1), [a, b]);
}

#[test]
fn the_items_of_one_idea_in_two_releases_move_on_together() {
    let mut world = World::new();
    let idea = world.idea("One");
    let [v1, v2, v3] = ["v1", "v2", "v3"].map(|name| world.release(name));
    let (first, second) = (world.item(idea, v1), world.item(idea, v2));
    let moves = vec![(v3, vec![second]), (v2, vec![first])];
    world.done(Deed::SpreadItems { moves });
    assert_eq!(
        (order(&world, v2), order(&world, v3)),
        (vec![first], vec![second])
    );
}

#[test]
fn what_is_out_stays_in_its_release_and_can_only_be_cut_there() {
    let mut world = World::new();
    let (one, two) = (world.idea("One"), world.idea("Two"));
    let (v1, v2) = (world.release("v1"), world.release("v2"));
    let (shipped, waiting) = (world.item(one, v1), world.item(two, v2));
    let state = |release, state| Deed::EditRelease {
        release,
        edit: ReleaseEdit {
            state: Some(state),
            ..ReleaseEdit::default()
        },
    };
    world.done(state(v1, ReleaseState::Released));
    let away = |items| Deed::MoveItems {
        items,
        to: backlog(),
    };
    // One that has to stay keeps the others, too: a deed is done as a whole.
    for items in [vec![shipped], vec![waiting, shipped]] {
        let problem = world.attempt(away(items)).expect_err("refused");
        assert!(problem.summary.contains("v1 is out"), "{problem:?}");
        assert!(
            problem.hints.iter().any(|hint| hint.contains("cut it")),
            "{problem:?}"
        );
    }
    assert_eq!(order(&world, v1), [shipped]);
    assert_eq!(order(&world, v2), [waiting]);
    // What was left out of the plan of a release comes into it afterwards, and is not stuck if that was wrong.
    world.done(Deed::MoveItems {
        items: vec![waiting],
        to: v1,
    });
    world.done(Deed::CutItem {
        item: waiting,
        then: AfterCut::MoveTo(v2),
    });
    assert_eq!(order(&world, v1), [shipped]);
    assert_eq!(order(&world, v2).len(), 1);
    world.done(state(v1, ReleaseState::Active));
    world.done(away(vec![shipped]));
    assert_eq!(order(&world, v1), []);
}

#[test]
fn items_are_reordered_one_place_at_a_time() {
    let mut world = World::new();
    let v1 = world.release("v1");
    let items: Vec<_> = ["a", "b", "c"]
        .map(|title| {
            let idea = world.idea(title);
            world.item(idea, v1)
        })
        .to_vec();
    let (a, b, c) = (items[0], items[1], items[2]);
    let step = |item, step| Deed::ReorderItem { item, step };
    world.done(step(c, Step::Up));
    assert_eq!(order(&world, v1), [a, c, b]);
    world.done(step(c, Step::Up));
    assert_eq!(order(&world, v1), [c, a, b]);
    assert_eq!(world.done(step(c, Step::Up)).action, None);
    world.done(step(c, Step::Down));
    assert_eq!(order(&world, v1), [a, c, b]);
    world.done(step(a, Step::Down));
    world.done(step(a, Step::Down));
    assert_eq!(order(&world, v1), [c, b, a]);
    assert_eq!(
        world.done(step(a, Step::Down)).words,
        "already at the bottom"
    );
}

#[test]
fn two_items_at_one_place_are_told_apart_again() {
    let mut world = World::new();
    let v1 = world.release("v1");
    let items: Vec<_> = ["a", "b", "c"]
        .map(|title| {
            let idea = world.idea(title);
            world.item(idea, v1)
        })
        .to_vec();
    // As after two people put items at the same place.
    let field = Entity::ReleaseItem.field("position").expect("a field");
    let same: Result<(), crate::store::StoreError> = world.store.write(|writer| {
        for item in &items {
            let local = writer.expect(Entity::ReleaseItem, item.0)?;
            writer.set(
                Entity::ReleaseItem,
                local,
                field,
                &Value::Text("8".to_owned()),
            )?;
        }
        Ok(())
    });
    same.expect("written");
    let before = order(&world, v1);
    world.done(Deed::ReorderItem {
        item: before[2],
        step: Step::Up,
    });
    assert_eq!(order(&world, v1), [before[0], before[2], before[1]]);
}

#[test]
fn updates_are_rows_and_set_the_health() {
    let mut world = World::new();
    let (idea, v1) = (world.idea("Themes"), world.release("v1"));
    let item = world.item(idea, v1);
    let update = |text: Option<&str>, health| Deed::UpdateItems {
        items: vec![item],
        text: text.map(str::to_owned),
        health,
    };
    assert_eq!(
        world.done(update(None, Some(Health::AtRisk))).words,
        "updated “Themes” (at risk)"
    );
    assert_eq!(world.number(Entity::ReleaseItem, item, "health"), Some(1));
    world.done(update(Some("design is late"), None));
    world.done(Deed::NoChange { items: vec![item] });
    assert_eq!(world.live(Entity::Update).len(), 3);
    assert!(
        world
            .refused(update(Some(" "), None))
            .contains("text or a health")
    );
    assert!(
        world
            .refused(update(None, Some(Health::Cut)))
            .contains("cut")
    );
}

#[test]
fn releases_have_a_name_of_their_own_and_there_is_one_backlog() {
    let mut world = World::new();
    let v1 = world.release("v1");
    let named = |name: &str| ReleaseEdit {
        name: Some(name.to_owned()),
        ..ReleaseEdit::default()
    };
    assert!(
        world
            .refused(Deed::CreateRelease(named("V1")))
            .contains("already")
    );
    assert!(
        world
            .refused(Deed::CreateRelease(named(" ")))
            .contains("blank")
    );
    assert!(
        world
            .refused(Deed::CreateRelease(ReleaseEdit::default()))
            .contains("name")
    );
    world.done(Deed::EditRelease {
        release: v1,
        edit: named("V1"),
    });
    let edit = ReleaseEdit {
        kind: Some(ReleaseKind::Dot),
        date: Some(chrono::NaiveDate::from_ymd_opt(2026, 12, 16)),
        state: Some(ReleaseState::Active),
        ..ReleaseEdit::default()
    };
    let outcome = world.done(Deed::EditRelease { release: v1, edit });
    assert_eq!(outcome.words, "changed release V1");
    let date = world.get(Entity::Release, v1, "date");
    assert_eq!(date, Value::Text("2026-12-16".to_owned()));
    let shelf = ReleaseEdit {
        kind: Some(ReleaseKind::Backlog),
        ..ReleaseEdit::default()
    };
    assert!(
        world
            .refused(Deed::EditRelease {
                release: v1,
                edit: shelf
            })
            .contains("one backlog")
    );
    let out = ReleaseEdit {
        state: Some(ReleaseState::Released),
        ..ReleaseEdit::default()
    };
    assert!(
        world
            .refused(Deed::EditRelease {
                release: backlog(),
                edit: out
            })
            .contains("never")
    );
    let idea = world.idea("x");
    world.done(Deed::EditIdeas {
        ideas: vec![idea],
        edits: vec![IdeaEdit::Release(v1)],
    });
    assert_eq!(order(&world, v1).len(), 1);
}
