//! The minutes of a meeting as the console has them.

use crate::domain::meeting::Minutes;
use crate::domain::weight::Weight;

/// The minutes of a meeting, as data, to read and to copy.
#[derive(Clone, Debug, PartialEq)]
pub struct MinutesText {
    /// What they tell.
    pub minutes: Minutes,
    /// The lines to read.
    pub lines: Vec<(Weight, String)>,
    /// The text to copy.
    pub markdown: String,
    /// A name without an ending, under which there is no file yet.
    pub name: String,
}

/// The minutes on the screen.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct MinutesView {
    /// What was read; `None` until it has come.
    pub text: Option<Box<MinutesText>>,
    /// First line on the screen.
    pub top: usize,
    /// The prompt for the file opens as soon as they have come.
    pub writing: bool,
}
