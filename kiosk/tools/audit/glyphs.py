"""Whether the fonts have what is written: nothing shows as a box or a question mark."""

from collections.abc import Iterator
from functools import lru_cache

from kiosk.i18n.clean import clean
from kiosk.i18n.fonts import UNKNOWN, Weight
from kiosk.i18n.languages import language
from kiosk.tools.audit.found import Breach
from kiosk.tools.audit.ruler import library
from kiosk.tools.audit.seen import Seen, breach, each, texts


def missing(one: Seen) -> Iterator[Breach]:
    """Every character is drawn by a font of this system."""
    for number, placed in each(one):
        for text in texts(placed):
            lacking = _lacking(text.text, text.lang, 700 if text.bold else 400)
            if lacking:
                codes = " ".join(f"U+{ord(ch):04X}" for ch in lacking)
                yield breach("G-01", "missing", number, placed, f"lacks {codes}")


@lru_cache(maxsize=1 << 14)
def _lacking(text: str, tag: str, weight: Weight) -> str:
    wanted = clean(text)
    shown = library().stack(language(tag), weight).readable(wanted)
    pairs = zip(wanted, shown, strict=True)
    lost = [ch for ch, drawn in pairs if drawn == UNKNOWN]
    return "".join(dict.fromkeys(lost))
