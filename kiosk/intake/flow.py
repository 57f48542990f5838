"""A flow is an ordered tuple of steps; no pointer: the current step follows from the session."""

from typing import TypeAlias

from kiosk.intake.session import Given, Session
from kiosk.intake.step import Step

Flow: TypeAlias = tuple[Step, ...]


def current(flow: Flow, session: Session) -> Step | None:
    """Return the first step that applies and has no answer."""
    return next((s for s in flow if s.when(session) and not session.answered(s.id)), None)


def relevant(flow: Flow, session: Session) -> tuple[Given, ...]:
    """Return the answers whose step still applies; only these may leave the kiosk."""
    applies = {step.id for step in flow if step.when(session)}
    return tuple(given for given in session.answers if given.step in applies)


def progress(flow: Flow, session: Session) -> float:
    """Return how much of the way is done, from 0 to 1, over the steps that apply now."""
    ahead = [step for step in flow if step.when(session)]
    done = sum(session.answered(step.id) for step in ahead)
    return done / len(ahead) if ahead else 0.0


def step_of(flow: Flow, id: str) -> Step:
    """Return a flow's step by its id; raises StopIteration for an id it does not have."""
    return next(step for step in flow if step.id == id)
