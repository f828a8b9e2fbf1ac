//! A name in a filter that nobody and nothing has: what is said of it, and the filter without it.

use std::fmt;

use super::fault::{columns_of, excerpt, repeated};
use super::field::Field;
use super::print::name_value;
use super::tree::{Expr, Query, Term};
use super::value::{NameField, Wanted};
use crate::problem::{Kind, Problem};

/// A name in a filter that nobody and nothing has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName {
    /// The field that asks for it.
    pub field: NameField,
    /// The name, as it was typed.
    pub name: String,
    /// What was likely meant.
    pub meant: Option<String>,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (field, name) = (self.word(), repeated(&self.name));
        write!(
            f,
            "the filter asks for {field}:{name}, which this workspace does not know"
        )
    }
}

impl UnknownName {
    /// The field as it is typed.
    #[must_use]
    pub fn word(&self) -> &'static str {
        Field::Name(self.field).name()
    }

    /// The condition that was likely meant, as it is typed.
    #[must_use]
    pub fn meant(&self) -> Option<String> {
        let meant = self.meant.as_ref()?;
        Some(format!("{}:{}", self.word(), name_value(self.field, meant)))
    }

    /// What to type instead: what was likely meant, else how to search for the words.
    #[must_use]
    pub fn remedy(&self) -> String {
        match self.meant() {
            Some(meant) => format!("did you mean {meant}?"),
            None => {
                let (field, name) = (self.word(), repeated(&self.name.replace('"', "")));
                format!("to search for the text, type \"{field}:{name}\" in quotes")
            }
        }
    }

    /// As a person sees it, with the filter and a line of carets under the name.
    #[must_use]
    pub fn problem(&self, filter: &str) -> Problem {
        let problem = Problem::from(self.clone());
        match columns_of(filter, &self.name) {
            Some(columns) => {
                let (line, carets) = excerpt(filter, &columns);
                problem.because(line).because(carets)
            }
            None => problem,
        }
    }
}

impl From<UnknownName> for Problem {
    fn from(unknown: UnknownName) -> Self {
        Self::new(Kind::NotFound, unknown.to_string())
            .hint(unknown.remedy())
            .blaming(unknown.word(), unknown.name)
    }
}

impl Query {
    /// The same without that name of that field; its alternatives stay, and a condition without any goes.
    #[must_use]
    pub fn without_name(mut self, field: &str, name: &str) -> Self {
        if let Some(expr) = &mut self.expr {
            drop_name(expr, field, name);
        }
        self.canonical()
    }
}

fn drop_name(expr: &mut Expr, field: &str, name: &str) {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => {
            for part in parts {
                drop_name(part, field, name);
            }
        }
        Expr::Not(part) => drop_name(part, field, name),
        Expr::Term(Term::Name(of, wanted)) if Field::Name(*of).name() == field => {
            wanted.retain(|wanted| !matches!(wanted, Wanted::Named(named) if named == name));
        }
        Expr::Term(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    #[test]
    fn what_is_meant_can_be_typed_as_it_is_said() {
        for (field, meant, typed) in [
            (
                NameField::Area,
                "Identity and access",
                "area:\"Identity and access\"",
            ),
            (NameField::Owner, "@hana", "owner:@hana"),
            (NameField::Company, "None", "company:\"None\""),
            (NameField::Company, "“Quote”ly", "company:\"“Quote”ly\""),
            (NameField::Tag, "a\\b \"c\"", r#"tag:"a\\b \"c\"""#),
        ] {
            let unknown = UnknownName {
                field,
                name: "nonee".to_owned(),
                meant: Some(meant.to_owned()),
            };
            assert_eq!(unknown.remedy(), format!("did you mean {typed}?"));
            assert_eq!(parse(typed).expect("a filter").names(), [(field, meant)]);
        }
    }

    #[test]
    fn a_name_goes_and_all_else_stays() {
        let filter = "company:Globex,Gl (tag:Gl or -company:Gl dark) -company:gl,Gl";
        let query = parse(filter).expect("a filter");
        assert_eq!(
            query.without_name("company", "Gl").to_string(),
            "company:Globex (tag:Gl or dark) -company:gl"
        );
        let alone = parse("company:Gl").expect("a filter");
        assert_eq!(alone.without_name("company", "Gl"), Query::default());
    }
}
