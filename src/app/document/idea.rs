//! One idea with its evidence as lines.

use super::feedback::comment_lines;
use super::{Ink, Line, paragraphs, side_by_side};
use crate::domain::idea::{IdeaDetail, Stage};
use crate::domain::moment::Moment;
use crate::domain::passage::Searched;
use crate::domain::release::Standing;
use crate::domain::safe_text::SafeText;
use crate::search::Finder;

/// Where the rows of one insight are among the lines of an [`IdeaDocument`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EvidenceLine {
    /// Index in the idea's evidence.
    pub evidence: usize,
    /// Its first line.
    pub line: usize,
    /// How many lines it has (a quote takes some).
    pub lines: usize,
}

/// The lines of an idea, and which of them are evidence that the cursor can stand on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdeaDocument {
    /// The lines.
    pub lines: Vec<Line>,
    /// The evidence among them, ascending.
    pub evidence: Vec<EvidenceLine>,
}

/// The lines of an idea at `width` cells: its figures, what its demand is made of, its texts, its place in the release plan, what general availability
/// still needs of the `checklist`, tickets, evidence and comments. The title is not among them.
#[must_use]
pub fn idea_document(
    detail: &IdeaDetail,
    checklist: &[String],
    search: &[Searched],
    now: Moment,
    width: usize,
) -> IdeaDocument {
    let finder = Finder::of(search);
    let mut document = IdeaDocument {
        lines: side_by_side(figures(detail), width),
        evidence: Vec::new(),
    };
    if let Some(wanted) = detail.wanted.map(|wanted| wanted.words())
        && !wanted.is_empty()
    {
        let words = format!("demand {}: {wanted}", detail.row.demand);
        let none = Finder::of(&[]);
        let lines = paragraphs(&words, Ink::Dim, 0, width, &none);
        document.lines.extend(lines);
    }
    for (name, text) in detail.texts() {
        heading(&mut document.lines, name, String::new());
        let text = paragraphs(text, Ink::Plain, 0, width, &finder);
        document.lines.extend(text);
    }
    placements(&mut document.lines, detail);
    availability(&mut document.lines, detail, checklist, width);
    tickets(&mut document.lines, detail, width);
    evidence(&mut document, detail, now, width);
    if !detail.comments.is_empty() {
        heading(
            &mut document.lines,
            "Comments",
            detail.comments.len().to_string(),
        );
        document.lines.extend(
            comment_lines(&detail.comments, now, width, &finder)
                .into_iter()
                .skip(1),
        );
    }
    document
}

fn heading(lines: &mut Vec<Line>, name: &'static str, note: String) {
    lines.push(Line::default());
    let mut line = Line::default();
    line.safe(SafeText::from_static(name), Ink::Heading);
    if !note.is_empty() {
        line.safe(SafeText::line(&format!("  {note}")), Ink::Dim);
    }
    lines.push(line);
}

fn figures(detail: &IdeaDetail) -> Vec<Vec<(SafeText, Ink)>> {
    let row = &detail.row;
    let mut parts = vec![
        vec![(SafeText::from_static(row.status.word()), Ink::Plain)],
        vec![
            (SafeText::from_static("demand "), Ink::Dim),
            (SafeText::line(&row.demand.to_string()), Ink::Plain),
        ],
    ];
    if row.votes > 0 {
        parts.push(vec![(
            SafeText::line(&format!("{} votes", row.votes)),
            Ink::Dim,
        )]);
    }
    if let Some(effort) = row.effort {
        parts.push(vec![
            (SafeText::from_static("effort "), Ink::Dim),
            (SafeText::from_static(effort.word()), Ink::Plain),
        ]);
    }
    if let Some(when) = row.when() {
        parts.push(vec![(SafeText::line(when), Ink::Good)]);
    }
    parts.push(match &row.owner {
        Some(owner) => vec![(SafeText::line(&owner.to_string()), Ink::Mention)],
        None => vec![(SafeText::from_static("no owner"), Ink::Faint)],
    });
    for text in [&row.area, &row.edition].into_iter().flatten() {
        parts.push(vec![(SafeText::line(text), Ink::Dim)]);
    }
    if let Some(kind) = row.kind {
        parts.push(vec![(SafeText::from_static(kind.word()), Ink::Dim)]);
    }
    if let Some(stage) = row.stage {
        parts.push(vec![(SafeText::from_static(stage.word()), Ink::Dim)]);
    }
    parts
}

