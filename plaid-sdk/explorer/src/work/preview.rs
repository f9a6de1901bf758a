//! `POST /-/preview`: what the check says about a request, and the code of the call.

use axum::Json;
use axum::extract::State;
use plaid_catalog::model::{Operation, Sample, Samples};
use plaid_catalog::tools::check::{Policy, Severity};
use plaid_catalog::tools::json;
use plaid_catalog::tools::snippets::{Class, Snippet};
use plaid_catalog::{Address, Catalog, Language, Refusal};
use serde::{Deserialize, Serialize};

use super::refused::{self, Refused};
use crate::app::App;
use crate::handles::is_handle;
use crate::memory::known::map_texts;

/// A request as a person is writing it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The `operationId`.
    operation: String,
    /// The text of the body, which may not be JSON yet.
    #[serde(default)]
    body: Option<String>,
    /// The parameters outside the body, as the text of a JSON object.
    #[serde(default)]
    parameters: Option<String>,
    /// The language of the code; without one there is code in all.
    #[serde(default)]
    language: Option<String>,
    /// The base URL of this gateway, if the code is to call it in place of Plaid.
    #[serde(default)]
    gateway: Option<String>,
}

#[derive(Serialize)]
pub struct Preview {
    problems: Vec<Found>,
    /// How Plaid would refuse the request.
    refusal: Option<Refusing>,
    /// The code in the language that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Code>,
    /// The code in all languages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    snippets: Vec<Code>,
}

/// A problem, with the view that it is in.
#[derive(Serialize)]
struct Found {
    of: &'static str,
    code: &'static str,
    severity: Severity,
    path: String,
    line: usize,
    column: usize,
    offset: usize,
    message: String,
}

#[derive(Serialize)]
struct Refusing {
    error_code: &'static str,
    error_message: String,
}

/// Code, or why there is none.
#[derive(Serialize)]
struct Code {
    language: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    spans: Option<Vec<(&'static str, String)>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

/// Checks a request and makes its code.
pub async fn preview(State(app): State<App>, Json(asked): Json<Asked>) -> Result<Json<Preview>, Refused> {
    let catalog = app.catalog();
    let operation = refused::operation(&app, &asked.operation)?;
    let language = asked.language.as_deref().map(Language::of).transpose();
    let language = language.map_err(|error| Refused::bad(error.to_string()))?;
    let body = asked.body.as_deref().unwrap_or_default();
    let checked = catalog.checker().request(&operation.id, body.as_bytes(), &Policy::gateway())?;
    let refusal =
        Refusal::of(&checked).map(|one| Refusing { error_code: one.error_code, error_message: one.error_message });
    let mut problems: Vec<Found> = checked
        .into_iter()
        .map(|one| Found {
            of: "body",
            code: one.code.as_str(),
            severity: one.severity,
            path: one.path,
            line: one.position.line,
            column: one.position.column,
            offset: one.position.offset,
            message: one.kind.to_string(),
        })
        .collect();
    let parameters = asked.parameters.as_deref().map(json::parse).transpose();
    let parameters = parameters.map_err(|error| Refused::bad(format!("the parameters are not JSON: {error}")))?;
    problems.extend(missing(operation, parameters.as_ref()));

    let samples = match body.trim() {
        "" => Ok(None),
        text => json::parse(text).map(Some).map_err(|error| format!("the body is not JSON: {error}")),
    };
    let samples = samples.map(|request| Samples {
        request: request.map(|one| without_handles(&one)),
        parameters: parameters.map(|one| without_handles(&one)),
    });
    let code = |language| code(catalog, operation, &samples, language, asked.gateway.as_deref());
    Ok(Json(Preview {
        problems,
        refusal,
        snippet: language.map(code),
        snippets: if language.is_none() { Language::ALL.map(code).into() } else { Vec::new() },
    }))
}

/// The required parameters that a request lacks.
fn missing<'a>(operation: &'a Operation, parameters: Option<&'a Sample>) -> impl Iterator<Item = Found> + use<'a> {
    let is_set = move |name: &str| parameters.and_then(|all| all.get(name)).is_some_and(|value| *value != Sample::Null);
    operation.parameters.iter().filter(move |one| one.field.required && !is_set(&one.field.wire)).map(|one| Found {
        of: "parameters",
        code: "MISSING_FIELDS",
        severity: Severity::Error,
        path: one.field.wire.clone(),
        line: 1,
        column: 1,
        offset: 0,
        message: "is required".to_owned(),
    })
}

fn code(
    catalog: &Catalog,
    operation: &Operation,
    samples: &Result<Samples, String>,
    language: Language,
    gateway: Option<&str>,
) -> Code {
    let made = samples.as_ref().map_err(Clone::clone).and_then(|samples| {
        let address = gateway.filter(|_| language != Language::Rust).map_or(Address::Api, Address::Gateway);
        catalog.snippet(&operation.id, samples, language, address).map_err(|error| error.to_string())
    });
    match made {
        Ok(snippet) => {
            let mut all = Snippet::default();
            if let (Language::Rust, Some(gateway)) = (language, gateway) {
                // The SDK's client reads its address from the environment.
                all.push(Class::Comment, &format!("// With PLAID_BASE_URL={gateway} the client calls this gateway.\n"));
            }
            for span in snippet.spans {
                all.push(span.class, &span.text);
            }
            let spans = all.spans.into_iter().map(|span| (span.class.id(), span.text)).collect();
            Code { language: language.id(), spans: Some(spans), why: None }
        }
        Err(why) => Code { language: language.id(), spans: None, why: Some(why) },
    }
}

/// A handle means nothing outside this explorer, so code has a name in its place: `ACCESS_TOKEN`.
fn without_handles(sample: &Sample) -> Sample {
    map_texts(sample, &mut |text| {
        let name = is_handle(text).then(|| text.split(':').nth(1).unwrap_or("value").to_uppercase());
        name.map(Sample::Text)
    })
}
