//! Whether a choice of fields takes a field in; what decides it is marked as used.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::{Selection, Used};

/// The index of each entry in its list. There are ten thousand lookups in a run.
#[derive(Clone, Debug, Default)]
pub(super) struct Index(OnceCell<Positions>);

#[derive(Clone, Debug)]
struct Positions {
    properties: HashMap<String, usize>,
    fields: HashMap<String, usize>,
    schemas: HashMap<String, usize>,
    except: HashMap<String, usize>,
}

impl Selection {
    /// Whether a field is chosen: the property of a schema, which may refer to another. Marks the entries that say so,
    /// or that say otherwise; `at` is where the choice stands in `sdk.yaml`.
    pub fn find(&self, used: &Used, at: &str, schema: &str, property: &str, referred: Option<&str>) -> bool {
        let positions = self.index.0.get_or_init(|| Positions {
            properties: positions(&self.properties),
            fields: positions(&self.fields),
            schemas: positions(&self.schemas),
            except: positions(&self.except),
        });
        let by_name = positions.properties.get(property);
        let by_schema = referred.and_then(|referred| positions.schemas.get(referred));
        // most fields are in no choice: they need no text of their own
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
        // an exception from nothing stays unmarked, and is reported as unused
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
