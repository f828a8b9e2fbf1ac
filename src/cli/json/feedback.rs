//! Feedback as JSON.

use serde::Serialize;

use super::people::{CompanyJson, CustomerJson, PersonJson};
use super::{CommentJson, Shorts, text};
use crate::domain::entity::{Entity, Thing};
use crate::domain::feedback::{FeedbackDetail, FeedbackKind, FeedbackRow, Importance, Resolution};
use crate::domain::hints::{Hints, Reason};
use crate::domain::idea::Suggestion;
use crate::domain::moment::Moment;
use crate::problem::Problem;

/// One row of `intake list`.
#[derive(Debug, Serialize)]
pub struct FeedbackJson {
    id: String,
    short_id: String,
    title: String,
    state: &'static str,
    importance: Option<&'static str>,
    company: Option<String>,
    tier: Option<String>,
    received: String,
    hidden_until: Option<String>,
    owner: Option<String>,
    area: Option<String>,
    source: String,
    reporter: Option<String>,
    kind: Option<&'static str>,
    link_count: u32,
    votes: u32,
}

impl FeedbackJson {
    /// A row with what one types for it, in the state that a person sees at `now`.
    #[must_use]
    pub fn new(row: &FeedbackRow, short: &str, now: Moment) -> Self {
        Self {
            id: row.id.to_string(),
            short_id: short.to_owned(),
            title: row.title.clone(),
            state: row.shown_state(now).name(),
            importance: row.importance.map(Importance::name),
            company: row.company.clone(),
            tier: row.tier.clone(),
            received: row.received.rfc3339(),
            hidden_until: row.hidden_until.map(Moment::rfc3339),
            owner: text(row.owner.as_ref()),
            area: row.area.clone(),
            source: row.source.clone(),
            reporter: text(row.reporter.as_ref()),
            kind: row.kind.map(FeedbackKind::name),
            link_count: row.links,
            votes: row.votes,
        }
    }
}

/// What others like it tell about a feedback.
#[derive(Debug)]
pub struct Likes {
    /// The ideas that fit it, best first, with the reason.
    pub suggestions: Vec<(Suggestion, Reason)>,
    /// Its likely owner, and what is probably the same.
    pub hints: Hints,
}

/// Everything about one feedback: the fields of its row, and more.
#[derive(Debug, Serialize)]
pub struct FeedbackDetailJson {
    thing: &'static str,
    #[serde(flatten)]
    row: FeedbackJson,
    body: String,
    revision: String,
    revisions: u32,
    original: Option<String>,
    origin: String,
    source_id: Option<String>,
    url: Option<String>,
    reporter_details: Option<PersonJson>,
    customer_details: Option<CustomerJson>,
    company_details: Option<CompanyJson>,
    tags: Vec<String>,
    needed_by: Option<String>,
    product_version: Option<String>,
    edition: Option<String>,
    resolution: Option<&'static str>,
    duplicate_of: Option<OriginalJson>,
    duplicates: u32,
    answer_owed: bool,
    links: Vec<LinkJson>,
    comments: Vec<CommentJson>,
    others_of_company: u32,
    likely_owner: Option<String>,
    likely_owner_reason: Option<String>,
    suggestions: Vec<SuggestionJson>,
    same: Vec<SameJson>,
}

/// An idea that fits a feedback.
#[derive(Debug, Serialize)]
struct SuggestionJson {
    idea_id: String,
    idea_short_id: String,
    title: String,
    status: &'static str,
    score: f32,
    linked: bool,
    shared_words: Vec<String>,
    linked_like_it: u32,
    same_area: bool,
    same_company: bool,
}

/// A feedback that is probably the same item.
#[derive(Debug, Serialize)]
struct SameJson {
    id: String,
    short_id: String,
    title: String,
    state: &'static str,
    received: String,
    same: &'static str,
    score: f32,
    shared_words: Vec<String>,
}

