"""How hard a text is to read, by the formula of Flesch and Kincaid."""

import re
from collections.abc import Sequence

from pyphen import Pyphen

from kiosk.i18n.rules import sentences

_WORD = re.compile(r"[\w:]+(?:['\u2019]\w+)*")
_HYPHENS = Pyphen(lang="en_US")


def words(text: str) -> list[str]:
    """Return the words; a time such as 10:30 is one."""
    return _WORD.findall(text)


def grade(texts: Sequence[str]) -> float:
    """Return the US school grade of texts read one after another.

    0.39 words per sentence + 11.8 syllables per word - 15.59: Kincaid, Fishburne, Rogers and
    Chissom 1975, Derivation of New Readability Formulas, Research Branch Report 8-75. Syllables are
    counted by the hyphens a dictionary allows, as other tools do.
    """
    said = [word for text in texts for word in words(text)]
    parts = sum(len(sentences(text)) for text in texts)
    syllables = sum(len(_HYPHENS.positions(word)) + 1 for word in said)
    return 0.39 * len(said) / parts + 11.8 * syllables / len(said) - 15.59
