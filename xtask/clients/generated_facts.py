#!/usr/bin/env python3
"""Writes spec/clients/{go,java,ruby}.yaml: the methods, classes, properties and constants of the official clients for
Go, Java and Ruby, as far as requests need them.

The clients are published where no package registry has them, but they are the output of openapi-generator, whose versions
are on PyPI. So this script runs the version that made each client on the API's document, and reads the identifiers from
what it writes. Only names and types are taken over, no text. It needs Java, Python and pip. Usage, in the root:

    python3 xtask/clients/generated_facts.py [go] [java] [ruby]
"""

import os
import re
import subprocess
import sys

DOCUMENT = "spec/plaid.yaml"
WORK = "target/clients"
# For each client: the package, the version whose names were compared with the rules, and how it is generated.
CLIENTS = {
    "go": {
        "package": "github.com/plaid/plaid-go",
        "version": "43",
        "qualifier": "plaid.",
        "service": "PlaidApi",
        "generator": "5.2.0",
        "options": ["-g", "go", "--additional-properties", "packageName=plaid,enumClassPrefix=true"],
    },
    "java": {
        "package": "com.plaid:plaid-java",
        "version": "40.2",
        "qualifier": "",
        "service": "PlaidApi",
        "generator": "5.1.1",
        "options": ["-g", "java", "--library", "retrofit2", "--additional-properties",
                    "invokerPackage=com.plaid.client,apiPackage=com.plaid.client.request,"
                    "modelPackage=com.plaid.client.model,dateLibrary=java8"],
    },
    "ruby": {
        "package": "plaid",
        "version": "47",
        "qualifier": "Plaid::",
        "service": "PlaidApi",
        "generator": "6.3.0",
        "options": ["-g", "ruby", "--additional-properties", "moduleName=Plaid,gemName=plaid"],
    },
}
# Operations of the document that none of the published clients has.
ABSENT = {"fdxConsentGet"}
PARTS = "models,apis,supportingFiles,modelDocs=false,apiDocs=false,modelTests=false,apiTests=false"
# Types of values, by their names in the languages. Other names are those of classes.
TYPES = {
    "go": {"string": "string", "bool": "bool", "int32": "int", "int64": "long", "float32": "float", "float64": "double",
           "time.Time": "date-time", "interface{}": "any",
           "*os.File": "file"},
    "java": {"String": "string", "Boolean": "bool", "Integer": "int", "Long": "long", "Float": "float",
             "Double": "double", "BigDecimal": "decimal", "LocalDate": "date", "OffsetDateTime": "date-time",
             "Object": "any", "File": "file", "URI": "uri",
             "UUID": "uuid"},
    "ruby": {"Object": "any", "String": "string"},
}


def generate(language):
    client = CLIENTS[language]
    tool = os.path.join(WORK, "openapi-generator-" + client["generator"])
    jar = os.path.join(tool, "openapi_generator_cli", "openapi-generator.jar")
    if not os.path.exists(jar):
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", tool,
                        "openapi-generator-cli==" + client["generator"]], check=True)
    out = os.path.join(WORK, language)
    with open(out + ".log", "w") as log:
        subprocess.run(["java", "-jar", jar, "generate", "-i", DOCUMENT, "-o", out, "--skip-validate-spec",
                        "--global-property", PARTS] + client["options"], check=True, stdout=log, stderr=log)
    return out


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def files(folder, prefix="", suffix=""):
    names = sorted(name for name in os.listdir(folder) if name.startswith(prefix) and name.endswith(suffix))
    return [read(os.path.join(folder, name)) for name in names]


def operations_of_document():
    """The `operationId` by HTTP method and path."""
    found, path, method, inside = {}, None, None, False
    for line in read(DOCUMENT).splitlines():
        if re.match(r"\S", line):
            inside = line == "paths:"
        elif inside and (match := re.match(r"  '?(/[^':]*)'?:$", line)):
            path = match[1]
        elif inside and (match := re.match(r"    (get|post|put|delete|patch):$", line)):
            method = match[1]
        elif inside and (match := re.match(r"      operationId: (\w+)$", line)):
            found[method, path] = match[1]
    return found


