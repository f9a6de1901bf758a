//! How much a tenant keeps: what a program that runs for long looks for leaks by.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use crate::state::Tenant;

/// The stores of a tenant by the places of its fields, each with the number of its entries and its bytes as JSON.
pub fn sizes(tenant: &Tenant) -> Value {
    macro_rules! stores {
        ($($($name:ident).+),* $(,)?) => {
            [$((stringify!($($name).+).replace(' ', ""), tenant.$($name).+.len(), bytes(&tenant.$($name).+)),)*]
        };
    }
    // `sizes_are_complete` fails if one is missing.
    let stores = stores![
        access,
        activities,
        bank_transfers.events,
        bank_transfers.keys,
        bank_transfers.ledgers,
        bank_transfers.sweeps,
        bank_transfers.transfers,
        checks.cashflows,
        checks.loans.all,
        checks.loans.applications,
        checks.reports,
        checks.subscriptions,
        checks.third_parties,
        faults,
        incomes.known,
        incomes.payrolls,
        incomes.prechecks,
        incomes.reports,
        incomes.subscribed,
        incomes.verifications,
        intents,
        items,
        keys,
        links,
        log,
        originators,
        payments.consents,
        payments.keys,
        payments.payments,
        payments.profiles,
        payments.recipients,
        payments.tokens,
        payments.transactions,
        payments.wallets,
        platform.deliveries,
        platform.issues,
        platform.layer_events,
        platform.notifications,
        platform.oauth,
        platform.partner.customers,
        processors,
        public,
        recurring.clocks,
        recurring.keys,
        recurring.transfers,
        reports.all,
        reports.copies,
        reports.relays,
        rules,
        schedule,
        signal.payments,
        signal.rulesets,
        transfers.authorizations,
        transfers.events,
        transfers.keys,
        transfers.ledgers,
        transfers.refunds,
        transfers.repayments,
        transfers.sweeps,
        transfers.transfers,
        users,
        verify.attempts,
        verify.authors,
        verify.beacon.duplicates,
        verify.beacon.programs,
        verify.beacon.reports,
        verify.beacon.syndications,
        verify.beacon.users,
        verify.businesses,
        verify.entities.programs,
        verify.entities.screenings,
        verify.individuals.programs,
        verify.individuals.screenings,
        verify.listed,
        verify.people,
        verify.protect.events,
        verify.protect.reports,
        verify.templates,
        webhooks,
    ];
    let total: u64 = stores.iter().map(|(_, _, bytes)| bytes).sum();
    let transactions: usize = tenant.items.values().map(|item| item.feed.log().len()).sum();
    let stores: serde_json::Map<String, Value> =
        stores.into_iter().map(|(name, count, bytes)| (name, json!({"bytes": bytes, "count": count}))).collect();
    json!({"bytes": total, "stores": stores, "transactions": transactions})
}

/// The length of a value as JSON. Nothing is kept of the text, which can have hundreds of megabytes.
fn bytes(store: &impl Serialize) -> u64 {
    struct Length(u64);
    impl Write for Length {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 += bytes.len() as u64;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut length = Length(0);
    // All of a tenant's types have JSON, and counting does not fail.
    let _written = serde_json::to_writer(&mut length, store);
    length.0
}

#[cfg(test)]
mod tests {
    use super::{bytes, sizes};
    use crate::bank::testing::linked;
    use serde_json::{Value, json};

    #[test]
    fn stores_have_counts_and_bytes() {
        let (mut tenant, id) = linked("user_good");
        let all = sizes(&tenant);
        assert_eq!((&all["stores"]["items"]["count"], &all["stores"]["users"]["count"]), (&json!(1), &json!(0)));
        let rows = tenant.items[&id].feed.log().len();
        assert_eq!(all["transactions"], rows);
        assert!(all["stores"]["items"]["bytes"].as_u64().is_some_and(|bytes| bytes > 100 * rows as u64));
        tenant.item_webhook(&id, "ITEM", "LOGIN_REPAIRED", json!({}));
        let more = sizes(&tenant);
        let number = |sizes: &Value, name: &str| sizes["stores"]["webhooks"][name].as_u64().expect("a number");
        assert_eq!(number(&more, "count"), number(&all, "count") + 1);
        assert!(number(&more, "bytes") > number(&all, "bytes"));
    }

    /// The places of the lists and objects of some JSON that are as deep as stores are.
    fn places(value: &Value, path: &str, found: &mut Vec<String>) {
        let Value::Object(fields) = value else { return };
        for (name, value) in fields.iter().filter(|(_, value)| value.is_object() || value.is_array()) {
            let place = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            let deeper =
                ["bank_transfers", "checks", "checks.loans", "incomes", "payments", "platform", "platform.partner"];
            let deepest = ["recurring", "reports", "signal", "transfers", "verify", "verify.beacon", "verify.entities"];
            let rest = ["verify.individuals", "verify.protect"];
            match deeper.iter().chain(&deepest).chain(&rest).any(|one| *one == place) {
                true => places(value, &place, found),
                false => found.push(place),
            }
        }
    }

    #[test]
    fn sizes_are_complete() {
        let (tenant, _) = linked("user_good");
        let stores = sizes(&tenant)["stores"].clone();
        let mut found = Vec::new();
        places(&serde_json::to_value(&tenant).expect("JSON"), "", &mut found);
        // These don't grow.
        let fixed = ["clock", "ids", "pace", "platform.dashboard_webhook", "transfers.rules"];
        found.retain(|place| !fixed.contains(&place.as_str()));
        let missing: Vec<&String> = found.iter().filter(|place| stores.get(place).is_none()).collect();
        assert_eq!(missing, [""; 0]);
        assert_eq!(found.len(), stores.as_object().map_or(0, serde_json::Map::len));
    }

    #[test]
    fn bytes_are_those_of_the_text() {
        let value = json!({"a": [1, "x"]});
        assert_eq!(bytes(&value), value.to_string().len() as u64);
    }
}
