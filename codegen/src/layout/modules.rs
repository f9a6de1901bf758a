//! Which module an operation and a type belong to.
//!
//! An operation belongs to a module by its path. A type belongs to the one module that reaches it, or to the shared one
//! if several do.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::config::Sdk;
use crate::diag::Report;
use crate::ident;
use crate::reserved::{self, SHARED};
use api_model::layout::Module;
use api_model::{Api, Operation, Type, TypeId};

/// The modules of an API, with their operations and types.
#[derive(Clone, Debug, Default)]
pub struct Modules {
    /// The modules, sorted by name.
    pub list: Vec<Module>,
    /// The module of each operation, by `operationId`.
    operations: HashMap<String, usize>,
    /// The modules that reach each type.
    users: HashMap<TypeId, Vec<usize>>,
    /// The shared module, if there is one.
    shared: Option<usize>,
}

impl Modules {
    /// Assigns operations and types to modules. It is an error if an operation's module can't have its name.
    pub fn of(api: &Api, sdk: &Sdk, file: &str, report: &mut Report) -> Self {
        let names: Vec<String> = api.operations.iter().map(|operation| module_of(&operation.path, sdk)).collect();
        refuse_reserved(api, &names, file, report);
        let webhooks = if sdk.webhooks.module.is_empty() { "webhooks" } else { &sdk.webhooks.module };
        let roots = roots(api, &names, webhooks);
        if !api.webhooks.is_empty() {
            sdk.used.mark(format!("#/modules/{webhooks}"));
        }
        let mut users: HashMap<&TypeId, BTreeSet<&str>> = HashMap::new();
        for (name, roots) in &roots {
            for id in api.reach(roots.iter().copied()) {
                users.entry(id).or_default().insert(name);
            }
        }
        let mut used: BTreeSet<&str> = roots.keys().copied().collect();
        if users.values().any(|users| users.len() > 1) {
            used.insert(SHARED);
        }
        let index: HashMap<&str, usize> = used.iter().enumerate().map(|(index, name)| (*name, index)).collect();
        let module = |name: &&str| Module {
            name: (*name).to_owned(),
            about: about(name, webhooks, sdk),
            text: None,
            shared: *name == SHARED,
        };
        let of = |name: &str| index.get(name).copied();
        Self {
            list: used.iter().map(module).collect(),
            operations: api
                .operations
                .iter()
                .zip(&names)
                .filter_map(|(operation, name)| Some((operation.id.clone(), of(name)?)))
                .collect(),
            users: users
                .into_iter()
                .map(|(id, users)| (id.clone(), users.into_iter().filter_map(of).collect()))
                .collect(),
            shared: of(SHARED),
        }
    }

    /// The module of an operation, an index into the list.
    pub fn of_operation(&self, operation: &Operation) -> usize {
        self.operations.get(&operation.id).copied().unwrap_or_default()
    }

    /// The module of a type, an index into the list.
    pub fn of_type(&self, id: &TypeId) -> usize {
        match self.users_of(id) {
            [only] => *only,
            _ => self.shared.unwrap_or_default(),
        }
    }

    /// The modules that reach a type.
    pub fn users_of(&self, id: &TypeId) -> &[usize] {
        self.users.get(id).map_or(&[], Vec::as_slice)
    }
}

fn refuse_reserved(api: &Api, names: &[String], file: &str, report: &mut Report) {
    for (operation, name) in api.operations.iter().zip(names) {
        if !reserved::is_free_module(name) {
            report.error(
                file,
                &operation.at,
                format!(
                    "the path `{}` belongs to the module `{name}`, which is not a valid name for a module",
                    operation.path
                ),
                "add a module for its first segment under `modules` in sdk.yaml",
            );
        }
    }
}

/// The types that the operations and webhooks of each module name.
fn roots<'a>(api: &'a Api, names: &'a [String], webhooks: &'a str) -> BTreeMap<&'a str, Vec<&'a TypeId>> {
    let mut roots: BTreeMap<&str, Vec<&TypeId>> = BTreeMap::new();
    for (operation, name) in api.operations.iter().zip(names) {
        let types = operation.request_types().chain(operation.response_types());
        roots.entry(name).or_default().extend(types.filter_map(Type::named));
    }
    if !api.webhooks.is_empty() {
        roots.entry(webhooks).or_default().extend(api.webhooks.iter().map(|webhook| &webhook.body));
    }
    roots
}

fn about(name: &str, webhooks: &str, sdk: &Sdk) -> String {
    match sdk.modules.get(name) {
        Some(entry) => entry.about.clone(),
        None if name == webhooks => "The payloads of webhooks.".to_owned(),
        None if name == SHARED => "Types that several products use.".to_owned(),
        None => format!("Operations below `/{name}`."),
    }
}

/// The module whose entry has the longest prefix of the path, or else one named after the first segment.
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

/// The module with the longest prefix of the path, and the index of the prefix.
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
