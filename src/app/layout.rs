//! Where things are on the screen, as plain numbers.
//!
//! The view draws by these figures and `update` scrolls by them: a page is what is really on the screen, and a digit acts
//! only on a suggestion that is really drawn. How many panes lie side by side follows from the width: see [`arrangement`].

use super::state::{Pane, State};

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Cells {
    /// Column of the left edge, from 0.
    pub x: u16,
    /// Row of the top edge, from 0.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Cells {
    /// What is left of it below so many rows.
    #[must_use]
    pub fn below(self, rows: u16) -> Self {
        let rows = rows.min(self.height);
        Self {
            y: self.y + rows,
            height: self.height - rows,
            ..self
        }
    }
}

/// How the panes share the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Arrangement {
    /// Under 60 columns: the focused pane alone.
    Single,
    /// 60 to 109: the list over the detail.
    Stacked,
    /// 110 to 179: the list beside feedback, ideas and release plan.
    TwoColumns,
    /// From 180: inbox, feedback, and ideas over release plan.
    ThreeColumns,
}

/// Widest line of prose, in cells.
pub const PROSE: u16 = 88;

/// Columns of the inbox where three columns begin.
const LIST: u16 = 56;

/// So few lines of the ideas pane are all given to ideas.
const FEW: usize = 4;

/// So many suggestions have a line, as far as the screen is high enough, however many there are: one for each digit. The text
/// beside them would move with their number as the cursor does, and once more when they come.
const SUGGESTIONS: u16 = 9;

/// Smallest screen that is drawn; below it the console asks for more room.
pub const SMALLEST: (u16, u16) = (40, 10);

/// Where each part of the console is; a part which is not drawn has no cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Layout {
    /// The header line.
    pub header: Cells,
    /// Everything between header and notice.
    pub body: Cells,
    /// The inbox, its title line and column heads included.
    pub inbox: Cells,
    /// The feedback in hand.
    pub feedback: Cells,
    /// The ideas.
    pub ideas: Cells,
    /// The release plan.
    pub plan: Cells,
    /// The rule above the footer, which carries notices; prompts take it and the footer.
    pub notice: Cells,
    /// The footer line with the keys.
    pub footer: Cells,
}

/// How the panes share a screen of that many columns.
#[must_use]
pub fn arrangement(columns: u16) -> Arrangement {
    match columns {
        ..60 => Arrangement::Single,
        60..110 => Arrangement::Stacked,
        110..180 => Arrangement::TwoColumns,
        180.. => Arrangement::ThreeColumns,
    }
}

/// So many parts `of` that many cells.
fn share(cells: u16, parts: u32, of: u32) -> u16 {
    u16::try_from(u32::from(cells) * parts / of).unwrap_or(cells)
}

/// Lays the console out for the state's size, focus and zoom.
#[must_use]
pub fn layout(state: &State) -> Layout {
    let (width, height) = state.size;
    let row = |y: u16, height: u16| Cells {
        x: 0,
        y,
        width,
        height,
    };
    let body = row(2, height.saturating_sub(4));
    let mut layout = Layout {
        header: row(0, 1.min(height)),
        body,
        notice: row(height.saturating_sub(2), 1.min(height)),
        footer: row(height.saturating_sub(1), 1.min(height)),
        ..Layout::default()
    };
    if state.zoomed || arrangement(width) == Arrangement::Single {
        *layout.pane_mut(state.focus) = body;
        return layout;
    }
    let column = |x: u16, width: u16| Cells { x, width, ..body };
    let stack = |cells: Cells, above: u16| {
        let top = Cells {
            height: above.min(cells.height),
            ..cells
        };
        let rest = cells.height.saturating_sub(above + 1);
        (
            top,
            Cells {
                y: cells.y + above + 1,
                height: rest,
                ..cells
            },
        )
    };
    match arrangement(width) {
        Arrangement::Single => {}
        Arrangement::Stacked => {
            // The list above; below it the feedback with its ideas, or the release plan when that has the focus.
            let (inbox, below) = stack(body, share(body.height, 7, 20).max(5));
            layout.inbox = inbox;
            if state.focus == Pane::Plan {
                layout.plan = below;
            } else {
                let ideas = (SUGGESTIONS + 1).min(share(below.height, 2, 5));
                let (feedback, ideas) = stack(below, below.height.saturating_sub(ideas + 1));
                layout.feedback = feedback;
                layout.ideas = ideas;
            }
        }
        Arrangement::TwoColumns => {
            let left = share(width, 2, 5);
            layout.inbox = column(0, left);
            let right = column(left + 1, width - left - 1);
            let plan = (right.height / 5).max(4);
            let ideas = (SUGGESTIONS + 3).min(right.height / 3 + 1);
            let (upper, plan) = stack(right, right.height.saturating_sub(plan + 1));
            let (feedback, ideas) = stack(upper, upper.height.saturating_sub(ideas + 1));
            layout.feedback = feedback;
            layout.ideas = ideas;
            layout.plan = plan;
        }
        Arrangement::ThreeColumns => {
            // What is wider than three columns need goes to the titles of the inbox first.
            let inbox = (LIST + (width - 180) / 2).min(80);
            let feedback = share(width - inbox, 41, 100).min(PROSE + 3);
            layout.inbox = column(0, inbox);
            layout.feedback = column(inbox + 1, feedback);
            let x = inbox + feedback + 2;
            let (ideas, plan) = stack(column(x, width.saturating_sub(x)), body.height / 2);
            layout.ideas = ideas;
            layout.plan = plan;
        }
    }
    layout
}

