//! An import between the console and the exchange: paths as typed become files, a plan becomes what is shown of it.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::typed;
use crate::app::import::NO_ROW;
use crate::app::state::{
    ImportCount, ImportField, ImportPlan, ImportProgress, ImportStage, ImportWish,
};
use crate::domain::deed::{Outcome, Touched};
use crate::domain::import::Brought;
use crate::exchange::convert::Choices;
use crate::exchange::dialects;
use crate::exchange::gather::{Gathered, gather};
use crate::exchange::mapping::{Field, Why};
use crate::exchange::plan::{Origin, Plan};
use crate::exchange::progress::{Phase, Progress, Watch};
use crate::exchange::read::SAYS_HEADER;
use crate::exchange::read::sheet::TAKES_ANOTHER;
use crate::exchange::saved::SavedMapping;
use crate::exchange::source::Source;
use crate::problem::{Kind, Problem};
use crate::workspace::Workspace;

/// How many new things and faults are handed to the screen.
const SHOWN: usize = 12;
/// How many files a completion offers.
const OFFERED: usize = 50;

/// Tells the console how far an import is.
struct Watching<'w>(&'w mut dyn FnMut(ImportProgress) -> ControlFlow<()>);

impl Watch for Watching<'_> {
    fn notice(&mut self, progress: &Progress) -> ControlFlow<()> {
        (self.0)(ImportProgress {
            stage: match progress.phase {
                Phase::Planning => ImportStage::Planning,
                Phase::Importing => ImportStage::Importing,
                Phase::Storing => ImportStage::Storing,
            },
            done: progress.bytes,
            of: progress.of,
            things: progress.things,
        })
    }
}

/// What an import would do, and under which name it is kept how its file is read.
pub(super) struct Planned {
    plan: Plan,
    keep: Option<String>,
}

/// Makes the plan of a wish, and what the screen shows of it; `before` is the one that was shown until now.
pub(super) fn plan(
    workspace: &Workspace,
    before: Option<Planned>,
    wish: &ImportWish,
    watch: &mut dyn FnMut(ImportProgress) -> ControlFlow<()>,
) -> Result<(Planned, ImportPlan), Problem> {
    let gathered = files(wish)?;
    let choices = choices(
        wish,
        before.and_then(|before| serves_on(&before.plan, wish)),
    );
    let mut plan = workspace.plan_import(&gathered.files, choices, &mut Watching(watch))?;
    plan.folders = gathered.folders;
    let keep = wish.keep.clone();
    let shown = shown(&plan, keep.is_some());
    Ok((Planned { plan, keep }, shown))
}

/// The mapping that served by its header, which serves on while it is corrected. Another sheet has other columns, and for
/// another kind of file it was not made.
fn serves_on(plan: &Plan, wish: &ImportWish) -> Option<String> {
    let same = |wished: &Option<String>, read: &Option<String>| wished.is_none() || wished == read;
    let serves = same(&wish.sheet, &plan.choices.sheet) && same(&wish.kind, &plan.choices.format);
    plan.saved.clone().filter(|_| serves)
}

/// Imports what was planned. How the file is read is kept before, as on the command line, also where there is nothing new.
pub(super) fn import(
    workspace: &mut Workspace,
    planned: &Planned,
    watch: &mut dyn FnMut(ImportProgress) -> ControlFlow<()>,
) -> Result<Outcome, Problem> {
    let Planned { plan, keep } = planned;
    plan.check()?;
    if let Some(name) = keep {
        workspace.save_import_mapping(name, &SavedMapping::of(plan))?;
        if plan.is_empty() {
            return Ok(Outcome {
                reverses: None,
                touched: Touched::ALL,
                action: None,
                words: format!("kept the mapping “{name}”; there was nothing new to import"),
                made: Vec::new(),
                about: Vec::new(),
                things: Vec::new(),
            });
        }
    }
    let (outcome, _) = workspace.import(plan, &mut Watching(watch))?;
    Ok(outcome)
}

/// The files of a wish.
fn files(wish: &ImportWish) -> Result<Gathered, Problem> {
    if wish.path == "-" {
        return Err(Problem::new(
            Kind::Usage,
            "the console has no standard input to import",
        ));
    }
    gather(&[typed::path(&wish.path)], io::empty())
}

