//! The products of an API: the modules of its SDK.

use api_model::{Operation, Text};

use crate::data::Data;

/// A product.
#[derive(Clone, Copy, Debug)]
pub struct Product<'a> {
    data: &'a Data,
    index: usize,
    /// Its name: that of its module in Rust.
    pub name: &'a str,
    /// What it is about, in one line.
    pub about: &'a str,
    /// More about it.
    pub text: Option<&'a Text>,
}

impl<'a> Product<'a> {
    pub(super) fn all(data: &'a Data) -> impl Iterator<Item = Self> {
        let modules = data.layout.modules.iter().enumerate().filter(|(_, module)| !module.shared);
        modules.map(move |(index, module)| Self {
            data,
            index,
            name: &module.name,
            about: &module.about,
            text: module.text.as_ref(),
        })
    }

    /// Its operations, in the document's order.
    pub fn operations(&self) -> impl Iterator<Item = &'a Operation> + use<'a> {
        let Data { api, layout } = self.data;
        layout.operations_of(api, self.index)
    }
}
