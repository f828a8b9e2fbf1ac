//! The release plan, as it stands or stood, and what changed in it.

use super::page::{Block, Column, Line, Page, Point, Span, Table, Tone};
use crate::domain::difference::{ItemDifference, PlanDifference, ReleaseDifference};
use crate::domain::release::{PlannedRelease, Release, ReleaseItem, ReleasePlan, Standing};

/// The tone of how an item stands.
#[must_use]
pub(super) const fn tone(standing: Standing) -> Tone {
    match standing {
        Standing::OnTrack | Standing::Done => Tone::Good,
        Standing::AtRisk => Tone::Warning,
        Standing::OffTrack => Tone::Bad,
        Standing::Gone => Tone::Faint,
    }
}

/// The release plan; `when` says of which time it is.
#[must_use]
pub fn plan(plan: &ReleasePlan, when: &str) -> Page {
    let mut page = Page::new("Release plan");
    page.lead = vec![Span::text(when)];
    for planned in &plan.releases {
        page.blocks.push(Block::Part(headline(&planned.release)));
        page.blocks.push(items(planned));
    }
    if plan.releases.is_empty() {
        page.blocks
            .push(Block::Words(vec![Span::text("There was no release.")]));
    }
    page
}

/// `v10.2  16 Dec 2026 · planned`.
fn headline(release: &Release) -> Line {
    let mut facts = Vec::new();
    facts.extend(release.date.map(day));
    facts.push(format!("{} release", release.kind.word()));
    facts.push(release.state.word().to_lowercase());
    if release.kind == crate::domain::release::ReleaseKind::Backlog {
        facts = vec!["without a date".to_owned()];
    }
    vec![Span::text(&release.name), Span::faint(facts.join(" · "))]
}

/// `16 Dec 2026`.
#[must_use]
pub(super) fn day(date: chrono::NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

fn items(planned: &PlannedRelease) -> Block {
    if planned.items.is_empty() {
        return Block::Words(vec![Span::faint("No items.")]);
    }
    Block::Table(Table {
        columns: vec![
            Column::words("Item"),
            Column::words("Owner"),
            Column::words("Health"),
            Column::words("Last update"),
        ],
        rows: planned.items.iter().map(row).collect(),
    })
}

fn row(item: &ReleaseItem) -> Vec<Line> {
    let owner = item
        .owner
        .as_ref()
        .map(|owner| format!("@{}", owner.as_str()));
    let update = item.update.as_ref().map(|update| {
        let words = update.text.as_deref().unwrap_or("no change");
        vec![
            Span::faint(format!("{}:", day(update.at.utc().date_naive()))),
            Span::text(words),
        ]
    });
    vec![
        vec![Span::text(&item.title)],
        vec![Span::text(owner.unwrap_or_default())],
        vec![Span::Mark(
            tone(item.standing()),
            item.health.word_of(item.status).to_owned(),
        )],
        update.unwrap_or_default(),
    ]
}

/// What changed in the release plan; `when` says between which times.
#[must_use]
pub fn difference(difference: &PlanDifference, when: &str) -> Page {
    let mut page = Page::new("Changes of the release plan");
    page.lead = vec![Span::text(when)];
    if difference.is_empty() {
        page.blocks
            .push(Block::Words(vec![Span::text("Nothing changed.")]));
    }
    page.blocks.extend(changes(difference));
    page
}

/// What changed, release by release: part of a larger page.
#[must_use]
pub(super) fn changes(difference: &PlanDifference) -> Vec<Block> {
    difference.releases.iter().flat_map(release).collect()
}

fn release(changed: &ReleaseDifference) -> Vec<Block> {
    let mut blocks = vec![Block::Part(headline(&changed.release))];
    let about = changed.changes.iter().map(|change| {
        let mut words = change.words();
        if let Some(first) = words.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        Point::from(vec![Span::text(words)])
    });
    let mut points: Vec<Point> = about.collect();
    points.extend(changed.items.iter().map(item));
    blocks.push(Block::List(points));
    blocks
}

fn item(changed: &ItemDifference) -> Point {
    let words: Vec<String> = changed
        .changes
        .iter()
        .map(|change| change.words())
        .collect();
    let owner = changed
        .owner
        .as_ref()
        .map(|owner| format!("@{}", owner.as_str()));
    Point::from(vec![
        Span::strong(&changed.title),
        Span::faint(owner.unwrap_or_default()),
        Span::text(format!("– {}", words.join("; "))),
    ])
}
