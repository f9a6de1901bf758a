//! A client of stubs in Java.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use api_tools::snippets::client::{Argument, Facts, Place, ValueType};
use api_tools::snippets::{Language, words};

use super::typed::{Case, Check, command, put, split};

/// Java.
pub struct Java;

impl Check for Java {
    const LANGUAGE: Language = Language::Java;

    fn write(&self, folder: &Path, facts: &Facts, cases: &[Case]) -> Result<(), String> {
        put(folder, "com/plaid/client/ApiClient.java", CLIENT)?;
        put(folder, "com/plaid/client/model/Values.java", VALUES)?;
        put(folder, "com/plaid/client/request/PlaidApi.java", &api(facts))?;
        for (class, text) in classes(facts) {
            put(folder, &format!("com/plaid/client/model/{class}.java"), &text)?;
        }
        let mut calls = String::new();
        for (index, case) in cases.iter().enumerate() {
            let class = format!("public class Snippet{index} ");
            put(folder, &format!("Snippet{index}.java"), &case.text.replacen("public class Example ", &class, 1))?;
            if case.uses_client {
                let name = &case.name;
                let _ = write!(
                    calls,
                    "    com.plaid.client.ApiClient.snippet = {name:?};\n    Snippet{index}.main(args);\n"
                );
            }
        }
        let main = format!("  public static void main(String[] args) throws Exception {{\n{calls}  }}\n");
        put(folder, "All.java", &format!("public class All {{\n{main}}}\n"))?;
        let mut sources = String::new();
        for index in 0..cases.len() {
            let _ = writeln!(sources, "Snippet{index}.java");
        }
        put(folder, "sources.txt", &format!("All.java\n{sources}"))
    }

    fn run(&self, folder: &Path, _: &[Case]) -> Result<String, String> {
        let compile =
            ["-proc:none", "-nowarn", "-encoding", "UTF-8", "-sourcepath", ".", "-d", "classes", "@sources.txt"];
        command(folder, "javac", &compile, &[])?;
        // Java's maps refuse the null of a variable that is not set.
        let credentials = [("PLAID_CLIENT_ID", "client-id"), ("PLAID_SECRET", "secret")];
        command(folder, "java", &["-Dfile.encoding=UTF-8", "-cp", "classes", "All"], &credentials)
    }
}

/// The files of the classes and enums, by name. An enum inside a class is in its file.
fn classes(facts: &Facts) -> BTreeMap<String, String> {
    let mut inner: BTreeMap<&str, String> = BTreeMap::new();
    let mut files = BTreeMap::new();
    for (name, constants) in &facts.enums {
        let constants: Vec<String> = constants
            .iter()
            .map(|(value, constant)| {
                let name = if constant.is_empty() { words::constant(value) } else { constant.clone() };
                format!("{name}({value:?})")
            })
            .collect();
        let (outer, nested) = split(name);
        let simple = nested.unwrap_or(outer);
        let body = format!(
            "enum {simple} {{\n  {};\n  private final String value;\n  {simple}(String value) {{ this.value = value; }}\n  \
             public String toString() {{ return value; }}\n}}\n",
            constants.join(", ")
        );
        match nested {
            Some(_) => inner.entry(outer).or_default().push_str(&format!("  public {body}")),
            None => {
                files.insert(outer.to_owned(), format!("package com.plaid.client.model;\n\npublic {body}"));
            }
        }
    }
    for (class, properties) in &facts.objects {
        let mut setters = String::new();
        for (wire, property) in properties {
            let name = property.name.clone().unwrap_or_else(|| words::camel(wire));
            let ty = ty(&property.ty);
            let _ = writeln!(setters, "  public {class} {name}({ty} v) {{ put({wire:?}, v); return this; }}");
        }
        let inner = inner.get(class.as_str()).map_or("", String::as_str);
        files.insert(
            class.clone(),
            format!("package com.plaid.client.model;\n\npublic class {class} extends Values {{\n{inner}{setters}}}\n"),
        );
    }
    files
}

