//! An outcome names every list that shows something else: the console asks for no other.

use proptest::prelude::*;

use super::moves::{Choice, IMPORTS, PEOPLE, moves};
use super::world::{NOW, World};
use crate::domain::clocks::Clocks;
use crate::domain::deed::{Deed, IdeaTarget, Outcome, Reversal, Reversed, Touched};
use crate::domain::id::ActionId;
use crate::domain::idea::IdeaRow;
use crate::domain::listing::{IdeaQuery, Vocabulary};
use crate::domain::moment::DAY;
use crate::domain::release::ReleasePlan;
use crate::history::undo::reverse;
use crate::workspace::{Clock, Opening, Workspace};

/// What the lists show, read through another window.
#[derive(Debug, PartialEq)]
struct Lists {
    ideas: Vec<IdeaRow>,
    plan: ReleasePlan,
    names: Vocabulary,
}

/// A window beside the world, some weeks later, when the weekly syncs of the moves are over.
fn window(world: &World) -> Workspace {
    let opening = Opening {
        clock: Clock::Fixed(NOW.plus(21 * DAY), Clocks::UTC),
        ..Opening::default()
    };
    Workspace::open(world.store.path(), opening).expect("a window")
}

impl Lists {
    fn read(window: &Workspace) -> Self {
        Self {
            ideas: window.ideas(&IdeaQuery::default()).expect("ideas"),
            plan: window.plan().expect("a plan"),
            names: window.vocabulary().expect("names"),
        }
    }

    /// Fails where a list is otherwise now, and the outcome does not say so. Answers how they are now.
    fn compare(
        self,
        window: &Workspace,
        touched: Touched,
        of: &str,
    ) -> Result<Self, TestCaseError> {
        let now = Self::read(window);
        if !touched.ideas {
            prop_assert_eq!(&self.ideas, &now.ideas, "{}", of);
        }
        if !touched.plan {
            prop_assert_eq!(&self.plan, &now.plan, "{}", of);
        }
        if !touched.names {
            prop_assert_eq!(&self.names, &now.names, "{}", of);
        }
        Ok(now)
    }
}

fn toggled(world: &mut World, action: ActionId) -> Option<Outcome> {
    world.context.now = world.context.now.plus(1);
    let reversal = Reversal::Action {
        action,
        rest: false,
    };
    match reverse(&mut world.store, &world.context, reversal).expect("an answer") {
        Reversed::Done(outcome) => Some(outcome),
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 200, ..ProptestConfig::default() })]

    /// Of any deed, of its undo and of doing it again.
    #[test]
    fn what_shows_something_else_is_named(moves in moves(40)) {
        let mut world = World::new();
        for name in ["One", "Two"] {
            world.feedback(name);
        }
        let (release, idea) = (world.release("v1"), world.idea("Themes"));
        world.item(idea, release);
        let window = window(&world);
        let mut lists = Lists::read(&window);
        for chosen in moves.iter().filter(|chosen| chosen.deed < IMPORTS) {
            world.act_as(PEOPLE[chosen.who]);
            let deed = Choice { world: &world, chosen }.deed();
            let Ok(outcome) = world.attempt(deed.clone()) else {
                continue;
            };
            let words = format!("{deed:?}");
            lists = lists.compare(&window, outcome.touched, &words)?;
            let Some(action) = outcome.action else {
                prop_assert_eq!(outcome.touched, Touched::NOTHING);
                continue;
            };
            for again in ["undone", "done again"] {
                if let Some(outcome) = toggled(&mut world, action) {
                    lists = lists.compare(&window, outcome.touched, &format!("{again}: {words}"))?;
                }
            }
        }
    }
}

#[test]
fn a_link_is_demand_in_the_plan_and_what_was_the_same_counts_again() {
    let mut world = World::new();
    let (one, two) = (world.feedback("One"), world.feedback("Two"));
    let idea = world.idea("Themes");
    let release = world.release("v1");
    world.item(idea, release);
    let linked = world.done(Deed::Link {
        feedback: vec![one, two],
        idea: IdeaTarget::Existing(idea),
        quote: None,
    });
    assert!(linked.touched.ideas && linked.touched.plan && !linked.touched.names);
    let same = world.done(Deed::Duplicate {
        feedback: vec![two],
        of: one,
    });
    assert!(same.touched.ideas && same.touched.plan);
    let reopened = world.done(Deed::Reopen {
        feedback: vec![two],
    });
    assert!(reopened.touched.ideas && reopened.touched.plan);
    let three = world.feedback("Three");
    let processed = world.done(Deed::Process {
        feedback: vec![three],
    });
    assert_eq!(processed.touched, Touched::NOTHING);
}
