//! One command at work: the workspace, the configuration, and where to print.

use std::collections::HashSet;
use std::io::{Read, Write};

use chrono::NaiveDate;

use super::arguments::Format;
use super::json::OutcomeJson;
use super::output::{Output, Result, Stop};
use super::patience::patiently;
use crate::app::when;
use crate::config::Config;
use crate::domain::deed::{Deed, IdeaTarget, Outcome};
use crate::domain::entity::{Entity, Thing};
use crate::domain::id::{FeedbackId, IdeaId, ReleaseId, ReleaseItemId};
use crate::domain::listing::{Candidate, Resolved};
use crate::domain::moment::Moment;
use crate::domain::people::Handle;
use crate::domain::safe_text::SafeText;
use crate::problem::{Kind, Problem};
use crate::workspace::Workspace;

/// The longest text that is read from standard input, in bytes.
const LONGEST: u64 = 16 << 20;

/// Where a deed is told of whose report could not be written.
pub(super) const LOGGED: &str = "“intake log” tells what was done; do not do it again";

/// How many arguments are named of those that mean nothing.
const NAMED: usize = 20;

/// Makes a workspace.
pub(super) type Maker<'a> = Box<dyn FnOnce() -> std::result::Result<Workspace, Problem> + 'a>;

/// One command at work.
pub(super) struct Session<'a> {
    pub(super) workspace: Workspace,
    /// What makes the workspace where there is none yet; until then it is an empty one in memory.
    pub(super) maker: Option<Maker<'a>>,
    pub(super) config: &'a Config,
    pub(super) output: &'a mut Output,
}

