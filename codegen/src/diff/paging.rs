//! How responses come in pages. It is known from our own data, as far as the document has the properties.

use super::effect::in_case;
use super::parts::Changes;
use super::{Effect, What};
use api_model::{ListStyle, Operation, Paging, Property};

/// What a pager can do without: how many elements to ask for, how many there are, and which of them it had before.
const EXTRAS: [&str; 3] = ["count", "total", "key"];

/// Compares the pages of an operation that both documents have.
pub(super) fn compare(changes: &mut Changes<'_>, old: &Operation, new: &Operation) {
    let (before, now) = (roles(old.paging.as_ref()), roles(new.paging.as_ref()));
    if before == now {
        return;
    }
    let mut found = changes.of_operation(What::PagingChanged, Some(old), Some(new));
    match (&old.paging, &new.paging) {
        (None, _) => found.detail = "comes in pages".to_owned(),
        (_, None) => found.detail = "no pages".to_owned(),
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

/// The roles that differ, each with what plays it: `start offset -> cursor`.
fn differing(old: &[Role], new: &[Role]) -> Vec<(&'static str, String)> {
    let of = |roles: &[Role], name: &str| {
        let found = roles.iter().find(|(role, _)| *role == name);
        found.map_or_else(|| "none".to_owned(), |(_, player)| player.clone())
    };
    let gone = old.iter().filter(|(name, _)| !new.iter().any(|(other, _)| other == name));
    let names = new.iter().chain(gone).map(|(name, _)| *name);
    let texts = names.map(|name| (name, of(old, name), of(new, name)));
    texts.filter(|(_, was, is)| was != is).map(|(name, was, is)| (name, format!("{name} {was} -> {is}"))).collect()
}

/// A role, and the property or value that plays it.
type Role = (&'static str, String);

/// All roles but the types', whose changes are reported with them.
fn roles(paging: Option<&Paging>) -> Vec<Role> {
    let mut roles = Vec::new();
    let mut add = |role, player: Option<String>| roles.extend(player.map(|player| (role, player)));
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
            let players = [
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
            for (role, player) in players {
                add(role, Some(player.clone()));
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
