//! The properties of a body as a tree. Its size is limited: what is too deep is on the page of its type, from where it is loaded
//! when it is opened.

use std::collections::VecDeque;
use std::sync::LazyLock;

use plaid_catalog::Catalog;
use plaid_catalog::model::{Docs, EnumValue, Field, Kind, Redaction, Text, Type, TypeDef, TypeId};

use super::inline::{Inline, Mark};
use super::links::Address;
use super::shape;

/// How much a tree contains at most, counted in properties. A value of an enum counts as a part of one.
const BUDGET: usize = 110;

/// How deep properties are contained. Deeper ones are on the pages of their types.
const DEPTH: usize = 3;

/// How many values of an enum are listed where it is used.
const VALUES: usize = 24;

/// How many values count as a property.
const VALUES_PER_PROPERTY: usize = 3;

/// Who writes the values of a tree. It decides what readers must know about the presence of properties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writer {
    /// The reader: required properties are marked.
    Reader,
    /// Plaid: optional properties are marked.
    Plaid,
}

/// The properties of a body.
#[derive(Debug)]
pub struct Tree<'a> {
    writer: Writer,
    nodes: Vec<Node<'a>>,
    roots: Vec<usize>,
}

/// A property.
#[derive(Debug)]
pub struct Node<'a> {
    /// Its name; `*` for the values of an object with free keys.
    pub name: &'a str,
    /// The anchor: the path from the body, behind the tree's prefix.
    pub anchor: String,
    /// The type in words.
    pub label: Inline<'a>,
    /// The limits of its value.
    pub limits: Vec<String>,
    /// The marks.
    pub marks: Vec<Mark>,
    /// The text about it.
    pub text: Option<&'a Text>,
    /// What is inside it.
    pub inside: Inside<'a>,
    depth: usize,
    parent: Option<usize>,
    of: Option<&'a TypeDef>,
    ty: &'a Type,
}

/// What is inside a property.
#[derive(Debug)]
pub enum Inside<'a> {
    /// Nothing.
    Nothing,
    /// The properties of an object.
    Properties(Vec<usize>),
    /// The values of an enum.
    Values(&'a [EnumValue]),
    /// Something that the page of its type shows: what, and how much of it, and the step to it (`.*` for the values of a map).
    Elsewhere(Address<'a>, String, &'static str),
    /// The type around it, once more: it contains itself.
    Again(Address<'a>),
}

impl Node<'_> {
    /// Whether what is inside is shown at once.
    pub fn is_open(&self) -> bool {
        self.depth == 1
    }
}

impl<'a> Tree<'a> {
    /// The properties of an object.
    pub fn of_type(catalog: &'a Catalog, def: &'a TypeDef, prefix: &str, writer: Writer) -> Self {
        let mut tree = Self { writer, nodes: Vec::new(), roots: Vec::new() };
        tree.roots = tree.properties(catalog, def, prefix, None);
        tree.grow(catalog, Some(&def.id));
        tree
    }

    /// The properties of a type. Their anchors begin with the prefix.
    pub fn of(catalog: &'a Catalog, ty: &'a Type, prefix: &str, writer: Writer) -> Self {
        match shape::named(catalog, ty) {
            Some(def) => {
                let path = format!("{prefix}{}", shape::step(catalog, ty));
                Self::of_type(catalog, def, path.trim_start_matches('.'), writer)
            }
            None => Self { writer, nodes: Vec::new(), roots: Vec::new() },
        }
    }

    /// Fields of a request outside its body.
    pub fn fields(catalog: &'a Catalog, fields: impl IntoIterator<Item = &'a Field>, prefix: &str) -> Self {
        let mut tree = Self { writer: Writer::Reader, nodes: Vec::new(), roots: Vec::new() };
        for field in fields {
            let index = tree.add(catalog, field, prefix, None);
            tree.roots.push(index);
        }
        tree.grow(catalog, None);
        tree
    }

    /// Whether it has no properties.
    pub fn is_empty(&self) -> bool {
        self.roots.is_empty()
    }

