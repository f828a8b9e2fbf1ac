//! What was typed for a file.

use std::path::PathBuf;

/// A path as it was typed: `~/` leads home, as in a shell.
pub(super) fn path(typed: &str) -> PathBuf {
    match (typed.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(typed),
    }
}
