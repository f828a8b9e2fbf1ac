//! Export: what leaves Intake as a file.

pub mod dump;
pub mod file;
mod harmless;
