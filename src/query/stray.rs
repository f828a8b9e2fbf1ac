//! Words of a filter that look like a condition and are text: a field of another list or of another tool, or one that was mistyped.

use super::about::About;
use super::fault::Fault;
use super::field::Row;
use super::tree::{Expr, Query, Term};
use crate::domain::likeness::nearest;

/// What other tools call what is a condition on feedback here.
const FOREIGN: &[(&[&str], &str)] = &[
    (&["assignee", "assigned", "assigned_to"], "owner:"),
    (
        &["priority", "severity", "urgency", "impact"],
        "importance:",
    ),
    (&["label", "labels", "keyword"], "tag:"),
    (&["author", "creator", "submitter", "filed"], "reporter:"),
    (&["requester", "contact", "user"], "customer:"),
    (
        &["account", "org", "organization", "organisation", "client"],
        "company:",
    ),
    (&["created", "date", "since", "opened"], "received:"),
    (&["due", "deadline", "duedate"], "has:needed-by"),
    (&["state", "resolution"], "is:"),
    (&["type", "issuetype"], "kind:"),
    (&["category", "component", "project"], "area:"),
    (&["channel", "origin", "via"], "source:"),
    (&["plan"], "tier:"),
    (&["order", "order_by", "orderby"], "sort:"),
];

/// The same on ideas.
const FOREIGN_OF_IDEAS: &[(&[&str], &str)] = &[
    (&["assignee", "assigned", "assigned_to"], "owner:"),
    (&["state", "resolution"], "status:"),
    (&["type", "issuetype"], "kind:"),
    (&["category", "component", "project"], "area:"),
    (
        &["milestone", "version", "sprint", "fixversion"],
        "release:",
    ),
    (&["estimate", "size", "points"], "effort:"),
    (&["votes", "priority"], "demand:"),
    (&["due", "deadline", "duedate"], "timeframe:"),
];

/// Shorter words before a colon are like too many fields.
const SHORTEST: usize = 3;

/// What rules out what follows it in other tools.
const NOT: &str = "NOT";

/// Why a word that looks like a condition is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stray {
    /// The field is one of something else.
    Elsewhere {
        /// The field.
        field: &'static str,
        /// What has it.
        about: About,
    },
    /// There is no such field.
    Mistyped {
        /// What stands before the colon.
        typed: String,
        /// The field that was likely meant.
        meant: &'static str,
    },
    /// Other tools have such a field.
    Foreign {
        /// What stands before the colon.
        typed: String,
        /// What says the same here: a field with its colon, or a whole condition.
        meant: &'static str,
    },
    /// `NOT` stands before a condition, which it rules out in other tools.
    Negation {
        /// What says the same here: `-dark`.
        meant: String,
    },
}

impl About {
    /// The first word of a filter about this which looks like a condition and is searched for as text.
    #[must_use]
    pub fn stray(self, query: &Query) -> Option<Stray> {
        let words = query.every_text().into_iter();
        let mut words = words.filter_map(|term| match term {
            Term::Word(word) => Some(word.as_str()),
            _ => None,
        });
        let field = words.find_map(|word| {
            let name = before_colon(word)?;
            let elsewhere = elsewhere(name, &[self.other()]);
            let foreign = || foreign(name, self.foreign());
            let stray = elsewhere.or_else(foreign);
            stray.or_else(|| mistyped(name, self.fields()))
        });
        field.or_else(|| query.expr.as_ref().and_then(negation))
    }

    /// What has the field of which a fault says that this has none.
    #[must_use]
    pub fn of_another(self, text: &str, fault: &Fault) -> Option<Self> {
        let columns = &fault.columns;
        let term = text.chars().skip(columns.start).take(columns.len());
        let term: String = term.collect();
        let (name, _) = term.trim_start_matches('-').split_once(':')?;
        let has = |about: Self| elsewhere(name, &[about]).is_some();
        (!has(self) && has(self.other())).then_some(self.other())
    }

    const fn foreign(self) -> &'static [(&'static [&'static str], &'static str)] {
        match self {
            Self::Feedback => FOREIGN,
            Self::Ideas => FOREIGN_OF_IDEAS,
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Feedback => Self::Ideas,
            Self::Ideas => Self::Feedback,
        }
    }
}

impl Stray {
    /// The first condition in a text that is searched for where there are no conditions at all.
    #[must_use]
    pub fn in_text(text: &str) -> Option<Self> {
        let mut names = text.split_whitespace().filter_map(before_colon);
        names.find_map(|name| elsewhere(name, &[About::Ideas, About::Feedback]))
    }
}

/// The name of a field as somebody may have meant it. An address is none.
fn before_colon(word: &str) -> Option<&str> {
    let (name, value) = word.split_once(':')?;
    (!value.starts_with("//")).then_some(name)
}

fn elsewhere(name: &str, lists: &[About]) -> Option<Stray> {
    lists.iter().find_map(|about| {
        let mut rows = about.fields().iter();
        let row = rows.find(|row| row.name.eq_ignore_ascii_case(name))?;
        Some(Stray::Elsewhere {
            field: row.name,
            about: *about,
        })
    })
}

