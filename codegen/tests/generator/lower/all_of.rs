//! `allOf`: aliases, annotations, merges.

use codegen::api_model::{Kind, Text};

use super::{errors, notes, schemas, types};

#[test]
fn a_single_reference_is_an_alias() {
    let yaml = "
Root: {allOf: [{$ref: '#/components/schemas/Pet'}]}
Pet: {type: object, properties: {id: {type: string}, other: {allOf: [{$ref: '#/components/schemas/OrNull'}, {}]}}}
OrNull: {type: object, nullable: true, allOf: [{$ref: '#/components/schemas/Pet'}, {type: object}]}
";
    assert_eq!(
        types(yaml),
        ["Root: = Pet", "Pet: struct {id?: string, other?: OrNull | null}", "OrNull: = Pet | null"]
    );
}

#[test]
fn annotations_beside_a_reference_belong_to_the_property() {
    let yaml = "
Root:
  type: object
  properties:
    beside: {description: Beside., deprecated: true, allOf: [{$ref: '#/components/schemas/Text'}]}
    inside: {allOf: [{$ref: '#/components/schemas/Text'}, {type: string, description: Inside., maxLength: 9}]}
    bare: {$ref: '#/components/schemas/Text'}
Text: {type: string, description: The text's own., minLength: 1}
";
    let (api, report) = schemas(yaml);
    assert!(report.findings().is_empty(), "{report}");
    let Kind::Struct(root) = &api.types.first().unwrap().1.kind else { panic!("not a struct") };
    let docs: Vec<_> = root.fields.iter().map(|field| field.docs.description.as_ref().map(Text::to_string)).collect();
    let docs: Vec<_> = docs.iter().map(Option::as_deref).collect();
    assert_eq!(docs, [Some("Beside."), Some("Inside."), None]);
    assert!(root.fields[0].docs.deprecated);
    assert_eq!(root.fields[1].docs.constraints.max_length, Some(9));
}

#[test]
fn inline_members_add_annotations_and_constraints() {
    let yaml = "
Root:
  allOf:
  - {$ref: '#/components/schemas/Base'}
  - {type: object, description: Merged., deprecated: true, properties: {b: {allOf: [{allOf: [{type: string, format: uuid, description: Deep.}]}]}}}
Base: {type: object, description: Base., properties: {a: {type: string}}}
";
    let (api, report) = schemas(yaml);
    assert!(report.findings().is_empty(), "{report}");
    let root = api.types.first().unwrap().1;
    assert_eq!((root.docs.description.clone(), root.docs.deprecated), (Some(Text::markdown("Merged.")), true));
    let Kind::Struct(root) = &root.kind else { panic!("not a struct") };
    assert_eq!(root.fields[1].docs.description, Some(Text::markdown("Deep.")));
    assert_eq!(root.fields[1].docs.constraints.format.as_deref(), Some("uuid"));
}

#[test]
fn a_single_inline_member_is_the_schema() {
    let yaml = "
Root:
  properties:
    a: {allOf: [{type: string, enum: [x]}, {description: why}]}
    b: {allOf: [{type: string}, {maxLength: 4}]}
    c: {type: array, items: {type: string}, allOf: [{description: why}]}
";
    assert_eq!(types(yaml), ["Root: struct {a?: Root.a, b?: string, c?: [string]}", "Root.a: enum(\"x\")"]);
}

#[test]
fn objects_are_merged_in_order() {
    let yaml = "
Root:
  nullable: true
  allOf:
  - $ref: '#/components/schemas/Base'
  - type: object
    required: [c, a]
    properties: {c: {type: integer}, b: {type: string, description: again}}
  required: [b]
Base:
  type: object
  required: [d]
  properties: {a: {type: string}, b: {type: string}, d: {type: boolean}}
";
    assert_eq!(
        types(yaml),
        [
            "Root: struct {a: string, b: string, d: bool, c: integer} from Base | null",
            "Base: struct {a?: string, b?: string, d: bool}",
        ]
    );
}

#[test]
fn merges_go_through_names() {
    let yaml = "
Root: {allOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]}
B: {allOf: [{$ref: '#/components/schemas/A'}, {type: object, properties: {b: {type: string}}}]}
A: {type: object, nullable: true, properties: {a: {type: string, enum: [x]}}}
C: {$ref: '#/components/schemas/D'}
D: {type: object, properties: {d: {type: string}}, additionalProperties: {type: integer}}
";
    assert_eq!(
        types(yaml),
        [
            "Root: struct {a?: A.a, b?: string, d?: string, *: integer} from B, C | null",
            "B: struct {a?: A.a, b?: string} from A | null",
            "A: struct {a?: A.a} | null",
            "A.a: enum(\"x\")",
            "C: = D",
            "D: struct {d?: string, *: integer}",
        ]
    );
}

