//! `cargo xtask snippets rust`: the Rust snippets of all samples become programs that use plaid-sdk. Their client has a
//! transport that records, and what it recorded is compared with the samples.

mod arrived;
mod canonical;
mod program;
mod requests;

use std::fmt::Write as _;
use std::time::Instant;

use api_tools::snippets::rust::{Form, call_of, empty_key};
use codegen::api_model::layout::Layout;
use codegen::api_model::{Api, Samples};

use self::program::Call;

/// How many wrong snippets are shown.
const SHOWN: usize = 20;

/// Compiles and runs the snippets. One that sends something else than its sample is an error.
pub fn run(api: &Api, layout: &Layout) -> Result<(), String> {
    let all = requests::all(api);
    let made = all.len();
    // The client refuses an empty idempotency key, and so does the snippet.
    let is_refused = |request: &requests::Request<'_>| {
        request.samples.request.as_ref().is_some_and(|body| empty_key(request.operation, body).is_some())
    };
    let requests: Vec<_> = all.into_iter().filter(|request| !is_refused(request)).collect();
    if made > requests.len() {
        println!("{} random bodies have an empty idempotency key, which the client refuses", made - requests.len());
    }
    let mut calls = Vec::new();
    for request in &requests {
        let operation = request.operation;
        let code = call_of(api, layout, operation, &request.samples, Form::Snippet)
            .map_err(|error| format!("error: the {} of {}: {error}", request.name, operation.id))?;
        calls.push(Call { operation: &operation.id, code: code.snippet().text() });
    }
    let lines: usize = calls.iter().map(|call| call.code.lines().count()).sum();
    println!("{} snippets with {lines} lines", calls.len());
    let start = Instant::now();
    let programs = program::build(&calls)?;
    let built = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let sent = program::run(&programs, calls.len())?;
    let mut wrong = String::new();
    let mut count = 0;
    for ((request, call), sent) in requests.iter().zip(&calls).zip(sent) {
        let differences = match sent.as_slice() {
            [arrived] => arrived.differences(request.operation, &expected(api, request)),
            none_or_more => vec![format!("{} requests were sent", none_or_more.len())],
        };
        if !differences.is_empty() {
            count += 1;
            if count <= SHOWN {
                let (name, id) = (&request.name, &request.operation.id);
                let _ = writeln!(wrong, "error: the {name} of {id}:\n  {}\n{}", differences.join("\n  "), call.code);
            }
        }
    }
    if count > 0 {
        return Err(format!("{wrong}error: {count} of {} snippets are wrong", calls.len()));
    }
    println!(
        "{} snippets of {} operations compile (in {built:.0} s) and send what they were made from (in {:.1} s)",
        calls.len(),
        api.operations.len(),
        start.elapsed().as_secs_f64()
    );
    Ok(())
}

/// What is to arrive: the values with numbers as the SDK writes them.
fn expected(api: &Api, request: &requests::Request<'_>) -> Samples {
    let operation = request.operation;
    let body = operation.body.as_ref().zip(request.samples.request.as_ref());
    Samples {
        request: body.map(|(body, sample)| canonical::of(api, &body.ty, sample)),
        parameters: request.samples.parameters.clone(),
    }
}
