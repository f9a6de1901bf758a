//! The table of products in the README, which `cargo xtask gen` writes.

use codegen::Product;
use codegen::summary::Summary;

/// The lines around the table.
const START: &str = "<!-- products: written by `cargo xtask gen` -->\n";
const END: &str = "<!-- end of products -->\n";

/// The README with the table of these products, and a line with the counts above it.
pub fn with_products(readme: &str, products: &[Product], summary: &Summary) -> Result<String, String> {
    let parts = readme.split_once(START).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let Some((before, after)) = parts else {
        return Err(format!("error: README.md: the lines `{}` and `{}` are missing", START.trim(), END.trim()));
    };
    let rows = products.iter().map(|product| {
        let about = product.about.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
        format!("| `{}` | {} | {about} |\n", product.name, product.operations)
    });
    let rows: String = rows.collect();
    let types: usize = summary.kinds.iter().sum();
    let figures = format!(
        "Of version `{}`: {} operations, {} webhooks, {types} types with {} fields.",
        summary.version, summary.operations, summary.webhooks, summary.fields
    );
    Ok(format!("{before}{START}\n{figures}\n\n| feature | operations | what |\n|---|---|---|\n{rows}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_table_is_replaced() {
        let product = Product { name: "pets".to_owned(), about: "Cats |\n dogs.".to_owned(), operations: 2 };
        let readme = format!("a\n{START}old\n{END}b\n");
        let summary = Summary {
            version: "1.2".to_owned(),
            operations: 2,
            webhooks: 1,
            fields: 5,
            kinds: [3, 1, 0, 0],
            ..Summary::default()
        };
        let made = with_products(&readme, &[product], &summary).unwrap();
        let table = "\nOf version `1.2`: 2 operations, 1 webhooks, 4 types with 5 fields.\n\n| feature | operations | what |\n|---|---|---|\n| `pets` | 2 | Cats \\| dogs. |\n\n";
        assert_eq!(made, format!("a\n{START}{table}{END}b\n"));
        assert!(with_products("a\n", &[], &summary).is_err_and(|error| error.contains("README.md")));
    }

    /// The example is compiled with the crate, so the code of both READMEs compiles as well.
    #[test]
    fn both_readmes_show_the_example_first_call() {
        let code = |path: &str| {
            let readme = std::fs::read_to_string(crate::workspace::root().join(path)).unwrap();
            let (_, rest) = readme.split_once("\n```rust").unwrap();
            let (_, rest) = rest.split_once('\n').unwrap();
            rest.split_once("```").unwrap().0.to_owned()
        };
        let example = crate::workspace::root().join("plaid-sdk/examples/first_call.rs");
        let example = std::fs::read_to_string(example).unwrap();
        let (_, example) = example.split_once("\n\n").unwrap();
        assert_eq!(code("README.md"), example);
        assert_eq!(code("plaid-sdk/README.md"), example);
    }

    /// The emulator's tests run it, with its feature `sdk`.
    #[test]
    fn the_readme_shows_the_first_test() {
        let read = |path: &str| std::fs::read_to_string(crate::workspace::root().join(path)).unwrap();
        let (readme, test) = (read("README.md"), read("plaid-sdk/emulator/tests/first.rs"));
        let (_, shown) = readme.split_once("\nThis is `tests/first.rs`:\n\n```rust\n").unwrap();
        let (_, code) = test.split_once("#![cfg(feature = \"sdk\")]\n\n").unwrap();
        assert_eq!(shown.split_once("```").unwrap().0, code);
    }
}
