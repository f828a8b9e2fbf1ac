//! The charts on the screen.

use crate::domain::chart::{Chart, Lead, Shape};
use crate::domain::moment::Moment;

/// The charts, side by side or one of them alone.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Charts {
    /// The charts, in their order; none while they have not come.
    pub charts: Vec<Chart>,
    /// When they were asked for while there were none.
    pub since: Moment,
    /// Which chart is in hand.
    pub cursor: usize,
    /// The row in hand of the chart that fills the screen.
    pub row: Option<usize>,
    /// The first of its rows on the screen.
    pub top: usize,
}

impl Charts {
    /// The chart in hand.
    #[must_use]
    pub fn chart(&self) -> Option<&Chart> {
        self.charts.get(self.cursor)
    }

    /// What the row in hand stands for, where that can be opened.
    #[must_use]
    pub fn lead(&self) -> Option<&Lead> {
        self.chart()?.leads.get(self.row?)
    }

    /// How many rows the chart in hand has when it fills the screen: one for each place, or for each who is counted.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.chart().map_or(0, |chart| match chart.shape {
            Shape::StackedColumns => chart.series.len(),
            Shape::Columns | Shape::Lines | Shape::Bars => chart.labels.len(),
        })
    }
}
