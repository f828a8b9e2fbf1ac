//! The arguments of the command line, as far as every command shares them.
//!
//! Each subcommand describes its own beside what it does. An argument that cannot be understood is refused by name,
//! with what would be understood, before anything is opened.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, Args, Parser, Subcommand, value_parser};

use super::{
    add, agenda, archive, area, ask, assign, backup, charts, check, comment, company, completions,
    config, doctor, duplicate, export, idea, import, link, list, log, man, mapping, meeting,
    minutes, news, person, process, release, reopen, roadmap, rotation, show, snooze, undo, unlink,
    wont_do,
};
use crate::domain::chart::ChartName;
use crate::domain::feedback::{FeedbackKind, Importance};
use crate::domain::idea::{Effort, IdeaKind, Stage, Status, TicketKind, Timeframe};
use crate::domain::people::{Handle, NotAHandle, Role};
use crate::domain::release::{Health, ReleaseKind, ReleaseState};

/// Triage customer feedback: link it to feature ideas, plan releases, answer who asked.
///
/// Without a command the console opens. Everything is kept in one file, the workspace.
#[derive(Debug, Parser)]
#[command(name = "intake", version, max_term_width = 100)]
#[command(after_help = "The manual: intake man | man -l -    Keys of the console: press ? in it")]
pub struct Arguments {
    #[command(flatten)]
    pub(super) globals: Globals,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// The arguments of a start of the console. To describe all commands to clap takes as long as to open the workspace, so
/// these are tried before [`Arguments`].
#[derive(Debug, Parser)]
#[command(name = "intake", disable_help_flag = true)]
struct Plain {
    #[command(flatten)]
    globals: Globals,
}

impl Arguments {
    /// Understands what was written, the program's own name first.
    ///
    /// # Errors
    /// As clap has it: also for help and version.
    pub(super) fn of(written: &[OsString]) -> Result<Self, clap::Error> {
        if let Some(globals) = Globals::bare(written) {
            return Ok(Self {
                globals,
                command: None,
            });
        }
        match Plain::try_parse_from(written) {
            Ok(Plain { globals }) => Ok(Self {
                globals,
                command: None,
            }),
            Err(_) => Self::try_parse_from(written),
        }
    }
}

/// What every command knows.
#[derive(Debug, Args)]
pub struct Globals {
    /// The workspace file; else $INTAKE_WORKSPACE, the configuration, or the default one
    #[arg(short, long, global = true, value_name = "FILE")]
    pub(super) workspace: Option<PathBuf>,
    /// Who you are; else what the configuration says
    #[arg(long = "as", global = true, value_name = "@HANDLE", value_parser = handle)]
    pub(super) me: Option<Handle>,
}

impl Globals {
    /// Nothing at all, or these two alone and each once, as most starts are written: clap need not hear of it. Whatever might
    /// mean something else is not understood here.
    fn bare(written: &[OsString]) -> Option<Self> {
        let (mut workspace, mut me) = (None, None);
        let mut rest = written.get(1..)?.iter();
        while let Some(option) = rest.next() {
            let value = rest.next()?;
            if value.is_empty() || value.as_encoded_bytes().starts_with(b"-") {
                return None;
            }
            let before = match option.to_str()? {
                "-w" | "--workspace" => workspace.replace(PathBuf::from(value)).is_some(),
                "--as" => me.replace(handle(value.to_str()?).ok()?).is_some(),
                _ => return None,
            };
            if before {
                return None;
            }
        }
        Some(Self { workspace, me })
    }
}

/// The argument of [`Globals`] as a command knows it that takes no file: its help does not offer it, and whoever gives one is
/// told why not.
fn no_workspace() -> Arg {
    Arg::new("workspace")
        .short('w')
        .long("workspace")
        .value_name("FILE")
        .value_parser(value_parser!(PathBuf))
        .hide(true)
}

/// The commands, in the order of the help.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Open the console on a scratch workspace that shows everything, fresh each time
    #[command(arg = no_workspace())]
    Demo,
    Import(import::Import),
    Export(export::Export),
    Backup(backup::Backup),
    /// How files are read, kept under names by “import --save”
    #[command(subcommand)]
    Mapping(mapping::MappingCommand),
    List(list::List),
    Show(show::Show),
    Add(Box<add::Add>),
    Link(link::Link),
    Unlink(unlink::Unlink),
    Assign(assign::Assign),
    Comment(comment::Comment),
    Process(process::Process),
    Ask(ask::Ask),
    WontDo(wont_do::WontDo),
    Archive(archive::Archive),
    Reopen(reopen::Reopen),
    Duplicate(duplicate::Duplicate),
    Snooze(snooze::Snooze),
    /// Ideas: what feedback asks for
    #[command(subcommand)]
    Idea(idea::Idea),
    /// The release plan
    #[command(subcommand)]
    Release(release::Release),
    Charts(charts::Charts),
    News(news::News),
    Roadmap(roadmap::Roadmap),
    /// Colleagues
    #[command(subcommand)]
    Person(person::PersonCommand),
    /// Product areas and who owns them
    #[command(subcommand)]
    Area(area::AreaCommand),
    /// Customers' organisations
    #[command(subcommand)]
    Company(company::CompanyCommand),
    /// Who is on duty in which week
    #[command(subcommand)]
    Rotation(rotation::Rotation),
    /// Meetings: what is to come, what is on it, how it goes, what was promised
    #[command(subcommand)]
    Meeting(meeting::Meeting),
    Agenda(agenda::Agenda),
    Check(check::Check),
    Minutes(minutes::Minutes),
    Undo(undo::Undo),
    Redo(undo::Redo),
    Log(log::Log),
    Config(config::ConfigCommand),
    Doctor(doctor::Doctor),
    Completions(completions::Completions),
    Man(man::Man),
}

