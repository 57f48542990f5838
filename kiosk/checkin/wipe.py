"""How a turn ends: what it says when it does, and that nothing of it stays. Pure."""

from dataclasses import replace

from kiosk.checkin.facts import help_call
from kiosk.checkin.state import Turn, fresh
from kiosk.domain.event import SessionAbandoned
from kiosk.intake.step import Kind


def close(turn: Turn, reason: str) -> Turn:
    """End the session: say that it ended unless it was complete, and forget everything of it."""
    if turn.state.started and not turn.state.complete:
        turn = turn.record(
            SessionAbandoned.model_validate(
                {"step": _left_at(turn), "reason": reason, "appointment": turn.session.appointment}
            )
        )
    return replace(turn, state=fresh(turn.practice, turn.at, turn.state))


def _left_at(turn: Turn) -> str:
    """The step that was left unanswered, "" for who came as far as a last screen."""
    return "" if turn.step and turn.step.kind is Kind.NOTICE else turn.step_id


def start_over(turn: Turn, reason: str = "left") -> Turn:
    """Go back to the first screen, keeping how this person reads: language and modes."""
    language, modes = turn.session.language, turn.session.modes
    ended = close(turn, reason)
    session = replace(ended.session, language=language, modes=modes)
    return ended.but(session=session, chose_language=turn.state.chose_language)


def give_up(turn: Turn) -> Turn:
    """End a session that cannot be kept: nothing of it can be thanked for, and a person helps."""
    return start_over(turn.record(help_call(turn, "fault")), "help").but(overlay="fault")
