"""UAX #9 embedding levels by the system's FriBidi, the library Pillow's RAQM needs anyway."""

import ctypes
from collections.abc import Callable
from functools import cache

from kiosk.errors import ResourceMissing
from kiosk.i18n.languages import Direction

Levels = Callable[[str, Direction], tuple[int, ...]]

_PARAGRAPH = {"ltr": 0x110, "rtl": 0x111}  # FRIBIDI_PAR_LTR, FRIBIDI_PAR_RTL


def load(name: str = "libfribidi.so.0") -> Levels:
    """Return the function that levels one paragraph.

    Raises ResourceMissing naming the Debian package when the library cannot be loaded.
    """
    try:
        library = ctypes.CDLL(name)
        resolve = library.fribidi_get_par_embedding_levels_ex
    except (OSError, AttributeError) as fault:
        raise ResourceMissing(
            f"{name} 1.0 or later is needed; install the Debian package libfribidi0"
        ) from fault

    def levels(text: str, direction: Direction) -> tuple[int, ...]:
        size = len(text)
        points = (ctypes.c_uint32 * size).from_buffer_copy(text.encode("utf-32-le"))
        types = (ctypes.c_uint32 * size)()
        brackets = (ctypes.c_uint32 * size)()
        answer = (ctypes.c_int8 * size)()
        library.fribidi_get_bidi_types(points, size, types)
        library.fribidi_get_bracket_types(points, size, types, brackets)
        base = ctypes.c_uint32(_PARAGRAPH[direction])
        if not resolve(types, brackets, size, ctypes.byref(base), answer):
            raise MemoryError
        return tuple(answer)

    return levels


@cache
def _system() -> Levels:
    return load()


def levels(text: str, direction: Direction) -> tuple[int, ...]:
    """Return the embedding level of each character of one paragraph whose base is `direction`.

    Explicit marks other than isolates are expected to be gone (`kiosk.i18n.wrap.clean`).
    Raises ResourceMissing when libfribidi0 is not installed.
    """
    return _system()(text, direction) if text else ()