    /// The outermost properties.
    pub fn roots(&self) -> impl Iterator<Item = &Node<'a>> {
        self.pick(&self.roots)
    }

    /// Some of the properties.
    pub fn pick<'t>(&'t self, indices: &'t [usize]) -> impl Iterator<Item = &'t Node<'a>> {
        indices.iter().filter_map(|index| self.nodes.get(*index))
    }

    /// Adds what is inside, level by level, until there is enough.
    fn grow(&mut self, catalog: &'a Catalog, whole: Option<&TypeId>) {
        let mut used = self.nodes.len();
        let mut queue: VecDeque<usize> = self.roots.iter().copied().collect();
        while let Some(index) = queue.pop_front() {
            let Some(node) = self.nodes.get(index) else { continue };
            let Some(def) = node.of else { continue };
            let depth = node.depth;
            let address = Address::Type(&def.id);
            let inside = match &def.kind {
                Kind::Enum(values) => {
                    let count = values.values.len();
                    let size = count / VALUES_PER_PROPERTY + 1;
                    if count <= VALUES && used + size <= BUDGET {
                        used += size;
                        Inside::Values(&values.values)
                    } else {
                        Inside::Elsewhere(address, format!("{count} values"), "")
                    }
                }
                Kind::Struct(object) => {
                    let count = object.caller_fields().count() + usize::from(object.additional.typed().is_some());
                    if whole == Some(&def.id) || self.is_around(index, &def.id) {
                        Inside::Again(address)
                    } else if count == 0 {
                        Inside::Nothing
                    } else if depth < DEPTH && used + count <= BUDGET {
                        used += count;
                        let path = self.nodes.get(index).map_or_else(String::new, |node| node.anchor.clone());
                        let path = format!("{path}{}", self.step(index, catalog));
                        let children = self.properties(catalog, def, &path, Some(index));
                        queue.extend(&children);
                        Inside::Properties(children)
                    } else {
                        let what = if count == 1 { "1 property".to_owned() } else { format!("{count} properties") };
                        Inside::Elsewhere(address, what, self.step(index, catalog))
                    }
                }
                Kind::Union(union) => Inside::Elsewhere(address, format!("{} alternatives", union.variants.len()), ""),
                Kind::Alias(_) => Inside::Nothing,
            };
            if let Some(node) = self.nodes.get_mut(index) {
                node.inside = inside;
            }
        }
    }

    /// The step from a property to what is inside it.
    fn step(&self, index: usize, catalog: &'a Catalog) -> &'static str {
        self.nodes.get(index).map_or("", |node| shape::step(catalog, node.ty))
    }

    /// Whether a property is inside a value of this type.
    fn is_around(&self, index: usize, id: &TypeId) -> bool {
        let mut parent = self.nodes.get(index).and_then(|node| node.parent);
        while let Some(node) = parent.and_then(|parent| self.nodes.get(parent)) {
            if node.of.is_some_and(|def| def.id == *id) {
                return true;
            }
            parent = node.parent;
        }
        false
    }

    fn properties(&mut self, catalog: &'a Catalog, def: &'a TypeDef, path: &str, parent: Option<usize>) -> Vec<usize> {
        let Kind::Struct(object) = &def.kind else { return Vec::new() };
        let mut all: Vec<usize> = object.caller_fields().map(|field| self.add(catalog, field, path, parent)).collect();
        if let Some(ty) = object.additional.typed() {
            all.push(self.push(catalog, Draft { name: "*", ty, docs: &NONE, marks: Vec::new() }, path, parent));
        }
        all
    }

    fn add(&mut self, catalog: &'a Catalog, field: &'a Field, path: &str, parent: Option<usize>) -> usize {
        let mut marks = Vec::new();
        if field.docs.deprecated {
            marks.push(Mark::Deprecated);
        }
        match (self.writer, field.required) {
            (Writer::Reader, true) => marks.push(Mark::Required),
            (Writer::Plaid, false) => marks.push(Mark::Optional),
            (Writer::Reader, false) | (Writer::Plaid, true) => {}
        }
        if field.nullable {
            marks.push(Mark::Nullable);
        }
        marks.extend(field.redacted.map(|redaction| match redaction {
            Redaction::Credential => Mark::Credential,
            Redaction::Personal => Mark::Personal,
        }));
        self.push(catalog, Draft { name: &field.wire, ty: &field.ty, docs: &field.docs, marks }, path, parent)
    }

    fn push(&mut self, catalog: &'a Catalog, draft: Draft<'a>, path: &str, parent: Option<usize>) -> usize {
        let Draft { name, ty, docs, marks } = draft;
        let depth = parent.and_then(|parent| self.nodes.get(parent)).map_or(1, |parent| parent.depth + 1);
        let anchor = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        self.nodes.push(Node {
            name,
            anchor,
            label: shape::label(catalog, ty),
            limits: shape::limits(catalog, docs, ty),
            marks,
            text: shape::text(catalog, docs, ty),
            inside: Inside::Nothing,
            depth,
            parent,
            of: shape::named(catalog, ty),
            ty,
        });
        self.nodes.len() - 1
    }
}

