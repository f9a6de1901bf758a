//! The names in a client, read from its package by a program in its language, as exceptions to the rules of `api-tools`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

use api_tools::snippets::client::Facts;
use api_tools::snippets::python::{self, Form};
use api_tools::snippets::{Language, javascript, words};
use codegen::api_model::{Api, Enum, Kind, Struct, TypeDef};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Checked, install};
use crate::files::Plan;
use crate::{packages, workspace};

/// The beginning of each file.
const HEAD: &str =
    "# Written by `cargo xtask snippets facts`. Names and versions, read from the published package.\n\n";

/// What every reader prints.
#[derive(Deserialize)]
struct Package {
    package: String,
    version: String,
    document: String,
    methods: BTreeSet<String>,
}

/// What the reader of the npm package prints.
#[derive(Deserialize)]
struct Node {
    #[serde(flatten)]
    package: Package,
    /// The methods whose body has no interface.
    maps: BTreeSet<String>,
    /// By enum and constant, the value.
    enums: BTreeMap<String, BTreeMap<String, String>>,
    /// By interface and property, the type.
    interfaces: BTreeMap<String, BTreeMap<String, String>>,
}

/// What the reader of the PyPI package prints.
#[derive(Deserialize)]
struct Python {
    #[serde(flatten)]
    package: Package,
    classes: BTreeMap<String, PythonClass>,
}

#[derive(Deserialize)]
struct PythonClass {
    module: String,
    properties: BTreeMap<String, PythonProperty>,
    /// The values, if it is an enum.
    values: Option<BTreeSet<String>>,
}

#[derive(Deserialize)]
struct PythonProperty {
    form: String,
    nullable: bool,
}

/// Checks that the committed file is what the package contains.
pub fn check(input: &Checked, language: Language) -> Result<(), String> {
    let plan = plan(input, language)?;
    if plan.is_empty() {
        return Ok(());
    }
    let id = language.id();
    Err(format!("{}error: spec/clients/{id}.yaml is stale; run `cargo xtask snippets facts {id}`", plan.diff(200)))
}

/// Writes the file.
pub fn write(input: &Checked, language: Language) -> Result<(), String> {
    let plan = plan(input, language)?;
    plan.carry_out()?;
    println!("{} {}", plan.diff(200), if plan.is_empty() { "nothing changed" } else { "written" });
    Ok(())
}

fn plan(input: &Checked, language: Language) -> Result<Plan, String> {
    let old = input.facts(language)?;
    let facts = match language {
        Language::Python => python(&input.api, &read(python_reader(old)?)?),
        _ => node(&input.api, &read(node_reader(old)?)?),
    };
    let mut plan = Plan::default();
    plan.put(path(language), HEAD.to_owned() + &yaml(&facts)?)?;
    Ok(plan)
}

fn path(language: Language) -> PathBuf {
    workspace::spec("clients").join(format!("{}.yaml", language.id()))
}

fn node_reader(facts: &Facts) -> Result<Command, String> {
    let mut command = Command::new("node");
    command.arg(workspace::root().join("xtask/clients/node_facts.js")).arg(install::npm(facts)?);
    Ok(command)
}

fn python_reader(facts: &Facts) -> Result<Command, String> {
    let mut command = Command::new(install::pip(facts)?);
    command.arg(workspace::root().join("xtask/clients/python_facts.py"));
    Ok(command)
}

fn read<T: DeserializeOwned>(mut command: Command) -> Result<T, String> {
    let text = packages::output(&mut command, "the reader of the package")?;
    serde_json::from_str(&text).map_err(|error| format!("error: the reader of the package printed: {error}"))
}

/// The facts as YAML, without what is empty.
fn yaml(facts: &Facts) -> Result<String, String> {
    let failed = |error: serde_yaml::Error| format!("error: {error}");
    let mut value = serde_yaml::to_value(facts).map_err(failed)?;
    if let Some(mapping) = value.as_mapping_mut() {
        mapping.retain(|_, value| {
            !value.as_mapping().is_some_and(serde_yaml::Mapping::is_empty)
                && !value.as_sequence().is_some_and(Vec::is_empty)
                && value.as_str() != Some("")
        });
    }
    serde_yaml::to_string(&value).map_err(failed)
}

fn of_package(package: &Package) -> Facts {
    Facts {
        package: package.package.clone(),
        version: package.version.clone(),
        document: package.document.clone(),
        methods: package.methods.clone(),
        ..Facts::default()
    }
}

/// The types that requests reach.
fn requested(api: &Api) -> impl Iterator<Item = &TypeDef> {
    api.types.values().filter(|def| def.usage.request)
}

