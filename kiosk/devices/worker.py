"""The thread of a device: how each of them begins and ends."""

import threading
from collections.abc import Callable


class Worker:
    """One thread, begun once and ended for good; its work looks at `over` or sleeps in `wait`."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def over(self) -> bool:
        """Whether the work shall end."""
        return self._stopping.is_set()

    def wait(self, seconds: float) -> None:
        """Sleep, but not beyond the end."""
        self._stopping.wait(seconds)

    def start(self, work: Callable[[], None]) -> None:
        """Begin the work on a thread of its own."""
        self._thread = threading.Thread(target=work, name=self._name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the work, and wait until it has ended."""
        self._stopping.set()
        if self._thread:
            self._thread.join()
