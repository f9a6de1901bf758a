use super::Source;
use crate::diag::{Pointer, Report};

fn read(text: &str) -> Source {
    let mut report = Report::default();
    let source = Source::parse("a.yaml", text, &mut report);
    source.unwrap_or_else(|| panic!("{text:?} can't be read: {report}"))
}

fn refuse(text: &str) -> String {
    let mut report = Report::default();
    assert!(Source::parse("a.yaml", text, &mut report).is_none(), "{text:?} was read");
    assert!(report.findings().iter().all(|finding| finding.line.is_some()), "{report}");
    report.to_string()
}

fn json(text: &str) -> String {
    serde_json::to_string(&read(text).value).unwrap()
}

#[test]
fn words_are_read_as_serde_yaml_reads_them() {
    let text = "[~, null, '', yes, True, 0, -0, 007, 0x1F, 0o17, -0b11, +5, 1.5, -1e3, .5, 1., 1_000, 12:30, 2020-01-01,\
                18446744073709551615, -9223372036854775808, ., +-1, 1e999, nan, .5.5]";
    let by_serde_yaml: serde_yaml::Value = serde_yaml::from_str(text).unwrap();
    assert_eq!(read(text).value, by_serde_yaml);
}

#[test]
fn keys_are_strings() {
    assert_eq!(json("{200: a, true: b, null: c, 4.10: d}"), r#"{"200":"a","true":"b","null":"c","4.10":"d"}"#);
}

#[test]
fn aliases_and_merges_are_resolved() {
    let text = "base: &b {x: 1, y: 2}\nitem: {<<: *b, y: 3}\nlist: {<<: [{z: 1}, *b]}\nagain: *b\n? &k key\n: &v val\nuse: {*k : *v}";
    let value = json(text);
    assert_eq!(
        value,
        r#"{"base":{"x":1,"y":2},"item":{"y":3,"x":1},"list":{"z":1,"x":1,"y":2},"again":{"x":1,"y":2},"key":"val","use":{"key":"val"}}"#
    );
}

#[test]
fn json_is_read() {
    assert_eq!(read("{\"a\": \"\\ud83d\\ude00\"}").value["a"].as_str(), Some("\u{1f600}"));
    assert_eq!(json("{\n\t\"a\\/b\": \"\\\\u00e9 \\u00e9\"\n}"), r#"{"a/b":"\\u00e9 é"}"#);
}

#[test]
fn lines_are_those_of_the_keys() {
    let source = read("a: 1\nb:\n  - x\n  - c: 2\n    d:\n      e: 3\n'f/g': 4\n");
    let line = |at: &str| source.line(&Pointer::parse(at).unwrap());
    assert_eq!(line("#"), Some(1));
    assert_eq!(line("#/b"), Some(2));
    assert_eq!(line("#/b/0"), Some(3));
    assert_eq!(line("#/b/1/d/e"), Some(6));
    assert_eq!(line("#/b/1/d/none/at/all"), Some(5));
    assert_eq!(line("#/f~1g"), Some(7));
}

#[test]
fn lines_are_known_inside_aliases_and_merges() {
    let source = read("a: &a\n  x: 1\nb: *a\nc:\n  <<: *a\n  y: 2\n");
    let line = |at: &str| source.line(&Pointer::parse(at).unwrap());
    assert_eq!(line("#/b"), Some(3));
    assert_eq!(line("#/b/x"), Some(2));
    assert_eq!(line("#/c/x"), Some(2));
    assert_eq!(line("#/c/y"), Some(6));
}

#[test]
fn lines_of_merged_members_are_those_that_the_value_has() {
    let text = "\
one: &one
  x: 1
  y: 1
two: &two
  <<: *one
  y: 2
  z: 2
all:
  <<: [*two, {x: 3, w: 3}]
  z: 4
  '<<': 5
key: &key k
items:
  - &item
    ? *key
    : a
    b: c
  - *item
  - d: [1,
      2]
";
    let source = read(text);
    let line = |at: &str| source.line(&Pointer::parse(at).unwrap());
    assert_eq!(line("#/two/x"), Some(2));
    assert_eq!(line("#/two/y"), Some(6));
    assert_eq!(line("#/all/x"), Some(2), "the first that has it, and what it merges in itself");
    assert_eq!(line("#/all/y"), Some(6));
    assert_eq!(line("#/all/z"), Some(10));
    assert_eq!(line("#/all/w"), Some(9));
    assert_eq!(line("#/all/<<"), Some(11));
    assert_eq!(line("#/items/0/b"), Some(17));
    assert_eq!(line("#/items/1"), Some(18));
    assert_eq!(line("#/items/1/b"), Some(17));
    assert_eq!(line("#/items/2/d/0"), Some(19));
    assert_eq!(line("#/items/2/d/1"), Some(20));
    assert_eq!(line("#/items/3"), Some(13), "the nearest parent");
}

#[test]
fn mappings_merged_many_times_or_nested_deeply_have_lines() {
    let mut text = String::from("m0: &m0 {x: 1}\n");
    for n in 1..2000 {
        text.push_str(&format!("m{n}: &m{n} {{<<: [*m{}, *m{}]}}\n", n - 1, n - 1));
    }
    let source = read(&text);
    assert_eq!(source.line(&Pointer::parse("#/m1999/x").unwrap()), Some(1));
    assert_eq!(source.line(&Pointer::parse("#/m1999/none").unwrap()), Some(2000));
}

#[test]
fn unreadable_text_is_reported_with_its_line() {
    assert!(refuse("a: 1\nb: [1, 2\nc: 3\n").contains("not YAML"));
    assert!(refuse("a: 1\nb: x: y\n").contains("a.yaml:2"));
    assert!(refuse("").contains("this file is empty"));
    assert!(refuse("# only a comment\n").contains("this file is empty"));
    assert!(refuse("a: 1\n---\nb: 1\n").contains("second YAML document"));
    assert!(refuse("a: 1\n\0b: 2\n").contains("a.yaml:2"));
    assert!(refuse("a: .nan\n").contains("not a number in JSON"));
    assert!(refuse("a: !secret x\n").contains("the tag `!secret`"));
    assert!(refuse("? [a]\n: b\n").contains("a key must be text"));
    assert!(refuse("a: &a [*a]\n").contains("inside the node that it refers to"));
    assert!(refuse("a: *a\n").contains("unknown anchor"));
    assert!(refuse("<<: 1\n").contains("`<<` merges"));
    assert!(refuse(": 1\n").contains("a key is missing"));
}

#[test]
fn all_duplicate_keys_are_reported() {
    let report = refuse("a: 1\nb: {c: 1, d: 2, c: 3}\na: 2\n");
    assert!(report.contains("a.yaml:3  #/a") && report.contains("the first is in line 1"), "{report}");
    assert!(report.contains("a.yaml:2  #/b/c"), "{report}");
}

#[test]
fn depth_and_growth_are_bounded() {
    assert!(refuse(&"[".repeat(100)).contains("are nested"));
    refuse(&"[".repeat(100_000));
    refuse(&"- ".repeat(100_000));
    refuse(&"{a: ".repeat(10_000));
    assert!(refuse(&"a: ".repeat(3)).contains("not YAML"));
    let mut text = String::from("a0: &a0 [x, x]\n");
    for n in 1..40 {
        text.push_str(&format!("a{n}: &a{n} [*a{}, *a{}]\n", n - 1, n - 1));
    }
    assert!(refuse(&text).contains("expand the document"));
}
