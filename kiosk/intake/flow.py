"""A flow is an ordered tuple of steps without a pointer: the session says which one is next."""

from dataclasses import replace
from typing import TypeAlias

from kiosk.intake.session import Given, Session
from kiosk.intake.step import Step

Flow: TypeAlias = tuple[Step, ...]


def applying(flow: Flow, session: Session) -> Flow:
    """Return the steps that apply; a condition sees no answer of a step that does not (FHIR R4
    enableWhen), and none of a step behind it.
    """
    ahead = {step.id for step in flow}
    found: list[Step] = []
    seen = replace(session, answers=tuple(g for g in session.answers if g.step not in ahead))
    for step in flow:
        if step.when(seen):
            found.append(step)
            given = tuple(given for given in session.answers if given.step == step.id)
            seen = replace(seen, answers=seen.answers + given)
    return tuple(found)


def current(flow: Flow, session: Session) -> Step | None:
    """Return the first step that applies and has no answer."""
    return next((s for s in applying(flow, session) if not session.answered(s.id)), None)


def relevant(flow: Flow, session: Session) -> tuple[Given, ...]:
    """Return the answers whose step still applies; only these may leave the kiosk."""
    applies = {step.id for step in applying(flow, session)}
    return tuple(given for given in session.answers if given.step in applies)


def progress(flow: Flow, session: Session) -> float:
    """Return how far along the flow the current step stands, from 0 to 1; it never falls."""
    step = current(flow, session)
    return flow.index(step) / (len(flow) - 1) if step and len(flow) > 1 else 1.0


def step_of(flow: Flow, id: str) -> Step:
    """Return a flow's step by its id; raises StopIteration for an id it does not have."""
    return next(step for step in flow if step.id == id)
