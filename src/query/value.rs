//! The values a condition can have: fixed words and names.

use crate::domain::feedback::{FeedbackKind, Importance};
use crate::domain::idea::{Effort, IdeaKind, Stage, Status, Timeframe};

/// One word of a closed set of values: what it means, how it is written, and its line of help.
#[derive(Clone, Copy, Debug)]
pub struct Word<T: 'static> {
    /// The meaning.
    pub value: T,
    /// How it is written, in lower case.
    pub word: &'static str,
    /// One line of help.
    pub help: &'static str,
}

/// A value that is one of a closed set of words.
///
/// The one list of words serves the parser, the printer, the completion and the reference.
pub trait Fixed: Copy + Eq + Ord + 'static {
    /// Every word. Where two words mean the same, the first is the one that is printed.
    const WORDS: &'static [Word<Self>];

    /// The word that is printed for this value.
    fn word(self) -> &'static str {
        Self::WORDS
            .iter()
            .find(|row| row.value == self)
            .map_or("", |row| row.word)
    }

    /// Reads a word, whatever its case.
    fn read(text: &str) -> Option<Self> {
        Self::WORDS
            .iter()
            .find(|row| row.word.eq_ignore_ascii_case(text))
            .map(|row| row.value)
    }
}

/// Shortens the tables of words below.
macro_rules! words {
    ($($value:expr, $word:literal, $help:literal;)+) => {
        &[$(Word { value: $value, word: $word, help: $help },)+]
    };
}

/// What `is:` asks. The states are those a person sees: a snooze or a wait that has run out is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Is {
    /// Nobody has dealt with it yet; snoozed items apart.
    Unprocessed,
    /// Asked back.
    Waiting,
    /// Dealt with.
    Processed,
    /// Put away by hand.
    Archived,
    /// Hidden until its time.
    Snoozed,
    /// Marked as a duplicate of another feedback.
    Duplicate,
    /// Linked to an idea.
    Linked,
    /// Linked to no idea.
    Unlinked,
    /// Owned by whoever asks.
    Mine,
    /// Owned by nobody.
    Unassigned,
    /// Anything at all.
    All,
}

impl Fixed for Is {
    const WORDS: &'static [Word<Self>] = words! {
        Self::Unprocessed, "unprocessed", "nobody has dealt with it yet; snoozed items apart";
        Self::Waiting, "waiting", "asked back, no reply yet";
        Self::Processed, "processed", "linked, duplicate, won't do, or nothing to do";
        Self::Archived, "archived", "put away by hand: not feedback";
        Self::Snoozed, "snoozed", "hidden until its time";
        Self::Duplicate, "duplicate", "marked as a duplicate of another feedback";
        Self::Linked, "linked", "linked to an idea";
        Self::Unlinked, "unlinked", "linked to no idea";
        Self::Mine, "mine", "owned by me";
        Self::Unassigned, "unassigned", "owned by nobody";
        Self::All, "all", "every feedback, whatever its state";
    };
}

/// What `has:` asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Has {
    /// At least one comment.
    Comment,
    /// At least one link to an idea with a quoted passage.
    Quote,
    /// An address at its source.
    Url,
    /// A reporter who waits for an answer.
    AnswerOwed,
    /// A date by which the customer needs it.
    NeededBy,
}

impl Fixed for Has {
    const WORDS: &'static [Word<Self>] = words! {
        Self::Comment, "comment", "at least one comment";
        Self::Quote, "quote", "linked with a quoted passage";
        Self::Url, "url", "an address at its source";
        Self::AnswerOwed, "answer-owed", "its reporter has not been answered";
        Self::NeededBy, "needed-by", "a date by which the customer needs it";
    };
}

impl Fixed for Option<FeedbackKind> {
    const WORDS: &'static [Word<Self>] = words! {
        Some(FeedbackKind::Request), "request", "asks for something";
        Some(FeedbackKind::Bug), "bug", "reports a fault";
        Some(FeedbackKind::Question), "question", "asks a question";
        Some(FeedbackKind::Praise), "praise", "praises";
        None, "none", "no kind is set";
        None, "unset", "no kind is set";
    };
}

/// `None` is unset, which is not the same as not important.
impl Fixed for Option<Importance> {
    const WORDS: &'static [Word<Self>] = words! {
        Some(Importance::Critical), "critical", "3";
        Some(Importance::Important), "important", "2";
        Some(Importance::NiceToHave), "nice", "1: nice to have";
        Some(Importance::NotImportant), "not", "0: not important";
        None, "unset", "nobody has said";
        None, "none", "nobody has said";
        Some(Importance::Critical), "3", "critical";
        Some(Importance::Important), "2", "important";
        Some(Importance::NiceToHave), "1", "nice to have";
        Some(Importance::NotImportant), "0", "not important";
        Some(Importance::NiceToHave), "nice-to-have", "1";
        Some(Importance::NotImportant), "not-important", "0";
    };
}

