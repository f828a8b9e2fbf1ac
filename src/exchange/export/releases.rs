//! The release plan on its way out.

use serde_json::{Value as Json, json};

use super::cell::Cell;
use super::feedback::comments;
use super::sink::{Column, Object, Record, Sink};
use crate::domain::feedback::Comment;
use crate::domain::idea::Effort;
use crate::domain::moment::Moment;
use crate::domain::record::{ReleaseRecord, UpdateRecord};
use crate::domain::release::{Health, Release, ReleaseItem};
use crate::exchange::markdown;
use crate::problem::Problem;
use crate::store::Reader;

/// A row: a release and one of its items with its place from 1, or no item where it has none.
struct Row<'r> {
    release: &'r Release,
    item: Option<(i64, &'r ReleaseItem)>,
}

/// A release that leaves.
struct Leaving(ReleaseRecord);

/// Its columns.
fn columns<'r>() -> [Column<Row<'r>>; 18] {
    [
        ("release_id", |r| Cell::Text(r.release.id.to_string())),
        ("release", |r| r.release.name.as_str().into()),
        ("kind", |r| Cell::word(r.release.kind.name())),
        ("state", |r| Cell::word(r.release.state.name())),
        ("date", |r| r.release.date.into()),
        ("position", |r| {
            r.item.map_or(Cell::Empty, |(place, _)| Cell::Number(place))
        }),
        ("item_id", |r| of_item(r, |i| Cell::Text(i.id.to_string()))),
        ("idea_id", |r| {
            of_item(r, |i| Cell::Text(i.idea.to_string()))
        }),
        ("idea", |r| of_item(r, |i| i.title.as_str().into())),
        ("idea_status", |r| {
            of_item(r, |i| Cell::word(i.status.name()))
        }),
        ("owner", |r| of_item(r, |i| i.owner.as_ref().into())),
        ("effort", |r| {
            of_item(r, |i| i.effort.map(Effort::name).into())
        }),
        ("demand", |r| {
            of_item(r, |i| i.demand.map_or(Cell::Empty, Cell::Number))
        }),
        ("health", |r| of_item(r, |i| Cell::word(i.health.name()))),
        ("update", |r| {
            of_item(r, |i| i.update.as_ref().and_then(|u| u.text.clone()).into())
        }),
        ("update_by", |r| {
            of_item(r, |i| {
                author(i.update.as_ref().and_then(|u| u.author.as_deref()))
            })
        }),
        ("updated", |r| {
            of_item(r, |i| i.update.as_ref().map(|u| u.at).into())
        }),
        ("update_owed", |r| of_item(r, |i| Cell::Flag(i.owes_update))),
    ]
}

fn of_item(row: &Row<'_>, cell: impl Fn(&ReleaseItem) -> Cell) -> Cell {
    row.item.map_or(Cell::Empty, |(_, item)| cell(item))
}

/// A mention name without its `@`, which would begin a formula.
pub(super) fn author(name: Option<&str>) -> Cell {
    let bare = name.map(|name| name.strip_prefix('@').unwrap_or(name));
    bare.map(ToOwned::to_owned).into()
}

/// Writes the release plan as it stands; updates are asked for that were not given since `asked`.
pub(super) fn export(
    reader: &Reader<'_>,
    asked: Moment,
    sink: &mut Sink<'_>,
) -> Result<(), Problem> {
    sink.begin("Release plan", &columns())?;
    for record in reader.release_records(Some(asked))? {
        sink.put(&Leaving(record), "")?;
    }
    Ok(())
}

fn update(update: &UpdateRecord) -> Json {
    json!({
        "text": update.text,
        "health": update.health.map(Health::name),
        "author": update.author,
        "at": Cell::utc(update.at).json(),
    })
}

impl Leaving {
    fn item(
        &self,
        item: &ReleaseItem,
        (updates, said): &(Vec<UpdateRecord>, Vec<Comment>),
    ) -> Json {
        json!({
            "id": item.id.to_string(),
            "idea_id": item.idea.to_string(),
            "idea": item.title,
            "idea_status": item.status.name(),
            "owner": item.owner.as_ref().map(ToString::to_string),
            "effort": item.effort.map(Effort::name),
            "demand": item.demand,
            "health": item.health.name(),
            "update_owed": item.owes_update,
            "updates": updates.iter().map(update).collect::<Json>(),
            "comments": comments(said),
        })
    }
}

impl Record for Leaving {
    fn rows(&self) -> Vec<Vec<Cell>> {
        let planned = &self.0.planned;
        let row = |item| Row {
            release: &planned.release,
            item,
        };
        let rows: Vec<Row<'_>> = match planned.items.as_slice() {
            [] => vec![row(None)],
            items => (1..).zip(items).map(|item| row(Some(item))).collect(),
        };
        rows.iter()
            .map(|row| super::sink::row(&columns(), row))
            .collect()
    }

    fn object(&self) -> Object {
        let planned = &self.0.planned;
        let release = &planned.release;
        let items = planned.items.iter().zip(&self.0.said);
        Object(vec![
            ("id", release.id.to_string().into()),
            ("name", release.name.as_str().into()),
            ("kind", release.kind.name().into()),
            ("state", release.state.name().into()),
            ("date", Cell::from(release.date).json()),
            (
                "items",
                items.map(|(item, said)| self.item(item, said)).collect(),
            ),
        ])
    }

    fn markdown(&self) -> String {
        markdown::deeper(&markdown::release(&self.0.planned), 1)
    }
}
