//! Slack: the export of a workspace (<https://slack.com/help/articles/220556107>), and pages of messages as its API gives
//! them (<https://docs.slack.dev/reference/methods/conversations.history>).
//!
//! A message that begins a conversation is feedback; the answers in its thread are comments on it.

pub mod export;
mod markup;

use serde_json::{Map, Value};

use self::export::{Channel, Directory, Member};
use super::chat::{self, BOT, DIRECT, NOTICE};
use super::who::Who;
use super::{Dialect, DocumentDialect, Ground, Reads, mail, value};
use crate::domain::import::{Brought, ImportComment, ImportRecord, ImportReply};
use crate::domain::moment::Moment;
use crate::exchange::convert::words;
use crate::exchange::read::mail::Author;
use crate::exchange::read::{Document, Fault, Spot};
use crate::exchange::verdict::{Skip, Verdict};

/// A workspace.
pub const EXPORT: &Dialect = &Dialect {
    name: "slack",
    words: "an export of Slack",
    tool: "slack",
    reads: Reads::Slack,
};
/// Pages of messages.
pub const API: &Dialect = &Dialect {
    name: "slack-json",
    words: "Slack messages, JSON",
    tool: "slack",
    reads: Reads::Documents(DocumentDialect {
        fits,
        translate: of_page,
        beside: &[],
    }),
};

/// Kinds of messages in which somebody says something; a message without a kind is one, too.
const SAID: [&str; 3] = ["me_message", "thread_broadcast", "file_share"];

fn fits(object: &Map<String, Value>) -> bool {
    let text = |key| object.get(key).and_then(value::text);
    text("type") == Some("message") && text("ts").is_some_and(|ts| moment(ts).is_some())
}

/// What a message of a page brings. A page tells neither its channel nor who its users are.
fn of_page(ground: &Ground<'_>, post: &Document) -> Verdict {
    let directory = Directory::default();
    translate(ground, &directory, None, post)
}

/// What a message brings.
pub fn translate(
    ground: &Ground<'_>,
    directory: &Directory,
    channel: Option<&Channel>,
    post: &Document,
) -> Verdict {
    let message = Message {
        ground,
        directory,
        channel,
        post,
        origin: ground.origin(directory.host.clone().or_else(|| directory.team.clone())),
    };
    match message.left_out() {
        Some(reason) => Verdict::Skipped(post.line, Skip::Not(reason)),
        None => message.brings(),
    }
}

struct Message<'m> {
    ground: &'m Ground<'m>,
    directory: &'m Directory,
    channel: Option<&'m Channel>,
    post: &'m Document,
    origin: String,
}

