//! A hand-made sample, until the generator writes this folder.
#![allow(missing_docs)]

use rust_decimal::Decimal;

use crate::wire::{self, Field, Shape, Slot, View, Wire, no_field};
use crate::{Call, Client, Method, Operation};
impl Client {
    /// `POST /accounts/get`.
    #[inline]
    pub fn accounts_get(&self, request: AccountsGetRequest) -> Call<'_, AccountsGetResponse> {
        Call::new(self, const { &Operation::new("accountsGet", Method::Post, "/accounts/get") }).json(&request)
    }
}

#[derive(Clone)]
#[non_exhaustive]
pub struct AccountsGetRequest {
    pub access_token: String,
}

impl AccountsGetRequest {
    /// With what is required.
    pub fn new(access_token: impl Into<String>) -> Self {
        let mut value = <Self as wire::Record>::blank();
        value.access_token = access_token.into();
        value
    }
}

wire::record!(AccountsGetRequest);

impl wire::Record for AccountsGetRequest {
    fn blank() -> Self {
        Self { access_token: Wire::blank() }
    }

    fn shape(&self) -> &'static Shape {
        const FIELDS: &[Field] = &[
            Field::required("access_token").redacted(),
        ];
        static SHAPE: Shape = Shape::new("AccountsGetRequest", FIELDS, const { &wire::index::<2>(FIELDS) });
        &SHAPE
    }

    fn slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0 => Wire::slot(&mut self.access_token),
            _ => no_field(index),
        }
    }

    fn view(&self, index: usize) -> View<'_> {
        match index {
            0 => Wire::view(&self.access_token),
            _ => no_field(index),
        }
    }
}

#[derive(Clone)]
#[non_exhaustive]
pub struct AccountsGetResponse {
    pub accounts: Vec<AccountBase>,
    pub request_id: String,
}

impl Default for AccountsGetResponse {
    fn default() -> Self {
        <Self as wire::Record>::blank()
    }
}

wire::record!(AccountsGetResponse);

impl wire::Record for AccountsGetResponse {
    fn blank() -> Self {
        Self { accounts: Wire::blank(), request_id: Wire::blank() }
    }

    fn shape(&self) -> &'static Shape {
        const FIELDS: &[Field] = &[
            Field::required("accounts"),
            Field::required("request_id"),
        ];
        static SHAPE: Shape = Shape::new("AccountsGetResponse", FIELDS, const { &wire::index::<4>(FIELDS) });
        &SHAPE
    }

    fn slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0 => Wire::slot(&mut self.accounts),
            1 => Wire::slot(&mut self.request_id),
            _ => no_field(index),
        }
    }

    fn view(&self, index: usize) -> View<'_> {
        match index {
            0 => Wire::view(&self.accounts),
            1 => Wire::view(&self.request_id),
            _ => no_field(index),
        }
    }
}

#[derive(Clone)]
#[non_exhaustive]
pub struct AccountBase {
    pub account_id: String,
    pub balances: AccountBalance,
    pub mask: Option<String>,
    pub name: String,
}

impl Default for AccountBase {
    fn default() -> Self {
        <Self as wire::Record>::blank()
    }
}

wire::record!(AccountBase);

impl wire::Record for AccountBase {
    fn blank() -> Self {
        Self { account_id: Wire::blank(), balances: Wire::blank(), mask: Wire::blank(), name: Wire::blank() }
    }

    fn shape(&self) -> &'static Shape {
        const FIELDS: &[Field] = &[
            Field::required("account_id"),
            Field::required("balances"),
            Field::optional("mask"),
            Field::required("name"),
        ];
        static SHAPE: Shape = Shape::new("AccountBase", FIELDS, const { &wire::index::<8>(FIELDS) });
        &SHAPE
    }

    fn slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0 => Wire::slot(&mut self.account_id),
            1 => Wire::slot(&mut self.balances),
            2 => Wire::slot(&mut self.mask),
            3 => Wire::slot(&mut self.name),
            _ => no_field(index),
        }
    }

    fn view(&self, index: usize) -> View<'_> {
        match index {
            0 => Wire::view(&self.account_id),
            1 => Wire::view(&self.balances),
            2 => Wire::view(&self.mask),
            3 => Wire::view(&self.name),
            _ => no_field(index),
        }
    }
}

#[derive(Clone)]
#[non_exhaustive]
pub struct AccountBalance {
    pub available: Option<Decimal>,
    pub current: Option<Decimal>,
    pub limit: Option<Decimal>,
    pub iso_currency_code: Option<String>,
}

impl Default for AccountBalance {
    fn default() -> Self {
        <Self as wire::Record>::blank()
    }
}

wire::record!(AccountBalance);

impl wire::Record for AccountBalance {
    fn blank() -> Self {
        Self { available: Wire::blank(), current: Wire::blank(), limit: Wire::blank(), iso_currency_code: Wire::blank() }
    }

    fn shape(&self) -> &'static Shape {
        const FIELDS: &[Field] = &[
            Field::optional("available"),
            Field::optional("current"),
            Field::optional("limit"),
            Field::optional("iso_currency_code"),
        ];
        static SHAPE: Shape = Shape::new("AccountBalance", FIELDS, const { &wire::index::<8>(FIELDS) });
        &SHAPE
    }

    fn slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0 => Wire::slot(&mut self.available),
            1 => Wire::slot(&mut self.current),
            2 => Wire::slot(&mut self.limit),
            3 => Wire::slot(&mut self.iso_currency_code),
            _ => no_field(index),
        }
    }

    fn view(&self, index: usize) -> View<'_> {
        match index {
            0 => Wire::view(&self.available),
            1 => Wire::view(&self.current),
            2 => Wire::view(&self.limit),
            3 => Wire::view(&self.iso_currency_code),
            _ => no_field(index),
        }
    }
}

