"""Every screen a patient can meet (`kiosk.tools.audit.screens`), and those with rarer words."""

from collections.abc import Iterator
from dataclasses import replace

from kiosk.config import KioskPolicy, PracticeSettings, Site
from kiosk.domain.identify import Answer
from kiosk.domain.outcome import Outcome
from kiosk.i18n.catalog import Catalogue
from kiosk.intake.bones import Setting
from kiosk.intake.flow import step_of
from kiosk.intake.flows import CHECK_IN
from kiosk.intake.present import group, overlay, present
from kiosk.intake.view import StepView
from kiosk.tools.audit import screens as every
from kiosk.tools.audit import world
from words.sources import LOCALE, OFFERED, TABLE

Screen = tuple[str, StepView]

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


def screens(language: str) -> Iterator[Screen]:
    """Walk every screen as it is by default, in short words, and in modes that change words."""
    for modes in ((), ("easy-read",), ("extra-large", "high-contrast", "read-aloud")):
        yield from every.screens(_start(language, *modes), ["latin"])
    yield from _rarer(_start(language))


def _start(language: str, *modes: str) -> Setting:
    return world.start(WORDS, POLICY, TABLE, language, frozenset(modes))


def _rarer(at: Setting) -> Iterator[Screen]:
    """A demonstration, a kiosk without a voice, each need alone, two on record, the last second."""
    yield "demo", present(step_of(CHECK_IN, "welcome"), replace(at, policy=DEMO))
    loud = _start(at.language, "read-aloud")
    yield "mute", overlay("ways", replace(loud, offered=at.offered - {"read-aloud", "curtain"}))
    yield "last second", overlay("still-there", replace(at, seconds=1))
    for need in TABLE.needs:
        session = every.identified(at.session, Outcome.IN_TIME).answer("needs", (need,))
        yield f"done, {need}", present(step_of(CHECK_IN, "done"), replace(at, session=session))
    known = world.DETAILS.model_copy(update={"needs": tuple(TABLE.needs)[:2]})
    answer = Answer(outcome=Outcome.IN_TIME, details=known)
    session = at.session.answer("birth-date", "x").identified(answer)
    yield "on record", present(step_of(CHECK_IN, "needs"), replace(at, session=session))
    yield "before", group(replace(at, session=session, group="before"))
