//! `intake show`: everything about one thing.

mod feedback;
mod idea;
mod release;

pub(super) use idea::show as show_idea;
pub(super) use release::show as show_release;

use clap::Args;

use super::arguments::Format;
use super::output::{Output, Result, Tone};
use super::session::Session;
use crate::domain::entity::Entity;
use crate::domain::feedback::Comment;
use crate::domain::id::{FeedbackId, IdeaId, ReleaseId};
use crate::domain::moment::Moment;
use crate::domain::safe_text::SafeText;

/// Show everything about a feedback, an idea or a release
#[derive(Debug, Args)]
pub(super) struct Show {
    /// What to show, by short id; ideas and releases also by name
    id: String,
    #[command(flatten)]
    format: Format,
}

impl Show {
    /// Changes nothing; seeing a feedback does not mark it as processed.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let among = [Entity::Feedback, Entity::Idea, Entity::Release];
        let thing = session.thing(&self.id, &among)?.thing;
        match thing.entity {
            Entity::Idea => idea::show(session, IdeaId(thing.id), self.format),
            Entity::Release => release::show(session, ReleaseId(thing.id), self.format),
            _ => feedback::show(session, FeedbackId(thing.id), self.format),
        }
    }
}

/// The headline: the short id and what it is called.
fn headline(output: &mut Output, short: &str, title: &str) -> Result {
    let blanks = SafeText::from_static("  ");
    output.pieces(&[
        (Tone::Faint, SafeText::line(short)),
        (Tone::Plain, blanks),
        (Tone::Strong, SafeText::line(title)),
    ])
}

/// A heading with a blank line above.
fn heading(output: &mut Output, words: &str) -> Result {
    output.say("")?;
    output.line(Tone::Faint, &SafeText::line(words))
}

/// Field by field, aligned; what is not known is left out.
fn fields(output: &mut Output, fields: &[(&'static str, Option<String>)]) -> Result {
    let known = || fields.iter().filter(|(_, value)| value.is_some());
    let widest = known().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (name, value) in known() {
        let blanks = " ".repeat(widest - name.len() + 2);
        output.pieces(&[
            (Tone::Faint, SafeText::line(&format!("{name}{blanks}"))),
            (
                Tone::Plain,
                SafeText::line(value.as_deref().unwrap_or_default()),
            ),
        ])?;
    }
    Ok(())
}

fn comments(output: &mut Output, comments: &[Comment], now: Moment) -> Result {
    if comments.is_empty() {
        return Ok(());
    }
    heading(output, "comments")?;
    for comment in comments {
        let author = comment.author.as_deref().unwrap_or("somebody");
        let to = if comment.to_reporter {
            " to the reporter"
        } else {
            ""
        };
        output.say(&format!("{author}{to}, {}:", comment.at.dated_words(now)))?;
        output.prose("  ", &comment.text)?;
    }
    Ok(())
}

/// A number, if it is not zero.
fn some(number: u32) -> Option<String> {
    (number > 0).then(|| number.to_string())
}
