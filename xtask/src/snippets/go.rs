//! A client of stubs in Go.

use std::fmt::Write as _;
use std::path::Path;

use api_tools::snippets::client::{Argument, Facts, Place, Property, ValueType};
use api_tools::snippets::{Language, words};

use super::typed::{Case, Check, command, put};

/// Go.
pub struct Go;

impl Check for Go {
    const LANGUAGE: Language = Language::Go;

    fn write(&self, folder: &Path, facts: &Facts, cases: &[Case]) -> Result<(), String> {
        put(folder, "client/go.mod", "module github.com/plaid/plaid-go/v43\n")?;
        put(folder, "client/plaid/client.go", CLIENT)?;
        put(folder, "client/plaid/names.go", &names(facts))?;
        put(
            folder,
            "go.mod",
            "module snippets\n\nrequire github.com/plaid/plaid-go/v43 v43.0.0\n\n\
             replace github.com/plaid/plaid-go/v43 => ./client\n",
        )?;
        let mut calls = String::new();
        for (index, case) in cases.iter().enumerate() {
            // One package contains all snippets, so that they compile at once.
            put(
                folder,
                &format!("{}.go", case.name),
                &case.text.replacen("func main()", &format!("func snippet{index}()"), 1),
            )?;
            if case.uses_client {
                let _ = write!(calls, "\tplaid.Case = \"{}\"\n\tsnippet{index}()\n", case.name);
            }
        }
        let import = "import \"github.com/plaid/plaid-go/v43/plaid\"";
        put(folder, "all.go", &format!("package main\n\n{import}\n\nfunc main() {{\n{calls}}}\n"))
    }

    fn run(&self, folder: &Path, _: &[Case]) -> Result<String, String> {
        // Prints the names of files that it would lay out differently.
        let layout = command(folder, "gofmt", &["-e", "-l", "."], &[])?;
        let other: Vec<&str> = layout.lines().filter(|name| !name.starts_with("client/")).collect();
        if !other.is_empty() {
            return Err(format!("error: gofmt lays out these snippets in another way: {}", other.join(", ")));
        }
        let offline = [("GOPROXY", "off"), ("GOFLAGS", "-mod=mod"), ("GOTOOLCHAIN", "local")];
        command(folder, "go", &["run", "."], &offline)
    }
}

fn names(facts: &Facts) -> String {
    let mut code =
        "package plaid\n\nimport (\n\t\"context\"\n\t\"net/http\"\n\t\"time\"\n)\n\nvar _ time.Time\n".to_owned();
    for (class, properties) in &facts.objects {
        object(&mut code, class, properties.iter());
    }
    for (class, constants) in &facts.enums {
        let _ = write!(code, "\ntype {class} string\n\nfunc (v {class}) Ptr() *{class} {{ return &v }}\n\nconst (\n");
        for (value, constant) in constants {
            let name = match constant.as_str() {
                "" => format!("{}_{}", class.to_uppercase(), words::constant(value)),
                name => name.to_owned(),
            };
            let _ = writeln!(code, "\t{name} {class} = {value:?}");
        }
        code.push_str(")\n");
    }
    for class in facts.objects.keys().chain(facts.enums.keys()) {
        let _ = write!(
            code,
            "\ntype Nullable{class} struct{{ value *{class} }}\n\nfunc NewNullable{class}(v *{class}) *Nullable{class} {{ return \
             &Nullable{class}{{v}} }}\n\nfunc (o Nullable{class}) MarshalJSON() ([]byte, error) {{ return marshal(o.value) }}\n"
        );
    }
    for (operation, arguments) in &facts.operations {
        let method = facts.method_names.get(operation).cloned().unwrap_or_else(|| words::pascal(operation));
        self::operation(&mut code, &method, arguments);
    }
    code
}

fn object<'a>(code: &mut String, class: &str, properties: impl Iterator<Item = (&'a String, &'a Property)>) {
    let (mut parameters, mut values, mut setters) = (Vec::new(), String::new(), String::new());
    for (wire, property) in properties {
        let (ty, name) = (ty(&property.ty), property.name.clone().unwrap_or_else(|| words::pascal(wire)));
        if property.is_argument {
            let ty = if property.nullable { nullable(&property.ty) } else { ty.clone() };
            let _ = writeln!(values, "\to.values[{wire:?}] = a{}", parameters.len());
            parameters.push(format!("a{} {ty}", parameters.len()));
        }
        let _ = write!(setters, "\nfunc (o *{class}) Set{name}(v {ty}) {{ o.values[{wire:?}] = v }}\n");
        if property.nullable && !property.is_argument {
            let _ = write!(setters, "\nfunc (o *{class}) Set{name}Nil() {{ o.values[{wire:?}] = nil }}\n");
        }
    }
    let _ = write!(
        code,
        "\ntype {class} struct{{ values map[string]interface{{}} }}\n\nfunc New{class}({}) *{class} {{\n\to := &{class}\
         {{map[string]interface{{}}{{}}}}\n{values}\treturn o\n}}\n\nfunc (o {class}) MarshalJSON() ([]byte, error) {{ return \
         marshal(o.values) }}\n{setters}",
        parameters.join(", ")
    );
}

