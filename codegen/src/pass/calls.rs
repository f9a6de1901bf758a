//! Checks what `sdk.yaml` says about calls against the document: what operations do, which of them are
//! idempotent, and how responses are paged.

use crate::config::{PagingStyle, Roles, Sdk};
use crate::diag::{Pointer, Report};
use api_model::{
    Api, BodyMedia, Effect, Field, Idempotency, List, ListStyle, Operation, PageSizes, Paging, Property, ResponseBody,
    Sync, Type, TypeId,
};

/// Fills in the idempotency and paging of operations. An entry that doesn't fit is an error if the file is written for
/// this document (`strict`). Otherwise it is a note, and the operation is generated without it.
pub fn run(api: &mut Api, sdk: &Sdk, strict: bool, report: &mut Report) {
    let settled: Vec<_> = api
        .operations
        .iter()
        .map(|operation| {
            let mut finder = Finder { api, sdk, strict, report, at: Pointer::root() };
            (finder.effect(operation), finder.idempotency(operation), finder.paging(operation))
        })
        .collect();
    for (operation, (effect, idempotency, paging)) in api.operations.iter_mut().zip(settled) {
        operation.effect = effect;
        operation.idempotency = idempotency;
        operation.paging = paging;
    }
}

/// Whether a property's type can play a role.
type Fits = fn(&Type) -> bool;

/// The presence that a role needs.
#[derive(PartialEq, Eq)]
enum Needs {
    Nothing,
    /// Required and not nullable: the runtime reads it as it is.
    Presence,
}

struct Finder<'a> {
    api: &'a Api,
    sdk: &'a Sdk,
    strict: bool,
    report: &'a mut Report,
    /// The entry of `sdk.yaml` that is being checked.
    at: Pointer,
}

