//! The deeds on colleagues, areas, companies and the rotation; and who acts.

use chrono::NaiveDate;

use super::world::{NOW, World, handle};
use crate::domain::deed::{AreaEdit, CompanyEdit, Deed, FeedbackEdit, PersonEdit};
use crate::domain::entity::{Entity, Value};
use crate::domain::people::Role;
use crate::history::commit::{backlog, found};
use crate::history::fields::at_rest;
use crate::store::StoreError;

#[test]
fn a_workspace_is_founded_once_with_a_backlog() {
    let mut world = World::new();
    found(&mut world.store, NOW).expect("nothing to do");
    assert_eq!(world.live(Entity::Release).len(), 1);
    let name = world.get(Entity::Release, backlog(), "name");
    assert_eq!(name, Value::Text("backlog".to_owned()));
}

#[test]
fn who_acts_becomes_a_colleague_with_their_first_deed() {
    let mut world = World::new();
    assert_eq!(world.live(Entity::Person).len(), 3);
    let feedback = vec![world.feedback("a")];
    world.act_as("newcomer");
    // Nothing happens, nobody comes.
    world.done(Deed::Reopen {
        feedback: feedback.clone(),
    });
    assert_eq!(world.live(Entity::Person).len(), 3);
    world.done(Deed::Assign {
        feedback,
        owner: Some(handle("newcomer")),
    });
    assert_eq!(world.live(Entity::Person).len(), 4);
    assert!(world.live(Entity::Message).is_empty());
}

#[test]
fn colleagues_areas_and_companies_are_saved() {
    let mut world = World::new();
    let edit = PersonEdit {
        name: Some("Omar N".to_owned()),
        email: Some(Some("omar@example.com".to_owned())),
        role: Some(Role::Engineer),
    };
    let save = |edit| Deed::SavePerson {
        handle: handle("omar"),
        edit,
    };
    assert_eq!(world.done(save(edit.clone())).words, "changed @omar");
    assert_eq!(world.done(save(edit)).action, None);

    let area = |owner: &str, add: &[&str], remove: &[&str]| Deed::SaveArea {
        name: "Boards".to_owned(),
        edit: AreaEdit {
            owner: Some(Some(handle(owner))),
            add_keywords: add.iter().map(|k| (*k).to_owned()).collect(),
            remove_keywords: remove.iter().map(|k| (*k).to_owned()).collect(),
        },
    };
    assert_eq!(
        world.done(area("omar", &["card", "Board"], &[])).words,
        "added area Boards"
    );
    world.done(area("omar", &["lane"], &["board"]));
    assert_eq!(world.live(Entity::AreaKeyword).len(), 2);
    assert!(
        world
            .refused(area("nobody-at-all", &[], &[]))
            .contains("no colleague")
    );
    let feedback = world.feedback("a");
    world.done(Deed::EditFeedback {
        feedback: vec![feedback],
        edits: vec![FeedbackEdit::Area(Some("boards".to_owned()))],
    });

    let company = |revenue| Deed::SaveCompany {
        name: "Globex".to_owned(),
        edit: CompanyEdit {
            revenue: Some(Some(revenue)),
            ..CompanyEdit::default()
        },
    };
    assert_eq!(world.done(company(120_000)).words, "added company Globex");
    assert_eq!(world.done(company(130_000)).words, "changed company Globex");
    assert!(world.refused(company(-1)).contains("less"));
}

#[test]
fn names_are_one_whatever_the_case_of_their_letters() {
    let mut world = World::new();
    let area = |name: &str, owner: Option<&str>| Deed::SaveArea {
        name: name.to_owned(),
        edit: AreaEdit {
            owner: owner.map(|owner| Some(handle(owner))),
            ..AreaEdit::default()
        },
    };
    world.done(area("Übersetzung", Some("omar")));
    assert_eq!(world.done(area("übersetzung", None)).action, None);
    let areas = world.live(Entity::Area);
    assert_eq!(areas.len(), 1);
    assert_ne!(world.get(Entity::Area, areas[0].id, "owner"), Value::Null);
    let company = |name: &str, tier: Option<&str>| Deed::SaveCompany {
        name: name.to_owned(),
        edit: CompanyEdit {
            tier: tier.map(|tier| Some(tier.to_owned())),
            ..CompanyEdit::default()
        },
    };
    world.done(company("Ärzte", Some("Team")));
    assert_eq!(world.done(company("ärzte", None)).action, None);
    assert_eq!(world.live(Entity::Company).len(), 1);
}

#[test]
fn a_week_of_duty_starts_on_a_monday() {
    let mut world = World::new();
    let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).expect("a day");
    let duty = |monday, person: Option<&str>| Deed::SetDuty {
        monday,
        person: person.map(handle),
    };
    let problem = world
        .attempt(duty(day(18), Some("hana")))
        .expect_err("a Wednesday");
    assert_eq!(problem.hints, ["its week starts on 2026-11-16"]);
    world.done(duty(day(16), Some("hana")));
    assert_eq!(world.done(duty(day(16), Some("hana"))).action, None);
    world.done(duty(day(16), Some("omar")));
    assert_eq!(world.live(Entity::DutyWeek).len(), 1);
    world.done(duty(day(16), None));
    assert!(world.live(Entity::DutyWeek).is_empty());
    assert_eq!(world.done(duty(day(16), None)).action, None);
}

#[test]
fn a_field_that_nobody_has_set_is_what_the_file_says() {
    let mut world = World::new();
    let checked: Result<(), StoreError> = world.store.write(|writer| {
        let action = writer.actions(None, 1)?[0].key.local;
        for (number, &entity) in Entity::ALL.iter().enumerate() {
            let id = uuid::Uuid::from_u128(9_000 + number as u128);
            let local = writer.insert(entity, id, action, &[])?;
            let values = writer.values(entity, local)?;
            for (field, value) in entity.fields().iter().zip(values) {
                assert_eq!(
                    at_rest(entity, field),
                    value,
                    "{}.{}",
                    entity.name(),
                    field.name
                );
            }
        }
        Ok(())
    });
    checked.expect("checked");
}
