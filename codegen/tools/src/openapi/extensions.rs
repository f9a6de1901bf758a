//! What OpenAPI can't say about operations: effects, idempotency and paging. Properties are JSON pointers into a body.

use api_model::{Effect, Idempotency, List, ListStyle, Paging, Property, Sample, Sync};

use crate::object::{Object, number, text};

/// `x-idempotent` or `x-idempotency-key`, if a request may be sent twice.
pub(super) fn idempotency(operation: Object, idempotency: &Idempotency) -> Object {
    match idempotency {
        Idempotency::None => operation,
        Idempotency::Idempotent => operation.with("x-idempotent", Sample::Bool(true)),
        Idempotency::Key(property) => operation.with("x-idempotency-key", at(property)),
    }
}

/// The value of `x-effect`. An operation that writes has none.
pub(super) fn effect(effect: Effect) -> Option<&'static str> {
    match effect {
        Effect::Reads => Some("reads"),
        Effect::Writes => None,
        Effect::Deletes => Some("deletes"),
        Effect::MovesMoney => Some("moves-money"),
    }
}

/// The value of `x-paging`.
pub(super) fn paging(paging: &Paging) -> Object {
    match paging {
        Paging::List(list) => of_list(list),
        Paging::Sync(sync) => of_sync(sync),
    }
}

fn of_list(list: &List) -> Object {
    let (style, next, after) = match &list.style {
        ListStyle::Cursor { next } => ("cursor", Some(at(next)), None),
        ListStyle::Offset => ("offset", None, None),
        ListStyle::FilteredOffset => ("filtered-offset", None, None),
        ListStyle::After { id } => ("after", None, Some(at(id))),
    };
    let request =
        Object::default().with("start", property(&list.start)).with("count", list.count.as_ref().map(property));
    let response = Object::default()
        .with("items", at(&list.items))
        .with("next", next)
        .with("more", list.more.as_deref().map(at))
        .with("total", list.total.as_deref().map(at));
    let item = Object::default().with("key", list.key.as_deref().map(at)).with("after", after);
    let sizes = list.sizes.as_ref().map(|sizes| {
        Object::default().with("default", number(sizes.default)).with("maximum", number(sizes.max)).into()
    });
    Object::default()
        .with("style", text(style))
        .with("request", request)
        .with("response", response)
        .with("item", item.some())
        .with("count", sizes)
}

fn of_sync(sync: &Sync) -> Object {
    let request = Object::default().with("start", at(&sync.cursor)).with("count", at(&sync.count));
    let response = Object::default()
        .with("added", at(&sync.added))
        .with("modified", at(&sync.modified))
        .with("removed", at(&sync.removed))
        .with("accounts", at(&sync.accounts))
        .with("next", at(&sync.next_cursor))
        .with("more", at(&sync.has_more))
        .with("status", at(&sync.status));
    Object::default().with("style", text("sync")).with("request", request).with("response", response)
}

fn property(property: &Property) -> Sample {
    let inside = property.inside.iter().map(String::as_str);
    text(inside.chain([property.name.as_str()]).map(pointer).collect::<String>())
}

fn at(property: &str) -> Sample {
    text(pointer(property))
}

fn pointer(property: &str) -> String {
    format!("/{}", property.replace('~', "~0").replace('/', "~1"))
}
