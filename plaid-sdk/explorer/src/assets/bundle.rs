//! Scripts as they are served: without comments and indentation, and the modules of a page as one file.
//!
//! Fourteen small files compress worse than one, and each costs a request. Only the forms of `import` and `export` that our modules
//! use are understood; others are errors, which a test finds.

use std::fmt;

/// Why modules can't be put together.
#[derive(Debug, PartialEq, Eq)]
pub struct BundleError {
    module: String,
    line: String,
    problem: &'static str,
}

/// A module as it is written in a bundle.
struct Module {
    /// The names of the modules that it imports, and how their names are bound: `{ a, b: c }` or `d`.
    imports: Vec<(String, String)>,
    exports: Vec<String>,
    code: String,
}

/// A module with all that it imports, as one file. Each module is a function that returns what it exports.
///
/// # Errors
/// A module is missing, imports itself through others, or has a form of `import` or `export` that is not understood.
pub fn bundle<'a>(entry: &str, source: &dyn Fn(&str) -> Option<&'a str>) -> Result<String, BundleError> {
    let mut bundle = String::from("\"use strict\";\n");
    add(entry, source, &mut Vec::new(), &mut Vec::new(), &mut bundle)?;
    Ok(bundle)
}

fn add<'a>(
    name: &str,
    source: &dyn Fn(&str) -> Option<&'a str>,
    around: &mut Vec<String>,
    done: &mut Vec<String>,
    bundle: &mut String,
) -> Result<(), BundleError> {
    let fail = |problem| BundleError { module: name.to_owned(), line: String::new(), problem };
    if done.iter().any(|one| one == name) {
        return Ok(());
    }
    if around.iter().any(|one| one == name) {
        return Err(fail("it imports itself through others"));
    }
    let module = read(name, source(name).ok_or_else(|| fail("there is no such module"))?)?;
    around.push(name.to_owned());
    for (other, _) in &module.imports {
        add(other, source, around, done, bundle)?;
    }
    around.pop();
    bundle.push_str(&format!("const {} = (() => {{\n", variable(name)));
    for (other, names) in &module.imports {
        bundle.push_str(&format!("const {names} = {};\n", variable(other)));
    }
    bundle.push_str(&module.code);
    bundle.push_str(&format!("return {{ {} }};\n}})();\n", module.exports.join(", ")));
    done.push(name.to_owned());
    Ok(())
}

/// The variable of a module: `$json` for `json.js`.
fn variable(name: &str) -> String {
    format!("${}", name.trim_end_matches(".js").replace('-', "_"))
}

fn read(name: &str, source: &str) -> Result<Module, BundleError> {
    let mut module = Module { imports: Vec::new(), exports: Vec::new(), code: String::new() };
    for line in lean(source).lines() {
        let fail = |problem| BundleError { module: name.to_owned(), line: line.to_owned(), problem };
        if let Some(import) = line.strip_prefix("import ") {
            module.imports.push(read_import(import).ok_or_else(|| fail("this form of import is not understood"))?);
        } else if let Some(declaration) = line.strip_prefix("export ") {
            let exported = declared(declaration).ok_or_else(|| fail("this form of export is not understood"))?;
            module.exports.push(exported.to_owned());
            module.code.push_str(declaration);
            module.code.push('\n');
        } else if line.contains("import(") || line.contains("import.meta") {
            return Err(fail("a bundle is loaded as a whole"));
        } else {
            module.code.push_str(line);
            module.code.push('\n');
        }
    }
    Ok(module)
}

/// `{ a, b as c } from './x.js';` or `* as d from './x.js';`
fn read_import(text: &str) -> Option<(String, String)> {
    let (names, from) = text.strip_suffix(';')?.split_once(" from ")?;
    let path = from.trim_matches(['\'', '"']).strip_prefix("./")?;
    let names = match names.strip_prefix("* as ") {
        Some(all) => all.to_owned(),
        None => names.strip_prefix('{').filter(|rest| rest.ends_with('}')).map(|_| names.replace(" as ", ": "))?,
    };
    Some((path.to_owned(), names))
}

