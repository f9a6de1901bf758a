//! The lists of pages that are not read like other lists.

use std::collections::HashMap;

use api_model::{Api, ListStyle, Paging, TypeId};

/// By the type of the page and the property.
pub struct PageLists<'a>(HashMap<(&'a TypeId, &'a str), PageList>);

/// Why all elements of a list are needed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PageList {
    /// Changes since a cursor: with any of them missing, the next cursor would skip it.
    Changes,
    /// The next page starts at the number of elements, or at the id of the last one.
    Counted,
}

impl<'a> PageLists<'a> {
    /// Those of an API.
    pub fn of(api: &'a Api) -> Self {
        let mut lists = HashMap::new();
        for paging in api.operations.iter().filter_map(|operation| operation.paging.as_ref()) {
            match paging {
                Paging::Sync(sync) => lists.extend(
                    [&sync.added, &sync.modified, &sync.removed]
                        .map(|list| ((&sync.response, list.as_str()), PageList::Changes)),
                ),
                Paging::List(list) => match list.style {
                    ListStyle::Offset | ListStyle::After { .. } => {
                        lists.insert((&list.response, list.items.as_str()), PageList::Counted);
                    }
                    ListStyle::Cursor { .. } | ListStyle::FilteredOffset => {}
                },
            }
        }
        Self(lists)
    }

    /// What is special about a property's list.
    pub fn get(&self, of: &TypeId, property: &str) -> Option<PageList> {
        self.0.get(&(of, property)).copied()
    }
}
