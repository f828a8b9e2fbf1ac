//! The feedback in hand as lines.

use super::ink::inked;
use super::{Ink, Line, Part, Piece, paragraphs, side_by_side, wrap};
use crate::app::date::{date, day};
use crate::app::state::State;
use crate::app::when::today;
use crate::domain::clocks::Clocks;
use crate::domain::feedback::{FeedbackDetail, Resolution, State as Standing};
use crate::domain::hints::{Hints, Kinship};
use crate::domain::moment::Moment;
use crate::domain::passage::Searched;
use crate::domain::safe_text::SafeText;
use crate::search::Finder;

/// The lines of the feedback in hand at `width` cells; none until it has come.
#[must_use]
pub fn hand_document(state: &State, width: usize) -> Vec<Line> {
    let hand = state.hand.as_ref();
    let detail = hand.and_then(|hand| Some((hand, hand.detail.as_ref()?)));
    detail.map_or_else(Vec::new, |(hand, detail)| {
        let offset = state.settings.clocks;
        let hints = hand.hints.as_ref();
        feedback_document(detail, hints, &state.search, state.now, offset, width)
    })
}

/// The lines of a feedback at `width` cells: who and when, the body with its quotes, links and matches of `search`, what
/// is known beside it and what others like it tell (once `hints` have come), its links and its comments. The title is not among them: it stays on the screen while these scroll.
#[must_use]
pub fn feedback_document(
    detail: &FeedbackDetail,
    hints: Option<&Hints>,
    search: &[Searched],
    now: Moment,
    clocks: Clocks,
    width: usize,
) -> Vec<Line> {
    let finder = Finder::of(search);
    let mut lines = side_by_side(who(detail, hints, now, clocks), width);
    lines.push(Line::default());
    lines.extend(body(detail, &finder, width));
    let facts = side_by_side(facts(detail, now, clocks), width);
    let facts_shown = !facts.is_empty() || !detail.links.is_empty();
    if !facts.is_empty() {
        lines.push(Line::default());
        lines.extend(facts);
    }
    lines.extend(links(detail, width));
    let around = side_by_side(around(detail, hints), width);
    if facts_shown || around.is_empty() {
        lines.extend(around);
    } else {
        lines.push(Line::default());
        lines.extend(around);
    }
    lines.extend(comment_lines(&detail.comments, now, width, &finder));
    lines
}

fn who(detail: &FeedbackDetail, hints: Option<&Hints>, now: Moment, clocks: Clocks) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    if let Some(company) = &detail.company {
        parts.push(vec![(SafeText::line(&company.name), Ink::Plain)]);
        if let Some(tier) = &company.tier {
            parts.push(vec![(SafeText::line(tier), Ink::Dim)]);
        }
        if let Some(revenue) = company.revenue {
            parts.push(vec![(
                SafeText::line(&format!("${}", thousands(revenue))),
                Ink::Dim,
            )]);
        }
    }
    if let Some(customer) = &detail.customer {
        parts.push(vec![(SafeText::line(&customer.name), Ink::Dim)]);
    }
    let mut via: Part = Vec::new();
    if let Some(reporter) = &detail.reporter {
        via.push((SafeText::line(&reporter.handle.to_string()), Ink::Mention));
        via.push((SafeText::from_static(" "), Ink::Dim));
    }
    via.push((
        SafeText::line(&format!("via {}", detail.row.source)),
        Ink::Dim,
    ));
    parts.push(via);
    let mut when: Part = vec![(
        SafeText::line(&day(detail.row.received, now, clocks)),
        Ink::Dim,
    )];
    let received = detail.row.received;
    if received.is_ahead(now) {
        let ahead = format!(" ({})", received.dated_words(now));
        when.push((SafeText::line(&ahead), Ink::Warning));
    }
    let likely = hints.and_then(|hints| hints.owner.as_ref());
    match (&detail.row.owner, likely) {
        (Some(owner), _) => {
            when.push((SafeText::from_static(" → "), Ink::Faint));
            when.push((SafeText::line(&owner.to_string()), Ink::Mention));
        }
        (None, Some(likely)) => {
            when.push((SafeText::from_static(" → "), Ink::Faint));
            when.push((SafeText::line(&format!("{}?", likely.owner)), Ink::Mention));
        }
        // Said before it is known who is likely, too: words that come later would break the line, and move the text below.
        (None, None) => when.push((SafeText::from_static(" → nobody yet"), Ink::Faint)),
    }
    parts.push(when);
    parts
}

