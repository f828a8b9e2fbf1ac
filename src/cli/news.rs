//! `intake news`: what came, and what comes soon.

use clap::Args;

use super::arguments::Format;
use super::document::Document;
use super::json::NewsJson;
use super::output::Result;
use super::session::Session;
use crate::exchange::report::notes;

/// Write the news: what was added and fixed since a day, and what comes in the next two weeks
#[derive(Debug, Args)]
pub(super) struct News {
    /// Since the beginning of that day: 2026-11-14, "last wednesday", 2w
    #[arg(long, value_name = "DAY", default_value = "2w")]
    since: String,
    #[command(flatten)]
    document: Document,
    #[command(flatten)]
    format: Format,
}

impl News {
    /// Changes nothing.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        self.document.refuse_json(self.format)?;
        let since = session.past(&self.since, "--since")?;
        let news = session.workspace.news(since)?;
        if self.format.json {
            let json = NewsJson::new(&news, &|thing| session.short(thing))?;
            return session.output.object(&json);
        }
        self.document.write(session, &notes::news(&news))
    }
}
