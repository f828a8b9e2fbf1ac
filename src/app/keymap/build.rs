//! The keymap in force: the table's keys, changed by a preset, changed by what a person wrote.

use super::super::command::{self, Context, Row};
use super::super::key::Key;
use super::{Binding, Keymap, SCOPES, presets};
use crate::config::{self, Fault, KeyPreset, Placed, did_you_mean};

/// A binding of a preset or a person, understood: the keys of one command in one context.
pub(super) struct Wanted<'a> {
    context: Context,
    row: &'static Row,
    keys: Vec<WantedKeys<'a>>,
}

/// A sequence of keys, its place in the list, and where it was written.
type WantedKeys<'a> = (Vec<Key>, usize, Option<&'a Placed<String>>);

impl Wanted<'_> {
    /// Whether both are about the same command in the same context.
    pub(super) fn is_about_the_same(&self, other: &Wanted<'_>) -> bool {
        self.context == other.context && self.row.command == other.row.command
    }

    /// Whether it says which keys that binding's command has there instead.
    fn replaces(&self, known: &Binding) -> bool {
        self.context == known.context && self.row.command == known.command.row().command
    }
}

impl Keymap {
    /// The keys of `preset`, changed by what is written.
    ///
    /// A written binding replaces all keys that its command has in those contexts; what is written for few contexts counts
    /// before what is written for many. It takes no keys from a command that nothing is written about: who wants a key that is
    /// in use, or one that begins others as `g` does, says which keys that command has instead, or that it has none.
    ///
    /// # Errors
    /// Every fault with its place: a context, a command or a key that does not exist, a command that does not work there,
    /// a key that has a meaning already or can never be reached, a character that would be lost for typing.
    pub fn build(preset: KeyPreset, written: &[config::Binding]) -> Result<Self, Vec<Fault>> {
        let mut keymap = Self::default();
        keymap.change(presets::wanted(preset));
        let mut faults = Vec::new();
        let mut understood: Vec<(usize, Vec<Wanted<'_>>)> = written
            .iter()
            .map(|binding| understand(binding, &mut faults))
            .collect();
        // The wider first, so that the narrower replaces it.
        understood.sort_by_key(|(width, _)| std::cmp::Reverse(*width));
        let mut wanted: Vec<Wanted<'_>> = Vec::new();
        for one in understood.into_iter().flat_map(|(_, each)| each) {
            wanted.retain(|known| !known.is_about_the_same(&one));
            wanted.push(one);
        }
        if !wanted.is_empty() {
            // Else the table is not looked at, which takes longer than to read an empty configuration.
            clashes(&wanted, &mut faults);
            takings(keymap.bindings(), &wanted, &mut faults);
        }
        if !faults.is_empty() {
            faults.sort_by_key(|fault| fault.place);
            return Err(faults);
        }
        keymap.change(wanted);
        Ok(keymap)
    }

    /// Replaces the keys of commands. Keys that are wanted for something else are taken away from what had them: a preset may.
    fn change(&mut self, wanted: Vec<Wanted<'_>>) {
        if wanted.is_empty() {
            return;
        }
        let mut bindings = self.bindings().to_vec();
        bindings.retain(|known| {
            wanted.iter().all(|w| {
                let takes = |(keys, ..): &WantedKeys<'_>| overlap(keys, &known.keys);
                w.context != known.context || !(w.replaces(known) || w.keys.iter().any(takes))
            })
        });
        for w in wanted {
            for (keys, place, _) in w.keys {
                bindings.push(Binding {
                    context: w.context,
                    keys,
                    command: w.row.command_at(place),
                });
            }
        }
        *self = Self::in_order(bindings);
    }
}

/// Whether typing one of them is, or begins, typing the other.
fn overlap(a: &[Key], b: &[Key]) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

/// Whether a command leads out of a view or of the program: whoever has no key for it is caught.
fn is_way_out(row: &Row) -> bool {
    matches!(
        row.command,
        command::Command::Quit | command::Command::Close
    )
}

/// Reads what was written for one command; also in how many contexts it was written for.
fn understand<'a>(
    binding: &'a config::Binding,
    faults: &mut Vec<Fault>,
) -> (usize, Vec<Wanted<'a>>) {
    let scope = SCOPES.iter().find(|(name, _)| *name == *binding.context);
    let row = command::named(&binding.command);
    if scope.is_none() {
        let names: Vec<&str> = SCOPES.iter().map(|(name, _)| *name).collect();
        let hint = did_you_mean(&binding.context, &names)
            .unwrap_or_else(|| format!("known are {}", names.join(", ")));
        let message = format!("there is no context `{}`", *binding.context);
        let fault = binding.context.fault(message, Some(hint));
        // Once for the table, not for each of its lines.
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }
    if row.is_none() {
        let names: Vec<&str> = command::rows().map(|row| row.name).collect();
        let hint = did_you_mean(&binding.command, &names)
            .unwrap_or_else(|| "`intake config --default keymap` lists all commands".to_owned());
        let message = format!("there is no command `{}`", *binding.command);
        faults.push(binding.command.fault(message, Some(hint)));
    }
    if let Some(row) = row.filter(|row| is_way_out(row) && binding.keys.is_empty()) {
        let message = format!("`{}` needs a key: nothing else does what it does", row.name);
        let hint = format!("write another key for it: {} = [\"F10\"]", row.name);
        faults.push(binding.command.fault(message, Some(hint)));
    }
    let mut keys = Vec::new();
    for (place, written) in binding.keys.iter().enumerate() {
        match Key::sequence(written) {
            Ok(sequence) => keys.push((sequence, place, Some(written))),
            Err(error) => faults.push(written.fault(error.to_string(), None)),
        }
    }
    let (Some((_, contexts)), Some(row)) = (scope, row) else {
        return (0, Vec::new());
    };
    let contexts: Vec<Context> = contexts
        .iter()
        .copied()
        .filter(|c| row.contexts.contains(c))
        .collect();
    if contexts.is_empty() {
        let there: Vec<&str> = row.contexts.iter().map(|context| context.name()).collect();
        let message = format!("`{}` does not work in {}", row.name, *binding.context);
        let hint = format!("it works in {}", there.join(", "));
        faults.push(binding.command.fault(message, Some(hint)));
    }
    if contexts.iter().any(|context| context.is_typing()) {
        for (sequence, _, written) in &keys {
            let lost = sequence.first().and_then(|key| key.typed());
            if let (Some(character), Some(written)) = (lost, written) {
                let message = format!("“{character}” could no longer be typed into a text");
                faults.push(written.fault(message, Some("add Ctrl- or Alt-".to_owned())));
            }
        }
    }
    let wanted = contexts.iter().map(|context| Wanted {
        context: *context,
        row,
        keys: keys.clone(),
    });
    (contexts.len(), wanted.collect())
}

