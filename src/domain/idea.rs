//! Ideas: the features and bugs that feedback asks for.

use super::choices::choices;
use super::feedback::{Comment, Importance};
use super::id::{FeedbackId, IdeaId, InsightId, ReleaseId, ReleaseItemId, ShortId, TicketId};
use super::moment::Moment;
use super::people::Handle;
use super::release::Health;

choices! {
    /// Where an idea stands.
    Status {
        /// Nobody has weighed it yet.
        New = 0, "new", "New";
        /// Being weighed.
        UnderConsideration = 1, "under-consideration", "Under Consideration";
        /// Will be done; needs a release item that is not cut.
        Planned = 2, "planned", "Planned";
        /// Being built.
        InDevelopment = 3, "in-development", "In Development";
        /// Not now.
        Postponed = 4, "postponed", "Postponed";
        /// Never; needs a reason that can be shown to a customer.
        WontDo = 5, "wont-do", "Won't Do";
        /// Shipped.
        Released = 6, "released", "Released";
    }
}

impl Status {
    /// Whether nobody means to do it for now, because it was put off or turned down: its place in a release is no promise then.
    #[must_use]
    pub const fn is_set_aside(self) -> bool {
        matches!(self, Self::Postponed | Self::WontDo)
    }

    /// The status of two ideas that become one: that which is further on its way to those who asked; what was put off counts
    /// for less than what somebody weighs. `None` when one of them will not be done and the other is not turned down: which
    /// of the two holds, only a person can say.
    #[must_use]
    pub fn of_both(self, other: Self) -> Option<Self> {
        const WAY: [Status; 6] = [
            Status::New,
            Status::Postponed,
            Status::UnderConsideration,
            Status::Planned,
            Status::InDevelopment,
            Status::Released,
        ];
        let place = |status: Self| WAY.iter().position(|known| *known == status);
        match (place(self), place(other)) {
            (Some(here), Some(there)) => WAY.get(here.max(there)).copied(),
            (None, None) => Some(Self::WontDo),
            _ => None,
        }
    }
}

choices! {
    /// SWAG by engineering.
    Effort {
        /// Days.
        ExtraSmall = 0, "xs", "XS";
        /// A week.
        Small = 1, "s", "S";
        /// Some weeks.
        Medium = 2, "m", "M";
        /// A release.
        Large = 3, "l", "L";
        /// Several releases.
        ExtraLarge = 4, "xl", "XL";
    }
}

choices! {
    /// When, if no release is known.
    Timeframe {
        /// Within three months.
        ThreeMonths = 0, "3-months", "3 months";
        /// Within six months.
        SixMonths = 1, "6-months", "6 months";
        /// Some day.
        Future = 2, "future", "future";
    }
}

choices! {
    /// Maturity.
    Stage {
        /// Behind a switch.
        Experimental = 0, "experimental", "Experimental";
        /// For those who opt in.
        Beta = 1, "beta", "Beta";
        /// For everyone.
        GeneralAvailability = 2, "general-availability", "General availability";
    }
}

choices! {
    /// What sort of idea it is.
    IdeaKind {
        /// Something new.
        Feature = 0, "feature", "feature";
        /// Something better.
        Improvement = 1, "improvement", "improvement";
        /// Something broken.
        Bug = 2, "bug", "bug";
        /// Something that will go away.
        Deprecation = 3, "deprecation", "deprecation";
        /// Something that will work differently, so that whoever relies on it has to act.
        BreakingChange = 4, "breaking-change", "breaking change";
    }
}

choices! {
    /// What a ticket is for.
    TicketKind {
        /// The work itself.
        Implementation = 0, "implementation", "implementation";
        /// The design.
        Design = 1, "design", "design";
        /// Open to contributors.
        HelpWanted = 2, "help-wanted", "help wanted";
        /// A review.
        Review = 3, "review", "review";
        /// A demo, PRFAQ or recording.
        Material = 4, "material", "material";
    }
}

