//! The names of operations and products, as models see them.

use plaid_catalog::Catalog;
use plaid_catalog::model::Operation;

/// The name of an operation: that of the SDK's method.
pub fn of(catalog: &Catalog, operation: &Operation) -> String {
    catalog.layout().operations.get(&operation.id).map_or_else(|| operation.id.clone(), |layout| layout.name.clone())
}

/// The operation of this name, or a text that says which names are close.
pub fn operation<'c>(catalog: &'c Catalog, name: &str) -> Result<&'c Operation, String> {
    catalog.find_operation(name).map_err(|error| format!("{error}. search_operations finds operations by what they do"))
}

/// The operations of this product, or a text that lists the products.
pub fn product<'c>(catalog: &'c Catalog, name: &str) -> Result<Vec<&'c Operation>, String> {
    match catalog.product(name) {
        Some(product) => Ok(product.operations().collect()),
        None => Err(format!("unknown product `{name}`. The products are: {}", products(catalog))),
    }
}

/// All products that have operations.
pub fn products(catalog: &Catalog) -> String {
    let names = catalog.products().filter(|product| product.operations().next().is_some()).map(|product| product.name);
    names.collect::<Vec<_>>().join(", ")
}
