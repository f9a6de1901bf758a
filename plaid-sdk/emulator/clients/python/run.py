"""Runs scenarios against an emulator that runs. Usage: run.py URL LIST

LIST is a JSON file: for each scenario its `name` and the `paths` of its product. A scenario has a tenant of its own, whose ids
are the same in each run, and has to call its product.
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
    # An id in a path is not the operation's own path.
    assert any(call.startswith(path.split("{")[0]) for call in called for path in paths), "it does not call its product"
    return called


def main() -> None:
    emulator = Emulator.at(sys.argv[1])
    called: set[str] = set()
    failed = []
    scenarios = json.loads(Path(sys.argv[2]).read_text())
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
    print(f"in Python, {len(scenarios)} scenarios call {len(called)} operations")


main()
