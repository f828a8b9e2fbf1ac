//! Whether an idea meets a filter. Ideas are few and all in memory, so that a filter of theirs needs no SQL.

use super::tree::{Expr, IdeaTerm, Query, Term};
use super::value::{NameField, Wanted};
use crate::domain::idea::IdeaRow;
use crate::domain::people::{Handle, called};

impl Query {
    /// The same with mention names in the place of the full names of colleagues: a row of an idea has no others. `people` are
    /// mention names with full names; a name that nobody has stays.
    #[must_use]
    pub fn with_handles<'a>(
        mut self,
        people: impl IntoIterator<Item = (&'a Handle, &'a str)> + Clone,
    ) -> Self {
        let of = |(handle, name): (&'a Handle, &'a str)| (handle, handle.as_str(), name);
        let handles = |name: &str| -> Vec<Wanted> {
            let people: Vec<_> = people.clone().into_iter().map(of).collect();
            let called = called(name, people).into_iter();
            called
                .map(|handle| Wanted::Named(handle.to_string()))
                .collect()
        };
        if let Some(expr) = &mut self.expr {
            mention(expr, &handles);
        }
        self.canonical()
    }

    /// Whether the idea meets the condition. `me` is whoever asks; whether the idea has a word or a phrase is told by `has`,
    /// for its texts are not in its row. A condition on feedback holds for no idea.
    pub fn holds(
        &self,
        idea: &IdeaRow,
        me: Option<&Handle>,
        has: &mut impl FnMut(&Term) -> bool,
    ) -> bool {
        let expr = self.expr.as_ref();
        expr.is_none_or(|expr| holds(expr, idea, me, has))
    }
}

fn mention(expr: &mut Expr, handles: &impl Fn(&str) -> Vec<Wanted>) {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => {
            parts.iter_mut().for_each(|part| mention(part, handles));
        }
        Expr::Not(part) => mention(part, handles),
        Expr::Term(Term::Name(field, wanted)) if field.is_person() => {
            let each = std::mem::take(wanted).into_iter();
            *wanted = each
                .flat_map(|wanted| match &wanted {
                    Wanted::Named(name) => match handles(name) {
                        found if found.is_empty() => vec![wanted],
                        found => found,
                    },
                    Wanted::Nobody | Wanted::Me => vec![wanted],
                })
                .collect();
        }
        Expr::Term(_) => {}
    }
}

fn holds(
    expr: &Expr,
    idea: &IdeaRow,
    me: Option<&Handle>,
    has: &mut impl FnMut(&Term) -> bool,
) -> bool {
    match expr {
        Expr::And(parts) => parts.iter().all(|part| holds(part, idea, me, has)),
        Expr::Or(parts) => parts.iter().any(|part| holds(part, idea, me, has)),
        Expr::Not(part) => !holds(part, idea, me, has),
        Expr::Term(term @ (Term::Word(_) | Term::Phrase(_))) => has(term),
        Expr::Term(Term::Name(field, wanted)) => wanted
            .iter()
            .any(|wanted| is_named(*field, wanted, idea, me)),
        Expr::Term(Term::Idea(term)) => meets(term, idea),
        Expr::Term(_) => false,
    }
}

fn meets(term: &IdeaTerm, idea: &IdeaRow) -> bool {
    match term {
        IdeaTerm::Status(values) => values.contains(&idea.status),
        IdeaTerm::Timeframe(values) => values.contains(&idea.timeframe),
        IdeaTerm::Effort(values) => values.contains(&idea.effort),
        IdeaTerm::Kind(values) => values.contains(&idea.kind),
        IdeaTerm::Stage(values) => values.contains(&idea.stage),
        IdeaTerm::Demand(ranges) => ranges.iter().any(|range| range.has(idea.demand)),
    }
}

fn is_named(field: NameField, wanted: &Wanted, idea: &IdeaRow, me: Option<&Handle>) -> bool {
    let owner = idea.owner.as_ref();
    let value = match field {
        NameField::Owner => owner.map(Handle::as_str),
        NameField::Area => idea.area.as_deref(),
        NameField::Release => idea.release.as_deref(),
        NameField::Edition => idea.edition.as_deref(),
        _ => return false,
    };
    match wanted {
        Wanted::Nobody => value.is_none_or(str::is_empty),
        Wanted::Me => me.is_some() && owner == me,
        Wanted::Named(name) => {
            let name = match field {
                NameField::Owner => name.strip_prefix('@').unwrap_or(name),
                _ => name,
            };
            value.is_some_and(|value| value.to_lowercase() == name.to_lowercase())
        }
    }
}
