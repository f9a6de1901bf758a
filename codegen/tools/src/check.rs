//! Checks the body of a request, a response or a webhook: all problems, each with its place in the text.
//!
//! A check works on the text, so that all digits are compared, and a property that is set twice is found. No input makes
//! it panic or exhaust the stack, and its time grows with the length of the text.
//!
//! ```
//! use api_tools::check::{Checker, Policy};
//!
//! let checker = Checker::new(&api_model::Api::default());
//! let error = checker.request("item_get", b"{}", &Policy::strict()).unwrap_err();
//! assert_eq!(error.to_string(), "the API has no operation `item_get`");
//! ```

mod format;
mod lexical;
mod limits;
mod number;
mod path;
mod pattern;
mod policy;
mod problem;
mod schema;
mod tree;
mod values;
mod walk;

use std::collections::HashMap;

use api_model::{Api, BodyMedia, ResponseBody, Type};

pub use self::policy::{Policy, Rule, Severity};
pub use self::problem::{Code, JsonType, Kind, Position, Problem};

use self::schema::{Compiler, Schemas, Use};
use self::tree::{Fault, MAX_DEPTH, Tree};
use self::walk::{Direction, Found, Walk};
use crate::unknown::{Unknown, What};

/// The byte order mark in UTF-8.
const MARK: &str = "\u{feff}";

/// Checks bodies. It is made once for an API; a check then takes microseconds.
#[derive(Debug)]
pub struct Checker {
    schemas: Schemas,
    operations: HashMap<String, Bodies>,
    /// The payloads of a pair, in the order in which they are tried.
    webhooks: HashMap<(String, String), Vec<Use>>,
}

/// The bodies of an operation.
#[derive(Debug)]
struct Bodies {
    request: Expected,
    response: Expected,
}

/// What a body has to be.
#[derive(Debug)]
enum Expected {
    /// Nothing.
    Nothing,
    /// Bytes that are not checked.
    Bytes,
    /// JSON, or a form as an object.
    Json { used: Use, required: bool },
}

impl Checker {
    /// Prepares the types of an API.
    pub fn new(api: &Api) -> Self {
        let payloads: Vec<Type> = api.webhooks.iter().map(|webhook| Type::Named(webhook.body.clone())).collect();
        let mut compiler = Compiler::new(api);
        let mut operations = HashMap::new();
        for operation in &api.operations {
            let request = match &operation.body {
                None => Expected::Nothing,
                Some(body) => match body.media {
                    BodyMedia::Json | BodyMedia::Form => {
                        Expected::Json { used: compiler.used(&body.ty), required: body.required }
                    }
                    BodyMedia::Binary(_) => Expected::Bytes,
                },
            };
            let response = match &operation.response.body {
                ResponseBody::Json(ty) => Expected::Json { used: compiler.used(ty), required: true },
                ResponseBody::Binary(_) => Expected::Bytes,
                ResponseBody::Empty => Expected::Nothing,
            };
            operations.insert(operation.id.clone(), Bodies { request, response });
        }
        let mut webhooks: HashMap<_, Vec<Use>> = HashMap::new();
        for (webhook, body) in api.webhooks.iter().zip(&payloads) {
            let pair = (webhook.kind.clone(), webhook.code.clone());
            webhooks.entry(pair).or_default().push(compiler.used(body));
        }
        Self { schemas: compiler.finish(), operations, webhooks }
    }

    /// Checks the body of a request. The operation is named by its `operationId`. A form is checked as a JSON object.
    ///
    /// # Errors
    /// There is no such operation.
    pub fn request(&self, operation: &str, body: &[u8], policy: &Policy) -> Result<Vec<Problem>, Unknown> {
        let bodies = self.bodies(operation)?;
        Ok(self.check(&bodies.request, Direction::Request, body, policy))
    }

    /// Checks the body of a success response.
    ///
    /// # Errors
    /// There is no such operation.
    pub fn response(&self, operation: &str, body: &[u8], policy: &Policy) -> Result<Vec<Problem>, Unknown> {
        let bodies = self.bodies(operation)?;
        Ok(self.check(&bodies.response, Direction::Response, body, policy))
    }

