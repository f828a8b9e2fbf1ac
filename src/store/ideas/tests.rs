use super::*;
use crate::domain::entity::Value;
use crate::domain::moment::DAY;
use crate::domain::people::Handle;
use crate::store::Store;
use crate::store::sample::{NOW, extend, sample, text};
use uuid::Uuid;

/// Five ideas that every order arranges in another way, a deleted one, and one merged into the second.
fn shelf() -> (tempfile::TempDir, Store, Vec<Uuid>) {
    sample(|make| {
        let hana = make.person("hana", "Hana");
        let boards = make.area("Boards", None, &[]);
        let number = Value::Integer;
        let ideas = vec![
            make.idea(
                "Dark mode",
                &[("status", number(1)), ("timeframe", number(2))],
            ),
            make.idea(
                "audit export",
                &[
                    ("status", number(2)),
                    ("owner", Value::Thing(hana)),
                    ("area", Value::Thing(boards)),
                ],
            ),
            make.idea(
                "Compliance",
                &[("status", number(5)), ("timeframe", number(0))],
            ),
            make.idea("Bulk edit", &[("status", number(2))]),
            make.idea("Emoji votes", &[("votes", number(9))]),
        ];
        let gone = make.idea("gone", &[]);
        make.set(Entity::Idea, gone, "deleted", &number(1));
        make.idea("Export audits", &[("merged_into", Value::Thing(ideas[1]))]);
        let dated = [("name", text("v10.2")), ("date", text("2027-01-01"))];
        let dated = make.add(Entity::Release, &dated);
        let backlog = [("name", text("backlog")), ("kind", number(3))];
        let backlog = make.add(Entity::Release, &backlog);
        for (release, idea) in [(backlog, 3), (backlog, 1), (dated, 1)] {
            make.add(
                Entity::ReleaseItem,
                &[
                    ("release", Value::Thing(release)),
                    ("idea", Value::Thing(ideas[idea])),
                ],
            );
        }
        for (customer, importance, days) in [("Ada", 3, 9), ("Bob", 1, 2)] {
            let customer = make.add(Entity::Customer, &[("name", text(customer))]);
            let asks = make.feedback("asks", days, &[("customer", Value::Thing(customer))]);
            let body = make.content("a long story: save us a day, please");
            make.link(
                asks,
                ideas[3],
                &[
                    ("importance", number(importance)),
                    ("quote", body),
                    ("quote_start", number(14)),
                    ("quote_end", number(if importance == 3 { 27 } else { 99 })),
                ],
            );
        }
        ideas
    })
}

fn titles(store: &Store, query: &IdeaQuery) -> Vec<String> {
    let rows = store.read(|reader| reader.ideas(query)).expect("ideas");
    rows.into_iter().map(|row| row.title).collect()
}

#[test]
fn the_table_is_in_the_order_that_is_asked_for() {
    let (_folder, store, _) = shelf();
    for (sort, expected) in [
        (
            IdeaSort::Demand,
            [
                "Bulk edit",
                "Emoji votes",
                "audit export",
                "Compliance",
                "Dark mode",
            ],
        ),
        (
            IdeaSort::Title,
            [
                "audit export",
                "Bulk edit",
                "Compliance",
                "Dark mode",
                "Emoji votes",
            ],
        ),
        (
            IdeaSort::Status,
            [
                "Emoji votes",
                "Dark mode",
                "Bulk edit",
                "audit export",
                "Compliance",
            ],
        ),
        (
            IdeaSort::When,
            [
                "audit export",
                "Compliance",
                "Dark mode",
                "Bulk edit",
                "Emoji votes",
            ],
        ),
    ] {
        let query = IdeaQuery {
            sort,
            ..IdeaQuery::default()
        };
        assert_eq!(titles(&store, &query), expected, "{sort:?}");
        let reversed = IdeaQuery {
            reversed: true,
            ..query
        };
        let mut turned = titles(&store, &reversed);
        turned.reverse();
        assert_eq!(turned, expected, "{sort:?}");
    }
}

#[test]
fn the_latest_change_comes_first() {
    let (_folder, mut store, ideas) = shelf();
    store
        .write(|writer| {
            let action = crate::store::tests::act(writer, NOW.0 + DAY)?;
            let local = writer.expect(Entity::Idea, ideas[2])?;
            let field = Entity::Idea.field("effort").expect("a field");
            writer.set(Entity::Idea, local, field, &Value::Integer(2))?;
            Ok::<_, crate::store::StoreError>(action)
        })
        .expect("a write");
    let query = IdeaQuery {
        sort: IdeaSort::Changed,
        ..IdeaQuery::default()
    };
    assert_eq!(titles(&store, &query)[0], "Compliance");
}

