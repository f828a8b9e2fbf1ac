//! How many colours a terminal has, and what becomes of a colour it lacks.

use ratatui::style::Color;

use crate::config::{Colour, ColourMode};

/// How many colours a terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Depth {
    /// None: attributes only.
    None,
    /// The terminal's own sixteen.
    Sixteen,
    /// The palette of 256.
    Palette,
    /// Any.
    True,
}

impl Depth {
    /// What the setting says, or else the environment: `NO_COLOR` (<https://no-color.org>: set and not empty),
    /// `COLORTERM` (`truecolor` or `24bit`) and `TERM`.
    #[must_use]
    pub fn of(mode: ColourMode, environment: impl Fn(&str) -> Option<String>) -> Self {
        match mode {
            ColourMode::Never => Self::None,
            ColourMode::Sixteen => Self::Sixteen,
            ColourMode::Palette => Self::Palette,
            ColourMode::TrueColour => Self::True,
            ColourMode::Auto => Self::from_environment(environment),
        }
    }

    fn from_environment(environment: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| environment(name).filter(|value| !value.is_empty());
        let term = set("TERM").unwrap_or_default();
        if set("NO_COLOR").is_some() || term == "dumb" {
            return Self::None;
        }
        let colours = set("COLORTERM").unwrap_or_default();
        if colours == "truecolor" || colours == "24bit" || term.ends_with("-direct") {
            Self::True
        } else if term.contains("256color") {
            Self::Palette
        } else {
            Self::Sixteen
        }
    }
}

/// The colour as the terminal can show it; `None` for the terminal's own foreground or background.
#[must_use]
pub fn shown(colour: Colour, depth: Depth) -> Option<Color> {
    match (colour, depth) {
        (_, Depth::None) | (Colour::Default, _) => None,
        (Colour::Palette(number), Depth::Sixteen) if number >= 16 => {
            let (red, green, blue) = palette(number);
            Some(Color::Indexed(nearest(red, green, blue, 0..=15)))
        }
        (Colour::Palette(number), _) => Some(Color::Indexed(number)),
        (Colour::Rgb(red, green, blue), Depth::True) => Some(Color::Rgb(red, green, blue)),
        // The sixteen are whatever the terminal's palette says, so only the others are known colours.
        (Colour::Rgb(red, green, blue), Depth::Palette) => {
            Some(Color::Indexed(nearest(red, green, blue, 16..=255)))
        }
        (Colour::Rgb(red, green, blue), Depth::Sixteen) => {
            Some(Color::Indexed(nearest(red, green, blue, 0..=15)))
        }
    }
}

/// The entry of the palette nearest to a colour, by squared distance.
fn nearest(red: u8, green: u8, blue: u8, among: std::ops::RangeInclusive<u8>) -> u8 {
    let distance = |number: u8| {
        let (r, g, b) = palette(number);
        let square = |a: u8, b: u8| (i32::from(a) - i32::from(b)).pow(2);
        square(r, red) + square(g, green) + square(b, blue)
    };
    among.min_by_key(|number| distance(*number)).unwrap_or(7)
}

/// What xterm shows for a number of its palette (<https://invisible-island.net/xterm/>, 256colres.pl).
fn palette(number: u8) -> (u8, u8, u8) {
    const NAMED: [(u8, u8, u8); 16] = [
        (0, 0, 0),
        (205, 0, 0),
        (0, 205, 0),
        (205, 205, 0),
        (0, 0, 238),
        (205, 0, 205),
        (0, 205, 205),
        (229, 229, 229),
        (127, 127, 127),
        (255, 0, 0),
        (0, 255, 0),
        (255, 255, 0),
        (92, 92, 255),
        (255, 0, 255),
        (0, 255, 255),
        (255, 255, 255),
    ];
    match number {
        0..16 => NAMED[usize::from(number)],
        16..232 => {
            let step = |n: u8| if n == 0 { 0 } else { 55 + n * 40 };
            let cube = number - 16;
            (step(cube / 36), step(cube / 6 % 6), step(cube % 6))
        }
        232.. => {
            let grey = 8 + (number - 232) * 10;
            (grey, grey, grey)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(set: &[(&str, &str)]) -> Depth {
        Depth::of(ColourMode::Auto, |name| {
            set.iter()
                .find(|(n, _)| *n == name)
                .map(|(_, v)| (*v).to_owned())
        })
    }

    #[test]
    fn the_environment_decides() {
        assert_eq!(depth(&[("TERM", "xterm-256color")]), Depth::Palette);
        assert_eq!(
            depth(&[("TERM", "xterm"), ("COLORTERM", "truecolor")]),
            Depth::True
        );
        assert_eq!(
            depth(&[("TERM", "xterm-256color"), ("NO_COLOR", "1")]),
            Depth::None
        );
        assert_eq!(
            depth(&[("TERM", "xterm-256color"), ("NO_COLOR", "")]),
            Depth::Palette
        );
        assert_eq!(depth(&[("TERM", "linux")]), Depth::Sixteen);
        assert_eq!(depth(&[("TERM", "dumb")]), Depth::None);
    }

    #[test]
    fn colours_fall_to_the_nearest_there_is() {
        assert_eq!(
            shown(Colour::Rgb(255, 0, 0), Depth::Palette),
            Some(Color::Indexed(196))
        );
        assert_eq!(
            shown(Colour::Rgb(250, 5, 5), Depth::Sixteen),
            Some(Color::Indexed(9))
        );
        assert_eq!(
            shown(Colour::Palette(2), Depth::Sixteen),
            Some(Color::Indexed(2))
        );
        assert_eq!(shown(Colour::Rgb(1, 2, 3), Depth::None), None);
        assert_eq!(shown(Colour::Default, Depth::True), None);
    }
}
