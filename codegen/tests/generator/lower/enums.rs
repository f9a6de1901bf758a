//! Enums and other lists of values.

use super::{errors, notes, types};

#[test]
fn null_in_the_list_makes_it_nullable() {
    let yaml = "Root: {properties: {a: {$ref: '#/components/schemas/E'}}, required: [a]}\nE: {type: string, enum: [x, '', null]}";
    assert_eq!(types(yaml), ["Root: struct {a: E | null}", "E: enum(\"x\", \"\") | null"]);
}

#[test]
fn null_alone_is_not_an_enum() {
    let yaml = "Root: {properties: {a: {type: string, enum: [null]}, b: {enum: [null], nullable: true}}}";
    assert_eq!(types(yaml), ["Root: struct {a?: string | null, b?: json | null}"]);
}

#[test]
fn values_that_yaml_reads_as_something_else() {
    let yaml = "
Root: {properties: {v: {$ref: '#/components/schemas/Version'}, f: {type: string, enum: [true, false]}, m: {type: string, enum: [a, 1]}}}
Version: {type: string, enum: [4.1, 4, 3]}
";
    assert_eq!(
        types(yaml),
        [
            "Root: struct {v?: Version, f?: Root.f, m?: Root.m}",
            "Root.f: enum(true, false)",
            "Root.m: enum(\"a\", 1)",
            "Version: enum(4.1, 4, 3)",
        ]
    );
}

#[test]
fn numbers_and_booleans_keep_their_type() {
    let yaml = "
Root:
  properties:
    i: {type: integer, enum: [1, 2]}
    n: {type: number, enum: [1, 2.5]}
    b: {type: boolean, enum: [true]}
    untyped: {enum: [1, 2]}
    untyped_text: {enum: [a]}
    untyped_mix: {enum: [1, true]}
";
    assert_eq!(
        types(yaml),
        [
            "Root: struct {i?: integer, n?: decimal, b?: bool, untyped?: integer, untyped_text?: Root.untyped_text, \
         untyped_mix?: Root.untyped_mix}",
            "Root.untyped_text: enum(\"a\")",
            "Root.untyped_mix: enum(1, true)",
        ]
    );
}

#[test]
fn a_value_listed_twice_is_one_variant() {
    let yaml = "Root: {properties: {a: {type: string, enum: [x, y, x]}}}";
    assert_eq!(types(yaml)[1], "Root.a: enum(\"x\", \"y\")");
    assert_eq!(notes(yaml), ["#/components/schemas/Root/properties/a/enum/2: the enum lists `x` twice"]);
}

#[test]
fn values_of_another_type() {
    let yaml = "
Root:
  properties:
    i: {type: integer, enum: ['1']}
    o: {type: string, enum: [{a: 1}]}
    l: {type: array, enum: [a]}
";
    let at = "#/components/schemas/Root/properties";
    assert_eq!(
        errors(yaml),
        [
            format!("{at}/i/enum: the enum lists values that are not of type integer"),
            format!("{at}/o/enum: the enum lists objects or lists"),
            format!("{at}/l/enum: the enum lists values that are not of type array"),
        ]
    );
}
