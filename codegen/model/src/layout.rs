//! How an API looks in Rust: names, modules, boxes, and how each property is set. The generator computes it from the
//! model. It is serialized with the model, so that a tool can write exact Rust without the generator.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::{Api, Field, Operation, Struct, Text, TypeDef, TypeId};

/// Keywords of Rust: as identifiers they need `r#`.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Whether a name is a keyword of Rust, which needs `r#` as an identifier.
pub fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// The layout of a whole API.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Layout {
    /// The modules, sorted by name.
    pub modules: Vec<Module>,
    /// The types, in the order of [`Api::types`].
    #[serde(with = "crate::entries")]
    pub types: IndexMap<TypeId, TypeLayout>,
    /// The operations, by `operationId`.
    pub operations: IndexMap<String, OperationLayout>,
    /// The names of the variants for webhooks, in the order of [`Api::events`].
    pub events: Vec<String>,
    /// The names of the variants for codes of errors, in the order of [`Api::error_codes`].
    pub error_codes: Vec<String>,
    /// How examples name the SDK. If it is absent, no examples are generated.
    pub examples: Option<Examples>,
}

/// A module of the SDK: a product, or the types that several products share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Module {
    /// Its name in Rust, and its feature's name.
    pub name: String,
    /// What it is about, in one line.
    pub about: String,
    /// More about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// Whether it contains the types that several modules use. It then has no feature of its own.
    #[serde(default, skip_serializing_if = "crate::form::is_false")]
    pub shared: bool,
}

/// How examples in the docs name the SDK.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Examples {
    /// The crate's name in Rust.
    pub of: String,
    /// The variable for the client.
    pub client: String,
}

/// The layout of a type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TypeLayout {
    /// Its name in Rust.
    pub name: String,
    /// Its module, an index into [`Layout::modules`].
    pub module: usize,
    /// The modules whose operations or webhooks reach it, as indices into [`Layout::modules`].
    pub users: Vec<usize>,
    /// Whether some field or variant contains it in a box, since it contains itself.
    #[serde(default, skip_serializing_if = "crate::form::is_false")]
    pub is_boxed: bool,
    /// Its members.
    pub members: Members,
    /// The name of the struct of required fields that the constructor takes, if it takes them by name: several have one
    /// type, and arguments could be swapped. Without it, each required field is an argument.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<String>,
}

impl TypeLayout {
    /// The names that the type needs in its module: its own, and that of the struct which its constructor takes.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [self.name.as_str()].into_iter().chain(self.required.as_deref())
    }
}

/// The members of a type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Members {
    /// A struct's fields, by property. A property without an entry has no field, since the client sends it.
    Fields(IndexMap<String, FieldLayout>),
    /// An enum's variants, in the order of its values.
    Values(Vec<String>),
    /// A union's variants, in the order of its alternatives.
    Alternatives(Vec<AlternativeLayout>),
    /// None: the type is an alias.
    Alias,
}

/// The layout of a property.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldLayout {
    /// The field's name in Rust, without `r#`.
    pub name: String,
    /// How an absent or null property looks.
    pub presence: Presence,
    /// Whether the value is in a box, since its type contains itself.
    #[serde(default, skip_serializing_if = "crate::form::is_false")]
    pub is_boxed: bool,
    /// Whether the client fills in a value if the caller sets none. The field is then optional although the property is
    /// required.
    #[serde(default, skip_serializing_if = "crate::form::is_false")]
    pub is_filled_in: bool,
}

impl FieldLayout {
    /// Whether the type's constructor takes it, as an argument or by name.
    pub fn is_argument(&self) -> bool {
        self.presence == Presence::Required
    }
}

/// How the presence of a property looks in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// `T`.
    Required,
    /// `Option<T>`, written as `null` when it is `None`.
    Nullable,
    /// `Option<T>`, left out when it is `None`.
    Optional,
    /// `Nullable<T>`: left out, `null`, or a value. The setter takes a value; `null` is assigned to the field.
    OptionalNullable,
}

impl Presence {
    /// The presence of a property. The difference between `null` and an absent property only matters in requests.
    pub fn of(required: bool, nullable: bool, is_request: bool) -> Self {
        match (required, nullable) {
            (true, false) => Self::Required,
            (true, true) => Self::Nullable,
            (false, true) if is_request => Self::OptionalNullable,
            (false, _) => Self::Optional,
        }
    }
}

/// The layout of an alternative of a union.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AlternativeLayout {
    /// The variant's name in Rust.
    pub name: String,
    /// Whether the value is in a box, since its type contains the union.
    #[serde(default, skip_serializing_if = "crate::form::is_false")]
    pub is_boxed: bool,
}

/// The layout of an operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OperationLayout {
    /// The method's name in Rust.
    pub name: String,
    /// Its module, an index into [`Layout::modules`].
    pub module: usize,
    /// The struct of the parameters outside the body, if there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameters: Option<ParametersLayout>,
}

/// The layout of the parameters of an operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParametersLayout {
    /// The struct's name in Rust.
    pub name: String,
    /// Its fields, in the order of [`Operation::parameters`].
    pub fields: Vec<FieldLayout>,
    /// The name of the struct of required fields that its constructor takes, as in [`TypeLayout::required`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<String>,
}

impl Layout {
    /// The name of a type in Rust. For a type without generated code, its id is returned.
    pub fn name(&self, id: &TypeId) -> String {
        self.types.get(id).map_or_else(|| id.to_string(), |layout| layout.name.clone())
    }

    /// The module of an operation, an index into [`Layout::modules`].
    pub fn module_of(&self, operation: &Operation) -> Option<usize> {
        self.operations.get(&operation.id).map(|layout| layout.module)
    }

    /// The module's name, empty for an index past the end.
    pub fn module_name(&self, index: usize) -> &str {
        self.modules.get(index).map_or("", |module| module.name.as_str())
    }

    /// The fields of a struct with their layout. Properties that the client sends are left out.
    pub fn fields<'a>(
        &'a self,
        id: &TypeId,
        object: &'a Struct,
    ) -> impl Iterator<Item = (&'a Field, &'a FieldLayout)> + use<'a> {
        let layouts = match self.types.get(id).map(|layout| &layout.members) {
            Some(Members::Fields(layouts)) => Some(layouts),
            _ => None,
        };
        object.fields.iter().filter_map(move |field| Some((field, layouts?.get(&field.wire)?)))
    }

    /// The operations of a module.
    pub fn operations_of<'a>(&'a self, api: &'a Api, module: usize) -> impl Iterator<Item = &'a Operation> + use<'a> {
        api.operations.iter().filter(move |operation| self.module_of(operation) == Some(module))
    }

    /// The types of a module, with their layout.
    pub fn types_of<'a>(
        &'a self,
        api: &'a Api,
        module: usize,
    ) -> impl Iterator<Item = (&'a TypeDef, &'a TypeLayout)> + use<'a> {
        let layouts = self.types.iter().filter(move |(_, layout)| layout.module == module);
        layouts.filter_map(|(id, layout)| Some((api.types.get(id)?, layout)))
    }
}
