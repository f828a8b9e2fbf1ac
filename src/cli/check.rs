//! `intake check`: what is missing before the weekly sync, or another meeting.

use clap::Args;

use super::arguments::Format;
use super::json::MissingJson;
use super::meeting::MeetingArguments;
use super::output::{Output, Result, Stop, Tone};
use super::session::Session;
use super::table::{Column, Table};
use crate::domain::meeting::{Gate, Missing, MissingKind, Remedy};
use crate::domain::safe_text::SafeText;

/// The exit code when something is missing.
const MISSING: u8 = 7;

/// List what is missing before the weekly sync; the exit code is 7 when anything is
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    meeting: MeetingArguments,
    #[command(flatten)]
    format: Format,
}

impl Check {
    /// Changes nothing.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let sitting = self.meeting.sitting(session)?;
        let (_, gate) = session.workspace.gate(&sitting)?;
        if self.format.json {
            let rows = gate
                .rows
                .iter()
                .map(|row| Ok(MissingJson::new(row, &remedy(row))));
            session.output.array(rows)?;
        } else if gate.is_open() {
            session.output.say("nothing is missing")?;
        } else if session.output.width().is_some() {
            grouped(session.output, &gate)?;
        } else {
            let rows: Vec<Vec<SafeText>> = gate.rows.iter().map(cells).collect();
            Table::new(&COLUMNS).rows(session.output, &rows)?;
            for kind in &gate.more {
                let line = format!("… more that {}", kind.word());
                session.output.line(Tone::Faint, &SafeText::line(&line))?;
            }
        }
        match gate.is_open() {
            true => Ok(()),
            false => Err(Stop::Code(MISSING)),
        }
    }
}

/// On a terminal by kind: what is missing and the command that sees to it are said once.
fn grouped(output: &mut Output, gate: &Gate) -> Result {
    for (place, group) in gate.rows.chunk_by(|a, b| a.kind == b.kind).enumerate() {
        let Some(kind) = group.first().map(|row| row.kind) else {
            continue;
        };
        if place > 0 {
            output.say("")?;
        }
        let more = if gate.more.contains(&kind) {
            "more than "
        } else {
            ""
        };
        let heading = format!("{}: {more}{}", kind.word(), group.len());
        output.hanging(Tone::Strong, "", &heading)?;
        output.hanging(Tone::Faint, "  ", &command(kind.remedy(), "ID", "@WHO"))?;
        for row in group {
            output.hanging(Tone::Plain, "  ", &said(row))?;
        }
    }
    Ok(())
}

/// `f7kq2  Export a board  (@hana)`.
fn said(row: &Missing) -> String {
    let short = row.short.as_ref().map(|short| short.0.as_str());
    let facts: Vec<String> = row
        .whose()
        .into_iter()
        .chain(figures(row).cloned())
        .collect();
    let line = match short {
        Some(short) => format!("{short}  {}", row.title),
        None => row.title.clone(),
    };
    match facts.is_empty() {
        true => line,
        false => format!("{line}  ({})", facts.join(", ")),
    }
}

/// What the words of its kind leave open.
fn figures(row: &Missing) -> Option<&String> {
    let tells = matches!(
        row.kind,
        MissingKind::OverTime | MissingKind::StepOverdue | MissingKind::TopicMissing
    );
    row.detail.as_ref().filter(|_| tells)
}

/// In a pipe: one row for each.
const COLUMNS: [Column; 5] = [
    Column::new("ID"),
    Column::new("MISSING"),
    Column::new("WHO"),
    Column::new("TITLE"),
    Column::new("REMEDY"),
];

fn cells(row: &Missing) -> Vec<SafeText> {
    let who = row.whose();
    let words = match figures(row) {
        Some(detail) => format!("{} ({detail})", row.kind.word()),
        None => row.kind.word().to_owned(),
    };
    let short = row.short.as_ref().map(|short| short.0.as_str());
    vec![
        SafeText::line(short.unwrap_or_default()),
        SafeText::line(&words),
        SafeText::line(who.as_deref().unwrap_or_default()),
        SafeText::line(&row.title),
        SafeText::line(&remedy(row)),
    ]
}

