use super::*;
use crate::domain::entity::Value;
use crate::domain::moment::DAY;
use crate::store::StoreError;
use crate::store::sample::{NOW, sample, text};

#[test]
fn releases_come_by_date_and_items_by_position_with_their_last_update() {
    let (_folder, store, ()) = sample(|make| {
        let number = Value::Integer;
        let hana = make.person("hana", "Hana");
        let mut releases = Vec::new();
        for (name, kind, date) in [
            ("backlog", 3, None),
            ("some day", 0, None),
            ("v10.3", 0, Some("2027-03-01")),
            ("v10.2.1", 1, Some("2027-01-15")),
            ("v10.2", 0, Some("2027-01-01")),
            ("dropped", 0, Some("2026-01-01")),
        ] {
            let date = date.map_or(Value::Null, text);
            let fields = [("name", text(name)), ("kind", number(kind)), ("date", date)];
            releases.push(make.add(Entity::Release, &fields));
        }
        make.set(Entity::Release, releases[5], "deleted", &number(1));
        let mut items = Vec::new();
        for (title, position, health) in [("third", "b", 1), ("second", "a1", 0), ("cut", "a", 3)] {
            let idea = make.idea(
                title,
                &[("owner", Value::Thing(hana)), ("effort", number(2))],
            );
            items.push(make.add(
                Entity::ReleaseItem,
                &[
                    ("release", Value::Thing(releases[4])),
                    ("idea", Value::Thing(idea)),
                    ("position", text(position)),
                    ("health", number(health)),
                ],
            ));
        }
        let gone = make.idea("gone", &[("deleted", number(1))]);
        make.add(
            Entity::ReleaseItem,
            &[
                ("release", Value::Thing(releases[4])),
                ("idea", Value::Thing(gone)),
            ],
        );
        for (days, said) in [(9, Some("slow")), (2, None), (5, Some("faster"))] {
            let said = said.map_or(Value::Null, |said| make.content(said));
            make.add(
                Entity::Update,
                &[
                    ("release_item", Value::Thing(items[0])),
                    ("text", said),
                    ("author", Value::Thing(hana)),
                    ("at", number(NOW.0 - days * DAY)),
                ],
            );
        }
    });
    let plan_asked = |since: Option<Moment>| {
        let read = store.read(|reader| reader.release_plan(since));
        read.expect("a plan")
    };
    let plan = plan_asked(Some(NOW.plus(-DAY)));
    let names: Vec<&str> = plan
        .releases
        .iter()
        .map(|r| r.release.name.as_str())
        .collect();
    assert_eq!(names, ["v10.2", "v10.2.1", "v10.3", "some day", "backlog"]);
    assert_eq!(plan.releases[4].release.kind, ReleaseKind::Backlog);
    assert!(plan.releases[0].release.short.0.starts_with('r'));
    let items = &plan.releases[0].items;
    let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(titles, ["second", "third", "cut"]);
    assert_eq!(items[0].update, None);
    // All were added just now; what is cut owes nothing.
    let owes = |since: Option<Moment>| -> Vec<bool> {
        let plan = plan_asked(since);
        let items = plan.releases[0].items.iter();
        items.map(|item| item.owes_update).collect()
    };
    assert_eq!(owes(Some(NOW.plus(DAY))), [true, true, false]);
    assert_eq!(owes(Some(NOW)), [false; 3]);
    assert_eq!(owes(None), [false; 3]);
    let update = items[1].update.clone().expect("an update");
    assert_eq!((update.text, update.at), (None, Moment(NOW.0 - 2 * DAY)));
    assert_eq!(update.author.as_deref(), Some("@hana"));
    assert_eq!(items[1].health, Health::AtRisk);
    assert_eq!(items[1].effort, Some(Effort::Medium));
}

#[test]
fn releases_of_one_day_stand_in_one_order_wherever_they_are_told() {
    let (_folder, store, idea) = sample(|make| {
        let idea = make.idea("Themes", &[]);
        for name in ["v10.2-mobile", "V10.2-desktop"] {
            let day = ("date", text("2027-01-01"));
            let release = make.add(Entity::Release, &[("name", text(name)), day]);
            let note = make.content("it goes on");
            let item = make.add(
                Entity::ReleaseItem,
                &[
                    ("release", Value::Thing(release)),
                    ("idea", Value::Thing(idea)),
                    ("position", text("a")),
                ],
            );
            let at = ("at", Value::Integer(NOW.0 - DAY));
            make.add(
                Entity::Update,
                &[("release_item", Value::Thing(item)), ("text", note), at],
            );
        }
        idea
    });
    let told = store.read(|reader| {
        let plan = reader.releases()?.into_iter().map(|it| it.name);
        let detail = reader.idea_detail(IdeaId(idea))?.expect("an idea");
        let placed = detail.placements.into_iter().map(|it| it.name);
        let (from, to) = (Moment(NOW.0 - 2 * DAY), NOW);
        let updates = reader.updates_between(from, to)?;
        let updates = updates.into_iter().map(|it| it.release);
        Ok::<_, StoreError>([
            plan.collect::<Vec<_>>(),
            placed.collect(),
            updates.collect(),
        ])
    });
    for names in told.expect("names") {
        assert_eq!(names, ["V10.2-desktop", "v10.2-mobile"]);
    }
    let shown = store.read(|reader| {
        let sql = format!(
            "SELECT r.name FROM idea d JOIN release r ON r.id = {}",
            crate::store::detail::RELEASE_OF_IDEA
        );
        reader.first(&sql, [], |row| row.get::<_, String>(0))
    });
    assert_eq!(shown.expect("read").as_deref(), Some("V10.2-desktop"));
}

#[test]
fn a_number_that_no_choice_has_is_damage_and_not_another_choice() {
    let (_folder, store, ()) = sample(|_| ());
    let health = |sql: &str| {
        store.read(|reader| reader.first(sql, [], |row| choice(row, 0, Health::from_code)))
    };
    assert_eq!(health("SELECT NULL AS health").expect("read"), Some(None));
    assert_eq!(
        health("SELECT 3 AS health").expect("read"),
        Some(Some(Health::Cut))
    );
    let unknown = health("SELECT 99 AS health").expect_err("damage");
    assert!(unknown.is_damage(), "{unknown:?}");
    let problem = crate::problem::Problem::from(unknown);
    let causes = problem.causes.join(" ");
    assert!(causes.contains("the column health holds 99"), "{problem:?}");
    assert!(problem.hints[0].contains("damaged"), "{problem:?}");
}
