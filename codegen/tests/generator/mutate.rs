//! Broken texts: each node in turn deleted or given another type, random cuts and swaps.

use serde_yaml::Value;

/// The text with each node in turn deleted or given another type.
pub(crate) fn mutants(text: &str) -> Vec<String> {
    let whole: Value = serde_yaml::from_str(text).expect("YAML");
    let replacements: Vec<Option<Value>> = [
        "",
        "~",
        "true",
        "7",
        "-0.5",
        "text",
        "''",
        "[]",
        "{}",
        "[[{}]]",
        "{a: {b: 1}}",
        "{$ref: '#/components/schemas/Pet'}",
        "{$ref: 1}",
    ]
    .iter()
    .map(|text| (!text.is_empty()).then(|| serde_yaml::from_str(text).expect("YAML")))
    .collect();
    let mut mutants = Vec::new();
    for node in 0..count(&whole) {
        for replacement in &replacements {
            let mut mutant = whole.clone();
            replace(&mut mutant, &mut { node }, replacement.as_ref());
            mutants.push(serde_yaml::to_string(&mutant).expect("YAML"));
        }
    }
    mutants
}

/// The number of nodes below the root.
fn count(value: &Value) -> usize {
    match value {
        Value::Sequence(items) => items.iter().map(|item| 1 + count(item)).sum(),
        Value::Mapping(map) => map.values().map(|item| 1 + count(item)).sum(),
        _ => 0,
    }
}

/// Replaces or deletes the node with a number, counted from the root. Returns whether it was found.
fn replace(value: &mut Value, number: &mut usize, with: Option<&Value>) -> bool {
    let mut found = None;
    let members: Vec<&mut Value> = match value {
        Value::Sequence(items) => items.iter_mut().collect(),
        Value::Mapping(map) => map.values_mut().collect(),
        _ => return false,
    };
    for (index, member) in members.into_iter().enumerate() {
        if *number == 0 {
            found = Some(index);
            break;
        }
        *number -= 1;
        if replace(member, number, with) {
            return true;
        }
    }
    match (found, value, with) {
        (Some(index), Value::Sequence(items), Some(with)) => items[index] = with.clone(),
        (Some(index), Value::Sequence(items), None) => drop(items.remove(index)),
        (Some(index), Value::Mapping(map), with) => {
            let key = map.keys().nth(index).cloned().expect("the key");
            match with {
                Some(with) => drop(map.insert(key, with.clone())),
                None => drop(map.shift_remove(&key)),
            }
        }
        _ => return false,
    }
    true
}

/// xorshift64*: the same numbers on every machine.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let bound = u64::try_from(bound.max(1)).expect("a length");
        usize::try_from(self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) % bound).expect("below a length")
    }

    /// The text with a random change.
    pub(crate) fn mutate(&mut self, text: &str) -> String {
        match self.below(6) {
            0 => self.cut(text),
            1 => self.drop_bytes(text),
            2 => self.swap_bytes(text),
            3 => self.swap_lines(text),
            4 => self.indent(text),
            _ => self.insert(text),
        }
    }

    fn cut(&mut self, text: &str) -> String {
        let at = self.below(text.len());
        String::from_utf8_lossy(&text.as_bytes()[..at]).into_owned()
    }

    fn drop_bytes(&mut self, text: &str) -> String {
        let at = self.below(text.len());
        let end = (at + 1 + self.below(40)).min(text.len());
        String::from_utf8_lossy(&[&text.as_bytes()[..at], &text.as_bytes()[end..]].concat()).into_owned()
    }

    fn swap_bytes(&mut self, text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..3 {
            let (a, b) = (self.below(bytes.len()), self.below(bytes.len()));
            bytes.swap(a, b);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn swap_lines(&mut self, text: &str) -> String {
        let mut lines: Vec<&str> = text.lines().collect();
        let (a, b) = (self.below(lines.len()), self.below(lines.len()));
        lines.swap(a, b);
        lines.join("\n")
    }

    fn indent(&mut self, text: &str) -> String {
        let at = self.below(text.lines().count());
        let shifted =
            |(index, line): (usize, &str)| if index == at { format!("  {line}\n") } else { format!("{line}\n") };
        text.lines().enumerate().map(shifted).collect()
    }

    fn insert(&mut self, text: &str) -> String {
        const SCRAPS: [&str; 16] = [
            "\0",
            "\t",
            "---\n",
            "&a ",
            "*a",
            "!!binary ",
            "<<: ",
            "? ",
            "- ",
            "{",
            "]",
            "\u{feff}",
            "\\ud83d",
            "'",
            "|",
            "%",
        ];
        let mut at = self.below(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        format!("{}{}{}", &text[..at], SCRAPS[self.below(SCRAPS.len())], &text[at..])
    }
}
