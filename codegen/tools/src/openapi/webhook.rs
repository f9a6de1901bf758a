//! Webhooks: what the API sends to the caller's server, one entry for each pair of type and code.

use api_model::{Sample, Type, TypeDef, Webhook};

use super::Parts;
use super::links::webhook_name;
use crate::object::{Object, flag, text, texts};
use crate::schema::{Extent, prose};

impl Parts<'_> {
    /// All webhooks, by `TYPE: CODE`. A pair that announces several payloads has one entry with alternatives.
    pub(super) fn webhooks(&self) -> Object {
        let mut pairs: Vec<(String, Vec<&Webhook>)> = Vec::new();
        for webhook in &self.api.webhooks {
            let name = webhook_name(&webhook.kind, &webhook.code);
            match pairs.iter_mut().find(|(other, _)| *other == name) {
                Some((_, same)) if same.iter().any(|other| other.body == webhook.body) => {}
                Some((_, same)) => same.push(webhook),
                None => pairs.push((name, vec![webhook])),
            }
        }
        let item = |(name, webhooks): (String, Vec<&Webhook>)| {
            let post = self.post(&name, &webhooks);
            (name, Object::default().with("post", post).into())
        };
        pairs.into_iter().map(item).collect()
    }

    fn post(&self, name: &str, webhooks: &[&Webhook]) -> Object {
        let defs: Vec<&TypeDef> = webhooks.iter().filter_map(|webhook| self.api.get(&webhook.body)).collect();
        let layouts = defs.iter().filter_map(|def| self.layout.types.get(&def.id));
        let mut modules = layouts.filter_map(|layout| self.layout.modules.get(layout.module));
        let module = modules.find(|module| !module.shared).map(|module| texts([&module.name]));
        let docs: Vec<String> = defs.iter().filter_map(|def| prose(&def.docs, self.schemas.markdown)).collect();
        let deprecated = !defs.is_empty() && defs.iter().all(|def| def.docs.deprecated);
        let hidden = !defs.is_empty() && defs.iter().all(|def| def.docs.hidden);
        let pair = webhooks.first().map(|webhook| {
            Object::default().with("type", text(&webhook.kind)).with("code", text(&webhook.code)).into()
        });
        let received = Object::default().with("description", text("The webhook was received."));
        Object::default()
            .with("tags", module)
            .with("summary", text(name))
            .with("description", (!docs.is_empty()).then(|| text(docs.join("\n\n"))))
            .with("deprecated", flag(deprecated))
            .with("requestBody", self.payload(webhooks))
            .with("responses", Object::default().with("2XX", received))
            // The API's own credentials are for its operations.
            .with("security", Sample::List(Vec::new()))
            .with("x-hidden", flag(hidden))
            .with("x-webhook", pair)
    }

    fn payload(&self, webhooks: &[&Webhook]) -> Object {
        let ty = |webhook: &Webhook| Type::Named(webhook.body.clone());
        let media = match webhooks {
            [one] => self.json(&ty(one), |size| self.sampler.webhook(one, size)),
            several => {
                let schemas = several.iter().map(|webhook| self.schemas.of(&ty(webhook), Extent::Whole).into());
                let samples = several.iter().filter_map(|webhook| {
                    let sample = self.sampler.webhook(webhook, crate::samples::Size::Full)?;
                    Some((webhook.body.to_string(), Object::default().with("value", sample).into()))
                });
                Object::default()
                    .with("schema", Object::default().with("anyOf", Sample::List(schemas.collect())))
                    .with("examples", samples.collect::<Object>().some())
            }
        };
        Object::default()
            .with("required", Sample::Bool(true))
            .with("content", Object::default().with("application/json", media))
    }
}
