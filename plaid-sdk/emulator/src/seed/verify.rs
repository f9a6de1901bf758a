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
        Ok(())
    }
}