#[test]
fn the_table_is_narrowed_by_words_status_owner_and_area() {
    let (_folder, store, _) = shelf();
    let none = IdeaQuery::default;
    for (query, expected) in [
        (
            IdeaQuery {
                status: Some(Status::Planned),
                ..none()
            },
            &["Bulk edit", "audit export"][..],
        ),
        (
            IdeaQuery {
                owner: Handle::parse("hana").ok(),
                ..none()
            },
            &["audit export"],
        ),
        (
            IdeaQuery {
                area: Some("BOARDS".to_owned()),
                ..none()
            },
            &["audit export"],
        ),
        (
            IdeaQuery {
                words: "expo audit".to_owned(),
                ..none()
            },
            &["audit export"],
        ),
        (
            IdeaQuery {
                words: "nothing like it".to_owned(),
                ..none()
            },
            &[],
        ),
        (
            IdeaQuery {
                owner: Handle::parse("omar").ok(),
                ..none()
            },
            &[],
        ),
    ] {
        assert_eq!(titles(&store, &query), expected, "{query:?}");
    }
}

#[test]
fn a_picker_gets_every_live_idea_and_ranks_them_by_words() {
    let (_folder, store, ideas) = shelf();
    let (all, ranked, every) = store
        .read(|reader| {
            Ok::<_, crate::store::StoreError>((
                reader.idea_titles()?,
                reader.ranked_ideas("audits export")?,
                reader.ranked_ideas("  ")?,
            ))
        })
        .expect("a read");
    assert_eq!(all.len(), 5);
    assert_eq!((all[0].title.as_str(), all[0].demand), ("Bulk edit", 4));
    assert_eq!(ranked, []);
    assert_eq!(every.len(), 5);
    let ranked = store
        .read(|reader| reader.ranked_ideas("export"))
        .expect("a read");
    assert_eq!(ranked, [IdeaId(ideas[1])]);
}

#[test]
fn an_idea_comes_with_its_texts_evidence_and_places() {
    let (_folder, mut store, ideas) = shelf();
    let id = ideas[3];
    extend(&mut store, 1, |make| {
        for (field, said) in [
            ("problem", "it hurts"),
            ("reason", "no"),
            ("benefit", "a day a week"),
        ] {
            let said = make.content(said);
            make.set(Entity::Idea, id, field, &said);
        }
        make.add(
            Entity::Ticket,
            &[
                ("idea", Value::Thing(id)),
                ("url", text("https://example.org/MM-1")),
                ("ticket_key", text("MM-1")),
                ("kind", Value::Integer(0)),
            ],
        );
        let said = make.content("hm");
        make.add(
            Entity::Comment,
            &[
                ("idea", Value::Thing(id)),
                ("text", said),
                ("author_name", text("a stranger")),
            ],
        );
    });
    let read = |id| {
        store
            .read(|reader| reader.idea_detail(IdeaId(id)))
            .expect("a read")
    };
    let found = read(id).expect("it is here");
    assert_eq!((found.row.demand, found.row.insights), (4, 2));
    let wanted = found.wanted.expect("two are soon counted");
    assert_eq!((wanted.critical, wanted.nice, wanted.important), (1, 1, 0));
    assert_eq!(wanted.words(), "1 critical, 1 nice to have or unset");
    assert_eq!(found.row.when(), Some("backlog"));
    assert_eq!(found.problem.as_deref(), Some("it hurts"));
    assert_eq!(found.solution, None);
    assert_eq!(found.benefit.as_deref(), Some("a day a week"));
    assert_eq!(found.reason.as_deref(), Some("no"));
    assert_eq!(found.tickets[0].key.as_deref(), Some("MM-1"));
    assert_eq!(found.tickets[0].kind, TicketKind::Implementation);
    assert_eq!(found.placements.len(), 1);
    assert_eq!(found.comments[0].author.as_deref(), Some("a stranger"));
    let evidence: Vec<_> = found
        .evidence
        .iter()
        .map(|e| (e.customer.as_deref(), e.quote.as_deref()))
        .collect();
    // The second quote points past the end of its text.
    assert_eq!(
        evidence,
        [(Some("Ada"), Some("save us a day")), (Some("Bob"), None)]
    );
    let placed = read(ideas[1]).expect("it is here");
    let names: Vec<&str> = placed.placements.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["v10.2", "backlog"]);
    assert_eq!(placed.row.when(), Some("v10.2"));
    assert_eq!(read(Uuid::nil()), None);
}