#[test]
fn a_reference_with_required_is_a_stricter_struct() {
    let yaml = "
Root: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object}], required: [a]}
Base: {type: object, properties: {a: {type: string}, b: {type: string}}}
";
    assert_eq!(
        types(yaml),
        ["Root: struct {a: string, b?: string} from Base", "Base: struct {a?: string, b?: string}"]
    );
}

#[test]
fn the_later_declaration_wins_and_a_change_of_type_is_a_note() {
    let yaml = "
Root:
  allOf:
  - $ref: '#/components/schemas/Base'
  - properties:
      balance: {$ref: '#/components/schemas/New'}
      name: {type: string, nullable: true}
      kind: {description: Only a remark., nullable: true}
Base:
  type: object
  properties: {balance: {$ref: '#/components/schemas/Old'}, name: {type: string}, kind: {$ref: '#/components/schemas/Old'}}
Old: {type: object, properties: {o: {type: string}}}
New: {type: object, properties: {n: {type: string}}}
";
    assert_eq!(types(yaml)[0], "Root: struct {balance?: New, name?: string | null, kind?: Old | null} from Base");
    let place = "#/components/schemas/Root/allOf/1/properties/balance";
    assert_eq!(notes(yaml), [format!("{place}: balance was declared before, with another type")]);
}

#[test]
fn only_objects_can_be_merged() {
    let yaml = "
Root:
  properties:
    a: {allOf: [{$ref: '#/components/schemas/Object'}, {$ref: '#/components/schemas/Text'}]}
    b: {allOf: [{$ref: '#/components/schemas/Object'}, {oneOf: [{type: string}]}]}
    c: {type: integer, allOf: [{$ref: '#/components/schemas/Text'}]}
Object: {type: object, properties: {o: {type: string}}}
Text: {type: string}
";
    let at = "#/components/schemas/Root/properties";
    assert_eq!(
        errors(yaml),
        [
            "#/components/schemas/Text: a schema of type string can't be merged with the other members of the allOf"
                .into(),
            format!("{at}/b/allOf/1: a oneOf or anyOf can't be merged with the other members of the allOf"),
            format!("{at}/c: the type is integer, but the allOf has the type string"),
        ]
    );
}

#[test]
fn a_merge_into_itself_is_an_error() {
    let yaml = "
Root: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {r: {type: string}}}]}
A: {allOf: [{$ref: '#/components/schemas/B'}, {properties: {a: {type: string}}}]}
B: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/A'}, {properties: {b: {type: string}}}]}
";
    assert_eq!(
        errors(yaml),
        [
            "#/components/schemas/B/allOf/0: A is merged into itself: A -> B -> A",
            "#/components/schemas/B/allOf/1: A is merged into itself: A -> B -> A",
            "#/components/schemas/A/allOf/0: B is merged into itself: B -> A -> B",
        ]
    );
    assert_eq!(
        errors("Root: {allOf: [{$ref: '#/components/schemas/Root'}]}"),
        ["#/components/schemas/Root: an alias refers back to itself: Root -> Root"]
    );
}
