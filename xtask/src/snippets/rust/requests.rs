//! The requests that snippets are made from: the samples of each operation, and random bodies.

use api_tools::samples::{SIZES, Sampler, Size};
use codegen::api_model::{Api, Operation, Samples};

/// Chooses the random bodies.
const SEED: u64 = 1;

/// A request and what it is called in messages.
pub struct Request<'a> {
    /// Its operation.
    pub operation: &'a Operation,
    /// `minimal sample`, `full sample` or `random body 7`.
    pub name: String,
    /// The body and the parameters.
    pub samples: Samples,
}

/// The requests of all operations, those of one operation after each other.
pub fn all(api: &Api) -> Vec<Request<'_>> {
    let sampler = Sampler::new(api);
    api.operations.iter().flat_map(|operation| of(&sampler, operation)).collect()
}

fn of<'a>(sampler: &Sampler<'_>, operation: &'a Operation) -> Vec<Request<'a>> {
    let request = |name: String, request, size| {
        let parameters = sampler.parameters(operation, size);
        Request { operation, name, samples: Samples { request, parameters } }
    };
    let sized = SIZES.map(|size| {
        let name = match size {
            Size::Minimal => "minimal sample",
            Size::Full => "full sample",
        };
        request(name.to_owned(), sampler.request(operation, size), size)
    });
    let random = sampler.random(operation, SEED).into_iter().enumerate();
    let random = random.map(|(index, body)| request(format!("random body {index}"), Some(body), Size::Full));
    sized.into_iter().chain(random).collect()
}
