"""What the passing of time does to a turn. Pure."""

from kiosk.checkin import arrive
from kiosk.checkin.state import Turn
from kiosk.checkin.wipe import close, give_up

READ_SHOWN = 0.25  # s: the tick stands this long at most before the next question
ERROR_SHOWN = 6.0  # s: a code that could not be read is forgotten after this
GIVE_UP = 10.0  # s: an answer that never comes is a fault
_LAST = {"done", "outcome"}


def passing(turn: Turn) -> Turn:
    """Return the turn at a later moment: waits end, quiet sessions are warned and closed."""
    state = turn.state
    if state.overlay == "out-of-order":
        return turn
    if state.awaits:
        return _waited(turn, turn.at.mono - state.since)
    if state.error == "unreadable" and turn.at.mono - state.quiet.last > ERROR_SHOWN:
        turn = turn.but(error="")
    return _quiet(turn)


def _waited(turn: Turn, seconds: float) -> Turn:
    if turn.state.awaits == "language" and seconds >= READ_SHOWN:
        return arrive.known(turn, None)
    if seconds < GIVE_UP:
        return turn
    return give_up(turn)


def _quiet(turn: Turn) -> Turn:
    state, idle = turn.state, turn.practice.policy.practice.idle
    quiet, assisted = state.quiet, state.session.assisted
    if quiet.warned is not None:
        return close(turn, "idle") if quiet.left(turn.at.mono, idle) == 0 else turn
    if _over(turn):
        done = quiet.done_due(turn.at.mono, idle, assisted=assisted)
        return close(turn, "left" if state.session.arrives else "help") if done else turn
    if _used(turn) and quiet.warn_due(turn.at.mono, idle, assisted=assisted):
        return _warn(turn)
    return turn


def _warn(turn: Turn) -> Turn:
    if not turn.state.started:  # only a language or a size was tried: nothing to lose
        return close(turn, "idle")
    return turn.but(quiet=turn.state.quiet.warn(turn.at.mono), overlay="still-there")


def _over(turn: Turn) -> bool:
    overlay = turn.state.overlay
    return overlay == "fault" or (not overlay and turn.step_id in _LAST)


def _used(turn: Turn) -> bool:
    state, home = turn.state, turn.practice.policy.practice.language
    return bool(
        state.started or state.overlay or state.session.modes or state.session.language != home
    )
