//! Conditions as SQL on `feedback f`, every value bound.

use std::sync::Arc;

use roaring::RoaringBitmap;
use rusqlite::types::Value;

use super::FilterContext;
use crate::domain::feedback::State;
use crate::domain::moment::{MINUTE, SECOND};
use crate::query::{Expr, Has, Is, NameField, Span, Term, Wanted};
use crate::store::FilterError;
use crate::store::names::Names;
use crate::store::search_door::{FOUND, Texts};

/// Writes conditions one after the other.
pub(super) struct Compiler<'c> {
    pub(super) names: Names<'c>,
    pub(super) context: &'c FilterContext,
    pub(super) sql: String,
    pub(super) binds: Vec<Value>,
    /// The sets of which the condition speaks.
    pub(super) sets: Vec<Arc<RoaringBitmap>>,
}

impl Compiler<'_> {
    pub(super) fn expr(&mut self, expr: &Expr) -> Result<(), FilterError> {
        if let Some(texts) = Texts::of(expr) {
            return self.texts(&texts);
        }
        match expr {
            Expr::And(parts) => self.joined(parts, " AND ", Texts::all),
            Expr::Or(parts) => self.joined(parts, " OR ", Texts::any),
            Expr::Not(part) => {
                // A condition on a column without a value is neither true nor false; its opposite is true here.
                self.sql.push_str("NOT coalesce(");
                self.expr(part)?;
                self.sql.push_str(", 0)");
                Ok(())
            }
            Expr::Term(term) => self.term(term),
        }
    }

    /// Several parts; those about words alone are one.
    fn joined(
        &mut self,
        parts: &[Expr],
        between: &str,
        together: fn(Vec<Texts>) -> Texts,
    ) -> Result<(), FilterError> {
        let texts: Vec<Texts> = parts.iter().filter_map(Texts::of).collect();
        self.sql.push('(');
        let mut is_first = true;
        if !texts.is_empty() {
            self.texts(&together(texts))?;
            is_first = false;
        }
        for part in parts.iter().filter(|part| Texts::of(part).is_none()) {
            if !is_first {
                self.sql.push_str(between);
            }
            is_first = false;
            self.expr(part)?;
        }
        self.sql.push(')');
        Ok(())
    }

    /// That it is among what has these words.
    fn texts(&mut self, texts: &Texts) -> Result<(), FilterError> {
        let reader = self.names.reader;
        // There may be several such sets: to find one bit by bit would forget how far the others came.
        let found = reader.find_texts_whole(texts)?;
        let set = Arc::new(reader.prove_all(found.set, found.unproven.as_ref())?);
        self.sql.push_str(FOUND);
        self.binds.push(Value::Integer(reader.memory().lend(&set)));
        self.sets.push(set);
        Ok(())
    }

    /// One condition; several values are alternatives.
    fn term(&mut self, term: &Term) -> Result<(), FilterError> {
        match term {
            // Whatever can be searched for is in a set already.
            // A condition on ideas holds for no feedback.
            Term::Word(_) | Term::Phrase(_) | Term::Idea(_) => {
                self.sql.push('0');
                Ok(())
            }
            Term::Is(values) => self.any(values, Self::is),
            Term::Has(values) => self.any(values, Self::has),
            Term::Kind(values) => self.any(values, |this, kind| {
                this.sql.push_str("f.kind IS ");
                this.bind(kind.map_or(Value::Null, |k| Value::Integer(k.code())));
                Ok(())
            }),
            Term::Importance(values) => {
                let values = values.iter().map(|i| i.map_or(1, |i| -i.code()));
                self.is_one_of("f.importance_sort", values.map(Value::Integer).collect());
                Ok(())
            }
            Term::Name(field, wanted) => self.name(*field, wanted),
            Term::Age(ranges) => self.any(ranges, |this, range| {
                let now = this.context.now.0;
                let at = |span: Span| match i64::try_from(span.seconds()) {
                    // What is shown as `now`, because clocks differ, has an age; what is shown as `+1m` has none.
                    Ok(0) => now.saturating_add(MINUTE - 1),
                    age => {
                        let age = age.unwrap_or(i64::MAX / SECOND);
                        now.saturating_sub(age.saturating_mul(SECOND))
                    }
                };
                let (newest, oldest) = (range.at_least().map(at), range.below().map(at));
                this.between(
                    oldest.map(|m| m.saturating_add(1)),
                    newest.map(|m| m.saturating_add(1)),
                );
                Ok(())
            }),
            Term::Received(ranges) => self.any(ranges, |this, range| {
                let start = |day| this.context.clocks.start_of(day).0;
                let (from, until) = (range.from().map(start), range.until().map(start));
                this.between(from, until);
                Ok(())
            }),
        }
    }

    fn any<T>(
        &mut self,
        values: &[T],
        mut each: impl FnMut(&mut Self, &T) -> Result<(), FilterError>,
    ) -> Result<(), FilterError> {
        if let [value] = values {
            return each(self, value);
        }
        self.sql.push('(');
        for (place, value) in values.iter().enumerate() {
            if place > 0 {
                self.sql.push_str(" OR ");
            }
            each(self, value)?;
        }
        self.sql.push(')');
        Ok(())
    }

    fn bind(&mut self, value: Value) {
        self.sql.push('?');
        self.binds.push(value);
    }

    /// `column = ?` or `column IN (?, ?)`; never true without values.
    fn is_one_of(&mut self, column: &str, values: Vec<Value>) {
        self.sql.push_str(column);
        if let [value] = values.as_slice() {
            self.sql.push_str(" = ");
            self.bind(value.clone());
            return;
        }
        self.sql.push_str(" IN (");
        for (place, value) in values.into_iter().enumerate() {
            if place > 0 {
                self.sql.push_str(", ");
            }
            self.bind(value);
        }
        self.sql.push(')');
    }

    /// `from <= received < until`
    fn between(&mut self, from: Option<i64>, until: Option<i64>) {
        self.sql.push_str("(f.received");
        match (from, until) {
            (Some(from), Some(until)) => {
                self.sql.push_str(" >= ");
                self.bind(Value::Integer(from));
                self.sql.push_str(" AND f.received < ");
                self.bind(Value::Integer(until));
            }
            (Some(from), None) => {
                self.sql.push_str(" >= ");
                self.bind(Value::Integer(from));
            }
            (None, Some(until)) => {
                self.sql.push_str(" < ");
                self.bind(Value::Integer(until));
            }
            (None, None) => self.sql.push_str(" IS NOT NULL"),
        }
        self.sql.push(')');
    }

    fn is(&mut self, is: &Is) -> Result<(), FilterError> {
        match is {
            Is::Unprocessed => {
                self.sql.push_str("(f.state < 2 AND f.hidden_until <= ");
                self.bind(Value::Integer(self.context.now.0));
                self.sql.push(')');
            }
            Is::Waiting => self.hidden(State::Waiting),
            Is::Snoozed => self.hidden(State::Unprocessed),
            Is::Processed => self.in_state(State::Processed),
            Is::Archived => self.in_state(State::Archived),
            Is::Duplicate => self.sql.push_str("f.duplicate_of IS NOT NULL"),
            Is::Linked => self.sql.push_str("f.links > 0"),
            Is::Unlinked => self.sql.push_str("f.links = 0"),
            Is::Unassigned => self.is_one_of("f.owner_sort", vec![Value::Integer(0)]),
            Is::Mine => {
                let me = self.me(NameField::Owner)?;
                self.is_one_of("f.owner_sort", me);
            }
            Is::All => self.sql.push('1'),
        }
        Ok(())
    }

    fn in_state(&mut self, state: State) {
        self.sql.push_str("f.state = ");
        self.bind(Value::Integer(state.code()));
    }

    /// Hidden until later than now, in that state. The comparisons with 2 and 0 are those of the partial index.
    fn hidden(&mut self, state: State) {
        self.sql.push_str("(f.state < 2 AND ");
        self.in_state(state);
        self.sql
            .push_str(" AND f.hidden_until > 0 AND f.hidden_until > ");
        self.bind(Value::Integer(self.context.now.0));
        self.sql.push(')');
    }

    fn has(&mut self, has: &Has) -> Result<(), FilterError> {
        self.sql.push_str(match has {
            Has::Comment => {
                "EXISTS (SELECT 1 FROM comment x WHERE x.feedback = f.id AND x.deleted = 0)"
            }
            Has::Quote => {
                "EXISTS (SELECT 1 FROM insight x WHERE x.feedback = f.id AND x.deleted = 0 AND x.quote IS NOT NULL)"
            }
            Has::Url => "f.url <> ''",
            Has::AnswerOwed => "f.answer_owed = 1",
            Has::NeededBy => "f.needed_by IS NOT NULL",
        });
        Ok(())
    }

    fn name(&mut self, field: NameField, wanted: &[Wanted]) -> Result<(), FilterError> {
        let nobody = wanted.contains(&Wanted::Nobody);
        if field == NameField::Owner {
            let mut owners = self.people(field, wanted)?;
            if nobody {
                owners.push(Value::Integer(0));
            }
            self.is_one_of("f.owner_sort", owners);
            return Ok(());
        }
        let named = wanted.iter().any(|w| *w != Wanted::Nobody);
        self.sql.push('(');
        if nobody {
            self.sql.push_str(match field {
                NameField::Owner => "f.owner_sort = 0",
                NameField::Area => "f.area IS NULL",
                NameField::Tag => {
                    "NOT EXISTS (SELECT 1 FROM feedback_tag x WHERE x.feedback = f.id AND x.deleted = 0)"
                }
                NameField::Company => "f.company IS NULL",
                NameField::Customer => "f.customer IS NULL",
                NameField::Tier => {
                    "NOT EXISTS (SELECT 1 FROM company x WHERE x.id = f.company AND x.deleted = 0 AND x.tier <> '')"
                }
                NameField::Segment => {
                    "NOT EXISTS (SELECT 1 FROM company x WHERE x.id = f.company AND x.deleted = 0 AND x.segment <> '')"
                }
                NameField::Reporter => "f.reporter IS NULL",
                NameField::Source => "coalesce(f.source, '') = ''",
                NameField::Idea => "f.links = 0",
                // Ideas alone have these.
                NameField::Release | NameField::Edition => "0",
            });
            if named {
                self.sql.push_str(" OR ");
            }
        }
        if named {
            self.named(field, wanted)?;
        }
        self.sql.push(')');
        Ok(())
    }

    /// The names among `wanted`.
    fn named(&mut self, field: NameField, wanted: &[Wanted]) -> Result<(), FilterError> {
        let column = match field {
            NameField::Owner => "f.owner_sort",
            NameField::Area => "f.area",
            NameField::Tag => {
                "EXISTS (SELECT 1 FROM feedback_tag x WHERE x.feedback = f.id AND x.deleted = 0 AND x.tag COLLATE NOCASE"
            }
            NameField::Company => "f.company",
            NameField::Customer => "f.customer",
            NameField::Tier => {
                "f.company IN (SELECT x.id FROM company x WHERE x.deleted = 0 AND x.tier COLLATE NOCASE"
            }
            NameField::Segment => {
                "f.company IN (SELECT x.id FROM company x WHERE x.deleted = 0 AND x.segment COLLATE NOCASE"
            }
            NameField::Reporter => "f.reporter",
            NameField::Source => "f.source COLLATE NOCASE",
            NameField::Idea => {
                "EXISTS (SELECT 1 FROM insight x WHERE x.feedback = f.id AND x.deleted = 0 AND x.idea"
            }
            NameField::Release | NameField::Edition => {
                self.sql.push('0');
                return Ok(());
            }
        };
        let values = if field.is_person() {
            self.people(field, wanted)?
        } else {
            let mut values = Vec::new();
            for wanted in wanted {
                if let Wanted::Named(name) = wanted {
                    values.extend(self.lookup(field, name)?);
                }
            }
            values
        };
        self.is_one_of(column, values);
        if column.contains('(') {
            self.sql.push(')');
        }
        Ok(())
    }

    fn lookup(&self, field: NameField, name: &str) -> Result<Vec<Value>, FilterError> {
        let ids = match field {
            NameField::Owner | NameField::Reporter => self.names.people(field, name)?,
            NameField::Area => self.names.areas(name)?,
            NameField::Company => self.names.companies(name)?,
            NameField::Customer => self.names.customers(name)?,
            NameField::Idea => self.names.ideas(name)?,
            NameField::Release | NameField::Edition => Vec::new(),
            NameField::Tag | NameField::Tier | NameField::Segment | NameField::Source => {
                let spellings = self.names.spellings(field, name)?;
                return Ok(spellings.into_iter().map(Value::Text).collect());
            }
        };
        Ok(ids.into_iter().map(Value::Integer).collect())
    }

    fn people(&self, field: NameField, wanted: &[Wanted]) -> Result<Vec<Value>, FilterError> {
        let mut ids = Vec::new();
        for wanted in wanted {
            match wanted {
                Wanted::Nobody => {}
                Wanted::Me => ids.extend(self.me(field)?),
                Wanted::Named(name) => ids.extend(self.lookup(field, name)?),
            }
        }
        Ok(ids)
    }

    fn me(&self, field: NameField) -> Result<Vec<Value>, FilterError> {
        let me = self.context.me.as_ref().ok_or(FilterError::WhoAreYou)?;
        match self.lookup(field, me.as_str()) {
            // Somebody whom the workspace does not know yet owns nothing; no row has this key.
            Err(FilterError::Unknown(_)) => Ok(vec![Value::Integer(-1)]),
            found => found,
        }
    }
}
