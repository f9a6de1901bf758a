//! Sends webhooks, and lets time pass: one task of an emulator that wakes up when something is due.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::due::run_due;
use crate::engine::Engine;
use crate::lock::lock;
use crate::sender::{Senders, reason};
use crate::state::{Attempt, Delivery, Event, Tenant};
use crate::store::StateFile;
use crate::wake::Wake;

/// The delay before the first retry, and how much longer each next one is.
const FIRST_DELAY: i64 = 30;
const FACTOR: i64 = 4;
/// How long a webhook is retried, in hours.
const RETRIED: i64 = 24;
/// The longest delay that a receiver can ask for by `Retry-After`, in hours.
const LONGEST: i64 = 4;

/// Retries stop if more than this share of a day's attempts was rejected, in percent, and there were enough to tell.
const REJECTED: usize = 90;
const ENOUGH: usize = 10;

/// Something that is to be sent.
struct Parcel {
    tenant: Arc<Mutex<Tenant>>,
    id: u64,
    url: String,
    body: String,
    signature: String,
}

/// Works until the emulator is dropped. `wake` wakes it after each call.
pub async fn run(engine: Arc<Engine>, wake: Arc<Wake>, file: Option<StateFile>) {
    let senders = Arc::new(Senders::default());
    loop {
        let mut next: Option<Duration> = None;
        for (_, tenant) in engine.all() {
            let (parcels, due) = collect(&tenant);
            for parcel in parcels {
                tokio::spawn(send(Arc::clone(&senders), parcel, Arc::clone(&wake)));
            }
            next = [next, due].into_iter().flatten().min();
        }
        if let Some(file) = file.clone().filter(|_| wake.is_behind()) {
            let happened = wake.happened();
            save(Arc::clone(&engine), file).await;
            wake.keep(happened);
        }
        let woken = wake.woken();
        match next {
            Some(wait) => drop(tokio::time::timeout(wait, woken).await),
            None => woken.await,
        }
    }
}

/// Writes the state file without holding up other tasks. An error is told once per attempt; the old file stays.
async fn save(engine: Arc<Engine>, file: StateFile) {
    let saved = tokio::task::spawn_blocking(move || engine.save(&file)).await;
    if let Ok(Err(error)) = saved {
        eprintln!("error: {error}");
    }
}

/// What a tenant has to send now, and how long it takes until something else is due.
fn collect(shared: &Arc<Mutex<Tenant>>) -> (Vec<Parcel>, Option<Duration>) {
    let mut tenant = lock(shared);
    run_due(&mut tenant);
    let now = tenant.now();
    let mut parcels = Vec::new();
    for id in std::mem::take(&mut tenant.outbox) {
        let Some(webhook) = tenant.webhooks.find(id) else { continue };
        let Some(url) = webhook.url.clone() else { continue };
        let body = webhook.body.clone();
        let signature = tenant.keys.last().and_then(|key| key.sign(&body, now).ok()).unwrap_or_default();
        if let Some(webhook) = tenant.webhooks.find_mut(id) {
            webhook.state = Delivery::Sending;
        }
        parcels.push(Parcel { tenant: Arc::clone(shared), id, url, body, signature });
    }
    let due = tenant.schedule.next().filter(|_| !tenant.clock.is_frozen());
    (parcels, due.map(|at| (at - now).to_std().unwrap_or_default().max(Duration::from_millis(1))))
}

async fn send(senders: Arc<Senders>, parcel: Parcel, wake: Arc<Wake>) {
    let (status, error, after) = match post(&senders, &parcel).await {
        Ok(response) => {
            let after = response.headers().get("Retry-After").and_then(|value| value.to_str().ok());
            (Some(response.status().as_u16()), None, after.and_then(|seconds| seconds.trim().parse().ok()))
        }
        Err(error) => (None, Some(error), None),
    };
    answered(&mut lock(&parcel.tenant), parcel.id, status, error, after);
    wake.wake();
}

/// Posts a webhook. The error is the reason in words.
async fn post(senders: &Senders, parcel: &Parcel) -> Result<reqwest::Response, String> {
    let request = senders
        .of(&parcel.url)?
        .post(&parcel.url)
        .header("Content-Type", "application/json")
        .header("Plaid-Verification", &parcel.signature)
        .header("User-Agent", "Go-http-client/2.0")
        .body(parcel.body.clone());
    request.send().await.map_err(|error| reason(&error))
}

/// Whether a receiver rejects nearly all webhooks. Nothing is sent to it again then, except new webhooks.
fn rejects(tenant: &Tenant, url: Option<&str>, now: DateTime<Utc>) -> bool {
    let since = now - TimeDelta::hours(RETRIED);
    let of_url = tenant.webhooks.iter().filter(|webhook| webhook.url.as_deref() == url);
    let recent = of_url.flat_map(|webhook| &webhook.attempts).filter(|attempt| attempt.at >= since);
    let (all, rejected) =
        recent.fold((0, 0), |(all, rejected), attempt| (all + 1, rejected + usize::from(attempt.status != Some(200))));
    all >= ENOUGH && rejected * 100 > all * REJECTED
}

