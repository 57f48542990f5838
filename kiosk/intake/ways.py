"""How the kiosk can be made easier to use: each mode in a patient's words."""

from dataclasses import dataclass, replace

from kiosk.intake import bones
from kiosk.intake.bones import Setting
from kiosk.intake.view import Look, Node, Region, Role
from kiosk.intake.words import N_


@dataclass(frozen=True, slots=True)
class Way:
    """A mode as it is offered."""

    mode: str
    ask: str
    icon: str


WAYS = (
    Way("larger", N_("Bigger text"), "a-large-small"),
    Way("extra-large", N_("Biggest text"), "a-large-small"),
    Way("high-contrast", N_("Black on white"), "contrast"),
    Way("high-contrast-dark", N_("White on black"), "moon"),
    Way("read-aloud", N_("Read it to me"), "volume-2"),
    Way("curtain", N_("Hide the screen"), "eye-off"),
    Way("one-at-a-time", N_("One thing at a time"), "layers"),
    Way("easy-read", N_("Short words and pictures"), "book-open"),
    Way("more-time", N_("More time"), "timer"),
    Way("calm", N_("No sounds, no motion"), "volume-x"),
    Way("low-reach", N_("Buttons lower down"), "arrow-down-to-line"),
)


NO_VOICE = N_("There is no voice for this language here yet.")


def ways(at: Setting) -> tuple[Node, ...]:
    """Every mode this kiosk has in this language, those that are on marked."""
    cards = tuple(
        replace(
            at.node(f"way-{way.mode}", Role.CHECK, Region.ANSWER, way.ask),
            icon=way.icon,
            state=("chosen",) if way.mode in at.session.modes else (),
        )
        for way in WAYS
        if way.mode in at.offered
    )
    plain = replace(at.node("plain", Role.CHECK, Region.ANSWER, N_("As it was")), icon="rotate-ccw")
    plain = plain if at.session.modes else replace(plain, state=("chosen",))
    silent = "read-aloud" in at.session.modes - at.offered
    return (
        bones.heading(at, N_("Make it easy")),
        *bones.sentence(at, NO_VOICE if silent else ""),
        plain,
        *cards,
        *_aloud(at),
        bones.button(at, "go-on", N_("Go on"), Look.PRIMARY),
    )


def _aloud(at: Setting) -> tuple[Node, ...]:
    """Private things are for headphones, unless the person chooses (EN 301 549 5.1.3.9)."""
    if "read-aloud" not in at.session.modes:
        return ()
    made = at.node("way-private-aloud", Role.CHECK, Region.ANSWER, N_("Say private things aloud"))
    chosen = ("chosen",) if "private-aloud" in at.session.modes else ()
    return (replace(made, icon="volume-2", state=chosen),)
