//! The owner of all accounts of `user_good`, as measured.

use serde_json::{Value, json};

/// The owner, as responses contain it.
pub fn owner() -> Value {
    json!({
        "addresses": [
            {
                "data": {
                    "city": "Malakoff",
                    "country": "US",
                    "postal_code": "14236",
                    "region": "NY",
                    "street": "2992 Cameron Road",
                },
                "primary": true,
            },
            {
                "data": {
                    "city": "San Matias",
                    "country": "US",
                    "postal_code": "93405-2255",
                    "region": "CA",
                    "street": "2493 Leisure Lane",
                },
                "primary": false,
            },
        ],
        "emails": [
            {"data": "accountholder0@example.com", "primary": true, "type": "primary"},
            {"data": "accountholder1@example.com", "primary": false, "type": "secondary"},
            {
                "data": "extraordinarily.long.email.username.123456@reallylonghostname.com",
                "primary": false,
                "type": "other",
            },
        ],
        "names": ["Alberta Bobbeth Charleson"],
        "phone_numbers": [
            {"data": "1112223333", "primary": false, "type": "home"},
            {"data": "1112224444", "primary": false, "type": "work"},
            {"data": "1112225555", "primary": false, "type": "mobile1"},
        ],
    })
}
