//! What went wrong, in words a user can act on.
//!
//! Every room has an error enum of its own; what reaches a person is a [`Problem`]: a kind, a one-line
//! summary of what was attempted on which thing, the causes behind it, and hints about what to do next.
//! The terminal and the command line render the same value, so that an error reads alike in both.

use std::fmt;

/// The family of a problem. The command line maps each to one documented exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The words typed at a prompt or on the command line cannot be understood.
    Usage,
    /// A configuration file is wrong.
    Configuration,
    /// The named thing does not exist.
    NotFound,
    /// The deed breaks a rule, or an undo would destroy somebody's later work.
    Refused,
    /// A file handed to us (an import) is broken or of an unknown kind.
    Input,
    /// The workspace file is too new, damaged or not ours; or the disk refuses.
    Storage,
    /// Another window is writing to the workspace: the same will work when it is done.
    Busy,
    /// A fault of ours.
    Internal,
    /// The person stopped it.
    Interrupted,
}

/// Where in a text a fault sits: both count from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// An error as a person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The family, which decides the exit code.
    pub kind: Kind,
    /// What was attempted, on what, and that it failed: one line, no trailing full stop.
    pub summary: String,
    /// Why, outermost first; may be empty.
    pub causes: Vec<String>,
    /// What to do next; may be empty.
    pub hints: Vec<String>,
    /// The field and the name of the condition in a filter that cannot be answered, where it is one: the rest of the filter can.
    pub blames: Option<Box<(&'static str, String)>>,
    /// What is otherwise than whoever did it had seen, where that is why: by its name, with how it is now.
    pub meanwhile: Vec<(String, String)>,
}

impl Problem {
    /// A problem with a summary alone.
    pub fn new(kind: Kind, summary: impl Into<String>) -> Self {
        Self {
            kind,
            summary: summary.into(),
            causes: Vec::new(),
            hints: Vec::new(),
            blames: None,
            meanwhile: Vec::new(),
        }
    }

    /// Names the condition in a filter that is to blame, by its field and the name it asks for.
    #[must_use]
    pub fn blaming(mut self, field: &'static str, name: impl Into<String>) -> Self {
        self.blames = Some(Box::new((field, name.into())));
        self
    }

    /// Tells what is otherwise than whoever did it had seen, and how it is now.
    #[must_use]
    pub fn meanwhile(mut self, name: impl Into<String>, now: impl Into<String>) -> Self {
        self.meanwhile.push((name.into(), now.into()));
        self
    }

    /// Adds one cause, below those already there.
    #[must_use]
    pub fn because(mut self, cause: impl Into<String>) -> Self {
        self.causes.push(cause.into());
        self
    }

    /// Adds every source of `error` as a cause, outermost first, `error` itself included.
    #[must_use]
    pub fn caused_by(mut self, error: &dyn std::error::Error) -> Self {
        let mut next = Some(error);
        while let Some(current) = next {
            self.causes.push(current.to_string());
            next = current.source();
        }
        self
    }

    /// Adds one hint about what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

/// What was looked for, where it is there; that it is not is no problem to whoever asks this, and everything else is.
///
/// # Errors
/// Every other problem than that it is not there.
pub fn if_there<T>(found: Result<T, Problem>) -> Result<Option<T>, Problem> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(problem) if problem.kind == Kind::NotFound => Ok(None),
        Err(problem) => Err(problem),
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.summary)
    }
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_follow_the_chain_of_sources() {
        #[derive(Debug, thiserror::Error)]
        #[error("outer")]
        struct Outer(#[source] std::fmt::Error);
        let problem = Problem::new(Kind::Storage, "cannot open").caused_by(&Outer(std::fmt::Error));
        assert_eq!(problem.causes.len(), 2);
        assert_eq!(problem.causes[0], "outer");
    }

    #[test]
    fn only_what_is_not_there_is_no_problem() {
        let of = |kind| if_there::<()>(Err(Problem::new(kind, "no")));
        assert_eq!(if_there(Ok(1)).expect("there"), Some(1));
        assert_eq!(of(Kind::NotFound).expect("not there"), None);
        for kind in [Kind::Usage, Kind::Storage, Kind::Busy] {
            assert_eq!(of(kind).expect_err("a problem").kind, kind);
        }
    }
}
