//! Schemas that nothing generated refers to. Each is left out with a reason. They are still checked, since a mistake in
//! one may be the reason why it is unused.

use indexmap::IndexMap;

use super::context::{Context, schema_at};
use super::schema;
use api_model::{SkippedKind, TypeDef, TypeId};

/// Lists the schemas that were not reached, and returns their types. Call it last, after the reached types were taken
/// out.
pub(super) fn account_for(cx: &mut Context<'_>) -> IndexMap<TypeId, TypeDef> {
    let unreached: Vec<&str> = cx.schema_names().filter(|name| !cx.is_reached(name)).collect();
    for name in &unreached {
        let reason = if let Some(media) = cx.bytes.get(name) {
            format!("it describes the bytes of {media}")
        } else if cx.sdk.credentials.schemas.iter().any(|credential| credential == name) {
            "it is the caller's credential, which the client sends".to_owned()
        } else {
            "no operation or webhook refers to it".to_owned()
        };
        cx.skip(SkippedKind::Schema, name, &schema_at(name), reason);
    }
    cx.be_lenient();
    for name in unreached {
        schema::named(cx, name);
    }
    std::mem::take(&mut cx.types)
}
