//! `intake add`: a feedback typed in by hand.

use clap::Args;

use super::arguments::{Format, choice, handle};
use super::output::Result;
use super::session::Session;
use crate::domain::deed::{Deed, FeedbackEdit, NewFeedback};
use crate::domain::feedback::{FeedbackKind, Importance};
use crate::domain::people::Handle;

/// Add a feedback by hand
#[derive(Debug, Args)]
pub(super) struct Add {
    /// What it says, in one line
    title: String,
    /// The whole text; - reads it from standard input
    #[arg(long, value_name = "TEXT")]
    body: Option<String>,
    /// The tool it came from, such as email or zendesk
    #[arg(long, value_name = "NAME", default_value = "manual")]
    source: String,
    /// A link to where it was said
    #[arg(long, value_name = "ADDRESS")]
    url: Option<String>,
    /// The day it was received, such as 2026-11-14; else now
    #[arg(long, value_name = "DAY")]
    received: Option<String>,
    /// How much it matters to that customer
    #[arg(long, value_name = "LEVEL", value_parser = choice::<Importance>(), ignore_case = true)]
    importance: Option<Importance>,
    /// What sort of feedback it is
    #[arg(long, value_name = "KIND", value_parser = choice::<FeedbackKind>(), ignore_case = true)]
    kind: Option<FeedbackKind>,
    /// The owner: @hana or me
    #[arg(long, value_name = "@HANDLE")]
    owner: Option<String>,
    /// The colleague who brings it
    #[arg(long, value_name = "@HANDLE", value_parser = handle)]
    reporter: Option<Handle>,
    /// Who wants it; made if new
    #[arg(long, value_name = "NAME")]
    customer: Option<String>,
    /// Their organisation; made if new
    #[arg(long, value_name = "NAME")]
    company: Option<String>,
    /// The product area
    #[arg(long, value_name = "NAME")]
    area: Option<String>,
    /// A tag; may be given several times
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// The day by which the customer needs it
    #[arg(long, value_name = "DAY")]
    needed_by: Option<String>,
    /// The version of the product it speaks of
    #[arg(long, value_name = "VERSION")]
    product_version: Option<String>,
    /// The edition it speaks of
    #[arg(long, value_name = "EDITION")]
    edition: Option<String>,
    #[command(flatten)]
    format: Format,
}

impl Add {
    /// One undo step.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let body = match &self.body {
            Some(body) => session.text(body, "--body")?,
            None => String::new(),
        };
        let received = match &self.received {
            Some(day) => {
                let day = session.day(day, "--received")?;
                Some(session.workspace.start_of(day))
            }
            None => None,
        };
        let owner = match &self.owner {
            Some(owner) => session.person(owner)?,
            None => None,
        };
        let deed = Deed::AddFeedback(Box::new(NewFeedback {
            title: self.title.clone(),
            body,
            source: self.source.clone(),
            url: self.url.clone(),
            received,
            importance: self.importance,
            owner,
            tags: self.tags.clone(),
            edits: self.edits(session)?,
        }));
        session.commit(&deed, self.format)
    }

    fn edits(&self, session: &Session<'_>) -> Result<Vec<FeedbackEdit>> {
        let needed_by = match &self.needed_by {
            Some(day) => Some(session.day(day, "--needed-by")?),
            None => None,
        };
        // The company comes before the customer, who is looked for in it.
        let edits = [
            self.company.clone().map(|c| FeedbackEdit::Company(Some(c))),
            self.customer
                .clone()
                .map(|c| FeedbackEdit::Customer(Some(c))),
            self.reporter
                .clone()
                .map(|r| FeedbackEdit::Reporter(Some(r))),
            self.area.clone().map(|a| FeedbackEdit::Area(Some(a))),
            self.kind.map(|k| FeedbackEdit::Kind(Some(k))),
            needed_by.map(|day| FeedbackEdit::NeededBy(Some(day))),
            self.product_version
                .clone()
                .map(|v| FeedbackEdit::ProductVersion(Some(v))),
            self.edition.clone().map(|e| FeedbackEdit::Edition(Some(e))),
        ];
        Ok(edits.into_iter().flatten().collect())
    }
}
