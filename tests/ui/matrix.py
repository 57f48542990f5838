"""Every screen on every profile: three languages in every size, each other one in rotation."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context

from intake.screens import Screen, start

from kiosk.i18n.offer import translated
from kiosk.intake.keyboards import LAYOUT_FOR, LAYOUTS
from kiosk.resources import shipped
from kiosk.tools.audit.rules import RULES
from kiosk.tools.audit.screens import distinct, screens
from kiosk.tools.audit.seen import Seen, seen
from kiosk.ui.profile import PROFILES

from .ruler import Ruler

FULL = ("en", "ar", "hi")  # the plainest, one from right to left, one with tall words
OTHERS = tuple(row.tag for row in translated(shipped("assets", "locale")) if row.tag not in FULL)
SIZES = ("", "larger", "extra-large")
TURNS = ("", "extra-large")
_COUNTED = "COVERAGE_PROCESS_CONFIG"  # coverage.py: set where child processes are measured


@cache
def ruler(profile: str) -> Ruler:
    """Return the one ruler of a profile, which remembers what it measured."""
    return Ruler(PROFILES[profile].px_per_mm)


def keyboards(language: str, size: str) -> tuple[str, ...]:
    """Return the keyboards to look at: the language's own; in English once all of them."""
    if language == "en" and not size:
        return tuple(LAYOUTS)
    return (LAYOUT_FOR.get(language, "latin"),)


def shown(language: str, size: str, *, compact: bool) -> list[Screen]:
    """Return the screens that differ to the eye; keyboards in the languages that use them."""
    at = start(language, *([size] if size else []), compact=compact)
    return list(distinct(screens(at, keyboards(language, size))))


def pairs(profile: str) -> Iterator[tuple[str, str]]:
    """Yield the languages and sizes of one profile.

    Each other language is met in normal text on one profile and in the largest on the opposite one
    of the list; languages that follow each other begin with different profiles.
    """
    yield from ((language, size) for language in FULL for size in SIZES)
    place, many = list(PROFILES).index(profile), len(PROFILES)
    for number, language in enumerate(OTHERS):
        for turn, size in enumerate(TURNS):
            if (number + turn * many // 2) % many == place:
                yield language, size


def every(profile: str) -> Iterator[tuple[str, Seen]]:
    """Arrange everything on one profile; each with a name to find it by."""
    found = PROFILES[profile]
    for language, size in pairs(profile):
        for name, view in shown(language, size, compact=size in found.compact):
            label = f"{language}, {size or 'normal'}: {name}"
            yield label, seen(view, found, ruler(profile).measure)


@cache
def breaches(profile: str) -> dict[str, list[str]]:
    """Return what breaks each rule on one profile."""
    return _all()[profile]


@cache
def _all() -> dict[str, dict[str, list[str]]]:
    """Look at all profiles at once, on every core: the longest first.

    Lines are not counted here: that doubles the time, and other tests count the same ones.
    """
    counted = os.environ.pop(_COUNTED, None)
    try:
        with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
            return dict(zip(PROFILES, pool.map(_breaches, PROFILES), strict=True))
    finally:
        if counted is not None:
            os.environ[_COUNTED] = counted


def _breaches(profile: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {name: [] for name in RULES}
    for label, one in every(profile):
        for name, rule in RULES.items():
            found[name] += [f"{label}: {breach}" for breach in rule(one)]
    return found
