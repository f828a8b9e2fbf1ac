//! `intake minutes`: what a meeting came to.

use clap::Args;

use super::arguments::Format;
use super::document::Document;
use super::json::MinutesJson;
use super::output::Result;
use super::session::Session;
use crate::domain::meeting::WEEKLY_SYNC;
use crate::exchange::report::minutes;
use crate::workspace::MeetingName;

/// Write the minutes of the weekly sync that is being held, else of the last one, or of another meeting
#[derive(Debug, Args)]
pub(super) struct Minutes {
    /// A kind, of which the meeting that is being held is meant, else the last one; or the short id of a meeting
    #[arg(default_value = WEEKLY_SYNC)]
    meeting: String,
    /// Not the last of its kind, but that of this day
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// That of this area or PM, or after this release
    #[arg(long = "for", value_name = "NAME")]
    scope: Option<String>,
    #[command(flatten)]
    document: Document,
    #[command(flatten)]
    format: Format,
}

impl Minutes {
    /// Changes nothing.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        self.document.refuse_json(self.format)?;
        let day = self.on.as_ref().map(|day| session.day(day, "--on"));
        let sitting = session.workspace.meeting_held(&MeetingName {
            text: self.meeting.clone(),
            day: day.transpose()?,
            scope: self.scope.clone(),
        })?;
        let found = session.workspace.minutes(&sitting)?;
        if self.format.json {
            return session.output.object(&MinutesJson::new(&found));
        }
        let charts = session.workspace.charts_of(&sitting)?;
        self.document
            .write(session, &minutes::page(&found, &charts))
    }
}
