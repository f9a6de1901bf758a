//! Reading any JSON value.

use serde::de::{MapAccess, SeqAccess};
use serde_json::{Map, Value};

pub(super) fn fill_json_list<'de, A: SeqAccess<'de>>(out: &mut Value, mut seq: A) -> Result<(), A::Error> {
    let mut list = Vec::new();
    while let Some(value) = seq.next_element()? {
        list.push(value);
    }
    *out = Value::Array(list);
    Ok(())
}

pub(super) fn fill_json_object<'de, A: MapAccess<'de>>(
    out: &mut Map<String, Value>,
    mut map: A,
) -> Result<(), A::Error> {
    out.clear();
    while let Some((key, value)) = map.next_entry()? {
        out.insert(key, value);
    }
    Ok(())
}
