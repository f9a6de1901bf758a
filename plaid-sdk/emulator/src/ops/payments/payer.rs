//! The account that payments come from.

use crate::state::{Currency, Payer, PayerNumbers};

/// The account of the Sandbox's user that pays.
pub fn account(currency: Currency) -> Payer {
    let bacs = (currency == Currency::Gbp).then(|| ("31926819".to_owned(), "601613".to_owned()));
    let iban = bacs.is_none().then(|| "GB29NWBK60161331926819".to_owned());
    Payer { name: "Alberta Bobbeth Charleson".to_owned(), numbers: PayerNumbers { iban, bacs } }
}
