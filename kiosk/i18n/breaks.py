"""Where a line may end: UAX #14 by ICU, which knows the words of Thai, Khmer and Burmese."""

from itertools import accumulate

from icu4py.breakers import CharacterBreaker, LineBreaker

# Read in phrases: a line that ends inside one is harder to read (W3C jlreq, klreq).
_PHRASED = ("ja", "ko")


def opportunities(text: str, tag: str = "") -> list[int]:
    """Return every index of one paragraph before which a line may begin, and its end.

    `tag` is the BCP 47 tag of the text's language. No line begins with a closing mark, a small kana
    or a long-vowel mark, and none ends with an opening one (JIS X 4051, CLDR's "strict").
    """
    return _ends(LineBreaker(text, f"{tag or 'und'}-u-lb-strict"))


def phrases(text: str, tag: str = "") -> list[int]:
    """Return those of the `opportunities` that a reader likes best: between words or phrases."""
    allowed = opportunities(text, tag)
    if tag.partition("-")[0] not in _PHRASED:
        return allowed
    liked = set(_ends(LineBreaker(text, f"{tag}-u-lw-phrase")))
    return [at for at in allowed if at in liked]


def clusters(text: str) -> list[int]:
    """Return the end of each grapheme cluster (UAX #29), the last resort of a long word."""
    return _ends(CharacterBreaker(text, "und"))


def _ends(pieces: LineBreaker | CharacterBreaker) -> list[int]:
    """ICU counts in UTF-16, so the pieces themselves are measured."""
    return list(accumulate(map(len, pieces)))
