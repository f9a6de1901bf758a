//! Assigns each difference between the surfaces to the change in the document that causes it.
//!
//! No difference is lost: if its cause is not found, it becomes a change of its own.

use std::collections::HashMap;

use super::change::Subject;
use super::parts::owner;
use super::reach::Reach;
use super::side::Side;
use super::{Change, Effect, What};
use crate::emit;
use crate::surface::{Difference, Item, Member};
use api_model::layout::{Members, OperationLayout, ParametersLayout};
use api_model::{Enum, EnumValue, Field, Kind, Operation, Struct, Type, TypeDef, TypeId};

/// Assigns each difference to the change that causes it.
pub(super) fn attribute(changes: &mut Vec<Change>, differences: &[Difference], old: &Side<'_>, new: &Side<'_>) {
    let is_deprecated = |change: &Change| change.what == What::Deprecated;
    let deprecated = Index::of(changes, is_deprecated);
    let mut index = Index::of(changes, |change| !is_deprecated(change));
    let sides = [Names::of(old), Names::of(new)];
    for difference in differences {
        let item = &about(&sides, difference.item());
        let by = |index: &Index, cause: fn(&Index, &Names<'_>, usize, &Item) -> Option<usize>| {
            sides.iter().zip([0, 1]).rev().find_map(|(names, side)| cause(index, names, side, item))
        };
        let said = matches!(difference, Difference::Deprecated(_)).then(|| by(&deprecated, part)).flatten();
        let found = said.or_else(|| by(&index, part)).or_else(|| by(&index, whole)).or_else(|| module(changes, item));
        let found = found.or_else(|| by(&deprecated, part)).or_else(|| by(&deprecated, whole));
        let place = found.unwrap_or_else(|| index.other(item, changes, &sides));
        if let Some(change) = changes.get_mut(place) {
            change.build.push(difference.clone());
        }
    }
}

