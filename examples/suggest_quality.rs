//! How good are the suggestions? Replays a labelled set through a real workspace, in time order.
//!
//! `cargo run --release --example suggest_quality -- FILE.jsonl`
//!
//! Each line is an object with `id`, `title`, `body` and `group` (or `label_or_duplicate_of`), sorted by id. The first item
//! of a group makes an idea from itself and is linked to it. For each later item of the group the suggestions are asked
//! before it is linked to that idea. For first items they are asked as well: there, nothing is the right answer.

use std::collections::HashMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::time::{Duration, Instant};

use intake::domain::deed::{Deed, IdeaTarget, NewFeedback, NewIdea};
use intake::domain::entity::Entity;
use intake::domain::id::{FeedbackId, IdeaId};
use intake::workspace::{Opening, Workspace};
use serde_json::Value;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// At which ranks recall is told.
const RANKS: [usize; 4] = [1, 3, 5, 10];

/// What the keys of a person who triages cost: a digit for one of the nine that are shown; otherwise `i`, some letters
/// of the title, and Enter.
const KEYS_WITHOUT: usize = 8;

struct Item {
    title: String,
    body: String,
    group: String,
}

fn main() -> Result<()> {
    let path = std::env::args()
        .nth(1)
        .ok_or("give a file of labelled lines")?;
    let items = read(&path)?;
    let folder = tempfile::tempdir()?;
    let mut replay = Replay::new(&folder.path().join("replay.db"))?;
    for item in &items {
        replay.step(item)?;
    }
    replay.report(&path, items.len());
    Ok(())
}

fn read(path: &str) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    for line in BufReader::new(File::open(path)?).lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let value: Value = serde_json::from_str(&line)?;
        let text = |key: &str| match &value[key] {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let group = text("group").or_else(|| text("label_or_duplicate_of"));
        items.push(Item {
            title: text("title").unwrap_or_default(),
            body: text("body").unwrap_or_default(),
            group: group.ok_or("a line has no group")?,
        });
    }
    Ok(items)
}

struct Replay {
    workspace: Workspace,
    ideas: HashMap<String, IdeaId>,
    /// The rank of the right idea, where it was suggested.
    ranks: Vec<Option<usize>>,
    /// Of questions whose idea exists: how many were answered with nothing. And of the others.
    silent: (usize, usize),
    firsts: usize,
    times: Vec<Duration>,
}

impl Replay {
    fn new(path: &std::path::Path) -> Result<Self> {
        Ok(Self {
            workspace: Workspace::open(path, Opening::default())?,
            ideas: HashMap::new(),
            ranks: Vec::new(),
            silent: (0, 0),
            firsts: 0,
            times: Vec::new(),
        })
    }

    fn step(&mut self, item: &Item) -> Result<()> {
        let feedback = self.add(item)?;
        let started = Instant::now();
        let suggested = self.workspace.suggestions(feedback, RANKS[3])?;
        self.times.push(started.elapsed());
        let silent = suggested.is_empty();
        if let Some(idea) = self.ideas.get(&item.group).copied() {
            let place = suggested.iter().position(|s| s.idea.id == idea);
            self.ranks.push(place.map(|place| place + 1));
            self.silent.0 += usize::from(silent);
            self.workspace.commit(&Deed::Link {
                feedback: vec![feedback],
                idea: IdeaTarget::Existing(idea),
                quote: None,
            })?;
        } else {
            self.firsts += 1;
            self.silent.1 += usize::from(silent);
            let idea = self.make(item, feedback)?;
            self.ideas.insert(item.group.clone(), idea);
        }
        Ok(())
    }
}

impl Replay {
    fn add(&mut self, item: &Item) -> Result<FeedbackId> {
        let outcome = self
            .workspace
            .commit(&Deed::AddFeedback(Box::new(NewFeedback {
                title: title(item),
                body: item.body.clone(),
                ..NewFeedback::default()
            })))?;
        let made = outcome.made.iter().find(|t| t.entity == Entity::Feedback);
        Ok(FeedbackId(made.ok_or("no feedback was made")?.id))
    }

    /// Makes an idea from an item, and links it.
    fn make(&mut self, item: &Item, feedback: FeedbackId) -> Result<IdeaId> {
        let outcome = self.workspace.commit(&Deed::CreateIdea(Box::new(NewIdea {
            title: title(item),
            edits: Vec::new(),
            from: vec![feedback],
        })))?;
        let made = outcome.made.iter().find(|t| t.entity == Entity::Idea);
        Ok(IdeaId(made.ok_or("no idea was made")?.id))
    }

    #[allow(clippy::cast_precision_loss)] // Counts of a labelled set.
    fn report(mut self, path: &str, items: usize) {
        let questions = self.ranks.len();
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        println!(
            "{path}: {items} items, {} ideas, {questions} questions",
            self.ideas.len()
        );
        for rank in RANKS {
            let found = self.ranks.iter().flatten().filter(|r| **r <= rank).count();
            println!(
                "recall at {rank:<2}               {:.3}",
                share(found, questions)
            );
        }
        let reciprocal: f64 = self
            .ranks
            .iter()
            .flatten()
            .map(|rank| 1.0 / *rank as f64)
            .sum();
        println!(
            "mean reciprocal rank       {:.3}",
            reciprocal / questions.max(1) as f64
        );
        let (wrongly, rightly) = self.silent;
        println!(
            "nothing suggested, wrongly {:.3} ({wrongly} of {questions} whose idea exists)",
            share(wrongly, questions)
        );
        println!(
            "nothing suggested, rightly {:.3} ({rightly} of {} whose idea does not)",
            share(rightly, self.firsts),
            self.firsts
        );
        let keys: usize = self
            .ranks
            .iter()
            .map(|rank| match rank {
                Some(1..=9) => 1,
                _ => KEYS_WITHOUT,
            })
            .sum();
        println!(
            "keys per item              {:.2} (1 for a digit, else {KEYS_WITHOUT}: i, letters, Enter)",
            share(keys, questions)
        );
        self.times.sort_unstable();
        let at = |share: usize| self.times.get(self.times.len() * share / 100);
        println!(
            "time per suggestion        median {:?}, 99th percentile {:?}",
            at(50).copied().unwrap_or_default(),
            at(99).copied().unwrap_or_default()
        );
    }
}

/// Titles may not be blank.
fn title(item: &Item) -> String {
    let own = item.title.trim();
    let first = item
        .body
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty());
    match (own, first) {
        ("", Some(first)) => first.chars().take(120).collect(),
        ("", None) => "(no title)".to_owned(),
        (own, _) => own.to_owned(),
    }
}
