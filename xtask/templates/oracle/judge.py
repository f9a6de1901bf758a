"""Judges bodies by a published OpenAPI document, and compares the verdicts with those of api_tools::check.

Usage: judge.py DOCUMENT BODIES

Each line of BODIES has the place of a schema in the document, the text of a body, and the errors that the check found.
A difference must have one of the reasons below; another one is an error.
"""

import collections
import concurrent.futures
import json
import os
import sys

import yaml
from openapi_schema_validator import OAS30Validator, oas30_format_checker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

DOCUMENT = "urn:document"
UNLISTED = "without a reason"


class Loader(yaml.CSafeLoader):
    """Reads dates as strings: JSON has no dates."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, expression) for tag, expression in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


# Corrections of spec/fixups.yaml, as the property that they are about and the keyword of the schema.
CORRECTED = {
    ("error_message", "type"),
    ("display_message", "type"),
    ("error", "required"),
    ("sweep", "required"),
    ("sweeps", "required"),
    ("created_at", "format"),
}


def reason(ours, theirs):
    """Why the verdicts differ, or None. `ours` are the check's errors, `theirs` is the validator's first error or None."""
    return only_ours(ours) if theirs is None else only_theirs(theirs)


def only_ours(ours):
    if all(one["kind"] == "format" and one["format"] in ("uri", "url") for one in ours):
        return "only the check knows the formats uri and url"
    if all(one["kind"] == "type" and not one["path"] for one in ours):
        return "the document declares the properties of the body, but not that it is an object"
    return None


def only_theirs(theirs):
    keyword, value = theirs.validator, theirs.instance
    names = [step for step in theirs.absolute_path if isinstance(step, str)]
    if (names[-1] if names else "", keyword) in CORRECTED:
        return "spec/fixups.yaml corrects the document"
    if keyword == "required" and not names and "client_id" in theirs.message:
        return "credentials can be sent as headers"
    if keyword == "enum" and value is None:
        return "the property is nullable, but its enum does not list null"
    if keyword == "enum" and isinstance(value, str) and value.lower() in [str(one).lower() for one in theirs.validator_value]:
        return "the enum of a string lists numbers or booleans; the check accepts both"
    if keyword == "type" and isinstance(value, float) and value.is_integer():
        return "1.0 is an integer since draft 6 of JSON Schema"
    if keyword == "type" and value is None and theirs.validator_value == "object":
        return "the schema in an allOf is nullable, the one around it is not"
    if keyword == "type" and value is None and "allOf" in theirs.absolute_schema_path:
        return "the schema around an allOf is nullable, the one in it is not"
    return None


def unlisted(case, theirs):
    """A difference without a reason, with what a person needs to find it."""
    side = "the check" if theirs is None else f"the validator ({theirs.validator} at {list(theirs.absolute_path)})"
    return f"{UNLISTED}: only {side} refuses {case['what']} of {'/'.join(case['schema'])}: {case['problems'][:1]}"


def judge(document, lines):
    """The number of bodies, of refused ones, and of differences by reason."""
    with open(document, encoding="utf-8") as file:
        contents = yaml.load(file, Loader=Loader)
    resource = Resource(contents=contents, specification=DRAFT4)
    registry = Registry().with_resource(DOCUMENT, resource)
    validators = {}
    refused, differences = 0, collections.Counter()
    for line in lines:
        case = json.loads(line)
        place = tuple(case["schema"])
        if place not in validators:
            pointer = "/".join(step.replace("~", "~0").replace("/", "~1") for step in place)
            schema = {"$ref": f"{DOCUMENT}#/{pointer}"}
            validators[place] = OAS30Validator(schema, registry=registry, format_checker=oas30_format_checker)
        theirs = next(validators[place].iter_errors(json.loads(case["body"])), None)
        refused += theirs is not None
        if bool(case["problems"]) != (theirs is not None):
            found = reason(case["problems"], theirs)
            differences[found or unlisted(case, theirs)] += 1
    return len(lines), refused, differences


def main():
    document, bodies = sys.argv[1:]
    with open(bodies, encoding="utf-8") as file:
        lines = file.readlines()
    workers = os.cpu_count() or 1
    shares = [lines[start::workers] for start in range(workers)]
    count, refused, differences = 0, 0, collections.Counter()
    with concurrent.futures.ProcessPoolExecutor(workers) as pool:
        for part in pool.map(judge, [document] * workers, shares):
            count, refused = count + part[0], refused + part[1]
            differences.update(part[2])
    print(f"{count} bodies, {refused} of them refused by the document")
    for text, number in sorted(differences.items()):
        print(f"  {number} times: {text}")
    if any(text.startswith(UNLISTED) for text in differences):
        sys.exit("error: some differences have no listed reason")


if __name__ == "__main__":
    main()
