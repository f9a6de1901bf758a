//! Finds the recorded call of a request.
//!
//! A placeholder that an earlier response contains must be in the request as it is: the client got it from a replayed response.
//! Any other one is a value that the test itself brings along, such as an access token from its configuration or a phone
//! number. It fits any value of the same type, which is bound to the placeholder from then on.

use std::collections::{HashMap, HashSet};

use plaid_catalog::model::Sample;
use plaid_catalog::tools::json;

use crate::call::{Body, Call, Outcome};
use crate::differences::{self, Difference};

/// The calls of a cassette, and which of them were replayed.
pub struct Calls {
    all: Vec<Recorded>,
    bound: Bound,
}

struct Recorded {
    call: Call,
    used: bool,
    /// The JSON texts of the placeholders in its request that fit any value.
    free: HashSet<String>,
}

/// Values of the test, and the placeholders that they have in the cassette. All are JSON texts.
#[derive(Default)]
struct Bound {
    values: HashMap<String, Sample>,
    placeholders: HashMap<String, String>,
}

/// A request to be found.
pub struct Wanted<'a> {
    /// The method, in capitals.
    pub method: &'a str,
    /// The path below the base URL.
    pub path: &'a str,
    /// The query.
    pub query: Option<&'a str>,
    /// The body.
    pub request: Option<&'a Sample>,
}

impl Calls {
    /// Of a cassette.
    pub fn new(calls: Vec<Call>) -> Self {
        let mut returned = HashSet::new();
        let mut brought = HashSet::new();
        let mut all = Vec::new();
        for call in calls {
            let mut free = HashSet::new();
            if let Some(request) = &call.request {
                leaves("", request, &mut |pointer, leaf| {
                    let text = json::json(leaf);
                    let is_redacted = call.redacted.iter().any(|one| one == pointer);
                    if is_redacted && (brought.contains(&text) || !returned.contains(&text)) {
                        brought.insert(text.clone());
                        free.insert(text);
                    }
                });
            }
            if let Outcome::Response(response) = &call.outcome
                && let Body::Json(body) = &response.body
            {
                leaves("", body, &mut |_, leaf| {
                    returned.insert(json::json(leaf));
                });
            }
            all.push(Recorded { call, used: false, free });
        }
        Self { all, bound: Bound::default() }
    }

    /// What was recorded for a request. Each call is returned once, equal ones in their order.
    ///
    /// # Errors
    /// There is no such call, or all of them were returned. The text says what differs.
    pub fn take(&mut self, wanted: &Wanted<'_>) -> Result<Outcome, String> {
        let mut best: Option<(usize, Vec<(String, Sample)>)> = None;
        for (index, one) in self.all.iter().enumerate().filter(|(_, one)| !one.used && is_same_place(&one.call, wanted))
        {
            if let Ok(new) = self.bound.fit(one, wanted)
                && best.as_ref().is_none_or(|(_, known)| new.len() < known.len())
            {
                best = Some((index, new));
            }
        }
        let Some((index, new)) = best else { return Err(self.explain(wanted)) };
        for (placeholder, value) in new {
            self.bound.placeholders.insert(json::json(&value), placeholder.clone());
            self.bound.values.insert(placeholder, value);
        }
        let Some(found) = self.all.get_mut(index) else { return Err(self.explain(wanted)) };
        found.used = true;
        Ok(self.bound.restored(found.call.outcome.clone()))
    }

    /// Method and path of the calls that were not replayed.
    pub fn unused(&self) -> Vec<String> {
        let unused = self.all.iter().filter(|one| !one.used);
        unused.map(|one| format!("{} {}", one.call.method, one.call.path)).collect()
    }