/// Exceptions for JavaScript and TypeScript: enums, constants, and properties that interfaces don't have.
fn node(api: &Api, package: &Node) -> Facts {
    let mut facts = of_package(&package.package);
    for operation in api.operations.iter().filter(|operation| package.maps.contains(&operation.id)) {
        let body = operation.body.as_ref().and_then(|body| body.ty.named());
        facts.forms.extend(body.map(|id| (id.to_string(), "any".to_owned())));
    }
    for def in requested(api) {
        match &def.kind {
            Kind::Enum(list) => node_enum(def, list, package, &mut facts),
            Kind::Struct(object) => {
                let Some(properties) = package.interfaces.get(&words::pascal(&def.id.to_string())) else { continue };
                for field in object.caller_fields() {
                    let place = format!("{}.{}", def.id, field.wire);
                    match properties.get(&field.wire) {
                        None => {
                            facts.lacks.insert(place);
                        }
                        // A set is sent as an empty object, and text is not an object.
                        Some(ty) if ty.starts_with("Set<") || ty == "object" => {
                            facts.forms.insert(place, "any".to_owned());
                        }
                        Some(_) => {}
                    }
                }
            }
            Kind::Union(_) | Kind::Alias(_) => {}
        }
    }
    facts
}

fn node_enum(def: &TypeDef, list: &Enum, package: &Node, facts: &mut Facts) {
    let rules = Facts::default();
    let name = javascript::enum_class(&rules, &def.id).unwrap_or_default();
    let Some(constants) = package.enums.get(&name) else {
        facts.classes.insert(def.id.to_string(), String::new());
        return;
    };
    for value in list.values.iter().map(|listed| listed.value.to_string()) {
        let by_rule = javascript::constant(&rules, def, list, &value).unwrap_or_default();
        if constants.get(&by_rule) != Some(&value) {
            let found = constants.iter().find(|(_, of)| **of == value).map(|(name, _)| name.clone());
            facts.constants.entry(def.id.to_string()).or_default().insert(value, found.unwrap_or_default());
        }
    }
}

/// Exceptions for Python: classes, modules, and the forms of properties.
fn python(api: &Api, package: &Python) -> Facts {
    let mut facts = of_package(&package.package);
    // Classes first, since the forms of properties depend on them.
    for def in requested(api) {
        let by_rule = python::class_name(api, &Facts::default(), &def.id);
        let name = words::pascal(&def.id.to_string());
        match (by_rule, package.classes.contains_key(&name)) {
            (Some(class), true) if class == name => {}
            (None, true) if def.id.name().is_some() => {
                facts.classes.insert(def.id.to_string(), name);
            }
            (Some(_), _) => {
                facts.classes.insert(def.id.to_string(), String::new());
            }
            (None, _) => {}
        }
    }
    for def in requested(api) {
        match &def.kind {
            Kind::Struct(object) => python_struct(api, def, object, package, &mut facts),
            Kind::Enum(list) => python_enum(def, list, package, &mut facts),
            Kind::Union(_) | Kind::Alias(_) => {}
        }
    }
    for (name, class) in &package.classes {
        let is_used = facts.forms.values().any(|form| form.contains(name.as_str()))
            || requested(api).any(|def| python::class_name(api, &facts, &def.id).as_ref() == Some(name));
        if is_used && words::snake(name) != class.module {
            facts.modules.insert(name.clone(), class.module.clone());
        }
    }
    facts
}

fn python_struct(api: &Api, def: &TypeDef, object: &Struct, package: &Python, facts: &mut Facts) {
    let Some(class) = python::class_name(api, facts, &def.id).and_then(|name| package.classes.get(&name)) else {
        return;
    };
    for field in object.caller_fields() {
        let place = format!("{}.{}", def.id, field.wire);
        let Some(property) = class.properties.get(&field.wire) else {
            facts.lacks.insert(place);
            continue;
        };
        let by_rule = python::form_of(api, facts, &field.ty);
        // Any value is a value of a list or dictionary of anything.
        let is_same = by_rule.to_string() == property.form || (by_rule == Form::Any && property.form == "{any}");
        if !is_same {
            facts.forms.insert(place.clone(), property.form.clone());
        }
        if field.nullable && !property.nullable && property.form != "any" {
            facts.not_nullable.insert(place);
        }
    }
}

/// Values that the client's enum doesn't have.
fn python_enum(def: &TypeDef, list: &Enum, package: &Python, facts: &mut Facts) {
    let Some(values) = package.classes.get(&words::pascal(&def.id.to_string())).and_then(|class| class.values.as_ref())
    else {
        return;
    };
    for value in list.values.iter().map(|listed| listed.value.to_string()).filter(|value| !values.contains(value)) {
        facts.constants.entry(def.id.to_string()).or_default().insert(value, String::new());
    }
}

#[cfg(test)]
mod tests {
    use super::yaml;
    use api_tools::snippets::client::Facts;

    #[test]
    fn what_is_empty_is_left_out() {
        let facts = Facts { package: "pets".to_owned(), methods: ["petGet".to_owned()].into(), ..Facts::default() };
        assert_eq!(yaml(&facts).as_deref(), Ok("package: pets\nmethods:\n- petGet\n"));
    }
}
