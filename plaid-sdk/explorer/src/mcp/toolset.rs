//! Which tools there are. The list is fixed at the start, since it must not change during a session.

use plaid_catalog::Catalog;
use plaid_catalog::model::{Operation, Sample};
use plaid_catalog::tools::json;
use plaid_catalog::tools::json_schema::{Depth, Schemas};
use serde_json::{Map, Value, json};

use super::describe::Part;
use super::effects::{self, Marks};
use super::{names, text};

/// The longest schema of a typed tool that shows all depths, and the longest that shows two.
const WHOLE: usize = 5_000;
const TWO: usize = 9_000;

/// What a tool does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action {
    /// Searches.
    Search,
    /// Describes an operation.
    Describe,
    /// Checks a request without sending it.
    Validate,
    /// Calls an operation that only reads.
    CallRead,
    /// Calls any other.
    CallWrite,
    /// Finishes a Link session of the emulator.
    CompleteLink,
    /// Shows the person where to go through Link.
    OpenLink,
    /// Calls this operation.
    Typed(&'static Operation),
}

/// A tool.
#[derive(Clone, Debug)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The JSON Schema of its arguments.
    pub schema: Map<String, Value>,
    /// Its marks.
    pub marks: Marks,
    /// Whether it reaches Plaid.
    pub is_open: bool,
    /// What it does.
    pub action: Action,
}

/// What decides which tools there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Choice {
    /// No tool changes anything.
    pub read_only: bool,
    /// Products, operations, or `all`: each of their operations becomes a tool.
    pub tools: Vec<String>,
    /// Tools and products that are left out.
    pub exclude: Vec<String>,
    /// Whether an emulator runs here.
    pub is_emulated: bool,
}

/// The tools, in the order in which they are listed.
#[derive(Clone, Debug)]
pub struct Toolset(Vec<Tool>);

impl Toolset {
    /// The tools of a choice.
    ///
    /// # Errors
    /// A name that is neither a product nor an operation.
    pub fn new(choice: &Choice) -> Result<Self, String> {
        let catalog = Catalog::plaid();
        let mut tools = fixed(catalog, choice.is_emulated);
        let mut typed: Vec<&'static Operation> = Vec::new();
        for name in &choice.tools {
            for operation in chosen(catalog, name)? {
                if !typed.iter().any(|known| known.id == operation.id) {
                    typed.push(operation);
                }
            }
        }
        let schemas = catalog.schemas();
        tools.extend(typed.into_iter().map(|operation| self::typed(catalog, &schemas, operation, choice.is_emulated)));
        if choice.read_only {
            tools.retain(|tool| tool.marks.read_only);
        }
        for name in &choice.exclude {
            let before = tools.len();
            tools.retain(|tool| tool.name != *name);
            if tools.len() == before {
                let left_out = chosen(catalog, name).map_err(|error| format!("{error} Tools: {}", listed(&tools)))?;
                tools.retain(
                    |tool| !matches!(tool.action, Action::Typed(one) if left_out.iter().any(|out| out.id == one.id)),
                );
            }
        }
        Ok(Self(tools))
    }

    /// All tools.
    pub fn all(&self) -> &[Tool] {
        &self.0
    }

    /// The tool of this name.
    pub fn get(&self, name: &str) -> Option<&Tool> {
        self.0.iter().find(|tool| tool.name == name)
    }
}

