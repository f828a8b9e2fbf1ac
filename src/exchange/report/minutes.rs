//! The minutes of a meeting, as they are passed on: decisions, updates, promises, what is carried over, and the charts of the
//! week. What is confidential is not among what this is given.

use super::chart;
use super::page::{Block, Line, Page, Point, Span};
use super::plan::{day, tone};
use crate::domain::chart::Chart;
use crate::domain::entity::Entity;
use crate::domain::meeting::{
    Decided, DecidedKind, Decision, MeetingState, Minutes, MinutesItem, MinutesStep, MinutesUpdate,
    day_there, shown,
};
use crate::domain::people::Handle;

/// The minutes, with charts where there are any.
#[must_use]
pub fn page(minutes: &Minutes, charts: &[Chart]) -> Page {
    let meeting = &minutes.meeting;
    let mut page = Page::new(match &meeting.scope_name {
        Some(scope) => format!("{}: {scope}", meeting.title),
        None => meeting.title.clone(),
    });
    page.colleagues = colleagues(minutes);
    page.lead = lead(minutes);
    if let Some(notes) = meeting
        .notes
        .as_deref()
        .filter(|notes| !notes.trim().is_empty())
    {
        page.blocks.push(Block::Prose(notes.to_owned()));
    }
    page.points("Decisions", decisions(&minutes.decisions));
    discussed(&mut page, &minutes.discussed);
    updates(&mut page, minutes);
    for (section, steps) in [
        ("Action steps", &minutes.promised),
        ("Still open", &minutes.open),
        ("Done since the last meeting", &minutes.done),
    ] {
        let steps = steps.iter().map(|one| step(one, &meeting.zone));
        page.points(section, steps.collect());
    }
    let carried = minutes.carried_over.iter().map(|item| Point {
        line: headline(item),
        below: noted(item).chain(documents(item)).collect(),
    });
    page.points("Carried over", carried.collect());
    let links = minutes
        .links
        .iter()
        .map(|(name, url)| Point::from(vec![link(name.as_deref(), url)]));
    page.points("Recordings and links", links.collect());
    page.blocks.extend(chart::blocks(charts));
    if minutes.withheld > 0 {
        let (count, items) = (
            minutes.withheld,
            if minutes.withheld == 1 {
                "item is"
            } else {
                "items are"
            },
        );
        let words = format!("{count} confidential {items} not in these minutes.");
        page.blocks.push(Block::Words(vec![Span::faint(words)]));
    }
    page
}

/// Everybody who was there, presented, reported or promised something.
fn colleagues(minutes: &Minutes) -> Vec<Handle> {
    let items = minutes.discussed.iter().chain(&minutes.carried_over);
    let steps = minutes.promised.iter().chain(&minutes.open);
    let updates = &minutes.updates;
    // Whoever wrote an update is told by name; a colleague's begins with an `@`.
    let authors = updates
        .iter()
        .filter_map(|update| update.author.as_deref()?.strip_prefix('@'))
        .filter_map(|name| Handle::parse(name).ok());
    // A decision tells owners by their mention name.
    let decided = minutes.decisions.iter().flat_map(|one| &one.changes);
    let owners = decided
        .filter(|one| one.what == DecidedKind::Owner)
        .flat_map(|one| [&one.from, &one.to])
        .filter_map(|name| Handle::parse(name.as_deref()?.strip_prefix('@')?).ok());
    let named = items
        .filter_map(|item| item.presenter.as_ref())
        .chain(updates.iter().filter_map(|update| update.owner.as_ref()))
        .chain(
            steps
                .chain(&minutes.done)
                .filter_map(|step| step.owner.as_ref()),
        )
        .chain(&minutes.meeting.attendees);
    let mut named: Vec<Handle> = named.cloned().chain(authors).chain(owners).collect();
    named.sort_unstable();
    named.dedup();
    named
}

/// When it was, and who was there. A meeting goes by its own date; where it was held on another day, that is said, too.
fn lead(minutes: &Minutes) -> Line {
    let meeting = &minutes.meeting;
    let zone = &meeting.zone;
    let (at, otherwise) = match (meeting.at, meeting.held.0) {
        (Some(at), Some(held)) if day_there(at, zone) != day_there(held, zone) => {
            (Some(at), Some(held))
        }
        (at, held) => (held.or(at), None),
    };
    let mut line = Line::new();
    line.extend(at.map(|at| Span::text(format!("{} ({zone})", shown(at, zone)))));
    line.extend(otherwise.map(|held| Span::text(format!("· held {}", shown(held, zone)))));
    let there: Vec<String> = meeting.attendees.iter().map(mention).collect();
    if !there.is_empty() {
        line.push(Span::text(format!("· {}", there.join(", "))));
    }
    if meeting.state == MeetingState::Running {
        line.push(Span::faint("· not over yet"));
    }
    line
}

