//! Which file of its module a type is in.

use api_model::layout::Layout;
use api_model::{Kind, TypeDef};

/// Whether a type is in a file below its module's.
pub fn is_below(layout: &Layout, def: &TypeDef) -> bool {
    let module = layout.types.get(&def.id).and_then(|of| layout.modules.get(of.module));
    module.is_some_and(|module| module.shared) && !is_plain(def)
}

/// Whether it is only another name for a type of Rust or the runtime.
pub fn is_plain(def: &TypeDef) -> bool {
    matches!(&def.kind, Kind::Alias(of) if of.named().is_none())
}
