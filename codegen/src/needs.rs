//! The decisions that a person must make about a new document: what OpenAPI can't express about its new operations and
//! properties. Each comes with lines to paste into our own files.
//!
//! The suggestions are based on the words in the existing entries.

mod clients;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub use self::clients::clients;

use crate::config::{Roles, Sdk};
use crate::diff::{Diff, Document, What};
use crate::layout::modules;
use crate::pass::samples;
use api_model::layout::Layout;
use api_model::{Api, Effect, Field, Idempotency, Kind, Operation, ResponseBody, Type, TypeDef};

/// A decision to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The question.
    pub what: String,
    /// The file for the answer, below `spec/`.
    pub file: String,
    /// Lines to start from.
    pub paste: String,
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n  in spec/{}:", self.what, self.file)?;
        for line in self.paste.lines() {
            writeln!(f, "    {line}")?;
        }
        Ok(())
    }
}

/// All decisions for a diff.
pub fn of(diff: &Diff, new: &Document) -> Vec<Need> {
    let mut needs = Vec::new();
    let finder = Finder { api: &new.api, layout: &new.layout, sdk: &new.sdk };
    let added: Vec<&Operation> = diff
        .changes
        .iter()
        .filter(|change| matches!(change.what, What::OperationAdded | What::OperationMoved))
        .filter_map(|change| finder.operation(&change.at))
        .collect();
    finder.modules(&added, &mut needs);
    finder.reads(&added, &mut needs);
    for operation in &added {
        finder.effect(operation, &mut needs);
        finder.idempotency(operation, &mut needs);
        finder.pagination(operation, &mut needs);
        finder.documentation(operation, &mut needs);
    }
    finder.properties(diff, &mut needs);
    finder.samples(&added, &mut needs);
    needs
}

/// The lines of `sdk.yaml` before the path of an operation that only reads.
const READS: &str = "effects:\n  reads:\n    - ";

struct Finder<'a> {
    api: &'a Api,
    layout: &'a Layout,
    sdk: &'a Sdk,
}

