//! Roles and their styles. Views name roles; only a theme names colours.

use ratatui::style::{Color, Modifier, Style};

use super::colour::{self, Depth};
use crate::config::{Colour, Fault, Placed, Style as Written, Themes};

/// What a piece of the screen is. Every theme gives each role a style.
macro_rules! roles {
    ($($(#[$doc:meta])* $role:ident = $name:literal;)+) => {
        /// What a piece of the screen is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Role {
            $($(#[$doc])* $role,)+
        }

        impl Role {
            /// Every role, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$role,)+];

            /// Its name in `theme.toml`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$role => $name,)+ }
            }
        }
    };
}

roles! {
    /// The ground, and what is drawn on it without a colour of its own.
    Screen = "screen";
    /// Ordinary text.
    Text = "text";
    /// Context.
    Dim = "dim";
    /// Faint activity and hints.
    Faint = "faint";
    /// Titles.
    Title = "title";
    /// The one accent: the focused pane.
    Accent = "accent";
    /// The row under the cursor.
    Selection = "selection";
    /// The tick of a marked row.
    Marked = "marked";
    /// Rules between panes.
    Rule = "rule";
    /// Rules around the focused pane.
    RuleFocused = "rule_focused";
    /// Column heads and the header line.
    Header = "header";
    /// A key in the footer.
    Key = "key";
    /// What the key does.
    KeyLabel = "key_label";
    /// Good.
    Good = "good";
    /// Mind this.
    Warning = "warning";
    /// Bad.
    Bad = "bad";
    /// Critical importance.
    ImportanceCritical = "importance_critical";
    /// Important.
    ImportanceImportant = "importance_important";
    /// Nice to have.
    ImportanceNice = "importance_nice";
    /// Not important, or unset.
    ImportanceNone = "importance_none";
    /// A quoted passage.
    Quote = "quote";
    /// A link.
    Link = "link";
    /// What a search matches.
    Match = "match";
    /// The bar of a suggestion.
    SuggestionBar = "suggestion_bar";
    /// What a chart counts first.
    ChartFirst = "chart_first";
    /// What a chart counts second.
    ChartSecond = "chart_second";
    /// What a chart counts third.
    ChartThird = "chart_third";
    /// Whatever else a chart counts.
    ChartOther = "chart_other";
    /// A mention.
    Mention = "mention";
    /// Text of a popup.
    Popup = "popup";
    /// Title of a popup.
    PopupTitle = "popup_title";
    /// An error.
    Error = "error";
    /// Status New.
    StatusNew = "status_new";
    /// Status Under Consideration.
    StatusConsidered = "status_considered";
    /// Status Planned.
    StatusPlanned = "status_planned";
    /// Status In Development.
    StatusDevelopment = "status_development";
    /// Status Postponed.
    StatusPostponed = "status_postponed";
    /// Status Won't Do.
    StatusWontDo = "status_wont_do";
    /// Status Released.
    StatusReleased = "status_released";
    /// What cannot be chosen now.
    Disabled = "disabled";
    /// Text being typed.
    Input = "input";
    /// The text cursor.
    Cursor = "cursor";
}

/// A style for every role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    styles: Vec<Style>,
}

impl Theme {
    /// A theme from one style per role, asked for by name.
    #[must_use]
    pub fn from_styles(style_of: impl Fn(Role) -> Style) -> Self {
        Self {
            styles: Role::ALL.iter().map(|role| style_of(*role)).collect(),
        }
    }

    /// The style of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }
}

impl Theme {
    /// The theme of that name for a terminal of that many colours. What a user's own theme says of roles which do not
    /// exist is reported with its place, all at once; so is a name that no theme has.
    ///
    /// # Errors
    /// Every fault found in the names of roles and of the theme.
    pub fn named(themes: &Themes, name: &Placed<String>, depth: Depth) -> Result<Self, Vec<Fault>> {
        let known = |role: &str| Role::ALL.iter().any(|r| r.name() == role);
        let mut faults: Vec<Fault> = themes
            .own()
            .iter()
            .flat_map(|theme| &theme.roles)
            .filter(|(role, _)| !known(&role.value))
            .map(|(role, _)| {
                let names: Vec<&str> = Role::ALL.iter().map(|r| r.name()).collect();
                role.fault(
                    format!("there is no role “{}”", role.value),
                    Some(format!("the roles are {}", names.join(", "))),
                )
            })
            .collect();
        let styles = themes.styles(&name.value);
        if styles.is_empty() {
            faults.push(name.fault(
                format!("there is no theme “{}”", name.value),
                Some(format!("choose one of {}", themes.names().join(", "))),
            ));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self::from_styles(|role| {
            styles
                .get(role.name())
                .map_or_else(Style::default, |written| style(written, role, depth))
        }))
    }
}

fn style(written: &Written, role: Role, depth: Depth) -> Style {
    let colour = |text: &Option<String>| -> Option<Color> {
        text.as_deref()
            .and_then(Colour::parse)
            .and_then(|c| colour::shown(c, depth))
    };
    let mut style = Style {
        fg: colour(&written.fg),
        bg: colour(&written.bg),
        ..Style::default()
    };
    for (on, modifier) in [
        (written.bold, Modifier::BOLD),
        (written.dim, Modifier::DIM),
        (written.italic, Modifier::ITALIC),
        (written.underline, Modifier::UNDERLINED),
        (written.reverse, Modifier::REVERSED),
    ] {
        if on {
            style = style.add_modifier(modifier);
        }
    }
    if depth == Depth::None {
        // Without colours an attribute carries what a background did.
        let attribute = match role {
            Role::Match => Modifier::UNDERLINED,
            Role::Cursor => Modifier::REVERSED,
            Role::Selection => Modifier::BOLD,
            _ => Modifier::empty(),
        };
        style = style.add_modifier(attribute);
    }
    style
}
