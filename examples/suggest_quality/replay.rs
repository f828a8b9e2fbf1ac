//! The replay. The first item of a group makes an idea from itself and is linked to it. For each later item of the group the
//! suggestions are asked before it is linked to that idea. For first items they are asked as well: there, nothing is the right
//! answer.
//!
//! Two more things are asked before each link. Every group is given to one of [`COMPANIES`] made-up companies: is an earlier
//! item of the group found among the newest of that company, and nothing else? An item is told its company behind the question
//! for ideas, which the company would give away. Where they are `spread`, each item is given to the next company instead, so that the
//! companies speak of everything. And where lines have `component`, each has an owner of its own: is that owner
//! named, or nobody?

use std::collections::{HashMap, HashSet, VecDeque};
use std::error::Error;
use std::time::{Duration, Instant};

use intake::domain::deed::{
    AreaEdit, Deed, FeedbackEdit, IdeaEdit, IdeaTarget, NewFeedback, NewIdea, PersonEdit,
};
use intake::domain::entity::Entity;
use intake::domain::feedback::Importance;
use intake::domain::id::{FeedbackId, IdeaId};
use intake::domain::people::Handle;
use intake::workspace::{Opening, Workspace};

use crate::labelled::Item;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// At which ranks recall is told.
pub const RANKS: [usize; 4] = [1, 3, 5, 10];

/// What the keys of a person who triages cost: a digit for one of the nine that are shown; otherwise `i`, some letters
/// of the title, and Enter.
pub const KEYS_WITHOUT: usize = 8;

/// Over how many companies the groups are spread, and how many of the newest of one are compared.
const COMPANIES: usize = 16;
const COMPARED: usize = 64;

/// Into so many parts the length of the bar is divided, to tell how often what it says is right.
const BARS: usize = 5;

/// What was said of how many, and how much of it was right.
#[derive(Default)]
pub struct Said {
    pub of: usize,
    pub said: usize,
    pub rightly: usize,
    /// Of how many something could have been said, and of how many of those nothing was.
    pub possible: usize,
    pub silent: usize,
}

impl Said {
    fn note(&mut self, right: Option<bool>, possible: bool) {
        self.of += 1;
        self.said += usize::from(right.is_some());
        self.rightly += usize::from(right == Some(true));
        self.possible += usize::from(possible);
        self.silent += usize::from(possible && right != Some(true));
    }
}

/// A replay under way, and what it has found.
pub struct Replay {
    workspace: Workspace,
    /// Whether ideas are made at all: the first day after an import there are none, and the same item is asked for all the same.
    makes_ideas: bool,
    /// Whether the items of a group come from all companies, in turn.
    is_spread: bool,
    pub ideas: HashMap<String, IdeaId>,
    /// The groups of the newest items of each company, and that of each item.
    told: Vec<VecDeque<String>>,
    groups: HashMap<FeedbackId, String>,
    owners: HashSet<Handle>,
    areas: HashSet<String>,
    /// By the length of the bar of the first idea: how often that was the right one.
    pub believed: [Said; BARS],
    pub same: Said,
    pub owner: Said,
    pub hint_times: Vec<Duration>,
    pub link_times: Vec<Duration>,
    pub other_times: Vec<Duration>,
    /// The rank of the right idea, where it was suggested.
    pub ranks: Vec<Option<usize>>,
    /// Of questions whose idea exists: how many were answered with nothing. And of the others.
    pub silent: (usize, usize),
    pub firsts: usize,
    pub times: Vec<Duration>,
}

impl Replay {
    /// Begins in a new workspace.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new(path: &std::path::Path, makes_ideas: bool, is_spread: bool) -> Result<Self> {
        Ok(Self {
            workspace: Workspace::open(path, Opening::default())?,
            makes_ideas,
            is_spread,
            ideas: HashMap::new(),
            told: vec![VecDeque::new(); COMPANIES],
            groups: HashMap::new(),
            owners: HashSet::new(),
            areas: HashSet::new(),
            believed: Default::default(),
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

    /// The next item.
    ///
    /// # Errors
    /// When a deed is refused or fails.
    pub fn step(&mut self, item: &Item) -> Result<()> {
        let feedback = self.add(item)?;
        let started = Instant::now();
        let suggested = self.workspace.suggestions(feedback, RANKS[3])?;
        self.times.push(started.elapsed());
        let silent = suggested.is_empty();
        let right = self.ideas.get(&item.group);
        if let Some(first) = suggested.first() {
            let bar = (first.score * BARS as f32) as usize;
            self.believed[bar.min(BARS - 1)].note(Some(Some(&first.idea.id) == right), true);
        }
        self.tell_company(item, feedback)?;
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
        } else if self.makes_ideas {
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
        let possible = self.told[self.company(item)].contains(&item.group);
        self.same.note(right, possible);
        if let Some(owner) = &item.owner {
            let right = hints.owner.map(|likely| likely.owner == *owner);
            self.owner.note(right, self.owners.contains(owner));
        }
        Ok(())
    }

    /// Gives the item to its owner, and keeps in mind to whom it belongs.
    fn remember(&mut self, item: &Item, feedback: FeedbackId) -> Result<()> {
        let company = self.company(item);
        let told = &mut self.told[company];
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

impl Replay {
    /// The made-up company of an item: that of its group, or the next in turn.
    fn company(&self, item: &Item) -> usize {
        if self.is_spread {
            return self.groups.len() % COMPANIES;
        }
        let mix = |sum: usize, byte: u8| sum.wrapping_mul(33) ^ usize::from(byte);
        item.group.bytes().fold(5_381, mix) % COMPANIES
    }

    fn add(&mut self, item: &Item) -> Result<FeedbackId> {
        if let Some(area) = &item.area
            && self.areas.insert(area.clone())
        {
            self.workspace.commit(&Deed::SaveArea {
                name: area.clone(),
                edit: AreaEdit::default(),
            })?;
        }
        let area = item.area.clone();
        let outcome = self
            .workspace
            .commit(&Deed::AddFeedback(Box::new(NewFeedback {
                title: item.title.clone(),
                body: item.body.clone(),
                edits: vec![FeedbackEdit::Area(area)],
                ..NewFeedback::default()
            })))?;
        let made = outcome.made.iter().find(|t| t.entity == Entity::Feedback);
        Ok(FeedbackId(made.ok_or("no feedback was made")?.id))
    }

    fn tell_company(&mut self, item: &Item, feedback: FeedbackId) -> Result<()> {
        let company = format!("Company {}", self.company(item));
        self.workspace.commit(&Deed::EditFeedback {
            feedback: vec![feedback],
            edits: vec![FeedbackEdit::Company(Some(company))],
        })?;
        Ok(())
    }

    /// Makes an idea from an item, and links it.
    fn make(&mut self, item: &Item, feedback: FeedbackId) -> Result<IdeaId> {
        let mut edits = self.colleague(item)?;
        edits.extend(item.area.clone().map(|area| IdeaEdit::Area(Some(area))));
        let outcome = self.workspace.commit(&Deed::CreateIdea(Box::new(NewIdea {
            title: item.title.clone(),
            edits,
            from: vec![feedback],
        })))?;
        let made = outcome.made.iter().find(|t| t.entity == Entity::Idea);
        Ok(IdeaId(made.ok_or("no idea was made")?.id))
    }
}
