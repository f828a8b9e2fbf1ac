//! The README says what is true: its key table comes from the command table, its commands are those that run, its links
//! lead somewhere. `INTAKE_WRITE=1 cargo test --test readme` writes the table anew.

use std::fs;
use std::path::{Path, PathBuf};

use intake::app::command::reference::keys_markdown;
use intake::app::keymap::presets_markdown;
use intake::exchange::mapping::Field;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The text between `<!-- name: … -->` and `<!-- /name -->`.
fn between<'a>(text: &'a str, name: &str) -> (usize, &'a str) {
    let open = text
        .find(&format!("<!-- {name}:"))
        .expect("an opening mark");
    let start = open + text[open..].find("-->\n").expect("its end") + 4;
    let end = text
        .find(&format!("<!-- /{name} -->"))
        .expect("a closing mark");
    (start, &text[start..end])
}

/// What stands in a page under that name is what is wanted, or is written there.
fn is_written(page: &str, name: &str, wanted: &str) {
    let text = read(page);
    let (start, written) = between(&text, name);
    if written != wanted && std::env::var_os("INTAKE_WRITE").is_some() {
        let mut new = text.clone();
        new.replace_range(start..start + written.len(), wanted);
        fs::write(root().join(page), new).expect("the page can be written");
        return;
    }
    assert!(
        written == wanted,
        "the table of {name} in {page} is stale: INTAKE_WRITE=1 cargo test --test readme"
    );
}

#[test]
fn the_key_table_is_that_of_the_commands() {
    is_written("README.md", "keys", &format!("\n{}\n", keys_markdown()));
}

#[test]
fn the_tables_of_the_presets_are_those_of_the_program() {
    let wanted = format!("{}\n", presets_markdown());
    is_written("docs/configuration.md", "presets", &wanted);
}

#[test]
fn the_page_on_the_command_line_names_every_field_that_a_column_can_be() {
    let names: Vec<&str> = Field::ALL.iter().map(|field| field.name()).collect();
    let (last, others) = names.split_last().expect("fields");
    let wanted = format!("- The fields are {} and {last}.", others.join(", "));
    let page = read("docs/command-line.md").replace("\n  ", " ");
    assert!(page.contains(&wanted), "docs/command-line.md: {wanted}");
}

#[test]
fn ci_runs_the_commands_of_the_readme() {
    let (readme, ci) = (read("README.md"), read(".ci/run"));
    let command = |heading: &str| {
        let section = &readme[readme.find(heading).expect(heading)..];
        let line = section
            .lines()
            .find(|line| line.starts_with("    "))
            .expect("a command");
        line.trim().to_owned()
    };
    let (run, test) = (command("## Run it"), command("## Test it"));
    assert!(
        ci.lines().any(|line| line == test),
        "{test} is not in .ci/run"
    );
    assert!(run.contains("-- demo"), "{run}");
    let build = run.replace("run", "build").replace(" -- demo", "");
    assert!(
        ci.lines().any(|line| line == build),
        "{build} is not in .ci/run"
    );
}

#[test]
fn links_in_the_documents_lead_somewhere() {
    let mut documents = vec![root().join("README.md"), root().join("CHANGELOG.md")];
    for entry in fs::read_dir(root().join("docs")).expect("docs") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|e| e == "md") {
            documents.push(path);
        }
    }
    let mut checked = 0;
    for document in documents {
        let text = fs::read_to_string(&document).expect("text");
        for (at, _) in text.match_indices("](") {
            let target: String = text[at + 2..]
                .chars()
                .take_while(|c| *c != ')' && *c != '#')
                .collect();
            if target.is_empty() || target.contains("://") || target.contains(' ') {
                continue;
            }
            let path = document.parent().unwrap_or(Path::new(".")).join(&target);
            assert!(
                path.exists(),
                "{}: {target} does not exist",
                document.display()
            );
            checked += 1;
        }
    }
    assert!(checked > 5, "only {checked} links were found");
}

#[test]
fn the_minimum_version_is_the_one_stated() {
    let manifest = read("Cargo.toml");
    let version = manifest
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = \""))
        .map(|rest| rest.trim_end_matches('"').to_owned())
        .expect("a rust-version");
    assert!(read("README.md").contains(&format!("Rust {version}")));
}
