//! `intake check`: what is missing before the weekly sync.

use clap::Args;

use super::arguments::Format;
use super::json::MissingJson;
use super::meeting::MeetingArguments;
use super::output::{Result, Stop, Tone};
use super::session::Session;
use super::table::{Column, Table};
use crate::domain::meeting::{Missing, MissingKind, Remedy};
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

const COLUMNS: [Column; 5] = [
    Column::new("ID"),
    Column::new("MISSING").rank(1),
    Column::new("WHO").rank(2),
    Column::new("TITLE").most(44),
    Column::new("REMEDY"),
];

fn cells(row: &Missing) -> Vec<SafeText> {
    let who = row.who.as_ref().map(ToString::to_string);
    let words = match (&row.detail, row.kind) {
        (Some(detail), MissingKind::OverTime | MissingKind::StepOverdue) => {
            format!("{} ({detail})", row.kind.word())
        }
        _ => row.kind.word().to_owned(),
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
    let owner = owner.unwrap_or_else(|| "@WHO".to_owned());
    match row.kind.remedy() {
        Remedy::Assign => format!("intake assign {id} {owner}"),
        Remedy::Update => format!("intake release update {id} --text … (or --no-change)"),
        Remedy::Place => format!("intake release move {id} RELEASE (or update {id} --no-change)"),
        Remedy::GiveReason => format!("intake idea set {id} --reason …"),
        Remedy::Answer => format!("intake process {id} --answer …"),
        Remedy::Finish => format!("intake meeting done {id} (or step-edit {id} --due DAY)"),
        Remedy::Approve => format!("intake comment {id} …"),
        Remedy::Shorten => "intake meeting edit ITEM --minutes N (or carry ITEM)".to_owned(),
    }
}
