//! Who is named in a file: a colleague, a customer, their company. Tools name them by name, e-mail address or id.

use serde_json::Value;

use super::value;
use crate::domain::import::{ImportAuthor, ImportCompany, ImportCustomer, ImportPerson};
use crate::exchange::convert::words;

/// Somebody, as a file names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Who<'v> {
    /// Full name.
    pub name: Option<&'v str>,
    /// E-mail address.
    pub email: Option<&'v str>,
}

impl<'v> Who<'v> {
    /// Somebody by the keys `name` and `email` of an object.
    #[must_use]
    pub fn at(value: Option<&'v Value>) -> Self {
        let text = |key| value.and_then(|value| value::at(value, key)?.as_str());
        Self::named(text("name"), text("email"))
    }

    /// Somebody by name and e-mail address; what is blank is not there.
    #[must_use]
    pub fn named(name: Option<&'v str>, email: Option<&'v str>) -> Self {
        let told = |text: Option<&'v str>| text.map(str::trim).filter(|text| !text.is_empty());
        Self {
            name: told(name),
            email: told(email),
        }
    }

    /// As a colleague: the mention name is the part before the `@` of the address, else made from the name.
    #[must_use]
    pub fn colleague(self) -> Option<ImportPerson> {
        let handle = self.email.and_then(words::handle);
        Some(ImportPerson {
            handle: handle.or_else(|| self.name.and_then(words::handle))?,
            name: self.name.map(str::to_owned),
            email: self.email.map(str::to_owned),
        })
    }

    /// As somebody from outside.
    #[must_use]
    pub fn customer(self) -> Option<ImportCustomer> {
        Some(ImportCustomer {
            name: self.name.or(self.email)?.to_owned(),
            email: self.email.map(str::to_owned),
        })
    }

    /// As the author of a comment.
    #[must_use]
    pub fn author(self, colleague: bool) -> Option<ImportAuthor> {
        if colleague {
            return self.colleague().map(ImportAuthor::Colleague);
        }
        let name = self.name.or(self.email)?;
        Some(ImportAuthor::Outsider(name.to_owned()))
    }
}

/// The customer whom a file names by an id only: who is the same at the source stays the same here.
#[must_use]
pub fn customer_by_id(id: Option<String>) -> Option<ImportCustomer> {
    Some(ImportCustomer {
        name: id?,
        email: None,
    })
}

/// The company of that name.
#[must_use]
pub fn company(name: Option<String>) -> Option<ImportCompany> {
    Some(ImportCompany {
        name: name?,
        ..ImportCompany::default()
    })
}
