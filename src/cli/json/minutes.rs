//! Minutes of a meeting as JSON.

use serde::Serialize;

use super::{MeetingJson, text};
use crate::domain::meeting::{Decision, Minutes, MinutesItem, MinutesStep, MinutesUpdate};

/// What a meeting came to.
#[derive(Debug, Serialize)]
pub struct MinutesJson {
    meeting: MeetingJson,
    decisions: Vec<DecisionJson>,
    discussed: Vec<ItemJson>,
    carried_over: Vec<ItemJson>,
    updates: Vec<UpdateJson>,
    promised: Vec<StepJson>,
    open: Vec<StepJson>,
    done: Vec<StepJson>,
    links: Vec<LinkJson>,
    withheld: usize,
}

#[derive(Debug, Serialize)]
struct DecisionJson {
    entity: &'static str,
    id: String,
    short_id: String,
    title: String,
    changes: Vec<DecidedJson>,
}

#[derive(Debug, Serialize)]
struct DecidedJson {
    what: &'static str,
    release: Option<String>,
    from: Option<String>,
    to: Option<String>,
    words: String,
}

#[derive(Debug, Serialize)]
struct ItemJson {
    id: String,
    title: String,
    presenter: Option<String>,
    notes: Option<String>,
    documents: Vec<String>,
}

#[derive(Debug, Serialize)]
struct UpdateJson {
    item_id: String,
    item_short_id: String,
    title: String,
    release: String,
    owner: Option<String>,
    health: &'static str,
    text: Option<String>,
    author: Option<String>,
    at: String,
}

#[derive(Debug, Serialize)]
struct StepJson {
    id: String,
    short_id: String,
    text: String,
    owner: Option<String>,
    due: Option<String>,
    done_at: Option<String>,
}

#[derive(Debug, Serialize)]
struct LinkJson {
    title: Option<String>,
    url: String,
}

impl MinutesJson {
    /// What a meeting came to.
    #[must_use]
    pub fn new(minutes: &Minutes) -> Self {
        let links = minutes.links.iter().map(|(title, url)| LinkJson {
            title: title.clone(),
            url: url.clone(),
        });
        Self {
            meeting: MeetingJson::new(&minutes.meeting),
            decisions: minutes.decisions.iter().map(decision).collect(),
            discussed: minutes.discussed.iter().map(item).collect(),
            carried_over: minutes.carried_over.iter().map(item).collect(),
            updates: minutes.updates.iter().map(update).collect(),
            promised: minutes.promised.iter().map(step).collect(),
            open: minutes.open.iter().map(step).collect(),
            done: minutes.done.iter().map(step).collect(),
            links: links.collect(),
            withheld: minutes.withheld,
        }
    }
}

fn decision(decision: &Decision) -> DecisionJson {
    let changes = decision.changes.iter().map(|change| DecidedJson {
        what: change.what.name(),
        release: change.release.clone(),
        from: change.from.clone(),
        to: change.to.clone(),
        words: change.words(),
    });
    DecisionJson {
        entity: decision.thing.entity.name(),
        id: decision.thing.id.to_string(),
        short_id: decision.short.to_string(),
        title: decision.title.clone(),
        changes: changes.collect(),
    }
}

fn item(item: &MinutesItem) -> ItemJson {
    ItemJson {
        id: item.id.to_string(),
        title: item.title.clone(),
        presenter: text(item.presenter.as_ref()),
        notes: item.notes.clone(),
        documents: item.documents.clone(),
    }
}

fn update(update: &MinutesUpdate) -> UpdateJson {
    UpdateJson {
        item_id: update.item.to_string(),
        item_short_id: update.short.to_string(),
        title: update.title.clone(),
        release: update.release.clone(),
        owner: text(update.owner.as_ref()),
        health: update.health.name(),
        text: update.text.clone(),
        author: update.author.clone(),
        at: update.at.rfc3339(),
    }
}

fn step(step: &MinutesStep) -> StepJson {
    StepJson {
        id: step.id.to_string(),
        short_id: step.short.to_string(),
        text: step.text.clone(),
        owner: text(step.owner.as_ref()),
        due: text(step.due.as_ref()),
        done_at: step.done.map(|done| done.rfc3339()),
    }
}
