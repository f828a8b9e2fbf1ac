//! Things with everything about them, one after another, for export: what is long is never held whole.

mod feedback;
mod ideas;
mod meetings;
mod releases;
