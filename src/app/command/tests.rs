use super::super::key::Key;
use super::super::keymap::{Keymap, Lookup};
use super::*;

/// Keys that terminals send for others, or that stop their output.
const UNUSABLE: &[&str] = &["Ctrl-h", "Ctrl-i", "Ctrl-j", "Ctrl-m", "Ctrl-q"];

#[test]
fn names_and_commands_are_unambiguous() {
    let all: Vec<&Row> = rows().collect();
    for (place, row) in all.iter().enumerate() {
        assert_eq!(row.command.row().name, row.name);
        assert!(!row.contexts.is_empty(), "{}", row.name);
        assert!(!row.help.ends_with('.'), "{}", row.name);
        assert!(
            row.name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        );
        for other in &all[place + 1..] {
            assert_ne!(row.name, other.name);
            assert_ne!(row.command, other.command);
        }
    }
}

#[test]
fn every_group_is_one_table() {
    assert_eq!(TABLES.len(), Group::ALL.len());
    for (table, group) in TABLES.iter().zip(Group::ALL) {
        assert!(table.iter().all(|row| row.group == *group), "{group:?}");
    }
}

#[test]
fn every_default_key_can_be_read_and_used() {
    for row in rows() {
        for keys in row.keys {
            let read = Key::sequence(keys);
            assert_eq!(
                read.as_deref().map(Key::write),
                Ok((*keys).to_owned()),
                "{}",
                row.name
            );
            assert!(!UNUSABLE.contains(keys), "{}", row.name);
        }
    }
}

#[test]
fn no_key_means_two_things_and_none_hides_another() {
    let keymap = Keymap::default();
    for (place, binding) in keymap.bindings().iter().enumerate() {
        assert_eq!(
            keymap.lookup(binding.context, &binding.keys),
            Lookup::Command(binding.command),
            "{} in {}",
            Key::write(&binding.keys),
            binding.context.name()
        );
        for other in &keymap.bindings()[place + 1..] {
            assert!(
                binding.context != other.context
                    || !(binding.keys.starts_with(&other.keys)
                        || other.keys.starts_with(&binding.keys)),
                "{} and {} in {}: {:?} {:?}",
                Key::write(&binding.keys),
                Key::write(&other.keys),
                binding.context.name(),
                binding.command,
                other.command
            );
        }
    }
}
