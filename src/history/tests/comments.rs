//! Comments on several things at once.

use super::world::World;
use crate::domain::deed::{Deed, Reversal, Subject};
use crate::domain::entity::Entity;
use crate::history::undo::reverse;

#[test]
fn a_comment_is_on_all_that_is_named_once_each_and_one_undo_takes_all_of_it_back() {
    let mut world = World::new();
    let (one, two) = (world.feedback("1"), world.feedback("2"));
    let before = world.dump();
    let outcome = world.done(Deed::Comment {
        on: [one, two, one].map(Subject::Feedback).to_vec(),
        text: "ask @omar".to_owned(),
    });
    assert_eq!(outcome.words, "commented on 2 feedback");
    assert_eq!(world.live(Entity::Comment).len(), 2);
    reverse(&mut world.store, &world.context, Reversal::Newest).expect("undone");
    assert_eq!(world.dump(), before);
    let on_nothing = Deed::Comment {
        on: Vec::new(),
        text: "ask".to_owned(),
    };
    assert_eq!(
        world.refused(on_nothing),
        "nothing was chosen to comment on"
    );
}
