//! The request of an operation as a form, which is its documentation as well: it reads without JavaScript.
//!
//! Each property is an element with `data-n`, its name, and `data-t`, the kind of its control. `fields.js` reads values from
//! these elements and writes JSON. An element of a list or map is cloned from the `proto` beside it.

mod control;
mod field;
mod fields;
mod kind;
mod prose;
mod side;
mod words;

use maud::{Markup, html};
use plaid_catalog::Catalog;
use plaid_catalog::model::{Body, BodyMedia, Kind, Location, Operation, Type};

use self::fields::Fields;
pub use self::side::{Target, side};

/// The form of an operation's request. Each property has its dotted path as an id: `user.name.given_name`.
pub fn request(catalog: &Catalog, operation: &Operation) -> Markup {
    let mut fields = Fields::new(catalog);
    let parameters = parameters(&mut fields, operation);
    let body = operation.body.as_ref().map(|body| self::body(&mut fields, body));
    let is_empty = parameters.is_none() && body.is_none();
    html! {
        section #request data-operation=(operation.id) {
            div.bar {
                h2 { "Request" }
                div.seg.js #views role="group" aria-label="View of the request" {
                    button type="button" data-view="form" aria-pressed="true" { "Form" }
                    button type="button" data-view="json" aria-pressed="false" { "JSON" }
                }
                div.seg.js #samples role="group" aria-label="Fill in" {
                    button type="button" data-sample="minimal" { "Minimal" }
                    button type="button" data-sample="full" { "Complete" }
                    button type="button" data-sample="live" { "From responses" }
                    button type="button" data-sample="clear" { "Clear" }
                }
            }
            p.note #note role="status" {}
            @if is_empty { p.help { "This operation takes nothing but the credentials, which the gateway adds." } }
            form #form autocomplete="off" {
                @if let Some(parameters) = parameters { (parameters) }
                @if let Some(body) = body { (body) }
            }
            div #json hidden {
                label for="json-text" { "Body" }
                textarea #json-text.code rows="18" spellcheck="false" autocapitalize="off" aria-describedby="json-problems" {}
                ul #json-problems.problems {}
            }
        }
    }
}

/// The parameters outside the body, by where they are sent.
fn parameters<'a>(fields: &mut Fields<'a>, operation: &'a Operation) -> Option<Markup> {
    if operation.parameters.is_empty() {
        return None;
    }
    let rows: Vec<Markup> = operation
        .parameters
        .iter()
        .map(|one| {
            let place = match one.location {
                Location::Path => "in the path",
                Location::Query => "in the query",
                Location::Header => "in a header",
            };
            fields.parameter(&one.field, place)
        })
        .collect();
    Some(html! {
        h3 { "Parameters" }
        div #parameters data-t="object" { div.group data-all { @for row in &rows { (row) } } }
    })
}

/// The body. Bodies that are not objects are written as JSON.
fn body<'a>(fields: &mut Fields<'a>, body: &'a Body) -> Markup {
    let ty = fields.api().resolve(&body.ty);
    let object = match ty {
        Type::Named(id) => fields.api().types.get(id).and_then(|def| match &def.kind {
            Kind::Struct(object) => Some((id, object)),
            Kind::Enum(_) | Kind::Union(_) | Kind::Alias(_) => None,
        }),
        _ => None,
    };
    match (&body.media, object) {
        (BodyMedia::Json | BodyMedia::Form, Some((id, object))) => {
            let group = fields.inside(id, |fields| fields.group(object, None));
            html! { div #body data-t="object" { (group) } }
        }
        _ => html! { div #body data-t="json" { (fields.json("Body")) } },
    }
}

#[cfg(test)]
mod tests;
