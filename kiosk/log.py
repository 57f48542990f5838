"""One log line format for all processes: an event name and ids, never a person."""

import logging
import sys
from collections.abc import Mapping

_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/+%")


def _quoted(value: object) -> str:
    text = str(value)
    if text and all(ch in _SAFE for ch in text):
        return text
    return '"' + text.translate({ord('"'): "'", ord("\n"): " ", ord("\r"): " "}) + '"'


def fact(event: str, **ids: object) -> str:
    """Return `event key=value …` for a log line; pass ids, counts and codes only."""
    return " ".join([event, *(f"{key}={_quoted(value)}" for key, value in ids.items())])


def start(process: str, *, verbose: bool = False, levels: Mapping[str, int] | None = None) -> None:
    """Send log lines to stderr as `LEVEL process logger: message` (journald adds the time)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(f"%(levelname)s {process} %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    for name, level in (levels or {}).items():
        logging.getLogger(name).setLevel(level)
