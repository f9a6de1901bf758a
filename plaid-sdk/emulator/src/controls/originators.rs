//! The control of originators: `/_plaid/originators/{id}/review`, which does what people at Plaid do.

use serde_json::json;

use super::{Answer, required};
use crate::commands::Refused;
use crate::due::run_due;
use crate::fields::Fields;
use crate::ops::originators;
use crate::state::{Diligence, OpenRequirement, Tenant};

/// The fields that it takes.
pub const FIELDS: &[&str] = &["requirements", "status"];

/// Lets an originator get to a state, and asks it for more.
pub fn review(tenant: &mut Tenant, id: &str, fields: Fields<'_>) -> Answer {
    let names: Vec<&str> = Diligence::ALL.iter().map(|one| one.wire()).collect();
    let status = required(fields, "status")?;
    let to = Diligence::ALL.into_iter().find(|one| one.wire() == status);
    let help = || format!("the states are {}", names.join(", "));
    let to = to.ok_or_else(|| Refused::new(format!("an originator has no state {status}"), help()))?;
    originators::change(tenant, id, to)?;
    let asked = fields.texts("requirements").unwrap_or_default();
    if let Some(one) = tenant.originators.get_mut(id).filter(|one| !one.is_fixed) {
        let asked = asked.into_iter().map(|kind| OpenRequirement { kind: kind.to_owned(), person: None });
        one.outstanding.extend(asked.filter(|_| to == Diligence::MoreInformationRequired));
    }
    run_due(tenant);
    let status = tenant.originators.get(id).map(|one| one.status.wire());
    Ok(json!({"originator_client_id": id, "transfer_diligence_status": status}))
}