#[derive(Debug, Serialize)]
struct OriginalJson {
    id: String,
    short_id: String,
    title: String,
}

#[derive(Debug, Serialize)]
struct LinkJson {
    id: String,
    idea_id: String,
    idea_short_id: String,
    title: String,
    status: &'static str,
    release: Option<String>,
    quote: Option<QuoteJson>,
}

#[derive(Debug, Serialize)]
struct QuoteJson {
    revision: String,
    start: usize,
    end: usize,
}

impl FeedbackDetailJson {
    /// A feedback as a person sees it at `now`.
    ///
    /// # Errors
    /// When the short id of one of its ideas cannot be read.
    pub fn new(
        detail: &FeedbackDetail,
        likes: &Likes,
        now: Moment,
        shorts: &Shorts<'_>,
    ) -> Result<Self, Problem> {
        let links = detail.links.iter().map(|link| {
            Ok(LinkJson {
                id: link.id.to_string(),
                idea_id: link.idea.to_string(),
                idea_short_id: shorts(Thing::new(Entity::Idea, link.idea))?,
                title: link.title.clone(),
                status: link.status.name(),
                release: link.release.clone(),
                quote: link.quote.as_ref().map(|quote| QuoteJson {
                    revision: quote.revision.to_string(),
                    start: quote.start,
                    end: quote.end,
                }),
            })
        });
        let original = detail.duplicate_of.as_ref();
        let likely = likes.hints.owner.as_ref();
        let suggestions = likes.suggestions.iter().map(|(suggestion, reason)| {
            let idea = &suggestion.idea;
            Ok(SuggestionJson {
                idea_id: idea.id.to_string(),
                idea_short_id: shorts(Thing::new(Entity::Idea, idea.id))?,
                title: idea.title.clone(),
                status: idea.status.name(),
                score: suggestion.score,
                linked: suggestion.linked,
                shared_words: reason.words.clone(),
                linked_like_it: reason.items,
                same_area: reason.area,
                same_company: reason.company,
            })
        });
        let same = likes.hints.same.iter().map(|same| {
            Ok(SameJson {
                id: same.row.id.to_string(),
                short_id: shorts(Thing::new(Entity::Feedback, same.row.id))?,
                title: same.row.title.clone(),
                state: same.row.shown_state(now).name(),
                received: same.row.received.rfc3339(),
                same: same.by.word(),
                score: same.score,
                shared_words: same.words.clone(),
            })
        });
        Ok(Self {
            thing: "feedback",
            row: FeedbackJson::new(&detail.row, &detail.short.0, now),
            body: detail.body.clone(),
            revision: detail.revision.to_string(),
            revisions: detail.revisions,
            original: detail.original.clone(),
            origin: detail.origin.clone(),
            source_id: detail.source_id.clone(),
            url: detail.url.clone(),
            reporter_details: detail.reporter.as_ref().map(Into::into),
            customer_details: detail.customer.as_ref().map(Into::into),
            company_details: detail.company.as_ref().map(Into::into),
            tags: detail.tags.clone(),
            needed_by: text(detail.needed_by.as_ref()),
            product_version: detail.product_version.clone(),
            edition: detail.edition.clone(),
            resolution: detail.resolution.map(Resolution::name),
            duplicate_of: original.map(|(id, short, title)| OriginalJson {
                id: id.to_string(),
                short_id: short.to_string(),
                title: title.clone(),
            }),
            duplicates: detail.duplicates,
            answer_owed: detail.answer_owed,
            links: links.collect::<Result<_, Problem>>()?,
            comments: detail.comments.iter().map(Into::into).collect(),
            others_of_company: detail.others_of_company,
            likely_owner: text(likely.map(|likely| &likely.owner)),
            likely_owner_reason: likely.map(|likely| likely.why.to_string()),
            suggestions: suggestions.collect::<Result<_, Problem>>()?,
            same: same.collect::<Result<_, Problem>>()?,
        })
    }
}
