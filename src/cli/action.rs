//! What one types for an action: `a` and the beginning of its random bits, as for things.
//!
//! Actions are many and their ids are rarely typed, so nothing keeps an index of them: the timeline is walked.

use super::session::Session;
use crate::domain::id::{ActionId, random_range, random_text};
use crate::domain::timeline::TimelineEntry;
use crate::problem::{Kind, Problem};

/// How many characters are shown: among a million actions, two that look alike are unlikely, and then refused.
const SHOWN: usize = 8;

/// The fewest that are understood.
const LEAST: usize = 4;

/// How many actions are read at a time.
const PAGE: usize = 500;

/// What one types for that action.
pub(super) fn short(action: ActionId) -> String {
    format!("a{}", &random_text(action.0)[..SHOWN])
}

/// The action that a short id or an identity means.
pub(super) fn find(session: &Session<'_>, text: &str) -> Result<TimelineEntry, Problem> {
    let prefix = text.trim().to_lowercase();
    let identity = uuid::Uuid::try_parse(&prefix).ok();
    let range = prefix
        .strip_prefix('a')
        .filter(|prefix| prefix.len() >= LEAST)
        .and_then(random_range);
    let wanted = |action: ActionId| match (identity, range) {
        (Some(identity), _) => action.0 == identity,
        (None, Some((low, high))) => {
            (low..=high).contains(&crate::domain::id::random_bits(action.0))
        }
        (None, None) => false,
    };
    let mut found: Vec<TimelineEntry> = Vec::new();
    if identity.is_some() || range.is_some() {
        let mut before = None;
        loop {
            let page = session.workspace.timeline(None, before, PAGE)?;
            before = page.last().map(|entry| entry.action);
            found.extend(page.into_iter().filter(|entry| wanted(entry.action)));
            if before.is_none() {
                break;
            }
        }
    }
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(
            Problem::new(Kind::NotFound, format!("there is no action “{text}”"))
                .hint("“intake log” lists the actions with their ids"),
        ),
        _ => {
            let mut problem =
                Problem::new(Kind::Usage, format!("“{text}” can mean several actions"));
            for entry in found.iter().take(10) {
                problem = problem.because(format!("{} {}", entry.action, entry.words));
            }
            Err(problem.hint("give the whole id, as “intake log --json” prints it"))
        }
    }
}
