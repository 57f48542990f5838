"""Text from outside made harmless to draw: nothing in it can move, hide or bury other words."""

import re
from unicodedata import category

MARKS = 8  # on one letter; the longest stacks of living scripts (Tibetan) are shorter

_OPEN = "\u2066\u2067\u2068"  # LRI, RLI, FSI
_CLOSE = "\u2069"  # PDI

_NEWLINE = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Controls, embeddings and overrides, deprecated format characters, tags, noncharacters.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u206a-\u206f\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f"
    + "".join(
        f"{chr(0x10000 * plane + 0xFFFE)}{chr(0x10000 * plane + 0xFFFF)}" for plane in range(1, 17)
    )
    + "]"
)
_LONE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Return `text` fit to be drawn beside other words; cleaning twice changes nothing more.

    Line ends become "\\n", tabs spaces, lone surrogates U+FFFD. Controls, noncharacters, embeddings
    and overrides go; isolates stay and are closed within their paragraph, where UAX #9 ends them. A
    letter keeps at most MARKS marks.
    """
    plain = _NEWLINE.sub("\n", text).replace("\t", " ")
    plain = _LONE.sub("\ufffd", _UNWANTED.sub("", plain))
    return "\n".join(_balanced(_thinned(paragraph)) for paragraph in plain.split("\n"))


def isolate(value: str) -> str:
    """Return a value for the middle of a sentence: clean, one line, in FSI … PDI."""
    line = clean(value).replace("\n", " ")
    return f"{_OPEN[2]}{line}{_CLOSE}"


def _balanced(paragraph: str) -> str:
    kept: list[str] = []
    depth = 0
    for ch in paragraph:
        if ch == _CLOSE and depth == 0:
            continue
        depth += (ch in _OPEN) - (ch == _CLOSE)
        kept.append(ch)
    return "".join(kept) + _CLOSE * depth


def _thinned(paragraph: str) -> str:
    if paragraph.isascii():
        return paragraph
    kept: list[str] = []
    marks = 0
    for ch in paragraph:
        kind = category(ch)
        if kind[0] == "M":
            marks += 1
        elif kind != "Cf":  # a flood may hide behind joiners
            marks = 0
        if kind[0] != "M" or marks <= MARKS:
            kept.append(ch)
    return "".join(kept)
