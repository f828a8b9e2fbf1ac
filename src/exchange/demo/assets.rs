//! What the demo is made from, as it stands in the assets.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::problem::{Kind, Problem};

/// A passage that a quote takes stands between these in the assets; they are not part of the text.
const QUOTE: (&str, &str) = ("[[", "]]");

/// Handle, name, role.
pub(super) type Colleague = (String, String, String);
/// Name, owner, keywords.
pub(super) type AreaText = (String, String, Vec<String>);
/// Name, tier, annual revenue, segment, renewal (month-day), account manager, people who write.
pub(super) type CompanyText = (String, String, i64, String, String, String, Vec<String>);
/// Name, kind, state, days from today.
pub(super) type ReleaseText = (String, String, String, i64);

/// The world in which the feedback is given.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct World {
    pub(super) people: Vec<Colleague>,
    pub(super) rotation: Vec<String>,
    pub(super) areas: Vec<AreaText>,
    pub(super) companies: Vec<CompanyText>,
    pub(super) releases: Vec<ReleaseText>,
    pub(super) views: Vec<(String, String)>,
}

/// Company, source, importance code (−1: nobody said), title, text.
pub(super) type Heard = (String, String, i64, String, String);

/// An idea, and the feedback that was linked to it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IdeaText {
    pub(super) title: String,
    pub(super) area: String,
    pub(super) owner: String,
    pub(super) kind: String,
    pub(super) status: Option<String>,
    pub(super) effort: Option<String>,
    pub(super) timeframe: Option<String>,
    pub(super) release: Option<String>,
    /// The release that it was cut from before it came into its own.
    pub(super) cut_from: Option<String>,
    pub(super) stage: Option<String>,
    /// So many days ago it left beta for its stage.
    pub(super) promoted: Option<i64>,
    pub(super) edition: Option<String>,
    pub(super) problem: Option<String>,
    pub(super) solution: Option<String>,
    pub(super) workaround: Option<String>,
    pub(super) benefit: Option<String>,
    pub(super) reason: Option<String>,
    /// Key (may be empty), link, kind.
    #[serde(default)]
    pub(super) tickets: Vec<(String, String, String)>,
    /// Days ago, who, health, text (empty: no change).
    #[serde(default)]
    pub(super) updates: Vec<(i64, String, String, String)>,
    #[serde(default)]
    pub(super) heard: Vec<Heard>,
}

/// A feedback of the start view. The file also names the idea that it belongs to, for a test alone.
#[derive(Deserialize)]
pub(super) struct InboxText {
    pub(super) title: String,
    pub(super) body: String,
    pub(super) company: String,
    pub(super) source: String,
    pub(super) importance: Option<i64>,
    /// Such as `9d`, `6d1h`, `58m`.
    pub(super) age: String,
    pub(super) kind: String,
    pub(super) version: Option<String>,
    pub(super) edition: Option<String>,
    /// Month-day.
    pub(super) needed: Option<String>,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    /// Who, how long ago, text.
    #[serde(default)]
    pub(super) comments: Vec<(String, String, String)>,
}

/// Feedback that somebody has dealt with, or is dealing with. The assets name the columns.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Desk {
    pub(super) assigned: Vec<(String, String, String, i64, String, String)>,
    pub(super) waiting: Vec<(String, String, String, i64, String, String, String)>,
    pub(super) snoozed: Vec<(String, String, String, i64, String, String, i64)>,
    pub(super) archived: Vec<(String, String, String, String, String)>,
    pub(super) noted: Vec<(String, String, String, String, String, String, String)>,
    pub(super) duplicates: Vec<(String, String, String, String, String, String, String)>,
    pub(super) today: Vec<(String, String, String, i64, String, String)>,
    pub(super) comments: Vec<(String, String, i64, String)>,
    pub(super) held: Vec<(String, String, String, u32, String)>,
    pub(super) settled: Vec<(String, String)>,
    pub(super) interviews: Vec<(String, i64, String)>,
    pub(super) agenda: Vec<(String, String, u32, String, bool)>,
    pub(super) steps: Vec<(String, String, i64, i64)>,
}

/// Everything that the demo is made from.
pub(super) struct Assets {
    pub(super) world: World,
    pub(super) ideas: Vec<IdeaText>,
    pub(super) inbox: Vec<InboxText>,
    pub(super) desk: Desk,
}

#[derive(Deserialize)]
struct Ideas {
    idea: Vec<IdeaText>,
}

/// More feedback that was linked: the title of the idea, then as in [`Heard`].
#[derive(Deserialize)]
struct More {
    heard: Vec<(String, String, String, i64, String, String)>,
}

#[derive(Deserialize)]
struct Inbox {
    feedback: Vec<InboxText>,
}

impl Assets {
    /// # Errors
    /// When an asset is not what it should be: a fault of ours, which a test finds.
    pub(super) fn load() -> Result<Self, Problem> {
        let mut ideas: Vec<IdeaText> = Vec::new();
        for (name, text) in [
            (
                "ideas-1.toml",
                include_str!("../../../assets/demo/ideas-1.toml"),
            ),
            (
                "ideas-2.toml",
                include_str!("../../../assets/demo/ideas-2.toml"),
            ),
        ] {
            ideas.extend(read::<Ideas>(name, text)?.idea);
        }
        let more: More = read(
            "heard.toml",
            include_str!("../../../assets/demo/heard.toml"),
        )?;
        for (title, company, source, importance, headline, text) in more.heard {
            let idea = ideas.iter_mut().find(|idea| idea.title == title);
            let idea = idea.ok_or_else(|| wrong(format!("there is no idea “{title}”")))?;
            idea.heard
                .push((company, source, importance, headline, text));
        }
        let inbox: Inbox = read(
            "inbox.toml",
            include_str!("../../../assets/demo/inbox.toml"),
        )?;
        Ok(Self {
            world: read(
                "world.toml",
                include_str!("../../../assets/demo/world.toml"),
            )?,
            ideas,
            inbox: inbox.feedback,
            desk: read("desk.toml", include_str!("../../../assets/demo/desk.toml"))?,
        })
    }
}

fn read<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, Problem> {
    toml::from_str(text).map_err(|error| wrong(format!("{name}: {error}")))
}

/// A fault in the assets.
pub(super) fn wrong(what: impl Into<String>) -> Problem {
    Problem::new(Kind::Internal, "cannot make the demo workspace").because(what)
}

/// A choice by its stable name.
pub(super) fn choice<T>(parse: fn(&str) -> Option<T>, name: &str) -> Result<T, Problem> {
    parse(name).ok_or_else(|| wrong(format!("“{name}” is no choice there")))
}

/// A text without the brackets around its quote, and the bytes that the quote takes.
pub(super) fn quoted(text: &str) -> (String, Option<(usize, usize)>) {
    let whole = || (text.to_owned(), None);
    let Some((before, rest)) = text.split_once(QUOTE.0) else {
        return whole();
    };
    let Some((quote, after)) = rest.split_once(QUOTE.1) else {
        return whole();
    };
    let range = (before.len(), before.len() + quote.len());
    (format!("{before}{quote}{after}"), Some(range))
}
