//! Files as other tools write them, through the reader, the plan and into a workspace. One file per theme.
//!
//! The figures were taken from the files with another reader. The files themselves are no part of the project: without
//! the environment variable INTAKE_CORPUS the tests that need them say so and pass.

mod at_once;
mod chat;
mod csvkit;
mod desks;
mod hostile;
mod mail;
mod tables;
mod trackers;
mod world;
