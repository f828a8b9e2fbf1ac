//! What is copied out of the console: read from the workspace, worded as Markdown.

use std::collections::BTreeSet;

use super::markdown;
use crate::domain::entity::{Entity, Thing};
use crate::domain::id::{FeedbackId, IdeaId};
use crate::domain::outbox::{Delivery, MessageKind, OutboxMessage};
use crate::domain::people::Handle;
use crate::domain::release::PlannedRelease;
use crate::query::{Expr, Has, Query, Term};
use crate::store::{FilterContext, FilterError, Reader, StoreError};

/// How many messages and answers are copied at most.
const MOST_OWED: usize = 500;

/// A thing as Markdown, fit for a ticket or a message; a release item stands for its release. Empty for what has no
/// Markdown of its own or is gone.
///
/// # Errors
/// When the file cannot be read.
pub fn thing(reader: &Reader<'_>, thing: Thing) -> Result<String, StoreError> {
    let text = match thing.entity {
        Entity::Feedback => reader
            .feedback_detail(FeedbackId(thing.id))?
            .map(|detail| markdown::feedback(&detail)),
        Entity::Idea => reader
            .idea_detail(IdeaId(thing.id))?
            .map(|detail| markdown::idea(&detail)),
        Entity::Release | Entity::ReleaseItem => {
            let plan = reader.release_plan(None)?;
            let here = |planned: &&PlannedRelease| {
                planned.release.id.0 == thing.id
                    || planned.items.iter().any(|item| item.id.0 == thing.id)
            };
            plan.releases.iter().find(here).map(markdown::release)
        }
        _ => None,
    };
    Ok(text.unwrap_or_default())
}

/// What is to be said to reporters and has not been delivered: the answers and questions that wait in the outbox, then
/// the feedback whose reporter is owed an answer nobody has written yet.
///
/// # Errors
/// When the file cannot be read.
pub fn to_reporters(reader: &Reader<'_>, context: &FilterContext) -> Result<String, FilterError> {
    let waiting: Vec<OutboxMessage> = reader
        .outbox(MOST_OWED)?
        .into_iter()
        .filter(|message| message.delivery != Delivery::Sent)
        .filter(|message| matches!(message.kind, MessageKind::Answer | MessageKind::Question))
        .collect();
    let owed = Query {
        expr: Some(Expr::Term(Term::Has(vec![Has::AnswerOwed]))),
        ..Query::default()
    };
    let owed = reader.answer_facts(&reader.matching_ids(&owed, context, MOST_OWED)?, None)?;
    let mut about = Vec::new();
    let asked = waiting
        .iter()
        .filter_map(|message| message.feedback.as_ref());
    let asked = asked
        .map(|(id, _)| *id)
        .chain(owed.iter().map(|facts| facts.feedback));
    for id in asked.collect::<BTreeSet<_>>() {
        about.extend(reader.feedback_detail(id)?);
    }
    let colleagues: Vec<Handle> = reader.people()?.into_iter().map(|one| one.handle).collect();
    let mut parts = Vec::new();
    if !waiting.is_empty() {
        let messages = markdown::messages(&waiting, &about, &colleagues);
        parts.push(format!("## Written, not delivered\n\n{messages}"));
    }
    if !owed.is_empty() {
        let owed = markdown::answers_owed(&owed, &about, &colleagues);
        parts.push(format!("## Answers owed\n\n{owed}"));
    }
    Ok(parts.join("\n"))
}