    /// Checks the payload of a webhook, named by its type and code. Of several payloads with this pair, it is compared
    /// with the closest.
    ///
    /// # Errors
    /// There is no such webhook.
    pub fn webhook(&self, kind: &str, code: &str, body: &[u8], policy: &Policy) -> Result<Vec<Problem>, Unknown> {
        let pair = (kind.to_owned(), code.to_owned());
        let Some(payloads) = self.webhooks.get(&pair) else {
            let known: Vec<String> = self.webhooks.keys().map(|(kind, code)| format!("{kind}: {code}")).collect();
            let known = known.iter().map(String::as_str);
            return Err(Unknown::new(What::Webhook, &format!("{kind}: {code}"), known));
        };
        let all = payloads.iter().map(|used| self.json(used, Direction::Response, body, policy));
        let count = |problems: &[Problem], severity| problems.iter().filter(|one| one.severity == severity).count();
        let score = |all: &Vec<Problem>| (count(all, Severity::Error), count(all, Severity::Warning));
        Ok(all.min_by_key(score).unwrap_or_default())
    }

    /// The patterns of the document that can't be checked, since they look around or refer back. Strings are not
    /// compared with them.
    pub fn unchecked_patterns(&self) -> &[String] {
        &self.schemas.unreadable
    }

    fn bodies(&self, operation: &str) -> Result<&Bodies, Unknown> {
        let known = || self.operations.keys().map(String::as_str);
        self.operations.get(operation).ok_or_else(|| Unknown::new(What::Operation, operation, known()))
    }

    fn check(&self, expected: &Expected, direction: Direction, body: &[u8], policy: &Policy) -> Vec<Problem> {
        match expected {
            Expected::Bytes => Vec::new(),
            Expected::Json { required: false, .. } | Expected::Nothing if body.is_empty() => Vec::new(),
            Expected::Nothing => problems(body, policy, vec![(0, String::new(), Kind::Unexpected)], Vec::new()),
            Expected::Json { used, .. } => self.json(used, direction, body, policy),
        }
    }

    fn json(&self, used: &Use, direction: Direction, body: &[u8], policy: &Policy) -> Vec<Problem> {
        let text = match std::str::from_utf8(body) {
            Ok(text) => text,
            Err(error) => {
                let fault = (error.valid_up_to(), String::new(), Kind::NotUtf8);
                return problems(body, policy, vec![fault], Vec::new());
            }
        };
        let mut faults = Vec::new();
        let from = if text.starts_with(MARK) {
            faults.push((0, String::new(), Kind::ByteOrderMark));
            MARK.len()
        } else {
            0
        };
        let tree = match Tree::read(text, from) {
            Ok(tree) => tree,
            Err(Fault { offset, kind }) => {
                faults.push((offset, String::new(), kind));
                return problems(body, policy, faults, Vec::new());
            }
        };
        if let Some(offset) = tree.too_deep {
            faults.push((offset, String::new(), Kind::TooDeep { most: MAX_DEPTH }));
        }
        lexical::check(&tree, &mut |index, path, kind| faults.push((tree.start(index), path, kind)));
        let found = Walk::new(&tree, &self.schemas, policy, direction).run(used);
        problems(body, policy, faults, found)
    }
}

/// Sorts what was found by place, and adds the lines.
fn problems(body: &[u8], policy: &Policy, faults: Vec<(usize, String, Kind)>, found: Vec<Found>) -> Vec<Problem> {
    let mut all: Vec<Found> = faults
        .into_iter()
        .map(|(offset, path, kind)| Found { offset, path, severity: policy.severity(kind.rule()), kind })
        .filter(|fault| fault.severity > Severity::Ignored)
        .collect();
    all.extend(found);
    all.sort_by_key(|problem| problem.offset);
    let mut position = Position { line: 1, column: 1, offset: 0 };
    all.into_iter()
        .map(|Found { offset, path, severity, kind }| {
            let passed = body.get(position.offset..offset).unwrap_or_default();
            advance(&mut position, passed);
            // A body of another type is not one of the operation at all.
            let is_body = path.is_empty() && matches!(kind, Kind::Type { .. });
            let code = if is_body { Code::InvalidBody } else { kind.code() };
            Problem { code, severity, path, position, kind }
        })
        .collect()
}

/// Moves a position over valid UTF-8.
fn advance(position: &mut Position, bytes: &[u8]) {
    for byte in bytes {
        position.offset += 1;
        if *byte == b'\n' {
            position.line += 1;
            position.column = 1;
        } else if byte & 0b1100_0000 != 0b1000_0000 {
            // not the second or a later byte of a character
            position.column += 1;
        }
    }
}
