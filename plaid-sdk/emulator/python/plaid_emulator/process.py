"""The emulator as a process."""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path
from types import TracebackType

from .tenant import Tenant


def find_program() -> str:
    """The path of the program that this package carries."""
    name = "plaid-emulator" + (sysconfig.get_config_var("EXE") or "")
    schemes = [None, sysconfig.get_preferred_scheme("user")]
    folders = [sysconfig.get_path("scripts", scheme) if scheme else sysconfig.get_path("scripts") for scheme in schemes]
    folders.append(str(Path(sys.executable).parent))
    for folder in folders:
        path = Path(folder) / name
        if path.is_file():
            return str(path)
    found = shutil.which(name)
    if found is None:
        raise FileNotFoundError(f"{name} is in none of {', '.join(folders)}; install the package plaid-emulator anew")
    return found


class Emulator:
    """A running emulator: `with Emulator() as emulator: ...`. It ends with this process, however that ends."""

    url: str
    """The base URL for clients."""

    def __init__(
        self,
        *,
        seed: int | None = None,
        frozen: str | datetime | None = None,
        pace: str = "instant",
        args: Sequence[str] = (),
        program: str | None = None,
    ) -> None:
        """Starts one on a free port.

        seed: what all ids are made from. frozen: lets the clocks of all tenants stand still at this time. pace: how long
        banks take, "instant" or "sandbox". args: further options, as `plaid-emulator --help` lists them. program: another
        program than the one of this package.
        """
        path = program or find_program()
        command = [path, "--port", "0", "--exit-with-stdin", "--pace", pace]
        if seed is not None:
            command += ["--seed", str(seed)]
        if isinstance(frozen, datetime):
            frozen = frozen.astimezone(timezone.utc).isoformat()
        if frozen is not None:
            command += ["--frozen", frozen]
        process = subprocess.Popen([*command, *args], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._process: subprocess.Popen[str] | None = process
        assert process.stdout is not None
        # It says no more than this, and does not mind that nobody reads on.
        with process.stdout as stdout:
            line = stdout.readline()
        address = re.search(r"https?://\S+", line)
        if address is None:
            self.stop()
            raise RuntimeError(f"{path} ended with code {process.returncode} instead of starting: {line!r}")
        self.url = address.group()

    @classmethod
    def at(cls, url: str) -> Emulator:
        """One that runs already, at its address. `stop` leaves it running."""
        emulator = cls.__new__(cls)
        emulator._process = None
        emulator.url = url.rstrip("/")
        return emulator

    @property
    def pid(self) -> int | None:
        """The number of its process, if this object started it and has not stopped it."""
        return self._process.pid if self._process else None

    def tenant(self, name: str | None = None) -> Tenant:
        """A tenant without a past: other tenants neither see it nor are seen by it.

        The same name gives the same client id, and so the same ids of Items and accounts. Without a name the client id is new.
        """
        digest = hashlib.sha256(name.encode()).hexdigest() if name is not None else secrets.token_hex(12)
        tenant = Tenant(self.url, digest[:24])
        tenant.reset()
        return tenant

    def stop(self) -> None:
        """Stops it and waits for its end."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def __enter__(self) -> Emulator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
