//! What the maintainers' data says about operations and properties: what a call does, and why a value is redacted.

use plaid_catalog::Catalog;
use plaid_catalog::model::{Effect, Field, Idempotency, Kind, Operation, Redaction};

fn operation(path: &str) -> &'static Operation {
    Catalog::plaid().find_operation(path).expect("an operation")
}

fn field(schema: &str, property: &str) -> &'static Field {
    let def = Catalog::plaid().find_type(schema).expect("a type");
    let Kind::Struct(object) = &def.kind else { panic!("{schema} is not an object") };
    object.fields.iter().find(|field| field.wire == property).expect("a property")
}

#[test]
fn calls_that_look_like_reads_are_reads_and_the_others_are_not() {
    for one in &Catalog::plaid().api().operations {
        let verb = one.path.rsplit('/').next().unwrap_or_default();
        let reads =
            one.method == "GET" || matches!(verb, "get" | "list" | "sync" | "search" | "download" | "get_by_id");
        if reads {
            assert_eq!(one.effect, Effect::Reads, "{}", one.path);
        }
        if matches!(verb, "remove" | "cancel" | "revoke" | "terminate" | "invalidate" | "unlink") {
            assert_eq!(one.effect, Effect::Deletes, "{}", one.path);
        }
        if one.effect == Effect::Reads {
            assert_eq!(one.idempotency, Idempotency::Idempotent, "{}", one.path);
        }
    }
    for path in ["/transfer/create", "/wallet/transaction/execute", "/payment_initiation/payment/create"] {
        assert_eq!(operation(path).effect, Effect::MovesMoney);
    }
    assert_eq!(operation("/link/token/create").effect, Effect::Writes);
}

#[test]
fn redacted_values_give_access_or_are_about_a_person() {
    for (schema, property) in [
        ("ItemPublicTokenExchangeResponse", "access_token"),
        ("LinkTokenCreateResponse", "link_token"),
        ("LinkTokenCreateResponse", "hosted_link_url"),
        ("NumbersACH", "account"),
        ("PartnerEndCustomerSecrets", "production"),
        ("PhysicalDocumentImages", "original_front"),
    ] {
        assert_eq!(field(schema, property).redacted, Some(Redaction::Credential), "{schema}.{property}");
    }
    for (schema, property) in [("NumbersACH", "routing"), ("Owner", "names"), ("LinkTokenCreateRequestUser", "ssn")] {
        assert_eq!(field(schema, property).redacted, Some(Redaction::Personal), "{schema}.{property}");
    }
    assert_eq!(field("AccountBase", "account_id").redacted, None);
}