impl<'a> Finder<'a> {
    fn effect(&mut self, operation: &Operation) -> Effect {
        for (effect, name, paths) in self.sdk.effects.lists() {
            if let Some(index) = paths.iter().position(|path| *path == operation.path) {
                self.sdk.used.mark(Pointer::root().child("effects").child(name).index(index).as_str());
                return effect;
            }
        }
        Effect::Writes
    }

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
        if self.sdk.effects.reads.contains(&operation.path) { Idempotency::Idempotent } else { Idempotency::None }
    }

    fn paging(&mut self, operation: &Operation) -> Option<Paging> {
        let sdk = self.sdk;
        let (style, roles) = sdk
            .pagination
            .styles()
            .into_iter()
            .find_map(|(style, paths)| Some((style, paths.get(&operation.path)?)))?;
        self.at = Pointer::root().child("pagination").child(style.key()).child(&operation.path);
        self.sdk.used.mark(self.at.as_str());
        let (request, response) = (self.request(operation)?, self.response(operation)?);
        if operation.body.as_ref().is_some_and(|body| body.media != BodyMedia::Json) {
            self.tell(format!(
                "the request of `{}` is not JSON, and the SDK requests further pages as JSON",
                operation.id
            ));
            return None;
        }
        match style {
            PagingStyle::Sync => self.sync(request, response, roles).map(Paging::Sync),
            PagingStyle::Cursor | PagingStyle::Offset | PagingStyle::FilteredOffset | PagingStyle::After => {
                self.list(style, request, response, roles).map(Paging::List)
            }
        }
    }

    fn list(&mut self, style: PagingStyle, request: TypeId, response: TypeId, roles: &Roles) -> Option<List> {
        let start = match style {
            PagingStyle::Cursor | PagingStyle::Sync => &roles.cursor,
            PagingStyle::Offset | PagingStyle::FilteredOffset => &roles.offset,
            PagingStyle::After => &roles.after,
        };
        let start = self.said(start, "where a page begins")?;
        let start = self.property(&request, start)?;
        let count = match &roles.count {
            Some(count) => Some(self.property(&request, count)?),
            None => None,
        };
        let items = self.said(&roles.items, "items")?;
        let items = self.field(&response, items)?;
        let item = self.element(items)?;
        let is_cursor: Fits = |ty| matches!(ty, Type::String | Type::DateTime);
        let is_key: Fits = |ty| matches!(ty, Type::String | Type::Integer);
        let next = self.role("next", &roles.next_cursor, &response, is_cursor, Needs::Nothing)?;
        let more = self.role("more", &roles.has_more, &response, |ty| *ty == Type::Bool, Needs::Presence)?;
        let total = self.role("total", &roles.total, &response, |ty| *ty == Type::Integer, Needs::Nothing)?;
        let last = self.role("last", &roles.last_id, &item, |ty| *ty == Type::Integer, Needs::Presence)?;
        let key = self.role("key", &roles.key, &item, is_key, Needs::Nothing)?;
        let style = match style {
            PagingStyle::Cursor | PagingStyle::Sync => {
                ListStyle::Cursor { next: self.said(&next, "next_cursor")?.to_owned() }
            }
            PagingStyle::Offset => ListStyle::Offset,
            PagingStyle::FilteredOffset => ListStyle::FilteredOffset,
            PagingStyle::After => ListStyle::After { id: self.said(&last, "last_id")?.to_owned() },
        };
        let sizes = match roles.sizes.as_slice() {
            [default, max] => Some(PageSizes { default: *default, max: *max }),
            [] => None,
            _ => {
                self.tell("`sizes` must be two numbers: the default and the maximum".to_owned());
                return None;
            }
        };
        Some(List { request, response, item, style, start, count, sizes, items: items.wire.clone(), more, total, key })
    }

    /// The property with a role. Returns `Some(None)` if the entry names none, and `None` if it does not fit.
    fn role(
        &mut self,
        role: &str,
        name: &Option<String>,
        of: &TypeId,
        fits: Fits,
        needs: Needs,
    ) -> Option<Option<String>> {
        let Some(name) = name else { return Some(None) };
        let field = self.field(of, name)?;
        let is_there = field.required && !field.nullable;
        if !fits(self.api.resolve(&field.ty)) || needs == Needs::Presence && !is_there {
            self.tell(format!("`{name}` can't be {role}: its type or presence does not fit"));
            return None;
        }
        Some(Some(field.wire.clone()))
    }

    fn sync(&mut self, request: TypeId, response: TypeId, roles: &Roles) -> Option<Sync> {
        let cursor = self.said(&roles.cursor, "cursor")?;
        let cursor = self.field(&request, cursor)?.wire.clone();
        let count = self.said(&roles.count, "count")?;
        let count = self.field(&request, count)?.wire.clone();
        let added = self.changes(&response, &roles.added, "added")?;
        let modified = self.changes(&response, &roles.modified, "modified")?;
        let removed = self.changes(&response, &roles.removed, "removed")?;
        let (row, gone) = (self.element(added)?, self.element(removed)?);
        if self.element(modified)? != row {
            self.tell("`added` and `modified` have different element types".to_owned());
            return None;
        }
        let accounts = self.said(&roles.accounts, "accounts")?;
        let accounts = self.field(&response, accounts)?;
        let resolved = self.api.resolve(&accounts.ty);
        let account = match resolved {
            Type::List(element) => element.named(),
            ty => ty.named(),
        };
        // The runtime can iterate over a list, or over an optional list.
        let goes_over = matches!(resolved, Type::List(_)) || accounts.nullable || !accounts.required;
        let Some(account) = account.filter(|_| goes_over).cloned() else {
            self.tell(format!("`{}` is neither a list of accounts nor an optional one", accounts.wire));
            return None;
        };
        let account_id = self.said(&roles.account_id, "account_id")?;
        let account_id = self.field(&account, account_id)?.wire.clone();
        Some(Sync {
            next_cursor: self.always(&response, &roles.next_cursor, "next_cursor")?,
            has_more: self.always(&response, &roles.has_more, "has_more")?,
            status: self.always(&response, &roles.status, "status")?,
            request,
            response,
            row,
            gone,
            account,
            account_id,
            cursor,
            count,
            added: added.wire.clone(),
            modified: modified.wire.clone(),
            removed: removed.wire.clone(),
            accounts: accounts.wire.clone(),
        })
    }

    fn changes(&mut self, response: &TypeId, name: &Option<String>, role: &str) -> Option<&'a Field> {
        let name = self.said(name, role)?;
        self.field(response, name)
    }

    /// A property that is in every response.
    fn always(&mut self, response: &TypeId, name: &Option<String>, role: &str) -> Option<String> {
        let name = self.said(name, role)?;
        let field = self.field(response, name)?;
        if !field.required || field.nullable {
            self.tell(format!("`{name}` is not always present"));
            return None;
        }
        Some(field.wire.clone())
    }

    fn request(&mut self, operation: &Operation) -> Option<TypeId> {
        let found = operation.body.as_ref().and_then(|body| self.object(&body.ty));
        if found.is_none() {
            self.tell(format!("the request of `{}` is not an object", operation.id));
        }
        found
    }

    fn response(&mut self, operation: &Operation) -> Option<TypeId> {
        let found = match &operation.response.body {
            ResponseBody::Json(ty) => self.object(ty),
            ResponseBody::Binary(_) | ResponseBody::Empty => None,
        };
        if found.is_none() {
            self.tell(format!("the response of `{}` is not an object", operation.id));
        }
        found
    }

    /// The struct that a type is.
    fn object(&self, ty: &Type) -> Option<TypeId> {
        let id = self.api.resolve(ty).named()?;
        self.api.object(id).map(|_| id.clone())
    }

    fn said<'r>(&mut self, role: &'r Option<String>, what: &str) -> Option<&'r str> {
        if role.is_none() {
            self.tell(format!("the entry does not say which property is {what}"));
        }
        role.as_deref()
    }

    fn property(&mut self, of: &TypeId, name: &str) -> Option<Property> {
        let Some((parent, child)) = name.split_once('.') else {
            return Some(Property { inside: None, name: self.field(of, name)?.wire.clone() });
        };
        let parent = self.field(of, parent)?;
        let Some(inner) = self.object(&parent.ty) else {
            self.tell(format!("`{}` is not an object", parent.wire));
            return None;
        };
        Some(Property { inside: Some(parent.wire.clone()), name: self.field(&inner, child)?.wire.clone() })
    }

    fn field(&mut self, of: &TypeId, name: &str) -> Option<&'a Field> {
        let found = self.api.object(of).and_then(|object| object.caller_fields().find(|field| field.wire == name));
        if found.is_none() {
            self.tell(format!("`{of}` has no property `{name}`"));
        }
        found
    }

    /// The named type of a list's elements.
    fn element(&mut self, field: &Field) -> Option<TypeId> {
        let element = match self.api.resolve(&field.ty) {
            Type::List(element) if field.required && !field.nullable => self.object(element),
            _ => None,
        };
        if element.is_none() {
            self.tell(format!("`{}` is not a list of objects that is always present", field.wire));
        }
        element
    }

    fn tell(&mut self, what: String) {
        if self.strict {
            let help = "correct the entry to match the document, or remove it";
            self.report.error(&self.sdk.file, &self.at, what, help);
        } else {
            self.report.note(&self.sdk.file, &self.at, what, "the operation is generated without it");
        }
    }
}