impl Session<'_> {
    /// What one types for a thing; empty for what nobody types.
    pub(super) fn short(&self, thing: Thing) -> std::result::Result<String, Problem> {
        let short = self.workspace.short_id(thing)?;
        Ok(short.map_or_else(String::new, |short| short.0))
    }

    /// The same, for a feedback, an idea, or whatever has an identity.
    pub(super) fn short_of(
        &self,
        entity: Entity,
        id: impl Into<uuid::Uuid>,
    ) -> std::result::Result<String, Problem> {
        self.short(Thing::new(entity, id))
    }

    /// Says something beside the output, which may be for a program or a file.
    pub(super) fn note(&mut self, words: &str) -> Result {
        let words = SafeText::line(words).to_string();
        Ok(writeln!(std::io::stderr(), "note:    {words}")?)
    }

    /// Says beside the output what may help.
    pub(super) fn hint(&mut self, words: &str) -> Result {
        let words = SafeText::line(words).to_string();
        Ok(writeln!(std::io::stderr(), "hint:    {words}")?)
    }

    /// Makes the workspace, where there is none yet. Whoever is refused, or says no, should not leave an empty one behind, and
    /// to delete it then might delete what another window has begun to write.
    pub(super) fn make(&mut self) -> std::result::Result<(), Problem> {
        if let Some(make) = self.maker.take() {
            self.workspace = make()?;
        }
        Ok(())
    }

    /// Does a deed and says what it did.
    pub(super) fn commit(&mut self, deed: &Deed, format: Format) -> Result {
        if self.maker.is_some() {
            self.workspace.commit(deed)?;
            self.make()?;
        }
        let outcome = patiently(|| self.workspace.commit(deed), || false)?;
        self.output.stored(LOGGED);
        self.tell(&outcome, format)
    }

    /// Says what a deed did, with the ids of what it made.
    pub(super) fn tell(&mut self, outcome: &Outcome, format: Format) -> Result {
        if format.json {
            let json = OutcomeJson::new(outcome, &|thing| self.short(thing))?;
            return self.output.object(&json);
        }
        let mut words = outcome.words.clone();
        let made: Vec<String> = outcome
            .made
            .iter()
            // A place in a release goes by its idea.
            .filter(|thing| thing.entity != Entity::ReleaseItem)
            .filter(|thing| thing.entity.letter().is_some())
            .map(|thing| self.short(*thing))
            .collect::<std::result::Result<_, _>>()?;
        if !made.is_empty() {
            words = format!("{words} ({})", made.join(", "));
        }
        self.output.say(&words)
    }

    /// The one thing that each text means. All that mean nothing, or several things, are reported at once: each once, and
    /// beyond the first few only how many.
    pub(super) fn things(
        &self,
        texts: &[String],
        among: &[Entity],
    ) -> std::result::Result<Vec<Thing>, Problem> {
        let mut found = Vec::new();
        let mut wrong: Vec<Problem> = Vec::new();
        let mut seen = HashSet::new();
        for text in texts.iter().filter(|text| seen.insert(text.as_str())) {
            match understood(text, among, self.workspace.resolve(text, among)?) {
                Ok(candidate) => {
                    if !found.contains(&candidate.thing) {
                        found.push(candidate.thing);
                    }
                }
                Err(problem) => wrong.push(problem),
            }
        }
        match wrong.len() {
            0 => Ok(found),
            1 => Err(wrong.remove(0)),
            count => {
                let summary = format!("cannot tell what {count} of the arguments are");
                let mut all = Problem::new(wrong[0].kind, summary);
                for problem in wrong.into_iter().take(NAMED) {
                    all = all.because(problem.summary);
                    all.causes.extend(problem.causes);
                    for hint in problem.hints {
                        if !all.hints.contains(&hint) {
                            all.hints.push(hint);
                        }
                    }
                }
                Err(match count.saturating_sub(NAMED) {
                    0 => all,
                    more => all.because(format!("and {more} more")),
                })
            }
        }
    }

    /// The one thing that a text means.
    pub(super) fn thing(
        &self,
        text: &str,
        among: &[Entity],
    ) -> std::result::Result<Candidate, Problem> {
        understood(text, among, self.workspace.resolve(text, among)?)
    }

    /// The feedback that short ids mean.
    pub(super) fn feedback(
        &self,
        texts: &[String],
    ) -> std::result::Result<Vec<FeedbackId>, Problem> {
        let things = self.things(texts, &[Entity::Feedback])?;
        Ok(things
            .into_iter()
            .map(|thing| FeedbackId(thing.id))
            .collect())
    }

    /// The ideas that short ids or names mean.
    pub(super) fn ideas(&self, texts: &[String]) -> std::result::Result<Vec<IdeaId>, Problem> {
        let things = self.things(texts, &[Entity::Idea])?;
        Ok(things.into_iter().map(|thing| IdeaId(thing.id)).collect())
    }

    /// The idea that a short id or a name means.
    pub(super) fn idea(&self, text: &str) -> std::result::Result<IdeaId, Problem> {
        Ok(IdeaId(self.thing(text, &[Entity::Idea])?.thing.id))
    }

    /// An idea that exists, or a new one of that title where `new` says so.
    pub(super) fn idea_target(
        &self,
        text: &str,
        new: bool,
    ) -> std::result::Result<IdeaTarget, Problem> {
        if new {
            return Ok(IdeaTarget::New(text.to_owned()));
        }
        self.idea(text)
            .map(IdeaTarget::Existing)
            .map_err(|problem| match problem.kind {
                Kind::NotFound => problem.hint("with --new, an idea of that title is made"),
                _ => problem,
            })
    }

    /// The release that a short id or a name means.
    pub(super) fn release(&self, text: &str) -> std::result::Result<ReleaseId, Problem> {
        Ok(ReleaseId(self.thing(text, &[Entity::Release])?.thing.id))
    }

    /// The release items that short ids mean.
    pub(super) fn items(
        &self,
        texts: &[String],
    ) -> std::result::Result<Vec<ReleaseItemId>, Problem> {
        let things = self.things(texts, &[Entity::ReleaseItem])?;
        Ok(things
            .into_iter()
            .map(|thing| ReleaseItemId(thing.id))
            .collect())
    }

    /// A colleague as typed: `@hana`, `me`, or `nobody`.
    pub(super) fn person(&self, text: &str) -> std::result::Result<Option<Handle>, Problem> {
        match text.trim().to_lowercase().as_str() {
            "nobody" | "none" => Ok(None),
            "me" => match self.workspace.me() {
                Some(me) => Ok(Some(me.clone())),
                None => Err(Problem::new(Kind::Usage, "cannot tell who “me” is")
                    .hint("say --as @hana, or set `me` in config.toml")),
            },
            _ => Handle::parse(text).map(Some).map_err(|error| {
                Problem::new(Kind::Usage, format!("cannot read the colleague “{text}”"))
                    .caused_by(&error)
                    .hint("write @hana, me or nobody")
            }),
        }
    }

    /// A text as given, or standard input for `-`. `what` names the argument.
    pub(super) fn text(&self, text: &str, what: &str) -> std::result::Result<String, Problem> {
        if text != "-" {
            return Ok(text.to_owned());
        }
        let cannot = || {
            Problem::new(
                Kind::Usage,
                format!("cannot read {what} from standard input"),
            )
        };
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .take(LONGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| cannot().caused_by(&error))?;
        if bytes.len() as u64 > LONGEST {
            return Err(cannot().because("it is longer than 16 MiB"));
        }
        String::from_utf8(bytes).map_err(|error| {
            cannot()
                .caused_by(&error)
                .hint("give it as UTF-8, for example through iconv")
        })
    }

    /// A day as people write it. `what` names the argument.
    pub(super) fn day(&self, text: &str, what: &str) -> std::result::Result<NaiveDate, Problem> {
        let workspace = &self.workspace;
        when::day(text, workspace.now(), workspace.clocks())
            .map_err(|error| cannot_read(what, error))
    }

    /// The beginning of a day in the past as people write it. `what` names the argument.
    pub(super) fn past_day(&self, text: &str, what: &str) -> std::result::Result<Moment, Problem> {
        let day = self.past(text, what)?;
        Ok(self.workspace.start_of(day))
    }

    /// The end of such a day, which is now where it is not over.
    pub(super) fn end_of_past_day(
        &self,
        text: &str,
        what: &str,
    ) -> std::result::Result<Moment, Problem> {
        let day = self.past(text, what)?;
        let next = day.succ_opt().unwrap_or(day);
        let end = self.workspace.start_of(next).plus(-1);
        Ok(end.min(self.workspace.now()))
    }

    /// A day in the past as people write it. `what` names the argument.
    pub(super) fn past(&self, text: &str, what: &str) -> std::result::Result<NaiveDate, Problem> {
        let workspace = &self.workspace;
        when::past_day(text, workspace.now(), workspace.clocks())
            .map_err(|error| cannot_read(what, error))
    }

    /// A moment as a clock at the user's place shows it: `14 Nov 2026, 09:30`.
    pub(super) fn clock_words(&self, at: Moment) -> String {
        let local = self.workspace.clocks().shown(at);
        local.format("%-d %b %Y, %H:%M").to_string()
    }

    /// A day, or nothing for `none`.
    pub(super) fn day_or_none(
        &self,
        text: &str,
        what: &str,
    ) -> std::result::Result<Option<NaiveDate>, Problem> {
        if text.trim().is_empty() || text.eq_ignore_ascii_case("none") {
            return Ok(None);
        }
        self.day(text, what).map(Some)
    }

    /// A moment in the future as people write it. `what` names the argument.
    pub(super) fn moment(&self, text: &str, what: &str) -> std::result::Result<Moment, Problem> {
        let workspace = &self.workspace;
        when::moment(text, workspace.now(), workspace.clocks())
            .map_err(|error| cannot_read(what, error))
    }
}

