//! Colleagues, customers, companies, areas and the rotation as JSON.

use serde::Serialize;

use super::text;
use crate::domain::people::{Area, Company, Customer, DutyWeek, Person};

/// A colleague.
#[derive(Debug, Serialize)]
pub struct PersonJson {
    id: String,
    handle: String,
    name: String,
    email: Option<String>,
    role: &'static str,
}

impl From<&Person> for PersonJson {
    fn from(person: &Person) -> Self {
        Self {
            id: person.id.to_string(),
            handle: person.handle.to_string(),
            name: person.name.clone(),
            email: person.email.clone(),
            role: person.role.name(),
        }
    }
}

/// Who wants it.
#[derive(Debug, Serialize)]
pub struct CustomerJson {
    id: String,
    name: String,
    email: Option<String>,
}

impl From<&Customer> for CustomerJson {
    fn from(customer: &Customer) -> Self {
        Self {
            id: customer.id.to_string(),
            name: customer.name.clone(),
            email: customer.email.clone(),
        }
    }
}

/// An organisation.
#[derive(Debug, Serialize)]
pub struct CompanyJson {
    id: String,
    name: String,
    domain: Option<String>,
    tier: Option<String>,
    revenue: Option<i64>,
    segment: Option<String>,
    renewal: Option<String>,
}

impl From<&Company> for CompanyJson {
    fn from(company: &Company) -> Self {
        Self {
            id: company.id.to_string(),
            name: company.name.clone(),
            domain: company.domain.clone(),
            tier: company.tier.clone(),
            revenue: company.revenue,
            segment: company.segment.clone(),
            renewal: text(company.renewal.as_ref()),
        }
    }
}

/// A product area.
#[derive(Debug, Serialize)]
pub struct AreaJson {
    id: String,
    name: String,
    owner: Option<String>,
    keywords: Vec<String>,
}

impl From<&Area> for AreaJson {
    fn from(area: &Area) -> Self {
        Self {
            id: area.id.to_string(),
            name: area.name.clone(),
            owner: text(area.owner.as_ref()),
            keywords: area.keywords.clone(),
        }
    }
}

/// A week of the rotation.
#[derive(Debug, Serialize)]
pub struct DutyWeekJson {
    monday: String,
    person: String,
}

impl From<&DutyWeek> for DutyWeekJson {
    fn from(week: &DutyWeek) -> Self {
        Self {
            monday: week.monday.to_string(),
            person: week.person.to_string(),
        }
    }
}
