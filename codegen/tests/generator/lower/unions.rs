//! `oneOf`, `anyOf`, `discriminator`.

use super::{errors, notes, types};

#[test]
fn a_union_without_discriminator() {
    let yaml = "
Root:
  oneOf:
  - $ref: '#/components/schemas/Cat'
  - {type: string}
  - {type: object, properties: {n: {type: integer}}}
Cat: {type: object, properties: {either: {anyOf: [{type: string}, {type: array, items: {type: string}}]}}}
";
    assert_eq!(
        types(yaml),
        [
            "Root: union(Cat, string, Root#3)",
            "Root#3: struct {n?: integer}",
            "Cat: struct {either?: Cat.either}",
            "Cat.either: union(string, [string])",
        ]
    );
}

#[test]
fn a_discriminator_chooses_by_mapping_or_name() {
    let yaml = "
Root:
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}, {$ref: '#/components/schemas/Cow'}]
  discriminator:
    propertyName: kind
    mapping: {cat: '#/components/schemas/Cat', kitten: '#/components/schemas/Cat', dog: Dog}
Cat: {type: object, properties: {kind: {type: string}}}
Dog: {type: object, properties: {kind: {type: string}}}
Cow: {type: object, properties: {kind: {type: string}}}
";
    assert_eq!(types(yaml)[0], "Root: union by kind(cat|kitten=Cat, dog=Dog, Cow=Cow)");
}

#[test]
fn null_makes_the_union_nullable() {
    let yaml = "
Root:
  properties:
    a: {oneOf: [{$ref: '#/components/schemas/T'}, {enum: [null], nullable: true}]}
    b: {anyOf: [{type: string}, {type: integer}, {nullable: true}]}
    c: {oneOf: [{type: string}, {type: 'null'}]}
    d: {oneOf: [{$ref: '#/components/schemas/T'}]}
    e: {oneOf: [{$ref: '#/components/schemas/T'}, {$ref: '#/components/schemas/T'}, {type: integer}]}
T: {type: string}
";
    assert_eq!(
        types(yaml),
        [
            "Root: struct {a?: T | null, b?: Root.b | null, c?: string | null, d?: T, e?: Root.e}",
            "Root.b: union(string, integer) | null",
            "Root.e: union(T, integer)",
            "T: = string",
        ]
    );
    let at = "#/components/schemas/Root/properties/e/oneOf/1";
    assert_eq!(notes(yaml), [format!("{at}: this alternative is listed twice")]);
}

#[test]
fn alternatives_that_only_require_are_not_types() {
    let yaml = "
Root: {type: object, properties: {a: {type: string}, b: {type: string}}, oneOf: [{required: [a]}, {required: [b]}]}
";
    assert_eq!(types(yaml), ["Root: struct {a?: string, b?: string}"]);
    assert_eq!(
        notes(yaml),
        ["#/components/schemas/Root/oneOf: the required combinations of properties are not checked"]
    );
}

#[test]
fn unions_that_cannot_be_expressed() {
    let yaml = "
Root:
  properties:
    both: {oneOf: [{type: string}], anyOf: [{type: string}]}
    beside: {properties: {a: {type: string}}, oneOf: [{type: object, properties: {b: {type: string}}}]}
    none: {oneOf: [{type: 'null'}]}
    tagged: {oneOf: [{$ref: '#/components/schemas/T'}, {type: object}], discriminator: {propertyName: k, mapping: {x: Gone}}}
    untold: {type: object, discriminator: {propertyName: k}}
    not: {not: {type: string}}
T: {type: string}
";
    let at = "#/components/schemas/Root/properties";
    assert_eq!(
        errors(yaml),
        [
            format!("{at}/both: the schema has both oneOf and anyOf"),
            format!("{at}/beside/oneOf: alternatives next to properties or values can't be expressed"),
            format!("{at}/none/oneOf: oneOf has no alternatives"),
            format!("{at}/tagged/oneOf/0: T is not an object, so a discriminator can't choose it"),
            format!("{at}/tagged/oneOf/1: a discriminator can't choose an inline schema"),
            format!("{at}/tagged/discriminator/mapping/x: x is mapped to Gone, which is not an alternative"),
            format!("{at}/untold: a discriminator without oneOf or anyOf has no effect"),
            format!("{at}/not: `not` can't be expressed as a type"),
        ]
    );
}
