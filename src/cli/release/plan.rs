//! The release plan as a whole: now, in the past, and what changed.

use clap::Args;

use crate::cli::arguments::Format;
use crate::cli::document::Document;
use crate::cli::json::{PlanDifferenceJson, ReleaseJson};
use crate::cli::output::Result;
use crate::cli::session::Session;
use crate::domain::moment::Moment;
use crate::exchange::report::plan as report;
use crate::problem::{Kind, Problem};

/// Show the release plan, as it stood on a day, or what changed in it since
#[derive(Debug, Args)]
pub(in crate::cli) struct Plan {
    /// As it stood at the end of that day: 2026-11-14, yesterday, "last wednesday", 2w
    #[arg(long, value_name = "DAY")]
    as_of: Option<String>,
    /// What changed since the beginning of that day
    #[arg(long, value_name = "DAY")]
    since: Option<String>,
    #[command(flatten)]
    document: Document,
    #[command(flatten)]
    format: Format,
}

impl Plan {
    /// Changes nothing.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        self.document.refuse_json(self.format)?;
        let until = match &self.as_of {
            Some(day) => Some(session.end_of_past_day(day, "--as-of")?),
            None => None,
        };
        match &self.since {
            Some(since) => {
                let since = session.past_day(since, "--since")?;
                self.difference(session, since, until)
            }
            None => self.plan(session, until),
        }
    }

    fn plan(&self, session: &mut Session<'_>, at: Option<Moment>) -> Result {
        let now = session.workspace.now();
        let plan = match at {
            Some(at) => session.workspace.plan_at(at)?,
            None => session.workspace.plan()?,
        };
        if self.format.json {
            let releases: Vec<ReleaseJson> = plan
                .releases
                .iter()
                .map(|planned| ReleaseJson::new(planned, &|thing| session.short(thing)))
                .collect::<std::result::Result<_, _>>()?;
            return session.output.array(releases.into_iter().map(Ok));
        }
        let when = match at {
            Some(at) => format!("as it stood {}", session.clock_words(at)),
            None => format!("as it stands {}", session.clock_words(now)),
        };
        self.document.write(session, &report::plan(&plan, &when))
    }

    fn difference(
        &self,
        session: &mut Session<'_>,
        since: Moment,
        until: Option<Moment>,
    ) -> Result {
        let now = session.workspace.now();
        if until.is_some_and(|until| until < since) {
            let turned = Problem::new(Kind::Usage, "--since is later than --as-of");
            return Err(turned
                .hint("what changed is told from the earlier day on")
                .into());
        }
        let difference = session.workspace.plan_difference(since, until)?;
        let until = until.unwrap_or(now);
        if self.format.json {
            let json = PlanDifferenceJson::new(&difference, (since, until), &|thing| {
                session.short(thing)
            })?;
            return session.output.object(&json);
        }
        let when = format!(
            "from {} to {}",
            session.clock_words(since),
            session.clock_words(until)
        );
        self.document
            .write(session, &report::difference(&difference, &when))
    }
}
