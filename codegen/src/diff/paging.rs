//! How responses are paged. Our own data says so, for properties that the document has.

use super::effect::in_case;
use super::parts::Changes;
use super::{Effect, What};
use api_model::{ListStyle, Operation, Paging, Property};

/// Roles that a pager does not need to find the next page.
const EXTRAS: [&str; 3] = ["count", "total", "key"];

/// Compares the paging of an operation that both documents have.
pub(super) fn compare(changes: &mut Changes<'_>, old: &Operation, new: &Operation) {
    let (before, now) = (roles(old.paging.as_ref()), roles(new.paging.as_ref()));
    if before == now {
        return;
    }
    let mut found = changes.of_operation(What::PagingChanged, Some(old), Some(new));
    match (&old.paging, &new.paging) {
        (None, _) => found.detail = "not paged -> paged".to_owned(),
        (_, None) => found.detail = "paged -> not paged".to_owned(),
        (Some(_), Some(_)) => {
            let differing = differing(&before, &now);
            let is_extra = differing.iter().all(|(role, _)| EXTRAS.contains(role));
            let texts: Vec<String> = differing.into_iter().map(|(_, text)| text).collect();
            found.detail = texts.join(", ");
            found.wire = if is_extra { Effect::No } else { in_case("more than one page is read") };
        }
    }
    changes.push(found);
}

/// The roles that differ, each with a text: `start offset -> cursor`.
fn differing(old: &[Role], new: &[Role]) -> Vec<(&'static str, String)> {
    let of = |roles: &[Role], name: &str| {
        let found = roles.iter().find(|(role, _)| *role == name);
        found.map_or_else(|| "none".to_owned(), |(_, value)| value.clone())
    };
    let gone = old.iter().filter(|(name, _)| !new.iter().any(|(other, _)| other == name));
    let names = new.iter().chain(gone).map(|(name, _)| *name);
    let texts = names.map(|name| (name, of(old, name), of(new, name)));
    texts.filter(|(_, was, is)| was != is).map(|(name, was, is)| (name, format!("{name} {was} -> {is}"))).collect()
}

/// A role, and its property or value.
type Role = (&'static str, String);

/// All roles except the types. Their changes are reported elsewhere.
fn roles(paging: Option<&Paging>) -> Vec<Role> {
    let mut roles = Vec::new();
    let mut add = |role, value: Option<String>| roles.extend(value.map(|value| (role, value)));
    match paging {
        None => {}
        Some(Paging::List(list)) => {
            let (style, next, id) = match &list.style {
                ListStyle::Cursor { next } => ("cursor", Some(next), None),
                ListStyle::Offset => ("offset", None, None),
                ListStyle::FilteredOffset => ("filtered offset", None, None),
                ListStyle::After { id } => ("after", None, Some(id)),
            };
            add("style", Some(style.to_owned()));
            add("start", Some(path(&list.start)));
            add("count", list.count.as_ref().map(path));
            add("page size", list.sizes.map(|sizes| format!("{} of at most {}", sizes.default, sizes.max)));
            add("items", Some(list.items.clone()));
            add("next", next.cloned());
            add("id", id.cloned());
            add("more", list.more.clone());
            add("total", list.total.clone());
            add("key", list.key.clone());
        }
        Some(Paging::Sync(sync)) => {
            add("style", Some("sync".to_owned()));
            let values = [
                ("account id", &sync.account_id),
                ("cursor", &sync.cursor),
                ("count", &sync.count),
                ("added", &sync.added),
                ("modified", &sync.modified),
                ("removed", &sync.removed),
                ("accounts", &sync.accounts),
                ("next cursor", &sync.next_cursor),
                ("has more", &sync.has_more),
                ("status", &sync.status),
            ];
            for (role, value) in values {
                add(role, Some(value.clone()));
            }
        }
    }
    roles
}

fn path(property: &Property) -> String {
    match &property.inside {
        Some(outer) => format!("{outer}.{}", property.name),
        None => property.name.clone(),
    }
}
