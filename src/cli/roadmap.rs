//! `intake roadmap`: what sales can tell.

use clap::Args;

use super::arguments::Format;
use super::document::Document;
use super::json::RoadmapJson;
use super::output::Result;
use super::session::Session;
use crate::exchange::report::roadmap;

/// Write the road map for sales: ideas with a clear release and a clear benefit, with their demos and PRFAQs
#[derive(Debug, Args)]
pub(super) struct Roadmap {
    #[command(flatten)]
    document: Document,
    #[command(flatten)]
    format: Format,
}

impl Roadmap {
    /// Changes nothing.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        self.document.refuse_json(self.format)?;
        let found = session.workspace.roadmap()?;
        if self.format.json {
            let json = RoadmapJson::new(&found, &|thing| session.short(thing))?;
            return session.output.object(&json);
        }
        self.document.write(session, &roadmap::page(&found))?;
        if found.without_benefit > 0 {
            session.note(&format!(
                "left out for want of a benefit: {} planned {}",
                found.without_benefit,
                if found.without_benefit == 1 {
                    "idea"
                } else {
                    "ideas"
                }
            ))?;
        }
        Ok(())
    }
}
