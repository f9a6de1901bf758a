//! The samples: JSON values with what Plaid's document says about each.

use std::collections::BTreeMap;

use plaid_sdk::serde_json::{self, Map, Value};

/// A value of a sample.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) is_required: bool,
    pub(super) is_nullable: bool,
    pub(super) content: Content,
}

#[derive(Clone, Debug)]
pub(super) enum Content {
    Object(BTreeMap<String, Node>),
    List(Vec<Node>),
    Map(BTreeMap<String, Node>),
    /// A scalar or any value, and the name of its type.
    Leaf(String, Value),
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step {
    Name(String),
    Index(usize),
}

/// `accounts[0].name`.
pub(super) fn path_text(steps: &[Step]) -> String {
    let text: String = steps
        .iter()
        .map(|step| match step {
            Step::Name(name) => format!(".{name}"),
            Step::Index(index) => format!("[{index}]"),
        })
        .collect();
    text.trim_start_matches('.').to_owned()
}

/// The samples by operation.
pub(super) fn all() -> BTreeMap<String, Node> {
    let Value::Object(samples) = serde_json::from_str(include_str!("samples.json")).unwrap() else {
        panic!("no object")
    };
    samples.into_iter().map(|(operation, value)| (operation, Node::of(&[], value))).collect()
}

impl Node {
    /// The node of a value and of the words after its name.
    fn of(words: &[&str], value: Value) -> Self {
        let has = |word| words.contains(&word);
        let content = match value {
            Value::Object(properties) if !has("anyobject") => {
                let nodes = properties.into_iter().map(|(key, value)| {
                    let words: Vec<&str> = key.split(' ').collect();
                    (words[0].to_owned(), Self::of(&words[1..], value))
                });
                if has("map") { Content::Map(nodes.collect()) } else { Content::Object(nodes.collect()) }
            }
            Value::Array(elements) => {
                let words: Vec<&str> = words.iter().filter_map(|word| word.strip_prefix("of-")).collect();
                Content::List(elements.into_iter().map(|element| Self::of(&words, element)).collect())
            }
            value => Content::Leaf(words.last().copied().unwrap_or("any").to_owned(), value),
        };
        Self { is_required: !has("optional"), is_nullable: has("nullable"), content }
    }

    /// The JSON value.
    pub(super) fn json(&self) -> Value {
        match &self.content {
            Content::Object(nodes) | Content::Map(nodes) => {
                Value::Object(nodes.iter().map(|(name, node)| (name.clone(), node.json())).collect::<Map<_, _>>())
            }
            Content::List(nodes) => nodes.iter().map(Self::json).collect(),
            Content::Leaf(_, value) => value.clone(),
        }
    }

    /// All values below this one, each with its path.
    pub(super) fn nodes(&self) -> Vec<(Vec<Step>, &Self)> {
        let mut all = Vec::new();
        self.collect(&mut Vec::new(), &mut all);
        all
    }

    fn collect<'a>(&'a self, steps: &mut Vec<Step>, all: &mut Vec<(Vec<Step>, &'a Self)>) {
        let mut visit = |step: Step, node: &'a Self| {
            steps.push(step);
            all.push((steps.clone(), node));
            node.collect(steps, all);
            steps.pop();
        };
        match &self.content {
            Content::Object(nodes) | Content::Map(nodes) => {
                nodes.iter().for_each(|(name, node)| visit(Step::Name(name.clone()), node));
            }
            Content::List(nodes) => {
                nodes.iter().enumerate().for_each(|(index, node)| visit(Step::Index(index), node));
            }
            Content::Leaf(..) => {}
        }
    }

    /// The node that contains the one at the path.
    pub(super) fn parent(&self, steps: &[Step]) -> &Self {
        let Some((_, above)) = steps.split_last() else { return self };
        above.iter().fold(self, |node, step| match (&node.content, step) {
            (Content::Object(nodes) | Content::Map(nodes), Step::Name(name)) => &nodes[name],
            (Content::List(nodes), Step::Index(index)) => &nodes[*index],
            _ => panic!("no node at {}", path_text(steps)),
        })
    }

    /// The JSON value with another value at the path, or without it.
    pub(super) fn with(&self, steps: &[Step], value: Option<Value>) -> Value {
        let mut whole = self.json();
        let Some((last, above)) = steps.split_last() else { return value.unwrap_or(whole) };
        let mut at = &mut whole;
        for step in above {
            at = match step {
                Step::Name(name) => &mut at[name],
                Step::Index(index) => &mut at[*index],
            };
        }
        match (last, value) {
            (Step::Name(name), Some(value)) => at[name] = value,
            (Step::Index(index), Some(value)) => at[*index] = value,
            (Step::Name(name), None) => {
                at.as_object_mut().unwrap().remove(name);
            }
            (Step::Index(index), None) => {
                at.as_array_mut().unwrap().remove(*index);
            }
        }
        whole
    }
}
