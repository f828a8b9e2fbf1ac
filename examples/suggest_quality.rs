//! How good are the suggestions? Replays a labelled set through a real workspace, in time order.
//!
//! `cargo run --release --example suggest_quality -- FILE.jsonl`
//!
//! Each line is an object with `id`, `title`, `body` and `group` (or `label_or_duplicate_of`), sorted by id. The first item
//! of a group makes an idea from itself and is linked to it. For each later item of the group the suggestions are asked
//! before it is linked to that idea. For first items they are asked as well: there, nothing is the right answer.
//!
//! Two more things are asked before each link. Every group is given to one of [`COMPANIES`] made-up companies: is an earlier
//! item of the group found among the newest of that company, and nothing else? And where lines have `product` and
//! `component`, each component has an owner of its own: is that owner named, or nobody?

use std::collections::{HashMap, HashSet, VecDeque};
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::time::{Duration, Instant};

use intake::domain::deed::{
    Deed, FeedbackEdit, IdeaEdit, IdeaTarget, NewFeedback, NewIdea, PersonEdit,
};
use intake::domain::entity::Entity;
use intake::domain::feedback::Importance;
use intake::domain::id::{FeedbackId, IdeaId};
use intake::domain::people::Handle;
use intake::workspace::{Opening, Workspace};
use serde_json::Value;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// At which ranks recall is told.
const RANKS: [usize; 4] = [1, 3, 5, 10];

/// What the keys of a person who triages cost: a digit for one of the nine that are shown; otherwise `i`, some letters
/// of the title, and Enter.
const KEYS_WITHOUT: usize = 8;

/// Over how many companies the groups are spread, and how many of the newest of one are compared.
const COMPANIES: usize = 16;
const COMPARED: usize = 64;

struct Item {
    title: String,
    body: String,
    group: String,
    owner: Option<Handle>,
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
            owner: text("component").and_then(|component| owner(text("product"), &component)),
        });
    }
    Ok(items)
}

/// The made-up owner of a component.
fn owner(product: Option<String>, component: &str) -> Option<Handle> {
    let name = format!("{}-{component}", product.unwrap_or_default());
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let name: String = name.chars().map(plain).collect();
    Handle::parse(name.trim_matches('-')).ok()
}

/// What was said of how many, and how much of it was right.
#[derive(Default)]
struct Said {
    of: usize,
    said: usize,
    rightly: usize,
    /// Of how many something could have been said, and of how many of those nothing was.
    possible: usize,
    silent: usize,
}

impl Said {
    fn note(&mut self, right: Option<bool>, possible: bool) {
        self.of += 1;
        self.said += usize::from(right.is_some());
        self.rightly += usize::from(right == Some(true));
        self.possible += usize::from(possible);
        self.silent += usize::from(possible && right != Some(true));
    }

    #[allow(clippy::cast_precision_loss)] // Counts of a labelled set.
    fn tell(&self, what: &str) {
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        let wrongly = self.said - self.rightly;
        println!(
            "{what:<26} {:.3} of {} that have one found; {wrongly} wrong ({:.3} of {} asked)",
            share(self.possible - self.silent, self.possible),
            self.possible,
            share(wrongly, self.of),
            self.of
        );
    }
}

struct Replay {
    workspace: Workspace,
    ideas: HashMap<String, IdeaId>,
    /// The groups of the newest items of each company, and that of each item.
    told: Vec<VecDeque<String>>,
    groups: HashMap<FeedbackId, String>,
    owners: HashSet<Handle>,
    same: Said,
    owner: Said,
    hint_times: Vec<Duration>,
    link_times: Vec<Duration>,
    other_times: Vec<Duration>,
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
            told: vec![VecDeque::new(); COMPANIES],
            groups: HashMap::new(),
            owners: HashSet::new(),
            same: Said::default(),
            owner: Said::default(),
            hint_times: Vec::new(),
            link_times: Vec::new(),
            other_times: Vec::new(),
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
        self.ask_hints(item, feedback)?;
        if let Some(idea) = self.ideas.get(&item.group).copied() {
            let place = suggested.iter().position(|s| s.idea.id == idea);
            self.ranks.push(place.map(|place| place + 1));
            self.silent.0 += usize::from(silent);
            let started = Instant::now();
            self.workspace.commit(&Deed::Link {
                feedback: vec![feedback],
                idea: IdeaTarget::Existing(idea),
                quote: None,
            })?;
            self.link_times.push(started.elapsed());
        } else {
            self.firsts += 1;
            self.silent.1 += usize::from(silent);
            let idea = self.make(item, feedback)?;
            self.ideas.insert(item.group.clone(), idea);
        }
        self.remember(item, feedback)
    }
}

