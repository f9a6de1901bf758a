//! The requests that snippets are made from: the samples of each operation.

use api_tools::samples::{SIZES, Sampler, Size};
use codegen::api_model::{Api, Operation, Samples};

/// A request and what it is called in messages.
pub struct Request<'a> {
    /// Its operation.
    pub operation: &'a Operation,
    /// `minimal` or `full`.
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
    let sized = SIZES.map(|size| {
        let name = match size {
            Size::Minimal => "minimal",
            Size::Full => "full",
        };
        let (request, parameters) = (sampler.request(operation, size), sampler.parameters(operation, size));
        Request { operation, name: name.to_owned(), samples: Samples { request, parameters } }
    });
    sized.into_iter().collect()
}
