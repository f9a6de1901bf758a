//! What `sdk.yaml` says of calls, held against the document: whether a request may arrive twice, and how responses come in
//! pages.

use crate::config::{Roles, Sdk};
use crate::diag::{Pointer, Report};
use crate::ir::{
    Api, Field, Idempotency, Kind, Operation, Pages, Paging, Property, ResponseBody, SyncPages, Type, TypeId,
};

/// Fills in the idempotency and paging of operations. What doesn't fit is an error for the document that the file is
/// written for (`strict`); of another, a note, and the operation stays without.
pub fn run(api: &mut Api, sdk: &Sdk, strict: bool, report: &mut Report) {
    let settled: Vec<_> = api
        .operations
        .iter()
        .map(|operation| {
            let mut finder = Finder { api, sdk, strict, report, at: Pointer::root() };
            (finder.idempotency(operation), finder.paging(operation))
        })
        .collect();
    for (operation, (idempotency, paging)) in api.operations.iter_mut().zip(settled) {
        // The client has a key where the caller gives none, so nobody has to.
        if let Idempotency::Key(property) = &idempotency
            && let Some(Type::Named(request)) = operation.body.as_ref().map(|body| &body.ty)
            && let Some(Kind::Struct(object)) = api.types.get_mut(request).map(|def| &mut def.kind)
        {
            object.fields.iter_mut().filter(|field| field.wire == *property).for_each(|field| field.required = false);
        }
        operation.idempotency = idempotency;
        operation.paging = paging;
    }
}

struct Finder<'a> {
    api: &'a Api,
    sdk: &'a Sdk,
    strict: bool,
    report: &'a mut Report,
    /// The entry of `sdk.yaml` that is looked at.
    at: Pointer,
}

impl<'a> Finder<'a> {
    fn idempotency(&mut self, operation: &Operation) -> Idempotency {
        let root = Pointer::root().child("idempotency");
        let idempotency = &self.sdk.idempotency;
        if let Some(property) = idempotency.keys.get(&operation.path) {
            self.at = root.child("keys").child(&operation.path);
            self.sdk.used.mark(self.at.as_str());
            let has = self.request(operation).and_then(|request| self.field(&request, property));
            return has.map_or(Idempotency::None, |_| Idempotency::Key(property.clone()));
        }
        for (reason, paths) in &idempotency.idempotent {
            if let Some(index) = paths.iter().position(|path| *path == operation.path) {
                self.sdk.used.mark(root.child("idempotent").child(reason).index(index).as_str());
                return Idempotency::Idempotent;
            }
        }
        Idempotency::None
    }

    fn paging(&mut self, operation: &Operation) -> Option<Paging> {
        let sdk = self.sdk;
        let (style, roles) = sdk
            .pagination
            .styles()
            .into_iter()
            .find_map(|(style, paths)| Some((style, paths.get(&operation.path)?)))?;
        self.at = Pointer::root().child("pagination").child(style).child(&operation.path);
        self.sdk.used.mark(self.at.as_str());
        let (request, response) = (self.request(operation)?, self.response(operation)?);
        match style {
            "sync" => self.sync(request, response, roles).map(Paging::Sync),
            "cursor" => self.pages(request, response, roles, "CURSOR", "Cursor", &roles.cursor).map(Paging::List),
            "offset" => self.pages(request, response, roles, "OFFSET", "Offset", &roles.offset).map(Paging::List),
            "offset_of_sifted" => {
                self.pages(request, response, roles, "OFFSET_OF_SIFTED", "Offset", &roles.offset).map(Paging::List)
            }
            _ => self.pages(request, response, roles, "AFTER", "After", &roles.after).map(Paging::List),
        }
    }

    fn pages(
        &mut self,
        request: TypeId,
        response: TypeId,
        roles: &Roles,
        style: &'static str,
        position: &'static str,
        at: &Option<String>,
    ) -> Option<Pages> {
        let at = self.said(at, "where a page begins")?;
        let at = self.property(&request, at)?;
        let count = match &roles.count {
            Some(count) => Some(self.property(&request, count)?),
            None => None,
        };
        let items = self.said(&roles.items, "items")?;
        let items = self.field(&response, items)?;
        let item = self.element(items)?;
        let mut rest = Vec::new();
        for (role, name, of, good) in [
            (
                "next",
                &roles.next_cursor,
                &response,
                (|ty| matches!(ty, Type::String | Type::DateTime)) as fn(&Type) -> bool,
            ),
            ("more", &roles.has_more, &response, |ty| *ty == Type::Bool),
            ("total", &roles.total, &response, |ty| *ty == Type::Integer),
            ("last", &roles.last_id, &item, |ty| *ty == Type::Integer),
            ("key", &roles.key, &item, |ty| matches!(ty, Type::String | Type::Integer)),
        ] {
            let Some(name) = name else { continue };
            let field = self.field(of, name)?;
            // These two are read as they are.
            let must_be_there = matches!(role, "more" | "last");
            if !good(self.resolved(&field.ty)) || must_be_there && (!field.required || field.nullable) {
                self.tell(format!("`{name}` can't be {role}: its type or presence does not fit"));
                return None;
            }
            rest.push((role, field.name.clone()));
        }
        let sizes = match roles.sizes.as_slice() {
            [default, most] => Some((*default, *most)),
            [] => None,
            _ => {
                self.tell("`sizes` has two numbers: the default and the most".to_owned());
                return None;
            }
        };
        let items = items.name.clone();
        Some(Pages { request, response, item, style, position, sizes, at, count, items, rest })
    }