/// One row of the ideas table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdeaRow {
    /// Identity.
    pub id: IdeaId,
    /// Title, as it came.
    pub title: String,
    /// Status.
    pub status: Status,
    /// How much it is wanted: the sum over distinct customers (the company where known, else the customer, else the
    /// reporter) of the importance of what each said last; unset counts 1.
    pub demand: i64,
    /// How many insights it has.
    pub insights: u32,
    /// Votes at its sources, shown beside demand.
    pub votes: u32,
    /// Effort.
    pub effort: Option<Effort>,
    /// The release it is planned for: the earliest that is not cut.
    pub release: Option<String>,
    /// Timeframe.
    pub timeframe: Option<Timeframe>,
    /// Owner.
    pub owner: Option<Handle>,
    /// Area.
    pub area: Option<String>,
    /// Kind.
    pub kind: Option<IdeaKind>,
    /// Maturity.
    pub stage: Option<Stage>,
    /// Edition.
    pub edition: Option<String>,
    /// When anything about it last changed.
    pub changed: Moment,
}

impl IdeaRow {
    /// When it comes: the release, else the timeframe, else nothing.
    #[must_use]
    pub fn when(&self) -> Option<&str> {
        self.release
            .as_deref()
            .or(self.timeframe.map(Timeframe::word))
    }

    /// Whether the word, in small letters, is somewhere in what a table shows of it.
    #[must_use]
    pub fn shows(&self, word: &str) -> bool {
        let owner = self.owner.as_ref().map(ToString::to_string);
        let parts = [
            Some(self.title.as_str()),
            Some(self.status.word()),
            self.when(),
            owner.as_deref(),
            self.area.as_deref(),
            self.edition.as_deref(),
            self.kind.map(|kind| kind.word()),
        ];
        let mut parts = parts.into_iter().flatten();
        parts.any(|part| part.to_lowercase().contains(word))
    }
}

/// An idea ranked for the feedback in hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The idea.
    pub idea: IdeaRow,
    /// How well it fits, from 0 to 1; for the bar.
    pub score: f32,
    /// Whether the feedback is already linked to it.
    pub linked: bool,
}

/// One insight of an idea: its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The insight.
    pub id: InsightId,
    /// The feedback.
    pub feedback: FeedbackId,
    /// Its title.
    pub title: String,
    /// Name of the company, else customer, else reporter.
    pub customer: Option<String>,
    /// Importance of the insight.
    pub importance: Option<Importance>,
    /// When the feedback was received.
    pub received: Moment,
    /// The quoted passage, resolved to its text, as it came.
    pub quote: Option<String>,
}

/// A link to Jira, GitHub or another tracker, a design, demo, PRFAQ or recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Identity.
    pub id: TicketId,
    /// Where it is.
    pub url: String,
    /// Its key there (`MM-1234`).
    pub key: Option<String>,
    /// What it is for.
    pub kind: TicketKind,
}

/// Where an idea sits in the release plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// The release item.
    pub item: ReleaseItemId,
    /// The release.
    pub release: ReleaseId,
    /// Its name.
    pub name: String,
    /// Health there.
    pub health: Health,
}

/// What a demand is the sum of: how many of those who want the idea said each importance last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Counted three times each.
    pub critical: u32,
    /// Counted twice each.
    pub important: u32,
    /// Nice to have, or they did not say: counted once each.
    pub nice: u32,
    /// Not important: not counted.
    pub not_important: u32,
}

impl Wanted {
    /// Takes in one who wants it, by the number of what they said.
    pub const fn add(&mut self, importance: i64) {
        let of = match importance {
            3.. => &mut self.critical,
            2 => &mut self.important,
            1 => &mut self.nice,
            _ => &mut self.not_important,
        };
        *of += 1;
    }

    /// `3 critical, 2 important, 4 nice to have or unset`; nothing where nobody wants it.
    #[must_use]
    pub fn words(&self) -> String {
        let parts = [
            (self.critical, "critical"),
            (self.important, "important"),
            (self.nice, "nice to have or unset"),
            (self.not_important, "not important"),
        ];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        parts.join(", ")
    }
}

