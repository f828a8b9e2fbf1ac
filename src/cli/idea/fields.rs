//! The fields of an idea as arguments.

use clap::Args;

use crate::cli::arguments::{Setting, choice, choice_or_none, name_or_none, text_or_none};
use crate::cli::session::Session;
use crate::domain::deed::IdeaEdit;
use crate::domain::idea::{Effort, IdeaKind, Stage, Status, Timeframe};
use crate::problem::{Kind, Problem};

/// The fields that can be set on an idea.
#[derive(Debug, Args)]
pub(super) struct Fields {
    /// What hurts; - reads it from standard input
    #[arg(long, value_name = "TEXT", value_parser = text_or_none)]
    problem: Option<Setting<String>>,
    /// What we propose; - reads it from standard input
    #[arg(long, value_name = "TEXT", value_parser = text_or_none)]
    solution: Option<Setting<String>>,
    /// What helps until then; - reads it from standard input
    #[arg(long, value_name = "TEXT", value_parser = text_or_none)]
    workaround: Option<Setting<String>>,
    /// What it brings, in a customer's words; - reads it from standard input
    #[arg(long, value_name = "TEXT", value_parser = text_or_none)]
    benefit: Option<Setting<String>>,
    /// Why it won't be done, in words that a customer may read; - reads it from standard input
    #[arg(long, value_name = "TEXT", value_parser = text_or_none)]
    reason: Option<Setting<String>>,
    /// The owner: @hana, me or nobody
    #[arg(long, value_name = "@HANDLE")]
    owner: Option<String>,
    /// The product area, or none
    #[arg(long, value_name = "NAME", value_parser = name_or_none)]
    area: Option<Setting<String>>,
    /// What sort of idea it is
    #[arg(long, value_parser = choice_or_none::<IdeaKind>(), ignore_case = true)]
    kind: Option<Setting<IdeaKind>>,
    /// Where it stands; planned needs a release, wont-do a reason
    #[arg(long, value_parser = choice::<Status>(), ignore_case = true)]
    status: Option<Status>,
    /// How much work it is
    #[arg(long, value_parser = choice_or_none::<Effort>(), ignore_case = true)]
    effort: Option<Setting<Effort>>,
    /// When, if no release is known
    #[arg(long, value_parser = choice_or_none::<Timeframe>(), ignore_case = true)]
    timeframe: Option<Setting<Timeframe>>,
    /// The edition that carries it, or none
    #[arg(long, value_name = "NAME", value_parser = name_or_none)]
    edition: Option<Setting<String>>,
    /// How mature it is
    #[arg(long, value_parser = choice_or_none::<Stage>(), ignore_case = true)]
    stage: Option<Setting<Stage>>,
    /// Put it into this release, by name or short id
    #[arg(long, value_name = "RELEASE")]
    release: Option<String>,
    /// Tick this item of the checklist for general availability; may be given several times
    #[arg(long = "check", value_name = "ITEM")]
    checks: Vec<String>,
    /// Untick this item of the checklist; may be given several times
    #[arg(long = "uncheck", value_name = "ITEM")]
    unchecks: Vec<String>,
}

impl Fields {
    /// The edits, the title first where there is one, and the cut last. At least one is needed.
    pub(super) fn edits_with(
        &self,
        session: &Session<'_>,
        title: Option<&str>,
        cut: bool,
    ) -> Result<Vec<IdeaEdit>, Problem> {
        let mut edits: Vec<IdeaEdit> = Vec::new();
        edits.extend(title.map(|title| IdeaEdit::Title(title.to_owned())));
        edits.extend(self.edits(session)?);
        edits.extend(cut.then_some(IdeaEdit::Cut));
        if edits.is_empty() {
            return Err(Problem::new(Kind::Usage, "there is nothing to set")
                .hint("name a field, such as --status planned --release v10.2")
                .hint("“intake idea set --help” lists the fields"));
        }
        Ok(edits)
    }

    /// The edits in the order of the help.
    pub(super) fn edits(&self, session: &Session<'_>) -> Result<Vec<IdeaEdit>, Problem> {
        let text = |setting: &Option<Setting<String>>, what| match setting {
            Some(Setting(Some(text))) => Ok(Some(Some(session.text(text, what)?))),
            Some(Setting(None)) => Ok(Some(None)),
            None => Ok::<_, Problem>(None),
        };
        let name = |setting: &Option<Setting<String>>| setting.clone().map(|Setting(name)| name);
        let owner = match &self.owner {
            Some(owner) => Some(session.person(owner)?),
            None => None,
        };
        let release = match &self.release {
            Some(release) => Some(session.release(release)?),
            None => None,
        };
        let fields = [
            text(&self.problem, "--problem")?.map(IdeaEdit::Problem),
            text(&self.solution, "--solution")?.map(IdeaEdit::Solution),
            text(&self.workaround, "--workaround")?.map(IdeaEdit::Workaround),
            text(&self.benefit, "--benefit")?.map(IdeaEdit::Benefit),
            text(&self.reason, "--reason")?.map(IdeaEdit::Reason),
            owner.map(IdeaEdit::Owner),
            name(&self.area).map(IdeaEdit::Area),
            self.kind.clone().map(|Setting(kind)| IdeaEdit::Kind(kind)),
            release.map(IdeaEdit::Release),
            self.status.map(IdeaEdit::Status),
            self.effort
                .clone()
                .map(|Setting(effort)| IdeaEdit::Effort(effort)),
            self.timeframe
                .clone()
                .map(|Setting(timeframe)| IdeaEdit::Timeframe(timeframe)),
            name(&self.edition).map(IdeaEdit::Edition),
            self.stage
                .clone()
                .map(|Setting(stage)| IdeaEdit::Stage(stage)),
        ];
        let mut edits: Vec<IdeaEdit> = fields.into_iter().flatten().collect();
        let check = |done| move |item: &String| IdeaEdit::Check(item.clone(), done);
        edits.extend(self.checks.iter().map(check(true)));
        edits.extend(self.unchecks.iter().map(check(false)));
        Ok(edits)
    }
}
