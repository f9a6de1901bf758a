//! Objects, maps, lists, primitives, references and `null`.

use super::{notes, schemas, types};
use codegen::api_model::{Bound, Literal, Text};
use serde_json::Number;

#[test]
fn optional_and_nullable_are_different() {
    let yaml = "
Root:
  type: object
  required: [a, b]
  properties:
    a: {type: string}
    b: {type: string, nullable: true}
    c: {type: string}
    d: {type: string, nullable: true}
";
    assert_eq!(types(yaml), ["Root: struct {a: string, b: string | null, c?: string, d?: string | null}"]);
}

#[test]
fn primitives() {
    let yaml = "
Root:
  properties:
    text: {type: string}
    day: {type: string, format: date}
    moment: {type: string, format: date-time}
    bytes: {type: string, format: binary}
    whole: {type: integer, format: int64}
    number: {type: number, format: double}
    flag: {type: boolean}
    anything: {}
    described: {description: anything at all}
";
    assert_eq!(
        types(yaml),
        ["Root: struct {text?: string, day?: date, moment?: datetime, bytes?: string, \
                 whole?: integer, number?: decimal, flag?: bool, anything?: json, described?: json}"]
    );
}

#[test]
fn a_reference_to_a_nullable_schema_is_nullable() {
    let yaml = "
Root:
  type: object
  properties:
    named: {$ref: '#/components/schemas/Nullable'}
    passed_on: {$ref: '#/components/schemas/PassedOn'}
    wrapped: {allOf: [{$ref: '#/components/schemas/Nullable'}, {description: why}]}
    here: {nullable: true, allOf: [{$ref: '#/components/schemas/Plain'}]}
    in_a_member: {allOf: [{$ref: '#/components/schemas/Plain'}, {nullable: true}]}
    listed: {type: string, enum: [a, null]}
    plain: {$ref: '#/components/schemas/Plain'}
    list: {type: array, items: {$ref: '#/components/schemas/Nullable'}}
    map: {type: object, additionalProperties: {type: string, nullable: true}}
Nullable: {type: string, nullable: true}
PassedOn: {$ref: '#/components/schemas/Nullable'}
Plain: {type: string}
";
    assert_eq!(
        types(yaml),
        [
            "Root: struct {named?: Nullable | null, passed_on?: PassedOn | null, wrapped?: Nullable | null, \
         here?: Plain | null, in_a_member?: Plain | null, listed?: Root.listed | null, plain?: Plain, \
         list?: [Nullable | null], map?: {string | null}}",
            "Root.listed: enum(\"a\") | null",
            "Nullable: = string | null",
            "PassedOn: = Nullable | null",
            "Plain: = string",
        ]
    );
}

#[test]
fn objects_without_properties() {
    let yaml = "
Root:
  type: object
  properties:
    bare: {type: object}
    open: {type: object, additionalProperties: true}
    closed: {type: object, additionalProperties: false}
    map: {type: object, additionalProperties: {type: integer}}
    named_map: {$ref: '#/components/schemas/Named'}
    named_open: {$ref: '#/components/schemas/Open'}
Named: {type: object, additionalProperties: {type: array, items: {type: string}}}
Open: {type: object, additionalProperties: true}
";
    assert_eq!(
        types(yaml),
        [
            "Root: struct {bare?: jsonobject, open?: jsonobject, closed?: Root.closed, map?: {integer}, \
         named_map?: Named, named_open?: Open}",
            "Root.closed: struct {nothing else}",
            "Named: = {[string]}",
            "Open: = jsonobject",
        ]
    );
}

#[test]
fn a_body_without_properties_is_a_struct() {
    assert_eq!(types("Root: {type: object}"), ["Root: struct {}"]);
    assert_eq!(
        types("Root: {$ref: '#/components/schemas/Inner'}\nInner: {type: object}"),
        ["Root: = Inner", "Inner: struct {}"]
    );
}

#[test]
fn additional_properties_beside_declared_ones() {
    let yaml = "
Root:
  type: object
  properties: {id: {type: string}, open: {$ref: '#/components/schemas/Open'}}
  additionalProperties: {$ref: '#/components/schemas/Extra'}
Open: {type: object, properties: {id: {type: string}}, additionalProperties: true}
Extra: {type: integer}
";
    assert_eq!(
        types(yaml),
        ["Root: struct {id?: string, open?: Open, *: Extra}", "Open: struct {id?: string, *}", "Extra: = integer"]
    );
}

