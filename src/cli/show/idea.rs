//! Everything about one idea.

use super::{comments, fields, heading, headline, some};
use crate::cli::arguments::Format;
use crate::cli::json::IdeaDetailJson;
use crate::cli::list::importance;
use crate::cli::output::Result;
use crate::cli::session::{Session, vanished};
use crate::domain::entity::Entity;
use crate::domain::id::IdeaId;
use crate::domain::idea::IdeaDetail;

/// Shows an idea with its evidence.
pub(in crate::cli) fn show(session: &mut Session<'_>, id: IdeaId, format: Format) -> Result {
    let now = session.workspace.now();
    let Some(detail) = session.workspace.idea(id)? else {
        return Err(vanished("that idea"));
    };
    if format.json {
        let json = IdeaDetailJson::new(&detail, &|thing| session.short(thing))?;
        return session.output.object(&json);
    }
    let evidence: Vec<String> = detail
        .evidence
        .iter()
        .map(|evidence| session.short_of(Entity::Feedback, evidence.feedback))
        .collect::<std::result::Result<_, _>>()?;
    let output = &mut *session.output;
    headline(output, &detail.short.0, &detail.row.title)?;
    fields(output, &known(&detail))?;
    for (name, text) in [
        ("problem", &detail.problem),
        ("proposed solution", &detail.solution),
        ("workaround", &detail.workaround),
        ("benefit", &detail.benefit),
        ("reason", &detail.reason),
    ] {
        if let Some(text) = text {
            heading(output, name)?;
            output.prose("", text)?;
        }
    }
    if !detail.tickets.is_empty() {
        heading(output, "tickets")?;
        for ticket in &detail.tickets {
            let key = ticket.key.as_deref().unwrap_or_default();
            let words = format!("{}  {key}  {}", ticket.kind.word(), ticket.url);
            output.say(&words.replace("    ", "  "))?;
        }
    }
    if !detail.evidence.is_empty() {
        heading(output, "evidence")?;
        for (evidence, short) in detail.evidence.iter().zip(&evidence) {
            let customer = evidence.customer.as_deref().unwrap_or("somebody");
            let importance = importance(evidence.importance);
            let words = [short, &evidence.title, customer, importance];
            let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
            output.say(&words.join("  "))?;
            if let Some(quote) = &evidence.quote {
                output.prose("  ", &format!("“{quote}”"))?;
            }
        }
    }
    comments(output, &detail.comments, now)
}

fn known(detail: &IdeaDetail) -> Vec<(&'static str, Option<String>)> {
    let row = &detail.row;
    let placed: Vec<String> = detail
        .placements
        .iter()
        .map(|placement| {
            let health = placement.health.word_of(row.status);
            format!("{} ({health})", placement.name)
        })
        .collect();
    vec![
        ("status", Some(row.status.word().to_owned())),
        ("demand", Some(demand(detail))),
        ("insights", Some(row.insights.to_string())),
        ("votes", some(row.votes)),
        ("owner", row.owner.as_ref().map(ToString::to_string)),
        ("area", row.area.clone()),
        ("kind", row.kind.map(|kind| kind.word().to_owned())),
        ("effort", row.effort.map(|effort| effort.word().to_owned())),
        ("releases", (!placed.is_empty()).then(|| placed.join(", "))),
        (
            "timeframe",
            row.timeframe.map(|timeframe| timeframe.word().to_owned()),
        ),
        ("edition", row.edition.clone()),
        ("stage", row.stage.map(|stage| stage.word().to_owned())),
        ("changed", Some(row.changed.rfc3339())),
    ]
}

/// With what it is made of.
fn demand(detail: &IdeaDetail) -> String {
    let words = detail.wanted.map(|wanted| wanted.words());
    match words.filter(|words| !words.is_empty()) {
        Some(words) => format!("{} ({words})", detail.row.demand),
        None => detail.row.demand.to_string(),
    }
}
