//! `config.toml`: what a person can set besides keys and colours.

use super::fault::Placed;
use super::source::{Section, Source, Value, shorten};

/// The settings of one person. `assets/config.toml` explains each of them to its reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Who sits here, as written: `@` and a mention name.
    pub me: Option<Placed<String>>,
    /// The workspace, as written: absolute, or beginning with `~/`. See [`super::Folders::workspace`].
    pub workspace: Option<String>,
    /// The filter with which the inbox starts; without one it depends on who is on duty.
    pub start_filter: Option<Placed<String>>,
    /// The editor for `E`, before `$VISUAL` and `$EDITOR`.
    pub editor: Option<String>,
    /// The name of the theme; it exists.
    pub theme: Placed<String>,
    /// How many colours the terminal has.
    pub colour: ColourMode,
    /// The set of key bindings on which `keymap.toml` builds.
    pub keys: KeyPreset,
    /// Whether the mouse is captured at the start.
    pub mouse: bool,
    /// No animation.
    pub reduced_motion: bool,
    /// No borders, no spinners, no drawn bars: fit for a screen reader.
    pub plain: bool,
    /// After how many days a question without a reply comes back to the inbox.
    pub waiting_days: u32,
    /// The editions to choose from, in order.
    pub editions: Vec<String>,
    /// What general availability asks of an idea, in order.
    pub ga_checklist: Vec<String>,
    /// The wording of messages to people.
    pub templates: Templates,
    /// The saved views, in the order of the file.
    pub views: Vec<SavedView>,
}

/// The wording of messages to people, as templates. A name in braces is replaced, `{{` and `}}` are braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Templates {
    /// The answer to a reporter; it uses the names in [`ANSWER_FIELDS`] and no others.
    pub answer: String,
}

/// The names which the template of an answer may use.
pub const ANSWER_FIELDS: [&str; 6] = [
    "reporter",
    "message",
    "idea",
    "status",
    "outlook",
    "workaround",
];

/// A filter with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// What the list of views shows; never empty.
    pub name: String,
    /// The filter as written; not checked here.
    pub filter: Placed<String>,
}

/// How many colours to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColourMode {
    /// What the environment says: `NO_COLOR`, `COLORTERM`, `TERM`.
    Auto,
    /// None.
    Never,
    /// The terminal's own sixteen.
    Sixteen,
    /// The palette of 256.
    Palette,
    /// Any.
    TrueColour,
}

impl ColourMode {
    const CHOICES: [(&str, Self); 5] = [
        ("auto", Self::Auto),
        ("never", Self::Never),
        ("16", Self::Sixteen),
        ("256", Self::Palette),
        ("truecolor", Self::TrueColour),
    ];
}

/// The sets of key bindings that come with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPreset {
    /// Our own.
    Default,
    /// For fingers that know lazygit.
    Lazygit,
    /// For fingers that know Linear.
    Linear,
}

impl KeyPreset {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Default, Self::Lazygit, Self::Linear];

    const CHOICES: [(&str, Self); 3] = [
        ("default", Self::Default),
        ("lazygit", Self::Lazygit),
        ("linear", Self::Linear),
    ];
}

impl Default for Settings {
    fn default() -> Self {
        let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        let view = |name: &str, filter: &str| SavedView {
            name: name.to_owned(),
            filter: Placed::built_in(filter.to_owned()),
        };
        Self {
            me: None,
            workspace: None,
            start_filter: None,
            editor: None,
            theme: Placed::built_in("auto".to_owned()),
            colour: ColourMode::Auto,
            keys: KeyPreset::Default,
            mouse: false,
            reduced_motion: false,
            plain: false,
            waiting_days: 5,
            editions: texts(&["Team", "Enterprise E10", "Enterprise E20"]),
            ga_checklist: texts(&[
                "scalable",
                "cross-platform",
                "measurable",
                "documented",
                "secure",
                "accessible",
                "logged",
                "compliant",
            ]),
            templates: Templates {
                answer: "Hi {reporter}, thank you for your feedback. {message}".to_owned(),
            },
            views: vec![
                view("Mine", "is:unprocessed is:mine"),
                view("Unassigned", "is:unprocessed is:unassigned"),
                view("Critical", "is:unprocessed importance:critical"),
                view("Waiting for a reply", "is:waiting"),
                view("Snoozed", "is:snoozed"),
            ],
        }
    }
}

