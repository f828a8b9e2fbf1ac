//! Everything about one feedback.

use super::{comments, fields, heading, headline, some};
use crate::cli::arguments::Format;
use crate::cli::json::{FeedbackDetailJson, Likes};
use crate::cli::output::Result;
use crate::cli::session::{Session, vanished};
use crate::domain::entity::Entity;
use crate::domain::feedback::{FeedbackDetail, FeedbackKind, FeedbackLink, Importance, State};
use crate::domain::hints::{Hints, Reason, SameItem};
use crate::domain::id::FeedbackId;
use crate::domain::idea::Suggestion;
use crate::domain::moment::Moment;
use crate::problem::Problem;
use crate::workspace::MOST_SUGGESTIONS;

/// Shows a feedback.
pub(super) fn show(session: &mut Session<'_>, id: FeedbackId, format: Format) -> Result {
    let now = session.workspace.now();
    let Some(detail) = session.workspace.feedback(id)? else {
        return Err(vanished("that feedback"));
    };
    let likes = likes(session, id)?;
    if format.json {
        let json = FeedbackDetailJson::new(&detail, &likes, now, &|thing| session.short(thing))?;
        return session.output.object(&json);
    }
    let ideas: Vec<String> = detail
        .links
        .iter()
        .map(|link| session.short_of(Entity::Idea, link.idea))
        .collect::<std::result::Result<_, _>>()?;
    let ranked: Vec<String> = likes
        .suggestions
        .iter()
        .map(|(suggestion, reason)| suggested(session, suggestion, reason))
        .collect::<std::result::Result<_, _>>()?;
    let alike: Vec<String> = likes
        .hints
        .same
        .iter()
        .map(|same| alike(session, same, now))
        .collect::<std::result::Result<_, _>>()?;
    let output = &mut *session.output;
    headline(output, &detail.short.0, &detail.row.title)?;
    fields(output, &known(&detail, &likes.hints, now))?;
    if !detail.body.trim().is_empty() {
        output.say("")?;
        output.prose("", &detail.body)?;
    }
    if !detail.links.is_empty() {
        heading(output, "linked to")?;
        for (link, short) in detail.links.iter().zip(&ideas) {
            output.say(&linked(link, short))?;
            if let Some(quote) = &link.quote
                && quote.revision == detail.revision
                && let Some(passage) = detail.body.get(quote.start..quote.end)
            {
                output.prose("  ", &format!("“{passage}”"))?;
            }
        }
    }
    for (words, lines) in [("ideas like it", ranked), ("probably the same", alike)] {
        if !lines.is_empty() {
            heading(output, words)?;
        }
        for line in lines {
            output.say(&line)?;
        }
    }
    comments(output, &detail.comments, now)
}

/// The ideas that fit a feedback with the reasons, its likely owner, and what is probably the same.
fn likes(session: &Session<'_>, id: FeedbackId) -> std::result::Result<Likes, Problem> {
    let workspace = &session.workspace;
    let mut suggestions = Vec::new();
    for suggestion in workspace.suggestions(id, MOST_SUGGESTIONS)? {
        let reason = workspace.reason(id, suggestion.idea.id)?;
        suggestions.push((suggestion, reason));
    }
    Ok(Likes {
        suggestions,
        hints: workspace.hints(id)?,
    })
}

fn suggested(
    session: &Session<'_>,
    suggestion: &Suggestion,
    reason: &Reason,
) -> std::result::Result<String, Problem> {
    let idea = &suggestion.idea;
    let short = session.short_of(Entity::Idea, idea.id)?;
    let (title, status) = (&idea.title, idea.status.word());
    let fits = f64::from(suggestion.score) * 100.0;
    Ok(format!(
        "{short}  {fits:>3.0} %  {title}  {status}  {reason}"
    ))
}

fn alike(
    session: &Session<'_>,
    same: &SameItem,
    now: Moment,
) -> std::result::Result<String, Problem> {
    let short = session.short_of(Entity::Feedback, same.row.id)?;
    let state = same.row.shown_state(now).name();
    let age = same.row.received.dated(now);
    let title = &same.row.title;
    Ok(format!("{short}  {title}  {same} · {state} · {age}"))
}

fn linked(link: &FeedbackLink, short: &str) -> String {
    let mut words = format!("{short}  {}  {}", link.title, link.status.word());
    if let Some(release) = &link.release {
        words = format!("{words} · {release}");
    }
    words
}

fn known(
    detail: &FeedbackDetail,
    hints: &Hints,
    now: Moment,
) -> Vec<(&'static str, Option<String>)> {
    let row = &detail.row;
    let state = row.shown_state(now);
    let until = row.hidden_until.filter(|until| *until > now);
    let state = match (state, until, detail.resolution) {
        (State::Unprocessed, Some(until), _) => format!("snoozed until {}", until.rfc3339()),
        (State::Waiting, Some(until), _) => format!("waiting until {}", until.rfc3339()),
        (State::Processed, _, Some(resolution)) => format!("processed: {}", resolution.word()),
        (state, _, _) => state.name().to_owned(),
    };
    let company = detail.company.as_ref().map(|company| {
        let more = [&company.tier, &company.segment].into_iter().flatten();
        let more = more.fold(company.name.clone(), |words, more| {
            format!("{words} · {more}")
        });
        match company.renewal {
            Some(day) => format!("{more} · renewal {day}"),
            None => more,
        }
    });
    let customer = detail.customer.as_ref().map(|customer| {
        let email = customer.email.as_deref();
        email.map_or_else(
            || customer.name.clone(),
            |email| format!("{} <{email}>", customer.name),
        )
    });
    let source = match (row.source.as_str(), detail.origin.as_str()) {
        (source, "") => source.to_owned(),
        (source, origin) => format!("{source}, {origin}"),
    };
    let original = detail.duplicate_of.as_ref();
    vec![
        ("state", Some(state)),
        ("owner", row.owner.as_ref().map(ToString::to_string)),
        (
            "likely owner",
            hints
                .owner
                .as_ref()
                .map(|likely| format!("{}: {}", likely.owner, likely.why)),
        ),
        (
            "importance",
            row.importance.map(|i| Importance::word(i).to_owned()),
        ),
        ("kind", row.kind.map(|k| FeedbackKind::word(k).to_owned())),
        ("area", row.area.clone()),
        (
            "tags",
            (!detail.tags.is_empty()).then(|| detail.tags.join(", ")),
        ),
        ("company", company),
        ("customer", customer),
        (
            "reporter",
            detail.reporter.as_ref().map(|p| p.handle.to_string()),
        ),
        ("answer", detail.answer_owed.then(|| "owed".to_owned())),
        ("received", Some(row.received.rfc3339())),
        ("source", Some(source)),
        ("source id", detail.source_id.clone()),
        ("link", detail.url.clone()),
        ("needed by", detail.needed_by.map(|day| day.to_string())),
        ("version", detail.product_version.clone()),
        ("edition", detail.edition.clone()),
        ("votes", some(row.votes)),
        (
            "duplicate of",
            original.map(|(_, short, title)| format!("{short}  {title}")),
        ),
        ("duplicates", some(detail.duplicates)),
        (
            "revisions",
            (detail.revisions > 1).then(|| detail.revisions.to_string()),
        ),
        (
            "also open",
            some(detail.others_of_company).map(|n| format!("{n} of the same company")),
        ),
    ]
}
