"""Fonts of the Debian packages, found by file name, and which of them draws which character."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal
from unicodedata import category

from PIL import ImageFont

from kiosk.errors import ResourceMissing
from kiosk.i18n import cmap
from kiosk.i18n.languages import SHIPPED, Language

Weight = Literal[400, 700]

FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
UNKNOWN = (
    "\ufffd"  # shown for a character no installed font has; every stack ends in one that has it
)

_STYLES: dict[Weight, str] = {400: "Regular", 700: "Bold"}
_CJK = "Noto Sans CJK "
# HarfBuzz needs no glyph for these: default-ignorable ones, and spaces it makes from U+0020.
_ADAPTS = re.compile(
    "[\xa0\xad\u034f\u061c\u180b-\u180f\u2000-\u200f\u202f\u205f-\u206f\u3000\ufe00-\ufe0f"
    "\U000e0100-\U000e01ef]"
)


@dataclass(frozen=True, slots=True)
class Face:
    """One weight of one family: a file, and its number where the file is a collection."""

    family: str
    path: Path
    index: int = 0


class Stack:
    """The faces of one language and weight in order of preference, then all others installed."""

    def __init__(self, faces: Sequence[Face], others: Sequence[Face]) -> None:
        self._faces = tuple(faces)
        self._others = tuple(others)
        self._first = lru_cache(maxsize=4096)(self._find)

    @property
    def main(self) -> Face:
        """The face whose metrics place the line."""
        return self._faces[0]

    def readable(self, text: str) -> str:
        """Return `text` with each character that no font has replaced by U+FFFD, never by a box."""
        return "".join(ch if ch == "\n" or self._first(ch) else UNKNOWN for ch in text)

    def faces(self, text: str) -> list[Face]:
        """Return the face of each character of a text that is `readable`.

        A base and its marks share a face where one has them all; spaces, digits and punctuation
        stay with the letters before them, so that a word is not patched from two fonts.
        """
        found: list[Face] = []
        for group in _groups(text):
            before = found[-1] if found else None
            if before is not None and _neutral(group) and _covers(before, group):
                found += [before] * len(group)
            else:
                found += self._group(group)
        return found

    def _group(self, group: str) -> list[Face]:
        first = [self._first(ch) or self._faces[-1] for ch in group]
        if len(set(first)) == 1:
            return first
        whole = next((face for face in self._faces if _covers(face, group)), None)
        return [whole] * len(group) if whole else first

    def _find(self, ch: str) -> Face | None:
        if _adapts(ch):
            return self._faces[0]
        return next((face for face in (*self._faces, *self._others) if _covers(face, ch)), None)


class Library:
    """The fonts below some folders; the file system is read once, at the first question."""

    def __init__(self, folders: Iterable[Path] = FOLDERS) -> None:
        self._folders = tuple(folders)
        self._stacks: dict[tuple[str, Weight], Stack] = {}
        self._files: dict[str, Path] = {}

    def stack(self, language: Language, weight: Weight) -> Stack:
        """Return the faces for a language.

        Raises ResourceMissing naming the font and its Debian package when a family of the language
        is not installed.
        """
        key = (language.tag, weight)
        if key not in self._stacks:
            own = [self.face(family, weight) for family in language.families]
            self._stacks[key] = Stack(own, [f for f in self._fallback(weight) if f not in own])
        return self._stacks[key]

    def face(self, family: str, weight: Weight) -> Face:
        """Return one family's face; raises ResourceMissing naming it and its Debian package."""
        cjk = family.startswith(_CJK)
        name = "NotoSansCJK" if cjk else family.replace(" ", "")
        file = f"{name}-{_STYLES[weight]}.{'ttc' if cjk else 'ttf'}"
        path = self._installed().get(file)
        if path is None:
            package = "fonts-noto-cjk" if cjk else "fonts-noto-core"
            raise ResourceMissing(f"{file} ({family}) is missing; install the package {package}")
        return Face(family, path, _number(path, family) if cjk else 0)

    def _installed(self) -> dict[str, Path]:
        if not self._files:
            found = (path for root in self._folders for path in sorted(root.rglob("Noto*.tt[fc]")))
            for path in found:
                self._files.setdefault(path.name, path)
        return self._files

    def _fallback(self, weight: Weight) -> list[Face]:
        """Every family of the table, then every other sans and serif: any script can be a name."""
        families = dict.fromkeys(family for row in SHIPPED for family in row.families)
        table = [self.face(family, weight) for family in families if self._holds(family, weight)]
        known = {face.path for face in table}
        suffixes = (_STYLES[weight], _STYLES[400])  # not every script has a bold font
        rest = [
            Face(name.rpartition("-")[0], self._files[name])
            for prefix in ("NotoSans", "NotoSerif")
            for suffix in dict.fromkeys(suffixes)
            for name in sorted(self._installed())
            if name.startswith(prefix) and name.endswith(f"-{suffix}.ttf")
        ]
        return [*table, *(face for face in rest if face.path not in known)]

    def _holds(self, family: str, weight: Weight) -> bool:
        try:
            self.face(family, weight)
        except ResourceMissing:
            return False
        return True


def _number(path: Path, family: str) -> int:
    """The face of a collection that has this name; Debian's order is not promised anywhere.

    `ImageFont.truetype` would search the system for another file of that name when this one fails.
    """
    for index in range(64):
        try:
            named = ImageFont.FreeTypeFont(str(path), 16, index).getname()[0]
        except OSError:
            break
        if named == family:
            return index
    raise ResourceMissing(
        f"{path} holds no face named {family}; install the package fonts-noto-cjk"
    )


def _groups(text: str) -> Iterable[str]:
    start = 0
    for at in range(1, len(text)):
        if category(text[at])[0] != "M" and not (_adapts(text[at]) or text[at - 1] == "\u200d"):
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


def _neutral(group: str) -> bool:
    """Tell whether it is a space, digit or sign of all scripts; one script's stay in its font."""
    return category(group[0])[0] in "ZPSNC" and not "\u0370" <= group[0] <= "\u1fff"


def _covers(face: Face, text: str) -> bool:
    coverage = _coverage(face)
    return all(_adapts(ch) or ord(ch) in coverage for ch in text)


def _adapts(ch: str) -> bool:
    return _ADAPTS.match(ch) is not None


@lru_cache(maxsize=512)
def _coverage(face: Face) -> cmap.Coverage:
    return cmap.read(face.path, face.index)
