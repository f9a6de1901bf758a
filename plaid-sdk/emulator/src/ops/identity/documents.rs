//! `/identity/documents/uploads/get`: documents with which users prove who they are, when they link without a login.

use serde_json::{Value, json};

use super::super::account_view::{account, selected};
use super::super::items::view as item_view;
use super::super::{Call, Response};
use super::owners;
use crate::fields::time;
use crate::ids::Ids;
use crate::state::{Account, Item};

/// `/identity/documents/uploads/get`: an account whose user entered numbers has a bank statement, others have no documents.
pub fn get(call: &mut Call<'_>) -> Response {
    let item = call.tenant.item(call.request.required("access_token")?)?;
    item.products.insert("identity".to_owned());
    let accounts = selected(item, call.request.object("options"))?;
    Ok(json!({
        "accounts": accounts.into_iter().map(|account| with_documents(item, account)).collect::<Vec<_>>(),
        "item": item_view(item, call.world),
    }))
}

fn with_documents(item: &Item, of: &Account) -> Value {
    let mut shown = account(of);
    let mut owners = owners(of);
    let mut documents = Vec::new();
    if item.auth_method.has_no_login() {
        let name = of.verification.as_ref().and_then(|verification| verification.name.clone());
        if let (Some(owner), Some(name)) = (owners.first_mut(), name) {
            owner["names"] = json!([name]);
        }
        let at = time(item.created);
        documents.push(json!({
            "document_id": Ids::new(0, &of.id.0).uuid(),
            "metadata": {
                "document_type": "BANK_STATEMENT",
                "is_account_number_match": true,
                "last_updated": at,
                "page_count": 1,
                "uploaded_at": at,
            },
            "risk_insights": {"risk_signals": [], "risk_summary": {"risk_score": 0}},
        }));
    }
    shown["owners"] = owners.into();
    shown["documents"] = documents.into();
    shown
}
