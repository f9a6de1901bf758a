//! The code of the README's section for people without Rust. It is run as it is shown.

use std::path::Path;

use crate::{files, packages, workspace};

/// The section.
const SECTION: &str = "\n## Without Rust\n";

/// Writes the blocks of a language into files. A block's first line is a comment with the file's name. Returns their number.
pub fn write(language: &str, folder: &Path) -> Result<usize, String> {
    let readme = files::read(&workspace::sdk().join("emulator/README.md"))?;
    let blocks = blocks(&readme, language)?;
    for (name, text) in &blocks {
        packages::write(&folder.join(name), text)?;
    }
    if blocks.is_empty() {
        Err(format!("error: the README's section shows nothing in {language}"))
    } else {
        Ok(blocks.len())
    }
}

fn blocks<'a>(readme: &'a str, language: &str) -> Result<Vec<(&'a str, &'a str)>, String> {
    let (_, section) = readme.split_once(SECTION).ok_or_else(|| format!("error: the README has no {SECTION:?}"))?;
    let section = section.split_once("\n## ").map_or(section, |(section, _)| section);
    let opening = format!("```{language}\n");
    let mut found = Vec::new();
    for piece in section.split(opening.as_str()).skip(1) {
        let block = piece.split_once("```").map_or(piece, |(block, _)| block);
        let first = block.lines().next().unwrap_or_default();
        let name = first.trim_start_matches(['/', '#']).trim();
        if first == name || name.is_empty() || name.contains([' ', '/']) {
            return Err(format!("error: a block in {language} begins with {first:?} and not with its file's name"));
        }
        found.push((name, block));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::blocks;

    #[test]
    fn the_blocks_of_a_language_are_found_in_the_section_alone() {
        let readme = "```js\n// a.js\n1\n```\n\n## Without Rust\n\n```js\n// b.js\n2\n```\n```python\n# c.py\n3\n```\n\n## More\n\n```js\n// d.js\n```\n";
        assert_eq!(blocks(readme, "js"), Ok(vec![("b.js", "// b.js\n2\n")]));
        assert_eq!(blocks(readme, "python"), Ok(vec![("c.py", "# c.py\n3\n")]));
        assert!(blocks("# Title\n", "js").is_err());
        assert!(blocks("\n## Without Rust\n```js\nlet x;\n```\n", "js").is_err());
    }
}
