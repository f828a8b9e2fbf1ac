//! The minutes of a meeting between the console and the exchange: to read, and to files.

use std::path::{Path, PathBuf};

use crate::app::state::MinutesText;
use crate::domain::id::MeetingId;
use crate::domain::meeting::{Minutes, Sitting, WEEKLY_SYNC, day_there};
use crate::exchange::report::page::Page;
use crate::exchange::report::{html, markdown, minutes, text};
use crate::problem::{Kind, Problem};
use crate::workspace::{MeetingName, Workspace};

/// The formats, by the endings of their files.
const ENDINGS: [&str; 2] = ["md", "html"];

/// The minutes of that meeting; without one those of the weekly sync that is being held, else of the last one.
pub(super) fn read(
    workspace: &Workspace,
    meeting: Option<MeetingId>,
) -> Result<MinutesText, Problem> {
    let sitting = match meeting {
        Some(meeting) => found(workspace, meeting)?,
        None => workspace.meeting_held(&MeetingName {
            text: WEEKLY_SYNC.to_owned(),
            ..MeetingName::default()
        })?,
    };
    let (minutes, page) = told(workspace, &sitting)?;
    let lines = text::render_in(&page, text::Room::SCREEN).into_iter();
    let lines = lines.map(|(weight, line)| (weight, line.to_string()));
    Ok(MinutesText {
        lines: lines.collect(),
        markdown: markdown::render(&page),
        name: free_name(&sitting),
        minutes,
    })
}

/// Writes the minutes of that meeting to `path`, and says so: in the format of its ending, without one in each. Nothing is
/// written where a file is there already.
pub(super) fn write(
    workspace: &Workspace,
    meeting: MeetingId,
    path: &Path,
) -> Result<String, Problem> {
    let endings = endings(path)?;
    let sitting = found(workspace, meeting)?;
    let (_, page) = told(workspace, &sitting)?;
    let paths: Vec<PathBuf> = match path.extension() {
        Some(_) => vec![path.to_owned()],
        None => endings.iter().map(|end| path.with_extension(end)).collect(),
    };
    if let Some(there) = paths.iter().find(|path| path.symlink_metadata().is_ok()) {
        let words = format!("{} is there already", there.display());
        return Err(Problem::new(Kind::Refused, words).hint("name another file"));
    }
    for (place, (path, ending)) in paths.iter().zip(&endings).enumerate() {
        let document = match *ending {
            "md" => markdown::render(&page),
            _ => html::render(&page),
        };
        if let Err(problem) = workspace.write_file(path, false, document.as_bytes()) {
            // Both or none: the next try is not to meet the half of this one.
            for written in &paths[..place] {
                drop(std::fs::remove_file(written));
            }
            return Err(problem);
        }
    }
    let paths: Vec<String> = paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    Ok(format!("wrote the minutes to {}", paths.join(" and ")))
}

fn found(workspace: &Workspace, meeting: MeetingId) -> Result<Sitting, Problem> {
    workspace.meeting_of(meeting)?.ok_or_else(|| {
        Problem::new(Kind::NotFound, "nothing was done to this meeting yet")
            .hint("its minutes begin with what is noted or begun")
    })
}

/// The minutes with the charts of the week, as the command line writes them.
fn told(workspace: &Workspace, sitting: &Sitting) -> Result<(Minutes, Page), Problem> {
    let found = workspace.minutes(sitting)?;
    let charts = workspace.charts_of(sitting)?;
    let page = minutes::page(&found, &charts);
    Ok((found, page))
}

/// In which formats a file of that name is written.
fn endings(path: &Path) -> Result<Vec<&'static str>, Problem> {
    let Some(ending) = path.extension() else {
        return Ok(ENDINGS.to_vec());
    };
    match ending.to_string_lossy().to_ascii_lowercase().as_str() {
        "md" | "markdown" => Ok(vec!["md"]),
        "html" | "htm" => Ok(vec!["html"]),
        _ => {
            let words = format!("cannot tell the format from the name {}", path.display());
            let problem = Problem::new(Kind::Usage, words);
            Err(problem.hint("name it *.md or *.html; without an ending both are written"))
        }
    }
}

/// `minutes-2026-11-25`, by the meeting's own date as the minutes are, with a number behind it where such a file is there already.
fn free_name(sitting: &Sitting) -> String {
    let at = sitting.at.or(sitting.held.0).unwrap_or(sitting.until);
    let name = format!("minutes-{}", day_there(at, &sitting.zone));
    let taken = |name: &str| {
        let is_there = |end| {
            Path::new(&format!("{name}.{end}"))
                .symlink_metadata()
                .is_ok()
        };
        ENDINGS.into_iter().any(is_there)
    };
    let numbered = (2..100).map(|number| format!("{name}-{number}"));
    std::iter::once(name.clone())
        .chain(numbered)
        .find(|name| !taken(name))
        .unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_tells_the_format_and_without_one_both_are_written() {
        let of = |name: &str| endings(Path::new(name));
        assert_eq!(of("minutes-2026-11-25"), Ok(ENDINGS.to_vec()));
        assert_eq!(of("a/b.MD"), Ok(vec!["md"]));
        assert_eq!(of("b.htm"), Ok(vec!["html"]));
        assert_eq!(of("b.docx").expect_err("refused").kind, Kind::Usage);
    }
}
