//! Each figure beside a plain computation over the same rows.

use super::*;
use crate::domain::chart::{AGES, WEEKS};
use crate::domain::entity::{Entity, Value};
use crate::domain::moment::DAY;
use crate::store::Store;
use crate::store::sample::{NOW, sample, text};
use uuid::Uuid;

/// A feedback as the computation knows it.
#[derive(Clone, Copy)]
struct Plain {
    received: i64,
    processed: Option<i64>,
    state: i64,
    hidden_until: i64,
    owner: Option<&'static str>,
    deleted: bool,
}

/// Four hundred feedback of sixteen weeks in every state, some of them deleted.
fn crowd() -> Vec<Plain> {
    let one = |number: i64| {
        let received = NOW.0 - (number * 37 % 113) * DAY - number * 3_600_000 % DAY;
        let state = number * 7 % 5 % 4;
        let done = state >= 2 && number % 11 > 0;
        let hidden = match number % 6 {
            0 => NOW.0 + DAY,
            1 => NOW.0 - DAY,
            _ => 0,
        };
        Plain {
            received,
            processed: done.then_some((received + number % 17 * DAY / 2).min(NOW.0 - 1)),
            state,
            hidden_until: if state < 2 { hidden } else { 0 },
            owner: [None, Some("hana"), Some("omar")][usize::try_from(number % 3).unwrap_or(0)],
            deleted: number % 29 == 0,
        }
    };
    (0..400).map(one).collect()
}

fn workspace(crowd: &[Plain]) -> (tempfile::TempDir, Store) {
    let (folder, store, ()) = sample(|make| {
        let people = ["hana", "omar"].map(|handle| (handle, make.person(handle, handle)));
        for one in crowd {
            let id = make.feedback("wish", 0, &[("state", Value::Integer(one.state))]);
            let mut set = |field: &str, value: Value| make.set(Entity::Feedback, id, field, &value);
            set("received", Value::Integer(one.received));
            if let Some(at) = one.processed {
                set("processed_at", Value::Integer(at));
            }
            if let Some((_, owner)) = people.iter().find(|(who, _)| Some(*who) == one.owner) {
                set("owner", Value::Thing(*owner));
            }
            match one.state {
                0 if one.hidden_until > 0 => {
                    set("snoozed_until", Value::Integer(one.hidden_until));
                }
                1 if one.hidden_until > 0 => {
                    set("waiting_until", Value::Integer(one.hidden_until));
                }
                _ => {}
            }
            if one.deleted {
                set("deleted", Value::Integer(1));
            }
        }
    });
    (folder, store)
}

/// The last twelve weeks, from each moment to the next; they end after the present.
fn bounds() -> Vec<Moment> {
    let weeks = i64::try_from(WEEKS).unwrap_or(0);
    (0..=weeks)
        .map(|week| NOW.plus((week - weeks) * 7 * DAY + DAY))
        .collect()
}

fn figures(store: &Store, names: &[ChartName]) -> Figures {
    store
        .read(|reader| reader.figures(names, Vec::new(), &bounds(), NOW))
        .expect("figures")
}

#[test]
fn what_came_in_and_went_out_is_counted_week_by_week() {
    let crowd = crowd();
    let (_folder, store) = workspace(&crowd);
    let figures = figures(&store, &[ChartName::Time, ChartName::Inbox]);
    let there = || crowd.iter().filter(|one| !one.deleted);
    assert_eq!(figures.weeks.len(), WEEKS);
    for (week, found) in bounds().windows(2).zip(&figures.weeks) {
        let within = |at: i64| at >= week[0].0 && at < week[1].0;
        let received = there().filter(|one| within(one.received)).count();
        let mut took: Vec<i64> = there()
            .filter_map(|one| Some((one, one.processed.filter(|at| within(*at))?)))
            .map(|(one, at)| at - one.received)
            .collect();
        took.sort_unstable();
        assert_eq!(found.received, received as u64);
        assert_eq!(found.processed, took.len() as u64);
        let middle = took.get((took.len().div_ceil(2)).saturating_sub(1));
        assert_eq!(found.took.map(|(median, _)| median), middle.copied());
        let most = took.get((took.len() * 9).div_ceil(10).saturating_sub(1));
        assert_eq!(found.took.map(|(_, most)| most), most.copied());
    }
    assert!(figures.weeks.iter().any(|week| week.took.is_some()));
}

#[test]
fn ages_are_of_what_the_inbox_shows_as_open() {
    let crowd = crowd();
    let (_folder, store) = workspace(&crowd);
    let mut plain = vec![0; AGES.len() + 1];
    for one in crowd.iter().filter(|one| !one.deleted && one.state < 2) {
        if one.hidden_until > NOW.0 {
            continue;
        }
        let days = AGES
            .iter()
            .filter(|days| NOW.0 - one.received > **days * DAY);
        plain[days.count()] += 1;
    }
    assert_eq!(figures(&store, &[ChartName::Age]).ages, plain);
    assert!(plain.iter().all(|count| *count > 0), "{plain:?}");
}