def one(pattern, text, what):
    match = re.search(pattern, text, re.M)
    if not match:
        sys.exit(f"error: {what}: no match for {pattern}")
    return match[1]


def pascal(name):
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[_\-.: ]+", name))


def camel(name):
    name = pascal(name)
    return name[:1].lower() + name[1:]


def snake(name):
    name = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", name.replace("-", "_"))
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower()


def upper(value):
    return re.sub(r"[^A-Za-z0-9]+", "_", value).upper()


def type_of(language, text, known):
    if text in TYPES[language]:
        return TYPES[language][text]
    for pattern, form in [(r"^\[\](.+)$", "[{}]"), (r"^map\[string\](.+)$", "{{{}}}"), (r"^List<(.+)>$", "[{}]"),
                          (r"^Set<(.+)>$", "({})"),
                          (r"^(?:Map|Hash)<String,(.+)>$", "{{{}}}")]:
        if match := re.match(pattern, text):
            return form.format(type_of(language, match[1], known))
    if text not in known:
        sys.exit(f"error: {language}: unknown type {text}")
    return text


def property_text(ty, name, rule, required, nullable):
    return ("!" if required else "") + ty + ("?" if nullable else "") + ("" if name == rule else " = " + name)


# Go

def go(out):
    texts = files(out, "model_", ".go")
    known = set(re.findall(r"^type ([A-Z]\w*) (?:struct|string|int32|float32)", "\n".join(texts), re.M))
    objects, enums = {}, {}
    for text in texts:
        name = one(r"^type ([A-Z]\w*) ", text, "a model of Go")
        if constants := re.findall(rf"^\t(\w+) {name} = \"(.*)\"$", text, re.M):
            enums[name] = {value: "" if constant == name.upper() + "_" + upper(value) else constant
                           for constant, value in constants}
            continue
        fields = re.findall(r"^\t([A-Z]\w*) (\S+) `json:\"([^\",]+)(,omitempty)?\"`$", text, re.M)
        arguments = re.search(rf"^func New{name}\((.*)\) \*{name} \{{", text, re.M)
        if not arguments:
            continue
        arguments = len([part for part in arguments[1].split(", ") if part])
        required = [field for field in fields if not field[3]]
        if len(required) != arguments:
            sys.exit(f"error: the constructor of {name} in Go takes {arguments} values, not {len(required)}")
        properties = {}
        for field, _, wire, optional in fields:
            setter = one(rf"^func \(o \*{name}\) Set{field}\(v (.*)\) \{{", text, f"{name}.{field} in Go")
            nullable = f") Set{field}Nil()" in text or re.search(rf"^\t{field} Nullable", text, re.M)
            properties[wire] = (setter, field, pascal(wire), not optional, bool(nullable))
        objects[name] = properties
    operations = {}
    api = read(os.path.join(out, "api_plaid.go"))
    for match in re.finditer(r"^func \(a \*\w+\) (\w+)Execute\(r Api.*?^}", api, re.M | re.S):
        name, text = match[1], match[0]
        path = one(r'localVarPath := localBasePath \+ "([^"]+)"', text, name)
        method = one(r"localVarHTTPMethod   = _nethttp.Method(\w+)", text, name).lower()
        start = one(rf"^func \(a \*\w+\) {name}\(ctx _context.Context(.*)\) Api{name}Request", api, name)
        arguments = ["path " + part for part in start.split(", ")[1:]]
        for setter, ty in re.findall(rf"^func \(r Api{name}Request\) (\w+)\(\w+ (.+)\) Api{name}Request", api, re.M):
            field = one(rf"^func \(r Api{name}Request\) {setter}\(.*\n\tr\.(\w+) = ", api, name)
            header = re.search(rf'localVarHeaderParams\["([^"]+)"\] = parameterToString\(\*r\.{field},', text)
            arguments.append(f"header {header[1]} {ty} {setter}" if header else f"body {ty} {setter}")
        operations[method, path] = (name, arguments)
    return operations, objects, enums, known


