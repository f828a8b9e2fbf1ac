//! A row of a Jira export. Its header repeats columns that have several values.

use super::standing_of;
use crate::domain::import::{ImportAuthor, ImportComment, ImportRecord};
use crate::exchange::convert::words;
use crate::exchange::dates;
use crate::exchange::dialects::work::{self, Standing, Work};
use crate::exchange::dialects::{Cells, Ground};
use crate::exchange::read::{Fault, Spot};
use crate::exchange::verdict::Verdict;

/// What a row brings.
pub fn row(ground: &Ground<'_>, cells: &Cells<'_>, record: ImportRecord) -> Verdict {
    match work(ground, cells, record) {
        Ok(work) => work.brings(),
        Err(faults) => Verdict::Faults(faults),
    }
}

fn work(ground: &Ground<'_>, cells: &Cells<'_>, record: ImportRecord) -> Result<Work, Vec<Fault>> {
    let one = |names: &[&str]| names.iter().find_map(|name| cells.one(name));
    let key = record.source_id.clone().unwrap_or_default();
    // The file does not tell its host. The project does not change with the name of the file.
    let project =
        one(&["Project key"]).or_else(|| key.rsplit_once('-').map(|(project, _)| project));
    let origin = ground.origin(project.map(str::to_owned));
    let standing = standing_of(
        one(&["Status"]).unwrap_or_default(),
        one(&["Status Category"]),
        one(&["Resolution"]),
        one(&["Resolved"]).is_some(),
    );
    let original = cells
        .all("Outward issue link (Duplicate)")
        .next()
        .filter(|original| *original != key && closed(standing));
    let releases = all(cells, &["Fix versions", "Fix Version/s"])
        .into_iter()
        .map(|name| ground.release(record.line, &origin, None, name))
        .collect();
    let parent = one(&["Custom field (Epic Link)", "Epic Link", "Parent key"]);
    let points = one(&[
        "Custom field (Story Points)",
        "Custom field (Story point estimate)",
        "Story Points",
    ]);
    let seconds = one(&["Original estimate"]).and_then(|seconds| seconds.parse().ok());
    let versions = all(cells, &["Affects versions", "Affects Version/s"]);
    Ok(Work {
        record: ImportRecord {
            url: link(ground, &key),
            reporter: one(&["Reporter", "Creator"]).and_then(work::colleague),
            customer: None,
            owner: one(&["Assignee"]).and_then(work::colleague),
            tags: all(cells, &["Labels", "Components", "Component/s"])
                .into_iter()
                .map(str::to_owned)
                .collect(),
            needed_by: one(&["Due date"]).and_then(work::day),
            product_version: Some(versions.join(", ")).filter(|versions| !versions.is_empty()),
            comments: comments(cells)?,
            duplicate_of: original.map(str::to_owned),
            origin: origin.clone(),
            ..record
        },
        kind: one(&["Issue Type"]).map(str::to_owned),
        standing: original.map_or(standing, |_| Standing::Duplicate),
        status: one(&["Status"]).map(str::to_owned),
        scheduled: cells.one("Sprint").is_some(),
        releases,
        effort: points
            .and_then(work::effort_of_points)
            .or_else(|| seconds.and_then(work::effort_of_seconds)),
        parent: parent.map(|parent| ground.key(&origin, parent)),
        ..Work::default()
    })
}

/// Whether an issue is finished, one way or another.
pub const fn closed(standing: Standing) -> bool {
    matches!(
        standing,
        Standing::Done | Standing::Declined | Standing::Duplicate
    )
}

/// What is in the columns of these names, each once.
fn all<'r>(cells: &Cells<'r>, names: &[&str]) -> Vec<&'r str> {
    let mut found: Vec<&str> = Vec::new();
    for cell in names.iter().flat_map(|name| cells.all(name)) {
        if !found.contains(&cell) {
            found.push(cell);
        }
    }
    found
}

/// The link to an issue, where the host was told.
fn link(ground: &Ground<'_>, key: &str) -> Option<String> {
    let host = ground.choices.origin.as_deref()?;
    let is_host = host.contains('.') && !host.contains(char::is_whitespace);
    is_host.then(|| format!("https://{host}/browse/{key}"))
}

/// Comments: `date;author;text` in each cell.
fn comments(cells: &Cells<'_>) -> Result<Vec<ImportComment>, Vec<Fault>> {
    let (mut comments, mut faults) = (Vec::new(), Vec::new());
    for cell in cells.all("Comment") {
        match comment(cells, cell) {
            Some(Some(comment)) => comments.push(comment),
            Some(None) => {}
            None => {
                let shown: String = cell.chars().take(40).collect();
                faults.push(Fault {
                    line: cells.row.line,
                    spot: Spot::Column("Comment".to_owned()),
                    words: format!(
                        "“{shown}” is not a comment as Jira writes it: date;author;text"
                    ),
                });
            }
        }
    }
    if faults.is_empty() {
        Ok(comments)
    } else {
        Err(faults)
    }
}

/// A comment, `Some(None)` where it says nothing.
fn comment(cells: &Cells<'_>, cell: &str) -> Option<Option<ImportComment>> {
    let mut parts = cell.splitn(3, ';');
    let (date, author, text) = (parts.next()?, parts.next()?, parts.next()?);
    let (at, _) = dates::read(date, dates::Order::default())?;
    Some((!text.trim().is_empty()).then(|| ImportComment {
        source_id: None,
        author: writer(cells, author.trim()),
        at,
        text: text.to_owned(),
        original: None,
        to_reporter: false,
    }))
}

/// Who wrote a comment: a server gives the mention name, Cloud an account id, which other columns of the row may name.
fn writer(cells: &Cells<'_>, id: &str) -> Option<ImportAuthor> {
    const NAMED: [(&str, &str); 5] = [
        ("Reporter Id", "Reporter"),
        ("Assignee Id", "Assignee"),
        ("Creator Id", "Creator"),
        ("Project lead id", "Project lead"),
        ("Watchers Id", "Watchers"),
    ];
    let name = NAMED.iter().find_map(|(ids, names)| {
        let mut pairs = cells.all(ids).zip(cells.all(names));
        pairs.find(|(known, _)| *known == id).map(|(_, name)| name)
    });
    let is_account = id.contains(':') || id.len() >= 24;
    let colleague = match name {
        Some(name) => work::colleague(name),
        None if is_account => None,
        None => words::handle(id).map(Into::into),
    };
    let somebody = || Some(id).filter(|id| !id.is_empty());
    colleague
        .map(ImportAuthor::Colleague)
        .or_else(|| somebody().map(|id| ImportAuthor::Outsider(id.to_owned())))
}
