//! Operations and their responses.

use api_model::{ErrorResponse, Operation, ResponseBody, Sample};

use super::body::bytes;
use super::{Parts, extensions, list, security};
use crate::object::{Object, flag, text, texts};
use crate::samples::Size;

/// What a response says about itself, unless the document has a description.
const SUCCEEDED: &str = "The request succeeded.";
const FAILED: &str = "The request failed.";

impl Parts<'_> {
    /// An operation, with its tag and samples.
    pub(super) fn operation(&self, operation: &Operation) -> Object {
        let docs = &operation.docs;
        let module = self.layout.module_of(operation).map(|index| self.layout.module_name(index));
        let samples = self.sampler.parameters(operation, Size::Full);
        let parameters = operation.parameters.iter();
        let parameters = parameters.map(|parameter| self.parameter(parameter, samples.as_ref()).into());
        let security = match &operation.security {
            Some(required) => Some(security::requirements(required)),
            None => operation.anonymous.then(|| Sample::List(Vec::new())),
        };
        let described = |docs: &Option<_>| docs.as_ref().map(|docs| text(self.markdown(docs)));
        let members = Object::default()
            .with("tags", module.map(|module| texts([module])))
            .with("summary", docs.summary.as_ref().map(|summary| text(summary.to_string().trim())))
            .with("description", described(&docs.description))
            .with("externalDocs", docs.link.as_ref().map(|link| Object::default().with("url", text(link)).into()))
            .with("operationId", text(&operation.id))
            .with("deprecated", flag(docs.deprecated))
            .with("parameters", list(parameters.collect()))
            .with("requestBody", operation.body.as_ref().map(|body| self.request(operation, body).into()))
            .with("responses", self.responses(operation))
            .with("security", security)
            .with("servers", operation.server.as_deref().map(|url| self.own_servers(url)))
            .with("x-hidden", flag(docs.hidden));
        extensions::idempotency(members, &operation.idempotency)
            .with("x-effect", extensions::effect(operation.effect).map(text))
            .with("x-paging", operation.paging.as_ref().map(|paging| extensions::paging(paging).into()))
    }

    /// The operation's own server. A path is below each of the API's servers.
    fn own_servers(&self, own: &str) -> Sample {
        let server = |url: String| Object::default().with("url", text(url)).into();
        match own.starts_with('/') && !self.api.servers.is_empty() {
            true => {
                let servers = self.api.servers.iter().map(|api| api.url.trim_end_matches('/'));
                Sample::List(servers.map(|url| server(format!("{url}{own}"))).collect())
            }
            false => Sample::List(vec![server(own.to_owned())]),
        }
    }

    fn responses(&self, operation: &Operation) -> Object {
        let content = match &operation.response.body {
            ResponseBody::Json(ty) => {
                let media = self.json(ty, |size| self.sampler.response(operation, size));
                Some(Object::default().with("application/json", media))
            }
            ResponseBody::Binary(media) => Some(Object::default().with(media, bytes())),
            ResponseBody::Empty => None,
        };
        let success = Object::default().with("description", text(SUCCEEDED)).with("content", content.map(Sample::from));
        let success = operation.response.statuses.iter().map(|status| (status.to_string(), success.clone().into()));
        let errors = operation.errors.iter().map(|error| (status(error), self.error(error).into()));
        success.chain(errors).collect()
    }

    fn error(&self, error: &ErrorResponse) -> Object {
        let description = error.description.as_deref().filter(|text| !text.trim().is_empty());
        let content = error.ty.as_ref().map(|ty| {
            let media = self.json(ty, |_| None);
            Object::default().with("application/json", media).into()
        });
        Object::default().with("description", text(description.unwrap_or(FAILED))).with("content", content)
    }
}

fn status(error: &ErrorResponse) -> String {
    match (error.status, error.class) {
        (Some(status), _) => status.to_string(),
        (None, Some(class)) => format!("{class}XX"),
        (None, None) => "default".to_owned(),
    }
}
