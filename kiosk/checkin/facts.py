"""Which facts a session gives rise to. Pure: only answers whose step still applies may leave."""

from collections.abc import Set

from kiosk.checkin.state import Turn
from kiosk.domain.event import AnswersRecorded, HelpRequested, IntakeCompleted, NeedStated
from kiosk.intake.flow import Flow, applying, relevant, step_of
from kiosk.intake.session import Session
from kiosk.intake.step import Step


def help_call(turn: Turn, reason: str, step: str = "") -> HelpRequested:
    """Make the fact that a person is asked for, with where and in which language."""
    return HelpRequested.model_validate(
        {
            "step": step or turn.step_id,
            "reason": reason,
            "kiosk": turn.practice.policy.label,
            "language": turn.session.language,
            "appointment": turn.session.appointment,
        }
    )


def of_part(flow: Flow, session: Session, part: str, revision: int) -> AnswersRecorded:
    """Return what one finished part says; what the record already said is not said again."""
    answers = {
        given.step: list(given.value) if isinstance(given.value, tuple) else str(given.value)
        for given in relevant(flow, session)
        if step_of(flow, given.step).part == part and not given.kept
    }
    return AnswersRecorded(
        part=part, revision=revision, answers=dict(answers), appointment=session.appointment
    )


def stated(session: Session) -> frozenset[str]:
    """Return the needs this person states."""
    needs = session.value("needs")
    return frozenset(needs) if isinstance(needs, tuple) else frozenset()


def of_needs(session: Session, told: Set[str] = frozenset()) -> tuple[NeedStated, ...]:
    """Return each stated need as a fact of its own.

    `told` are the needs on record or stated earlier in this session: what is not stated again is
    taken back.
    """
    now, at = stated(session), session.appointment
    return (
        *(NeedStated(need=need, appointment=at) for need in sorted(now)),
        *(NeedStated(need=need, stated=False, appointment=at) for need in sorted(told - now)),
    )


def part_finished(flow: Flow, session: Session, step: Step) -> bool:
    """Tell whether answering `step` finished its part: no step of it is left to ask."""
    return bool(step.part) and all(
        session.answered(other.id) for other in applying(flow, session) if other.part == step.part
    )


def completed(session: Session) -> IntakeCompleted:
    """Everything asked has been answered."""
    return IntakeCompleted(appointment=session.appointment)
