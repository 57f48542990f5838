"""`kiosk scan FILE…`: what the kiosk's own decoder reads in pictures, one JSON line each."""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from kiosk.devices import decoder
from kiosk.devices.decoder import Reading
from kiosk.devices.optical import ours_first
from kiosk.devices.pictures import Image, picture
from kiosk.domain.passcode import Pass, read

FAILED = 2
"""Exit status when at least one file is no picture."""


def main(argv: Sequence[str]) -> int:
    """Print file, format, text, verdict of the pass check and ms for each picture.

    The verdict is `pass`, the reason why it is none (foreign, hostile, unreadable, enrolment), or
    `no-code`. Returns 0, or 2 when a file could not be read; the others are scanned all the same.
    """
    parser = argparse.ArgumentParser(prog="kiosk scan", description="Read codes in pictures.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="PNG, JPEG or WebP")
    status = 0
    for path in parser.parse_args(argv).files:
        image = _opened(path)
        if image is None:
            status = FAILED
        else:
            print(json.dumps({"file": str(path), **scan(image)}, ensure_ascii=False), flush=True)
    return status


def scan(image: Image) -> dict[str, object]:
    """Look at one picture as the kiosk looks at a code held up for four frames."""
    begun = time.perf_counter()
    grey = decoder.to_grey(image)
    found: list[Reading] = []
    for turn in range(len(decoder.SECOND_LOOKS)):
        found = found or decoder.read(grey, turn)
    ms = round((time.perf_counter() - begun) * 1000, 1)
    if not found:
        return {"format": None, "text": None, "verdict": "no-code", "ms": ms}
    best = ours_first(found)
    return {"format": best.format, "text": best.text, "verdict": verdict(best.text), "ms": ms}


def verdict(text: str) -> str:
    """Return `pass`, or the reason why a scanned text is none."""
    checked = read(text)
    return "pass" if isinstance(checked, Pass) else checked.reason.value


def _opened(path: Path) -> Image | None:
    try:
        image = picture(path.read_bytes())
    except OSError as fault:
        print(f"kiosk scan: {path}: cannot be read: {fault.strerror}", file=sys.stderr)
        return None
    if image is None:
        print(f"kiosk scan: {path}: not a whole picture (PNG, JPEG, WebP, BMP)", file=sys.stderr)
    return image
