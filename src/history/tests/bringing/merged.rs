//! What comes for ideas that were merged.

use super::*;

/// The first of two ideas that were brought is merged into the second, which is told.
fn merged() -> (World, IdeaId) {
    let mut world = World::new();
    world.bring(&things(&[], &[idea("A-1", &[]), idea("A-2", &[])], &[]));
    let (from, into) = (key("A-1").idea(), key("A-2").idea());
    world.done(Deed::MergeIdeas { from, into });
    (world, into)
}

#[test]
fn a_merged_idea_stays_merged_and_its_links_go_along() {
    let (mut world, two) = merged();
    let (_, counts) = world.bring(&things(
        &[feedback("F-1", &["A-1"])],
        &[idea("A-1", &[])],
        &[],
    ));
    assert_eq!(numbers(counts), [(1, 0, 0), (0, 0, 1), (0, 0, 0)]);
    let links = world.named(Entity::Insight, "idea", &Value::Thing(two.0));
    assert_eq!(links.len(), 1);
}

#[test]
fn links_to_ideas_that_were_merged_are_one_and_keep_what_the_file_tells_of_it() {
    let (mut world, two) = merged();
    let mut told = feedback("F-1", &["A-1", "A-2"]);
    told.ideas[1].importance = Some(Importance::NiceToHave);
    for of_feedback in [Importance::Critical, Importance::Important] {
        // The importance of the feedback goes to links of which the file tells none; of this one it tells.
        told.importance = Some(of_feedback);
        let file = things(&[told.clone()], &[], &[]);
        assert!(world.bring(&file).0.action.is_some());
        let links = world.named(Entity::Insight, "idea", &Value::Thing(two.0));
        let [link] = links.as_slice() else {
            panic!("{links:?}")
        };
        let importance = world.number(link.entity, link.id, "importance");
        assert_eq!(importance, Some(Importance::Critical.code()));
        assert_eq!(world.bring(&file).0.action, None);
    }
}
