//! The liabilities of an Item.

use crate::data::liabilities::{LIABILITIES, details};
use crate::state::{Item, Liability, Persona};

/// The liabilities of an Item: its own ones, or those of `user_good` in accounts of the same masks.
pub fn liabilities(item: &Item) -> Vec<Liability> {
    if let Some(own) = &item.liabilities {
        return own.clone();
    }
    if item.persona != Persona::Good {
        return Vec::new();
    }
    let of = |mask: &str| {
        item.accounts.iter().find(|account| account.mask == mask && matches!(&*account.kind, "credit" | "loan"))
    };
    let all = LIABILITIES.iter().filter_map(|(mask, kind)| {
        Some(Liability { account: of(mask)?.id.clone(), kind: *kind, details: details(*kind) })
    });
    all.collect()
}
