//! `theme.toml`: which colours and weights a role has. Colours are checked here; which roles there are, the
//! room that draws them knows.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{LazyLock, OnceLock};

use super::closest;
use super::fault::{Fault, Placed};
use super::source::{Section, Source, Value, shorten};

/// The themes that come with the program, in the language of `theme.toml`.
pub const BUILT_IN: &str = include_str!("../../assets/theme.toml");

/// The theme on which one builds that names no other.
const FOUNDATION: &str = "auto";

/// How one role looks. What is not set shows through from below.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// The colour of the text; [`Colour::parse`] understands it.
    pub fg: Option<String>,
    /// The colour behind it; [`Colour::parse`] understands it.
    pub bg: Option<String>,
    /// Heavier.
    pub bold: bool,
    /// Lighter.
    pub dim: bool,
    /// Slanted.
    pub italic: bool,
    /// With a line below.
    pub underline: bool,
    /// Text and background change places.
    pub reverse: bool,
}

/// One theme as it was written: its roles, and the theme from which it takes the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Its name.
    pub name: Placed<String>,
    /// The theme on which it builds, as written.
    pub base: Option<Placed<String>>,
    /// Role and style, in the order of the file.
    pub roles: Vec<(Placed<String>, Style)>,
}

/// All themes: those that come with the program, and the user's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Themes {
    own: Vec<Theme>,
}

/// A theme that comes with the program. It is read when it is asked for: most of them never are, and to read all of them
/// took longer at every start than whatever else the configuration says.
struct BuiltIn {
    name: &'static str,
    text: &'static str,
    theme: OnceLock<Option<Theme>>,
}

static BUILT_INS: LazyLock<Vec<BuiltIn>> = LazyLock::new(|| built_ins(BUILT_IN));

/// The pieces of the file, each from the line with its name on.
fn built_ins(file: &'static str) -> Vec<BuiltIn> {
    let headers = file.match_indices("\n[").map(|(place, _)| place + 1);
    let starts: Vec<usize> = headers.collect();
    let ends = starts.iter().skip(1).copied().chain([file.len()]);
    let pieces = starts.iter().zip(ends);
    let piece = |(start, end): (&usize, usize)| {
        let text = &file[*start..end];
        let (name, _) = text.strip_prefix('[')?.split_once(']')?;
        Some(BuiltIn {
            name,
            text,
            theme: OnceLock::new(),
        })
    };
    pieces.filter_map(piece).collect()
}

impl BuiltIn {
    fn named(name: &str) -> Option<&'static Theme> {
        let found = BUILT_INS.iter().find(|built_in| built_in.name == name)?;
        let theme = found.theme.get_or_init(|| {
            let mut source = Source::new(Path::new("(built in)"), found.text);
            let section = source.parse();
            read(section, &mut source).pop()
        });
        theme.as_ref()
    }
}

impl Themes {
    pub(super) fn new(own: Vec<Theme>) -> Self {
        Self { own }
    }

    /// The names that can be chosen, those of the program first.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = BUILT_INS.iter().map(|built_in| built_in.name).collect();
        for theme in &self.own {
            if !names.contains(&theme.name.as_str()) {
                names.push(&theme.name);
            }
        }
        names
    }

    /// The user's own themes, for the room that can tell whether their roles exist.
    pub fn own(&self) -> &[Theme] {
        &self.own
    }

    /// The style of every role in the theme `name`, its bases included: the nearest theme that names a role
    /// decides all of its style. Empty if there is no such theme.
    pub fn styles(&self, name: &str) -> BTreeMap<String, Style> {
        let mut styles = BTreeMap::new();
        for theme in self.chain(name) {
            for (role, style) in &theme.roles {
                styles
                    .entry(role.value.clone())
                    .or_insert_with(|| style.clone());
            }
        }
        styles
    }

    /// The theme `name` and what it builds on, nearest first. A circle ends where it closes.
    fn chain(&self, name: &str) -> Vec<&Theme> {
        let mut chain: Vec<&Theme> = Vec::new();
        let mut next = self.find(name);
        while let Some(theme) = next {
            if chain.iter().any(|seen| std::ptr::eq(*seen, theme)) {
                break;
            }
            chain.push(theme);
            next = self.base(theme);
        }
        chain
    }

    fn find(&self, name: &str) -> Option<&Theme> {
        let own = self.own.iter().find(|theme| *theme.name == name);
        own.or_else(|| BuiltIn::named(name))
    }

    /// A theme of the user's that has the name of a built-in one changes that one; it is the base of its own.
    fn base(&self, theme: &Theme) -> Option<&Theme> {
        let is_own = self.own.iter().any(|other| std::ptr::eq(other, theme));
        match &theme.base {
            Some(base) if **base == *theme.name => BuiltIn::named(base),
            Some(base) => self.find(base),
            None if !is_own => None,
            None => BuiltIn::named(&theme.name).or_else(|| BuiltIn::named(FOUNDATION)),
        }
    }

    /// Bases that do not exist or that go round in a circle.
    pub(super) fn faults(&self) -> Vec<Fault> {
        self.own
            .iter()
            .filter_map(|theme| {
                let base = theme.base.as_ref()?;
                let itself = format!("`{}` builds on itself", shorten(&theme.name));
                let Some(found) = self.base(theme) else {
                    if **base == *theme.name {
                        return Some(base.fault(itself, None));
                    }
                    let message = format!("there is no theme `{}`", shorten(base));
                    return Some(base.fault(message, closest::hint(base, &self.names())));
                };
                let chain = self.chain(&found.name);
                let circle = chain.iter().any(|other| std::ptr::eq(*other, theme));
                circle.then(|| base.fault(itself, None))
            })
            .collect()
    }
}

