//! A release with its items.

use super::{fields, headline};
use crate::cli::arguments::Format;
use crate::cli::json::ReleaseJson;
use crate::cli::output::Result;
use crate::cli::session::{Session, vanished};
use crate::cli::table::{Column, Table};
use crate::domain::entity::Entity;
use crate::domain::id::ReleaseId;
use crate::domain::moment::Moment;
use crate::domain::release::{Release, ReleaseItem, update_words};
use crate::domain::safe_text::SafeText;

const COLUMNS: [Column; 6] = [
    Column::new("ID"),
    Column::new("HEALTH").rank(1),
    Column::new("OWNER").most(12).rank(3),
    Column::new("EFFORT").rank(4),
    Column::new("UPDATE").rank(2),
    Column::new("IDEA"),
];

/// Shows a release.
pub(in crate::cli) fn show(session: &mut Session<'_>, id: ReleaseId, format: Format) -> Result {
    let now = session.workspace.now();
    let plan = session.workspace.plan()?;
    let Some(planned) = plan.releases.iter().find(|one| one.release.id == id) else {
        return Err(vanished("that release"));
    };
    if format.json {
        let json = ReleaseJson::new(planned, &|thing| session.short(thing))?;
        return session.output.object(&json);
    }
    let release = &planned.release;
    headline(session.output, &release.short.0, &release.name)?;
    fields(session.output, &known(release))?;
    if planned.items.is_empty() {
        return Ok(());
    }
    session.output.say("")?;
    let rows: Vec<Vec<SafeText>> = planned
        .items
        .iter()
        .map(|item| {
            let short = session.short_of(Entity::ReleaseItem, item.id)?;
            Ok(cells(item, &short, now))
        })
        .collect::<Result<_>>()?;
    Table::new(&COLUMNS).rows(session.output, &rows)
}

fn known(release: &Release) -> Vec<(&'static str, Option<String>)> {
    vec![
        ("kind", Some(release.kind.word().to_owned())),
        ("date", release.date.map(|day| day.to_string())),
        ("state", Some(release.state.word().to_owned())),
    ]
}

fn cells(item: &ReleaseItem, short: &str, now: Moment) -> Vec<SafeText> {
    let owner = item.owner.as_ref().map(ToString::to_string);
    let update = update_words(item.update.as_ref(), item.owes_update, now);
    vec![
        SafeText::line(short),
        SafeText::from_static(item.health.word_of(item.status)),
        SafeText::line(owner.as_deref().unwrap_or_default()),
        SafeText::from_static(item.effort.map_or("", |effort| effort.word())),
        SafeText::line(&update),
        SafeText::line(&item.title),
    ]
}