fn listed(tools: &[Tool]) -> String {
    tools.iter().map(|tool| tool.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn chosen(catalog: &'static Catalog, name: &str) -> Result<Vec<&'static Operation>, String> {
    if name == "all" {
        return Ok(catalog.api().operations.iter().collect());
    }
    if catalog.product(name).is_some() {
        return names::product(catalog, name);
    }
    let unknown = |error| {
        format!("unknown product or operation `{name}` ({error}). The products are: {}.", names::products(catalog))
    };
    catalog.find_operation(name).map(|operation| vec![operation]).map_err(unknown)
}

fn fixed(catalog: &Catalog, is_emulated: bool) -> Vec<Tool> {
    const READS: Marks = Marks { read_only: true, destructive: false, idempotent: true };
    const WRITES: Marks = Marks { read_only: false, destructive: true, idempotent: false };
    let tool = |name: &str, action, marks, is_open, description: String, required: &[&str], properties: Value| Tool {
        name: name.to_owned(),
        description,
        schema: object(properties, required),
        marks,
        is_open,
        action,
    };
    let text = || json!({"type": "string"});
    let call = || json!({"operation": {"type": "string"}, "arguments": {"type": "object"}});
    let search = format!(
        "Find operations of Plaid's API by what they do, a path, a property, a webhook or an error code. Products: {}",
        names::products(catalog)
    );
    let describe = "Arguments, response, errors and next calls of an operation. part: more about one, or \
                    code in a language; path: a property of the request or response, to see deeper";
    let mut all = vec![
        tool("search_operations", Action::Search, READS, false, search, &["query"], json!({
            "query": text(), "product": text(), "read_only": {"type": "boolean"}
        })),
        tool("describe_operation", Action::Describe, READS, false, describe.to_owned(), &["operation"], json!({
            "operation": text(), "part": {"enum": Part::names()}, "path": text()
        })),
        tool(
            "validate_request",
            Action::Validate,
            READS,
            false,
            "Check the arguments of an operation without calling it".to_owned(),
            &["operation", "arguments"],
            call(),
        ),
        tool(
            "call_read_operation",
            Action::CallRead,
            READS,
            !is_emulated,
            "Call an operation that only reads. Describe it first. Credentials are handles (handle:…): pass them on as they are"
                .to_owned(),
            &["operation", "arguments"],
            call(),
        ),
        tool(
            "call_write_operation",
            Action::CallWrite,
            WRITES,
            !is_emulated,
            "Call an operation that creates, changes or deletes something, or moves money. Describe it first".to_owned(),
            &["operation", "arguments"],
            call(),
        ),
    ];
    let marks = Marks { read_only: false, destructive: false, idempotent: !is_emulated };
    if is_emulated {
        let about = "Finish a Link session as a person would, in the emulator. Returns the public_token";
        let properties = json!({
            "link_token": text(), "institution_id": text(), "username": text(), "password": text()
        });
        all.push(tool(
            "complete_link",
            Action::CompleteLink,
            marks,
            false,
            about.to_owned(),
            &["link_token"],
            properties,
        ));
    } else {
        let about =
            "Show the person a hosted_link_url (a handle), to go through Link there. link_token_get has the result";
        let properties = json!({ "hosted_link_url": text() });
        all.push(tool("open_link", Action::OpenLink, marks, true, about.to_owned(), &["hosted_link_url"], properties));
    }
    all
}

fn object(properties: Value, required: &[&str]) -> Map<String, Value> {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), properties);
    schema.insert("required".to_owned(), json!(required));
    schema
}

fn typed(catalog: &Catalog, schemas: &Schemas<'_>, operation: &'static Operation, is_emulated: bool) -> Tool {
    let summary = text::summary(&operation.docs, 300);
    let deprecated = if operation.docs.deprecated { " Deprecated." } else { "" };
    let money = if effects::moves_money(operation) { " It moves money." } else { "" };
    Tool {
        name: names::of(catalog, operation),
        description: format!("{summary}{deprecated}{money}"),
        schema: arguments(schemas, operation),
        marks: effects::marks(operation),
        is_open: !is_emulated,
        action: Action::Typed(operation),
    }
}

/// The schema of the arguments: parameters and properties of the body in one object. What is too long is in short, and
/// `describe_operation` shows it whole.
fn arguments(schemas: &Schemas<'_>, operation: &Operation) -> Map<String, Value> {
    let ways = [(Depth::Whole, WHOLE), (Depth::Two, TWO), (Depth::Top, usize::MAX)];
    let bodies = ways.iter().map(|(depth, most)| (schemas.request(operation, *depth), *most));
    let fits = |(body, most): &(Option<Sample>, usize)| body.as_ref().is_none_or(|one| json::json(one).len() <= *most);
    let body = bodies.into_iter().find(fits).and_then(|(body, _)| body);
    let mut schema = body.as_ref().and_then(map).unwrap_or_else(|| object(json!({}), &[]));
    schema.remove("$schema");
    schema.insert("type".to_owned(), json!("object"));
    if let Some(mut parameters) = schemas.parameters(operation, Depth::Top).as_ref().and_then(map) {
        for name in ["properties", "required"] {
            match (schema.entry(name).or_insert(Value::Null), parameters.remove(name)) {
                (Value::Object(all), Some(Value::Object(more))) => all.extend(more),
                (Value::Array(all), Some(Value::Array(more))) => all.extend(more),
                (slot @ Value::Null, Some(more)) => *slot = more,
                _ => {}
            }
        }
        schema.retain(|_, value| !value.is_null());
    }
    without_credentials(&mut schema);
    schema
}

fn map(sample: &Sample) -> Option<Map<String, Value>> {
    serde_json::from_str(&json::json(sample)).ok()
}

/// The caller's own credentials are the gateway's concern.
fn without_credentials(schema: &mut Map<String, Value>) {
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.retain(|_, property| property.get("x-credential") != Some(&Value::Bool(true)));
    }
}

#[cfg(test)]
mod tests;
