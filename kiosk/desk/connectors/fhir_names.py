"""Words and names of people in any script, cleaned for one line of a screen."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

from kiosk.desk.connectors.fhir_json import Json, items, text, texts

_MAX = 200
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_FORMER = frozenset({"old", "maiden", "temp", "anonymous"})
_LEGAL_FIRST = ("official", "usual", "")


def plain(words: str) -> str:
    """Return one clean line: no control characters or bidi overrides, single spaces, ≤ 200.

    Joiners stay: Persian and Hindi names need them.
    """
    kept = "".join(
        " " if unicodedata.category(ch) in ("Cc", "Zl", "Zp") else ch
        for ch in words[: 4 * _MAX]
        if ch not in _BIDI and unicodedata.category(ch) not in ("Cs", "Co")
    )
    return unicodedata.normalize("NFC", " ".join(kept.split()))[:_MAX].strip()


def current(entries: Iterable[Json], day: date) -> list[Json]:
    """Return the names or phones in use on `day`: not marked old, and their period has not ended.

    A partial end such as `2020-05` is over once that year or month is.
    """
    return [entry for entry in entries if _in_use(entry, day.isoformat())]


def legal(names: Sequence[Json]) -> tuple[str, str]:
    """Return family and given name: the official one first, then the usual, then any."""
    chosen = _by_use(names, _LEGAL_FIRST) or next(iter(names), {})
    family, given = plain(text(chosen, "family")), _given(chosen)
    if family or given:
        return family, given
    return "", plain(text(chosen, "text"))  # never split a whole name: cultures differ


def to_use(names: Sequence[Json]) -> str:
    """Return the name to greet with when it differs from the given name, else ""."""
    preferred = _by_use(names, ("nickname",)) or _by_use(names, ("usual",))
    name = _given(preferred) or plain(text(preferred, "text"))
    return "" if name == legal(names)[1] else name


def spoken_of(resource: Json | None) -> str:
    """Return a practitioner's name as it is said, title first: `Dr. Wei Chen`."""
    names = items(resource, "name")
    chosen = _by_use(names, _LEGAL_FIRST) or next(iter(names), {})
    parts = [*texts(chosen, "prefix"), *texts(chosen, "given"), text(chosen, "family")]
    return plain(text(chosen, "text")) or plain(" ".join(filter(None, parts)))


def _in_use(entry: Json, today: str) -> bool:
    end = text(entry, "period", "end")[:10]
    return text(entry, "use") not in _FORMER and (not end or end >= today[: len(end)])


def _by_use(names: Sequence[Json], uses: Sequence[str]) -> Json:
    for use in uses:
        for name in names:
            if text(name, "use") == use:
                return name
    return {}


def _given(name: Json) -> str:
    return plain(" ".join(texts(name, "given")))
