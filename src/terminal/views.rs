//! Saved views: those of the configuration beside those of the workspace, and how the latter are written.

use crate::problem::{Kind, Problem};
use crate::workspace::Workspace;

/// The views of the configuration and those of the workspace, which come first and win where a name is in both.
pub(super) fn all(
    configured: &[(String, String)],
    mut saved: Vec<(String, String)>,
) -> Vec<(String, String)> {
    for (name, filter) in configured {
        if saved.iter().all(|(known, _)| known != name) {
            saved.push((name.clone(), filter.clone()));
        }
    }
    saved
}

/// Whether a view is one of the workspace, which the console may take away: those of the configuration are the user's file.
fn is_saved(name: &str, saved: &[(String, String)]) -> Result<(), Problem> {
    if saved.iter().any(|(known, _)| known == name) {
        return Ok(());
    }
    let summary = format!("the view “{name}” is one of the configuration");
    Err(Problem::new(Kind::Refused, summary).hint("change it under [views] there"))
}

/// Saves a view of that name and filter, forgets it where the filter is empty, or gives it this name in place of another one;
/// answers what was done.
///
/// # Errors
/// When the view that is to go is one of the configuration, the new name is taken, or the workspace cannot be written.
pub(super) fn write(
    workspace: &mut Workspace,
    configured: &[(String, String)],
    (name, filter): (&str, &str),
    renamed: Option<&str>,
) -> Result<String, Problem> {
    let gone = renamed.or(filter.is_empty().then_some(name));
    let views = workspace.views()?;
    if let Some(gone) = gone {
        is_saved(gone, &views)?;
    }
    let is_taken = |(known, was): &(String, String)| known == name && was != filter;
    if renamed.is_some() && views.iter().any(is_taken) {
        let summary = format!("there is a view called “{name}” already");
        return Err(Problem::new(Kind::Refused, summary));
    }
    // One that is as the configuration has it goes on following that.
    let is_it = |(known, has): &(String, String)| known == name && has == filter;
    let follows = renamed.is_none() && configured.iter().any(is_it);
    workspace.save_view(name, if follows { "" } else { filter })?;
    Ok(match renamed {
        Some(before) if before != name => {
            workspace.save_view(before, "")?;
            format!("“{before}” is called “{name}” now")
        }
        _ if filter.is_empty() => {
            let was = views.iter().find(|(known, _)| known == name);
            let was = was.map_or("", |(_, was)| was.as_str());
            format!("the view “{name}” is forgotten: {was}")
        }
        _ => format!("the view “{name}” is saved: {filter}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Opening;

    #[test]
    fn a_view_saved_in_the_workspace_wins_over_one_of_the_configuration() {
        let view = |name: &str, filter: &str| (name.to_owned(), filter.to_owned());
        let configured = [view("Mine", "is:mine"), view("Old", "age:>30d")];
        assert_eq!(
            all(&configured, vec![view("Mine", "is:mine is:waiting")]),
            [view("Mine", "is:mine is:waiting"), view("Old", "age:>30d")]
        );
    }

    #[test]
    fn a_view_that_is_put_back_to_that_of_the_configuration_follows_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("acme.db");
        let mut workspace = Workspace::open(&path, Opening::default()).expect("a workspace");
        let configured = [("Mine".to_owned(), "is:mine".to_owned())];
        let mut save = |filter: &str| {
            write(&mut workspace, &configured, ("Mine", filter), None).expect("saved");
            workspace.views().expect("views").len()
        };
        assert_eq!(save("is:waiting"), 1);
        assert_eq!(save("is:mine"), 0);
        let forgotten = write(&mut workspace, &configured, ("Mine", ""), None);
        assert_eq!(forgotten.expect_err("not ours").kind, Kind::Refused);
    }
}
