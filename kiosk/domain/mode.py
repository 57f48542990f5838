"""The ways a kiosk can be for a person: names for commands, needs, keypads and records."""

from collections.abc import Set

DEFAULT = "default"
SIZES = ("larger", "extra-large")
CONTRASTS = ("high-contrast", "high-contrast-dark")
SPEECH = ("read-aloud", "curtain", "private-aloud")
MODES = (
    *SIZES,
    *CONTRASTS,
    *SPEECH,
    "calm",
    "low-reach",
    "one-at-a-time",
    "easy-read",
    "more-time",
)
_ONE_OF = (SIZES, CONTRASTS)
_WITH = {  # of use only with a voice
    "curtain": frozenset({"read-aloud"}),
    "private-aloud": frozenset({"read-aloud"}),
}


def switched(modes: Set[str], mode: str) -> frozenset[str]:
    """Return the modes after one was switched on or off: one size, one contrast, no lone curtain.

    A mode this kiosk does not know changes nothing.
    """
    if mode not in MODES:
        return frozenset(modes)
    if mode in modes:
        gone = {other for other, wanted in _WITH.items() if mode in wanted}
        return frozenset(modes) - {mode} - gone
    return with_(modes, mode)


def with_(modes: Set[str], *more: str) -> frozenset[str]:
    """Return the modes with others switched on; unknown ones are left out."""
    made = frozenset(modes)
    for mode in more:
        if mode in MODES:
            instead = {other for group in _ONE_OF if mode in group for other in group}
            made = (made - instead) | {mode} | _WITH.get(mode, frozenset())
    return made


def larger(modes: Set[str]) -> frozenset[str]:
    """Return the modes with the next size of text; after the largest comes the normal one."""
    size = next((i for i, size in enumerate(SIZES, 1) if size in modes), 0)
    following = (*SIZES, "")[size]
    return (frozenset(modes) - set(SIZES)) | ({following} - {""})