/// The command that sees to it.
fn remedy(row: &Missing) -> String {
    let id = row.short.as_ref().map_or("", |short| short.0.as_str());
    let owner = row.who.as_ref().map(ToString::to_string);
    command(row.kind.remedy(), id, owner.as_deref().unwrap_or("@WHO"))
}

fn command(remedy: Remedy, id: &str, owner: &str) -> String {
    match remedy {
        Remedy::Assign => format!("intake assign {id} {owner}"),
        Remedy::Update => format!("intake release update {id} --text … (or --no-change)"),
        Remedy::Place => format!("intake release move {id} RELEASE (or update {id} --no-change)"),
        Remedy::GiveReason => format!("intake idea set {id} --reason …"),
        Remedy::Answer => format!("intake process {id} --answer …"),
        Remedy::Finish => format!("intake meeting done {id} (or step-edit {id} --due DAY)"),
        Remedy::Approve => format!("intake comment {id} …"),
        Remedy::Choose => "intake meeting add TITLE --meeting KIND".to_owned(),
        Remedy::Shorten => "intake meeting edit ITEM --minutes N (or carry ITEM)".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::output::paper::printed;
    use crate::domain::entity::{Entity, Thing};
    use crate::domain::id::ShortId;
    use crate::domain::people::Handle;

    fn missing(kind: MissingKind, short: &str, title: &str, detail: Option<&str>) -> Missing {
        Missing {
            kind,
            thing: Thing::new(Entity::Feedback, uuid::Uuid::nil()),
            short: Some(ShortId(short.to_owned())),
            title: title.to_owned(),
            who: Handle::parse("hana").ok(),
            likely: kind == MissingKind::Unassigned,
            since: None,
            detail: detail.map(ToOwned::to_owned),
        }
    }

    #[test]
    fn whoever_is_only_likely_to_own_it_is_never_shown_as_its_owner() {
        let owed = |likely| Missing {
            likely,
            ..missing(MissingKind::AnswerOwed, "fab", "Dark mode", None)
        };
        assert_eq!(said(&owed(true)), "fab  Dark mode  (@hana?)");
        assert_eq!(said(&owed(false)), "fab  Dark mode  (@hana)");
        assert_eq!(cells(&owed(true))[2].as_str(), "@hana?");
        let json = |likely| {
            let row = MissingJson::new(&owed(likely), "");
            let json = serde_json::to_value(row).expect("JSON");
            (json["who"].clone(), json["likely_owner"].clone())
        };
        assert_eq!(json(true), (serde_json::Value::Null, "@hana".into()));
        assert_eq!(json(false), ("@hana".into(), serde_json::Value::Null));
        // The command has the name as it is typed.
        let request = missing(MissingKind::Unassigned, "fab", "Dark mode", None);
        assert_eq!(remedy(&request), "intake assign fab @hana");
    }

    #[test]
    fn a_terminal_is_told_by_kind_within_its_width() {
        let gate = Gate {
            rows: vec![
                missing(MissingKind::Unassigned, "fab", "Dark mode", Some("Globex")),
                missing(
                    MissingKind::Unassigned,
                    "fcd",
                    "A board for each auditor",
                    None,
                ),
                missing(
                    MissingKind::StepOverdue,
                    "sab",
                    "Ask finance",
                    Some("due 2026-11-02"),
                ),
            ],
            more: vec![MissingKind::Unassigned],
        };
        let text = printed(Some(40), |output| {
            grouped(output, &gate).expect("paper takes it");
        });
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines,
            [
                "has had no owner for more than a day:",
                "      more than 2",
                "  intake assign ID @WHO",
                "  fab  Dark mode  (@hana?)",
                "  fcd  A board for each auditor",
                "        (@hana?)",
                "",
                "is overdue: 1",
                "  intake meeting done ID (or step-edit",
                "        ID --due DAY)",
                "  sab  Ask finance  (@hana, due",
                "        2026-11-02)",
            ]
        );
    }
}
