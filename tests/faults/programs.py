"""Start one of this folder's programs as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

_TESTS = Path(__file__).resolve().parent.parent


def start(module: str, *arguments: str) -> "subprocess.Popen[str]":
    """Start `tests/faults/<module>.py`; its standard output is a pipe."""
    paths = [str(_TESTS), str(_TESTS.parent)]
    return subprocess.Popen(
        [sys.executable, "-m", f"faults.{module}", *arguments],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        stdout=subprocess.PIPE,
        text=True,
    )
