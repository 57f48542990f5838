"""Every screen a patient can meet, made as the kiosk makes it, with fictional data."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import UUID

from kiosk.config import KioskPolicy, PracticeSettings, Site
from kiosk.domain.identify import Answer, Details, Wait
from kiosk.domain.outcome import ARRIVES, EXPLAINED, Outcome
from kiosk.i18n.catalog import Catalogue
from kiosk.intake.ask import ERRORS
from kiosk.intake.bones import Setting
from kiosk.intake.entry import Draft, empty_date
from kiosk.intake.flows import CHECK_IN
from kiosk.intake.outcomes import SAID
from kiosk.intake.present import overlay, present
from kiosk.intake.session import Session
from kiosk.intake.step import Input, Kind, Step
from kiosk.intake.tell import OVERLAYS
from kiosk.intake.view import StepView
from words.sources import LOCALE, NEEDS, OFFERED

Screen = tuple[str, StepView]

NOW = datetime(2026, 3, 5, 10, 5, tzinfo=UTC)
WORDS = Catalogue(LOCALE, "Europe/London", "GB")
POLICY = KioskPolicy(
    practice=PracticeSettings(
        name="Meadow Practice",
        languages=tuple(row.tag for row in OFFERED),
        sites=(Site(code="M1", name="Main house"),),
    ),
    site="M1",
    device="kiosk-1",
)
DEMO = POLICY.model_copy(update={"demo": True})
DETAILS = Details(
    appointment="A-1",
    start=NOW + timedelta(minutes=25),
    practitioner="Dr Sample",
    location="Room 2",
    called="Robin",
    opens=NOW - timedelta(minutes=35),
    site="the Lake House",
    directions="Cross the road.",
)
WAIT = Wait(low=10, high=20, at=NOW)


def screens(language: str) -> Iterator[Screen]:
    """Walk every asking step, every outcome and every overlay, each with all it may say."""
    start = Setting(Session(UUID(int=1), language), WORDS, POLICY, NEEDS, NOW, progress=0.5)
    yield from _asked(start)
    yield from _outcomes(start)
    yield from _overlays(start)


def shown(reached: Outcome) -> bool:
    """Tell whether an outcome has a screen of its own."""
    return reached in SAID or reached in ARRIVES


def _asked(start: Setting) -> Iterator[Screen]:
    answered = start.session.answer("welcome", "typed").answer("phone", "+44 20 7946 0123")
    for step in (step for step in CHECK_IN if step.kind is not Kind.NOTICE):
        session = start.session if step.id == "welcome" else answered
        at = replace(start, session=session, draft=_draft(step, start.language))
        yield step.id, present(step, at)
        for error in ERRORS:
            yield f"{step.id}, {error}", present(step, replace(at, error=error))
        yield f"{step.id}, no camera", present(step, replace(at, camera="lost"))
        yield f"{step.id}, chosen", present(step, replace(at, chosen=frozenset(NEEDS)))
        yield f"{step.id}, first", present(step, replace(at, session=start.session))
        easy = replace(session, modes=frozenset({"easy-read"}))
        yield f"{step.id}, easy", present(step, replace(at, session=easy))


def _draft(step: Step, language: str) -> Draft:
    if step.input is Input.DATE:
        return empty_date(WORDS.date_order(language))
    return Draft(("text",), ("Robin",))


def _outcomes(start: Setting) -> Iterator[Screen]:
    steps = {step.id: step for step in CHECK_IN}
    needs = tuple(NEEDS)
    for reached in filter(shown, Outcome):
        step = steps["done" if reached in ARRIVES else "outcome"]
        for online, details, name in product((True, False), _details(reached), ("Robin", "")):
            answer = Answer(outcome=reached, online=online, details=details)
            session = start.session.answer("birth-date", date(1950, 1, 2)).identified(answer)
            session = session.answer("name-to-use", name).answer("needs", needs)
            yield reached.value, present(step, replace(start, session=session, online=online))


def _details(reached: Outcome) -> tuple[Details | None, ...]:
    known = (DETAILS, DETAILS.model_copy(update={"wait": WAIT}))
    return known if reached in EXPLAINED else (None, *known)


def _overlays(start: Setting) -> Iterator[Screen]:
    biggest = replace(start.session, modes=frozenset({"extra-large", "high-contrast"}))
    for name, online, seconds in product(OVERLAYS, (True, False), (1, 2, 5, 45)):
        at = replace(start, online=online, seconds=seconds)
        yield name, overlay(name, at)
        yield name, overlay(name, replace(at, session=biggest, policy=DEMO))
