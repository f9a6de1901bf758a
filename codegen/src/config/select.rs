//! Decides whether a selection contains a field, and marks the entries that decide it as used.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{Selection, Used};

/// The index of each entry in its list. There are ten thousand lookups in a run.
#[derive(Clone, Debug, Default)]
pub(super) struct Index(OnceLock<Positions>);

#[derive(Clone, Debug)]
struct Positions {
    properties: HashMap<String, usize>,
    fields: HashMap<String, usize>,
    schemas: HashMap<String, usize>,
    except: HashMap<String, usize>,
}

impl Selection {
    /// Whether a field is selected: the property of a schema, which may refer to another. Marks the entries that
    /// include or exclude it. `at` is the selection's place in `sdk.yaml`.
    pub fn find(&self, used: &Used, at: &str, schema: &str, property: &str, referred: Option<&str>) -> bool {
        let positions = self.index.0.get_or_init(|| Positions {
            properties: positions(&self.properties),
            fields: positions(&self.fields),
            schemas: positions(&self.schemas),
            except: positions(&self.except),
        });
        let by_name = positions.properties.get(property);
        let by_schema = referred.and_then(|referred| positions.schemas.get(referred));
        // most fields are in no selection, so don't allocate a text for them
        if by_name.is_none() && by_schema.is_none() && positions.fields.is_empty() {
            return false;
        }
        let field = format!("{schema}.{property}");
        let by_field = positions.fields.get(&field);
        for (list, found) in [("properties", by_name), ("schemas", by_schema), ("fields", by_field)] {
            if let Some(index) = found {
                used.mark(format!("{at}/{list}/{index}"));
            }
        }
        if by_field.is_some() {
            return true;
        }
        if by_name.is_none() && by_schema.is_none() {
            return false;
        }
        // an exception that excludes nothing is not marked, and is reported as unused
        match positions.except.get(&field) {
            Some(index) => {
                used.mark(format!("{at}/except/{index}"));
                false
            }
            None => true,
        }
    }
}

fn positions(names: &[String]) -> HashMap<String, usize> {
    names.iter().enumerate().map(|(index, name)| (name.clone(), index)).collect()
}
