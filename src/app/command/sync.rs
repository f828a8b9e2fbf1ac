//! Rows: the weekly sync.

use super::availability::agenda_item;
use super::everywhere::row;
use super::{Command as C, Context, Group, Row};

const HERE: &[Context] = &[Context::Sync];

pub(super) const SYNC: &[Row] = &[
    row!(Sync: C::Present, "present", "present", HERE, ["P"], agenda_item, "Show the items of the agenda large, one at a time"),
];