#[test]
fn load_is_what_is_open_and_what_is_planned_for_everybody_and_nobody() {
    let crowd = crowd();
    let (_folder, mut store) = workspace(&crowd);
    crate::store::sample::extend(&mut store, 1, |make| {
        let ann = make.person("ann", "Ann");
        let number = Value::Integer;
        let releases = [("v1", 0, 0), ("v0", 0, 2), ("backlog", 3, 0)];
        let releases = releases.map(|(name, kind, state)| {
            let fields = [
                ("name", text(name)),
                ("kind", number(kind)),
                ("state", number(state)),
            ];
            make.add(Entity::Release, &fields)
        });
        let owned = [("owner", Value::Thing(ann)), ("status", number(2))];
        // Three that count, one that is cut, one in a release that is out, one in the backlog, one without an owner.
        let places = [
            (0, 0),
            (0, 1),
            (0, 2),
            (0, Health::Cut.code()),
            (1, 0),
            (2, 0),
        ];
        for (release, health) in places {
            let idea = make.idea("an idea", &owned);
            place(make, releases[release], idea, health);
        }
        // What was put off or turned down is no work.
        for status in [Status::Postponed, Status::WontDo] {
            let fields = [owned[0].clone(), ("status", number(status.code()))];
            let idea = make.idea("an idea", &fields);
            place(make, releases[0], idea, 0);
        }
        let idea = make.idea("nobody's", &[("status", number(2))]);
        place(make, releases[0], idea, 0);
    });
    let found = figures(&store, &[ChartName::Load]).owners;
    let open = |owner: Option<&str>, state: i64| {
        let of = |one: &&Plain| !one.deleted && one.state == state && one.owner == owner;
        crowd.iter().filter(of).count() as u64
    };
    let one = |owner: Option<&str>, items: u64| OwnerFigures {
        owner: owner.and_then(|owner| Handle::parse(owner).ok()),
        unprocessed: open(owner, 0),
        waiting: open(owner, 1),
        items,
    };
    let mut plain = vec![
        one(None, 1),
        one(Some("hana"), 0),
        one(Some("omar"), 0),
        one(Some("ann"), 3),
    ];
    plain.sort_by_key(|one| {
        let load = one.unprocessed + one.waiting + one.items;
        (std::cmp::Reverse(load), one.owner.clone())
    });
    assert_eq!(found, plain);
}

fn place(make: &mut crate::store::sample::Builder<'_, '_>, release: Uuid, idea: Uuid, health: i64) {
    let fields = [
        ("release", Value::Thing(release)),
        ("idea", Value::Thing(idea)),
        ("health", Value::Integer(health)),
    ];
    make.add(Entity::ReleaseItem, &fields);
}

#[test]
fn demand_is_parted_by_the_tier_of_who_wants_it() {
    let wanted = [
        // Of a customer only what was received last counts.
        ("Globex", Some("Enterprise"), vec![(9, 3), (2, 1)]),
        ("Initech", Some("Enterprise"), vec![(5, 2)]),
        ("Hooli", Some("Free"), vec![(5, 3)]),
        ("Nobody Ltd", None, vec![(5, 2)]),
    ];
    let (_folder, store, ideas) = sample(|make| {
        let ideas = [("wanted", 1), ("out", 6), ("declined", 5), ("unwanted", 0)]
            .map(|(title, status)| make.idea(title, &[("status", Value::Integer(status))]));
        for (name, tier, asked) in &wanted {
            let company = match tier {
                Some(tier) => make.company(name, tier),
                None => make.add(Entity::Company, &[("name", text(name))]),
            };
            for (days, importance) in asked {
                let company = [("company", Value::Thing(company))];
                let feedback = make.feedback("asks", *days, &company);
                for idea in &ideas[..3] {
                    make.link(
                        feedback,
                        *idea,
                        &[("importance", Value::Integer(*importance))],
                    );
                }
            }
        }
        ideas
    });
    let found = figures(&store, &[ChartName::Demand]).demand;
    let tier = |name: &str| Some(name.to_owned());
    assert_eq!(
        found,
        [IdeaFigures {
            idea: IdeaId(ideas[0]),
            title: "wanted".to_owned(),
            tiers: vec![(tier("Enterprise"), 3), (tier("Free"), 3), (None, 2)],
        }]
    );
}

#[test]
fn interviews_count_for_those_who_held_them_in_the_week_in_which_they_did() {
    let (_folder, store, ()) = sample(|make| {
        let hana = make.person("hana", "Hana");
        let omar = make.person("omar", "Omar");
        make.person("ann", "Ann");
        let done = MeetingState::Finished.code();
        let mut held = |kind: &str, person: Option<Uuid>, at: i64, state: i64| {
            let mut fields = vec![
                ("kind", text(kind)),
                ("at", Value::Integer(at)),
                ("state", Value::Integer(state)),
            ];
            fields.extend(person.map(|person| ("person", Value::Thing(person))));
            make.add(Entity::Meeting, &fields)
        };
        let last_week = NOW.0 - 7 * DAY;
        held("interview", Some(hana), NOW.0, done);
        held("interview", Some(hana), last_week, done);
        held("interview", Some(hana), last_week - DAY, done);
        // Planned, of another kind, too long ago.
        held("interview", Some(omar), NOW.0, MeetingState::Planned.code());
        held("weekly-sync", Some(omar), NOW.0, done);
        held("interview", Some(omar), NOW.0 - 400 * DAY, done);
        let together = held("interview", None, last_week, done);
        for person in [hana, omar] {
            let fields = [
                ("meeting", Value::Thing(together)),
                ("person", Value::Thing(person)),
            ];
            make.add(Entity::Attendee, &fields);
        }
    });
    let found = figures(&store, &[ChartName::Interviews]).interviews;
    let last: Vec<(String, [u64; 2])> = found
        .iter()
        .map(|(who, weeks)| (who.to_string(), [weeks[WEEKS - 2], weeks[WEEKS - 1]]))
        .collect();
    let expected = [("@ann", [0, 0]), ("@hana", [3, 1]), ("@omar", [1, 0])];
    let expected = expected.map(|(who, weeks)| (who.to_owned(), weeks));
    assert_eq!(last, expected);
}