#[test]
fn inline_types_are_named_after_their_place() {
    let yaml = "
Root:
  type: object
  properties:
    owner:
      type: object
      properties:
        kind: {type: string, enum: [a]}
    rows:
      type: array
      items: {type: array, items: {type: object, properties: {n: {type: integer}}}}
    by_name:
      type: object
      additionalProperties: {type: object, properties: {x: {type: string}}}
    list: {type: array}
    last: {$ref: '#/components/schemas/Last'}
Last: {type: boolean}
";
    assert_eq!(
        types(yaml),
        [
            "Root: struct {owner?: Root.owner, rows?: [[Root.rows[][]]], by_name?: {Root.by_name{}}, list?: [json], \
         last?: Last}",
            "Root.owner: struct {kind?: Root.owner.kind}",
            "Root.owner.kind: enum(\"a\")",
            "Root.rows[][]: struct {n?: integer}",
            "Root.by_name{}: struct {x?: string}",
            "Last: = bool",
        ]
    );
}

#[test]
fn a_schema_keeps_its_name_before_an_inline_type() {
    let yaml = "
Root: {properties: {kind: {type: string, enum: [a]}, other: {$ref: '#/components/schemas/Root.kind'}}}
Root.kind: {type: integer}
";
    assert_eq!(
        types(yaml),
        ["Root: struct {kind?: Root.kind, other?: Root.kind}", "Root.kind: enum(\"a\")", "Root.kind: = integer"]
    );
}

#[test]
fn types_may_be_recursive() {
    let yaml = "
Root: {type: object, properties: {child: {$ref: '#/components/schemas/Root'}, nodes: {$ref: '#/components/schemas/Nodes'}}}
Nodes: {type: array, items: {$ref: '#/components/schemas/Root'}}
";
    assert_eq!(types(yaml), ["Root: struct {child?: Root, nodes?: Nodes}", "Nodes: = [Root]"]);
}

#[test]
fn constraints_and_annotations_are_kept_for_the_docs() {
    let yaml = "
Root:
  type: object
  minProperties: 1
  properties:
    n: {type: integer, minimum: 1, exclusiveMinimum: true, maximum: 500, default: 100, multipleOf: 2}
    s: {type: string, minLength: 1, maxLength: 9, pattern: '^a', format: uuid, readOnly: true}
    l: {type: array, items: {type: string}, minItems: 1, maxItems: 2, uniqueItems: true}
    f: {type: number, format: double, minimum: 0.5}
    d: {type: boolean, deprecated: true, x-hidden-from-docs: true, description: A flag., default: false}
    i: {type: integer, enum: [1, 2]}
";
    let (api, report) = schemas(yaml);
    assert!(report.findings().is_empty(), "{report}");
    let root = api.types.first().unwrap().1;
    assert_eq!(root.docs.constraints.min_properties, Some(1));
    let codegen::api_model::Kind::Struct(root) = &root.kind else { panic!("{root:?}") };
    let [n, s, l, f, d, i] = root.fields.each_docs();
    assert_eq!(n.constraints.minimum, bound(1.into(), true));
    assert_eq!(n.constraints.maximum, bound(500.into(), false));
    assert_eq!((&n.constraints.default, &n.constraints.multiple_of), (&Some(100.into()), &Some(2.into())));
    assert_eq!((s.constraints.min_length, s.constraints.max_length), (Some(1), Some(9)));
    assert_eq!((s.constraints.pattern.as_deref(), s.constraints.format.as_deref()), (Some("^a"), Some("uuid")));
    assert!(s.constraints.read_only);
    assert_eq!(
        (l.constraints.min_items, l.constraints.max_items, l.constraints.unique_items),
        (Some(1), Some(2), true)
    );
    assert_eq!(f.constraints.minimum, bound(Number::from_f64(0.5).unwrap(), false));
    assert_eq!(f.constraints.format, None, "`double` adds nothing to the type");
    assert_eq!((d.deprecated, d.hidden, d.description.clone()), (true, true, Some(Text::markdown("A flag."))));
    assert_eq!(d.constraints.default, Some(false.into()));
    assert_eq!(i.constraints.allowed, [1, 2].map(|value| Literal::Number(value.into())));
}

#[test]
fn properties_of_a_string_are_enum_values() {
    let yaml = "
Root:
  type: object
  properties:
    status:
      type: string
      properties: {done: {description: All is well.}, not yet: {}}
";
    assert_eq!(types(yaml), ["Root: struct {status?: Root.status}", "Root.status: enum(\"done\", \"not yet\")"]);
    let place = "#/components/schemas/Root/properties/status/properties";
    assert_eq!(notes(yaml), [format!("{place}: the type is string, so its properties can only be values")]);
}

trait EachDocs {
    fn each_docs<const N: usize>(&self) -> [&codegen::api_model::Docs; N];
}

impl EachDocs for Vec<codegen::api_model::Field> {
    fn each_docs<const N: usize>(&self) -> [&codegen::api_model::Docs; N] {
        self.iter().map(|field| &field.docs).collect::<Vec<_>>().try_into().unwrap()
    }
}

fn bound(value: Number, exclusive: bool) -> Option<Bound> {
    Some(Bound { value, exclusive })
}
