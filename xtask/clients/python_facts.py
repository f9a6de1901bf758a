"""Prints the names in the PyPI package as JSON, for spec/clients/python.yaml. Names and versions only: no text."""

import importlib
import importlib.metadata
import inspect
import json
import pathlib
import pkgutil
import re

import plaid.model
from plaid.api import plaid_api
from plaid.model_utils import ModelComposed, ModelSimple, OpenApiModel, file_type, none_type

ANY = {"bool", "date", "datetime", "dict", "float", "int", "list", "str"}


def form(types):
    """The form of a value, as `api_tools::snippets::python::Form` writes it, and whether it may be None."""
    names = [one(of) for of in types if of is not none_type]
    if ANY <= set(names):
        names = ["any"]
    return "|".join(names), none_type in types


def one(of):
    if isinstance(of, list):
        return "[" + form(of[0] if isinstance(of[0], tuple) else of)[0] + "]"
    if isinstance(of, dict):
        (values,) = of.values()
        return "{" + form(values)[0] + "}"
    return "unusable" if of is file_type or is_wrapped_text(of) else of.__name__


def is_wrapped_text(of):
    """Whether a class is composed of a class for texts. No way to make an object of it works."""
    parts = resolved(of._composed_schemas)["allOf"] if issubclass(of, ModelComposed) else []
    return any(issubclass(part, ModelSimple) for part in parts)


def resolved(value):
    return value() if callable(value) else value


classes = {}
for info in pkgutil.iter_modules(plaid.model.__path__):
    module = importlib.import_module("plaid.model." + info.name)
    for name, of in list(vars(module).items()):
        if not (isinstance(of, type) and issubclass(of, OpenApiModel) and of.__module__ == module.__name__):
            continue
        properties = {}
        for attribute, types in resolved(of.openapi_types).items():
            text, may_be_none = form(types)
            is_nullable = may_be_none or any(getattr(one, "_nullable", False) is True for one in types)
            wire = of.attribute_map.get(attribute, attribute)
            properties[wire] = {"attribute": attribute, "form": text, "nullable": is_nullable}
        allowed = of.allowed_values.get(("value",))
        values = None if allowed is None else sorted(str(value) for value in allowed.values())
        classes[name] = {"module": info.name, "properties": properties, "values": values}

source = pathlib.Path(inspect.getfile(plaid_api)).read_text(encoding="utf-8")
print(
    json.dumps(
        {
            "package": "plaid-python",
            "version": importlib.metadata.version("plaid-python"),
            "document": re.search(r"version of the OpenAPI document: (\S+)", source)[1],
            "methods": re.findall(r"self\.(\w+)_endpoint = _Endpoint\(", source),
            "classes": classes,
        }
    )
)
