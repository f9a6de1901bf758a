//! Resolves the names in code spans: operations, types, properties, webhooks and error codes.

use std::collections::HashMap;

use heck::ToUpperCamelCase;

use crate::layout::Modules;
use api_model::{Api, Event, Span, Struct, Target, Text, TypeId};

/// All names.
pub(super) struct Names {
    named: HashMap<String, Vec<Named>>,
    products: Products,
}

/// An item that has a name.
struct Named {
    target: Target,
    /// The hint in parentheses after the name that selects this item.
    hint: String,
    /// Its product, if texts about this product mean this item.
    product: Option<usize>,
}

/// The page that shows a text.
pub(super) struct Page {
    /// The product it is about, an index into the list of modules.
    pub product: Option<usize>,
    /// The item that the page is about. It needs no links to itself.
    pub own: Option<Target>,
}

/// An ambiguous name.
pub(super) struct Problem {
    pub what: String,
    pub help: String,
}

impl Names {
    /// The names of an API's items.
    pub(super) fn of(api: &Api, modules: &Modules) -> Self {
        let mut names = Self { named: HashMap::new(), products: Products::of(api, modules) };
        for operation in &api.operations {
            let target = Target::Operation(operation.id.clone());
            let with_method = format!("{} {}", operation.method, operation.path);
            names.add(operation.path.clone(), target.clone(), &operation.method, None);
            names.add(with_method, target, "operation", None);
        }
        for event in &api.events {
            let (kind, code) = event.pair.clone();
            let product = names.products.of_event(event);
            let name = format!("{kind}: {code}");
            let target = Target::Webhook { kind, code, body: event.body.clone() };
            names.add(name, target, &event.body.to_string(), product);
        }
        for code in &api.error_codes {
            names.add(code.wire.clone(), Target::ErrorCode(code.wire.clone()), "error code", None);
        }
        for def in api.types.values() {
            let Some(name) = def.id.name() else { continue };
            names.add(name.to_owned(), Target::Type(def.id.clone()), "schema", None);
            for field in api.object(&def.id).into_iter().flat_map(Struct::caller_fields) {
                let target = Target::Field { of: def.id.clone(), property: field.wire.clone() };
                names.add(format!("{name}.{}", field.wire), target, "property", None);
            }
        }
        names
    }

    fn add(&mut self, name: String, target: Target, hint: &str, product: Option<usize>) {
        self.named.entry(name).or_default().push(Named { target, hint: hint.to_owned(), product });
    }

    /// The product that a page about a type belongs to.
    pub(super) fn product(&self, id: &TypeId) -> Option<usize> {
        self.products.of_type(id)
    }

    /// Turns code that names an item into a link. If a name has several items, the hint in parentheses or else the
    /// page's product selects one. Otherwise the code stays as it is, and the name is reported.
    pub(super) fn link(&self, text: &mut Text, page: &Page) -> Vec<Problem> {
        let mut problems = Vec::new();
        for span in &mut text.0 {
            let Span::Code(code) = span else { continue };
            match self.resolve(code, page) {
                Ok(None) => {}
                Ok(Some((name, to))) => {
                    let (code, is_own) = (name.to_owned(), page.own.as_ref() == Some(to));
                    *span = if is_own { Span::Code(code) } else { Span::Link { code, to: to.clone() } };
                }
                Err(problem) => problems.push(problem),
            }
        }
        problems
    }

    /// The item that code names, and the name without the hint.
    fn resolve<'a>(&'a self, code: &'a str, page: &Page) -> Result<Option<(&'a str, &'a Target)>, Problem> {
        if let Some(named) = self.named.get(code) {
            let same_product = |named: &&Named| named.product.is_some() && named.product == page.product;
            let mut of_page = named.iter().filter(same_product);
            return match (named.as_slice(), of_page.next(), of_page.next()) {
                ([only], _, _) | (_, Some(only), None) => Ok(Some((code, &only.target))),
                _ => Err(problem(format!("`{code}` is ambiguous: it names {} items", named.len()), code, named)),
            };
        }
        let hinted = code.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
        let Some((name, hint, named)) = hinted.and_then(|(name, hint)| Some((name, hint, self.named.get(name)?)))
        else {
            return Ok(None);
        };
        match named.iter().find(|named| named.hint == hint) {
            Some(meant) => Ok(Some((name, &meant.target))),
            None => Err(problem(format!("`{name}` has no item with the hint `{hint}`"), name, named)),
        }
    }
}

fn problem(what: String, name: &str, named: &[Named]) -> Problem {
    let ways: Vec<String> = named.iter().map(|named| format!("`{name} ({})`", named.hint)).collect();
    Problem { what, help: format!("choose one: write {}", ways.join(" or ")) }
}

/// Which product a type or a webhook belongs to.
struct Products {
    /// The products' names, in the form in which type names begin with them, with their indices into the list of
    /// modules.
    prefixes: Vec<(String, usize)>,
    /// The module of all webhooks. It is not a product.
    webhooks: Option<usize>,
    /// For each payload, the first half of the pair that announces it.
    kinds: HashMap<TypeId, String>,
    /// The module of each type.
    modules: HashMap<TypeId, usize>,
}

impl Products {
    fn of(api: &Api, modules: &Modules) -> Self {
        let webhooks = api.events.first().map(|event| modules.of_type(&event.body));
        let products = modules.list.iter().enumerate();
        let products = products.filter(|(index, module)| !module.shared && Some(*index) != webhooks);
        let mut prefixes: Vec<_> = products.map(|(index, module)| (module.name.to_upper_camel_case(), index)).collect();
        prefixes.sort_by_key(|(prefix, _)| std::cmp::Reverse(prefix.len()));
        let kinds = api.webhooks.iter().map(|webhook| (webhook.body.clone(), webhook.kind.clone())).collect();
        let modules = api.types.keys().map(|id| (id.clone(), modules.of_type(id))).collect();
        Self { prefixes, webhooks, kinds, modules }
    }

    fn of_event(&self, event: &Event) -> Option<usize> {
        self.of_name(&event.body).or_else(|| self.of_kind(&event.pair.0))
    }

    /// Types that several products share belong to none of them.
    fn of_type(&self, id: &TypeId) -> Option<usize> {
        let module = *self.modules.get(id)?;
        if Some(module) == self.webhooks {
            return self.of_name(id).or_else(|| self.of_kind(self.kinds.get(id)?));
        }
        self.prefixes.iter().find(|(_, index)| *index == module).map(|(_, index)| *index)
    }

    /// By the words that a type's name begins with.
    fn of_name(&self, id: &TypeId) -> Option<usize> {
        let name = id.root().name()?;
        let begins = |(prefix, _): &&(String, usize)| {
            name.strip_prefix(prefix.as_str()).is_some_and(|rest| rest.starts_with(char::is_uppercase))
        };
        self.prefixes.iter().find(begins).map(|(_, index)| *index)
    }

    /// By the first half of a webhook's pair.
    fn of_kind(&self, kind: &str) -> Option<usize> {
        let kind = kind.to_upper_camel_case();
        self.prefixes.iter().find(|(prefix, _)| *prefix == kind).map(|(_, index)| *index)
    }
}
