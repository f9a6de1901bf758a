//! Which webhooks and error codes belong to an operation: what the docs link to.

use api_model::{Api, Docs, ErrorCode, Operation, Struct, Target, Text, Type, Webhook};

/// The links between operations, webhooks and error codes.
#[derive(Clone, Copy, Debug)]
pub struct Related<'a> {
    api: &'a Api,
}

impl<'a> Related<'a> {
    /// The links of this API.
    pub fn new(api: &'a Api) -> Self {
        Self { api }
    }

    /// The webhooks that the operation's docs name, in their order, then those whose payload's docs name the operation.
    pub fn webhooks(self, operation: &Operation) -> Vec<&'a Webhook> {
        let mut found: Vec<&Webhook> = Vec::new();
        let mut add = |webhook: &'a Webhook| {
            if !found.contains(&webhook) {
                found.push(webhook);
            }
        };
        for target in targets(&operation.docs) {
            let Target::Webhook { kind, code, body } = target else { continue };
            let is_named = |webhook: &&Webhook| webhook.kind == *kind && webhook.code == *code && webhook.body == *body;
            self.api.webhooks.iter().filter(is_named).for_each(&mut add);
        }
        let own = Target::Operation(operation.id.clone());
        for webhook in &self.api.webhooks {
            let payload = self.api.get(&webhook.body);
            if payload.is_some_and(|def| targets(&def.docs).any(|target| *target == own)) {
                add(webhook);
            }
        }
        found
    }

    /// The error codes that the operation's docs name, in their order, then those that the docs of its request's
    /// properties name.
    pub fn error_codes(self, operation: &Operation) -> Vec<&'a ErrorCode> {
        let mut found: Vec<&ErrorCode> = Vec::new();
        let request = operation.request_types().filter_map(Type::named).filter_map(|id| self.api.object(id));
        let fields = request.flat_map(Struct::caller_fields);
        let docs = std::iter::once(&operation.docs).chain(fields.map(|field| &field.docs));
        for target in docs.flat_map(targets) {
            let Target::ErrorCode(wire) = target else { continue };
            let code = self.api.error_codes.iter().find(|code| code.wire == *wire);
            found.extend(code.filter(|code| !found.iter().any(|known| known.wire == code.wire)));
        }
        found
    }
}

fn targets(docs: &Docs) -> impl Iterator<Item = &Target> {
    [&docs.summary, &docs.description].into_iter().flatten().flat_map(Text::targets)
}
