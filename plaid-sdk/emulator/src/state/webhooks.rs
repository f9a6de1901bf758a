//! The webhooks that a tenant got, delivered or not.

use std::ops::Deref;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ItemId;

/// A webhook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Webhook {
    /// Its number, unique in the tenant.
    pub id: u64,
    /// The Item that it is about, if it is about one.
    pub item: Option<ItemId>,
    /// Where it goes. Without a URL it is only kept here.
    pub url: Option<String>,
    /// Its `webhook_type`.
    pub kind: String,
    /// Its `webhook_code`.
    pub code: String,
    /// When it was made.
    pub made: DateTime<Utc>,
    /// The bytes that are sent and signed.
    pub body: String,
    /// What became of it.
    pub state: Delivery,
    /// Each attempt to deliver it.
    pub attempts: Vec<Attempt>,
}

/// What became of a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Nobody receives it.
    NoReceiver,
    /// It waits for its next attempt.
    Waiting,
    /// An attempt is under way.
    Sending,
    /// The receiver answered 200.
    Delivered,
    /// All attempts have failed.
    Failed,
}

/// An attempt to deliver a webhook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// When it was made.
    pub at: DateTime<Utc>,
    /// The status that the receiver answered.
    pub status: Option<u16>,
    /// Why there was no answer.
    pub error: Option<String>,
}

impl Delivery {
    /// Whether nothing more happens to the webhook by itself.
    fn is_done(self) -> bool {
        matches!(self, Self::NoReceiver | Self::Delivered | Self::Failed)
    }
}

/// How many webhooks are kept at least. Older ones are forgotten, unless they still have to be delivered.
const KEPT: usize = 1_000;

/// How many there may be beyond that before old ones are forgotten, so that not each new one moves all others.
const BEYOND: usize = 100;

/// The webhooks of a tenant, oldest first, so that their numbers grow.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Webhooks(Vec<Webhook>);

impl Webhooks {
    /// The number of the next webhook.
    pub fn next_id(&self) -> u64 {
        self.0.last().map_or(1, |last| last.id + 1)
    }

    /// Adds a webhook with the next number.
    pub fn add(&mut self, webhook: Webhook) {
        self.0.push(webhook);
        if self.0.len() >= KEPT + BEYOND {
            let mut old = self.0.len() - KEPT;
            self.0.retain(|webhook| {
                let is_old = old > 0;
                old = old.saturating_sub(1);
                !is_old || !webhook.state.is_done()
            });
        }
    }

    /// A webhook by its number.
    pub fn find(&self, id: u64) -> Option<&Webhook> {
        self.0.get(self.place(id)?)
    }

    /// A webhook by its number, to be changed.
    pub fn find_mut(&mut self, id: u64) -> Option<&mut Webhook> {
        let place = self.place(id)?;
        self.0.get_mut(place)
    }

    /// All of them, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Webhook> {
        self.0.iter_mut()
    }

    /// Those with a higher number.
    pub fn after(&self, id: u64) -> &[Webhook] {
        let first = self.0.partition_point(|webhook| webhook.id <= id);
        self.0.get(first..).unwrap_or_default()
    }

    fn place(&self, id: u64) -> Option<usize> {
        self.0.binary_search_by_key(&id, |webhook| webhook.id).ok()
    }
}

impl Deref for Webhooks {
    type Target = [Webhook];

    fn deref(&self) -> &[Webhook] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::{BEYOND, Delivery, KEPT, Webhook, Webhooks};
    use chrono::DateTime;

    fn webhook(id: u64, state: Delivery) -> Webhook {
        let (kind, code, body) = ("ITEM".to_owned(), "LOGIN_REPAIRED".to_owned(), "{}".to_owned());
        let made = DateTime::UNIX_EPOCH;
        Webhook { id, item: None, url: None, kind, code, made, body, state, attempts: Vec::new() }
    }

    #[test]
    fn old_webhooks_are_forgotten_when_they_are_done() {
        let mut webhooks = Webhooks::default();
        for id in 1..KEPT + BEYOND {
            assert_eq!(webhooks.next_id(), id as u64);
            webhooks.add(webhook(id as u64, if id == 3 { Delivery::Waiting } else { Delivery::Delivered }));
        }
        assert_eq!(webhooks.len(), KEPT + BEYOND - 1);
        webhooks.add(webhook(webhooks.next_id(), Delivery::NoReceiver));
        assert_eq!(webhooks.len(), KEPT + 1, "one of the old ones still has to be delivered");
        let last = webhooks.next_id() - 1;
        assert_eq!(webhooks.find(3).map(|one| one.id), Some(3));
        assert_eq!((webhooks.find(2), webhooks.find(last).map(|one| one.id)), (None, Some(last)));
        assert_eq!(webhooks.after(last - 2).iter().map(|one| one.id).collect::<Vec<_>>(), [last - 1, last]);
        assert_eq!(webhooks.after(last), []);
    }
}
