//! What must hold whatever people do: random deeds over a small world.

use std::collections::HashSet;
use std::sync::Mutex;

use proptest::prelude::*;
use proptest::sample::Index;

use super::files::{Dice, agreeing_file, file};
use super::moves::{Choice, IMPORTS, Move, PEOPLE, moves};
use super::world::World;
use crate::domain::deed::{Reversal, Reversed};
use crate::domain::entity::{Entity, Kind, Thing, Value};
use crate::domain::id::{ActionId, Ids};
use crate::exchange::export::dump;
use crate::history::commit::Context;
use crate::history::deeds::missing_rule;
use crate::history::error;
use crate::history::rebuild::{compare, rebuild_derived};
use crate::history::timeline::change_lines;
use crate::history::undo::reverse;
use crate::store::StoreError;
use crate::store::tests::derived::derived;

impl World {
    /// A world with something of everything.
    fn furnished() -> Self {
        let mut world = Self::new();
        for name in ["One", "Two", "Three"] {
            world.feedback(name);
        }
        let release = world.release("v1");
        for name in ["Themes", "Export"] {
            let idea = world.idea(name);
            world.item(idea, release);
        }
        world
    }

    /// Does what is allowed of the moves, and answers its actions. What is refused changes nothing.
    fn play(&mut self, moves: &[Move]) -> Vec<ActionId> {
        let mut actions = Vec::new();
        for chosen in moves {
            self.act_as(PEOPLE[chosen.who]);
            let deed = Choice {
                world: self,
                chosen,
            }
            .deed();
            let done = if chosen.deed >= IMPORTS {
                self.bring(&file(u64::from(chosen.number))).0.action
            } else {
                self.attempt(deed).ok().and_then(|outcome| outcome.action)
            };
            actions.extend(done);
        }
        actions
    }

    fn toggle(&mut self, action: ActionId) -> Reversed {
        self.context.now = self.context.now.plus(1);
        let reversal = Reversal::Action {
            action,
            rest: false,
        };
        reverse(&mut self.store, &self.context, reversal).expect("an answer")
    }

