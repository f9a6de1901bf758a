//! Paths as people write them: `user.name.given_name`, `accounts[2].id`, `metadata["a b"]`.

use super::tree::Tree;

/// How many characters of a key are shown.
const LONGEST: usize = 100;

/// A step from a value to one inside it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    /// The member whose key is at this index of the tree.
    Key(usize),
    /// A member that is not there.
    Name(&'a str),
    /// An element, counted from 0.
    Index(usize),
}

/// Writes a path.
pub(super) fn render(tree: &Tree<'_>, steps: &[Step<'_>]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Key(index) => push_name(&mut path, &tree.string(*index)),
            Step::Name(name) => push_name(&mut path, name),
            Step::Index(index) => path.push_str(&format!("[{index}]")),
        }
    }
    path
}

fn push_name(path: &mut String, name: &str) {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '@');
    if !name.is_empty() && name.len() <= LONGEST && name.chars().all(is_plain) {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(name);
        return;
    }
    let short: String = name.chars().take(LONGEST).collect();
    let cut = if short.len() < name.len() { "…" } else { "" };
    path.push_str(&format!("[{}{cut}]", serde_json::Value::from(short)));
}
