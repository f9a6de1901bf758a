//! Properties that newer clients of Plaid require and the document of this version lacks. A response has them as well: the
//! clients of strict languages can't read it without them.

use serde_json::{Map, Value, json};

/// Adds what newer clients require of an object of a schema.
pub fn add(schema: &str, object: &mut Map<String, Value>) {
    let extra = match schema {
        "BankTransferEvent" => json!({"receiver_details": {"available_balance": null}}),
        "CraCreditProfileReportMetadata" => json!({"investment_account_type_count": 0}),
        "PayrollIncomeObject" => json!({"i20s": []}),
        "TransferAuthorizationProposedTransfer" => json!({"requested_amount": object.get("amount")}),
        "UserAccountSessionGetResponse" => json!({"link_session_id": null}),
        _ => return,
    };
    for (name, value) in extra.as_object().into_iter().flatten() {
        object.entry(name).or_insert_with(|| value.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::add;
    use serde_json::{Map, json};

    #[test]
    fn what_is_there_stays() {
        let mut object = Map::from_iter([("amount".to_owned(), json!("12.34"))]);
        add("TransferAuthorizationProposedTransfer", &mut object);
        assert_eq!(object["requested_amount"], "12.34");
        object.insert("requested_amount".to_owned(), json!("1.00"));
        add("TransferAuthorizationProposedTransfer", &mut object);
        assert_eq!(object["requested_amount"], "1.00");
        let before = object.clone();
        add("Transfer", &mut object);
        assert_eq!(object, before);
    }
}
