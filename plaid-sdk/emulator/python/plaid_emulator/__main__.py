"""`python -m plaid_emulator` runs the program."""

import subprocess
import sys

from .process import find_program

sys.exit(subprocess.call([find_program(), *sys.argv[1:]]))