fn foreign(name: &str, known: &[(&[&str], &'static str)]) -> Option<Stray> {
    let is_it = |other: &&str| other.eq_ignore_ascii_case(name);
    let found = known.iter().find(|(names, _)| names.iter().any(is_it));
    found.map(|(_, meant)| Stray::Foreign {
        typed: name.to_owned(),
        meant,
    })
}

/// The first `NOT` with something behind it.
fn negation(expr: &Expr) -> Option<Stray> {
    let (Expr::And(parts) | Expr::Or(parts)) = expr else {
        return None;
    };
    let is_not = |part: &Expr| matches!(part, Expr::Term(Term::Word(word)) if word == NOT);
    let behind = match expr {
        Expr::And(_) => parts.windows(2).find(|pair| is_not(&pair[0])),
        _ => None,
    };
    let ruled_out = behind.map(|pair| {
        let expr = Some(Expr::Not(Box::new(pair[1].clone())));
        let sort = Vec::new();
        let meant = Query { expr, sort }.to_string();
        Stray::Negation { meant }
    });
    ruled_out.or_else(|| parts.iter().find_map(negation))
}

fn mistyped(name: &str, fields: &'static [Row]) -> Option<Stray> {
    if name.chars().count() < SHORTEST {
        return None;
    }
    let meant = nearest(name, fields.iter().map(|row| row.name))?;
    Some(Stray::Mistyped {
        typed: name.to_owned(),
        meant,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_the_other_list_and_a_mistyped_one_are_told() {
        let elsewhere = |field, about| Some(Stray::Elsewhere { field, about });
        let mistyped = |typed: &str, meant| {
            let typed = typed.to_owned();
            Some(Stray::Mistyped { typed, meant })
        };
        let ideas = About::Ideas;
        for (about, text, expected) in [
            (About::Feedback, "status:new", elsewhere("status", ideas)),
            (
                About::Feedback,
                "dark -EFFORT:none",
                elsewhere("effort", ideas),
            ),
            (About::Feedback, "aera:mobile", mistyped("aera", "area")),
            (ideas, "stauts:new", mistyped("stauts", "status")),
            (About::Feedback, "\"status:new\"", None),
            (About::Feedback, "owner:@hana kind:bug", None),
            (About::Feedback, "https://a.example re: 10:30 foo:bar", None),
        ] {
            let (query, _) = about.parse_typed(text);
            assert_eq!(about.stray(&query), expected, "{text}");
        }
        assert_eq!(
            Stray::in_text("dark status:new"),
            elsewhere("status", ideas)
        );
        let feedback = elsewhere("is", About::Feedback);
        assert_eq!(Stray::in_text("is:unprocessed"), feedback);
        assert_eq!(Stray::in_text("v10: dark"), None);
    }

    #[test]
    fn a_field_of_another_tool_is_told_as_ours() {
        for (about, text, expected) in [
            (About::Feedback, "assignee:me", Some("owner:")),
            (
                About::Feedback,
                "boards -Priority:high",
                Some("importance:"),
            ),
            (About::Feedback, "created:2020", Some("received:")),
            (About::Feedback, "due:friday", Some("has:needed-by")),
            (About::Feedback, "label:mobile", Some("tag:")),
            (About::Feedback, "author:dana", Some("reporter:")),
            (About::Feedback, "severity:1", Some("importance:")),
            (About::Ideas, "milestone:v10", Some("release:")),
            (About::Ideas, "assignee:me", Some("owner:")),
            (About::Feedback, "\"assignee:me\"", None),
            (About::Feedback, "assignee", None),
        ] {
            let (query, _) = about.parse_typed(text);
            let meant = match about.stray(&query) {
                Some(Stray::Foreign { meant, .. }) => Some(meant),
                Some(other) => panic!("{text}: {other:?}"),
                None => None,
            };
            assert_eq!(meant, expected, "{text}");
        }
    }

    #[test]
    fn a_not_before_a_condition_is_told() {
        for (text, expected) in [
            ("NOT dark", Some("-dark")),
            ("boards NOT \"dark mode\" is:mine", Some("-\"dark mode\"")),
            ("a or b NOT (c or d)", Some("-(c or d)")),
            ("NOT is:archived", Some("-is:archived")),
            ("dark NOT", None),
            ("not dark", None),
            ("\"NOT\" dark", None),
            ("NOT", None),
        ] {
            let (query, _) = About::Feedback.parse_typed(text);
            let meant = match About::Feedback.stray(&query) {
                Some(Stray::Negation { meant }) => Some(meant),
                Some(other) => panic!("{text}: {other:?}"),
                None => None,
            };
            assert_eq!(meant.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn what_a_field_of_another_tool_is_told_as_is_a_condition_here() {
        for about in [About::Feedback, About::Ideas] {
            for (names, meant) in about.foreign() {
                let (field, _) = meant.split_once(':').expect("a field");
                let is_there = |name: &str| about.fields().iter().any(|row| row.name == name);
                assert!(is_there(field), "{meant}");
                for name in *names {
                    assert!(!is_there(name), "{name} is a field");
                    assert!(elsewhere(name, &[about.other()]).is_none(), "{name}");
                }
            }
        }
    }
}
