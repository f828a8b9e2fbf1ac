//! Colleagues, customers, companies, areas and the rotation.

use std::fmt;

use chrono::NaiveDate;

use super::choices::choices;
use super::id::{AreaId, CompanyId, CustomerId, PersonId};
use super::likeness::nearest;

/// A mention name without its `@`: 1 to 64 letters, digits, `.`, `_` or `-`, kept in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Handle(String);

/// Why a text is not a mention name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is not a mention name: use 1 to 64 letters, digits, dots, dashes or underscores, as in @hana"
)]
pub struct NotAHandle(pub String);

impl Handle {
    /// Reads `@hana` or `hana`.
    ///
    /// # Errors
    /// When the text is empty, too long, or has other characters than letters, digits, `.`, `_` and `-`.
    pub fn parse(text: &str) -> Result<Self, NotAHandle> {
        let bare = text.trim();
        let bare = bare.strip_prefix('@').unwrap_or(bare);
        let fits = !bare.is_empty()
            && bare.chars().count() <= 64
            && bare
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
        if fits {
            Ok(Self(bare.to_lowercase()))
        } else {
            Err(NotAHandle(text.to_owned()))
        }
    }

    /// The name without `@`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "@{}", self.0)
    }
}

/// Those of these colleagues whom a name means, each told by mention name and full name: the one with that mention name, with or
/// without its `@`, else all with that full name. The case does not matter.
pub fn called<'a, T>(
    name: &str,
    people: impl IntoIterator<Item = (T, &'a str, &'a str)> + Clone,
) -> Vec<T> {
    let handle = name.strip_prefix('@').unwrap_or(name).to_lowercase();
    let mentioned = people.clone().into_iter();
    let mentioned = mentioned.filter(|(_, known, _)| !handle.is_empty() && *known == handle);
    let mentioned: Vec<T> = mentioned.map(|(person, ..)| person).collect();
    if !mentioned.is_empty() {
        return mentioned;
    }
    let name = name.to_lowercase();
    let named = people.into_iter();
    let named = named.filter(|(_, _, full)| full.to_lowercase() == name);
    named.map(|(person, ..)| person).collect()
}

/// Whom a name was most likely meant for that nobody has: `@hana`, else a full name.
pub fn nearest_person<'a, T>(
    name: &str,
    people: impl IntoIterator<Item = (T, &'a str, &'a str)> + Clone,
) -> Option<String> {
    let handle = name.strip_prefix('@').unwrap_or(name);
    let handles = people.clone().into_iter().map(|(_, handle, _)| handle);
    let meant = nearest(handle, handles).map(|handle| format!("@{handle}"));
    meant.or_else(|| {
        let names = people.into_iter().map(|(_, _, name)| name);
        nearest(name, names).map(str::to_owned)
    })
}

choices! {
    /// What a colleague does.
    Role {
        /// Decides what a request becomes.
        ProductManager = 0, "pm", "PM";
        /// Owns dates and scope of releases.
        ReleaseManager = 1, "release-manager", "release manager";
        /// Builds; gives the effort.
        Engineer = 2, "engineer", "engineer";
        /// Files what prospects ask for.
        Sales = 3, "sales", "sales";
        /// Files what customers report.
        Support = 4, "support", "support";
        /// Looks after customers.
        CustomerSuccess = 5, "customer-success", "customer success";
        /// Designs.
        Designer = 6, "designer", "designer";
        /// Anyone else.
        Other = 7, "other", "other";
    }
}

/// A colleague.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Identity.
    pub id: PersonId,
    /// Mention name.
    pub handle: Handle,
    /// Full name, as it came.
    pub name: String,
    /// E-mail address, as it came.
    pub email: Option<String>,
    /// What they do.
    pub role: Role,
}

/// An organisation that wants things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    /// Identity.
    pub id: CompanyId,
    /// Name, as it came.
    pub name: String,
    /// Web domain, for matching.
    pub domain: Option<String>,
    /// Tier or plan, free text (`Enterprise`).
    pub tier: Option<String>,
    /// Annual revenue in whole units of the workspace's currency.
    pub revenue: Option<i64>,
    /// Segment, free text.
    pub segment: Option<String>,
    /// When the contract renews.
    pub renewal: Option<NaiveDate>,
}

/// Who wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// Identity.
    pub id: CustomerId,
    /// Name, as it came.
    pub name: String,
    /// E-mail address or account name, as it came.
    pub email: Option<String>,
    /// Their organisation.
    pub company: Option<CompanyId>,
}

/// A product area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Identity.
    pub id: AreaId,
    /// Name.
    pub name: String,
    /// The PM who owns it.
    pub owner: Option<Handle>,
    /// Words which tell that a feedback belongs here.
    pub keywords: Vec<String>,
}

/// One week of the rotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyWeek {
    /// The Monday.
    pub monday: NaiveDate,
    /// Who is on duty.
    pub person: Handle,
}

/// The mention names in a text, in lower case: `@` at the start of a word, and what a handle may consist of.
#[must_use]
pub fn mentions(text: &str) -> Vec<String> {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
    let mut handles: Vec<String> = text
        .match_indices('@')
        .filter(|(at, _)| !text[..*at].ends_with(part))
        .map(|(at, _)| {
            let rest = &text[at + 1..];
            let end = rest.find(|c| !part(c)).unwrap_or(rest.len());
            rest[..end].trim_end_matches(['.', '-']).to_lowercase()
        })
        .filter(|handle| !handle.is_empty() && handle.chars().count() <= 64)
        .collect();
    handles.sort_unstable();
    handles.dedup();
    handles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_are_read_with_and_without_at() {
        assert_eq!(
            Handle::parse("@Hana").map(|h| h.to_string()),
            Ok("@hana".to_owned())
        );
        assert_eq!(Handle::parse("jürgen.k"), Handle::parse("@jürgen.k"));
        for bad in ["", "@", "a b", "a\u{1b}[2J", "@a/b"] {
            assert!(Handle::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn mentions_start_a_word() {
        assert_eq!(
            mentions("@Hana, see a@b.example and (@omar.k). @@x @hana @ @-"),
            ["hana", "omar.k", "x"]
        );
    }

    #[test]
    fn choices_round_trip() {
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(*role));
            assert_eq!(Role::parse(role.name()), Some(*role));
            assert_eq!(Role::parse(&role.word().to_uppercase()), Some(*role));
        }
    }

    #[test]
    fn a_name_means_a_mention_name_before_a_full_name() {
        let people = [
            (1, "omar", "Omar Haddad"),
            (2, "hana", "Omar"),
            (3, "noor", "Noor Aziz"),
            (4, "naziz", "Noor Aziz"),
            (5, "", "Gone"),
        ];
        for (name, expected) in [
            ("omar", &[1][..]),
            ("@OMAR", &[1]),
            ("omar haddad", &[1]),
            ("noor aziz", &[3, 4]),
            ("@", &[]),
            ("nobody", &[]),
        ] {
            assert_eq!(called(name, people), expected, "{name}");
        }
        assert_eq!(nearest_person("@omra", people).as_deref(), Some("@omar"));
        let named = nearest_person("Omar Hadad", people);
        assert_eq!(named.as_deref(), Some("Omar Haddad"));
    }
}
