//! The command line as a person or a script meets it: the real program, a workspace of its own, nobody's configuration.

mod ahead;
mod backup;
mod configuration;
mod documented;
mod export;
mod feedback;
mod home;
mod hostile;
mod import;
mod meetings;
mod origins;
mod plan;
mod printing;
mod reports;
mod sheets;
mod unwritten;
mod waiting;
mod workspace;