fn body(detail: &FeedbackDetail, finder: &Finder, width: usize) -> Vec<Line> {
    if detail.body.trim().is_empty() {
        let mut line = Line::default();
        line.safe(
            SafeText::from_static("No text came with it: the title is all."),
            Ink::Faint,
        );
        return vec![line];
    }
    let block = SafeText::block_with_offsets(&detail.body);
    let text = block.text().as_str();
    let quotes: Vec<_> = detail
        .links
        .iter()
        .filter_map(|link| link.quote.as_ref())
        .filter(|quote| quote.revision == detail.revision)
        .map(|quote| block.safe_range(quote.start..quote.end))
        .collect();
    // Found in the text as it came, as the index has it, and then shown where that is in the safe text.
    let matches = finder.all(&detail.body).into_iter();
    let matches: Vec<_> = matches.map(|range| block.safe_range(range)).collect();
    let inks = inked(text, &quotes, &matches);
    let mut lines = Vec::new();
    for range in wrap(text, width) {
        let mut line = Line {
            body: Some(block.original_range(range.clone())),
            ..Line::default()
        };
        let mut piece = |from: usize, to: usize, ink: Ink| {
            if from < to {
                line.pieces.push(Piece {
                    text: SafeText::line(&text[from..to]),
                    ink,
                    original: Some(block.original_range(from..to)),
                });
            }
        };
        let mut at = range.start;
        let first = inks.partition_point(|(inked, _)| inked.end <= range.start);
        for (inked, ink) in &inks[first..] {
            if inked.start >= range.end {
                break;
            }
            piece(at, inked.start.max(at), Ink::Plain);
            piece(inked.start.max(at), inked.end.min(range.end), *ink);
            at = inked.end.min(range.end).max(at);
        }
        piece(at, range.end, Ink::Plain);
        lines.push(line);
    }
    while lines.last().is_some_and(|line| line.pieces.is_empty()) {
        lines.pop();
    }
    lines
}

fn facts(detail: &FeedbackDetail, now: Moment, clocks: Clocks) -> Vec<Part> {
    let today = today(now, clocks);
    let fact = |name: &'static str, value: &str| -> Part {
        vec![
            (SafeText::from_static(name), Ink::Dim),
            (SafeText::line(value), Ink::Plain),
        ]
    };
    let mut parts = Vec::new();
    match detail.row.shown_state(now) {
        Standing::Waiting => {
            let left = detail.row.hidden_until.map_or(String::new(), |until| {
                format!(", back in {}", now.age(until))
            });
            parts.push(vec![(
                SafeText::line(&format!("waiting for a reply{left}")),
                Ink::Warning,
            )]);
        }
        Standing::Processed => {
            let why = detail.resolution.map_or("done", Resolution::word);
            parts.push(vec![(
                SafeText::line(&format!("processed: {why}")),
                Ink::Good,
            )]);
        }
        Standing::Archived => parts.push(vec![(SafeText::from_static("archived"), Ink::Dim)]),
        Standing::Unprocessed => {
            if let Some(until) = detail.row.hidden_until.filter(|until| *until > now) {
                parts.push(vec![(
                    SafeText::line(&format!("snoozed for {}", now.age(until))),
                    Ink::Warning,
                )]);
            } else if detail.row.state == Standing::Waiting {
                parts.push(vec![(
                    SafeText::from_static("asked back, no reply came"),
                    Ink::Warning,
                )]);
            }
        }
    }
    if detail.answer_owed {
        parts.push(vec![(SafeText::from_static("answer owed"), Ink::Warning)]);
    }
    if let Some(needed) = detail.needed_by {
        parts.push(fact("needed by ", &date(needed, today)));
    }
    if let Some(version) = &detail.product_version {
        let edition = detail
            .edition
            .as_deref()
            .map_or(String::new(), |e| format!(" {e}"));
        parts.push(fact("version ", &format!("{version}{edition}")));
    } else if let Some(edition) = &detail.edition {
        parts.push(fact("edition ", edition));
    }
    if let Some(renewal) = detail.company.as_ref().and_then(|c| c.renewal) {
        parts.push(fact("renewal ", &date(renewal, today)));
    }
    if let Some(area) = &detail.row.area {
        parts.push(fact("area ", area));
    }
    if let Some(kind) = detail.row.kind {
        parts.push(vec![(SafeText::from_static(kind.word()), Ink::Dim)]);
    }
    if !detail.tags.is_empty() {
        let tags: Vec<String> = detail.tags.iter().map(|tag| format!("#{tag}")).collect();
        parts.push(vec![(SafeText::line(&tags.join(" ")), Ink::Dim)]);
    }
    if detail.row.votes > 0 {
        parts.push(fact("votes ", &detail.row.votes.to_string()));
    }
    parts
}

