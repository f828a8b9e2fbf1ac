//! Ideas as JSON.

use serde::Serialize;

use super::{CommentJson, Shorts, text};
use crate::domain::entity::{Entity, Thing};
use crate::domain::feedback::Importance;
use crate::domain::idea::{
    Effort, Evidence, IdeaDetail, IdeaKind, IdeaRow, Placement, Stage, Ticket, Timeframe,
};
use crate::problem::Problem;

/// One row of `intake idea list`.
#[derive(Debug, Serialize)]
pub struct IdeaJson {
    id: String,
    short_id: String,
    title: String,
    status: &'static str,
    demand: i64,
    insight_count: u32,
    votes: u32,
    effort: Option<&'static str>,
    release: Option<String>,
    timeframe: Option<&'static str>,
    owner: Option<String>,
    area: Option<String>,
    kind: Option<&'static str>,
    stage: Option<&'static str>,
    edition: Option<String>,
    changed: String,
}

impl IdeaJson {
    /// A row with what one types for it.
    #[must_use]
    pub fn new(row: &IdeaRow, short: &str) -> Self {
        Self {
            id: row.id.to_string(),
            short_id: short.to_owned(),
            title: row.title.clone(),
            status: row.status.name(),
            demand: row.demand,
            insight_count: row.insights,
            votes: row.votes,
            effort: row.effort.map(Effort::name),
            release: row.release.clone(),
            timeframe: row.timeframe.map(Timeframe::name),
            owner: text(row.owner.as_ref()),
            area: row.area.clone(),
            kind: row.kind.map(IdeaKind::name),
            stage: row.stage.map(Stage::name),
            edition: row.edition.clone(),
            changed: row.changed.rfc3339(),
        }
    }
}

/// Everything about one idea: the fields of its row, and more.
#[derive(Debug, Serialize)]
pub struct IdeaDetailJson {
    thing: &'static str,
    #[serde(flatten)]
    row: IdeaJson,
    problem: Option<String>,
    solution: Option<String>,
    workaround: Option<String>,
    benefit: Option<String>,
    reason: Option<String>,
    tickets: Vec<TicketJson>,
    placements: Vec<PlacementJson>,
    evidence: Vec<EvidenceJson>,
    comments: Vec<CommentJson>,
}

/// A link of an idea.
#[derive(Debug, Serialize)]
pub(super) struct TicketJson {
    id: String,
    url: String,
    key: Option<String>,
    kind: &'static str,
}

impl From<&Ticket> for TicketJson {
    fn from(ticket: &Ticket) -> Self {
        Self {
            id: ticket.id.to_string(),
            url: ticket.url.clone(),
            key: ticket.key.clone(),
            kind: ticket.kind.name(),
        }
    }
}

#[derive(Debug, Serialize)]
struct PlacementJson {
    item_id: String,
    item_short_id: String,
    release_id: String,
    release: String,
    health: &'static str,
}

impl PlacementJson {
    fn new(placement: &Placement, shorts: &Shorts<'_>) -> Result<Self, Problem> {
        Ok(Self {
            item_id: placement.item.to_string(),
            item_short_id: shorts(Thing::new(Entity::ReleaseItem, placement.item))?,
            release_id: placement.release.to_string(),
            release: placement.name.clone(),
            health: placement.health.name(),
        })
    }
}

#[derive(Debug, Serialize)]
struct EvidenceJson {
    id: String,
    feedback_id: String,
    feedback_short_id: String,
    title: String,
    customer: Option<String>,
    importance: Option<&'static str>,
    received: String,
    quote: Option<String>,
}

impl EvidenceJson {
    fn new(evidence: &Evidence, shorts: &Shorts<'_>) -> Result<Self, Problem> {
        Ok(Self {
            id: evidence.id.to_string(),
            feedback_id: evidence.feedback.to_string(),
            feedback_short_id: shorts(Thing::new(Entity::Feedback, evidence.feedback))?,
            title: evidence.title.clone(),
            customer: evidence.customer.clone(),
            importance: evidence.importance.map(Importance::name),
            received: evidence.received.rfc3339(),
            quote: evidence.quote.clone(),
        })
    }
}

impl IdeaDetailJson {
    /// An idea with the short ids of its evidence and its places in the plan.
    ///
    /// # Errors
    /// When a short id cannot be read.
    pub fn new(detail: &IdeaDetail, shorts: &Shorts<'_>) -> Result<Self, Problem> {
        let placements = detail.placements.iter();
        let evidence = detail.evidence.iter();
        Ok(Self {
            thing: "idea",
            row: IdeaJson::new(&detail.row, &detail.short.0),
            problem: detail.problem.clone(),
            solution: detail.solution.clone(),
            workaround: detail.workaround.clone(),
            benefit: detail.benefit.clone(),
            reason: detail.reason.clone(),
            tickets: detail.tickets.iter().map(Into::into).collect(),
            placements: placements
                .map(|placement| PlacementJson::new(placement, shorts))
                .collect::<Result<_, _>>()?,
            evidence: evidence
                .map(|evidence| EvidenceJson::new(evidence, shorts))
                .collect::<Result<_, _>>()?,
            comments: detail.comments.iter().map(Into::into).collect(),
        })
    }
}
