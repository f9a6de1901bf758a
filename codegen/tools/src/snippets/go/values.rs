//! Values of a request in Go.

use std::collections::BTreeSet;

use api_model::Sample;

use super::{BRACES, PARENTHESES, quoted};
use crate::snippets::built::{Member, Moment, Value};
use crate::snippets::client::ValueType;
use crate::snippets::code::{self, is_rounded};
use crate::snippets::{Class, Doc, words};

/// Names that variables must not have: the words of Go, and those that snippets use.
const RESERVED: &[&str] = &[
    "break",
    "case",
    "chan",
    "client",
    "configuration",
    "const",
    "context",
    "continue",
    "ctx",
    "default",
    "defer",
    "else",
    "err",
    "fallthrough",
    "fmt",
    "for",
    "func",
    "go",
    "goto",
    "if",
    "import",
    "interface",
    "json",
    "log",
    "map",
    "nil",
    "os",
    "package",
    "range",
    "request",
    "response",
    "return",
    "select",
    "string",
    "struct",
    "switch",
    "time",
    "type",
    "var",
];

/// Writes values, and collects the statements that must come before them.
pub struct Writer<'a> {
    /// What comes before the names of the client: `pets.`.
    qualifier: &'a str,
    variables: BTreeSet<String>,
    /// The statements so far.
    pub statements: Vec<Doc>,
}

impl<'a> Writer<'a> {
    /// Without statements.
    pub fn new(qualifier: &'a str) -> Self {
        Self { qualifier, variables: BTreeSet::new(), statements: Vec::new() }
    }

    /// Makes the variable `request`, and returns how the call uses it.
    pub fn request(&mut self, value: &Value<'_>) -> Doc {
        match value {
            Value::Object { class, members } => {
                self.object("request", class, members);
                Doc::text("*request")
            }
            value => {
                let value = self.expression(value, "body");
                self.statements.push(Doc::text("request := ").append(value));
                Doc::text("request")
            }
        }
    }

    /// A value. Objects get variables whose names come from `hint`, the name of the property.
    pub fn expression(&mut self, value: &Value<'_>, hint: &str) -> Doc {
        match value {
            Value::Null => Class::Literal.text("nil"),
            Value::Variable(name) => {
                let name = Class::String.text(quoted(name));
                Doc::text("os.").append(Class::Function.text("Getenv")).append("(").append(name).append(")")
            }
            Value::Bool(value) => Class::Literal.text(value.to_string()),
            Value::Scalar(
                ValueType::Int | ValueType::Long | ValueType::Float | ValueType::Double | ValueType::Decimal,
                digits,
            ) => Class::Literal.text((*digits).to_owned()),
            Value::Scalar(_, text) => Class::String.text(quoted(text)),
            Value::Moment(moment, _) => time(*moment),
            Value::Constant { name, .. } => self.name(Class::Type, name),
            Value::Object { class, members } => Doc::text("*").append(self.pointer(class, members, hint)),
            Value::List(ty, all) | Value::Set(ty, all) => {
                let elements = all.iter().map(|value| self.expression(value, hint)).collect();
                Doc::text("[]").append(self.ty(ty)).append(code::members(BRACES, elements))
            }
            Value::Map(ty, all) => {
                let entries = all.iter().map(|(key, value)| entry(key, self.expression(value, key))).collect();
                Doc::text("map[string]").append(self.ty(ty)).append(code::members(BRACES, entries))
            }
            Value::Any(sample) => any(sample),
        }
    }