/// The words of a command that takes several things and, at the end, what to do with them, which `last` names. One
/// list of words, because options may stand between them.
pub(super) fn several<'w>(
    words: &'w [String],
    last: &str,
) -> std::result::Result<(&'w [String], &'w str), Problem> {
    match words.split_last() {
        Some((last, things)) if !things.is_empty() => Ok((things, last)),
        _ => Err(
            Problem::new(Kind::Usage, format!("{last} is missing behind the ids"))
                .hint("one or more ids come first; --help shows the order"),
        ),
    }
}

fn cannot_read(what: &str, error: String) -> Problem {
    Problem::new(Kind::Usage, format!("cannot read {what}")).because(error)
}

/// What kinds of things are called together: `an idea or a release`.
fn called(among: &[Entity]) -> String {
    let names: Vec<&str> = among
        .iter()
        .map(|entity| match entity {
            Entity::Feedback => "feedback",
            Entity::Idea => "idea",
            Entity::Release => "release",
            Entity::ReleaseItem => "release item",
            Entity::Person => "colleague",
            Entity::Company => "company",
            Entity::AgendaItem => "agenda item",
            Entity::ActionStep => "action step",
            other => other.name(),
        })
        .collect();
    names.join(" or ")
}

fn understood(
    text: &str,
    among: &[Entity],
    resolved: Resolved,
) -> std::result::Result<Candidate, Problem> {
    match resolved {
        Resolved::One(candidate) => Ok(candidate),
        Resolved::Several(candidates) => {
            let mut problem =
                Problem::new(Kind::Usage, format!("“{text}” can mean several things"));
            for candidate in candidates {
                let short = candidate.short.map_or_else(String::new, |short| short.0);
                problem = problem.because(format!("{short} {}", candidate.name).trim().to_owned());
            }
            Err(problem.hint("write more of the short id"))
        }
        Resolved::Nothing(meant) => {
            let problem = Problem::new(
                Kind::NotFound,
                format!("there is no {} “{text}”", called(among)),
            );
            Err(match meant {
                Some(meant) => problem.hint(format!("did you mean “{meant}”?")),
                None => problem.hint(where_to_look(among)),
            })
        }
    }
}

fn where_to_look(among: &[Entity]) -> &'static str {
    match among {
        [Entity::AgendaItem | Entity::ActionStep, ..] => {
            "“intake agenda” shows the items and action steps with their ids"
        }
        [Entity::Idea] => "“intake idea list” shows the ideas with their ids",
        [Entity::Release | Entity::ReleaseItem] => {
            "“intake release list” shows the releases, “intake release show RELEASE” its items with their ids"
        }
        [Entity::Person] => "“intake person list” shows the colleagues",
        [Entity::Company] => "“intake company list” shows the companies",
        [Entity::Area] => "“intake area list” shows the areas",
        _ => "“intake list is:all” shows all feedback with its ids",
    }
}

/// A thing that was to be made, and is there: in these words, and how it is changed.
pub(super) fn there_already(words: String, hint: &str) -> Stop {
    Problem::new(Kind::Refused, words).hint(hint).into()
}

/// A thing that was there a moment ago.
pub(super) fn vanished(what: &str) -> Stop {
    Problem::new(Kind::NotFound, format!("{what} is no longer there"))
        .hint("another window may have undone what made it; “intake log” tells")
        .into()
}
