//! What the two engines keep: objects by collection, and when each became ready.

use chrono::{DateTime, Utc};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// All collections of a tenant, by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Shelves(IndexMap<String, Shelf>);

/// The objects of one collection.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Shelf {
    /// How many objects were put in, removed ones too.
    made: u64,
    objects: IndexMap<String, Kept>,
}

/// An object of a collection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// Its place in the order of creation, from 1.
    pub number: u64,
    /// The object as responses contain it.
    pub value: Value,
    /// The fields that it was asked for with. Filters read them.
    pub asked: Value,
    /// When it was created.
    pub made: DateTime<Utc>,
    /// When it becomes ready, for the objects of jobs.
    pub ready: DateTime<Utc>,
    /// Its earlier versions, oldest first.
    pub past: Vec<Value>,
}

impl Shelves {
    /// A collection. `None` if the tenant never used it.
    pub fn get(&self, name: &str) -> Option<&Shelf> {
        self.0.get(name)
    }

    /// A collection, to change it.
    pub fn shelf(&mut self, name: &str) -> &mut Shelf {
        self.0.entry(name.to_owned()).or_default()
    }

    /// An object.
    pub fn object(&self, collection: &str, id: &str) -> Option<&Kept> {
        self.0.get(collection)?.objects.get(id)
    }

    /// An object, to change it.
    pub fn object_mut(&mut self, collection: &str, id: &str) -> Option<&mut Kept> {
        self.0.get_mut(collection)?.objects.get_mut(id)
    }
}

impl Shelf {
    /// Puts an object in, or another one in place of the one with the same id.
    pub fn put(&mut self, id: &str, value: Value, asked: Value, made: DateTime<Utc>, ready: DateTime<Utc>) {
        self.made += 1;
        self.objects.insert(id.to_owned(), Kept { number: self.made, value, asked, made, ready, past: Vec::new() });
    }

    /// The number that the next object gets.
    pub fn next_number(&self) -> u64 {
        self.made + 1
    }

    /// Takes an object out.
    pub fn remove(&mut self, id: &str) -> Option<Kept> {
        self.objects.shift_remove(id)
    }

    /// The objects with their ids, oldest first.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = (&str, &Kept)> {
        self.objects.iter().map(|(id, kept)| (id.as_str(), kept))
    }
}