/// Whether to print JSON.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(super) struct Format {
    /// Print JSON: an array for a list, an object for a thing
    #[arg(long)]
    pub(super) json: bool,
}

/// Where a document goes.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct ToFile {
    /// The file, which appears when it is whole; else standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace a file that is there already
    #[arg(long)]
    pub(super) force: bool,
}

impl ToFile {
    /// The file; `None` for standard output, which is `-`, too.
    pub(super) fn file(&self) -> Option<&Path> {
        let file = self.output.as_deref();
        file.filter(|path| *path != Path::new("-"))
    }

    /// Whether anything was said about it.
    pub(super) const fn is_asked(&self) -> bool {
        self.output.is_some() || self.force
    }
}

/// Reads a mention name.
pub(super) fn handle(text: &str) -> Result<Handle, NotAHandle> {
    Handle::parse(text)
}

/// A field set to a value or cleared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Setting<T>(pub(super) Option<T>);

/// Reads the name of something; `none` and nothing clear the field.
pub(super) fn name_or_none(text: &str) -> Result<Setting<String>, std::convert::Infallible> {
    Ok(Setting((!is_none(text)).then(|| text.trim().to_owned())))
}

/// Reads free text; nothing clears the field.
pub(super) fn text_or_none(text: &str) -> Result<Setting<String>, std::convert::Infallible> {
    Ok(Setting((!text.trim().is_empty()).then(|| text.to_owned())))
}

fn is_none(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || text.eq_ignore_ascii_case("none") || text.eq_ignore_ascii_case("nobody")
}

/// A closed set of choices of the domain.
pub(super) trait Choice: Copy + Send + Sync + 'static {
    /// All of them.
    const EACH: &'static [Self];
    /// The stable name.
    fn stable(self) -> &'static str;
    /// The word on the screen.
    fn shown(self) -> &'static str;
}

macro_rules! choice {
    ($($name:ident),+) => {
        $(impl Choice for $name {
            const EACH: &'static [Self] = Self::ALL;
            fn stable(self) -> &'static str { self.name() }
            fn shown(self) -> &'static str { self.word() }
        })+
    };
}
choice!(
    ChartName,
    FeedbackKind,
    Importance,
    Effort,
    IdeaKind,
    Stage,
    Status,
    TicketKind,
    Timeframe,
    Role,
    Health,
    ReleaseKind,
    ReleaseState
);

/// The names of the choices of `T`. An importance may be its number, as in a filter.
fn names<T: Choice>() -> impl Iterator<Item = PossibleValue> {
    let numbered = std::any::TypeId::of::<T>() == std::any::TypeId::of::<Importance>();
    T::EACH.iter().zip(0_u8..).map(move |(choice, number)| {
        let value = PossibleValue::new(choice.stable()).help(choice.shown());
        match numbered {
            true => value.alias(["0", "1", "2", "3"][usize::from(number.min(3))]),
            false => value,
        }
    })
}

/// The place of the choice that was typed.
fn chosen<T: Choice>(typed: &str) -> Option<T> {
    let number = typed.parse::<usize>().ok();
    let by_number = number.and_then(|number| T::EACH.get(number));
    let by_name = T::EACH
        .iter()
        .find(|choice| choice.stable().eq_ignore_ascii_case(typed));
    by_name.or(by_number).copied()
}

