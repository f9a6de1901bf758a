"""A stateful Plaid on your own machine, started as a process and controlled."""

from .process import Emulator, find_program
from .tenant import EmulatorError, Tenant

__all__ = ["Emulator", "EmulatorError", "Tenant", "find_program"]