# Java

def java(out):
    package = os.path.join(out, "src", "main", "java", "com", "plaid", "client")
    models = os.path.join(package, "model")
    texts = files(models, "", ".java")
    known = {name[:-5] for name in os.listdir(models)}
    objects, enums = {}, {}
    for text in texts:
        name = one(r"^public (?:enum|class|abstract class) (\w+)", text, "a model of Java")
        if re.search(r"^public enum", text, re.M):
            enums[name] = {value: "" if constant == upper(value) else constant
                           for constant, value in re.findall(r"^  (\w+)\(\"(.*)\"\)[,;]$", text, re.M)}
            continue
        inner = dict(re.findall(r"^  public enum (\w+) \{\n(.*?);\n", text, re.M | re.S))
        for enum, body in inner.items():
            known.add(name + "." + enum)
            enums[name + "." + enum] = {value: "" if constant == upper(value) else constant
                                        for constant, value in re.findall(r"(\w+)\(\"(.*)\"\)", body)}
        properties = {}
        for wire, ty, field in re.findall(
                r"^  public static final String \w+ = \"(.*)\";\n  @SerializedName\(\w+\)\n  private (.+?) (\w+)(?: =.*)?;$",
                text, re.M):
            # What the document declares to be read-only has no setter.
            if re.search(rf"^  public {name} {field}\({re.escape(ty)} {field}\)", text, re.M):
                ty = re.sub(r"\w+", lambda word: f"{name}.{word[0]}" if word[0] in inner else word[0], ty.replace(" ", ""))
                properties[wire] = (ty, field, camel(wire), False, False)
        objects[name] = properties
    operations = {}
    api = read(os.path.join(package, "request", "PlaidApi.java"))
    for method, path, name, text in re.findall(
            r'@(GET|POST|PUT|DELETE|PATCH)\("([^"]+)"\)\n  Call<.+> (\w+)\(([^;]*)\);', api):
        arguments = []
        for kind, wire, ty in re.findall(r'@retrofit2\.http\.(\w+)(?:\("([^"]+)"\))? (.+?) \w+(?:,|$)', text.strip()):
            ty = ty.replace(" ", "")
            arguments.append(f"{kind.lower()} {wire} {ty}" if wire else f"{kind.lower()} {ty}")
        operations[method.lower(), "/" + path] = (name, arguments)
    return operations, objects, enums, known


# Ruby: values inside a request are plain hashes, so only the class of the request and its attributes are needed.

def ruby(out):
    objects = {}
    for text in files(os.path.join(out, "lib", "plaid", "models"), "", ".rb"):
        name = one(r"^  class (\w+)", text, "a model of Ruby")
        block = re.search(r"def self\.attribute_map\n(.*?)\n    end", text, re.S)
        if not block:
            continue
        nullable = re.search(r"def self\.openapi_nullable\n(.*?)\n    end", text, re.S)
        nullable = set(re.findall(r":'(.+?)'", nullable[1])) if nullable else set()
        objects[name] = {wire: ("any", attribute, snake(wire), False, attribute in nullable)
                         for attribute, wire in re.findall(r":'(.+?)' => :'(.+?)'", block[1])}
    operations = {}
    api = read(os.path.join(out, "lib", "plaid", "api", "plaid_api.rb"))
    for match in re.finditer(r"^    def (\w+)_with_http_info\((.*?)opts = \{\}\)(.*?)^    end", api, re.M | re.S):
        name, positional, text = match[1], [part for part in match[2].split(", ") if part], match[3]
        path = one(r"local_var_path = '([^']+)'", text, name)
        method = one(r"call_api\(:(\w+),", text, name).lower()
        paths = {snake(wire): wire for wire in re.findall(r"\{(\w+)\}", path)}
        types = dict(re.findall(r"# @param (\w+) \[(.+?)\]", api[:match.start()].rsplit("    end\n", 1)[-1]))
        arguments = [f"path {paths[part]} String" if part in paths else "body " + types[part].replace(" ", "")
                     for part in positional]
        for wire, option in re.findall(r"header_params\[:'([^']+)'\] = opts\[:'(\w+)'\]", text):
            arguments.append(f"header {wire} Object {option}")
        operations[method, path] = (name, arguments)
    return operations, objects, {}, set(objects)


