//! Releases which are here already, or change their names.

use super::*;

#[test]
fn a_release_of_the_same_name_is_that_one_and_its_decided_fields_stay() {
    let mut world = World::new();
    let here = world.release("V1.0");
    world.done(Deed::EditRelease {
        release: here,
        edit: ReleaseEdit {
            date: Some(Some(day(9))),
            ..ReleaseEdit::default()
        },
    });
    let all = things(&[], &[idea("A-1", &["10"])], &[release("10", "v1.0")]);
    let clashes = world.clashes(&all[1]);
    assert_eq!(
        clashes,
        [Clash {
            field: "target date",
            here: "2027-03-09".to_owned(),
            there: "2027-03-01".to_owned(),
        }]
    );
    for counted in [(0, 1, 0), (0, 0, 1)] {
        let (_, counts) = world.bring(&all);
        assert_eq!(numbers(counts)[2], counted);
    }
    assert_eq!(world.live(Entity::Release).len(), 2);
    assert_eq!(world.places(key("A-1").idea())[0].1, Value::Thing(here.0));
    assert_eq!(world.text(Entity::Release, here, "date"), "2027-03-09");
    assert_eq!(world.text(Entity::Release, here, "name"), "V1.0");
    let state = world.number(Entity::Release, here, "state");
    assert_eq!(state, Some(ReleaseState::Active.code()));
    // Whoever calls the shelf a backlog means ours.
    let shelf = ImportRelease {
        state: Some(ReleaseState::Released),
        ..release("11", "Backlog")
    };
    let (outcome, _) = world.bring(&things(&[], &[], &[shelf]));
    assert_eq!(outcome.action, None);
}

#[test]
fn a_name_goes_from_one_release_to_another_in_one_import() {
    let mut world = World::new();
    let name = |world: &World, id| world.text(Entity::Release, key(id).release(), "name");
    let releases = [
        release("1", "one"),
        release("2", "two"),
        release("3", "three"),
    ];
    world.bring(&things(&[], &[], &releases));
    let start = world.dump();
    // Nobody has one of those names any more when all have come; the fourth is new, and an idea is in it.
    let all = things(
        &[],
        &[idea("A-1", &["4"])],
        &[
            release("1", "Two"),
            release("4", "one"),
            release("2", "three"),
            release("3", "four"),
        ],
    );
    let (outcome, counted) = world.bring(&all);
    assert_eq!(numbers(counted)[2], (1, 3, 0));
    let names = ["1", "2", "3", "4"].map(|id| name(&world, id));
    assert_eq!(names, ["Two", "three", "four", "one"]);
    let place = Value::Thing(key("4").release().0);
    assert_eq!(world.places(key("A-1").idea())[0].1, place);
    let end = world.dump();
    assert_eq!(world.bring(&all).0.action, None);
    assert!(matches!(world.take_back(&outcome), Reversed::Done(_)));
    assert_eq!(world.dump(), start);
    world.bring(&all);
    assert_eq!(world.dump(), end);

    // Two swap names. The third asks for one of them too late, so what is not there and is called like it is the third;
    // and what the fourth asks for is not given up here.
    world.release("kept");
    let round = [
        release("2", "two"),
        release("1", "three"),
        release("3", "Two"),
        release("5", "four"),
        release("4", "kept"),
    ];
    let round = things(&[], &[idea("A-1", &["5"])], &round);
    let (_, counted) = world.bring(&round);
    assert_eq!(numbers(counted)[2], (0, 2, 3));
    let names = ["1", "2", "3", "4"].map(|id| name(&world, id));
    assert_eq!(names, ["three", "two", "four", "one"]);
    let place = Value::Thing(key("3").release().0);
    assert_eq!(world.places(key("A-1").idea())[0].1, place);
    assert_eq!(world.bring(&round).0.action, None);
}

#[test]
fn a_release_is_known_by_its_key_before_its_name() {
    let mut world = World::new();
    world.bring(&things(
        &[],
        &[],
        &[release("1", "2"), release("3", "three")],
    ));
    // The idea means the release that comes after it, and not the one which is called like its key so far. The first that
    // speaks of a release is heard, whatever a second one calls it.
    let all = things(
        &[],
        &[idea("A-1", &["2"])],
        &[
            release("1", "one"),
            release("2", "Three"),
            release("2", "new"),
        ],
    );
    let (_, counted) = world.bring(&all);
    assert_eq!(numbers(counted)[2], (0, 1, 2));
    let place = Value::Thing(key("3").release().0);
    assert_eq!(world.places(key("A-1").idea())[0].1, place);
    assert_eq!(world.bring(&all).0.action, None);
}