/// Reads one of the choices of `T`, by its name or any beginning of it that no other choice has.
pub(super) fn choice<T: Choice>() -> impl TypedValueParser<Value = T> {
    Begun(PossibleValuesParser::new(names::<T>()))
        .try_map(|typed| chosen::<T>(&typed).ok_or("it is none of the choices"))
}

/// Reads one of the choices of `T`, or `none`, which clears the field.
pub(super) fn choice_or_none<T: Choice>() -> impl TypedValueParser<Value = Setting<T>> {
    let none = PossibleValue::new("none").help("clear it");
    Begun(PossibleValuesParser::new(names::<T>().chain([none])))
        .map(|typed| Setting(chosen::<T>(&typed)))
}

/// Takes a beginning of one of the values for it, where it is that of no other: lists and filters say `nice`, too.
#[derive(Clone)]
struct Begun(PossibleValuesParser);

impl TypedValueParser for Begun {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        let known: Vec<PossibleValue> = self.0.possible_values().into_iter().flatten().collect();
        let meant = value.to_str().and_then(|typed| begun(typed, &known));
        self.0
            .parse_ref(command, argument, meant.map_or(value, OsStr::new))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        self.0.possible_values()
    }
}

/// The one value that begins like that; nothing for what is a value itself, begins none or several.
fn begun<'v>(typed: &str, known: &'v [PossibleValue]) -> Option<&'v str> {
    let typed = typed.trim().to_lowercase().replace(['_', ' '], "-");
    let is = |value: &PossibleValue| value.matches(&typed, true);
    if typed.is_empty() || known.iter().any(is) {
        return None;
    }
    let names = known.iter().map(PossibleValue::get_name);
    let mut found = names.filter(|name| name.starts_with(&typed));
    found.next().filter(|_| found.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_choice_is_known_by_a_beginning_that_no_other_has() {
        let known: Vec<PossibleValue> = names::<Importance>()
            .chain([PossibleValue::new("none")])
            .collect();
        for (typed, meant) in [
            ("nice", Some("nice-to-have")),
            ("Nice to", Some("nice-to-have")),
            ("crit", Some("critical")),
            ("not", Some("not-important")),
            // It is one, or its number, or may be several, or none.
            ("critical", None),
            ("3", None),
            ("n", None),
            ("no", None),
            ("", None),
            ("nicer", None),
        ] {
            assert_eq!(begun(typed, &known), meant, "{typed:?}");
        }
        // A choice that another one begins with is itself.
        let efforts: Vec<PossibleValue> = names::<Effort>().collect();
        assert_eq!((begun("x", &efforts), begun("m", &efforts)), (None, None));
    }

    #[test]
    fn a_plain_start_is_understood_as_all_arguments_are() {
        let lines = [
            "intake",
            "intake -w acme.db",
            "intake -wacme.db",
            "intake --workspace acme.db",
            "intake -w -",
            "intake -w --",
            "intake -w ",
            "intake -w",
            "intake -w a b",
            "intake -w a -w b",
            "intake --workspace=acme.db --as @hana",
            "intake --as hana",
            "intake --as @hana -w acme.db",
            "intake -w acme.db --as @hana --as @omar",
            "intake --as -w acme.db",
            "intake --as @hana list",
            "intake --as",
            "intake --as @",
            "intake --as @a --as @b",
            "intake --work acme.db",
            "intake --help",
            "intake -h",
            "intake --version",
            "intake -V",
            "intake --",
            "intake -- list",
            "intake list",
            "intake demo -w acme.db",
            "intake acme.db",
            "intake -w list",
            "intake -x",
        ];
        for line in lines {
            let written: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            let plain = Arguments::of(&written);
            let whole = Arguments::try_parse_from(&written);
            let shown = |parsed: Result<Arguments, clap::Error>| match parsed {
                Ok(arguments) => format!("{arguments:?}"),
                Err(error) => error.to_string(),
            };
            assert_eq!(shown(plain), shown(whole), "{line}");
        }
    }

    #[test]
    fn an_importance_is_read_by_name_and_number() {
        assert_eq!(chosen::<Importance>("critical"), Some(Importance::Critical));
        assert_eq!(chosen::<Importance>("0"), Some(Importance::NotImportant));
        assert_eq!(chosen::<Effort>("XL"), Some(Effort::ExtraLarge));
        assert_eq!(chosen::<Effort>("none"), None);
    }
}
