//! What the tools do.

use plaid_catalog::Catalog;
use plaid_catalog::model::{Operation, Sample};
use serde_json::{Map, Value};

use super::arguments::Arguments;
use super::describe::{Part, describe};
use super::search::{Wanted, search};
use super::session::{Answer, Session};
use super::toolset::{Action, Tool};
use super::{call, effects, names, request};

/// What a call of a tool leads to.
#[derive(Debug)]
pub enum Step {
    /// An answer.
    Done(Answer),
    /// A call of an operation, which may need the person's agreement first.
    Call {
        /// The operation.
        operation: &'static Operation,
        /// Its arguments.
        arguments: Sample,
    },
    /// An address that the person is shown, and the model is not.
    Show(String),
}

/// Carries a tool out, up to the call of an operation.
pub fn step(session: &Session, tool: &Tool, arguments: &Map<String, Value>) -> Step {
    match prepare(session, tool, arguments) {
        Ok(step) => step,
        Err(error) => Step::Done(Answer::error(error)),
    }
}

fn prepare(session: &Session, tool: &Tool, arguments: &Map<String, Value>) -> Result<Step, String> {
    let catalog = Catalog::plaid();
    match tool.action {
        Action::Search => {
            let given = Arguments::new(arguments, &["query", "product", "read_only"])?;
            let wanted = Wanted {
                query: given.text("query")?.unwrap_or_default(),
                product: given.text("product")?.filter(|name| !name.is_empty()),
                read_only: given.flag("read_only")?,
            };
            Ok(Step::Done(search(catalog, wanted).into()))
        }
        Action::Describe => {
            let given = Arguments::new(arguments, &["operation", "part", "path"])?;
            let operation = names::operation(catalog, given.required("operation")?)?;
            let part = Part::named(given.text("part")?)?;
            Ok(Step::Done(describe(catalog, operation, part, given.text("path")?).into()))
        }
        Action::Validate => {
            let (operation, arguments) = operation_and_arguments(catalog, arguments)?;
            Ok(Step::Done(call::validate(session, operation, &arguments)))
        }
        Action::CallRead => {
            let (operation, arguments) = operation_and_arguments(catalog, arguments)?;
            if !effects::reads(operation) {
                let name = names::of(catalog, operation);
                let way = if session.settings.read_only {
                    "Such operations are switched off here"
                } else {
                    "Call it with call_write_operation"
                };
                return Err(format!("{name} does not only read. {way}"));
            }
            Ok(Step::Call { operation, arguments })
        }
        Action::CallWrite => {
            let (operation, arguments) = operation_and_arguments(catalog, arguments)?;
            Ok(Step::Call { operation, arguments })
        }
        Action::Typed(operation) => {
            let arguments = request::arguments(Some(&Value::Object(arguments.clone())))?;
            Ok(Step::Call { operation, arguments })
        }
        Action::CompleteLink => Ok(Step::Done(complete_link(session, arguments))),
        Action::OpenLink => {
            let given = Arguments::new(arguments, &["hosted_link_url"])?;
            let handle = given.required("hosted_link_url")?;
            // Only what Plaid returned is shown: a model must not send a person anywhere else.
            let url = session.app.handles().reveal(&session.caller, handle).filter(|url| url.starts_with("https://"));
            url.map(Step::Show).ok_or_else(|| {
                "`hosted_link_url` must be the handle of one: call link_token_create with `hosted_link`".to_owned()
            })
        }
    }
}

fn operation_and_arguments(
    catalog: &'static Catalog,
    arguments: &Map<String, Value>,
) -> Result<(&'static Operation, Sample), String> {
    let given = Arguments::new(arguments, &["operation", "arguments"])?;
    let operation = names::operation(catalog, given.required("operation")?)?;
    Ok((operation, request::arguments(given.value("arguments"))?))
}

#[cfg(feature = "emulator")]
fn complete_link(session: &Session, arguments: &Map<String, Value>) -> Answer {
    match session.app.emulator() {
        Some(emulated) => super::link::complete(session, emulated, arguments),
        None => no_emulator(),
    }
}

#[cfg(not(feature = "emulator"))]
fn complete_link(_: &Session, _: &Map<String, Value>) -> Answer {
    no_emulator()
}

fn no_emulator() -> Answer {
    Answer::error("no emulator runs here: a person finishes Link in the browser, at the hosted_link_url")
}
