"""Runs scenarios against an emulator that runs. Usage: run.py URL LIST

LIST is a JSON file: in `scenarios` for each its `name` and the `paths` of its product, and in `all` whether these are
all. A scenario has a tenant of its own, whose ids are the same in each run, and has to call its product. All scenarios
together have to call all operations.
"""

import importlib.util
import json
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from plaid_emulator import Emulator
from support import Receiver

PRODUCTS = Path(__file__).parent / "products"

# The operations that no tenant sees a call of.
UNCALLED = {
    # The client has no methods for them.
    "/beta/transactions/v1/enhance",
    "/link_delivery/create",
    "/link_delivery/get",
    # It is called, but the client sends no credentials for it.
    "/categories/get",
}


def load(name: str) -> Callable[..., None]:
    """The function of a scenario. Some have the names of modules of Python, so they are not imported by name."""
    spec = importlib.util.spec_from_file_location(f"products.{name}", PRODUCTS / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.scenario


def run(emulator: Emulator, name: str, paths: list[str]) -> set[str]:
    """Runs one, and returns the paths of the calls that succeeded."""
    plaid = emulator.tenant(name)
    scenario = load(name)
    receiver = Receiver()
    try:
        scenario(*[plaid, receiver][: scenario.__code__.co_argcount])
    finally:
        receiver.stop()
    called = {request["call"].split()[1] for request in plaid.requests() if request["status"] < 400}
    assert any(has(called, path) for path in paths), "it does not call its product"
    return called


def has(called: set[str], path: str) -> bool:
    """Whether one of the calls is one of this operation. What follows its own path is an id."""
    own, brace, _ = path.partition("{")
    return any(call.startswith(own) for call in called) if brace else own in called


def main() -> None:
    emulator = Emulator.at(sys.argv[1])
    called: set[str] = set()
    failed = []
    chosen = json.loads(Path(sys.argv[2]).read_text())
    scenarios = chosen["scenarios"]
    for scenario in scenarios:
        start = time.monotonic()
        try:
            own = run(emulator, **scenario)
        except Exception:
            traceback.print_exc()
            failed.append(scenario["name"])
            continue
        called |= own
        print(f"{scenario['name']:<28} {time.monotonic() - start:6.2f} s {len(own):>3} operations", flush=True)
    if failed:
        sys.exit(f"error: in Python, {len(failed)} of {len(scenarios)} scenarios fail: {', '.join(failed)}")
    uncalled = {path for scenario in scenarios for path in scenario["paths"] if not has(called, path)}
    if chosen["all"] and uncalled != UNCALLED:
        sys.exit(
            f"error: in Python, the scenarios do not call {sorted(uncalled)} instead of {sorted(UNCALLED)};"
            " add a call to one in clients/python/products, or say in run.py why there is none"
        )
    print(f"in Python, {len(scenarios)} scenarios call {len(called)} operations")


main()
