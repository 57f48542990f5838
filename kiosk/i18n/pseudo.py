"""A language that is nobody's: English with accents, in brackets and 40 % longer (`en-XA`).

It shows at once which words are not translated, and whether a layout has room for a language that
needs more letters than English. It is never offered to anybody.
"""

import re
from itertools import cycle, islice

from kiosk.i18n.catalog import Catalogue

TAG = "en-XA"  # CLDR's name for such a language
LONGER = 1.4

_ACCENTED = str.maketrans(
    "aceginorsuyzACEGINORSUYZ",
    "\u00e1\u00e7\u00e9\u011d\u00ed\u00f1\u00f6\u0155\u0161\u00fb\u00fd"
    "\u017e\u00c1\u00c7\u00c9\u011c\u00cd\u00d1\u00d6\u0154\u0160\u00db\u00dd\u017d",
)
_PART = re.compile(r"(\{[a-z][a-z0-9_]*\})|([^\W\d_]+)")


def longer(message: str) -> str:
    """Return an English message, each word accented and at least 40 % longer, in brackets.

    Words grow within themselves, as German ones do: spaces would give a line more places to break.
    Placeholders, digits and punctuation stay.
    """
    return f"[{_PART.sub(_grown, message)}]" if message else ""


def _grown(found: re.Match[str]) -> str:
    if found[1]:
        return found[1]
    word = found[2]
    more = -(-len(word) * 2 // 5)  # 40 %, rounded up
    middle = len(word) // 2
    vowels = [ch for ch in word if ch.lower() in "aeiou"] or ["o"]
    grown = word[:middle] + "".join(islice(cycle(vowels), more)).lower() + word[middle:]
    return grown.translate(_ACCENTED)


class Pseudo(Catalogue):
    """The `Words` of a kiosk whose every language is `en-XA`; times, days and names stay.

    Made as `Catalogue` is. The screen's language stays one of the table, such as "en": its font,
    direction and formats are used, and only its sentences are the longer ones.
    """

    def text(self, message: str, language: str, **values: str | int) -> str:
        """Make a sentence longer and fill it in as `Catalogue` does."""
        return self._filled(longer(message), longer(message), language, values)

    def plural(self, one: str, many: str, n: int, language: str, **values: str | int) -> str:
        """Make the English form for `n` longer."""
        return self.text(one if n == 1 else many, language, **{"n": n, **values})
