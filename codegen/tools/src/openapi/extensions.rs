//! What OpenAPI can't say about operations: paging and idempotency. Properties are JSON pointers into a body.

use api_model::{Idempotency, List, ListStyle, Paging, Property, Sync};
use serde_json::{Map, Value, json};

/// `x-idempotent` or `x-idempotency-key`, if the operation may be sent twice.
pub(super) fn idempotency(idempotency: &Idempotency) -> Option<(&'static str, Value)> {
    match idempotency {
        Idempotency::None => None,
        Idempotency::Idempotent => Some(("x-idempotent", json!(true))),
        Idempotency::Key(property) => Some(("x-idempotency-key", json!(pointer(&[property])))),
    }
}

/// The value of `x-paging`.
pub(super) fn paging(paging: &Paging) -> Value {
    match paging {
        Paging::List(list) => self::list(list),
        Paging::Sync(sync) => self::sync(sync),
    }
}

fn list(list: &List) -> Value {
    let (style, next, after) = match &list.style {
        ListStyle::Cursor { next } => ("cursor", Some(pointer(&[next])), None),
        ListStyle::Offset => ("offset", None, None),
        ListStyle::FilteredOffset => ("filtered-offset", None, None),
        ListStyle::After { id } => ("after", None, Some(pointer(&[id]))),
    };
    let request = present([("start", Some(property(&list.start))), ("count", list.count.as_ref().map(property))]);
    let response = present([
        ("items", Some(pointer(&[&list.items]))),
        ("next", next),
        ("more", list.more.as_ref().map(|name| pointer(&[name]))),
        ("total", list.total.as_ref().map(|name| pointer(&[name]))),
    ]);
    let item = present([("key", list.key.as_ref().map(|name| pointer(&[name]))), ("after", after)]);
    let mut paging = Map::new();
    paging.insert("style".to_owned(), json!(style));
    paging.insert("request".to_owned(), request);
    paging.insert("response".to_owned(), response);
    if item != json!({}) {
        paging.insert("item".to_owned(), item);
    }
    if let Some(sizes) = &list.sizes {
        paging.insert("count".to_owned(), json!({"default": sizes.default, "maximum": sizes.max}));
    }
    Value::Object(paging)
}

fn sync(sync: &Sync) -> Value {
    let at = |name: &String| pointer(&[name]);
    json!({
        "style": "sync",
        "request": {"start": at(&sync.cursor), "count": at(&sync.count)},
        "response": {
            "added": at(&sync.added),
            "modified": at(&sync.modified),
            "removed": at(&sync.removed),
            "accounts": at(&sync.accounts),
            "next": at(&sync.next_cursor),
            "more": at(&sync.has_more),
            "status": at(&sync.status),
        },
    })
}

fn present<const N: usize>(members: [(&str, Option<String>); N]) -> Value {
    Value::Object(members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), json!(value?)))).collect())
}

fn property(property: &Property) -> String {
    match &property.inside {
        Some(inside) => pointer(&[inside, &property.name]),
        None => pointer(&[&property.name]),
    }
}

fn pointer(names: &[&str]) -> String {
    names.iter().map(|name| format!("/{}", name.replace('~', "~0").replace('/', "~1"))).collect()
}
