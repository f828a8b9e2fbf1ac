//! Which message of a mailbox began the conversation that another one belongs to.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Message;

/// How many messages are remembered: some 30 MiB.
pub const MOST: usize = 250_000;
/// How many steps a reply may be away from the beginning, where it does not name it.
const STEPS: usize = 100;

/// The conversations of a mailbox.
#[derive(Clone, Debug, Default)]
pub struct Threads {
    known: HashMap<u64, Known>,
    /// The mailing list that all messages so far went through; the inner is `None` once they differ.
    list: Option<Option<String>>,
}

/// A message that is imported.
#[derive(Clone, Debug)]
struct Known {
    id: Box<str>,
    /// The messages before it, hashed.
    earlier: Box<[u64]>,
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

impl Threads {
    /// Remembers a message, if it is one that is imported.
    pub fn add(&mut self, message: &Message<'_>) {
        if message.no_words().is_some() || is_blank(message) {
            return;
        }
        let list = message.list();
        match &self.list {
            None => self.list = Some(list),
            Some(same) if *same == list => {}
            Some(_) => self.list = Some(None),
        }
        let Some(id) = message.id().filter(|_| !self.is_full()) else {
            return;
        };
        let earlier = message.earlier();
        self.known.entry(hash(id)).or_insert_with(|| Known {
            id: id.into(),
            earlier: earlier.into_iter().map(hash).collect(),
        });
    }

    /// Whether there is no room for another message.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.known.len() >= MOST
    }

    /// The mailing list that all messages went through, if they did.
    #[must_use]
    pub fn list(&self) -> Option<String> {
        self.list.clone().flatten()
    }

    /// The id of the message that began the conversation which this message continues: the earliest that is here. `None`
    /// when nothing before it is here, so that it stands for itself.
    #[must_use]
    pub fn root(&self, message: &Message<'_>) -> Option<&str> {
        let own = message.id().map(hash);
        let earlier: Vec<u64> = message.earlier().into_iter().map(hash).collect();
        let mut root = self.before(&earlier, own)?;
        for _ in 0..STEPS {
            match self.before(&root.earlier, Some(hash(&root.id))) {
                Some(before) if Some(hash(&before.id)) == own => return None,
                Some(before) => root = before,
                None => return Some(&root.id),
            }
        }
        None
    }

    fn before(&self, earlier: &[u64], own: Option<u64>) -> Option<&Known> {
        earlier
            .iter()
            .filter(|id| Some(**id) != own)
            .find_map(|id| self.known.get(id))
    }
}

fn is_blank(message: &Message<'_>) -> bool {
    message.subject().is_empty() && message.text().is_ok_and(|text| text.text.trim().is_empty())
}
