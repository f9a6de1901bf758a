"""Lets Plaid's client decode responses. Usage: python_decode.py RESPONSES PATHS

Each line of RESPONSES is {"path": ..., "response": ...}. Every operation that the client and PATHS have needs one, and each has
to be decoded without an error into the type that the client declares for it. A newer client has more operations.
"""

import json
import sys

import plaid
from plaid.api import plaid_api


class Response:
    """What the client's decoder reads of an HTTP response."""

    def __init__(self, text):
        self.data = text


def endpoints(api):
    """The client's operations: path -> types of the response."""
    found = {}
    for name, value in vars(api).items():
        settings = getattr(value, "settings", None)
        if name.endswith("_endpoint") and isinstance(settings, dict):
            found[settings["endpoint_path"]] = settings["response_type"]
    return found


def main():
    client = plaid.ApiClient(plaid.Configuration(host="http://127.0.0.1:1"))
    with open(sys.argv[2], encoding="utf-8") as paths:
        emulated = set(paths.read().split())
    known = endpoints(plaid_api.PlaidApi(client))
    known = {path: types for path, types in known.items() if path in emulated}
    decoded, wrong, count = set(), [], 0
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            path, response = record["path"], record["response"]
            types = known.get(path)
            if types is None:
                continue
            # A file has no type to be decoded into.
            if response is not None:
                try:
                    client.deserialize(Response(json.dumps(response)), types, True)
                except Exception as error:  # The client raises errors of many types.
                    wrong.append(f"{path}: {type(error).__name__}: {error}")
                    continue
            count += 1
            decoded.add(path)
    missing = sorted(set(known) - decoded - {line.split(":")[0] for line in wrong})
    for line in wrong:
        print(f"error: {line}", file=sys.stderr)
    if missing:
        print(f"error: no response of {', '.join(missing)}", file=sys.stderr)
    print(f"the client decodes {count} responses of {len(decoded)} of the {len(known)} operations that it shares with the emulator")
    sys.exit(1 if wrong or missing else 0)


main()
