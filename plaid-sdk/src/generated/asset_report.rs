//! A hand-made sample, until the generator writes this folder.
#![allow(missing_docs)]

use crate::wire::{self, Field, Shape, Slot, View, Wire, no_field};
use crate::{Call, Client, Download, Method, Operation};
impl Client {
    /// `POST /asset_report/pdf/get`.
    #[inline]
    pub fn asset_report_pdf_get(&self, request: AssetReportPdfGetRequest) -> Call<'_, Download> {
        Call::new(self, const { &Operation::new("assetReportPdfGet", Method::Post, "/asset_report/pdf/get") }).json(&request)
    }
}

#[derive(Clone)]
#[non_exhaustive]
pub struct AssetReportPdfGetRequest {
    pub asset_report_token: String,
}

impl AssetReportPdfGetRequest {
    /// With what is required.
    pub fn new(asset_report_token: impl Into<String>) -> Self {
        let mut value = <Self as wire::Record>::blank();
        value.asset_report_token = asset_report_token.into();
        value
    }
}

wire::record!(AssetReportPdfGetRequest);

impl wire::Record for AssetReportPdfGetRequest {
    fn blank() -> Self {
        Self { asset_report_token: Wire::blank() }
    }

    fn shape(&self) -> &'static Shape {
        const FIELDS: &[Field] = &[
            Field::required("asset_report_token").redacted(),
        ];
        static SHAPE: Shape = Shape::new("AssetReportPdfGetRequest", FIELDS, const { &wire::index::<2>(FIELDS) });
        &SHAPE
    }

    fn slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0 => Wire::slot(&mut self.asset_report_token),
            _ => no_field(index),
        }
    }

    fn view(&self, index: usize) -> View<'_> {
        match index {
            0 => Wire::view(&self.asset_report_token),
            _ => no_field(index),
        }
    }
}