/// What is asked for, with the saved mapping that served before.
fn choices(wish: &ImportWish, saved: Option<String>) -> Choices {
    let wished = |(field, column): &(String, Option<String>)| {
        format!("{field}={}", column.as_deref().unwrap_or_default())
    };
    Choices {
        map: wish.map.iter().map(wished).collect(),
        origin: wish.origin.clone(),
        sheet: wish.sheet.clone(),
        format: wish.kind.clone(),
        skip_bad: wish.skip_bad,
        textless: true,
        with: saved,
        ..Choices::default()
    }
}

/// Files and folders whose path begins as typed, folders with a slash behind them; hidden ones when their dot is typed.
pub(super) fn paths(typed: &str) -> Vec<String> {
    let (folder, begun) = typed
        .rsplit_once('/')
        .map_or(("", typed), |(folder, begun)| (folder, begun));
    let shown = match typed.contains('/') {
        true => format!("{folder}/"),
        false => String::new(),
    };
    let looked_in = match shown.as_str() {
        "" => PathBuf::from("."),
        shown => typed::path(shown),
    };
    let Ok(entries) = fs::read_dir(looked_in) else {
        return Vec::new();
    };
    let mut found: Vec<String> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let fits =
                name.starts_with(begun) && (!name.starts_with('.') || begun.starts_with('.'));
            let slash = if is_folder(&entry.path()) { "/" } else { "" };
            fits.then(|| format!("{shown}{name}{slash}"))
        })
        .collect();
    found.sort();
    found.truncate(OFFERED);
    found
}

fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// What the screen shows of a plan.
fn shown(plan: &Plan, keeps: bool) -> ImportPlan {
    let examples = plan
        .sources
        .first()
        .map(|source| source.examples())
        .unwrap_or_default();
    let files = plan
        .sources
        .iter()
        .map(|source| (source.name.clone(), source.words()));
    let faults = plan
        .faults
        .iter()
        .take(SHOWN)
        .map(|fault| plan.place(fault));
    let clashes = plan.clashes.iter().map(|named| {
        let (title, clash) = (&named.what.title, &named.what.clash);
        format!(
            "{} of “{title}” is {} here and {} there",
            clash.field, clash.here, clash.there
        )
    });
    let columns = plan.sources.iter().filter_map(Source::columns_in_words);
    let counts = plan.all_lines().into_iter().map(|line| ImportCount {
        kind: line.kind.to_owned(),
        count: line.count,
        about: line.about,
    });
    ImportPlan {
        files: files.collect(),
        fields: fields(plan, &examples),
        origin: origin(plan),
        elsewhere: plan
            .elsewhere
            .as_ref()
            .map(|it| (it.taken().map(str::to_owned), it.words())),
        sheet: sheet(plan),
        sheets: sheets(plan).map_or_else(Vec::new, |(_, all)| all.to_vec()),
        kind: kind(plan),
        kinds: dialects::ALL.iter().map(|it| (it.name, it.words)).collect(),
        saved: plan.saved.clone(),
        counts: counts.collect(),
        samples: plan.samples.iter().take(SHOWN).map(sample).collect(),
        clashes: clashes.collect(),
        faults: faults.collect(),
        notes: columns
            .chain(plan.notes.iter().map(|note| here(note)))
            .collect(),
        obstacle: obstacle(plan, keeps),
        columns: examples,
    }
}

