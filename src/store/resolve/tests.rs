use std::collections::HashSet;

use super::*;
use crate::domain::entity::Value;
use crate::store::Store;
use crate::store::sample::{sample, text};

const KINDS: [Entity; 5] = [
    Entity::Feedback,
    Entity::Idea,
    Entity::Release,
    Entity::Person,
    Entity::Company,
];

fn resolve(store: &Store, typed: &str, among: &[Entity]) -> Resolved {
    store
        .read(|reader| reader.resolve(typed, among))
        .expect("a read")
}

fn one(store: &Store, typed: &str) -> Thing {
    match resolve(store, typed, &KINDS) {
        Resolved::One(candidate) => candidate.thing,
        other => panic!("{typed}: {other:?}"),
    }
}

#[test]
fn every_short_id_is_the_shortest_that_finds_its_thing_alone() {
    let (_folder, store, ids) = sample(|make| {
        let ids: Vec<Uuid> = (0..600)
            .map(|number| make.idea(&format!("idea number {number}"), &[]))
            .collect();
        make.set(Entity::Idea, ids[7], "deleted", &Value::Integer(1));
        ids
    });
    let shorts: Vec<ShortId> = store
        .read(|reader| {
            let shorts = ids.iter().map(|id| reader.short_id(Entity::Idea, *id));
            shorts
                .map(|short| short.map(|short| short.expect("ideas have short ids")))
                .collect::<Result<_>>()
        })
        .expect("short ids");
    let distinct: HashSet<&ShortId> = shorts.iter().collect();
    assert_eq!(distinct.len(), ids.len());
    // Among six hundred, three characters (32,768 values) cannot do for all, and a few more do for every one.
    assert!(shorts.iter().any(|short| short.0.len() > 4));
    assert!(shorts.iter().all(|short| (4..=8).contains(&short.0.len())));
    for (id, short) in ids.iter().zip(&shorts).skip(8).step_by(29) {
        assert_eq!(one(&store, &short.0), Thing::new(Entity::Idea, *id));
        assert_eq!(one(&store, &short.0.to_uppercase()).id, *id);
        let longer = format!("d{}", random_text(*id));
        assert_eq!(one(&store, &longer).id, *id);
        assert_eq!(one(&store, &id.to_string()).id, *id);
        if short.0.len() > 4 {
            let shorter = &short.0[..short.0.len() - 1];
            assert!(matches!(
                resolve(&store, shorter, &KINDS),
                Resolved::Several(_) | Resolved::One(_)
            ));
        }
    }
    assert_eq!(
        resolve(&store, &shorts[7].0, &[Entity::Release]),
        Resolved::Nothing(None)
    );
    let deleted = resolve(
        &store,
        &format!("d{}", random_text(ids[7])),
        &[Entity::Idea],
    );
    assert!(matches!(deleted, Resolved::Nothing(_)), "{deleted:?}");
}

#[test]
fn a_prefix_that_fits_several_things_names_them() {
    let (_folder, store, ids) = sample(|make| {
        (0..600)
            .map(|number| make.idea(&format!("idea number {number}"), &[]))
            .collect::<Vec<Uuid>>()
    });
    let mut texts: Vec<String> = ids.iter().map(|id| random_text(*id)).collect();
    texts.sort();
    let twins = texts
        .windows(2)
        .find(|pair| pair[0][..SHORTEST] == pair[1][..SHORTEST]);
    let prefix = &twins.expect("two of six hundred")[0][..SHORTEST];
    let Resolved::Several(candidates) = resolve(&store, &format!("d{prefix}"), &[Entity::Idea])
    else {
        panic!("two ideas begin with {prefix}");
    };
    for candidate in &candidates {
        let short = &candidate.short.as_ref().expect("ideas have short ids").0;
        assert!(short.starts_with(&format!("d{prefix}")), "{short}");
        assert_eq!(one(&store, short), candidate.thing);
    }
    let shorter = resolve(&store, &format!("d{}", &prefix[..2]), &[Entity::Idea]);
    assert!(matches!(shorter, Resolved::Nothing(_)), "{shorter:?}");
}