/// The docs of values that have none of their own.
static NONE: LazyLock<Docs> = LazyLock::new(Docs::default);

/// A property before it is in a tree.
struct Draft<'a> {
    name: &'a str,
    ty: &'a Type,
    docs: &'a Docs,
    marks: Vec<Mark>,
}

#[cfg(test)]
mod tests {
    use super::{BUDGET, DEPTH, Inside, Tree, Writer};
    use crate::pages::inline::Mark;
    use plaid_catalog::model::{ResponseBody, TypeDef};
    use plaid_catalog::{Catalog, Data};

    #[test]
    fn trees_are_small_and_have_every_outer_property() {
        let catalog = Catalog::plaid();
        let mut elsewhere = 0;
        for operation in &catalog.api().operations {
            let ResponseBody::Json(ty) = &operation.response.body else { continue };
            let tree = Tree::of(catalog, ty, "response", Writer::Plaid);
            let outer =
                ty.named().and_then(|id| catalog.api().object(id)).map_or(0, |object| object.caller_fields().count());
            assert!(tree.roots.len() >= outer, "{}", operation.id);
            assert!(tree.nodes.len() <= BUDGET.max(tree.roots.len()), "{}: {}", operation.id, tree.nodes.len());
            for node in &tree.nodes {
                assert!(node.depth <= DEPTH, "{}: {}", operation.id, node.anchor);
                assert!(node.anchor.starts_with("response."), "{}: {}", operation.id, node.anchor);
                elsewhere += usize::from(matches!(node.inside, Inside::Elsewhere(..)));
            }
        }
        assert!(elsewhere > 100, "{elsewhere}");
    }

    /// A catalog of two types: one contains itself, and both lists and maps of the other.
    fn small() -> Catalog {
        let types = [
            r##"{"id":{"schema":"Tree"},"at":"#/Tree","kind":{"struct":{"fields":[
                {"wire":"trees","ty":{"list":{"named":{"schema":"Tree"}}},"at":"#/a"},
                {"wire":"leaves","ty":{"list":{"named":{"schema":"Leaf"}}},"at":"#/b"},
                {"wire":"by_name","ty":{"map":{"named":{"schema":"Leaf"}}},"required":true,"at":"#/c"}]}}}"##,
            r##"{"id":{"schema":"Leaf"},"at":"#/Leaf","kind":{"struct":{"fields":[
                {"wire":"colour","ty":"string","at":"#/d"},
                {"wire":"tree","ty":{"named":{"schema":"Tree"}},"at":"#/e"}]}}}"##,
        ];
        let mut data = Data::default();
        for text in types {
            let def: TypeDef = serde_json::from_str(text).expect("a type");
            data.api.types.insert(def.id.clone(), def);
        }
        Catalog::new(data)
    }

    #[test]
    fn lists_have_no_mark_in_anchors_and_maps_have_a_star() {
        let catalog = small();
        let def = catalog.type_named("Tree").expect("a type");
        let tree = Tree::of_type(&catalog, def, "", Writer::Plaid);
        let anchors: Vec<&str> = tree.nodes.iter().map(|node| node.anchor.as_str()).collect();
        let inside = ["leaves.colour", "leaves.tree", "by_name.*.colour", "by_name.*.tree"];
        assert_eq!(anchors, [&["trees", "leaves", "by_name"][..], &inside].concat());
        let optional: Vec<bool> = tree.roots().map(|node| node.marks.contains(&Mark::Optional)).collect();
        assert_eq!(optional, [true, true, false]);
    }

    #[test]
    fn a_type_that_contains_itself_is_shown_once() {
        let catalog = small();
        let def = catalog.type_named("Tree").expect("a type");
        let tree = Tree::of_type(&catalog, def, "", Writer::Reader);
        let again: Vec<&str> = tree
            .nodes
            .iter()
            .filter(|node| matches!(node.inside, Inside::Again(_)))
            .map(|node| node.anchor.as_str())
            .collect();
        assert_eq!(again, ["trees", "leaves.tree", "by_name.*.tree"]);
    }
}
