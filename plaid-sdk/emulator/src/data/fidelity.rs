//! Where the facts behind operations that are written by hand come from, and how the operations are known to differ from Plaid's.

/// What is known of an operation: its path, the source of the facts (`measured`, `documented` or `inferred`), and the known
/// difference.
type Known = (&'static str, &'static str, Option<&'static str>);

/// The operations, by path.
const KNOWN: &[Known] = &[
    ("/accounts/balance/get", "measured", None),
    ("/accounts/get", "measured", None),
    ("/application/get", "inferred", Some("three applications are made up; others are known once they were seeded")),
    (
        "/asset_report/audit_copy/create",
        "documented",
        Some("the auditor reads the copy with the client id that made it"),
    ),
    ("/asset_report/audit_copy/get", "documented", Some("the auditor reads the copy with the client id that made it")),
    ("/asset_report/audit_copy/pdf/get", "documented", None),
    ("/asset_report/audit_copy/remove", "documented", None),
    ("/asset_report/create", "documented", None),
    ("/asset_report/filter", "documented", None),
    ("/asset_report/get", "documented", Some("insights are computed by rules of ours")),
    ("/asset_report/pdf/get", "documented", Some("the file looks different")),
    ("/asset_report/refresh", "documented", None),
    ("/asset_report/remove", "documented", Some("the error of a later read is not known: it is INVALID_FIELD")),
    ("/auth/get", "measured", None),
    ("/auth/verify", "documented", Some("numbers of Canada are not known")),
    ("/bank_transfer/migrate_account", "documented", None),
    ("/beta/transactions/rules/v1/create", "documented", None),
    ("/beta/transactions/rules/v1/list", "documented", None),
    ("/beta/transactions/rules/v1/remove", "inferred", Some("transactions keep the category that the rule gave them")),
    ("/beta/transactions/user_insights/v1/get", "inferred", None),
    ("/beta/transactions/v1/enhance", "inferred", Some("merchants are found in a list of about 50")),
    ("/categories/get", "measured", Some("some categories of the third level are missing")),
    ("/consent/events/get", "documented", Some("events are there at once, not after up to 12 hours")),
    ("/credit/asset_report/freddie_mac/get", "documented", None),
    ("/credit/audit_copy_token/create", "documented", Some("only asset reports can be copied")),
    ("/credit/audit_copy_token/remove", "documented", None),
    ("/credit/audit_copy_token/update", "documented", Some("only asset reports can be copied")),
    ("/credit/freddie_mac/reports/get", "documented", Some("verifications of employment are missing")),
    ("/credit/relay/create", "documented", Some("the other client reads with the client id that made the relay")),
    ("/credit/relay/get", "documented", Some("the other client reads with the client id that made the relay")),
    ("/credit/relay/pdf/get", "documented", Some("the file looks different")),
    ("/credit/relay/refresh", "documented", None),
    ("/credit/relay/remove", "documented", None),
    ("/credit/sessions/get", "documented", Some("sessions show the Items that they added, no results of income")),
    ("/employers/search", "inferred", Some("there are eight employers, all made up")),
    ("/identity/documents/uploads/get", "documented", Some("Items without a login have a document without an upload")),
    ("/identity/get", "measured", None),
    ("/identity/match", "documented", Some("scores between a match and a mismatch are computed by a formula of ours")),
    ("/identity/refresh", "documented", None),
    ("/investments/auth/get", "documented", Some("details of a 401k are computed from its trades")),
    ("/investments/holdings/get", "measured", None),
    ("/investments/refresh", "documented", None),
    (
        "/investments/transactions/get",
        "measured",
        Some("numbers of trades are measured; on which days they come is not"),
    ),
    ("/item/access_token/invalidate", "measured", None),
    ("/item/activity/list", "documented", Some("times of access go back as far as the log of requests")),
    (
        "/item/application/list",
        "documented",
        Some("created_at is a date, as in the document's example; its type there is a time"),
    ),
    ("/item/application/scopes/update", "documented", Some("scopes are kept and shown, and do not limit what is read")),
    ("/item/application/unlink", "documented", None),
    ("/item/get", "measured", None),
    ("/item/import", "documented", None),
    ("/item/products/terminate", "documented", None),
    ("/item/public_token/create", "documented", None),
    ("/item/public_token/exchange", "measured", None),
    ("/item/remove", "measured", None),
    ("/item/webhook/update", "measured", None),
    ("/liabilities/get", "documented", None),
    ("/link/oauth/correlation_id/exchange", "documented", Some("a correlation id can be exchanged for 30 minutes")),
    ("/processor/auth/get", "documented", None),
    ("/processor/identity/get", "documented", None),
    ("/processor/identity/match", "documented", None),
    ("/processor/investments/auth/get", "documented", None),
    ("/processor/investments/holdings/get", "documented", None),
    ("/processor/investments/transactions/get", "documented", None),
    ("/processor/liabilities/get", "documented", None),
    ("/processor/signal/decision/report", "documented", None),
    ("/processor/signal/evaluate", "documented", Some("scores of amounts that are not the Sandbox's are made up")),
    ("/processor/signal/prepare", "documented", None),
    ("/processor/signal/return/report", "documented", None),
    ("/processor/transactions/get", "documented", None),
    ("/processor/transactions/recurring/get", "documented", None),
    ("/processor/transactions/refresh", "documented", None),
    ("/processor/transactions/sync", "documented", None),
    ("/sandbox/item/application/seed", "documented", None),
    ("/sandbox/item/fire_webhook", "documented", None),
    ("/sandbox/item/reset_login", "measured", None),
    ("/sandbox/item/set_verification_status", "documented", None),
    ("/sandbox/oauth/select_accounts", "inferred", None),
    ("/sandbox/processor_token/create", "documented", None),
    ("/sandbox/public_token/create", "measured", None),
    ("/sandbox/transactions/create", "documented", None),
    ("/sandbox/user/reset_login", "documented", None),
    ("/session/token/create", "documented", Some("templates are not known: every session links for auth and identity")),
    ("/signal/decision/report", "documented", None),
    ("/signal/evaluate", "documented", Some("scores of amounts that are not the Sandbox's are made up")),
    ("/signal/prepare", "documented", None),
    ("/signal/return/report", "documented", None),
    ("/signal/schedule", "documented", Some("days are ranked by the balance that the last month lets expect")),
    ("/statements/download", "documented", Some("the file is made from the account's transactions")),
    ("/statements/list", "measured", Some("the running month has a statement up to the day of the read")),
    ("/statements/refresh", "documented", None),
    ("/transactions/enrich", "documented", Some("merchants are found in a list of about 50")),
    ("/transactions/get", "measured", None),
    ("/transactions/recurring/get", "documented", Some("streams are found by regular distances alone")),
    ("/transactions/refresh", "measured", None),
    ("/transactions/sync", "measured", None),
    ("/transfer/migrate_account", "documented", None),
    ("/user/financial_data/refresh", "documented", Some("only transactions have news")),
    ("/user/items/associate", "documented", None),
    ("/user/items/remove", "documented", None),
    ("/user/products/terminate", "inferred", Some("the Items stay, without products")),
    ("/user/transactions/refresh", "documented", None),
    ("/webhook_verification_key/get", "measured", None),
];

/// The source of the facts behind an operation, and its known difference.
pub fn of(path: &str) -> Option<(&'static str, Option<&'static str>)> {
    KNOWN.iter().find(|(known, ..)| *known == path).map(|(_, basis, deviation)| (*basis, *deviation))
}

#[cfg(test)]
mod tests {
    use super::KNOWN;
    use crate::ops::find;

    #[test]
    fn each_path_is_an_operation_by_hand_and_has_a_source() {
        assert!(KNOWN.is_sorted_by(|a, b| a.0 < b.0));
        for (path, basis, _) in KNOWN.iter().copied() {
            assert!(find(path).is_some(), "{path}");
            assert!(["measured", "documented", "inferred"].contains(&basis), "{path}");
        }
    }
}
