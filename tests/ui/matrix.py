"""Every screen in every size on every profile, in languages that stand for the others."""

from collections.abc import Iterator
from functools import cache

from intake.screens import Screen, screens

from kiosk.intake.keyboards import LAYOUT_FOR
from kiosk.ui.profile import PROFILES

from .ruler import Ruler
from .rules import RULES, Seen, seen

FULL = ("en", "ar", "hi")  # the plainest, one from right to left, one with tall words
OTHERS = ("es", "zh-Hans")
SIZES = ("", "larger", "extra-large")
_ALIKE = ("starting", "read", "offline", "no name", "phone none")  # as another one to the eye


@cache
def ruler(profile: str) -> Ruler:
    """Return the one ruler of a profile, which remembers what it measured."""
    return Ruler(PROFILES[profile].px_per_mm)


def shown(language: str, size: str, *, compact: bool) -> list[Screen]:
    """Return the screens that differ to the eye; keyboards in the languages that use them."""
    own = LAYOUT_FOR.get(language, "latin")
    return [
        (name, view)
        for name, view in screens(language, *([size] if size else []), compact=compact)
        if not name.endswith(_ALIKE)
        and (language == "en" or not name.startswith("name, ") or own in name)
    ]


def every(profile: str) -> Iterator[tuple[str, Seen]]:
    """Arrange everything on one profile; each with a name to find it by."""
    found = PROFILES[profile]
    sizes = SIZES
    pairs = [(language, size) for language in FULL for size in sizes]
    pairs += [(language, "extra-large") for language in OTHERS]
    for language, size in pairs:
        for name, view in shown(language, size, compact=size in found.compact):
            label = f"{language}, {size or 'normal'}: {name}"
            yield label, seen(view, found, ruler(profile))


@cache
def breaches(profile: str) -> dict[str, list[str]]:
    """Return what breaks each rule on one profile."""
    found: dict[str, list[str]] = {name: [] for name in RULES}
    for label, one in every(profile):
        for name, rule in RULES.items():
            found[name] += [f"{label}: {breach}" for breach in rule(one)]
    return found
