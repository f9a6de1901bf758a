//! Objects that are about the same: pairs of them, and what is passed on from one to the other.

use serde_json::{Map, Value, json};

use super::about::Subject;
use super::compare::{analysis, compare};
use super::record::{bump, touch};
use super::table::{Alike, Collection, Hook, Passes, Table, object};
use super::{Task, hooks, respond};
use crate::ops::Call;
use crate::state::Kept;

/// Lets follow what follows from a new or changed object: a pair with each one like it, and what the two have to pass on. If it is
/// something to pass on itself, those get it that are like the one that it is about.
pub fn follow(call: &mut Call<'_>, task: Task, name: &'static str, id: &str, is_new: bool) {
    for (of, collection) in &Table::get().collections {
        let Some(alike) = &collection.alike else { continue };
        let scan = Scan { task, alike, name: of, collection };
        if of == name {
            for other in scan.like(call, id) {
                scan.pair(call, &other, id);
                for (from, to) in [(other.as_str(), id), (id, other.as_str())] {
                    for said in scan.said(call, from) {
                        scan.pass(call, from, to, &said, is_new && to == id);
                    }
                }
            }
        } else if alike.passes.of == name && is_new {
            let Some(from) = scan.about(call, id) else { continue };
            for to in scan.like(call, &from) {
                scan.pass(call, &from, &to, id, false);
            }
        }
    }
}

/// The objects of a collection whose objects can be alike.
struct Scan {
    task: Task,
    alike: &'static Alike,
    name: &'static str,
    collection: &'static Collection,
}

impl Scan {
    /// What is compared of an object: what it was asked for with, not what was filled in.
    fn compared<'a>(&self, kept: &'a Kept) -> &'a Value {
        kept.asked.get(&self.alike.within).unwrap_or(&Value::Null)
    }

    fn kept<'a>(&self, call: &'a Call<'_>, id: &str) -> Option<&'a Kept> {
        call.tenant.shelves.object(self.name, id)
    }

    /// The other objects that are like one, oldest first.
    fn like(&self, call: &Call<'_>, id: &str) -> Vec<String> {
        let Some(own) = self.kept(call, id).map(|kept| self.compared(kept)) else { return Vec::new() };
        let matches = |other: &Value, name: &String| compare(own.get(name), other.get(name)) == "match";
        let is_like = |other: &Value| self.alike.enough.iter().any(|all| all.iter().all(|name| matches(other, name)));
        let all = call.tenant.shelves.get(self.name).into_iter().flat_map(crate::state::Shelf::all);
        let others = all.filter(|(other, kept)| *other != id && is_like(self.compared(kept)));
        others.map(|(other, _)| other.to_owned()).collect()
    }

    /// The field that names an object of the collection.
    fn named(&self) -> &'static str {
        self.collection.named.as_deref().unwrap_or("id")
    }

    /// The object that something to pass on is about.
    fn about(&self, call: &Call<'_>, said: &str) -> Option<String> {
        let kept = call.tenant.shelves.object(&self.alike.passes.of, said)?;
        Some(kept.asked.get(self.named())?.as_str()?.to_owned())
    }

    /// What there is to pass on from an object.
    fn said(&self, call: &Call<'_>, id: &str) -> Vec<String> {
        let all = call.tenant.shelves.get(&self.alike.passes.of).into_iter().flat_map(crate::state::Shelf::all);
        let own = all.filter(|(_, kept)| kept.asked.get(self.named()).and_then(Value::as_str) == Some(id));
        own.map(|(said, _)| said.to_owned()).collect()
    }

    /// Makes the pair of two objects, unless there is one.
    fn pair(&self, call: &mut Call<'_>, first: &str, second: &str) {
        let is_pair = |kept: &Kept| [first, second].iter().all(|id| kept.asked.get(*id).is_some());
        let known = [first, second].map(|id| self.kept(call, id).cloned());
        let [Some(one), Some(two)] = known else { return };
        if has(call, &self.alike.into, is_pair) {
            return;
        }
        let mut pair = self.analysis(&self.alike.into, &two, &one);
        pair.extend([(format!("{}1", self.name), one.value), (format!("{}2", self.name), two.value)]);
        let asked = json!({first: true, second: true});
        self.put(call, &self.alike.into, pair, asked, &self.alike.webhook);
    }

    /// Passes something on from an object to another one, unless it has it.
    fn pass(&self, call: &mut Call<'_>, from: &str, to: &str, said: &str, is_new: bool) {
        let Passes { of, into, property, webhook, moves, moved } = &self.alike.passes;
        let has_it = |kept: &Kept| {
            kept.asked.get(self.named()) == Some(&json!(to)) && kept.asked.get("passed") == Some(&json!(said))
        };
        let known = (self.kept(call, from).cloned(), self.kept(call, to).cloned());
        let (Some(from), Some(mut kept)) = known else { return };
        let Some(what) = call.tenant.shelves.object(of, said).map(|kept| kept.value.clone()) else { return };
        if has(call, into, has_it) {
            return;
        }
        let mut passed = self.analysis(into, &kept, &from);
        passed.extend([(property.clone(), what), (self.named().to_owned(), to.into())]);
        self.put(call, into, passed, json!({self.named(): to, "passed": said}), webhook);
        let state = kept.value.get(&self.collection.state).and_then(Value::as_str);
        let Some(new) = state.and_then(|state| moves.get(state)) else { return };
        let before = kept.value.clone();
        let mut value = kept.value.as_object().cloned().unwrap_or_default();
        value.insert(self.collection.state.clone(), new.as_str().into());
        if !is_new {
            bump(&mut value, &before);
            touch(&mut value, call);
            kept.past.push(before);
        }
        kept.value = Value::Object(value);
        if let Some(place) = call.tenant.shelves.object_mut(self.name, to) {
            *place = kept.clone();
        }
        if !is_new {
            hooks::send(call, moved, self.collection, to, &kept.value, Map::new());
        }
    }

    /// How an object is like another one, as the objects of a collection have it.
    fn analysis(&self, into: &str, own: &Kept, other: &Kept) -> Map<String, Value> {
        let ty = Table::get().collections.get(into).and_then(Collection::object_type);
        let whole = ty.and_then(|ty| plaid_catalog::Catalog::plaid().api().object(ty));
        let field = whole.and_then(|whole| whole.fields.iter().find(|field| field.wire == "analysis"));
        let shape = field.and_then(|field| object(&field.ty));
        let made = shape.map(|shape| analysis(shape, self.compared(own), self.compared(other)));
        made.map(|made| ("analysis".to_owned(), made)).into_iter().collect()
    }

    /// Puts an object into a collection, and sends its webhook.
    fn put(&self, call: &mut Call<'_>, into: &'static str, known: Map<String, Value>, asked: Value, hook: &Hook) {
        let Some(collection) = Table::get().collections.get(into) else { return };
        let id = call.tenant.ids.short(&collection.form);
        let mut known = known;
        known.insert(collection.id.clone(), id.as_str().into());
        let value = respond::object(call, self.task, &Subject::nobody(), collection, &id, Value::Object(known));
        let now = call.tenant.now();
        call.tenant.shelves.shelf(into).put(&id, value.clone(), asked, now, now);
        hooks::send(call, hook, collection, &id, &value, Map::new());
    }
}

/// Whether a collection has an object that a test selects.
fn has(call: &Call<'_>, collection: &str, test: impl Fn(&Kept) -> bool) -> bool {
    call.tenant.shelves.get(collection).is_some_and(|shelf| shelf.all().any(|(_, kept)| test(kept)))
}
