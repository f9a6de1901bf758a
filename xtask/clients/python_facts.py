"""Prints what is in the PyPI package, as the beginning of spec/clients/python.yaml. Only names and versions: no text."""

import importlib.metadata
import inspect
import pathlib
import re

import plaid
from plaid.api import plaid_api

source = pathlib.Path(inspect.getfile(plaid_api)).read_text(encoding="utf-8")
document = re.search(r"version of the OpenAPI document: (\S+)", source)[1]
methods = re.findall(r"self\.(\w+)_endpoint = _Endpoint\(", source)
print(f"package: plaid-python\nversion: {importlib.metadata.version('plaid-python')}\ndocument: {document}\nmethods:")
for method in sorted(methods):
    print(f"  - {method}")
