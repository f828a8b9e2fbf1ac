//! Feedback on its way out.

use serde_json::{Value as Json, json};

use super::cell::Cell;
use super::sink::{Column, Object, Record, Sink, object, row};
use crate::domain::feedback::{Comment, FeedbackKind, Importance, Resolution};
use crate::domain::people::Company;
use crate::domain::record::FeedbackRecord;
use crate::exchange::markdown::{block, day, fact, inline, link, quotation};
use crate::problem::Problem;
use crate::query::{Query, SortKey};
use crate::store::{FilterContext, Reader, StoreError};

const COLUMNS: &[Column<FeedbackRecord>] = &[
    ("id", |f| Cell::Text(f.id.to_string())),
    ("title", |f| f.title.as_str().into()),
    ("body", |f| f.body.as_str().into()),
    ("source", |f| f.source.as_str().into()),
    ("origin", |f| f.origin.as_str().into()),
    ("source_id", |f| f.source_id.clone().into()),
    ("url", |f| f.url.clone().into()),
    ("received", |f| Cell::Moment(f.received, f.received_offset)),
    ("reporter", |f| f.reporter.as_ref().into()),
    ("customer", |f| {
        f.customer.as_ref().map(|c| c.name.clone()).into()
    }),
    ("customer_email", |f| {
        f.customer.as_ref().and_then(|c| c.email.clone()).into()
    }),
    ("company", |f| company(f, |c| c.name.as_str().into())),
    ("company_tier", |f| company(f, |c| c.tier.clone().into())),
    ("company_domain", |f| {
        company(f, |c| c.domain.clone().into())
    }),
    ("company_revenue", |f| {
        company(f, |c| c.revenue.map_or(Cell::Empty, Cell::Number))
    }),
    ("company_segment", |f| {
        company(f, |c| c.segment.clone().into())
    }),
    ("company_renewal", |f| company(f, |c| c.renewal.into())),
    ("state", |f| Cell::word(f.state.name())),
    ("resolution", |f| f.resolution.map(Resolution::name).into()),
    ("processed", |f| f.processed.into()),
    ("hidden_until", |f| f.hidden_until.into()),
    ("owner", |f| f.owner.as_ref().into()),
    ("area", |f| f.area.clone().into()),
    ("tags", |f| Cell::List(f.tags.clone())),
    ("importance", |f| f.importance.map(Importance::name).into()),
    ("kind", |f| f.kind.map(FeedbackKind::name).into()),
    ("votes", |f| Cell::Number(f.votes.into())),
    ("needed_by", |f| f.needed_by.into()),
    ("version", |f| f.version.clone().into()),
    ("edition", |f| f.edition.clone().into()),
    ("duplicate_of", |f| {
        f.duplicate_of.map(|id| id.to_string()).into()
    }),
    ("answer_owed", |f| Cell::Flag(f.answer_owed)),
    ("comments", |f| count(f.comments.len())),
    ("ideas", |f| {
        Cell::List(f.links.iter().map(|l| l.title.clone()).collect())
    }),
    ("idea_ids", |f| {
        Cell::List(f.links.iter().map(|l| l.idea.to_string()).collect())
    }),
];

/// The names of the columns that tell a table of ours from any other.
pub(in crate::exchange) const NAMES: &[&str] = &[
    "id",
    "title",
    "body",
    "source",
    "origin",
    "source_id",
    "received",
    "state",
    "resolution",
    "duplicate_of",
    "answer_owed",
    "idea_ids",
];

fn company(record: &FeedbackRecord, cell: impl Fn(&Company) -> Cell) -> Cell {
    record.company.as_ref().map_or(Cell::Empty, cell)
}

