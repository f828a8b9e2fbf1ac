//! `keymap.toml`: which keys a person wants for which command. Names of contexts, commands and keys stay
//! plain text here; the room that knows them finds the wrong ones and reports them with their place.

use toml::de::DeValue;

use super::fault::Placed;
use super::source::{Entry, Section, Source, shorten};

/// The keys of one command in one context. They replace the keys it had there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The context, such as `inbox`: the name of the table.
    pub context: Placed<String>,
    /// The command: the name on the left.
    pub command: Placed<String>,
    /// The keys, each a sequence such as `g i`; none means that the command has no key.
    pub keys: Vec<Placed<String>>,
}

pub(super) fn read<'t>(section: Section<'t>, source: &mut Source<'t>) -> Vec<Binding> {
    let mut bindings = Vec::new();
    for context in section.into_entries() {
        let name = source.placed(context.key_span, context.key);
        let example = "[inbox]";
        let Some(commands) = source.table(&name, &context.value, example) else {
            continue;
        };
        for entry in commands.into_entries() {
            if let Some(binding) = binding(&name, entry, source) {
                bindings.push(binding);
            }
        }
    }
    bindings
}

fn binding<'t>(
    context: &Placed<String>,
    entry: Entry<'t>,
    source: &mut Source<'t>,
) -> Option<Binding> {
    let command = source.placed(entry.key_span, entry.key);
    let keys = match entry.value.get_ref() {
        DeValue::Boolean(false) => Vec::new(),
        DeValue::String(_) => vec![source.word(&command, &entry.value)?],
        DeValue::Array(list) => list
            .iter()
            .filter_map(|key| source.word(&command, key))
            .collect(),
        _ => {
            let message = format!(
                "`{}` expects a key, a list of keys, or false",
                shorten(&command)
            );
            let hint = "write \"x\", [\"x\", \"g x\"], or [] for no key".to_owned();
            source.fault(entry.value.span(), message, Some(hint));
            return None;
        }
    };
    Some(Binding {
        context: context.clone(),
        command,
        keys,
    })
}