#[test]
fn a_short_id_that_reads_like_a_word_is_not_taken_for_granted() {
    let (_folder, mut store, id) = sample(|make| make.idea("something else", &[]));
    let typed = store
        .read(|reader| reader.short_id(Entity::Idea, id))
        .expect("a read")
        .expect("ideas have short ids")
        .0;
    assert_eq!(one(&store, &typed).id, id);
    let title = format!("a {typed} mode");
    let twin = crate::store::sample::extend(&mut store, 1, |make| make.idea(&title, &[]));
    let Resolved::Several(candidates) = resolve(&store, &typed, &KINDS) else {
        panic!("{typed} may be either");
    };
    let found: Vec<Uuid> = candidates.iter().map(|c| c.thing.id).collect();
    assert_eq!(found, [id, twin]);
    for candidate in candidates {
        let short = candidate.short.expect("ideas have short ids").0;
        assert_eq!(one(&store, &short), candidate.thing, "a way out: {short}");
    }
}

#[test]
fn a_short_id_as_it_is_shown_wins_over_letters_within_a_word() {
    let (_folder, mut store, id) = sample(|make| make.idea("something else", &[]));
    let typed = store
        .read(|reader| reader.short_id(Entity::Idea, id))
        .expect("a read")
        .expect("ideas have short ids")
        .0;
    crate::store::sample::extend(&mut store, 1, |make| {
        make.idea(&format!("{typed}ework of all"), &[]);
        make.idea(&format!("Tests of junit.{typed}ework"), &[]);
        make.add(Entity::Release, &[("name", text(&format!("un{typed}ed")))]);
    });
    let full = format!("d{}", crate::domain::id::random_text(id));
    for short in [&typed, &typed.to_uppercase(), &full[..typed.len() + 1]] {
        assert_eq!(one(&store, short), Thing::new(Entity::Idea, id), "{short}");
    }
    // A name that is nothing else may be meant as well.
    let named = crate::store::sample::extend(&mut store, 2, |make| {
        make.add(Entity::Release, &[("name", text(&typed))])
    });
    let Resolved::Several(candidates) = resolve(&store, &typed, &KINDS) else {
        panic!("{typed} may be either");
    };
    let found: Vec<Uuid> = candidates.iter().map(|c| c.thing.id).collect();
    assert_eq!(found, [id, named]);
}

#[test]
fn names_are_found_whatever_the_case_and_ideas_and_releases_by_a_part() {
    let (_folder, store, ids) = sample(|make| {
        let v102 = make.add(Entity::Release, &[("name", text("v10.2"))]);
        let v103 = make.add(Entity::Release, &[("name", text("v10.3"))]);
        let export = make.idea("Export a board as PDF", &[]);
        let gone = make.idea("Export everything", &[]);
        make.set(Entity::Idea, gone, "merged_into", &Value::Thing(export));
        let dark = make.idea("Dark mode", &[]);
        make.idea("Darker mode", &[]);
        let hana = make.person("hana", "Hana Sato");
        let company = make.company("Ölwerke", "");
        [v102, v103, export, dark, hana, company]
    });
    let [v102, v103, export, dark, hana, company] = ids;
    for (typed, id) in [
        ("V10.2", v102),
        (" 10.3 ", v103),
        ("export", export),
        ("a BOARD", export),
        ("PDF", export),
        ("dark mode", dark),
        ("@hana", hana),
        ("HANA", hana),
        ("hana sato", hana),
        ("ÖLWERKE", company),
    ] {
        assert_eq!(one(&store, typed).id, id, "{typed}");
    }
    assert!(matches!(
        resolve(&store, "mode", &KINDS),
        Resolved::Several(found) if found.len() == 2
    ));
    assert_eq!(
        resolve(&store, "drak mode", &KINDS),
        Resolved::Nothing(Some("Dark mode".to_owned()))
    );
    assert_eq!(
        resolve(&store, "@hanna", &[Entity::Person]),
        Resolved::Nothing(Some("@hana".to_owned()))
    );
    for nothing in ["", "  ", "ölwerk", "f", "\0", "%", "'"] {
        let found = resolve(&store, nothing, &KINDS);
        assert!(
            matches!(found, Resolved::Nothing(_)),
            "{nothing:?}: {found:?}"
        );
    }
}
