//! Release notes, for whoever runs the product somewhere in the world: plain, short, and nothing of how we work.

use super::page::{Block, Line, Page, Point, Span};
use crate::domain::idea::Stage;
use crate::domain::notes::{ReleaseNotes, ToldIdea};
use crate::domain::release::{Release, ReleaseKind};

/// The notes of a release.
#[must_use]
pub fn page(notes: &ReleaseNotes) -> Page {
    let release = &notes.release;
    let mut page = Page::new(format!("{}: {}", kind(release.kind), release.name));
    page.lead = lead(notes);
    if release.kind == ReleaseKind::Security {
        let words = "This release fixes security issues. We recommend upgrading soon.";
        page.blocks.push(Block::Words(vec![Span::text(words)]));
    }
    let fixed = match release.kind {
        ReleaseKind::Security => "Security fixes",
        _ => "Fixed",
    };
    for (section, ideas, below) in [
        ("Breaking changes", &notes.breaking, Some("What to do:")),
        ("Deprecated", &notes.deprecated, Some("What to do:")),
        ("Added", &notes.added, None),
        ("Improved", &notes.improved, None),
        ("Promoted from beta", &notes.promoted, None),
        (fixed, &notes.fixed, None),
        ("Known issues", &notes.known, Some("Until it is fixed:")),
    ] {
        page.points(
            section,
            ideas.iter().map(|idea| point(idea, below)).collect(),
        );
    }
    if notes.is_empty() {
        page.blocks.push(Block::Words(vec![Span::text(
            "There is nothing to tell yet.",
        )]));
    }
    page
}

const fn kind(kind: ReleaseKind) -> &'static str {
    match kind {
        ReleaseKind::Security => "Security release",
        ReleaseKind::Dot => "Maintenance release",
        ReleaseKind::Feature | ReleaseKind::Backlog => "Release notes",
    }
}

fn lead(notes: &ReleaseNotes) -> Line {
    let date = notes.release.date.map(day);
    let words = match (notes.is_draft(), date) {
        (false, Some(date)) => format!("Released on {date}."),
        (false, None) => "Released.".to_owned(),
        (true, Some(date)) => format!("Planned for {date}. This is a draft and may change."),
        (true, None) => "Planned. This is a draft and may change.".to_owned(),
    };
    vec![Span::text(words)]
}

/// `16 December 2026`: a date that nobody reads as another one.
#[must_use]
pub(super) fn day(date: chrono::NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// An idea with what whoever runs the product has to know of it.
pub(super) fn point(idea: &ToldIdea, below: Option<&str>) -> Point {
    let mut point = Point::from(name(idea));
    if let Some(words) = below
        && let Some(text) = idea.workaround.as_deref().and_then(public)
    {
        point.below.push(vec![Span::text(words), Span::text(text)]);
    }
    point
}

/// The title, how mature it is, and which edition has it.
pub(super) fn name(idea: &ToldIdea) -> Line {
    let mut facts = Vec::new();
    facts.extend(match idea.stage {
        Some(Stage::Experimental) => Some("experimental".to_owned()),
        Some(Stage::Beta) => Some("beta".to_owned()),
        Some(Stage::GeneralAvailability) | None => None,
    });
    let edition = idea.edition.as_deref().map(str::trim);
    facts.extend(
        edition
            .filter(|edition| !edition.is_empty())
            .map(ToOwned::to_owned),
    );
    vec![
        Span::text(&idea.title),
        Span::faint(match facts.is_empty() {
            true => String::new(),
            false => format!("({})", facts.join(", ")),
        }),
    ]
}

/// The first paragraph of a text that is meant for customers; nothing where it speaks to a colleague.
#[must_use]
pub fn public(text: &str) -> Option<String> {
    let first = text.trim().split("\n\n").next().unwrap_or_default();
    let words: Vec<&str> = first.split_whitespace().collect();
    let mention = |word: &&str| {
        word.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@')
            .strip_prefix('@')
            .is_some_and(|name| name.starts_with(char::is_alphanumeric))
    };
    (!words.is_empty() && !words.iter().any(mention)).then(|| words.join(" "))
}

/// A release by name and date.
pub(super) fn dated(release: &Release) -> String {
    match release.date {
        Some(date) => format!("{}, {}", release.name, day(date)),
        None => release.name.clone(),
    }
}

/// The news of some weeks: what came, and what comes soon.
#[must_use]
pub fn news(news: &crate::domain::notes::News) -> Page {
    use crate::domain::release::Standing;
    let mut page = Page::new("What is new");
    page.lead = vec![Span::text(format!(
        "{} to {}",
        day(news.since),
        day(news.until)
    ))];
    let points = |ideas: &[ToldIdea]| ideas.iter().map(|idea| point(idea, None)).collect();
    page.points("Added", points(&news.added));
    page.points("Fixed", points(&news.fixed));
    if news.added.is_empty() && news.fixed.is_empty() {
        page.blocks.push(Block::Words(vec![Span::text(
            "Nothing was released in this time.",
        )]));
    }
    page.blocks
        .push(Block::Section("In the next two weeks".to_owned()));
    if news.coming.is_empty() {
        page.blocks
            .push(Block::Words(vec![Span::text("No release is due.")]));
    }
    for told in &news.coming {
        page.blocks
            .push(Block::Part(vec![Span::text(dated(&told.release))]));
        let points = told.items.iter().map(|item| {
            let mut point = point(&item.idea, None);
            if item.health.standing_of(item.idea.status) == Standing::AtRisk {
                point.line.push(Span::faint("(may come later)"));
            }
            point
        });
        page.blocks.push(Block::List(points.collect()));
    }
    page
}