/// Everything about one idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdeaDetail {
    /// What the table shows of it.
    pub row: IdeaRow,
    /// What a person types for it.
    pub short: ShortId,
    /// What hurts, as it came.
    pub problem: Option<String>,
    /// What we propose.
    pub solution: Option<String>,
    /// What helps until then.
    pub workaround: Option<String>,
    /// What it brings, in a customer's words.
    pub benefit: Option<String>,
    /// Why it won't be done, fit to be shown to a customer.
    pub reason: Option<String>,
    /// Tickets.
    pub tickets: Vec<Ticket>,
    /// The items of the checklist of general availability that were ever ticked, and whether they are.
    pub checks: Vec<(String, bool)>,
    /// Its release items, earliest release first, cut ones included.
    pub placements: Vec<Placement>,
    /// What its demand is the sum of; `None` where so many want it that to count them would take long.
    pub wanted: Option<Wanted>,
    /// Its insights, the most important first, newest first within; at most 1,000.
    pub evidence: Vec<Evidence>,
    /// Comments, oldest first.
    pub comments: Vec<Comment>,
}

impl IdeaDetail {
    /// Its long texts that are there, each with its name.
    pub fn texts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let texts = [
            ("Problem", &self.problem),
            ("Proposed solution", &self.solution),
            ("Workaround", &self.workaround),
            ("Benefit", &self.benefit),
            ("Reason", &self.reason),
        ];
        let texts = texts.into_iter();
        texts.filter_map(|(name, text)| Some((name, text.as_deref()?)))
    }

    /// What a field holds, as a person types it, by its name in a form: nothing where it is empty, and `None` where it is not one
    /// value (the checklist, the tickets).
    #[must_use]
    pub fn words(&self, field: &str) -> Option<String> {
        let row = &self.row;
        let choice = |word: Option<&str>| word.unwrap_or_default().to_owned();
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Some(match field {
            "title" => row.title.clone(),
            "problem" => text(&self.problem),
            "solution" => text(&self.solution),
            "workaround" => text(&self.workaround),
            "benefit" => text(&self.benefit),
            "status" => row.status.word().to_owned(),
            "reason" => text(&self.reason),
            "owner" => row
                .owner
                .as_ref()
                .map_or_else(String::new, Handle::to_string),
            "area" => text(&row.area),
            "kind" => choice(row.kind.map(IdeaKind::word)),
            "effort" => choice(row.effort.map(Effort::word)),
            "release" => text(&row.release),
            "timeframe" => choice(row.timeframe.map(Timeframe::word)),
            "edition" => text(&row.edition),
            "stage" => choice(row.stage.map(Stage::word)),
            _ => return None,
        })
    }

    /// The entries of a checklist, each with whether it is ticked, and then those that were ticked and are not on it any
    /// more.
    #[must_use]
    pub fn checklist<'a>(&'a self, entries: &'a [String]) -> Vec<(&'a str, bool)> {
        let ticked = |item: &String| {
            let mut checks = self.checks.iter();
            checks.any(|(known, done)| known == item && *done)
        };
        let more = self.checks.iter().filter(|(_, done)| *done);
        let more = more
            .map(|(item, _)| item)
            .filter(|item| !entries.contains(item));
        let all = entries.iter().chain(more);
        all.map(|item| (item.as_str(), ticked(item))).collect()
    }
}

#[cfg(test)]
impl IdeaRow {
    /// An idea of which nothing is known but its title and status, for tests.
    pub(crate) fn bare(id: IdeaId, title: &str, status: Status, changed: Moment) -> Self {
        Self {
            id,
            title: title.to_owned(),
            status,
            demand: 0,
            insights: 0,
            votes: 0,
            effort: None,
            release: None,
            timeframe: None,
            owner: None,
            area: None,
            kind: None,
            stage: None,
            edition: None,
            changed,
        }
    }
}
