//! The order of the feedback list, and how a page is found in it without counting rows.
//!
//! A page starts at a *position*: the values of the order's columns at the row before it. What lies beyond a position is
//! fetched in steps that each are one contiguous range of an index, the longest tie first:
//!
//! ```text
//! order  importance_sort, received, id           beyond (−3, 17, 5):
//!        importance_sort = −3 AND received = 17 AND id > 5
//!   then importance_sort = −3 AND received > 17
//!   then importance_sort > −3
//! ```
//!
//! Row values, `(a, b, id) > (?, ?, ?)`, say the same in one step, but SQLite uses its index for the columns before the
//! integer key alone: an import without dates, where a million rows share one moment, would be walked from its start.

use std::cmp::Ordering;

use rusqlite::types::Value;

use crate::query::{Sort, SortKey};

/// Which way to go from a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// Towards the last row.
    Forward,
    /// Towards the first row.
    Backward,
}

/// A column of the feedback table that takes part in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// When it was received.
    Received,
    /// The negated importance, unset last.
    Importance,
    /// The folded company, none last.
    Company,
    /// The local key, which settles ties.
    Id,
}

impl Column {
    /// Its name in SQL.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Received => "f.received",
            Self::Importance => "f.importance_sort",
            Self::Company => "f.company_sort",
            Self::Id => "f.id",
        }
    }
}

/// A total order of the feedback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Order {
    /// The columns and whether each descends; the local key is the last.
    columns: Vec<(Column, bool)>,
}

/// A condition for one step beyond a position, with what it binds and how it is ordered.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Step {
    /// Ends with ` AND `; empty for the whole list.
    pub(super) condition: String,
    /// Its values.
    pub(super) binds: Vec<Value>,
    /// What follows `ORDER BY`.
    pub(super) order_by: String,
}

impl Order {
    /// The order that `sort` asks for; the oldest first when it asks for nothing.
    ///
    /// Ties are settled by age, in the direction of the first key, so that an order that is turned round is exactly
    /// the other way round and one index serves both.
    pub(super) fn new(sort: &[Sort]) -> Self {
        let mut columns: Vec<(Column, bool)> = sort
            .iter()
            .map(|sort| {
                let column = match sort.key {
                    SortKey::Age => Column::Received,
                    SortKey::Importance => Column::Importance,
                    SortKey::Company => Column::Company,
                };
                (column, sort.reversed)
            })
            .collect();
        let age = columns.iter().find(|(c, _)| *c == Column::Received);
        let descends = match age.or(columns.first()) {
            Some((_, descends)) => *descends,
            None => false,
        };
        if age.is_none() {
            columns.push((Column::Received, descends));
        }
        columns.push((Column::Id, descends));
        Self { columns }
    }

    /// The columns in order.
    pub(super) fn columns(&self) -> impl Iterator<Item = Column> {
        self.columns.iter().map(|(column, _)| *column)
    }

    /// Whether what was received last comes first, whatever else takes part.
    pub(super) fn is_newest_first(&self) -> bool {
        self.columns.first() == Some(&(Column::Received, true))
    }

    /// Which of two positions comes first.
    pub(super) fn compare(&self, a: &[Value], b: &[Value]) -> Ordering {
        let columns = self.columns.iter().zip(a.iter().zip(b));
        let mut orders = columns.map(|((_, descends), (a, b))| {
            let order = match (a, b) {
                (Value::Integer(a), Value::Integer(b)) => a.cmp(b),
                (Value::Text(a), Value::Text(b)) => a.cmp(b),
                // The columns hold nothing else.
                _ => Ordering::Equal,
            };
            if *descends { order.reverse() } else { order }
        });
        orders
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }

