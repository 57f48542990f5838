"""Draw a code for paper, mail and terminal: dark on white, with its quiet zone of 4 modules.

Size decides whether a cracked phone at arm's length is read: a pass is always version 2 at level Q
(25 modules), which at 28 mm or wider is read from 300 mm away by a camera of 1280 pixels.
"""

import io
import math

import qrcode
from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.image.pil import PilImage

from kiosk.domain.passcode import Pass, read

QUIET = 4
"""Modules of white on each side, as ISO/IEC 18004 asks."""

Matrix = tuple[tuple[bool, ...], ...]
_MM_PER_INCH = 25.4
_HALF_BLOCKS = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}
_BLACK_ON_WHITE, _PLAIN = "\x1b[38;2;0;0;0m\x1b[48;2;255;255;255m", "\x1b[0m"


def matrix(text: str) -> Matrix:
    """Return the modules of the code, true where dark, without the quiet zone."""
    rows = _code(text, border=0).get_matrix()
    return tuple(tuple(map(bool, row)) for row in rows)


def png(text: str, width_mm: float = 40, dpi: int = 300) -> bytes:
    """Return a PNG whose code is `width_mm` wide when printed at `dpi`; the quiet zone is extra.

    Modules are whole pixels, so the code is up to one pixel per module wider, never narrower.
    Raises ValueError when `dpi` gives less than one pixel for a module.
    """
    code = _code(text, border=QUIET)
    code.box_size = math.ceil(round(width_mm / _MM_PER_INCH * dpi / code.modules_count, 6))
    if width_mm / _MM_PER_INCH * dpi < code.modules_count:
        raise ValueError(f"{dpi} dpi is too coarse for a code of {width_mm} mm")
    out = io.BytesIO()
    image = code.make_image(image_factory=PilImage).get_image()
    image.save(out, format="PNG", dpi=(dpi, dpi), optimize=True)
    return out.getvalue()


def svg(text: str, width_mm: float = 40) -> str:
    """Return an SVG whose code is `width_mm` wide; the quiet zone is extra."""
    rows = matrix(text)
    side = len(rows) + 2 * QUIET
    full = round(width_mm * side / len(rows), 3)
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{full}mm" height="{full}mm" '
        f'viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path fill="#000" d="{path}"/></svg>'
    )


def terminal(text: str) -> str:
    """Return lines for a terminal, two modules a character, black on white whatever its theme."""
    rows = _code(text, border=QUIET).get_matrix()
    rows += [[False] * len(rows[0])] * (len(rows) % 2)
    pairs = zip(rows[::2], rows[1::2], strict=True)
    lines = ["".join(_HALF_BLOCKS[pair] for pair in zip(*two, strict=True)) for two in pairs]
    return "\n".join(f"{_BLACK_ON_WHITE}{line}{_PLAIN}" for line in lines)


def _code(text: str, border: int) -> "qrcode.QRCode[PilImage]":
    level = ERROR_CORRECT_Q if isinstance(read(text), Pass) else ERROR_CORRECT_M
    code = qrcode.QRCode(error_correction=level, border=border, image_factory=PilImage)
    code.add_data(text, optimize=0)
    code.make(fit=True)
    return code
