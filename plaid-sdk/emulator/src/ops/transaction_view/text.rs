//! Transactions as the text of a response. A page has up to 500, and serde takes most of a call's time for them.

use std::fmt::Write;

use chrono::NaiveDate;
use serde_json::Value;

use super::{Category, Counterparty, Row};
use crate::json::{Text, string};

impl Text for Row<'_> {
    fn write(&self, text: &mut String) {
        text.push_str(r#"{"account_id":"#);
        string(text, self.account_id.as_ref());
        text.push_str(r#","account_owner":null,"amount":"#);
        number(text, &self.amount);
        text.push_str(r#","authorized_date":"#);
        date(text, self.authorized_date);
        text.push_str(r#","authorized_datetime":null,"category":null,"category_id":null,"check_number":null"#);
        text.push_str(r#","counterparties":["#);
        for (place, counterparty) in self.counterparties.iter().enumerate() {
            text.push_str(if place == 0 { "" } else { "," });
            counterparty.write(text);
        }
        text.push_str(r#"],"date":"#);
        date(text, Some(self.date));
        text.push_str(r#","datetime":null,"iso_currency_code":"#);
        string(text, self.iso_currency_code);
        text.push_str(r#","location":{"address":null,"city":null,"country":null,"lat":null,"lon":null"#);
        text.push_str(r#","postal_code":null,"region":null,"store_number":"#);
        optional(text, self.location.store_number);
        text.push_str(r#"},"logo_url":"#);
        optional(text, self.logo_url.as_deref());
        text.push_str(r#","merchant_entity_id":"#);
        optional(text, self.merchant_entity_id);
        text.push_str(r#","merchant_name":"#);
        optional(text, self.merchant_name);
        text.push_str(r#","name":"#);
        string(text, self.name);
        if let Some(original) = self.original_description {
            text.push_str(r#","original_description":"#);
            string(text, original);
        }
        text.push_str(r#","payment_channel":"#);
        string(text, self.payment_channel);
        text.push_str(r#","payment_meta":{"by_order_of":null,"payee":null,"payer":null,"payment_method":"#);
        optional(text, self.payment_meta.payment_method);
        text.push_str(r#","payment_processor":null,"ppd_id":null,"reason":null,"reference_number":null},"pending":"#);
        text.push_str(if self.pending { "true" } else { "false" });
        text.push_str(r#","pending_transaction_id":"#);
        optional(text, self.pending_transaction_id.map(AsRef::as_ref));
        if let Some(category) = &self.personal_finance_category {
            text.push_str(r#","personal_finance_category":"#);
            category.write(text);
        }
        text.push_str(r#","personal_finance_category_icon_url":"#);
        string(text, &self.personal_finance_category_icon_url);
        text.push_str(r#","transaction_code":null,"transaction_id":"#);
        string(text, self.transaction_id.as_ref());
        text.push_str(r#","transaction_type":"#);
        string(text, self.transaction_type);
        text.push_str(r#","unofficial_currency_code":null,"website":"#);
        optional(text, self.website);
        text.push('}');
    }
}

impl Text for Counterparty<'_> {
    fn write(&self, text: &mut String) {
        text.push_str(r#"{"confidence_level":"#);
        string(text, self.confidence_level);
        text.push_str(r#","entity_id":"#);
        optional(text, self.entity_id);
        text.push_str(r#","logo_url":"#);
        optional(text, self.logo_url.as_deref());
        text.push_str(r#","name":"#);
        string(text, self.name);
        text.push_str(r#","type":"#);
        string(text, self.r#type);
        text.push_str(r#","website":"#);
        optional(text, self.website);
        text.push('}');
    }
}

impl Text for Category<'_> {
    fn write(&self, text: &mut String) {
        text.push_str(r#"{"confidence_level":"#);
        string(text, self.confidence_level);
        text.push_str(r#","detailed":"#);
        string(text, self.detailed);
        text.push_str(r#","primary":"#);
        string(text, self.primary);
        text.push_str(r#","version":"#);
        string(text, self.version);
        text.push('}');
    }
}

fn optional(text: &mut String, value: Option<&str>) {
    match value {
        Some(value) => string(text, value),
        None => text.push_str("null"),
    }
}

fn date(text: &mut String, date: Option<NaiveDate>) {
    // Writing into a string does not fail.
    let _written = match date {
        Some(date) => write!(text, "\"{date}\""),
        None => write!(text, "null"),
    };
}

fn number(text: &mut String, number: &Value) {
    let _written = write!(text, "{number}");
}

#[cfg(test)]
mod tests {
    use super::{Row, Text};
    use crate::bank::testing::linked;
    use crate::fields::Fields;
    use crate::ops::transaction_view::Shown;
    use crate::state::TransactionId;
    use serde_json::{Value, json};

    #[test]
    fn the_text_is_that_of_serde() {
        let (tenant, id) = linked("user_good");
        let mut rows: Vec<_> = tenant.items[&id].feed.current().into_iter().cloned().collect();
        let mut strange = rows[0].clone();
        strange.describe(|about| {
            about.name = "a \"quoted\" \\ name\nwith \u{7} é €".to_owned();
            (about.merchant, about.store) = (Some("M".to_owned()), Some("7".to_owned()));
            about.payment_method = Some("ACH".to_owned());
        });
        (strange.pending, strange.was_pending) = (true, Some(TransactionId("before".to_owned())));
        (strange.authorized, strange.amount) = (None, "-0.10".parse().expect("an amount"));
        let mut plain = strange.clone();
        plain.describe(|about| {
            (about.merchant, about.entity, about.website, about.logo) = (None, None, None, None);
        });
        rows.extend([strange, plain]);
        let all = json!({"include_original_description": true, "personal_finance_category_version": "v1"});
        for options in [json!({}), all, json!({"include_personal_finance_category": false})] {
            let shown = Shown::of(Fields(&options));
            for row in &rows {
                let (row, mut text) = (Row::of(row, shown), String::new());
                row.write(&mut text);
                assert_eq!(text, serde_json::to_string(&row).expect("JSON"));
                assert!(serde_json::from_str::<Value>(&text).is_ok(), "{text}");
            }
        }
    }
}
