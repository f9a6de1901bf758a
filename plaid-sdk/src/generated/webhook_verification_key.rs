//! A hand-made sample, until the generator writes this folder.
#![allow(missing_docs)]

use crate::wire::{self, Field, Shape, Slot, View, Wire, no_field};
use crate::{Call, Client, Method, Operation};
impl Client {
    /// `POST /webhook_verification_key/get`.
    #[inline]
    pub fn webhook_verification_key_get(&self, request: WebhookVerificationKeyGetRequest) -> Call<'_, WebhookVerificationKeyGetResponse> {
        Call::new(self, const { &Operation::new("webhookVerificationKeyGet", Method::Post, "/webhook_verification_key/get") }).json(&request)
    }
}

#[derive(Clone)]
#[non_exhaustive]
pub struct WebhookVerificationKeyGetRequest {
    pub key_id: String,
}

impl WebhookVerificationKeyGetRequest {
    /// With what is required.
    pub fn new(key_id: impl Into<String>) -> Self {
        let mut value = <Self as wire::Record>::blank();
        value.key_id = key_id.into();
        value
    }
}

wire::record!(WebhookVerificationKeyGetRequest);

impl wire::Record for WebhookVerificationKeyGetRequest {
    fn blank() -> Self {
        Self { key_id: Wire::blank() }
    }

    fn shape(&self) -> &'static Shape {
        const FIELDS: &[Field] = &[
            Field::required("key_id"),
        ];
        static SHAPE: Shape = Shape::new("WebhookVerificationKeyGetRequest", FIELDS, const { &wire::index::<2>(FIELDS) });
        &SHAPE
    }

    fn slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0 => Wire::slot(&mut self.key_id),
            _ => no_field(index),
        }
    }

    fn view(&self, index: usize) -> View<'_> {
        match index {
            0 => Wire::view(&self.key_id),
            _ => no_field(index),
        }
    }
}

#[derive(Clone)]
#[non_exhaustive]
pub struct WebhookVerificationKeyGetResponse {
    pub key: JwkPublicKey,
    pub request_id: String,
}

impl Default for WebhookVerificationKeyGetResponse {
    fn default() -> Self {
        <Self as wire::Record>::blank()
    }
}

wire::record!(WebhookVerificationKeyGetResponse);

impl wire::Record for WebhookVerificationKeyGetResponse {
    fn blank() -> Self {
        Self { key: Wire::blank(), request_id: Wire::blank() }
    }

    fn shape(&self) -> &'static Shape {
        const FIELDS: &[Field] = &[
            Field::required("key"),
            Field::required("request_id"),
        ];
        static SHAPE: Shape = Shape::new("WebhookVerificationKeyGetResponse", FIELDS, const { &wire::index::<4>(FIELDS) });
        &SHAPE
    }

    fn slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0 => Wire::slot(&mut self.key),
            1 => Wire::slot(&mut self.request_id),
            _ => no_field(index),
        }
    }

    fn view(&self, index: usize) -> View<'_> {
        match index {
            0 => Wire::view(&self.key),
            1 => Wire::view(&self.request_id),
            _ => no_field(index),
        }
    }
}

#[derive(Clone)]
#[non_exhaustive]
pub struct JwkPublicKey {
    pub alg: String,
    pub crv: String,
    pub kid: String,
    pub kty: String,
    pub r#use: String,
    pub x: String,
    pub y: String,
    pub created_at: i64,
    pub expired_at: Option<i64>,
}

impl Default for JwkPublicKey {
    fn default() -> Self {
        <Self as wire::Record>::blank()
    }
}

wire::record!(JwkPublicKey);

impl wire::Record for JwkPublicKey {
    fn blank() -> Self {
        Self { alg: Wire::blank(), crv: Wire::blank(), kid: Wire::blank(), kty: Wire::blank(), r#use: Wire::blank(), x: Wire::blank(), y: Wire::blank(), created_at: Wire::blank(), expired_at: Wire::blank() }
    }

    fn shape(&self) -> &'static Shape {
        const FIELDS: &[Field] = &[
            Field::required("alg"),
            Field::required("crv"),
            Field::required("kid"),
            Field::required("kty"),
            Field::required("use"),
            Field::required("x"),
            Field::required("y"),
            Field::required("created_at"),
            Field::optional("expired_at"),
        ];
        static SHAPE: Shape = Shape::new("JwkPublicKey", FIELDS, const { &wire::index::<16>(FIELDS) });
        &SHAPE
    }

    fn slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0 => Wire::slot(&mut self.alg),
            1 => Wire::slot(&mut self.crv),
            2 => Wire::slot(&mut self.kid),
            3 => Wire::slot(&mut self.kty),
            4 => Wire::slot(&mut self.r#use),
            5 => Wire::slot(&mut self.x),
            6 => Wire::slot(&mut self.y),
            7 => Wire::slot(&mut self.created_at),
            8 => Wire::slot(&mut self.expired_at),
            _ => no_field(index),
        }
    }

    fn view(&self, index: usize) -> View<'_> {
        match index {
            0 => Wire::view(&self.alg),
            1 => Wire::view(&self.crv),
            2 => Wire::view(&self.kid),
            3 => Wire::view(&self.kty),
            4 => Wire::view(&self.r#use),
            5 => Wire::view(&self.x),
            6 => Wire::view(&self.y),
            7 => Wire::view(&self.created_at),
            8 => Wire::view(&self.expired_at),
            _ => no_field(index),
        }
    }
}