/// The item, or for a struct of required fields the constructor that takes it.
fn about(sides: &[Names<'_>; 2], item: &Item) -> Item {
    match sides.iter().rev().find_map(|names| names.required.get(item.owner.as_str())) {
        None => item.clone(),
        Some(owner) => {
            let is_path = matches!(item.member, Member::In(_));
            let member = if is_path { item.member.clone() } else { Member::Method("new".to_owned()) };
            Item { owner: (*owner).to_owned(), member }
        }
    }
}

/// The operation whose removal or addition removed or added the module.
fn module(changes: &[Change], item: &Item) -> Option<usize> {
    let is_operation = |change: &Change| matches!(change.what, What::OperationRemoved | What::OperationAdded);
    let found = |change: &Change| is_operation(change) && change.modules.contains(&item.owner);
    changes.iter().position(|change| item.member == Member::Module && found(change))
}

/// The changes, by their subject.
#[derive(Default)]
struct Index {
    types: [HashMap<TypeId, Vec<usize>>; 2],
    members: [HashMap<(TypeId, String), Vec<usize>>; 2],
    /// Changes that give an operation another method come before the others.
    operations: [HashMap<String, Vec<usize>>; 2],
    /// By the operation's id and the parameter's name.
    parameters: [HashMap<(String, String), Vec<usize>>; 2],
    /// Changes of how an operation pages, by its id.
    pages: [HashMap<String, usize>; 2],
    /// Changes of the interface that nothing in the document explains, by the type in Rust.
    others: HashMap<String, usize>,
}

impl Index {
    /// Those changes that `takes` selects.
    fn of(changes: &[Change], takes: impl Fn(&Change) -> bool) -> Self {
        let mut index = Self::default();
        // Constraints are only in the docs. A method's signature does not show where and how its call is sent.
        let is_told = |change: &Change| {
            use What::{ConstraintChanged, ConstraintLoosened, ConstraintTightened, DefaultChanged};
            use What::{IdempotencyChanged, OperationServerChanged, StyleChanged};
            matches!(change.what, ConstraintChanged | ConstraintLoosened | ConstraintTightened | DefaultChanged)
                || matches!(change.what, IdempotencyChanged | OperationServerChanged | StyleChanged)
        };
        let taken = changes.iter().enumerate().filter(|(_, change)| takes(change) && !is_told(change));
        for (place, change) in taken {
            let Subject { types, members, operations } = &change.subject;
            for side in [0, 1] {
                if let Some(id) = &operations[side] {
                    match &members[side] {
                        _ if change.what == What::PagingChanged => {
                            index.pages[side].insert(id.clone(), place);
                        }
                        Some(name) => {
                            index.parameters[side].entry((id.clone(), name.clone())).or_default().push(place);
                        }
                        None if members[1 - side].is_none() => {
                            index.operations[side].entry(id.clone()).or_default().push(place);
                        }
                        None => {}
                    }
                }
                let Some(id) = &types[side] else { continue };
                match &members[side] {
                    Some(member) => {
                        index.members[side].entry((id.clone(), member.clone())).or_default().push(place);
                    }
                    None if members[1 - side].is_none() => {
                        index.types[side].entry(id.clone()).or_default().push(place);
                    }
                    None => {}
                }
            }
        }
        // Credentials and errors of an operation are not part of its method's signature.
        let is_apart = |place: &usize| {
            let what = changes.get(*place).map(|change| change.what);
            matches!(what, Some(What::AuthenticationChanged | What::ErrorsChanged))
        };
        for places in index.operations.iter_mut().flat_map(HashMap::values_mut) {
            places.sort_by_key(is_apart);
        }
        index
    }

    fn of_type(&self, side: usize, id: &TypeId) -> Option<usize> {
        self.types[side].get(id).and_then(|places| places.first()).copied()
    }

    fn of_member(&self, side: usize, id: &TypeId, wire: &str) -> Option<usize> {
        self.members[side].get(&(id.clone(), wire.to_owned())).and_then(|places| places.first()).copied()
    }

    /// The change for the unexplained differences of a type, or of a module's re-exports. It is created if there is
    /// none yet.
    fn other(&mut self, item: &Item, changes: &mut Vec<Change>, sides: &[Names<'_>; 2]) -> usize {
        let (owner, passed_on) = match &item.member {
            Member::In(module) => (module.as_str(), Some(module)),
            _ => (item.owner.as_str(), None),
        };
        let at = passed_on.map_or_else(|| owner.to_owned(), |module| format!("module {module}"));
        if let Some(place) = self.others.get(&at) {
            return *place;
        }
        let spot = |names: &Names<'_>| names.types.get(owner).map(|def| names.side.spot(&def.at));
        let [old, new] = sides;
        let modules = new.types.get(owner).and_then(|def| new.side.module_of_type(&def.id)).or(passed_on.cloned());
        changes.push(Change {
            what: What::InterfaceChanged,
            at: at.clone(),
            detail: String::new(),
            modules: modules.into_iter().collect(),
            old: spot(old),
            new: spot(new),
            reach: Reach::default(),
            wire: Effect::No,
            build: Vec::new(),
            subject: Subject::default(),
        });
        self.others.insert(at, changes.len() - 1);
        changes.len() - 1
    }
}

/// The items of a document, by their names in Rust.
struct Names<'a> {
    side: &'a Side<'a>,
    types: HashMap<&'a str, &'a TypeDef>,
    /// The structs of required fields, each with the struct whose constructor takes it.
    required: HashMap<&'a str, &'a str>,
    operations: HashMap<&'a str, &'a Operation>,
    parameters: HashMap<&'a str, (&'a ParametersLayout, &'a Operation)>,
    /// The enum of all webhooks, if there is one.
    events: Option<&'static str>,
}

impl<'a> Names<'a> {
    fn of(side: &'a Side<'a>) -> Self {
        let (api, layout) = (side.api(), side.layout());
        let operations =
            || api.operations.iter().filter_map(|operation| Some((layout.operations.get(&operation.id)?, operation)));
        let parameters =
            |(layout, operation): (&'a OperationLayout, &'a Operation)| Some((layout.parameters.as_ref()?, operation));
        let of_types = layout.types.values().filter_map(|of| Some((of.required.as_deref()?, of.name.as_str())));
        let of_parameters =
            operations().filter_map(parameters).filter_map(|(of, _)| Some((of.required.as_deref()?, of.name.as_str())));
        Self {
            side,
            types: layout.types.iter().filter_map(|(id, of)| Some((of.name.as_str(), api.types.get(id)?))).collect(),
            required: of_types.chain(of_parameters).collect(),
            operations: operations().map(|(layout, operation)| (layout.name.as_str(), operation)).collect(),
            parameters: operations()
                .filter_map(parameters)
                .map(|(layout, operation)| (layout.name.as_str(), (layout, operation)))
                .collect(),
            events: (!side.api().events.is_empty()).then_some(emit::WEBHOOKS),
        }
    }
}

/// The change of the part that the item is generated from.
fn part(index: &Index, names: &Names<'_>, side: usize, item: &Item) -> Option<usize> {
    if let Some(operation) = operation(names, item) {
        return of_operation(index, names, side, operation, item);
    }
    if names.events == Some(item.owner.as_str()) {
        return index.of_type(side, event(names, item)?);
    }
    let def = names.types.get(item.owner.as_str())?;
    match (&item.member, &def.kind) {
        (Member::Trait(name), _) if name == "paged" || name == "synced" => {
            let pages = |operation: &&Operation| operation.paging.as_ref().is_some_and(|it| it.request() == &def.id);
            let operation = names.side.api().operations.iter().find(pages)?;
            index.pages[side].get(&operation.id).copied()
        }
        // The constructor takes what is required.
        (Member::Method(name), Kind::Struct(object)) if name == "new" => {
            object.caller_fields().find_map(|field| constructed(index, names, side, def, field))
        }
        (Member::Field(name) | Member::Method(name), Kind::Struct(object)) => {
            let (field, _) = names.side.layout().fields(&def.id, object).find(|(_, layout)| layout.name == *name)?;
            of_field(index, names, side, def, field)
        }
        (Member::Variant(name), Kind::Enum(list)) => {
            let value = named_value(names, def, list, name)?;
            index.of_member(side, &def.id, &value.value.to_string())
        }
        _ => None,
    }
}

/// The change of the type that the item belongs to.
fn whole(index: &Index, names: &Names<'_>, side: usize, item: &Item) -> Option<usize> {
    let def = names.types.get(item.owner.as_str())?;
    let required = |object: &Struct| {
        let fields = object.caller_fields();
        fields.filter(|field| field.required).find_map(|field| constructed(index, names, side, def, field))
    };
    index.of_type(side, &def.id).or_else(|| match (&item.member, &def.kind) {
        // A type can be created without arguments as long as nothing is required.
        (Member::Trait(_), Kind::Struct(object)) => required(object),
        _ => None,
    })
}

/// The operation that a client's method calls, or whose parameters a type contains.
fn operation<'a>(names: &Names<'a>, item: &Item) -> Option<&'a Operation> {
    match &item.member {
        Member::Method(name) if item.owner == "Client" => {
            let found = names.operations.get(name.as_str());
            found.or_else(|| names.operations.get(name.strip_suffix("_with")?)).copied()
        }
        _ => names.parameters.get(item.owner.as_str()).map(|(_, operation)| *operation),
    }
}

