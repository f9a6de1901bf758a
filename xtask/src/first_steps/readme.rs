//! The first steps as the README has them: commands, and files to write.

/// The sections with steps: from the first heading to the second one.
const START: &str = "\n## Your first call\n";
const END: &str = "\n## Where to go from here\n";

/// What somebody new does.
#[derive(Debug, PartialEq)]
pub enum Step {
    /// Run cargo: the words of the command.
    Run(Vec<String>),
    /// Go on in this folder.
    Enter(String),
    /// Write a file.
    Write(Block),
}

/// Code of the README, and the file that it belongs to.
#[derive(Debug, PartialEq)]
pub struct Block {
    /// The path in the new crate.
    pub file: String,
    /// The contents.
    pub code: String,
}

/// Reads the steps. Blocks of `sh` have commands. A block of `rust` is the file that the text before names last.
pub fn steps(readme: &str) -> Result<Vec<Step>, String> {
    let section = readme.split_once(START).and_then(|(_, rest)| Some(rest.split_once(END)?.0));
    let section =
        section.ok_or_else(|| wrong(&format!("the headings `{}` and `{}` are missing", START.trim(), END.trim())))?;
    let mut steps = Vec::new();
    let mut file = None;
    let mut lines = section.lines();
    while let Some(line) = lines.next() {
        let Some(language) = line.strip_prefix("```") else {
            file = last_file(line).or(file);
            continue;
        };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        match language {
            "sh" => {
                for line in block {
                    steps.extend(command(line)?);
                }
            }
            "rust" => {
                let file = file.take().ok_or_else(|| wrong("a block of Rust comes without the name of its file"))?;
                steps.push(Step::Write(Block { file, code: block.join("\n") + "\n" }));
            }
            other => return Err(wrong(&format!("a block of `{other}` among the first steps is neither sh nor rust"))),
        }
    }
    if steps.is_empty() { Err(wrong("the first steps have no commands")) } else { Ok(steps) }
}

/// The last file of Rust code that a line names.
fn last_file(line: &str) -> Option<String> {
    let spans = line.split('`').skip(1).step_by(2);
    spans.filter(|span| span.ends_with(".rs")).last().map(str::to_owned)
}

fn command(line: &str) -> Result<Option<Step>, String> {
    let line = line.split_once(" #").map_or(line, |(command, _)| command);
    let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => Ok(None),
        ["cd", folder] => Ok(Some(Step::Enter((*folder).to_owned()))),
        ["cargo", _, ..] => Ok(Some(Step::Run(words))),
        _ => Err(wrong(&format!("`{line}` is neither a command of cargo nor `cd FOLDER`"))),
    }
}

fn wrong(what: &str) -> String {
    format!("error: README.md: {what}. `cargo xtask first-steps` runs this section, so change it there too")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Step {
        Step::Run(line.split(' ').map(str::to_owned).collect())
    }

    #[test]
    fn commands_and_files_are_read_in_order() {
        let readme = "# a\n\n## Your first call\n\nText.\n\n```sh\ncargo new b   # the crate\ncd b\n```\n\nNot `x`. In `src/main.rs`:\n\n\
                      ```rust\nfn main() {\n\n}\n```\n\n## Your first test\n\n```sh\ncargo test\n```\n\n## Where to go from here\n\n```toml\n```\n";
        let file = Block { file: "src/main.rs".to_owned(), code: "fn main() {\n\n}\n".to_owned() };
        let expected = [words("cargo new b"), Step::Enter("b".to_owned()), Step::Write(file), words("cargo test")];
        assert_eq!(steps(readme).unwrap(), expected);
    }

    #[test]
    fn what_can_not_be_run_is_an_error() {
        let within = |text: &str| steps(&format!("{START}\n{text}\n{END}")).unwrap_err();
        assert!(within("```sh\nrm -r b\n```").contains("`rm -r b` is neither"));
        assert!(within("```rust\nfn main() {}\n```").contains("without the name of its file"));
        assert!(within("```toml\na = 1\n```").contains("`toml`"));
        assert!(within("").contains("no commands"));
        assert!(steps("# a\n").unwrap_err().contains("`## Your first call`"));
    }

    #[test]
    fn the_readme_has_a_program_and_a_test() {
        let readme = std::fs::read_to_string(crate::workspace::root().join("README.md")).unwrap();
        let files = steps(&readme).unwrap().into_iter().filter_map(|step| match step {
            Step::Write(block) => Some(block.file),
            _ => None,
        });
        assert_eq!(files.collect::<Vec<_>>(), ["src/main.rs", "tests/first.rs"]);
    }
}
