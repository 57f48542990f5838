"""What physical keys and a headset's socket change, whatever screen shows. Pure."""

from kiosk.checkin.press import modes
from kiosk.checkin.state import Turn
from kiosk.domain.mode import switched, with_


def switch(turn: Turn, mode: str) -> Turn:
    """Return the turn with a mode switched, where this kiosk offers it."""
    offered = turn.practice.offers(turn.session.language)
    return modes(turn, switched(turn.session.modes, mode)) if mode in offered else turn


def headphones(turn: Turn, *, plugged: bool) -> Turn:
    """Headphones start the voice (EN 301 549 5.2); without them the person is asked what to do.

    In a language without a voice it begins once another language is chosen.
    """
    reads = "read-aloud" in turn.session.modes
    if plugged:
        turn = turn.but(overlay="") if turn.state.overlay == "sound-lost" else turn
        return modes(turn, with_(turn.session.modes, "read-aloud"))
    return turn.but(overlay="sound-lost") if reads and not turn.state.overlay else turn
