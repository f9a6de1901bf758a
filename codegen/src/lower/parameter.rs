//! Parameters outside the body.

use openapiv3::{
    HeaderStyle, Operation as Source, Parameter as SourceParameter, ParameterSchemaOrContent, PathItem, PathStyle,
    QueryStyle, ReferenceOr,
};

use super::Lowering;
use crate::diag::Pointer;
use crate::ir::{Field, Kind, Location, Parameter, Type};

impl<'a> Lowering<'a> {
    /// An operation's parameters and its path item's, the operation's own in place of one of the same name and place.
    pub(super) fn parameters(
        &mut self,
        operation: &str,
        path: &str,
        item: &'a PathItem,
        source: &'a Source,
        at: &Pointer,
    ) -> Vec<Parameter> {
        let of_item = at.segments().take(2).fold(Pointer::root(), |at, segment| at.child(&segment));
        let mut parameters: Vec<Parameter> = Vec::new();
        for (list, at) in [(&item.parameters, &of_item), (&source.parameters, at)] {
            for (index, parameter) in list.iter().enumerate() {
                let at = at.child("parameters").index(index);
                let Some(parameter) = self.parameter(operation, parameter, &at) else { continue };
                let same = |other: &Parameter| {
                    other.field.wire == parameter.field.wire && other.location == parameter.location
                };
                match parameters.iter().position(same) {
                    Some(index) => parameters[index] = parameter,
                    None => parameters.push(parameter),
                }
            }
        }
        self.check_path(path, &parameters, at);
        parameters
    }

    fn parameter(
        &mut self,
        operation: &str,
        parameter: &'a ReferenceOr<SourceParameter>,
        at: &Pointer,
    ) -> Option<Parameter> {
        let parameter = match parameter {
            ReferenceOr::Item(parameter) => parameter,
            ReferenceOr::Reference { reference } => {
                let name = reference.strip_prefix("#/components/parameters/").unwrap_or_default();
                match self.components.parameters.get(name) {
                    Some(ReferenceOr::Item(parameter)) => parameter,
                    _ => {
                        let help = "declare it under components/parameters, or mend the reference";
                        self.error(at, format!("`{reference}` leads to no parameter"), help);
                        return None;
                    }
                }
            }
        };
        let (data, location, plain) = match parameter {
            SourceParameter::Path { parameter_data, style } => {
                (parameter_data, Location::Path, *style == PathStyle::Simple)
            }
            SourceParameter::Query { parameter_data, style, .. } => {
                (parameter_data, Location::Query, *style == QueryStyle::Form)
            }
            SourceParameter::Header { parameter_data, style } => {
                (parameter_data, Location::Header, *style == HeaderStyle::Simple)
            }
            SourceParameter::Cookie { .. } => {
                let help = "send it as a header, by a fixup if the document can't be changed";
                self.error(at, "parameters in cookies are not supported", help);
                return None;
            }
        };
        if !plain {
            let help = "use `simple` in paths and headers, `form` in queries";
            self.error(&at.child("style"), format!("the style of parameter `{}` is not supported", data.name), help);
        }
        let schema = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => schema,
            ParameterSchemaOrContent::Content(_) => {
                let help = "give it a `schema`, by a fixup if the document can't be changed";
                self.error(at, format!("parameter `{}` is described by `content`", data.name), help);
                return None;
            }
        };
        let used = self.used(schema, &at.child("schema"), &format!("{operation}.{}", data.name));
        if !self.is_text(&used.ty, true) {
            let help = "use a string, number, boolean or enum, or a list of them";
            self.error(&at.child("schema"), format!("parameter `{}` is an object", data.name), help);
        }
        if location == Location::Path && !data.required {
            self.error(at, format!("path parameter `{}` is not required", data.name), "add `required: true`");
        }
        let mut docs = used.docs;
        docs.description = data.description.clone().or(docs.description);
        docs.deprecated |= data.deprecated.unwrap_or(false);
        docs.hidden |= super::docs::is_hidden(&data.extensions);
        Some(Parameter {
            location,
            explode: data.explode.unwrap_or(location == Location::Query),
            field: Field {
                wire: data.name.clone(),
                name: String::new(),
                ty: used.ty,
                required: data.required,
                // A parameter has no way to be null; left out is all it can be.
                nullable: false,
                redacted: false,
                docs,
                at: at.clone(),
            },
        })
    }

    /// Whether a value can be written as text: a scalar, or a list of scalars.
    fn is_text(&mut self, ty: &Type, list: bool) -> bool {
        match ty {
            Type::Json | Type::JsonObject | Type::Map(_) => false,
            Type::List(inner) => list && self.is_text(inner, false),
            Type::Nullable(inner) | Type::Boxed(inner) => self.is_text(inner, list),
            Type::Named(id) => {
                // Its kind is known once it is lowered.
                self.drain();
                match self.types.get(id).map(|def| def.kind.clone()) {
                    Some(Kind::Alias(ty)) => self.is_text(&ty, list),
                    Some(Kind::Struct(_) | Kind::Union(_)) => false,
                    Some(Kind::Enum(_)) | None => true,
                }
            }
            _ => true,
        }
    }

    /// Every parameter of the path is declared, and every declared one stands in the path.
    fn check_path(&mut self, path: &str, parameters: &[Parameter], at: &Pointer) {
        let mut named: Vec<&str> = Vec::new();
        for part in path.split('{').skip(1) {
            match part.split_once('}') {
                Some((name, _)) => named.push(name),
                None => self.error(at, format!("a brace of the path `{path}` is not closed"), "close it"),
            }
        }
        let declared = |name: &str| parameters.iter().any(|p| p.location == Location::Path && p.field.wire == name);
        for name in &named {
            if !declared(name) {
                let help = "add it to `parameters`, with `in: path` and `required: true`";
                self.error(at, format!("the path's parameter `{name}` is not declared"), help);
            }
        }
        for parameter in parameters.iter().filter(|parameter| parameter.location == Location::Path) {
            let name = &parameter.field.wire;
            if !named.contains(&name.as_str()) {
                self.error(
                    &parameter.field.at,
                    format!("the path has no `{{{name}}}`"),
                    "mend the path or the parameter",
                );
            }
        }
    }
}
