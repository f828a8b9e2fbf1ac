//! What is told about releases to people outside, as JSON: release notes, news, the road map.

use serde::Serialize;

use super::idea::TicketJson;
use super::{Shorts, text};
use crate::domain::entity::{Entity, Thing};
use crate::domain::idea::{IdeaKind, Stage};
use crate::domain::notes::{News, ReleaseNotes, Roadmap, ToldIdea, ToldRelease};
use crate::domain::release::Release;
use crate::exchange::report::notes::public;
use crate::problem::Problem;

/// The notes of a release.
#[derive(Debug, Serialize)]
pub struct ReleaseNotesJson {
    release: ToldReleaseJson,
    draft: bool,
    breaking: Vec<ToldIdeaJson>,
    deprecated: Vec<ToldIdeaJson>,
    added: Vec<ToldIdeaJson>,
    improved: Vec<ToldIdeaJson>,
    promoted: Vec<ToldIdeaJson>,
    fixed: Vec<ToldIdeaJson>,
    known: Vec<ToldIdeaJson>,
}

impl ReleaseNotesJson {
    /// # Errors
    /// When a short id cannot be read.
    pub fn new(notes: &ReleaseNotes, shorts: &Shorts<'_>) -> Result<Self, Problem> {
        Ok(Self {
            release: (&notes.release).into(),
            draft: notes.is_draft(),
            breaking: ideas(&notes.breaking, shorts)?,
            deprecated: ideas(&notes.deprecated, shorts)?,
            added: ideas(&notes.added, shorts)?,
            improved: ideas(&notes.improved, shorts)?,
            promoted: ideas(&notes.promoted, shorts)?,
            fixed: ideas(&notes.fixed, shorts)?,
            known: ideas(&notes.known, shorts)?,
        })
    }
}

/// What came, and what comes soon.
#[derive(Debug, Serialize)]
pub struct NewsJson {
    since: String,
    until: String,
    added: Vec<ToldIdeaJson>,
    fixed: Vec<ToldIdeaJson>,
    coming: Vec<ComingJson>,
}

impl NewsJson {
    /// # Errors
    /// When a short id cannot be read.
    pub fn new(news: &News, shorts: &Shorts<'_>) -> Result<Self, Problem> {
        Ok(Self {
            since: news.since.to_string(),
            until: news.until.to_string(),
            added: ideas(&news.added, shorts)?,
            fixed: ideas(&news.fixed, shorts)?,
            coming: coming(&news.coming, shorts)?,
        })
    }
}

/// What sales can tell.
#[derive(Debug, Serialize)]
pub struct RoadmapJson {
    releases: Vec<ComingJson>,
    without_benefit: usize,
}

impl RoadmapJson {
    /// # Errors
    /// When a short id cannot be read.
    pub fn new(roadmap: &Roadmap, shorts: &Shorts<'_>) -> Result<Self, Problem> {
        Ok(Self {
            releases: coming(&roadmap.releases, shorts)?,
            without_benefit: roadmap.without_benefit,
        })
    }
}

/// A release with what is planned for it.
#[derive(Debug, Serialize)]
struct ComingJson {
    release: ToldReleaseJson,
    items: Vec<ComingItemJson>,
}

#[derive(Debug, Serialize)]
struct ComingItemJson {
    #[serde(flatten)]
    idea: ToldIdeaJson,
    health: &'static str,
}

#[derive(Debug, Serialize)]
struct ToldReleaseJson {
    id: String,
    short_id: String,
    name: String,
    kind: &'static str,
    date: Option<String>,
    state: &'static str,
}

impl From<&Release> for ToldReleaseJson {
    fn from(release: &Release) -> Self {
        Self {
            id: release.id.to_string(),
            short_id: release.short.to_string(),
            name: release.name.clone(),
            kind: release.kind.name(),
            date: text(release.date.as_ref()),
            state: release.state.name(),
        }
    }
}

/// An idea as far as it may be told outside.
#[derive(Debug, Serialize)]
struct ToldIdeaJson {
    id: String,
    short_id: String,
    title: String,
    kind: Option<&'static str>,
    status: &'static str,
    stage: Option<&'static str>,
    edition: Option<String>,
    workaround: Option<String>,
    benefit: Option<String>,
    materials: Vec<TicketJson>,
}

impl ToldIdeaJson {
    fn new(told: &ToldIdea, shorts: &Shorts<'_>) -> Result<Self, Problem> {
        Ok(Self {
            id: told.idea.to_string(),
            short_id: shorts(Thing::new(Entity::Idea, told.idea))?,
            title: told.title.clone(),
            kind: told.kind.map(IdeaKind::name),
            status: told.status.name(),
            stage: told.stage.map(Stage::name),
            edition: told.edition.clone(),
            // What is said to a colleague is in none of the forms of these reports.
            workaround: told.workaround.as_deref().and_then(public),
            benefit: told.benefit.clone(),
            materials: told.materials.iter().map(Into::into).collect(),
        })
    }
}

fn ideas(told: &[ToldIdea], shorts: &Shorts<'_>) -> Result<Vec<ToldIdeaJson>, Problem> {
    let ideas = told.iter().map(|idea| ToldIdeaJson::new(idea, shorts));
    ideas.collect()
}

fn coming(told: &[ToldRelease], shorts: &Shorts<'_>) -> Result<Vec<ComingJson>, Problem> {
    let release = |told: &ToldRelease| {
        let items = told.items.iter().map(|item| {
            Ok(ComingItemJson {
                idea: ToldIdeaJson::new(&item.idea, shorts)?,
                health: item.health.name(),
            })
        });
        Ok(ComingJson {
            release: (&told.release).into(),
            items: items.collect::<Result<_, Problem>>()?,
        })
    };
    told.iter().map(release).collect()
}
