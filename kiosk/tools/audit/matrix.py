"""Which combinations to look at: all that were asked for, or a sample that covers them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import product

from kiosk.errors import ConfigError
from kiosk.tools.audit.found import MODE_NAMES, Combination
from kiosk.tools.audit.world import World, tags, world
from kiosk.ui.profile import PROFILES

Offered = Callable[[Combination], bool]


def asked(words: str, known: Sequence[str], what: str) -> tuple[str, ...]:
    """Return the names of a comma-separated list, "all" for every one; raises ConfigError."""
    if words == "all":
        return tuple(known)
    names = tuple(dict.fromkeys(name for name in words.split(",") if name))
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        wrong = unknown[0] if unknown else words
        raise ConfigError(f"--{what}: there is no {wrong!r}; there are {', '.join(known)} and all")
    return names


def combinations(languages: str, modes: str, profiles: str) -> list[Combination]:
    """Return every combination of three lists; raises ConfigError naming a word nobody knows."""
    return [
        Combination(language, mode, profile)
        for profile, language, mode in product(
            asked(profiles, tuple(PROFILES), "profile"),
            asked(languages, tags(), "language"),
            asked(modes, MODE_NAMES, "mode"),
        )
    ]


def offered(worlds: Callable[[str], World] = world) -> Offered:
    """Return what tells whether a kiosk has a mode on that screen in that language at all."""
    known: dict[tuple[str, str], frozenset[str]] = {}

    def has(one: Combination) -> bool:
        key = one.language, one.profile
        if key not in known:
            known[key] = worlds(one.language).offers(PROFILES[one.profile])
        return one.modes <= known[key]

    return has


def sample(every: Sequence[Combination]) -> list[Combination]:
    """Return few of many: every language on every profile, and every mode, as evenly as it goes.

    The same ones each time; what is not met by then is met by what has been looked at least.
    """
    met: Counter[str] = Counter()
    chosen: list[Combination] = []
    for _, group in _grouped(every):
        one = min(group, key=lambda c: (met[c.mode], _turned(c, len(chosen))))
        met[one.mode] += 1
        chosen.append(one)
    for mode in dict.fromkeys(one.mode for one in every):
        if not met[mode]:
            chosen.append(next(one for one in every if one.mode == mode))
    return [one for one in every if one in chosen]


def _grouped(every: Sequence[Combination]) -> Iterator[tuple[object, list[Combination]]]:
    groups: dict[tuple[str, str], list[Combination]] = {}
    for one in every:
        groups.setdefault((one.language, one.profile), []).append(one)
    yield from groups.items()


def _turned(one: Combination, by: int) -> int:
    """Among modes met as often the next one in turn goes first."""
    return (MODE_NAMES.index(one.mode) - by) % len(MODE_NAMES)
