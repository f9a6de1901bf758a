//! What a tenant has besides Items and products: end customers, OAuth tokens, issues, sessions that were sent to people, what is
//! set in Plaid's dashboard.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Issue, LinkDelivery, OauthToken, Partner};

/// What a tenant has besides Items and products.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Platform {
    /// The reseller that the tenant is, and its end customers.
    pub partner: Partner,
    /// OAuth tokens, by token.
    pub oauth: IndexMap<String, OauthToken>,
    /// Issues, by id.
    pub issues: IndexMap<String, Issue>,
    /// Link sessions that were sent to people, by id.
    pub deliveries: IndexMap<String, LinkDelivery>,
    /// Events that the application has sent about sessions of Layer.
    pub layer_events: Vec<Value>,
    /// Notifications of data providers, by their id.
    pub notifications: IndexMap<String, Value>,
    /// Where webhooks go whose address is set in the dashboard.
    pub dashboard_webhook: Option<String>,
}
