"""Where a line may end: UAX #14 by `uniseg`, and grapheme clusters for what is too long.

`uniseg` needs 5 ms for 60 characters and the square of the length for repeated spaces or marks, so
it is asked only about words that are not plain, in pieces, and with one space for many.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from uniseg.graphemecluster import grapheme_cluster_boundaries
from uniseg.linebreak import LineBreak, line_break, line_break_boundaries

PIECE = 400  # characters given to `uniseg` at once
CONTEXT = 16  # characters around a piece that its rules may look at

_WORD = re.compile("[\u4e00-\u9fff] *|[^ \u4e00-\u9fff]+ *| +")
_LETTERS = {LineBreak.AL, LineBreak.HL, LineBreak.NU, LineBreak.CM}
_AFTER = {LineBreak.IS, LineBreak.EX, LineBreak.CL, LineBreak.CP}


def opportunities(text: str) -> list[int]:
    """Return every index of one paragraph before which a line may begin, and its end.

    Between two plain words (letters, digits and marks, then closing punctuation), and between two
    ideographs, the rules always allow a break and look no further back, so they are worked out only
    from one such place to the next.
    """
    found: list[int] = []
    for start, end, plain in _chunks(text):
        found += [end] if plain else [start + at for at in _ruled(text[start:end])]
    return found


def clusters(text: str) -> list[int]:
    """Return the end of each grapheme cluster (UAX #29), the last resort of a long word."""
    return _in_pieces(text, grapheme_cluster_boundaries)


def _chunks(text: str) -> Iterator[tuple[int, int, bool]]:
    """Cut where two plain words or ideographs meet; say of each piece whether it is one."""
    start, before, words = 0, "", 0
    for match in _WORD.finditer(text):
        kind = _simple(match.group().rstrip(" "))
        if words and kind and kind == before:
            yield start, match.start(), words == 1
            start, words = match.start(), 0
        before = kind
        words += 1
    if words:
        yield start, len(text), words == 1 and bool(before)


def _simple(word: str) -> str:
    """ "word" or "ideograph" when the rules are known without asking, else ""."""
    if "\u4e00" <= word <= "\u9fff":
        return "ideograph"
    body = word
    while body and _kind(body[-1]) in _AFTER:
        body = body[:-1]
    plain = (body or not word) and all(_kind(ch) in _LETTERS for ch in body)
    return "word" if plain else ""


@lru_cache(maxsize=4096)
def _kind(ch: str) -> LineBreak:
    kind: LineBreak = line_break(ch)
    return kind


def _ruled(text: str) -> list[int]:
    """The rules on a text with one space for many: they never tell the two apart."""
    kept = [at for at, ch in enumerate(text) if ch != " " or text[at + 1 : at + 2] != " "]
    plain = "".join(text[at] for at in kept)
    starts = [0, *(at + 1 for at in kept)]
    return [starts[at] for at in _in_pieces(plain, line_break_boundaries)]


def _in_pieces(text: str, boundaries: Callable[[str], Iterable[int]]) -> list[int]:
    found: list[int] = []
    for start in range(0, len(text), PIECE):
        low, end = max(0, start - CONTEXT), start + PIECE
        near = (low + at for at in boundaries(text[low : end + CONTEXT]))
        found += [at for at in near if start < at <= min(end, len(text))]
    return found
