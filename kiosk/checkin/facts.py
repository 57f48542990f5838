"""Which facts a session gives rise to. Pure: only answers whose step still applies may leave."""

from kiosk.domain.event import AnswersRecorded, Data, IntakeCompleted, NeedStated
from kiosk.intake.flow import Flow, applying, relevant, step_of
from kiosk.intake.session import Session
from kiosk.intake.step import Step


def of_part(flow: Flow, session: Session, part: str, revision: int) -> tuple[Data, ...]:
    """Return the facts of one finished part; what the record already said is not said again."""
    answers = {
        given.step: list(given.value) if isinstance(given.value, tuple) else str(given.value)
        for given in relevant(flow, session)
        if step_of(flow, given.step).part == part and not given.kept
    }
    said = AnswersRecorded(
        part=part, revision=revision, answers=dict(answers), appointment=session.appointment
    )
    return (said, *_needs(session)) if part == "needs" else (said,)


def _needs(session: Session) -> tuple[NeedStated, ...]:
    """Every need stated now, and every one on record that was taken back."""
    now = session.value("needs") or ()
    known = session.details.needs if session.details else ()
    stated = now if isinstance(now, tuple) else ()
    gone = [need for need in known if need not in stated]
    at = session.appointment
    return (
        *(NeedStated(need=need, appointment=at) for need in stated),
        *(NeedStated(need=need, stated=False, appointment=at) for need in gone),
    )


def part_finished(flow: Flow, session: Session, step: Step) -> bool:
    """Tell whether answering `step` finished its part: no step of it is left to ask."""
    return bool(step.part) and all(
        session.answered(other.id)
        for other in applying(flow, session)
        if other.part == step.part
    )


def completed(session: Session) -> IntakeCompleted:
    """Everything asked has been answered."""
    return IntakeCompleted(appointment=session.appointment)
