//! Deeds of somebody who had seen something that is otherwise by now.

use super::world::World;
use crate::domain::deed::{Deed, IdeaEdit, Outcome, Seen};
use crate::domain::entity::{Entity, Value};
use crate::domain::id::IdeaId;
use crate::domain::idea::Effort;
use crate::history::commit::commit_seen;
use crate::problem::{Kind, Problem};

fn edit(idea: IdeaId, edits: Vec<IdeaEdit>) -> Deed {
    let ideas = vec![idea];
    Deed::EditIdeas { ideas, edits }
}

impl World {
    fn attempt_seen(&mut self, deed: &Deed, seen: &[Seen]) -> Result<Outcome, Problem> {
        commit_seen(&mut self.store, &self.context, deed, seen)
    }
}

#[test]
fn fields_that_were_changed_meanwhile_are_left_and_told() {
    let mut world = World::new();
    let idea = world.idea("Export a board");
    let words = |field, words: &str| Seen::Field {
        idea,
        field,
        words: words.to_owned(),
    };
    let seen = [
        words("title", "Export a board"),
        words("problem", ""),
        words("effort", ""),
    ];
    let mine = edit(
        idea,
        vec![
            IdeaEdit::Title("Export".to_owned()),
            IdeaEdit::Problem(Some("Screenshots".to_owned())),
            IdeaEdit::Effort(Some(Effort::Large)),
        ],
    );
    world.act_as("omar");
    world.done(edit(
        idea,
        vec![
            IdeaEdit::Problem(Some("Paper\nis patient.".to_owned())),
            IdeaEdit::Effort(Some(Effort::Small)),
        ],
    ));
    world.act_as("hana");
    let before = world.dump();
    let problem = world.attempt_seen(&mine, &seen).expect_err("changed");
    assert_eq!(world.dump(), before);
    assert_eq!(problem.kind, Kind::Refused);
    assert_eq!(
        problem.summary,
        "“Export a board” was changed meanwhile: problem, effort"
    );
    let now = [("problem", "Paper\nis patient."), ("effort", "S")];
    let now = now.map(|(field, words)| (field.to_owned(), words.to_owned()));
    assert_eq!(problem.meanwhile, now);
    // Whoever has seen it does it knowingly.
    let seen = [
        words("title", "Export a board"),
        words("problem", "Paper\nis patient."),
        words("effort", "S"),
    ];
    world.attempt_seen(&mine, &seen).expect("as it was seen");
    let title = world.get(Entity::Idea, idea, "title");
    assert_eq!(title, Value::Text("Export".to_owned()));
}