fn placements(lines: &mut Vec<Line>, detail: &IdeaDetail) {
    if detail.placements.is_empty() {
        return;
    }
    heading(lines, "Release plan", String::new());
    for placement in &detail.placements {
        let mut line = Line::default();
        line.outside(&placement.name, Ink::Plain);
        line.safe(SafeText::from_static("  "), Ink::Plain);
        line.safe(
            SafeText::from_static(placement.health.word_of(detail.row.status)),
            standing_ink(placement.health.standing_of(detail.row.status)),
        );
        lines.push(line);
    }
}

/// What general availability needs, once the idea is on its way there.
fn availability(lines: &mut Vec<Line>, detail: &IdeaDetail, checklist: &[String], width: usize) {
    let items = detail.checklist(checklist);
    let ticked = items.iter().filter(|(_, done)| *done).count();
    let near = matches!(
        detail.row.stage,
        Some(Stage::Beta | Stage::GeneralAvailability)
    );
    if items.is_empty() || (ticked == 0 && !near) {
        return;
    }
    let note = format!("{ticked} of {}", items.len());
    heading(lines, "General availability", note);
    let part = |(item, done): &(&str, bool)| {
        let (mark, ink) = match done {
            true => ("[x] ", Ink::Good),
            false => ("[ ] ", Ink::Dim),
        };
        vec![
            (SafeText::from_static(mark), ink),
            (SafeText::line(item), ink),
        ]
    };
    lines.extend(side_by_side(items.iter().map(part).collect(), width));
}

/// The ink of how an item of a release stands.
pub(super) const fn standing_ink(standing: Standing) -> Ink {
    match standing {
        Standing::OnTrack | Standing::Done => Ink::Good,
        Standing::AtRisk => Ink::Warning,
        Standing::OffTrack => Ink::Bad,
        Standing::Gone => Ink::Faint,
    }
}

fn tickets(lines: &mut Vec<Line>, detail: &IdeaDetail, width: usize) {
    if detail.tickets.is_empty() {
        return;
    }
    heading(lines, "Tickets", String::new());
    for ticket in &detail.tickets {
        let mut line = Line::default();
        if let Some(key) = &ticket.key {
            line.outside(key, Ink::Plain);
            line.safe(SafeText::from_static("  "), Ink::Plain);
        }
        line.safe(SafeText::from_static(ticket.kind.word()), Ink::Dim);
        line.safe(SafeText::from_static("  "), Ink::Plain);
        let room = width.saturating_sub(line.width()).max(8);
        line.safe(SafeText::line(&ticket.url).truncated(room), Ink::Link);
        lines.push(line);
    }
}

fn evidence(document: &mut IdeaDocument, detail: &IdeaDetail, now: Moment, width: usize) {
    let count = detail.evidence.len();
    let note = match count {
        0 => "nothing yet: link feedback to it in the inbox".to_owned(),
        1 => "1 insight".to_owned(),
        many => format!("{many} insights"),
    };
    heading(&mut document.lines, "Evidence", note);
    for (index, insight) in detail.evidence.iter().enumerate() {
        let first = document.lines.len();
        let mut line = Line::default();
        let (marks, ink) = match insight.importance {
            None => ("·   ", Ink::Faint),
            Some(importance) => match importance.code() {
                3 => ("▲▲▲ ", Ink::Bad),
                2 => ("▲▲  ", Ink::Warning),
                1 => ("▲   ", Ink::Dim),
                _ => ("–   ", Ink::Faint),
            },
        };
        line.safe(SafeText::from_static(marks), ink);
        let who = insight.customer.as_deref().unwrap_or("somebody");
        let tail = SafeText::line(&format!("  {who} · {}", insight.received.dated(now)))
            .truncated(width / 2);
        let room = width.saturating_sub(4 + tail.width()).max(8);
        line.safe(SafeText::row(&insight.title).truncated(room), Ink::Plain);
        line.safe(tail, Ink::Dim);
        document.lines.push(line);
        if let Some(quote) = &insight.quote {
            document.lines.extend(paragraphs(
                &format!("“{quote}”"),
                Ink::Quote,
                4,
                width,
                &Finder::new(&[]),
            ));
        }
        document.evidence.push(EvidenceLine {
            evidence: index,
            line: first,
            lines: document.lines.len() - first,
        });
    }
}