/// Every field with its column; none for files without columns.
fn fields(plan: &Plan, examples: &[(String, String)]) -> Vec<ImportField> {
    let Some((table, mapping)) = plan.sources.first().and_then(|source| source.mapping()) else {
        return Vec::new();
    };
    let examples: HashMap<&str, &str> = examples
        .iter()
        .map(|(column, example)| (column.as_str(), example.as_str()))
        .collect();
    let field = |&field: &Field| {
        let mapped = mapping.mapped.iter().find(|mapped| mapped.field == field);
        let column = mapped
            .and_then(|mapped| table.columns.get(mapped.column))
            .cloned();
        let because = match mapped.map(|mapped| mapped.why) {
            Some(Why::Asked) if plan.saved.is_some() => "saved or chosen",
            Some(Why::Asked) => "chosen",
            Some(Why::Dialect) => "the format",
            Some(Why::Name) => "its name",
            Some(Why::Contents) => "its contents",
            None => "",
        };
        let example = column
            .as_deref()
            .and_then(|column| examples.get(column))
            .copied();
        ImportField {
            name: field.name().to_owned(),
            because: because.to_owned(),
            example: example.unwrap_or_default().to_owned(),
            column,
        }
    };
    // Those with a column first: they are what there is to look at. Where the title and the text are missing, they are.
    let mut fields: Vec<ImportField> = Field::ALL.iter().map(field).collect();
    let wanted = |field: &ImportField| {
        mapping.is_textless()
            && [Field::Title, Field::Body]
                .iter()
                .any(|it| it.name() == field.name)
    };
    fields.sort_by_key(|field| (!wanted(field), field.column.is_none()));
    fields
}

/// A note with what one does about it on the screen, where it says that of the command line.
fn here(note: &str) -> String {
    note.replace(TAKES_ANOTHER, "the row “sheet” takes another")
        .replace(SAYS_HEADER, "")
}

/// The sheet of the first file that is read, and the names of all.
fn sheets(plan: &Plan) -> Option<(&str, &[String])> {
    let sheets = plan.sources.first().and_then(Source::sheet);
    sheets.filter(|(_, all)| all.len() > 1)
}

fn sheet(plan: &Plan) -> Option<(String, String)> {
    let (name, _) = sheets(plan)?;
    let because = match plan.choices.sheet {
        Some(_) => "saved or chosen",
        None => "the first with a table",
    };
    Some((name.to_owned(), because.to_owned()))
}

fn kind(plan: &Plan) -> (String, String) {
    let words = plan.sources.first().map(Source::words);
    let because = match plan.choices.format {
        Some(_) => "saved or chosen",
        None => "its contents",
    };
    (words.unwrap_or_default(), because.to_owned())
}

fn origin(plan: &Plan) -> (String, String) {
    let listed = |names: Vec<&String>| {
        names
            .into_iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ")
    };
    match plan.origin() {
        None => (String::new(), "nothing comes".to_owned()),
        Some(Origin::Asked(name)) => (name.to_owned(), "saved or chosen".to_owned()),
        Some(Origin::Told(names)) => (listed(names.iter().collect()), "the file tells".to_owned()),
        Some(Origin::FileName) => (
            listed(plan.origins().collect()),
            "guessed by its name".to_owned(),
        ),
    }
}

fn sample(thing: &Brought) -> (String, String) {
    match thing {
        Brought::Feedback(record) => (
            record.source_id.clone().unwrap_or_default(),
            record.title.clone(),
        ),
        Brought::Idea(idea) => (idea.key.id.clone(), format!("idea: {}", idea.title)),
        Brought::Release(release) => (release.key.id.clone(), format!("release: {}", release.name)),
        Brought::Comment(reply) => (reply.on.id.clone(), "comment".to_owned()),
    }
}

/// What is missing where nothing tells which column holds the words of the customers.
const NO_TEXT: &str =
    "no column looks like a title or a text: Enter on “title” or “body” says which is";

/// Whether no column of the file is taken for a title or a text.
fn is_textless(plan: &Plan) -> bool {
    let first = plan.sources.first().and_then(|source| source.mapping());
    first.is_some_and(|(_, mapping)| mapping.is_textless())
}

/// Why it cannot be imported as it is.
fn obstacle(plan: &Plan, keeps: bool) -> Option<String> {
    if is_textless(plan) {
        return Some(NO_TEXT.to_owned());
    }
    match (plan.check().is_err(), plan.counts.faulty) {
        (true, _) if plan.counts.faulty == plan.counts.total() => Some(NO_ROW.to_owned()),
        (true, 1) => Some("1 row has a fault".to_owned()),
        (true, rows) => Some(format!("{rows} rows have faults")),
        (false, _) if plan.is_empty() && !keeps => {
            Some("there is nothing new to import".to_owned())
        }
        (false, _) => None,
    }
}