impl<'a> Finder<'a> {
    /// An operation by its method and path.
    fn operation(&self, at: &str) -> Option<&'a Operation> {
        let (method, path) = at.split_once(' ')?;
        self.api.operations.iter().find(|operation| operation.method == method && operation.path == path)
    }

    /// Operations without an entry for their module.
    fn modules(&self, added: &[&Operation], needs: &mut Vec<Need>) {
        let mut new: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for operation in added.iter().filter(|operation| modules::entry_of(&operation.path, self.sdk).is_none()) {
            let name = modules::module_of(&operation.path, self.sdk);
            new.entry(name).or_default().push(&operation.path);
        }
        for (name, paths) in new {
            needs.push(Need {
                what: format!("a module for {}; without an entry it is `{name}`", paths.join(", ")),
                file: "sdk.yaml".to_owned(),
                paste: format!("modules:\n  {name}:\n    paths: [{name}]\n    about: \"\""),
            });
        }
    }

    /// Whether a new operation deletes or moves money, as others with such a path do.
    fn effect(&self, operation: &Operation, needs: &mut Vec<Need>) {
        let path = &operation.path;
        let is_like = |other: &&String| last_segment(other) == last_segment(path);
        let is_near = |other: &&String| is_like(other) && first_segment(other) == first_segment(path);
        let effects = &self.sdk.effects;
        let guess = match (effects.deletes.iter().find(is_like), effects.moves_money.iter().find(is_near)) {
            _ if operation.effect != Effect::Writes => return,
            (Some(other), _) => ("deletes", format!("{other} removes, revokes or cancels something")),
            (None, Some(other)) => ("moves_money", format!("{other} moves money")),
            (None, None) => return,
        };
        let (list, why) = guess;
        needs.push(Need {
            what: format!("what {path} does: {why}; without an entry it counts as writing only"),
            file: "sdk.yaml".to_owned(),
            paste: format!("effects:\n  {list}:\n    - {path}"),
        });
    }

    /// Whether a new operation is idempotent.
    fn idempotency(&self, operation: &Operation, needs: &mut Vec<Need>) {
        if !Self::is_unmarked(operation) {
            return;
        }
        let path = &operation.path;
        let (guess, paste) = match (self.key(operation), self.reason(path)) {
            (Some(key), _) => (
                format!("it has an idempotency key, `{}`", key.wire),
                format!("idempotency:\n  keys:\n    {path}: {}", key.wire),
            ),
            (None, Some(paste)) => {
                (format!("other operations whose paths end in `{}` are", last_segment(path)), format!("{paste}{path}"))
            }
            (None, None) => return,
        };
        needs.push(Need {
            what: format!("whether {path} is idempotent: {guess}; without an entry it is never retried"),
            file: "sdk.yaml".to_owned(),
            paste,
        });
    }

    /// Whether nothing is known about retries of an operation.
    fn is_unmarked(operation: &Operation) -> bool {
        operation.idempotency == Idempotency::None && operation.method != "GET"
    }

    /// The property of a request that is an idempotency key elsewhere.
    fn key(&self, operation: &Operation) -> Option<&'a Field> {
        let keys = &self.sdk.idempotency.keys;
        self.request(operation)?.iter().find(|field| keys.values().any(|key| *key == field.wire))
    }

    /// The list of most operations with the same last segment that are idempotent, as the lines before a further path.
    fn reason(&self, path: &str) -> Option<String> {
        let like_it = |paths: &[String]| paths.iter().filter(|other| last_segment(other) == last_segment(path)).count();
        let reasons = self.sdk.idempotency.idempotent.iter();
        let reasons = reasons
            .map(|(reason, paths)| (like_it(paths), format!("idempotency:\n  idempotent:\n    {reason}:\n      - ")))
            .chain([(like_it(&self.sdk.effects.reads), READS.to_owned())]);
        reasons.max_by_key(|(count, _)| *count).filter(|(count, _)| *count > 0).map(|(_, lines)| lines)
    }

    /// By product, new operations whose names don't show whether they write.
    fn reads(&self, added: &[&Operation], needs: &mut Vec<Need>) {
        let is_unclear = |operation: &&&Operation| {
            Self::is_unmarked(operation) && self.key(operation).is_none() && self.reason(&operation.path).is_none()
        };
        let mut unclear: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for operation in added.iter().filter(is_unclear) {
            unclear.entry(self.product(operation)).or_default().push(&operation.path);
        }
        for (product, paths) in unclear {
            needs.push(Need {
                what: format!("{product}: which of {} only read; the others are never retried", paths.join(", ")),
                file: "sdk.yaml".to_owned(),
                paste: format!("{READS}{}", paths.join("\n    - ")),
            });
        }
    }

    /// The product of an operation.
    fn product(&self, operation: &Operation) -> &'a str {
        self.layout.module_of(operation).map_or("", |index| self.layout.module_name(index))
    }

    /// A new operation whose requests and responses look like those of paged operations.
    fn pagination(&self, operation: &Operation, needs: &mut Vec<Need>) {
        if operation.paging.is_some() {
            return;
        }
        let (Some(request), Some(response)) = (self.request(operation), self.response(operation)) else { return };
        let has = |fields: &[Field], name: &str| fields.iter().any(|field| field.wire == name);
        let list = response.iter().find(|field| matches!(field.ty, Type::List(_)));
        for (style, entries) in self.sdk.pagination.styles() {
            type Role = fn(&Roles) -> Option<&String>;
            let words = |role: Role| -> BTreeSet<&String> { entries.values().filter_map(role).collect() };
            let found = |fields: &[Field], role: Role| words(role).into_iter().find(|word| has(fields, word)).cloned();
            let at = found(request, |roles| roles.cursor.as_ref())
                .map(|word| ("cursor", word))
                .or_else(|| found(request, |roles| roles.offset.as_ref()).map(|word| ("offset", word)))
                .or_else(|| found(request, |roles| roles.after.as_ref()).map(|word| ("after", word)));
            let (Some((role, at)), Some(list)) = (at, list) else { continue };
            let mut lines = vec![format!("items: {}", list.wire), format!("{role}: {at}")];
            let rest: [(&str, &[Field], Role); 5] = [
                ("count", request, |roles| roles.count.as_ref()),
                ("next_cursor", response, |roles| roles.next_cursor.as_ref()),
                ("has_more", response, |roles| roles.has_more.as_ref()),
                ("total", response, |roles| roles.total.as_ref()),
                ("last_id", response, |roles| roles.last_id.as_ref()),
            ];
            for (name, fields, role) in rest {
                lines.extend(found(fields, role).map(|word| format!("{name}: {word}")));
            }
            let lines = lines.join("\n      ");
            needs.push(Need {
                what: format!("how the responses of {} are paged: it takes `{at}` and returns a list", operation.path),
                file: "sdk.yaml".to_owned(),
                paste: format!("pagination:\n  {}:\n    {}:\n      {lines}", style.key(), operation.path),
            });
            return;
        }
    }

    /// A new operation without a text.
    fn documentation(&self, operation: &Operation, needs: &mut Vec<Need>) {
        if operation.docs.summary.is_some() || operation.docs.description.is_some() {
            return;
        }
        let module = self.product(operation);
        needs.push(Need {
            what: format!("what {} does, in our own words", operation.path),
            file: format!("docs/{module}.yaml"),
            paste: format!("operations:\n  {}:\n    summary: \"\"\n    text: \"\"", operation.id),
        });
    }

    /// By product, strings of new operations that have no value from a hint or a rule. Those of minimal requests come
    /// first, since `gen` refuses them.
    fn samples(&self, added: &[&Operation], needs: &mut Vec<Need>) {
        let mut lacking: BTreeMap<(&str, bool), BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
        for operation in added {
            for string in samples::lacking(self.api, operation) {
                let of = lacking.entry((self.product(operation), !string.needed)).or_default();
                of.entry(string.property).or_default().insert(string.schema);
            }
        }
        for ((product, is_optional), strings) in lacking {
            let named = strings.iter().map(|(property, schemas)| {
                let schemas: Vec<&str> = schemas.iter().map(String::as_str).collect();
                format!("`{property}` of {}", schemas.join(", "))
            });
            let use_of = if is_optional { "in samples" } else { "in each request" };
            let lines: Vec<String> = strings.keys().map(|property| format!("    {property}: \"\"")).collect();
            needs.push(Need {
                what: format!(
                    "{product}: what a person would write {use_of} for {}",
                    named.collect::<Vec<_>>().join("; ")
                ),
                file: "sdk.yaml".to_owned(),
                paste: format!("samples:\n  properties:\n{}", lines.join("\n")),
            });
        }
    }

    /// New numbers without an entry for their kind, and new strings with names like those of secrets.
    fn properties(&self, diff: &Diff, needs: &mut Vec<Need>) {
        let mut numbers: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let mut secrets: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let words = self.secret_words();
        for (def, field) in self.added(diff) {
            if self.is_undecided(def, field) {
                numbers.entry(&field.wire).or_default().push(def.id.to_string());
            }
            if field.redacted.is_none()
                && matches!(field.ty.leaf(), Type::String)
                && words.contains(last_word(&field.wire))
            {
                secrets.entry(&field.wire).or_default().push(def.id.to_string());
            }
        }
        for (name, schemas) in numbers {
            needs.push(Need {
                what: format!(
                    "what the number `{name}` of {} is: money or a quantity (decimal), rounded (float), whole (integer)",
                    schemas.join(", ")
                ),
                file: "sdk.yaml".to_owned(),
                paste: format!("numbers:\n  decimal:\n    properties:\n      - {name}"),
            });
        }
        for (name, schemas) in secrets {
            needs.push(Need {
                what: format!(
                    "whether `{name}` of {} must be redacted: most names that end in `{}` are",
                    schemas.join(", "),
                    last_word(name)
                ),
                file: "sdk.yaml".to_owned(),
                paste: format!("redact:\n  personal:\n    properties:\n      - {name}"),
            });
        }
    }

    /// The last words of names for which most strings are redacted.
    fn secret_words(&self) -> BTreeSet<&'a str> {
        let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for def in self.api.types.values() {
            let Kind::Struct(object) = &def.kind else { continue };
            for field in object.fields.iter().filter(|field| *field.ty.leaf() == Type::String) {
                let (secret, all) = counts.entry(last_word(&field.wire)).or_default();
                *secret += usize::from(field.redacted.is_some());
                *all += 1;
            }
        }
        counts.into_iter().filter(|(_, (secret, all))| secret * 2 > *all).map(|(word, _)| word).collect()
    }

    /// The added properties, including those of added schemas.
    fn added(&self, diff: &Diff) -> Vec<(&'a TypeDef, &'a Field)> {
        let mut added = Vec::new();
        for change in &diff.changes {
            let (id, wire) = match (change.what, change.new_type(), change.new_member()) {
                (What::SchemaAdded | What::SchemaUsed, Some(id), _) => (id, None),
                (What::PropertyAdded, Some(id), Some(property)) => (id, Some(property)),
                _ => continue,
            };
            let Some(def) = self.api.types.get(id) else { continue };
            let Kind::Struct(object) = &def.kind else { continue };
            let fields = object.caller_fields().filter(|field| wire.is_none_or(|wire| field.wire == wire));
            added.extend(fields.map(|field| (def, field)));
        }
        added
    }

    /// Whether it is a number without an entry for its kind.
    fn is_undecided(&self, def: &TypeDef, field: &Field) -> bool {
        let referred = match &field.ty {
            Type::Named(id) => Some(id.to_string()),
            _ => None,
        };
        let decimal = &self.sdk.numbers.decimal;
        *field.ty.leaf() == Type::Decimal
            && !decimal.find(&self.sdk.used, "#/numbers/decimal", &def.id.to_string(), &field.wire, referred.as_deref())
    }

    fn request(&self, operation: &Operation) -> Option<&'a [Field]> {
        self.fields(&operation.body.as_ref()?.ty)
    }

    fn response(&self, operation: &Operation) -> Option<&'a [Field]> {
        match &operation.response.body {
            ResponseBody::Json(ty) => self.fields(ty),
            ResponseBody::Binary(_) | ResponseBody::Empty => None,
        }
    }

    fn fields(&self, ty: &Type) -> Option<&'a [Field]> {
        let Type::Named(id) = ty else { return None };
        match &self.api.types.get(id)?.kind {
            Kind::Struct(object) => Some(&object.fields),
            _ => None,
        }
    }
}

/// The first segment of a path: mostly the product.
fn first_segment(path: &str) -> &str {
    path.split('/').nth(1).unwrap_or_default()
}

/// The last segment of a path.
fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// The last word of a name, without the plural ending.
fn last_word(name: &str) -> &str {
    let word = name.rsplit('_').next().unwrap_or(name);
    word.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(word)
}
