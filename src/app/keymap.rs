//! Which keys do what, in which context.

mod build;
mod file;
mod presets;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::command::{self, Command, Context, LOOKING, Row};
use super::key::Key;

pub use file::commented_default;
pub use presets::presets_markdown;

/// Names under which the keymap file speaks of several contexts at once, or of one; the smaller come first.
///
/// A binding counts in those of them in which its command works.
pub const SCOPES: &[(&str, &[Context])] = &[
    ("text", &[Context::Text]),
    ("passage", &[Context::Passage]),
    ("idea", &[Context::Idea]),
    ("board", &[Context::Board]),
    ("timeline", &[Context::Timeline]),
    ("sync", &[Context::Sync]),
    ("missing", &[Context::Missing]),
    ("present", &[Context::Present]),
    ("minutes", &[Context::Minutes]),
    ("charts", &[Context::Charts]),
    ("past", &[Context::Past]),
    ("entry", &[Context::Entry]),
    ("picker", &[Context::Picker]),
    ("form", &[Context::Form]),
    ("ideas", &[Context::Ideas, Context::Idea]),
    ("plan", &[Context::Plan, Context::Board]),
    ("inbox", &[Context::Inbox, Context::Text, Context::Passage]),
    (
        "meeting",
        &[Context::Sync, Context::Missing, Context::Present],
    ),
    ("typing", &[Context::Entry, Context::Picker, Context::Form]),
    ("everywhere", LOOKING),
];

/// Keys which mean a command in a context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Where.
    pub context: Context,
    /// One key, or several after one another.
    pub keys: Vec<Key>,
    /// What they do.
    pub command: Command,
}

/// The bindings in force. The default ones, which have no faults, are made when they are looked at first: no command but the
/// console does, and that one opens its file meanwhile.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    /// Where they are not the default ones: in the order of the command table. In one context no keys are bound twice, and
    /// none begin with other bound keys.
    changed: Option<Bindings>,
}

/// Bindings with the way to those of a context: every frame asks for the keys of a dozen commands.
#[derive(Clone, Debug)]
struct Bindings {
    all: Vec<Binding>,
    /// The places of those of each context, in their order.
    of: BTreeMap<Context, Vec<usize>>,
}

impl Bindings {
    fn new(all: Vec<Binding>) -> Self {
        let mut of: BTreeMap<Context, Vec<usize>> = BTreeMap::new();
        for (place, binding) in all.iter().enumerate() {
            of.entry(binding.context).or_default().push(place);
        }
        Self { all, of }
    }

    fn of(&self, context: Context) -> impl Iterator<Item = &Binding> {
        let places = self.of.get(&context).into_iter().flatten();
        places.filter_map(|place| self.all.get(*place))
    }
}

impl PartialEq for Keymap {
    fn eq(&self, other: &Self) -> bool {
        self.bindings() == other.bindings()
    }
}

impl Eq for Keymap {}

/// What the keys typed so far mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// They mean this.
    Command(Command),
    /// They begin these: for each the keys that are still to come, and the command.
    Pending(Vec<(Vec<Key>, Command)>),
    /// They mean nothing here.
    Nothing,
}

/// The default keys of the command table.
static DEFAULT: LazyLock<Bindings> = LazyLock::new(|| {
    let mut bindings = Vec::new();
    // In the order of the table as it is; see `in_order`, which looks each command up.
    for row in command::rows() {
        let mut of_row: Vec<Binding> = default_bindings(row).collect();
        of_row.sort_by_key(|binding| binding.context);
        bindings.append(&mut of_row);
    }
    Bindings::new(bindings)
});

/// The default keys of a row. A test reads every key of the table, so none is lost here.
fn default_bindings(row: &'static Row) -> impl Iterator<Item = Binding> {
    row.keys.iter().enumerate().flat_map(move |(place, keys)| {
        let keys = Key::sequence(keys).unwrap_or_default();
        row.contexts.iter().map(move |context| Binding {
            context: *context,
            keys: keys.clone(),
            command: row.command_at(place),
        })
    })
}

impl Keymap {
    /// What `keys`, typed one after another, mean in that context.
    #[must_use]
    pub fn lookup(&self, context: Context, keys: &[Key]) -> Lookup {
        let mut following = Vec::new();
        for binding in self.in_force().of(context) {
            match binding.keys.strip_prefix(keys) {
                Some([]) => return Lookup::Command(binding.command),
                Some(rest) => following.push((rest.to_vec(), binding.command)),
                None => {}
            }
        }
        if following.is_empty() {
            Lookup::Nothing
        } else {
            Lookup::Pending(following)
        }
    }

    /// Bindings in the order of the command table, those of a command by context, and within one as they were written.
    fn in_order(mut bindings: Vec<Binding>) -> Self {
        let place = |wanted: &Row| command::rows().position(|row| row.command == wanted.command);
        bindings.sort_by_cached_key(|binding| (place(binding.command.row()), binding.context));
        Self {
            changed: Some(Bindings::new(bindings)),
        }
    }

    /// The bindings, in the order of the command table.
    #[must_use]
    pub fn bindings(&self) -> &[Binding] {
        &self.in_force().all
    }

    fn in_force(&self) -> &Bindings {
        self.changed.as_ref().unwrap_or(&DEFAULT)
    }

    /// The keys of a command in a context, in the order of its row, as they are written.
    #[must_use]
    pub fn keys(&self, context: Context, command: Command) -> Vec<String> {
        self.in_force()
            .of(context)
            .filter(|b| b.command == command)
            .map(|b| Key::write(&b.keys))
            .collect()
    }
}