/// What is asked beside the ideas.
impl Replay {
    fn ask_hints(&mut self, item: &Item, feedback: FeedbackId) -> Result<()> {
        let started = Instant::now();
        let hints = self.workspace.hints(feedback)?;
        self.hint_times.push(started.elapsed());
        let first = hints.same.first();
        let right = first.map(|same| self.groups.get(&same.row.id) == Some(&item.group));
        let possible = self.told[company(&item.group)].contains(&item.group);
        self.same.note(right, possible);
        if let Some(owner) = &item.owner {
            let right = hints.owner.map(|likely| likely.owner == *owner);
            self.owner.note(right, self.owners.contains(owner));
        }
        Ok(())
    }

    /// Gives the item to its owner, and keeps in mind to whom it belongs.
    fn remember(&mut self, item: &Item, feedback: FeedbackId) -> Result<()> {
        let told = &mut self.told[company(&item.group)];
        told.push_back(item.group.clone());
        if told.len() > COMPARED {
            told.pop_front();
        }
        self.groups.insert(feedback, item.group.clone());
        self.colleague(item)?;
        let started = Instant::now();
        self.workspace.commit(&match &item.owner {
            Some(owner) => Deed::Assign {
                feedback: vec![feedback],
                owner: Some(owner.clone()),
            },
            None => Deed::SetImportance {
                feedback: vec![feedback],
                importance: Some(Importance::Important),
            },
        })?;
        self.other_times.push(started.elapsed());
        Ok(())
    }

    /// The owner of an item as a colleague, made when first needed.
    fn colleague(&mut self, item: &Item) -> Result<Vec<IdeaEdit>> {
        let Some(owner) = &item.owner else {
            return Ok(Vec::new());
        };
        if self.owners.insert(owner.clone()) {
            self.workspace.commit(&Deed::SavePerson {
                handle: owner.clone(),
                edit: PersonEdit::default(),
            })?;
        }
        Ok(vec![IdeaEdit::Owner(Some(owner.clone()))])
    }
}

/// The made-up company of a group.
fn company(group: &str) -> usize {
    let mix = |sum: usize, byte: u8| sum.wrapping_mul(33) ^ usize::from(byte);
    group.bytes().fold(5_381, mix) % COMPANIES
}

impl Replay {
    fn add(&mut self, item: &Item) -> Result<FeedbackId> {
        let outcome = self
            .workspace
            .commit(&Deed::AddFeedback(Box::new(NewFeedback {
                title: title(item),
                body: item.body.clone(),
                edits: vec![FeedbackEdit::Company(Some(format!(
                    "Company {}",
                    company(&item.group)
                )))],
                ..NewFeedback::default()
            })))?;
        let made = outcome.made.iter().find(|t| t.entity == Entity::Feedback);
        Ok(FeedbackId(made.ok_or("no feedback was made")?.id))
    }

    /// Makes an idea from an item, and links it.
    fn make(&mut self, item: &Item, feedback: FeedbackId) -> Result<IdeaId> {
        let edits = self.colleague(item)?;
        let outcome = self.workspace.commit(&Deed::CreateIdea(Box::new(NewIdea {
            title: title(item),
            edits,
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
        self.same.tell("the same of its company");
        if self.owner.of > 0 {
            self.owner.tell("the owner of its component");
        }
        let last = self.times.split_off(self.times.len() * 9 / 10);
        self.times.extend(&last);
        for (what, times) in [
            ("time per suggestion", self.times),
            ("  of the last tenth", last),
            ("time for owner and same", self.hint_times),
            ("time per link", self.link_times),
            ("time per deed beside that", self.other_times),
        ] {
            tell_times(what, times);
        }
    }
}

fn tell_times(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100);
    println!(
        "{what:<26} median {:?}, 99th percentile {:?}",
        at(50).copied().unwrap_or_default(),
        at(99).copied().unwrap_or_default()
    );
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
