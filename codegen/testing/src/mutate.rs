//! Seeded mutations of samples, for comparing validators: most are wrong in one place, some are still right.

use codegen::api_model::Sample;

/// What a mutation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mutation {
    /// Removes a property.
    Drop,
    /// Puts another value of the same JSON type.
    Replace,
    /// Puts a value of another JSON type.
    Retype,
    /// Misspells the name of a property.
    Rename,
    /// Adds a property.
    Add,
    /// Repeats the elements of a list.
    Repeat,
    /// Puts `null`.
    Null,
    /// Makes a string, a number, a list or an object very long or empty.
    Limit,
}

/// All of them.
pub const ALL: [Mutation; 8] = [
    Mutation::Drop,
    Mutation::Replace,
    Mutation::Retype,
    Mutation::Rename,
    Mutation::Add,
    Mutation::Repeat,
    Mutation::Null,
    Mutation::Limit,
];

/// Strings of the formats that documents have, and some that almost have them.
const TEXTS: [&str; 16] = [
    "",
    "x",
    "new_value",
    "2026-02-28",
    "2026-02-30",
    "2026-02-28T10:00:00",
    "2026-02-28T10:00:00Z",
    "2026-02-28T10:00:00.5+05:30",
    "2026-02-28 10:00",
    "someone@example.com",
    "https://example.com/a?b=c",
    "123e4567-e89b-12d3-a456-426614174000",
    "\u{e9}\u{1f600}",
    "-1.50",
    "true",
    "a b",
];

const NUMBERS: [&str; 12] =
    ["0", "-1", "1", "1.0", "1e2", "0.5", "-0.01", "100", "501", "9007199254740993", "1000000000", "12.345"];

/// Random numbers: SplitMix64.
#[derive(Clone, Debug)]
pub struct Random(pub u64);

impl Random {
    /// A number below a bound, which is not 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// A sample with one mutation. Returns `None` if the mutation does not apply to the place that the seed chooses.
pub fn mutated(sample: &Sample, mutation: Mutation, random: &mut Random) -> Option<Sample> {
    let mut sample = sample.clone();
    let mut count = 0;
    visit(&mut sample, &mut |_| {
        count += 1;
        false
    });
    let mut left = random.below(count);
    let mut done = false;
    visit(&mut sample, &mut |place| {
        if left > 0 {
            left -= 1;
            return false;
        }
        done = apply(place, mutation, random);
        // Few places are lists or objects: the next one that is.
        done
    });
    done.then_some(sample)
}

/// Visits each value, the outer ones first, until one returns true.
fn visit(sample: &mut Sample, at: &mut dyn FnMut(&mut Sample) -> bool) -> bool {
    if at(sample) {
        return true;
    }
    match sample {
        Sample::List(all) => all.iter_mut().any(|one| visit(one, at)),
        Sample::Object(all) => all.iter_mut().any(|(_, one)| visit(one, at)),
        Sample::Null | Sample::Bool(_) | Sample::Number(_) | Sample::Text(_) => false,
    }
}

fn apply(place: &mut Sample, mutation: Mutation, random: &mut Random) -> bool {
    match (mutation, &mut *place) {
        (Mutation::Drop, Sample::Object(all)) if !all.is_empty() => {
            all.remove(random.below(all.len()));
        }
        (Mutation::Rename, Sample::Object(all)) if !all.is_empty() => {
            let index = random.below(all.len());
            all[index].0.push('x');
        }
        (Mutation::Add, Sample::Object(all)) => {
            all.push((random.one(&["new_property", "a b", "x.y"]).to_owned(), Sample::Bool(true)));
        }
        (Mutation::Repeat, Sample::List(all)) if !all.is_empty() => all.extend_from_within(..),
        (Mutation::Null, Sample::Null) => return false,
        (Mutation::Null, _) => *place = Sample::Null,
        (Mutation::Replace, Sample::Text(text)) => *text = random.one(&TEXTS).to_owned(),
        (Mutation::Replace, Sample::Number(digits)) => *digits = random.one(&NUMBERS).to_owned(),
        (Mutation::Replace, Sample::Bool(value)) => *value = !*value,
        (Mutation::Retype, _) => *place = retyped(place, random),
        (Mutation::Limit, Sample::Text(text)) => {
            *text = ["", "a", "é"][random.below(3)].repeat([1, 2, 51, 1_000][random.below(4)]);
        }
        (Mutation::Limit, Sample::Number(digits)) => {
            *digits = random.one(&["-99999999", "99999999", "0.0000001", "1e30", "-1e30"]).to_owned();
        }
        (Mutation::Limit, Sample::List(all)) => match all.first().cloned() {
            Some(first) if random.below(2) == 0 => *all = vec![first; [4, 11, 101][random.below(3)]],
            _ => all.clear(),
        },
        (Mutation::Limit, Sample::Object(all)) => all.clear(),
        _ => return false,
    }
    true
}

/// A value of another JSON type, with the same content if possible.
fn retyped(sample: &Sample, random: &mut Random) -> Sample {
    match (sample, random.below(3)) {
        (_, 0) => Sample::List(vec![sample.clone()]),
        (Sample::Number(digits), 1) => Sample::Text(digits.clone()),
        (Sample::Bool(value), 1) => Sample::Text(value.to_string()),
        (Sample::List(all), 1) => all.first().cloned().unwrap_or(Sample::Bool(false)),
        (Sample::Number(_) | Sample::Bool(_), _) => Sample::Object(Vec::new()),
        (Sample::Text(text), 1)
            if !text.is_empty() && text.len() < 9 && text.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            Sample::Number(format!("1{text}"))
        }
        (Sample::Text(_) | Sample::Null, _) => Sample::Number(random.one(&NUMBERS).to_owned()),
        (Sample::List(_), _) => Sample::Object(Vec::new()),
        (Sample::Object(_), _) => Sample::Text("x".to_owned()),
    }
}
