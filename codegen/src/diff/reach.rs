//! The reach of a type: the operations that send it, the operations that return it, and the webhooks that contain it.

use std::collections::{BTreeSet, HashMap};

use api_model::{Api, Operation, Type, TypeId, Webhook};

/// Operations by method and path, webhooks by type and code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Operations whose requests contain it.
    pub requests: BTreeSet<String>,
    /// Operations whose responses contain it.
    pub responses: BTreeSet<String>,
    /// Webhooks that contain it.
    pub webhooks: BTreeSet<String>,
}

impl Reach {
    /// Whether nothing is reached.
    pub fn is_empty(&self) -> bool {
        !self.is_sent() && !self.is_received()
    }

    /// Whether programs send it.
    pub fn is_sent(&self) -> bool {
        !self.requests.is_empty()
    }

    /// Whether programs receive it.
    pub fn is_received(&self) -> bool {
        !self.responses.is_empty() || !self.webhooks.is_empty()
    }

    /// The operations and webhooks in both reaches.
    pub(super) fn common(&self, other: &Self) -> Self {
        let common = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.intersection(b).cloned().collect();
        Self {
            requests: common(&self.requests, &other.requests),
            responses: common(&self.responses, &other.responses),
            webhooks: common(&self.webhooks, &other.webhooks),
        }
    }
}

/// The readable form of an operation.
pub(super) fn operation(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}

/// The readable form of a webhook.
pub(super) fn webhook(webhook: &Webhook) -> String {
    format!("{}: {}", webhook.kind, webhook.code)
}

/// The reach of every type that an operation or a webhook uses.
pub(super) fn all(api: &Api) -> HashMap<TypeId, Reach> {
    let mut all: HashMap<TypeId, Reach> = HashMap::new();
    for of in &api.operations {
        let name = operation(of);
        for id in api.reach(of.request_types().filter_map(Type::named)) {
            all.entry(id.clone()).or_default().requests.insert(name.clone());
        }
        for id in api.reach(of.response_types().filter_map(Type::named)) {
            all.entry(id.clone()).or_default().responses.insert(name.clone());
        }
    }
    for of in &api.webhooks {
        for id in api.reach([&of.body]) {
            all.entry(id.clone()).or_default().webhooks.insert(webhook(of));
        }
    }
    all
}