    /// The word in the names of the indexes that hold this order (`age` in `feedback_open_by_age`); `None` when
    /// there is no such index.
    pub(super) fn index_word(&self) -> Option<&'static str> {
        let descends = self.columns.first().is_some_and(|(_, d)| *d);
        if self.columns.iter().any(|(_, d)| *d != descends) {
            return None;
        }
        let columns: Vec<Column> = self.columns().collect();
        match columns.as_slice() {
            [Column::Received, Column::Id] => Some("age"),
            [Column::Importance, Column::Received, Column::Id] => Some("importance"),
            [Column::Company, Column::Received, Column::Id] => Some("company"),
            _ => None,
        }
    }

    /// The whole list, from its first or its last row on.
    pub(super) fn whole(&self, direction: Direction) -> Step {
        Step {
            condition: String::new(),
            binds: Vec::new(),
            order_by: self.order_by(0, direction),
        }
    }

    /// The steps that lead beyond `position` (one value per column), nearest first. With `inclusive`, a row at the
    /// position itself comes first.
    pub(super) fn beyond(
        &self,
        position: &[Value],
        direction: Direction,
        inclusive: bool,
    ) -> Vec<Step> {
        debug_assert_eq!(position.len(), self.columns.len());
        (0..self.columns.len())
            .rev()
            .map(|last| {
                let mut condition = String::new();
                for (column, _) in &self.columns[..last] {
                    condition.push_str(&format!("{} = ? AND ", column.name()));
                }
                let (column, descends) = self.columns[last];
                let up = descends == (direction == Direction::Backward);
                let or_equal = inclusive && last + 1 == self.columns.len();
                let operator = match (up, or_equal) {
                    (true, false) => ">",
                    (true, true) => ">=",
                    (false, false) => "<",
                    (false, true) => "<=",
                };
                condition.push_str(&format!("{} {operator} ? AND ", column.name()));
                Step {
                    condition,
                    binds: position[..=last].to_vec(),
                    order_by: self.order_by(last, direction),
                }
            })
            .collect()
    }

    /// The columns from `first` on; those before it are equal in all rows of the step.
    fn order_by(&self, first: usize, direction: Direction) -> String {
        let columns: Vec<String> = self.columns[first..]
            .iter()
            .map(|(column, descends)| {
                let up = *descends == (direction == Direction::Backward);
                format!("{}{}", column.name(), if up { "" } else { " DESC" })
            })
            .collect();
        columns.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_turned_round_is_served_by_the_same_index() {
        for (key, word) in [
            (SortKey::Age, "age"),
            (SortKey::Importance, "importance"),
            (SortKey::Company, "company"),
        ] {
            let natural = Order::new(&[Sort::by(key)]);
            let turned = Order::new(&[Sort::by(key).reverse()]);
            assert_eq!(natural.index_word(), Some(word));
            assert_eq!(turned.index_word(), Some(word));
            assert_eq!(
                natural.whole(Direction::Backward),
                turned.whole(Direction::Forward)
            );
        }
        assert_eq!(Order::new(&[]), Order::new(&[Sort::by(SortKey::Age)]));
    }

    #[test]
    fn mixed_directions_have_no_index() {
        let order = Order::new(&[
            Sort::by(SortKey::Importance),
            Sort::by(SortKey::Age).reverse(),
        ]);
        assert_eq!(order.index_word(), None);
        assert_eq!(
            order.whole(Direction::Forward).order_by,
            "f.importance_sort, f.received DESC, f.id DESC"
        );
    }

    #[test]
    fn beyond_a_position_come_the_longest_ties_first() {
        let order = Order::new(&[Sort::by(SortKey::Importance)]);
        let position = [Value::Integer(-3), Value::Integer(17), Value::Integer(5)];
        let steps = order.beyond(&position, Direction::Forward, true);
        let conditions: Vec<&str> = steps.iter().map(|s| s.condition.as_str()).collect();
        assert_eq!(
            conditions,
            [
                "f.importance_sort = ? AND f.received = ? AND f.id >= ? AND ",
                "f.importance_sort = ? AND f.received > ? AND ",
                "f.importance_sort > ? AND ",
            ]
        );
        assert_eq!(steps[1].order_by, "f.received, f.id");
    }
}
