//! What the generated enum of webhooks is built from: the type and code of a webhook, and the enum's impls.
#![allow(dead_code, unused_macros, unused_imports, reason = "unused without the product `webhooks`")]

use std::fmt;

use serde_json::{Map, Value};

use crate::runtime::redact;
use crate::runtime::wire::{Capture, View};

/// A webhook of a type and code that this version of the SDK does not know. `Debug` prints its type and code, not its body.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UnknownWebhook {
    /// Its `webhook_type`: `TRANSACTIONS`.
    pub webhook_type: String,
    /// Its `webhook_code`: `SYNC_UPDATES_AVAILABLE`.
    pub webhook_code: String,
    /// The whole webhook, with these two properties.
    pub body: Map<String, Value>,
}

/// A webhook before its type is known: its type, code and properties.
pub(crate) struct UntypedWebhook(UnknownWebhook);

impl UntypedWebhook {
    /// # Errors
    /// It is not an object with a type and a code.
    pub(crate) fn of(captured: &Capture<'_>) -> Result<Self, String> {
        let value = match captured {
            Capture::Text(text) => serde_json::from_str(text).map_err(|error| error.to_string())?,
            Capture::Value(value) => value.clone(),
        };
        let Value::Object(body) = value else { return Err("a webhook must be an object".to_owned()) };
        let text = |name: &str| match body.get(name) {
            Some(Value::String(text)) if text.contains(char::REPLACEMENT_CHARACTER) => {
                Err(format!("the `{name}` of the webhook is damaged"))
            }
            Some(Value::String(text)) => Ok(text.clone()),
            _ => Err(format!("a webhook must have a string `{name}`")),
        };
        let (webhook_type, webhook_code) = (text("webhook_type")?, text("webhook_code")?);
        Ok(Self(UnknownWebhook { webhook_type, webhook_code, body }))
    }

    pub(crate) fn pair(&self) -> (&str, &str) {
        (&self.0.webhook_type, &self.0.webhook_code)
    }

    /// Whether it has this property, which distinguishes two kinds of webhooks with the same type and code.
    pub(crate) fn has(&self, property: &str) -> bool {
        self.0.body.get(property).is_some_and(|value| !value.is_null())
    }

    pub(crate) fn into_unknown(self) -> UnknownWebhook {
        self.0
    }
}

impl UnknownWebhook {
    pub(crate) fn blank() -> Self {
        Self { webhook_type: String::new(), webhook_code: String::new(), body: Map::new() }
    }

    pub(crate) const fn view(&self) -> View<'_> {
        View::JsonObject(&self.body)
    }
}

impl fmt::Debug for UnknownWebhook {
    // Nothing is known about its properties: they may be tokens or personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnknownWebhook")
            .field("webhook_type", &redact::word(&self.webhook_type))
            .field("webhook_code", &redact::word(&self.webhook_code))
            .field("body", &format_args!("{} properties", self.body.len()))
            .finish()
    }
}