impl Message<'_> {
    fn left_out(&self) -> Option<&'static str> {
        let kind = self.post.text("subtype");
        let bot = kind == Some("bot_message")
            || self.post.at("bot_profile").is_some()
            || self.post.at("bot_id").is_some() && self.post.at("user").is_none()
            || self.author().is_some_and(|author| author.bot);
        match kind {
            _ if self.channel.is_some_and(|channel| channel.direct) => Some(DIRECT),
            _ if bot => Some(BOT),
            Some("tombstone") => Some("deleted message"),
            Some(kind) if !SAID.contains(&kind) => Some(NOTICE),
            _ => None,
        }
    }

    fn brings(&self) -> Verdict {
        let Some((ts, at)) = self.post.text("ts").and_then(|ts| Some((ts, moment(ts)?))) else {
            return Verdict::Faults(vec![Fault {
                line: self.post.line,
                spot: Spot::Column("ts".to_owned()),
                words: "it is no time as Slack writes it, such as 1793698200.000100".to_owned(),
            }]);
        };
        match self.post.text("thread_ts") {
            Some(root) if root != ts => self.reply(root, ts, at),
            _ => self.feedback(ts, at).into(),
        }
    }

    fn feedback(&self, ts: &str, at: Moment) -> ImportRecord {
        let author = self.author();
        let who = author.as_ref().map(who).unwrap_or_default();
        let outsider = author.as_ref().is_some_and(|author| author.outsider);
        let customer = who.customer().filter(|_| outsider);
        ImportRecord {
            line: self.post.line,
            body: self.text(),
            source: self.ground.source(),
            source_id: Some(self.id(ts)),
            url: self.url(ts),
            received: at,
            reporter: who.colleague().filter(|_| !outsider),
            company: customer.as_ref().and_then(|customer| {
                let (name, email) = (customer.name.clone(), customer.email.clone());
                mail::company(&Author { name, email })
            }),
            customer,
            tags: self
                .channel
                .map_or_else(Vec::new, |channel| words::tags(&channel.name, None)),
            votes: self.votes(),
            origin: self.origin.clone(),
            ..ImportRecord::default()
        }
    }

    fn reply(&self, root: &str, ts: &str, at: Moment) -> Verdict {
        let text = self.text();
        if text.trim().is_empty() {
            return Verdict::Skipped(self.post.line, Skip::Blank);
        }
        let author = self.author();
        let author = author
            .as_ref()
            .and_then(|author| who(author).author(!author.outsider));
        let comment = ImportComment {
            source_id: Some(self.id(ts)),
            author,
            at,
            text,
            original: None,
            to_reporter: false,
        };
        let on = self.ground.key(&self.origin, self.id(root));
        let line = self.post.line;
        Verdict::Brings(vec![Brought::Comment(ImportReply { line, on, comment })])
    }

    /// A time is unique within its channel.
    fn id(&self, ts: &str) -> String {
        match self.channel {
            Some(channel) => format!("{}/{ts}", channel.id),
            None => ts.to_owned(),
        }
    }

    /// The link that Slack makes of host, channel and time.
    fn url(&self, ts: &str) -> Option<String> {
        let told = self.post.text("permalink").map(str::to_owned);
        let channel = self.channel.filter(|_| self.origin.ends_with(".slack.com"));
        told.or_else(|| {
            let (host, id) = (&self.origin, &channel?.id);
            Some(format!(
                "https://{host}/archives/{id}/p{}",
                ts.replace('.', "")
            ))
        })
    }

    fn text(&self) -> String {
        let mention = |id: &str| {
            let member = self.directory.members.get(id)?;
            Some(member.mention.as_str()).filter(|mention| !mention.is_empty())
        };
        let channel = |id: &str| self.directory.channels.get(id).map(String::as_str);
        markup::readable(self.post.text("text").unwrap_or_default(), mention, channel)
    }

    /// Who wrote it: a member; else, of another workspace or unknown, what the message tells of them.
    fn author(&self) -> Option<Member> {
        let id = self.post.text("user")?;
        if let Some(member) = self.directory.members.get(id) {
            return Some(member.clone());
        }
        let told = self.post.at("user_profile");
        let told = told.map(|user| Member::read(user, self.directory.team.as_deref()));
        told.filter(|member| member.name.is_some()).or_else(|| {
            Some(Member {
                name: Some(id.to_owned()),
                ..Member::default()
            })
        })
    }

    fn votes(&self) -> u32 {
        let reactions = self.post.list("reactions").iter().filter_map(|reaction| {
            let name = value::at(reaction, "name").and_then(value::text)?;
            let users = value::at(reaction, "users").and_then(Value::as_array)?;
            Some(
                users
                    .iter()
                    .filter_map(value::text)
                    .map(move |user| (name, user)),
            )
        });
        chat::votes(reactions.flatten())
    }
}

fn who(member: &Member) -> Who<'_> {
    Who::named(member.name.as_deref(), member.email.as_deref())
}

/// Seconds since 1970, with six digits behind the point.
fn moment(ts: &str) -> Option<Moment> {
    let (seconds, micros) = ts.split_once('.')?;
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if micros.len() != 6 || !digits(micros) || !digits(seconds) {
        return None;
    }
    let seconds: i64 = seconds.parse().ok()?;
    let millis: i64 = micros[..3].parse().ok()?;
    Some(Moment(seconds.checked_mul(1_000)?.checked_add(millis)?))
}

#[cfg(test)]
mod tests;
