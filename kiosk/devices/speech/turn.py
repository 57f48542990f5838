"""One turn of speaking, and the programs at work for it: all of them end the moment it is cut."""

import os
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

Program = subprocess.Popen[bytes]


def start(arguments: Sequence[str]) -> Program:
    """Start a program with pipes, in a process group of its own; raises OSError."""
    return subprocess.Popen(
        arguments,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        start_new_session=True,
    )


def end(program: Program) -> None:
    """Kill a program with its children, wait for it, and close its pipes."""
    _kill(program)
    program.wait()
    for pipe in (program.stdin, program.stdout):
        if pipe:
            with suppress(OSError):
                pipe.close()


def _kill(program: Program) -> None:
    if program.returncode is None:  # not waited for yet: the number is still its own
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(program.pid, signal.SIGKILL)


class Turn:
    """Begins with `say`, is over when all was said or something else is to be said."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._programs: list[Program] = []

    @property
    def over(self) -> bool:
        """Tell whether nothing more may be said in this turn."""
        return self._over.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait, or less when the turn is cut; tell whether it is over."""
        return self._over.wait(seconds)

    def cut(self) -> None:
        """End the turn now; returns at once, on any thread."""
        with self._lock:
            self._over.set()
            for program in self._programs:
                _kill(program)

    @contextmanager
    def holding(self, program: Program) -> Iterator[Program]:
        """Have a program ended with the turn, and anyway when the block is left."""
        with self._lock:
            self._programs.append(program)
            if self.over:
                _kill(program)
        try:
            yield program
        finally:
            with self._lock:  # nobody kills by number what has been waited for
                self._programs.remove(program)
                _kill(program)
            end(program)
