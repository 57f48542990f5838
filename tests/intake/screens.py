"""Every screen a patient can meet, made as the kiosk makes it, with all the data it may show."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from kiosk.config import KioskPolicy, PracticeSettings, load
from kiosk.domain import needs
from kiosk.domain.identify import Answer, Details, Wait
from kiosk.domain.outcome import ARRIVES, EXPLAINED, Outcome
from kiosk.i18n.catalog import Catalogue
from kiosk.intake import entry
from kiosk.intake.bones import Setting
from kiosk.intake.flow import step_of
from kiosk.intake.flows import CHECK_IN, TYPED
from kiosk.intake.keyboards import LAYOUTS
from kiosk.intake.outcomes import SAID
from kiosk.intake.present import overlay, present
from kiosk.intake.session import Session
from kiosk.intake.tell import OVERLAYS
from kiosk.intake.view import StepView
from kiosk.resources import shipped

Screen = tuple[str, StepView]

NOW = datetime(2030, 5, 14, 9, 0, tzinfo=UTC)
PRACTICE = load(shipped("config", "practice.toml"), PracticeSettings)
POLICY = KioskPolicy(practice=PRACTICE, site="MA", device="kiosk-1", label="Kiosk 1 (door)")
NEEDS = needs.read(shipped("assets", "needs.toml"))
WORDS = Catalogue(shipped("assets", "locale"), PRACTICE.timezone, PRACTICE.territory)
GIVEN_NAME = "Wilhelmina"  # a patient's: private wherever it shows
BORN_TEXTS = {"day": "29", "month": "02", "year": "1996"}
PHONE = "+44 20 7946 0101"
DETAILS = Details(
    appointment="a-1",
    start=NOW + timedelta(minutes=25),
    practitioner="Dr. Abara",
    location="Waiting room B, ground floor",
    called=GIVEN_NAME,
    phone_ends="101",
    needs=("hearing",),
    opens=NOW - timedelta(minutes=35),
    site="Harbour Street 12",
    directions="Take bus 12 from the door, two stops.",
    wait=Wait(low=10, high=20, at=NOW),
)


def start(language: str, *modes: str, compact: bool = False) -> Setting:
    """Return the setting of a first screen; compact on the low ones."""
    session = Session(UUID(int=7), language, frozenset(modes))
    return Setting(session, WORDS, POLICY, NEEDS, NOW, progress=0.5, compact=compact)


def screens(language: str, *modes: str, compact: bool = False) -> Iterator[Screen]:
    """Walk every step, every outcome and every overlay; each has a name of its own."""
    at = start(language, *modes, compact=compact)
    yield from _welcome(at)
    yield from _entries(at)
    yield from _after(at)
    yield from _outcomes(at)
    yield from _done(at)
    yield from _overlays(at)


def _show(step: str, at: Setting) -> StepView:
    return present(step_of(CHECK_IN, step), at)


def _welcome(at: Setting) -> Iterator[Screen]:
    for camera in ("live", "starting", "lost"):
        yield f"welcome, {camera}", _show("welcome", replace(at, camera=camera))
    yield "welcome, unreadable", _show("welcome", replace(at, error="unreadable"))
    yield "welcome, read", _show("welcome", replace(at, read=True))


def _entries(at: Setting) -> Iterator[Screen]:
    at = replace(at, session=at.session.answer("welcome", TYPED))
    for name, layout in LAYOUTS.items():
        for page in range(len(layout.pages)):
            draft = replace(entry.empty_text(name, GIVEN_NAME), page=page)
            yield f"name, {name} {page}", _show("name", replace(at, draft=draft))
    empty = entry.empty_text("latin")
    yield "name, empty", _show("name", replace(at, draft=empty, error="name-empty"))
    yield "name-to-use", _show("name-to-use", replace(at, draft=entry.empty_text("latin")))
    for text, error in ((PHONE, ""), ("12", "phone-length")):
        draft = entry.empty_text("latin", text)
        yield f"phone, {error or 'typed'}", _show("phone", replace(at, draft=draft, error=error))
    dates = entry.empty_date(WORDS.date_order(at.language))
    yield "birth-date, empty", _show("birth-date", replace(at, draft=dates))
    full = replace(dates, texts=tuple(BORN_TEXTS[name] for name in dates.names), active=2)
    for error in ("", "date-missing", "date-unreal", "mismatch"):
        yield f"birth-date, {error}", _show("birth-date", replace(at, draft=full, error=error))


def _after(at: Setting) -> Iterator[Screen]:
    for ends in (DETAILS.phone_ends, ""):
        session = identified(at.session, Outcome.IN_TIME).keep("name-to-use", GIVEN_NAME)
        shown = replace(at, session=session.keep("phone", ends))
        yield f"still-right, phone {ends or 'none'}", _show("still-right", shown)
    session = session.answer("still-right", "yes")
    for chosen in (frozenset[str](), frozenset(NEEDS)):
        shown = replace(at, session=session, chosen=chosen)
        yield f"needs, {len(chosen)}", _show("needs", shown)


def identified(session: Session, reached: Outcome, details: Details | None = DETAILS) -> Session:
    """Return the session of a person who passed the second factor."""
    answer = Answer(outcome=reached, details=details)
    return session.answer("birth-date", "x").identified(answer)


def _outcomes(at: Setting) -> Iterator[Screen]:
    for reached in SAID:
        details = DETAILS if reached in EXPLAINED else None
        for online in (True, False):
            session = identified(at.session, reached, details)
            link = "online" if online else "offline"
            yield (
                f"{reached}, {link}",
                _show("outcome", replace(at, session=session, online=online)),
            )


def _done(at: Setting) -> Iterator[Screen]:
    plain = DETAILS.model_copy(update={"called": "", "wait": None})
    for reached in sorted(ARRIVES):
        session = identified(at.session, reached).keep("name-to-use", GIVEN_NAME)
        session = session.answer("needs", ("hearing", "step-free"))
        yield f"done, {reached}", _show("done", replace(at, session=session))
        session = identified(at.session, reached, plain)
        yield f"done, {reached}, no name", _show("done", replace(at, session=session))
    session = identified(at.session, Outcome.IN_TIME).answer("needs", tuple(NEEDS))
    yield "done, every need", _show("done", replace(at, session=session))


def _overlays(at: Setting) -> Iterator[Screen]:
    for name in OVERLAYS:
        for online in (True, False):
            shown = replace(at, online=online, seconds=45)
            yield f"{name}, {'online' if online else 'offline'}", overlay(name, shown)
