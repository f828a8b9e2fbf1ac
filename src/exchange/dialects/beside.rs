//! What stands beside the things of a file and is named by them by id only: the users and organisations that a page of
//! tickets brings along.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::value;
use crate::exchange::read::{NextDocument, ReadError, Table};

/// What is kept of somebody or something named by others; the rest could fill the memory.
const KEPT: [&str; 5] = ["name", "email", "username", "role", "domain_names"];

/// The entries of some lists of a file, by list and id.
#[derive(Clone, Debug, Default)]
pub struct Beside(HashMap<(&'static str, String), Value>);

impl Beside {
    /// Reads these lists of a file.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(table: &Table, lists: &[&'static str]) -> Result<Self, ReadError> {
        let mut beside = Self::default();
        for &list in lists {
            let Some(mut documents) = table.documents_beside(list)? else {
                break;
            };
            loop {
                match documents.next_document()? {
                    NextDocument::Document(mut document) => {
                        document
                            .object
                            .retain(|key, _| key == "id" || KEPT.contains(&key.as_str()));
                        beside.keep(list, document.object);
                    }
                    // A page without the list, or with something odd in it: it names nobody.
                    NextDocument::Fault(_) => {}
                    NextDocument::End => break,
                }
            }
        }
        Ok(beside)
    }

    fn keep(&mut self, list: &'static str, object: Map<String, Value>) {
        if let Some(id) = object.get("id").and_then(value::id) {
            self.0.insert((list, id), Value::Object(object));
        }
    }

    /// The entry of a list with that id.
    #[must_use]
    pub fn get(&self, list: &'static str, id: &Value) -> Option<&Value> {
        self.0.get(&(list, value::id(id)?))
    }
}
