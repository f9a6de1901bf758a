//! The API as an OpenAPI 3.1 document, with our own docs and samples.
//!
//! What OpenAPI can't say is in members that begin with `x-`. `codegen/ARCHITECTURE.md` describes each of them.

mod body;
mod errors;
mod extensions;
mod links;
mod operation;
mod parameter;
mod security;
mod webhook;

use api_model::layout::{Layout, Module};
use api_model::{Api, Sample, Server, Text};

use crate::json::pretty_json;
use crate::object::{Object, text};
use crate::samples::Sampler;
use crate::schema::{Dialect, Enums, Extent, Names, Writer};
use links::Links;

/// The version of OpenAPI.
const OPENAPI: &str = "3.1.0";

/// Where the schemas of the document are.
const SCHEMAS: &str = "#/components/schemas/";

/// What the document says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Markdown for its readers.
    pub description: Option<String>,
    /// The licence of the document, as an SPDX expression.
    pub license: Option<String>,
}

/// What all parts of a document are written from.
struct Parts<'a> {
    api: &'a Api,
    layout: &'a Layout,
    schemas: Writer<'a>,
    sampler: Sampler<'a>,
}

/// The document of an API, as JSON with two spaces of indentation. Members and properties are in the model's order, so the
/// same API has the same document. The modules of the layout are its tags.
pub fn document(api: &Api, layout: &Layout, about: &About) -> String {
    let names = Names::new(api);
    let links = Links::new(api, &names);
    let markdown = |text: &Text| links.markdown(text);
    let schemas = Writer {
        api,
        names: &names,
        prefix: SCHEMAS,
        markdown: &markdown,
        dialect: Dialect::OpenApi,
        enums: Enums::ByUsage,
    };
    let parts = Parts { api, layout, schemas, sampler: Sampler::new(api) };
    let mut text = pretty_json(&parts.document(about).into());
    text.push('\n');
    text
}

impl Parts<'_> {
    fn document(&self, about: &About) -> Object {
        let api = self.api;
        let servers: Vec<Sample> = api.servers.iter().map(|one| server(one).into()).collect();
        let required = &api.security.required;
        let modules = self.layout.modules.iter().filter(|module| !module.shared);
        let tags: Vec<Sample> = modules.map(|module| self.tag(module).into()).collect();
        Object::default()
            .with("openapi", text(OPENAPI))
            .with("info", info(api, about))
            .with("servers", list(servers))
            .with("security", (!required.is_empty()).then(|| security::requirements(required)))
            .with("tags", list(tags))
            .with("paths", self.paths())
            .with("webhooks", self.webhooks().some())
            .with("components", self.components())
            .with("x-error-codes", errors::codes(api).some())
    }

    fn tag(&self, module: &Module) -> Object {
        let more = module.text.as_ref().map(|text| self.markdown(text));
        let texts = [Some(module.about.clone()), more].into_iter().flatten().filter(|text| !text.is_empty());
        let texts: Vec<String> = texts.collect();
        let description = (!texts.is_empty()).then(|| text(texts.join("\n\n")));
        Object::default().with("name", text(&module.name)).with("description", description)
    }

    fn paths(&self) -> Object {
        let mut paths: Vec<(&str, Object)> = Vec::new();
        for operation in &self.api.operations {
            let described = self.operation(operation).into();
            let method = operation.method.to_ascii_lowercase();
            match paths.iter_mut().find(|(path, _)| *path == operation.path) {
                Some((_, item)) => item.set(&method, described),
                None => paths.push((&operation.path, Object::default().with(&method, described))),
            }
        }
        paths.into_iter().map(|(path, item)| (path.to_owned(), item.into())).collect()
    }

    fn components(&self) -> Object {
        let schemas = self.schemas.all().into_iter();
        let schemas = schemas.map(|(name, def)| (name.to_owned(), self.schemas.definition(def, Extent::Whole).into()));
        Object::default()
            .with("schemas", schemas.collect::<Object>())
            .with("securitySchemes", security::schemes(&self.api.security.schemes).some())
    }

    fn markdown(&self, text: &Text) -> String {
        (self.schemas.markdown)(text).trim().to_owned()
    }
}

fn info(api: &Api, about: &About) -> Object {
    let license = about.license.as_ref();
    let license =
        license.map(|license| Object::default().with("name", text(license)).with("identifier", text(license)).into());
    Object::default()
        .with("title", text(&api.title))
        .with("description", about.description.as_ref().map(text))
        .with("license", license)
        .with("version", text(&api.version))
}

fn server(server: &Server) -> Object {
    Object::default().with("url", text(&server.url)).with("description", server.description.as_ref().map(text))
}

/// A list, unless it is empty.
fn list(all: Vec<Sample>) -> Option<Sample> {
    (!all.is_empty()).then_some(Sample::List(all))
}