fn links(detail: &FeedbackDetail, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for link in &detail.links {
        let mut line = Line::default();
        line.safe(SafeText::from_static("→ "), Ink::Good);
        let release = link
            .release
            .as_deref()
            .map_or(String::new(), |r| format!(" for {r}"));
        let note = SafeText::line(&format!("  {}{release}", link.status.word()));
        let room = width.saturating_sub(2 + note.width()).max(8);
        line.safe(SafeText::row(&link.title).truncated(room), Ink::Plain);
        line.safe(note, Ink::Dim);
        lines.push(line);
    }
    if !lines.is_empty() {
        lines.insert(0, Line::default());
    }
    lines
}

fn around(detail: &FeedbackDetail, hints: Option<&Hints>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut say = |words: String| parts.push(vec![(SafeText::line(&words), Ink::Dim)]);
    match detail.comments.len() {
        0 => {}
        1 => say("1 comment".to_owned()),
        many => say(format!("{many} comments")),
    }
    let same = hints.map_or(&[][..], |hints| &hints.same);
    if let Some(first) = same.first() {
        let shared = match (first.by, first.words.as_slice()) {
            (Kinship::Text, _) => " (the same text)".to_owned(),
            (by, []) => format!(" from the same {}", by.word()),
            (by, words) => format!(" from the same {} ({})", by.word(), words.join(", ")),
        };
        say(match same.len() {
            1 => format!("1 similar item{shared}"),
            many => format!("{many} similar items{shared}"),
        });
    }
    match detail.others_of_company {
        0 => {}
        1 => say("1 more open from the same company".to_owned()),
        many => say(format!("{many} more open from the same company")),
    }
    if let Some((_, short, title)) = &detail.duplicate_of {
        say(format!("duplicate of {short} “{title}”"));
    }
    match detail.duplicates {
        0 => {}
        1 => say("1 duplicate".to_owned()),
        many => say(format!("{many} duplicates")),
    }
    if detail.revisions > 1 {
        say(format!("revision {}", detail.revisions));
    }
    if let Some(url) = &detail.url {
        parts.push(vec![(SafeText::line(url), Ink::Link)]);
    }
    parts
}

/// How many blanks stand before each line of a comment.
const COMMENT_INDENT: usize = 2;

/// How many lines of a comment come before its text: a blank one, and who said it.
const ABOVE_COMMENT: usize = 2;

/// Comments, each under a line that says who, when and to whom.
pub(super) fn comment_lines(
    comments: &[crate::domain::feedback::Comment],
    now: Moment,
    width: usize,
    finder: &Finder,
) -> Vec<Line> {
    let mut lines = Vec::new();
    for comment in comments {
        lines.push(Line::default());
        let mut head = Line::default();
        head.outside(
            comment.author.as_deref().unwrap_or("somebody"),
            Ink::Mention,
        );
        let whom = if comment.to_reporter {
            " · to the reporter"
        } else {
            ""
        };
        head.safe(
            SafeText::line(&format!(" · {}{whom}", comment.at.dated(now))),
            Ink::Faint,
        );
        lines.push(head);
        lines.extend(paragraphs(
            &comment.text,
            Ink::Plain,
            COMMENT_INDENT,
            width,
            finder,
        ));
    }
    lines
}

/// Which of these `lines` of a feedback shows the most of what its title does not show of `search`, as the passage in the list
/// does; `None` when there is none.
#[must_use]
pub fn line_of_passage(
    detail: &FeedbackDetail,
    lines: &[Line],
    search: &[Searched],
    now: Moment,
    width: usize,
) -> Option<usize> {
    let finder = Finder::of(search);
    let comments = detail.comments.iter().map(|comment| comment.text.as_str());
    let texts = std::iter::once(detail.body.as_str()).chain(comments);
    let (text, spot) = finder.spot_among(texts, &finder.seen(&detail.row.title))?;
    let Some(before) = text.checked_sub(1) else {
        let begins = |line: &Line| {
            line.body
                .as_ref()
                .is_some_and(|b| b.start <= spot.found.start)
        };
        return lines.iter().rposition(begins);
    };
    let height = |from: usize| {
        let comments = detail.comments.get(from..).unwrap_or_default();
        comment_lines(comments, now, width, &finder).len()
    };
    let block = SafeText::block_with_offsets(&detail.comments.get(before)?.text);
    let at = block.safe_range(spot.found).start;
    let within = wrap(
        block.text().as_str(),
        width.saturating_sub(COMMENT_INDENT).max(1),
    );
    let within = within
        .iter()
        .rposition(|line| line.start <= at)
        .unwrap_or(0);
    Some(lines.len().saturating_sub(height(before)) + ABOVE_COMMENT + within)
}

/// `120k`, `1.2M`: revenue in three figures.
fn thousands(amount: i64) -> String {
    match amount.abs() {
        ..10_000 => amount.to_string(),
        10_000..1_000_000 => format!("{}k", amount / 1_000),
        _ => format!("{:.1}M", amount as f64 / 1e6),
    }
}