impl Settings {
    pub(super) fn read<'t>(mut section: Section<'t>, source: &mut Source<'t>) -> Self {
        let mut settings = Self::default();
        section.read("me", &mut settings.me, |name, value| {
            mention(source, name, value)
        });
        section.read("workspace", &mut settings.workspace, |name, value| {
            workspace(source, name, value)
        });
        section.read("start_filter", &mut settings.start_filter, |name, value| {
            source.text(name, value).map(unless_empty)
        });
        section.read("editor", &mut settings.editor, |name, value| {
            let text = source.text(name, value).map(unless_empty)?;
            Some(text.map(|text| text.value))
        });
        section.read("theme", &mut settings.theme, |name, value| {
            source.word(name, value)
        });
        section.read("colour", &mut settings.colour, |name, value| {
            source.choice(name, value, &ColourMode::CHOICES)
        });
        section.read("keys", &mut settings.keys, |name, value| {
            source.choice(name, value, &KeyPreset::CHOICES)
        });
        section.read("mouse", &mut settings.mouse, |name, value| {
            source.switch(name, value)
        });
        section.read(
            "reduced_motion",
            &mut settings.reduced_motion,
            |name, value| source.switch(name, value),
        );
        section.read("plain", &mut settings.plain, |name, value| {
            source.switch(name, value)
        });
        section.read("waiting_days", &mut settings.waiting_days, |name, value| {
            source.number(name, value, 1..=365)
        });
        section.read("editions", &mut settings.editions, |name, value| {
            source.words(name, value)
        });
        section.read("ga_checklist", &mut settings.ga_checklist, |name, value| {
            source.words(name, value)
        });
        section.read("templates", &mut settings.templates, |name, value| {
            let section = source.table(name, value, "[templates]")?;
            Some(Templates::read(section, source))
        });
        section.read("views", &mut settings.views, |name, value| {
            let section = source.table(name, value, "[views]")?;
            Some(views(section, source))
        });
        section.refuse_the_rest("setting", source);
        settings
    }
}

impl Templates {
    fn read<'t>(mut section: Section<'t>, source: &mut Source<'t>) -> Self {
        let mut templates = Settings::default().templates;
        section.read("answer", &mut templates.answer, |name, value| {
            let text = source.word(name, value)?;
            match unknown_field(&text, &ANSWER_FIELDS) {
                None => Some(text.value),
                Some(wrong) => {
                    let message = format!("`{name}` has {wrong}");
                    let names = ANSWER_FIELDS.map(|field| format!("{{{field}}}")).join(", ");
                    let hint =
                        format!("use {names}; a brace of its own is written twice, as in {{{{");
                    source.fault(value.span(), message, Some(hint));
                    None
                }
            }
        });
        section.refuse_the_rest("template", source);
        templates
    }
}

/// What in a template is no known field, in words.
fn unknown_field(template: &str, known: &[&str]) -> Option<String> {
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let brace = &rest[at..];
        rest = if let Some(rest) = brace
            .strip_prefix("{{")
            .or_else(|| brace.strip_prefix("}}"))
        {
            rest
        } else if brace.starts_with('}') {
            return Some("a `}` which closes nothing".to_owned());
        } else {
            let Some((name, rest)) = brace[1..].split_once('}') else {
                return Some("a `{` which is not closed".to_owned());
            };
            if !known.contains(&name) {
                return Some(format!("the unknown name `{{{}}}`", shorten(name)));
            }
            rest
        };
    }
    None
}

fn views<'t>(section: Section<'t>, source: &mut Source<'t>) -> Vec<SavedView> {
    let mut views = Vec::new();
    for entry in section.into_entries() {
        if entry.key.trim().is_empty() {
            source.fault(entry.key_span, "a view needs a name", None);
            continue;
        }
        if let Some(filter) = source.text(&entry.key, &entry.value) {
            views.push(SavedView {
                name: entry.key,
                filter,
            });
        }
    }
    views
}

/// An empty text stands for "not set", so that the commented default can show every setting.
fn unless_empty(text: Placed<String>) -> Option<Placed<String>> {
    (!text.trim().is_empty()).then_some(text)
}

fn mention<'t>(
    source: &mut Source<'t>,
    name: &str,
    value: &Value<'t>,
) -> Option<Option<Placed<String>>> {
    let text = unless_empty(source.text(name, value)?);
    let fits = text.as_ref().is_none_or(|text| is_mention(text));
    if !fits {
        let message = format!("`{name}` expects a mention name");
        source.fault(value.span(), message, Some("write it as \"@hana\"".into()));
        return None;
    }
    Some(text)
}

/// What a mention name may look like: `@` and 1 to 64 letters, digits, `.`, `_` or `-`.
fn is_mention(text: &str) -> bool {
    text.strip_prefix('@').is_some_and(|name| {
        (1..=64).contains(&name.chars().count())
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'))
    })
}

fn workspace<'t>(source: &mut Source<'t>, name: &str, value: &Value<'t>) -> Option<Option<String>> {
    let text = unless_empty(source.text(name, value)?).map(|text| text.value);
    let fits = text.as_ref().is_none_or(|text| {
        text.starts_with("~/") || std::path::Path::new(text.as_str()).is_absolute()
    });
    if !fits {
        let message = format!("`{name}` expects a path that does not depend on where you are");
        let hint = "begin it with / or ~/".to_owned();
        source.fault(value.span(), message, Some(hint));
        return None;
    }
    Some(text)
}