impl Fixed for Status {
    const WORDS: &'static [Word<Self>] = words! {
        Self::New, "new", "nobody has weighed it yet";
        Self::UnderConsideration, "under-consideration", "being weighed";
        Self::Planned, "planned", "will be done; it is in a release";
        Self::InDevelopment, "in-development", "being built";
        Self::Postponed, "postponed", "not now";
        Self::WontDo, "wont-do", "never";
        Self::Released, "released", "shipped";
    };
}

impl Fixed for Option<Timeframe> {
    const WORDS: &'static [Word<Self>] = words! {
        Some(Timeframe::ThreeMonths), "3-months", "within three months";
        Some(Timeframe::SixMonths), "6-months", "within six months";
        Some(Timeframe::Future), "future", "some day";
        None, "none", "no timeframe is set";
        None, "unset", "no timeframe is set";
    };
}

impl Fixed for Option<Effort> {
    const WORDS: &'static [Word<Self>] = words! {
        Some(Effort::ExtraSmall), "xs", "days";
        Some(Effort::Small), "s", "a week";
        Some(Effort::Medium), "m", "some weeks";
        Some(Effort::Large), "l", "a release";
        Some(Effort::ExtraLarge), "xl", "several releases";
        None, "none", "nobody has estimated it";
        None, "unset", "nobody has estimated it";
    };
}

impl Fixed for Option<IdeaKind> {
    const WORDS: &'static [Word<Self>] = words! {
        Some(IdeaKind::Feature), "feature", "something new";
        Some(IdeaKind::Improvement), "improvement", "something better";
        Some(IdeaKind::Bug), "bug", "something broken";
        Some(IdeaKind::Deprecation), "deprecation", "something that will go away";
        Some(IdeaKind::BreakingChange), "breaking-change", "something on which whoever relies on it has to act";
        None, "none", "no kind is set";
        None, "unset", "no kind is set";
    };
}

impl Fixed for Option<Stage> {
    const WORDS: &'static [Word<Self>] = words! {
        Some(Stage::Experimental), "experimental", "behind a switch";
        Some(Stage::Beta), "beta", "for those who opt in";
        Some(Stage::GeneralAvailability), "general-availability", "for everyone";
        None, "none", "no stage is set";
        Some(Stage::GeneralAvailability), "ga", "for everyone";
        None, "unset", "no stage is set";
    };
}

/// What a list is ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SortKey {
    /// The oldest first.
    Age,
    /// The most important first, unset last.
    Importance,
    /// By company from A to Z, those without one last.
    Company,
}

impl Fixed for SortKey {
    const WORDS: &'static [Word<Self>] = words! {
        Self::Age, "age", "the oldest first; sort:-age the newest first";
        Self::Importance, "importance", "the most important first, unset last";
        Self::Company, "company", "by company from A to Z, without one last";
    };
}

/// One key of the order, first key first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sort {
    /// The key.
    pub key: SortKey,
    /// Whether its order is turned round.
    pub reversed: bool,
}

impl Sort {
    /// The natural order of `key`.
    #[must_use]
    pub const fn by(key: SortKey) -> Self {
        Self {
            key,
            reversed: false,
        }
    }

    /// The other way round.
    #[must_use]
    pub const fn reverse(self) -> Self {
        Self {
            key: self.key,
            reversed: !self.reversed,
        }
    }
}

/// A field whose values are names that only the workspace knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameField {
    /// The PM responsible.
    Owner,
    /// The product area.
    Area,
    /// A tag.
    Tag,
    /// The customer's organisation.
    Company,
    /// Who wants it.
    Customer,
    /// The company's tier.
    Tier,
    /// The company's segment.
    Segment,
    /// The colleague who filed it.
    Reporter,
    /// The tool it came from.
    Source,
    /// An idea it is linked to, by title or short id.
    Idea,
    /// The release an idea is planned for.
    Release,
    /// The edition that has an idea.
    Edition,
}

impl NameField {
    /// Whether the field names a colleague, so that `me` means whoever asks.
    #[must_use]
    pub const fn is_person(self) -> bool {
        matches!(self, Self::Owner | Self::Reporter)
    }
}

/// One wanted value of a name field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// `none`: the field is empty.
    Nobody,
    /// `me`: whoever asks. Only where [`NameField::is_person`].
    Me,
    /// The name as it was typed (`@hana`, `Acme, Inc.`): never empty, otherwise anything at all.
    Named(String),
}