/// A change of the operation, or of the parameter that the item is generated from.
fn of_operation(index: &Index, names: &Names<'_>, side: usize, operation: &Operation, item: &Item) -> Option<usize> {
    let parameter = |wire: &str| {
        index.parameters[side].get(&(operation.id.clone(), wire.to_owned())).and_then(|places| places.first())
    };
    let found = match (&item.member, names.parameters.get(item.owner.as_str())) {
        (Member::Field(name) | Member::Method(name), Some((layout, _))) => {
            let mut fields = operation.parameters.iter().map(|parameter| &parameter.field).zip(&layout.fields);
            if name == "new" {
                // The constructor takes what is required.
                fields.filter(|(field, _)| field.required).find_map(|(field, _)| parameter(&field.wire))
            } else {
                let (field, _) = fields.find(|(_, layout)| layout.name == *name)?;
                Some(parameter(&field.wire)?)
            }
        }
        _ => None,
    };
    let found = found.or_else(|| index.operations[side].get(&operation.id)?.first()).copied();
    // The method of an operation with pages returns a call that keeps the request.
    found.or_else(|| index.pages[side].get(&operation.id).copied())
}

/// The payload of a variant of the enum of all webhooks.
fn event<'a>(names: &Names<'a>, item: &Item) -> Option<&'a TypeId> {
    let Member::Variant(name) = &item.member else { return None };
    let mut events = names.side.api().events.iter().zip(&names.side.layout().events);
    events.find(|(_, other)| *other == name).map(|(event, _)| &event.body)
}

/// The value that a variant of an enum represents.
fn named_value<'a>(names: &Names<'_>, def: &TypeDef, list: &'a Enum, name: &str) -> Option<&'a EnumValue> {
    match &names.side.layout().types.get(&def.id)?.members {
        Members::Values(values) => {
            list.values.iter().zip(values).find(|(_, other)| *other == name).map(|(value, _)| value)
        }
        Members::Fields(_) | Members::Alternatives(_) | Members::Alias => None,
    }
}

/// A change of the property, of the same property in the schema that declares it, or of the property's type.
fn of_field(index: &Index, names: &Names<'_>, side: usize, def: &TypeDef, field: &Field) -> Option<usize> {
    let declared = || index.of_member(side, &TypeId::Schema(owner(&field.at)?), &field.wire);
    index.of_member(side, &def.id, &field.wire).or_else(declared).or_else(|| of_held(index, names, side, &field.ty))
}

fn of_held(index: &Index, names: &Names<'_>, side: usize, ty: &Type) -> Option<usize> {
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => of_held(index, names, side, inner),
        Type::Named(id) => index.of_type(side, id).or_else(|| match &names.side.get(id)?.kind {
            Kind::Alias(of) => of_held(index, names, side, of),
            _ => None,
        }),
        _ => None,
    }
}

/// A change of a property that is or was an argument of the constructor.
fn constructed(index: &Index, names: &Names<'_>, side: usize, def: &TypeDef, field: &Field) -> Option<usize> {
    let found = index.of_member(side, &def.id, &field.wire);
    let found = found.or_else(|| index.of_member(side, &TypeId::Schema(owner(&field.at)?), &field.wire));
    found.or_else(|| if field.required { of_held(index, names, side, &field.ty) } else { None })
}
