//! Screens as text for people to read in a review, and as a picture for the README.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// The letters of a screen, trailing blanks apart.
pub fn text(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        each_cell(buffer, y, |_, cell| line.push_str(cell.symbol()));
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// The ground of the theme in which pictures are taken: it is under everything, and not named.
const GROUND: Color = Color::Rgb(0x16, 0x18, 0x1c);

/// The letters of a screen with its styles: each line is followed by one that names the style of every letter by a sign,
/// and the signs are explained below. A style which is not named in the legend does not occur.
pub fn styled(buffer: &Buffer) -> String {
    const SIGNS: &str = " abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    let mut legend: Vec<String> = vec![String::from("plain")];
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let (mut line, mut signs) = (String::new(), String::new());
        each_cell(buffer, y, |_, cell| {
            let style = name(cell);
            let place = legend
                .iter()
                .position(|known| *known == style)
                .unwrap_or_else(|| {
                    legend.push(style);
                    legend.len() - 1
                });
            let sign = SIGNS.chars().nth(place).unwrap_or('?');
            line.push_str(cell.symbol());
            signs.extend(std::iter::repeat_n(sign, cell.symbol().width().max(1)));
        });
        let _ = writeln!(out, "|{}", line.trim_end());
        if !signs.trim_end().is_empty() {
            let _ = writeln!(out, ":{}", signs.trim_end());
        }
    }
    for (sign, style) in SIGNS.chars().zip(&legend).skip(1) {
        let _ = writeln!(out, "{sign} = {style}");
    }
    out
}

fn each_cell(buffer: &Buffer, y: u16, mut visit: impl FnMut(u16, &Cell)) {
    let mut x = 0;
    while x < buffer.area.width {
        let cell = &buffer[(x, y)];
        visit(x, cell);
        x += (cell.symbol().width() as u16).max(1);
    }
}

fn name(cell: &Cell) -> String {
    let mut parts = Vec::new();
    if cell.fg != Color::Reset {
        parts.push(format!("{}", cell.fg));
    }
    if cell.bg != Color::Reset && cell.bg != GROUND {
        parts.push(format!("on {}", cell.bg));
    }
    for (modifier, word) in [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::ITALIC, "italic"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::REVERSED, "reversed"),
    ] {
        if cell.modifier.contains(modifier) {
            parts.push(word.to_owned());
        }
    }
    if parts.is_empty() {
        "plain".to_owned()
    } else {
        parts.join(" ")
    }
}

/// Cells of the picture, in pixels.
const CELL: (f32, f32) = (8.4, 18.0);
const MARGIN: f32 = 12.0;

/// The screen as an SVG picture, for a terminal with light letters on a dark ground.
pub fn svg(buffer: &Buffer, title: &str) -> String {
    let width = f32::from(buffer.area.width) * CELL.0 + 2.0 * MARGIN;
    let height = f32::from(buffer.area.height) * CELL.1 + 2.0 * MARGIN;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" aria-label=\"{title}\">\n\
         <style>text{{font:14px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;white-space:pre}}</style>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#16181c\"/>\n"
    );
    for y in 0..buffer.area.height {
        for run in runs(buffer, y) {
            draw(&mut out, &run, y);
        }
    }
    out.push_str("</svg>\n");
    out
}

/// Neighbouring cells of one style.
struct Run {
    x: u16,
    cells: u16,
    text: String,
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

fn runs(buffer: &Buffer, y: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    each_cell(buffer, y, |x, cell| {
        let bg = match cell.bg {
            GROUND => Color::Reset,
            bg => bg,
        };
        let wide = (cell.symbol().width() as u16).max(1);
        match runs.last_mut() {
            Some(run)
                if (run.fg, run.bg, run.modifier) == (cell.fg, bg, cell.modifier) && wide == 1 =>
            {
                run.text.push_str(cell.symbol());
                run.cells += 1;
            }
            _ => runs.push(Run {
                x,
                cells: wide,
                text: cell.symbol().to_owned(),
                fg: cell.fg,
                bg,
                modifier: cell.modifier,
            }),
        }
    });
    runs
}

fn draw(out: &mut String, run: &Run, y: u16) {
    let left = MARGIN + f32::from(run.x) * CELL.0;
    let top = MARGIN + f32::from(y) * CELL.1;
    let width = f32::from(run.cells) * CELL.0;
    if let Some(fill) = hex(run.bg) {
        let _ = writeln!(
            out,
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{}\" fill=\"{fill}\"/>",
            CELL.1
        );
    }
    let text = run.text.trim();
    if text.is_empty() {
        return;
    }
    // Blanks at the edges are left out: not every viewer keeps them.
    let before = run.text.len() - run.text.trim_start().len();
    let blanks =
        run.text.chars().filter(|c| *c == ' ').count() - text.chars().filter(|c| *c == ' ').count();
    let left = left + before as f32 * CELL.0;
    let width = width - blanks as f32 * CELL.0;
    let mut style = String::new();
    let fill = hex(run.fg).unwrap_or_else(|| "#d0d3d8".to_owned());
    let _ = write!(style, " fill=\"{fill}\"");
    if run.modifier.contains(Modifier::BOLD) {
        style.push_str(" font-weight=\"bold\"");
    }
    if run.modifier.contains(Modifier::UNDERLINED) {
        style.push_str(" text-decoration=\"underline\"");
    }
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let _ = writeln!(
        out,
        "<text x=\"{left:.1}\" y=\"{:.1}\" textLength=\"{width:.1}\"{style}>{escaped}</text>",
        top + 13.5
    );
}

fn hex(colour: Color) -> Option<String> {
    match colour {
        Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        _ => None,
    }
}