fn operation(code: &mut String, method: &str, arguments: &[Argument]) {
    let (mut parameters, mut paths, mut setters) = (String::new(), String::new(), String::new());
    for argument in arguments {
        let ty = ty(&argument.ty);
        match &argument.place {
            Place::Path(name) => {
                let _ = write!(parameters, ", {name} {ty}");
                let _ = writeln!(paths, "\tr.values[{name:?}] = {name}");
            }
            place => {
                let (wire, rule) = match place {
                    Place::Query(name) | Place::Header(name) => (name.as_str(), words::pascal(name)),
                    _ => ("body", argument.ty.to_string()),
                };
                let setter = argument.setter.clone().unwrap_or(rule);
                let _ = write!(
                    setters,
                    "\nfunc (r Api{method}Request) {setter}(v {ty}) Api{method}Request {{\n\tr.values[{wire:?}] = v\n\treturn r\n}}\n"
                );
            }
        }
    }
    let _ = write!(
        code,
        "\ntype Api{method}Request struct{{ values map[string]interface{{}} }}\n{setters}\nfunc (r Api{method}Request) Execute() \
         (interface{{}}, *http.Response, error) {{ return sent(r.values) }}\n\nfunc (a *PlaidApiService) {method}(ctx \
         context.Context{parameters}) Api{method}Request {{\n\tr := Api{method}Request{{map[string]interface{{}}{{}}}}\n{paths}\t\
         return r\n}}\n"
    );
}

fn ty(ty: &ValueType) -> String {
    match ty {
        ValueType::String | ValueType::Date | ValueType::Uri | ValueType::Uuid => "string".to_owned(),
        ValueType::Bool => "bool".to_owned(),
        ValueType::Int => "int32".to_owned(),
        ValueType::Long => "int64".to_owned(),
        ValueType::Float => "float32".to_owned(),
        ValueType::Double | ValueType::Decimal => "float64".to_owned(),
        ValueType::DateTime => "time.Time".to_owned(),
        ValueType::File | ValueType::Any => "interface{}".to_owned(),
        ValueType::List(element) | ValueType::Set(element) => format!("[]{}", self::ty(element)),
        ValueType::Map(value) => format!("map[string]{}", self::ty(value)),
        ValueType::Class(name) => name.clone(),
    }
}

/// The type of a constructor's argument that may be null.
fn nullable(ty: &ValueType) -> String {
    match ty {
        ValueType::Class(name) => format!("Nullable{name}"),
        ValueType::DateTime => "NullableTime".to_owned(),
        ty => {
            let name = self::ty(ty);
            let (first, rest) = name.split_at(1);
            format!("Nullable{}{rest}", first.to_uppercase())
        }
    }
}

/// What the client has beside the names that come from the document.
const CLIENT: &str = r#"package plaid

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"time"
)

// Case is the name of the snippet that runs.
var Case string

func marshal(v interface{}) ([]byte, error) { return json.Marshal(v) }

func sent(values map[string]interface{}) (interface{}, *http.Response, error) {
	text, err := json.Marshal(values)
	if err != nil {
		fmt.Fprintln(os.Stderr, Case, err)
		os.Exit(1)
	}
	fmt.Println("SENT", Case, string(text))
	return nil, nil, nil
}

type Configuration struct{}

func NewConfiguration() *Configuration { return &Configuration{} }

func (c *Configuration) AddDefaultHeader(key string, value string) {}

type Environment string

const Sandbox Environment = "https://sandbox.plaid.com"

func (c *Configuration) UseEnvironment(e Environment) {}

type PlaidApiService struct{}

type APIClient struct{ PlaidApi *PlaidApiService }

func NewAPIClient(c *Configuration) *APIClient { return &APIClient{&PlaidApiService{}} }

func PtrBool(v bool) *bool            { return &v }
func PtrInt32(v int32) *int32         { return &v }
func PtrInt64(v int64) *int64         { return &v }
func PtrFloat32(v float32) *float32   { return &v }
func PtrFloat64(v float64) *float64   { return &v }
func PtrString(v string) *string      { return &v }
func PtrTime(v time.Time) *time.Time  { return &v }

type NullableBool struct{ value *bool }

func NewNullableBool(v *bool) *NullableBool            { return &NullableBool{v} }
func (o NullableBool) MarshalJSON() ([]byte, error)    { return marshal(o.value) }

type NullableInt32 struct{ value *int32 }

func NewNullableInt32(v *int32) *NullableInt32         { return &NullableInt32{v} }
func (o NullableInt32) MarshalJSON() ([]byte, error)   { return marshal(o.value) }

type NullableInt64 struct{ value *int64 }

func NewNullableInt64(v *int64) *NullableInt64         { return &NullableInt64{v} }
func (o NullableInt64) MarshalJSON() ([]byte, error)   { return marshal(o.value) }

type NullableFloat32 struct{ value *float32 }

func NewNullableFloat32(v *float32) *NullableFloat32   { return &NullableFloat32{v} }
func (o NullableFloat32) MarshalJSON() ([]byte, error) { return marshal(o.value) }

type NullableFloat64 struct{ value *float64 }

func NewNullableFloat64(v *float64) *NullableFloat64   { return &NullableFloat64{v} }
func (o NullableFloat64) MarshalJSON() ([]byte, error) { return marshal(o.value) }

type NullableString struct{ value *string }

func NewNullableString(v *string) *NullableString      { return &NullableString{v} }
func (o NullableString) MarshalJSON() ([]byte, error)  { return marshal(o.value) }

type NullableTime struct{ value *time.Time }

func NewNullableTime(v *time.Time) *NullableTime       { return &NullableTime{v} }
func (o NullableTime) MarshalJSON() ([]byte, error)    { return marshal(o.value) }
"#;