/// Notes what a receiver answered, and schedules a retry unless it was 200.
fn answered(tenant: &mut Tenant, id: u64, status: Option<u16>, error: Option<String>, after: Option<i64>) {
    let now = tenant.now();
    let Some(webhook) = tenant.webhooks.find_mut(id) else { return };
    webhook.attempts.push(Attempt { at: now, status, error });
    if status == Some(200) {
        webhook.state = Delivery::Delivered;
        return;
    }
    let url = webhook.url.clone();
    let is_hopeless = rejects(tenant, url.as_deref(), now);
    let Some(webhook) = tenant.webhooks.find_mut(id) else { return };
    let retries = u32::try_from(webhook.attempts.len() - 1).unwrap_or(u32::MAX);
    let delay = match after {
        Some(seconds) if status == Some(429) => TimeDelta::seconds(seconds.clamp(0, LONGEST * 3_600)),
        _ => TimeDelta::seconds(FIRST_DELAY.saturating_mul(FACTOR.saturating_pow(retries)).min(RETRIED * 3_600)),
    };
    if now + delay > webhook.made + TimeDelta::hours(RETRIED) || is_hopeless {
        webhook.state = Delivery::Failed;
        return;
    }
    webhook.state = Delivery::Waiting;
    tenant.schedule.at(now + delay, Event::Deliver(id));
}

#[cfg(test)]
mod tests {
    use super::answered;
    use crate::bank::testing::linked;
    use crate::state::{Delivery, Event, Tenant};
    use chrono::TimeDelta;
    use serde_json::json;

    fn with_webhook() -> (Tenant, u64) {
        let (mut tenant, id) = linked("user_good");
        tenant.items[&id].webhook = Some("http://127.0.0.1:1/".to_owned());
        tenant.item_webhook(&id, "ITEM", "LOGIN_REPAIRED", json!({}));
        let webhook = tenant.webhooks.last().map(|webhook| webhook.id).expect("a webhook");
        tenant.schedule.drop_if(|_| true);
        (tenant, webhook)
    }

    #[test]
    fn a_webhook_is_retried_for_a_day_with_growing_delays() {
        let (mut tenant, id) = with_webhook();
        let start = tenant.now();
        let mut delays = Vec::new();
        loop {
            answered(&mut tenant, id, Some(500), None, None);
            let Some((at, event)) = tenant.schedule.take_due(start + TimeDelta::days(2)) else { break };
            assert_eq!(event, Event::Deliver(id));
            delays.push((at - tenant.now()).num_seconds());
            tenant.clock.move_to(at).expect("later");
        }
        assert_eq!(delays, [30, 120, 480, 1_920, 7_680, 30_720]);
        assert_eq!(tenant.webhooks.last().map(|webhook| webhook.state), Some(Delivery::Failed));
    }

    #[test]
    fn a_receiver_that_rejects_nearly_everything_is_not_asked_again() {
        let (mut tenant, _) = with_webhook();
        let item = tenant.items.keys().next().cloned().expect("an Item");
        let mut waiting = Vec::new();
        for number in 0..12 {
            tenant.item_webhook(&item, "ITEM", "LOGIN_REPAIRED", json!({}));
            let id = tenant.webhooks.last().map(|webhook| webhook.id).expect("a webhook");
            answered(&mut tenant, id, Some(500), None, None);
            let state = tenant.webhooks.last().map(|webhook| webhook.state);
            waiting.push(state == Some(Delivery::Waiting));
            assert_eq!(waiting[number], number + 1 < super::ENOUGH, "webhook {number}");
        }
        // A day later the rejections are forgotten.
        tenant.clock.move_to(tenant.now() + TimeDelta::hours(25)).expect("later");
        tenant.item_webhook(&item, "ITEM", "LOGIN_REPAIRED", json!({}));
        let id = tenant.webhooks.last().map(|webhook| webhook.id).expect("a webhook");
        answered(&mut tenant, id, Some(500), None, None);
        assert_eq!(tenant.webhooks.last().map(|webhook| webhook.state), Some(Delivery::Waiting));
    }

    #[test]
    fn retry_after_is_honoured_and_success_ends_it() {
        let (mut tenant, id) = with_webhook();
        answered(&mut tenant, id, Some(429), None, Some(7));
        let (at, _) = tenant.schedule.take_due(tenant.now() + TimeDelta::hours(1)).expect("a retry");
        assert_eq!((at - tenant.now()).num_seconds(), 7);
        answered(&mut tenant, id, Some(200), None, None);
        let webhook = tenant.webhooks.last().expect("a webhook");
        assert_eq!((webhook.state, webhook.attempts.len()), (Delivery::Delivered, 2));
        assert_eq!(tenant.schedule.next(), None);
    }
}