fn api(facts: &Facts) -> String {
    let mut methods = String::new();
    for (operation, arguments) in &facts.operations {
        let method = facts.method_names.get(operation).unwrap_or(operation);
        let wire = |argument: &Argument| match &argument.place {
            Place::Body => "body".to_owned(),
            Place::Path(name) | Place::Query(name) | Place::Header(name) => name.clone(),
        };
        let parameters: Vec<String> =
            arguments.iter().enumerate().map(|(index, argument)| format!("{} a{index}", ty(&argument.ty))).collect();
        let puts: BTreeSet<String> = arguments
            .iter()
            .enumerate()
            .map(|(index, argument)| format!(" if (a{index} != null) values.put({:?}, a{index});", wire(argument)))
            .collect();
        let puts: String = puts.into_iter().collect();
        let _ = writeln!(
            methods,
            "  public ApiClient.Call {method}({}) {{ Values values = new Values();{puts} return new ApiClient.Call(values); }}",
            parameters.join(", ")
        );
    }
    format!(
        "package com.plaid.client.request;\n\nimport com.plaid.client.ApiClient;\nimport com.plaid.client.model.*;\n\n\
         public class PlaidApi {{\n{methods}}}\n"
    )
}

fn ty(ty: &ValueType) -> String {
    match ty {
        ValueType::String => "String".to_owned(),
        ValueType::Bool => "Boolean".to_owned(),
        ValueType::Int => "Integer".to_owned(),
        ValueType::Long => "Long".to_owned(),
        ValueType::Float => "Float".to_owned(),
        ValueType::Double => "Double".to_owned(),
        ValueType::Decimal => "java.math.BigDecimal".to_owned(),
        ValueType::Date => "java.time.LocalDate".to_owned(),
        ValueType::DateTime => "java.time.OffsetDateTime".to_owned(),
        ValueType::Uri => "java.net.URI".to_owned(),
        ValueType::Uuid => "java.util.UUID".to_owned(),
        ValueType::File => "java.io.File".to_owned(),
        ValueType::Any => "Object".to_owned(),
        ValueType::List(element) => format!("java.util.List<{}>", self::ty(element)),
        ValueType::Set(element) => format!("java.util.Set<{}>", self::ty(element)),
        ValueType::Map(value) => format!("java.util.Map<String, {}>", self::ty(value)),
        ValueType::Class(name) => name.clone(),
    }
}

/// The values of an object, and how they are written as JSON.
const VALUES: &str = r#"package com.plaid.client.model;

import java.util.*;

public class Values {
  private final Map<String, Object> values = new LinkedHashMap<>();

  public void put(String name, Object value) {
    values.put(name, value);
  }

  public String json() {
    return json(values);
  }

  private static String json(Object value) {
    if (value instanceof Values) return ((Values) value).json();
    if (value == null || value instanceof Boolean || value instanceof Number) return String.valueOf(value);
    if (value instanceof Collection) {
      StringJoiner all = new StringJoiner(",", "[", "]");
      for (Object element : (Collection<?>) value) all.add(json(element));
      return all.toString();
    }
    if (value instanceof Map) {
      StringJoiner all = new StringJoiner(",", "{", "}");
      ((Map<?, ?>) value).forEach((key, element) -> all.add(json(key) + ":" + json(element)));
      return all.toString();
    }
    if (value instanceof java.time.OffsetDateTime) {
      return json(java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME.format((java.time.OffsetDateTime) value));
    }
    StringBuilder text = new StringBuilder("\"");
    for (char letter : value.toString().toCharArray()) {
      if (letter < ' ' || letter > '~' || letter == '"' || letter == '\\') text.append(String.format("\\u%04x", (int) letter));
      else text.append(letter);
    }
    return text.append('"').toString();
  }
}
"#;

/// What the client has beside the names that come from the document.
const CLIENT: &str = r#"package com.plaid.client;

import com.plaid.client.model.Values;
import java.io.IOException;
import java.util.Map;

public class ApiClient {
  public static final String Sandbox = "https://sandbox.plaid.com";
  public static String snippet;

  public ApiClient() {}

  public ApiClient(Map<String, String> keys) {}

  public void setPlaidAdapter(String address) {}

  public <S> S createService(Class<S> service) {
    try {
      return service.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException error) {
      throw new IllegalStateException(error);
    }
  }

  public static class Call {
    private final Values values;

    public Call(Values values) {
      this.values = values;
    }

    public Response execute() throws IOException {
      System.out.println("SENT " + snippet + " " + values.json());
      return new Response();
    }
  }

  public static class Response {
    public boolean isSuccessful() {
      return true;
    }

    public Object body() {
      return null;
    }

    public ErrorBody errorBody() {
      return null;
    }
  }

  public static class ErrorBody {
    public String string() throws IOException {
      return "";
    }
  }
}
"#;