    /// A pointer to an object: its constructor, or a variable if it has setters.
    fn pointer(&mut self, class: &str, members: &[Member<'_>], hint: &str) -> Doc {
        if members.iter().all(|member| member.property.is_argument) {
            let arguments = members.iter().map(|member| self.argument(member)).collect();
            return self.constructor(class, arguments);
        }
        let variable = self.fresh(hint);
        self.object(&variable, class, members);
        Doc::text(variable)
    }

    /// Makes a variable with an object.
    fn object(&mut self, variable: &str, class: &str, members: &[Member<'_>]) {
        let (arguments, setters): (Vec<_>, Vec<_>) = members.iter().partition(|member| member.property.is_argument);
        let arguments = arguments.into_iter().map(|member| self.argument(member)).collect();
        let constructor = self.constructor(class, arguments);
        self.statements.push(Doc::text(format!("{variable} := ")).append(constructor));
        for member in setters {
            let name = member.property.name.clone().unwrap_or_else(|| words::pascal(member.wire));
            let (setter, arguments) = match &member.value {
                Value::Null => (format!("Set{name}Nil"), Vec::new()),
                value => (format!("Set{name}"), vec![self.expression(value, member.wire)]),
            };
            let call = Doc::text(format!("{variable}.")).append(Class::Function.text(setter));
            self.statements.push(call.append(code::hugged(PARENTHESES, arguments)));
        }
    }

    fn constructor(&self, class: &str, arguments: Vec<Doc>) -> Doc {
        self.name(Class::Function, &format!("New{class}")).append(code::hugged(PARENTHESES, arguments))
    }

    /// An argument of a constructor. One that may be null is wrapped.
    fn argument(&mut self, member: &Member<'_>) -> Doc {
        if !member.property.nullable {
            return self.expression(&member.value, member.wire);
        }
        let (ty, helper) = match &member.property.ty {
            ValueType::Class(name) => (name.as_str(), None),
            ValueType::Bool => ("Bool", Some("PtrBool")),
            ValueType::Int => ("Int32", Some("PtrInt32")),
            ValueType::Long => ("Int64", Some("PtrInt64")),
            ValueType::Float => ("Float32", Some("PtrFloat32")),
            ValueType::Double => ("Float64", Some("PtrFloat64")),
            ValueType::DateTime => ("Time", Some("PtrTime")),
            _ => ("String", Some("PtrString")),
        };
        let pointer = match (&member.value, helper) {
            (Value::Null, _) => Class::Literal.text("nil"),
            (Value::Object { class, members }, _) => self.pointer(class, members, member.wire),
            (Value::Constant { name, .. }, _) => {
                self.name(Class::Type, name).append(".").append(Class::Function.text("Ptr")).append("()")
            }
            (value, Some(helper)) => {
                let value = self.expression(value, member.wire);
                self.name(Class::Function, helper).append("(").append(value).append(")")
            }
            (value, None) => self.expression(value, member.wire),
        };
        Doc::text("*")
            .append(self.name(Class::Function, &format!("NewNullable{ty}")))
            .append("(")
            .append(pointer)
            .append(")")
    }

    fn name(&self, class: Class, name: &str) -> Doc {
        Doc::text(self.qualifier.to_owned()).append(class.text(name))
    }

    fn ty(&self, ty: &ValueType) -> Doc {
        match ty {
            ValueType::Bool => Class::Type.text("bool"),
            ValueType::Int => Class::Type.text("int32"),
            ValueType::Long => Class::Type.text("int64"),
            ValueType::Float => Class::Type.text("float32"),
            ValueType::Double | ValueType::Decimal => Class::Type.text("float64"),
            ValueType::DateTime => Doc::text("time.").append(Class::Type.text("Time")),
            ValueType::Any | ValueType::File => Class::Keyword.text("interface").append("{}"),
            ValueType::List(element) | ValueType::Set(element) => Doc::text("[]").append(self.ty(element)),
            ValueType::Map(value) => Class::Keyword.text("map").append("[string]").append(self.ty(value)),
            ValueType::Class(name) => self.name(Class::Type, name),
            ValueType::String | ValueType::Date | ValueType::Uri | ValueType::Uuid => Class::Type.text("string"),
        }
    }

    /// A name for a variable that is not in use.
    fn fresh(&mut self, hint: &str) -> String {
        let mut name: String = words::camel(hint).chars().filter(char::is_ascii_alphanumeric).collect();
        if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
            name.insert_str(0, "value");
        }
        if RESERVED.contains(&name.as_str()) || name == self.qualifier.trim_end_matches('.') {
            name.push('_');
        }
        let mut variable = name.clone();
        let mut number = 2;
        while !self.variables.insert(variable.clone()) {
            variable = format!("{name}{number}");
            number += 1;
        }
        variable
    }
}

fn entry(key: &str, value: Doc) -> Doc {
    Class::String.text(quoted(key)).append(": ").append(value)
}

fn time(moment: Moment) -> Doc {
    let zone = match moment.offset {
        None => Doc::text("time.UTC"),
        Some(minutes) => {
            let seconds = Class::Literal.text((minutes * 60).to_string());
            let zone = Doc::text("time.").append(Class::Function.text("FixedZone")).append("(");
            zone.append(Class::String.text("\"\"")).append(", ").append(seconds).append(")")
        }
    };
    let Moment { year, month, day, hour, minute, second, nanosecond, .. } = moment;
    let numbers =
        [year, month, day, hour, minute, second, nanosecond].map(|number| Class::Literal.text(number.to_string()));
    let arguments = Doc::intersperse(numbers, ", ").append(", ").append(zone);
    Doc::text("time.").append(Class::Function.text("Date")).append("(").append(arguments).append(")")
}

/// Free JSON.
fn any(sample: &Sample) -> Doc {
    let interface = || Class::Keyword.text("interface").append("{}");
    match sample {
        Sample::Null => Class::Literal.text("nil"),
        Sample::Bool(value) => Class::Literal.text(value.to_string()),
        Sample::Number(digits) => {
            let is_whole = digits.parse::<i64>().is_ok();
            if is_whole || (!is_rounded(digits) && digits.contains(['.', 'e', 'E'])) {
                return Class::Literal.text(digits.clone());
            }
            let text = Class::String.text(quoted(digits));
            Doc::text("json.").append(Class::Type.text("Number")).append("(").append(text).append(")")
        }
        Sample::Text(text) => Class::String.text(quoted(text)),
        Sample::List(all) => {
            Doc::text("[]").append(interface()).append(code::members(BRACES, all.iter().map(any).collect()))
        }
        Sample::Object(all) => {
            let entries = all.iter().map(|(key, value)| entry(key, any(value))).collect();
            Class::Keyword.text("map").append("[string]").append(interface()).append(code::members(BRACES, entries))
        }
    }
}