    /// Journal and rows agree, and what is derived is what it would be if it were computed anew.
    fn is_sound(&mut self) -> Result<(), TestCaseError> {
        let differences = compare(&self.store).expect("compares");
        prop_assert!(differences.is_empty(), "{differences:#?}");
        let kept = self.derived();
        rebuild_derived(&mut self.store).expect("rebuilds");
        prop_assert_eq!(kept, self.derived());
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 400, ..ProptestConfig::default() })]

    /// Undoing everything in reverse leads back to the start, redoing everything to the end.
    #[test]
    fn undo_all_is_the_start_and_redo_all_the_end(moves in moves(40)) {
        let mut world = World::furnished();
        let start = world.dump();
        let actions = world.play(&moves);
        let end = world.dump();
        world.is_sound()?;
        for action in actions.iter().rev() {
            let reversed = world.toggle(*action);
            prop_assert!(matches!(reversed, Reversed::Done(_)), "{reversed:#?}");
        }
        prop_assert_eq!(world.dump(), start);
        world.is_sound()?;
        for action in &actions {
            let reversed = world.toggle(*action);
            prop_assert!(matches!(reversed, Reversed::Done(_)), "{reversed:#?}");
        }
        prop_assert_eq!(world.dump(), end);
        world.is_sound()?;
    }

    /// Undoing and redoing in any order keeps every rule; what is refused changes nothing, and doing the rest is safe.
    #[test]
    fn any_order_of_undos_leaves_a_sound_workspace(
        moves in moves(30),
        order in proptest::collection::vec((any::<Index>(), any::<bool>()), 1..20),
    ) {
        let mut world = World::furnished();
        let actions = world.play(&moves);
        prop_assume!(!actions.is_empty());
        for (index, rest) in order {
            let before = world.dump();
            let action = *index.get(&actions);
            if let Reversed::Refused { rest: possible, obstacles, .. } = world.toggle(action) {
                prop_assert_eq!(world.dump(), before);
                prop_assert!(!obstacles.is_empty());
                if rest {
                    let reversal = Reversal::Action { action, rest: true };
                    let done = reverse(&mut world.store, &world.context, reversal).expect("an answer");
                    match done {
                        Reversed::Done(_) => prop_assert!(possible > 0),
                        _ => prop_assert_eq!(possible, 0),
                    }
                }
            }
            world.keeps_its_rules()?;
        }
        world.is_sound()?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 400, ..ProptestConfig::default() })]

    /// Whatever was done here in between: what was imported once is not imported again, and an import that was undone
    /// comes back as it was. (Every import here is also held against what was announced of it.)
    #[test]
    fn an_import_again_is_nothing_and_after_an_undo_is_the_same(
        before in moves(10),
        between in moves(10),
        first in any::<u8>(),
        second in any::<u8>(),
    ) {
        let mut world = World::furnished();
        world.play(&before);
        world.bring(&file(u64::from(first)));
        world.play(&between);
        let start = world.dump();
        let things = file(u64::from(second));
        let (outcome, _) = world.bring(&things);
        let end = world.dump();
        let (again, counted) = world.bring(&things);
        let changed = again.action.map(|action| change_lines(&world.store, action, 20));
        prop_assert_eq!(again.action, None, "{:#?} {:#?}", counted, changed);
        prop_assert_eq!(world.dump(), end.clone());
        world.keeps_its_rules()?;
        if let Some(action) = outcome.action {
            prop_assert!(matches!(world.toggle(action), Reversed::Done(_)));
            prop_assert_eq!(world.dump(), start);
            world.bring(&things);
            prop_assert_eq!(world.dump(), end);
            world.is_sound()?;
        }
    }

    /// In which order the things of a file come does not matter, the order of the items in a release apart.
    #[test]
    fn the_order_of_a_file_does_not_matter(seed in any::<u64>(), order in any::<u64>()) {
        let mut things = agreeing_file(seed);
        let mut dumps = Vec::new();
        for _ in 0..2 {
            let mut world = World::furnished();
            world.bring(&things);
            dumps.push(world.dump_without_positions());
            Dice::of(order).shuffle(&mut things);
        }
        prop_assert_eq!(&dumps[0], &dumps[1]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 200, ..ProptestConfig::default() })]

    /// A dump restores the same workspace, which gives the same dump; undo goes on where it was.
    #[test]
    fn a_dump_comes_back_byte_by_byte(
        moves in moves(30),
        undone in proptest::collection::vec(any::<Index>(), 0..8),
    ) {
        let mut world = World::furnished();
        let actions = world.play(&moves);
        for index in undone.iter().filter(|_| !actions.is_empty()) {
            world.toggle(*index.get(&actions));
        }
        world.store.save_view("mine", "is:mine").expect("a view");
        let written = world.dumped();
        let mut back = World::empty();
        let path = back.store.path().with_file_name("dump.jsonl");
        std::fs::write(&path, &written).expect("a file");
        dump::restore(&mut back.store, &path).expect("restored");
        prop_assert!(back.dumped() == written);
        prop_assert_eq!(back.dump(), world.dump());
        prop_assert_eq!(back.derived(), world.derived());
        back.is_sound()?;
        // The same hand undoes the same deed in both.
        world.context.ids = Mutex::new(Ids::Seeded(9_000));
        back.context = Context {
            author: world.context.author.clone(),
            device: world.context.device,
            now: world.context.now,
            clocks: crate::domain::clocks::Clocks::UTC,
            ids: Mutex::new(world.context.ids.lock().expect("ids").clone()),
        };
        let undone = [&mut back, &mut world]
            .map(|world| reverse(&mut world.store, &world.context, Reversal::Newest).expect("an answer"));
        prop_assert_eq!(&undone[0], &undone[1]);
        prop_assert!(back.dumped() == world.dumped());
    }
}

impl World {
    fn dumped(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let written = self
            .store
            .read(|reader| dump::write(reader, self.context.device, &mut bytes));
        written.expect("a dump");
        bytes
    }

    /// Everything derived: counts, demand, mentions, copies, search.
    fn derived(&self) -> String {
        let read: Result<_, StoreError> = self.store.read(derived);
        format!("{:#?}", read.expect("reads"))
    }

    fn dump_without_positions(&self) -> Vec<(Thing, Vec<Value>)> {
        let position = |field: &crate::domain::entity::Field| field.name == "position";
        let place = Entity::ReleaseItem.fields().iter().position(position);
        let mut dump = self.dump();
        for (thing, values) in &mut dump {
            if thing.entity == Entity::ReleaseItem {
                values.remove(place.expect("a field"));
            }
        }
        dump
    }

    /// No live row refers to one that is gone, and every idea keeps the rule of its status.
    fn keeps_its_rules(&self) -> Result<(), TestCaseError> {
        let rows = self.dump();
        let live: HashSet<_> = rows.iter().map(|(thing, _)| *thing).collect();
        for (thing, values) in &rows {
            for (field, value) in thing.entity.fields().iter().zip(values) {
                if let (Kind::Thing(entity), Value::Thing(id)) = (field.kind, value) {
                    let referred = Thing { entity, id: *id };
                    prop_assert!(live.contains(&referred), "{thing:?}.{}", field.name);
                }
            }
            if thing.entity == Entity::Idea {
                let rule: error::Result<_> = self.store.read(|reader| missing_rule(reader, *thing));
                prop_assert_eq!(rule.expect("reads"), None);
            }
        }
        Ok(())
    }
}