/// The impls of the enum of all webhooks: its name; then its variants, each with its type and code. Where several variants
/// have the same pair, each but the last has a property that only its payload has.
macro_rules! webhooks {
    ($name:ident; $($variant:ident $kind:literal $code:literal $(has $property:literal)?;)*) => {
        impl $name {
            /// Its type, `webhook_type`: `TRANSACTIONS`.
            #[inline]
            pub fn webhook_type(&self) -> &str {
                match self {
                    $(Self::$variant(_) => $kind,)*
                    Self::Unknown(webhook) => &webhook.webhook_type,
                }
            }

            /// Its code, `webhook_code`: `SYNC_UPDATES_AVAILABLE`.
            #[inline]
            pub fn webhook_code(&self) -> &str {
                match self {
                    $(Self::$variant(_) => $code,)*
                    Self::Unknown(webhook) => &webhook.webhook_code,
                }
            }
        }

        impl $crate::runtime::wire::Union for $name {
            #[inline]
            fn assign(
                &mut self,
                captured: $crate::runtime::wire::Capture<'_>,
                trace: &mut $crate::runtime::wire::Trace,
            ) -> ::std::result::Result<(), String> {
                let webhook = $crate::runtime::event::UntypedWebhook::of(&captured)?;
                *self = match webhook.pair() {
                    $(
                        ($kind, $code) $(if webhook.has($property))? => {
                            Self::$variant(::std::boxed::Box::new(captured.read(trace)?))
                        }
                    )*
                    _ => Self::Unknown(::std::boxed::Box::new(webhook.into_unknown())),
                };
                Ok(())
            }

            #[inline]
            fn view(&self) -> $crate::runtime::wire::View<'_> {
                match self {
                    $(Self::$variant(webhook) => $crate::runtime::wire::Wire::view(&**webhook),)*
                    Self::Unknown(webhook) => webhook.view(),
                }
            }

            #[inline]
            fn expecting(&self) -> &'static str {
                "a webhook"
            }
        }

        impl $crate::runtime::wire::Wire for $name {
            const TEXT: bool = true;

            #[inline]
            fn blank() -> Self {
                Self::Unknown(::std::boxed::Box::new($crate::runtime::event::UnknownWebhook::blank()))
            }

            #[inline]
            fn slot(&mut self) -> $crate::runtime::wire::Slot<'_> {
                $crate::runtime::wire::Slot::Union(self)
            }

            #[inline]
            fn view(&self) -> $crate::runtime::wire::View<'_> {
                $crate::runtime::wire::Union::view(self)
            }
        }

        // One type, whatever the feature: applications put webhooks on a queue.
        $crate::runtime::wire::serde_impls!($name);
    };
}
pub(crate) use webhooks;

#[cfg(all(test, feature = "webhooks"))]
mod tests {
    use serde_json::json;

    use crate::generated::webhooks::Webhook;
    use crate::runtime::wire;

    fn removed(owner: &str) -> String {
        format!(
            r#"{{"webhook_type": "TRANSACTIONS", "webhook_code": "TRANSACTIONS_REMOVED", "{owner}": "id-1",
                "removed_transactions": ["t1"], "environment": "sandbox"}}"#
        )
    }

    #[test]
    fn type_and_code_select_the_variant_then_a_property() {
        let read = |json: &str| wire::from_json::<Webhook>(json.as_bytes()).unwrap();
        assert!(
            matches!(read(&removed("item_id")), Webhook::TransactionsRemoved(webhook) if webhook.item_id == "id-1")
        );
        let processor = read(&removed("account_id"));
        assert_eq!((processor.webhook_type(), processor.webhook_code()), ("TRANSACTIONS", "TRANSACTIONS_REMOVED"));
        assert!(matches!(processor, Webhook::ProcessorTransactionsRemoved(webhook) if webhook.account_id == "id-1"));
        let error = json!({
            "webhook_type": "ITEM", "webhook_code": "ERROR", "item_id": "i1", "environment": "production",
            "error": {"error_type": "ITEM_ERROR", "error_code": "ITEM_LOGIN_REQUIRED", "error_message": "m"},
        });
        assert!(matches!(read(&error.to_string()), Webhook::ItemError(_)));
        for none in ["[]", "{}", r#"{"webhook_type": "ITEM"}"#, r#"{"webhook_type": 1, "webhook_code": "ERROR"}"#] {
            assert!(wire::from_json::<Webhook>(none.as_bytes()).is_err(), "{none}");
        }
    }

    #[test]
    fn an_unknown_webhook_is_preserved_and_all_can_be_written_and_read_again() {
        let new = json!({"webhook_type": "TOMORROW", "webhook_code": "RAIN", "amount": {"of": [1, 2]}});
        for json in [new.to_string(), removed("item_id"), removed("account_id")] {
            let webhook: Webhook = serde_json::from_str(&json).unwrap();
            let stored = serde_json::to_string(&webhook).unwrap();
            assert_eq!(serde_json::from_str::<Webhook>(&stored).unwrap(), webhook);

            assert_eq!(serde_json::from_value::<Webhook>(serde_json::to_value(&webhook).unwrap()).unwrap(), webhook);
        }
        let webhook: Webhook = serde_json::from_value(new.clone()).unwrap();
        assert_eq!(serde_json::to_value(&webhook).unwrap(), new);
        assert!(matches!(webhook, Webhook::Unknown(webhook) if webhook.webhook_type == "TOMORROW"));
    }
}
