use codegen::Inputs;
use codegen::api_model::TypeId;

use super::*;
use crate::examples::redacted::Values;
use codegen::Understood;
use codegen_testing::{case, input};

const DOCUMENT: &str = r##"
openapi: 3.0.0
info: {title: Pets, version: "1"}
paths:
  /pet/get:
    post:
      operationId: petGet
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/PetGetRequest"}}}}
      responses: {"200": {description: a pet, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
components:
  schemas:
    ClientId: {type: string}
    PetGetRequest:
      type: object
      properties: {client_id: {$ref: "#/components/schemas/ClientId"}, note: {type: string, nullable: true}}
    Pet:
      type: object
      required: [name, owner]
      properties:
        name: {type: string}
        owner: {type: string, nullable: true}
        price: {type: number}
        weight: {type: number}
        nick: {type: string, nullable: true}
        kind: {type: string, enum: [cat, dog]}
        token: {type: string}
        toys: {type: array, items: {type: object, properties: {age: {type: integer}}}}
"##;

const SDK: &str = "
credentials: {schemas: [ClientId]}
modules: {pet: {paths: [pet], about: Pets.}}
redact: {credential: {properties: [token]}}
numbers: {decimal: {properties: [price]}, float: {properties: [weight]}}
";

fn pets() -> Understood {
    let inputs = Inputs { document: input("pets.yaml", DOCUMENT), sdk: input("sdk.yaml", SDK), ..case::inputs("") };
    codegen::understand(&inputs, &mut |_| {}).unwrap_or_else(|report| panic!("{report}"))
}

fn compare(pets: &Understood, ty: &str, sent: &str, back: &str, digits: bool) -> Outcome {
    let mut comparison = Comparison {
        api: &pets.api,
        document: &pets.source.value,
        credentials: &pets.sdk.credentials,
        digits,
        outcome: Outcome::default(),
    };
    let [sent, back] = [sent, back].map(|text| Json::parse(text).unwrap());
    comparison.value(&Type::Named(TypeId::schema(ty)), &sent, &back, "");
    comparison.outcome
}

#[test]
fn equal_values_pass_in_any_order_and_notation() {
    let pets = pets();
    let sent = r#"{"name": "Tom", "owner": null, "price": 1.10, "weight": 1.0, "toys": [{"age": 1}, {}]}"#;
    let back = r#"{"weight": 1, "toys": [{"age": 1}, {}], "price": 1.10, "owner": null, "name": "Tom"}"#;
    let outcome = compare(&pets, "Pet", sent, back, true);
    assert_eq!(outcome.differences, []);
    assert_eq!((outcome.undeclared, outcome.credentials, outcome.nulls), (0, 0, 0));
}

#[test]
fn only_three_things_may_be_left_out() {
    let pets = pets();
    let sent = r#"{"name": "Tom", "owner": null, "nick": null, "new": {"name": 1}}"#;
    let outcome = compare(&pets, "Pet", sent, r#"{"name": "Tom", "owner": null}"#, true);
    assert_eq!(outcome.differences, []);
    assert_eq!((outcome.undeclared, outcome.credentials, outcome.nulls), (1, 0, 1));
    let outcome = compare(&pets, "PetGetRequest", r#"{"client_id": "c", "note": null}"#, r#"{"note": null}"#, true);
    assert_eq!(outcome.differences, []);
    assert_eq!((outcome.undeclared, outcome.credentials, outcome.nulls), (0, 1, 0));
}

#[test]
fn every_other_difference_is_reported_with_its_place() {
    let pets = pets();
    let tom = r#"{"name":"Tom","owner":null,"price":1.10,"kind":"cat","toys":[{"age":1}]}"#;
    for (ty, sent, from, to, path) in [
        ("Pet", tom, r#""name":"Tom""#, r#""name":"tom""#, "name"),
        ("Pet", tom, r#""name":"Tom","#, "", "name"),
        // A null in a required property and a null in a request have a meaning.
        ("Pet", tom, r#""owner":null,"#, "", "owner"),
        ("PetGetRequest", r#"{"note":null}"#, r#""note":null"#, "", "note"),
        ("Pet", tom, "1.10", "1.1", "price"),
        ("Pet", tom, "1.10", "\"1.10\"", "price"),
        ("Pet", tom, r#""cat""#, r#""dog""#, "kind"),
        ("Pet", tom, "{\"age\":1}", "{\"age\":2}", "toys[0].age"),
        ("Pet", tom, "{\"age\":1}", "{}", "toys[0].age"),
        ("Pet", tom, "[{\"age\":1}]", "[]", "toys"),
        ("Pet", tom, "[{\"age\":1}]", "null", "toys"),
        ("Pet", tom, "}]}", "}],\"more\":1}", "more"),
    ] {
        assert!(sent.contains(from), "{from}");
        let outcome = compare(&pets, ty, sent, &sent.replace(from, to), true);
        let paths: Vec<&str> = outcome.differences.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, [path], "{from} to {to}");
    }
    // Without digits, as by serde, money is compared by value.
    assert_eq!(compare(&pets, "Pet", tom, &tom.replace("1.10", "1.1"), false).differences, []);
    assert_eq!(compare(&pets, "Pet", tom, &tom.replace("1.10", "1.11"), false).differences.len(), 1);
}

#[test]
fn a_property_missing_from_the_type_does_not_count_as_undeclared() {
    let mut pets = pets();
    let pet = pets.api.types.get_mut(&TypeId::schema("Pet")).unwrap();
    let Kind::Struct(object) = &mut pet.kind else { panic!("a struct") };
    object.fields.retain(|field| field.wire != "price");
    let outcome =
        compare(&pets, "Pet", r#"{"name":"Tom","owner":"Ann","price":1}"#, r#"{"name":"Tom","owner":"Ann"}"#, true);
    assert_eq!(outcome.differences.len(), 1);
    assert_eq!((outcome.differences[0].0.as_str(), outcome.undeclared), ("price", 0));
}

#[test]
fn the_values_of_redacted_properties_are_secret() {
    let pets = pets();
    let example = Json::parse(r#"{"name":"Tom the cat","owner":"Ann","token":"token-1","toys":[]}"#).unwrap();
    let values = Values::of(&pets.api, &Type::Named(TypeId::schema("Pet")), &example);
    assert_eq!(values.secret, [("token".to_owned(), "token-1".to_owned())]);
    assert_eq!(values.shown("Pet { name: \"Tom the cat\", token: \"token-1\" }").collect::<Vec<_>>(), ["token"]);
    assert_eq!(values.shown("Pet { name: \"Tom the cat\", token: [redacted] }").count(), 0);
}
