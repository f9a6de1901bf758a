//! Traversals of a model: the types that a type refers to, the target of a name, and everything that is reachable from
//! given types.

use std::collections::HashSet;

use indexmap::IndexSet;

use crate::{Api, Body, Field, Idempotency, Kind, Operation, ResponseBody, Struct, Type, TypeDef, TypeId};

impl Type {
    /// The named type in it, looking through lists, maps and `null`. A type refers to one at most.
    pub fn named(&self) -> Option<&TypeId> {
        match self.leaf() {
            Self::Named(id) => Some(id),
            _ => None,
        }
    }

    /// The innermost type, looking through lists, maps and `null`.
    pub fn leaf(&self) -> &Self {
        match self {
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.leaf(),
            leaf => leaf,
        }
    }
}

impl Kind {
    /// The types of its members, in the document's order. Credentials are left out, since no code is generated for
    /// their types.
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::Struct(object) => {
                object.caller_fields().map(|field| &field.ty).chain(object.additional.typed()).collect()
            }
            Self::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
            Self::Alias(ty) => vec![ty],
            Self::Enum(_) => Vec::new(),
        }
    }

    /// The named types that it refers to, including those whose properties it merges in.
    pub fn refs(&self) -> impl Iterator<Item = &TypeId> {
        let merged = match self {
            Self::Struct(object) => object.merged.as_slice(),
            Self::Union(_) | Self::Alias(_) | Self::Enum(_) => &[],
        };
        self.types().into_iter().filter_map(Type::named).chain(merged)
    }
}

impl Struct {
    /// The properties that a caller sets or reads: all except the credentials, which the client sends.
    pub fn caller_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| !field.is_credential)
    }
}

impl Operation {
    /// The types of its parameters and of its request's body.
    pub fn request_types(&self) -> impl Iterator<Item = &Type> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.field.ty);
        parameters.chain(self.body.iter().map(|body| &body.ty))
    }

    /// The types of its responses' bodies, the success response first.
    pub fn response_types(&self) -> impl Iterator<Item = &Type> {
        let body = match &self.response.body {
            ResponseBody::Json(ty) => Some(ty),
            ResponseBody::Binary(_) | ResponseBody::Empty => None,
        };
        body.into_iter().chain(self.errors.iter().filter_map(|error| error.ty.as_ref()))
    }
}

impl Api {
    /// The definition of a type, reached or not.
    pub fn get(&self, id: &TypeId) -> Option<&TypeDef> {
        self.types.get(id).or_else(|| self.unreached.get(id))
    }

    /// The struct of this id, if it is one.
    pub fn object(&self, id: &TypeId) -> Option<&Struct> {
        match &self.get(id)?.kind {
            Kind::Struct(object) => Some(object),
            Kind::Enum(_) | Kind::Union(_) | Kind::Alias(_) => None,
        }
    }

    /// The type behind its names: the target of an alias, at any depth.
    pub fn resolve<'a>(&'a self, ty: &'a Type) -> &'a Type {
        let mut ty = ty;
        // The generator rejects cycles of aliases, but a deserialized model may have one.
        for _ in 0..=self.types.len() {
            match ty {
                Type::Named(id) => match self.get(id).map(|def| &def.kind) {
                    Some(Kind::Alias(target)) => ty = target,
                    _ => return ty,
                },
                _ => return ty,
            }
        }
        ty
    }

    /// The idempotency keys among the properties of requests: a client fills them in.
    pub fn idempotency_keys(&self) -> HashSet<(&TypeId, &str)> {
        fn key(operation: &Operation) -> Option<(&TypeId, &str)> {
            match (&operation.idempotency, &operation.body) {
                (Idempotency::Key(property), Some(Body { ty: Type::Named(id), .. })) => Some((id, property)),
                _ => None,
            }
        }
        self.operations.iter().filter_map(key).collect()
    }

    /// Every type that the roots lead to, themselves included, in the order in which they are found.
    pub fn reach<'a>(&'a self, roots: impl IntoIterator<Item = &'a TypeId>) -> IndexSet<&'a TypeId> {
        let mut reached = IndexSet::new();
        let mut open: Vec<&TypeId> = roots.into_iter().collect();
        while let Some(id) = open.pop() {
            if let Some(def) = self.types.get(id)
                && reached.insert(id)
            {
                open.extend(def.kind.refs());
            }
        }
        reached
    }
}
