//! Users as responses contain them.

use serde_json::{Value, json};

use super::trail;
use crate::fields::{Fields, time};
use crate::state::verify::{BeaconUser, BeaconVersion};

/// A user as they are.
pub fn user(user: &BeaconUser) -> Value {
    version(user, &user.now)
}

/// A user as they were. The document wants an address and a date of birth of everybody, so those that are not known are empty.
pub fn version(user: &BeaconUser, version: &BeaconVersion) -> Value {
    let data = Fields(&version.user);
    let address = data.object("address");
    json!({
        "audit_trail": trail(&version.trail),
        "client_user_id": user.client_user_id,
        "created_at": time(user.created),
        "id": user.id,
        "item_ids": version.items,
        "program_id": user.program,
        "status": version.status.name(),
        "updated_at": time(version.updated),
        "user": {
            "address": {
                "city": address.text("city").unwrap_or_default(),
                "country": address.text("country").unwrap_or("US"),
                "postal_code": address.text("postal_code"),
                "region": address.text("region"),
                "street": address.text("street").unwrap_or_default(),
                "street2": address.text("street2"),
            },
            "date_of_birth": data.text("date_of_birth").unwrap_or("0001-01-01"),
            "depository_accounts": version.accounts,
            "email_address": data.text("email_address"),
            "id_number": data.value("id_number"),
            "ip_address": data.text("ip_address"),
            "name": data.value("name"),
            "phone_number": data.text("phone_number"),
        },
        "version": version.version,
    })
}