def quoted(text):
    return text if re.fullmatch(r"[A-Za-z_][\w./-]*", text) and text.lower() not in (
        "y", "n", "yes", "no", "on", "off", "true", "false", "null") else "'" + text.replace("'", "''") + "'"


def write(language, operations, objects, enums, known):
    ids = operations_of_document()
    names = {"go": lambda name: name[:1].upper() + name[1:], "java": lambda name: name, "ruby": snake}
    lines, queue, other = [], [], []
    for place in sorted(operations, key=lambda place: ids.get(place, "")):
        operation = ids.get(place)
        if operation is None:
            sys.exit(f"error: {language}: {place} is not in {DOCUMENT}")
        if operation in ABSENT:
            continue
        name, arguments = operations[place]
        bodies = [argument.split(" ")[1] for argument in arguments if argument.startswith("body ")]
        queue += [body for body in bodies if body in known]
        if name != names[language](operation):
            other.append(f"  {operation}: {name}")
        texts = []
        for argument in arguments:
            words = argument.split(" ")
            kind, word = words[0], 1 if words[0] == "body" else 2
            if words[word] not in known:
                words[word] = type_of(language, words[word], known)
            # A setter that has the name of the class is not repeated.
            if kind == "body" and words[-1] == words[1]:
                words = words[:2]
            texts.append(" ".join(words))
        lines.append(f"  {operation}: [{', '.join(quoted(text) for text in texts)}]")
    missing = sorted(set(ids.values()) - {ids[place] for place in operations})
    if missing:
        sys.exit(f"error: {language}: no methods for {missing}")
    reached, members, constants = set(), [], []
    while queue:
        name = queue.pop()
        if name in reached:
            continue
        reached.add(name)
        if language != "ruby":
            for setter, *_ in objects.get(name, {}).values():
                queue += [word for word in re.findall(r"[\w.]+", setter) if word in known]
    for name in sorted(reached):
        if name in enums:
            constants.append(f"  {name}:")
            constants += [f"    {quoted(value)}: {quoted(constant)}" for value, constant in sorted(enums[name].items())]
        elif name in objects:
            members.append(f"  {name}:" + ("" if objects[name] else " {}"))
            for wire, (setter, field, rule, required, nullable) in objects[name].items():
                ty = type_of(language, setter, known) if language != "ruby" else setter
                members.append(f"    {quoted(wire)}: {quoted(property_text(ty, field, rule, required, nullable))}")
        else:
            sys.exit(f"error: {language}: {name} has neither properties nor constants")
    client = CLIENTS[language]
    version = one(r"^version: (\S+)", read("spec/source.yaml"), "spec/source.yaml")
    head = [
        "# Written by xtask/clients/generated_facts.py, not to be edited.",
        f"# Names in the client, as openapi-generator {client['generator']} makes them of the document.",
        f"package: {client['package']}",
        f"version: '{client['version']}'",
        f"document: {version}",
        f"qualifier: '{client['qualifier']}'",
        f"service: {client['service']}",
    ]
    text = "\n".join(head + (["method_names:"] + other if other else []) + ["operations:"] + lines + ["objects:"] + members + (["enums:"] + constants if constants else [])) + "\n"
    path = f"spec/clients/{language}.yaml"
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    print(f"{path}: {len(lines)} methods, {sum(name in objects for name in reached)} classes, "
          f"{sum(name in enums for name in reached)} enums, {len(text)} bytes")


def main():
    os.makedirs(WORK, exist_ok=True)
    os.makedirs("spec/clients", exist_ok=True)
    for language in sys.argv[1:] or list(CLIENTS):
        out = generate(language)
        write(language, *{"go": go, "java": java, "ruby": ruby}[language](out))


if __name__ == "__main__":
    main()
