"""The fixtures of pytest. The package's entry point makes them known to each test run."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator

import pytest

from .process import Emulator
from .tenant import Tenant


def pytest_addoption(parser: pytest.Parser) -> None:
    help_text = "options of the emulator that tests use, as `plaid-emulator --help` lists them"
    parser.addini("plaid_emulator_args", help_text, type="args", default=[])


@pytest.fixture(scope="session")
def plaid_emulator(pytestconfig: pytest.Config) -> Iterator[Emulator]:
    """The emulator of this run; with pytest-xdist, that of this worker. PLAID_EMULATOR_URL names one that runs already."""
    running = os.environ.get("PLAID_EMULATOR_URL")
    if running:
        yield Emulator.at(running)
        return
    with Emulator(args=pytestconfig.getini("plaid_emulator_args")) as emulator:
        yield emulator


@pytest.fixture
def plaid(request: pytest.FixtureRequest, plaid_emulator: Emulator) -> Tenant:
    """A tenant for this test alone. In an emulator of the run's own, the test has the same ids each time."""
    salt = "" if plaid_emulator.pid else secrets.token_hex(8)
    return plaid_emulator.tenant(f"{request.node.nodeid} {salt}")