/// A number of things.
pub(super) fn count(count: usize) -> Cell {
    Cell::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

/// Writes the feedback that a filter shows.
pub(super) fn export(
    reader: &Reader<'_>,
    context: &FilterContext,
    query: &Query,
    sink: &mut Sink<'_>,
) -> Result<(), Problem> {
    sink.begin("Feedback", COLUMNS)?;
    let sort = query.sort.first().map_or(SortKey::Age, |sort| sort.key);
    let visited = reader.visit_feedback(query, context, |record| {
        let group = group(&record, sort);
        sink.put(&record, &group).map_err(Stopped::Problem)
    });
    match visited.map_err(|error| error.problem(query))? {
        Ok(()) => Ok(()),
        Err(Stopped::Problem(problem)) => Err(problem),
        Err(Stopped::Store(error)) => Err(error.into()),
    }
}

/// Why no more is written.
enum Stopped {
    Problem(Problem),
    Store(StoreError),
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What stands together in a document: what the order puts together.
fn group(record: &FeedbackRecord, sort: SortKey) -> String {
    match sort {
        SortKey::Age => record.received.utc().format("%B %Y").to_string(),
        SortKey::Importance => record
            .importance
            .map_or("Importance unset", Importance::word)
            .to_owned(),
        SortKey::Company => match &record.company {
            Some(company) => inline(&company.name),
            None => "No company".to_owned(),
        },
    }
}

/// Comments as JSON.
pub(super) fn comments(comments: &[Comment]) -> Json {
    let one = |comment: &Comment| {
        json!({
            "id": comment.id.to_string(),
            "author": comment.author,
            "at": Cell::utc(comment.at).json(),
            "text": comment.text,
            "to_reporter": comment.to_reporter,
        })
    };
    comments.iter().map(one).collect()
}

/// Comments as a list.
pub(super) fn comment_lines(comments: &[Comment]) -> Vec<String> {
    let one = |comment: &Comment| {
        let author = comment
            .author
            .as_deref()
            .map_or_else(|| "somebody".to_owned(), inline);
        let text = inline(&comment.text);
        format!("- {author}, {}: {text}", day(comment.at))
    };
    comments.iter().map(one).collect()
}

impl Record for FeedbackRecord {
    fn rows(&self) -> Vec<Vec<Cell>> {
        vec![row(COLUMNS, self)]
    }

    fn object(&self) -> Object {
        let mut object = object(COLUMNS, self);
        object
            .0
            .retain(|(name, _)| !matches!(*name, "ideas" | "idea_ids" | "comments"));
        let link = |link: &crate::domain::record::LinkRecord| {
            json!({
                "id": link.id.to_string(),
                "idea_id": link.idea.to_string(),
                "idea": link.title,
                "status": link.status.name(),
                "importance": link.importance.map(Importance::name),
                "quote": link.quote,
            })
        };
        object
            .0
            .push(("links", self.links.iter().map(link).collect()));
        object.0.push(("comments", comments(&self.comments)));
        object
    }

    fn markdown(&self) -> String {
        let mut facts = Vec::new();
        let text = |text: &Option<String>| text.as_deref().map(inline);
        let company = self.company.as_ref();
        fact(&mut facts, "Company", company.map(|c| inline(&c.name)));
        fact(&mut facts, "Tier", company.and_then(|c| text(&c.tier)));
        let customer = self.customer.as_ref().map(|c| inline(&c.name));
        fact(&mut facts, "Customer", customer);
        let handle = |h: &crate::domain::people::Handle| inline(h.as_str());
        fact(&mut facts, "Reporter", self.reporter.as_ref().map(handle));
        let importance = self.importance.map(|i| i.word().to_owned());
        fact(&mut facts, "Importance", importance);
        let state = match self.resolution {
            Some(resolution) => format!("{}, {}", self.state.word(), resolution.word()),
            None => self.state.word().to_owned(),
        };
        fact(&mut facts, "State", Some(state));
        fact(&mut facts, "Owner", self.owner.as_ref().map(handle));
        fact(&mut facts, "Area", text(&self.area));
        fact(&mut facts, "Received", Some(day(self.received)));
        fact(
            &mut facts,
            "Needed by",
            self.needed_by.map(|date| date.to_string()),
        );
        fact(&mut facts, "Source", Some(inline(&self.source)));
        fact(&mut facts, "Tags", Some(inline(&self.tags.join(", "))));
        fact(
            &mut facts,
            "Link",
            self.url.as_deref().map(|url| link(url, url)),
        );
        let ideas = self
            .links
            .iter()
            .map(|l| inline(&l.title))
            .collect::<Vec<_>>();
        fact(&mut facts, "Ideas", Some(ideas.join("; ")));
        let mut parts = vec![format!("### {}", inline(&self.title)), facts.join("\n")];
        if !block(&self.body).is_empty() {
            parts.push(quotation(&self.body));
        }
        if !self.comments.is_empty() {
            parts.push(comment_lines(&self.comments).join("\n"));
        }
        parts.join("\n\n") + "\n"
    }
}
