//! What only the texts can tell: phrases, and what `or` and `-` make of them.

use roaring::RoaringBitmap;

use super::Texts;
use crate::search::{Asked, Finder};

/// So many words and phrases are looked for one by one; more of them together, which takes as long however many they are.
const FEW: usize = 8;

/// What the index leaves open.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::store) struct Unproven {
    /// What matches whatever its texts say.
    pub(super) sure: RoaringBitmap,
    /// What the texts of the others must say.
    pub(super) rule: Rule,
}

/// What a text must say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    /// What is looked for, each once.
    asked: Vec<Asked>,
    tree: Tree,
}

/// Conditions on what was met of that.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Tree {
    One(usize),
    /// The same, or one of these in ascending order, which a word is the number or the link of.
    Named(usize, Vec<u32>),
    All(Vec<Tree>),
    Any(Vec<Tree>),
    Not(Box<Tree>),
}

impl Rule {
    /// That all of these are met.
    pub(super) fn all_of(parts: &[Texts]) -> Self {
        let mut asked = Vec::new();
        let tree = Tree::All(each(parts, &mut asked));
        Self { asked, tree }
    }

    /// The means to look for it in one feedback after the other.
    pub(super) fn looking(&self) -> Looking<'_> {
        Looking {
            rule: self,
            together: (self.asked.len() > FEW).then(|| Finder::of_asked(&self.asked)),
            met: vec![false; self.asked.len()],
        }
    }
}

impl Tree {
    fn of(texts: &Texts, asked: &mut Vec<Asked>) -> Self {
        match texts {
            Texts::Asked(one) => Self::One(place(one, asked)),
            Texts::Named(_, one, named) => Self::Named(place(one, asked), named.clone()),
            Texts::All(parts) => Self::All(each(parts, asked)),
            Texts::Any(parts) => Self::Any(each(parts, asked)),
            Texts::Not(part) => Self::Not(Box::new(Self::of(part, asked))),
        }
    }

    fn holds(&self, met: &[bool], document: u32) -> bool {
        let is_met = |place: usize| met.get(place).copied().unwrap_or(false);
        match self {
            Self::One(place) => is_met(*place),
            Self::Named(place, named) => is_met(*place) || named.binary_search(&document).is_ok(),
            Self::All(parts) => parts.iter().all(|part| part.holds(met, document)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(met, document)),
            Self::Not(part) => !part.holds(met, document),
        }
    }
}

fn each(parts: &[Texts], asked: &mut Vec<Asked>) -> Vec<Tree> {
    parts.iter().map(|part| Tree::of(part, asked)).collect()
}

/// Where `one` stands among what is looked for, once it stands there.
fn place(one: &Asked, asked: &mut Vec<Asked>) -> usize {
    let known = asked.iter().position(|known| known == one);
    known.unwrap_or_else(|| {
        asked.push(one.clone());
        asked.len() - 1
    })
}

/// What of a rule was met in the texts of one feedback.
pub(super) struct Looking<'r> {
    rule: &'r Rule,
    together: Option<Finder>,
    met: Vec<bool>,
}

impl Looking<'_> {
    /// Another feedback: nothing was met yet.
    pub(super) fn begin(&mut self) {
        self.met.fill(false);
    }

    /// Takes note of what is in one of its texts.
    pub(super) fn note(&mut self, text: &str) {
        match &self.together {
            Some(finder) => {
                let seen = finder.seen(text);
                for (place, met) in self.met.iter_mut().enumerate() {
                    *met = *met || seen.has(place);
                }
            }
            None => {
                for (met, asked) in self.met.iter_mut().zip(&self.rule.asked) {
                    *met = *met || asked.is_in(text);
                }
            }
        }
    }

    /// Whether another text may have what was not met yet.
    pub(super) fn wants_more(&self) -> bool {
        self.met.contains(&false)
    }

    /// Whether the feedback, all of whose texts were looked at, matches.
    pub(super) fn holds(&self, document: u32) -> bool {
        self.rule.tree.holds(&self.met, document)
    }
}
