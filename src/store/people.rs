//! Colleagues, areas, companies, customers and the rotation.

use chrono::NaiveDate;
use rusqlite::{Row, params};

use super::feedback_row::{choice, handle};
use super::key::{identity, optional_identity};
use super::{Reader, Result};
use crate::domain::id::{AreaId, CompanyId, CustomerId, PersonId};
use crate::domain::people::{Area, Company, Customer, DutyWeek, Handle, Person, Role};

const PERSON: &str =
    "SELECT p.key, p.handle, coalesce(p.name, ''), p.email, p.role FROM person p WHERE";

const COMPANY: &str =
    "SELECT c.key, c.name, c.domain, c.tier, c.revenue, c.segment, c.renewal FROM company c WHERE";

const CUSTOMER: &str = "SELECT u.key, u.name, u.email, c.key
     FROM customer u LEFT JOIN company c ON c.id = u.company WHERE";

impl Reader<'_> {
    /// The colleagues, by handle.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn people(&self) -> Result<Vec<Person>> {
        let sql = format!("{PERSON} p.deleted = 0 ORDER BY p.handle, p.id");
        let found = self.collect(&sql, [], person)?;
        Ok(found.into_iter().flatten().collect())
    }

    /// The areas with their owners and keywords, by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn areas(&self) -> Result<Vec<Area>> {
        let mut areas = self.collect(
            "SELECT a.key, a.name, p.handle, a.id FROM area a
             LEFT JOIN person p ON p.id = a.owner AND p.deleted = 0
             WHERE a.deleted = 0 ORDER BY a.name COLLATE NOCASE, a.id",
            [],
            |row| {
                let area = Area {
                    id: AreaId(identity(row, 0)?),
                    name: row.get(1)?,
                    owner: handle(row, 2)?,
                    keywords: Vec::new(),
                };
                Ok((row.get::<_, i64>(3)?, area))
            },
        )?;
        let keywords: Vec<(i64, String)> = self.collect(
            "SELECT area, keyword FROM area_keyword
             WHERE deleted = 0 AND area IS NOT NULL AND keyword <> '' ORDER BY keyword COLLATE NOCASE, id",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        for (area, keyword) in keywords {
            if let Some((_, owner)) = areas.iter_mut().find(|(id, _)| *id == area) {
                owner.keywords.push(keyword);
            }
        }
        Ok(areas.into_iter().map(|(_, area)| area).collect())
    }

    /// At most `limit` companies, by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn companies(&self, limit: usize) -> Result<Vec<Company>> {
        let sql = format!("{COMPANY} c.deleted = 0 ORDER BY c.name COLLATE NOCASE, c.id LIMIT ?1");
        self.collect(&sql, [limit_value(limit)], company)
    }

    /// The weeks of the rotation from that Monday on, at most `limit`; for each week, who was put on duty last.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn duty_weeks(&self, from: NaiveDate, limit: usize) -> Result<Vec<DutyWeek>> {
        let found = self.collect(
            "SELECT w.monday, p.handle, max(w.id) FROM duty_week w JOIN person p ON p.id = w.person
             WHERE w.deleted = 0 AND p.deleted = 0 AND w.monday >= ?1 GROUP BY w.monday ORDER BY w.monday LIMIT ?2",
            params![from.to_string(), limit_value(limit)],
            |row| Ok((date(row, 0)?, handle(row, 1)?)),
        )?;
        let weeks = found.into_iter().filter_map(|(monday, person)| {
            Some(DutyWeek {
                monday: monday?,
                person: person?,
            })
        });
        Ok(weeks.collect())
    }

    pub(super) fn person(&self, local: Option<i64>) -> Result<Option<Person>> {
        let Some(local) = local else { return Ok(None) };
        let found = self.first(&format!("{PERSON} p.id = ?1"), [local], person)?;
        Ok(found.flatten())
    }

    pub(super) fn company(&self, local: Option<i64>) -> Result<Option<Company>> {
        let Some(local) = local else { return Ok(None) };
        self.first(&format!("{COMPANY} c.id = ?1"), [local], company)
    }

    pub(super) fn customer(&self, local: Option<i64>) -> Result<Option<Customer>> {
        let Some(local) = local else { return Ok(None) };
        self.first(&format!("{CUSTOMER} u.id = ?1"), [local], customer)
    }
}

