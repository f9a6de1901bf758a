//! The counts of what a run found, generated and left out. They must add up.

use std::collections::BTreeMap;
use std::fmt;

use api_model::layout::Layout;
use api_model::{Api, Kind, SkippedKind};

/// The counts of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// `info.version`.
    pub version: String,
    /// Operations in the document.
    pub operations_found: usize,
    /// Operations that became methods.
    pub operations: usize,
    /// Named schemas in the document.
    pub schemas_found: usize,
    /// Named schemas that became types.
    pub schemas: usize,
    /// Types made for schemas without a name.
    pub inline: usize,
    /// Among the types: structs, enums, unions, aliases.
    pub kinds: [usize; 4],
    /// Fields of structs.
    pub fields: usize,
    /// Listed values of enums.
    pub variants: usize,
    /// Webhook schemas.
    pub webhooks: usize,
    /// (type, code) pairs of webhooks.
    pub webhook_pairs: usize,
    /// Modules.
    pub modules: usize,
    /// How many of them have a text.
    pub told: Told,
    /// What was left out, by reason.
    pub left_out: BTreeMap<(SkippedKind, String), Vec<String>>,
}

/// How many items are documented in prose, the document's or the maintainers'.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Operations.
    pub operations: usize,
    /// Types.
    pub types: usize,
    /// Fields of structs.
    pub fields: usize,
    /// Listed values of enums.
    pub variants: usize,
}

impl Summary {
    /// Counts an API.
    pub fn of(api: &Api, layout: &Layout) -> Self {
        let mut summary = Self {
            version: api.version.clone(),
            operations_found: api.found.operations,
            operations: api.operations.len(),
            schemas_found: api.found.schemas,
            webhook_pairs: api.webhooks.len(),
            modules: layout.modules.len(),
            ..Self::default()
        };
        let mut webhooks: Vec<_> = api.webhooks.iter().map(|webhook| &webhook.body).collect();
        webhooks.sort();
        webhooks.dedup();
        summary.webhooks = webhooks.len();
        summary.told.operations = api.operations.iter().filter(|operation| operation.docs.is_told()).count();
        for def in api.types.values() {
            summary.told.types += usize::from(def.docs.is_told());
            if def.id.name().is_some() {
                summary.schemas += 1;
            } else {
                summary.inline += 1;
            }
            let kind = match &def.kind {
                Kind::Struct(object) => {
                    summary.fields += object.caller_fields().count();
                    summary.told.fields += object.caller_fields().filter(|field| field.docs.is_told()).count();
                    0
                }
                Kind::Enum(list) => {
                    summary.variants += list.values.len();
                    summary.told.variants += list.values.iter().filter(|value| value.docs.is_told()).count();
                    1
                }
                Kind::Union(_) => 2,
                Kind::Alias(_) => 3,
            };
            summary.kinds[kind] += 1;
        }
        for skipped in &api.skipped {
            summary.left_out.entry((skipped.what, skipped.reason.clone())).or_default().push(skipped.name.clone());
        }
        summary
    }

    /// Whether found = generated + left out, for operations and for schemas.
    pub fn reconciles(&self) -> bool {
        self.operations_found == self.operations && self.schemas_found == self.schemas + self.left(SkippedKind::Schema)
    }

    fn left(&self, kind: SkippedKind) -> usize {
        self.left_out.iter().filter(|((what, _), _)| *what == kind).map(|(_, names)| names.len()).sum()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [structs, enums, unions, aliases] = self.kinds;
        writeln!(f, "document     {}", self.version)?;
        writeln!(f, "operations   {} found = {} generated", self.operations_found, self.operations)?;
        writeln!(
            f,
            "schemas      {} found = {} generated + {} left out",
            self.schemas_found,
            self.schemas,
            self.left(SkippedKind::Schema)
        )?;
        writeln!(
            f,
            "types        {} = {structs} structs + {enums} enums + {unions} unions + {aliases} aliases, {} of them for schemas without a name",
            structs + enums + unions + aliases,
            self.inline
        )?;
        writeln!(f, "fields       {}", self.fields)?;
        writeln!(f, "enum values  {}", self.variants)?;
        writeln!(f, "webhooks     {} for {} (type, code) pairs", self.webhooks, self.webhook_pairs)?;
        writeln!(f, "modules      {}", self.modules)?;
        let Told { operations: told, types, fields, variants } = self.told;
        let counts = [
            (told, self.operations, "operations"),
            (types, structs + enums + unions + aliases, "types"),
            (fields, self.fields, "fields"),
            (variants, self.variants, "enum values"),
        ];
        let counts = counts.map(|(told, all, what)| format!("{told} of {all} {what} ({:.1} %)", percent(told, all)));
        writeln!(f, "documented   {}", counts.join(", "))?;
        for ((what, reason), names) in &self.left_out {
            let what = match what {
                SkippedKind::Path => "path item",
                SkippedKind::Schema => "schema",
                SkippedKind::MediaType => "media type",
                SkippedKind::Callback => "callback",
                SkippedKind::Header => "header parameter",
            };
            writeln!(f, "left out     {} {what}{}: {reason}", names.len(), crate::diag::plural(names.len()))?;
            if names.len() <= 12 {
                writeln!(f, "               {}", names.join(", "))?;
            }
        }
        if !self.reconciles() {
            writeln!(f, "These counts do not add up. This is a bug in the generator.")?;
        }
        Ok(())
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 100.0 } else { part as f64 * 100.0 / whole as f64 }
}