/// Finds keys that were written for two commands at once, each pair once.
fn clashes(wanted: &[Wanted<'_>], faults: &mut Vec<Fault>) {
    for (place, one) in wanted.iter().enumerate() {
        for (number, (keys, _, written)) in one.keys.iter().enumerate() {
            let here = wanted[..place].iter().filter(|w| w.context == one.context);
            let others = here
                .flat_map(|w| w.keys.iter().map(move |(keys, _, _)| (w.row, keys)))
                .chain(
                    one.keys[..number]
                        .iter()
                        .map(|(keys, _, _)| (one.row, keys)),
                );
            let clash = others.into_iter().find(|(_, other)| overlap(keys, other));
            let (Some((row, other)), Some(written)) = (clash, written) else {
                continue;
            };
            let message = if other == keys {
                format!("`{}` is `{}` already", Key::write(keys), row.name)
            } else {
                format!(
                    "`{}` gets in the way of `{}`, which is `{}`",
                    Key::write(keys),
                    Key::write(other),
                    row.name
                )
            };
            let fault = written.fault(message, Some("give one of them another key".to_owned()));
            if !faults.contains(&fault) {
                faults.push(fault);
            }
        }
    }
}

/// Finds keys that were written for one command while another has them, or has keys that begin with them, and would lose
/// those without a word: nothing was written about it. Each key that was written is told once, with all whom it concerns.
fn takings(bindings: &[Binding], wanted: &[Wanted<'_>], faults: &mut Vec<Fault>) {
    let kept: Vec<&Binding> = bindings
        .iter()
        .filter(|known| !wanted.iter().any(|w| w.replaces(known)))
        .collect();
    let mut taken: Vec<(&Placed<String>, &[Key], Vec<&Binding>)> = Vec::new();
    for w in wanted {
        for (keys, _, written) in &w.keys {
            let Some(written) = *written else { continue };
            let losers = kept
                .iter()
                .filter(|known| known.context == w.context && overlap(keys, &known.keys));
            // The same line counts in several contexts.
            let place = taken
                .iter()
                .position(|(line, ..)| std::ptr::eq(*line, written));
            let place = place.unwrap_or_else(|| {
                taken.push((written, keys, Vec::new()));
                taken.len() - 1
            });
            taken[place].2.extend(losers);
        }
    }
    for (written, keys, losers) in taken {
        let mut names: Vec<(&str, String)> = Vec::new();
        for known in losers {
            let name = known.command.row().name;
            if !names.iter().any(|(there, _)| *there == name) {
                names.push((name, Key::write(&known.keys)));
            }
        }
        let Some((first, has)) = names.first() else {
            continue;
        };
        let mut message = match *has == Key::write(keys) {
            true => format!("`{has}` is `{first}` already"),
            false => format!(
                "`{}` gets in the way of `{has}`, which is `{first}`",
                Key::write(keys)
            ),
        };
        match names.len() - 1 {
            0 => {}
            1 => message.push_str(&format!(", and of `{}`", names[1].0)),
            more => message.push_str(&format!(", and of {more} others")),
        }
        let hint = match command::named(first).is_some_and(is_way_out) {
            true => format!("choose another key, or write other keys for `{first}`"),
            false => format!("choose another key, or write `{first} = []` or other keys for it"),
        };
        faults.push(written.fault(message, Some(hint)));
    }
}

/// A preset's row for [`presets`]: understood without places, for it stands in no file.
pub(super) fn built_in(scope: &str, name: &str, keys: &[&str]) -> Vec<Wanted<'static>> {
    let contexts = SCOPES
        .iter()
        .find(|(known, _)| *known == scope)
        .map_or(&[][..], |(_, contexts)| contexts);
    let Some(row) = command::named(name) else {
        return Vec::new();
    };
    let keys: Vec<_> = keys
        .iter()
        .enumerate()
        .map(|(place, keys)| (Key::sequence(keys).unwrap_or_default(), place, None))
        .collect();
    let contexts = contexts
        .iter()
        .copied()
        .filter(|context| row.contexts.contains(context));
    contexts
        .map(|context| Wanted {
            context,
            row,
            keys: keys.clone(),
        })
        .collect()
}
