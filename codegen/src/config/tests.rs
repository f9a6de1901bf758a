use serde::de::DeserializeOwned;

use super::shape::{ERRORS, FIXUPS, GLOSSARY, SDK, TEXTS_OF_A_MODULE};
use super::{
    Credentials, DocsLinks, Effects, ErrorClass, ErrorCode, Errors, ExamplesEntry, Exclusive, Fixup, Glossary,
    ModuleEntry, ModuleTexts, Names, Numbers, OperationTexts, Redact, Rules, SampleHints, SchemaTexts, Sdk, Selection,
    Texts, Used, WebhookPair, Webhooks,
};
use crate::diag::Report;
use crate::grammar::{Object, Shape};
use crate::source::Source;

fn sdk(text: &str) -> Sdk {
    let mut report = Report::default();
    let source = Source::parse("sdk.yaml", text, &mut report).expect("YAML");
    Sdk::read(&source, &mut report).unwrap_or_else(|| panic!("{report}"))
}

/// The field names in serde's error message.
fn fields_of<T: DeserializeOwned>() -> Vec<String> {
    let error = serde_yaml::from_str::<T>("{'no field': 1}").err().expect("no such field").to_string();
    let expected = error.split_once("expected ").map_or("", |(_, expected)| expected);
    let mut names: Vec<String> = expected.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    names.sort();
    names
}

fn names_of(object: &Object) -> Vec<String> {
    let mut names: Vec<String> = object.keywords.iter().map(|keyword| keyword.name.to_owned()).collect();
    names.sort();
    names
}

fn object_in(shape: Shape) -> &'static Object {
    match shape {
        Shape::Object(object) => object,
        Shape::List(inner) | Shape::Map(inner) => object_in(*inner),
        _ => panic!("not an object"),
    }
}

#[test]
fn the_tables_match_the_types() {
    let of = |object: &Object, name: &str| object_in(object.keyword(name).expect("the keyword").shape);
    assert_eq!(names_of(&SDK), fields_of::<Sdk>());
    assert_eq!(names_of(of(&SDK, "docs")), fields_of::<DocsLinks>());
    assert_eq!(names_of(of(&SDK, "credentials")), fields_of::<Credentials>());
    assert_eq!(names_of(of(&SDK, "webhooks")), fields_of::<Webhooks>());
    assert_eq!(names_of(of(of(&SDK, "webhooks"), "pairs")), fields_of::<WebhookPair>());
    assert_eq!(names_of(of(&SDK, "modules")), fields_of::<ModuleEntry>());
    assert_eq!(names_of(of(&SDK, "names")), fields_of::<Names>());
    assert_eq!(names_of(of(&SDK, "redact")), fields_of::<Redact>());
    assert_eq!(names_of(of(of(&SDK, "redact"), "credential")), fields_of::<Selection>());
    assert_eq!(names_of(of(&SDK, "effects")), fields_of::<Effects>());
    assert_eq!(names_of(of(&SDK, "may_be_empty")), fields_of::<Selection>());
    assert_eq!(names_of(of(&SDK, "ids")), fields_of::<Selection>());
    assert_eq!(names_of(of(&SDK, "numbers")), fields_of::<Numbers>());
    assert_eq!(names_of(&ERRORS), fields_of::<Errors>());
    assert_eq!(names_of(of(&ERRORS, "codes")), fields_of::<ErrorCode>());
    assert_eq!(names_of(of(&ERRORS, "types")), fields_of::<ErrorClass>());
    assert_eq!(names_of(of(&ERRORS, "statuses")), fields_of::<ErrorClass>());
    assert_eq!(names_of(object_in(FIXUPS)), fields_of::<Fixup>());
    assert_eq!(names_of(of(&SDK, "examples")), fields_of::<ExamplesEntry>());
    assert_eq!(names_of(of(&SDK, "samples")), fields_of::<SampleHints>());
    assert_eq!(names_of(of(of(&SDK, "samples"), "exclusive")), fields_of::<Exclusive>());
    assert_eq!(names_of(of(&SDK, "rules")), fields_of::<Rules>());
    assert_eq!(names_of(&GLOSSARY), fields_of::<Glossary>());
    assert_eq!(names_of(&TEXTS_OF_A_MODULE), fields_of::<ModuleTexts>());
    assert_eq!(names_of(of(&TEXTS_OF_A_MODULE, "operations")), fields_of::<OperationTexts>());
    assert_eq!(names_of(of(&TEXTS_OF_A_MODULE, "schemas")), fields_of::<SchemaTexts>());
}

#[test]
fn a_file_of_texts_belongs_to_the_module_in_its_name() {
    let mut report = Report::default();
    let texts =
        [("spec/docs/glossary.yaml", "properties: {name: N.}"), ("docs\\pets.yaml", "about: A."), ("x.yml", "{}")];
    let sources = texts.map(|(name, text)| Source::parse(name, text, &mut report).expect("YAML"));
    let texts = Texts::read(&sources, &mut report).unwrap_or_else(|| panic!("{report}"));
    assert_eq!(texts.glossary.expect("the glossary").properties["name"], "N.");
    let modules: Vec<&str> = texts.modules.iter().map(|module| module.module.as_str()).collect();
    assert_eq!(modules, ["pets", "x.yml"]);
}

#[test]
fn a_selection_contains_fields_by_name_by_schema_and_individually() {
    let sdk = sdk(
        "redact: {personal: {properties: [ssn], fields: [Pet.chip], schemas: [Token], except: [Dog.ssn, Cat.name]}}",
    );
    let find = |schema: &str, property: &str, referred: Option<&str>| {
        sdk.redact.personal.find(&sdk.used, "#/redact/personal", schema, property, referred)
    };
    assert!(find("Pet", "ssn", None));
    assert!(find("Pet", "chip", Some("Id")));
    assert!(find("Pet", "key", Some("Token")));
    assert!(!find("Dog", "ssn", None));
    assert!(!find("Dog", "chip", None));
    assert!(!find("Cat", "name", None));
    let mut report = Report::default();
    sdk.unused(true, &mut report);
    let unused: Vec<&str> = report.findings().iter().map(|finding| finding.at.as_str()).collect();
    assert_eq!(unused, ["#/redact/personal/except/1"], "an exception that excludes nothing is unused");
}

#[test]
fn unused_entries_of_another_document_are_notes() {
    let sdk = sdk("names: {types: {A: B}}");
    let mut report = Report::default();
    sdk.unused(false, &mut report);
    assert!(!report.has_errors() && report.findings().len() == 1, "{report}");
    sdk.used.mark("#/names/types/A");
    let mut report = Report::default();
    sdk.unused(true, &mut report);
    assert_eq!(report, Report::default());
    assert!(!Used::default().contains("#"));
}
