//! The objects of the products that verify users.

use serde_json::json;

use super::Seed;
use crate::commands::Refused;
use crate::state::Tenant;

/// The name of a person, and of an organization, that a watchlist has.
const PERSON: &str = "Joseph Kony";
const ENTITY: &str = "Islamic Radio And Television Union";

impl Seed<'_> {
    /// A verification, screenings with hits, and what they belong to.
    pub fn verifications(&mut self, tenant: &mut Tenant) -> Result<(), Refused> {
        let people = self.must(tenant, "/dashboard_user/list", &json!({}))?;
        let person = people["dashboard_users"][0]["id"].clone();
        self.known.extend([("dashboard_user_id".to_owned(), person.clone()), ("assignee".to_owned(), person)]);
        // A tenant can be seeded again, and goes on with the verification that it has.
        let body = json!({
            "client_user_id": "seed-user", "template_id": "idvtmp_seed", "is_shareable": true, "gave_consent": false,
            "is_idempotent": true,
        });
        let made = self.must(tenant, "/identity_verification/create", &body)?;
        self.known.insert("identity_verification_id".to_owned(), made["id"].clone());
        self.known.insert("template_id".to_owned(), "idvtmp_seed".into());
        for (kind, prefix, name) in [("individual", "", PERSON), ("entity", "entity_", ENTITY)] {
            let path = |verb: &str| format!("/watchlist_screening/{kind}/{verb}");
            let programs = self.must(tenant, &path("program/list"), &json!({}))?;
            let program = programs[format!("{prefix}watchlist_programs")][0]["id"].clone();
            let field = format!("{prefix}watchlist_program_id");
            let terms = json!({field.as_str(): program, "legal_name": name});
            let made = self.must(tenant, &path("create"), &json!({"search_terms": terms}))?;
            let screening = format!("{prefix}watchlist_screening_id");
            self.known.extend([(field, program), (screening, made["id"].clone())]);
        }
        let data = |phone: &str| {
            json!({
                "date_of_birth": "1990-05-29", "name": {"given_name": "Alberta", "family_name": "Charleson"},
                "phone_number": phone, "email_address": "accountholder0@example.com",
            })
        };
        let user = |own: &str, phone: &str, more: &[&str]| {
            let tokens: Vec<_> = more.iter().map(|name| self.known[*name].clone()).collect();
            json!({
                "program_id": "becprg_seed", "client_user_id": own, "user": data(phone), "access_tokens": tokens,
            })
        };
        let reported = user("seed-user", "+12125550001", &[]);
        let twin = user("seed-twin", "+12125550002", &["access_token"]);
        let reported = self.must(tenant, "/beacon/user/create", &reported)?;
        let body = json!({"beacon_user_id": reported["id"], "type": "stolen", "fraud_date": "2026-01-18"});
        let report = self.must(tenant, "/beacon/report/create", &body)?;
        // The user without a report is the one that others can report.
        let twin = self.must(tenant, "/beacon/user/create", &twin)?;
        let body = json!({"client_user_id": "seed-user", "business": null});
        let business = self.must(tenant, "/business_verification/create", &body)?;
        let at = crate::fields::time(tenant.now());
        let body = json!({"event": {"timestamp": at, "app_visit": {}}, "request_trust_index": true});
        let event = self.must(tenant, "/protect/event/send", &body)?;
        let beacon = &tenant.verify.beacon;
        let made = [
            ("beacon_duplicate_id", beacon.duplicates.keys().next_back().cloned().into()),
            ("beacon_report_id", report["id"].clone()),
            ("beacon_report_syndication_id", beacon.syndications.keys().next_back().cloned().into()),
            ("beacon_user_id", twin["id"].clone()),
            ("business_verification_id", business["id"].clone()),
            ("event_id", event["event_id"].clone()),
            ("program_id", "becprg_seed".into()),
            ("protect_event_id", event["event_id"].clone()),
        ];
        self.known.extend(made.map(|(name, id)| (name.to_owned(), id)));
        Ok(())
    }
}
