//! `intake charts`: how the work goes.

use clap::Args;

use super::arguments::{Format, choice};
use super::document::Document;
use super::json::ChartJson;
use super::output::Result;
use super::session::Session;
use crate::domain::chart::ChartName;
use crate::exchange::report::chart;

/// Draw how the work goes: what came in and went out, how old it is, who wants what, what lies with whom
#[derive(Debug, Args)]
pub(super) struct Charts {
    /// Which; else all of them
    #[arg(value_name = "CHART", value_parser = choice::<ChartName>(), ignore_case = true)]
    names: Vec<ChartName>,
    #[command(flatten)]
    document: Document,
    #[command(flatten)]
    format: Format,
}

impl Charts {
    /// Changes nothing.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        self.document.refuse_json(self.format)?;
        let names = match self.names.as_slice() {
            [] => ChartName::ALL,
            names => names,
        };
        let charts = session.workspace.charts(names)?;
        if self.format.json {
            let json: Vec<ChartJson> = charts.iter().map(Into::into).collect();
            return session.output.array(json.into_iter().map(Ok));
        }
        let when = session.clock_words(session.workspace.now());
        let drawn = || chart::document(&charts);
        self.document
            .write_drawn(session, &chart::page(&charts, &when), &drawn)
    }
}