/// A number of rows for `LIMIT`.
pub(super) fn limit_value(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// A date out of a column that may be null; what is no date reads as nothing.
pub(super) fn date(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<NaiveDate>> {
    let text: Option<String> = row.get(index)?;
    Ok(text.and_then(|text| text.parse().ok()))
}

/// `None` for a row whose handle is none; the writer does not make such.
fn person(row: &Row<'_>) -> rusqlite::Result<Option<Person>> {
    let handle: Option<Handle> = handle(row, 1)?;
    Ok(match handle {
        None => None,
        Some(handle) => Some(Person {
            id: PersonId(identity(row, 0)?),
            handle,
            name: row.get(2)?,
            email: row.get(3)?,
            role: choice(row, 4, Role::from_code)?.unwrap_or(Role::Other),
        }),
    })
}

fn company(row: &Row<'_>) -> rusqlite::Result<Company> {
    Ok(Company {
        id: CompanyId(identity(row, 0)?),
        name: row.get(1)?,
        domain: row.get(2)?,
        tier: row.get(3)?,
        revenue: row.get(4)?,
        segment: row.get(5)?,
        renewal: date(row, 6)?,
    })
}

fn customer(row: &Row<'_>) -> rusqlite::Result<Customer> {
    Ok(Customer {
        id: CustomerId(identity(row, 0)?),
        name: row.get(1)?,
        email: row.get(2)?,
        company: optional_identity(row, 3)?.map(CompanyId),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::entity::{Entity, Value};
    use crate::store::StoreError;
    use crate::store::sample::{sample, text};

    #[test]
    fn people_areas_and_companies_come_by_name() {
        let (_folder, store, ()) = sample(|make| {
            let omar = make.person("omar", "Omar");
            make.person("hana", "Hana");
            let gone = make.person("gone", "");
            make.set(Entity::Person, gone, "deleted", &Value::Integer(1));
            make.area("boards", Some(omar), &["kanban", "Board"]);
            make.area("Access", Some(gone), &[]);
            let globex = make.company("Globex", "Enterprise");
            make.set(Entity::Company, globex, "revenue", &Value::Integer(120_000));
            make.company("acme", "");
            make.add(
                Entity::Customer,
                &[("name", text("Ada")), ("company", Value::Thing(globex))],
            );
        });
        let (people, areas, companies, customer) = store
            .read(|reader| {
                Ok::<_, StoreError>((
                    reader.people()?,
                    reader.areas()?,
                    reader.companies(10)?,
                    reader.customer(Some(1))?,
                ))
            })
            .expect("a read");
        let handles: Vec<&str> = people.iter().map(|p| p.handle.as_str()).collect();
        assert_eq!(handles, ["hana", "omar"]);
        assert_eq!(people[0].role, Role::ProductManager);
        assert_eq!(areas[0].name, "Access");
        assert_eq!(areas[0].owner, None);
        assert_eq!(areas[1].keywords, ["Board", "kanban"]);
        assert_eq!(areas[1].owner.as_ref().map(Handle::as_str), Some("omar"));
        let names: Vec<&str> = companies.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["acme", "Globex"]);
        assert_eq!(companies[1].revenue, Some(120_000));
        let customer = customer.expect("a customer");
        assert_eq!(customer.company, Some(companies[1].id));
    }

    #[test]
    fn of_one_week_the_last_word_counts() {
        let (_folder, store, ()) = sample(|make| {
            let hana = make.person("hana", "");
            let omar = make.person("omar", "");
            for (monday, person) in [
                ("2026-11-09", hana),
                ("2026-11-16", hana),
                ("2026-11-16", omar),
                ("2026-11-23", hana),
            ] {
                make.add(
                    Entity::DutyWeek,
                    &[("monday", text(monday)), ("person", Value::Thing(person))],
                );
            }
        });
        let monday = NaiveDate::from_ymd_opt(2026, 11, 16).expect("a date");
        let (weeks, on_duty) = store
            .read(|reader| {
                Ok::<_, StoreError>((reader.duty_weeks(monday, 5)?, reader.on_duty(monday)?))
            })
            .expect("a read");
        let weeks: Vec<String> = weeks
            .iter()
            .map(|week| format!("{} {}", week.monday, week.person))
            .collect();
        assert_eq!(weeks, ["2026-11-16 @omar", "2026-11-23 @hana"]);
        assert_eq!(on_duty.map(|p| p.to_string()).as_deref(), Some("@omar"));
    }
}