/// The width at which the screen of an idea lays its lines out, and how many of them are on the screen, below the title.
#[must_use]
pub fn idea_room(body: Cells) -> (usize, usize) {
    (
        usize::from(body.width.saturating_sub(4).min(PROSE + 12)),
        usize::from(body.height.saturating_sub(1)).max(1),
    )
}

/// Where the parts of the weekly sync are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct SyncLayout {
    /// The line that says which meeting it is.
    pub title: Cells,
    /// The list of the face that is shown.
    pub list: Cells,
    /// What there is to read about the row in hand; no cells where there is no room.
    pub detail: Cells,
}

impl SyncLayout {
    /// Whether the detail stands beside the list.
    #[must_use]
    pub const fn is_beside(&self) -> bool {
        self.detail.x > self.list.x
    }
}

/// Lays the weekly sync out: the list beside the detail, or over it; under 60 columns the list alone.
#[must_use]
pub fn sync(state: &State) -> SyncLayout {
    let body = layout(state).body;
    let title = Cells {
        height: 1.min(body.height),
        ..body
    };
    // Below the title is a rule.
    let rest = Cells {
        y: body.y + 2,
        height: body.height.saturating_sub(2),
        ..body
    };
    let (list, detail) = match arrangement(body.width) {
        // With nothing to read about, the list has it all.
        Arrangement::Single | Arrangement::Stacked if state.sync.cursor.on.is_none() => {
            (rest, Cells::default())
        }
        Arrangement::Single | Arrangement::Stacked => {
            let above = share(rest.height, 3, 5).max(5).min(rest.height);
            let detail = Cells {
                y: rest.y + above + 1,
                height: rest.height.saturating_sub(above + 1),
                ..rest
            };
            (
                Cells {
                    height: above,
                    ..rest
                },
                detail,
            )
        }
        Arrangement::TwoColumns | Arrangement::ThreeColumns => {
            let left = share(rest.width, 3, 5);
            let detail = Cells {
                x: left + 1,
                width: rest.width - left - 1,
                ..rest
            };
            (
                Cells {
                    width: left,
                    ..rest
                },
                detail,
            )
        }
    };
    SyncLayout {
        title,
        list,
        detail,
    }
}

impl Layout {
    /// The cells of a pane.
    #[must_use]
    pub fn pane(&self, pane: Pane) -> Cells {
        match pane {
            Pane::Inbox => self.inbox,
            Pane::Feedback => self.feedback,
            Pane::Ideas => self.ideas,
            Pane::Plan => self.plan,
        }
    }

    fn pane_mut(&mut self, pane: Pane) -> &mut Cells {
        match pane {
            Pane::Inbox => &mut self.inbox,
            Pane::Feedback => &mut self.feedback,
            Pane::Ideas => &mut self.ideas,
            Pane::Plan => &mut self.plan,
        }
    }

    /// How many rows of the inbox are on the screen: without its title and column heads.
    #[must_use]
    pub fn inbox_rows(&self) -> usize {
        usize::from(self.inbox.height.saturating_sub(2))
    }

    /// How many suggestions are drawn in the ideas pane: without its title line and, where there is room, without the line
    /// that says why one fits.
    #[must_use]
    pub fn suggestion_rows(&self) -> usize {
        let rows = usize::from(self.ideas.height.saturating_sub(1));
        let reason = usize::from(rows > FEW);
        (rows - reason).min(usize::from(SUGGESTIONS))
    }
}