fn mention(handle: &Handle) -> String {
    format!("@{}", handle.as_str())
}

/// How many requests are named below a decision that is one for all of them.
const MOST_NAMED: usize = 10;

/// What was decided by deeds. Requests on which the same was decided are one point: they may be many.
fn decisions(decisions: &[Decision]) -> Vec<Point> {
    let mut alike: Vec<(&[Decided], Vec<&Decision>)> = Vec::new();
    for decision in decisions {
        let request = decision.thing.entity == Entity::Feedback;
        let same = alike.iter_mut().find(|(changes, things)| {
            request && *changes == decision.changes && things[0].thing.entity == Entity::Feedback
        });
        match same {
            Some((_, things)) => things.push(decision),
            None => alike.push((&decision.changes, vec![decision])),
        }
    }
    let points = alike.iter().map(|(changes, things)| {
        let words: Vec<String> = changes.iter().map(Decided::words).collect();
        let words = [Span::text("–"), Span::text(words.join("; "))];
        let name = match things.as_slice() {
            [one] => one.title.clone(),
            many => format!("{} requests", many.len()),
        };
        let mut below: Vec<Line> = Vec::new();
        if things.len() > 1 {
            let named = things.iter().take(MOST_NAMED);
            below.extend(named.map(|one| vec![Span::text(&one.title)]));
            let more = things.len().saturating_sub(MOST_NAMED);
            below.extend((more > 0).then(|| vec![Span::faint(format!("and {more} more"))]));
        }
        Point {
            line: [Span::strong(name)].into_iter().chain(words).collect(),
            below,
        }
    });
    points.collect()
}

/// What was discussed: each item with what was noted or decided.
fn discussed(page: &mut Page, items: &[MinutesItem]) {
    if items.is_empty() {
        return;
    }
    page.blocks.push(Block::Section("Discussed".to_owned()));
    for item in items {
        page.blocks.push(Block::Part(headline(item)));
        page.blocks.extend(item.notes.clone().map(Block::Prose));
        let documents = documents(item);
        if !documents.is_empty() {
            page.blocks.push(Block::List(
                documents.into_iter().map(Point::from).collect(),
            ));
        }
    }
}

fn headline(item: &MinutesItem) -> Line {
    let presenter = item.presenter.as_ref().map(mention).unwrap_or_default();
    vec![Span::text(&item.title), Span::faint(presenter)]
}

/// What was noted on an item that is told in one line, below it.
fn noted(item: &MinutesItem) -> impl Iterator<Item = Line> {
    let notes = item.notes.as_deref().unwrap_or_default().lines();
    let lines = notes.map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| vec![Span::text(line)])
}

fn documents(item: &MinutesItem) -> Vec<Line> {
    item.documents
        .iter()
        .map(|url| vec![link(None, url)])
        .collect()
}

fn link(name: Option<&str>, url: &str) -> Span {
    let name = name.map(str::trim).filter(|name| !name.is_empty());
    Span::Link {
        words: name.unwrap_or(url).to_owned(),
        url: url.to_owned(),
    }
}

/// What was said about the release plan, release by release.
fn updates(page: &mut Page, minutes: &Minutes) {
    let mut release = None;
    for update in &minutes.updates {
        if release.is_none() {
            page.blocks
                .push(Block::Section("Updates of the release plan".to_owned()));
        }
        if release != Some(&update.release) {
            page.blocks
                .push(Block::Part(vec![Span::text(&update.release)]));
            page.blocks.push(Block::List(Vec::new()));
            release = Some(&update.release);
        }
        if let Some(Block::List(points)) = page.blocks.last_mut() {
            points.push(said(update, &minutes.meeting.zone));
        }
    }
}

fn said(update: &MinutesUpdate, zone: &str) -> Point {
    let owner = update.owner.as_ref().map(mention).unwrap_or_default();
    let author = update.author.as_deref().unwrap_or_default();
    let when = day(day_there(update.at, zone));
    Point {
        line: vec![
            Span::strong(&update.title),
            Span::faint(owner),
            Span::text("–"),
            Span::Mark(tone(update.health.into()), update.health.word().to_owned()),
        ],
        below: vec![vec![
            Span::text(update.text.as_deref().unwrap_or("no change")),
            Span::faint(format!("({author} {when})").replace("( ", "(")),
        ]],
    }
}

/// A promise: who, what, until when, and whether it is done.
fn step(step: &MinutesStep, zone: &str) -> Point {
    let owner = step.owner.as_ref().map_or_else(
        || "nobody:".to_owned(),
        |owner| format!("{}:", mention(owner)),
    );
    let until = match (step.done, step.due) {
        (Some(done), _) => format!("(done {})", day(day_there(done, zone))),
        (None, Some(due)) => format!("(due {})", day(due)),
        (None, None) => String::new(),
    };
    Point::from(vec![
        Span::strong(owner),
        Span::text(&step.text),
        Span::faint(until),
    ])
}