    fn explain(&self, wanted: &Wanted<'_>) -> String {
        let Wanted { method, path, .. } = wanted;
        let same = || self.all.iter().enumerate().filter(|(_, one)| is_same_place(&one.call, wanted));
        let equal = same().filter(|(_, one)| one.used && self.bound.fit(one, wanted).is_ok()).count();
        if equal > 0 {
            let times = if equal == 1 { "once".to_owned() } else { format!("{equal} times") };
            return format!(
                "this request of {method} {path} was recorded {times}, and all recorded responses were returned"
            );
        }
        let differing = same().filter_map(|(index, one)| Some((index, one, self.bound.fit(one, wanted).err()?)));
        match differing.min_by_key(|(_, _, differences)| differences.len()) {
            Some((index, one, differences)) => {
                let texts: Vec<String> = differences.iter().take(5).map(|one_of| described(one, one_of)).collect();
                let more = differences.len().saturating_sub(texts.len());
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                let texts = texts.join(", ");
                format!(
                    "no recorded call of {method} {path} has this request; in the nearest, calls[{index}], {texts}{more}"
                )
            }
            None => {
                let mut places: Vec<String> = self.all.iter().map(|one| one.call.path.clone()).collect();
                places.sort();
                places.dedup();
                format!("no call of {method} {path} was recorded; the cassette has calls of {}", places.join(", "))
            }
        }
    }
}

impl Bound {
    /// The values that a request brings for the placeholders of a call, or where it differs.
    fn fit<'a>(&self, one: &'a Recorded, wanted: &Wanted<'a>) -> Result<Vec<(String, Sample)>, Vec<Difference<'a>>> {
        let mut new: Vec<(String, Sample)> = Vec::new();
        let mut left = Vec::new();
        for difference in differences::between(one.call.request.as_ref(), wanted.request) {
            let is_redacted = one.call.redacted.contains(&difference.pointer);
            match (difference.recorded, difference.given) {
                (Some(recorded), Some(given)) if is_redacted && is_same_type(recorded, given) => {
                    let (placeholder, value) = (json::json(recorded), json::json(given));
                    let known = new.iter().find(|(known, _)| *known == placeholder).map(|(_, value)| value);
                    let known = known.or_else(|| self.values.get(&placeholder));
                    let has_other = self.placeholders.get(&value).is_some_and(|other| *other != placeholder);
                    match known {
                        Some(known) if known == given => {}
                        None if one.free.contains(&placeholder) && !has_other => new.push((placeholder, given.clone())),
                        _ => left.push(difference),
                    }
                }
                _ => left.push(difference),
            }
        }
        if left.is_empty() { Ok(new) } else { Err(left) }
    }

    /// A response with the values that the test brought, as the server would repeat them.
    fn restored(&self, outcome: Outcome) -> Outcome {
        match outcome {
            Outcome::Response(mut response) => {
                if let Body::Json(body) = &mut response.body {
                    self.restore(body);
                }
                Outcome::Response(response)
            }
            failure @ Outcome::Failure(_) => failure,
        }
    }

    fn restore(&self, value: &mut Sample) {
        match value {
            Sample::Object(all) => all.iter_mut().for_each(|(_, value)| self.restore(value)),
            Sample::List(all) => all.iter_mut().for_each(|value| self.restore(value)),
            Sample::Text(_) => {
                if let Some(known) = self.values.get(&json::json(value)) {
                    *value = known.clone();
                }
            }
            Sample::Null | Sample::Bool(_) | Sample::Number(_) => {}
        }
    }
}

/// A difference, without the values of what is redacted.
fn described(one: &Recorded, difference: &Difference<'_>) -> String {
    if one.call.redacted.contains(&difference.pointer) && difference.given.is_some() {
        return format!("`{}` is another value than the recorded one", difference.pointer);
    }
    difference.to_string()
}

fn is_same_place(call: &Call, wanted: &Wanted<'_>) -> bool {
    call.method == wanted.method && call.path == wanted.path && call.query.as_deref() == wanted.query
}

fn is_same_type(recorded: &Sample, given: &Sample) -> bool {
    matches!((recorded, given), (Sample::Text(_), Sample::Text(_)) | (Sample::Number(_), Sample::Number(_)))
}

/// Visits all values that are neither lists nor objects, each with its JSON pointer.
fn leaves(pointer: &str, value: &Sample, visit: &mut dyn FnMut(&str, &Sample)) {
    match value {
        Sample::Object(all) => {
            all.iter().for_each(|(name, value)| leaves(&differences::step(pointer, name), value, visit));
        }
        Sample::List(all) => {
            let elements = all.iter().enumerate();
            elements.for_each(|(index, value)| leaves(&differences::step(pointer, &index.to_string()), value, visit));
        }
        leaf => visit(pointer, leaf),
    }
}
