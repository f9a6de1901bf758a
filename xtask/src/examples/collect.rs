//! Finds the examples of a document, each with its type.

use std::collections::{BTreeMap, HashMap, HashSet};

use codegen::api_model::{Api, BodyMedia, ResponseBody, Type};
use codegen::diag::Pointer;

use super::json::Json;

/// What an example shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A request's body.
    Request,
    /// A response's body.
    Response,
    /// A webhook's payload.
    Webhook,
    /// A named schema.
    Schema,
    /// A property or an element of a list.
    Property,
}

/// An example and its type.
pub struct Example {
    /// Where its value is.
    pub at: Pointer,
    /// What it shows.
    pub kind: Kind,
    /// Its type.
    pub ty: Type,
    /// The value.
    pub value: Json,
}

/// All examples.
#[derive(Default)]
pub struct Collected {
    /// Those with a type, in the order of their pointers.
    pub examples: Vec<Example>,
    /// The number of those without, by reason.
    pub without_type: BTreeMap<&'static str, usize>,
}

/// Finds every example.
pub fn collect(document: &Json, api: &Api) -> Collected {
    let mut walk = Walk { sites: sites(api), skipped: skipped(api), found: Collected::default() };
    walk.node(document, &Pointer::root());
    walk.found
}

/// The type described at a pointer.
type Site = (Kind, Type);

/// Every place that describes a value of a type.
fn sites(api: &Api) -> HashMap<Pointer, Site> {
    let mut sites = HashMap::new();
    let webhooks: HashSet<_> = api.webhooks.iter().map(|webhook| &webhook.body).collect();
    for def in api.types.values() {
        let kind = if webhooks.contains(&def.id) { Kind::Webhook } else { Kind::Schema };
        sites.insert(def.at.clone(), (kind, or_null(&Type::Named(def.id.clone()), def.nullable)));
    }
    for def in api.types.values() {
        if let codegen::api_model::Kind::Struct(object) = &def.kind {
            for field in &object.fields {
                let site = || (Kind::Property, or_null(&field.ty, field.nullable));
                sites.entry(field.at.clone()).or_insert_with(site);
            }
        }
    }
    for operation in &api.operations {
        if let Some(body) = operation.body.as_ref().filter(|body| !matches!(body.media, BodyMedia::Binary(_))) {
            let at = operation.at.child("requestBody").child("content");
            sites.insert(at, (Kind::Request, body.ty.clone()));
        }
        let responses = operation.at.child("responses");
        let mut put = |status: String, ty: &Type| {
            sites.insert(responses.child(&status).child("content"), (Kind::Response, ty.clone()));
        };
        if let ResponseBody::Json(ty) = &operation.response.body {
            operation.response.statuses.iter().for_each(|status| put(status.to_string(), ty));
        }
        for error in &operation.errors {
            if let Some(ty) = &error.ty {
                let status = match (error.status, error.class) {
                    (Some(status), _) => status.to_string(),
                    (None, Some(class)) => format!("{class}XX"),
                    (None, None) => "default".to_owned(),
                };
                put(status, ty);
            }
        }
    }
    sites
}

fn or_null(ty: &Type, nullable: bool) -> Type {
    if nullable { Type::Nullable(Box::new(ty.clone())) } else { ty.clone() }
}

/// The named schemas without a generated type.
fn skipped(api: &Api) -> HashSet<Pointer> {
    api.skipped.iter().map(|skipped| skipped.at.clone()).collect()
}

struct Walk {
    sites: HashMap<Pointer, Site>,
    skipped: HashSet<Pointer>,
    found: Collected,
}

/// Keywords whose keys are names. A key `example` in them is a name too, not an example.
const NAMES: [&str; 10] = [
    "properties",
    "schemas",
    "paths",
    "responses",
    "content",
    "headers",
    "requestBodies",
    "callbacks",
    "links",
    "securitySchemes",
];

impl Walk {
    fn node(&mut self, node: &Json, at: &Pointer) {
        match node {
            Json::Object(members) => {
                for (name, value) in members {
                    let place = at.child(name);
                    match (name.as_str(), value) {
                        ("example", value) => self.put(at, place, value),
                        ("examples" | "x-examples", Json::Object(values)) => self.named(name, at, &place, values),
                        ("examples" | "x-examples" | "enum" | "default", _) => {}
                        (name, Json::Object(values)) if NAMES.contains(&name) => {
                            values.iter().for_each(|(name, value)| self.node(value, &place.child(name)));
                        }
                        _ => self.node(value, &place),
                    }
                }
            }
            Json::List(elements) => {
                elements.iter().enumerate().for_each(|(index, element)| self.node(element, &at.index(index)));
            }
            _ => {}
        }
    }

    /// `examples`, where each is an object with its `value`; or `x-examples` of a schema, where each is the value.
    fn named(&mut self, keyword: &str, at: &Pointer, place: &Pointer, values: &BTreeMap<String, Json>) {
        for (name, value) in values {
            let place = place.child(name);
            match (keyword, value.get("value")) {
                ("x-examples", _) => self.put(at, place, value),
                (_, Some(value)) => self.put(at, place.child("value"), value),
                (_, None) => self.without_type("it has no value"),
            }
        }
    }

    fn put(&mut self, described: &Pointer, at: Pointer, value: &Json) {
        match self.site(described) {
            Ok((kind, ty)) => self.found.examples.push(Example { at, kind, ty, value: value.clone() }),
            Err(reason) => self.without_type(reason),
        }
    }

    fn without_type(&mut self, reason: &'static str) {
        *self.found.without_type.entry(reason).or_default() += 1;
    }

    /// The type described at a pointer, or why it has none.
    fn site(&self, at: &Pointer) -> Result<Site, &'static str> {
        if let Some(site) = self.sites.get(at) {
            return Ok(site.clone());
        }
        let segments: Vec<String> = at.segments().collect();
        let up = |levels: usize| {
            segments[..segments.len().saturating_sub(levels)]
                .iter()
                .fold(Pointer::root(), |pointer, segment| pointer.child(segment))
        };
        match segments.as_slice() {
            // A media type's examples: the body's type is known.
            [.., content, media] if content == "content" => match self.sites.get(&up(1)) {
                Some(site) if media.contains("json") || media.contains("form") => Ok(site.clone()),
                _ => Err("its media type is not JSON"),
            },
            [.., items] if items == "items" => match self.site(&up(1))? {
                (_, Type::List(element)) => Ok((Kind::Property, *element)),
                (_, Type::Nullable(list)) => match *list {
                    Type::List(element) => Ok((Kind::Property, *element)),
                    _ => Err("nothing is generated for the place"),
                },
                _ => Err("nothing is generated for the place"),
            },
            _ if (0..segments.len()).any(|levels| self.skipped.contains(&up(levels))) => {
                Err("no operation or webhook reaches its schema")
            }
            _ => Err("nothing is generated for the place"),
        }
    }
}