    fn sync(&mut self, request: TypeId, response: TypeId, roles: &Roles) -> Option<SyncPages> {
        let cursor = self.said(&roles.cursor, "cursor")?;
        let count = self.said(&roles.count, "count")?;
        let request_properties =
            [self.field(&request, cursor)?.name.clone(), self.field(&request, count)?.name.clone()];
        let mut lists = Vec::new();
        for (role, name) in [("added", &roles.added), ("modified", &roles.modified), ("removed", &roles.removed)] {
            let name = self.said(name, role)?;
            lists.push(self.field(&response, name)?);
        }
        let [added, modified, removed] = lists.as_slice() else { return None };
        let (row, gone) = (self.element(added)?, self.element(removed)?);
        if self.element(modified)? != row {
            self.tell("`added` and `modified` hold different types".to_owned());
            return None;
        }
        let accounts = self.said(&roles.accounts, "accounts")?;
        let accounts = self.field(&response, accounts)?;
        let account = match self.resolved(&accounts.ty) {
            Type::List(element) => named(element),
            ty => named(ty),
        };
        // The runtime takes what it can go over: a list, or one that may be missing.
        let goes_over = matches!(self.resolved(&accounts.ty), Type::List(_)) || accounts.nullable || !accounts.required;
        let Some(account) = account.filter(|_| goes_over) else {
            self.tell(format!("`{}` is neither a list of accounts nor one that may be missing", accounts.wire));
            return None;
        };
        let account_id = self.said(&roles.account_id, "account_id")?;
        let account_id = self.field(&account, account_id)?.name.clone();
        let mut names = [added, modified, removed, &accounts].map(|field| field.name.clone()).to_vec();
        for (role, name) in
            [("next_cursor", &roles.next_cursor), ("has_more", &roles.has_more), ("status", &roles.status)]
        {
            let name = self.said(name, role)?;
            let field = self.field(&response, name)?;
            if !field.required || field.nullable {
                self.tell(format!("`{name}` is not always there"));
                return None;
            }
            names.push(field.name.clone());
        }
        let response_properties = names.try_into().ok()?;
        Some(SyncPages { request, response, row, gone, account, account_id, request_properties, response_properties })
    }

    fn request(&mut self, operation: &Operation) -> Option<TypeId> {
        let found = operation.body.as_ref().and_then(|body| self.object(&body.ty));
        if found.is_none() {
            self.tell(format!("`{}` takes no object", operation.id));
        }
        found
    }

    fn response(&mut self, operation: &Operation) -> Option<TypeId> {
        let found = match &operation.response.body {
            ResponseBody::Json(ty) => self.object(ty),
            ResponseBody::Binary(_) | ResponseBody::Empty => None,
        };
        if found.is_none() {
            self.tell(format!("`{}` gives no object", operation.id));
        }
        found
    }

    /// The struct that a type is.
    fn object(&self, ty: &Type) -> Option<TypeId> {
        let id = named(self.resolved(ty))?;
        matches!(self.api.types.get(&id)?.kind, Kind::Struct(_)).then_some(id)
    }

    fn said<'r>(&mut self, role: &'r Option<String>, what: &str) -> Option<&'r str> {
        if role.is_none() {
            self.tell(format!("nothing says which property is {what}"));
        }
        role.as_deref()
    }

    fn property(&mut self, of: &TypeId, name: &str) -> Option<Property> {
        let Some((parent, child)) = name.split_once('.') else {
            return Some(Property { inside: None, name: self.field(of, name)?.name.clone() });
        };
        let parent = self.field(of, parent)?;
        let Some(inner) = self.object(&parent.ty) else {
            self.tell(format!("`{}` is no object", parent.wire));
            return None;
        };
        Some(Property { inside: Some(parent.name.clone()), name: self.field(&inner, child)?.name.clone() })
    }

    fn field(&mut self, of: &TypeId, name: &str) -> Option<&'a Field> {
        let found = match self.api.types.get(of).map(|def| &def.kind) {
            Some(Kind::Struct(object)) => object.fields.iter().find(|field| field.wire == name),
            _ => None,
        };
        if found.is_none() {
            self.tell(format!("`{}` has no property `{name}`", of.0));
        }
        found
    }

    /// The named type of a list's elements.
    fn element(&mut self, field: &Field) -> Option<TypeId> {
        let element = match self.resolved(&field.ty) {
            Type::List(element) if field.required && !field.nullable => self.object(element),
            _ => None,
        };
        if element.is_none() {
            self.tell(format!("`{}` is no list of objects that is always there", field.wire));
        }
        element
    }

    /// The type behind its names and boxes.
    fn resolved<'t>(&self, ty: &'t Type) -> &'t Type
    where
        'a: 't,
    {
        match ty {
            Type::Boxed(inner) => self.resolved(inner),
            Type::Named(id) => match self.api.types.get(id).map(|def| &def.kind) {
                Some(Kind::Alias(target)) => self.resolved(target),
                _ => ty,
            },
            ty => ty,
        }
    }

    fn tell(&mut self, what: String) {
        if self.strict {
            let help = "correct the entry as the document has it, or remove it";
            self.report.error(&self.sdk.file, &self.at, what, help);
        } else {
            self.report.note(&self.sdk.file, &self.at, what, "the operation is made without");
        }
    }
}

fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(id.clone()),
        Type::Nullable(inner) | Type::Boxed(inner) => named(inner),
        _ => None,
    }
}