/// The name that a declaration declares. What can be assigned again can't be exported: its value would be copied.
fn declared(declaration: &str) -> Option<&str> {
    let rest = declaration.strip_prefix("async ").unwrap_or(declaration);
    let rest = ["function ", "class ", "const "].iter().find_map(|kind| rest.strip_prefix(kind))?;
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).unwrap_or(rest.len());
    rest.get(..end).filter(|name| !name.is_empty())
}

/// A script without comments on lines of their own, without types in comments, and without indentation.
fn lean(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut in_comment = false;
    for line in source.lines().map(str::trim) {
        if in_comment {
            in_comment = !line.ends_with("*/");
        } else if line.starts_with("/**") && !line.contains("*/") {
            in_comment = true;
        } else if !line.is_empty() && !line.starts_with("//") {
            let line = without_types(line);
            if !line.is_empty() {
                text.push_str(&line);
                text.push('\n');
            }
        }
    }
    text
}

/// A line without `/** … */`.
fn without_types(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) =
        rest.split_once("/** ").and_then(|(before, inside)| Some((before, inside.split_once("*/")?.1)))
    {
        text.push_str(before);
        rest = after.trim_start();
    }
    text.push_str(rest);
    text
}

impl fmt::Display for BundleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.module, self.problem)?;
        if self.line.is_empty() { Ok(()) } else { write!(f, ": {}", self.line) }
    }
}

impl std::error::Error for BundleError {}

#[cfg(test)]
mod tests {
    use super::{bundle, lean};

    #[test]
    fn modules_become_functions_in_the_order_of_their_imports() {
        let source = |name: &str| match name {
            "a.js" => {
                Some("// @ts-check\nimport { b, c as d } from './b.js';\nimport * as e from \"./e.js\";\nb(d, e.f);\n")
            }
            "b.js" => Some(
                "import { f } from './e.js';\n/** Says b. */\nexport function b() {\n  return f;\n}\nexport const c = 1;\n",
            ),
            "e.js" => Some(
                "/**\n * A class.\n */\nexport class f {}\n/** @typedef {string} T */\nexport async function g() {}\n",
            ),
            _ => None,
        };
        let wanted = "\"use strict\";\n\
            const $e = (() => {\nclass f {}\nasync function g() {}\nreturn { f, g };\n})();\n\
            const $b = (() => {\nconst { f } = $e;\nfunction b() {\nreturn f;\n}\nconst c = 1;\nreturn { b, c };\n})();\n\
            const $a = (() => {\nconst { b, c: d } = $b;\nconst e = $e;\nb(d, e.f);\nreturn {  };\n})();\n";
        assert_eq!(bundle("a.js", &source).as_deref(), Ok(wanted));
    }

    #[test]
    fn what_a_bundle_can_not_express_is_an_error() {
        for source in [
            "import a from './b.js';",
            "import './b.js';",
            "export let a = 1;",
            "export default 1;",
            "export { a };",
            "const a = await import('./b.js');",
            "import { a } from './a.js';",
            "import { a } from './missing.js';",
        ] {
            let found = bundle("a.js", &|name| (name == "a.js").then_some(source));
            assert!(found.is_err(), "{source}");
        }
    }

    #[test]
    fn types_in_comments_go_and_code_stays() {
        assert_eq!(lean("  const a = /** @type {HTMLElement} */ (b); // c\n"), "const a = (b); // c\n");
        assert_eq!(lean("  /** One. @param {string} a */\n  f(a) /* b */;\n"), "f(a) /* b */;\n");
        assert_eq!(
            lean("const a = (/** @type {string} */ b, /** @type {number} */ c) => 'x/**/';\n"),
            "const a = (b, c) => 'x/**/';\n"
        );
    }
}
