//! `intake link`: links feedback to an idea.

use clap::Args;

use super::arguments::Format;
use super::output::Result;
use super::session::{Session, several};
use crate::domain::deed::Deed;
use crate::domain::feedback::Quote;
use crate::domain::id::FeedbackId;
use crate::problem::{Kind, Problem};

/// Link feedback to an idea
#[derive(Debug, Args)]
#[command(override_usage = "intake link [OPTIONS] <ID>... <IDEA>")]
pub(super) struct Link {
    /// Feedback by short id, as `intake list` shows it, and at the end the idea, by short id or name
    #[arg(required = true, value_name = "ID... IDEA")]
    words: Vec<String>,
    /// Make a new idea of that title
    #[arg(long)]
    new: bool,
    /// A passage of the feedback that says it, word by word
    #[arg(long, value_name = "TEXT")]
    quote: Option<String>,
    #[command(flatten)]
    format: Format,
}

impl Link {
    /// One undo step, however many; a new idea goes with it.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let (ids, idea) = several(&self.words, "IDEA")?;
        let feedback = session.feedback(ids)?;
        let idea = session.idea_target(idea, self.new)?;
        let quote = match &self.quote {
            Some(passage) => Some(find(session, &feedback, passage)?),
            None => None,
        };
        let deed = Deed::Link {
            feedback,
            idea,
            quote,
        };
        session.commit(&deed, self.format)
    }
}

/// Where the passage stands in the latest revision of the one feedback.
fn find(
    session: &Session<'_>,
    feedback: &[FeedbackId],
    passage: &str,
) -> std::result::Result<Quote, Problem> {
    let cannot = || Problem::new(Kind::Usage, "cannot take --quote from the feedback");
    let [feedback] = feedback else {
        return Err(cannot().because("a quote belongs to one feedback, and several are given"));
    };
    let detail = session.workspace.feedback(*feedback)?;
    let found = detail.and_then(|detail| {
        let start = detail
            .body
            .find(passage)
            .filter(|_| !passage.trim().is_empty())?;
        Some(Quote {
            revision: detail.revision,
            start,
            end: start + passage.len(),
        })
    });
    found.ok_or_else(|| {
        cannot()
            .because("its text does not have that passage, word by word")
            .hint("“intake show” prints the text")
    })
}
