"""Compare a typed name with a name on record, as people type and not as registers spell. Pure."""

import re
import unicodedata
from functools import lru_cache

from kiosk.domain.appointment import Patient

_WHOLE = str.maketrans(  # letters that Unicode does not take apart, as people without them type
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "þ": "th",
        "ħ": "h",
    }
)
_WORD = re.compile(r"[^\W_]+")


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a name without case, marks, apostrophes or hyphens."""
    plain = unicodedata.normalize("NFKD", text.casefold()).casefold().translate(_WHOLE)
    bare = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")
    return tuple(_WORD.findall(bare))


def fits(typed: str, patient: Patient) -> bool:
    """Whether every typed word is a word of the patient's name, and there is at least one."""
    words = tokens(typed)
    known = _known(patient.family, patient.given, patient.name_to_use)
    return bool(words) and all(word in known for word in words)


@lru_cache(maxsize=4096)
def _known(family: str, given: str, name_to_use: str) -> frozenset[str]:
    """Words a person may type: each part, and parts run together (OBrien, 王小明)."""
    words: set[str] = set()
    for name in (family, given, name_to_use):
        for part in name.split():
            words |= {*tokens(part), "".join(tokens(part))}
    words |= {"".join(tokens(pair)) for pair in (f"{family} {given}", f"{given} {family}")}
    return frozenset(words - {""})
