//! Types by their id, serialized as a list: each type has its id inside.

use indexmap::IndexMap;
use serde::{Deserialize, Deserializer, Serializer};

use crate::{TypeDef, TypeId};

pub(crate) fn serialize<S: Serializer>(types: &IndexMap<TypeId, TypeDef>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(types.values())
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<IndexMap<TypeId, TypeDef>, D::Error> {
    let list = Vec::<TypeDef>::deserialize(deserializer)?;
    Ok(list.into_iter().map(|def| (def.id.clone(), def)).collect())
}
