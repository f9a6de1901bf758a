"""Lets Plaid's client decode responses. Usage: python_decode.py RESPONSES PATHS

Each line of RESPONSES is {"path": ..., "response": ...}. Every operation that the client and PATHS have needs one, and each has
to be decoded without an error into the type that the client declares for it. A newer client has more operations.
"""

import json
import sys

import plaid
from plaid.api import plaid_api


# What this client can't read, with a part of its error and the reason.
UNREADABLE = [
    ("/item/application/list", "as datetime", "a date in our document, a time in the client's newer one"),
]


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
    decoded, unreadable, wrong, count = set(), set(), [], 0
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            path, response = record["path"], record["response"]
            if path not in known:
                continue
            types = known[path]
            # A file, or a response without a body, has no type to be decoded into.
            if response is not None and types is not None:
                try:
                    client.deserialize(Response(json.dumps(response)), types, True)
                except Exception as error:  # The client raises errors of many types.
                    excused = any(path == one and part in str(error) for one, part, _ in UNREADABLE)
                    if not excused:
                        wrong.append(f"{path}: {type(error).__name__}: {error}")
                        continue
                    unreadable.add(path)
                    continue
            count += 1
            decoded.add(path)
    missing = sorted(set(known) - decoded - unreadable - {line.split(":")[0] for line in wrong})
    stale = sorted({path for path, _, _ in UNREADABLE} - unreadable)
    for line in wrong:
        print(f"error: {line}", file=sys.stderr)
    if missing:
        print(f"error: no response of {', '.join(missing)}", file=sys.stderr)
    print(f"the client decodes {count} responses of {len(decoded)} of the {len(known)} operations that it shares with the emulator")
    for path, _, reason in UNREADABLE:
        print(f"  {path} is not always read: {reason}")
    if stale:
        print(f"error: the client reads {', '.join(stale)} now; remove the entry", file=sys.stderr)
    sys.exit(1 if wrong or missing or stale else 0)


main()
