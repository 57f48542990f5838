"""Serial scanners, over a real pseudo-terminal with the real pyserial."""

import os
import queue
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.devices.serial_port import SerialScanner

CODE = b"K1M10123456789ABCDEFGHJK1X"


@contextmanager
def scanning(port: Path) -> Iterator[tuple[SerialScanner, "queue.Queue[str]"]]:
    texts: queue.Queue[str] = queue.Queue()
    scanner = SerialScanner(str(port))
    scanner.start(texts.put, lambda: True)
    try:
        yield scanner, texts
    finally:
        scanner.stop()


def until(scanner: SerialScanner, *, live: bool) -> None:
    deadline = time.monotonic() + 20
    while scanner.live is not live and time.monotonic() < deadline:
        time.sleep(0.01)
    assert scanner.live is live


def plugged(link: Path) -> int:
    """Return the scanner's end of a new port that `link` leads to."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    link.unlink(missing_ok=True)
    link.symlink_to(os.ttyname(theirs))
    return ours


def test_codes_end_with_enter_or_silence(tmp_path: Path) -> None:
    port = plugged(tmp_path / "port")
    with scanning(tmp_path / "port") as (scanner, texts):
        until(scanner, live=True)
        os.write(port, CODE + b"\r\nsecond\r")
        assert [texts.get(timeout=5), texts.get(timeout=5)] == [CODE.decode(), "second"]
        os.write(port, b"no enter")
        assert texts.get(timeout=5) == "no enter"


def test_bytes_that_are_no_text_are_survived(tmp_path: Path) -> None:
    port = plugged(tmp_path / "port")
    with scanning(tmp_path / "port") as (scanner, texts):
        until(scanner, live=True)
        os.write(port, b"\xff\xfe\x00\r" + "ü\r".encode())
        assert texts.get(timeout=5) == "\N{REPLACEMENT CHARACTER}" * 2 + "\0"
        assert texts.get(timeout=5) == "ü"


def test_a_missing_port_is_waited_for_and_a_lost_one_found_again(tmp_path: Path) -> None:
    with scanning(tmp_path / "port") as (scanner, texts):
        for word in (b"first", b"second"):
            until(scanner, live=False)
            port = plugged(tmp_path / "port")
            until(scanner, live=True)
            os.write(port, word + b"\r")
            assert texts.get(timeout=5) == word.decode()
            (tmp_path / "port").unlink()
            os.close(port)
