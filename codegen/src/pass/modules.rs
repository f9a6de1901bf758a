//! Which module an operation and a type belong to.
//!
//! An operation goes by its path. A type goes to the one module that reaches it, or to the shared one if several do.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::config::Sdk;
use crate::diag::Report;
use crate::ident;
use crate::ir::{Api, Module, TypeId};
use crate::pass::usage;

/// The module of what several modules use.
const SHARED: &str = "shared";

/// The runtime's own modules, which a product's would hide or be hidden by.
pub const RUNTIME: &[&str] = &[
    "api_error",
    "attempts",
    "blocking",
    "call",
    "client",
    "clock",
    "credentials",
    "environment",
    "error",
    "error_code",
    "error_codes",
    "event",
    "generated",
    "idempotency",
    "json_member",
    "nullable",
    "observe",
    "operation",
    "paging",
    "parameter",
    "redact",
    "response",
    "request",
    "request_id",
    "retry",
    "timestamp",
    "transport",
    "webhook",
    "wire",
];

/// Whether a product's module can have the name.
pub fn is_free(name: &str) -> bool {
    name != SHARED && !RUNTIME.contains(&name) && ident::is_plain(name)
}

/// Fills in the modules of operations and types, and the list of modules.
pub fn run(api: &mut Api, sdk: &Sdk, file: &str, report: &mut Report) {
    let names: Vec<String> = api.operations.iter().map(|operation| module_of(&operation.path, sdk)).collect();
    for (operation, name) in api.operations.iter().zip(&names) {
        if !is_free(name) {
            report.error(
                file,
                &operation.at,
                format!("the path `{}` falls into a module that can't be named `{name}`", operation.path),
                "name a module for its leading segment under `modules` in sdk.yaml",
            );
        }
    }
    let webhooks = if sdk.webhooks.module.is_empty() { "webhooks" } else { &sdk.webhooks.module };

    let mut users: HashMap<TypeId, BTreeSet<&str>> = HashMap::new();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    let mut roots: BTreeMap<&str, Vec<TypeId>> = BTreeMap::new();
    for (operation, name) in api.operations.iter().zip(&names) {
        let roots = roots.entry(name).or_default();
        roots.extend(usage::request_roots(operation));
        roots.extend(usage::response_roots(operation));
    }
    if !api.webhooks.is_empty() {
        roots.entry(webhooks).or_default().extend(api.webhooks.iter().map(|webhook| webhook.body.clone()));
        sdk.used.mark(format!("#/modules/{webhooks}"));
    }
    for (name, roots) in roots {
        used.insert(name);
        for id in usage::reach(api, roots.into_iter()) {
            users.entry(id).or_default().insert(name);
        }
    }
    let place: HashMap<TypeId, &str> = users
        .iter()
        .map(|(id, users)| {
            (id.clone(), if users.len() == 1 { users.first().copied().unwrap_or(SHARED) } else { SHARED })
        })
        .collect();
    used.extend(place.values());

    let index: BTreeMap<&str, usize> = used.iter().enumerate().map(|(index, name)| (*name, index)).collect();
    let modules = used
        .iter()
        .map(|name| {
            let about = match sdk.modules.get(*name) {
                Some(entry) => entry.about.clone(),
                None if *name == webhooks => "What webhooks carry.".to_owned(),
                None if *name == SHARED => "Types that several products use.".to_owned(),
                None => format!("Operations below `/{name}`."),
            };
            Module { name: (*name).to_owned(), about, text: None, shared: *name == SHARED }
        })
        .collect();
    for (operation, name) in api.operations.iter_mut().zip(&names) {
        operation.module = index.get(name.as_str()).copied().unwrap_or_default();
    }
    for (id, def) in &mut api.types {
        let name = place.get(id).copied().unwrap_or(SHARED);
        def.module = index.get(name).copied().unwrap_or_default();
        def.users = users.get(id).into_iter().flatten().filter_map(|name| index.get(name).copied()).collect();
    }
    api.modules = modules;
}

/// The module whose entry has the longest prefix of the path, or one named for the first segment.
pub(crate) fn module_of(path: &str, sdk: &Sdk) -> String {
    match entry_of(path, sdk) {
        Some((name, at)) => {
            sdk.used.mark(format!("#/modules/{name}"));
            sdk.used.mark(format!("#/modules/{name}/paths/{at}"));
            name.to_owned()
        }
        None => ident::snake(path.trim_start_matches('/').split('/').next().unwrap_or_default()),
    }
}

/// The module with the longest prefix of the path, and which of its prefixes that is.
pub(crate) fn entry_of<'a>(path: &str, sdk: &'a Sdk) -> Option<(&'a str, usize)> {
    let path = path.trim_start_matches('/');
    let mut best: Option<(usize, &str, usize)> = None;
    for (name, entry) in &sdk.modules {
        for (at, prefix) in entry.paths.iter().enumerate() {
            let matches =
                path.strip_prefix(prefix.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            if matches && best.is_none_or(|(length, _, _)| length < prefix.len()) {
                best = Some((prefix.len(), name, at));
            }
        }
    }
    best.map(|(_, name, at)| (name, at))
}