pub(super) fn read<'t>(section: Section<'t>, source: &mut Source<'t>) -> Vec<Theme> {
    let mut themes = Vec::new();
    for entry in section.into_entries() {
        let name = source.placed(entry.key_span, entry.key);
        let Some(mut roles) = source.table(&name, &entry.value, "[mine]") else {
            continue;
        };
        let mut theme = Theme {
            name,
            base: None,
            roles: Vec::new(),
        };
        roles.read("base", &mut theme.base, |name, value| {
            source.word(name, value).map(Some)
        });
        for entry in roles.into_entries() {
            let role = source.placed(entry.key_span, entry.key);
            let example = format!("{} = {{ fg = \"red\" }}", shorten(&role));
            if let Some(section) = source.table(&role, &entry.value, &example) {
                theme.roles.push((role, style(section, source)));
            }
        }
        themes.push(theme);
    }
    themes
}

fn style<'t>(mut section: Section<'t>, source: &mut Source<'t>) -> Style {
    let mut style = Style::default();
    section.read("fg", &mut style.fg, |name, value| {
        colour(source, name, value).map(Some)
    });
    section.read("bg", &mut style.bg, |name, value| {
        colour(source, name, value).map(Some)
    });
    for (name, slot) in [
        ("bold", &mut style.bold),
        ("dim", &mut style.dim),
        ("italic", &mut style.italic),
        ("underline", &mut style.underline),
        ("reverse", &mut style.reverse),
    ] {
        section.read(name, slot, |name, value| source.switch(name, value));
    }
    section.refuse_the_rest("part of a style", source);
    style
}

fn colour<'t>(source: &mut Source<'t>, name: &str, value: &Value<'t>) -> Option<String> {
    let text = source.text(name, value)?;
    if Colour::parse(&text).is_none() {
        let message = format!("`{}` is not a colour", shorten(&text));
        let near = closest::closest(&text, COLOURS)
            .map(|near| format!("did you mean `{near}`?"))
            .unwrap_or_else(|| {
                "use a name such as `red` or `bright-black`, `#rrggbb`, a number from 0 to 255, or \
                 `default`"
                    .to_owned()
            });
        source.fault(value.span(), message, Some(near));
        return None;
    }
    Some(text.value)
}

/// A colour as it can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// The terminal's own.
    Default,
    /// A number of the palette; 0 to 15 are the named ones.
    Palette(u8),
    /// Red, green and blue.
    Rgb(u8, u8, u8),
}

/// The names of the palette's first sixteen colours, in its order.
const COLOURS: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

impl Colour {
    /// Reads `default`, one of sixteen names, `#rrggbb`, or a number from 0 to 255.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "default" {
            return Some(Self::Default);
        }
        if let Some(number) = (0..).zip(COLOURS).find(|(_, name)| *name == text) {
            return Some(Self::Palette(number.0));
        }
        if let Some(hex) = text.strip_prefix('#') {
            let whole = hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
            let part = |from: usize| u8::from_str_radix(&hex[from..from + 2], 16).ok();
            return match whole {
                true => Some(Self::Rgb(part(0)?, part(2)?, part(4)?)),
                false => None,
            };
        }
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().ok())?.map(Self::Palette)
    }
}

#[cfg(test)]
mod tests;
